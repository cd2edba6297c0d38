"""Ids for rows that have only the numbers of their notice: 1. below the row 一、村庄清洁 is 一/1."""

from __future__ import annotations

from collections import Counter

from aiwei_cli.language.numerals import DIGITS, LEADING
from aiwei_cli.language.patterns import pattern
from aiwei_cli.parsing.outline.numbers import number_name
from aiwei_cli.query.rows import level_of

_NUMBER = pattern(rf"\s*({LEADING})")


class Ids:
    """Follows the rows of a table in order: a number is below the last one of a higher level."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []
        self._seen: Counter[str] = Counter()
        self._count = 0
        self._last: tuple[str, str] | None = None

    def heading(self, words: str) -> None:
        """A row across the table. One without a number, the title of a plan, is above all that follow."""
        match = _NUMBER.match(words)
        self._last = None
        if match is None:
            self._open.clear()
        else:
            self._enter(match[1])

    def row(self, number: str, words: str, *, goes_on: bool) -> str:
        """The id of a row; ``goes_on`` where a further row of the same item has the same words."""
        key = number, words
        if not (goes_on and key == self._last):
            self._count += 1
            self._enter(number or str(self._count))
            self._last = key
        path = "/".join(name for _, name in self._open)
        count = self._seen[path]
        return path if count == 1 else f"{path}#{count}"

    def _enter(self, number: str) -> None:
        chinese = any(sign in DIGITS for sign in number)
        name = number_name(number, "chinese" if chinese else "digit") or number
        level = level_of(name)
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self._open.append((level, name))
        self._seen["/".join(each for _, each in self._open)] += 1
