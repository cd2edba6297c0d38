"""The file of a workbook: an archive of XML, written part after part, so that it may be larger than the memory.

No library is used: XlsxWriter keeps something for each row and note even where it keeps no cells, and takes four times
as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from types import TracebackType
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from aiwei_cli.write.xlsx_looks import styles
from aiwei_cli.write.xlsx_notes import Notes
from aiwei_cli.write.xlsx_sheet import SheetSetup, SheetWriter
from aiwei_cli.write.xlsx_strings import Strings
from aiwei_cli.write.xml import escaped

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OLD = 2_000_000_000
"""Bytes of a part that any reader can take. Only larger ones get the form for large files (ZIP64), which some programs
refuse."""
_CELL = 64
"""The most bytes of a cell, whose words are elsewhere; a row takes as many as two cells more."""


class WorkbookFile:
    """A file in the making. A context manager: at its end it writes the parts that list the others."""

    def __init__(self, out: BinaryIO, note: Callable[[str], None]) -> None:
        """``note`` gets a sentence about what the file cannot hold."""
        self._zip = ZipFile(out, "w", ZIP_DEFLATED)
        self._strings = Strings(note)
        self._sheets: list[str] = []
        self._names: list[tuple[str, str, str]] = []
        self._noted: list[int] = []
        """The numbers of the sheets that have notes."""
        self._block = 1
        self._opens = 0

    @contextmanager
    def sheet(self, name: str, page: SheetSetup) -> Iterator[SheetWriter]:
        """A new sheet, to be filled row by row."""
        self._sheets.append(name)
        number = len(self._sheets)
        self._opens = number - 1 if page.opens else self._opens
        notes = Notes(self._block)
        most = page.rows * (len(page.widths) + 2) * _CELL
        with self._part(f"xl/worksheets/sheet{number}.xml", size=most) as part:
            sheet = SheetWriter(part, page, self._strings, notes)
            sheet.begin()
            yield sheet
            sheet.end()
        self._names += [(defined, escaped(name), said) for defined, said in sheet.names(number - 1, name)]
        if notes.count:
            self._write_notes(number, notes)

    def _write_notes(self, number: int, notes: Notes) -> None:
        self._noted.append(number)
        self._block = notes.next_block
        with self._part(f"xl/comments{number}.xml", size=notes.size()) as part:
            notes.write_words(part)
        with self._part(f"xl/drawings/vmlDrawing{number}.vml", head="", size=notes.size_of_boxes()) as part:
            notes.write_boxes(part)
        targets = [("vmlDrawing", f"../drawings/vmlDrawing{number}.vml"), ("comments", f"../comments{number}.xml")]
        self._add(f"xl/worksheets/_rels/sheet{number}.xml.rels", _relations(targets))

    def __enter__(self) -> WorkbookFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        with self._zip:
            if kind is None:
                self._finish()

    def _finish(self) -> None:
        sheets = range(1, len(self._sheets) + 1)
        with self._part("xl/sharedStrings.xml", size=self._strings.size()) as part:
            self._strings.write(part)
        self._add("xl/styles.xml", styles())
        self._add("xl/workbook.xml", self._workbook())
        targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in sheets]
        self._add(
            "xl/_rels/workbook.xml.rels",
            _relations([*targets, ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]),
        )
        self._add("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        self._add("[Content_Types].xml", self._types())

    def _workbook(self) -> str:
        sheets = [
            f'<sheet name="{escaped(name)}" sheetId="{number}" r:id="rId{number}"/>'
            for number, name in enumerate(self._sheets, 1)
        ]
        names = [f'<definedName name="{name}"{said}</definedName>' for name, _, said in sorted(self._names)]
        # The tab of the sheet is in sight.
        shown = f' firstSheet="{self._opens}"' if self._opens > 2 else ""
        view = (
            f'<workbookView xWindow="240" yWindow="15" windowWidth="16095" windowHeight="9660"{shown}'
            f' activeTab="{self._opens}"/>'
        )
        defined = f"<definedNames>{''.join(names)}</definedNames>" if names else ""
        return (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews>{view}</bookViews>'
            f"<sheets>{''.join(sheets)}</sheets>{defined}</workbook>"
        )

    def _types(self) -> str:
        parts = [
            ("xl/workbook.xml", "sheet.main"),
            ("xl/styles.xml", "styles"),
            ("xl/sharedStrings.xml", "sharedStrings"),
        ]
        parts += [(f"xl/worksheets/sheet{number}.xml", "worksheet") for number in range(1, len(self._sheets) + 1)]
        parts += [(f"xl/comments{number}.xml", "comments") for number in self._noted]
        overrides = [f'<Override PartName="/{name}" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in parts]
        defaults = (
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing"),
        )
        known = [f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in defaults]
        return f'<Types xmlns="{_PACKAGE}/content-types">{"".join(known + overrides)}</Types>'

    def _add(self, name: str, xml: str) -> None:
        with self._part(name) as part:
            part.write(xml)

    @contextmanager
    def _part(self, name: str, *, head: str = _HEAD, size: int = 0) -> Iterator[IO[str]]:
        """A part of the archive, open for its text, which takes so many bytes at most where that may be much."""
        info = ZipInfo(name)  # dated 1980: the same table gives the same bytes
        info.compress_type = ZIP_DEFLATED
        with self._zip.open(info, "w", force_zip64=size > _OLD) as raw, TextIOWrapper(raw, "utf-8", newline="") as part:
            part.write(head)
            yield part


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    parts = [
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    ]
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(parts)}</Relationships>'
