"""One item in full, for a person: what it says, who does it, and its place in the notice."""

from __future__ import annotations

from collections.abc import Iterator

from aiwei_cli.notice.model import ROLES, Node, Notice, Place, Span
from aiwei_cli.plain_text import one_line
from aiwei_cli.query import heading
from aiwei_cli.query.table import ROLE_LABELS, cited
from aiwei_cli.write.cells import printable


def card(place: Place) -> str:
    """The lines about one place, the last ones from the source as it is."""
    return "".join(printable(line) + "\n" for line in _lines(place))


def _lines(place: Place) -> Iterator[str]:
    notice, node = place.notice, place.node
    yield f"编号：{node.id}"
    if node.task is not None:
        yield f"任务：{node.task}（{node.status}）"
    if notice.title:
        yield f"公文：{notice.title}"
    if place.plan:
        yield f"方案：{place.plan.title}"
    if place.headings:
        yield f"章节：{' / '.join(heading(node) for node in place.headings)}"
    if node.title:
        yield f"标题：{node.title}"
    for number, paragraph in enumerate(node.text.split("\n") if node.text else ()):
        yield f"{'　　　' if number else '内容：'}{paragraph}"
    yield from _duties(node)
    for time in node.deadlines:
        yield f"时限：{time.written}{f'（{time.date}）' if time.date else ''}{_from_above(time.inherited)}"
    if node.moved:
        yield f"延期：{node.moved}"
    for citation in node.citations:
        yield f"引用：{cited(citation)}"
    if node.children:
        yield f"下级：{'、'.join(child.id for child in node.children)}"
    yield from _source(notice, node)


def _duties(node: Node) -> Iterator[str]:
    if not node.duties:
        yield "分工：没有写明"
    for role in ROLES:
        names = [
            duty.office
            + (f"（文中作“{duty.written}”）" if duty.written != duty.office else "")
            + _from_above(duty.inherited)
            for duty in node.duties
            if duty.role == role
        ]
        if names:
            yield f"{ROLE_LABELS[role]}：{'、'.join(names)}"


def _from_above(inherited: bool) -> str:
    return "（承上级标题）" if inherited else ""


def own_span(node: Node) -> Span:
    """The span of a node's own words: up to its first child."""
    return node.span[0], node.children[0].span[0] if node.children else node.span[1]


def place_of(node: Node) -> str:
    """Where a person finds the node: the page or paragraph of a file whose lines nobody sees, else the line."""
    return node.place or f"第 {node.line} 行"


def _source(notice: Notice, node: Node) -> Iterator[str]:
    """The words of the source with the numbers of their lines."""
    where = one_line(notice.source.path or "原文")
    start, end = own_span(node)
    written = notice.text[start:end]
    yield f"原文：{where} {place_of(node)}" + ("" if written else "（这是解析结果，没有附原文）")
    for number, line in enumerate(written.rstrip().split("\n") if written else (), node.line):
        if line.strip():
            yield f"{number:>6} | {line.rstrip()}"
