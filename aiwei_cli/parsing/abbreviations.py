"""Names that a notice abbreviates itself: 图克镇综合行政执法局（以下简称执法局）."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiwei_cli.language.patterns import pattern

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_SHORT = pattern(
    r"([^\s，。；：、（）()《》“”]{3,40})[（(](?:以下|下)(?:统?简称|统称)[:：]?"
    r"[“\"「]?([^，。；、（）()”\"」\s]{2,20})[”\"」]?[）)]"
)
_WORD = pattern("[（(]以?下(?:统?简|统)称")
_BEFORE = "由对向在与和及经请将把让给从被为以按"
"""What may stand before a name and is no part of it."""


def find(text: str, offices: Offices) -> dict[str, str]:
    """Short name → the full name it stands for, for the offices that a text abbreviates.

    The full name holds the characters of the short one in their order. It begins where the first of them stands, or
    where a name begins that the rules know.
    """
    found: dict[str, str] = {}
    if "称" not in text:
        return found
    for word in _WORD.finditer(text):
        match = _SHORT.search(text, max(0, word.start() - 40), word.end() + 26)
        if match is None:
            continue
        words, short = match.groups()
        starts = [start for start in range(len(words) - len(short)) if words[start] not in _BEFORE]
        ends = [words[start:] for start in starts if _holds(words[start:], short)]
        full = next((end for end in ends if end[0] == short[0] and offices.looks_like_office(end)), None)
        full = full or next((end for end in ends if offices.known(end)), None)
        if full is not None:
            found.setdefault(short, full)
    return found


def _holds(full: str, short: str) -> bool:
    characters = iter(full)
    return all(char in characters for char in short)
