"""Plain data of a shape that must be right: what is asked of it is there and of its kind, or the place is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from aiwei_cli.notice.model import Span

T = TypeVar("T")
DEEPEST = 100
"""Levels of nodes below one another. All that writes a notice takes them; what people write has a dozen at most."""
_LARGEST = 2**63
"""Beyond this no database keeps a number."""


class Reader:
    """A mapping of the tree and the place where it stands, which every complaint names."""

    __slots__ = ("data", "place")

    def __init__(self, data: Mapping[str, Any], place: str) -> None:
        self.data, self.place = data, place

    def wrong(self, key: str, wanted: str) -> ValueError:
        return ValueError(f"{self.place}{key} 应当是{wanted}")

    def get(self, key: str, kind: type, default: Any) -> Any:
        value = self.data.get(key)
        if value is None:
            return default
        # A bool is an int to Python, and no number to a reader.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(key, _KINDS[kind])
        if kind is str:
            self._legible(key, value)
        elif kind is int and not _is_place(value):
            raise self.wrong(key, "不这么大的整数")
        return value

    def _legible(self, key: str, words: Any) -> None:
        try:
            words.encode()
        except UnicodeEncodeError:
            raise self.wrong(key, "完整的字符，其中有半个（\\ud800 一类）") from None

    def need(self, key: str, kind: type) -> Any:
        value = self.get(key, kind, None)
        if value is None:
            raise self.wrong(key, _KINDS[kind])
        return value

    def items(self, key: str) -> list[Any]:
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(key, "列表")
        return value

    def readers(self, key: str) -> list[Reader]:
        found = self.items(key)
        if not all(isinstance(item, Mapping) for item in found):
            raise self.wrong(key, "「名称: 内容」的列表")
        return [Reader(item, f"{self.place}{key}[{number}].") for number, item in enumerate(found)]

    def reader(self, key: str) -> Reader:
        value = self.data.get(key)
        if not isinstance(value, Mapping):
            raise self.wrong(key, "「名称: 内容」")
        return Reader(value, f"{self.place}{key}.")

    def each(self, key: str, make: Callable[[Reader], T]) -> tuple[T, ...]:
        return tuple(make(reader) for reader in self.readers(key))

    def strings(self, key: str) -> tuple[str, ...]:
        found = self.items(key)
        if not all(isinstance(item, str) for item in found):
            raise self.wrong(key, "文字的列表")
        for words in found:
            self._legible(key, words)
        return tuple(found)

    def spans(self, key: str) -> tuple[Span, ...]:
        return tuple(_span(item, self.wrong(key, "[起, 止] 的列表")) for item in self.items(key))

    def span(self, key: str) -> Span:
        return _span(self.data.get(key), self.wrong(key, "[起, 止]"))


_KINDS = {str: "文字", int: "整数", bool: "true 或 false"}


def _is_place(value: Any) -> bool:
    return type(value) is int and -_LARGEST <= value < _LARGEST


def _span(value: Any, error: ValueError) -> Span:
    if not (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(type(end) is int and -_LARGEST <= end < _LARGEST for end in value)
    ):
        raise error
    return value[0], value[1]
