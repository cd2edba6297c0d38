"""CSV and TSV.

CSV for a pipe is plain UTF-8 with line feeds. CSV for a file (``-o``) is what Excel and WPS on a Chinese Windows open
with a double click: UTF-8 with a byte order mark, CRLF. In both, a cell that a spreadsheet would run as a formula gets
an apostrophe before it; in a file also a cell that it would turn into a date or another number: 1-2, 1.10, (1), 007.
The columns that are dates and counts stay as they are. TSV is for scripts: a row is a line, a blank replaces the tabs
and line breaks in a cell, and nothing else is changed; in a file formulas are guarded too, for a double click opens it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TextIO, cast

from aiwei_cli.language.patterns import pattern
from aiwei_cli.notice.fields import Cell
from aiwei_cli.query.table import CellRow, Column, Table
from aiwei_cli.write import Format, Style
from aiwei_cli.write.cells import cell_text, head

# Spreadsheets look past blanks and line breaks for the sign that begins a formula.
_FORMULA = pattern(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠](?!\Z)|[\t\r](?!\Z)")
_WIDE = str.maketrans("０１２３４５６７８９（）－／．：", "0123456789()-/.:")
# What Excel reads as a number or a date although it was neither; whole numbers of up to eleven digits keep their look.
_CHANGED = (
    r"(?i:"
    r"0\d+|\d{12,}"
    r"|\(\d+(?:\.\d+)?\)"
    r"|\d+\.\d+|\d+(?:\.\d+)?e[+-]?\d+"
    r"|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|\d+ \d+/\d+"
    r"|\d{1,4}:\d{1,2}(?::\d{1,2})?"
    r"|(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}日)?)"
)
_SOME = 256
"""Rows that are written at once."""
_BLANKS = pattern(r"[\t\r\n\x0b\x0c\x85\u2028\u2029]+")


def write_table(table: Table, out: TextIO, format: Format, style: Style) -> None:
    if format.name == "tsv":
        _write_tsv(table, out, style)
    else:
        _write_csv(table, out, style)


def _write_tsv(table: Table, out: TextIO, style: Style) -> None:
    columns = table.columns
    if style.header:
        guard: Callable[[str], str] = guarded if style.for_excel else str
        out.write("\t".join(guard(head(column, style.labels)) for column in columns) + "\n")
    keys = tuple(column.key for column in columns)
    rows = iter(table.rows)
    while some := list(islice(rows, _SOME)):
        # All rows of a table are of one kind.
        quick = style.labels == "en" and not style.for_excel and isinstance(some[0], CellRow) and some[0].keys == keys
        lines = _lines(cast("list[CellRow]", some), len(columns)) if quick else None
        if lines is None:
            bare = [[cell_text(column, row.get(column.key), style.labels) for column in columns] for row in some]
            guard = guarded if style.for_excel else str
            lines = "".join("\t".join(guard(_BLANKS.sub(" ", cell)) for cell in cells) + "\n" for cells in bare)
        out.write(lines)


def _lines(records: Sequence[CellRow], columns: int) -> str | None:
    """The lines of rows that have no tabs or line breaks in their cells, else None. Hardly any row has one, and looking
    at all of them at once takes a tenth of the time of looking at each cell."""
    text = "\n".join(["\t".join([c if c.__class__ is str else _bare(c) for c in record]) for record in records])
    if text.count("\t") != len(records) * (columns - 1) or text.count("\n") != len(records) - 1:
        return None
    return None if any(blank in text for blank in "\r\x0b\x0c\x85\u2028\u2029") else text + "\n"


def _bare(cell: Cell) -> str:
    """A cell that is no string, as :func:`cell_text` gives it."""
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def _write_csv(table: Table, out: TextIO, style: Style) -> None:
    import csv

    if style.for_excel:
        out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n" if style.for_excel else "\n")
    if style.header:
        writer.writerow([guarded(head(column, style.labels)) for column in table.columns])
    guard: Callable[[Column, str], str] = _for_excel if style.for_excel else _harmless
    for row in table.rows:
        writer.writerow(
            [guard(column, cell_text(column, row.get(column.key), style.labels)) for column in table.columns],
        )


def _harmless(column: Column, cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe makes it text. A sign alone is no formula."""
    safe = guarded(cell)
    # The csv module does not quote a lone carriage return, which would end the row.
    return safe.replace("\r\n", "\n").replace("\r", "\n")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe makes a formula text."""
    return "'" + cell if _FORMULA.match(cell) else cell


def _for_excel(column: Column, cell: str) -> str:
    """A cell that Excel shows as it is."""
    if column.kind == "text" and re.fullmatch(_CHANGED, cell.strip().translate(_WIDE)):
        return "'" + cell
    return _harmless(column, cell)
