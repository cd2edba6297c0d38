"""Names that a notice abbreviates itself: 图克镇综合行政执法局（以下简称执法局）."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_BEFORE, _BEHIND = 40, 26
"""The longest full name with its bracket, before the word, and the longest short one with its marks, after it."""


def find_abbreviations(text: str, offices: Offices) -> dict[str, str]:
    """Short name → the full name it means, for the offices that a text abbreviates.

    The full name has the characters of the short one, in the same order. It begins at the first of them, or where a
    name begins that the rules know.
    """
    found: dict[str, str] = {}
    shortened = offices.shortened
    if not any(last in text for last in shortened.lasts):
        return found
    for word in shortened.words.finditer(text):
        match = shortened.brackets.search(text, max(0, word.start() - _BEFORE), word.end() + _BEHIND)
        if match is None:
            continue
        words, short = match.groups()
        starts = [start for start in range(len(words) - len(short)) if words[start] not in shortened.before]
        ends = [words[start:] for start in starts if _holds(words[start:], short)]
        full = next((end for end in ends if end[0] == short[0] and offices.looks_like_office(end)), None)
        full = full or next((end for end in ends if offices.known(end)), None)
        if full is not None:
            found.setdefault(short, full)
    return found


def _holds(full: str, short: str) -> bool:
    characters = iter(full)
    return all(char in characters for char in short)
