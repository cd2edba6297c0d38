"""Tables on a terminal, by rich: cells are folded, never cut, and hold no control characters.

The task gets a third of the width and whatever the others leave. Where a screen is too narrow for columns, each row is
a few lines; the rows of several notices are under the title of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from aiwei_cli.notice.fields import Cell
from aiwei_cli.query.table import Column, Marked, Row, Table
from aiwei_cli.write import Format, Style
from aiwei_cli.write.breaking import breaks
from aiwei_cli.write.cells import cell_text, head, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from aiwei_cli.query.matrix import Matrix

_LONG = frozenset(["item", "snippet"])
"""Columns that get what the others leave."""
_OF_A_NOTICE = _LONG | {"section"}
"""Columns of tables with several rows for a notice: there the rows are under its title."""
_NAMES = frozenset(["notice"])
"""Columns that take their place where the table has none of them."""
_WIDEST, _LEAST, _NAME, _GAP = 24, 24, 8, 2
"""In columns of the terminal: the most for a short column, the least for a long one and for another, and the gap
between two."""
_ROOMY = 100
_LOOKS = {"hit": "bold red", "gone": "red", "come": "bold green"}
_ASIDE = frozenset(["persons", "issuer"])
"""Columns that a narrower screen has no room for."""


def write_table(table: Table, out: TextIO, format: Format, style: Style) -> None:
    from rich.console import Console

    console = Console(file=getattr(out, "unfiltered", out), markup=False, emoji=False, highlight=False, soft_wrap=False)
    rows = list(table.rows)
    narrow = _ASIDE if console.width < _ROOMY else frozenset()
    columns = [
        column
        for column in table.columns
        if column.key not in narrow and (not column.optional or _filled(column, rows))
    ]
    keys = {column.key for column in columns}
    titled = "notice" in keys and bool(keys & _OF_A_NOTICE)
    if titled:
        columns = [column for column in columns if column.key != "notice"]
    cells = [[_text(column, row.get(column.key), style) for column in columns] for row in rows]
    widths = _widths(columns, cells, style, console.width)
    places = ((row.get("notice"), row.get("path")) if titled else ("", "") for row in rows)
    for (title, _), part in groupby(zip(places, rows, cells, strict=True), lambda each: each[0]):
        if title:
            console.print(_broken(_text(_PLAIN, title, style), console.width), style="bold")
        _, some, shown = zip(*part, strict=True)
        if style.brief:
            _brief(columns, some, console, style)
        elif widths is None:
            _stacked(columns, shown, console, style)
        else:
            _grid(columns, shown, widths, console, style)


def write_matrix(counted: Matrix, out: TextIO, style: Style) -> None:
    """The matrix in shades, as wide as the screen."""
    from aiwei_cli.write.heat import write_shaded

    write_shaded(counted, out)


_PLAIN = Column("", "")


def _widths(columns: Sequence[Column], cells: Sequence[Sequence[Text]], style: Style, room: int) -> list[int] | None:
    """How wide each column is; None where even the least of all is too much."""
    from rich.cells import cell_len

    long_ones = _LONG & {column.key for column in columns} or _NAMES
    fair, full, wanted, found = [], [], [], []
    for at, column in enumerate(columns):
        lines = (line for row in cells for line in row[at].plain.split("\n"))
        name = cell_len(head(column, style.labels)) if style.header else 0
        natural = max(max((cell_len(line) for line in lines), default=0), min(name, _NAME), 1)
        long, text = column.key in long_ones, column.kind == "text" and column.key != "id"
        found.append(min(natural, _LEAST if long else _NAME) if long or text else natural)
        fair.append(min(natural, room // 3) if long else 0)
        full.append(max(natural, name))
        wanted.append(natural if long or not text else min(full[-1], _WIDEST))
    left = room - 2 - _GAP * (len(columns) - 1) - sum(found)
    if left < 0:
        return None
    for goal in (fair, wanted, full):
        # The narrowest first, so that no column takes all while another is a strip; the tasks last.
        while hungry := [at for at, width in enumerate(found) if width < goal[at]] if left else []:
            at = min(hungry, key=lambda at: (columns[at].key in long_ones, found[at]))
            found[at] += 1
            left -= 1
    return found


def _grid(
    columns: Sequence[Column], rows: Sequence[Sequence[Text]], widths: list[int], console: Console, style: Style
) -> None:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    # HORIZONTALS is made of ─ alone, which GBK has.
    lines = any(column.key in _LONG for column in columns)
    grid = Grid(
        box=box.HORIZONTALS, show_header=style.header, show_lines=lines, pad_edge=False, padding=(0, _GAP - 1, 0, 0)
    )
    for column, width in zip(columns, widths, strict=True):
        name = Text(head(column, style.labels))
        grid.add_column(name, overflow="fold", justify="right" if column.numeric else "left", width=width)
    for row in rows:
        grid.add_row(*(_broken(cell, width) for cell, width in zip(row, widths, strict=True)))
    console.print(grid)


def _stacked(columns: Sequence[Column], rows: Sequence[Sequence[Text]], console: Console, style: Style) -> None:
    """A row as a few lines: what has no room beside the others, below them with its name."""
    from rich.text import Text

    for row in rows:
        console.print("─" * console.width)
        for column, cell in zip(columns, row, strict=True):
            if not cell:
                continue
            named = (
                cell if column.key in _LONG or column.key == "id" else Text(f"{head(column, style.labels)}：") + cell
            )
            console.print(_broken(named, console.width), style="bold" if column.key == "id" else "")
    console.print("─" * console.width)


def _brief(columns: Sequence[Column], rows: Sequence[Row], console: Console, style: Style) -> None:
    """A row as one line, the task cut short where it must be."""
    from rich.cells import cell_len, set_cell_size
    from rich.text import Text

    ids = max((cell_len(str(row.get("id") or "")) for row in rows), default=0)
    for row in rows:
        parts = [
            f"{head(column, style.labels)}：{cell_text(column, row.get(column.key), style.labels)}"
            for column in columns
            if column.key not in _LONG and column.key != "id" and row.get(column.key) not in (None, "")
        ]
        rest = printable("  ".join(parts)).replace("\n", " ")
        task = next((str(row.get(column.key) or "") for column in columns if column.key in _LONG), "")
        task = printable(task).replace("\n", "　")
        room = max(console.width - ids - 2 - (cell_len(rest) + 2 if rest else 0), 16)
        if cell_len(task) > room:
            task = set_cell_size(task, room - 2).rstrip() + "…"
        line = f"{set_cell_size(str(row.get('id') or ''), ids)}  {task}" + (f"  {rest}" if rest else "")
        console.print(Text(line.rstrip()), no_wrap=True, overflow="ignore", crop=False)


def _text(column: Column, cell: Cell, style: Style) -> Text:
    from rich.text import Text

    text = Text(printable(cell_text(column, cell, style.labels)))
    for start, end, kind in cell.marks if isinstance(cell, Marked) else ():
        text.stylize(_LOOKS[kind], start, end)
    return text


def _broken(text: Text, width: int) -> Text:
    """The text with its lines cut by the rules of Chinese."""
    from rich.cells import get_character_cell_size
    from rich.text import Text

    return Text("\n").join(text.divide(breaks(text.plain, width, get_character_cell_size)))


def _filled(column: Column, rows: list[Row]) -> bool:
    return any(row.get(column.key) for row in rows)
