"""Times by which something is to be done, in running text, and several of them in one field.

>>> [words for *_, words, date in in_text("分别于6月20日、12月10日前报送。到2025年底，全部通水。", 2024, None)]
['6月20日', '12月10日前', '2025年底']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from aiwei_cli.language import dates
from aiwei_cli.language.chars import RANGES, one_of
from aiwei_cli.language.numerals import WEEKDAYS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.signs import occurrences

_SIGNS = "前底末"
_BEFORE_BY = frozenset("月日号份底末度年以之")
"""A time before 前 ends in one of these, a digit or a blank: not 目前, 提前."""
_NEAR = 24
"""The most characters of a time with its year and a few blanks in it."""
_END = pattern(
    rf"(?:(?:{dates.YEAR}\s*年|今年|本年|明年)度?|(?:(?:{dates.YEAR}\s*年|今年|本年|明年)\s*)?"
    rf"(?:(?<!\d){dates.MONTH}\s*月|{dates.QUARTER}|[上下]半年)|(?<=到)年)\s*[底末]$"
)
_BY = pattern(r"(?:(?<![止截从直])到|力争)\s*$")
_DONE = pattern(
    r"\s*[，,]?\s*(?:前?[，,])?\s*(?:要|须|应)?(?:全面|全部|基本|如期|力争|确保)?(?:完成|建成|实现|达到|建立|办结)"
)
_ALREADY = pattern(r"已经?[在于]?\s*$")
"""Before a time: it is over, 已在12月20日前完成验收."""
_ATTRIBUTE = pattern(r"[^\W\d_]{1,3}的")
"""After a time it says which ones and not what to do: 2000年底前建成的小区."""
_LISTED = pattern(
    rf"(?:{dates.YEAR}\s*年\s*)?(?<!\d){dates.MONTH}\s*月\s*(?:底|末|{dates.DAY}\s*[日号])\s*前?\s*[、和及与]\s*$"
)
_RANGE = pattern(rf"[底末初份年日号中旬起]{{0,3}}\s*{one_of(RANGES)}+\s*$")
_OFTEN_BEFORE = pattern(rf"{dates.OFTEN}[以之]?前$")
_OFTEN_END = pattern(rf"{dates.OFTEN}$")
_WEEKDAYS = dict(zip(WEEKDAYS, ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))
_SOME_YEAR = 2000
"""Where no year is known it only matters where the times are."""
_BETWEEN = " \t\u3000\n，,、；;。和及与并"


def in_text(text: str, year: int | None, date: str | None) -> Iterator[tuple[int, int, str, str | None]]:
    """The times in running text: start, end, words and date. ``year`` and ``date`` are the notice's: what was over by
    then and names its year is no time by which anything is to be done."""
    behind = 0
    for at in occurrences(text, _SIGNS):
        stop = at + 1
        found = _before(text, stop) if text[at] == "前" else _at_end(text, stop)
        if found is None or _ATTRIBUTE.match(text, stop) or _ALREADY.search(text, max(0, found - 4), found):
            continue
        spans = [(found, stop)]
        while listed := _LISTED.search(text, max(0, found - _NEAR), found):
            spans.insert(0, (listed.start(), listed.start() + len(listed[0].rstrip().rstrip("、和及与").rstrip())))
            found = listed.start()
        spans = [span for span in spans if span[0] >= behind]
        behind = stop
        for start, end in spans:
            words = "".join(text[start:end].split())
            day = dates.due(words, year)
            if not _is_over(words, day, year, date):
                yield start, end, words, day


def _often(form: re.Pattern[str], text: str, stop: int) -> re.Match[str] | None:
    """A time that comes back, before ``stop``."""
    near = max(0, stop - _NEAR)
    return form.search(text, near, stop) if text.find("每", near, stop) >= 0 else None


def _before(text: str, stop: int) -> int | None:
    """Where a time begins that ends in 前."""
    often = _often(_OFTEN_BEFORE, text, stop)
    if often:
        return often.start()
    sign = text[stop - 2 : stop - 1]
    if sign not in _BEFORE_BY and not sign.isspace() and not sign.isdecimal():
        return None
    near = dates.IN_TEXT.finditer(text, max(0, stop - _NEAR), min(stop + 1, len(text)))
    return next((time.start() for time in near if time.end() == stop), None)


def _at_end(text: str, stop: int) -> int | None:
    """Where a time begins that ends in 底: it counts after 到, or where the task follows."""
    if text[stop : stop + 8].lstrip().startswith(("前", "以前", "之前")):
        return None
    often = _often(_OFTEN_END, text, stop)
    if often:
        return often.start()
    found = _END.search(text, max(0, stop - _NEAR), stop)
    if found is None:
        return None
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    return start if _BY.search(text, max(0, start - 4), start) or _DONE.match(text, stop) else None


def _is_over(words: str, day: str | None, year: int | None, date: str | None) -> bool:
    if day is None or not re.match(dates.YEAR, words):
        return False
    return day < date if date else year is not None and int(day[:4]) < year


def several(words: str, year: int | None) -> list[tuple[int, int, str | None]]:
    """The times of one field, start, end and date: 5月底前完成初稿，10月底前完成演练 are two.

    A field with one time, or with none, is all of it one.
    """
    cuts: list[int] = []
    found = dates.each(words, year or _SOME_YEAR)
    for (start, end, _), (following, _, _) in pairwise(found):
        if not _RANGE.match(words, end, following) and start < following:
            cuts.append(following)
    if not cuts:
        return [(0, len(words), dates.due(words, year))]
    pieces = []
    for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True):
        piece = words[a:b].rstrip(_BETWEEN)
        day = next((day for start, _, day in reversed(found) if a <= start < b), None)
        day = day if year is not None else dates.due(piece, None)
        pieces.append((a, a + len(piece), day))
    return pieces


def recurs(words: str, date: str | None = None) -> str | None:
    """The RRULE of a time that comes back and so has no date.

    >>> recurs("每月5日前"), recurs("每年3月底前"), recurs("长期坚持")
    ('FREQ=MONTHLY;BYMONTHDAY=5', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1', None)
    """
    match = pattern(dates.OFTEN).search(words) if date is None and "每" in words else None
    if match is None:
        return None
    if match["month"]:
        return f"FREQ=MONTHLY;BYMONTHDAY={int(match['day']) if match['day'] else -1}"
    if match["daily"]:
        return "FREQ=DAILY"
    if match["week"]:
        return f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[match['weekday']]}"
    if match["quarter"]:
        return "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"
    if match["half"]:
        return "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"
    day = int(match["date"]) if match["date"] else -1
    return f"FREQ=YEARLY;BYMONTH={int(match['of'] or 12)};BYMONTHDAY={day}"
