"""Rows of an export are a source again: the outline, the duties, the times and the citations come back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from shell import sample, select, two_plans

from aiwei_cli.notice.model import Notice
from aiwei_cli.query import Filters
from aiwei_cli.query.rows import is_row, level_of, notices_from_rows, rows_from_separated
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


@pytest.mark.parametrize(
    ("part", "level"),
    [("第一章", 0), ("第三条", 1), ("一", 1), ("（一）", 2), ("1", 3), ("（1）", 4), ("1）", 4), ("①", 5)],
)
def test_the_level_of_a_part_of_an_id(part: str, level: int) -> None:
    assert level_of(part) == level


def test_what_comes_back_of_rows_lies_nowhere_in_a_text() -> None:
    (back,) = notices_from_rows(rows(sample(), "item"))
    assert {node.span for node in back.walk()} == {(0, 0)}


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


def row(id: str, **more: Any) -> dict[str, Any]:
    """As little as a row may be."""
    return {"notice": "甲", "id": id, "section": "", "path": "", "line": 1, **more}


def test_five_columns_make_a_row() -> None:
    assert is_row(row("一")) and not is_row({key: value for key, value in row("一").items() if key != "line"})
    (back,) = notices_from_rows([row("一/①", item="清淤")])
    heading, item = back.walk()
    assert (heading.number, heading.level, heading.line) == ("一、", 1, 0)
    assert (item.number, item.level, item.line, item.text) == ("①", 5, 1, "清淤")


def test_a_heading_of_another_title_is_another() -> None:
    below = [row("一", title="甲"), row("一/1", section="乙"), row("一/2", section="乙"), row("一/3", section="丙")]
    (back,) = notices_from_rows(below)
    assert [(each.id, each.title) for each in back.walk()] == [
        ("一", "甲"),
        ("一#2", "乙"),
        ("一/1", ""),
        ("一/2", ""),
        ("一#3", "丙"),
        ("一/3", ""),
    ]
    (back,) = notices_from_rows([row("一", title="甲"), row("一#2", title="乙"), row("一/1", section="丙")])
    assert [each.id for each in back.walk()] == ["一", "一#2", "一#3", "一/1"]
    (back,) = notices_from_rows([row("一/1"), row("二/1"), row("二/2", section="乙")])
    assert [each.id for each in back.walk()] == ["一", "一/1", "二", "二/1", "二/2"]


def test_an_office_is_written_as_the_row_says() -> None:
    said = {"role": "lead", "office": "住房和城乡建设局"}
    (back,) = notices_from_rows([row("一", **said, written="住建局"), row("二", **said)])
    assert [duty.written for each in back.body for duty in each.duties] == ["住建局", "住房和城乡建设局"]


@pytest.mark.parametrize(
    ("said", "dates"),
    [
        ({"deadline": "6月底前", "due": "2023-06-30"}, ["2023-06-30"]),
        ({"deadline": "6月底前、雨季前", "due": "2023-06-30"}, ["2023-06-30", None]),
        # the date of the row is that of the first time that has none, else of the first
        ({"deadline": "6月底前、雨季前", "due": "2023-05-31"}, ["2023-06-30", "2023-05-31"]),
        ({"deadline": "6月底前", "due": "2023-05-31"}, ["2023-05-31"]),
        ({"deadline": "雨季前"}, [None]),
        # the year is that of the row, of its times, or of the title
        ({"deadline": "6月底前", "notice": "2023年工作要点"}, ["2023-06-30"]),
        ({"deadline": "6月底前", "notice": None, "year": 2022}, ["2022-06-30"]),
        ({"deadline": "2024年5月底前、6月底前"}, ["2024-05-31", "2024-06-30"]),
        ({"deadline": "6月底前"}, [None]),
    ],
)
def test_times_come_back_with_their_dates(said: dict[str, Any], dates: list[str | None]) -> None:
    (back,) = notices_from_rows([row("一", **said)])
    assert [time.date for time in back.body[0].deadlines] == dates


@pytest.mark.parametrize(
    ("cell", "line"), [("7", 7), ("123456789", 123456789), ("1234567890", None), ("", None), ("七", None), ("-1", None)]
)
def test_a_number_in_a_cell(cell: str, line: int | None) -> None:
    (read,) = rows_from_separated(f"id\tline\tinherited\n一\t{cell}\ttrue\n")
    assert read == {"id": "一", "line": line, "inherited": True}


def test_a_row_without_an_id_is_refused() -> None:
    broken = [{**rows(sample(), "item")[0], "id": None}]
    with pytest.raises(ValueError, match="id"):
        list(notices_from_rows(broken))
