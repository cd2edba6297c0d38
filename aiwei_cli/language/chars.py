"""The signs of a notice: brackets, colons, stops, dashes and blanks, of every shape that people type or mix.

Each list is written here and nowhere else; patterns are made of them by :func:`one_of`.
"""

from __future__ import annotations

import re

SPACE = r"[^\S\n]"
"""One white space inside a line, in a pattern."""
BLANKS = " \t\u3000\u00a0\u2002\u2003\u2009\r"
"""The blanks that are set between words of one line."""

OPENING, CLOSING = "（(〔［[【", "）)〕］]】"
"""The brackets that open and close, of every shape that notices mix."""
BRACKETS = OPENING, CLOSING
ANGLES = "〈<", "〉>"
"""What is typed for brackets now and then."""
QUOTES = "“‘「『", "”’」』"
OPENS, CLOSES = (signs + angles + quotes for signs, angles, quotes in zip(BRACKETS, ANGLES, QUOTES, strict=True))
"""Whatever opens and closes among names: brackets, what is typed for them, quotation marks."""
ROUND = "（(", "）)"
"""The brackets of a remark: （试行）."""
BOXES = "【"
"""What opens the box of a label: 【责任单位】."""

COLONS = "：:∶"
PAUSE = "、"
"""What is between the names of a list."""
COMMA = "，,"
COMMAS = COMMA + PAUSE
SEMICOLONS = "；;"
SEPARATORS = COMMAS + SEMICOLONS + "。" + "：:"
"""What is between the parts of a clause."""
LISTED = COMMAS + SEMICOLONS + "。/／"
"""What is between the names of a list."""
SENTENCE_ENDS = "。！？!?"
PART_ENDS = SENTENCE_ENDS + SEMICOLONS
"""What ends a sentence, or a part of one."""
PERIODS = "．."
DASHES = "—–－-"
RANGES = DASHES + "~～至到"
"""What is between the two ends of a range: 2021—2025."""

FIGURES = "0123456789０１２３４５６７８９"
"""Digits of both widths."""
FIGURE = "0-9０-９"
"""The same in a class of a pattern."""
HAN = "一-鿿"
"""The letters of Chinese, in a class of a pattern."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CIRCLED = "①-⑳"
"""The first twenty numbers in circles, in a class of a pattern."""

COMMON = (
    "，。、：；（）《》“”　的一和在有以年月中大人不为為国國会會发發产產业業关關于於门門单單责責任务務实實"
    "行政府工作管理建设設开開展民地区區全加强強各"
)
"""The commonest characters of notices, simplified and traditional, and their punctuation."""

_HALF = str.maketrans("０１２３４５６７８９／．", "0123456789/.")
_ROUNDED = str.maketrans("()〔〕［］[]〈〉【】", "（）（）（）（）（）（）", "\u200b\ufeff")
_UNROUNDED = frozenset(map(chr, _ROUNDED))
BETWEEN_PLACES = "（）、"
"""What is between the kinds of places in 各县（市、区）, and without which it means the same."""
_WITHOUT = str.maketrans("", "", BETWEEN_PLACES)
_LOOSE = frozenset(map(chr, _WITHOUT))


def one_of(signs: str) -> str:
    """A class of a pattern.

    >>> one_of("[]-")
    '[\\\\[\\\\]\\\\-]'
    """
    return f"[{re.escape(signs)}]"


def half_width(words: str) -> str:
    """Digits, points and slashes at half width.

    >>> half_width("１２／３．")
    '12/3.'
    """
    return words.translate(_HALF)


def rounded(words: str) -> str:
    """Brackets of any shape as the round ones of full width; what has no width is dropped.

    >>> rounded("各县[市〈区〉]")
    '各县（市（区））'
    """
    # To look first is a tenth of the work, and most words have nothing to be made round.
    return words if _UNROUNDED.isdisjoint(words) else words.translate(_ROUNDED)


def loose(words: str) -> str:
    """Names of several places by their characters alone: 各县（市、区） and 各县市区 are one."""
    return words if _LOOSE.isdisjoint(words) else words.translate(_WITHOUT)


def clipped(words: str, most: int) -> str:
    """Words of which no more than so many characters are shown.

    >>> clipped("整治户厕和旅游厕所", 4)
    '整治户厕……'
    """
    return words if len(words) <= most else f"{words[:most]}……"
