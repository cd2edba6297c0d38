"""The pages of a PDF: its lines and ruled tables, from the places of what PDFium finds on them."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from importlib import import_module
from math import hypot, pi
from typing import TYPE_CHECKING, Any

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.native import ask
from aiwei_cli.reading.pages.lines import lines
from aiwei_cli.reading.pages.model import Glyph, Page, Point, flat, unflat
from aiwei_cli.reading.pages.ruled import fill_cells, level, ordered, ruled_tables
from aiwei_cli.reading.pdf_rules import Drawn, drawn

if TYPE_CHECKING:
    from aiwei_cli.reading.budget import Budget

MOST_PAGES = 3000
INSTALL = "pip install 'aiwei[pdf]'"
_FEW = 15
"""Up to so many signs beside a picture are a page number or a stamp, and not the words of the page."""
_SHOWN = 0.3
"""A picture that covers so much of a page without text is the page."""
_OUTLINES = 100
"""From so many bent paths on, a page without text has its signs drawn."""


def pages(data: bytes, budget: Budget) -> list[Page]:
    """The pages of a PDF with their lines and tables. Raises ReadError."""
    return [unflat(page) for page in ask("pdf", data, budget)]


def in_child(data: bytes, budget: Budget) -> Any:
    """The same as lists, texts and numbers. Raises ReadError."""
    return [flat(page) for page in read_pages(data, budget.letters)]


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


def whole_page(document: Any, index: int) -> Any:
    """A page; without its crop box where that leaves nothing of it, as viewers show it."""
    page = document[index]
    if all(page.get_size()):
        return page
    page.set_cropbox(*page.get_mediabox())
    page.close()
    return document[index]


def _page(document: Any, index: int, raw: Any, letters: int) -> tuple[Page, int]:
    """A page and how many characters PDFium found on it."""
    page = whole_page(document, index)
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > letters:
            raise ReadError("PDF 里的文字比文件本身多得多，像是有意重复的，为安全起见不读；请另存或拆成几个再试")
        width, height = page.get_size()
        turn = _turn(page.get_rotation(), width, height)
        found = drawn(page, raw, turn)
        glyphs = list(_glyphs(textpage, raw, turn, found.forms))
        made = _laid_out(glyphs, found, height)
    finally:
        textpage.close()
        page.close()
    return made, count


def _laid_out(glyphs: list[Glyph], found: Drawn, height: float) -> Page:
    """The lines and tables of a page."""
    inked = sum(not glyph.sign.isspace() for glyph in glyphs)
    picture = (found.pictures > _SHOWN and inked <= _FEW) or (not inked and _is_drawn(found))
    doubt = "" if found.whole else "画的线太多，没有找表格"
    try:
        grids = ruled_tables(found.across, found.down) if found.whole and inked else []
    except ValueError:
        grids, doubt = [], "画的线太多，没有找表格"
    rest = fill_cells(grids, glyphs)
    return Page(ordered(lines(rest), grids), height, picture, doubt, level(found.across, grids))


def _is_drawn(found: Drawn) -> bool:
    """Whether a page without text shows something all the same."""
    return found.pictures >= 0.01 or found.curves > _OUTLINES or not found.whole


def _glyphs(textpage: Any, raw: Any, turn: Callable[[float, float], Point], forms: bool) -> Iterator[Glyph]:
    """The characters that the page itself has: not the spaces that PDFium adds, not those of a slanted watermark."""
    box = raw.FS_RECTF()
    handle = textpage.raw
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if (code < 0x20 and code != 2) or code in (0xFFFE, 0xFFFF) or raw.FPDFText_IsGenerated(handle, index) == 1:
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, index, box):
            continue
        slant = raw.FPDFText_GetCharAngle(handle, index) % (pi / 2)
        if min(slant, pi / 2 - slant) >= 0.1:
            continue
        corners = (box.left, box.bottom), (box.right, box.top)
        if forms:
            corners = _replaced(handle, index, raw, code) or corners
        (x, y), (other_x, other_y) = (turn(*corner) for corner in corners)
        # PDFium gives 2 for a hyphen at the end of a line.
        sign = "-" if code == 2 else chr(code)
        yield Glyph(_plain(sign), min(x, other_x), max(x, other_x), (y + other_y) / 2, max(abs(y - other_y), 0.1))


def _replaced(handle: Any, index: int, raw: Any, code: int) -> tuple[Point, Point] | None:
    """The box of a sign that a form gives by /ActualText: there PDFium forgets the form's matrix, and gives the origin
    that the sign has in the form."""
    x, y = ctypes.c_double(), ctypes.c_double()
    own, whole = raw.FS_MATRIX(), raw.FS_MATRIX()
    raw.FPDFText_GetCharOrigin(handle, index, x, y)
    raw.FPDFPageObj_GetMatrix(raw.FPDFText_GetTextObject(handle, index), own)
    raw.FPDFText_GetMatrix(handle, index, whole)
    is_own = abs(own.e - x.value) + abs(own.f - y.value) < 0.1
    if not is_own or abs(own.e - whole.e) + abs(own.f - whole.f) < 0.1:
        return None
    size = raw.FPDFText_GetFontSize(handle, index)
    wide = size if code >= 0x2E80 else size / 2
    low, high = -0.22 * size, 0.82 * size
    a, b, c, d, e, f = whole.a, whole.b, whole.c, whole.d, whole.e, whole.f
    if hypot(a, b) * size < 0.1:
        return None
    return (e + c * low, f + d * low), (e + a * wide + c * high, f + b * wide + d * high)


def _turn(rotation: int, width: float, height: float) -> Callable[[float, float], Point]:
    """A point of the file as it is on the page that a reader sees, with y growing downwards."""
    if rotation == 90:
        return lambda x, y: (y, x)
    if rotation == 180:
        return lambda x, y: (width - x, y)
    if rotation == 270:
        return lambda x, y: (width - y, height - x)
    return lambda x, y: (x, height - y)


def _plain(sign: str) -> str:
    """The character, where a font names the radical that looks like it (U+2F2F for 工)."""
    if "\u2e9f" <= sign <= "\u2fd5":
        from unicodedata import normalize

        return normalize("NFKC", sign)
    return sign
