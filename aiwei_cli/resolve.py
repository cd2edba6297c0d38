"""From clauses to duties: the rules that a notice states once for all its clauses, and the offices' canonical names.

列第一位者为牵头单位，下同 turns the first office of every later clause into its lead; 逗号前为牵头单位 does so for all before the
first ，; 以下均需各市落实，不再列出 gives every later item more duties, which are inherited and name the rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aiwei_cli.clauses import Assignment, Clause, Grammar
from aiwei_cli.layout import View
from aiwei_cli.model import Duty, Role

_LEVEL_PREFIXES = {
    "province": ("省", "自治区", "市"),
    "city": ("市", "州", "盟"),
    "county": ("县", "区", "旗", "市"),
    "town": ("镇", "乡"),
}


@dataclass(frozen=True, slots=True)
class Below:
    """A rule that binds all later items."""

    words: str
    duties: tuple[Duty, ...]


class Resolver:
    """Turns the clauses of one notice into duties, in the order of the text."""

    def __init__(self, view: View, grammar: Grammar, level: str | None) -> None:
        self.view = view
        self.grammar = grammar
        self.level = level
        self.first_leads: str | None = None
        self.comma_leads: str | None = None
        self.below: list[Below] = []

    def duties(self, clause: Clause) -> list[Duty]:
        """The duties of a clause; the rules that it states hold from here on."""
        first, comma = self.first_leads, self.comma_leads
        if clause.rules:
            first, comma = self._state(clause, first, comma)
        assignments = clause.assignments
        if (first or comma) and not any(a.role == "lead" for a in assignments):
            assignments = _by_comma(assignments, comma) if comma else _by_place(assignments, first)
        return self._resolve(assignments)

    def _state(self, clause: Clause, first: str | None, comma: str | None) -> tuple[str | None, str | None]:
        text = self.view.text
        for kind, (start, end) in clause.rules:
            following = self.grammar.henceforth.search(text, end, clause.end)
            words = text[start : following.end()] if following else text[start:end]
            words = "".join(words.split())
            if kind == "all_below":
                self.below.append(Below(words, tuple(replace(d, rule=words) for d in self._resolve(clause.below))))
            elif kind == "first_leads":
                first = words
                if following:
                    self.first_leads, self.comma_leads = words, None
            else:
                comma = words
                if following:
                    self.comma_leads, self.first_leads = words, None
        return first, comma

    def _resolve(self, assignments: Iterable[Assignment]) -> list[Duty]:
        """The duties, with canonical names: a bare name shares the prefix of the first in its run of 、."""
        canonical = self.grammar.offices.canonical
        span = self.view.span
        level = self.level
        prefixes = _LEVEL_PREFIXES.get(level or "", ())
        group, prefix = -1, None
        duties = []
        for a in assignments:
            if a.group != group:
                group, prefix = a.group, None
                for candidate in prefixes:
                    if a.name.startswith(candidate):
                        prefix = candidate
                        break
            duties.append(Duty(a.role, canonical(a.name, level=level, prefix=prefix), a.name, span(a.start, a.end), False, a.rule))
        return duties


def _by_place(assignments: list[Assignment], rule: str | None) -> list[Assignment]:
    """The first responsible office leads."""
    done = False
    result = []
    for a in assignments:
        if not done and a.role == "responsible":
            a, done = _led(a, rule), True
        result.append(a)
    return result


def _by_comma(assignments: list[Assignment], rule: str | None) -> list[Assignment]:
    """The responsible offices before the first ， lead; where there is no ， none does."""
    groups = [a.group for a in assignments if a.role == "responsible"]
    if len(set(groups)) < 2:
        return assignments
    return [_led(a, rule) if a.role == "responsible" and a.group == groups[0] else a for a in assignments]


def _led(a: Assignment, rule: str | None) -> Assignment:
    role: Role = "lead"
    return replace(a, role=role, rule=rule)
