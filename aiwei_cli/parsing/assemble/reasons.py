"""Reasons: the token and the entry of the rules that gave each duty, and the brackets that were looked at and left.

A notice holds what was read, not why. The same text and the same rules give the same reading, so the reasons are found
by reading once more: they are never kept or written.
"""

from __future__ import annotations

from aiwei_cli.compiled import Rules
from aiwei_cli.notice.model import Notice, Span
from aiwei_cli.notice.source import Source
from aiwei_cli.parsing import findings
from aiwei_cli.parsing.assemble import build
from aiwei_cli.parsing.clauses.reading import Clause
from aiwei_cli.parsing.envelope.claims import meeting
from aiwei_cli.records import NamedTuple


class Cause(NamedTuple):
    """What gave a duty its role. Spans are of the source."""

    entry: str
    """The entry of ``roles.yaml``: ``verbs.lead 牵头``; 没有动词 in brackets where offices are alone.
    Of a sentence that of ``prose.yaml``."""
    span: Span
    """Where its word is; empty where there is none."""
    tier: int = 0
    """Of a sentence: see :class:`~aiwei_cli.parsing.prose.read.ProseDuty`; 0 for a clause."""


class LeftInSource(NamedTuple):
    """Brackets that were looked at and are no clause."""

    span: Span
    reason: str
    """A key of :data:`~aiwei_cli.parsing.clauses.reading.REASONS`."""


class Reasons(NamedTuple):
    """The notice as it is read now, and why."""

    notice: Notice
    causes: dict[Span, Cause]
    """By the span of the office that has the duty."""
    numbers: dict[int, str]
    """By the offset of a number: the kind of ``numbering.yaml`` it is of."""
    left: list[LeftInSource]
    """In the order of the text."""


def reasons(text: str, rules: Rules) -> Reasons:
    """Read a text once more, and keep the reasons. Linear in the length of the text."""
    found = findings(text, rules)
    view = found.view
    numbers = {view.at(mark.start): mark.kind.name for mark in found.marks}
    notice = build.notice(found, Source(characters=len(text)), rules)
    taken = sorted({*notice.clauses, *(span for node in notice.walk() for span in node.clauses)})
    causes: dict[Span, Cause] = {}
    left = [LeftInSource(view.span(each.start, each.end), each.reason) for each in found.left]
    for clause in found.clauses:
        for each in clause.reading.assignments:
            if each.by is not None:
                at = view.span(clause.base + each.by.start, clause.base + each.by.end)
                causes[view.span(clause.base + each.start, clause.base + each.end)] = Cause(each.by.entry, at)
        reason = _unused(clause, notice, view.span(clause.start, clause.end), taken)
        if reason:
            left.append(LeftInSource(view.span(clause.start, clause.end), reason))
    for said in found.said:
        causes[view.span(said.start, said.end)] = Cause(said.entry, view.span(*said.word), said.tier)
    return Reasons(notice, causes, numbers, sorted(left))


def _unused(clause: Clause, notice: Notice, span: Span, taken: list[Span]) -> str:
    """Why a clause that was read is no part of the notice; empty where it is."""
    if clause.stated or clause.reading.unread or meeting(taken, span) is not None:
        return ""
    fields = sorted(place for _, place in notice.fields)
    return "header" if meeting(fields, span) is not None else "outside"
