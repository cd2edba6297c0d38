"""A workbook in the making: sheets with a title and a table that fits the page.

Words are written as text, whatever they look like: nothing becomes a formula, a link, a number or a date. Only counts
are numbers and due dates are dates, so that Excel can add and sort them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import BinaryIO

from aiwei_cli.errors import AiweiError
from aiwei_cli.query.table import Column
from aiwei_cli.write import Style
from aiwei_cli.write.cells import cell_text, head
from aiwei_cli.write.in_passing import Heading
from aiwei_cli.write.xlsx_cells import Cells, ColumnUse, SheetLine
from aiwei_cli.write.xlsx_file import WorkbookFile
from aiwei_cli.write.xlsx_sheet import SheetSetup, SheetWriter
from aiwei_cli.write.xlsx_words import PAGE, Longest, excel_width, height, sheet_name, width_of, widths

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
_MERGED = 20
"""The most columns that the title goes over."""
_LARGER = 1.8
"""How much wider the type of the title is."""
_TITLE, _FACTS = 36, 18
"""Points: a line of the title, and of what is below it."""
_TO_FILL = 16
"""How wide a column is that somebody has to fill in."""
_ACROSS = 80
"""A table wider than so many half-width characters is printed in landscape."""


_PLAIN = ColumnUse()


class Workbook:
    """A workbook in the making. A context: it is whole at the end."""

    def __init__(self, out: BinaryIO, style: Style) -> None:
        self._style = style
        self._file = WorkbookFile(out, style.note)
        self._names: dict[str, int] = {}

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._file.__exit__(kind, error, trace)

    def table(
        self,
        name: str,
        title: str,
        facts: Sequence[str],
        columns: Sequence[Column],
        body: Collection[SheetLine],
        shape: ColumnUse = _PLAIN,
    ) -> None:
        """A sheet with a table. Its rows are walked twice: all have to be seen before the first can be written.

        Raises AiweiError where it has more rows than a sheet.
        """
        heads = [head(column, self._style.labels) for column in columns]
        wide = self._widths(columns, heads, body, shape.aside)
        shown = len(columns) - shape.aside
        top = (2 if title else 0) + self._style.header
        if top + len(body) > MOST_ROWS:
            raise AiweiError(
                f"“{name}”有 {len(body)} 行，超过 Excel 一张表的 {MOST_ROWS} 行；请用 --format csv，或加条件少导出一些"
            )
        fill = shape.fill or {}
        page = SheetSetup(
            [excel_width(_TO_FILL if column.key in fill else w) for column, w in zip(columns, wide, strict=True)],
            top + len(body),
            header=top - 1 if self._style.header else None,
            frozen=(top, 0),
            landscape=sum(wide[:shown]) > _ACROSS,
            printed=shown if shape.aside else 0,
            opens=shape.opens,
        )
        with self.sheet(name, title, facts, page, wide[:shown]) as sheet:
            if self._style.header:
                self.head(sheet, heads, wide, shape.aside)
            self._body(sheet, Cells(columns, shape), body, wide[:shown])
            for place, column in enumerate(columns):
                if fill.get(column.key) and body:
                    sheet.choose(sheet.area(place, place, range(top + 1, sheet.line)), fill[column.key])

    def _widths(
        self, columns: Sequence[Column], heads: Sequence[str], body: Iterable[SheetLine], aside: int
    ) -> list[int]:
        longest, labels, shown = Longest(columns), self._style.labels, len(columns) - aside
        for row, _ in body:
            if not isinstance(row, Heading):
                longest.see([cell_text(column, row.get(column.key), labels) for column in columns])
        left = widths(columns[:shown], heads[:shown], longest.widths[:shown], PAGE)
        return left + widths(columns[shown:], heads[shown:], longest.widths[shown:], PAGE)

    def _body(self, sheet: SheetWriter, cells: Cells, body: Iterable[SheetLine], wide: Sequence[int]) -> None:
        labels, shown = self._style.labels, len(wide)
        for row, why in body:
            if isinstance(row, Heading):
                self._heading(sheet, row, wide)
                continue
            words = [cell_text(column, row.get(column.key), labels) for column in cells.columns]
            sheet.row(height(words[:shown], wide), cells.row(sheet, row, words, why))

    def _heading(self, sheet: SheetWriter, heading: Heading, wide: Sequence[int]) -> None:
        """A heading across the table. Its cells are not merged, for then Excel could not sort the rows; only one that
        is longer than the table is."""
        words = "　" * heading.depth + heading.words
        last = len(wide) - 1
        if width_of(words) <= sum(wide) or last < 1:
            looks = ["section", *["section middle"] * (last - 1), "section end"][: last + 1]
            room = sum(wide) + 2
        else:
            looks, room = ["wide"] * (last + 1), sum(wide)
            sheet.merge(last + 1)
        cells = [sheet.text(place, "" if place else words, look) for place, look in enumerate(looks)]
        sheet.row(height([words], [room]), cells)

    # -- what sheets are made of

    def may_hold(self, name: str, columns: int) -> bool:
        """Whether a sheet can have so many columns; tells the user where it cannot."""
        if columns > MOST_COLUMNS:
            self._style.note(f"“{name}”有 {columns} 列，超过 Excel 的 {MOST_COLUMNS} 列，没有写入这张表")
        return columns <= MOST_COLUMNS

    @contextmanager
    def sheet(
        self, name: str, title: str, facts: Sequence[str], page: SheetSetup, wide: Sequence[int]
    ) -> Iterator[SheetWriter]:
        """A new sheet with its title above the columns that are so wide."""
        with self._file.sheet(sheet_name(name, self._names), page) as sheet:
            if title:
                across = min(len(wide), _MERGED)
                room = max(sum(wide[:across]), 1)
                for words, look, points, larger in (
                    (title, "title", _TITLE, _LARGER),
                    ("　".join(facts), "facts", _FACTS, 1),
                ):
                    if across > 1:
                        sheet.merge(across)
                    needed = max(-(-int(width_of(words) * larger) // room), 1)
                    sheet.row(points * needed, [sheet.text(p, "" if p else words, look) for p in range(across)])
            yield sheet

    def head(self, sheet: SheetWriter, names: Sequence[str], wide: Sequence[int], aside: int = 0) -> None:
        """The titles of the columns."""
        shown = len(names) - aside
        cells = [
            sheet.text(place, words, "head" if place < shown else "aside head") for place, words in enumerate(names)
        ]
        sheet.row(height(names, wide) + 4, cells)
