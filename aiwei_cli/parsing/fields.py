"""The fields of a notice, and what a line must look like to be one of them: GB/T 9704-2012, 7.3.

:mod:`header` looks for them before the body, :mod:`closing` behind it, :mod:`flat` where the line breaks are lost.
Offsets are of the view.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiwei_cli.model import Span
from aiwei_cli.parsing.dates import BRACKETED_YEAR, DATE, DOTTED, YEAR
from aiwei_cli.parsing.layout import SPACE
from aiwei_cli.patterns import pattern

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_CODE = r"[^\W\d_]{1,12}(?:[（(][^\W\d_]{1,4}[）)])?[^\W\d_]{0,3}"
DOCUMENT_NUMBER = rf"{_CODE}{SPACE}*{BRACKETED_YEAR}{SPACE}*(?:第|的)?{SPACE}*\d{{1,5}}{SPACE}*号"
"""发文字号 (7.2.5): the office's code, the year in brackets, the running number."""
ORDER_NUMBER = rf"(?:{YEAR}{SPACE}*年{SPACE}*)?第{SPACE}*(?:\d{{1,5}}|[〇零一二三四五六七八九十百]{{1,7}}){SPACE}*号"
"""The number of an order (令) or an announcement (公告), which follows the name of its kind."""
DATE_LINE = pattern(rf"^(?P<who>.{{0,40}}?){SPACE}*(?P<date>{DATE}|{DOTTED}){SPACE}*(?:印发|发布)?$")
"""A line that ends in the date, with who signs before it or nobody."""
ANNEX = pattern(r"附\s*件\s*[:：]")
ORGANISATION = pattern(
    r"(?:政府|委员会|[局委部厅办署院会行处所站社室]|中心|公司|集团|指挥部|小组|党组|法院|检察院|[大中小]学|学校|幼儿园)(?:[（(].{1,40}[）)])?$"
)
MARK = pattern("[。，；：]")
"""What stands in a sentence and in no name."""
_YEAR_OF = pattern(rf"(?<![—－\-~～至到])({YEAR})\s*年(?!\s*[—－\-~～至到])")
_SPAN_OF_YEARS = pattern(r"(?:19|20)\d\d\s*年?\s*[—－–\-~～至到]+\s*(?:19|20)\d\d\s*年?")
_FOUR_DIGITS = pattern(rf"(?<!第)({YEAR})")
_ANNEX_NUMBER = r"(?<![\d.．]){}{}*[.．、](?!\d{{1,3}}(?!\d))"
_PARTY = pattern(r"(?:中共)?(.{2,12})委(?:员会)?(?:办公[室厅])?(?=\1(?:人民)?政府(?:办公[室厅])?$)")

# Kinds of places by rank: 各省、自治区、直辖市民政厅 and 各市、州教育局 are one addressee, 各县、市教育局 may be two.
_RANKS = {
    "乡镇": 1,
    "街道": 1,
    "乡": 1,
    "镇": 1,
    "自治县": 2,
    "县": 2,
    "区": 2,
    "旗": 2,
    "自治州": 3,
    "地区": 3,
    "州": 3,
    "盟": 3,
    "市": 3,
    "新疆生产建设兵团": 4,
    "计划单列市": 4,
    "副省级城市": 4,
    "自治区": 4,
    "直辖市": 4,
    "省": 4,
}
_PLACE = rf"(?:{'|'.join(sorted(_RANKS, key=len, reverse=True))})"
_EACH_PLACE = pattern(rf"各(?:有关)?{_PLACE}(?:[、和及]{_PLACE})*$")
_PLACES_ON = pattern(rf"({_PLACE})(?:[和及]{_PLACE})*(?![直级属]|市?场|政府|有关|相关)")


@dataclass(slots=True)
class Header:
    """The fields before the body; ``spans`` says where they stand, by the name of the field."""

    title: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    date: str | None = None
    addressees: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    plans: list[tuple[str, Span]] = field(default_factory=list)
    spans: list[tuple[str, Span]] = field(default_factory=list)

    def year(self) -> int | None:
        """The year the notice is about: in its title, its plan's, its document number, or its date."""
        titles = [self.title or "", *(title for title, _ in self.plans)]
        numbers = [self.document_number or "", self.date or ""]
        found = [_YEAR_OF.search(_SPAN_OF_YEARS.sub("", title)) for title in titles]
        found += [_FOUR_DIGITS.search(words) for words in numbers]
        return next((int(match[1]) for match in found if match), None)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words, without the blanks around them."""

    text: str
    start: int
    end: int


def lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of ``text[start:end]`` that have words."""
    found = []
    for match in re.finditer(r"\S[^\n]*", text[start:end]):
        words, at = match[0].rstrip(), start + match.start()
        found.append(Line(words, at, at + len(words)))
    return found


def signed(
    found: Sequence[Line], at: int, date: re.Match[str], signs: Callable[[int], bool]
) -> tuple[int, tuple[str, ...], int]:
    """Who signs above line ``at``, which ends in a date, and in that line: the first line, the names, and the offset
    behind them.

    ``date`` is what :data:`DATE_LINE` matched there; ``signs`` says of a line above whether it may be one of the names.
    """
    first = at
    while at - first < 6 and signs(first - 1):
        first -= 1
    names = [line.text for line in found[first:at]]
    if date["who"]:
        return first, (*names, date["who"]), found[at].start + len(date["who"])
    return first, tuple(names), found[at - 1].end


def annex_names(found: Sequence[str]) -> tuple[str, ...]:
    """The annexes on the lines of their list, numbers included; several may stand on one line.

    >>> annex_names(["1.名单2.2024年度表", "3.流程图"]), annex_names(["1.5万亩高标准农田名单"])
    (('1.名单', '2.2024年度表', '3.流程图'), ('1.5万亩高标准农田名单',))
    """
    names = []
    number = 1
    for words in found:
        here = 0
        while number < 100 and (match := re.compile(_ANNEX_NUMBER.format(number, SPACE)).search(words, here)):
            names.append(words[here : match.start()])
            here = match.start()
            number += 1
        names.append(words[here:])
    return tuple(name.strip(" \t\u3000；;") for name in names if name.strip(" \t\u3000；;"))


def shared(names: Iterable[str]) -> tuple[str, ...]:
    """Put together the kinds of places that share the department behind the last of them.

    >>> shared(["各市", "州教育局", "各县", "市教育局"])
    ('各市、州教育局', '各县', '市教育局')
    """
    joined: list[str] = []
    for name in names:
        match = _PLACES_ON.match(name)
        if joined and match and _EACH_PLACE.match(joined[-1]):
            last = re.findall(_PLACE, joined[-1])
            ends = match.end() == len(name) or ORGANISATION.search(name)
            if ends and match[1] not in last and _RANKS[match[1]] <= _RANKS[last[-1]]:
                joined[-1] += f"、{name}"
                continue
        joined.append(name)
    return tuple(joined)


def joint(issuer: str, signature: Sequence[str], offices: Offices) -> str:
    """Issuers that a title has run together or parted by blanks, with 、 between them."""
    bare = "".join(issuer.split())
    for names in (issuer.split(), [name for line in signature for name in line.split()]):
        if len(names) > 1 and "".join(names) == bare and all(map(ORGANISATION.search, names)):
            return issuer if offices.known(bare) else "、".join(names)
    party = _PARTY.match(bare)
    if party:
        return f"{party[0]}、{bare[party.end() :]}"
    return "、".join(offices.split_run(issuer) or [issuer])


def is_name(words: str) -> bool:
    """Whether a line may be a signature's: it is short, has no mark and ends as the name of an organisation does."""
    return len(words) <= 40 and MARK.search(words) is None and ORGANISATION.search(words) is not None
