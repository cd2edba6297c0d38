"""The words of a workbook, which are a part of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from os import SEEK_END
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

from aiwei_cli.query.table import Marked, marked_pieces
from aiwei_cli.write.xlsx_looks import run_look
from aiwei_cli.write.xlsx_words import LONGEST_CELL, fitted
from aiwei_cli.write.xml import escaped

_CODED = re.compile("_(?=x[0-9a-fA-F]{4}_)")
"""What a reader would take for an escaped character."""
_KNOWN = 8192
"""The numbers of so many of the latest words are kept in memory."""


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
        if isinstance(words, Marked) and len(words) * 2 <= LONGEST_CELL:
            return self._add("".join(map(self._run, *zip(*marked_pieces(words), strict=True))))
        number = self._known.get(words)
        if number is None:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            number = self._known[words] = self._add(_plain(self.fitted(words)))
        return number

    def _run(self, words: str, kind: str) -> str:
        """Some words of a cell in their colours."""
        return f"<r>{run_look(kind)}{_plain(self.fitted(words))}</r>"

    def _add(self, xml: str) -> int:
        self._file.write(f"<si>{xml}</si>")
        self._count += 1
        return self._count - 1

    def fitted(self, words: str) -> str:
        """Words as XML, cut where they are more than a cell can hold."""
        return _CODED.sub("_x005F_", escaped(fitted(words, self._note)))

    def size(self) -> int:
        """The bytes of what was written so far."""
        return self._file.seek(0, SEEK_END)

    def write(self, part: IO[str]) -> None:
        """The part ``sharedStrings.xml``."""
        part.write('<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">')
        with self._file:
            self._file.seek(0)
            copyfileobj(self._file, part)
        part.write("</sst>")


def _plain(xml: str) -> str:
    return f'<t xml:space="preserve">{xml}</t>'
