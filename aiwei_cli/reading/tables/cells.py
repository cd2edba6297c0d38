"""Cells and rows, as the readers of files hand them on.

A cell that spans columns or rows is the same object in each place: what is merged is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aiwei_cli.notice.hints import Hint, LineKind
from aiwei_cli.records import NamedTuple


class Cell:
    """One cell: its paragraphs, a soft line is one too.

    Compared by identity: two cells with the same words are two cells.
    """

    __slots__ = ("_words", "paragraphs")

    def __init__(self, paragraphs: Sequence[str] = ()) -> None:
        lines = (line.strip() for paragraph in paragraphs for line in paragraph.split("\n"))
        self.paragraphs = [words for words in lines if words]
        self._words: str | None = None

    @property
    def words(self) -> str:
        """The words of a header or a number, without any white space."""
        if self._words is None:  # asked for in each place that the cell spans
            self._words = "".join("".join(self.paragraphs).split())
        return self._words


Row = list[Cell]
Numbered = tuple[int, Row]
"""A row with its place in the table; the first is 1."""

NOTHING = re.compile(r"[/／\\—－–\-无·\s]*")
"""The words of a cell that says nothing."""


class TableLine(NamedTuple):
    """One line of text that a table becomes."""

    row: int
    """Of the table; the first is 1."""
    words: str
    kind: LineKind = "text"
    number: int = 0
    """So many of its first signs are the number of the row."""

    def hints(self, start: int) -> Iterator[Hint]:
        """What is known of the line where it begins at this place of the text."""
        if self.number:
            yield Hint(start, start + self.number, "number")
        if self.kind != "text":
            yield Hint(start, start + len(self.words), self.kind)


def distinct(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, each once."""
    return list(dict.fromkeys(cells))


def filled_cells(row: Row) -> list[Cell]:
    """The cells with words, each once."""
    return [cell for cell in distinct(row) if cell.paragraphs]


def padded(row: Row, width: int) -> Row:
    """The row with as many cells as the header has."""
    return [*row[:width], *(Cell() for _ in range(width - len(row)))]
