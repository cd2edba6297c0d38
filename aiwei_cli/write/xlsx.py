"""Excel workbooks: a 任务分解表 as a clerk hands it in, ready to be printed.

The sheets of tasks look like the Word document: headings across, the numbers of the notice, no empty column. What only
a program wants (编号, 公文, 截止日期) is at the right, outside of what is printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TextIO

from aiwei_cli.query.matrix import Matrix, labels, matrix
from aiwei_cli.query.table import DUTIES, REPORT, Column, Row, Table
from aiwei_cli.write import Format, Style
from aiwei_cli.write.in_passing import Summary
from aiwei_cli.write.report import MATRIX, Report
from aiwei_cli.write.xlsx_book import Workbook
from aiwei_cli.write.xlsx_cells import ColumnUse, SheetLine
from aiwei_cli.write.xlsx_rows import Duties, TaskRows, passing
from aiwei_cli.write.xlsx_sheet import SheetSetup
from aiwei_cli.write.xlsx_words import LONGEST_CELL, excel_width, sheet_name, width_of

__all__ = ["LONGEST_CELL", "sheet_name", "write_matrix", "write_report", "write_table"]

_GRIDDED = 1_000_000
"""A matrix of more cells has lines only around those that count something: most are empty, and each takes time."""
_SECTION, _SUM = 14, 6
"""How wide a section of the matrix is, and a sum."""


def write_table(table: Table, out: TextIO, format: Format, style: Style) -> None:
    """One sheet with a table; most have no title, so that programs read them."""
    with Workbook(out.buffer, style) as book:
        book.table(table.name, table.title, table.facts, table.columns, _Plain(table.rows), ColumnUse(opens=True))


def write_report(report: Report, out: TextIO, style: Style) -> None:
    """The sheets of a report: 任务分解表, 责任清单 and 矩阵, and one for each part.

    Raises AiweiError where there is more than a sheet can hold.
    """
    summary = Summary()
    tasks, duties = TaskRows(report, summary), Duties(report)
    counted = matrix(passing(report.hits, summary, tasks, duties))
    with Workbook(out.buffer, style) as book:
        facts, by_duty = report.facts(summary), report.per == "duty"
        _tasks(book, REPORT, report, tasks, summary, opens=not (report.parts or by_duty))
        columns = duties.columns(summary)
        shape = ColumnUse(opens=by_duty and not report.parts)
        book.table(DUTIES, report.title(DUTIES, summary), facts, columns, duties.lines, shape)
        _matrix(book, "矩阵", report.title(MATRIX, summary), facts, counted)
        doubts = report.doubts()
        if doubts is not None:
            facts = ["请逐条看一看；前面的表里，有疑点的格子是黄色的，鼠标停在上面可以看到原因"]
            book.table(doubts.name, report.title(doubts.name, summary), facts, doubts.columns, _Plain(doubts.rows))
        for number, part in enumerate(report.parts):
            summary = Summary()
            tasks = TaskRows(part, summary)
            for _ in passing(part.hits, summary, tasks):
                pass
            _tasks(book, part.name, part, tasks, summary, opens=not number)


def write_sheets(title: str, paragraphs: Sequence[str], tables: Sequence[Table], out: TextIO, style: Style) -> None:
    """A sheet for the text, and one for each table."""
    with Workbook(out.buffer, style) as book:
        book.table(
            "通报",
            title,
            (),
            (Column("text", "情况"),),
            _Plain({"text": text} for text in paragraphs),
            ColumnUse(opens=True),
        )
        for table in tables:
            book.table(table.name, table.name, (), table.columns, _Plain(table.rows))


def write_forms(parts: Sequence[tuple[str, Table]], out: TextIO, style: Style) -> None:
    """A sheet for each office, with columns to fill in."""
    from aiwei_cli.tracking.forms import CHOICES

    with Workbook(out.buffer, style) as book:
        for number, (name, table) in enumerate(parts):
            facts = ("请填右边白色的五栏；单位、期限有误的直接改正",)
            shape = ColumnUse(fill=CHOICES, opens=not number)
            book.table(name, f"{table.name}（{name}）", facts, table.columns, _Plain(table.rows), shape)


def write_matrix(counted: Matrix, out: TextIO, style: Style) -> None:
    """One sheet with a matrix."""
    with Workbook(out.buffer, style) as book:
        _matrix(book, "矩阵", MATRIX, (), counted, opens=True)


class _Plain(Collection[SheetLine]):
    """Rows that have no headings and no doubts, as lines."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows if isinstance(rows, Collection) else list(rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, line: object) -> bool:
        return any(line == each for each in self)

    def __iter__(self) -> Iterator[SheetLine]:
        return map(SheetLine, self._rows)


def _tasks(book: Workbook, name: str, report: Report, tasks: TaskRows, summary: Summary, *, opens: bool) -> None:
    """A sheet with the tasks below their headings."""
    columns, aside = tasks.columns()
    book.table(
        name,
        report.title(summary=summary),
        report.facts(summary),
        columns,
        tasks.lines(),
        ColumnUse(aside, None, opens),
    )


def _matrix(
    book: Workbook, name: str, title: str, facts: Sequence[str], counted: Matrix, *, opens: bool = False
) -> None:
    """A sheet with a matrix as numbers, the more the darker, and sums by role."""
    names = ["单位", *labels(counted), "牵头", "负责", "配合", "合计"]
    if not book.may_hold(name, len(names)):
        return
    sections, offices = range(len(counted.sections)), range(len(counted.offices))
    wide = [max(map(width_of, names[:1] + list(counted.offices))), *[_SECTION] * len(sections), *[_SUM] * 4]
    above = 3 if title else 1
    page = SheetSetup(
        [excel_width(each) for each in wide], above + len(offices) + 1, above - 1, (above, 1), sums=1, opens=opens
    )
    found: dict[int, dict[int, int]] = {}
    for (office, section), count in counted.cells.items():
        found.setdefault(office, {})[section] = count.total
    with book.sheet(name, title, facts, page, wide) as sheet:
        book.head(sheet, names, wide)
        for office, sums in zip(offices, counted.by_office(), strict=True):
            totals = found.get(office, {})
            places = sections if len(offices) * len(sections) <= _GRIDDED else sorted(totals)
            cells = [sheet.text(0, counted.offices[office], "text")]
            cells += [sheet.number(n + 1, totals.get(n), "count") for n in places]
            cells += [sheet.number(n, sum_, "sum") for n, sum_ in enumerate((*sums, sums.total), len(sections) + 1)]
            sheet.row(None, cells)
        columns = counted.by_section()
        roles = [sum(count[role] for count in columns) for role in range(3)]
        numbers = (*(count.total for count in columns), *roles, sum(roles))
        cells = [sheet.number(place, number, "sum") for place, number in enumerate(numbers, 1)]
        sheet.row(None, [sheet.text(0, "合计", "head"), *cells])
        if offices and sections:
            sheet.scale(sheet.area(1, len(sections), range(above + 1, above + len(offices) + 1)))
