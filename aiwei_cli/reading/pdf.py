"""PDF files, by pypdfium2 (the extra ``aiwei[pdf]``): a line of text for each paragraph, or for each printed line.

A PDF holds characters with places, in whatever order its writer drew them: digits after the Chinese around them, a
heading twice to make it bold. So the lines are put together from the characters' places, not from their order; and
where first lines are indented, paragraphs from the lines. Where they are not, the printed lines are left for the
parser, which can tell a paragraph by its number.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from aiwei_cli.errors import ReadError
from aiwei_cli.reading import ocr
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.document import Content
from aiwei_cli.reading.pages.layout import page_content
from aiwei_cli.reading.pages.model import Grid
from aiwei_cli.reading.pdf_pages import INSTALL
from aiwei_cli.reading.pdf_pages import pages as read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aiwei_cli.compiled import Rules
    from aiwei_cli.reading.pages.model import Page

_PICTURE = "是扫描的图片，里面没有文字；{}，或用别的文字识别（OCR）软件转成 .docx 或带文字层的 PDF"
_GARBLED = "PDF 里的字体没有标明文字，读出来是乱码；{}，或用别的文字识别（OCR）软件转成 .docx，或向发文单位要原文件"
_BLANK = "每一页都是空白的，没有文字；请确认选对了文件"


def text(data: bytes, budget: Budget, rules: Rules | None = None) -> Content:
    """The text of a PDF without page numbers and repeated headers; pages are its places. Raises ReadError."""
    if find_spec("pypdfium2") is None:
        raise ReadError(f"读 PDF 要先装上 pypdfium2，请运行 {INSTALL}")
    pages, recognised = _recognised(read(data, budget), data, budget)
    signs = sum(map(len, _words(pages)))
    if any(page.picture for page in pages) and signs <= 2 * len(pages):
        missing = ocr.cure(budget)
        raise ReadError(_PICTURE.format(missing) if missing else f"是扫描的图片，{ocr.NO_WORDS}")
    if not signs:
        raise ReadError(_BLANK)
    if _is_garbled(pages):
        raise ReadError(_GARBLED.format(ocr.cure(budget) or "文字识别也没有读出来"))
    return page_content(pages, rules, budget)._replace(recognised=tuple(number + 1 for number in recognised))


def _recognised(pages: list[Page], data: bytes, budget: Budget) -> tuple[list[Page], list[int]]:
    """The pages, those that have no words to read as they are recognised where that can be, and which these are."""
    pictures = [number for number, page in enumerate(pages) if page.picture or _is_garbled([page])]
    if not pictures or ocr.cure(budget):
        return pages, []
    # A photo without words stays a picture, and is told as one.
    found = {number: page for number, page in ocr.recognised(data, pictures, budget).items() if page.blocks}
    return [found.get(number, page) for number, page in enumerate(pages)], list(found)


def _words(pages: Sequence[Page]) -> Iterator[str]:
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Grid):
                yield from (line.words for cell in block.cells for line in cell)
            else:
                yield block.words


def _is_garbled(pages: Sequence[Page]) -> bool:
    """Whether most fonts of these pages do not say which characters their signs are."""
    words = "".join(_words(pages))
    return sum(map(_is_private, words)) > 0.3 * len(words)


def _is_private(sign: str) -> bool:
    return "\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" or sign >= "\U000f0000"
