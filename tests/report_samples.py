"""What the tests of the report formats share: writing to bytes, and notices with hostile words."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TextIO

from shell import due, duty, node, sample

from aiwei_cli.notice.model import Hit, Notice
from aiwei_cli.query import Filters
from aiwei_cli.query.filters import selector
from aiwei_cli.query.table import Column, Table
from aiwei_cli.reading import sources
from aiwei_cli.write import FORMATS, Style, write_report, write_table
from aiwei_cli.write.report import Report

PEOPLE = Style(labels="zh")

FORMULAS = ["=1+1", "{=1+1}", "+1", "-1+2", "@SUM(A1)", "=HYPERLINK(1)", "＝1+1"]
LOOKALIKES = ["1.10", "0123", "2023-12-31", "1-2", "(1)", "1e5", "TRUE", "http://example.com/", "mailto:a@b.cn", "#N/A"]
MARKUP = ['<b>&"x"</b>', "</script><script>alert(1)</script>", "<!--", "]]>", "&lt;", "甲\u2028乙", "{{x}}", "$title"]
ILLEGAL = "甲\x00\x01\x0b\x1f\ufffe\ud800乙"


def bundled() -> Notice:
    from aiwei_cli.compiled import load
    from aiwei_cli.parsing import parse
    from aiwei_cli.resources import bundled_notice

    (document,) = sources([str(bundled_notice())])
    return parse(document.text, source=document.source, rules=load(None))  # type: ignore[union-attr]


def hits(*notices: Notice, filters: Filters | None = None) -> list[Hit]:
    find = selector(filters or Filters())
    return [hit for notice in notices or (sample(),) for hit in find(notice)]


def saying(*texts: str) -> Notice:
    """A notice whose items, title and offices are these words."""
    body = tuple(
        node(
            str(number),
            f"{number}.",
            3,
            title=text,
            text=text,
            duties=(duty("lead", text),),
            deadlines=(due(text, None),),
        )
        for number, text in enumerate(texts, 1)
    )
    return replace(sample(), title=texts[0], issuer=texts[0], body=body)


def many(offices: int = 3, items: int = 450) -> Notice:
    """A notice with more items than are drawn at once, in two sections."""
    halves = [
        node(
            section,
            f"{section}、",
            1,
            title=f"第{section}部分",
            children=tuple(
                node(f"{section}/{n}", f"{n}.", 3, text=f"任务{n}", duties=(duty("lead", f"第{n % offices}局"),))
                for n in range(1 + at, items // 2 + 1 + at)
            ),
        )
        for section, at in (("一", 0), ("二", items // 2))
    ]
    return replace(sample(), body=tuple(halves))


def in_bytes(write: Callable[[TextIO], None]) -> bytes:
    """What a writer wrote, as the bytes of a file."""
    data = io.BytesIO()
    out = io.TextIOWrapper(data, encoding="utf-8", errors="replace", newline="")
    write(out)
    out.flush()
    return data.getvalue()


def report(format: str, found: Report | Iterable[Hit], style: Style = PEOPLE) -> bytes:
    made = found if isinstance(found, Report) else Report(list(found))
    return in_bytes(lambda out: write_report(made, out, FORMATS[format], style))


def table(format: str, made: Table, style: Style = PEOPLE) -> bytes:
    return in_bytes(lambda out: write_table(made, out, FORMATS[format], style))


def cells(*texts: str) -> Table:
    """A table of one column."""
    return Table("行", (Column("text", "内容"),), [{"text": text} for text in texts])
