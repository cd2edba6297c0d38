"""The brackets of a text: the outermost ones of each paragraph, whatever their shape."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aiwei_cli.language.chars import CLOSING, OPENING, one_of
from aiwei_cli.language.patterns import pattern
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.view import count, places

_OPEN, _CLOSE = one_of(OPENING), one_of(CLOSING)
_BRACKET = pattern(one_of(OPENING + CLOSING + "\n"))
_WORDS = rf"[^{re.escape(OPENING + CLOSING)}\n]"
# Brackets with at most one level of brackets in them: nearly all there are, and much faster than counting.
_SHALLOW = pattern(rf"{_OPEN}(?:{_WORDS}++|{_OPEN}{_WORDS}*+{_CLOSE})*+{_CLOSE}")


def brackets(text: str) -> list[Span]:
    """The outermost brackets of each paragraph, whatever their shape; one that is never closed is passed over.

    >>> brackets("各县（市（区））政府（未完\\n（完）")
    [(2, 8), (14, 17)]
    """
    return outermost(text, places(text, OPENING), count(text, CLOSING))


def outermost(text: str, openings: Sequence[int], closing: int) -> list[Span]:
    """The same, where it is known where brackets open and how many close."""
    shallow: list[Span] = []
    behind = inside = 0
    for at in openings:
        match = _SHALLOW.match(text, at) if at >= behind else None
        if match is not None:
            shallow.append(match.span())
            behind = match.end()
        inside += at < behind
    if inside == len(openings) or not closing:
        return shallow
    found: list[Span] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        at = match.start()
        char = text[at]
        if char in OPENING:
            opened.append(at)
        elif char == "\n":
            opened.clear()
        elif opened:
            start = opened.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, at + 1))
    return found
