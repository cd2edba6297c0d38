"""Filters of how a task stands: what is due when, its status, its light; each with its SQL, as in ``filters``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aiwei_cli.notice.model import Place
from aiwei_cli.query.asked import squeezed
from aiwei_cli.query.table import due_of
from aiwei_cli.query.where import Where
from aiwei_cli.tracking import CANCELLED, DONE, UNREPORTED

if TYPE_CHECKING:
    import sqlite3


STATUS = (
    "CASE WHEN nodes.task IS NULL THEN '' ELSE"
    f" ifnull((SELECT status FROM states WHERE states.task = nodes.task), '{UNREPORTED}') END"
)
"""The status of a row of ``nodes``, in SQL."""


class DueWithin:
    """An item with a deadline from one day to another; each may be left open."""

    def __init__(self, first: str, last: str, *, own: bool) -> None:
        self._first, self._last, self._own = first, last, own

    def test(self, place: Place) -> bool:
        return any(
            time.date is not None and self._first <= time.date <= self._last and not (self._own and time.inherited)
            for time in place.node.deadlines
        )

    def sql(self, connection: sqlite3.Connection, others: Where) -> Where:
        own = " AND NOT inherited" if self._own else ""
        asked = f"SELECT node FROM deadlines WHERE date BETWEEN ? AND ?{own}"
        return Where(f"nodes.node IN ({asked})", (self._first, self._last))


class Overdue:
    """An item whose day is over on a day, and which is neither done nor cancelled."""

    def __init__(self, day: str) -> None:
        self._day = day

    def test(self, place: Place) -> bool:
        due = due_of(place.node)
        return due is not None and due < self._day and place.node.status not in (DONE, CANCELLED)

    def sql(self, connection: sqlite3.Connection, others: Where) -> Where:
        return Where(f"(nodes.due < ? AND {STATUS} NOT IN (?, ?))", (self._day, DONE, CANCELLED))


class ByStatus:
    """An item of one of these statuses."""

    def __init__(self, statuses: Sequence[str]) -> None:
        self._statuses = statuses

    def test(self, place: Place) -> bool:
        return place.node.status in self._statuses

    def sql(self, connection: sqlite3.Connection, others: Where) -> Where:
        return Where(f"{STATUS} IN ({', '.join('?' * len(self._statuses))})", tuple(self._statuses))


class ByLight:
    """An item with one of these lights on a day."""

    def __init__(self, lights: Sequence[str], day: str, rules: Mapping[str, Any]) -> None:
        self._lights, self._day, self._rules = lights, day, rules

    def _has(self, status: str, due: str | None) -> bool:
        from aiwei_cli.tracking.lights import light

        return light(status, due, self._day, self._rules) in self._lights

    def test(self, place: Place) -> bool:
        return self._has(place.node.status, due_of(place.node))

    def sql(self, connection: sqlite3.Connection, others: Where) -> Where:
        connection.create_function("aiwei_light", 2, self._has)
        return Where(f"aiwei_light({STATUS}, nodes.due)")


class Owned:
    """An item that somebody has to do."""

    def __init__(self, *, own: bool) -> None:
        self._own = own

    def test(self, place: Place) -> bool:
        return bool(place.node.own_duties if self._own else place.node.duties)

    def sql(self, connection: sqlite3.Connection, others: Where) -> Where:
        return Where(f"nodes.node IN (SELECT node FROM duties{' WHERE NOT inherited' if self._own else ''})")


class ByIssuer:
    """An item of a notice whose issuer has these words."""

    def __init__(self, words: str) -> None:
        self._words = squeezed(words)

    def _has(self, issuer: str | None) -> bool:
        return self._words in squeezed(issuer or "")

    def test(self, place: Place) -> bool:
        return self._has(place.notice.issuer)

    def sql(self, connection: sqlite3.Connection, others: Where) -> Where:
        def has(words: str, issuer: str | None) -> bool:
            return words in squeezed(issuer or "")

        connection.create_function("aiwei_issuer", 2, has)
        return Where("aiwei_issuer(?, notices.issuer)", (self._words,))
