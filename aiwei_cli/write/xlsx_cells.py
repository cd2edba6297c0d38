"""The rows of a table and their cells: which are numbers, days or words, and what each looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from aiwei_cli.notice.fields import Cell
from aiwei_cli.query.table import Column, Row
from aiwei_cli.records import NamedTuple
from aiwei_cli.write.in_passing import Heading
from aiwei_cli.write.xlsx_looks import tinted
from aiwei_cli.write.xlsx_sheet import SheetWriter

_FORMULA = frozenset("=+-@＝＋－＠")
"""What Excel would run as a formula, or complain about, once somebody edits the cell."""
_CENTRED = {"doubts", "stated", "code", "id", "number", "role", "due", "known", "inherited", "deadline", "place"}


class SheetLine(NamedTuple):
    """A row of a table, or a heading across it."""

    row: Row | Heading
    why: Mapping[str, str] = {}
    """Why a cell is doubtful, by column."""


class ColumnUse(NamedTuple):
    """What the columns of a table are for."""

    aside: int = 0
    """How many at the end are outside what is printed."""
    fill: Mapping[str, Sequence[str]] | None = None
    """Those to fill in, which may have a list to choose from; all others are tinted."""
    opens: bool = False
    """Whether the file opens on it."""


class Cells:
    """Makes the cells of a table, row by row."""

    def __init__(self, columns: Sequence[Column], shape: ColumnUse) -> None:
        self.columns = columns
        shown = len(columns) - shape.aside
        self._looks = [
            _ColumnLooks(column, aside=place >= shown, tint=shape.fill is not None and column.key not in shape.fill)
            for place, column in enumerate(columns)
        ]

    def row(self, sheet: SheetWriter, row: Row, words: Sequence[str], why: Mapping[str, str]) -> list[str]:
        """The cells of a row: a count as a number, a date as a date, anything else as its words. ``why`` says what is
        doubtful, by column."""
        cells: list[str] = []
        for place, (column, looks, text) in enumerate(zip(self.columns, self._looks, words, strict=True)):
            reason = why.get(column.key) if why else None
            if reason:
                sheet.note(place, reason)
            if column.kind != "text":
                cell = row.get(column.key)
                if column.numeric and isinstance(cell, int | float) and not isinstance(cell, bool):
                    cells.append(sheet.number(place, cell, looks.special))
                    continue
                day = _day(cell) if column.kind == "date" else None
                if day is not None:
                    cells.append(sheet.day(place, day, looks.special))
                    continue
            look = looks.doubtful if reason else looks.plain
            if looks.quoted and text and text[0] in _FORMULA:
                look = looks.quoted
            cells.append(sheet.text(place, text, look))
        return cells


class _ColumnLooks:
    """The looks of a column."""

    def __init__(self, column: Column, *, aside: bool, tint: bool) -> None:
        centred = column.key in _CENTRED or column.numeric
        self.plain = "aside" if aside else tinted("centre" if centred else "text", tint)
        self.doubtful = "aside" if aside else "doubtful centre" if centred else "doubtful"
        self.quoted = "" if aside or centred else tinted("quoted", tint)
        if column.kind == "date":
            self.special = "aside date" if aside else tinted("date", tint)
        else:
            self.special = "aside" if aside else tinted(column.kind, tint)


def _day(cell: Cell) -> date | None:
    try:
        day = date.fromisoformat(cell) if isinstance(cell, str) else None
    except ValueError:
        return None
    return day if day is not None and day.year >= 1900 else None
