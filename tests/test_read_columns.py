"""What the columns of a table are for, and which shapes a table of tasks has: both sides of what decides."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_read_grid import Sketch, lines, table
from test_read_shapes import codes, items

from aiwei_cli.compiled import load
from aiwei_cli.reading.tables.columns import Columns, Header, find_header, is_doubts, is_office
from aiwei_cli.reading.tables.grid import Tables
from aiwei_cli.reading.tables.numbered import Ids
from aiwei_cli.reading.tables.report_head import facts_of, inner_title, notice_in

BODY = ("1", "清淤。", "县水利局", "县财政局")


def header(*rows: Sketch, at: int = 0) -> Header | None:
    return find_header(list(enumerate(table(*rows), 1)), at, load())


def titles(*rows: Sketch) -> list[str] | None:
    found = header(*rows)
    return None if found is None else found.titles


# -- the header --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "is_header"),
    [
        (("工作任务", "牵头单位"), True),
        (("序号", "牵头单位"), True),
        (("名称", "牵头单位"), False),
        (("工作任务", "<"), False),
        (("工作任务及牵头单位", "<", "<"), False),
        (("序号", "甲" * 30, "牵头单位"), True),
        (("序号", "甲" * 31, "牵头单位"), False),
        (("序号", "工作任务", "牵头单位：甲；配合"), False),
        (("序号", "工作任务。", "牵头单位"), False),
        # what aiwei writes for programs; words that anybody may use say nothing
        (("number", "item", "lead"), True),
        (("item", "lead", "support"), True),
        (("item", "lead"), False),
        (("number", "text", "lead"), False),
        (("number", "item", "lead", "money"), False),
        (("number", "", "item", "lead"), True),
    ],
)
def test_which_rows_are_headers(row: Sketch, is_header: bool) -> None:
    assert (header(row, BODY[: len(row)]) is not None) is is_header


def test_english_titles_are_those_that_people_get() -> None:
    assert titles(("number", "", "item", "lead"), ("1", "", "清淤", "县水利局")) == ["序号", "", "工作任务", "牵头单位"]


def test_a_header_without_rows_is_none() -> None:
    assert header(("工作任务", "牵头单位")) is None
    assert header(("工作任务", "牵头单位"), ("", "")) is None
    assert header(("工作任务", "牵头单位"), ("", ""), ("", "县水利局")) is not None


@pytest.mark.parametrize(
    ("upper", "lower", "title"),
    [
        ("牵头", "单位", "牵头单位"),
        ("配合", "科室", "配合科室"),
        ("分工", "牵头单位", "牵头单位"),
        ("责任分工", "配合单位", "配合单位"),
        ("工作安排", "完成时限", "完成时限"),
    ],
)
def test_two_rows_of_a_header_are_one_title(upper: str, lower: str, title: str) -> None:
    found = header(("序号", "工作任务", upper, "<"), ("^", "^", lower, "责任单位"), BODY)
    assert found is not None
    assert (found.body, found.titles) == (2, ["序号", "工作任务", title, "责任单位"])


def test_offices_below_a_title_over_them_are_titles() -> None:
    rows = [("任务", "牵头单位", "责任单位", "<"), ("^", "^", "县水利局", "县财政局"), ("修路", "甲", "★", "△")]
    assert titles(*rows) == ["任务", "牵头单位", "县水利局", "县财政局"]
    # below titles of their own they are the first row
    assert titles(("任务", "牵头单位", "配合单位"), ("修路", "县水利局", "县财政局")) == [
        "任务",
        "牵头单位",
        "配合单位",
    ]


@pytest.mark.parametrize(
    ("first", "second", "body"),
    [
        # blank below the titles that go on, or the same cell
        (("序号", "工作任务", "牵头单位"), ("", "", "牵头单位"), 2),
        (("序号", "工作任务", "分工", "<"), ("^", "^", "牵头单位", "配合单位"), 2),
        # nothing reaches down: a row
        (("序号", "工作任务", "牵头单位"), ("1", "牵头单位", "配合单位"), 1),
        # nothing of its own
        (("序号", "工作任务", "牵头单位"), ("^", "^", "^"), 1),
        (("序号", "工作任务", "牵头单位"), ("", "", ""), 1),
        # what is below is no title
        (("序号", "工作任务", "牵头单位"), ("", "", "县水利局"), 1),
        (("序号", "工作任务", "牵头单位"), ("", "", "单位"), 1),
        (("序号", "工作任务", "牵头", "<"), ("^", "^", "单位", "科室"), 2),
    ],
)
def test_when_the_second_row_is_of_the_header(first: Sketch, second: Sketch, body: int) -> None:
    found = header(first, second, BODY[: len(first)])
    assert found is None or found.body == body
    assert (found is None) is (first[2] == "牵头" and body == 1)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("县水利局",), True),
        (("县水利局", "条"), True),
        (("县水利局", "条", "台"), False),
        (("—", "县水利局", "", "/"), True),
        (("—",), False),
        # thirty rows tell
        ((*["县水利局"] * 15, *["条"] * 15), False),
    ],
)
def test_a_unit_of_measure_is_no_office(cells: Sequence[str], found: bool) -> None:
    """单位 names offices where at least half of what is below it looks like some."""
    rows = [(str(k), f"任务{k}", words) for k, words in enumerate(cells)]
    if len(cells) == 30:
        rows = [(str(k), f"任务{k}", words) for k, words in enumerate([*cells[:15], *cells[15:], *["县水利局"] * 90])]
        assert (header(("序号", "工作任务", "单位"), *rows) is not None) is True
        rows = [(str(k), f"任务{k}", words) for k, words in enumerate([*["条"] * 16, *["县水利局"] * 99])]
        assert (
            header(
                ("序号", "工作任务", "单位"),
                *[(a, b, f"{c}{k}" if c == "条" else c) for k, (a, b, c) in enumerate(rows)],
            )
            is None
        )
        return
    assert (header(("序号", "工作任务", "单位"), *rows) is not None) is found


def test_the_first_thirty_rows_tell_what_a_column_holds() -> None:
    def rows(others: int) -> list[Sketch]:
        cells = ["条"] * others + ["县水利局"] * (30 - others) + ["台"] * 60
        return [(str(k), f"任务{k}", words) for k, words in enumerate(cells)]

    assert header(("序号", "工作任务", "单位"), *rows(15)) is not None
    assert header(("序号", "工作任务", "单位"), *rows(16)) is None


@pytest.mark.parametrize(("told", "found"), [(2, True), (1, False)])
def test_clauses_in_most_cells_make_a_numbered_list_tasks(told: int, found: bool) -> None:
    cells = ["整修校舍。（牵头单位：县教育局）"] * told + ["整修校舍。"] * (4 - told)
    rows = [(str(k), words) for k, words in enumerate(cells)]
    assert (header(("序号", "工作内容"), *rows) is not None) is found
    assert header(("名称", "工作内容"), *rows) is None


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("县水利局", True),
        ("县水利局、县财政局", True),
        ("县水利局，县财政局等。", True),
        ("县水利局,条", False),
        ("条、县水利局", False),
        ("县水利局、条、县财政局", True),
        ("、", False),
        ("甲" * 25 + "办公室局", True),
        ("甲" * 26 + "办公室局", False),
    ],
)
def test_what_looks_like_offices(words: str, office: bool) -> None:
    """By the first and the last of them; no name has thirty signs."""
    assert is_office(words, load()) is office


# -- what columns are for ----------------------------------------------------------------------------------------------


def columns(*names: str) -> Columns:
    return Columns(Header(0, 1, list(names)), load())


def test_columns_before_the_offices_are_of_the_task_and_those_behind_are_labels() -> None:
    found = columns("序号", "类别", "名称", "工作任务", "考核点", "牵头单位", "资金", "责任人", "完成时限", "目标要求")
    assert (found.number, found.groups, found.tasks) == (0, [1], [2, 3, 4, 9])
    assert (found.offices, found.persons, found.times) == ({5}, {7}, {8})
    assert found.labels == [5, 6, 7, 8]


def test_times_and_persons_before_the_offices_are_no_words_of_the_task() -> None:
    found = columns("工作任务", "完成时限", "责任人", "牵头单位")
    assert (found.tasks, found.labels) == ([0], [1, 2, 3])


def test_without_offices_only_what_names_a_task_is_one() -> None:
    found = columns("工作任务", "名称", "完成时限")
    assert (found.tasks, found.labels) == ([0], [1, 2])


def test_a_column_in_which_aiwei_says_how_it_read_is_no_label() -> None:
    assert columns("工作任务", "牵头单位", "疑点").labels == [1]


def test_a_title_in_brackets_that_says_who_leads_holds_for_its_cells() -> None:
    rule = "责任单位（排第一位的为牵头单位）"
    found = columns("工作任务", rule)
    assert (found.says, found.titles[1]) == ({1: "排第一位的为牵头单位"}, "责任单位")
    assert columns("工作任务", "责任单位（部门）").says == {}


def test_the_table_of_doubts_is_no_words_of_the_notice() -> None:
    titles_ = ("代码", "说明", "原文", "第几行/段", "怎么办")
    assert is_doubts(table(titles_, ("C001", "…", "…", "3", "…")))
    assert is_doubts(table(("篇", *titles_)))
    assert is_doubts(table(("code", "message", "quote", "where", "cure")))
    assert not is_doubts(table(titles_[:3])) and not is_doubts([])
    assert not is_doubts(table(BODY, titles_))


# -- other shapes ------------------------------------------------------------------------------------------------------

ROAD = ["1 修路 lead 县水利局 support 县财政局", "2 修桥 lead 县交通局 support 各乡镇"]
_FIRST = [("工作任务", "修路"), ("牵头单位", "县水利局"), ("配合单位", "县财政局")]
_SECOND = [("工作任务", "修桥"), ("牵头单位", "县交通局"), ("配合单位", "各乡镇")]


@pytest.mark.parametrize(
    "rows",
    [
        [*_FIRST, *_SECOND],
        [("工作任务", "修路", "牵头单位", "县水利局"), ("配合单位", "县财政局"), *_SECOND],
        [(*_FIRST[0], *_FIRST[1], *_FIRST[2]), (*_SECOND[0], *_SECOND[1], *_SECOND[2])],
        [("任务清单", "<"), *_FIRST, *_SECOND],
    ],
    ids=["one by one", "by twos", "by threes", "below a title"],
)
def test_labels_and_values_are_records(rows: Sequence[Sketch]) -> None:
    assert [item.split(" ", 1)[1] for item in items(rows) if "lead" in item] == [item[2:] for item in ROAD]


@pytest.mark.parametrize(
    "rows",
    [
        # labels in less than 0.6 of the rows
        [*_FIRST[:2], ("说明", "甲"), ("附注", "乙")],
        # no offices, no task
        [("工作任务", "修路"), ("完成时限", "年底")],
        [("牵头单位", "县水利局"), ("完成时限", "年底")],
        # one row
        [(*_FIRST[0], *_FIRST[1])],
    ],
)
def test_what_is_no_list_of_labels(rows: Sequence[Sketch]) -> None:
    assert not any("lead" in item for item in items(rows))


def test_a_value_that_is_a_title_is_of_a_header() -> None:
    assert items([("工作任务", "牵头单位"), ("配合单位", "完成时限")]) == ["1 配合单位 lead 完成时限"]


def test_more_than_three_pairs_in_a_row_are_no_labels() -> None:
    four = [
        (*_FIRST[0], *_FIRST[1], *_FIRST[2], "完成时限", "年底"),
        (*_SECOND[0], *_SECOND[1], *_SECOND[2], "完成时限", "年底"),
    ]
    assert not any("修路 lead 县水利局" in item for item in items(four))


@pytest.mark.parametrize(
    "rows", [[("工作任务", "修路"), ("完成时限", "年底")], [("牵头单位", "县水利局"), ("完成时限", "年底")]]
)
def test_labels_without_a_task_or_an_office_stay_as_they_are(rows: Sequence[Sketch]) -> None:
    assert lines(*rows) == ["\t".join(row) for row in rows]


def test_labels_in_six_of_ten_rows_are_a_list() -> None:
    assert any("lead 县水利局" in item for item in items([*_FIRST, ("说明", "甲"), ("附注", "乙")]))


@pytest.mark.parametrize("number", ["", "1"])
def test_a_record_without_a_label_has_not_the_office_of_the_one_above(number: str) -> None:
    first = [("牵头单位", "县水利局"), ("工作任务", "修路"), *([("序号", number)] if number else [])]
    found = items([*first, ("工作任务", "修桥"), ("责任单位", "县交通局")])
    assert [item.split(" ", 1)[1] for item in found] == ["修路 lead 县水利局", "修桥 responsible 县交通局"]


def test_the_number_of_a_record_comes_first() -> None:
    rows = [("工作任务", "修路"), ("序号", "3"), ("牵头单位", "县水利局")]
    assert lines(*rows, ("工作任务", "修桥"), ("序号", "4"), ("牵头单位", "县交通局"))[::2] == ["3.修路", "4.修桥"]


def test_what_is_above_and_below_the_records_stays_there() -> None:
    found = lines(("清单", "<"), *_FIRST, *_SECOND, ("以上请落实", "<"))
    assert (found[0], found[-1]) == ("清单", "以上请落实")


def turned(*rows: Sketch) -> bool:
    return any("修路 lead 县水利局" in item for item in items(list(rows)))


def test_tasks_side_by_side_are_turned() -> None:
    rows = [("工作任务", "修路", "修桥"), ("牵头单位", "县水利局", "县交通局"), ("配合单位", "县财政局", "各乡镇")]
    assert items(rows) == ROAD
    assert items(rows[:2]) == [item.partition(" support")[0] for item in ROAD]
    more = [
        (words, "年底", "年底")
        for words in ("完成时限", "责任人", "联系人", "时间节点", "类别", "领域", "分管领导", "序号", "目标")
    ]
    assert turned(*rows, *more)  # twelve rows
    assert not turned(*rows, *more, ("进度", "年底", "年底"))
    assert not turned(rows[0]) and not turned(rows[0], ("完成时限", "年底", "年底"))
    assert not turned(*rows, ("资金", "1", "2"))
    assert not turned(*rows[1:])
    # one of the cells is a title itself
    assert not turned(rows[0], rows[1], ("配合单位", "县财政局", "责任单位"))


def test_rows_beside_those_that_are_turned_stay() -> None:
    found = lines(
        ("分工表", "<", "<"), ("工作任务", "修路", "修桥"), ("牵头单位", "县水利局", "县交通局"), ("附后", "<", "<")
    )
    assert (found[0], found[1], found[-1]) == ("分工表", "1.修路", "附后")


def test_a_row_that_ends_early_is_turned_with_blanks() -> None:
    found = lines(("工作任务", "修路", "修桥"), ("牵头单位", "县水利局"))
    assert found == ["1.修路", "牵头单位：县水利局", "2.修桥"]


# -- matrices ----------------------------------------------------------------------------------------------------------

_SIGNS = "★为牵头单位，△为配合单位。"


@pytest.mark.parametrize(
    ("head", "body", "is_matrix"),
    [
        (("任务", "县水利局", "县财政局"), ("修路", "★", "△"), True),
        (("序号", "县水利局", "县财政局"), ("1", "★", "△"), True),
        (("名称", "县水利局", "县财政局"), ("修路", "★", "△"), False),
        (("任务", "县水利局"), ("修路", "★"), False),
        (("任务", "县水利局", "县水利局"), ("修路", "★", "△"), True),
        (("任务", "县水利局", "得分"), ("修路", "★", "△"), True),
        (("任务", "县水利局", "得分", "排名"), ("修路", "★", "△", "★"), False),
        (("任务", "县水利局", "县财政局"), ("修路", "3", "5"), False),
        (("任务", "县水利局", "县财政局"), ("修路", "", ""), False),
        (("任务", "县水利局", "县财政局"), ("修路", "牵头", "配合"), True),
        (("任务", "县水利局", "县财政局"), ("修路", "牵头单位", "配合单位"), True),
        (("任务", "县水利局", "县财政局"), ("修路", "牵头单位一", "配合"), False),
        (("任务", "县水利局", "县财政局"), ("修路", "★★", "△"), False),
    ],
)
def test_which_tables_are_matrices(head: Sketch, body: Sketch, is_matrix: bool) -> None:
    found = items([head, body], around=_SIGNS)
    assert any("lead" in item or "support" in item for item in found) is is_matrix


def test_a_remark_beside_the_marks_is_no_office() -> None:
    rows = [("任务", "县水利局", "县财政局", "备注"), ("修路", "★", "△", "")]
    assert items(rows, around=_SIGNS) == ROAD[:1]


def test_a_title_over_the_offices_and_those_below_it() -> None:
    rows = [("任务", "责任单位", "<"), ("^", "县水利局", "县财政局"), ("修路", "★", "△")]
    assert items(rows, around=_SIGNS) == ROAD[:1]
    rows = [("任务", "责任单位", "<"), ("", "县水利局", "县财政局"), ("修路", "★", "△")]
    assert items(rows, around=_SIGNS) == ROAD[:1]


def test_one_mark_alone_says_who_is_responsible_and_two_must_be_told() -> None:
    head = ("任务", "县水利局", "县财政局")
    assert items([head, ("修路", "√", "√")]) == ["1 修路 responsible 县水利局 responsible 县财政局"]
    assert items([head, ("修路", "√", ""), ("修桥", "", "√")])[1] == "2 修桥 responsible 县财政局"
    assert codes([head, ("修路", "√", "○")])


def test_a_matrix_whose_rows_are_offices_is_turned() -> None:
    rows = [("单位", "修路", "修桥"), ("县水利局", "★", "△"), ("县财政局", "△", "★")]
    turned_ = ["1 修路 lead 县水利局 support 县财政局", "2 修桥 lead 县财政局 support 县水利局"]
    assert items(rows, around=_SIGNS) == turned_
    assert items([("责任单位", *rows[0][1:]), *rows[1:]], around=_SIGNS) == turned_
    assert items([("分工", "<", "<"), *rows], around=_SIGNS)[-2:] == turned_
    assert items([*rows, ("注：★为牵头单位，△为配合单位", "<", "<")])[:2] == turned_
    # the marks may say it themselves
    assert items([rows[0], ("县水利局", "牵头", "配合"), ("县财政局", "配合", "牵头")]) == turned_
    assert items([("单位：", "<", "项"), *rows], around=_SIGNS)[-2:] == turned_
    noted = [rows[0], ("注：★为牵头单位，△为配合单位", "<", "<"), *rows[1:]]
    assert items(noted)[:2] == turned_ and any("注：" in words for words in lines(*noted))
    blank = [("单位", "修路", "", "修桥"), ("县水利局", "★", "", "△"), ("县财政局", "△", "", "★")]
    assert items(blank, around=_SIGNS) == turned_
    for other in (
        rows[:2],
        [("名称", *rows[0][1:]), *rows[1:]],
        [rows[0], ("县水利局", "★", "3"), rows[2]],
        [rows[0], ("县水利局", "3", "★"), rows[2]],
        [rows[0], ("县水利局", "★", "牵头负责工作"), rows[2]],
        [rows[0], ("县水利局", "", ""), ("县财政局", "—", "")],
    ):
        assert not any("lead" in item for item in items(other, around=_SIGNS))
    assert not any("lead" in item for item in items(rows))


# -- tables one after the other ----------------------------------------------------------------------------------------


def goes_on(second: Sequence[Sketch], *between: str, first: Sequence[Sketch] = ()) -> bool:
    """Whether the second table is read with the header of the first."""
    reader = Tables()
    assert reader.lines(table(*(first or [("序号", "工作任务", "牵头单位"), ("1", "修路", "县水利局")])))
    for words in between:
        reader.passed(words)
    found = [line.words for line in reader.lines(table(*second))]
    return any(words.startswith("牵头单位：") for words in found)


@pytest.mark.parametrize(
    ("second", "between", "on"),
    [
        ([("2", "修桥", "县交通局")], (), True),
        ([("2", "修桥", "县交通局")], ("以下为说明。",), True),
        ([("2.", "修桥", "县交通局")], ("以下为说明。",), True),
        ([("3", "修桥", "县交通局")], (), True),
        ([("3", "修桥", "县交通局")], ("以下为说明。",), False),
        ([("3", "修桥", "县交通局")], ("任务表（续）",), True),
        ([("3", "修桥", "县交通局")], ("这一张任务续表",), True),
        ([("3", "修桥", "县交通局")], ("这是一张任务续表",), False),
        ([("3", "修桥", "县交通局")], ("  ",), True),
        ([("", "修桥", "县交通局")], (), True),
        ([("", "修桥", "县交通局")], ("以下为说明。",), False),
        ([("甲", "修桥", "县交通局")], (), False),
        ([("2", "修桥", "县交通局", "甲")], (), False),
        ([("2", "<", "<")], (), False),
        ([("2", "修桥", "<")], (), True),
        ([("2", "修桥", "县交通局")] * 3 + [("3", "修桥", "县交通局", "年底")], (), True),
        ([("2", "修桥", "县交通局")] * 2 + [("3", "修桥", "县交通局", "年底")], (), False),
    ],
)
def test_a_table_goes_on_with_the_one_before(second: Sequence[Sketch], between: Sequence[str], on: bool) -> None:
    assert goes_on(second, *between) is on


def test_a_table_without_numbers_goes_on_only_right_after() -> None:
    first = [("工作任务", "牵头单位"), ("修路", "县水利局")]
    assert goes_on([("修桥", "县交通局")], first=first)
    assert not goes_on([("修桥", "县交通局")], "以下为说明。", first=first)


def test_the_first_paragraph_after_tasks_is_a_note() -> None:
    reader = Tables()
    assert reader.passed("前言") == "text"
    reader.lines(table(("工作任务", "牵头单位"), ("修路", "县水利局")))
    assert [reader.passed(words) for words in (" ", "说明", "正文")] == ["text", "note", "text"]
    reader.lines(table(("物资", "数量"), ("沙", "3")))
    assert reader.passed("说明") == "text"


def test_columns_without_a_title_are_kept() -> None:
    found = lines(("工作任务", "牵头单位"), ("修路", "县水利局", "年底"))
    assert found == ["1.修路", "牵头单位：县水利局", "年底"]
    wide = lines(("工作任务", "牵头单位"), ("修路", "县水利局", *(f"甲{k}" for k in range(70))))
    assert wide[-1] == "甲59"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("名称", "牵头单位", "金额"), ("甲", "县水利局", "3"), ("乙", "县水利局", "3")], True),
        ([("名称", "牵头单位", "金额"), ("甲", "县水利局", "3")], False),
        ([("名称", "牵头单位"), ("甲", "县水利局"), ("乙", "县水利局")], False),
        ([("姓名", "牵头单位", "电话"), ("甲", "县水利局", "3"), ("乙", "县水利局", "3")], False),
        ([("名称", "牵头单位", "甲" * 19), ("甲", "县水利局", "3"), ("乙", "县水利局", "3")], True),
        ([("名称", "牵头单位", "甲" * 20), ("甲", "县水利局", "3"), ("乙", "县水利局", "3")], False),
        ([*[("甲", "乙", "丙")] * 3, ("名称", "牵头单位", "金额")], True),
        ([*[("甲", "乙", "丙")] * 4, ("名称", "牵头单位", "金额")], False),
    ],
)
def test_what_looks_like_tasks_and_is_not_read_is_told(rows: Sequence[Sketch], told: bool) -> None:
    assert {line.kind for line in Tables().lines(table(*rows))} == {"unread" if told else "text"}


def test_a_header_of_two_rows_may_be_printed_again() -> None:
    head = [("序号", "工作任务", "分工", "<"), ("^", "^", "牵头单位", "配合单位")]
    rows = [*head, ("1", "修路", "甲局", "乙局"), *head, ("2", "修桥", "丙局", "丁局")]
    assert lines(*rows) == [
        *("1.修路", "牵头单位：甲局", "配合单位：乙局"),
        *("2.修桥", "牵头单位：丙局", "配合单位：丁局"),
    ]


def test_a_header_below_a_cell_that_reaches_down_is_a_row() -> None:
    rows = [("序号", "工作任务", "牵头单位"), ("^", "工作任务", "县水利局"), ("2", "修桥", "县交通局")]
    assert "牵头单位：县交通局" in lines(*rows)


# -- numbers of rows and what is above them ----------------------------------------------------------------------------


def test_ids_follow_the_numbers_of_the_rows() -> None:
    ids = Ids()
    ids.heading("一、村庄清洁")
    assert [ids.row(number, f"甲{k}", goes_on=False) for k, number in enumerate(["1", "2", "（1）", "2"])] == [
        "一/1",
        "一/2",
        "一/2/（1）",
        "一/2#2",
    ]
    ids.heading("二、其他")
    assert ids.row("1", "甲", goes_on=False) == "二/1"
    ids.heading("任务分解表")
    assert ids.row("1", "甲", goes_on=False) == "1"


def test_rows_without_numbers_are_counted() -> None:
    ids = Ids()
    assert [ids.row("", words, goes_on=False) for words in "甲乙"] == ["1", "2"]
    assert [ids.row("", words, goes_on=True) for words in "丙丙丁"] == ["3", "3", "4"]
    ids.heading("一、村庄清洁")
    assert ids.row("", "丁", goes_on=True) == "一/5"


def test_the_facts_above_a_table() -> None:
    title, facts = "《关于清淤的通知》任务分解表", "某县人民政府　某政发〔2024〕3号　2024-05-06　3 个事项"
    whole = {
        "notice": "关于清淤的通知",
        "issuer": "某县人民政府",
        "document_number": "某政发〔2024〕3号",
        "date": "2024-05-06",
        "year": "2024",
    }
    assert facts_of(title, facts) == facts_of(title, facts.split("　")) == whole
    assert facts_of(title, "2024年5月6日　3 个事项") == {"notice": "关于清淤的通知", "issuer": "2024年5月6日"}
    assert facts_of(title, "3 个事项　某县人民政府") == {"notice": "关于清淤的通知"}
    assert facts_of("任务分解表（3 篇公文）", "3 个事项") == {}
    assert facts_of("任务分解表（3 篇公文）", "某县人民政府") is None
    assert facts_of(title, "某县人民政府") is None
    assert facts_of("清淤", "3 个事项") is None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("《清淤》", "清淤"),
        ("《〈纲要〉实施意见》", "《纲要》实施意见"),
        ("《甲》和《乙》", ""),
        ("《甲》清淤", ""),
        ("关于《甲》", ""),
        ("清淤", ""),
        ("《《甲》", ""),
    ],
)
def test_a_title_in_its_marks(words: str, title: str) -> None:
    assert inner_title(words) == title


def test_the_title_of_a_report_names_its_notice() -> None:
    assert [notice_in(one) for one in ("《清淤》任务分解表", "清淤任务分解表（县水利局）", "任务分解表", "清淤")] == [
        "清淤",
        "清淤",
        "",
        "",
    ]


def test_a_heading_across_a_matrix_is_a_heading() -> None:
    head, heading = ("任务", "县水利局", "县财政局"), ("一、道路", "<", "<")
    assert lines(head, heading, ("修路", "牵头", "配合")) == [
        "一、道路",
        "1.修路",
        "牵头单位：县水利局",
        "配合单位：县财政局",
    ]
    # and no mark
    assert lines(head, heading, ("修路", "", ""))[0] == "任务\t县水利局\t县财政局"
