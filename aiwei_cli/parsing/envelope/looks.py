"""The lines of a head or a tail, and who signs above a date: GB/T 9704-2012, 7.3."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from aiwei_cli.records import NamedTuple


class WordLine(NamedTuple):
    """A line with words, without the blanks around them."""

    text: str
    start: int
    end: int


def word_lines(text: str, start: int, end: int) -> list[WordLine]:
    """The lines of ``text[start:end]`` that have words."""
    found = []
    for line in text[start:end].split("\n"):
        words = line.strip()
        if words:
            at = start + len(line) - len(line.lstrip())
            found.append(WordLine(words, at, at + len(words)))
        start += len(line) + 1
    return found


def next_annex(words: str) -> bool:
    """Whether a line goes on with the list of annexes, 2.…"""
    return words[0].isdecimal() and re.match(r"\d{1,2}[.．、]", words) is not None


def signed(
    found: Sequence[WordLine], at: int, date: re.Match[str], signs: Callable[[int], bool]
) -> tuple[int, tuple[str, ...], int]:
    """Who signs above line ``at``, which ends in a date, and in that line: the first line, the names, and the offset
    after them.

    ``date`` is what :meth:`Words.dated` found there; ``signs`` says of a line above whether it may be one of the names.
    In no known notice do more than six sign on separate lines.
    """
    first = at
    while at - first < 6 and signs(first - 1):
        first -= 1
    names = [line.text for line in found[first:at]]
    if date["who"]:
        return first, (*names, date["who"]), found[at].start + len(date["who"])
    return first, tuple(names), found[at - 1].end
