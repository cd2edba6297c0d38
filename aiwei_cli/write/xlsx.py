"""Excel workbooks, by XlsxWriter: a 任务分解表 as a clerk hands it in, ready to be printed.

Words are written as text, whatever they look like: nothing becomes a formula, a link, a number or a date. Only counts
are numbers and due dates are dates, so that Excel can add and sort them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any, TextIO

from aiwei_cli.errors import AiweiError
from aiwei_cli.language.chars import clipped
from aiwei_cli.query.matrix import Matrix, labels, matrix
from aiwei_cli.query.table import Cell, Column, Table
from aiwei_cli.write import Format, Style
from aiwei_cli.write.cells import cell_text, head
from aiwei_cli.write.report import DUTIES, MATRIX, NAME, Report
from aiwei_cli.write.xml import clean

LONGEST_CELL = 32_767
"""UTF-16 units that a cell of Excel can hold."""
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
_LONGEST_NAME = 31
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# What Excel would run or complain about once somebody edits the cell.
_FORMULA = re.compile(r"[=+\-@＝＋－＠]")

# The widest that a column gets, in half-width characters; a cell with more is wrapped.
_WIDEST = {
    "quote": 44,
    "cure": 52,
    "message": 30,
    "where": 28,
    "item": 52,
    "text": 52,
    "section": 20,
    "notice": 24,
    "deadline": 16,
    "office": 26,
    "written": 26,
}
_WIDEST_OTHER = 20
_SECTION = 14
"""How wide a section of the matrix is."""
_LINE, _HIGHEST = 15.5, 409.0
"""Points: of a line of text, and the highest row of Excel."""
_CENTRED = {"doubts", "stated", "code", "id", "number", "role", "due", "known", "inherited"}

_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_CELL = {**_FONT, "border": 1, "text_wrap": True}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter", "text_wrap": True},
    "facts": {**_FONT, "font_size": 10, "align": "right", "font_color": "#595959"},
    "head": {**_CELL, "font_name": "黑体", "align": "center", "bg_color": "#DDE6F0"},
    "text": _CELL,
    "quoted": {**_CELL, "quote_prefix": True},
    "centre": {**_CELL, "align": "center"},
    "doubtful": {**_CELL, "bg_color": "#FFE699"},
    "date": {**_CELL, "align": "center", "num_format": "yyyy-mm-dd"},
    "count": {**_CELL, "align": "center", "num_format": "0"},
    "sum": {**_CELL, "align": "center", "num_format": "0", "bg_color": "#F2F2F2"},
}


def write_table(table: Table, out: TextIO, format: Format, style: Style) -> None:
    """One sheet with a table that has no title."""
    book = _Book(style)
    book.sheet(table.name, "", (), table)
    out.buffer.write(book.data())


def write_report(report: Report, out: TextIO, style: Style) -> None:
    """The sheets of a report: 任务分解表, 责任清单 and 矩阵, and one for each part.

    Raises AiweiError where there is more than a sheet can hold.
    """
    book = _Book(style)
    facts = report.facts()
    book.sheet(NAME, report.title(), facts, report.items("number"), report.notes())
    book.sheet(DUTIES, report.title(DUTIES), facts, report.duties("number"), report.duty_notes())
    book.matrix("矩阵", report.title(MATRIX), facts, matrix(report.hits))
    doubts = report.doubts()
    if doubts is not None:
        book.sheet(
            doubts.name,
            report.title(doubts.name),
            ("请逐条看一看；前面的表里，有疑点的格子是黄色的，鼠标停在上面可以看到原因",),
            doubts,
        )
    for part in report.parts:
        book.sheet(part.name, part.title(), part.facts(), part.items("number"), part.notes())
    if report.per == "duty":
        book.open_at(1)
    out.buffer.write(book.data())


def write_sheets(title: str, facts: Sequence[str], tables: Sequence[Table], out: TextIO, style: Style) -> None:
    """A sheet for each table, under one title; the facts are above the first."""
    book = _Book(style)
    for number, table in enumerate(tables):
        book.sheet(table.name, title if not number else table.name, facts if not number else (), table)
    out.buffer.write(book.data())


def write_matrix(counted: Matrix, out: TextIO, style: Style) -> None:
    """One sheet with a matrix."""
    book = _Book(style)
    book.matrix("矩阵", MATRIX, (), counted)
    out.buffer.write(book.data())


class _Book:
    """A workbook in the making."""

    def __init__(self, style: Style) -> None:
        from xlsxwriter import Workbook

        self._style = style
        self._bytes = BytesIO()
        self._book = Workbook(
            self._bytes,
            {
                "in_memory": True,
                "strings_to_numbers": False,
                "strings_to_formulas": False,
                "strings_to_urls": False,
            },
        )
        self._looks = {name: self._book.add_format(look) for name, look in _LOOKS.items()}
        self._names: set[str] = set()
        self._sheets: list[Any] = []

    def data(self) -> bytes:
        """The file."""
        self._book.close()
        return self._bytes.getvalue()

    def open_at(self, place: int) -> None:
        """Let Excel open the file at this sheet."""
        self._sheets[place].activate()

    def sheet(
        self,
        name: str,
        title: str,
        facts: Sequence[str],
        table: Table,
        notes: Sequence[Mapping[str, str]] = (),
    ) -> None:
        """A sheet with a table; ``notes`` say for each row by column why a cell is doubtful.

        Raises AiweiError where it has more rows than a sheet.
        """
        rows, columns = list(table.rows), table.columns
        sheet, top = self._begin(name, title, facts, len(columns))
        if top + 1 + len(rows) > MOST_ROWS:
            raise AiweiError(
                f"“{name}”有 {len(rows)} 行，超过 Excel 一张表的 {MOST_ROWS} 行；请用 --format csv，或加条件少导出一些"
            )
        heads = [head(column, self._style.labels) for column in columns]
        texts = [[cell_text(column, row.get(column.key), self._style.labels) for column in columns] for row in rows]
        widths = [_width(column, shown) for column, shown in zip(columns, zip(heads, *texts, strict=True), strict=True)]
        if self._style.header:
            for place, words in enumerate(heads):
                self._text(sheet, top, place, words, "head")
            top += 1
        for line, (row, shown) in enumerate(zip(rows, texts, strict=True), top):
            for place, (column, text) in enumerate(zip(columns, shown, strict=True)):
                why = notes[line - top].get(column.key, "") if notes else ""
                self._cell(sheet, line, place, column, row.get(column.key), text, doubtful=bool(why))
                if why:
                    size = {"width": 320, "height": 24 + 18 * _lines(why, 46), "font_size": 10}
                    sheet.write_comment(line, place, self._fitted(why), size)
            sheet.set_row(line, _height(shown, widths))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, _excel_width(width))
        self._finish(sheet, top, len(rows), len(columns), landscape=sum(widths) > 80)

    def matrix(self, name: str, title: str, facts: Sequence[str], counted: Matrix) -> None:
        """A sheet with a matrix as numbers, the more the darker, and sums by role."""
        names = ["单位", *labels(counted), "牵头", "负责", "配合", "合计"]
        if len(names) > MOST_COLUMNS:
            self._style.note(f"“{name}”有 {len(names)} 列，超过 Excel 的 {MOST_COLUMNS} 列，没有写入这张表")
            return
        sheet, top = self._begin(name, title, facts, len(names))
        for place, words in enumerate(names):
            self._text(sheet, top, place, words, "head")
        sheet.set_row(top, _height(names, [_SECTION] * len(names)))
        body, last = top + 1, len(counted.sections)
        for line, (office, sums) in enumerate(zip(counted.offices, counted.by_office(), strict=True), body):
            self._text(sheet, line, 0, office, "text")
            for place in range(last):
                total = counted.at(line - body, place).total
                if total:
                    sheet.write_number(line, place + 1, total, self._looks["count"])
                else:
                    sheet.write_blank(line, place + 1, None, self._looks["count"])
            for place, count in enumerate((*sums, sums.total), last + 1):
                sheet.write_number(line, place, count, self._looks["sum"])
        bottom = body + len(counted.offices)
        sections = counted.by_section()
        roles = [sum(count[role] for count in sections) for role in range(3)]
        self._text(sheet, bottom, 0, "合计", "head")
        for place, number in enumerate((*(count.total for count in sections), *roles, sum(roles)), 1):
            sheet.write_number(bottom, place, number, self._looks["sum"])
        if counted.offices:
            scale = {"type": "2_color_scale", "min_color": "#FFF6E5", "max_color": "#F0965A"}
            sheet.conditional_format(body, 1, bottom - 1, last, scale)
        sheet.set_column(0, 0, _excel_width(max(map(_shown, names[:1] + list(counted.offices)))))
        sheet.set_column(1, last, _excel_width(_SECTION))
        sheet.set_column(last + 1, last + 4, _excel_width(6))
        self._finish(sheet, body, len(counted.offices), len(names), frozen=1)

    def _begin(self, name: str, title: str, facts: Sequence[str], columns: int) -> tuple[Any, int]:
        """A new sheet with its title, and the row where the table begins."""
        sheet = self._book.add_worksheet(sheet_name(name, self._names))
        self._sheets.append(sheet)
        if not title:
            return sheet, 0
        for line, words, look, height in ((0, title, "title", 36), (1, "　".join(facts), "facts", 18)):
            if columns > 1:
                sheet.merge_range(line, 0, line, min(columns, 20) - 1, "", self._looks[look])
            sheet.write_string(line, 0, self._fitted(words), self._looks[look])
            sheet.set_row(line, height)
        return sheet, 2

    def _cell(
        self, sheet: Any, line: int, place: int, column: Column, cell: Cell, text: str, *, doubtful: bool = False
    ) -> None:
        """A count as a number, a date as a date, anything else as text."""
        day = _day(cell) if column.kind == "date" else None
        if column.kind == "count" and isinstance(cell, int) and not isinstance(cell, bool):
            sheet.write_number(line, place, cell, self._looks["count"])
        elif day is not None:
            sheet.write_datetime(line, place, day, self._looks["date"])
        else:
            centred = column.key in _CENTRED or column.kind == "count"
            look = "doubtful" if doubtful else "centre" if centred else "text"
            self._text(sheet, line, place, text, look)

    def _text(self, sheet: Any, line: int, place: int, text: str, look: str) -> None:
        if not text:
            sheet.write_blank(line, place, None, self._looks[look])
        else:
            look = "quoted" if look in ("text", "doubtful") and _FORMULA.match(text) else look
            sheet.write_string(line, place, self._fitted(text), self._looks[look])

    def _fitted(self, text: str) -> str:
        """A text that a cell can hold: what is cut is said in the cell and to the user."""
        text = clean(text)
        if len(text) * 2 <= LONGEST_CELL or _units(text) <= LONGEST_CELL:
            return text
        kept = _cut_units(text, LONGEST_CELL - 40)
        lost = len(text) - len(kept)
        self._style.note(f"有一格超过 Excel 的 {LONGEST_CELL} 字，后面 {lost} 字没有写入：{clipped(text, 20)}")
        return f"{kept}……【单元格放不下，后面还有 {lost} 字】"

    def _finish(
        self, sheet: Any, body: int, rows: int, columns: int, *, landscape: bool = True, frozen: int = 0
    ) -> None:
        """Frozen header, filter, and the page: A4, as wide as the table, the header on each page."""
        sheet.freeze_panes(body, frozen)
        if body:
            sheet.autofilter(body - 1, 0, body - 1 + rows, columns - 1)
            sheet.repeat_rows(body - 1)
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.set_footer("&C第 &P 页　共 &N 页")
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel accepts and that is not yet ``taken``, to which it is added.

    >>> taken = set()
    >>> [sheet_name(name, taken) for name in ("一/（一）：甲?", "一/（一）：甲*", "'", "History", "1" * 30 + "'s")]
    ['一／（一）：甲？', '一／（一）：甲＊', '_', 'History_', '111111111111111111111111111111']
    """
    name = clean(wanted).translate(_FULL_WIDTH)
    name = _FORBIDDEN_IN_NAMES.sub("_", name).strip().strip("'") or "_"
    name = "History_" if name.casefold() == "history" else name
    number, suffix = 1, ""
    while True:
        # Excel takes no apostrophe at either end, and a cut may leave one there.
        cut = (_cut_units(name, _LONGEST_NAME - len(suffix)).rstrip(" '") or "_") + suffix
        if cut.casefold() not in taken:
            taken.add(cut.casefold())
            return cut
        number += 1
        suffix = f"（{number}）"


_FULL_WIDTH = str.maketrans("[]:*?/\\", "［］：＊？／＼")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut_units(text: str, most: int) -> str:
    """The beginning of a text, of so many UTF-16 units at most."""
    return text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")


def _shown(text: str) -> int:
    """The columns of the longest line: GBK takes two bytes where a font takes two columns."""
    return max((len(line.encode("gbk", "replace")) for line in text.split("\n")), default=0)


def _width(column: Column, texts: Sequence[str]) -> int:
    """The columns that a column of the table takes: as many as its longest line, if that is not too many."""
    # The button of the filter is beside the words of the header.
    needed = max(_shown(texts[0]) + 2, max(map(_shown, texts[1:]), default=0))
    return min(needed, _WIDEST.get(column.key, _WIDEST_OTHER))


def _excel_width(width: int) -> float:
    """In Excel's unit, a digit: a Chinese character is a little wider than two of them."""
    return width * 1.08 + 1


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """The height of a row in points, so that all wrapped lines can be seen: Excel would work it out itself, but not
    every program that shows the file does."""
    lines = max((_lines(text, width) for text, width in zip(texts, widths, strict=True)), default=1)
    return min(lines * _LINE + 4, _HIGHEST)


def _lines(text: str, width: int) -> int:
    # A full stop or a bracket may not begin a line, so that now and then a line stays a character short.
    return sum(max(-(-len(line.encode("gbk", "replace")) // max(width - 2, 1)), 1) for line in text.split("\n"))


def _day(cell: Cell) -> date | None:
    try:
        day = date.fromisoformat(cell) if isinstance(cell, str) else None
    except ValueError:
        return None
    return day if day is not None and day.year >= 1900 else None
