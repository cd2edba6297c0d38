"""The numbers of tasks: each item of a ledger has one, and it lasts through all versions of its notice.

A new version is aligned with the one before it as ``aiwei diff`` does. An item goes on with the number of the old item
that is most like it. Where several old items became one, it has the number of the likest, and the others end in it;
where one became several, the likest goes on and the others get new numbers. ``kin`` remembers both.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aiwei_cli.notice.model import Node

if TYPE_CHECKING:
    from aiwei_cli.compare.units import Unit

_NEXT = """
SELECT 1 + max(
  (SELECT ifnull(max(task), 0) FROM nodes), (SELECT ifnull(max(task), 0) FROM kin),
  (SELECT ifnull(max(task), 0) FROM events)
)
"""
"""A number is never given twice, even if all of its task was deleted."""


def number_first(connection: sqlite3.Connection, notice: int) -> None:
    """Number the items of a notice that is new to the ledger, within the transaction that is open."""
    _give(connection, _items(connection, notice))


def number_next(connection: sqlite3.Connection, notice: int, before: int, rules: Mapping[str, Any]) -> None:
    """Number the items of the next version of a notice; ``before`` is the row of the last one.

    ``rules`` is the content of compare.yaml.
    """
    from aiwei_cli.compare.alignment import align

    old_tasks, nodes = _tasks(connection, before), _nodes(connection, notice)
    old, new = _units(connection, before, rules), _units(connection, notice, rules)
    links = align(old, new, shared=False)
    likest = sorted(links, key=lambda link: (-links[link], link))
    heirs: dict[int, int] = {}
    origins: dict[int, int] = {}
    for i, j in likest:
        if i not in heirs and j not in origins and old[i].node.id in old_tasks:
            heirs[i], origins[j] = j, i
    kept = [(old_tasks[old[i].node.id], nodes[new[j].node.id]) for j, i in origins.items()]
    connection.executemany("UPDATE nodes SET task = ? WHERE node = ?", kept)
    _give(connection, [nodes[unit.node.id] for j, unit in enumerate(new) if j not in origins])
    relations = [
        (old_tasks[old[i].node.id], nodes[new[j].node.id], "split" if i in heirs else "merged")
        for i, j in likest
        if heirs.get(i) != j and (i not in heirs or j not in origins) and old[i].node.id in old_tasks
    ]
    connection.executemany("INSERT OR IGNORE INTO kin VALUES (?, ?, ?)", relations)


def number_missing(connection: sqlite3.Connection) -> None:
    """Number the versions that an older aiwei wrote, within the transaction that is open."""
    query = "SELECT notice, document FROM notices WHERE version > 1 ORDER BY document, version"
    later = connection.execute(query).fetchall()
    if not later:
        return
    from aiwei_cli.compiled import load as load_rules

    rules = load_rules(None).data["compare"]
    for notice, document in later:
        earlier = "SELECT max(notice) FROM notices WHERE document = ? AND notice < ?"
        (before,) = connection.execute(earlier, (document, notice)).fetchone()
        number_next(connection, notice, before, rules)


def _units(connection: sqlite3.Connection, notice: int, rules: Mapping[str, Any]) -> list[Unit]:
    """The items of a notice as units. Only their words are read: to load the notice takes as long as to parse it."""
    from aiwei_cli.compare.units import unit

    query = "SELECT node, parent, item, id, number, level, title, text FROM nodes WHERE notice = ? ORDER BY node"
    above: dict[int | None, tuple[Node, ...]] = {None: ()}
    found = []
    for row, parent, item, id_, number, level, title, text in connection.execute(query, (notice,)).fetchall():
        node, headings = Node(id_, number, level, title, text, (0, 0)), above[parent]
        above[row] = (*headings, node)
        if item:
            found.append(unit(node, headings, rules))
    return found


def _give(connection: sqlite3.Connection, nodes: Sequence[int]) -> None:
    (first,) = connection.execute(_NEXT).fetchone()
    connection.executemany("UPDATE nodes SET task = ? WHERE node = ?", enumerate(nodes, first))


def _items(connection: sqlite3.Connection, notice: int) -> list[int]:
    return list(_nodes(connection, notice).values())


def _nodes(connection: sqlite3.Connection, notice: int) -> dict[str, int]:
    rows: Iterator[tuple[str, int]] = connection.execute(
        "SELECT id, node FROM nodes WHERE notice = ? AND item ORDER BY node", (notice,)
    )
    return dict(rows)


def _tasks(connection: sqlite3.Connection, notice: int) -> dict[str, int]:
    query = "SELECT id, task FROM nodes WHERE notice = ? AND task IS NOT NULL"
    return dict(connection.execute(query, (notice,)).fetchall())
