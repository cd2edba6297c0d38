"""The links between two plans as changes: what stayed, was reworded, moved, merged, split, dropped, or is new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from aiwei_cli.compare.alignment import Links, align
from aiwei_cli.compare.force import ForceChange, force_changes
from aiwei_cli.compare.owners import OwnerChange, Subjects, owner_change
from aiwei_cli.compare.units import Unit, units
from aiwei_cli.notice.model import Notice
from aiwei_cli.records import record

Kind = Literal["same", "reworded", "merged", "split", "dropped", "new"]

_NO_WORDS = re.compile(r"[\W_]+|(?:19|20)\d\d年?")
"""Marks, blanks and years: a plan of two years is the same without them."""


@record
class DateChange:
    """The due dates of a task, in both plans."""

    old: tuple[str, ...]
    new: tuple[str, ...]


@record
class Change:
    """What became of one or several items."""

    kind: Kind
    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    score: float | None
    """How alike they are, from 0 to 1; None for what is dropped or new."""
    moved: bool = False
    """Whether it is under another heading than its neighbours went to."""
    owner: OwnerChange | None = None
    deadline: DateChange | None = None
    level: tuple[ForceChange, ...] = ()

    @property
    def stays(self) -> bool:
        """Whether nothing changed that a person has to know."""
        return self.kind == "same" and not (self.moved or self.owner or self.deadline or self.level)


def compare(old: Notice, new: Notice, rules: Mapping[str, Any], subjects: Subjects) -> list[Change]:
    """What changed from one plan to the other, in the order of the new one; what was dropped comes where it was.

    ``rules`` is the content of compare.yaml, ``subjects`` says what an office is about (``offices.subjects``).
    """
    before, after = units(old, rules), units(new, rules)
    links = align(before, after)
    shift = _shift(old, new)
    left_out = () if _one_place(old, new) else rules["collectives"]
    homes = _homes(links, before, after)

    def change(kind: Kind, olds: Sequence[int], news: Sequence[int]) -> Change:
        pairs = [(i, j) for i in olds for j in news]
        score = round(sum(links[pair] for pair in pairs) / len(pairs), 3)
        ones, others = tuple(before[i] for i in olds), tuple(after[j] for j in news)
        moved = any(_moved(before[i], after[j], homes) for i, j in pairs)
        if kind not in ("same", "reworded"):
            return Change(kind, ones, others, score, moved)
        (one,), (other,) = ones, others
        owner = owner_change(one.node.duties, other.node.duties, subjects, left_out)
        level = tuple(force_changes(one.words, other.words, rules))
        return Change(kind, ones, others, score, moved, owner or None, _dates(one, other, shift), level)

    found = [change(*group) for group in _groups(links, before, after)]
    return list(_in_order(found, before, after, links))


def _groups(links: Links, before: Sequence[Unit], after: Sequence[Unit]) -> Iterator[tuple[Kind, list[int], list[int]]]:
    """Several old items in a new one are merged; the other items that an old one went to are split."""
    olds: dict[int, list[int]] = {}
    news: dict[int, list[int]] = {}
    for i, j in sorted(links):
        olds.setdefault(j, []).append(i)
    for j, ones in sorted(olds.items()):
        if len(ones) > 1:
            yield "merged", ones, [j]
        else:
            news.setdefault(ones[0], []).append(j)
    degree = Counter(i for i, _ in links)
    for i, others in news.items():
        if degree[i] > 1:
            yield "split", [i], others
        else:
            (j,) = others
            yield ("same" if _bare(before[i]) == _bare(after[j]) else "reworded"), [i], [j]


def _bare(unit: Unit) -> str:
    return _NO_WORDS.sub("", unit.words)


def _in_order(found: Sequence[Change], before: Sequence[Unit], after: Sequence[Unit], links: Links) -> Iterator[Change]:
    """The changes by the first of their new items; a dropped item after the change of the item before it."""
    place = {id(unit): at for at, unit in enumerate(after)}
    at_old = dict(sorted(links))
    order: list[tuple[float, int, Change]] = [
        (min(place[id(unit)] for unit in one.new), number, one) for number, one in enumerate(found)
    ]
    gone, came = {i for i, _ in links}, {j for _, j in links}
    last = -1.0
    for i, unit in enumerate(before):
        if i in gone:
            last = at_old[i] + 0.5
        else:
            order.append((last, len(order), Change("dropped", (unit,), (), None)))
    order += [(j, len(order), Change("new", (), (unit,), None)) for j, unit in enumerate(after) if j not in came]
    yield from (one for _, _, one in sorted(order, key=lambda each: each[:2]))


def _homes(links: Links, before: Sequence[Unit], after: Sequence[Unit]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Where most of the items under each old heading went."""
    votes: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {}
    for i, j in links:
        votes.setdefault(before[i].parents, Counter())[after[j].parents] += 1
    return {parents: counted.most_common(1)[0][0] for parents, counted in votes.items()}


def _moved(old: Unit, new: Unit, homes: Mapping[tuple[str, ...], tuple[str, ...]]) -> bool:
    return homes[old.parents] != new.parents


def _one_place(old: Notice, new: Notice) -> bool:
    """Whether the same office issued both; what an issuer has in brackets (代章) does not count."""
    return bool(old.issuer and new.issuer) and _issuer(old) == _issuer(new)


def _issuer(notice: Notice) -> str:
    return (notice.issuer or "").replace("(", "（").partition("（")[0]


def _shift(old: Notice, new: Notice) -> int:
    """How many years are between two plans of one place; 0 where the places differ, or the years are not known."""
    if old.year is None or new.year is None or not _one_place(old, new):
        return 0
    return new.year - old.year


def _dates(old: Unit, new: Unit, shift: int) -> DateChange | None:
    """The dates where they differ: of two years' plans of one place month and day are compared."""
    before, after = _due(old), _due(new)
    later = tuple(f"{int(date[:4]) + shift:04}{date[4:]}" for date in before)
    return DateChange(before, after) if later != after else None


def _due(unit: Unit) -> tuple[str, ...]:
    return tuple(sorted({time.date for time in unit.node.deadlines if time.date}))
