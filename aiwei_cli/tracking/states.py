"""What follows from the events, kept in the table ``states`` for questions in SQL, and made anew with every event."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from aiwei_cli.tracking.events import every, of_tasks
from aiwei_cli.tracking.standing import Event, Standing, Words, standing

_WORDS = "due, ifnull(lead, ''), ifnull(responsible, ''), ifnull(support, '')"
_INSERT = "INSERT INTO {} (task, status, done, due, lead, responsible, support) VALUES (?, ?, ?, ?, ?, ?, ?)"


def renew(connection: sqlite3.Connection, tasks: Sequence[int] | None = None, *, document: int | None = None) -> None:
    """Make the states of some tasks anew, or of all of a notice, within the transaction that is open."""
    if tasks is None:
        query = "SELECT DISTINCT task FROM events WHERE document = ? AND task IS NOT NULL"
        tasks = [task for (task,) in connection.execute(query, (document,))]
    connection.executemany("DELETE FROM states WHERE task = ?", [(task,) for task in tasks])
    found = _found(connection, of_tasks(connection, tasks), None)
    connection.executemany(_INSERT.format("main.states"), [(task, *state) for task, state in found])


def as_of(connection: sqlite3.Connection, day: str) -> None:
    """Let a connection that only reads see how all tasks stood on a day."""
    connection.execute("CREATE TABLE temp.states AS SELECT * FROM main.states WHERE 0")
    found = _found(connection, every(connection), day)
    connection.executemany(_INSERT.format("temp.states"), [(task, *state) for task, state in found])
    connection.execute("CREATE UNIQUE INDEX temp.states_by_task ON states (task)")


def _found(connection: sqlite3.Connection, events: Iterable[Event], day: str | None) -> Iterator[tuple[int, Standing]]:
    grouped: dict[int, list[Event]] = {}
    for event in events:
        if event.task is not None:
            grouped.setdefault(event.task, []).append(event)
    for task, theirs in grouped.items():
        yield task, standing(theirs, task_words(connection, task), day)


def task_words(connection: sqlite3.Connection, task: int) -> Words:
    """What the latest version that has the task says of it."""
    query = f"SELECT {_WORDS} FROM main.nodes WHERE task = ? ORDER BY notice DESC LIMIT 1"
    row = connection.execute(query, (task,)).fetchone()
    return Words(*row) if row else Words(None, "", "", "")
