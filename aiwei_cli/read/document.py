"""What the read room hands on: one text, where it came from, and where its parts stand in the file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from aiwei_cli.model import Notice, Source

PlaceKind = Literal["paragraph", "page", "cell"]


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in the file that a person can find, and the offset in the text where it begins."""

    offset: int
    """In characters of the document's text."""
    kind: PlaceKind
    number: int
    """Of the paragraph (counting those with words), the page, or the row of a table; the first is 1."""
    table: int | None = None
    """Which table of the file the row is in; the first is 1."""

    def __str__(self) -> str:
        if self.kind == "page":
            return f"第{self.number}页"
        if self.kind == "cell":
            return f"第{self.table or 1}个表格第{self.number}行"
        return f"第{self.number}段"


@dataclass(frozen=True, slots=True)
class Document:
    """One notice as text, before it is parsed; or parsed already, where aiwei itself wrote the file."""

    text: str
    """Decoded characters, newlines as they were. Empty where ``notice`` is given."""
    source: Source
    notice: Notice | None = None
    places: tuple[Place, ...] = ()
    """In the order of their offsets; empty for plain text, whose lines say enough."""
    margins: tuple[tuple[int, str], ...] = ()
    """(page, words): page numbers and repeated headers and footers, which are not in the text."""

    def place(self, offset: int) -> Place | None:
        """The paragraph, page or row that the character at ``offset`` stands in, or None where none is known."""
        index = bisect_right(self.places, offset, key=lambda place: place.offset)
        return self.places[index - 1] if index else None
