"""The lines of a head, and which of them a field has taken.

Each field is looked for among the lines that are left; what is left in the end is the preamble.
"""

from __future__ import annotations

from typing import Any

from aiwei_cli.parsing.envelope.claims import Claim
from aiwei_cli.parsing.envelope.looks import WordLine


class HeadLines:
    """The lines of one head while it is read."""

    def __init__(self, lines: list[WordLine]) -> None:
        self.lines = lines
        self.used: set[int] = set()
        self.claims: list[Claim] = []

    def take(
        self, name: str, first: int, last: int, value: Any = None, *, start: int | None = None, end: int | None = None
    ) -> None:
        """Give lines to a field: all their characters, or those between two offsets."""
        self.used.update(range(first, last + 1))
        begin = self.lines[first].start if start is None else start
        self.claims.append(Claim((begin, self.lines[last].end if end is None else end), name, value))

    def join(self, first: int, last: int) -> str:
        """The words of some lines in one."""
        return "".join(line.text for line in self.lines[first : last + 1])

    def offset(self, first: int, at: int) -> int:
        """The offset in the view of a character of the joined words of the lines from ``first`` on."""
        while at >= len(self.lines[first].text):
            at -= len(self.lines[first].text)
            first += 1
        return self.lines[first].start + at

    def behind(self) -> int:
        """The line after the last that was taken."""
        return max(self.used, default=-1) + 1
