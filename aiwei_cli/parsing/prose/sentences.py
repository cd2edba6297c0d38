"""Sentences: from stop to stop, with what is quoted, in brackets or in a clause blanked out.

Verbs and commas are looked for in the blanked words, names are read from the words themselves: the brackets of
各县（市、区）人民政府 are part of a name, a verb in brackets does not belong to the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from aiwei_cli.language.chars import COLONS, PART_ENDS, ROUND
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.spans import since, until
from aiwei_cli.notice.model import Span
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from aiwei_cli.parsing.outline.numbers import Mark

BLANK = "\0"
CLOSED = PART_ENDS + COLONS + ROUND[1] + "”》"
"""What a line ends in that does not go on in the next."""
_CLOSES = {
    "）": "（", ")": "(", "〕": "〔", "]": "[", "】": "【", "》": "《", "〉": "〈",
    "”": "“", "’": "‘", "」": "「", "』": "『",
}  # fmt: skip
_OPENS = {opening: closing for closing, opening in _CLOSES.items()}
_ANY = pattern('[（）()〔〕\\[\\]【】《》〈〉“”‘’「」『』"]')
_LONGEST = 400
"""No sentence that assigns was seen to be longer."""
_LINE = 25
"""A line of at least this length that ends in mid-sentence goes on in the next one."""


class Sentence(NamedTuple):
    """A sentence of the view."""

    text: str
    masked: str
    """The same length, with ``BLANK`` for what is quoted or in brackets."""


def sentence_around(text: str, at: int, low: int, high: int) -> Span:
    """The sentence around an offset, between two limits: from stop to stop, lines that go on joined."""
    low, high = max(low, at - _LONGEST), min(high, at + _LONGEST)
    start = max(since(stop, text, low, at) for stop in PART_ENDS)
    line = text.rfind("\n", start, at)
    while line != -1 and _goes_on(text, line, start):
        line = text.rfind("\n", start, line)
    start = max(start, line + 1)
    end = min(until(stop, text, at, high) for stop in PART_ENDS)
    line = until("\n", text, at, end)
    while line != end and _goes_on(text, line, start):
        line = until("\n", text, line + 1, end)
    return start, line


def _goes_on(text: str, line: int, low: int) -> bool:
    """Whether the line that ends at ``line`` is cut in mid-sentence."""
    words = text[since("\n", text, low, line) : line].strip()
    return len(words) >= _LINE and words[-1] not in CLOSED


def sentence_at(text: str, start: int, end: int, taken: Iterable[Span]) -> Sentence:
    """The sentence at a span; ``taken`` are the clauses in it."""
    words = text[start:end]
    masked = blank(words) if _ANY.search(words) is not None else words
    for a, b in taken:
        a, b = max(start, a) - start, min(end, b) - start
        masked = masked[:a] + BLANK * (b - a) + masked[b:]
    return Sentence(words, masked)


def blank(words: str) -> str:
    """The words with what is in brackets or quotation marks blanked; what is not closed to the end, what is not opened
    from the beginning."""
    out = list(words)
    stack: list[int] = []
    for match in _ANY.finditer(words):
        at, sign, end = match.start(), match[0], match.end()
        if sign == '"':
            if stack and words[stack[-1]] == '"':
                _fill(out, stack.pop(), end)
            else:
                stack.append(at)
        elif sign in _OPENS:
            stack.append(at)
        elif stack:
            _fill(out, stack.pop(), end)
        else:
            out[:end] = BLANK * end
    if stack:
        _fill(out, stack[0], len(out))
    return "".join(out)


def _fill(out: list[str], start: int, end: int) -> None:
    out[start:end] = BLANK * (end - start)


def in_article(mark: Mark | None) -> bool:
    """Whether a number is an article or under one."""
    while mark is not None:
        if mark.kind.name == "article":
            return True
        mark = mark.parent
    return False
