"""Events in a ledger: they are read in their order, and only ever added."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from aiwei_cli.tracking.clock import now
from aiwei_cli.tracking.standing import Event

if TYPE_CHECKING:
    import sqlite3

_COLUMNS = ", ".join(Event._fields)


def who() -> str:
    """Who is at work: ``$AIWEI_USER``, else the name of the account."""
    named = os.environ.get("AIWEI_USER", "").strip()
    if named:
        return named
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no account with a name, as in some containers
        return ""


def add(connection: sqlite3.Connection, events: Iterable[Event]) -> list[int]:
    """Append events, within the transaction that is open, and give their numbers."""
    found = []
    for event in events:
        stamped = event._replace(event=None, who=event.who or who(), at=event.at or now())
        marks = ", ".join("?" * len(stamped))
        row = connection.execute(f"INSERT INTO events ({_COLUMNS}) VALUES ({marks})", stamped)
        found.append(int(row.lastrowid or 0))
    return found


def of_tasks(connection: sqlite3.Connection, tasks: Sequence[int]) -> list[Event]:
    """The events of some tasks, in the order in which they were written down."""
    among = ", ".join(str(int(task)) for task in tasks)
    rows = connection.execute(f"SELECT {_COLUMNS} FROM events WHERE task IN ({among}) ORDER BY event")
    return list(map(Event._make, rows.fetchall()))


def every(connection: sqlite3.Connection) -> list[Event]:
    """All events, in the order in which they were written down."""
    return list(map(Event._make, connection.execute(f"SELECT {_COLUMNS} FROM events ORDER BY event").fetchall()))
