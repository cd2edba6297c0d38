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
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.document import Content
from aiwei_cli.reading.pages.layout import content
from aiwei_cli.reading.pages.model import Grid
from aiwei_cli.reading.pdf_pages import INSTALL
from aiwei_cli.reading.pdf_pages import pages as read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aiwei_cli.compiled import Rules
    from aiwei_cli.reading.pages.model import Page

_PICTURE = "是扫描的图片，里面没有文字；请先用带文字识别（OCR）的软件转成 .docx 或带文字层的 PDF"
_BLANK = "每一页都是空白的，没有文字；请确认选对了文件"


def text(data: bytes, budget: Budget | None = None, rules: Rules | None = None) -> Content:
    """The text of a PDF without page numbers and repeated headers; pages are its places. Raises ReadError."""
    if find_spec("pypdfium2") is None:
        raise ReadError(f"读 PDF 要先装上 pypdfium2，请运行 {INSTALL}")
    budget = budget or Budget(source=len(data))
    pages = read(data, budget)
    words = list(_words(pages))
    signs = sum(map(len, words))
    pictures = sum(page.picture for page in pages)
    if pictures and signs <= 2 * len(pages):
        raise ReadError(_PICTURE)
    if not signs:
        raise ReadError(_BLANK)
    if sum(_is_private(sign) for each in words for sign in each) > 0.3 * signs:
        raise ReadError(
            "PDF 里的字体没有标明文字，读出来是乱码；请用带文字识别（OCR）的软件转成 .docx，或向发文单位要原文件"
        )
    return content(pages, rules, budget)


def _words(pages: Sequence[Page]) -> Iterator[str]:
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Grid):
                yield from (line.words for cell in block.cells for line in cell)
            else:
                yield block.words


def _is_private(sign: str) -> bool:
    return "\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" or sign >= "\U000f0000"
