"""Notices out of a ledger, as they were put in.

The tables are read for many notices at once and dealt out in the order of their rows: a query for each notice would
take longer than to parse it again. What a file from somewhere else holds instead of what aiwei writes is a ReadError.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.kinds import members
from aiwei_cli.notice.model import Deadline, Node, Notice
from aiwei_cli.notice.tree import DEEPEST
from aiwei_cli.query import WHOLE
from aiwei_cli.store.columns import (
    RecordTable,
    columns_of,
    made_of,
    node_tables,
    notice_tables,
    number_cell,
    text_cell,
)
from aiwei_cli.store.packed import unpacked
from aiwei_cli.tracking import UNREPORTED

_BATCH = 200
STRANGE = "库里的内容不是 aiwei 写的样子（{}）；可能被别的程序改过，请用 aiwei add 重新建立"
"""The sentence about values that aiwei does not write."""


def notices(connection: sqlite3.Connection, numbers: Sequence[int], *, standing: bool = True) -> Iterator[Notice]:
    """The notices of these rows of ``notices``, in this order; with ``standing`` what the ledger says of their tasks.

    Raises ReadError, without the name of the file, where aiwei does not write such a value.
    """
    waiting = iter(numbers)
    while batch := list(islice(waiting, _BATCH)):
        yield from _batch(connection, batch, standing=standing)


def _batch(connection: sqlite3.Connection, batch: list[int], *, standing: bool) -> Iterator[Notice]:
    # The numbers come from the database itself or are counted here: they are integers.
    among = ", ".join(str(int(number)) for number in batch)
    of_notice = f"WHERE notice IN ({among})"
    of_node = f"WHERE node IN (SELECT node FROM nodes {of_notice})"

    def rows(columns: Sequence[str], table: str, where: str, order: str) -> list[Any]:
        names = ", ".join(f'"{column}"' for column in columns)
        # Read to the end at once: a query that is left open keeps writers waiting.
        return connection.execute(f"SELECT {names} FROM {table} {where} ORDER BY {order}").fetchall()

    def grouped(table: RecordTable, owner: str, where: str) -> _Groups:
        """The records of a table, by the row they belong to."""
        groups: _Groups = {}
        make: Callable[[type, Iterator[Any]], Any] = _MAKERS.get(table.name, made_of)
        for row in rows((owner, *table.columns), table.name, where, table.key):
            cells = iter(row)
            groups.setdefault(next(cells), []).append(make(table.record, cells))
        return groups

    try:
        of_nodes = {table.name: grouped(table, "node", of_node) for table in node_tables()}
        of_notices = {table.name: grouped(table, "notice", of_notice) for table in notice_tables()}
        sources = {row[0]: row[1:] for row in rows(("notice", "size", "packed"), "sources", of_notice, "notice")}
        outlines: dict[int, list[Any]] = {}
        for owner, *row in rows(("notice", "node", "parent", *columns_of(Node)), "nodes", of_notice, "node"):
            outlines.setdefault(owner, []).append(row)
        versions = dict(rows(("notice", "version"), "notices", of_notice, "notice")) if standing else {}
        tasks = _tasks(connection, among) if standing else {}
        heads = {row[0]: row[1:] for row in rows(("notice", *columns_of(Notice)), "notices", of_notice, "notice")}
        at = 2 + columns_of(Node).index("id")
        for number in batch:
            outline = outlines.get(number, [])
            whole = next((row[0] for row in outline if row[at] == WHOLE), None)
            parts: dict[str, Any] = {name: tuple(found.get(number, ())) for name, found in of_notices.items()}
            parts |= {name: tuple(found.get(whole, ())) for name, found in of_nodes.items() if name in _HELD}
            body = _tree([row for row in outline if row[at] != WHOLE], of_nodes, tasks)
            parts["version"] = versions.get(number)
            parts.update(tasks.get(whole, ()) if whole is not None else ())
            text = unpacked(*sources[number]) if number in sources else ""
            yield made_of(Notice, iter(heads[number]), text=text, body=body, **parts)
    except (KeyError, TypeError, ValueError) as error:
        raise ReadError(STRANGE.format(error)) from error


def _tasks(connection: sqlite3.Connection, among: str) -> dict[int, dict[str, Any]]:
    """Of each node that is a task what a ledger says of it: its number, its status, the day it was moved to."""
    query = (
        "SELECT node, nodes.task, status, states.due FROM nodes LEFT JOIN states ON states.task = nodes.task"
        f" WHERE notice IN ({among}) AND nodes.task IS NOT NULL"
    )
    return {
        node: {"task": number_cell(task), "status": text_cell(status or UNREPORTED), "moved": due and text_cell(due)}
        for node, task, status, due in connection.execute(query).fetchall()
    }


def _tree(rows: list[Any], held: dict[str, _Groups], tasks: dict[int, dict[str, Any]]) -> tuple[Node, ...]:
    """The outline: nodes are before their children, so it is put together from the end."""
    children: dict[int | None, list[Node]] = {}
    depths: dict[int | None, int] = {None: 0}
    for node, parent, *_ in rows:
        depths[node] = depths[parent] + 1
    if max(depths.values()) > DEEPEST:
        raise ValueError("层次太深")
    for row in reversed(rows):
        cells = iter(row)
        node, parent = next(cells), next(cells)
        parts: dict[str, Any] = {name: tuple(found[node]) for name, found in held.items() if node in found}
        parts.update(tasks.get(node, ()))
        below = tuple(reversed(children.pop(node, [])))
        children.setdefault(parent, []).append(made_of(Node, cells, children=below, **parts))
    return tuple(reversed(children.get(None, [])))


def _deadline(cls: type, cells: Iterator[Any]) -> Deadline:
    """A deadline, with the rule of one that comes back: its words tell it."""
    time: Deadline = made_of(cls, cells)
    if time.date is None and "每" in time.written:
        from aiwei_cli.language.deadlines import recurs

        return replace(time, recurs=recurs(time.written))
    return time


_Groups = dict[Any, list[Any]]
_MAKERS = {"deadlines": _deadline}
"""What makes the records of a table where the cells alone do not do."""
_HELD = frozenset(member.name for member in members(Notice))
"""What a notice holds itself."""
