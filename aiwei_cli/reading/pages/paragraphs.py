"""Which printed lines are one paragraph, and what is in the margins of the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from aiwei_cli.language.chars import FIGURE
from aiwei_cli.language.numerals import NUMERALS, ORDINAL
from aiwei_cli.reading.pages.model import Line, Page

_PAGE_NUMBER = re.compile(
    r"[—－–_·.\-\s]*(?:第?\s*[0-9０-９]{1,4}\s*页?(?:\s*[,，/／]?\s*(?:of\s*)?(?:共\s*)?[0-9０-９]{1,4}\s*页?)?"
    r"|page\s*[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?|[ivxlIVXL]{1,6})[—－–_·.\-\s]*",
    re.I,
)
_ITEM_NUMBER = re.compile(r"[0-9０-９]{1,4}\s*[.．、]")
"""The number of an item that is alone on its line: a page number never has just a dot after it."""
NUMBERED = re.compile(rf"[（(]?[{FIGURE}{NUMERALS}]{{1,4}}[）)、．.](?![{FIGURE}])|[①-⑳]|{ORDINAL}")
"""How an item begins; 2.5 is a number."""
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}[：:]")
_ENDS = ("。", "；", "：", "！", "？", ";", ":", "!", "?")
_MARGIN = 0.12
"""The part of the page's height at its top and bottom where headers, footers and page numbers are."""


class TextColumn:
    """The edges of the text, and whether an indent tells where a paragraph begins."""

    def __init__(self, lines: Sequence[Line]) -> None:
        lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
        self.left = lefts[len(lefts) // 10] if lefts else 0.0
        self.right = rights[9 * (len(rights) - 1) // 10] if rights else 0.0
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
            and not (before.words.endswith(("。", "；", "：", ".", ";", ":")) and NUMBERED.match(line.words))
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
            and not NUMBERED.match(line.words)
            and not _LABEL.match(line.words)
        )

    def _is_indented(self, line: Line) -> bool:
        blanks = len(line.words) - len(line.words.lstrip("　"))
        return 1.4 < (line.left - self.left) / line.size + blanks < 2.7


def repeated(pages: Sequence[Page]) -> set[str]:
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


def is_margin(page: Page, index: int, often: set[str]) -> bool:
    """Whether a line is a page number, or a header or footer that repeats."""
    if index not in _outer(page):
        return False
    words = page.lines[index].words
    if _ITEM_NUMBER.fullmatch(words.strip()):
        return False
    return _PAGE_NUMBER.fullmatch(words.strip()) is not None or _pattern(words) in often
