"""The outline: GB/T 9704-2012, 7.3.3, asks for 一、（一）1.（1） in this order, each without a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from aiwei_cli.checking.case import Case, number_value
from aiwei_cli.checking.example import HEAD
from aiwei_cli.checking.rule import Breach, rule
from aiwei_cli.language.numerals import DIGITS, NUMERALS, ONES
from aiwei_cli.notice.model import Node

_ORDER = "GB/T 9704-2012 7.3.3"


def _sequences(case: Case) -> Iterator[tuple[Node | None, Node | None, Node, int]]:
    """(parent, the sibling before, node, value) for each node whose number counts."""
    for parent, nodes in case.families:
        before: Node | None = None
        for node in nodes:
            count = number_value(node.number)
            if count is not None:
                yield parent, before, node, count
            before = node


@lru_cache(maxsize=4096)
def _scheme(number: str) -> str:
    """How a number is written, whatever it counts and whatever mark follows."""
    figures = re.sub(r"\d+", "1", re.sub(f"[{NUMERALS}]+", ONES[0], number))
    return re.sub(r"[、．.，,\s]", "", figures.replace("(", "（").replace(")", "）"))


def _of_other_scheme(parent: Node | None, before: Node | None, node: Node, count: int) -> bool:
    """A marker that goes on with the count of its parent: 1. 3. ④ is the next sibling, not a child."""
    if parent is None or before is not None or count == 1:
        return False
    return number_value(parent.number) == count - 1


def _counted_inside(node: Node) -> int:
    """How many of a node's children are in truth its next siblings: 2. ③ 4."""
    counts = [number_value(child.number) for child in node.children]
    first = number_value(node.number)
    if first is None or not counts or not _of_other_scheme(node, None, node.children[0], counts[0] or 1):
        return 0
    return len(counts) if counts == [*range(first + 1, first + 1 + len(counts))] else 0


def _runs_on(case: Case, node: Node, count: int) -> bool:
    """Whether the number goes on from the section before: 1. to 5. under （一）, 6. under （二）."""
    same = [
        number_value(other.number)
        for other in case.own_nodes
        if other.span[0] < node.span[0] and other.level == node.level
    ]
    return bool(same) and same[-1] == count - 1


def _is_restart(case: Case, before: Node | None, node: Node, count: int) -> bool:
    """A higher marker that begins again below the children of the one before it."""
    if before is None or count != 1 or not before.children:
        return False
    return _scheme(before.number) == _scheme(node.number) and not _begins_text(case, before, node)


def _begins_text(case: Case, before: Node, node: Node) -> bool:
    """Whether another text begins between two siblings: a plan or an annex has an outline of its own."""
    return any(before.span[0] < plan.span[0] < node.span[0] for plan in case.notice.plans)


@rule(
    "S001",
    "gap",
    "error",
    "编号跳号",
    why="同一层的编号应当连续；跳了号，不是漏了一项，就是编错了号。",
    source=_ORDER,
    bad=HEAD + "1.修路。\n2.清淤。\n4.植树。\n",
    good=HEAD + "1.修路。\n2.清淤。\n3.植树。\n",
)
def gap(case: Case) -> Iterator[Breach]:
    for parent, before, node, count in _sequences(case):
        if before is None:
            expected = 1
            if count > 1 and (_of_other_scheme(parent, before, node, count) or _runs_on(case, node, count)):
                continue
        else:
            expected = (number_value(before.number) or 0) + 1 + _counted_inside(before)
            if _scheme(before.number) != _scheme(node.number) or before.level != node.level:
                continue
        if count > expected and not _runs_on(case, node, count):
            yield Breach(case.mark(node), f"“{node.number}”前面缺了编号，应接着编“{expected}”")


@rule(
    "S002",
    "repeat",
    "error",
    "编号重复",
    why="同一层两项用了同一个编号，引用时分不清。",
    source=_ORDER,
    bad=HEAD + "1.修路。\n2.清淤。\n2.植树。\n",
    good=HEAD + "1.修路。\n2.清淤。\n3.植树。\n",
)
def repeat(case: Case) -> Iterator[Breach]:
    for _, before, node, count in _sequences(case):
        if before is None or _is_restart(case, before, node, count) or _begins_text(case, before, node):
            continue
        if number_value(before.number) == count and before.level == node.level:
            yield Breach(case.mark(node), f"“{node.number}”与前一项编号重复")


@rule(
    "S003",
    "level-skip",
    "warning",
    "层次跳级",
    why="别的章节用了中间一层，这里没有用，层次前后不一。全文都用 一、 1. 两层的不算。",
    source=_ORDER,
    bad=HEAD + "一、修路\n（一）县道\n1.铺油。\n2.划线。\n二、清淤\n1.清沟。\n2.清塘。\n",
    good=HEAD + "一、修路\n1.铺油。\n2.划线。\n二、清淤\n1.清沟。\n2.清塘。\n",
)
def level_skip(case: Case) -> Iterator[Breach]:
    used = {(parent.level, nodes[0].level) for parent, nodes in case.families if parent is not None}
    for parent, nodes in case.families:
        first = nodes[0]
        if parent is None or _of_other_scheme(parent, None, first, number_value(first.number) or 1):
            continue
        between = [inner for outer, inner in used if outer == parent.level and outer < inner < first.level]
        if between and first.level > parent.level + 1:
            yield Breach(case.mark(first), f"“{parent.number}”下面直接用“{first.number}”，别处中间还有一层")


@rule(
    "S004",
    "level-back",
    "warning",
    "层次倒置",
    why="高一层的编号从头编在低一层的几项中间，看不出谁在谁下面。",
    source=_ORDER,
    bad=HEAD + "一、修路\n（一）县道\n1.铺油。\n2.划线。\n（一）植树。\n（二）乡道\n1.拓宽。\n",
    good=HEAD + "一、修路\n（一）县道\n1.铺油。\n2.划线。\n3.植树。\n（二）乡道\n1.拓宽。\n",
)
def level_back(case: Case) -> Iterator[Breach]:
    for _, before, node, count in _sequences(case):
        if before is not None and _is_restart(case, before, node, count):
            yield Breach(case.mark(node), f"“{node.number}”编在“{before.number}”的下一层中间，应用下一层的编号")


@rule(
    "S005",
    "arabic-dunhao",
    "error",
    "阿拉伯数字编号后用了顿号",
    why="阿拉伯数字作序号，后面用下脚点：1. 不写成 1、。",
    source=f"{_ORDER}；GB/T 15834-2011",
    bad=HEAD + "1、修路。\n2、清淤。\n",
    good=HEAD + "1.修路。\n2.清淤。\n",
    fixes=True,
)
def arabic_dunhao(case: Case) -> Iterator[Breach]:
    for node in case.own_nodes:
        match = re.fullmatch(r"([0-9０-９]+)\s*、", node.number)
        if match:
            yield Breach(case.mark(node), f"“{node.number}”应为“{match[1]}.”", f"{match[1]}.")


@rule(
    "S006",
    "bracket-mark",
    "error",
    "带括号的编号后面加了标点",
    why="（一）（1）有括号，后面不再加顿号、句点。",
    source=_ORDER,
    bad=HEAD + "（一）、修路。\n（二）、清淤。\n",
    good=HEAD + "（一）修路。\n（二）清淤。\n",
    fixes=True,
)
def bracket_mark(case: Case) -> Iterator[Breach]:
    for node in case.own_nodes:
        match = re.fullmatch(r"([（(].*[）)])\s*[、．.，,]", node.number)
        if match:
            yield Breach(case.mark(node), f"“{node.number}”后面的标点多余，应为“{match[1]}”", match[1])


@rule(
    "S007",
    "hanzi-mark",
    "error",
    "汉字编号后面不是顿号",
    why="汉字数字作序号，后面用顿号：一、 不写成 一. 或 一，。",
    source=_ORDER,
    bad=HEAD + "一.修路\n铺好路面。\n二.清淤\n清好沟渠。\n",
    good=HEAD + "一、修路\n铺好路面。\n二、清淤\n清好沟渠。\n",
    fixes=True,
)
def hanzi_mark(case: Case) -> Iterator[Breach]:
    for node in case.own_nodes:
        match = re.fullmatch(rf"([{DIGITS}百]+)\s*[．.，,]", node.number)
        if match:
            yield Breach(case.mark(node), f"“{node.number}”应为“{match[1]}、”", f"{match[1]}、")


@rule(
    "S008",
    "half-bracket",
    "warning",
    "编号的括号是半角",
    why="公文的层次序数用全角括号：（一）（1）。",
    source=_ORDER,
    bad=HEAD + "(一)修路。\n(二)清淤。\n",
    good=HEAD + "（一）修路。\n（二）清淤。\n",
    fixes=False,
)
def half_bracket(case: Case) -> Iterator[Breach]:
    for node in case.own_nodes:
        if re.match(r"\(.*[)）]|（.*\)", node.number):
            right = node.number.replace("(", "（").replace(")", "）")
            yield Breach(case.mark(node), f"“{node.number}”应为全角的“{right}”")


@rule(
    "S009",
    "mixed-scheme",
    "warning",
    "同一层的编号写法不一",
    why="同一层的各项应当用同一种编号。",
    source=_ORDER,
    bad=HEAD + "1.修路。\n2.清淤。\n③植树。\n4.护林。\n",
    good=HEAD + "1.修路。\n2.清淤。\n3.植树。\n4.护林。\n",
)
def mixed_scheme(case: Case) -> Iterator[Breach]:
    for parent, before, node, count in _sequences(case):
        if parent is not None and _of_other_scheme(parent, before, node, count) and not _runs_on(case, node, count):
            yield Breach(case.mark(node), f"“{node.number}”与同一层的“{parent.number}”写法不一")


@rule(
    "S010",
    "only-child",
    "hint",
    "一层只有一项",
    why="只有一项不必再分层。",
    source="实践",
    bad=HEAD + "一、修路\n（一）铺好县道路面。\n二、清淤\n（一）清沟。\n（二）清塘。\n",
    good=HEAD + "一、修路\n（一）铺油。\n（二）划线。\n二、清淤\n（一）清沟。\n（二）清塘。\n",
)
def only_child(case: Case) -> Iterator[Breach]:
    for parent, nodes in case.families:
        first = nodes[0]
        if parent is None or len(nodes) > 1 or number_value(first.number) != 1:
            continue
        yield Breach(case.mark(first), f"“{parent.number}”下面只有“{first.number}”一项，不必分层")


@rule(
    "S011",
    "heading-stop",
    "warning",
    "单独成行的标题末尾多了句号",
    why="同一层的标题，有的有句号，有的没有；单独成行的标题末尾不加句号。",
    source="GB/T 15834-2011 附录A",
    bad=HEAD + "（一）修好县道\n1.铺油。\n2.划线。\n（二）清好沟渠。\n1.清沟。\n2.清塘。\n",
    good=HEAD + "（一）修好县道\n1.铺油。\n2.划线。\n（二）清好沟渠\n1.清沟。\n2.清塘。\n",
)
def heading_stop(case: Case) -> Iterator[Breach]:
    lines: dict[int, list[tuple[Node, str]]] = {}
    for node in case.own_nodes:
        paragraph = case.paragraph(node.span[0])
        if node.children and node.children[0].span[0] > paragraph.end and len(paragraph.bare) < 40:
            lines.setdefault(node.level, []).append((node, paragraph.bare))
    for headings in lines.values():
        if all(text.endswith("。") for _, text in headings):
            continue
        for node, text in headings:
            if text.endswith("。") and text.count("。") == 1:
                end = case.paragraph(node.span[0]).start + case.paragraph(node.span[0]).text.rindex("。")
                yield Breach((end, end + 1), "标题单独成行，末尾不加句号")
