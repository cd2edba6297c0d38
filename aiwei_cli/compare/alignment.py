"""Which units of two plans are one task. By what they say, not by their numbers.

First each unit takes the one most like it, the likest pairs before the others. What is left over may share a unit that
is taken: half of the links of two years' plans are n:1 or 1:n. Last, a sentence that comes back in another item links
the two. The thresholds are those of eight annotated pairs of plans, measured leave-one-out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiwei_cli.compare.likeness import Likeness, grams, likeness
from aiwei_cli.compare.units import Unit

_LEAST = 0.13
"""Two units less alike than this are two tasks."""
_LEAST_SHARED = 1.25 * _LEAST
"""A unit that is taken wants more: it has a partner already."""
_LEAST_SENTENCE = 0.5
_HEADINGS = 0.4
"""What the headings count against the item's own words: neighbours share them, whether they are one task or not."""

Links = dict[tuple[int, int], float]
"""(which unit of the old plan, which of the new): how alike they are, 0 to 1."""


def align(old: Sequence[Unit], new: Sequence[Unit]) -> Links:
    """The links between the units of two plans."""
    alike = likeness([_words(unit) for unit in old], [_words(unit) for unit in new])
    _by_function(alike, old, new)
    links = _pairs(alike)
    links.update(_leftovers(alike, len(new), links))
    for link, score in _sentences(old, new):
        if _may_be_one(old[link[0]], new[link[1]]):
            links.setdefault(link, score)
    return links


def _words(unit: Unit) -> dict[str, float]:
    return dict(grams((unit.words, 1.0), (unit.headings, _HEADINGS)))


def _may_be_one(old: Unit, new: Unit) -> bool:
    return old.function == new.function


def _by_function(alike: Likeness, old: Sequence[Unit], new: Sequence[Unit]) -> None:
    """指导思想 and 工作目标 are known by their titles: they go with their like and with nothing else."""
    for unit, row in zip(old, alike, strict=True):
        for at, other in enumerate(new):
            if unit.function is not None and unit.function == other.function:
                row[at] = 1.0
            elif not _may_be_one(unit, other):
                row.pop(at, None)


def _pairs(alike: Likeness) -> Links:
    """One unit with one, the likest first; of equals the first in the order of the text."""
    likest = sorted((-score, i, j) for i, row in enumerate(alike) for j, score in row.items() if score >= _LEAST)
    links: Links = {}
    taken: tuple[set[int], set[int]] = set(), set()
    for score, i, j in likest:
        if i not in taken[0] and j not in taken[1]:
            links[i, j] = -score
            taken[0].add(i)
            taken[1].add(j)
    return links


def _leftovers(alike: Likeness, count: int, links: Links) -> Iterator[tuple[tuple[int, int], float]]:
    """Each unit without a partner, with the one most like it."""
    old, new = {i for i, _ in links}, {j for _, j in links}
    best: dict[int, tuple[float, int]] = {}
    for i, row in enumerate(alike):
        if i not in old and row:
            j = max(row, key=lambda j: (row[j], -j))
            if row[j] >= _LEAST_SHARED:
                yield (i, j), row[j]
        for j, score in row.items():
            if j not in new and score > best.get(j, (0.0, 0))[0]:
                best[j] = score, i
    for j in range(count):
        score, i = best.get(j, (0.0, 0))
        if score >= _LEAST_SHARED:
            yield (i, j), score


def _sentences(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[tuple[tuple[int, int], float]]:
    """Units that share a sentence."""
    ones = [(at, sentence) for at, unit in enumerate(old) for sentence in unit.sentences()]
    others = [(at, sentence) for at, unit in enumerate(new) for sentence in unit.sentences()]
    alike = likeness([grams((words, 1.0)) for _, words in ones], [grams((words, 1.0)) for _, words in others])
    for (i, _), row in zip(ones, alike, strict=True):
        for at, score in row.items():
            if score >= _LEAST_SENTENCE:
                yield (i, others[at][0]), score
