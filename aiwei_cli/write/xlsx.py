"""Excel workbooks, by XlsxWriter: a 任务分解表 as a clerk hands it in, ready to be printed.

The sheets of tasks look like the Word document: headings across, the numbers of the notice, no empty column. What only
a program wants (编号, 公文, 截止日期) is at the right, outside of what is printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TextIO

from aiwei_cli.query.matrix import Matrix, labels, matrix
from aiwei_cli.query.table import DUTIES, REPORT, Column, Row, Table
from aiwei_cli.write import Format, Style
from aiwei_cli.write.report import MATRIX, Heading, Report, filled
from aiwei_cli.write.xlsx_book import Workbook
from aiwei_cli.write.xlsx_words import LONGEST_CELL, sheet_name, width_of

__all__ = ["LONGEST_CELL", "sheet_name", "write_matrix", "write_report", "write_table"]

_ASIDE = ("id", "notice", "due")
"""The columns at the right of a sheet of tasks."""
_SECTION = 14
"""How wide a section of the matrix is."""


def write_table(table: Table, out: TextIO, format: Format, style: Style) -> None:
    """One sheet with a table; most have no title, so that programs read them."""
    book = Workbook(style)
    book.table(table.name, table.title, table.facts, table.columns, list(table.rows))
    out.buffer.write(book.data())


def write_report(report: Report, out: TextIO, style: Style) -> None:
    """The sheets of a report: 任务分解表, 责任清单 and 矩阵, and one for each part.

    Raises AiweiError where there is more than a sheet can hold.
    """
    book = Workbook(style)
    _tasks(book, REPORT, report)
    duties = report.duties("number")
    rows = list(duties.rows)
    book.table(
        DUTIES, report.title(DUTIES), report.facts(), filled(duties.columns, rows), rows, notes=report.duty_notes()
    )
    _matrix(book, "矩阵", report.title(MATRIX), report.facts(), matrix(report.hits))
    doubts = report.doubts()
    if doubts is not None:
        facts = ("请逐条看一看；前面的表里，有疑点的格子是黄色的，鼠标停在上面可以看到原因",)
        book.table(doubts.name, report.title(doubts.name), facts, doubts.columns, list(doubts.rows))
    own = book.count
    for part in report.parts:
        _tasks(book, part.name, part)
    if report.parts:
        book.open_at(own)  # what is made for offices is opened by one of them
    elif report.per == "duty":
        book.open_at(1)
    out.buffer.write(book.data())


def write_sheets(title: str, paragraphs: Sequence[str], tables: Sequence[Table], out: TextIO, style: Style) -> None:
    """A sheet for the text, and one for each table."""
    book = Workbook(style)
    book.table("通报", title, (), (Column("text", "情况"),), [{"text": paragraph} for paragraph in paragraphs])
    for table in tables:
        book.table(table.name, table.name, (), table.columns, list(table.rows))
    out.buffer.write(book.data())


def write_forms(parts: Sequence[tuple[str, Table]], out: TextIO, style: Style) -> None:
    """A sheet for each office, with columns to fill in."""
    from aiwei_cli.tracking.forms import CHOICES

    book = Workbook(style)
    for name, table in parts:
        facts = ("请填右边白色的五栏；单位、期限有误的直接改正",)
        book.table(name, f"{table.name}（{name}）", facts, table.columns, list(table.rows), fill=CHOICES)
    out.buffer.write(book.data())


def write_matrix(counted: Matrix, out: TextIO, style: Style) -> None:
    """One sheet with a matrix."""
    book = Workbook(style)
    _matrix(book, "矩阵", MATRIX, (), counted)
    out.buffer.write(book.data())


def _tasks(book: Workbook, name: str, report: Report) -> None:
    """A sheet with the tasks below their headings."""
    items = report.items("section")
    rows = list(items.rows)
    columns = filled(items.columns, rows)
    shown = [column for column in columns if column.key not in _ASIDE]
    aside = [column for key in _ASIDE for column in columns if column.key == key]
    body: list[Row | Heading] = []
    notes: list[Mapping[str, str]] = []
    for headings, row, note in zip(report.headings(), rows, report.notes(), strict=True):
        body += [*headings, row]
        notes += [{}] * len(headings)
        notes.append({"number": note["id"], **note} if "id" in note else note)
    book.table(name, report.title(), report.facts(), (*shown, *aside), body, notes=notes, aside=len(aside))


def _matrix(book: Workbook, name: str, title: str, facts: Sequence[str], counted: Matrix) -> None:
    """A sheet with a matrix as numbers, the more the darker, and sums by role."""
    names = ["单位", *labels(counted), "牵头", "负责", "配合", "合计"]
    if not book.may_hold(name, len(names)):
        return
    sheet, top = book.begin(name, title, facts, len(names))
    first = max(map(width_of, names[:1] + list(counted.offices)))
    book.head(sheet, top, names, [first, *[_SECTION] * (len(names) - 5), *[6] * 4])
    body, last = top + 1, len(counted.sections)
    for line, (office, sums) in enumerate(zip(counted.offices, counted.by_office(), strict=True), body):
        book.text(sheet, line, 0, office, "text")
        for place in range(last):
            book.number(sheet, line, place + 1, counted.at(line - body, place).total or None, "count")
        for place, count in enumerate((*sums, sums.total), last + 1):
            book.number(sheet, line, place, count, "sum")
    bottom = body + len(counted.offices)
    sections = counted.by_section()
    roles = [sum(count[role] for count in sections) for role in range(3)]
    book.text(sheet, bottom, 0, "合计", "head")
    for place, number in enumerate((*(count.total for count in sections), *roles, sum(roles)), 1):
        book.number(sheet, bottom, place, number, "sum")
    if counted.offices:
        scale = {"type": "2_color_scale", "min_color": "#FFF6E5", "max_color": "#F0965A"}
        sheet.conditional_format(body, 1, bottom - 1, last, scale)
    book.finish(sheet, body, len(counted.offices), len(names), frozen=1)
