"""Lines and columns: where in a text an offset is, as a person counts.

A line ends in CR LF, which is one end, in LF, or in CR alone, as old Macs and some exports write it. Whatever names a
place to a person (``line:column``) asks here, so that all of them agree.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from aiwei_cli.language.signs import occurrences


class Lines:
    """The lines of a source; the first line and the first column are 1.

    >>> Lines("一、\\r（一）\\r\\n1.清淤").place(8)
    (3, 1)
    """

    def __init__(self, text: str) -> None:
        self._text = text if "\r" not in text else text.replace("\r\n", " \n").replace("\r", "\n")

    @cached_property
    def _breaks(self) -> list[int]:
        return occurrences(self._text, "\n")

    def numbers(self, offsets: Sequence[int]) -> list[int]:
        """The lines of some offsets."""
        breaks = self._breaks
        return [bisect_left(breaks, offset) + 1 for offset in offsets]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_left(self._breaks, offset)
        return line + 1, offset - (self._breaks[line - 1] + 1 if line else 0) + 1
