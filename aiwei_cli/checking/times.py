"""By when: dates that cannot be, that are past, out of order, missing or vague."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

from aiwei_cli.checking.case import Case, two_thirds
from aiwei_cli.checking.example import ADDRESSED, SIGNED
from aiwei_cli.checking.rule import Breach, rule
from aiwei_cli.compiled import Rules
from aiwei_cli.language import wording
from aiwei_cli.language.patterns import either
from aiwei_cli.notice.model import Node

_HEAD = f"甲县人民政府办公室关于做好2024年防汛工作的通知\n{ADDRESSED}"

_DAY = re.compile(wording.DAY)
_DAY_ALONE = re.compile(r"月\s*\d{1,2}\s*日")
_LONG = 40
"""The most characters of a date with its year."""
_WEEKDAY = re.compile(wording.DAY_OF_WEEK)
_BEFORE = re.compile(wording.BEFORE)
_LABELLED = re.compile(wording.LABELLED)
_ANY_TIME = re.compile(wording.ANY_TIME)
_NAMES_DAYS = re.compile(wording.NAMES_DAYS)
_WEEKDAYS = wording.WEEK


def _text(body: str) -> str:
    return _HEAD + body + SIGNED


def _last(match: re.Match[str]) -> str:
    year, month = int(match["year"]), int(match["month"] or 12)
    if not 1 <= month <= 12:
        return ""
    last = monthrange(year, month)[1]
    return f"{year}-{month:02}-{min(int(match['day'] or last), last):02}"


def _issued(case: Case) -> str | None:
    """The day of the notice; of a date without a day the first one that it can be."""
    if case.notice.date:
        return case.notice.date
    lines = [m for one in case.paragraphs if (m := re.fullmatch(r"(\d{4})年(\d{1,2})月", one.bare))]
    return f"{lines[0][1]}-{int(lines[0][2]):02}-01" if lines else None


def _year(case: Case) -> int | None:
    """The year of dates that name none: a notice of 2018 may be about the holidays of 2019."""
    issued = _issued(case)
    return case.notice.year or (int(issued[:4]) if issued else None)


@rule(
    "W001",
    "deadline-before-date",
    "error",
    "完成时限早于成文日期",
    why="通知印发时时限已经过了，多半是年份没有改。",
    source="实践",
    bad=_text("1.修路。2023年10月底前铺好路面。\n2.清淤。清好沟渠。\n"),
    good=_text("1.修路。2024年10月底前铺好2000年底前建成的路面。\n2.清淤。清好沟渠。\n"),
)
def deadline_before_date(case: Case) -> Iterator[Breach]:
    issued = _issued(case)
    if issued is None:
        return
    for node in case.own_nodes:
        start, end = case.own_text(node)
        for pattern in (_BEFORE, _LABELLED) if "年" in case.text[start:end] else ():
            for match in pattern.finditer(case.text, start, end):
                day = _last(match)
                if day and day < issued and not case.quoted(match.start()):
                    yield Breach(match.span(), f"“{match[0]}”早于通知的日期 {issued}")


@rule(
    "W002",
    "milestone-order",
    "warning",
    "后一步的时限早于前一步",
    why="同一事项里，后面的步骤应当不早于前面的步骤。",
    source="实践",
    bad=_text("1.修路。8月20日前完成勘查，8月10日前完成审批。\n2.清淤。清好沟渠。\n"),
    good=_text("1.修路。8月10日前完成勘查，8月20日前完成审批。\n2.清淤。清好沟渠。\n"),
)
def milestone_order(case: Case) -> Iterator[Breach]:
    for node in case.own_nodes:
        start, end = case.own_text(node)
        times = sorted(
            (time for time in node.deadlines if time.date and not time.inherited and start <= time.span[0] < end),
            key=lambda time: time.span,
        )
        for one, other in pairwise(times):
            between = case.text[one.span[1] : other.span[0]]
            if other.date and one.date and other.date < one.date and "。" not in between and "；" not in between:
                yield Breach(other.span, f"“{other.written}”早于前一步的“{one.written}”")


@rule(
    "W003",
    "impossible-date",
    "error",
    "没有这一天",
    why="日历上没有这一天。",
    source="实践",
    bad=_text("1.修路。9月31日前铺好路面。\n2.清淤。清好沟渠。\n"),
    good=_text("1.修路。2月29日前铺好路面。\n2.清淤。清好沟渠。\n"),
)
def impossible_date(case: Case) -> Iterator[Breach]:
    for end in [match.end() for match in _DAY_ALONE.finditer(case.text)]:
        near = _DAY.finditer(case.text, max(0, end - _LONG), end)
        match = next((match for match in near if match.end() == end), None)
        if match is None:
            continue
        month, day = int(match["month"]), int(match["day"])
        year = int(match["year"]) if match["year"] else _year(case)
        longest = monthrange(year or 2024, month)[1] if 1 <= month <= 12 else 0
        if not 1 <= day <= longest:
            yield Breach(match.span(), f"没有“{match[0]}”这一天")


@rule(
    "W004",
    "weekday",
    "error",
    "星期与日期不符",
    why="写了日期又写星期，两者要相符。",
    source="实践",
    bad=_text("1.修路。3月20日（星期五）前铺好路面。\n2.清淤。清好沟渠。\n"),
    good=_text("1.修路。3月20日（星期三）前铺好路面。\n2.清淤。清好沟渠。\n"),
)
def weekday(case: Case) -> Iterator[Breach]:
    for match in _WEEKDAY.finditer(case.text) if _NAMES_DAYS.search(case.text) else ():
        year = int(match["year"]) if match["year"] else _year(case)
        if year is None:
            continue
        try:
            right = _WEEKDAYS[date(year, int(match["month"]), int(match["day"])).weekday()]
        except ValueError:
            continue
        if match["weekday"].replace("天", "日") != right:
            yield Breach(match.span("weekday"), f"{year}年{match['month']}月{match['day']}日是星期{right}")


@rule(
    "W005",
    "vague-time",
    "hint",
    "时限含糊",
    why="“尽快”“适时”“近期”无从督办，能写日期的写日期。",
    source="实践",
    bad=_text("1.修路。尽快铺好路面。\n2.清淤。清好沟渠。\n"),
    good=_text("1.修路。4月底前铺好路面。\n2.清淤。清好沟渠。\n"),
)
def vague_time(case: Case) -> Iterator[Breach]:
    for node in case.own_nodes:
        for match in _vague(case.rules).finditer(case.text, *case.own_text(node)):
            if not case.quoted(match.start()):
                yield Breach(match.span(), f"“{match[0]}”没有说到哪一天")


@lru_cache(maxsize=8)
def _vague(rules: Rules) -> re.Pattern[str]:
    return re.compile(f"(?:{either(rules.data['checks']['vague'])})(?![的以来年目规])")


@rule(
    "W006",
    "no-deadline",
    "warning",
    "这一项没有完成时限，同层的其他项有",
    why="同一层的多数事项写明了时限，这一项没有写，多半是漏了。",
    source="实践",
    bad=_text("1.修路。4月底前铺好路面。\n2.清淤。清好沟渠。\n3.植树。5月底前种好行道树。\n"),
    good=_text("1.修路。4月底前铺好路面。\n2.清淤。5月底前清好沟渠。\n3.植树。6月底前种好行道树。\n"),
)
def no_deadline(case: Case) -> Iterator[Breach]:
    for leaves in case.leaf_families:
        having = [_has_time(case, node) for node in leaves]
        for node, has in zip(leaves, having, strict=True):
            if not has and two_thirds(sum(having), len(leaves) - 1):
                yield Breach(case.mark(node), "同层的其他事项写明了时限，这一项没有")


def _has_time(case: Case, node: Node) -> bool:
    start, end = case.own_text(node)
    words = case.text[start:end] if not node.deadlines else ""
    return bool(node.deadlines) or (("前" in words or "时限" in words) and _ANY_TIME.search(words) is not None)
