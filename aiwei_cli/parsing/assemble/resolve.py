"""From clauses to duties: the rules that a notice states once for all its clauses, and the offices' canonical names.

列第一位者为牵头单位，下同 turns the first office of every later clause into its lead; 逗号前为牵头单位 does so for all
before the first ，, and 加★为牵头单位 for those that bear the mark; 以下均需各市落实，不再列出 gives every later item
more duties, which are inherited and name the rule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aiwei_cli.language.places import PREFIXES
from aiwei_cli.notice.model import Duty, Span, Stated
from aiwei_cli.offices import Offices
from aiwei_cli.offices.levels import own_level
from aiwei_cli.parsing import abbreviations
from aiwei_cli.parsing.clauses.reading import Assignment, Clause, DocumentRule
from aiwei_cli.parsing.view import View
from aiwei_cli.records import record

if TYPE_CHECKING:
    from aiwei_cli.parsing.prose.read import ProseDuty


@record
class Below:
    """A rule that binds all items after ``start``, an offset of the view."""

    start: int
    duties: tuple[Duty, ...]


@record
class Leading:
    """A rule that says which of the responsible offices lead."""

    kind: str
    words: str
    mark: str


class Resolver:
    """Turns the clauses of one notice into duties, in the order of the text."""

    def __init__(self, view: View, offices: Offices, level: str | None, bold: Sequence[Span] = ()) -> None:
        self.view = view
        self.bold = bold
        self.offices = offices
        self.level = level
        self.prefixes = PREFIXES.get(level or "", ())
        self.short = {
            short: offices.canonical(full, level=level)
            for short, full in abbreviations.find_abbreviations(view.text, offices).items()
        }
        self.leading: Leading | None = None
        self.below: list[Below] = []

    def begin(self, clauses: Sequence[Clause]) -> None:
        """Take the rules that hold for the whole notice, wherever they are."""
        for clause in clauses:
            if clause.stated and clause.reading.rules[0].throughout:
                self._state(clause)

    def duties(self, clause: Clause) -> list[Duty]:
        """The duties of a clause; the rules that it states hold from here on."""
        reading = clause.reading
        leading = self._state(clause) if reading.rules else self.leading
        leads: Sequence[int] = ()
        if leading is not None and not any(a.role == "lead" for a in reading.assignments):
            leads = self._leads(leading, reading.assignments, clause.base)
        offices = reading.offices.get(self.level)
        if offices is None:
            offices = reading.offices[self.level] = self._offices(reading.assignments)
        if self.short:
            pairs = zip(reading.assignments, offices, strict=True)
            offices = tuple(self.short.get(a.name, office) for a, office in pairs)
        duties = self._resolve(clause, reading.assignments, offices, "table" if clause.cell else "clause")
        for i in leads:
            duties[i] = replace(duties[i], role="lead", rule=leading.words if leading else None)
        return duties

    def prose(self, said: Sequence[ProseDuty]) -> list[Duty]:
        """The duties that sentences state."""
        if not said:
            return []
        offices = self._offices(said)
        span = self.view.span
        return [
            Duty(each.role, self.short.get(each.name, office), each.name, span(each.start, each.end), stated="prose")
            for each, office in zip(said, offices, strict=True)
        ]

    def _state(self, clause: Clause) -> Leading | None:
        """Take the rules that a clause states. Without 下同 they hold for this clause only."""
        leading = self.leading
        for rule in clause.reading.rules:
            words = "".join(self.view.text[clause.base + rule.start : clause.base + rule.end].split())
            if rule.kind == "all_below":
                duties = self._resolve(clause, rule.offices, self._offices(rule.offices))
                self.below.append(Below(clause.end, tuple(replace(d, inherited=True, rule=words) for d in duties)))
                continue
            if not self.shows(rule):
                continue
            leading = Leading(rule.kind, words, rule.mark)
            if rule.henceforth:
                self.leading = leading
        return leading

    def shows(self, rule: DocumentRule) -> bool:
        """Whether the text, or the file that it came from, shows whom a rule means."""
        return rule.kind != "unseen_leads" and (rule.kind != "bold_leads" or bool(self.bold))

    def _leads(self, rule: Leading, assignments: Sequence[Assignment], base: int) -> Sequence[int]:
        """Which of the offices lead by a rule."""
        if rule.kind == "comma_leads":
            return _before_comma(assignments)
        if rule.kind == "first_leads":
            return _first(assignments)
        if rule.kind == "bold_leads":
            return [i for i, a in enumerate(assignments) if self._is_bold(base + a.start, base + a.end)]
        text = self.view.text
        return [
            i
            for i, a in enumerate(assignments)
            if rule.mark in (text[base + a.end : base + a.end + 1], text[max(0, base + a.start - 1) : base + a.start])
        ]

    def _is_bold(self, start: int, end: int) -> bool:
        """Whether the file shows all of a name in bold."""
        first, last = self.view.span(start, end)
        at = bisect_right(self.bold, first, key=lambda span: span[0]) - 1
        return at >= 0 and last <= self.bold[at][1]

    def _resolve(
        self, clause: Clause, assignments: Sequence[Assignment], offices: Sequence[str], stated: Stated = "clause"
    ) -> list[Duty]:
        base = clause.base
        shift = self.view.shift(clause.start, clause.end)
        pairs = zip(assignments, offices, strict=True)
        # Arguments by place: a class that is called by keywords takes three times as long.
        if shift is None:
            span = self.view.span
            return [
                Duty(a.role, office, a.name, span(base + a.start, base + a.end), False, None, stated)
                for a, office in pairs
            ]
        base += shift
        return [
            Duty(role, office, name, (base + start, base + end), False, None, stated)
            for (role, name, start, end, _, _), office in pairs
        ]

    def _offices(self, assignments: Sequence[Assignment] | Sequence[ProseDuty]) -> tuple[str, ...]:
        """The canonical names: a bare name shares the prefix of the first in its run of 、."""
        names = []
        group, prefix = -1, None
        for a in assignments:
            if a.group != group:
                group = a.group
                prefix = own_level(a.name, self.prefixes)
            names.append(self.offices.canonical(a.name, level=self.level, prefix=prefix))
        return tuple(names)


def _first(assignments: Sequence[Assignment]) -> list[int]:
    """The first responsible office leads."""
    return next(([i] for i, a in enumerate(assignments) if a.role == "responsible"), [])


def _before_comma(assignments: Sequence[Assignment]) -> list[int]:
    """The responsible offices before the first ， lead; where there is no ， none does."""
    own = [i for i, a in enumerate(assignments) if a.role == "responsible"]
    groups = {assignments[i].group for i in own}
    return [i for i in own if assignments[i].group == assignments[own[0]].group] if len(groups) > 1 else []
