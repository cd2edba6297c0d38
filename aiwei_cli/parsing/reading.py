"""What one clause says: who does what, by when, and which rules for the whole document.

What a clause says does not depend on where it stands, so a reading serves for the same words anywhere. Offsets are of
the words that are read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from aiwei_cli.model import Role, Span


@dataclass(frozen=True, slots=True)
class Assignment:
    """One office as a clause names it."""

    role: Role
    name: str
    start: int
    end: int
    group: int
    """Which run of 、 the name stands in: ， begins a new one, and so does the next phrase."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for the whole document, said inside a clause."""

    kind: str
    """first_leads, comma_leads, marked_leads or all_below: the keys of ``document`` in ``rules/roles.yaml``."""
    start: int
    end: int
    henceforth: bool
    """It holds from here on: 下同."""
    offices: tuple[Assignment, ...] = ()
    mark: str = ""
    """What the names of leads bear: ★."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clause says."""

    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Span, ...] = ()
    rules: tuple[Rule, ...] = ()
    leftover: Span | None = None
    """Words that were not understood."""
    labelled: bool = False
    """It begins with a label."""
    complete: bool = False
    """There is nothing in it but offices and a verb that always assigns."""
    bare: bool = False
    """There are offices and nothing that says what they do."""
    unread: bool = False
    """It was meant to assign, but no office could be made out."""
    offices: dict[str | None, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    """The canonical names of the assignments, by the level of the issuer, as far as anybody has asked."""
    unknown: tuple[Assignment, ...] = ()
    """The offices that no rule knows."""


class Draft:
    """A reading in the making; ``known`` says whether the rules know the name of an office."""

    def __init__(self, words: str, known: Callable[[str], bool]) -> None:
        self.words = words
        self.known = known
        self.assignments: list[Assignment] = []
        self.deadlines: list[Span] = []
        self.rules: list[Rule] = []
        self.leftover: Span | None = None
        self.verbs = 0

    def freeze(self, *, labelled: bool = False, complete: bool = False) -> Reading:
        bare = not labelled and not self.verbs
        return Reading(
            tuple(self.assignments),
            tuple(self.deadlines),
            tuple(self.rules),
            self.leftover,
            labelled,
            complete,
            bare,
            unknown=tuple([a for a in self.assignments if not self.known(a.name)]),
        )
