"""Lines of Chinese text: where a paragraph may be cut so that it fits a width (GB/T 15834-2011, 5.1.1 to 5.1.8).

No line begins with a stop or a closing mark, none ends with an opening one, and no number or Latin word is cut where it
fits on a line.
"""

from __future__ import annotations

from collections.abc import Callable

from aiwei_cli.language.chars import ANGLES, CLOSING, COLONS, COMMAS, OPENING, QUOTES, SEMICOLONS, SENTENCE_ENDS

_NEVER_FIRST = frozenset(CLOSING + QUOTES[1] + ANGLES[1] + COLONS + COMMAS + SEMICOLONS + SENTENCE_ENDS + "》…—％%℃·～")
_NEVER_LAST = frozenset(OPENING + QUOTES[0] + ANGLES[0] + "《")


def breaks(text: str, width: int, width_of: Callable[[str], int]) -> list[int]:
    """Where the lines after the first begin; ``width_of`` tells how wide a character is. Line feeds stay, and are not
    among the places.

    >>> breaks("甲乙，丙丁。", 4, lambda sign: 2)
    [1, 3, 4]
    """
    found: list[int] = []
    start, used = 0, 0
    at = 0
    while at < len(text):
        if text[at] == "\n":
            at += 1
            start, used = at, 0
            continue
        wide = width_of(text[at])
        if used + wide > width and at > start:
            start = _cut(text, start, at)
            found.append(start)
            at, used = start, 0
            continue
        used += wide
        at += 1
    return found


def _cut(text: str, start: int, end: int) -> int:
    """Where the line from ``start`` ends, which has room up to ``end``: there or a little before."""
    least = start + max((end - start) // 2, 1)
    for at in range(end, least - 1, -1):
        before, after = text[at - 1], text[at]
        together = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        if after not in _NEVER_FIRST and before not in _NEVER_LAST and not together:
            return at
    return end
