"""The year a notice is about, which completes dates such as 6月底前."""

from __future__ import annotations

from collections.abc import Iterable

from aiwei_cli.language.chars import RANGES, one_of
from aiwei_cli.language.dates import YEAR
from aiwei_cli.language.patterns import pattern

_TO = one_of(RANGES)
_YEAR = pattern(rf"(?<!\d)({YEAR})\s*年")
_YEAR_OF = pattern(rf"(?<!\d)(?<!{_TO})({YEAR})\s*年(?!\s*{_TO})")
_SPAN_OF_YEARS = pattern(rf"(?:19|20)\d\d\s*年?\s*{_TO}+\s*(?:19|20)\d\d\s*年?")
_FOUR_DIGITS = pattern(rf"(?<!第)({YEAR})")


def year_of(titles: Iterable[str | None], numbers: Iterable[str | None]) -> int | None:
    """The first year in a title that is no end of a span of years, else the first in a document number or date.

    >>> year_of(["某县2021—2023年规划2024年要点"], []), year_of([None], ["某发〔2022〕5号"])
    (2024, 2022)
    """
    for title in titles:
        if title and "年" in title:
            spans = any(to in title for to in RANGES)
            match = _YEAR_OF.search(_SPAN_OF_YEARS.sub("", title)) if spans else _YEAR.search(title)
            if match:
                return int(match[1])
    found = (_FOUR_DIGITS.search(number) for number in numbers if number)
    return next((int(match[1]) for match in found if match), None)
