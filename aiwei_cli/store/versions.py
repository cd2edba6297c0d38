"""The versions of the ledger's tables: the statements that lead from one to the next, and what each looks like.

``upgrades/1.sql`` makes the first version, ``upgrades/2.sql`` the second one of it, and so on; the last file is the
version that aiwei writes. A new ledger takes the same steps as an old one, so all ledgers of a version have the same
tables to the letter. A step that is published stays as it is. It may create and drop, and add columns with a default;
to make a table anew it must create, fill and drop, for RENAME TO reads every view in the file, those of strangers too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from aiwei_cli.records import NamedTuple
from aiwei_cli.store import APPLICATION_ID
from aiwei_cli.store.packed import packed

STEPS = Path(__file__).with_name("upgrades")
"""The folder of the steps."""
TASKS = 4
"""The version in which items have the numbers of tasks."""
_MOVED = {"sources": "SELECT notice, length(CAST(text AS BLOB)) AS size, text AS packed FROM main.texts"}
"""What takes the place of a table in ledgers that are older than it."""


class Shape(NamedTuple):
    """What the tables of a version look like."""

    tables: Mapping[str, str]
    """The statement that makes each table, as SQLite keeps it."""
    columns: Mapping[str, Mapping[str, str]]
    """Of each ordinary table the columns, with the defaults as SQL."""
    indexes: tuple[str, ...]
    """The full-text indexes; SQLite keeps them in tables that begin with their names."""


@lru_cache(maxsize=1)
def latest() -> int:
    """The version that aiwei writes."""
    return sum(1 for _ in STEPS.glob("*.sql"))


def advance(connection: sqlite3.Connection, version: int, to: int) -> None:
    """Bring the tables from one version to another, within the transaction that is open; 0 is an empty database."""
    connection.create_function("aiwei_packed", 1, packed, deterministic=True)
    for step in range(version + 1, to + 1):
        for statement in statements(step):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {to}")


@lru_cache
def shape(version: int) -> Shape:
    """What the tables of a version look like: they are made in memory, but for the indexes, which take their time."""
    indexes: dict[str, str] = {}
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for statement in (statement for step in range(1, version + 1) for statement in statements(step)):
            name = statement.partition(" TABLE ")[2].partition(" ")[0]
            if statement.startswith("CREATE VIRTUAL TABLE "):
                indexes[name] = statement
            elif statement.startswith("DROP TABLE ") and name in indexes:
                del indexes[name]
            elif statement.startswith(("CREATE TABLE ", "ALTER TABLE ", "DROP TABLE ")):
                connection.execute(statement)
        tables = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
        columns = {
            name: {row[1]: row[4] or "NULL" for row in connection.execute(f"PRAGMA table_info ({name})")}
            for name in tables
        }
    return Shape({**tables, **indexes}, columns, tuple(indexes))


def complete(connection: sqlite3.Connection, version: int) -> None:
    """Make an old ledger that is only read look like a new one, without writing to it.

    What it lacks is in SQLite's temporary database, whose names come first: an empty table for one that is missing, a
    view with the defaults for one that lacks columns. SQLite looks through such a view, so the indexes are used.
    """
    old, new = shape(version), shape(latest())
    for name, sql in new.tables.items():
        if name in _MOVED and name not in old.tables:
            connection.execute(f"CREATE TEMP VIEW {name} AS {_MOVED[name]}")
        elif name not in old.tables:
            connection.execute(sql.replace(f" TABLE {name} ", f" TABLE temp.{name} ", 1))
        elif name in new.columns:
            more = {column: value for column, value in new.columns[name].items() if column not in old.columns[name]}
            if more:
                added = ", ".join(f'{value} AS "{column}"' for column, value in more.items())
                connection.execute(f"CREATE TEMP VIEW {name} AS SELECT *, {added} FROM main.{name}")


@lru_cache
def statements(step: int) -> tuple[str, ...]:
    """The statements of a step, without the comments before them."""
    found = []
    for paragraph in (STEPS / f"{step}.sql").read_text("utf-8").split("\n\n"):
        lines = paragraph.strip().split("\n")
        while lines and lines[0].startswith("--"):
            del lines[0]
        if lines:
            found.append("\n".join(lines))
    return tuple(found)
