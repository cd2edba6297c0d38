"""Tables that aiwei wrote and people edited: which are known, and what their cells say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from aiwei_cli.notice.model import Notice
from aiwei_cli.reading.tables.exported import TITLE_END, export_header, notices_of_table, translated

Rows = Sequence[Sequence[str]]
_OWN = ("编号", "序号", "工作任务", "牵头单位")


@pytest.mark.parametrize(
    ("rows", "known"),
    [
        ([_OWN], True),
        ([("序号", "编号", "工作任务", "牵头单位", "完成时限")], True),
        ([("序号", "工作任务", "牵头单位")], False),
        # titles that nobody else writes
        ([("id", "item", "lead")], True),
        ([("序号", "工作任务", "牵头单位", "文中写法")], True),
        # an id alone may be anybody's: as it is written, or what is above tells
        ([("编号", "工作任务", "牵头单位"), ("1", "甲", "乙")], False),
        ([("编号", "工作任务", "牵头单位"), ("1",), ("一/1", "甲", "乙")], True),
        ([("编号", "工作任务", "牵头单位"), ("1#2", "甲", "乙")], True),
        ([("编号", "工作任务", "牵头单位"), ("1", "甲/乙", "乙#")], False),
        ([("工作任务", "牵头单位", "编号"), ("甲/乙",), ("甲", "乙"), ("甲", "乙", " ")], False),
        ([("《清淤》任务分解表",), ("编号", "工作任务", "牵头单位")], True),
        ([("清淤任务分解表",), ("编号", "工作任务", "牵头单位")], False),
        ([("序号", "工作任务", "牵头单位"), ("1/2", "甲", "乙")], False),
        # what a report counts
        ([("3 个事项　5 项责任",), ("序号", "工作任务", "牵头单位")], True),
        ([("3 个事项", "5 项责任"), ("序号", "工作任务", "牵头单位")], False),
        ([("3 个事项　5 项责任", "甲"), ("序号", "工作任务", "牵头单位")], False),
        ([("3 个事项　5 项责任",), ("说明",), ("序号", "工作任务", "牵头单位")], True),
        # too few titles, or too many of a person's own
        ([("id", "item")], False),
        ([("id", "item", "lead", "甲", "乙", "丙")], True),
        ([("id", "item", "lead", "甲", "乙", "丙", "丁")], False),
        ([("id", "number", "lead")], False),
        ([("id", "text", "lead")], True),
        ([("id", "title", "lead")], True),
        # nothing that is assigned, and not the whole of a notice either
        ([("id", "number", "text")], False),
        ([("notice", "id", "text")], True),
        ([("notice", "id", "item")], True),
        ([("notice", "id", "title")], False),
        ([("notice", "number", "text")], False),
        *(([("id", "number", "text", name)], True) for name in ("lead", "responsible", "support", "role", "office")),
        ([("id", "number", "text", "deadline")], True),
        # in one of the first eight rows
        ([("甲",)] * 7 + [_OWN], True),
        ([("甲",)] * 8 + [_OWN], False),
        # the first row of titles decides
        ([("序号", "工作任务", "牵头单位"), _OWN], False),
    ],
)
def test_which_tables_are_ours(rows: Rows, known: bool) -> None:
    assert (export_header(rows) is not None) is known


def test_what_is_known_of_a_table_otherwise() -> None:
    plain = [("序号", "工作任务", "牵头单位")]
    assert export_header(plain, sure=True) is not None
    assert export_header(plain, "清淤") is not None
    assert export_header([("甲", "乙")], "清淤", sure=True) is None


@pytest.mark.parametrize(
    ("above", "given", "notice"),
    [
        ((), "", ""),
        ((("《清淤》任务分解表",),), "", "清淤"),
        ((("", "《清淤》任务分解表", "《清淤》任务分解表"),), "", "清淤"),
        ((("《清淤》任务分解表", "甲"),), "", ""),
        ((("《清淤》任务分解表",), ("《补栽》任务分解表",)), "", "清淤"),
        ((("《清淤》任务分解表",),), "补栽", "补栽"),
    ],
)
def test_the_title_above_a_table(above: Rows, given: str, notice: str) -> None:
    found = export_header([*above, _OWN], given)
    assert found is not None
    assert (found.notice, found.row, found.keys) == (notice, len(above), ["id", "number", "item", "lead"])


def read(
    *rows: Sequence[str], titles: Sequence[str] = _OWN, said: Mapping[str, str] | None = None, **more: bool
) -> list[Notice]:
    found = export_header([titles], sure=True)
    assert found is not None
    return list(notices_of_table(found, [titles, *rows], said=said, **more))


def items(*notices: Notice) -> list[tuple[str, str, list[str]]]:
    return [
        (node.id, node.title or node.text, [duty.office for duty in node.duties])
        for notice in notices
        for node in notice.walk()
        if node.is_item
    ]


def test_rows_become_items_below_their_headings() -> None:
    notices = read(
        ("一、村庄清洁", "", "", ""),
        ("一/1", "1", "清淤", "县水利局"),
        ("", "", "", ""),
        _OWN,
        ("二、绿化", "二、绿化", "", ""),
        ("二/1", "1", "补栽", "县林业局"),
    )
    assert items(*notices) == [("一/1", "清淤", ["县水利局"]), ("二/1", "补栽", ["县林业局"])]
    assert [node.title for node in notices[0].walk() if not node.is_item] == ["村庄清洁", "绿化"]
    assert not notices[0].diagnostics


def test_one_cell_alone_is_a_heading_where_numbers_or_ids_are() -> None:
    (notice,) = read(("", "一、村庄清洁", "", ""), ("一/1", "1", "清淤", "县水利局"))
    assert [node.title for node in notice.walk() if not node.is_item] == ["村庄清洁"]
    (notice,) = read(("", "", "清淤", "县水利局"), ("", "", "补栽", ""))
    assert items(notice) == [("1", "清淤", ["县水利局"]), ("2", "补栽", [])]


def test_a_heading_that_no_row_names_is_its_number() -> None:
    (notice,) = read(("二、绿化", "", "", ""), ("一/1", "1", "清淤", "县水利局"))
    assert [node.title or node.text or node.id for node in notice.walk() if not node.is_item] == ["一"]
    (notice,) = read(("一二、绿化", "", "", ""), ("一/1", "1", "清淤", "县水利局"))
    assert "绿化" not in str([node.title for node in notice.walk()])


def test_the_last_heading_with_a_number_counts() -> None:
    (notice,) = read(("一、甲", "", "", ""), ("一、乙", "", "", ""), ("一/1", "1", "清淤", "县水利局"))
    assert [node.title for node in notice.walk() if not node.is_item] == ["乙"]


def test_titles_of_notices_across_the_table_begin_them() -> None:
    rows = (
        ("《清淤》", "", "", ""),
        ("1", "1", "甲", "县水利局"),
        ("《补栽》", "", "", ""),
        ("1", "1", "乙", "县林业局"),
    )
    assert [notice.title for notice in read(*rows)] == ["清淤", "补栽"]
    found = export_header([_OWN], "通知")
    assert found is not None
    (notice,) = notices_of_table(found, [_OWN, *rows])
    assert notice.title == "通知"


def test_without_ids_they_are_made_of_the_numbers_and_told() -> None:
    titles = ("序号", "工作任务", "牵头单位")
    (notice,) = read(("一、村庄清洁", "", ""), ("1", "清淤", "县水利局"), ("2", "补栽", "县林业局"), titles=titles)
    assert [item[0] for item in items(notice)] == ["一/1", "一/2"]
    (told,) = notice.diagnostics
    assert (told.code, told.line, told.column, told.span) == ("T004", 1, 1, (0, 0))
    assert "编号按序号和标题另编" in told.message
    (printed,) = read(("1", "清淤", "县水利局"), titles=titles, printed=True)
    assert not printed.diagnostics
    titles = ("工作任务", "牵头单位", "完成时限")
    (notice,) = read(("清淤", "县水利局", ""), ("补栽", "县林业局", ""), titles=titles)
    assert [item[0] for item in items(notice)] == ["1", "2"]
    assert "编号按行的顺序另编" in notice.diagnostics[0].message


def test_rows_of_duties_of_one_item_are_one_item() -> None:
    titles = ("工作任务", "分工", "单位")
    rows = (("清淤", "牵头", "甲"), ("清淤", "配合", "乙"), ("补栽", "负责", "丙"))
    (notice,) = read(*rows, titles=titles)
    assert items(notice) == [("1", "清淤", ["甲", "乙"]), ("2", "补栽", ["丙"])]
    assert [duty.role for node in notice.walk() for duty in node.duties] == ["lead", "support", "responsible"]
    titles = ("工作任务", "牵头单位", "完成时限")
    (notice,) = read(("清淤", "甲", ""), ("清淤", "乙", ""), titles=titles)
    assert [item[0] for item in items(notice)] == ["1", "2"]


def test_columns_of_a_persons_own_stay_with_their_row() -> None:
    (notice,) = read(("1", "1", "清淤", "甲", " 很好 ", "无题"), titles=(*_OWN, "评价", ""))
    assert "很好" in str(notice.to_dict()) and "无题" not in str(notice.to_dict())
    (notice,) = read(("1", "1", "清淤", "甲", " "), titles=(*_OWN, "评价"))
    assert "评价" not in str(notice.to_dict())


def test_where_the_title_of_an_item_ends_may_be_told() -> None:
    (notice,) = read(("1", "1", f"清淤{TITLE_END}全部河道", "甲"))
    assert [(node.title, node.text) for node in notice.walk()] == [("清淤", "全部河道")]


def test_what_is_said_above_the_table_holds_for_its_rows() -> None:
    (notice,) = read(("1", "1", "清淤", "甲"), said={"issuer": "某县人民政府", "notice": "别的", "year": "2024"})
    assert (notice.issuer, notice.title) == ("某县人民政府", None)


@pytest.mark.parametrize(
    ("cell", "guarded", "plain"),
    [
        ("'=甲", False, "=甲"),
        ("'甲", False, "'甲"),
        ("'甲", True, "甲"),
        ("''甲", True, "'甲"),
        ("=甲", True, "=甲"),
        ("'", False, "'"),
        ("'＋甲", False, "＋甲"),
    ],
)
def test_the_sign_that_keeps_a_spreadsheet_from_running_a_cell(cell: str, guarded: bool, plain: str) -> None:
    (notice,) = read(("1", "1", cell, "甲"), guarded=guarded)
    assert items(notice)[0][1] == plain


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"年份": "2024"}, {"year": 2024}),
        ({"行": "123456789"}, {"line": 123456789}),
        ({"行": "1234567890"}, {"line": None}),
        ({"行": "三"}, {"line": None}),
        *(({name: "7"}, {name: 7}) for name in ("level", "line", "year", "version", "task")),
        *(({"inherited": word}, {"inherited": word in ("是", "true")}) for word in ("是", "true", "否", "")),
        ({"分工": "牵头"}, {"role": "lead"}),
        ({"分工": "负责"}, {"role": "responsible"}),
        ({"分工": "配合"}, {"role": "support"}),
        ({"分工": "督办"}, {"role": "督办"}),
        ({"牵头单位": "甲"}, {"lead": "甲"}),
        ({"评价": "牵头"}, {"评价": "牵头"}),
        ({"level": 2, "责任单位": ["甲"]}, {"level": 2, "responsible": ["甲"]}),
    ],
)
def test_rows_with_chinese_labels_have_their_keys_again(row: dict[str, object], found: dict[str, object]) -> None:
    assert translated(row) == found
