"""What the read room hands on: one text, where it came from, and where its parts are in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from aiwei_cli.notice.hints import Hint
from aiwei_cli.notice.lines import Lines
from aiwei_cli.notice.model import Diagnostic, Node, Notice
from aiwei_cli.notice.source import Source
from aiwei_cli.records import NamedTuple, field, record

if TYPE_CHECKING:
    from aiwei_cli.errors import ReadError
    from aiwei_cli.reading.budget import Budget

PICTURE = "（整页是图片，没有文字）"
"""What the margins list for a page without text."""
PlaceKind = Literal["paragraph", "page", "cell"]


@record
class FilePlace:
    """A spot in the file that a person can find, and the offset in the text where it begins."""

    offset: int
    """In characters of the document's text."""
    kind: PlaceKind
    number: int
    """Of the paragraph (counting those with words), the page, or the row of a table; the first is 1."""
    table: int | None = None
    """Which table of the file the row is in; the first is 1."""
    sheet: str = ""
    """The name of the table, where it has one."""
    page: int | None = None
    """Of a row, where the file has pages: table and row are then those of the page."""

    def __str__(self) -> str:
        if self.kind == "page":
            return f"第{self.number}页"
        if self.sheet:
            return f"工作表“{self.sheet}”第{self.number}行"
        if self.kind == "cell":
            page = f"第{self.page}页" if self.page else ""
            return f"{page}第{self.table or 1}个表格第{self.number}行"
        return f"第{self.number}段"


class FileDoubt(NamedTuple):
    """What the reader of a file is not sure of; it becomes a diagnostic."""

    code: str
    message: str
    offset: int
    """Where in the text it belongs."""


class Content(NamedTuple):
    """What a container's module finds in a file."""

    text: str
    encoding: str = "utf-8"
    places: tuple[FilePlace, ...] = ()
    margins: tuple[tuple[int, str], ...] = ()
    kind: str = ""
    """Where the module knows it better than the caller: doc or wps."""
    hints: tuple[Hint, ...] = ()
    doubts: tuple[FileDoubt, ...] = ()
    recognised: tuple[int, ...] = ()
    """The pages whose signs were recognised (OCR)."""


@record
class Document:
    """One notice as text, before it is parsed; or parsed already, where aiwei itself wrote the file."""

    content: str | Notice
    """Decoded characters, newlines as they were; or the notice."""
    source: Source
    places: tuple[FilePlace, ...] = ()
    """In the order of their offsets; empty for plain text, whose lines say enough."""
    margins: tuple[tuple[int, str], ...] = ()
    """(page, words): page numbers and repeated headers and footers, which are not in the text."""
    hints: tuple[Hint, ...] = ()
    """What tables say of their lines, in the order of the text."""
    doubts: tuple[FileDoubt, ...] = ()
    recognised: tuple[int, ...] = ()
    budget: Budget | None = field(default=None, compare=False)
    """What is left of the budget of its file, for what is done with it next."""
    parsed: Notice | ReadError | None = field(default=None, compare=False)
    """What another process made of it already."""

    @property
    def text(self) -> str:
        """The characters; empty where aiwei wrote the file."""
        return self.content if isinstance(self.content, str) else ""

    @property
    def notice(self) -> Notice | None:
        """The notice, where aiwei wrote the file."""
        return None if isinstance(self.content, str) else self.content

    def place(self, offset: int) -> FilePlace | None:
        """The paragraph, page or row that the character at ``offset`` is in, or None where none is known."""
        index = bisect_right(self.places, offset, key=lambda place: place.offset)
        return self.places[index - 1] if index else None

    def located(self, notice: Notice) -> Notice:
        """The notice that was parsed from this document, with what only the document knows: the place of each node in
        the file, which duties a column of a table states, what was in the margins, a diagnostic (P001) for each page
        that is a picture, and those of its reader's doubts."""
        if not self.places and not self.margins and not self.doubts:
            return notice
        found = [*notice.diagnostics, *self._pictures(), *self._doubted()]
        return replace(
            notice,
            body=tuple(map(self._placed, notice.body)),
            margins=self.margins,
            diagnostics=tuple(sorted(found, key=lambda one: one.span)),
        )

    def _placed(self, node: Node) -> Node:
        place = self.place(node.span[0])
        return replace(
            node,
            place=str(place) if place else None,
            children=tuple(map(self._placed, node.children)),
        )

    def _pictures(self) -> Iterator[Diagnostic]:
        lines = Lines(self.text)
        for page, words in self.margins:
            if words == PICTURE:
                after = (place.offset for place in self.places if place.kind == "page" and place.number > page)
                at = next(after, len(self.text))
                line, column = lines.place(at)
                message = f"第{page}页是图片，没有读到文字，这一页的内容不在结果里"
                yield Diagnostic("P001", message, (at, at), line, column)

    def _doubted(self) -> Iterator[Diagnostic]:
        lines = Lines(self.text)
        for code, message, at in self.doubts:
            yield Diagnostic(code, message, (at, at), *lines.place(at))
