"""A notice as rows of the ledger's tables.

The ids of the rows are given from outside: each table's first free one. So ids rise in the order of the text, and those
of a node come together: a list comes out in order without sorting.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from aiwei_cli.notice.model import ROLES, Diagnostic, Hit, Node, Notice, Place
from aiwei_cli.query import WHOLE, haystack, places, whole
from aiwei_cli.query.asked import squeezed
from aiwei_cli.query.doubts import by_item
from aiwei_cli.query.table import item_row
from aiwei_cli.records import NamedTuple
from aiwei_cli.store.columns import RecordTable, Row, cells_of, columns_of, node_tables, notice_tables
from aiwei_cli.tracking.standing import untracked

_SHOWN = ("lead", "responsible", "support", "deadline", "due", "citations", "persons", "stated", "doubts")
"""Of items, as ``aiwei list`` shows them."""


def record_tables() -> dict[str, RecordTable]:
    """The tables that a notice fills, in an order that foreign keys allow."""
    above = ("notice", "parent", "plan", "item", "section", *_SHOWN)
    nodes = RecordTable("nodes", "node", Node, (*above, *columns_of(Node)))
    of_notices = [table._replace(columns=("notice", *table.columns)) for table in notice_tables()]
    of_nodes = [table._replace(columns=("node", *table.columns)) for table in node_tables()]
    return {table.name: table for table in (*of_notices, nodes, *of_nodes)}


class Rows(NamedTuple):
    """What a notice becomes."""

    notice: Row
    """The columns of ``notices`` that are fields."""
    rows: Mapping[str, list[Row]]
    """By the tables of :func:`tables`: the key, and the cells of its columns."""


def record_rows(notice: Notice, number: int, free: Mapping[str, int]) -> Rows:
    """The rows of a notice that gets this number; ``free`` is each table's next id."""
    rows: dict[str, list[Row]] = {table: [] for table in free}

    def put(table: str, *cells: Any) -> int:
        row_id = free[table] + len(rows[table])
        rows[table].append((row_id, *cells))
        return row_id

    of_notice = {
        table.name: [put(table.name, number, *cells_of(each)) for each in getattr(notice, table.name)]
        for table in notice_tables()
    }
    numbers: dict[int, int] = {}
    doubts = by_item(notice)
    for place in places_of(notice):
        plan = of_notice["plans"][notice.plans.index(place.plan)] if place.plan else None
        parent = numbers[id(place.headings[-1])] if place.headings else None
        node = numbers[id(place.node)] = put(
            "nodes", number, parent, plan, *_node(place, doubts.get(place.node.id, ()))
        )
        for table in node_tables():
            for each in getattr(place.node, table.name):
                put(table.name, node, *cells_of(each))
    return Rows(cells_of(notice), rows)


def places_of(notice: Notice) -> Iterable[Place]:
    """All nodes, and the notice itself also where it has only times and citations under no number."""
    if not notice.duties:
        bare = whole(notice)
        if any(getattr(bare, table.name) for table in node_tables()):
            yield Place(notice, replace(bare, text="", span=(0, 0)))
    yield from places(notice)


def is_item(node: Node) -> bool:
    """Whether a query may find the node: the notice itself only where it has duties."""
    return node.is_item and (node.id != WHOLE or bool(node.duties))


def _node(place: Place, doubts: tuple[Diagnostic, ...]) -> Row:
    node = place.node
    item = is_item(node)
    row: Mapping[str, Any] = item_row(Hit(place, node.duties, node.duties, node.persons, doubts)) if item else {}
    return int(item), place.section, *(row.get(key) for key in _SHOWN), *cells_of(node)


def searchable(place: Place) -> tuple[str, str]:
    """What an item is found by: its text with the headings above it, and the names of its offices."""
    names: dict[str, dict[str, None]] = {role: {} for role in ROLES}
    for duty in place.node.duties:
        names[duty.role].update({duty.office: None, duty.written: None})
    return haystack(place), " ".join(name for each in names.values() for name in each)


# --- what makes two texts the same notice


def digest_of(notice: Notice) -> str:
    """The SHA-256 of the bytes it was read from; where these are not known (rows of a CSV), of what is known of it."""
    if notice.source.sha256:
        return notice.source.sha256
    tree = {key: value for key, value in untracked(notice).to_dict().items() if key != "source"}
    return sha256(json.dumps(tree, sort_keys=True).encode()).hexdigest()


def identity_of(notice: Notice) -> str | None:
    """What stays the same when a notice is changed: the document number and the issuer, else issuer, title and year,
    else the file. None where nothing does.

    Rather two notices too many than one hidden behind another: a title alone (关于做好工作的通知) makes no identity,
    and neither does what is issued every April under the same title.
    """
    issuer, title, path = squeezed(notice.issuer or ""), squeezed(notice.title or ""), notice.source.path
    if notice.document_number:
        return f"文号 {squeezed(notice.document_number)} {issuer}".rstrip()
    if issuer and title:
        return f"标题 {title} {issuer} {notice.year or ''}".rstrip()
    if path and path != "-":
        return f"文件 {os.path.abspath(path)}"  # noqa: PTH100
    return None
