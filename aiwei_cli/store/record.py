"""A notice as rows of the ledger's tables.

The ids of the rows are given from outside: each table's first free one. So they rise in the order of the text, and a
node's stand together, which is what lets a list come out in order without being sorted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from aiwei_cli.notice.model import Diagnostic, Duty, Node, Notice, Span
from aiwei_cli.query import WHOLE, Hit, Place, haystack, places
from aiwei_cli.query.asked import squeezed
from aiwei_cli.query.doubts import by_item
from aiwei_cli.query.table import item_row, section_of

TABLES = {
    "plans": "plan",
    "nodes": "node",
    "duties": "duty",
    "persons": "person",
    "deadlines": "deadline",
    "citations": "citation",
    "diagnostics": "diagnostic",
}
"""The tables that a notice fills, in an order that foreign keys allow, and the key of each."""
Row = tuple[Any, ...]


class Record(NamedTuple):
    """What a notice becomes. The first cell of a row is its id, the second that of what it belongs to."""

    notice: Row
    """The columns of ``notices`` from ``title`` to ``margins`` without ``identity``, ``digest`` and ``added``."""
    rows: Mapping[str, list[Row]]
    """By the tables of :data:`TABLES`."""


def record(notice: Notice, number: int, free: Mapping[str, int]) -> Record:
    """The rows of a notice that gets this number; ``free`` is each table's next id."""
    rows: dict[str, list[Row]] = {table: [] for table in TABLES}

    def put(table: str, *cells: Any) -> int:
        row_id = free[table] + len(rows[table])
        rows[table].append((row_id, *cells))
        return row_id

    plans = [put("plans", number, plan.title, plan.line, *plan.span) for plan in notice.plans]
    numbers: dict[int, int] = {}
    doubts = by_item(notice)
    for place in places_of(notice):
        plan = plans[notice.plans.index(place.plan)] if place.plan else None
        parent = numbers[id(place.headings[-1])] if place.headings else None
        cells = _node(place, doubts.get(place.node.id, ()))
        node = numbers[id(place.node)] = put(
            "nodes", number, parent, plan, *_node(place, doubts.get(place.node.id, ()))
        )
        for duty in place.node.duties:
            put("duties", node, *_duty(duty))
        for person in place.node.persons:
            put("persons", node, person.role, person.name, int(person.inherited), *person.span)
        for time in place.node.deadlines:
            put("deadlines", node, time.written, time.date, int(time.inherited), *time.span)
        for cited in place.node.citations:
            put("citations", node, cited.title, cited.document_number, *cited.span)
    for found in notice.diagnostics:
        put("diagnostics", number, found.code, found.message, found.line, found.column, *found.span)
    return Record(_notice(notice), rows)


def places_of(notice: Notice) -> Iterable[Place]:
    """All nodes, and the notice itself also where it has only times and citations under no number."""
    if not notice.duties and (notice.deadlines or notice.citations):
        bare = Node(WHOLE, "", 0, "", "", (0, 0), 1, deadlines=notice.deadlines, citations=notice.citations)
        yield Place(notice, bare)
    yield from places(notice)


def is_item(node: Node) -> bool:
    """Whether a query may find the node: the notice itself only where it has duties."""
    return node.is_item and (node.id != WHOLE or bool(node.duties))


def _notice(notice: Notice) -> Row:
    source = notice.source
    return (
        *(notice.title, notice.issuer, notice.document_number, notice.date, notice.year),
        *(source.path, source.kind, source.encoding, source.characters, source.sha256),
        *(_json(value) for value in (notice.addressees, notice.signature, notice.annexes, notice.copies)),
        *(notice.preamble, notice.closing),
        *(_json(value) for value in (notice.fields, notice.clauses, notice.layout, notice.margins)),
    )


def _node(place: Place, doubts: tuple[Diagnostic, ...]) -> Row:
    node = place.node
    item = is_item(node)
    row: Mapping[str, Any] = item_row(Hit(place, node.duties, node.duties, node.persons, doubts)) if item else {}
    return (
        *(node.id, node.number, node.level, int(item), section_of(place), node.title, node.text),
        *(row.get(key) for key in ("lead", "responsible", "support", "deadline", "due", "citations")),
        *(node.line, *node.span, *(node.title_span or (None, None)), _json(node.clauses), node.place),
        *(row.get(key) for key in ("persons", "stated", "doubts")),
    )


def _duty(duty: Duty) -> Row:
    return (duty.role, duty.office, duty.written, int(duty.inherited), duty.rule, *duty.span, duty.stated)


def _json(value: tuple[str | Span | tuple[str, Span] | tuple[int, str], ...]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else "[]"


def searchable(place: Place) -> tuple[str, dict[str, str]]:
    """What an item is found by: its text with the headings above it, and the names of its offices by role."""
    names: dict[str, dict[str, None]] = {"lead": {}, "responsible": {}, "support": {}}
    for duty in place.node.duties:
        names[duty.role].update({duty.office: None, duty.written: None})
    return haystack(place), {role: " ".join(each) for role, each in names.items()}


# --- what makes two texts the same notice


def digest_of(notice: Notice) -> str:
    """The SHA-256 of the bytes it was read from; of what is known of it, where these are not known (rows of a CSV)."""
    if notice.source.sha256:
        return notice.source.sha256
    tree = {key: value for key, value in notice.to_dict().items() if key != "source"}
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
