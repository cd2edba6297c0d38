"""What a line must look like to be a field: GB/T 9704-2012, 7.2 and 7.3.

A pattern is asked only where a character that it cannot do without is there: most lines are none of these, and a
pattern that is never asked is never compiled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from aiwei_cli.language.chars import SPACE
from aiwei_cli.language.dates import BRACKETED_YEAR, DATE, DOTTED, YEAR
from aiwei_cli.language.numerals import NUMERALS
from aiwei_cli.language.patterns import pattern

_CODE = r"[^\W\d_]{1,12}(?:[（(][^\W\d_]{1,4}[）)])?[^\W\d_]{0,3}"
DOCUMENT_NUMBER = rf"{_CODE}{SPACE}*{BRACKETED_YEAR}{SPACE}*(?:第|的)?{SPACE}*\d{{1,5}}{SPACE}*号"
"""发文字号 (7.2.5): the office's code, the year in brackets, the running number."""
ORDER_NUMBER = rf"(?:{YEAR}{SPACE}*年{SPACE}*)?第{SPACE}*(?:\d{{1,5}}|[{NUMERALS}]{{1,7}}){SPACE}*号"
"""The number of an order (令) or an announcement (公告), which follows the name of its kind."""
_DATE_LINE = pattern(rf"^(?P<who>.{{0,40}}?){SPACE}*(?P<date>{DATE}|{DOTTED}){SPACE}*(?:印发|发布)?$")
_ANNEX = pattern(r"附\s*件\s*[:：]")


class Line(NamedTuple):
    """A line with words, without the blanks around them."""

    text: str
    start: int
    end: int


def lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of ``text[start:end]`` that have words."""
    found = []
    for match in re.finditer(r"\S[^\n]*", text[start:end]):
        words, at = match[0].rstrip(), start + match.start()
        found.append(Line(words, at, at + len(words)))
    return found


def dated(words: str) -> re.Match[str] | None:
    """A line that ends in the date, with ``who`` signs before it or nobody."""
    return _DATE_LINE.match(words) if words[-1] in "日发布" or words[-1].isdecimal() else None


def annex_list(words: str) -> str | None:
    """What a line says behind 附件：; None where it does not begin so."""
    match = _ANNEX.match(words) if words[0] == "附" else None
    return words[match.end() :].strip() if match else None


def next_annex(words: str) -> bool:
    """Whether a line goes on with the list of annexes, 2.…"""
    return words[0].isdecimal() and re.match(r"\d{1,2}[.．、]", words) is not None


def signed(
    found: Sequence[Line], at: int, date: re.Match[str], signs: Callable[[int], bool]
) -> tuple[int, tuple[str, ...], int]:
    """Who signs above line ``at``, which ends in a date, and in that line: the first line, the names, and the offset
    behind them.

    ``date`` is what :func:`dated` found there; ``signs`` says of a line above whether it may be one of the names. More
    than six sign on lines of their own in no notice that is known.
    """
    first = at
    while at - first < 6 and signs(first - 1):
        first -= 1
    names = [line.text for line in found[first:at]]
    if date["who"]:
        return first, (*names, date["who"]), found[at].start + len(date["who"])
    return first, tuple(names), found[at - 1].end
