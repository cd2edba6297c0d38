"""Rows of an export are a source again: the outline, the duties, the times and the citations come back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from shell import sample, select, two_plans

from aiwei_cli.notice.model import Notice
from aiwei_cli.query import Filters
from aiwei_cli.query.rows import is_row, notices_from_rows, rows_from_separated
from aiwei_cli.query.table import hits_table
from aiwei_cli.write import FORMATS, Style, write_table


def rows(notice: Notice, per: Any, filters: Filters | None = None) -> list[dict[str, Any]]:
    table = hits_table(select(notice, filters or Filters()), per).for_program()
    return [{column.key: row.get(column.key) for column in table.columns} for row in table.rows]


@pytest.mark.parametrize("notice", [sample(), two_plans()], ids=["sample", "plans"])
def test_the_rows_of_what_came_back_are_the_same(notice: Notice) -> None:
    first = rows(notice, "item")
    (back,) = notices_from_rows(first)
    for row, again in zip(first, rows(back, "item"), strict=True):
        # Which of several times the date belongs to is not in the row; neither are titles of enclosed plans.
        for key in row.keys() - {"section"}:
            assert again[key] == row[key], key


def test_headings_come_back_with_number_title_and_level() -> None:
    (back,) = notices_from_rows(rows(sample(), "item"))
    assert [(node.id, node.number, node.level, node.title) for node in back.walk() if node.children] == [
        ("一", "一、", 1, "重点工作"),
        ("一/（一）", "（一）", 2, "打造健康环境"),
        ("一/（二）", "（二）", 2, "倡导文明"),
        ("二", "二、", 1, "组织活动"),
    ]


@pytest.mark.parametrize("format", ["csv", "tsv"])
@pytest.mark.parametrize("for_excel", [True, False])
@pytest.mark.parametrize("per", ["item", "duty"])
def test_the_rows_of_csv_and_tsv_are_the_same(format: str, for_excel: bool, per: str) -> None:
    out = io.StringIO(newline="")
    table = hits_table(select(sample(), Filters()), "duty" if per == "duty" else "item")
    write_table(table, out, FORMATS[format], Style(for_excel=for_excel))
    read = rows_from_separated(out.getvalue())
    again = [{key: "" if cell is None else cell for key, cell in row.items()} for row in read]
    wanted = [{key: "" if cell is None else cell for key, cell in row.items()} for row in rows(sample(), per)]
    if format == "tsv":  # a line of TSV has no line breaks
        wanted = [
            {key: cell.replace("\n", " ") if isinstance(cell, str) else cell for key, cell in row.items()}
            for row in wanted
        ]
    assert again == wanted


def test_rows_of_duties_say_which_came_from_a_heading() -> None:
    (back,) = notices_from_rows(rows(sample(), "duty"))
    assert [hit.place.node.id for hit in select(back, Filters(offices=("妇联",), own=True))] == ["一/（二）"]


def test_rows_of_several_notices_come_back_as_several() -> None:
    both = rows(sample(), "item") + rows(two_plans(), "item")
    assert [notice.title for notice in notices_from_rows(both)] == [
        "关于印发《工作要点》的通知",
        "关于印发两个方案的通知",
    ]


@pytest.mark.parametrize("value", [{}, {"id": "一"}, [], "一", None])
def test_what_is_no_row_is_told_apart(value: Any) -> None:
    assert not is_row(value)


def test_a_row_without_an_id_is_refused() -> None:
    broken = [{**rows(sample(), "item")[0], "id": None}]
    with pytest.raises(ValueError, match="id"):
        list(notices_from_rows(broken))
