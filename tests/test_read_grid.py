"""Tables: a 任务分解表 reads as the items and duties that it means, any other table as its rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from read_samples import docx, packed, tbl, tc
from shell import aiwei

from aiwei_cli.compiled import load
from aiwei_cli.errors import RulesError
from aiwei_cli.parsing import parse
from aiwei_cli.reading.tables import grid
from aiwei_cli.reading.tables.grid import Cell

Sketch = Sequence[str]


def table(*rows: Sketch) -> list[grid.Row]:
    """A table of words: ``<`` is the cell to the left, ``^`` the cell above, a line feed a new paragraph."""
    made: list[grid.Row] = []
    for sketch in rows:
        row: grid.Row = []
        for at, words in enumerate(sketch):
            row.append(row[-1] if words == "<" else made[-1][at] if words == "^" else Cell(words.split("\n")))
        made.append(row)
    return made


def lines(*rows: Sketch) -> list[str]:
    return [line.words for line in grid.Tables().lines(table(*rows))]


HEADER = ("序号", "工作任务", "牵头单位", "责任单位", "配合单位", "完成时限")


def test_a_table_of_tasks_reads_as_a_notice_would_say_it() -> None:
    assert lines(
        HEADER,
        ("1", "整治环境卫生。", "综合执法局", "城市管理办、财政所", "各嘎查村（社区）", "6月底前"),
        ("2", "加强监督。", "", "卫生院", "—", "长期坚持"),
    ) == [
        "1.整治环境卫生。",
        "牵头单位：综合执法局",
        "责任单位：城市管理办、财政所",
        "配合单位：各嘎查村（社区）",
        "完成时限：6月底前",
        "2.加强监督。",
        "责任单位：卫生院",
        "完成时限：长期坚持",
    ]


def test_the_parser_finds_the_duties_and_deadlines_of_a_table() -> None:
    text = "\n".join(
        [
            "某镇2023年工作方案",
            *lines(
                HEADER,
                ("1", "整治环境卫生。", "综合执法局", "城市管理办\n财政所", "妇联", "2023年6月底前"),
                ("2", "加强监督。", "卫生院", "", "", ""),
            ),
        ]
    )
    items = list(parse(text).walk())
    assert [[(duty.role, duty.written) for duty in item.duties] for item in items] == [
        [("lead", "综合执法局"), ("responsible", "城市管理办"), ("responsible", "财政所"), ("support", "妇联")],
        [("lead", "卫生院")],
    ]
    assert [time.date for time in items[0].deadlines] == ["2023-06-30"]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (("序号", "任务", "责任单位"), True),
        (("序号", "重点工作任务", "责任部门"), True),
        (("编号", "工作举措", "牵头处室"), True),
        (("项次", "目标任务", "牵头"), True),
        (("序 号", "工 作\n内 容", "责任单位\n（第一个为牵头）"), True),
        (("工作事项", "完成时间", "负责科室"), True),
        (("序号", "姓名", "单位"), False),
        (("序号", "工作任务", "责任人"), True),
        (("序号", "工作任务", "地点", "时间"), False),
        (("内容", "时间"), False),
        (("序号", "品名", "单位"), False),
        (("区域", "责任单位", "电话"), False),
        (("指标", "2022年", "2023年"), False),
    ],
)
def test_which_tables_are_tables_of_tasks(header: Sketch, found: bool) -> None:
    labelled = [line for line in lines(header, ("1", "甲工作", "乙单位")) if "：" in line]
    assert bool(labelled) == found


def test_numbers_that_are_missing_are_counted() -> None:
    assert [line for line in lines(("工作任务", "责任单位"), ("甲。", "A"), ("乙。", "B")) if "：" not in line] == [
        "1.甲。",
        "2.乙。",
    ]
    numbers = [("3", "甲。", "A"), ("", "乙。", "B"), ("７", "丙。", "C"), ("", "丁。", "D")]
    found = lines(("序号", "工作任务", "责任单位"), *numbers)
    assert [line for line in found if "：" not in line] == ["3.甲。", "4.乙。", "7.丙。", "8.丁。"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [("1", "1."), ("1.", "1."), ("1、", "1."), ("一", "一、"), ("（一）", "（一）"), ("①", "①"), ("1.2", "1.2 ")],
)
def test_numbers_as_tables_write_them(written: str, shown: str) -> None:
    assert lines(("序号", "工作任务", "责任单位"), (written, "甲。", "A"))[0] == f"{shown}甲。"


def test_a_number_does_not_run_into_digits_and_is_not_written_twice() -> None:
    assert lines((*HEADER[:2], "责任单位"), ("1", "2023年底前完成。", "A"))[0] == "1. 2023年底前完成。"
    assert lines((*HEADER[:2], "责任单位"), ("1", "1.甲。", "A"))[0] == "1.甲。"
    assert lines((*HEADER[:2], "责任单位"), ("1", "（一）甲。", "A"))[0] == "（一）甲。"


def test_sections_across_the_table_and_headings_above_it() -> None:
    assert lines(
        ("任务分解表", "<", "<"),
        ("序号", "工作任务", "责任单位"),
        ("一、环境整治", "<", "<"),
        ("1", "甲。", "A"),
        ("序号", "工作任务", "责任单位"),
        ("二、健康教育", "", ""),
        ("2", "乙。", "B"),
        ("", "", ""),
    ) == ["任务分解表", "一、环境整治", "1.甲。", "责任单位：A", "二、健康教育", "2.乙。", "责任单位：B"]


def test_offices_that_span_rows_belong_to_each_row() -> None:
    assert lines(("序号", "工作任务", "责任单位"), ("1", "甲。", "A"), ("2", "乙。", "^")) == [
        "1.甲。",
        "责任单位：A",
        "2.乙。",
        "责任单位：A",
    ]


def test_a_task_that_spans_rows_has_the_offices_of_all() -> None:
    assert lines(("序号", "工作任务", "责任单位"), ("1", "甲。", "A"), ("^", "^", "B")) == [
        "1.甲。",
        "责任单位：A",
        "责任单位：B",
    ]


def test_measures_under_one_task_become_its_children() -> None:
    assert lines(
        ("序号", "重点任务", "具体措施", "责任单位", "完成时限"),
        ("1", "环境整治", "甲。", "A", "6月底前"),
        ("^", "^", "乙。", "B", "^"),
        ("2", "健康教育", "丙。", "C", ""),
    ) == [
        "1.环境整治",
        "完成时限：6月底前",
        "（1）甲。",
        "责任单位：A",
        "（2）乙。",
        "责任单位：B",
        "2.健康教育",
        "丙。",
        "责任单位：C",
    ]


def test_a_heading_beside_several_items() -> None:
    header = ("类别", "序号", "工作任务", "责任单位")
    assert lines(header, ("一、环境", "1", "甲。", "A"), ("^", "2", "乙。", "B"), ("二、教育", "3", "丙。", "C")) == [
        *("一、环境", "1.甲。", "责任单位：A", "2.乙。", "责任单位：B", "二、教育", "3.丙。", "责任单位：C"),
    ]
    assert lines(header, ("环境", "1", "甲。", "A"), ("^", "2", "乙。", "B")) == [
        *("1.甲。", "类别：环境", "责任单位：A", "2.乙。", "类别：环境", "责任单位：B"),
    ]


def test_a_header_of_two_rows() -> None:
    assert lines(
        ("序号", "工作任务", "责任分工", "<", "完成时限"),
        ("^", "^", "牵头单位", "配合单位", "^"),
        ("1", "甲。", "A", "B", "年底前"),
    ) == ["1.甲。", "牵头单位：A", "配合单位：B", "完成时限：年底前"]


def test_duties_stand_before_the_numbered_paragraphs_of_a_task() -> None:
    """After the children they would belong to the last of them."""
    assert lines(("序号", "工作任务", "责任单位"), ("1", "整治环境。\n（1）甲。\n（2）乙。", "A")) == [
        *("1.整治环境。", "责任单位：A", "（1）甲。", "（2）乙。"),
    ]


def test_offices_on_lines_of_their_own_are_kept_apart() -> None:
    assert lines(("序号", "工作任务", "责任单位"), ("1", "甲。", "A局\nB局、\nC局"))[1] == "责任单位：A局、B局、C局"
    assert lines(("序号", "工作任务", "责任单位"), ("1", "甲。", "牵头单位：A局\n配合单位：B局"))[1:] == [
        "牵头单位：A局",
        "配合单位：B局",
    ]


def test_other_columns_are_kept_with_their_titles() -> None:
    assert lines(("序号", "工作任务", "责任单位", "责任领导", "备注"), ("1", "甲。", "A", "张三", "新增")) == [
        *("1.甲。", "责任单位：A；责任领导：张三", "备注：新增"),
    ]


def test_a_section_is_an_office_only_where_no_column_names_one_and_it_looks_like_one() -> None:
    plan = ("工作任务", "完成时限")
    assert lines(plan, ("一、道路建设", "<"), ("修路", "年底")) == ["一、道路建设", "1.修路", "完成时限：年底"]
    assert lines(plan, ("县水利局（2项）", "<"), ("修路", "年底"))[1:] == [
        *("1.修路", "责任单位：县水利局", "完成时限：年底"),
    ]
    assert lines(HEADER[:3], ("县水利局", "<", "<"), ("1", "修路", "甲局"))[1:] == ["1.修路", "牵头单位：甲局"]


def test_a_row_of_titles_belongs_to_the_header_only_where_that_reaches_into_it() -> None:
    """Else words above the header would be lost."""
    rows = ("序号", "工作任务", "责任单位"), ("1", "修路", "甲局")
    assert lines(("附件1", "任务分解表"), *rows) == ["附件1\t任务分解表", "1.修路", "责任单位：甲局"]
    assert lines(
        ("序号", "工作任务", "<"),
    ) == ["序号\t工作任务"]


def test_a_second_header_says_what_the_columns_below_it_are() -> None:
    assert lines(
        *(("序号", "工作任务", "牵头单位"), ("1", "修路", "甲局")),
        *(("序号", "牵头单位", "工作任务"), ("2", "丙局", "修桥")),
    ) == ["1.修路", "牵头单位：甲局", "2.修桥", "牵头单位：丙局"]
    kept = (
        ("类别", "工作任务", "牵头单位"),
        ("道路", "修路", "甲局"),
        ("^", "责任单位", "重点工作"),
        ("^", "丙局", "修桥"),
    )
    assert lines(*kept)[-2:] == ["修桥", "责任单位：丙局"]  # beside a cell that began among the tasks
    head = ("序号", "工作任务", "责任分工", "<"), ("^", "^", "牵头单位", "配合单位")
    assert lines(*head, ("1", "修路", "甲", "乙"), *head, ("", "修桥", "丙", "丁"))[3:] == [
        *("2.修桥", "牵头单位：丙", "配合单位：丁"),  # printed again, it counts on
    ]


def test_a_column_that_nobody_knows_is_of_the_task_only_before_offices() -> None:
    rows = ("名称", "任务", "完成时限"), ("甲", "修路", "年底")
    assert lines(*rows) == ["1.修路", "名称：甲", "完成时限：年底"]
    assert lines(("名称", "任务", "责任单位"), rows[1]) == ["1.甲", "修路", "责任单位：年底"]


def test_who_does_it_is_said_in_half_of_the_cells_or_it_is_no_table_of_tasks() -> None:
    head, said = ("序号", "工作任务"), ("1", "修路。（牵头单位：甲局）")
    assert lines(head, said, ("2", "修桥")) == ["1.修路。（牵头单位：甲局）", "2.修桥"]
    assert lines(head, said, ("2", "修桥"), ("3", "修站"))[0] == "序号\t工作任务"


def test_a_row_may_end_before_the_offices() -> None:
    assert lines(("工作任务", "单位"), ("修路",), ("修桥", "县水利局")) == ["1.修路", "2.修桥", "责任单位：县水利局"]


def test_an_ordinary_table_is_its_rows() -> None:
    assert lines(("姓名", "电话"), ("张三", "110"), ("", "")) == ["姓名\t电话", "张三\t110"]


def test_a_table_that_only_arranges_the_page_is_its_paragraphs() -> None:
    assert lines(("标题", "<"), ("一、甲\n二、乙", "印章")) == ["标题", "一、甲", "二、乙", "印章"]


def test_the_rows_of_lines_are_told_and_which_of_them_are_cells() -> None:
    assert list(grid.Tables().lines(table(HEADER, ("1", "甲。", "A", "", "", ""), ("2", "乙。", "B", "", "", "")))) == [
        (2, "1.甲。", "text", 2),
        (2, "牵头单位：A", "cell", 0),
        (3, "2.乙。", "text", 2),
        (3, "牵头单位：B", "cell", 0),
    ]


@pytest.mark.parametrize(
    "rows", [[], [[]], [HEADER], [HEADER, ("1",)], [HEADER[:3], ("1", "甲", "A", "B", "C")], [("",)]]
)
def test_uneven_tables_do_no_harm(rows: list[Sketch]) -> None:
    assert isinstance(lines(*rows), list)


@pytest.mark.parametrize(
    ("number", "task", "shown"),
    [
        ("1", "厕所改造：\n1.摸排底数。\n2.改造100座。", ["1.厕所改造：1.摸排底数。2.改造100座。"]),
        ("3", "一、抓落实\n二、抓督查", ["3.一、抓落实；二、抓督查"]),
        ("2", "1.甲。\n2.乙。", ["2. 1.甲。2.乙。"]),
        ("1", "1.甲。\n2.乙。", ["1.甲。2.乙。"]),
        ("1", "（一）甲\n细节。", ["（一）甲", "细节。"]),
        ("2", "（1）甲；（2）乙。", ["2.（1）甲；（2）乙。"]),
    ],
)
def test_the_numbers_in_a_cell_do_not_take_the_duties_of_the_row(number: str, task: str, shown: list[str]) -> None:
    found = lines(("序号", "工作任务", "责任单位"), (number, task, "市住建局"))
    assert found == [*shown, "责任单位：市住建局"]
    assert [[d.written for d in n.duties] for n in parse("\n".join(["标题", *found])).walk()] == [["市住建局"]]


def test_a_task_with_the_number_of_the_outline_has_children() -> None:
    assert lines(("序号", "工作任务", "责任单位"), ("1", "（一）甲\n（1）乙。\n（2）丙。", "A")) == [
        *("（一）甲", "责任单位：A", "（1）乙。", "（2）丙。")
    ]


def test_the_numbers_in_measures_under_one_task_are_text() -> None:
    assert lines(
        ("序号", "任务", "具体措施", "责任领导", "牵头单位"),
        ("1", "改厕", "1.甲。\n2.乙。", "张三", "A"),
        ("^", "^", "3.丙。", "李四", "B"),
    ) == [
        *("1.改厕", "（1）1.甲。2.乙。", "牵头单位：A；责任领导：张三"),
        *("（2）3.丙。", "牵头单位：B；责任领导：李四"),
    ]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("1.市住建局\n2.市财政局", "市住建局、市财政局"),
        ("（1）市住建局。\n（2）市财政局。", "市住建局、市财政局"),
        ("一、二中队", "一、二中队"),
    ],
)
def test_numbers_before_offices_are_left_out(cell: str, shown: str) -> None:
    assert lines(("序号", "工作任务", "责任单位"), ("1", "甲。", cell))[1] == f"责任单位：{shown}"


# -- the labels of the rules -------------------------------------------------------------------------------------------


def test_own_labels_are_read_above_a_column_too(tmp_path: Path) -> None:
    header, row = ("序号", "工作任务", "总揽单位", "收官日子"), ("1", "清淤。", "水利局", "6月底前")
    assert lines(header, row) == ["\t".join(header), "\t".join(row)]
    (tmp_path / "roles.yaml").write_text("labels: {lead: [总揽]}\nfields: {deadline: [收官日子]}\n", "utf-8")
    own = [line.words for line in grid.Tables(load(tmp_path)).lines(table(header, row))]
    assert own == ["1.清淤。", "总揽单位：水利局", "收官日子：6月底前"]


def test_own_tails_and_labels_alone_are_read_above_a_column_too(tmp_path: Path) -> None:
    (tmp_path / "roles.yaml").write_text("labels: {lead: [总揽], alone: [总揽], tails: [专班]}\n", "utf-8")
    made = table(("序号", "工作任务", "总揽", "配合专班"), ("1", "清淤。", "水利局", "河长办"))
    own = [line.words for line in grid.Tables(load(tmp_path)).lines(made)]
    assert own == ["1.清淤。", "总揽单位：水利局", "配合专班：河长办"]


def test_own_headers_have_the_role_that_their_list_says(tmp_path: Path) -> None:
    header, row = ("序号", "攻坚点", "统揽单位", "冲刺钟点"), ("1", "清淤。", "水利局", "6月底前")
    assert lines(header, row) == ["\t".join(header), "\t".join(row)]
    own = "offices: {lead: [统揽]}\ntask: {words: [攻坚点]}\ndeadline: {words: [钟点]}\n"
    (tmp_path / "tables.yaml").write_text(own, "utf-8")
    found = [line.words for line in grid.Tables(load(tmp_path)).lines(table(header, row))]
    assert found == ["1.清淤。", "牵头单位：水利局", "完成时限：6月底前"]
    text = "\t".join(header) + "\n" + "\t".join(row) + "\n"
    assert [(d.role, d.written) for d in parse(text, rules=load(tmp_path)).body[0].duties] == [("lead", "水利局")]


@pytest.mark.parametrize("kind", ["number", "task", "group", "deadline", "person"])
def test_the_examples_of_headers_are_known(kind: str) -> None:
    headers, examples = load().headers, load().data["tables"][kind]["examples"]
    known = {"deadline": headers.time, "person": headers.person}.get(kind) or getattr(headers, kind)
    assert [title for title in examples if not known(title)] == []


def test_the_examples_of_offices_have_their_roles() -> None:
    headers = load().headers
    offices = load().data["tables"]["offices"]
    assert [title for title in offices["examples"] if not headers.role(title)] == []
    assert [headers.meaning(f"{stem}单位").role for stem in ("主管", "分管", "督办")] == [
        "lead",
        "responsible",
        "support",
    ]


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("task: {words: [攻 坚]}", "不能有空格"),
        ("task: {before: 99}", "要是 0 到 20 的数字"),
        ("task: {examples: [水利局]}", "认不出它自己的例子「水利局」"),
        ("task: {words: 攻坚}", "应当是一个列表"),
        ("tasks: {words: [攻坚]}", "不认识的项目 tasks"),
    ],
)
def test_what_is_wrong_with_own_headers_is_said(tmp_path: Path, own: str, said: str) -> None:
    (tmp_path / "tables.yaml").write_text(own, "utf-8")
    with pytest.raises(RulesError, match=said):
        load(tmp_path)


@pytest.mark.parametrize("role", ["lead", "responsible", "support"])
def test_every_label_of_the_rules_is_read_above_a_column(role: str) -> None:
    for stem in load().data["roles"]["labels"][role]:
        read = lines(("序号", "工作任务", f"{stem}单位"), ("1", "清淤。", "水利局"))
        assert read == ["1.清淤。", f"{stem}单位：水利局"], stem


def test_a_column_that_says_whether_it_was_done_names_no_offices() -> None:
    header, row = ("序号", "工作任务", "落实"), ("1", "清淤。", "已完成")
    assert lines(header, row) == ["\t".join(header), "\t".join(row)]


@pytest.mark.parametrize("suffix", [".docx", ".html", ".zip"])
def test_the_command_reads_own_labels_in_tables(tmp_path: Path, suffix: str) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "roles.yaml").write_text("labels: {lead: [总揽]}\n", "utf-8")
    rows = (("序号", "工作任务", "总揽单位"), ("1", "清淤。", "水利局"))
    cells = "".join("<tr>" + "".join(f"<td>{words}</td>" for words in row) + "</tr>" for row in rows)
    page = f"<html><body><table>{cells}</table></body></html>"
    content = {
        ".docx": lambda: docx(tbl(*(map(tc, row) for row in rows))),
        ".html": page.encode,
        ".zip": lambda: packed({"a.html": page}),
    }[suffix]()
    path = tmp_path / f"notice{suffix}"
    path.write_bytes(content)
    own = aiwei("parse", path, "--rules", rules)
    assert own.code == 0, own.err
    assert "role: lead" in own.out and "written: 水利局" in own.out
    assert "role:" not in aiwei("parse", path).out
