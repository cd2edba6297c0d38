"""A notice as plain data, and back: the tree ``aiwei.notice.v1`` that every program can read.

Spans become lists of two numbers; everything else keeps the name it has in :mod:`aiwei_cli.notice.model`. The text of
the source is not part of the tree (it can be rebuilt from nothing but the source itself). What the contract promises is
always there; what a field calls sparse only where there is some.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING
from functools import lru_cache
from typing import Any, TypeVar

from aiwei_cli.notice.kinds import SCALARS, Member, members

T = TypeVar("T")
DEEPEST = 100
"""Levels of nodes below one another. All writers can take so many; what people write has a dozen at most."""
_LARGEST = 2**63
"""The largest number that databases keep."""


def to_tree(record: object) -> dict[str, Any]:
    """A record of the model as dicts, lists, strings, numbers and None."""
    cls: Any = type(record)
    return _writer(cls)(record)


def from_tree(cls: type[T], tree: Mapping[str, Any], **more: Any) -> T:
    """The record that :func:`to_tree` wrote, with ``more`` for what is not part of the tree.

    Fields that are not known are passed over, so a newer version's tree can be read.
    Raises ValueError, with the place in the tree, where the data has not the shape of the class.
    """
    read: T = _read(cls, _Mapping(tree, ""), **more)
    return read


# --- writing: a function is compiled for each class, for the model is the same for every notice


@lru_cache
def _writer(cls: type) -> Callable[[Any], dict[str, Any]]:
    lines: dict[type, str] = {}
    _define(cls, lines)
    functions: dict[str, Any] = {}
    exec("\n".join(lines.values()), functions)
    write: Callable[[Any], dict[str, Any]] = functions[f"_{cls.__name__}"]
    return write


def _define(cls: type, lines: dict[type, str]) -> None:
    """The source of the function for a class, and of those it calls."""
    lines[cls] = ""
    parts = members(cls)
    always = ", ".join(f"{part.name!r}: {_written(part)}" for part in parts if not part.sparse)
    lines[cls] = f"def _{cls.__name__}(it):\n tree = {{{always}}}\n"
    for part in parts:
        if part.sparse:
            there = " is not None" if part.default is None else f" != {part.default!r}"
            lines[cls] += f" if it.{part.name}{there}: tree[{part.name!r}] = {_written(part)}\n"
        if part.base == "record" and part.record not in lines:
            _define(part.record, lines)
    lines[cls] += " return tree\n"


def _written(member: Member) -> str:
    """The expression that makes plain data of a field of ``it``."""
    value = f"it.{member.name}"
    if member.many:
        one = _one_written(member, "each")
        return f"[*{value}]" if one == "each" else f"[{one} for each in {value}]"
    one = _one_written(member, value)
    return f"{one} if {value} else None" if member.nullable and one != value else one


def _one_written(member: Member, value: str) -> str:
    if member.base == "record":
        return f"_{member.record.__name__}({value})"
    if member.base == "pair":
        parts = (f"{part.name!r}: {_one_written(part, f'{value}[{at}]')}" for at, part in enumerate(member.parts))
        return f"{{{', '.join(parts)}}}"
    return f"[*{value}]" if member.base == "Span" else value


# --- reading: what is asked for is there and of its kind, or the place is named


class _Mapping:
    """A mapping of the tree and its place in it, which every complaint names."""

    __slots__ = ("data", "place")

    def __init__(self, data: Mapping[str, Any], place: str) -> None:
        self.data, self.place = data, place

    def wrong(self, key: str, wanted: str) -> ValueError:
        return ValueError(f"{self.place}{key} 应当是{wanted}")

    def below(self, key: str) -> _Mapping:
        value = self.data.get(key)
        if not isinstance(value, Mapping):
            raise self.wrong(key, "「名称: 内容」")
        return _Mapping(value, f"{self.place}{key}.")

    def items(self, key: str, check: Callable[[Any], bool], wanted: str) -> list[Any]:
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(key, "列表")
        if not all(map(check, value)):
            raise self.wrong(key, wanted)
        if value and self.place.count(f"{key}[") >= DEEPEST - 1:
            raise ValueError(f"层次超过 {DEEPEST} 层")
        return value

    def mappings(self, key: str) -> list[_Mapping]:
        found = self.items(key, _is_mapping, "「名称: 内容」的列表")
        return [_Mapping(item, f"{self.place}{key}[{number}].") for number, item in enumerate(found)]


def _read(cls: Any, data: _Mapping, **more: Any) -> Any:
    for name, read in _readers(cls):
        more[name] = read(data)
    return cls(**more)


@lru_cache
def _readers(cls: type) -> list[tuple[str, Callable[[_Mapping], Any]]]:
    return [(member.name, _reader(member)) for member in members(cls)]


def _reader(member: Member) -> Callable[[_Mapping], Any]:
    """The function that takes a field out of a mapping."""
    key, cls = member.name, member.record
    if member.base == "record":
        if member.many:
            return lambda data: tuple([_read(cls, each) for each in data.mappings(key)])
        return lambda data: _read(cls, data.below(key))
    if member.base == "pair":
        parts = [_reader(part) for part in member.parts]
        return lambda data: tuple([tuple([read(each) for read in parts]) for each in data.mappings(key)])
    if member.base == "Span":
        return _span_reader(member)
    if member.many:
        return lambda data: tuple(data.items(key, _is_text, "文字的列表"))
    return _scalar_reader(member)


def _scalar_reader(member: Member) -> Callable[[_Mapping], Any]:
    key, kind, absent, among = member.name, SCALARS[member.base], member.absent, member.among
    wanted = _WANTED[member.base]

    def read(data: _Mapping) -> Any:
        value = data.data.get(key)
        if value is None:
            if absent is MISSING:
                raise data.wrong(key, wanted)
            return absent
        # A bool is an int to Python, and no number to a reader.
        if type(value) is not kind and (not isinstance(value, kind) or isinstance(value, bool)):
            raise data.wrong(key, wanted)
        if kind is not bool and not sound(value):
            raise data.wrong(key, _WANTED_SOUND[member.base])
        if among and value not in among:
            raise data.wrong(key, "、".join(among) + " 之一")
        return value

    return read


def _span_reader(member: Member) -> Callable[[_Mapping], Any]:
    key, nullable = member.name, member.nullable
    if member.many:
        return lambda data: tuple([(start, end) for start, end in data.items(key, _is_span, "[起, 止] 的列表")])

    def read(data: _Mapping) -> Any:
        value: Any = data.data.get(key)
        if value is None and nullable:
            return None
        if not _is_span(value):
            raise data.wrong(key, "[起, 止]")
        start, end = value
        return start, end

    return read


_WANTED = {"str": "文字", "int": "整数", "bool": "true 或 false"}
_WANTED_SOUND = {"str": "完整的文字，其中有半个字符", "int": "小一些的整数"}


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and sound(value)


def sound(value: Any) -> bool:
    """Whether any program takes a text or a number: JSON may hold halves of surrogate pairs."""
    if isinstance(value, int):
        return -_LARGEST <= value < _LARGEST
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_span(value: Any) -> bool:
    if not (isinstance(value, list | tuple) and len(value) == 2):
        return False
    return all(type(end) is int and sound(end) for end in value)
