"""The printed lines of a PDF's pages, put together from the places of the characters that PDFium finds."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.native import ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aiwei_cli.reading.budget import Budget

MOST_PAGES = 3000
INSTALL = "pip install 'aiwei[pdf]'"


@dataclass(slots=True)
class Glyph:
    """A character and the box of its font around it, in points; y grows downwards."""

    sign: str
    left: float
    right: float
    middle: float
    height: float


@dataclass(slots=True)
class Line:
    """A printed line."""

    words: str
    left: float
    right: float
    middle: float
    size: float


@dataclass(slots=True)
class Page:
    """The lines of a page from top to bottom."""

    lines: list[Line]
    height: float


def pages(data: bytes, budget: Budget) -> list[Page]:
    """The pages of a PDF with their lines. Raises ReadError."""
    return [Page([Line(*line) for line in lines], height) for height, lines in ask("pdf", data, budget)]


def in_child(data: bytes, budget: Budget) -> Any:
    """The same as lists, texts and numbers. Raises ReadError."""
    return [
        (page.height, [(line.words, line.left, line.right, line.middle, line.size) for line in page.lines])
        for page in read_pages(data, budget.letters)
    ]


def read_pages(data: bytes, letters: int) -> list[Page]:
    """The pages with their lines. Raises ReadError for a file that is encrypted, broken or endless, or has more than
    ``letters`` characters."""
    try:
        pypdfium2: Any = import_module("pypdfium2")
        raw: Any = import_module("pypdfium2.raw")
    except ImportError as error:
        raise ReadError(f"读 PDF 要用的 pypdfium2 打不开（{error}）；请运行 {INSTALL}") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise ReadError("PDF 加了密码；请用密码打开，另存为没有密码的 PDF 再试") from None
        raise ReadError("PDF 不完整或已损坏，打不开；请重新下载，或用 PDF 阅读器打开后另存再试") from None
    try:
        if len(document) > MOST_PAGES:
            raise ReadError(f"PDF 有 {len(document)} 页，不像公文；请拆成几个文件再试")
        pages = []
        for index in range(len(document)):
            page, count = _page(document, index, raw, letters)
            letters -= count
            pages.append(page)
        return pages
    except pypdfium2.PdfiumError:
        raise ReadError("PDF 里有打不开的页，文件可能不完整；请重新下载，或用 PDF 阅读器打开后另存再试") from None
    finally:
        document.close()


def _page(document: Any, index: int, raw: Any, letters: int) -> tuple[Page, int]:
    """A page and how many characters PDFium found on it."""
    page = document[index]
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > letters:
            raise ReadError("PDF 里的文字比文件本身多得多，像是有意重复的，为安全起见不读；请另存或拆成几个再试")
        width, height = page.get_size()
        glyphs = list(_glyphs(textpage, raw, page.get_rotation() % 360, width, height))
    finally:
        textpage.close()
        page.close()
    return Page([_line(row) for row in _rows(glyphs)], height), count


def _glyphs(textpage: Any, raw: Any, rotation: int, width: float, height: float) -> Iterator[Glyph]:
    """The characters that the page itself has: not the spaces that PDFium adds, not those of a slanted watermark."""
    from math import pi

    box = raw.FS_RECTF()
    handle = textpage.raw
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if (code < 0x20 and code != 2) or code in (0xFFFE, 0xFFFF) or raw.FPDFText_IsGenerated(handle, index) == 1:
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, index, box):
            continue
        slant = raw.FPDFText_GetCharAngle(handle, index) % (pi / 2)
        if 0.1 < slant < pi / 2 - 0.1:
            continue
        left, right, top, bottom = _turned(box.left, box.right, box.top, box.bottom, rotation, width, height)
        # PDFium gives 2 for a hyphen at the end of a line.
        sign = "-" if code == 2 else chr(code)
        yield Glyph(_plain(sign), left, right, (top + bottom) / 2, max(bottom - top, 0.1))


def _turned(
    left: float, right: float, top: float, bottom: float, rotation: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """The box on the page as a reader sees it, with y growing downwards."""
    if rotation == 90:
        return bottom, top, left, right
    if rotation == 180:
        return width - right, width - left, bottom, top
    if rotation == 270:
        return width - top, width - bottom, height - right, height - left
    return left, right, height - top, height - bottom


def _plain(sign: str) -> str:
    """The character, where a font names the radical that looks like it (U+2F2F for 工)."""
    if "\u2e80" <= sign <= "\u2fdf":
        from unicodedata import normalize

        return normalize("NFKC", sign)
    return sign


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters of each printed line, from left to right; the lines from top to bottom."""
    rows: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in sorted((glyph for glyph in glyphs), key=lambda glyph: glyph.middle):
        if rows and abs(glyph.middle - middle) < 0.45 * max(glyph.height, size):
            rows[-1].append(glyph)
            # A line is where most of its characters are: a raised note number must not pull it up.
            middle += (glyph.middle - middle) / len(rows[-1])
            size = max(size, glyph.height)
        else:
            rows.append([glyph])
            middle, size = glyph.middle, glyph.height
    return [row for row in map(_sorted_once, rows) if any(glyph.sign.strip() for glyph in row)]


def _sorted_once(row: list[Glyph]) -> list[Glyph]:
    """A line from left to right, without the characters that were printed over themselves."""
    row.sort(key=lambda glyph: glyph.left)
    kept: list[Glyph] = []
    for glyph in row:
        near = [other for other in kept[-3:] if other.sign == glyph.sign]
        if not any(abs(other.left - glyph.left) < 0.3 * max(glyph.right - glyph.left, 1) for other in near):
            kept.append(glyph)
    return kept


def _line(row: list[Glyph]) -> Line:
    """The words of a line: a wide gap is a tab, a smaller one between Latin letters a space."""
    sizes = sorted(glyph.height for glyph in row)
    size = max(sizes[len(sizes) // 2], 1.0)
    pieces = [row[0].sign]
    for before, glyph in pairwise(row):
        gap = glyph.left - before.right
        if gap > 2 * size:
            pieces.append("\t")
        elif gap > 0.25 * size and before.sign.isascii() and glyph.sign.isascii() and not before.sign.isspace():
            pieces.append(" ")
        pieces.append(glyph.sign)
    words = "".join(pieces)
    if any("\ud800" <= sign <= "\udfff" for sign in words):
        words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    inked = [glyph for glyph in row if glyph.sign.strip()]
    first, last = inked[0], inked[-1]
    return Line(words.rstrip(), row[0].left, last.right, first.middle, size)
