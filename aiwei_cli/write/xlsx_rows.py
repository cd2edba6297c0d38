"""The rows of a report's sheets, made while its hits pass: they lie in files until all of them are known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from aiwei_cli.notice.model import Hit
from aiwei_cli.query.table import Column, Row
from aiwei_cli.write.doubts import duty_notes, notes
from aiwei_cli.write.in_passing import Columns, Heading, Headings, Summary
from aiwei_cli.write.report import Report, duties, item
from aiwei_cli.write.spool import Spool
from aiwei_cli.write.xlsx_cells import Line

_ASIDE = ("id", "notice", "due")
"""The columns at the right of a sheet of tasks."""


class Passed(Protocol):
    """What wants to see the hits."""

    def add(self, hit: Hit) -> None: ...


def passing(hits: Iterable[Hit], *who: Passed) -> Iterator[Hit]:
    """The hits, after all have seen them."""
    for hit in hits:
        for each in who:
            each.add(hit)
        yield hit


class Tasks:
    """The items below their headings."""

    def __init__(self, report: Report, summary: Summary) -> None:
        self._summary = summary
        self._columns = report.item_columns("section")
        self._headings = Headings(several=True)
        self._lines: Spool[Line] = Spool()

    def add(self, hit: Hit) -> None:
        for heading in self._headings.of(hit):
            self._lines.append(Line(heading))
        row = item(hit)
        self._columns.see(hit, row)
        why = notes(hit)
        self._lines.append(Line(_kept(row, hit, self._columns), {"number": why["id"], **why} if "id" in why else why))

    def columns(self) -> tuple[list[Column], int]:
        """The columns, and how many at the end are not printed."""
        columns = self._columns.filled(several=self._summary.notices > 1)
        aside = [column for key in _ASIDE for column in columns if column.key == key]
        return [*(column for column in columns if column not in aside), *aside], len(aside)

    def lines(self) -> Collection[Line]:
        """The rows and the headings."""
        return self._lines if self._summary.several else _OfOne(self._lines)


class _OfOne(Collection[Line]):
    """The lines of one notice without its title, which only several need."""

    def __init__(self, lines: Collection[Line]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return max(len(self._lines) - 1, 0)

    def __contains__(self, line: object) -> bool:
        return any(line == each for each in self)

    def __iter__(self) -> Iterator[Line]:
        for line in self._lines:
            if not isinstance(line.row, Heading):
                yield line
            elif line.row.depth:
                yield Line(Heading(line.row.words, line.row.depth - 1))


class Duties:
    """A row a duty."""

    def __init__(self, report: Report) -> None:
        self._columns = report.duty_columns("number")
        self.lines: Spool[Line] = Spool()

    def add(self, hit: Hit) -> None:
        for duty, row in zip(hit.duties, duties(hit), strict=True):
            self._columns.see(hit, row)
            self.lines.append(Line(_kept(row, hit, self._columns), duty_notes(hit, duty)))

    def columns(self, summary: Summary) -> list[Column]:
        """The columns that say something."""
        return self._columns.filled(several=summary.notices > 1)


def _kept(row: Row, hit: Hit, columns: Columns) -> Row:
    """What of a row can be in the table."""
    keys = [*columns.keys(), *(name for name, _ in hit.place.node.extra)]
    return {key: row.get(key) for key in keys}
