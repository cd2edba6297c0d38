"""What is on a printed page. All lengths are in points; y grows downwards.

Pages come out of a process of their own as plain lists (:func:`flat`, :func:`unflat`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aiwei_cli.records import NamedTuple

Point = tuple[float, float]


@dataclass(slots=True)
class Glyph:
    """A character and the box of its font around it."""

    sign: str
    left: float
    right: float
    middle: float
    height: float
    sure: float = 1.0
    """How sure it is that it was recognised rightly."""


@dataclass(slots=True)
class Line:
    """A printed line."""

    words: str
    left: float
    right: float
    middle: float
    size: float
    sure: float = 1.0
    """How sure it is that the words were recognised rightly."""
    parts: list[Line] = field(default_factory=list)
    """What is kept apart by gaps, as cells without rules between them are; empty where it is one."""


class DrawnLine(NamedTuple):
    """A straight line that is drawn across (``at`` is its y) or down (its x)."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Grid:
    """A ruled table: the places of its rules, and for each row and column the number of the cell there.

    A cell that reaches over several rows or columns has the same number in each.
    """

    xs: list[float]
    ys: list[float]
    rows: list[list[int]]
    cells: list[list[Line]] = field(default_factory=list)
    """The lines in each cell."""
    spans: list[Point] = field(default_factory=list)
    """From where to where the words of each column reach, where no rules tell it."""


@dataclass(slots=True)
class Page:
    """The lines and tables of a page, in the order in which they are read."""

    blocks: list[Line | Grid]
    height: float
    picture: bool = False
    """Whether it shows a picture and hardly a word."""
    doubt: str = ""
    """Why its lines may be in a wrong order."""
    level: list[float] = field(default_factory=list)
    """The places of long rules across that are in no ruled table, from top to bottom."""

    @property
    def lines(self) -> list[Line]:
        """The lines outside tables."""
        return [block for block in self.blocks if isinstance(block, Line)]


def flat(page: Page) -> list[Any]:
    """The page as JSON can hold it."""
    blocks = [
        _line(block)
        if isinstance(block, Line)
        else [block.xs, block.ys, block.rows, [[_line(line) for line in cell] for cell in block.cells]]
        for block in page.blocks
    ]
    return [page.height, page.picture, page.doubt, page.level, blocks]


def unflat(page: Any) -> Page:
    """The page back."""
    height, picture, doubt, level, blocks = page
    found: list[Line | Grid] = []
    for block in blocks:
        if isinstance(block[0], str):
            found.append(_unline(block))
        else:
            xs, ys, rows, cells = block
            found.append(Grid(xs, ys, rows, [[_unline(line) for line in cell] for cell in cells]))
    return Page(found, height, picture, doubt, level)


def _line(line: Line) -> list[Any]:
    return [line.words, line.left, line.right, line.middle, line.size, line.sure, [_line(part) for part in line.parts]]


def _unline(flat: list[Any]) -> Line:
    words, left, right, middle, size, sure, parts = flat
    return Line(words, left, right, middle, size, sure, [_unline(part) for part in parts])
