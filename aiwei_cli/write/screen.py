"""The table on a terminal, by rich: cells are folded, never cut, and hold no control characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from aiwei_cli.query.table import Cell, Column, Marked, Row, Table
from aiwei_cli.write import Format, Style
from aiwei_cli.write.cells import cell_text, head, printable

if TYPE_CHECKING:
    from rich.text import Text

    from aiwei_cli.query.matrix import Matrix

# How the width is shared out: the task gets what the others leave.
_LONG = {"item": 4, "snippet": 4, "section": 3, "aliases": 2, "written": 2}
_ROOMY = 100
_ASIDE = frozenset(["persons"])
"""Columns that a narrower screen has no room for."""


def write_table(table: Table, out: TextIO, format: Format, style: Style) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    rows = list(table.rows)
    console = Console(file=getattr(out, "unfiltered", out), markup=False, emoji=False, highlight=False, soft_wrap=False)
    narrow = _ASIDE if console.width < _ROOMY else frozenset()
    columns = [
        column
        for column in table.columns
        if column.key not in narrow and (not column.optional or _filled(column, rows))
    ]
    # HORIZONTALS is made of ─ alone, which GBK has.
    grid = Grid(box=box.HORIZONTALS, show_header=style.header, show_lines=_has_long_cells(columns), pad_edge=False)
    for column in columns:
        grid.add_column(
            Text(head(column, style.labels)),
            overflow="fold",
            justify="right" if column.kind == "count" else "left",
            ratio=_LONG.get(column.key),
            no_wrap=False,
        )
    for row in rows:
        grid.add_row(*(_text(column, row.get(column.key), style) for column in columns))
    console.print(grid)


def write_matrix(counted: Matrix, out: TextIO, style: Style) -> None:
    """The matrix in shades, as wide as the screen."""
    from aiwei_cli.write.heat import write_shaded

    write_shaded(counted, out)


def _text(column: Column, cell: Cell, style: Style) -> Text:
    from rich.text import Text

    text = Text(printable(cell_text(column, cell, style.labels)))
    for start, end in cell.marks if isinstance(cell, Marked) else ():
        text.stylize("bold red", start, end)
    return text


def _filled(column: Column, rows: list[Row]) -> bool:
    return any(row.get(column.key) for row in rows)


def _has_long_cells(columns: list[Column]) -> bool:
    return any(column.key == "item" for column in columns)
