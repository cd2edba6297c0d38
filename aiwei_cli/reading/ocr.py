"""Pages that are pictures, read by recognising their signs (the extra ``aiwei[ocr]``: rapidocr with onnxruntime).

A page takes seconds, so each one adds the time of a file to the budget, and is told as it comes.
"""

from __future__ import annotations

import struct
from importlib.util import find_spec
from typing import TYPE_CHECKING

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.native import ask
from aiwei_cli.reading.pages.layout import page_content
from aiwei_cli.reading.pages.model import Page, unflat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiwei_cli.compiled import Rules
    from aiwei_cli.reading.budget import Budget
    from aiwei_cli.reading.document import Content

INSTALL = "pip install 'aiwei[ocr]'"
PAGE = struct.Struct("<I")
"""Before the bytes of a file: which of its pages is to be recognised; the first is 0."""
MOST_PAGES = 300
"""Of one file. More of them would take half an hour."""
NO_WORDS = "识别不出文字，可能不是公文，或太模糊；请换清楚的扫描件（每英寸 200 点以上），或向发文单位要原文件"


def cure(budget: Budget) -> str:
    """What a person does about a picture of text that is not recognised; empty where it is."""
    if not budget.limits.ocr:
        return "去掉 --no-ocr 可以识别"
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return f"要识别请先运行 {INSTALL}"
    return ""


def recognised(data: bytes, numbers: Sequence[int], budget: Budget) -> dict[int, Page]:
    """These pages of a PDF or a picture (the first is 0). Raises ReadError."""
    if len(numbers) > MOST_PAGES:
        raise ReadError(f"有 {len(numbers)} 页是图片，识别要很久，一次最多 {MOST_PAGES} 页；请拆成几个文件再试")
    found = {}
    for done, number in enumerate(numbers):
        budget.limits.pages(done, len(numbers))
        budget.more()
        found[number] = unflat(ask("ocr", PAGE.pack(number) + data, budget)[1])
    budget.limits.pages(len(numbers), len(numbers))
    return found


def text(data: bytes, budget: Budget, rules: Rules | None = None) -> Content:
    """The text of a picture (.png, .jpg, .tif). Raises ReadError."""
    missing = cure(budget)
    if missing:
        raise ReadError(f"是图片，里面没有文字；{missing}，或用别的文字识别（OCR）软件转成 .docx 或 .txt")
    budget.more()
    count, first = ask("ocr", PAGE.pack(0) + data, budget)
    pages = [unflat(first)]
    if count > 1:
        rest = recognised(data, range(1, count), budget)
        pages += [rest[number] for number in range(1, count)]
    if not any(page.blocks for page in pages):
        raise ReadError(f"是图片，{NO_WORDS}")
    return page_content(pages, rules, budget)._replace(recognised=tuple(range(1, count + 1)))
