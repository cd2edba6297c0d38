"""The words of a workbook, which lie in a part of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

from aiwei_cli.write.xlsx_words import fitted
from aiwei_cli.write.xml import escaped

_CODED = re.compile("_(?=x[0-9a-fA-F]{4}_)")
"""What a reader would take for a character by its number."""
_KNOWN = 8192
"""So many of the words that came last have their numbers in memory."""


class Strings:
    """The words of all cells, written to a file when they are met. A cell has the number of its words; what was met
    long ago may get a second number."""

    def __init__(self, note: Callable[[str], None]) -> None:
        """``note`` gets a sentence about words that no cell can hold."""
        self._note = note
        self._file = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 - it lasts as long as the book
        self._known: dict[str, int] = {}
        self._count = 0

    def number(self, words: str) -> int:
        """The number of some words."""
        number = self._known.get(words)
        if number is not None:
            return number
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._file.write(f'<si><t xml:space="preserve">{self.fitted(words)}</t></si>')
        number = self._known[words] = self._count
        self._count += 1
        return number

    def fitted(self, words: str) -> str:
        """Words as XML, cut where they are more than a cell can hold."""
        return _CODED.sub("_x005F_", escaped(fitted(words, self._note)))

    def write(self, part: IO[str]) -> None:
        """The part ``sharedStrings.xml``."""
        part.write('<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">')
        with self._file:
            self._file.seek(0)
            copyfileobj(self._file, part)
        part.write("</sst>")
