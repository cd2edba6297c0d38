"""Notices out of a ledger, as they were put in.

The tables are read for many notices at once and dealt out in the order of their rows: a query for each notice would
take longer than to parse it again. What a file from somewhere else holds instead of what aiwei writes is a ReadError.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.model import (
    ROLES,
    STATED,
    Citation,
    Deadline,
    Diagnostic,
    Duty,
    Node,
    Notice,
    Person,
    Plan,
    Source,
    Span,
)
from aiwei_cli.query import WHOLE

_BATCH = 200
_DEEPEST = 500
STRANGE = "库里的内容不是 aiwei 写的样子（{}）；可能被别的程序改过，请用 aiwei add 重新建立"
"""The sentence about values that aiwei does not write."""


def notices(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[Notice]:
    """The notices of these rows of ``notices``, in this order.

    Raises ReadError, without the name of the file, where a value is none that aiwei writes.
    """
    waiting = iter(numbers)
    while batch := list(islice(waiting, _BATCH)):
        yield from _batch(connection, batch)


def numbers(connection: sqlite3.Connection, *, all_versions: bool = False) -> list[int]:
    """The notices that count, in the order in which they were first added."""
    query = f"SELECT notice FROM notices {'' if all_versions else 'WHERE latest'} ORDER BY document, version"
    return [number for (number,) in connection.execute(query)]


def _batch(connection: sqlite3.Connection, batch: list[int]) -> Iterator[Notice]:
    # The numbers come from the database itself or are counted here: they are integers.
    among = ", ".join(str(int(number)) for number in batch)
    of_notice = f"WHERE notice IN ({among})"
    of_node = f"WHERE node IN (SELECT node FROM nodes {of_notice})"

    def rows(columns: str, table: str, where: str, order: str) -> list[Any]:
        # Read to the end at once: a query that is left open keeps writers waiting.
        return connection.execute(f"SELECT {columns} FROM {table} {where} ORDER BY {order}").fetchall()

    span = "span_start, span_end"
    try:
        duties = _grouped(
            rows(f"node, role, office, written, inherited, rule, {span}, stated", "duties", of_node, "duty"), _duty
        )
        persons = _grouped(rows(f"node, role, name, inherited, {span}", "persons", of_node, "person"), _person)
        times = _grouped(rows(f"node, written, date, inherited, {span}", "deadlines", of_node, "deadline"), _deadline)
        cited = _grouped(rows(f"node, title, document_number, {span}", "citations", of_node, "citation"), _citation)
        plans = _grouped(rows(f"notice, title, line, {span}", "plans", of_notice, "plan"), _plan)
        found = _grouped(
            rows(f'notice, code, message, line, "column", {span}', "diagnostics", of_notice, "diagnostic"), _diagnostic
        )
        texts = dict(rows("notice, text", "texts", of_notice, "notice"))
        outlines = _grouped(
            rows(
                f"notice, node, parent, id, number, level, title, text, line, {span}, title_start, title_end, clauses,"
                " place",
                "nodes",
                of_notice,
                "node",
            ),
            tuple,
        )
        heads = {row[0]: row for row in rows(_HEAD, "notices", of_notice, "notice")}
        for number in batch:
            outline = outlines.get(number, [])
            whole = next((row[0] for row in outline if row[2] == WHOLE), None)
            body = _tree([row for row in outline if row[2] != WHOLE], duties, persons, times, cited)
            yield _notice(
                heads[number],
                text=_text(texts.get(number, "")),
                plans=tuple(plans.get(number, ())),
                duties=tuple(duties.get(whole, ())),
                deadlines=tuple(times.get(whole, ())),
                citations=tuple(cited.get(whole, ())),
                body=body,
                diagnostics=tuple(found.get(number, ())),
            )
    except (KeyError, TypeError, ValueError) as error:
        raise ReadError(STRANGE.format(error)) from error


_HEAD = (
    "notice, title, issuer, document_number, date, year, path, kind, encoding, characters, sha256,"
    " addressees, signature, annexes, copies, preamble, closing, fields, clauses, layout, margins"
)


def _grouped(rows: list[Any], make: Any) -> dict[Any, list[Any]]:
    """What is made of the rows without their first cell, by that cell."""
    groups: dict[Any, list[Any]] = {}
    for owner, *cells in rows:
        groups.setdefault(owner, []).append(make(cells))
    return groups


def _tree(rows: list[Any], duties: Any, persons: Any, times: Any, cited: Any) -> tuple[Node, ...]:
    """The outline: nodes stand before their children, so it is put together from the end."""
    children: dict[int | None, list[Node]] = {}
    depths: dict[int | None, int] = {None: 0}
    for node, parent, *_ in rows:
        depths[node] = depths[parent] + 1
    if max(depths.values()) > _DEEPEST:
        raise ValueError("层次太深")
    for row in reversed(rows):
        node, parent, id_, number, level, title, text, line, start, end, title_start, title_end, clauses, place = row
        made = Node(
            id=_text(id_),
            number=_text(number),
            level=_number(level),
            title=_text(title),
            text=_text(text),
            span=(_number(start), _number(end)),
            line=_number(line),
            duties=tuple(duties.get(node, ())),
            deadlines=tuple(times.get(node, ())),
            citations=tuple(cited.get(node, ())),
            children=tuple(reversed(children.pop(node, []))),
            title_span=None if title_start is None else (_number(title_start), _number(title_end)),
            clauses=_spans(clauses),
            place=_maybe(place),
            persons=tuple(persons.get(node, ())),
        )
        children.setdefault(parent, []).append(made)
    return tuple(reversed(children.get(None, [])))


def _notice(row: Any, **parts: Any) -> Notice:
    _, title, issuer, document_number, date, year, path, kind, encoding, characters, sha256, *rest = row
    addressees, signature, annexes, copies, preamble, closing, fields, clauses, layout, margins = rest
    return Notice(
        source=Source(_maybe(path), _text(sha256), _text(encoding), _number(characters), _text(kind)),
        title=_maybe(title),
        issuer=_maybe(issuer),
        document_number=_maybe(document_number),
        date=_maybe(date),
        year=None if year is None else _number(year),
        addressees=_strings(addressees),
        signature=_strings(signature),
        annexes=_strings(annexes),
        copies=_strings(copies),
        preamble=_text(preamble),
        closing=_text(closing),
        fields=tuple((_text(name), _span(span)) for name, span in _list(fields)),
        clauses=_spans(clauses),
        layout=_spans(layout),
        margins=tuple((_number(page), _text(words)) for page, words in _list(margins)),
        **parts,
    )


def _duty(cells: Any) -> Duty:
    role, office, written, inherited, rule, start, end, stated = cells
    if role not in ROLES:
        raise ValueError(f"分工 {role!r:.40}")
    if stated not in STATED:
        raise ValueError(f"分工出处 {stated!r:.40}")
    span = _number(start), _number(end)
    return Duty(role, _text(office), _text(written), span, bool(inherited), _maybe(rule), stated)


def _person(cells: Any) -> Person:
    role, name, inherited, start, end = cells
    return Person(_text(role), _text(name), (_number(start), _number(end)), bool(inherited))


def _deadline(cells: Any) -> Deadline:
    written, date, inherited, start, end = cells
    rule = None
    if date is None and "每" in _text(written):
        from aiwei_cli.language.deadlines import recurs

        rule = recurs(_text(written))
    return Deadline(_text(written), _maybe(date), (_number(start), _number(end)), bool(inherited), rule)


def _citation(cells: Any) -> Citation:
    title, number, start, end = cells
    return Citation(_text(title), _maybe(number), (_number(start), _number(end)))


def _plan(cells: Any) -> Plan:
    title, line, start, end = cells
    return Plan(_text(title), (_number(start), _number(end)), _number(line))


def _diagnostic(cells: Any) -> Diagnostic:
    code, message, line, column, start, end = cells
    return Diagnostic(_text(code), _text(message), (_number(start), _number(end)), _number(line), _number(column))


# --- SQLite keeps whatever it is given, so each value is looked at


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError(f"应当是文字，而不是 {value!r:.40}")
    return value


def _maybe(value: Any) -> str | None:
    return None if value is None else _text(value)


def _number(value: Any) -> int:
    if type(value) is not int:
        raise ValueError(f"应当是整数，而不是 {value!r:.40}")
    return value


def _list(value: Any) -> list[Any]:
    if value == "[]":
        return []
    try:
        found = json.loads(value)
    except RecursionError:
        found = None
    if not isinstance(found, list):
        raise ValueError(f"应当是 JSON 列表，而不是 {value!r:.40}")
    return found


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(map(_text, _list(value)))


def _span(value: Any) -> Span:
    start, end = value
    return _number(start), _number(end)


def _spans(value: Any) -> tuple[Span, ...]:
    return tuple(map(_span, _list(value)))
