"""PDF files, by pypdfium2 (the extra ``aiwei[pdf]``): a line of text for each paragraph, or for each printed line.

A PDF holds characters with places, in whatever order its writer drew them: digits after the Chinese around them, a
heading twice to make it bold. So the lines are put together from the characters' places, not from their order; and
where first lines are indented, paragraphs from the lines. Where they are not, the printed lines are left for the
parser, which can tell a paragraph by its number.
"""

from __future__ import annotations

import re
from collections import Counter
from importlib.util import find_spec
from typing import TYPE_CHECKING

from aiwei_cli.errors import ReadError
from aiwei_cli.language.chars import FIGURE
from aiwei_cli.language.numerals import NUMERALS, ORDINAL
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.document import PICTURE, Content, Place
from aiwei_cli.reading.pdf_pages import INSTALL, Line, Page
from aiwei_cli.reading.pdf_pages import pages as read

if TYPE_CHECKING:
    from collections.abc import Sequence

_PICTURE = "是扫描的图片，里面没有文字；请先用带文字识别（OCR）的软件转成 .docx 或带文字层的 PDF"
_PAGE_NUMBER = re.compile(
    r"[—－–_·.\-\s]*(?:第?\s*[0-9０-９]{1,4}\s*页?(?:\s*[,，/／]?\s*(?:of\s*)?(?:共\s*)?[0-9０-９]{1,4}\s*页?)?"
    r"|page\s*[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?|[ivxlIVXL]{1,6})[—－–_·.\-\s]*",
    re.I,
)
_ITEM_NUMBER = re.compile(r"[0-9０-９]{1,4}\s*[.．、]")
"""The number of an item that is alone on its line: a page number never has just a dot after it."""
_NUMBERED = re.compile(rf"[（(]?[{FIGURE}{NUMERALS}]{{1,4}}[）)、．.]|{ORDINAL}")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}[：:]")
_ENDS = ("。", "；", "：", "！", "？", ";", ":", "!", "?")
_MARGIN = 0.12
"""The part of the page's height at its top and bottom where headers, footers and page numbers are."""


def text(data: bytes, budget: Budget | None = None) -> Content:
    """The text of a PDF without page numbers and repeated headers; pages are its places. Raises ReadError."""
    if find_spec("pypdfium2") is None:
        raise ReadError(f"读 PDF 要先装上 pypdfium2，请运行 {INSTALL}")
    pages = read(data, budget or Budget(source=len(data)))
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
        """What is between two lines: nothing, or a space between Latin words, where the paragraph goes on."""
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


def _is_private(sign: str) -> bool:
    return "\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" or sign >= "\U000f0000"


def _repeated(pages: Sequence[Page]) -> set[str]:
    """What is in the margins of many pages, with its digits left open."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_pattern(page.lines[index].words) for index in _outer(page)})
    return {words for words, count in seen.items() if count >= max(2, 0.4 * len(pages))}


def _outer(page: Page) -> list[int]:
    """The two first and two last lines, as far as they are in the margins."""
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
