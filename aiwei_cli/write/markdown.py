"""Markdown for people: a table, or a whole notice as headings and lists with the table of its tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO

from aiwei_cli.notice.model import ROLES, Duty, Node, Notice
from aiwei_cli.query import Filters
from aiwei_cli.query.called import UNTITLED, called
from aiwei_cli.query.filters import selector
from aiwei_cli.query.table import ROLE_LABELS, Per, Table, hits_table
from aiwei_cli.write import FORMATS, Format, Style
from aiwei_cli.write.cells import cell_text, head, printable
from aiwei_cli.write.doubts import Doubts

_MARKS = re.compile(r"[\\`*_\[\]<>|~]")
# What would turn the first words of a paragraph into a heading, a list or a line.
_OPENING = re.compile(r"^(\d*)(#|[-+=.)])")


def write_table(table: Table, out: TextIO, format: Format, style: Style) -> None:
    """A table; its cells may hold line breaks."""
    columns = table.columns
    out.write("| " + " | ".join(_heading(head(column, style.labels)) for column in columns) + " |\n")
    out.write("|" + "|".join(" ---: " if column.numeric else " --- " for column in columns) + "|\n")
    for row in table.rows:
        cells = (_cell(cell_text(column, row.get(column.key), style.labels)) for column in columns)
        out.write("| " + " | ".join(cells) + " |\n")


def write_reports(notices: Iterable[Notice], out: TextIO, style: Style, per: Per) -> None:
    """Notices in full: what each is, the table of its tasks, and its outline with who does what."""
    find = selector(Filters())
    for number, notice in enumerate(notices):
        out.write("\n" if number else "")
        _write_report(notice, hits_table(find(notice), per).for_person(), out, style)


def _write_report(notice: Notice, table: Table, out: TextIO, style: Style) -> None:
    out.write(f"# {inline(called(notice) or UNTITLED)}\n\n")
    for label, value in _particulars(notice):
        out.write(f"- {label}：{inline(value)}\n")
    if table.rows:
        out.write("\n## 任务分解表\n\n")
        write_table(table, out, FORMATS["md"], style)
    doubts = Doubts([notice]).table()
    if doubts is not None:
        out.write(f"\n## {doubts.name}\n\n")
        write_table(doubts, out, FORMATS["md"], style)
    if notice.body or notice.preamble:
        out.write("\n## 正文\n")
    if notice.preamble:
        out.write(f"\n{_paragraphs(notice.preamble)}\n")
    if notice.duties:
        out.write(f"\n{_owners(notice.duties)}\n")
    for node in notice.body:
        _write_node(node, out, 3)


def _particulars(notice: Notice) -> Iterable[tuple[str, str]]:
    values = (
        ("发文机关", notice.issuer),
        ("发文字号", notice.document_number),
        ("成文日期", notice.date),
        ("主送", "、".join(notice.addressees)),
        ("抄送", "、".join(notice.copies)),
        ("来源", notice.source.path),
    )
    return ((label, value) for label, value in values if value)


def _write_node(node: Node, out: TextIO, depth: int) -> None:
    """A heading with what is below it; an item without children is a paragraph that begins with its number."""
    if node.children:
        out.write(f"\n{'#' * min(depth, 6)} {inline(node.number + node.title)}\n")
        if node.text:
            out.write(f"\n{_paragraphs(node.text)}\n")
    else:
        # The blank lets the bold end: after a full stop or a bracket, a Chinese character right after ** would not.
        out.write(f"\n**{inline(node.number + node.title)}** {_paragraphs(node.text)}\n")
    owners = _owners(node.duties if node.is_item else node.own_duties)
    times = "、".join(dict.fromkeys(time.written for time in node.deadlines))
    lines = [line for line in (owners, f"- 完成时限：{inline(times)}" if times and node.is_item else "") if line]
    if lines:
        out.write("\n" + "\n".join(lines) + "\n")
    for child in node.children:
        _write_node(child, out, depth + 1)


def _owners(duties: Iterable[Duty]) -> str:
    """The offices of each role on a line of a list; those that come from a heading say so."""
    lines = []
    for role in ROLES:
        for inherited, note in ((False, ""), (True, "（承上级标题）")):
            names = dict.fromkeys(d.office for d in duties if d.role == role and d.inherited is inherited)
            if names:
                lines.append(f"- {ROLE_LABELS[role]}{note}：{inline('、'.join(names))}")
    return "\n".join(lines)


def _heading(name: str) -> str:
    """The name of a column, which in a matrix is the title of a section; one of aiwei's own keys stays as it is."""
    return name if name.isidentifier() and name.isascii() else _cell(name)


def _escaped(line: str) -> str:
    return _MARKS.sub(r"\\\g<0>", printable(line.strip()))


def inline(text: str) -> str:
    """A text on one line, with every sign escaped that means something to Markdown."""
    return _escaped(" ".join(text.split()))


def _paragraphs(text: str) -> str:
    lines = (_OPENING.sub(r"\1\\\2", _escaped(line)) for line in text.split("\n"))
    return "\n\n".join(line for line in lines if line)


def _cell(text: str) -> str:
    return "<br>".join(_escaped(line) for line in text.split("\n"))
