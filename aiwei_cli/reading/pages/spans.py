"""Tables over several pages as one, and the words of their cells.

A row that a page cuts is one row, and a cell that is merged over rows on both pages is one cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from aiwei_cli.compiled import Rules
from aiwei_cli.language.chars import FIGURE
from aiwei_cli.language.numerals import NUMERALS
from aiwei_cli.reading.pages.model import Grid, Line
from aiwei_cli.reading.pages.paragraphs import NUMBERED
from aiwei_cli.reading.tables.cells import Cell, Row
from aiwei_cli.reading.tables.columns import is_office

_EDGE = 6.0
"""The outer sides of one table on two pages differ by less than this."""
_HEADER = 3
"""So many rows of a header may be printed again."""
_ENDS = ("。", "；", "！", "？", ";", "!", "?")
_COUNT = re.compile(rf"[（(]?[{FIGURE}{NUMERALS}.．-]{{1,7}}[）)、．.]?")
_FIRST = re.compile(r"[“‘（《〈〔【「『(\[]*(?:[!-~]+|.)[”’）》〉〕】」』)\]，。、；：！？,.;:!?%％]*")
"""What a line break does not part."""


class Box:
    """A cell while its table is put together."""

    def __init__(self, lines: Sequence[Line], left: float, right: float) -> None:
        self.lines, self.left, self.right = list(lines), left, right

    @property
    def words(self) -> str:
        """All that is in it, without white space."""
        return "".join("".join(line.words.split()) for line in self.lines)


class RuledTable:
    """A ruled table, perhaps over several pages."""

    def __init__(self, grid: Grid, page: int, number: int) -> None:
        self.xs = grid.xs
        self.rows = _boxes(grid)
        self.places = [(page, number, row) for row in range(1, len(self.rows) + 1)]
        """For each row its page, the number of the table on it, and its own number there."""

    def add(self, grid: Grid, page: int, number: int) -> bool:
        """Go on with what is on the next page. False where that is another table."""
        if abs(grid.xs[0] - self.xs[0]) > _EDGE or abs(grid.xs[-1] - self.xs[-1]) > _EDGE:
            return False
        xs = _merged(self.xs, grid.xs)
        if len(xs) > max(len(self.xs), len(grid.xs)):
            return False
        rows = _widened(_boxes(grid), grid.xs, xs)
        self.rows, self.xs = _widened(self.rows, self.xs, xs), xs
        again = next((k for k in range(min(_HEADER, len(rows)), 0, -1) if _same(self.rows[:k], rows[:k])), 0)
        rows = rows[again:]
        first = again + 1
        if rows and self._is_cut(rows[0]):
            self._go_on(rows)
            rows = rows[1:]
            first += 1
        elif rows:
            self._reach(rows)
        self.rows += rows
        self.places += [(page, number, row) for row in range(first, first + len(rows))]
        return True

    def cells(self, rules: Rules) -> list[Row]:
        """The rows as the reader of tables takes them."""
        boxes = {id(box): box for row in self.rows for box in row}
        pad = _padding(boxes.values())
        made = {key: Cell(_paragraphs(box, pad, rules)) for key, box in boxes.items()}
        return [[made[id(box)] for box in row] for row in self.rows]

    def unsure(self, least: float) -> dict[int, list[Line]]:
        """For each row (the first is 1) its lines that are recognised less surely than this."""
        found: dict[int, list[Line]] = {}
        seen: set[int] = set()
        for number, row in enumerate(self.rows, 1):
            for box in row:
                if id(box) not in seen:
                    seen.add(id(box))
                    found.setdefault(number, []).extend(line for line in box.lines if line.sure < least)
        return found

    def _is_cut(self, row: Sequence[Box]) -> bool:
        """Whether a row is the rest of the last one: it has no number, and what it says ends no sentence above."""
        last = self.rows[-1]
        if row[0].lines or not any(box.lines for box in row):
            return False
        pairs = [(up, box) for up, box in zip(last, row, strict=True) if box.lines]
        return all(not up.words.endswith(_ENDS) for up, _ in pairs) and any(up.lines for up, _ in pairs)

    def _go_on(self, rows: list[list[Box]]) -> None:
        """Give the words of the first row to the last one, and its cells what those reach over."""
        for up, box in dict.fromkeys(zip(self.rows[-1], rows[0], strict=True)):
            if box is not up:
                up.lines += box.lines
                _put(up, box, rows)

    def _reach(self, rows: list[list[Box]]) -> None:
        """What is merged over the last row and the next: one half is blank, in a column where cells are merged and no
        single one is blank; or the next row has no number, so that it belongs to the one above. Where the first column
        holds no numbers but kinds of tasks, only the kind is that of the row above."""
        pairs = list(zip(self.rows[-1], rows[0], strict=True))
        numbered = bool(rows[0][0].lines)  # before the number above is put there
        above = next((row[0].words for row in reversed(self.rows) if row[0].lines), "")
        counts = _COUNT.fullmatch(above) is not None
        for i, (up, box) in enumerate(pairs):
            if bool(up.lines) == bool(box.lines):
                continue
            if (not numbered and not box.lines and (counts or not i)) or self._is_merged(i, rows):
                kept, gone = (up, box) if up.lines else (box, up)
                _put(kept, gone, [*self.rows, *rows])

    def _is_merged(self, column: int, more: Sequence[Sequence[Box]]) -> bool:
        inner = [[row[column] for row in rows] for rows in (self.rows, more)]
        merged = any(one is other for part in inner for one, other in pairwise(part))
        edges = (inner[0][-1], inner[1][0])
        blank = any(not box.lines and box not in edges for part in inner for box in part)
        return merged and not blank


def _put(kept: Box, gone: Box, rows: Sequence[list[Box]]) -> None:
    """Put one cell where another is."""
    for row in rows:
        if gone in row:
            row[:] = [kept if one is gone else one for one in row]


def _boxes(grid: Grid) -> list[list[Box]]:
    """The rows of a grid, with one object for each cell."""
    made: dict[int, Box] = {}
    rows: list[list[Box]] = []
    spans = grid.spans or list(pairwise(grid.xs))
    for numbers in grid.rows:
        for column, number in enumerate(numbers):
            if number not in made:
                made[number] = Box(grid.cells[number], *spans[column])
            made[number].right = max(made[number].right, spans[column][1])
        rows.append([made[number] for number in numbers])
    return rows


def _merged(xs: Sequence[float], more: Sequence[float]) -> list[float]:
    found: list[float] = []
    for x in sorted([*xs, *more]):
        if not found or x - found[-1] > _EDGE:
            found.append(x)
    return found


def _widened(rows: list[list[Box]], xs: Sequence[float], wanted: Sequence[float]) -> list[list[Box]]:
    """The rows with a place for each of the wanted columns."""
    if len(xs) == len(wanted):
        return rows
    middles = [(a + b) / 2 for a, b in pairwise(wanted)]
    at = [max((i for i, x in enumerate(xs[:-1]) if x < middle), default=0) for middle in middles]
    return [[row[i] for i in at] for row in rows]


def _same(rows: Sequence[Sequence[Box]], others: Sequence[Sequence[Box]]) -> bool:
    return all(
        [box.words for box in row] == [box.words for box in other] and any(box.lines for box in row)
        for row, other in zip(rows, others, strict=False)
    ) and len(rows) == len(others)


# -- the words of a cell -----------------------------------------------------------------------------------------------


def _padding(boxes: Iterable[Box]) -> float:
    """What is left blank beside the longest lines of a table."""
    gaps = [max(min(line.left - box.left, box.right - line.right), 0.0) for box in boxes for line in box.lines]
    return min(sorted(gaps)[len(gaps) // 20], 8.0) if gaps else 0.0


def _paragraphs(box: Box, pad: float, rules: Rules) -> list[str]:
    found: list[str] = []
    room = box.right - box.left - 2 * pad
    before: Line | None = None
    for line in box.lines:
        words = line.words.strip()
        if before is None or not _goes_on(before, line, room, rules):
            found.append(words)
        else:
            latin = before.words[-1:].isascii() and words[:1].isascii() and words[:1].isalpha()
            found[-1] += (" " if latin and before.words[-1:].isalpha() else "") + words
        before = line
    return found


def _goes_on(before: Line, line: Line, room: float, rules: Rules) -> bool:
    """Whether a line of a cell goes on in the next one, whose first word had no room in it."""
    words = line.words.strip()
    if NUMBERED.match(words) and before.words.endswith((*_ENDS, "：", ":")):
        return False
    first = _FIRST.match(words)
    unit = first[0] if first else ""
    needed = sum(0.5 if sign.isascii() else 1.0 for sign in unit[:12]) * line.size * 0.9
    if room - (before.right - before.left) > needed + 0.35 * line.size:
        return False
    names = [before.words.strip(), words]
    return not all(is_office(name, rules) for name in names) or names[0][-1] in "、，,和及与"
