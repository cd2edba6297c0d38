"""Names of offices: written in two ways, short before it is defined, no longer there, or persons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from aiwei_cli.checking.case import Case
from aiwei_cli.checking.example import in_notice
from aiwei_cli.checking.rule import Breach, rule
from aiwei_cli.compiled import Rules
from aiwei_cli.language.chars import HAN
from aiwei_cli.language.patterns import either
from aiwei_cli.notice.model import Span
from aiwei_cli.records import NamedTuple

_SHORT = re.compile(r"[（(](?:以下|下)(?:统?简称|统称)\s*[:：]?\s*(?P<mark>[“\"「])(?P<short>[^”\"」\n]{2,20})[”\"」]")
_BEFORE = re.compile(f"[{HAN}]{{2,40}}$")
_LEVELS = "省市县区州旗镇乡"
_COLLECTIVE = re.compile("各|有关|相关|等")


class _Short(NamedTuple):
    short: str
    full: str
    span: Span
    """Of the short name where it is defined."""
    end: int


def _shorts(case: Case) -> list[_Short]:
    return case.once("short names", lambda: list(_find_shorts(case.text)))


def _find_shorts(text: str) -> Iterator[_Short]:
    for match in _SHORT.finditer(text) if "称" in text else ():
        full = _BEFORE.search(text, max(0, match.start() - 40), match.start())
        if full is not None:
            yield _Short(match["short"], full[0], match.span("short"), match.end())


@rule(
    "D101",
    "two-names",
    "warning",
    "一个单位前后写法不一",
    why="同一个单位前面写全称，后面写另一种简称，又没有说明“以下简称”。",
    source="党政机关公文处理工作条例 第十九条",
    bad=in_notice("1.修路。（县住房城乡建设局负责）\n2.划线。（县住房城乡建设局负责）\n3.清淤。（县住建局负责）\n"),
    good=in_notice("1.修路。（县住建局负责）\n2.划线。（县住建局负责）\n3.清淤。（县住建局负责）\n"),
)
def two_names(case: Case) -> Iterator[Breach]:
    defined = {one.short for one in _shorts(case)}
    duties = [duty for node in case.own_nodes for duty in node.own_duties]
    uses: dict[str, Counter[str]] = {}
    places = {duty.written: duty.span for duty in reversed(duties)}
    firsts: dict[str, Span] = {}
    for (name, office), count in Counter([(duty.written, duty.office) for duty in duties]).items():
        written = _without_level(case, name)
        if written and not _COLLECTIVE.search(written) and name not in defined:
            uses.setdefault(_without_level(case, office), Counter())[written] += count
            firsts.setdefault(written, places[name])
    _join_shortened(uses)
    for forms in uses.values():
        if len(forms) < 2:
            continue
        usual = max(forms, key=lambda name: (forms[name], len(name)))
        for name in sorted(set(forms) - {usual}, key=lambda name: firsts[name]):
            yield Breach(firsts[name], f"这里写“{name}”，别处写“{usual}”")


def _without_level(case: Case, name: str) -> str:
    """A name without its level and its brackets: lists share a level, 县发改局、财政局; 市场监管局 has none."""
    name = "".join(name.split())
    if name.endswith(("）", ")")) or "（" in name or "(" in name:
        name = re.sub(r"[（(][^（()）]*[）)]", "", name)
    return name[1:] if name[:1] in _LEVELS and case.offices.known(name[1:]) else name


def _join_shortened(uses: dict[str, Counter[str]]) -> None:
    """镇农业办 is 镇农业农村办公室 where no rule knows either: its signs in their order, with the same first two."""
    names = sorted(uses, key=len)
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(name[:2], []).append(name)
    for short in names:
        longer = [
            name
            for name in alike[short[:2]]
            if len(name) > len(short) >= 3 and _holds(name, short) and _kind(name, short)
        ]
        if len(longer) == 1 and short in uses and longer[0] in uses:
            uses[longer[0]].update(uses.pop(short))


def _kind(name: str, short: str) -> bool:
    return name[-1] == short[-1] or (short[-1] == "办" and name.endswith("办公室"))


def _holds(full: str, short: str) -> bool:
    signs = iter(full)
    return all(sign in signs for sign in short)


@rule(
    "D102",
    "short-before-defined",
    "warning",
    "简称用在说明之前",
    why="先写全称并说明“以下简称”，后面才用简称。",
    source="党政机关公文处理工作条例 第十九条",
    bad=in_notice("1.修路。由县安委会督办。\n2.清淤。成立县安全生产委员会（以下简称“县安委会”），县安委会设办公室。\n"),
    good=in_notice("1.修路。成立县安全生产委员会（以下简称“县安委会”）。\n2.清淤。由县安委会督办。\n"),
)
def short_before_defined(case: Case) -> Iterator[Breach]:
    for one in _shorts(case):
        if one.short in one.full or _is_word(case, one.short):
            continue
        at = case.text.find(one.short, 0, one.span[0])
        while at >= 0 and case.quoted(at):
            at = case.text.find(one.short, at + 1, one.span[0])
        if at >= 0:
            yield Breach((at, at + len(one.short)), f"“{one.short}”到后面才说明是“{one.full[-20:]}”的简称")


def _is_word(case: Case, short: str) -> bool:
    """Whether a short name is a common word too, 本办法, 专项整治: only names of offices can come too early."""
    return not case.offices.looks_like_office(short)


@rule(
    "D103",
    "short-unused",
    "hint",
    "说明了简称，后面没有用",
    why="后面不再用，就不必说明简称。",
    source="实践",
    bad=in_notice("1.修路。开展道路养护大会战（以下简称“大会战”）。\n2.清淤。清好沟渠。\n"),
    good=in_notice("1.修路。开展道路养护大会战（以下简称“大会战”）。\n2.清淤。大会战期间清好沟渠。\n"),
)
def short_unused(case: Case) -> Iterator[Breach]:
    for one in _shorts(case):
        if one.short not in case.text[one.end :]:
            yield Breach(one.span, f"“{one.short}”后面没有用到")


@rule(
    "D104",
    "office-abolished",
    "warning",
    "单位已经撤并或改名",
    why="通知的年份里，这个单位已经撤并、改名，责任要落到现在的单位。",
    source="机构改革方案",
    bad=in_notice("1.修路。（县国土资源局负责）\n2.清淤。（县水利局负责）\n"),
    good=in_notice("1.修路。（县自然资源局负责）\n2.清淤。（县水利局负责）\n"),
)
def office_abolished(case: Case) -> Iterator[Breach]:
    year = case.notice.year or (int(case.notice.date[:4]) if case.notice.date else None)
    if year is None:
        return
    told = set()
    for node in case.own_nodes:
        for duty in node.own_duties:
            if duty.office in told:
                continue
            told.add(duty.office)
            until = case.offices.until(duty.office)
            if until is not None and until < year:
                yield Breach(duty.span, f"“{duty.written}”{until}年已撤并或改名，{year}年的通知里应写现在的单位")


@rule(
    "D105",
    "person-as-office",
    "warning",
    "应写单位的地方写了人",
    why="牵头、负责、配合的应当是单位；写人要写在责任人一栏。",
    source="实践",
    bad=in_notice("1.修路。（张小明牵头，县财政局配合）\n2.清淤。（县水利局负责）\n"),
    good=in_notice("1.修路。（县住建局牵头，责任人：张小明）\n2.清淤。（县水利局负责）\n"),
)
def person_as_office(case: Case) -> Iterator[Breach]:
    never = tuple(case.roles["persons"]["never_last"])
    for node in case.own_nodes:
        start, end = case.own_text(node)
        for match in _person(case.rules).finditer(case.text, start, end):
            name = match["name"]
            if not name.endswith(never) and not case.offices.looks_like_office(name) and not case.quoted(match.start()):
                yield Breach(match.span("name"), f"“{name}”像是人名，这里应写单位")


@lru_cache(maxsize=8)
def _person(rules: Rules) -> re.Pattern[str]:
    """Somebody where an office should be: before a verb, after a mark or a label."""
    roles = rules.data["roles"]
    verbs = either([verb for group in roles["verbs"].values() for verb in group])
    return re.compile(
        rf"(?:[（(，,；;、]|单位[:：]|部门[:：])\s*(?P<name>[{roles['persons']['surnames']}][{HAN}]{{1,2}})"
        rf"(?=(?:{verbs})[，,；;。）)])"
    )
