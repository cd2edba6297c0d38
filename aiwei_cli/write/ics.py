"""Calendars (.ics) by RFC 5545: an all-day event on each day that something is due, with an alarm before it.

Outlook and Google show events and no VTODO. The UID of an event stays the same, so a second import updates the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import TextIO

from aiwei_cli.notice.model import Hit, Place
from aiwei_cli.query.called import called
from aiwei_cli.query.table import ROLE_LABELS, offices_by_role
from aiwei_cli.tracking import CANCELLED, DONE

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
_WIDEST = 75
"""Bytes of a line."""
_SUMMARY = 60


def write_calendar(hits: Iterable[Hit], out: TextIO, *, days: int, stamp: str) -> int:
    """Write the calendar and say how many events it has. ``days``: how long before it the alarm rings; ``stamp``: the
    moment in UTC, 2024-06-30T08:00:00Z."""
    count = 0
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//aiwei//aiwei//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    moment = stamp.replace("-", "").replace(":", "")
    for hit in hits:
        for event in _events(hit, days, moment):
            lines += event
            count += 1
    lines.append("END:VCALENDAR")
    for line in lines:
        out.write("\r\n ".join(_folded(line)) + "\r\n")
    return count


def _events(hit: Hit, days: int, moment: str) -> Iterator[list[str]]:
    """An event for each day of an item: of a task that was moved the day that holds, and none for what is done."""
    node = hit.place.node
    if node.status in (DONE, CANCELLED):
        return
    if node.moved:
        yield _event(hit, "", node.moved, None, days, moment)
        return
    seen: set[str | None] = set()
    for time in node.deadlines:
        if time.recurs is not None and time.recurs not in seen:
            seen.add(time.recurs)
            yield _event(hit, time.written, _first(time.recurs, time.date, hit.place), time.recurs, days, moment)
        elif time.date is not None and time.date not in seen:
            seen.add(time.date)
            several = sum(other.date is not None for other in node.deadlines) > 1
            yield _event(hit, time.written if several else "", time.date, None, days, moment)


def _first(rule: str, day: str | None, place: Place) -> str:
    """A day from which a recurring time counts: the first of its kind from the date of the notice on."""
    from aiwei_cli.tracking.clock import today

    start = date.fromisoformat(day or place.notice.date or today())
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    for _ in range(400):
        if _fits(start, parts):
            break
        start += timedelta(days=1)
    return start.isoformat()


def _fits(day: date, parts: dict[str, str]) -> bool:
    if "BYMONTH" in parts and str(day.month) not in parts["BYMONTH"].split(","):
        return False
    if "BYMONTHDAY" in parts:
        last = ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
        wanted = [int(each) for each in parts["BYMONTHDAY"].split(",")]
        if day.day not in [each if each > 0 else last + 1 + each for each in wanted]:
            return False
    names = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    return "BYDAY" not in parts or names[day.weekday()] in [each[-2:] for each in parts["BYDAY"].split(",")]


def _event(hit: Hit, which: str, day: str, rule: str | None, days: int, moment: str) -> list[str]:
    first = date.fromisoformat(day)
    node, notice = hit.place.node, hit.place.notice
    words = " ".join((node.title or node.text).split())
    summary = (words if len(words) <= _SUMMARY else words[: _SUMMARY - 1] + "…") + (f"（{which}）" if which else "")
    told = [f"任务 {node.task}（{node.status}）"] if node.task is not None else []
    told += [called(notice) or "", f"{node.id} {' '.join(node.text.split())}"]
    offices = offices_by_role(hit.all_duties)
    told += [f"{label}：{offices[role]}" for role, label in ROLE_LABELS.items() if offices[role]]
    lines = ["BEGIN:VEVENT", f"UID:{_uid(hit.place, which if rule is None else rule)}", f"DTSTAMP:{moment}"]
    lines += [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{first + timedelta(days=1):%Y%m%d}"]
    lines += [f"RRULE:{rule}"] if rule else []
    lines += [f"SUMMARY:{_text(summary)}", f"DESCRIPTION:{_text(chr(10).join(filter(None, told)))}"]
    lines += ["TRANSP:TRANSPARENT"]
    lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(summary)}", f"TRIGGER:-P{days}D", "END:VALARM"]
    return [*lines, "END:VEVENT"]


def _uid(place: Place, which: str) -> str:
    """The same for the same task: in a ledger by its number, else by its notice and place."""
    notice = place.notice
    source = notice.document_number or notice.title or notice.source.path or ""
    about: Sequence[object] = (source, notice.issuer, place.node.task or place.node.id, which)
    return f"{sha256(repr(about).encode('utf-8', 'replace')).hexdigest()[:32]}@aiwei"


def _text(words: str) -> str:
    clean = "".join(char for char in words if char.isprintable() or char == "\n")
    return clean.translate(_ESCAPED)


def _folded(line: str) -> list[str]:
    """The line in pieces of at most 75 bytes, none cut inside a character."""
    pieces, piece, size = [], "", 0
    for char in line:
        length = len(char.encode("utf-8", "replace"))
        if size + length > _WIDEST - 1:
            pieces.append(piece)
            piece, size = "", 0
        piece += char
        size += length
    return [*pieces, piece]
