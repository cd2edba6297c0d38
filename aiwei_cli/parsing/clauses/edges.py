"""Where the words of a label may begin: after a boundary, and what the letters before its stem are."""

from __future__ import annotations

from aiwei_cli.language.chars import CLOSING, COMMAS, OPENING, PERIODS, SEMICOLONS, SEPARATORS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.sentences import ANNEX
from aiwei_cli.parsing.clauses.meanings import PERSON, Meaning

BOUNDARY = frozenset(OPENING + CLOSING + COMMAS + SEMICOLONS + "。" + PERIODS)
WORDS = (2, 8)
"""Other words before a colon are a label from two to eight letters: 备注 is one, a sentence is not."""
EXTRA = 4
"""The most letters before the stem of a label: 指标牵头单位."""
_ANNEX = pattern(ANNEX)


def is_letter(char: str) -> bool:
    """Whether a sign is of a word: no circled letter or digit."""
    return char.isalpha() and not _is_circled(char)


def is_break(char: str) -> bool:
    """Whether a sign parts words: a blank, or a circled letter or digit."""
    return char.isspace() or _is_circled(char)


def _is_circled(char: str) -> bool:
    return "\u2460" <= char <= "\u24ff"


def at_boundary(words: str, at: int, start: int) -> bool:
    """Whether a word may begin at an offset: at the start, after a sign of the boundary or a blank."""
    return at <= start or words[at - 1] in BOUNDARY or words[at - 1].isspace()


def other_label(words: str, start: int, end: int) -> int | None:
    """Where the two to eight letters that end at ``end`` begin, after a boundary; None where there are others."""
    at = end
    while at > start and is_letter(words[at - 1]):
        at -= 1
    if WORDS[0] <= end - at <= WORDS[1] and (at == 0 or words[at - 1].isspace() or words[at - 1] in BOUNDARY):
        return at
    match = next((m for m in _ANNEX.finditer(words, max(start, end - 8), end) if m.end() == end), None)
    return match.start() if match and at_boundary(words, match.start(), start) else None


def before_label(words: str, start: int, stop: int) -> int:
    """The end of a value before the next label, whose stem may have a few words before it: 指标牵头单位."""
    for i in range(stop, max(start, stop - EXTRA - 1), -1):
        if words[i - 1] in SEPARATORS or words[i - 1].isspace():
            return i
    return stop


def is_inside(words: str, value: int, begin: int, meaning: Meaning | None) -> bool:
    """Whether a label of persons is in brackets after an office: 责任单位：市公安局（责任人：张三）、市财政局."""
    if meaning is None or not meaning.entry.startswith(PERSON):
        return False
    before = words[value:begin]
    depth = sum(map(before.count, OPENING)) - sum(map(before.count, CLOSING))
    return depth > 0 and any(mark in words[begin:] for mark in CLOSING)
