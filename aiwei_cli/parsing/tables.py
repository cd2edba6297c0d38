"""Task tables that became text: cells between tabs, or a cell a line. Their rows are nodes and their cells duties.

A table begins with a header that has a column of tasks and one of offices, told by the same words as the headers of
tables in files. The rows are put among the marks of the outline and the cells among the clauses, so all later steps are
the same as for other texts. Offsets are of the view.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aiwei_cli.language.numerals import NUMERALS
from aiwei_cli.language.signs import by_last, word_places
from aiwei_cli.notice.hints import Hint, LineKind
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.clauses.doubt import Doubt
from aiwei_cli.parsing.clauses.meanings import Meaning
from aiwei_cli.parsing.clauses.misplaced import offices_in
from aiwei_cli.parsing.clauses.reading import Clause, Reading
from aiwei_cli.parsing.headers import DEADLINE
from aiwei_cli.parsing.outline.numbers import Mark, Numbering
from aiwei_cli.parsing.view import View
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from aiwei_cli.parsing.clauses.grammar import Grammar
    from aiwei_cli.parsing.headers import Headers

_TITLE = 14
"""The longest title of a column."""
_COLUMNS = 10
"""No table that became text has more columns."""

_NUMBERS = by_last(("序号", "编号"))

Cell = Span


class Row(NamedTuple):
    """A row: its number (empty where it has none) and its cells, one for each column; none where they are uneven."""

    number: Span
    cells: tuple[Cell, ...]
    end: int


class TextTable(NamedTuple):
    """A table: where its header begins, what its columns mean, and its rows."""

    start: int
    columns: tuple[Meaning | None, ...]
    numbered: bool
    dittos: frozenset[str]
    rows: tuple[Row, ...]
    persons: tuple[str, ...] = ()
    """Of each column the title, where it names persons; else empty."""
    note: Span | None = None
    """The line right below it that is a remark, 备注：…: no words of its last row."""


def find_tables(view: View, headers: Callable[[], Headers]) -> list[TextTable]:
    """The task tables of a text, in order. Linear in its length. The headers are made only where there may be one."""
    text = view.text
    if view.flat or not ("\t" in text or next(word_places(text, _NUMBERS), None) is not None):
        return []
    return list(_TableFinder(text, headers()).tables())


class _TableFinder:
    def __init__(self, text: str, headers: Headers) -> None:
        self.text = text
        self.headers = headers
        self.lines = list(_lines(text))

    def tables(self) -> Iterator[TextTable]:
        i = 0
        while i < len(self.lines):
            found = self._tabbed(i) or self._listed(i)
            if found is None:
                i += 1
                continue
            table, i = found
            below = i < len(self.lines) and self._words(self.lines[i]).startswith(self.headers.no_rows)
            yield table._replace(note=self.lines[i]) if below else table

    def _tabbed(self, i: int) -> tuple[TextTable, int] | None:
        """A table of lines with tabs whose header is line ``i``."""
        header = _cells(self.text, self.lines[i])
        if len(header) < 2:
            return None
        columns, persons = self._columns(header), self._persons(header)
        if columns is None:
            return None
        numbered = self.headers.number(self._words(header[0]))
        rows: list[Row] = []
        j = i + 1
        while j < len(self.lines):
            cells = _cells(self.text, self.lines[j])
            if len(cells) < 2 or len(cells) > len(header):
                break
            more = self._goes_on(j + 1, len(header) + 1 - len(cells)) if numbered else []
            if more:
                cells = [*cells[:-1], (cells[-1][0], more[0][1]), *more[1:]]
                j += 1
            cells += [(cells[-1][1], cells[-1][1])] * (len(header) - len(cells))
            j += 1
            first = next((self._words(cell) for cell in cells if self._words(cell)), "")
            if not first.startswith(self.headers.no_rows):
                number = cells[0] if numbered else (cells[0][0], cells[0][0])
                rows.append(Row(number, tuple(cells), self.lines[j - 1][1]))
        table = TextTable(self.lines[i][0], columns, numbered, self.headers.dittos, tuple(rows), persons)
        return (table, j) if rows else None

    def _goes_on(self, i: int, wanted: int) -> list[Span]:
        """The cells of line ``i`` where the row above goes on in it, within a cell: as many as the row still wants, and
        the first begins no row. None where it does not."""
        cells = _cells(self.text, self.lines[i]) if wanted > 1 and i < len(self.lines) else []
        first = self._words(cells[0]) if len(cells) == wanted else ""
        begins = not first or first[0].isdigit() or first[0] in NUMERALS or first.startswith(self.headers.no_rows)
        return [] if begins else cells

    def _listed(self, i: int) -> tuple[TextTable, int] | None:
        """A table of a cell a line whose header begins with line ``i``, 序号, and ends before the line 1."""
        if not self.headers.number(self._words(self.lines[i])):
            return None
        stop = next((j for j in range(i + 3, min(i + 1 + _COLUMNS, len(self.lines))) if self._is(j, 1)), None)
        columns = self._columns(self.lines[i:stop]) if stop is not None else None
        if stop is None or columns is None:
            return None
        rows: list[Row] = []
        width, j = stop - i, stop
        while j < len(self.lines) and self._is(j, len(rows) + 1):
            most = min(len(self.lines), j + 2 * width)
            after = next((k for k in range(j + 1, most) if self._is(k, len(rows) + 2)), None)
            after = min(len(self.lines), j + width) if after is None else after
            cells = tuple(self.lines[j:after]) if after - j == width else ()
            rows.append(Row(self.lines[j], cells, self.lines[after - 1][1]))
            j = after
        persons = self._persons(self.lines[i:stop])
        return TextTable(self.lines[i][0], columns, True, self.headers.dittos, tuple(rows), persons), j

    def _is(self, i: int, value: int) -> bool:
        return self._words(self.lines[i]).rstrip(".．、") == str(value)

    def _words(self, span: Span) -> str:
        return "".join(self.text[span[0] : span[1]].split())

    def _persons(self, header: Sequence[Span]) -> tuple[str, ...]:
        titles = (self._words(cell) for cell in header)
        return tuple([title if self.headers.person(title) and not self.headers.role(title) else "" for title in titles])

    def _columns(self, header: Sequence[Span]) -> tuple[Meaning | None, ...] | None:
        """What each column means; None where it is no header of tasks and offices."""
        titles = [self._words(cell) for cell in header]
        if any(len(title) > _TITLE for title in titles):
            return None
        roles = [self.headers.meaning(title) if self.headers.role(title) else None for title in titles]
        if not any(roles) or not any(self.headers.task(title) for title in titles):
            return None
        times = [DEADLINE if self.headers.time(title) else None for title in titles]
        return tuple([role or time for role, time in zip(roles, times, strict=True)])


def _lines(text: str) -> Iterator[Span]:
    """The lines that are not blank."""
    here = 0
    for line in text.split("\n"):
        if line.strip():
            yield here, here + len(line)
        here += len(line) + 1


def _cells(text: str, line: Span) -> list[Span]:
    """The cells between the tabs of a line, without blanks around them."""
    found = []
    here, stop = line
    for words in text[here:stop].split("\t"):
        start = here + len(words) - len(words.lstrip())
        found.append((start, max(start, here + len(words.rstrip()))))
        here += len(words) + 1
    return found


def rows_among(tables: Sequence[TextTable], marks: Sequence[Mark], text: str, numbering: Numbering) -> list[Mark]:
    """The marks of an outline with the rows of the tables among them, in place of the numbers that tables hold.

    A table after signature and date, or after a line 附件, lies in no node of the text before: its rows are by
    themselves.
    """
    item = numbering.kinds["item"]
    rank, breaks = numbering.ranks[item.name], numbering.breaks(text, numbering.has_annexes(text))
    spans = [(table.start, table.rows[-1].end) for table in tables]
    inside = {id(mark) for mark in marks if _within(spans, mark.start)}
    kept = [mark for mark in marks if id(mark) not in inside]
    found = list(kept)
    starts = [mark.start for mark in kept]
    for table in tables:
        at = bisect_left(starts, table.start)
        behind = bisect_right(breaks, table.start)
        anew = behind > 0 and (not at or breaks[behind - 1] > starts[at - 1])
        parent = kept[at - 1] if at and not anew else None
        count = 0
        for row in table.rows:
            start, end = row.number
            if table.numbered and start == end:
                continue  # it goes on with the row above
            count += 1
            name = row_name(text, row) or str(count)
            found.append(Mark(item, count, name, start, end, True, anew and count == 1, parent=parent, rank=rank))
    found.sort(key=lambda mark: mark.start)
    for place, mark in enumerate(found):
        mark.place, mark.children = place, []
        while mark.parent is not None and id(mark.parent) in inside:
            mark.parent = mark.parent.parent
        if mark.parent is not None:
            mark.parent.children.append(place)
    return found


def _within(spans: Sequence[Span], offset: int) -> bool:
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return at >= 0 and offset < spans[at][1]


def row_name(text: str, row: Row) -> str:
    """The number of a row as an id writes it."""
    return "".join(text[row.number[0] : row.number[1]].split()).rstrip(".．、")


def table_clauses(tables: Sequence[TextTable], found: Sequence[Clause], text: str, grammar: Grammar) -> list[Clause]:
    """The clauses of a text with the cells of the tables among them, in place of what was read across their rows."""
    spans = [(table.start, table.rows[-1].end) for table in tables]
    kept = [clause for clause in found if not _within(spans, clause.start)]
    cells = [clause for table in tables for clause in _clauses_of(table, text, grammar)]
    return sorted([*kept, *cells], key=lambda clause: clause.start)


def below(tables: Sequence[TextTable], doubts: list[Doubt]) -> list[Doubt]:
    """The doubts but those in the headers of tables, which were read: 牵头单位 there needs no office after it."""
    heads = [(table.start, table.rows[0].number[0]) for table in tables]
    return [doubt for doubt in doubts if not _within(heads, doubt.start)] if heads else doubts


def placed_hints(hints: Sequence[Hint], view: View) -> list[tuple[Span, LineKind]]:
    """What a reader knows of lines that it made of tables, at their places in the view."""
    if not view.starts:
        return [((hint.start, hint.end), hint.kind) for hint in hints]
    offsets = range(len(view.text))
    found = [(bisect_left(offsets, hint.start, key=view.at), hint) for hint in hints]
    return [((at, bisect_left(offsets, hint.end, at, key=view.at)), hint.kind) for at, hint in found]


def unread(hints: Sequence[Hint]) -> list[Span]:
    """Where in the source the tables begin and end that were not understood: lines of one table follow one another."""
    found: list[Span] = []
    for start, end, kind in hints:
        if kind == "unread":
            if found and found[-1][1] + 1 == start:
                found[-1] = found[-1][0], end
            else:
                found.append((start, end))
    return found


def in_rows(clauses: Sequence[Clause], cells: Sequence[Span]) -> list[Clause]:
    """The clauses, those in lines that a reader made of a table marked as the cells that they are."""
    return [replace(clause, cell=True) if _within(cells, clause.start) else clause for clause in clauses]


def _clauses_of(table: TextTable, text: str, grammar: Grammar) -> Iterator[Clause]:
    above: dict[int, tuple[int, Reading]] = {}
    for row in table.rows:
        if not row.cells:  # which cell is in which column cannot be told
            yield Clause(row.number[1], row.end, row.number[1], Reading(unread=True))
        for column, (meaning, (start, end)) in enumerate(zip(table.columns, row.cells, strict=False)):
            words = text[start:end]
            if meaning is None or not words.strip("-—－/\\无 "):
                continue
            if words in table.dittos and column in above:
                base, reading = above[column]
            else:
                base, reading = start, grammar.cell(words, meaning)
                above[column] = base, reading
            yield Clause(start, end, base, reading, cell=True)
        for title, (start, end) in zip(table.persons, row.cells, strict=False):
            if title and not title.startswith(grammar.asked) and any(offices_in(text, start, end, grammar)):
                yield Clause(start, end, start, Reading(unread=True))
