"""Why a node was read as it was: which rule read which characters as what, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aiwei_cli.compiled import Rules, load
from aiwei_cli.language.chars import clipped
from aiwei_cli.notice.codes import CODES
from aiwei_cli.notice.lines import Lines
from aiwei_cli.notice.model import Duty, Node, Notice, Span
from aiwei_cli.notice.parts import parts
from aiwei_cli.parsing.assemble.reasons import Reasons, reasons
from aiwei_cli.parsing.clauses.reading import REASONS
from aiwei_cli.records import NamedTuple

_ROLES = {"lead": "牵头", "responsible": "负责", "support": "配合"}
_KINDS = {
    "number": "编号",
    "heading": "标题",
    "text": "正文",
    "clause": "责任分工",
    "left": "不是分工",
    "deadline": "时限",
    "citation": "引用",
}
_LEVELS = {
    0: "编、章、节",
    1: "第一层：一、或第一条",
    2: "第二层：（一）",
    3: "第三层：1.",
    4: "第四层：（1）",
    5: "第五层：①",
}
_TIERS = {
    1: "正文的句子，第一级：牵头及其配合",
    2: "正文，第二级：分工标题下，由单位起头的一条",
    3: "正文的句子，第三级：负责、会同，单位认得或看得出",
}
_WIDEST = 60
"""The longest quotation: a line of a terminal has 80 columns, a Chinese character takes two."""


class Piece(NamedTuple):
    """One thing that was read, or looked at and left."""

    kind: str
    """number, heading, text, clause, duty, left, deadline, citation, inherited or diagnostic."""
    span: Span
    message: str
    """What it was read as and by which rule, in Chinese."""
    more: dict[str, Any]
    """For programs: role, office, entry (of the rules), entry_span, tier (of a sentence), rule, reason, code, date,
    document_number."""


def why(notice: Notice, node: Node, rules: Rules | None = None) -> list[str]:
    """What each part of a node was read as and by which rule, one line each, in Chinese.

    A place is ``line:column`` of the source; the quoted words are the source's own. ``rules`` are those that the notice
    was read by.
    """
    lines = Lines(notice.text)
    found = [f"{node.id}  第 {node.line} 行{f'（文件里的{node.place}）' if node.place else ''}"]
    for piece in pieces(notice, node, rules):
        if piece.kind == "inherited":
            found.append(f"  沿用  {piece.message}")
            continue
        line, column = lines.place(piece.span[0])
        if piece.kind == "diagnostic":
            found.append(f"  {line}:{column}  {piece.more['code']}  {piece.message}")
        else:
            what = _ROLES[piece.more["role"]] if piece.kind == "duty" else _KINDS[piece.kind]
            found.append(f"  {line}:{column}  {what}  「{_quoted(notice.text, piece.span)}」  {piece.message}")
    return found


def why_data(notice: Notice, node: Node, rules: Rules | None = None) -> dict[str, Any]:
    """The same as plain data: ``id``, ``path``, ``line``, ``place`` and ``evidence``, a list in the order of the text.

    Lines and columns begin at 1, spans are half-open offsets of the decoded source.
    """
    lines = Lines(notice.text)
    found = []
    for piece in pieces(notice, node, rules):
        line, column = lines.place(piece.span[0])
        words = notice.text[piece.span[0] : piece.span[1]]
        row = {"kind": piece.kind, "line": line, "column": column, "span": list(piece.span), "words": words}
        found.append(row | piece.more | {"message": piece.message})
    return {
        "id": node.id,
        "path": notice.source.path,
        "title": notice.title,
        "line": node.line,
        "place": node.place,
        "evidence": found,
    }


def pieces(notice: Notice, node: Node, rules: Rules | None = None) -> list[Piece]:
    """What was read of a node, and what was looked at and left, in the order of the text."""
    known = reasons(notice.text, rules if rules is not None else load()) if notice.text else None
    end = node.children[0].span[0] if node.children else node.span[1]
    found = [*_number(node, known), *_words(notice, node), *_clauses(node, known)]
    if known is not None:
        regions = [part.span for part in parts(notice) if part.owner == node.id]
        found += [
            Piece("left", each.span, REASONS[each.reason], {"reason": each.reason})
            for each in known.left
            if any(a <= each.span[0] < b for a, b in regions)
        ]
    for deadline in node.deadlines:
        due = f"读作 {deadline.date or '没有具体日期'}{'，沿用上级' if deadline.inherited else ''}"
        found.append(Piece("deadline", deadline.span, due, {"date": deadline.date, "inherited": deadline.inherited}))
    for citation in node.citations:
        number = citation.document_number
        message = f"书名号里的文件名{f'，文号 {number}' if number else ''}"
        found.append(Piece("citation", citation.span, message, {"document_number": number}))
    found.sort(key=lambda piece: (piece.span[0], -piece.span[1]))
    found += _inherited(node)
    for each in notice.diagnostics:
        if node.span[0] <= each.span[0] < end and each.code in CODES:
            found.append(Piece("diagnostic", each.span, each.message, {"code": each.code}))
    return found


def _number(node: Node, known: Reasons | None) -> Iterator[Piece]:
    kind = known.numbers.get(node.span[0]) if known is not None else None
    where = f"numbering.yaml {kind}" if kind else "numbering.yaml"
    span = node.span[0], node.span[0] + len(node.number)
    yield Piece("number", span, f"{_LEVELS.get(node.level, node.level)}（{where}）", {"entry": where})


def _words(notice: Notice, node: Node) -> Iterator[Piece]:
    if node.title_span:
        yield Piece("heading", node.title_span, "单独成行的标题，或后面还有正文的短首句", {})
    for part in parts(notice):
        if part.owner == node.id and part.kind == "text":
            yield Piece("text", part.span, "编号之后、责任分工之外的文字", {})


def _clauses(node: Node, known: Reasons | None) -> Iterator[Piece]:
    for span in node.clauses:
        yield Piece("clause", span, "句末括号里的单位和动词，或「责任单位：」一类字段（roles.yaml）", {})
        for duty in node.duties:
            if span[0] <= duty.span[0] < span[1]:
                yield _duty(duty, known)
    for duty in node.duties:
        if duty.stated == "prose":
            yield _duty(duty, known)


def _duty(duty: Duty, known: Reasons | None) -> Piece:
    how = f"统一为 {duty.office}（offices.yaml）" if duty.office != duty.written else "按原文"
    cause = known.causes.get(duty.span) if known is not None else None
    more: dict[str, Any] = {"role": duty.role, "office": duty.office}
    if cause is not None and cause.tier:
        how = f"{_TIERS[cause.tier]}（prose.yaml {cause.entry}）；{how}"
        more |= {"entry": cause.entry, "entry_span": list(cause.span), "tier": cause.tier}
    elif cause is not None:
        how = f"{f'roles.yaml {cause.entry}' if cause.span[0] < cause.span[1] else '只有单位，没有动词'}；{how}"
        more |= {"entry": cause.entry, "entry_span": list(cause.span)}
    if duty.rule:
        how += f"；依据「{duty.rule}」"
        more["rule"] = duty.rule
    return Piece("duty", duty.span, how, more)


def _inherited(node: Node) -> Iterator[Piece]:
    own = [duty for duty in node.duties if duty.inherited]
    if own:
        offices = "、".join(f"{duty.office}（{_ROLES[duty.role]}）" for duty in own)
        rules = sorted({duty.rule for duty in own if duty.rule})
        source = f"依据「{'」「'.join(rules)}」" if rules else "本条没有写，沿用上级的责任分工"
        named = [{"role": duty.role, "office": duty.office, "rule": duty.rule} for duty in own]
        yield Piece("inherited", own[0].span, f"{offices}：{source}", {"duties": named})


def _quoted(text: str, span: Span) -> str:
    words = "".join(text[span[0] : span[1]].split())
    return clipped(words, _WIDEST)
