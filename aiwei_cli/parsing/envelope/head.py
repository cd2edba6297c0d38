"""The head of a notice: what GB/T 9704-2012, 7.2 and 7.3, puts before the body, each on lines of its own.

The fields are looked for one after the other, each among the lines that are left. :mod:`flat` reads a head whose line
breaks are lost. Offsets are of the view.
"""

from __future__ import annotations

from collections.abc import Sequence

from aiwei_cli.language.chars import SPACE
from aiwei_cli.language.dates import iso
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.places import TOWNS
from aiwei_cli.parsing.envelope.claims import Claim
from aiwei_cli.parsing.envelope.looks import (
    DOCUMENT_NUMBER,
    ORDER_NUMBER,
    Line,
    annex_list,
    dated,
    next_annex,
    signed,
)
from aiwei_cli.parsing.envelope.names import LONGEST, MARKS, ORGANISATION, annex_names, shared
from aiwei_cli.parsing.envelope.page import Page
from aiwei_cli.parsing.envelope.title import take_title, title_from
from aiwei_cli.parsing.envelope.web import metadata
from aiwei_cli.parsing.outline.numbers import Numbering

_NUMBER_LINE = pattern(rf"^(?:发文字号|字号|文号)?[:：]?{SPACE}*({DOCUMENT_NUMBER})$")
_NUMBER_LABEL = pattern(r"^(?:发文字号|字号|文号)[:：]?")
_ORDER = pattern(rf"^(?P<who>[^\W\d_]{{2,40}}?)?(?P<kind>令|公告|通告)?{SPACE}*[（(]?(?P<number>{ORDER_NUMBER})[）)]?$")
_ORDERS = ("令", "公告", "通告")
_ADDRESSED = (
    *["人民政府", "委员会", "单位", "部门", "部委", "办公室", "公司", "局", "厅", "企业", "中心", "学校", "医院"],
    *["街道", "机构", "园区", "管委会", "同志", "处室", "支队", "兵团"],
)
"""What a line of addressees holds, if it does not begin with 各."""
_PROSE = (*["如下", "以下", "现将", "现就", "意见：", "通知：", "为了", "为贯彻"], *"。！？；")
_OPENING = "（("
_NOTE = pattern(
    r"^[（(](?:此件|本件|本文|联系人|[^（）()]{0,8}公开)[^（）()]{0,30}[）)]$"
    r"|^(?:公开方式|公开属性|信息公开属性|信息公开选项|主动公开|依申请公开)[:：]?[^。]{0,12}$"
)
_ISSUES = ("关于", "印发", "转发", "批转", "公布", "发布")
_LONGEST_ISSUER = 60
"""The issuers of a joint title; what stands further behind is a part of what it is about."""
# The title says 市政府, the signature which.
_NAMELESS = pattern(rf"^[{TOWNS}](?:人民)?政府(?:办公?[室厅]?)?$")
_NUMBER_LINES, _ORDER_LINES, _ADDRESSEE_LINES = 30, 12, 40
"""How far down a field is looked for: a web page may put its metadata before a number and the addressees."""
_LONGEST_SIGNED = 60
"""A line with the date: who signs, blanks to the right margin, and the date; a longer one is a sentence."""
_MOST_ADDRESSED = 600
"""All addressees: 各市、州…人民政府 and fifty ministries; a longer run of lines is prose."""


def read(lines: list[Line], numbering: Numbering) -> list[Claim]:
    """The fields of a head, and of the plan it encloses."""
    if not lines:
        return []
    page = Page(lines)
    metadata(page)
    prose = next((i for i, line in enumerate(lines) if "。" in line.text and i not in page.used), len(lines))
    _number(page, prose)
    first, last = _addressee_lines(page, prose, numbering)
    take_title(page, min(first, prose), numbering)
    _addressees(page, first, last)
    _annexes(page)
    _signature(page, last + 1 if last >= 0 else 0)
    _plan(page, numbering)
    return page.claims


def issuer(title: str | None, named: str | None, signature: Sequence[str]) -> str | None:
    """Who issues: whom the red head names, or the title before 关于, or who signs."""
    if title and named is None and "\n" not in title[:_LONGEST_ISSUER]:
        ends = [at for word in _ISSUES if (at := title.find(word, 2, _LONGEST_ISSUER + len(word))) > 0]
        before = title[: min(ends)] if ends else ""
        if ends and ORGANISATION.search(before.rstrip("，、 \u3000")):
            named = before.strip()
    names = [name for name in signature if name[0] not in _OPENING]
    signed_by = "、".join(names) if all(map(ORGANISATION.search, names)) else names[0]
    return signed_by if signed_by and (named is None or _NAMELESS.match(named)) else named


def _number(page: Page, stop: int) -> None:
    number = None
    for i, line in enumerate(page.lines[: min(stop, _NUMBER_LINES)]):
        match = _NUMBER_LINE.match(line.text) if line.text[-1] == "号" else None
        if match is None:
            continue
        here = "".join(_NUMBER_LABEL.sub("", match[1]).split())
        # A web page has the number too; what it says is the number's, not the preamble's.
        if number in (None, here):
            number = here
            page.take("document_number", i, i, number)
    if number is None:
        _order(page, stop)


def _order(page: Page, stop: int) -> None:
    """The number of an order: 某省人民政府令第203号, on one line or two."""
    for i, line in enumerate(page.lines[: min(stop, _ORDER_LINES)]):
        match = _ORDER.match(line.text) if line.text[-1] in "号）)" and "第" in line.text else None
        if match is None or i in page.used:
            continue
        first = i if match["kind"] else i - 1
        if first < 0 or not (match["who"] if match["kind"] else first not in page.used and _heads_order(page, first)):
            continue
        page.take("document_number", first, i, "".join(page.join(first, i).split()))
        return


def _heads_order(page: Page, i: int) -> bool:
    """Whether a line says who gives an order, whose number is on the next: 某省人民政府令."""
    words = page.lines[i].text
    who = next((words[: -len(kind)] for kind in _ORDERS if words.endswith(kind)), "")
    return 2 <= len(who) <= LONGEST and who.isalpha()


def _addressee_lines(page: Page, stop: int, numbering: Numbering) -> tuple[int, int]:
    """The first and last line of the addressees (7.3.2): they end in a colon."""
    for last, line in enumerate(page.lines[: min(stop + 1, _ADDRESSEE_LINES)]):
        if line.text[-1] not in "：:" or last in page.used or any(word in line.text for word in _PROSE):
            continue
        first = last
        while first > 0 and first - 1 not in page.used and last - first < 6:
            before = page.lines[first - 1].text
            if before[-1] in "。：:；）)》" or (before[-1] not in "，,、" and len(before) < 12):
                break
            if numbering.ends_title(before) or (before[-1] == "号" and _NUMBER_LINE.match(before)):
                break
            first -= 1
        words = page.join(first, last)
        if (words[0] == "各" or any(word in words for word in _ADDRESSED)) and len(words) < _MOST_ADDRESSED:
            return first, last
    return len(page.lines), -1


def _addressees(page: Page, first: int, last: int) -> None:
    if last < 0:
        return
    from aiwei_cli.parsing.lists import outside_brackets, rejoin

    words = page.join(first, last).rstrip("：:")
    pieces = rejoin(words, outside_brackets(words))
    page.take("addressees", first, last, shared("".join(words[a:b].split()) for a, b, _ in pieces))


def _annexes(page: Page) -> None:
    """The list of annexes (7.3.4) of the covering notice: 附件：… on one or several lines."""
    for i in range(page.behind(), len(page.lines)):
        words = annex_list(page.lines[i].text)
        if words is None:
            continue
        last = i
        while last + 1 < len(page.lines) and next_annex(page.lines[last + 1].text):
            last += 1
        page.take("annexes", i, last, annex_names([words, *(line.text for line in page.lines[i + 1 : last + 1])]))
        return


def _signature(page: Page, first: int) -> None:
    """The signature and the date (7.3.5) of the covering notice, and the note under them (此件公开发布)."""
    names: tuple[str, ...] = ()
    for i in range(first, len(page.lines)):
        if i in page.used:
            continue
        line = page.lines[i]
        date = dated(line.text) if len(line.text) <= _LONGEST_SIGNED else None
        if not date or (date["who"] and not ORGANISATION.search(date["who"].strip())):
            if line.text[0] in "（(公信主依" and _NOTE.match(line.text):
                page.take("note", i, i)
            continue
        if names:
            break
        above, names, end = signed(page.lines, i, date, lambda j: j >= first and _signs(page, j))
        if names:
            page.take("signature", above, i, names, end=end)
        page.take("date", i, i, iso(date["date"]), start=line.start + date.start("date"))


def _signs(page: Page, i: int) -> bool:
    """Whether a line over the date may sign: a name, or what stands with it in brackets, （盖章）."""
    words = page.lines[i].text
    if i in page.used or len(words) > LONGEST or any(mark in words for mark in MARKS):
        return False
    return words[-1] in "章）)" or words[0] in _OPENING or ORGANISATION.search(words) is not None


def _plan(page: Page, numbering: Numbering) -> None:
    """The enclosed plan's own title: lines of their own without a full stop, behind the covering notice."""
    known = {claim.name for claim in page.claims}
    if not known & {"title", "addressees", "document_number", "date"}:
        return
    for i in range(0 if {"date", "signature"} <= known else page.behind(), len(page.lines)):
        last = title_from(page, i, len(page.lines), numbering)
        if last is not None:
            page.take("plan", i, last, page.join(i, last).strip())
            return
