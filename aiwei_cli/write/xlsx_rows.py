"""The rows of a report's sheets, made while its hits pass: they lie in files until all of them are known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from aiwei_cli.notice.model import Hit
from aiwei_cli.query.table import Column, Row
from aiwei_cli.write.doubts import duty_notes, notes
from aiwei_cli.write.in_passing import Heading, Headings, ShownColumns, Summary
from aiwei_cli.write.report import Report, item, numbered_duties
from aiwei_cli.write.spool import Spool
from aiwei_cli.write.xlsx_cells import SheetLine

_ASIDE = ("id", "notice", "due")
"""The columns at the right of a sheet of tasks."""


class Passed(Protocol):
    """Anything that has to see the hits."""

    def add(self, hit: Hit) -> None: ...


def passing(hits: Iterable[Hit], *who: Passed) -> Iterator[Hit]:
    """The hits, after all have seen them."""
    for hit in hits:
        for each in who:
            each.add(hit)
        yield hit


class TaskRows:
    """The items below their headings."""

    def __init__(self, report: Report, summary: Summary) -> None:
        self._summary = summary
        self._columns = report.item_columns("section")
        self._headings = Headings(several=True)
        self._lines: Spool[SheetLine] = Spool()

    def add(self, hit: Hit) -> None:
        for heading in self._headings.of(hit):
            self._lines.append(SheetLine(heading))
        row = item(hit)
        self._columns.see(hit, row)
        why = notes(hit)
        why = {"number": why["id"], **why} if "id" in why else why
        self._lines.append(SheetLine(_kept(row, hit, self._columns), why))

    def columns(self) -> tuple[list[Column], int]:
        """The columns, and how many at the end are not printed."""
        columns = self._columns.filled(several=self._summary.notices > 1)
        aside = [column for key in _ASIDE for column in columns if column.key == key]
        return [*(column for column in columns if column not in aside), *aside], len(aside)

    def lines(self) -> Collection[SheetLine]:
        """The rows and the headings."""
        return self._lines if self._summary.several else _OfOne(self._lines)


class _OfOne(Collection[SheetLine]):
    """The lines of one notice without its title, which only several need."""

    def __init__(self, lines: Collection[SheetLine]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return max(len(self._lines) - 1, 0)

    def __contains__(self, line: object) -> bool:
        return any(line == each for each in self)

    def __iter__(self) -> Iterator[SheetLine]:
        for line in self._lines:
            if not isinstance(line.row, Heading):
                yield line
            elif line.row.depth:
                yield SheetLine(Heading(line.row.words, line.row.depth - 1))


class Duties:
    """A row a duty."""

    def __init__(self, report: Report) -> None:
        self._columns = report.duty_columns("number")
        self.lines: Spool[SheetLine] = Spool()

    def add(self, hit: Hit) -> None:
        for duty, row in zip(hit.duties, numbered_duties(hit), strict=True):
            self._columns.see(hit, row)
            self.lines.append(SheetLine(_kept(row, hit, self._columns), duty_notes(hit, duty)))

    def columns(self, summary: Summary) -> list[Column]:
        """The columns that say something."""
        return self._columns.filled(several=summary.notices > 1)


def _kept(row: Row, hit: Hit, columns: ShownColumns) -> Row:
    """The part of a row that can be in the table."""
    keys = [*columns.keys(), *(name for name, _ in hit.place.node.extra)]
    return {key: row.get(key) for key in keys}
