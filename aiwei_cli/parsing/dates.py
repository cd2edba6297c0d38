"""Dates and deadlines: what a notice writes, and the day it means.

>>> iso("二〇二三年三月五日"), due("6月底前", 2023), due("2023年第三季度", None), due("长期坚持", 2023)
('2023-03-05', '2023-06-30', '2023-09-30', None)
"""

from __future__ import annotations

import re

from aiwei_cli.patterns import pattern

_S = r"\s*"
_CHINESE = "〇○零O０0ОＯ一二三四五六七八九"
DATE = (
    rf"(?:19|20)[0-9]{{2}}{_S}年{_S}[01]?[0-9]{_S}月{_S}[0-3]?[0-9]{_S}日"
    rf"|[二一][{_CHINESE}]{{3}}年[元正一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十]{{1,3}}日"
)
"""成文日期, in Arabic (7.3.5.4) or, before 2012, in Chinese numerals."""

DOTTED = r"(?:19|20)[0-9]{2}[.．/-][01]?[0-9][.．/-][0-3]?[0-9](?![0-9])"
"""成文日期 as some write it, 2024.3.1: a date where it stands on a line of its own."""

BRACKETED_YEAR = r"[〔［\[（(【﹝]\s*(?:19|20)[0-9]{2}\s*[〕］\]）)】﹞]"
"""The year in a 发文字号."""

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = rf"(?:(?P<year>(?:19|20)[0-9]{{2}}){_S}年?|(?P<relative>今年|本年度?|明年|次年|当年))?度?{_S}"
_DUE = pattern(
    rf"{_YEAR}(?:(?P<month>[01]?[0-9]){_S}月{_S}(?:份)?(?:(?P<day>[0-3]?[0-9]){_S}[日号]|(?P<third>[上中下])旬)?"
    r"|第?(?P<quarter>[一二三四1234])季度|(?P<half>[上下])半年|(?P<yearend>(?<=年)[底末终内]|年[底末终内]))"
    rf"|(?P<dotyear>(?:19|20)[0-9]{{2}})[./-](?P<dotmonth>[01]?[0-9])(?:[./-](?P<dotday>[0-3]?[0-9]))?(?![0-9])"
    rf"|(?P<only>(?:19|20)[0-9]{{2}}){_S}年度?"
)
_AROUND = pattern(r"[于在至到截自从起止以之前内底末初完成办结实现建落到位见效期间每—\-~～，、,。\s]*$")
IN_TEXT = pattern(
    rf"(?:(?:(?:19|20)[0-9]{{2}}){_S}年|今年|本年|明年|当年)?{_S}"
    rf"(?:[01]?[0-9]{_S}月{_S}(?:底|末|[0-3]?[0-9]{_S}[日号])|第?[一二三四]季度(?:底|末)?|(?<![0-9])(?<!当)年{_S}[底末]|[上下]半年(?:底|末)?)"
    rf"(?:以|之)?前(?=[^\d期]|$)"
)
"""A time in running text by which something is to be done: it ends in 前."""


def is_time(words: str) -> bool:
    """Whether words are nothing but a time, 2023年6月底前完成: the name of an office may hold a year too."""
    return len(words) <= 24 and _DUE.search(words) is not None and _AROUND.match(_DUE.sub("", words)) is not None


def iso(written: str) -> str | None:
    """The date in ``YYYY-MM-DD``; None where there is no such day."""
    words = "".join(written.split())
    digits = [int(part) for part in re.findall(r"[0-9]+", words)]
    if len(digits) < 3:
        parts = re.split("[年月日]", words)
        if len(parts) < 3:
            return None
        digits = [_year(parts[0]), _small(parts[1]), _small(parts[2])]
    year, month, day = digits[:3]
    if not (1 <= month <= 12 and 1 <= day <= _days(year, month)):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def _days(year: int, month: int) -> int:
    """How many days a month has. The standard library knows, but its calendar takes longer to import than a notice to
    read."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _year(words: str) -> int:
    return int("".join(str("一二三四五六七八九".find(c) + 1) for c in words))


def _small(words: str) -> int:
    """A Chinese numeral up to 99; 元 and 正 are the first month."""
    if words in ("元", "正"):
        return 1
    tens, _, ones = words.rpartition("十")
    digit = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
    if "十" in words:
        return (digit.get(tens, 1)) * 10 + digit.get(ones, 0)
    return digit.get(words, 0)


def due(written: str, year: int | None) -> str | None:
    """The last day that ``written`` allows; ``year`` is the notice's, for words that name none. None for no date."""
    last = None
    for match in _DUE.finditer(written):
        found = _last_day(match, year)
        if found:
            last = found
            year = int(found[:4])
    return last


def _last_day(match: re.Match[str], notice_year: int | None) -> str | None:
    group = match.groupdict()
    if group["dotyear"]:
        return _end(int(group["dotyear"]), int(group["dotmonth"]), int(group["dotday"] or 0))
    if group["only"]:
        return f"{group['only']}-12-31"
    year = int(group["year"]) if group["year"] else notice_year
    if year is None:
        return None
    if not group["year"] and group["relative"] in ("明年", "次年"):
        year += 1
    if group["month"]:
        day = {"上": 10, "中": 20, "下": 0}[group["third"]] if group["third"] else int(group["day"] or 0)
        return _end(year, int(group["month"]), day)
    if group["quarter"]:
        return _end(year, _QUARTERS[group["quarter"]] * 3, 0)
    if group["half"]:
        return _end(year, 6 if group["half"] == "上" else 12, 0)
    return f"{year:04}-12-31"


def _end(year: int, month: int, day: int) -> str | None:
    if not 1 <= month <= 12:
        return None
    longest = _days(year, month)
    if day > longest:
        return None
    return f"{year:04}-{month:02}-{day or longest:02}"
