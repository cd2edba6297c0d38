"""Who has to do it, in two plans: offices are compared without their level, and across reforms.

省发展改革委 of the superior's plan is 市发展和改革委员会 of the local one, and a renamed office is the same office.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiwei_cli.notice.model import Duty, Role
from aiwei_cli.records import record


@record
class OwnerChange:
    """What became of the offices of a task, by the names that the notices give them."""

    gone: tuple[str, ...]
    come: tuple[str, ...]
    swapped: tuple[str, ...]
    """Those that led and support now, or the other way round."""

    def __bool__(self) -> bool:
        return bool(self.gone or self.come or self.swapped)


Subjects = Callable[[str], frozenset[str]]
"""What an office is about, by all its names; two names that share one are one office."""


def owner_change(
    old: Sequence[Duty], new: Sequence[Duty], subjects: Subjects, left_out: Sequence[str] = ()
) -> OwnerChange:
    """The offices that went, came, or swapped lead and support. What holds a word of ``left_out`` is not compared:
    between levels the collectives differ by their nature (各县（市、区）, 有关部门)."""
    before, after = _offices(old, left_out), _offices(new, left_out)
    same = {
        (one, other)
        for one in before
        for other in after
        if not _parts(one, subjects).isdisjoint(_parts(other, subjects))
    }
    gone = [one for one in before if not any(one == pair[0] for pair in same)]
    come = [other for other in after if not any(other == pair[1] for pair in same)]
    swapped = [other for one, other in sorted(same) if {before[one], after[other]} == {"lead", "support"}]
    return OwnerChange(tuple(gone), tuple(come), tuple(dict.fromkeys(swapped)))


def _offices(duties: Sequence[Duty], left_out: Sequence[str]) -> dict[str, Role]:
    """The offices with their first role."""
    found: dict[str, Role] = {}
    for duty in duties:
        if not any(word in duty.office for word in left_out):
            found.setdefault(duty.office, duty.role)
    return found


def _parts(office: str, subjects: Subjects) -> frozenset[str]:
    """Also of the name in brackets: 县金融办（县地方金融监管局） is both."""
    name, _, bracket = office.removesuffix("）").partition("（")
    return subjects(name) | (subjects(bracket) if bracket else frozenset())
