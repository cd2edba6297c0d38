"""Pages to one text with its places: paragraphs from lines, tables of tasks as what a notice would say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiwei_cli.compiled import Rules, load
from aiwei_cli.notice.hints import Hint
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.document import PICTURE, Content, FileDoubt, FilePlace
from aiwei_cli.reading.pages.model import Line, Page
from aiwei_cli.reading.pages.paragraphs import TextColumn, is_margin, repeated
from aiwei_cli.reading.pages.spans import RuledTable
from aiwei_cli.reading.pages.unruled import with_tables
from aiwei_cli.reading.tables.grid import TableLine, Tables
from aiwei_cli.records import NamedTuple

_NEAR = 3
"""So many lines beside a table may explain its signs."""


_UNSURE = 0.85
"""A line that is recognised less surely should be looked at: right ones are above 0.9."""
_TITLE = 12
_LOOK = 6
_QUOTED = 30


class _Block(NamedTuple):
    page: int
    block: Line | RuledTable


def page_content(pages: Sequence[Page], rules: Rules | None, budget: Budget) -> Content:
    """The text of some pages without page numbers and repeated headers."""
    rules = rules or load()
    writer = _TextWriter(TextColumn([line for page in pages for line in page.lines]), Tables(rules), budget)
    often = repeated(pages)
    aside = [_margins(page, often) for page in pages]
    for number, (page, lines) in enumerate(zip(pages, aside, strict=True), 1):
        if page.picture:
            writer.margins.append((number, PICTURE))
        writer.margins += [(number, line.words.strip()) for line in lines]
    numbers = {id(line): number for page in pages for number, line in enumerate(page.lines, 1)}
    ids = [{*map(id, lines)} for lines in aside]
    pages = with_tables(pages, ids, rules)
    blocks = list(_blocks(pages, ids, budget))
    for at, (page_number, block) in enumerate(blocks):
        writer.turn(page_number)
        if isinstance(block, Line):
            writer.line(block, numbers[id(block)])
        else:
            around = [
                one.block.words for one in blocks[max(at - _NEAR, 0) : at + 1 + _NEAR] if isinstance(one.block, Line)
            ]
            writer.table(block, "\n".join(around), rules)
    for number, page in enumerate(pages, 1):
        doubt = page.doubt or ("像是没有框线的任务表，栏和行可能对错了" if _is_open(page, rules) else "")
        if doubt:
            writer.doubts.append(FileDoubt("P002", f"第{number}页{doubt}", writer.start(number)))
    return Content(
        "".join(writer.pieces) + "\n",
        places=tuple(writer.places),
        margins=tuple(writer.margins),
        hints=tuple(writer.hints),
        doubts=tuple(writer.doubts),
    )


def _margins(page: Page, often: set[str]) -> list[Line]:
    return [line for i, line in enumerate(page.lines) if is_margin(page, i, often)]


def _is_open(page: Page, rules: Rules) -> bool:
    """Whether the page has a table of tasks without rules, with cells of several lines: which belong together is told
    by nothing but their places."""
    rows = [line.words.split("\t") for line in page.lines]
    headers = rules.headers
    for at, titles in enumerate(rows):
        named = any(map(headers.role, titles)) and any(
            headers.task(one.removeprefix("序号")) or headers.number(one) for one in titles
        )
        if len(titles) > 1 and named and all(len(one) < _TITLE for one in titles):
            below = rows[at + 1 : at + 1 + _LOOK]
            return any(len(row) < len(titles) for row in below) and any(len(row) > 1 for row in below)
    return False


def _blocks(pages: Sequence[Page], margins: Sequence[set[int]], budget: Budget) -> Iterator[_Block]:
    """The lines and tables of all pages in order; a table that goes on over a page once, where it begins."""
    waiting: _Block | None = None
    for number, (page, aside) in enumerate(zip(pages, margins, strict=True), 1):
        tables = 0
        for block in page.blocks:
            if isinstance(block, Line):
                if id(block) not in aside:
                    if waiting is not None:
                        yield waiting
                        waiting = None
                    yield _Block(number, block)
                continue
            tables += 1
            budget.cells(sum(map(len, block.rows)))
            if waiting is not None and isinstance(waiting.block, RuledTable):
                is_next = tables == 1 and waiting.block.places[-1][0] < number
                if is_next and waiting.block.add(block, number, tables):
                    continue
                yield waiting
            waiting = _Block(number, RuledTable(block, number, tables))
    if waiting is not None:
        yield waiting


class _TextWriter:
    """Collects the text and what is known of its parts."""

    def __init__(self, column: TextColumn, tables: Tables, budget: Budget) -> None:
        self.column, self.tables, self.budget = column, tables, budget
        self.pieces: list[str] = []
        self.places: list[FilePlace] = []
        self.margins: list[tuple[int, str]] = []
        self.hints: list[Hint] = []
        self.doubts: list[FileDoubt] = []
        self._length = 0
        self._page = 0
        self._before: Line | None = None
        self._in_page = False

    def start(self, page: int) -> int:
        """Where the text of a page begins, or of the next one that has any."""
        return next((place.offset for place in self.places if (place.page or place.number) >= page), self._length)

    def turn(self, page: int) -> None:
        """What comes next is on this page."""
        if page != self._page:
            self._page, self._in_page = page, False

    def line(self, line: Line, number: int) -> None:
        """A printed line, and which of its page it is outside tables."""
        gap = "" if not self.pieces else "\n" if self._before is None else self.column.gap(self._before, line)
        if not self._in_page:
            self.places.append(FilePlace(self._length + len(gap), "page", self._page))
            self._in_page = True
        start = self._length + len(gap)
        self.hints.extend(TableLine(0, line.words, self.tables.passed(line.words)).hints(start))
        if line.sure < _UNSURE:
            self._doubt(self._length + len(gap), f"第{self._page}页第{number}行", line)
        self._add(gap + line.words)
        self._before = line

    def table(self, table: RuledTable, around: str, rules: Rules) -> None:
        """A ruled table."""
        unsure = table.unsure(_UNSURE)
        for made in self.tables.lines(table.cells(rules), around):
            page, number, row = table.places[made.row - 1]
            gap = "\n" if self.pieces else ""
            at = self._length + len(gap)
            if page != self._page or not self._in_page:
                # A place of the page itself, so that pictures before it are told in the right order.
                self.places.append(FilePlace(at, "page", page))
                self._page, self._in_page = page, True
            self.places.append(FilePlace(at, "cell", row, number, page=page))
            if made.kind != "text":
                self.hints.append(Hint(at, at + len(made.words), made.kind))
            for line in unsure.pop(made.row, ()):
                self._doubt(at, f"第{page}页第{number}个表格第{row}行", line)
            self._add(gap + made.words)
        self._before, self._in_page = None, False

    def _doubt(self, offset: int, place: str, line: Line) -> None:
        words = line.words if len(line.words) <= _QUOTED else line.words[:_QUOTED] + "…"
        self.doubts.append(FileDoubt("P003", f"{place}的文字识别得没有把握：“{words}”", offset))

    def _add(self, words: str) -> None:
        self.budget.text(len(words))
        self.pieces.append(words)
        self._length += len(words)
