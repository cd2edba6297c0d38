"""Which cells of an OpenDocument workbook (.ods) are merged: python-calamine reads their values only."""

from __future__ import annotations

from io import BytesIO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from aiwei_cli.reading.zipped import BROKEN

_PART = "content.xml"
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_MOST = 10_000
"""Merged ranges of a workbook; more are not looked for."""

Range = tuple[tuple[int, int], tuple[int, int]]


def merged_ranges(data: bytes) -> dict[str, list[Range]]:
    """The merged ranges of each sheet by its name; none where the file cannot be read, which is reported elsewhere."""
    found: dict[str, list[Range]] = {}
    reader = _CellCounter(found)
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        with ZipFile(BytesIO(data)) as archive, archive.open(_PART) as part:
            parser.ParseFile(part)
    except (ExpatError, KeyError, LookupError, *BROKEN):
        return {}
    return found


class _CellCounter:
    """Counts rows and cells, each as often as it is repeated."""

    def __init__(self, found: dict[str, list[Range]]) -> None:
        self.found = found
        self.ranges: list[Range] = []
        self.count = self.row = self.next_row = self.column = self.depth = 0

    def refuse(self, *_: object) -> None:
        raise ValueError("a document type")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.removeprefix(_NAMESPACE)
        if kind == "table":
            self.depth += 1
            if self.depth == 1:
                self.ranges = self.found.setdefault(attributes.get(f"{_NAMESPACE}name", ""), [])
                self.next_row = 0
        elif self.depth != 1:
            return
        elif kind == "table-row":
            self.row, self.column = self.next_row, 0
            self.next_row += _number(attributes, "number-rows-repeated")
        elif kind in ("table-cell", "covered-table-cell"):
            high, wide = _number(attributes, "number-rows-spanned"), _number(attributes, "number-columns-spanned")
            if (high > 1 or wide > 1) and self.count < _MOST:
                self.count += 1
                self.ranges.append(((self.row, self.column), (self.row + high - 1, self.column + wide - 1)))
            self.column += _number(attributes, "number-columns-repeated")

    def end(self, name: str) -> None:
        self.depth -= name == f"{_NAMESPACE}table"


def _number(attributes: dict[str, str], name: str) -> int:
    words = attributes.get(_NAMESPACE + name, "1")
    return max(int(words), 1) if words.isdecimal() and len(words) < 9 else 1
