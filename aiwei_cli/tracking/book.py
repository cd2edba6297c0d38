"""Writing down what was said and done: one transaction for everything that one command brings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from aiwei_cli.errors import UsageError
from aiwei_cli.records import NamedTuple
from aiwei_cli.store.connect import ledger_complaints, rehearsing, transaction, writing
from aiwei_cli.tracking import events
from aiwei_cli.tracking.find import Found, existing_task
from aiwei_cli.tracking.standing import Event, Standing, standing
from aiwei_cli.tracking.states import renew, task_words


class Book(NamedTuple):
    """A ledger within a transaction."""

    connection: sqlite3.Connection
    path: str
    upgraded: tuple[int, str] | None

    def find(self, task: int) -> Found:
        """Where a task is, under the number by which it goes on. Raises UsageError for unknown numbers."""
        return existing_task(self.connection, task, self.path)

    def standing(self, task: int) -> Standing:
        """How a task stands."""
        return standing(events.of_tasks(self.connection, [task]), task_words(self.connection, task))

    def add(self, new: Sequence[Event]) -> list[int]:
        """Append events, and renew what follows from them."""
        numbers = events.add(self.connection, new)
        renew(self.connection, sorted({event.task for event in new if event.task is not None}))
        return numbers

    def undo(self, task: int | None, note: str) -> Event:
        """Take back the last event, of one task or of all, by one that reverses it; gives what was taken back.

        Raises UsageError where there is nothing to take back.
        """
        known = events.every(self.connection) if task is None else events.of_tasks(self.connection, [task])
        undone = {event.reverses for event in known}
        last = next(
            (event for event in reversed(known) if event.kind not in ("undo", "purge") and event.event not in undone),
            None,
        )
        if last is None:
            raise UsageError(f"{self.path}：没有可以撤回的{'' if task is None else f'（任务 {task}）'}")
        self.add([Event(None, last.task, last.document, "undo", date=last.date, note=note, reverses=last.event)])
        if last.task is None:
            hide_again(self.connection, last.document)
        return last


def hide_again(connection: sqlite3.Connection, document: int) -> None:
    """Whether a notice is hidden follows from its last event that counts."""
    query = (
        "SELECT kind FROM events WHERE document = ? AND kind IN ('hide', 'show') AND event NOT IN"
        " (SELECT reverses FROM events WHERE reverses IS NOT NULL) ORDER BY event DESC LIMIT 1"
    )
    last = connection.execute(query, (document,)).fetchone()
    connection.execute("DELETE FROM hidden WHERE document = ?", (document,))
    if last == ("hide",):
        connection.execute("INSERT INTO hidden VALUES (?)", (document,))


@contextmanager
def ledger_to_write(path: str) -> Iterator[Book]:
    """A ledger to write into: everything that is written, or nothing.

    Raises ReadError where it cannot be.
    """
    ready = writing(path)
    with closing(ready.connection), ledger_complaints(path), transaction(ready.connection):
        yield Book(ready.connection, path, ready.upgraded)


@contextmanager
def rehearsed(path: str) -> Iterator[Book]:
    """A ledger in which to see what would be written. Nothing in the file changes.

    Raises ReadError where it cannot be read.
    """
    with closing(rehearsing(path)) as connection, ledger_complaints(path):
        yield Book(connection, path, None)
