"""A notice in a notebook and at the prompt of Python: one line, and a table."""

from __future__ import annotations

from aiwei_cli.language.chars import clipped
from aiwei_cli.notice.model import Notice
from aiwei_cli.plain_text import one_line
from aiwei_cli.query import Filters
from aiwei_cli.query.called import UNTITLED, called
from aiwei_cli.query.filters import selector
from aiwei_cli.query.table import Table, hits_table

_TITLE = 40
"""Characters of a title."""
_ROWS = 200
"""Rows of a table: a notebook is no place for more."""


def line(notice: Notice) -> str:
    """What a notice is, on one line.

    >>> from aiwei_cli import parse
    >>> parse("一、修路（住建局负责）。")
    <Notice （没有标题） 1 个事项 1 项责任 0 处疑点>
    """
    hits = list(selector(Filters())(notice))
    duties = sum(len(hit.duties) for hit in hits)
    title = clipped(one_line(called(notice) or UNTITLED), _TITLE)
    return f"<Notice {title} {len(hits)} 个事项 {duties} 项责任 {len(notice.diagnostics)} 处疑点>"


def table(notice: Notice) -> str:
    """Its items as an HTML table."""
    return html(hits_table(selector(Filters())(notice), "item"), called(notice) or UNTITLED)


def html(found: Table, title: str) -> str:
    """A table for people as HTML, every word escaped; of a long one the first rows."""
    from aiwei_cli.write.cells import cell_text
    from aiwei_cli.write.xml import escaped

    shown = found.for_person()
    rows = list(shown.rows)
    used = [column for column in shown.columns if not column.optional or any(row.get(column.key) for row in rows)]
    head = "".join(f"<th>{column.label}</th>" for column in used)
    cells = (
        "".join(f"<td>{escaped(cell_text(column, row.get(column.key), 'zh'))}</td>" for column in used)
        for row in rows[:_ROWS]
    )
    more = f"<p>共 {len(rows)} 行，列出 {_ROWS} 行</p>" if len(rows) > _ROWS else ""
    body = "".join(f"<tr>{each}</tr>" for each in cells)
    return (
        f"<table><caption>{escaped(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
    )
