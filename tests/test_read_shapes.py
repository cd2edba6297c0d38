"""Tables of tasks in all the shapes that people give them: each reads as the items, duties and times that it means."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read_samples import docx, one, p, tbl, tc
from test_read_grid import Sketch, table

from aiwei_cli.notice.model import Notice
from aiwei_cli.notice.parts import verify
from aiwei_cli.parsing import parse
from aiwei_cli.query import places
from aiwei_cli.reading.tables.grid import Tables


def read(*tables: Sequence[Sketch], around: str = "") -> Notice:
    """The notice that some tables are, one after the other."""
    reader, text, hints = Tables(), "", []
    for rows in tables:
        for line in reader.lines(table(*rows), around):
            hints.extend(line.hints(len(text)))
            text += line.words + "\n"
    notice = parse(text, hints=hints)
    assert verify(notice).ok
    return notice


def items(*tables: Sequence[Sketch], around: str = "") -> list[str]:
    """For each leaf its id, its words and its duties: ``1 修路 lead 水利局``."""
    return [
        " ".join([node.id, node.title or node.text, *(f"{duty.role} {duty.written}" for duty in node.duties)])
        for node in read(*tables, around=around).walk()
        if not node.children
    ]


def codes(*tables: Sequence[Sketch]) -> set[str]:
    return {found.code for found in read(*tables).diagnostics}


ROAD = ["1 修路 lead 县水利局 support 县财政局", "2 修桥 lead 县交通局 support 各乡镇"]


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("牵头（责任）单位", "lead"),
        ("责任（牵头）部门", "lead"),
        ("主管部门", "lead"),
        ("涉及部门", "responsible"),
        ("责任单位及责任人", "responsible"),
        ("责任单位（备注）", "responsible"),
        ("推进单位", "responsible"),
        ("统筹单位", "lead"),
        ("协办单位", "support"),
        ("单位", "responsible"),
    ],
)
def test_the_role_of_a_header(header: str, roles: str) -> None:
    assert items([("序号", "目标任务", header), ("1", "修路", "县水利局")]) == [f"1 修路 {roles} 县水利局"]


def test_a_unit_of_measure_is_no_office() -> None:
    assert items([("序号", "项目", "单位", "数量"), ("1", "水泥", "吨", "5")]) == []


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("序号", "任务", "责任分工", "<"),
            ("", "", "牵头", "配合"),
            ("1", "修路", "县水利局", "县财政局"),
            ("2", "修桥", "县交通局", "各乡镇"),
        ],
        [("工作任务", "修路", "修桥"), ("牵头单位", "县水利局", "县交通局"), ("配合单位", "县财政局", "各乡镇")],
        [
            ("任务名称", "修路", "完成时限", "2024年6月底"),
            ("牵头单位", "县水利局", "配合单位", "县财政局"),
            ("任务名称", "修桥", "完成时限", "2024年7月底"),
            ("牵头单位", "县交通局", "配合单位", "各乡镇"),
        ],
        [
            ("序号", "任务", "牵头单位", "配合单位"),
            ("1", "修路", "县水利局", "县财政局"),
            ("序号", "任务", "牵头单位", "配合单位"),
            ("2", "修桥", "县交通局", "各乡镇"),
            ("合计", "2", "", ""),
        ],
    ],
    ids=["two header rows", "turned", "labels and values", "header again, a sum"],
)
def test_shapes_of_one_table(rows: Sequence[Sketch]) -> None:
    assert items(rows) == ROAD


MATRIX = [
    ("工作任务", "县水利局", "县财政局", "县交通局", "各乡镇"),
    ("修路", "★", "△", "", ""),
    ("修桥", "", "", "★", "△"),
]


def test_a_matrix_with_its_legend_below() -> None:
    assert items(MATRIX, around="注：★为牵头单位，△为配合单位。") == ROAD
    assert items([*MATRIX, ("注：★表示牵头，△表示配合", "<", "<", "<", "<")]) == ROAD


def test_a_matrix_of_words_or_of_one_mark() -> None:
    rows = [("任务", "县水利局", "县财政局"), ("修路", "牵头", "配合"), ("修桥", "", "主办")]
    assert items(rows) == ["1 修路 lead 县水利局 support 县财政局", "2 修桥 lead 县财政局"]
    rows = [("任务", "县水利局", "县财政局"), ("修路", "√", "√"), ("修桥", "", "√")]
    assert items(rows) == ["1 修路 responsible 县水利局 responsible 县财政局", "2 修桥 responsible 县财政局"]


def test_a_row_of_a_matrix_that_ends_early_is_told() -> None:
    rows = [("任务", "县水利局", "县财政局"), ("修路", "牵头", "配合"), ("修桥", "牵头")]
    assert items(rows) == ["1 修路 lead 县水利局 support 县财政局", "2 修桥"]
    assert "C001" in codes(rows)


def test_marks_that_nobody_explains_are_reported() -> None:
    assert items(MATRIX) == ["1 修路", "2 修桥"]
    assert "T003" in codes(MATRIX)


def test_numbers_below_offices_are_no_matrix() -> None:
    assert items([("指标", "县水利局", "县财政局"), ("修路", "12", "3"), ("修桥", "4", "5")]) == []
    rows = [("任务", "县水利局", "县财政局"), ("修路", "★", "☆"), ("修桥", "5", "")]
    assert items(rows, around="★为牵头，☆为配合") == []


def test_labels_with_values_between_other_rows() -> None:
    rows = [
        *(("表一", "<"), ("工作任务", "修路"), ("责任单位", "县水利局"), ("说明", "<")),
        *(("工作任务", "修桥"), ("责任单位", "县交通局")),
    ]
    assert items(rows) == ["1 修路 responsible 县水利局", "2 修桥 responsible 县交通局"]
    assert [line.words for line in Tables().lines(table(*rows))][::5] == ["表一", "说明"]


def test_tasks_side_by_side_between_other_rows() -> None:
    rows = [("表一", "", ""), ("工作任务", "修路", "修桥"), ("牵头单位", "甲局", "乙局"), ("备注", "", "")]
    assert [line.words for line in Tables().lines(table(*rows))] == [
        *("表一", "1.修路", "牵头单位：甲局", "2.修桥", "牵头单位：乙局", "备注"),
    ]
    # A title among the values is no title of a turned table.
    assert items([("工作任务", "责任单位", "修桥"), ("责任单位", "县水利局", "县交通局")]) != [
        *("1 责任单位 responsible 县水利局", "2 修桥 responsible 县交通局"),
    ]


def test_a_title_over_two_rows_above_the_offices_of_a_matrix() -> None:
    rows = [("任务", "责任分工", "<"), ("^", "县水利局", "县财政局"), ("修路", "牵头", "配合")]
    assert items(rows) == ["1 修路 lead 县水利局 support 县财政局"]


def test_two_offices_down_are_a_matrix_and_one_is_none() -> None:
    rows = [("单位", "修路", "修桥"), ("县水利局", "牵头", "配合"), ("县财政局", "配合", "牵头")]
    assert items(rows) == [
        *("1 修路 lead 县水利局 support 县财政局", "2 修桥 lead 县财政局 support 县水利局"),
    ]
    assert items(rows[:2]) == []


def test_what_looks_like_tasks_and_is_not_understood_is_reported() -> None:
    assert "T003" in codes([("区域", "责任单位", "路段"), ("东区", "县水利局", "一路"), ("西区", "县交通局", "二路")])
    assert "T003" not in codes([("区域", "责任单位", "电话"), ("东区", "县水利局", "1"), ("西区", "县交通局", "2")])


def test_a_plan_without_offices_has_items_and_times() -> None:
    rows = [
        ("阶段", "任务", "时间", "负责人"),
        ("准备", "修路", "2024年6月底前", "张三"),
        ("^", "修桥", "2024.7.20", "李四"),
    ]
    notice = read(rows)
    assert [time.date for node in notice.walk() for time in node.deadlines] == ["2024-06-30", "2024-07-20"]
    assert not any(node.duties for node in notice.walk())
    assert items([("时间", "工作内容", "地点"), ("9:00", "开幕", "礼堂")]) == []


def test_tables_by_office() -> None:
    rows = [("单位", "序号", "工作任务"), ("县水利局", "1", "修路"), ("^", "2", "修渠"), ("县交通局", "3", "修桥")]
    found = ["修路 responsible 县水利局", "修渠 responsible 县水利局", "修桥 responsible 县交通局"]
    assert items(rows) == [f"{number} {words}" for number, words in enumerate(found, 1)]
    rows = [
        ("序号", "任务", "时限"),
        ("一、县水利局", "<", "<"),
        ("1", "修路", ""),
        ("二、县交通局", "<", "<"),
        ("2", "修桥", ""),
    ]
    assert items(rows) == ["一/1 修路 responsible 县水利局", "二/2 修桥 responsible 县交通局"]


def test_a_lead_merged_over_measures_leads_each() -> None:
    assert items(
        [
            ("序号", "任务", "措施", "牵头单位", "责任单位"),
            ("1", "环境", "修路", "县水利局", "县财政局"),
            ("^", "^", "修桥", "^", "县交通局"),
        ]
    ) == [
        "1/（1） 修路 lead 县水利局 responsible 县财政局",
        "1/（2） 修桥 lead 县水利局 responsible 县交通局",
    ]


def test_what_is_left_blank_under_a_task_goes_on_with_it() -> None:
    rows = [("序号", "任务", "措施", "责任单位"), ("1", "环境", "修路", "县水利局"), ("", "", "修桥", "县交通局")]
    assert items(rows) == ["1/（1） 修路 responsible 县水利局", "1/（2） 修桥 responsible 县交通局"]


def test_signs_that_repeat_the_cell_above() -> None:
    rows = [
        ("序号", "任务", "责任单位"),
        ("1", "修路", "县水利局"),
        ("2", "修桥", "〃"),
        ("3", "修渠", "同上"),
        ("4", "修站", "/"),
    ]
    owned = [f"{number} {words} responsible 县水利局" for number, words in enumerate(("修路", "修桥", "修渠"), 1)]
    assert items(rows) == [*owned, "4 修站"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("县发展和\n改革局", ["县发展和改革局"]),
        ("县农业农\n村局", ["县农业农村局"]),
        ("县财政局\n县水利局", ["县财政局", "县水利局"]),
        ("财政局\n各乡镇", ["财政局", "各乡镇"]),
        ("各县\n（区）", ["各县（区）"]),
    ],
)
def test_a_name_over_two_lines_is_one(cell: str, names: list[str]) -> None:
    notice = read([("序号", "任务", "责任单位"), ("1", "修路", cell)])
    assert [duty.written for node in notice.walk() for duty in node.duties] == names


HEAD = ("序号", "任务", "责任单位")


def test_a_table_goes_on_in_the_next_one() -> None:
    more = [("2", "修桥", "县交通局"), ("3", "修站", "县公安局")]
    found = items([HEAD, ("1", "修路", "县水利局")], more)
    assert found == ["1 修路 responsible 县水利局", "2 修桥 responsible 县交通局", "3 修站 responsible 县公安局"]
    people = [("姓名", "电话", "职务"), ("张三", "123", "主任")]
    assert items([HEAD, ("1", "修路", "县水利局")], people)[:1] == ["1 修路 responsible 县水利局"]


def test_titled_parts_in_one_table() -> None:
    notice = read(
        [
            ("表一　普查", "<", "<"),
            HEAD,
            ("1", "修路", "县水利局"),
            ("2", "修渠", "各村"),
            ("表二　修缮", "<", "<"),
            HEAD,
            ("1", "修桥", "县交通局"),
        ]
    )
    assert [(node.id, [duty.written for duty in node.duties]) for node in notice.walk()] == [
        ("1", ["县水利局"]),
        ("2", ["各村"]),
        ("1#2", ["县交通局"]),
    ]
    assert [plan.title for plan in notice.plans] == ["表二　修缮"]


def test_headings_between_rows_are_the_sections_of_their_items() -> None:
    rows = [HEAD, ("基础设施", "<", "<"), ("1", "修路", "县水利局"), ("民生", "<", "<"), ("2", "修桥", "县交通局")]
    notice = read([("某县任务分解表", "<", "<"), *rows])
    assert [(place.node.id, place.section) for place in places(notice)] == [("1", "基础设施"), ("2", "民生")]
    assert [node.text for node in notice.walk()] == ["", ""]


def test_duties_of_rows_stay_with_their_rows_in_word() -> None:
    rows = [HEAD, ("1", "修路", "县水利局"), ("2", "修桥", "县交通局")]
    document = one(docx(p("某县任务表"), tbl(*(map(tc, row) for row in rows)), p("附注。")))
    notice = document.located(parse(document.text, hints=document.hints))
    assert [(node.place, [duty.written for duty in node.duties]) for node in notice.walk()] == [
        ("第1个表格第2行", ["县水利局"]),
        ("第1个表格第3行", ["县交通局"]),
    ]


_TITLES = [
    "序号",
    "工作任务",
    "牵头单位",
    "责任单位",
    "完成时限",
    "备注",
    "单位",
    "类别",
    "措施",
    "责任人",
    "县水利局",
    "",
]
_CELLS = [
    "1",
    "2",
    "一、",
    "修路",
    "县水利局",
    "县财政局、各乡镇",
    "2024年6月底前",
    "〃",
    "★",
    "△",
    "√",
    "/",
    "",
    "备注：另行通知",
]
_SPANS = ["<", "^"]


@st.composite
def grids(draw: st.DrawFn) -> list[list[str]]:
    """Tables of anything, with spans, whose third column has different words in each row."""
    width = draw(st.integers(3, 6))
    rows = [draw(st.lists(st.sampled_from(_TITLES), min_size=width, max_size=width))]
    for number in range(draw(st.integers(1, 5))):
        row = draw(st.lists(st.sampled_from([*_CELLS, *_SPANS]), min_size=width, max_size=width))
        row[0] = "1" if row[0] == "<" else row[0]
        row[2] = f"丙{number}丙"
        rows.append(row)
    return rows


@given(grids())
def test_any_table_reads_and_loses_no_words(rows: list[list[str]]) -> None:
    notice = read(rows)
    for number in range(len(rows) - 1):
        assert f"丙{number}丙" in notice.text


@pytest.mark.parametrize("number", ["1000", "20240315", "A-01", "2024/7", "甲一"])
def test_the_number_of_a_row_is_what_its_column_says(number: str) -> None:
    rows = [("序号", "任务", "责任单位"), ("1", "修路", "县水利局"), (number, "修桥", "县交通局")]
    name = number.replace("/", "／")
    assert items(rows) == ["1 修路 responsible 县水利局", f"{name} 修桥 responsible 县交通局"]


def test_a_table_may_have_more_than_a_thousand_rows() -> None:
    rows = [(str(number), f"修路{number}号", "县水利局") for number in range(1, 1012)]
    found = items([("序号", "任务", "责任单位"), *rows])
    assert len(found) == 1011
    assert found[-1] == "1011 修路1011号 responsible 县水利局"


def test_a_remark_below_a_table_is_no_words_of_the_last_row() -> None:
    notice = read(
        [
            ("序号", "任务", "责任单位"),
            ("1", "修路", "县水利局"),
            ("合计", "1项", ""),
            ("备注：县财政局负责统筹。", "<", "<"),
        ],
        [("序号", "任务", "责任单位"), ("2", "修桥", "县交通局")],
    )
    assert [(node.id, [duty.office for duty in node.duties]) for node in notice.walk()] == [
        ("1", ["县水利局"]),
        ("2", ["县交通局"]),
    ]
    assert notice.body[0].text == "" and "备注" in notice.closing


def test_a_clause_in_a_remark_is_told() -> None:
    assert "C001" in codes(
        [("序号", "任务", "责任单位"), ("1", "修路", "县水利局"), ("备注：（县财政局负责）", "<", "<")]
    )


def test_an_office_above_its_tasks_with_their_count() -> None:
    rows = [("序号", "任务", "时限"), ("县水利局（1项）", "<", "<"), ("1", "修路", "6月底前")]
    assert items(rows) == ["1 修路 responsible 县水利局"]


@pytest.mark.parametrize("last", [("完成时限", "6月底前"), ("备注", "")])
def test_a_matrix_with_other_columns_and_a_title_over_its_offices(last: tuple[str, str]) -> None:
    rows = [
        ("序号", "任务", "责任单位", "<", last[0]),
        ("^", "^", "县水利局", "县财政局", "^"),
        ("1", "修路", "▲", "△", last[1]),
    ]
    assert items(rows, around="▲牵头 △配合") == ["1 修路 lead 县水利局 support 县财政局"]


def test_a_title_that_says_who_leads() -> None:
    rows = [("序号", "任务", "责任单位（排第一位的为牵头单位）"), ("1", "修路", "县水利局、县财政局")]
    assert items(rows) == ["1 修路 lead 县水利局 responsible 县财政局"]
    rows[0] = ("序号", "任务", "责任单位（可填多个）")
    assert items(rows) == ["1 修路 responsible 县水利局 responsible 县财政局"]


def test_an_office_whose_name_ends_like_a_verb() -> None:
    rows = [("序号", "任务", "承办单位"), ("1", "办理提案", "县政协办"), ("2", "修路", "县水利局主办，县财政局协办")]
    assert items(rows) == ["1 办理提案 responsible 县政协办", "2 修路 lead 县水利局 support 县财政局"]


def test_clauses_in_the_cells_of_a_table_without_offices() -> None:
    rows = [("序号", "工作内容"), ("1", "修路。（牵头单位：县水利局）"), ("2", "修桥。（责任单位：县交通局）")]
    assert items(rows) == ["1 修路。 lead 县水利局", "2 修桥。 responsible 县交通局"]
    assert items([("序号", "工作内容"), ("1", "修路"), ("2", "修桥")]) == []


def test_a_matrix_whose_rows_are_offices() -> None:
    rows = [("单位", "修路", "修桥"), ("县水利局", "★", ""), ("县交通局", "☆", "★")]
    assert items(rows, around="★牵头，☆配合") == ["1 修路 lead 县水利局 support 县交通局", "2 修桥 lead 县交通局"]
    # Who has sent something in is no task.
    assert items([("单位", "已报送", "未报送"), ("县水利局", "√", ""), ("县交通局", "", "√")]) == []


def test_a_row_that_is_a_list_is_an_item_for_each_of_its_paragraphs() -> None:
    rows = [("单位", "工作任务"), ("县水利局", "1.清淤。\n2.固堤。"), ("县林业局", "1.植树。")]
    assert items(rows) == [
        "一/1 清淤。 responsible 县水利局",
        "一/2 固堤。 responsible 县水利局",
        "二/1 植树。 responsible 县林业局",
    ]


def test_one_paragraph_in_a_row_without_a_number_is_its_task() -> None:
    assert items([("单位", "工作任务"), ("县水利局", "清淤。"), ("县林业局", "植树。")])[0].startswith("1 清淤。")


def test_telephones_beside_persons_and_times_make_no_list_of_persons() -> None:
    plan = [("工作内容", "完成时间", "责任人", "联系电话"), ("更新展板", "2024年5月20日", "吴芳", "1380000")]
    assert items(plan) == ["1 更新展板"]
    assert items([("工作内容", "联系人", "联系电话"), ("更新展板", "吴芳", "1380000")]) == []


def test_a_line_break_in_a_known_name_cuts_no_office() -> None:
    rows = [
        ("序号", "任务", "责任单位"),
        ("1", "培训", "县人力资源和社会\n保障局"),
        ("2", "宣传", "县红十字会\n县教育局"),
    ]
    assert items(rows) == [
        "1 培训 responsible 县人力资源和社会保障局",
        "2 宣传 responsible 县红十字会 responsible 县教育局",
    ]


def test_a_paragraph_below_a_table_is_no_words_of_its_last_row() -> None:
    rows = tbl([tc("序号"), tc("任务"), tc("责任单位")], [tc("1"), tc("清淤"), tc("水利局")])
    document = one(docx(f"{rows}{p('请于周五前报送。（林业局负责）')}{p('二、督查。（审计局负责）')}"))
    notice = parse(document.text, hints=document.hints)
    assert [(node.id, node.text or node.title, [duty.written for duty in node.duties]) for node in notice.walk()] == [
        ("1", "清淤", ["水利局"]),
        ("二", "督查。", ["审计局"]),
    ]
    assert (notice.closing, verify(notice).ok) == ("请于周五前报送。（林业局负责）", True)
    assert "C001" in {found.code for found in notice.diagnostics}


def test_a_remark_among_the_rows_below_another_is_not_lost() -> None:
    rows = [("序号", "任务", "责任单位"), ("一", "水利", ""), ("备注：另行通知", "", ""), ("1", "清淤", "水利局")]
    assert items(rows) == ["一/1 清淤 responsible 水利局"]


def test_a_table_by_office_leaves_the_cell_of_the_same_office_blank() -> None:
    rows = [("部门", "任务"), ("县水利局", "清淤"), ("", "固堤"), ("县林业局", "植树")]
    assert items(rows)[1] == "2 固堤 responsible 县水利局"
    assert items([("任务", "责任单位"), ("清淤", "县水利局"), ("固堤", "")])[1] == "2 固堤"


def test_a_sign_in_brackets_repeats_the_cell_above() -> None:
    rows = [("序号", "任务", "责任单位"), ("1", "清淤", "县水利局"), ("2", "固堤", "（同上）")]
    assert items(rows)[1] == "2 固堤 responsible 县水利局"


def test_a_row_out_of_sequence_is_reported() -> None:
    head = ["序号", "任务", "责任单位"]
    found = read([head, ["1", "清淤", "水利局"], ["2", "修路", "住建局"], ["4", "种树", "林业局"]])
    assert [(each.code, each.line) for each in found.diagnostics if each.code.startswith("N")] == [("N002", 5)]
