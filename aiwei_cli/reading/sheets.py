"""Workbooks (.xlsx, .xls, .ods, .et) by python-calamine: the cells of their visible sheets, with what is merged.

The library works in the child process of :mod:`~aiwei_cli.reading.native`, since it ends its process where memory is
refused. The size of a sheet is asked before: a cell in its last corner makes the library take memory for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.kinds import MOST_MEMBERS
from aiwei_cli.reading.native import ask
from aiwei_cli.reading.opendocument import merged_ranges
from aiwei_cli.reading.tables.cells import Cell, Row
from aiwei_cli.reading.zipped import open_archive
from aiwei_cli.records import NamedTuple

_CURE = "请用 Excel 或 WPS 表格打开，另存为 .xlsx 后再试"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>")
"""A cell that holds something; one that is only drawn closes itself."""
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_CHUNK = 1 << 20
_MOST = 5_000_000
"""Cells of a sheet between its first and its last one."""

_LARGEST = 200 * 1024 * 1024
"""Bytes of all parts of a workbook together."""
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"

Value = str | int | float | bool | date | None


class Sheet(NamedTuple):
    """A sheet: its name, its values, and the row and column of the file that they begin at (the first is 0)."""

    name: str
    values: list[list[Value]]
    top: int
    left: int
    merged: list[tuple[tuple[int, int], tuple[int, int]]]

    def rows(self) -> list[Row]:
        """The cells, one object for each merged range."""
        rows = [[Cell([shown(value)] if value not in ("", None) else []) for value in row] for row in self.values]
        for (top, left), (bottom, right) in self.merged:
            places = [
                (row, column)
                for row in range(max(top - self.top, 0), min(bottom - self.top + 1, len(rows)))
                for column in range(max(left - self.left, 0), min(right - self.left + 1, len(rows[row])))
            ]
            # A program that moved cells has left words under a merged cell: they are read, or they would be lost.
            if places and not any(rows[row][column].paragraphs for row, column in places[1:]):
                first = rows[places[0][0]][places[0][1]]
                for row, column in places:
                    rows[row][column] = first
        return rows


def shown(value: Value) -> str:
    """A value as a person reads it: 2024年6月30日, 3 and not 3.0."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else str(value)


def plain(value: Value) -> str:
    """A value as a program writes it: 2024-06-30."""
    return value.isoformat() if isinstance(value, date) else shown(value)


def sheets(data: bytes, budget: Budget | None) -> Iterator[Sheet]:
    """The visible sheets that hold anything. Raises ReadError."""
    if data.startswith(b"PK"):
        _check_size(data, budget)
    for name, rows, top, left, merged in ask("book", data, budget or Budget(source=len(data))):
        values = [[date.fromisoformat(*value) if isinstance(value, list) else value for value in row] for row in rows]
        yield Sheet(name, values, top, left, [((a, b), (c, d)) for (a, b), (c, d) in merged])


def in_child(data: bytes, budget: Budget) -> Any:
    """The same as lists, texts and numbers; a date is a list of its ISO text. Raises ReadError."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
    except ImportError:
        raise ReadError("读 Excel 工作簿要用 python-calamine；请运行 pip install python-calamine") from None
    found = []
    spans = merged_ranges(data) if _OPEN_DOCUMENT in data[:200] else {}
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for index, about in enumerate(book.sheets_metadata):
            if about.visible != SheetVisibleEnum.Visible or about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(index)
            if sheet.start is None:  # it is empty
                continue
            budget.cells(sheet.height * sheet.width)
            rows = [[_kept(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
            merged = sheet.merged_cell_ranges or spans.get(about.name, [])
            found.append((about.name, rows, *sheet.start, merged))
    except CalamineError as error:
        raise ReadError(f"Excel 工作簿打不开，可能加了密码或已损坏（{_brief(error)}）；{_CURE}") from None
    return found


def _kept(value: Any) -> Any:
    if isinstance(value, date):
        return [value.isoformat()[: len("2024-06-30")]]  # no task is due by the hour
    return value if isinstance(value, str | int | float | bool) else str(value)


def _brief(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:80]


def _check_size(data: bytes, budget: Budget | None) -> None:
    """Raises ReadError where the cells of a sheet lie so far apart that the rectangle around them is too large."""
    try:
        with open_archive(data, MOST_MEMBERS) as archive:
            # The library unpacks all it needs at once, in native code that no limit can stop cleanly.
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise ReadError(f"Excel 工作簿解压后超过 {_LARGEST >> 20} MB，不像任务表，为安全起见不读；{_CURE}")
            for info in archive.infolist():
                if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".bin"):
                    raise ReadError(f"是二进制的 Excel 工作簿（.xlsb），还不能读；{_CURE}")
                if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", info.filename):
                    continue
                with archive.open(info) as file:
                    area = _area(file, budget)
                if area > _MOST:
                    raise ReadError(
                        f"Excel 工作表里最远的两个格子之间有 {area} 格，不像任务表；"
                        "请删掉表格右边、下边多余的内容，另存后再试"
                    )
    except ReadError:
        raise
    except Exception as error:
        raise ReadError(f"Excel 工作簿打不开，可能没有下载完整（{_brief(error)}）；{_CURE}") from None


def _area(file: Any, budget: Budget | None) -> int:
    """The cells of the rectangle around all cells that hold something."""
    box: tuple[int, int, int, int] | None = None
    rest = b""
    while chunk := file.read(_CHUNK):
        if budget is not None:
            budget.check()
        chunk = rest + chunk
        whole, _, begun = chunk.rpartition(b"<")  # the last sign of a sheet is no cell's
        for match in _CELL.finditer(whole):
            place = _REFERENCE.search(match[1])
            if place is not None:
                column = 0
                for letter in place[1]:
                    column = column * 26 + letter - 64
                row = int(place[2])
                top, left, bottom, right = box or (row, column, row, column)
                box = min(top, row), min(left, column), max(bottom, row), max(right, column)
        rest = (b"<" + begun)[-_CHUNK:]
    if box is None:
        return 0
    top, left, bottom, right = box
    return (bottom - top + 1) * (right - left + 1)


def texts(values: Sequence[Sequence[Value]]) -> list[list[str]]:
    """Values as a program writes them."""
    return [[plain(value) for value in row] for row in values]
