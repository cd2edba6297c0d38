"""Marks and numbers: GB/T 15834-2011 (标点符号用法) and GB/T 15835-2011 (出版物上数字用法)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from aiwei_cli.checking.case import Case, Paragraph
from aiwei_cli.checking.example import HEAD
from aiwei_cli.checking.rule import Breach, rule
from aiwei_cli.language.chars import FIGURES, HAN
from aiwei_cli.language.numerals import DIGITS, ONES
from aiwei_cli.language.signs import occurrences

_TEXT = HEAD + "一、修路\n{}\n二、清淤\n清好沟渠。\n"


def _found(case: Case, pattern: re.Pattern[str], needs: str, *, quoted: bool = False) -> Iterator[re.Match[str]]:
    """The matches in paragraphs that are no rows of tables; within quotation marks only where that is asked.

    ``needs`` are words without which there is no match: most notices do not have them.
    """
    return _own(case, pattern.finditer(case.text) if any(word in case.text for word in needs.split()) else (), quoted)


def _own(case: Case, matches: Iterable[re.Match[str] | None], quoted: bool = False) -> Iterator[re.Match[str]]:
    for match in matches:
        if match and (quoted or not case.quoted(match.start())) and not case.paragraph(match.start()).is_table:
            yield match


_BOOKS = re.compile("》(、)《")
_DENG = re.compile(f"(、)等(?![级于价候待同额份])(?=[{HAN}\\d，。；）)]|$)")
_ORDINAL = re.compile(f"(?<![、第])第[{DIGITS}](、)(?!第|[{DIGITS}])")
_HALF = re.compile(
    f"(?<=[{HAN}”》）)])[,;](?=[{HAN}“《（(])|\\((?=[{HAN}])|(?<=[{HAN}])\\)|(?<=[{HAN}])\\(|\\)(?=[{HAN}])"
)
_TO, _LONG = frozenset("-—–~～－"), 12
"""The signs of a range, and how many signs a number has at most."""
_RANGE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)([-—–~～－]{1,2})(\d+(?:\.\d+)?)([%％])")
_DOUBLE = re.compile("(?<![、，。；：])(?:([、，。；：])\\1|[，、；]。|[，。]、|[、。]，)(?![、，。；：])")
_MEASURES = (
    "个|天|名|人|次|分钟|小时|倍|趟|遍|家|户|元|亩|吨|公斤|斤|米|座|辆|台|公里|里|周(?!岁)|年(?![级度底初])|里路"
)
_APPROXIMATE = re.compile(
    rf"(?<![第、{DIGITS}百])([{ONES}])、([{ONES}])(?=[十百千万]{{0,2}}多?(?:{_MEASURES}))"
    rf"|(?<![\d.、第])(\d)、(\d)(?=(?:{_MEASURES}))"
)
_COUNTS = frozenset(ONES + FIGURES)


@rule(
    "L101",
    "book-dunhao",
    "warning",
    "书名号之间多了顿号",
    why="并列的书名号之间不用顿号；中间有括号注释的可以用。",
    source="GB/T 15834-2011 4.5.3.5",
    bad=_TEXT.format("根据《防洪法》、《抗旱条例》铺好路面。"),
    good=_TEXT.format("根据《防洪法》《抗旱条例》铺好路面。"),
)
def book_dunhao(case: Case) -> Iterator[Breach]:
    for match in _found(case, _BOOKS, "》、《", quoted=True):
        yield Breach(match.span(1), "书名号之间不用顿号")


@rule(
    "L102",
    "deng",
    "warning",
    "“等”前面多了顿号",
    why="“等”表示列举未尽，前面不用顿号。",
    source="GB/T 15834-2011 4.5",
    bad=_TEXT.format("铺好县道、乡道、等路面。"),
    good=_TEXT.format("铺好县道、乡道等路面。"),
    fixes=True,
)
def deng(case: Case) -> Iterator[Breach]:
    for match in _found(case, _DENG, "、等"):
        yield Breach(match.span(1), "“等”前面的顿号应去掉", "")


@rule(
    "L103",
    "ordinal-dunhao",
    "warning",
    "“第一”后面用了顿号",
    why="“第一”“第二”这样的序次语后面用逗号。",
    source="GB/T 15834-2011 4.4.3.4",
    bad=_TEXT.format("第一、铺好路面；第二、划好标线。"),
    good=_TEXT.format("第一，铺好路面；第二，划好标线。"),
    fixes=True,
)
def ordinal_dunhao(case: Case) -> Iterator[Breach]:
    for match in _found(case, _ORDINAL, "第一、 第二、 第三、 第四、 第五、"):
        yield Breach(match.span(1), "“第一”“第二”后面用逗号", "，")


@rule(
    "L104",
    "half-width",
    "warning",
    "汉字之间用了半角标点",
    why="中文里的逗号、分号、括号用全角。",
    source="GB/T 15834-2011 5.1",
    bad=_TEXT.format("铺好路面,划好标线。"),
    good=_TEXT.format("铺好路面，划好标线。"),
    folds=True,
)
def half_width(case: Case) -> Iterator[Breach]:
    found = [match for at in occurrences(case.text, ",;()") if (match := _HALF.match(case.text, at))]
    numbers = {offset for node in case.nodes for offset in range(*case.mark(node))} if found else ()
    for match in _own(case, found, quoted=True):
        if match.start() not in numbers:
            yield Breach(match.span(), f"半角的“{match[0]}”应为全角")


@rule(
    "L105",
    "range-unit",
    "warning",
    "范围的前一个数缺百分号",
    why="两个百分数之间，前一个也写百分号：5%～10%。",
    source="GB/T 15835-2011 5.1.4",
    bad=_TEXT.format("路面坡度提高5-10%。"),
    good=_TEXT.format("路面坡度提高5%～10%。"),
)
def range_unit(case: Case) -> Iterator[Breach]:
    text = case.text
    signs = [at for at in occurrences(text, "%％") if not _TO.isdisjoint(text[max(0, at - _LONG) : at])]
    near = ((at, match) for at in signs for match in _RANGE.finditer(text, max(0, at - 2 * _LONG), at + 1))
    for match in _own(case, (match for at, match in near if match.end() - 1 == at)):
        yield Breach(match.span(), f"“{match[0]}”应为“{match[1]}{match[4]}～{match[3]}{match[4]}”")


@rule(
    "L106",
    "approximate",
    "warning",
    "概数中间用了顿号",
    why="相邻两个数连用表示概数，中间不用顿号：三五天、二三十分钟。",
    source="GB/T 15834-2011 4.5.3.4；GB/T 15835-2011 4.2.2",
    bad=_TEXT.format("三、五天内铺好路面。"),
    good=_TEXT.format("三五天内铺好一、二年级门前的路面。"),
)
def approximate(case: Case) -> Iterator[Breach]:
    text = case.text
    pauses = (at for at in occurrences(text, "、") if at and text[at - 1] in _COUNTS)
    for match in _own(case, (_APPROXIMATE.match(text, at - 1) for at in pauses if text[at + 1 : at + 2] in _COUNTS)):
        one, other = match[1] or match[3], match[2] or match[4]
        first, second = (ONES.index(n) + 1 if n in ONES else int(n) for n in (one, other))
        if 0 < second - first <= 2:
            yield Breach(match.span(), f"概数“{one}{other}”中间不用顿号")


@rule(
    "L108",
    "double-mark",
    "warning",
    "两个标点连在一起",
    why="顿号、逗号、分号、句号、冒号后面不再用另一个；多半是删改后留下的。",
    source="GB/T 15834-2011 5.1",
    bad=_TEXT.format("铺好县道、、乡道。"),
    good=_TEXT.format("铺好县道、乡道……。"),
    fixes=True,
)
def double_mark(case: Case) -> Iterator[Breach]:
    for match in _found(case, _DOUBLE, "、、 ，， 。。 ；； ：： ，。 、。 ；。 ，、 、， 。，"):
        yield Breach(match.span(), f"“{match[0]}”多了一个标点", match[1])


# -- brackets and quotation marks ------------------------------------------------------------------------------------

_PAIRS = {"）": "（", "》": "《", "”": "“", "】": "【", "〕": "〔"}
_OPENING = frozenset(_PAIRS.values())
_SIGNS = re.compile("[（）()《》“”【】〔〕]")
_FAR = 600
"""The most characters that a bracket holds."""
_SAME = {"(": "（", ")": "）"}
_ROUND = str.maketrans(_SAME)


@rule(
    "L107",
    "unbalanced",
    "error",
    "括号或引号没有成对",
    why="括号、引号、书名号要成对；缺了一半，看不出到哪里为止。",
    source="GB/T 15834-2011 4.8、4.9、4.15",
    bad=_TEXT.format("铺好路面（含县道，划好标线。"),
    good=_TEXT.format("铺好路面（含县道），划好标线。"),
)
def unbalanced(case: Case) -> Iterator[Breach]:
    starts = [node.span[0] for node in case.nodes]
    for line in case.prose:
        for offset in _unclosed(line)[:1]:
            if not _closed_below(case, line.end, case.text[offset], starts):
                yield Breach((offset, offset + 1), f"“{case.text[offset]}”没有另一半")


def _unclosed(line: Paragraph) -> list[int]:
    """The marks of a paragraph that open and are not closed in it."""
    if _is_balanced(line.text):
        return []
    stack: list[tuple[str, int]] = []
    for match in _SIGNS.finditer(line.text):
        at, sign = match.start(), _SAME.get(match[0], match[0])
        if sign in _OPENING:
            if sign == "“" and stack and stack[-1][0] == "“":
                continue  # an opening mark that is typed for a closing one
            stack.append((sign, line.start + at))
        elif sign in _PAIRS:
            place = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][0] == _PAIRS[sign]), None)
            if place is not None:
                del stack[place]
    return [offset for _, offset in stack]


def _is_balanced(words: str) -> bool:
    """Whether every mark has its other half, as in most paragraphs. Innermost pairs are taken away, three times."""
    signs = "".join(_SIGNS.findall(words)).translate(_ROUND)
    for _ in range(3):
        for closing, opening in _PAIRS.items():
            signs = signs.replace(opening + closing, "")
        if not signs:
            break
    return not signs


def _closed_below(case: Case, start: int, opened: str, starts: list[int]) -> bool:
    """Whether what a line leaves open is closed before the next number: the lines are wrapped, or the quotation has
    several paragraphs."""
    opened = _SAME.get(opened, opened)
    at = bisect_left(starts, start)
    end = min(starts[at] if at < len(starts) else len(case.text), start + _FAR)
    depth = 1
    for match in _SIGNS.finditer(case.text, start, end):
        sign = _SAME.get(match[0], match[0])
        if sign == opened:
            depth += 1
        elif _PAIRS.get(sign) == opened:
            depth -= 1
            if not depth:
                return True
    return False
