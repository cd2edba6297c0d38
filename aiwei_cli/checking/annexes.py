"""Annexes: GB/T 9704-2012, 7.3.4 (their list after the text) and 7.3.7 (the annexes themselves)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from aiwei_cli.checking.case import Case, Paragraph
from aiwei_cli.checking.example import HEAD, SIGNED
from aiwei_cli.checking.rule import Breach, rule
from aiwei_cli.language import wording
from aiwei_cli.language.chars import COMMAS, SEMICOLONS
from aiwei_cli.language.numerals import value
from aiwei_cli.records import NamedTuple

_ITEM = "一、修路\n铺好路面，样式见附件{}。\n二、清淤\n清好沟渠。\n"

_LIST = re.compile(wording.ANNEX_LINE)
_ENTRY = re.compile(r"^\s*(?:(?P<number>[0-9]{1,2})\s*[.．、]\s*)?(?P<name>.+?)\s*$")
_OWN = re.compile(wording.ANNEX_OWN)
_REFERENCE = re.compile(wording.ANNEX_NAMED)
_STOPS = COMMAS + SEMICOLONS + "。."


class AnnexEntry(NamedTuple):
    """A line of the list of annexes."""

    number: int | None
    name: str
    start: int
    end: int


def annex_entries(case: Case) -> list[AnnexEntry]:
    """The list of annexes after the text, 附件：1.…; empty without one."""
    return case.once("list of annexes", lambda: _entries(case))


def _entries(case: Case) -> list[AnnexEntry]:
    lines = iter(case.paragraphs)
    for line in lines:
        match = _LIST.match(line.text) if "附" in line.text else None
        if match and match["rest"].strip():
            break
    else:
        return []
    found = [_entry(line, match.start("rest"))]
    for line in lines:
        following = re.match(r"^\s*[0-9]{1,2}\s*[.．、]", line.text)
        if not following:
            if (
                found[-1].number is not None
                and line.text[:1].isspace()
                and line.bare
                and not found[-1].name.endswith("》")
            ):
                continue  # the name goes on
            break
        found.append(_entry(line, 0))
    return found


def _entry(line: Paragraph, at: int) -> AnnexEntry:
    match = _ENTRY.match(line.text[at:])
    assert match is not None
    number = int(match["number"]) if match["number"] else None
    return AnnexEntry(number, match["name"], line.start + at + match.start(0), line.start + at + match.end("name"))


def _count(number: str) -> int:
    return int(number) if number.isdigit() else value(number)


@rule(
    "F101",
    "annex-unlisted",
    "warning",
    "正文提到的附件不在附件说明里",
    why="正文说见附件3，附件说明里却没有第3个。",
    source="GB/T 9704-2012 7.3.4",
    bad=HEAD + _ITEM.format(3) + "附件：1.防汛物资表\n2.联系人表\n" + SIGNED,
    good=HEAD + _ITEM.format(2) + "附件：1.防汛物资表\n2.联系人表\n" + SIGNED,
)
def annex_unlisted(case: Case) -> Iterator[Breach]:
    known = annex_entries(case)
    if not known:
        return
    numbers = {entry.number or 1 for entry in known}
    for match in _REFERENCE.finditer(case.text, 0, known[0].start):
        if _count(match[1]) not in numbers and not case.quoted(match.start()):
            yield Breach(match.span(), f"附件说明里没有“{match[0]}”")


@rule(
    "F102",
    "annex-number",
    "warning",
    "附件的编号有误",
    why="附件用阿拉伯数字顺序编号，附件说明与附件一致。",
    source="GB/T 9704-2012 7.3.4",
    bad=HEAD + _ITEM.format(1) + "附件：1.防汛物资表\n3.联系人表\n" + SIGNED,
    good=HEAD + _ITEM.format(1) + "附件：1.防汛物资表\n2.联系人表\n" + SIGNED,
)
def annex_number(case: Case) -> Iterator[Breach]:
    before = 0
    for entry in annex_entries(case):
        if entry.number is not None:
            if entry.number != before + 1:
                yield Breach(
                    (entry.start, entry.end), f"附件说明从 {before} 跳到 {entry.number}" if before else "附件应从1编起"
                )
            before = entry.number
    for line in case.paragraphs:
        match = _OWN.match(line.text) if "附" in line.text else None
        if match and match["number"] and not match["number"].isdigit() and line.start >= case.annex_start:
            yield Breach((line.start, line.end), f"“{line.bare}”应为“附件{_count(match['number'])}”")


@rule(
    "F103",
    "annex-stop",
    "error",
    "附件名称后面有标点",
    why="附件名称后面不加标点。",
    source="GB/T 9704-2012 7.3.4",
    bad=HEAD + _ITEM.format(1) + "附件：1.防汛物资表；\n2.联系人表\n" + SIGNED,
    good=HEAD + _ITEM.format(1) + "附件：1.防汛物资表\n2.联系人表\n" + SIGNED,
    fixes=True,
)
def annex_stop(case: Case) -> Iterator[Breach]:
    for entry in annex_entries(case):
        if entry.name[-1] in _STOPS:
            yield Breach((entry.end - 1, entry.end), f"附件名称后面的“{entry.name[-1]}”应去掉", "")


@rule(
    "F104",
    "annex-differs",
    "warning",
    "附件的标题与附件说明不一致",
    why="附件自己的标题应当与附件说明里的名称一致。",
    source="GB/T 9704-2012 7.3.7",
    bad=HEAD + _ITEM.format(1) + "附件：防汛物资表\n" + SIGNED + "附件\n抗旱物资表\n序号\t物资\n1\t沙袋\n",
    good=HEAD + _ITEM.format(1) + "附件：防汛物资表\n" + SIGNED + "附件\n防汛物资表\n序号\t物资\n1\t沙袋\n",
)
def annex_differs(case: Case) -> Iterator[Breach]:
    names = {entry.number or 1: entry.name.rstrip(_STOPS) for entry in annex_entries(case)}
    lines = [line for line in case.paragraphs if line.bare]
    for line, below in pairwise(lines):
        match = _OWN.match(line.text) if "附" in line.text else None
        if match is None or line.start < case.annex_start or below.is_table:
            continue
        name = names.get(_count(match["number"]) if match["number"] else 1)
        if name is not None and _bare(name) != _bare(below.bare) and _bare(below.bare) not in _bare(name):
            yield Breach((below.start, below.end), f"附件说明里的名称是“{name}”")


def _bare(name: str) -> str:
    return re.sub(r"[\W_]", "", name)
