"""Files that are nothing but tables: workbooks, CSV and TSV, by hand or from aiwei.

What aiwei wrote becomes the notices that it was, whatever a person did to it; any other table is read as in a document.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.hints import Hint
from aiwei_cli.notice.model import Notice
from aiwei_cli.query.table import DUTIES, REPORT
from aiwei_cli.reading.decode import decode
from aiwei_cli.reading.document import Content, FilePlace
from aiwei_cli.reading.earlier import OTHER
from aiwei_cli.reading.tables.cells import Cell, Row, filled_cells
from aiwei_cli.reading.tables.exported import ExportHeader, export_header, notices_of_table
from aiwei_cli.reading.tables.grid import Tables
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules
    from aiwei_cli.reading.budget import Budget

_WIDEST = 500
"""The most columns of a table."""


class _SheetRows(NamedTuple):
    name: str
    rows: list[Row]
    first: int
    """The row of the file that the first one is; the first of a file is 1."""


def workbook(data: bytes, rules: Rules | None, budget: Budget | None) -> Content | list[Notice]:
    """What a workbook says: the notices of the first sheet that aiwei wrote, else the text of all sheets."""
    from aiwei_cli.reading.sheets import sheets, texts

    kept: list[_SheetRows] = []
    for sheet in sheets(data, budget):
        values = texts(sheet.values)
        found = export_header(values)
        if found is not None:
            return list(notices_of_table(found, values))
        kept.append(_SheetRows(sheet.name, sheet.rows(), sheet.top + 1))
    return _content(kept, rules)


def separated(data: bytes, suffix: str, rules: Rules | None, budget: Budget | None) -> Content | list[Notice]:
    """What a CSV or TSV file says; its characters may be GBK, its cells may be kept apart by tabs or semicolons."""
    text, encoding = decode(data)
    text = text.removeprefix("\ufeff")
    head = text[:4000].split("\n")[:5]
    signs = "\t" if suffix.lower() in (".tsv", ".tab") else ",\t;，"
    sign = max(signs, key=lambda each: (sum(line.count(each) for line in head), -signs.index(each)))
    if budget is not None:
        budget.cells(text.count(sign) + text.count("\n"))
    try:
        values = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)]
    except csv.Error as error:
        raise ReadError(f"不是完整的 CSV（{error}）；文件可能被改坏，请用 Excel、WPS 打开，另存为 .xlsx") from None
    found = export_header(values)
    if found is not None:
        _check(found, values)
        return list(notices_of_table(found, values, guarded=sign != "\t"))
    if values and {"notice", "id"} <= {*values[0]}:
        raise ReadError(f"第 2 行：{OTHER}")
    made = [[Cell([words] if words else []) for words in row[:_WIDEST]] for row in values]
    return _content([_SheetRows("", made, 1)], rules)._replace(encoding=encoding)


def _check(found: ExportHeader, values: Sequence[Sequence[str]]) -> None:
    """Raises ReadError where no row is below the header, or one has been cut off."""
    needed = max(at for at, key in enumerate(found.keys) if key in ("id", "section", "text", "item"))
    rows = [(number, row) for number, row in enumerate(values[found.row + 1 :], found.row + 2) if any(row)]
    if not rows:
        raise ReadError(f"里面没有公文：{OTHER}")
    for number, row in rows:
        if 1 < len(row) <= needed:
            raise ReadError(
                f"第 {number} 行只有 {len(row)} 格，少了后面的内容；请用 aiwei export 重新导出，或补上这一行"
            )


def _content(sheets: Sequence[_SheetRows], rules: Rules | None) -> Content:
    """The text of the sheets, one after the other; what is above the table of a further one is a heading."""
    tables = Tables(rules)
    pieces: list[str] = []
    places: list[FilePlace] = []
    hints: list[Hint] = []
    length = 0
    for number, sheet in enumerate(sheets, 1):
        rows = _trimmed(sheet.rows)
        tables.passed(sheet.name)
        for line in tables.lines(rows):
            places.append(FilePlace(length, "cell", line.row + sheet.first - 1, number, sheet.name))
            if number > 1 and line.kind == "text" and _is_above(line.row, rows):
                line = line._replace(kind="head")
            hints.extend(line.hints(length))
            pieces.append(line.words + "\n")
            length += len(line.words) + 1
    return Content("".join(pieces), places=tuple(places), hints=tuple(hints))


def _trimmed(rows: list[Row]) -> list[Row]:
    """The rows as wide as the last cell with words."""
    used = {i for row in rows for i, cell in enumerate(row) if cell.paragraphs}
    return [row[: max(used) + 1] for row in rows] if used else []


def _is_above(number: int, rows: Sequence[Row]) -> bool:
    """Whether a row is above the table: it is a single cell, and so is every row before it."""
    return all(len(filled_cells(row)) < 2 for row in rows[:number])


def marked_down(text: str) -> Iterator[Notice]:
    """The notices of the tables that ``aiwei export --format md`` wrote, each below the title of its notice. A table
    without a column that only aiwei writes is its own where it is below its heading."""
    title = heading = ""
    table: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if line.lstrip().startswith("|"):
            cells = [_unescaped(cell) for cell in _cut(line.strip())]
            if not all(set(cell) <= set("-:") and cell for cell in cells):
                table.append(cells)
            continue
        if table:
            found = export_header(table, title if heading in (REPORT, DUTIES) else "")
            if found is not None:
                yield from notices_of_table(found._replace(notice=title or found.notice), table)
            table = []
        if line.startswith("# "):
            title = _unescaped(line[2:].strip())
        if line.startswith("#"):
            heading = line.lstrip("#").strip()


def _cut(line: str) -> list[str]:
    """The cells of a line of a table; a sign after a backslash is a part of its cell."""
    cells, escaped = [""], False
    for char in line.removeprefix("|").rstrip().removesuffix("|"):
        if char == "|" and not escaped:
            cells.append("")
        else:
            cells[-1] += char
        escaped = char == "\\" and not escaped
    return [cell.strip() for cell in cells]


def _unescaped(cell: str) -> str:
    """What a cell was before its signs were kept from meaning something."""
    found, escaped = "", False
    for char in cell.replace("<br>", "\n"):
        if char == "\\" and not escaped:
            escaped = True
            continue
        found += char
        escaped = False
    return found
