"""Documents that the text cites: 《title》（number）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aiwei_cli.checking.case import Case
from aiwei_cli.checking.example import TITLE
from aiwei_cli.checking.rule import Breach, rule
from aiwei_cli.language.chars import HAN

_TEXT = f"{TITLE}各乡镇人民政府：\n根据{{}}，现将有关事项通知如下：\n一、修路\n铺好路面。\n二、清淤\n{{}}清好沟渠。\n"
_NUMBER = rf"[{HAN}]{{2,12}}[〔\[［（(【]\d{{2,4}}[〕\]］）)】]\s*第?\s*\d{{1,4}}\s*号"
_CITED = re.compile(
    rf"《(?P<title>[^《》\n]{{2,80}}(?:《[^《》\n]{{2,60}}》[^《》\n]{{0,30}})?)》\s*[（(](?P<number>{_NUMBER})[）)]"
)
_ORDER = re.compile(rf"({_NUMBER})\s*《")
_ADJACENT = re.compile(r"号\s*《")
_BARE = re.compile(
    rf"《(?<!号《)(?P<title>(?P<office>[{HAN}]{{2,24}}?)关于[^《》\n]{{2,60}}的(?:通知|意见|决定|通报))》(?!\s*[（(][^（()）]*号[）)])"
)


def _cited(case: Case) -> list[re.Match[str]]:
    return case.once("citations with numbers", lambda: list(_CITED.finditer(case.text)))


@rule(
    "L001",
    "cite-differs",
    "warning",
    "同一个文号引了两个标题",
    why="一个发文字号只有一个标题，有一处引错了。",
    source="党政机关公文处理工作条例 第十九条",
    bad=_TEXT.format(
        "《甲市水利局关于开展汛前检查的通知》（甲水〔2024〕7号）",
        "按照《甲市水利局关于河道清淤的通知》（甲水〔2024〕7号），",
    ),
    good=_TEXT.format(
        "《甲市水利局关于开展汛前检查的通知》（甲水〔2024〕7号）",
        "按照《甲市水利局关于河道清淤的通知》（甲水〔2024〕8号），",
    ),
)
def cite_differs(case: Case) -> Iterator[Breach]:
    known: dict[str, str] = {}
    for match in _cited(case):
        number, title = re.sub(r"\s", "", match["number"]), re.sub(r"\s", "", match["title"])
        first = known.setdefault(number, title)
        if first != title and title not in first and first not in title:
            yield Breach(match.span(), f"{number} 前面引作《{first}》，这里引作《{title}》")


@rule(
    "L002",
    "cite-order",
    "warning",
    "先引了文号，后引标题",
    why="引用公文先引标题，后引发文字号。",
    source="党政机关公文处理工作条例 第十九条",
    bad=_TEXT.format("甲水〔2024〕7号《甲市水利局关于开展汛前检查的通知》", ""),
    good=_TEXT.format("《甲市水利局关于开展汛前检查的通知》（甲水〔2024〕7号）", ""),
)
def cite_order(case: Case) -> Iterator[Breach]:
    for match in _ORDER.finditer(case.text) if _ADJACENT.search(case.text) else ():
        yield Breach(match.span(1), "应先写标题，后写文号：《……》（……号）")


@rule(
    "L003",
    "cite-bare",
    "hint",
    "引用公文没有写文号",
    why="第一次引用其他机关的公文，标题后面写发文字号，便于查找。",
    source="党政机关公文处理工作条例 第十九条",
    bad=_TEXT.format("《甲市水利局关于开展汛前检查的通知》", ""),
    good=_TEXT.format("《甲市水利局关于开展汛前检查的通知》（甲水〔2024〕7号）", ""),
)
def cite_bare(case: Case) -> Iterator[Breach]:
    known = {re.sub(r"\s", "", match["title"]): match.start() for match in reversed(_cited(case))}
    told = set()
    for match in _BARE.finditer(case.text, 0, case.annex_start):
        title = match["title"]
        if title in told or known.get(title, len(case.text)) < match.start():
            continue
        told.add(title)
        yield Breach(match.span(), f"《{title}》后面缺发文字号")
