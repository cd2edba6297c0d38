"""Tables as lines of text; a 任务分解表 as numbered items with their duties.

A table comes as rows of cells; a cell that spans columns or rows is the same object in each place. A table whose header
names a task and the offices (序号, 工作任务, 牵头单位, 责任单位, 完成时限) becomes what a notice would say in running
text: ``1.任务`` and below it ``牵头单位：…``, so that one parser reads both. Other shapes are turned into that one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiwei_cli.compiled import Rules, load
from aiwei_cli.notice.hints import LineKind
from aiwei_cli.reading.tables.cells import Cell, Numbered, Row, TableLine, distinct, filled_cells, padded
from aiwei_cli.reading.tables.columns import Columns, Header, find_header, is_office, padded_titles, same_titles
from aiwei_cli.reading.tables.shapes import as_usual, office_matrix
from aiwei_cli.reading.tables.tasks import Tasks

__all__ = ["Cell", "Row", "TableLine", "Tables"]


_MORE = 60
"""How many columns may have no title."""


class Tables:
    """The tables of one document, in order: one that goes on in the next without a header is one table."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or load()
        self._last: tuple[Header, Tasks] | None = None
        self._near: tuple[Header, Tasks] | None = None
        """The same, while nothing is between it and the next."""
        self._just = False

    def passed(self, words: str) -> LineKind:
        """Say that a paragraph is between the tables. Gives the kind of its line: the first after tasks is a note, so
        that it does not become words of the last task."""
        if not words.strip():
            return "text"
        kind: LineKind = "note" if self._just else "text"
        self._just = False
        if "续" not in words[:6]:
            self._near = None
        return kind

    def lines(self, rows: Sequence[Row], around: str = "") -> list[TableLine]:
        """The lines of the next table; ``around`` are the paragraphs near it, which may say what its signs mean."""
        numbered: list[Numbered] = list(enumerate(rows, 1))
        found = self._tasks(as_usual(numbered, self.rules, around), around)
        self._just = found is not None
        if found is None:
            self._last = None
            kind: LineKind = "unread" if self._looks_like_tasks(numbered) else "text"
            return [line._replace(kind=kind) for number, row in numbered for line in _plain(number, row)]
        self._near = self._last
        return found

    def _tasks(self, rows: list[Numbered], around: str) -> list[TableLine] | None:
        """The lines of a table of tasks; None for any other table."""
        found: list[TableLine] = []
        waiting: list[Numbered] = []
        current = self._goes_on(rows)
        at = 0
        known = current is not None
        while at < len(rows):
            number, row = rows[at]
            if current is not None and same_titles(row, current[0].titles):
                at += 1  # printed again at the top of a page
                continue
            reaches = current is not None and at == current[0].body and _reaches_down(rows, at)
            header = None if reaches else find_header(rows, at, self.rules)
            header = header and _widened(header, rows)
            if header is not None and current is not None and header.titles == current[0].titles:
                at = header.body
                continue
            other = office_matrix(rows, at, self.rules, around) if self._may_be_matrix(header, current) else None
            if header is None and other is None:
                waiting.append((number, row))
                at += 1
                continue
            found += self._body(current, waiting)
            waiting = []
            if other is not None:
                header, body, understood = other
                current = header, Tasks(Columns(header, self.rules), self.rules)
                made = self._body(current, body)
                found += made if understood else [line._replace(kind="unread") for line in made]
                known, at = True, len(rows)
                continue
            assert header is not None
            current = header, Tasks(Columns(header, self.rules), self.rules)
            known, at = True, header.body
        if not known:
            return None
        found += self._body(current, waiting)
        self._last = current
        return found

    def _may_be_matrix(self, header: Header | None, current: tuple[Header, Tasks] | None) -> bool:
        """Whether a row may begin a matrix: no header came before, and the row itself is none or has offices for
        titles."""
        if current is not None:
            return False
        return header is None or sum(is_office(title, self.rules) for title in header.titles if title) > 1

    def _body(self, current: tuple[Header, Tasks] | None, rows: Sequence[Numbered]) -> list[TableLine]:
        """The lines of the rows below a header; what is above the first header is as it is."""
        if current is None:
            return [line for number, row in rows for line in _plain(number, row)]
        header, tasks = current
        return tasks.lines([(number, padded(row, len(header.titles))) for number, row in rows])

    def _goes_on(self, rows: Sequence[Numbered]) -> tuple[Header, Tasks] | None:
        """The header of the table before, where this one goes on with it: it is as wide, and counts on or is next."""
        if self._last is None or not rows or find_header(rows, 0, self.rules) is not None:
            return None
        header, tasks = self._last
        width = len(header.titles)
        if any(len(row) != width for _, row in rows[:3]) or len(distinct(rows[0][1])) < 2:
            return None
        number = tasks.columns.number
        if number is None:
            return self._near
        first = next((row[number].words for _, row in rows if row[number].paragraphs), "").rstrip(".．、")
        if first == str(tasks.count + 1):
            return self._last
        return self._near if not first or first.isdecimal() else None

    def _looks_like_tasks(self, rows: Sequence[Numbered]) -> bool:
        """Whether a table that was not understood has a column of offices in its first rows and rows below it."""
        headers = self.rules.headers
        for _, row in rows[:4]:
            titles = [cell.words for cell in distinct(row)]
            if len(titles) > 2 and any(map(headers.role, titles)) and not any(map(headers.contact, titles)):
                return len(rows) > 2 and all(len(title) < 20 for title in titles)
        return False


def _reaches_down(rows: Sequence[Numbered], at: int) -> bool:
    """Whether a cell of the row above reaches down into a row, which then is no header of its own."""
    above = rows[at - 1][1] if at else ()
    return any(up is each for up, each in zip(above, rows[at][1], strict=False))


def _widened(header: Header, rows: Sequence[Numbered]) -> Header:
    """The header as wide as the rows below it: cells under no title are kept too."""
    width = max(len(row) for _, row in rows[header.body :])
    return header._replace(titles=padded_titles(header.titles, min(width, len(header.titles) + _MORE)))


def _plain(number: int, row: Row) -> Iterator[TableLine]:
    """A row of one-line cells is one line; cells with several paragraphs follow one another, so that numbers in them
    still begin a line."""
    cells = filled_cells(row)
    if cells and all(len(cell.paragraphs) == 1 for cell in cells):
        yield TableLine(number, "\t".join(cell.paragraphs[0] for cell in cells))
        return
    for cell in cells:
        for paragraph in cell.paragraphs:
            yield TableLine(number, paragraph)
