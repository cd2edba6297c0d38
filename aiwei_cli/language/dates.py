"""Dates and deadlines: what a notice writes, and the day it means.

>>> iso("二〇二三年三月五日"), due("6月底前", 2023), due("2023年第三季度", None), due("长期坚持", 2023)
('2023-03-05', '2023-06-30', '2023-09-30', None)
"""

from __future__ import annotations

import re

from aiwei_cli.language import numerals
from aiwei_cli.language.numerals import DIGITS, ONES, WEEKDAYS, ZEROS_OF_YEARS
from aiwei_cli.language.patterns import pattern

_S = r"\s*"
_ZERO = dict.fromkeys(map(ord, ZEROS_OF_YEARS), "〇")
_CHINESE = ZEROS_OF_YEARS + ONES
# \d is a digit of any width: ２０２４年５月 is written on many a Chinese keyboard.
YEAR = r"(?:[1１][9９]|[2２][0０])\d{2}"
MONTH = r"[01０１]?\d"
DAY = r"[0-3０-３]?\d"
DATE = (
    rf"{YEAR}{_S}年{_S}{MONTH}{_S}月{_S}{DAY}{_S}日"
    rf"|[二一][{_CHINESE}]{{3}}年[元正{DIGITS}]{{1,2}}月[{DIGITS}]{{1,3}}日"
)
"""成文日期, in Arabic (7.3.5.4) or, before 2012, in Chinese numerals."""
DATE_END = "日"
"""What all of them end in."""

DOTTED = rf"{YEAR}[.．/-]{MONTH}[.．/-]{DAY}(?!\d)"
"""成文日期 as some write it, 2024.3.1: a date where it is alone on a line."""

YEAR_BRACKETS = "[〔［\\[（(【﹝]", "[〕］\\]）)】﹞]"
"""What is typed around the year in a 发文字号, which should be 〔〕."""
BRACKETED_YEAR = rf"{YEAR_BRACKETS[0]}\s*{YEAR}\s*{YEAR_BRACKETS[1]}"
"""The year in a 发文字号."""

_MONTH_IN_WORDS = rf"(?<![{DIGITS}几数])(?:十[一二]?|[{ONES}])"
"""一月 to 十二月; not the last sign of 二十月 or 几月."""
QUARTER = f"第?[{ONES[:4]}]季度"
_FEASTS = {
    "元旦": (1, 1),
    "三八": (3, 8),
    "妇女节": (3, 8),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "七一": (7, 1),
    "建党节": (7, 1),
    "八一": (8, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
}
"""Feasts that have a day of the calendar. 春节, 端午 and 中秋 move with the moon; no notice writes their day."""

_YEAR = rf"(?:(?P<year>{YEAR}|二[〇○零][{_CHINESE}]{{2}}){_S}年?|(?P<relative>今年|本年度?|明年|次年|当年))?度?{_S}"
# Another time than the year's last day follows: 春节前, 秋季学期, 全国两会召开前.
_OTHERWISE = (
    rf"(?:年度?)?+{_S}[“\"‘「]?(?:[春夏秋冬]|主?汛|[寒暑]假|第?[一二上下]学期"
    rf"|[^，,。；;、\d]{{1,12}}(?<![底末之以内])前(?![期列沿提景端置]))"
)
_DUE = pattern(
    rf"{_YEAR}(?:(?P<month>{MONTH}|{_MONTH_IN_WORDS}){_S}月{_S}(?:份)?"
    rf"(?:(?P<day>{DAY}){_S}[日号]|(?P<third>[上中下])旬)?"
    rf"|第?(?P<quarter>[{ONES[:4]}1-4１-４])季度|(?P<half>[上下])半年|(?P<yearend>(?<=年)[底末终内]|年[底末终内])"
    rf"|[“\"‘「]?(?P<feast>{'|'.join(_FEASTS)})[”\"’」]?节?[”\"’」]?(?=[以之]?前(?![后夕]))"
    r")"
    rf"|(?P<dotyear>{YEAR})[./-](?P<dotmonth>{MONTH})(?:[./-](?P<dotday>{DAY}))?(?!\d)"
    rf"|(?P<only>{YEAR})(?!{_OTHERWISE}){_S}年?度?"
)
_HINTS = frozenset("月季半年前1１2２")
"""Each of these times holds one of these; most words that are asked about hold none."""
_AROUND = pattern(r"[于在至到截自从起止以之前内底末初完成办结实现建落到位见效期间每启动—\-~～，、,。\s]*$")
_FROM = pattern(rf"[底末初]?{_S}(?:起(?![草步])|开始|启动|以来|[以之]?后)")
"""After a time: it is the first day and not the last one, 2026年3月起, 2026年3月启动."""
# Without its time: a stage and what is done by then, 4月底前摸底, 8月底前完成并持续更新, 5日前报县府办. An office ends
# otherwise, unless it is reported to.
_TASK = pattern(
    r"\s?(?:力争|确保)?[于在]?\s?[底末]?[以之]?前(?:全面|全部|基本)?"
    r"(?:(?:[上呈]?报[送告]?|提交|移交|反馈|送交?)[^\W\d_]{0,12}"
    r"|(?:(?:完成|落实|建成|实施|实现|取得|达到|形成|建立|出台|印发|制定|投入|启动)[^\W\d_]{0,10}|[^\W\d_]{1,10})"
    r"(?<![局委部厅办室院所站中心会府司处科股队镇乡道村区县市省校社团责头合与同助]))$"
)
_BARE = pattern(rf"{_S}[以之]?前(?![期述])")
_HOUR = r"(?:[上下中]午|晚上?)?(?:\d{1,2}(?:[:：]\d\d|[时点])|下班)"
OFTEN = (
    rf"每个?(?:(?P<month>月)(?:(?P<day>\d{{1,2}})[日号]|月?[底末])|(?P<quarter>季度?)[底末]|(?P<half>半年)[底末]?"
    rf"|(?P<week>周)(?P<weekday>[{WEEKDAYS}])(?:{_HOUR})?|(?P<daily>[日天]){_HOUR}"
    r"|(?P<year>年度?)(?:(?P<of>\d{1,2})月(?:(?P<date>\d{1,2})[日号]|[底末])|年?[底末]))"
)
"""A time that comes back: 每月5日, 每季度末, 每年3月底, 每日17:00."""
_OFTEN = pattern(rf"于?{OFTEN}")
_EVERY = pattern(r"每[^，,。；;]{0,12}$")
"""Before a time: it comes back and is no single day, 每年3月底前."""
_SAID = rf"{YEAR}|二[〇○零][{_CHINESE}]{{2}}"
IN_TEXT = pattern(
    rf"(?:(?<![\d./-]){YEAR}[./-]{MONTH}[./-]{DAY}|(?:(?:{_SAID}){_S}年|今年|本年|明年|次年)年?度?{_S}[底末]|(?:(?:{_SAID}){_S}年|今年|本年|明年|次年|当年|每年?)?{_S}"
    rf"(?:(?:(?<!\d){MONTH}|{_MONTH_IN_WORDS}){_S}月"
    rf"{_S}(?:份|底|末|{DAY}{_S}[日号])?|{QUARTER}(?:底|末)?"
    rf"|(?<![\d{_CHINESE}])(?<!当)年{_S}[底末]|[上下]半年(?:底|末)?))"
    rf"{_S}(?:以|之)?前(?=[^\d期]|$)"
)
"""A time in running text by which something is to be done: it ends in 前."""


def is_time(words: str) -> bool:
    """Whether words are nothing but a time, 2023年6月底前完成: the name of an office may hold a year too."""
    if "每" in words[:2]:
        often = _OFTEN.match(words)
        if often is not None:
            rest = words[often.end() :]
            return _AROUND.match(rest) is not None or _TASK.match(rest if "前" in rest[:2] else f"前{rest}") is not None
    if len(words) > 24 or _HINTS.isdisjoint(words) or "〔" in words:  # 国发〔2020〕15号
        return False
    if _DUE.search(words) is None:
        return False
    rest = _DUE.sub("", words)
    return _AROUND.match(rest) is not None or _TASK.match(rest) is not None


def iso(written: str) -> str | None:
    """The date in ``YYYY-MM-DD``; None where there is no such day."""
    words = "".join(written.split())
    digits = [int(part) for part in re.findall(r"\d+", words)]
    if len(digits) < 3:
        parts = re.split("[年月日]", words)
        if len(parts) < 3:
            return None
        digits = [_number(part) for part in parts[:3]]
    year, month, day = digits[:3]
    if not (1 <= month <= 12 and 1 <= day <= _days(year, month)):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def _days(year: int, month: int) -> int:
    """How many days a month has. The standard library knows too, but importing its calendar takes longer than reading a
    notice."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _number(words: str) -> int:
    """A number in digits or in Chinese numerals; 元 and 正 are the first month."""
    if words in ("元", "正"):
        return 1
    return int(words) if words.isdecimal() else numerals.value(words.translate(_ZERO))


def due(written: str, year: int | None) -> str | None:
    """The last day that ``written`` allows; ``year`` is the notice's, for words that name none. None for no date."""
    found = each(written, year)
    return found[-1][2] if found else None


def each(written: str, year: int | None) -> list[tuple[int, int, str]]:
    """All last days in ``written`` with the places of their words."""
    days: list[tuple[int, int, str]] = []
    if _HINTS.isdisjoint(written):
        return days
    for match in _DUE.finditer(written):
        found = _last_day(match, year)
        if found:
            year = _number(match["year"] or found[:4])
            start, end = match.span()
            if not _FROM.match(written, end) and not _EVERY.search(written, max(0, start - 13), start):
                days.append((start, end, found))
    return days


def _last_day(match: re.Match[str], notice_year: int | None) -> str | None:
    group = match.groupdict()
    if group["dotyear"]:
        return _end(int(group["dotyear"]), int(group["dotmonth"]), int(group["dotday"] or 0))
    if group["only"]:
        return f"{int(group['only']):04}-12-31"
    year = _number(group["year"]) if group["year"] else notice_year
    if year is None:
        return None
    if not group["year"] and group["relative"] in ("明年", "次年"):
        year += 1
    if group["month"]:
        day = {"上": 10, "中": 20, "下": 0}[group["third"]] if group["third"] else int(group["day"] or 0)
        month = _number(group["month"])
        if not group["day"] and not group["third"] and _BARE.match(match.string, match.end()):
            year, month = (year, month - 1) if month != 1 else (year - 1, 12)  # 8月前: up to the last day of July
        return _end(year, month, day)
    if group["quarter"]:
        return _end(year, _number(group["quarter"]) * 3, 0)
    if group["feast"]:
        # 元旦前 without a year may be this year's or the next.
        known = group["year"] or group["relative"] or group["feast"] != "元旦"
        return _end(year, *_FEASTS[group["feast"]]) if known else None
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
