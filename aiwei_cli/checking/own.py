"""An office's own rules, from checks.yaml: words not to use, what each item must have, names to use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from aiwei_cli.checking.case import Case
from aiwei_cli.checking.example import HEAD
from aiwei_cli.checking.rule import Breach, rule

_TEXT = HEAD + "1.修路。{}（县住建局负责；4月底前完成）\n2.清淤。清好沟渠。（县水利局负责；5月底前完成）\n"
OWN = "本单位的规定（checks.yaml）"


@rule(
    "U001",
    "own-words",
    "warning",
    "本单位规定不用的词",
    why="checks.yaml 的 words 里写了不用这个词。",
    source=OWN,
    bad=_TEXT.format("狠抓路面。"),
    good=_TEXT.format("抓好路面。"),
)
def own_words(case: Case) -> Iterator[Breach]:
    for entry in case.checks["words"]:
        pattern, better = _pattern(entry)
        for match in pattern.finditer(case.text):
            yield Breach(match.span(), f"不用“{match[0]}”" + (f"，改为“{better}”" if better else ""))


def _pattern(entry: str | Mapping[str, Any]) -> tuple[re.Pattern[str], str | None]:
    """A word, or a pattern that was found to run in linear time when it was loaded."""
    if isinstance(entry, str):
        return re.compile(re.escape(entry)), None
    source = entry["pattern"] if "pattern" in entry else re.escape(entry["word"])
    return re.compile(source), entry.get("better")


@rule(
    "U002",
    "own-required",
    "warning",
    "缺本单位规定每项要有的内容",
    why="checks.yaml 的 required 里写了每项须有完成时限（deadline）或责任单位（owner）。",
    source=OWN,
    bad=HEAD + "1.修路。铺好路面。\n2.清淤。清好沟渠。\n",
    good=_TEXT.format("铺好路面。"),
)
def own_required(case: Case) -> Iterator[Breach]:
    for node in case.own_nodes:
        if node.children:
            continue
        for wanted, label, has in (
            ("deadline", "完成时限", bool(node.deadlines)),
            ("owner", "责任单位", any(duty.role != "support" for duty in node.duties)),
        ):
            if wanted in case.checks["required"] and not has:
                yield Breach(case.mark(node), f"每项须有{label}，这一项没有")


@rule(
    "U003",
    "own-sections",
    "warning",
    "缺本单位规定的章节",
    why="checks.yaml 的 sections 里写了通知须有这一章节。",
    source=OWN,
    bad=_TEXT.format("铺好路面。"),
    good=_TEXT.format("铺好路面。") + "3.保障措施。加强领导。\n",
)
def own_sections(case: Case) -> Iterator[Breach]:
    titles = [node.title for node in case.own_nodes]
    for wanted in case.checks["sections"]:
        if not any(wanted in title for title in titles):
            yield Breach((0, 0), f"缺“{wanted}”一节")


@rule(
    "U004",
    "own-names",
    "warning",
    "没有用本单位规定的单位名称",
    why="checks.yaml 的 names 里写了这个单位要用的名称。",
    source=OWN,
    bad=_TEXT.format("铺好路面。"),
    good=_TEXT.format("铺好路面。").replace("县住建局", "县住房和城乡建设局"),
)
def own_names(case: Case) -> Iterator[Breach]:
    wanted = {case.offices.canonical(name): name for name in case.checks["names"]}
    for node in case.own_nodes:
        for duty in node.own_duties:
            name = wanted.get(duty.office)
            if name is not None and duty.written != name:
                yield Breach(duty.span, f"“{duty.written}”应写“{name}”")
