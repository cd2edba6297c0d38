"""Tables of tasks without rules between their columns: a header, and below it lines whose words are in its columns.

Only a header whose words are those of a table of tasks begins one. What belongs to one row is told by the rules across,
by the numbers, or by gaps that are larger than those in a cell; where nothing tells, the lines stay lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from aiwei_cli.compiled import Rules
from aiwei_cli.language.sentences import REMARKS
from aiwei_cli.reading.pages.model import Grid, Line, Page
from aiwei_cli.reading.pages.paragraphs import NUMBERED
from aiwei_cli.reading.pages.unruled_rows import CLEAR, rows_of

_TITLES = 3
"""The most lines of a header: 牵头 above 单位, beside 序号 in their middle."""
_JUMP = 4.0
"""A line so many heights of a sign below the last one is no row of the table any more."""
_LONGEST = 14
_WIDEST = 30
"""The most columns of a table, and parts of a line."""
_MOST = 400
"""The most lines of a page."""
_MARGIN = 1.0
_LOOK = 20
"""How many lines above tell where the cells of a column are."""


class ColumnPlaces:
    """Where the columns of one table are: from left to right, as far as words have been seen in them."""

    def __init__(self, parts: Sequence[Line]) -> None:
        self.spans = [(part.left, part.right) for part in parts]
        self.titles = ["".join(part.words.split()) for part in parts]
        self.heads = list(parts)
        self.sides: list[float] = []
        """The sides of the columns on the first page: those of the next are the same."""

    def place(self, parts: Sequence[Line]) -> list[int] | None:
        """The column of each part of a line; None where one reaches over two, or two are in one."""
        places = [self._place(part) for part in parts]
        if None in places or len(set(places)) < len(places):
            return None
        found = [place for place in places if place is not None]
        for place, part in zip(found, parts, strict=True):
            left, right = self.spans[place]
            self.spans[place] = min(left, part.left), max(right, part.right)
        return found

    def _place(self, part: Line) -> int | None:
        over = [i for i, (left, right) in enumerate(self.spans) if part.left < right and left < part.right]
        if len(over) == 1:
            return over[0]
        if over:
            return None
        by = sorted((max(left - part.right, part.left - right), i) for i, (left, right) in enumerate(self.spans))
        return by[0][1] if by[0][0] < 0.6 * by[1][0] else None

    def edges(self) -> list[float]:
        """The sides of the columns, each in the middle of the gap between two."""
        inner = [(a[1] + b[0]) / 2 for a, b in pairwise(self.spans)]
        self.sides = self.sides or [self.spans[0][0] - _MARGIN, *inner, self.spans[-1][1] + _MARGIN]
        return self.sides


def with_tables(pages: Sequence[Page], margins: Sequence[set[int]], rules: Rules) -> list[Page]:
    """The pages with such tables as grids; ``margins`` are the ids of the lines of each page that are not of its text.
    A table goes on over a page as far as the next one has its columns."""
    found: list[Page] = []
    last: ColumnPlaces | None = None
    for page, aside in zip(pages, margins, strict=True):
        made, last = _with_tables(page, aside, rules, last)
        found.append(made)
    return found


def _with_tables(
    page: Page, aside: set[int], rules: Rules, last: ColumnPlaces | None
) -> tuple[Page, ColumnPlaces | None]:
    kept = [block for block in page.blocks if id(block) not in aside]
    if not any(isinstance(block, Line) and block.parts for block in kept):
        return page, None if kept else last
    blocks: list[Line | Grid] = []
    at, reached = 0, None
    for run, block in _runs(kept):
        while at < len(run):
            made = _table(run, at, page.level, rules, last if not blocks else None)
            if made is None:
                blocks.append(run[at])
                at, reached = at + 1, None
                continue
            grid, at, reached = made
            blocks.append(grid)
        at = 0
        if block is not None:
            blocks.append(block)
            reached = None
    margins = [block for block in page.blocks if id(block) in aside]
    top = [block for block in margins if isinstance(block, Line) and block.middle < page.height / 2]
    return replace(page, blocks=[*top, *blocks, *(one for one in margins if one not in top)]), reached


def _runs(blocks: Iterable[Line | Grid]) -> Iterable[tuple[list[Line], Grid | None]]:
    """The lines between the ruled tables, each run with the table after it."""
    run: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            run.append(block)
        else:
            yield run, block
            run = []
    yield run, None


def _table(
    lines: Sequence[Line], at: int, level: Sequence[float], rules: Rules, last: ColumnPlaces | None
) -> tuple[Grid, int, ColumnPlaces] | None:
    """The table whose header begins with a line, or which goes on with it: the grid, the line after it, its columns."""
    head = _header(lines, at, rules)
    if head is None and (last is None or at or not any(line.parts for line in lines[:_TITLES])):
        return None
    heads, body = head or ([], at)
    columns = ColumnPlaces(heads) if heads else last
    assert columns is not None
    if last is not None and heads and columns.titles == last.titles:
        columns.sides = last.sides
    taken, end = _body(lines, body, columns)
    counts = rules.headers.number(columns.titles[0])
    width = len(columns.spans)
    below = [y for y in level if lines[at].middle < y]
    rows = rows_of(taken, width, below, counts=counts, goes_on=not heads)
    if rows is None:
        return None
    if heads:
        rows = [[[part] for part in heads], *rows]
    cells = [cell for row in rows for cell in row]
    ys = [row_top(row) for row in rows] + [max(line.middle + line.size for line in lines[at:end])]
    numbers = [[width * r + c for c in range(width)] for r in range(len(rows))]
    return Grid(columns.edges(), ys, numbers, cells, list(columns.spans)), end, columns


def row_top(row: Sequence[Sequence[Line]]) -> float:
    """Where the words of a row begin."""
    return min(line.middle - line.size / 2 for cell in row for line in cell)


def _header(lines: Sequence[Line], at: int, rules: Rules) -> tuple[list[Line], int] | None:
    """The titles of a table of tasks that begin with a line, and the line after them."""
    stop = at + 1
    while stop < min(len(lines), at + 2 * _TITLES) and _step(lines, stop) < 1.0:
        stop += 1  # titles of one and of two lines, in the middle of their cells
    found = _titles(lines[at:stop], rules)
    if stop + 1 < len(lines) and stop < at + _TITLES and _step(lines, stop) * CLEAR < _step(lines, stop + 1):
        more = _titles(lines[at : stop + 1], rules)
        if more is not None and (found is None or len(more) == len(found)):
            return more, stop + 1
    return (found, stop) if found is not None else None


def _step(lines: Sequence[Line], at: int) -> float:
    """How far a line is below the one before, in the heights of its signs."""
    return (lines[at].middle - lines[at - 1].middle) / lines[at].size


def _titles(lines: Sequence[Line], rules: Rules) -> list[Line] | None:
    if not any(line.parts for line in lines) or any(len(line.parts) > _WIDEST for line in lines):
        return None
    parts = _stacked(lines)
    titles = ["".join(part.words.split()) for part in parts]
    short = all(len(title) < _LONGEST for title in titles)
    return parts if len(parts) > 1 and short and _are_titles(titles, rules) else None


def _are_titles(titles: Sequence[str], rules: Rules) -> bool:
    headers = rules.headers
    tasks = any(map(headers.task, titles)) or headers.number(titles[0])
    return (tasks and any(map(headers.role, titles))) or (len(titles) > 2 and headers.plan(titles))


def _stacked(lines: Sequence[Line]) -> list[Line]:
    """The parts of a few lines, those above one another as one."""
    found: list[Line] = []
    for part in sorted((part for line in lines for part in line.parts or [line]), key=lambda part: part.left):
        over = next((one for one in found if part.left < one.right and one.left < part.right), None)
        if over is None:
            found.append(replace(part))
            continue
        first, second = (over, part) if over.middle <= part.middle else (part, over)
        over.words, over.middle = first.words + second.words, first.middle
        over.left, over.right = min(over.left, part.left), max(over.right, part.right)
    return found


def _body(lines: Sequence[Line], start: int, columns: ColumnPlaces) -> tuple[list[list[tuple[int, Line]]], int]:
    """The lines below a header, each as its parts with their columns, and the first line that is not of the table."""
    taken: list[list[tuple[int, Line]]] = []
    at = start
    while at < min(len(lines), start + _MOST):
        line = lines[at]
        parts = line.parts or [line]
        far = bool(at) and line.middle - lines[at - 1].middle > _JUMP * line.size
        places = None if far or (not line.parts and _is_apart(line, columns, taken)) else columns.place(parts)
        if places is None:
            break
        taken.append(list(zip(places, parts, strict=True)))
        at += 1
    return taken, at


def _is_apart(line: Line, columns: ColumnPlaces, taken: Sequence[Sequence[tuple[int, Line]]]) -> bool:
    """Whether a line of one part is no cell: it begins a paragraph, or is where no cell of its column is."""
    if line.words.strip().startswith(REMARKS):
        return True
    above = [*columns.heads, *(part for row in taken[-_LOOK:] for _, part in row)]
    aligned = line.left > columns.spans[0][1] or any(
        abs(part.left - line.left) < _MARGIN or abs(part.left + part.right - line.left - line.right) < 2 * _MARGIN
        for part in above
    )
    return not aligned or (NUMBERED.match(line.words) is not None and line.left < columns.spans[0][1])
