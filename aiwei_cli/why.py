"""Why a node was read as it was: which rule read which characters as what."""

from __future__ import annotations

from aiwei_cli.diagnostics import CODES
from aiwei_cli.lines import Lines
from aiwei_cli.model import Duty, Node, Notice, Span
from aiwei_cli.parts import parts

_ROLES = {"lead": "牵头", "responsible": "负责", "support": "配合"}
_LEVELS = {
    0: "编、章、节",
    1: "第一层：一、或第一条",
    2: "第二层：（一）",
    3: "第三层：1.",
    4: "第四层：（1）",
    5: "第五层：①",
}
_WIDEST = 60


def why(notice: Notice, node: Node) -> list[str]:
    """What each part of a node was read as and by which rule, one line each, in Chinese.

    A place is ``line:column`` of the source; the quoted words are the source's own.
    """
    lines = [f"{node.id}  第 {node.line} 行{f'（文件里的{node.place}）' if node.place else ''}"]
    lines += [_number(notice, node)]
    if node.title_span:
        lines.append(_line(notice, node.title_span, "标题", "单独成行的标题，或后面还有正文的短首句"))
    for part in parts(notice):
        if part.owner == node.id and part.kind == "text":
            lines.append(_line(notice, part.span, "正文", "编号之后、责任分工之外的文字"))
    for span in node.clauses:
        lines.append(_line(notice, span, "责任分工", "句末括号里的单位和动词，或「责任单位：」一类字段（roles.yaml）"))
        lines += [_duty(notice, duty) for duty in node.duties if span[0] <= duty.span[0] < span[1]]
    lines += [_inherited(notice, node)] if any(duty.inherited for duty in node.duties) else []
    for deadline in node.deadlines:
        due = deadline.date or "没有具体日期"
        lines.append(_line(notice, deadline.span, "时限", f"读作 {due}{'，沿用上级' if deadline.inherited else ''}"))
    for citation in node.citations:
        number = f"，文号 {citation.document_number}" if citation.document_number else ""
        lines.append(_line(notice, citation.span, "引用", f"书名号里的文件名{number}"))
    end = node.children[0].span[0] if node.children else node.span[1]
    for found in notice.diagnostics:
        if node.span[0] <= found.span[0] < end and found.code in CODES:
            lines.append(f"  {found.line}:{found.column}  {found.code}  {found.message}")
    return lines


def _number(notice: Notice, node: Node) -> str:
    span = node.span[0], node.span[0] + len(node.number)
    return _line(notice, span, "编号", f"{_LEVELS.get(node.level, node.level)}（numbering.yaml）")


def _duty(notice: Notice, duty: Duty) -> str:
    how = f"统一为 {duty.office}（offices.yaml）" if duty.office != duty.written else "按原文"
    rule = f"；依据「{duty.rule}」" if duty.rule else ""
    return _line(notice, duty.span, _ROLES[duty.role], f"{how}{rule}")


def _inherited(notice: Notice, node: Node) -> str:
    offices = "、".join(f"{duty.office}（{_ROLES[duty.role]}）" for duty in node.duties if duty.inherited)
    rules = {duty.rule for duty in node.duties if duty.inherited and duty.rule}
    source = f"依据「{'」「'.join(sorted(rules))}」" if rules else "本条没有写，沿用上级的责任分工"
    return f"  沿用  {offices}：{source}"


def _line(notice: Notice, span: Span, what: str, rule: str) -> str:
    text = notice.text
    words = "".join(text[span[0] : span[1]].split())
    words = words if len(words) <= _WIDEST else f"{words[:_WIDEST]}…"
    line, column = Lines(text).place(span[0])
    return f"  {line}:{column}  {what}  「{words}」  {rule}"
