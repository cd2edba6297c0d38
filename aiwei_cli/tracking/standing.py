"""How a task stands: a pure function of its events, of who has to do it, and of a day.

Reports count in the order of the days they speak of. The lead's latest report is the status of the task; without a lead
it is the least advanced of the responsible offices, of which one that said nothing is 未反馈. What the keeper of the
ledger marks counts for all offices, until one of them reports again. What a supporting office reports is kept and does
not count, unless nobody else has the task.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aiwei_cli.language.names import listed
from aiwei_cli.notice.model import Node, Notice
from aiwei_cli.records import NamedTuple
from aiwei_cli.tracking import CANCELLED, DONE, STATUSES, UNREPORTED

ROLES = ("lead", "responsible", "support")
_ADVANCE = {status: at for at, status in enumerate((UNREPORTED, *STATUSES))}


class Event(NamedTuple):
    """Something that was said or done; the columns of the table ``events``."""

    event: int | None
    task: int | None
    document: int
    kind: str
    """report, move, correct, undo, hide, show, purge."""
    office: str = ""
    status: str = ""
    date: str = ""
    field: str = ""
    was: str = ""
    value: str = ""
    note: str = ""
    evidence: str = ""
    evidence_sha256: str = ""
    origin: str = ""
    who: str = ""
    at: str = ""
    reverses: int | None = None


class Words(NamedTuple):
    """What the notice itself says of a task."""

    due: str | None
    lead: str
    responsible: str
    support: str


class Standing(NamedTuple):
    """What follows from the events of a task. None where what the notice says holds."""

    status: str = UNREPORTED
    done: str | None = None
    """The day it was done."""
    due: str | None = None
    lead: str | None = None
    responsible: str | None = None
    support: str | None = None


def standing(events: Sequence[Event], words: Words, as_of: str | None = None) -> Standing:
    """How a task stands by its events, on a day or at last. Offices have their canonical names, as in the ledger.

    A move or a correction holds as long as the notice says what it said then: a new version that says something else
    has the last word.
    """
    counted = list(valid(events, as_of))
    changed: dict[str, str] = {}
    for event in counted:
        if event.kind in ("move", "correct"):
            said = getattr(words, event.field) or ""
            if event.was == said:
                changed[event.field] = event.value
    held = {key: value for key, value in changed.items() if value != (getattr(words, key) or "")}
    owners = [listed(changed.get(role, getattr(words, role))) for role in ROLES]
    reports = [event for event in counted if event.kind == "report"]
    status, done = _status([event for event in reports if event.status], owners)
    return Standing(status, done, **held)


def valid(events: Iterable[Event], as_of: str | None = None) -> Iterator[Event]:
    """The events that were not taken back, of days up to the one given, in the order of their days."""
    known = [event for event in events if as_of is None or event.date <= as_of]
    undone = {event.reverses for event in known if event.kind == "undo"}
    yield from sorted(
        (event for event in known if event.kind != "undo" and event.event not in undone),
        key=lambda event: (event.date, event.event or 0),
    )


def _status(reports: Sequence[Event], owners: Sequence[Sequence[str]]) -> tuple[str, str | None]:
    """The status and, of what is done, the day of the report that made it so."""
    lead, responsible, _ = owners
    counting = lead or responsible
    if not counting:
        last = reports[-1] if reports else None
        return (last.status, last.date if last.status == DONE else None) if last else (UNREPORTED, None)
    latest: list[Event | None] = []
    for office in counting:
        mine = [event for event in reports if event.office in ("", office)]
        latest.append(mine[-1] if mine else None)
    said = [event for event in latest if event is None or event.status != CANCELLED]
    if not said:
        return CANCELLED, None
    if None in said:
        return UNREPORTED, None
    least = min((event for event in said if event), key=lambda event: _ADVANCE[event.status])
    done = max(event.date for event in said if event) if least.status == DONE else None
    return least.status, done


def untracked(notice: Notice) -> Notice:
    """The notice without what a ledger says of its tasks."""
    if notice.version is None and notice.task is None and all(node.task is None for node in notice.walk()):
        return notice
    body = tuple(map(_untracked, notice.body))
    return replace(notice, version=None, task=None, status="", moved=None, body=body)


def _untracked(node: Node) -> Node:
    return replace(node, task=None, status="", moved=None, children=tuple(map(_untracked, node.children)))
