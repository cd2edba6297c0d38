"""Spans of time as people ask for them: 2024-06, 2024Q2, 本月, 下周, 7天内."""

from __future__ import annotations

import re
from datetime import date, timedelta

from aiwei_cli.errors import UsageError
from aiwei_cli.language.chars import half_width
from aiwei_cli.language.numerals import value

_NUMBER = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(\d{4})年?"
_WITHIN = re.compile(rf"(?:未来|今后)?{_NUMBER}[天日](?:之?内|以内)")
_MONTH = re.compile(rf"{_YEAR}(?:-|/|\.)?(\d{{1,2}})月?(?:份)?")
_QUARTER = re.compile(rf"{_YEAR}(?:-?[Qq](\d)|第?([一二三四1-4])季度?)")
_HALF = re.compile(rf"{_YEAR}(上|下)半年")
_DAYS = {"昨天": -1, "今天": 0, "今日": 0, "明天": 1, "后天": 2}
_YEARS = {"去年": -1, "今年": 0, "本年": 0, "本年度": 0, "明年": 1}
_SHIFTS = {"上": -1, "本": 0, "这": 0, "下": 1}
_RELATIVE = re.compile(r"(上|本|这|下)个?(周|星期|月|季度|季)(?:内|份)?")

Period = tuple[str, str]
"""The first day and the last."""


def period(written: str, today: str) -> Period:
    """The days that the words mean, the last one included. Raises UsageError for words that mean none.

    >>> [period(words, "2024-06-12") for words in ("2024Q2", "下周", "7天内")]
    [('2024-04-01', '2024-06-30'), ('2024-06-17', '2024-06-23'), ('2024-06-12', '2024-06-19')]
    """
    words = half_width("".join(written.split()))
    try:
        found = _named(words, date.fromisoformat(today)) or _span(words)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise UsageError(
            f"“{written}”不是一段时间；请写成 2024-06、2024Q2、2024、本周、下周、本月、下月、本季度、7天内，"
            "或 2024-06-01~2024-06-15"
        )
    return found[0].isoformat(), found[1].isoformat()


def _named(words: str, today: date) -> tuple[date, date] | None:
    if words in _DAYS:
        day = today + timedelta(days=_DAYS[words])
        return day, day
    if words in _YEARS:
        year = today.year + _YEARS[words]
        return date(year, 1, 1), date(year, 12, 31)
    if within := _WITHIN.fullmatch(words):
        days = int(within[1]) if within[1].isdecimal() else value(within[1])
        return today, today + timedelta(days=days)
    if not (relative := _RELATIVE.fullmatch(words)):
        return None
    shift, unit = _SHIFTS[relative[1]], relative[2]
    if unit in ("周", "星期"):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
        return monday, monday + timedelta(days=6)
    if unit == "月":
        return _months(today.year * 12 + today.month - 1 + shift, 1)
    return _months(today.year * 12 + (today.month - 1) // 3 * 3 + 3 * shift, 3)


def _span(words: str) -> tuple[date, date] | None:
    first, sign, last = words.partition("~")
    if not sign:
        first, sign, last = words.partition("..")
    if not sign:
        first, sign, last = words.partition("至")
    if sign:
        one, other = _span(first), _span(last)
        return (one[0], other[1]) if one and other and one[0] <= other[1] else None
    if quarter := _QUARTER.fullmatch(words):
        number = int(quarter[2]) if quarter[2] else int(quarter[3]) if quarter[3].isdecimal() else value(quarter[3])
        return _months(int(quarter[1]) * 12 + 3 * (number - 1), 3) if 1 <= number <= 4 else None
    if half := _HALF.fullmatch(words):
        return _months(int(half[1]) * 12 + (0 if half[2] == "上" else 6), 6)
    if re.fullmatch(_YEAR, words):
        return date(int(words[:4]), 1, 1), date(int(words[:4]), 12, 31)
    if (month := _MONTH.fullmatch(words)) and 1 <= int(month[2]) <= 12:
        return _months(int(month[1]) * 12 + int(month[2]) - 1, 1)
    from aiwei_cli.query.asked import read_date

    try:
        day = date.fromisoformat(read_date(words))
    except UsageError:
        return None
    return day, day


def _months(first: int, count: int) -> tuple[date, date]:
    """So many months on end, counted from the year 0."""
    begin, end = date(first // 12, first % 12 + 1, 1), first + count
    return begin, date(end // 12, end % 12 + 1, 1) - timedelta(days=1)
