"""Notes beside the cells of a sheet: their words are one part of the workbook, their boxes another.

Both are kept in files while the rows are written, for a workbook holds one part after the other.
"""

from __future__ import annotations

from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

from aiwei_cli.write.xlsx_words import line_count

_WORDS_HEAD = (
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<authors><author></author></authors><commentList>"
)
_WIDTH, _IN_A_LINE = 240, 46
"""Points and half-width characters of a box."""
_IDS = 1024
"""Boxes have numbers from 1024 times the number of their block; a sheet may have several blocks."""


class Notes:
    """The notes of a sheet; ``block`` is the first of its blocks of boxes."""

    def __init__(self, block: int) -> None:
        self._words = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 - they last as long as the sheet
        self._boxes = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115
        self._block = block
        self.count = 0

    @property
    def next_block(self) -> int:
        """The first block that is free for another sheet."""
        return self._block + self.count // _IDS + 1

    def add(self, cell: str, line: int, place: int, words: str, escaped: str) -> None:
        """The note of a cell."""
        self.count += 1
        look = '<rPr><sz val="10"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr>'
        text = f'<text><r>{look}<t xml:space="preserve">{escaped}</t></r></text>'
        self._words.write(f'<comment ref="{cell}" authorId="0">{text}</comment>')
        height = 18 + 13.5 * line_count(words, _IN_A_LINE)
        size = f"margin-left:60pt;margin-top:1.5pt;width:{_WIDTH}pt;height:{height}pt"
        self._boxes.write(
            f'<v:shape id="_x0000_s{self._block * _IDS + self.count}" type="#_x0000_t202"'
            f' style="position:absolute;{size};z-index:{self.count};visibility:hidden"'
            ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
            '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
            f"<x:Row>{line - 1}</x:Row><x:Column>{place}</x:Column></x:ClientData></v:shape>"
        )

    def size(self) -> int:
        """The bytes of the words so far."""
        return self._words.tell()

    def size_of_boxes(self) -> int:
        """The bytes of the boxes so far."""
        return self._boxes.tell()

    def write_words(self, part: IO[str]) -> None:
        """The part ``comments1.xml``."""
        part.write(_WORDS_HEAD)
        _copy(self._words, part)
        part.write("</commentList></comments>")

    def write_boxes(self, part: IO[str]) -> None:
        """The part ``vmlDrawing1.vml``."""
        blocks = ",".join(map(str, range(self._block, self.next_block)))
        part.write(
            '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
            ' xmlns:x="urn:schemas-microsoft-com:office:excel">'
            f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
            '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
            '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
        )
        _copy(self._boxes, part)
        part.write("</xml>")


def _copy(kept: IO[str], part: IO[str]) -> None:
    with kept:
        kept.seek(0)
        copyfileobj(kept, part)
