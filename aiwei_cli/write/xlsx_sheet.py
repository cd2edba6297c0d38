"""The XML of a sheet: what is above its rows, the rows as they come, and what is below them.

The order of the elements is that of ECMA-376, part 1, 18.3.1.99 (``CT_Worksheet``); Excel takes no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO

from aiwei_cli.records import NamedTuple
from aiwei_cli.write.xlsx_looks import NUMBERS
from aiwei_cli.write.xlsx_notes import Notes
from aiwei_cli.write.xlsx_strings import Strings
from aiwei_cli.write.xml import escaped

_ALL = "A1:XFD1048576"
_PIXEL = 0.75
"""Points of a pixel: rows are a whole number of pixels high."""
_NAMESPACES = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


class SheetSetup(NamedTuple):
    """What a sheet is besides its rows."""

    widths: Sequence[float]
    """Of the columns, in the unit of Excel."""
    rows: int
    header: int | None
    """The line with the names of the columns, counted from 0: it can be filtered, and is printed on each page."""
    frozen: tuple[int, int] = (0, 0)
    """So many lines and columns stay in sight."""
    landscape: bool = True
    sums: int = 0
    """So many rows at the end are sums, which are not filtered and sorted."""
    printed: int = 0
    """So many columns are printed; all for 0."""
    opens: bool = False
    """Whether the book opens on it."""


class SheetWriter:
    """A sheet whose rows are written one after the other and not kept."""

    def __init__(self, part: IO[str], page: SheetSetup, strings: Strings, notes: Notes) -> None:
        self._part, self._page, self._strings, self._notes = part, page, strings, notes
        self._letters = [column_letters(place) for place in range(len(page.widths))]
        self.line = 1
        """The number of the row that is being made."""
        self._merged: list[str] = []
        self._scale = ""
        self._lists: list[str] = []

    def begin(self) -> None:
        """All that comes before the rows."""
        page = self._page
        last = f":{self._letters[-1]}{page.rows}" if page.rows else ""
        widths = "".join(
            f'<col min="{place}" max="{place}" width="{_stored(width)}" customWidth="1"/>'
            for place, width in enumerate(page.widths, 1)
        )
        selected = ' tabSelected="1"' if page.opens else ""
        self._part.write(
            f'<worksheet {_NAMESPACES}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1{last}"/>'
            f'<sheetViews><sheetView{selected} workbookViewId="0">{self._pane()}</sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
        )

    def _pane(self) -> str:
        down, across = self._page.frozen
        if not (down or across):
            return ""
        split = (f' xSplit="{across}"' if across else "") + (f' ySplit="{down}"' if down else "")
        active = ("bottomRight" if across else "bottomLeft") if down else "topRight"
        first = f"{column_letters(across)}{down + 1}"
        return f'<pane{split} topLeftCell="{first}" activePane="{active}" state="frozen"/><selection pane="{active}"/>'

    # -- cells, for the row that is being made

    def text(self, place: int, words: str, look: str) -> str:
        """A cell with words, whatever they look like; an empty one without."""
        cell = f'<c r="{self._letters[place]}{self.line}" s="{NUMBERS[look]}"'
        return f'{cell} t="s"><v>{self._strings.number(words)}</v></c>' if words else f"{cell}/>"

    def number(self, place: int, number: float | None, look: str) -> str:
        """A cell with a number, or an empty one."""
        cell = f'<c r="{self._letters[place]}{self.line}" s="{NUMBERS[look]}"'
        return f"{cell}/>" if number is None else f"{cell}><v>{number:.16g}</v></c>"

    def day(self, place: int, day: date, look: str) -> str:
        """A cell with a day. Excel takes 1900 for a leap year."""
        number = (day - date(1899, 12, 31)).days
        return self.number(place, number + (number > 59), look)

    def note(self, place: int, words: str) -> None:
        """A note beside a cell."""
        self._notes.add(f"{self._letters[place]}{self.line}", self.line, place, words, self._strings.fitted(words))

    def merge(self, columns: int) -> None:
        """Merge the first cell over so many columns."""
        self._merged.append(f"A{self.line}:{self._letters[columns - 1]}{self.line}")

    def row(self, height: float | None, cells: Iterable[str]) -> None:
        """Write the row, so many points high; what comes after is in the next one."""
        high = f' ht="{round(height / _PIXEL) * _PIXEL:g}" customHeight="1"' if height else ""
        self._part.write(f'<row r="{self.line}"{high}>{"".join(cells)}</row>')
        self.line += 1

    # -- what is said of whole areas

    def area(self, first: int, last: int, rows: range) -> str:
        """The name of an area: columns from 0, the lines as they are numbered in the sheet."""
        return f"{self._letters[first]}{rows[0]}:{self._letters[last]}{rows[-1]}"

    def scale(self, area: str) -> None:
        """The larger a number, the darker its cell."""
        self._scale = (
            f'<conditionalFormatting sqref="{area}"><cfRule type="colorScale" priority="1"><colorScale>'
            '<cfvo type="min" val="0"/><cfvo type="max" val="0"/><color rgb="FFFFF6E5"/><color rgb="FFF0965A"/>'
            "</colorScale></cfRule></conditionalFormatting>"
        )

    def choose(self, area: str, choices: Sequence[str]) -> None:
        """A list to choose from; other words may be typed, for aiwei reads many."""
        self._lists.append(
            '<dataValidation type="list" errorStyle="information" allowBlank="1" showInputMessage="1"'
            f' showErrorMessage="1" promptTitle="请选择" prompt="{escaped("、".join(choices))}" sqref="{area}">'
            f'<formula1>"{escaped(",".join(choices))}"</formula1></dataValidation>'
        )

    def end(self) -> None:
        """All that comes after the rows: A4, as wide as the table, with the numbers of the pages."""
        page = self._page
        filtered = f'<autoFilter ref="{self.filtered}"/>' if self.filtered else ""
        merged = [f'<mergeCell ref="{area}"/>' for area in self._merged]
        turned = "landscape" if page.landscape else "portrait"
        boxes = '<legacyDrawing r:id="rId1"/>' if self._notes.count else ""
        self._part.write(
            f"</sheetData>{filtered}{counted_element('mergeCells', merged)}{self._scale}"
            f"{counted_element('dataValidations', self._lists)}"
            '<printOptions horizontalCentered="1"/>'
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>'
            f'<pageSetup paperSize="9" fitToHeight="0" orientation="{turned}"/>'
            "<headerFooter><oddFooter>&amp;C第 &amp;P 页　共 &amp;N 页</oddFooter></headerFooter>"
            f'<ignoredErrors><ignoredError sqref="{_ALL}" numberStoredAsText="1"/></ignoredErrors>'
            f"{boxes}</worksheet>"
        )

    @property
    def filtered(self) -> str:
        """The area that can be filtered."""
        page = self._page
        if page.header is None:
            return ""
        return self.area(0, len(self._letters) - 1, range(page.header + 1, page.rows + 1 - page.sums))

    def names(self, sheet: int, name: str) -> Iterable[tuple[str, str]]:
        """What the book says of the sheet, as elements with their names: what is filtered, printed, repeated."""
        page, quoted = self._page, escaped("'{}'".format(name.replace("'", "''")))
        if page.header is not None:
            area = _fixed(self.filtered)
            yield "_xlnm._FilterDatabase", f' localSheetId="{sheet}" hidden="1">{quoted}!{area}'
        if page.printed:
            area = _fixed(self.area(0, page.printed - 1, range(1, page.rows + 1)))
            yield "_xlnm.Print_Area", f' localSheetId="{sheet}">{quoted}!{area}'
        if page.header is not None:
            yield "_xlnm.Print_Titles", f' localSheetId="{sheet}">{quoted}!${page.header + 1}:${page.header + 1}'


def counted_element(name: str, parts: Sequence[str]) -> str:
    """An element around others, with their count; empty where there are none."""
    return f'<{name} count="{len(parts)}">{"".join(parts)}</{name}>' if parts else ""


def column_letters(place: int) -> str:
    """The name of a column.

    >>> [column_letters(place) for place in (0, 25, 26, 16383)]
    ['A', 'Z', 'AA', 'XFD']
    """
    name, rest = "", place + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(65 + letter) + name
    return name


def _fixed(area: str) -> str:
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", area)


def _stored(width: float) -> float:
    """The width with the edges of the cell, in steps of a 256th, as Excel keeps it."""
    return int((int(width * 7 + 0.5) + 5) / 7 * 256) / 256
