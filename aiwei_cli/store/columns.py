"""The columns that the fields of the model have in the ledger, and how a record becomes cells, and back.

A field has a column of its name; a span has two; a list is JSON; a list of records is a table of the field's name with
a row a record, whose key is the name of the class. Nothing else about fields is written in this room: only the steps in
``upgrades/`` make the columns.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from aiwei_cli.notice.kinds import SCALARS, Member, members
from aiwei_cli.notice.model import Node, Notice
from aiwei_cli.records import NamedTuple

Row = tuple[Any, ...]
_Cells = Iterator[Any]


class RecordTable(NamedTuple):
    """A table that holds a row for each record of a field."""

    name: str
    key: str
    """Its primary key."""
    record: type
    columns: tuple[str, ...]
    """Those of the record's fields, after the key and the owner."""


@lru_cache
def node_tables() -> tuple[RecordTable, ...]:
    """The tables whose rows belong to nodes. Such records of the notice itself belong to the node that stands for
    it."""
    return _tables(Node)


@lru_cache
def notice_tables() -> tuple[RecordTable, ...]:
    """The tables whose rows belong to notices."""
    of_nodes = {table.name for table in node_tables()}
    return tuple(table for table in _tables(Notice) if table.name not in of_nodes)


def _tables(owner: type) -> tuple[RecordTable, ...]:
    return tuple(
        RecordTable(member.name, member.record.__name__.lower(), member.record, columns_of(member.record))
        for member in members(owner)
        if member.many and member.base == "record" and member.record is not Node
    )


@lru_cache
def columns_of(cls: type) -> tuple[str, ...]:
    """The columns of a class's fields."""
    names: list[str] = []
    for member in members(cls):
        if _is_single(member):
            names.extend(columns_of(member.record))
        elif _has_column(member):
            names.extend(_names(member))
    return tuple(names)


def _names(member: Member) -> tuple[str, ...]:
    if member.base == "Span" and not member.many:
        stem = member.name.removesuffix("_span")
        return f"{stem}_start", f"{stem}_end"
    return (member.name,)


def _is_single(member: Member) -> bool:
    return member.base == "record" and not member.many


def _has_column(member: Member) -> bool:
    return member.column and member.base != "record"


# --- a record as cells


def cells_of(record: object) -> Row:
    """The cells of a record, in the order of :func:`columns_of` its class."""
    cells: list[Any] = []
    cls: Any = type(record)
    for name, put in _putters(cls):
        put(cells, getattr(record, name))
    return tuple(cells)


@lru_cache
def _putters(cls: type) -> list[tuple[str, Callable[[list[Any], Any], None]]]:
    return [(member.name, _putter(member)) for member in members(cls) if _is_single(member) or _has_column(member)]


def _putter(member: Member) -> Callable[[list[Any], Any], None]:
    if _is_single(member):
        return lambda cells, value: cells.extend(cells_of(value))
    if member.many:
        return lambda cells, value: cells.append(json.dumps(value, ensure_ascii=False) if value else "[]")
    if member.base == "Span":
        return lambda cells, value: cells.extend(value or (None, None))
    if member.base == "bool":
        return lambda cells, value: cells.append(int(value))
    return lambda cells, value: cells.append(value)


# --- and back: SQLite keeps whatever it is given, so each value is looked at


def made_of(cls: type, cells: _Cells, **more: Any) -> Any:
    """The record of a class, with ``more`` for the fields without columns.

    Raises ValueError where a cell holds what aiwei does not write.
    """
    for name, take in _takers(cls):
        more[name] = take(cells)
    return cls(**more)


@lru_cache
def _takers(cls: type) -> list[tuple[str, Callable[[_Cells], Any]]]:
    return [(member.name, _taker(member)) for member in members(cls) if _is_single(member) or _has_column(member)]


def _taker(member: Member) -> Callable[[_Cells], Any]:
    """The function that takes a field's value from the cells."""
    if _is_single(member):
        return lambda cells: made_of(member.record, cells)
    if member.many:
        one = _one_taker(member)
        return lambda cells: tuple([one(value) for value in _list(next(cells))])
    if member.base == "Span":
        return _span_taker(nullable=member.nullable)
    if member.base == "bool":
        return lambda cells: bool(next(cells))
    one = _one_taker(member)
    if member.nullable:
        return lambda cells: None if (value := next(cells)) is None else one(value)
    return lambda cells: one(next(cells))


def _span_taker(*, nullable: bool) -> Callable[[_Cells], Any]:
    def take(cells: _Cells) -> Any:
        start, end = next(cells), next(cells)
        return None if nullable and start is None else (number_cell(start), number_cell(end))

    return take


def _one_taker(member: Member) -> Callable[[Any], Any]:
    """What checks one value, in a cell or in a list."""
    if member.base == "pair":
        first, second = map(_one_taker, member.parts)
        return lambda pair: _both(pair, first, second)
    if member.base == "Span":
        return lambda span: _both(span, number_cell, number_cell)
    if member.among:
        return lambda value: _among(value, member)
    return number_cell if SCALARS[member.base] is int else text_cell


def _both(value: Any, first: Callable[[Any], Any], second: Callable[[Any], Any]) -> tuple[Any, Any]:
    one, other = value
    return first(one), second(other)


def _among(value: Any, member: Member) -> Any:
    if value not in member.among:
        raise ValueError(f"{member.name} 应当是{'、'.join(member.among)} 之一，而不是 {value!r:.40}")
    return value


def text_cell(value: Any) -> str:
    """A cell that is to hold text. Raises ValueError for anything else."""
    if type(value) is not str:
        raise ValueError(f"应当是文字，而不是 {value!r:.40}")
    return value


def number_cell(value: Any) -> int:
    """A cell that is to hold a number. Raises ValueError for anything else."""
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
