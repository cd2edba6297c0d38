"""Which units of two plans are one task, by what they say and not by their numbers.

What stayed to the letter is one task. Of the rest each unit takes the one most like it, the likest pairs before the
others. What is left over may share a unit that is taken: half of the links of two years' plans are n:1 or 1:n. Last, a
sentence that comes back in another item links the two, unless both stayed: then they shared it before. The thresholds
are those of eight annotated pairs of plans, measured leave-one-out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain

from aiwei_cli.compare.likeness import Grams, Likeness, Texts, grams
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
_Link = tuple[tuple[int, int], float]
_Some = tuple[list[int], list[int]]
"""Some units of the old plan, some of the new."""


def align(old: Sequence[Unit], new: Sequence[Unit], *, shared: bool = True) -> Links:
    """The links between the units of two plans.

    Without ``shared`` a unit that has a partner is linked only to those that have none, which is much less work where
    little changed.
    """
    links = dict.fromkeys(_stayed(old, new), 1.0)
    changed = _others(links, old, new)
    if any(changed):
        texts = Texts(*_words(old, new))
        links.update(_pairs(_likeness(texts, old, new, *changed)))
        left = _others(links, old, new)
        if any(left):
            links.update(_leftovers(texts, old, new, left))
        if shared or any(left):
            for link, score in _sentences(old, new, changed if shared else left):
                if _may_be_one(old[link[0]], new[link[1]]):
                    links.setdefault(link, score)
    return links


def _others(links: Links, old: Sequence[Unit], new: Sequence[Unit]) -> _Some:
    """The units that have no link."""
    linked = {i for i, _ in links}, {j for _, j in links}
    return [i for i in range(len(old)) if i not in linked[0]], [j for j in range(len(new)) if j not in linked[1]]


def _stayed(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Units of the same words under the same headings, each with the next of its like."""
    waiting: dict[tuple[str, str], deque[int]] = {}
    for j, unit in enumerate(new):
        waiting.setdefault((unit.words, unit.headings), deque()).append(j)
    for i, unit in enumerate(old):
        if same := waiting.get((unit.words, unit.headings)):
            yield i, same.popleft()


def _words(*plans: Sequence[Unit]) -> Iterator[list[Grams]]:
    """What the units of each plan say; most say the same in both."""
    said = {(unit.words, unit.headings) for unit in chain(*plans)}
    found = {(words, headings): grams((words, 1.0), (headings, _HEADINGS)) for words, headings in said}
    for plan in plans:
        yield [found[unit.words, unit.headings] for unit in plan]


def _may_be_one(old: Unit, new: Unit) -> bool:
    return old.function == new.function


def _likeness(
    texts: Texts, old: Sequence[Unit], new: Sequence[Unit], ones: Sequence[int], others: Sequence[int]
) -> Likeness:
    """How alike units are. 指导思想 and 工作目标 are known by their titles: they go with their like and with nothing
    else."""
    alike = texts.alike(ones, others)
    titled = [j for j in others if new[j].function is not None]
    for i, row in alike.items():
        if old[i].function is None:
            for j in titled:
                row.pop(j, None)
        else:
            row.clear()
            row.update((j, 1.0) for j in titled if _may_be_one(old[i], new[j]))
    return alike


def _pairs(alike: Likeness) -> Links:
    """One unit with one, the likest first; of equals the first in the order of the text."""
    likest = sorted((-score, i, j) for i, row in alike.items() for j, score in row.items() if score >= _LEAST)
    links: Links = {}
    taken: tuple[set[int], set[int]] = set(), set()
    for score, i, j in likest:
        if i not in taken[0] and j not in taken[1]:
            links[i, j] = -score
            taken[0].add(i)
            taken[1].add(j)
    return links


def _leftovers(texts: Texts, old: Sequence[Unit], new: Sequence[Unit], left: _Some) -> Iterator[_Link]:
    """Each unit without a partner, with the one most like it."""
    for i, row in _likeness(texts, old, new, left[0], range(len(new))).items():
        if row:
            j = max(row, key=lambda j: (row[j], -j))
            if row[j] >= _LEAST_SHARED:
                yield (i, j), row[j]
    best: dict[int, tuple[float, int]] = {}
    for i, row in _likeness(texts, old, new, range(len(old)), left[1]).items():
        for j, score in row.items():
            if score > best.get(j, (0.0, 0))[0]:
                best[j] = score, i
    yield from (((i, j), score) for j, (score, i) in sorted(best.items()) if score >= _LEAST_SHARED)


def _sentences(old: Sequence[Unit], new: Sequence[Unit], some: _Some) -> Iterator[_Link]:
    """Units that share a sentence, of which one at least is among those given."""
    ones = [(i, sentence) for i, unit in enumerate(old) for sentence in unit.sentences()]
    others = [(j, sentence) for j, unit in enumerate(new) for sentence in unit.sentences()]
    texts = Texts([grams((words, 1.0)) for _, words in ones], [grams((words, 1.0)) for _, words in others])
    asked = [at for at, (i, _) in enumerate(ones) if i in some[0]]
    rest = [at for at, (i, _) in enumerate(ones) if i not in some[0]]
    asked_others = [at for at, (j, _) in enumerate(others) if j in some[1]]
    for alike in (texts.alike(asked, range(len(others))), texts.alike(rest, asked_others)):
        for one, row in alike.items():
            for other, score in row.items():
                if score >= _LEAST_SENTENCE:
                    yield (ones[one][0], others[other][0]), score
