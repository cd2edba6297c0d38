"""What each format promises of a table: CSV for Excel and for pipes, TSV, JSON, YAML, Markdown, and the terminal."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from shell import sample, select, two_plans

from aiwei_cli import write
from aiwei_cli.errors import UsageError
from aiwei_cli.query import Filters
from aiwei_cli.query.table import DUTY_COLUMNS, ITEM_COLUMNS, Column, Table, hits_table
from aiwei_cli.query.tally import sections_table
from aiwei_cli.write import FORMATS, Style, write_table
from aiwei_cli.write.markdown import write_reports

SCRIPT = Style()
EXCEL = Style(for_excel=True)
PEOPLE = Style(labels="zh")


def written(table: Table, format: str, style: Style = SCRIPT) -> str:
    out = io.StringIO(newline="")
    write_table(table, out, FORMATS[format], style)
    return out.getvalue()


def cells(*texts: str, columns: tuple[Column, ...] = (Column("text", "内容"),)) -> Table:
    return Table("行", columns, [dict.fromkeys((column.key for column in columns), text) for text in texts])


def items(filters: Filters | None = None) -> Table:
    return hits_table(select(sample(), filters or Filters()), "item")


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_csv_for_excel_has_a_byte_order_mark_and_crlf() -> None:
    text = written(cells("甲"), "csv", EXCEL)
    assert text == "\ufefftext\r\n甲\r\n"


def test_csv_for_a_pipe_is_plain() -> None:
    assert written(cells("甲"), "csv") == "text\n甲\n"


@pytest.mark.parametrize("style", [SCRIPT, EXCEL])
@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "=HYPERLINK(1)"])
def test_no_cell_of_a_csv_file_is_a_formula(cell: str, style: Style) -> None:
    (_, (shown,)) = read_csv(written(cells(cell), "csv", style))
    assert shown == "'" + cell.replace("\r", "\n")


@pytest.mark.parametrize(
    "cell",
    [
        "1-2",
        "1/2",
        "1/2/3",
        "2023-12-31",
        "1.10",
        "0123",
        "(1)",
        "（1）",
        "1:30",
        "1e5",
        "12月31日",
        "2023年6月",
        "123456789012345678",
    ],
)
def test_excel_changes_no_number_or_id(cell: str) -> None:
    (_, (shown,)) = read_csv(written(cells(cell), "csv", EXCEL))
    assert shown == "'" + cell
    assert read_csv(written(cells(cell), "csv"))[1] == [cell]


@pytest.mark.parametrize("cell", ["6", "一/（一）/6", "1.", "6月底前", "第35个", "-"])
def test_what_excel_leaves_alone_is_left_alone(cell: str) -> None:
    assert read_csv(written(cells(cell), "csv", EXCEL))[1] == [cell]


def test_dates_stay_dates_for_excel() -> None:
    rows = read_csv(written(items(Filters(offices=("城市管理办",))), "csv", EXCEL))
    assert dict(zip(*rows, strict=True))["due"] == "2023-06-30"


def test_the_columns_are_stable() -> None:
    assert written(Table("事项", ITEM_COLUMNS, ()), "csv") == (
        "notice,id,number,level,section,title,text,lead,responsible,support,deadline,due,citations,path,line,persons,"
        "stated,doubts,place,issuer,document_number,date,year,version,task,status\n"
    )
    assert written(Table("责任", DUTY_COLUMNS, ()), "csv") == (
        "notice,id,section,item,role,office,written,inherited,deadline,due,path,line,stated,doubts,place,"
        "issuer,document_number,date,year,version,task,status\n"
    )


def test_labels_of_people_are_chinese_in_any_format() -> None:
    duties = hits_table(select(sample(), Filters(offices=("各嘎查村（社区）",))), "duty")
    header, row = read_csv(written(duties, "csv", PEOPLE))
    assert header[:3] == ["公文", "编号", "所属章节"]
    assert "配合" in row and "否" in row and "support" not in row


@given(st.text())
def test_a_cell_of_csv_reads_back_as_it_was_but_for_the_guard(cell: str) -> None:
    for style in (SCRIPT, EXCEL):
        ((shown,),) = read_csv(written(cells(cell), "csv", style))[1:] or [[""]]
        assert shown.removeprefix("'") == re.sub("\r\n?", "\n", cell).removeprefix("'")


@given(st.lists(st.text(), min_size=1))
def test_a_row_of_tsv_is_a_line(texts: list[str]) -> None:
    columns = (Column("a", "甲"), Column("b", "乙"))
    lines = written(cells(*texts, columns=columns), "tsv", Style(header=False)).split("\n")
    assert len(lines) == len(texts) + 1
    assert all(line.count("\t") == 1 for line in lines[:-1])


def test_json_is_a_list_with_a_row_a_line_and_jsonl_a_row_a_line() -> None:
    rows = json.loads(written(items(), "json"))
    assert [row["id"] for row in rows][:2] == ["一/（一）/1", "一/（一）/2"]
    assert rows[0]["level"] == 3 and rows[1]["due"] is None
    assert [json.loads(line) for line in written(items(), "jsonl").splitlines()] == rows
    assert len(written(items(), "json").splitlines()) == len(rows) + 2


@pytest.mark.parametrize("format", ["json", "yaml"])
def test_an_empty_table_is_an_empty_list(format: str) -> None:
    assert written(Table("事项", ITEM_COLUMNS, ()), format) == "[]\n"


def test_yaml_rows_are_the_json_rows_and_ids_are_quoted() -> None:
    text = written(items(), "yaml")
    assert yaml.safe_load(text) == json.loads(written(items(), "json"))
    assert "\n  id: '一/（一）/1'\n" in text and "\n  number: '1.'\n" in text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_reads_back_from_yaml_the_same(text: str) -> None:
    dumped = written(cells(text), "yaml")
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        assert yaml.load(dumped, loader) == [{"text": text}]


@pytest.mark.parametrize(
    "value", ["1.10", "0o17", "1e3", "12:30", "no", "null", "~", "2023-06-30", "0123", ".5", "y", "=", "<<"]
)
def test_no_reader_of_yaml_takes_a_text_for_something_else(value: str) -> None:
    assert f"'{value}'" in written(cells(value), "yaml")


def test_half_a_character_does_not_stop_yaml() -> None:
    assert yaml.safe_load(written(cells("文件\udce6.txt"), "yaml")) == [{"text": "文件?.txt"}]


def test_next_line_is_not_lost_in_yaml() -> None:
    assert yaml.safe_load(written(cells("甲\x85乙"), "yaml")) == [{"text": "甲\x85乙"}]


def test_a_table_of_markdown_has_a_line_for_each_row_whatever_its_cells_hold() -> None:
    lines = written(cells("a|b\nc", "*d* <script>"), "md", PEOPLE).splitlines()
    assert lines == ["| 内容 |", "| --- |", r"| a\|b<br>c |", r"| \*d\* \<script\> |"]


def report(*notices: Any) -> str:
    out = io.StringIO()
    write_reports(notices, out, PEOPLE, "item")
    return out.getvalue()


def test_a_report_has_the_outline_as_headings_and_a_table_of_the_tasks() -> None:
    text = report(sample())
    assert text.startswith("# 关于印发《工作要点》的通知\n")
    for line in (
        "## 任务分解表",
        "### 一、重点工作",
        "#### （一）打造健康环境",
        "- 牵头：社会事务办",
        "- 配合：各嘎查村（社区）",
    ):
        assert f"\n{line}\n" in text, line
    assert "| 编号 | 工作任务 | 牵头单位 | 责任单位 | 配合单位 | 完成时限 |" in text
    assert text.count("\n| 一/") == 5


def test_the_first_words_of_a_paragraph_make_no_list_and_no_heading() -> None:
    preamble = "# 甲\n1. 乙\n- 丙\n2023年，丁"
    text = report(replace(sample(), preamble=preamble))
    assert "\n\\# 甲\n\n1\\. 乙\n\n\\- 丙\n\n2023年，丁\n" in text


def test_bold_ends_before_a_blank() -> None:
    # CommonMark does not close ** between a full stop and a Chinese character.
    text = report(sample())
    assert "\n**1.** 整治农贸市场" in text and not re.search(r"\*\*\S", re.sub(r"(?m)^\*\*", "", text))


def test_a_report_says_which_duties_come_from_a_heading() -> None:
    assert "- 牵头（承上级标题）：妇联" in report(sample())


def test_a_report_of_several_notices_has_them_all() -> None:
    text = report(sample(), two_plans())
    assert re.findall(r"(?m)^# (.+)$", text) == ["关于印发《工作要点》的通知", "关于印发两个方案的通知"]


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_a_terminal_shows_every_character_of_every_cell(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    text = written(items(), "table", PEOPLE)
    rows: list[Mapping[str, Any]] = list(items().rows)
    keys = ("id", "item", "lead", "responsible", "support", "deadline")
    wanted = "".join(str(row[key] or "") for row in rows for key in keys)
    shown = Counter(text)
    assert not Counter(char for char in wanted if not char.isspace()) - shown
    assert all(shown[char] for char in "牵头单位责任单位配合单位完成时限")


def test_the_table_is_made_of_characters_that_gbk_has() -> None:
    written(items(), "table", PEOPLE).encode("gbk")


def test_a_notice_cannot_control_the_terminal_or_the_markup() -> None:
    text = written(cells("\x1b[31m红\x07 [bold]粗[/bold] :smile:"), "table", PEOPLE)
    assert "\x1b" not in text and "\x07" not in text
    assert "[bold]粗[/bold] :smile:" in text


def test_columns_in_which_nothing_stands_are_left_out_on_a_terminal() -> None:
    assert "配合单位" not in written(items(Filters(sections=("二",))), "table", PEOPLE)


def test_the_notice_is_named_only_where_there_are_several() -> None:
    hits = [*select(sample(), Filters()), *select(two_plans(), Filters())]
    assert "公文" in written(hits_table(hits, "item"), "md", PEOPLE).splitlines()[0]
    assert "公文" not in written(items(), "md", PEOPLE).splitlines()[0]


def test_a_format_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UsageError, match="csv"):
        write.format_named("xls")


@pytest.mark.parametrize(
    ("path", "format"), [("a.CSV", "csv"), ("b.yml", "yaml"), ("c.md", "md"), ("d.pptx", None), ("e", None)]
)
def test_the_name_of_a_file_tells_the_format(path: str, format: str | None) -> None:
    chosen = write.by_suffix(path)
    assert (chosen.name if chosen else None) == format


def test_lines_of_a_cell_are_cut_by_the_rules_of_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "31")
    text = written(cells("修好县道（含乡道）、村道，铺油，划线，“三清一改”。" * 5), "table", PEOPLE)
    lines = [line.strip() for line in text.splitlines()]
    assert len(lines) > 5 and not any(line[:1] in "，。、）”" for line in lines if line)
    assert not any(line[-1:] in "（“" for line in lines)


def test_rows_of_several_notices_are_under_their_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    found = select(sample(), Filters()), select(two_plans(), Filters())
    text = written(hits_table((hit for each in found for hit in each), "item").for_person(), "table", PEOPLE)
    assert text.count("关于印发《工作要点》的通知") == 1 == text.count("关于印发两个方案的通知")
    assert "公文" not in text.splitlines()[2]


def test_sections_too_and_a_list_of_notices_gives_its_titles_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    sections = written(sections_table([sample(), two_plans()]).for_person(), "table", PEOPLE)
    assert sections.count("关于印发《工作要点》的通知") == 1 and "公文" not in sections
    counts = [Column(key, f"{key}件数", kind="count") for key in "abcdef"]
    title = "某县人民政府办公室关于印发今年工作要点的通知"
    listed = Table("公文", (Column("notice", "公文"), *counts), [{"notice": title, **dict.fromkeys("abcdef", 10)}])
    assert title[:10] in written(listed, "table", PEOPLE)


def test_on_a_narrow_screen_a_row_is_a_few_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = written(items(), "table", PEOPLE)
    assert "牵头单位：" in text and max(len(line) for line in text.splitlines()) <= 40


def test_the_task_gets_a_third_of_the_screen_and_no_column_is_a_strip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    columns = tuple(Column(key, key) for key in ("old", "new", "item", "owner"))
    made = Table("行", columns, [dict.fromkeys(("old", "new", "owner"), "一" * 30) | {"item": "甲" * 90}])
    widths = [len(cell) for cell in re.findall("一+|甲+", written(made, "table", PEOPLE).splitlines()[3])]
    assert widths[2] >= 33 // 2 and max(widths[:2] + widths[3:]) - min(widths[:2] + widths[3:]) <= 1


def test_a_brief_row_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = written(items(), "table", PEOPLE._replace(brief=True)).splitlines()
    assert len(lines) == len(list(items().rows)) > 1
    assert "责任单位：" in lines[0] and len({*map(len, lines)}) > 1
