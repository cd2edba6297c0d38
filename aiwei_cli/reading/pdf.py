"""PDF files, by pypdfium2 (the extra ``aiwei[pdf]``): a line of text for each paragraph, or for each printed line.

A PDF holds characters with places, in whatever order its writer drew them: digits after the Chinese around them, a
heading twice to make it bold. So the lines are put together from the characters' places, not from their order; and
where first lines are indented, paragraphs from the lines. Where they are not, the printed lines are left for the
parser, which can tell a paragraph by its number.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from aiwei_cli.errors import ReadError
from aiwei_cli.language.chars import FIGURE
from aiwei_cli.language.numerals import NUMERALS, ORDINAL
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.document import PICTURE, Content, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_PAGES = 3000
_INSTALL = "pip install 'aiwei[pdf]'"
_PICTURE = "是扫描的图片，里面没有文字；请先用带文字识别（OCR）的软件转成 .docx 或带文字层的 PDF"
_PAGE_NUMBER = re.compile(
    r"[—－–_·.\-\s]*(?:第?\s*[0-9０-９]{1,4}\s*页?(?:\s*[,，/／]?\s*(?:of\s*)?(?:共\s*)?[0-9０-９]{1,4}\s*页?)?"
    r"|page\s*[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?|[ivxlIVXL]{1,6})[—－–_·.\-\s]*",
    re.I,
)
_ITEM_NUMBER = re.compile(r"[0-9０-９]{1,4}\s*[.．、]")
"""The number of an item that stands alone on its line: no page number has a dot behind it only."""
_NUMBERED = re.compile(rf"[（(]?[{FIGURE}{NUMERALS}]{{1,4}}[）)、．.]|{ORDINAL}")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}[：:]")
_ENDS = ("。", "；", "：", "！", "？", ";", ":", "!", "?")
_MARGIN = 0.12
"""The part of the page's height at its top and bottom where headers, footers and page numbers stand."""


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


def text(data: bytes, budget: Budget | None = None) -> Content:
    """The text of a PDF without page numbers and repeated headers; pages are its places. Raises ReadError."""
    from aiwei_cli.reading.pdf_child import pages as in_child

    if find_spec("pypdfium2") is None:
        raise ReadError(f"读 PDF 要先装上 pypdfium2，请运行 {_INSTALL}")
    pages = in_child(data, budget or Budget(source=len(data)))
    signs = sum(len(line.words) for page in pages for line in page.lines)
    if signs <= 2 * len(pages):
        raise ReadError(_PICTURE)
    strange = sum(_is_private(sign) for page in pages for line in page.lines for sign in line.words)
    if strange > 0.3 * signs:
        raise ReadError(
            "PDF 里的字体没有标明文字，读出来是乱码；请用带文字识别（OCR）的软件转成 .docx，或向发文单位要原文件"
        )
    repeated = _repeated(pages)
    column = _Column([line for page in pages for line in page.lines])
    pieces: list[str] = []
    places: list[Place] = []
    margins: list[tuple[int, str]] = []
    length = 0
    before: Line | None = None
    for number, page in enumerate(pages, 1):
        first = True
        if not page.lines:
            margins.append((number, PICTURE))
        for index, line in enumerate(page.lines):
            if _is_margin(page, index, repeated):
                margins.append((number, line.words.strip()))
                continue
            gap = "" if before is None else column.gap(before, line)
            if first:
                places.append(Place(length + len(gap), "page", number))
            pieces.append(gap + line.words)
            length += len(pieces[-1])
            before, first = line, False
    return Content("".join(pieces) + "\n", places=tuple(places), margins=tuple(margins))


class _Column:
    """The edges of the text, and whether an indent tells where a paragraph begins."""

    def __init__(self, lines: Sequence[Line]) -> None:
        lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
        self.left, self.right = lefts[len(lefts) // 10], rights[9 * (len(rights) - 1) // 10]
        self.indented = sum(map(self._is_indented, lines)) >= max(3, 0.1 * len(lines))

    def gap(self, before: Line, line: Line) -> str:
        """What stands between two lines: nothing, or a space between Latin words, where the paragraph goes on."""
        goes_on = (
            self.indented
            and abs(line.left - self.left) < 0.7 * line.size
            and before.left < self.left + 2.7 * before.size
            and not line.words.startswith("　　")
            and self._is_full(before, line)
            and abs(before.size - line.size) < 0.2 * line.size
            and not (before.words.endswith(("。", "；", "：", ".", ";", ":")) and _NUMBERED.match(line.words))
        )
        if not goes_on:
            return "\n"
        return " " if before.words[-1:].isascii() and line.words[:1].isascii() and line.words[:1].isalpha() else ""

    def _is_full(self, before: Line, line: Line) -> bool:
        """Whether a line reaches the right edge, as far as the rules for line breaks let it.

        No line begins with ， or breaks a number, and some are cut after so many characters, wide or narrow: so a line
        that ends in the middle of a sentence may be a good deal shorter.
        """
        room = (self.right - before.right) / before.size
        if room < 1.6:
            return True
        narrow = sum(map(str.isascii, before.words))
        return (
            room < 2.2 + min(0.25 * narrow, 2)
            and not before.words.endswith(_ENDS)
            and not _NUMBERED.match(line.words)
            and not _LABEL.match(line.words)
        )

    def _is_indented(self, line: Line) -> bool:
        blanks = len(line.words) - len(line.words.lstrip("　"))
        return 1.4 < (line.left - self.left) / line.size + blanks < 2.7


def read_pages(data: bytes, letters: int) -> list[Page]:
    """The pages with their lines. Raises ReadError for a file that is encrypted, broken or endless, or has more than
    ``letters`` characters."""
    try:
        pypdfium2: Any = import_module("pypdfium2")
        raw: Any = import_module("pypdfium2.raw")
    except ImportError as error:
        raise ReadError(f"读 PDF 要用的 pypdfium2 打不开（{error}）；请运行 {_INSTALL}") from None
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
    """The box as it stands on the page that a reader sees, with y growing downwards."""
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


def _is_private(sign: str) -> bool:
    return "\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" or sign >= "\U000f0000"


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


def _repeated(pages: Sequence[Page]) -> set[str]:
    """What stands in the margins of many pages, with its digits left open."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_pattern(page.lines[index].words) for index in _outer(page)})
    return {words for words, count in seen.items() if count >= max(2, 0.4 * len(pages))}


def _outer(page: Page) -> list[int]:
    """The two first and two last lines, as far as they stand in the margins."""
    last = len(page.lines)
    nearest = sorted({0, 1, last - 2, last - 1} & set(range(last)))
    return [i for i in nearest if not _MARGIN < page.lines[i].middle / page.height < 1 - _MARGIN]


def _pattern(words: str) -> str:
    return re.sub(r"[0-9０-９]+", "#", "".join(words.split()))


def _is_margin(page: Page, index: int, repeated: set[str]) -> bool:
    """Whether a line is a page number, or a header or footer that repeats."""
    if index not in _outer(page):
        return False
    words = page.lines[index].words
    if _ITEM_NUMBER.fullmatch(words.strip()):
        return False
    return _PAGE_NUMBER.fullmatch(words.strip()) is not None or _pattern(words) in repeated
