"""Hostile texts of twenty thousand characters, and of two hundred thousand, are read as any other.

No time is measured. A reader whose patterns or loops were quadratic would not come back from these within the minutes
that the guard allows; a linear one needs a fraction of a second for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

SIZES = [20_000, pytest.param(200_000, marks=pytest.mark.long(reason="a second and a half of CPU for each text"))]
GUARD = 60
"""Seconds to wait for each. A linear reader needs about one for the longest."""

REPEATED = {
    "opened": "（",
    "closed": "）",
    "brackets": "（）",
    "nested": "（（）",
    "square": "[［〔",
    "clauses": "（水利局负责）",
    "clauses never closed": "（水利局负责",
    "clauses on lines": "（一）\n（市水利局负责）\n",
    "item numbers": "1.",
    "items": "1.\n",
    "counted items": "",
    "headings": "一、\n",
    "headings in line": "一、",
    "articles": "第一条\n",
    "parts": "第一部分\n",
    "decimals": "1.1\n",
    "dotted digits": "1.1.1.1.",
    "circled": "①",
    "bare numbers": "1 清淤\n2 截污\n",
    "digits": "1",
    "numerals": "一",
    "labels": "责任单位：",
    "labels and offices": "责任单位：水利局\n",
    "labels of every role": "牵头单位：水利局；配合单位：住建局；完成时限：年底前",
    "colons": "：",
    "commas": "、",
    "stops": "。\n",
    "verbs": "负责",
    "verbs in brackets": "（负责",
    "times": "年底前",
    "years": "2023年",
    "months": "6月底前，",
    "dates": "二〇二三年三月一日\n",
    "citations": "《",
    "document numbers": "某政发〔2023〕1号\n",
    "quotes": "“",
    "blanks": " ",
    "ideographic blanks": "\u3000",
    "zero width": "\u200b",
    "lines": "\n",
    "returns": "\r",
    "page marks": "# Page 1:\n",
    "dashes": "— ",
    "tags": "<b ",
    "comments": "<!--",
    "stars": "**",
    "annexes": "附件：1.\n2.\n",
    "copies": "抄送：\n",
    "titles": "关于的通知\n",
    "titles without an end": "关于印发",
    "addressees": "各村，",
    "notes": "（此件公开发布）\n",
    "wrapped lines": "整" * 39 + "\n",
    "rules for all tasks": "各项任务中列首位的为牵头单位。\n",
    "lines printed twice": "整" * 39 + "一\n",
    "long words": "整治",
    "short for": "水利局（以下简称水利局）",
    "below": "（以下均需各市落实，不再列出）\n",
    "first leads": "（水利局、住建局负责，列第一位者为牵头单位，下同）\n",
    "astral": "𠮷",
    "citations that end": "《要点》",
    "notes and labels": "（此件公开）\n责任单位：水利局\n",
}
INSIDE = {
    "list of offices": ("1.（", "市水利局、", "负责）"),
    "list without an end": ("1.（", "市水利局，", ""),
    "list after a label": ("1.责任单位：", "市水利局、", ""),
    "conjunctions": ("1.（水利局", "和水利局", "负责）"),
    "places": ("1.（各市", "、县", "负责）"),
    "others": ("1.（水利局", "等", "负责）"),
    "adverbs": ("1.（水利局", "按职责", "负责）"),
    "names run together": ("1.（", "财政所城管办", "负责）"),
    "verbs in a clause": ("1.（水利局", "牵头负责", "）"),
    "together": ("1.（水利局", "会同", "负责）"),
    "clauses and times of one item": ("1.", "（水利局牵头）6月底前完成。", ""),
    "times of one item": ("1.清淤", "完成时限：6月\n甲。", ""),
    "items with clauses on lines of their own": ("一、清淤\n", "1.截污\n（水利局负责）\n", ""),
    "consulting": ("1.（", "水利局商", "负责）"),
    "digits in brackets": ("1.（", "1", "负责）"),
    "blanks in brackets": ("1.（水利局", " ", "负责）"),
    "lines in brackets": ("1.（水利局\n", "整治\n", "负责）"),
    "blanks before a pipe": ("1.清淤\n", " ", "水利局|"),
    "dash and blanks before a pipe": ("1.清淤\n-", " ", "水利局|"),
    "quotation": ("《", "要点", "》的通知"),
}


def text(name: str, size: int) -> str:
    if name == "counted items":
        return ("".join(f"{n}.清淤（水利局负责）\n" for n in range(1, 999)) * 12)[:size]
    if name in INSIDE:
        first, middle, last = INSIDE[name]
        return first + middle * (size // len(middle)) + last
    return REPEATED[name] * (size // len(REPEATED[name]))


def read(name: str, size: int) -> bool:
    """Whether the text is read and gives itself back. It runs in another process, which can be ended."""
    from aiwei_cli.notice.parts import verify
    from aiwei_cli.parsing import parse

    notice = parse(text(name, size))
    notice.to_dict()
    return verify(notice).ok


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.end()


class Reader:
    """A process that reads the texts; one that hangs is ended and followed by another."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.pool = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))

    def end(self) -> None:
        workers = list((self.pool._processes or {}).values())
        self.pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()

    def reads(self, name: str, size: int) -> bool:
        try:
            return self.pool.submit(read, name, size).result(GUARD)
        except TimeoutError:
            self.end()
            self.start()
            raise


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [*REPEATED, *INSIDE])
def test_a_hostile_text_is_read(name: str, size: int, reader: Reader) -> None:
    assert reader.reads(name, size)
