"""A workbook in the making: sheets with a title, a table that fits the page, and the looks of cells.

Words are written as text, whatever they look like: nothing becomes a formula, a link, a number or a date. Only counts
are numbers and due dates are dates, so that Excel can add and sort them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from aiwei_cli.errors import AiweiError
from aiwei_cli.language.chars import clipped
from aiwei_cli.query.table import Cell, Column, Marked, Row, pieces
from aiwei_cli.write import Style
from aiwei_cli.write.cells import cell_text, head
from aiwei_cli.write.report import Heading
from aiwei_cli.write.xlsx_words import (
    LONGEST_CELL,
    PAGE,
    cut_units,
    excel_width,
    height,
    lines,
    sheet_name,
    units,
    width_of,
    widths,
)
from aiwei_cli.write.xml import clean

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
# What Excel would run or complain about once somebody edits the cell.
_FORMULA = re.compile(r"[=+\-@＝＋－＠]")
_CENTRED = {"doubts", "stated", "code", "id", "number", "role", "due", "known", "inherited", "deadline", "place"}

# The family and the character set tell Excel what to take where a font is not installed.
_FONT = {"font_name": "仿宋", "font_size": 10.5, "font_family": 1, "font_charset": 134, "valign": "vcenter"}
_MERGED = 20
"""The title goes over so many columns at most."""
_LARGER = 1.8
"""The type of the title is so much wider."""
_CELL = {**_FONT, "border": 1, "text_wrap": True}
_ASIDE = {**_FONT, "font_size": 9, "font_color": "#7F7F7F"}
_SECTION = {**_FONT, "font_name": "黑体", "font_family": 2, "top": 1, "bottom": 1}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {**_FONT, "font_name": "方正小标宋简体", "font_size": 18, "align": "center", "text_wrap": True},
    "facts": {**_FONT, "align": "right", "font_color": "#595959", "text_wrap": True},
    "head": {**_CELL, "font_name": "黑体", "font_family": 2, "align": "center", "bg_color": "#EDEDED"},
    "section": {**_SECTION, "left": 1},
    "section middle": _SECTION,
    "section end": {**_SECTION, "right": 1},
    "wide": {**_CELL, "font_name": "黑体", "font_family": 2},
    "text": _CELL,
    "quoted": {**_CELL, "quote_prefix": True},
    "centre": {**_CELL, "align": "center"},
    "doubtful": {**_CELL, "bg_color": "#FFE699"},
    "doubtful centre": {**_CELL, "bg_color": "#FFE699", "align": "center"},
    "date": {**_CELL, "align": "center", "num_format": "yyyy-mm-dd"},
    "count": {**_CELL, "align": "center", "num_format": "0"},
    "number": {**_CELL, "align": "center"},
    "sum": {**_CELL, "align": "center", "num_format": "0", "bg_color": "#F2F2F2"},
    "gone": {"font_color": "#B3261E", "font_strikeout": True},
    "come": {"font_color": "#1B6E2C", "bold": True, "underline": 1},
    "aside": _ASIDE,
    "aside head": {**_ASIDE, "align": "center", "bottom": 4},
    "aside date": {**_ASIDE, "align": "center", "num_format": "yyyy-mm-dd"},
}
_TINT = {"bg_color": "#F2F2F2"}
_LOOKS |= {f"{name} tinted": {**_LOOKS[name], **_TINT} for name in ("text", "quoted", "centre", "date", "count")}
_TO_FILL = 16
"""How wide a column is that somebody has to fill in."""


class Workbook:
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
                "default_format_properties": {"font_name": "宋体", "font_size": 11, "font_charset": 134},
            },
        )
        self._looks = {name: self._book.add_format(look) for name, look in _LOOKS.items()}
        self._names: set[str] = set()
        self._sheets: list[Any] = []
        self._above: dict[str, list[tuple[str, int]]] = {}
        """The words above the table of each sheet, and how high a line of them is."""

    @property
    def count(self) -> int:
        """How many sheets there are."""
        return len(self._sheets)

    def data(self) -> bytes:
        """The file."""
        self._book.close()
        return self._bytes.getvalue()

    def open_at(self, place: int) -> None:
        """Let Excel open the file at this sheet, with its tab in sight."""
        self._sheets[place].activate()
        if place > 2:
            self._sheets[place].set_first_sheet()

    # -- a table -------------------------------------------------------------------------------------------------------

    def table(
        self,
        name: str,
        title: str,
        facts: Sequence[str],
        columns: Sequence[Column],
        body: Sequence[Row | Heading],
        *,
        notes: Sequence[Mapping[str, str]] = (),
        aside: int = 0,
        fill: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """A sheet with a table; ``notes`` say for each row by column why a cell is doubtful. The last columns may be
        ``aside`` of what is printed. Columns to ``fill`` in may have a list to choose from; all others are tinted.

        Raises AiweiError where it has more rows than a sheet.
        """
        shown = len(columns) - aside
        sheet, top = self.begin(name, title, facts, shown)
        if top + 1 + len(body) > MOST_ROWS:
            raise AiweiError(
                f"“{name}”有 {len(body)} 行，超过 Excel 一张表的 {MOST_ROWS} 行；请用 --format csv，或加条件少导出一些"
            )
        heads = [head(column, self._style.labels) for column in columns]
        texts = [[] if isinstance(row, Heading) else self._words(columns, row) for row in body]
        told = [row for row in texts if row]
        wide = widths(columns[:shown], heads[:shown], [row[:shown] for row in told], PAGE)
        wide += widths(columns[shown:], heads[shown:], [row[shown:] for row in told], PAGE)
        for place, width in enumerate(wide):
            sheet.set_column(place, place, excel_width(width))
        if self._style.header:
            self.head(sheet, top, heads, wide, aside)
            top += 1
        for line, (row, words) in enumerate(zip(body, texts, strict=True), top):
            if isinstance(row, Heading):
                self._heading(sheet, line, row, wide[:shown])
                continue
            why = notes[line - top] if notes else {}
            for place, (column, text) in enumerate(zip(columns, words, strict=True)):
                tint = fill is not None and column.key not in fill
                self._cell(sheet, line, place, column, row.get(column.key), text, why, aside=place >= shown, tint=tint)
            sheet.set_row(line, height(words[:shown], wide[:shown]))
        for place, column in enumerate(columns):
            choices = fill.get(column.key) if fill else None
            if choices:
                sheet.data_validation(top, place, top + len(body) - 1, place, _list_of(choices))
            if fill and column.key in fill:
                sheet.set_column(place, place, excel_width(_TO_FILL))
        self.finish(sheet, top, len(body), len(columns), landscape=sum(wide[:shown]) > 80, aside=aside)

    def _words(self, columns: Sequence[Column], row: Row) -> list[str]:
        return [cell_text(column, row.get(column.key), self._style.labels) for column in columns]

    def _heading(self, sheet: Any, line: int, heading: Heading, wide: Sequence[int]) -> None:
        """A heading across the table. Its cells are not merged, for then Excel could not sort the rows; only one that
        is longer than the table is."""
        words = "　" * heading.depth + heading.words
        if width_of(words) <= sum(wide) or len(wide) < 2:
            for place in range(1, len(wide)):
                look = "section end" if place == len(wide) - 1 else "section middle"
                sheet.write_blank(line, place, None, self._looks[look])
            self.text(sheet, line, 0, words, "section")
            sheet.set_row(line, height([words], [sum(wide) + 2]))
            return
        sheet.merge_range(line, 0, line, len(wide) - 1, "", self._looks["wide"])
        self.text(sheet, line, 0, words, "wide")
        sheet.set_row(line, height([words], [sum(wide)]))

    def _cell(
        self,
        sheet: Any,
        line: int,
        place: int,
        column: Column,
        cell: Cell,
        text: str,
        why: Mapping[str, str],
        *,
        aside: bool,
        tint: bool = False,
    ) -> None:
        """A count as a number, a date as a date, anything else as text."""
        day = _day(cell) if column.kind == "date" else None
        reason = why.get(column.key, "")
        if column.numeric and isinstance(cell, int | float) and not isinstance(cell, bool):
            self.number(sheet, line, place, cell, _tinted("aside" if aside else column.kind, tint))
        elif day is not None:
            sheet.write_datetime(line, place, day, self._looks[_tinted("aside date" if aside else "date", tint)])
        else:
            centred = column.key in _CENTRED or column.numeric
            look = _look(aside=aside, doubtful=bool(reason), centred=centred)
            self.text(sheet, line, place, text, _tinted(look, tint))
        if reason:
            size = {"width": 320, "height": 24 + 18 * lines(reason, 46), "font_size": 10}
            sheet.write_comment(line, place, self._fitted(reason), size)

    # -- what sheets are made of ---------------------------------------------------------------------------------------

    def may_hold(self, name: str, columns: int) -> bool:
        """Whether a sheet can have so many columns; tells the user where it cannot."""
        if columns > MOST_COLUMNS:
            self._style.note(f"“{name}”有 {columns} 列，超过 Excel 的 {MOST_COLUMNS} 列，没有写入这张表")
        return columns <= MOST_COLUMNS

    def begin(self, name: str, title: str, facts: Sequence[str], columns: int) -> tuple[Any, int]:
        """A new sheet with its title, and the row where the table begins."""
        sheet = self._book.add_worksheet(sheet_name(name, self._names))
        self._sheets.append(sheet)
        if not title:
            return sheet, 0
        for line, words, look, points in ((0, title, "title", 36), (1, "　".join(facts), "facts", 18)):
            if columns > 1:
                sheet.merge_range(line, 0, line, min(columns, _MERGED) - 1, "", self._looks[look])
            sheet.write_string(line, 0, self._fitted(words), self._looks[look])
            self._above.setdefault(sheet.name, []).append((words, points))
        return sheet, 2

    def head(self, sheet: Any, line: int, names: Sequence[str], wide: Sequence[int], aside: int = 0) -> None:
        """The titles of the columns, and how wide these are."""
        for place, words in enumerate(names):
            self.text(sheet, line, place, words, "aside head" if place >= len(names) - aside else "head")
            sheet.set_column(place, place, excel_width(wide[place]))
        sheet.set_row(line, height(names, wide) + 4)
        room = sum(wide[: min(len(names) - aside, _MERGED)])
        for above, (words, points) in enumerate(self._above.get(sheet.name, ())):
            needed = width_of(words) * (_LARGER if above == 0 else 1)
            sheet.set_row(above, points * max(-(-int(needed) // max(room, 1)), 1))

    def number(self, sheet: Any, line: int, place: int, number: float | None, look: str) -> None:
        """A number, or an empty cell."""
        if number is None:
            sheet.write_blank(line, place, None, self._looks[look])
        else:
            sheet.write_number(line, place, number, self._looks[look])

    def text(self, sheet: Any, line: int, place: int, text: str, look: str) -> None:
        """Words as they are."""
        if not text:
            sheet.write_blank(line, place, None, self._looks[look])
        else:
            if look in ("text", "doubtful", "text tinted") and _FORMULA.match(text):
                look = _tinted("quoted", look.endswith("tinted"))
            fitted = self._fitted(text)
            if isinstance(text, Marked) and fitted == text:
                self._rich(sheet, line, place, text, look)
            else:
                sheet.write_string(line, place, fitted, self._looks[look])

    def _rich(self, sheet: Any, line: int, place: int, text: Marked, look: str) -> None:
        """Words with those that went and came in their colours."""
        parts = [part for words, kind in pieces(text) for part in (self._looks.get(kind), words) if part is not None]
        # A cell that is one piece needs no parts, and XlsxWriter takes none.
        if len(list(pieces(text))) < 2:
            sheet.write_string(line, place, text, self._looks[look])
        else:
            sheet.write_rich_string(line, place, *parts, self._looks[look])

    def _fitted(self, text: str) -> str:
        """A text that a cell can hold: what is cut is told in the cell and to the user."""
        text = clean(text)
        if len(text) * 2 <= LONGEST_CELL or units(text) <= LONGEST_CELL:
            return text
        kept = cut_units(text, LONGEST_CELL - 40)
        lost = len(text) - len(kept)
        self._style.note(f"有一格超过 Excel 的 {LONGEST_CELL} 字，后面 {lost} 字没有写入：{clipped(text, 20)}")
        return f"{kept}……【单元格放不下，后面还有 {lost} 字】"

    def finish(
        self, sheet: Any, body: int, rows: int, columns: int, *, landscape: bool = True, frozen: int = 0, aside: int = 0
    ) -> None:
        """Frozen header, filter, and the page: A4, as wide as the table, the header on each page."""
        sheet.freeze_panes(body, frozen)
        if body:
            sheet.autofilter(body - 1, 0, body - 1 + rows, columns - 1)
            sheet.repeat_rows(body - 1)
        if landscape:
            sheet.set_landscape()
        if aside:
            sheet.print_area(0, 0, body - 1 + rows, columns - aside - 1)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.set_footer("&C第 &P 页　共 &N 页")
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})


def _tinted(look: str, tint: bool) -> str:
    return f"{look} tinted" if tint and f"{look} tinted" in _LOOKS else look


def _list_of(choices: Sequence[str]) -> dict[str, Any]:
    """A list to choose from; other words may be typed, for aiwei reads many."""
    title = {"input_title": "请选择", "input_message": "、".join(choices)}
    return {"validate": "list", "source": list(choices), "error_type": "information", **title}


def _look(*, aside: bool, doubtful: bool, centred: bool) -> str:
    if aside:
        return "aside"
    if doubtful:
        return "doubtful centre" if centred else "doubtful"
    return "centre" if centred else "text"


def _day(cell: Cell) -> date | None:
    try:
        day = date.fromisoformat(cell) if isinstance(cell, str) else None
    except ValueError:
        return None
    return day if day is not None and day.year >= 1900 else None
