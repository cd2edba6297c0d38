"""The brackets of a text: the outermost ones of each paragraph, whatever their shape."""

from __future__ import annotations

from collections.abc import Sequence

from aiwei_cli.language.chars import CLOSING, OPENING, ROUND, one_of
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.signs import around, pairs
from aiwei_cli.notice.model import Span
from aiwei_cli.records import NamedTuple

_BRACKET = pattern(one_of(OPENING + CLOSING + "\n"))
_LONGEST = 600
"""Where line breaks are lost, halves further apart belong to two brackets."""
_DEEPEST = 4
"""How deep brackets may nest where shapes are compared."""
_SHAPES = {sign: shape for shape, signs in enumerate(("".join(ROUND), "〔［[〕］]", "【】")) for sign in signs}
"""Which brackets are of one shape: the round ones, the square ones, the boxes."""


class Halves(NamedTuple):
    """Brackets that have lost their other half, by where they are."""

    opening: list[int]
    closing: list[int]


_NONE = Halves([], [])


def brackets(text: str) -> list[Span]:
    """The outermost brackets of each paragraph, whatever their shape; one that is never closed is passed over.

    >>> brackets("各县（市（区））政府（未完\\n（完）")
    [(2, 8), (14, 17)]
    """
    return outermost(text, *pairs(text))[0]


def outermost(text: str, opened: Sequence[Span], closing: int) -> tuple[list[Span], Halves]:
    """The outermost brackets, by what :func:`pairs` says; and those that have no other half.

    >>> outermost("（甲\\n（乙）丙）", [(0, -1), (3, 5)], 2)
    ([(3, 6)], Halves(opening=[0], closing=[7]))
    """
    shallow: list[Span] = []
    behind = inside = 0
    for i, (at, close) in enumerate(opened):
        if at >= behind:
            end = (close if close >= 0 else around(text, opened, i)) + 1
            if 0 < end - at < _LONGEST:
                shallow.append((at, end))
                behind = end
        inside += at < behind
    if inside == len(opened) == closing:
        return shallow, _NONE
    pairs, lost = _paired(text)
    found: list[Span] = []
    for start, end in sorted(pairs):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found, lost


def _paired(text: str) -> tuple[list[Span], Halves]:
    """The brackets by where they close, and the halves."""
    found: list[Span] = []
    opened: list[int] = []
    lost = Halves([], [])
    for match in _BRACKET.finditer(text):
        at = match.start()
        char = text[at]
        if char in OPENING:
            opened.append(at)
        elif char == "\n":
            lost.opening.extend(opened)
            opened.clear()
        elif opened and at - opened[-1] < _LONGEST:
            alike = [begin for begin in opened[-_DEEPEST:] if _SHAPES[text[begin]] == _SHAPES[char]]
            if alike and at - alike[-1] < _LONGEST:  # 〔各县（市、区政府〕: the inner one is never closed
                while opened[-1] != alike[-1]:
                    lost.opening.append(opened.pop())
            found.append((opened.pop(), at + 1))
        else:
            lost.closing.append(at)
    lost.opening.extend(opened)
    lost.opening.sort()
    return found, lost
