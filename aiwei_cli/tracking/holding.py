"""What holds instead of what the notice says: a ledger that is read shows corrected offices and moved dates.

The rows of the notices never change. For a connection that reads, views of the same names come first, in SQLite's
temporary database, with the corrected rows in place of the others; so every question sees the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from aiwei_cli.language.names import listed
from aiwei_cli.notice.model import ROLES
from aiwei_cli.store.versions import latest, shape

BY_LEDGER = "台账改正"
"""The rule of a duty that a correction made."""
_FIRST = 1 << 40
"""The corrected rows come after all others."""


def look(connection: sqlite3.Connection, as_of: str | None, *, as_written: bool) -> None:
    """Let a connection see how tasks stood on a day, and what held instead of the notices' words."""
    connection.execute("PRAGMA query_only = OFF")
    if as_of is not None:
        from aiwei_cli.tracking.states import as_of as stood

        stood(connection, as_of)
    if not as_written:
        hold(connection)
    connection.execute("PRAGMA query_only = ON")


def hold(connection: sqlite3.Connection) -> None:
    """Let a connection see what holds; it sees the notices' own words where nothing was changed."""
    changed = connection.execute(
        "SELECT node, nodes.due, states.due, states.lead, states.responsible, states.support"
        " FROM states"
        " JOIN main.nodes ON nodes.task = states.task JOIN notices USING (notice) WHERE notices.latest"
        " AND coalesce(states.due, states.lead, states.responsible, states.support) IS NOT NULL"
    ).fetchall()
    moved = [(node, was, due) for node, was, due, *_ in changed if due is not None]
    roles = [
        (node, role, words)
        for node, _, _, *rest in changed
        for role, words in zip(ROLES, rest, strict=True)
        if words is not None
    ]
    if moved:
        _deadlines(connection, moved)
    if roles:
        _duties(connection, roles)
    if changed:
        _nodes(connection)


def _deadlines(connection: sqlite3.Connection, moved: Iterable[tuple[int, str | None, str]]) -> None:
    connection.execute("CREATE TABLE temp.moved (node INTEGER PRIMARY KEY, was TEXT, due TEXT)")
    connection.executemany("INSERT INTO temp.moved VALUES (?, ?, ?)", moved)
    columns = list(shape(latest()).columns["deadlines"])
    date = "ifnull((SELECT due FROM temp.moved WHERE moved.node = those.node AND was = those.date), those.date)"
    said = ", ".join(f"{date} AS date" if name == "date" else f'those."{name}"' for name in columns)
    dated = {"deadline": f"{_FIRST} + node", "node": "node", "written": "''", "date": "due"}
    made = ", ".join(dated.get(name, "0") for name in columns)
    connection.execute(
        f"CREATE TEMP VIEW deadlines AS SELECT {said} FROM main.deadlines AS those"
        f" UNION ALL SELECT {made} FROM temp.moved WHERE was IS NULL"
    )


def _duties(connection: sqlite3.Connection, roles: Sequence[tuple[int, str, str]]) -> None:
    columns = list(shape(latest()).columns["duties"])
    names = ", ".join(f'"{name}"' for name in columns)
    connection.execute("CREATE TABLE temp.corrected (node INTEGER, role TEXT, PRIMARY KEY (node, role))")
    connection.executemany("INSERT INTO temp.corrected VALUES (?, ?)", [(node, role) for node, role, _ in roles])
    connection.execute(f"CREATE TABLE temp.held AS SELECT {names} FROM main.duties WHERE 0")
    rows = [(node, role, office) for node, role, words in roles for office in listed(words)]
    for number, (node, role, office) in enumerate(rows, _FIRST):
        made = {"duty": number, "node": node, "role": role, "office": office, "written": office, "inherited": 0}
        made |= {"rule": BY_LEDGER, "span_start": 0, "span_end": 0, "stated": "table"}
        marks = ", ".join("?" * len(columns))
        connection.execute(f"INSERT INTO temp.held VALUES ({marks})", [made.get(name) for name in columns])
    connection.execute(
        f"CREATE TEMP VIEW duties AS SELECT {names} FROM main.duties AS those WHERE NOT EXISTS (SELECT 1 FROM"
        " temp.corrected WHERE corrected.node = those.node AND corrected.role = those.role)"
        f" UNION ALL SELECT {names} FROM temp.held"
    )


def _nodes(connection: sqlite3.Connection) -> None:
    """The columns of an item that the other tables give."""
    connection.execute(
        "CREATE TABLE temp.holds AS SELECT node, states.due, states.lead, states.responsible, states.support"
        " FROM states"
        " JOIN main.nodes ON nodes.task = states.task JOIN notices USING (notice) WHERE notices.latest"
    )
    connection.execute("CREATE UNIQUE INDEX temp.holds_by_node ON holds (node)")
    said = ", ".join(
        f'ifnull((SELECT "{name}" FROM temp.holds WHERE holds.node = those.node), those."{name}") AS "{name}"'
        if name in ("due", *ROLES)
        else f'those."{name}"'
        for name in shape(latest()).columns["nodes"]
    )
    connection.execute(f"CREATE TEMP VIEW nodes AS SELECT {said} FROM main.nodes AS those")
