"""Chinese numerals: which signs they are, what they count, and what a number at the start of a line looks like."""

from __future__ import annotations

import re

from aiwei_cli.language.chars import CIRCLED, FIGURE, SPACE
from aiwei_cli.language.patterns import pattern

ONES = "一二三四五六七八九"
ZEROS = "零〇○"
"""○ is a circle that is typed for 〇."""
ZEROS_OF_YEARS = ZEROS + "O０0Ｏ" + "О"
"""In a year letters and digits are typed for 〇 too; the last is Cyrillic."""
DIGITS = ONES + "十"
"""What a small numeral is made of: a month, a day."""
NUMERALS = ZEROS + DIGITS + "百"
LARGE = NUMERALS + "千"
NUMERAL = f"[{NUMERALS}]{{1,5}}"
"""A numeral, in a pattern."""
UNITS = "编篇章节条"
"""What an order counts: 第一章."""
WEEKDAYS = ONES[:6] + "日天"

ONE_OF = f"[{NUMERALS}]"
"""One sign of a numeral, in a pattern."""
BRACKETED = rf"[（(〔]\s*{ONE_OF}{{1,4}}\s*[）)〕]"
HEADING = rf"{ONE_OF}{{1,4}}[ \u3000]?[、．.]"
ITEM = rf"[{FIGURE}]{{1,3}}[ \u3000]?[.．、]{{1,2}}(?![{FIGURE}])"
PAREN = rf"[（(][{FIGURE}]{{1,3}}[）)]"
ORDINAL = rf"第{ONE_OF}{{1,5}}[{UNITS}]"
LEADING = f"(?:{BRACKETED}|{HEADING}|{ITEM}|{PAREN}|{ORDINAL}|[{CIRCLED}])"
"""What a number at the start of a line looks like, in a pattern. Which of them are numbers of the outline is for
``rules/numbering.yaml`` to say; this is for lines that are joined or taken apart before it is asked."""

COUNT = f"[{FIGURE}]{{1,3}}"
"""A number in digits, in a pattern."""
COUNTED = f"[{FIGURE}]{{1,"
"""How a pattern of such a number begins, however many digits it may have."""
_RANGE = pattern("(?s:.(?:-.)?)")

_VALUES = {**dict.fromkeys(ZEROS, 0), **{sign: value for value, sign in enumerate(ONES, 1)}}
_TENS = {"百": 100, "十": 10}


def value(words: str) -> int:
    """What a numeral counts, in words or digit by digit; other signs count nothing.

    >>> [value(words) for words in ("十", "二十一", "一百零三", "二〇二四", "第三")]
    [10, 21, 103, 2024, 3]
    """
    total = unit = 0
    for sign in words:
        if sign in _TENS:
            total += max(unit, 1) * _TENS[sign]
            unit = 0
        elif sign in _VALUES:
            unit = unit * 10 + _VALUES[sign]
    return total + unit


def counted(number: str, kind: str) -> int:
    """What a number counts: 12 for 十二、, （12）, １２． and ⑫; the last part of 1.12.

    >>> [counted("二十一、", "chinese"), counted("（３）", "digit"), counted("②", "circled")]
    [21, 3, 2]
    """
    if kind == "circled":
        import unicodedata

        return int(unicodedata.numeric(number[0]))
    number = number.partition("之")[0]  # 第二条之一 comes after 第二条 and before 第三条
    digits = re.findall(rf"[{FIGURE}]+", number)
    return int(digits[-1]) if digits else value(number)


def filled_in(form: str) -> str:
    """A pattern of ``rules/numbering.yaml`` with its placeholders filled in."""
    return form.replace("{n}", NUMERAL).replace("{d}", COUNT).replace("{s}", f"{SPACE}*")


def signs_in(begins: str | None) -> frozenset[str] | None:
    """Signs that may be written as ranges, ①-⑳, or as a placeholder."""
    if begins is None:
        return None
    begins = begins.replace("{n}", NUMERALS).replace("{d}", FIGURE)
    if "-" not in begins:
        return frozenset(begins)
    return frozenset(
        chr(code) for match in _RANGE.finditer(begins) for code in range(ord(match[0][0]), ord(match[0][-1]) + 1)
    )
