"""Doubts reach whoever lists or exports: a line at the end, columns, sheets, notes beside cells; never an office."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from zipfile import ZipFile

import pytest
from ledger_samples import from_text
from shell import aiwei, without_tasks

CLERK = (
    "某县人民政府关于做好整治工作的通知\n一、任务\n"
    "1.清理河道，6月底前完成（县水利局（李四）、梦溪党群服务站负责）。\n"
    "2.修缮公路（交通局牵头；责任领导：张三）。\n责任人：王五，电话：13800000000\n"
    "3.整治街巷（以上事项由专班统筹负责）。\n"
    "4.健全机制（城管局牵头，梦溪党群服务站配合）。\n"
    "5.落实资金（牵头单位：财政局；责任单位：备注）。\n"
)
CODES = ["C001", "C002", "O001"]


@pytest.fixture
def clerk(tmp_path: Path) -> Path:
    (tmp_path / "通知.txt").write_text(CLERK, "utf-8")
    return tmp_path


def rows(folder: Path, *args: str) -> list[dict[str, Any]]:
    found = json.loads(without_tasks(aiwei("list", *args, "--format", "json", cwd=folder).out))
    return cast("list[dict[str, Any]]", found)


def book(path: Path) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path)


def headed(sheet: Any) -> list[dict[str, Any]]:
    """The rows below the header, by the words of it; without the headings across."""
    cells = list(sheet.iter_rows())
    head = next(i for i, row in enumerate(cells) if row[0].value in ("编号", "序号", "代码"))
    rows = [row for row in cells[head + 1 :] if sum(cell.value is not None for cell in row) > 1]
    return [{cell.value: mine for cell, mine in zip(cells[head], row, strict=True)} for row in rows]


# --- the line at the end, the exit code


@pytest.mark.parametrize(
    "command", ["list", "export", "offices", "matrix", "search 河道", "export --format md", "export -o a.xlsx"]
)
def test_a_line_at_the_end_says_how_to_see_them(clerk: Path, command: str) -> None:
    name, *rest = command.split()
    words = [rest.pop(0)] if name == "search" else []
    ran = aiwei(name, *words, "通知.txt", *rest, cwd=clerk)
    assert ran.err.splitlines()[-1] == "另有 3 处疑点：aiwei parse 通知.txt 可看全部"
    assert ran.code == 0
    assert aiwei(name, *words, "通知.txt", *rest, "-q", cwd=clerk).err == ""


def test_what_is_added_and_a_ledger_have_it_too(clerk: Path) -> None:
    added = aiwei("add", "通知.txt", "--ledger", "a.db", cwd=clerk)
    assert added.err.splitlines()[-1] == "另有 3 处疑点：aiwei parse 通知.txt 可看全部"
    assert "疑点" not in aiwei("add", "通知.txt", "--ledger", "a.db", cwd=clerk).err  # nothing new
    assert aiwei("list", "a.db", cwd=clerk).err == "另有 3 处疑点：aiwei parse a.db 可看全部\n"
    assert aiwei("list", "a.db", "--strict", "-q", cwd=clerk).code == 1


def test_where_there_are_none_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、任务\n1.清淤（水利局负责）。\n", "utf-8")
    assert aiwei("list", "a.txt", "--strict", cwd=tmp_path).err == ""
    assert aiwei("export", "a.txt", "-o", "a.xlsx", "--strict", cwd=tmp_path).code == 0
    assert "疑点" not in book(tmp_path / "a.xlsx").sheetnames


def test_the_names_of_files_can_be_copied(clerk: Path) -> None:
    (clerk / "a b.txt").write_text(CLERK, "utf-8")
    assert '：aiwei parse 通知.txt "a b.txt" 可看全部' in aiwei("list", "通知.txt", "a b.txt", cwd=clerk).err
    assert "：对同样的内容运行 aiwei parse - 可看全部" in aiwei("list", "-", stdin=CLERK.encode()).err


@pytest.mark.parametrize("command", ["list", "export", "parse", "search 河道", "add --ledger b.db"])
def test_strict_makes_the_exit_code_1(clerk: Path, command: str) -> None:
    name, *rest = command.split()
    words = [rest.pop(0)] if name == "search" else []
    ran = aiwei(name, *words, "通知.txt", *rest, "--strict", cwd=clerk)
    assert ran.code == 1
    assert ran.out or (clerk / "b.db").exists()


def test_the_same_finding_is_one_line_with_its_count(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、任务\n1.甲（责任单位：见附件）。\n2.乙（责任单位：见附件）。\n", "utf-8")
    told = aiwei("parse", "a.txt", cwd=tmp_path).err.splitlines()
    assert [line for line in told if "C001" in line] == [
        "a.txt:2:4: C001 责任分工没有读懂，原样留在正文里：（责任单位：见附件）（共 2 处）"
    ]


# --- columns and cells


def test_items_have_their_codes(clerk: Path) -> None:
    found = rows(clerk, "通知.txt")
    # An office that is reported once is doubtful in every row.
    assert [row["doubts"] for row in found] == ["O001", "", "C001", "O001", "C002"]
    aiwei("add", "通知.txt", "--ledger", "a.db", cwd=clerk)
    assert rows(clerk, "a.db") == found
    duties = aiwei("list", "通知.txt", "--per", "duty", "--format", "json", cwd=clerk).json()
    assert [row["doubts"] for row in duties] == ["O001", "O001", "", "O001", "O001", "C002"]


def test_a_doubt_is_of_the_deepest_item(tmp_path: Path) -> None:
    text = "一、任务（水利局负责）\n1.甲（住建局负责）。\n2.乙（责任单位：见附件）。\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert [row["doubts"] for row in rows(tmp_path, "a.txt")] == ["", "", "C001"]


@pytest.mark.parametrize("words", ["见附件", "备注", "同上", "详见附件1", "另行明确"])
def test_what_is_no_office_is_reported_and_no_office(words: str) -> None:
    for text in (
        f"1.甲（责任单位：{words}）。",
        f"1.甲（责任单位：水利局、{words}）。",
        f"1.甲。\n责任单位：{words}",
        f"1.甲（水利局、{words}负责）。",
        f"附表\n序号\t工作任务\t责任单位\n1\t清淤\t{words}\n",
    ):
        notice = from_text(f"一、任务\n{text}\n", "a.txt")
        offices = {duty.office for node in notice.walk() for duty in node.duties}
        assert offices <= {"水利局"}, text
        assert {found.code for found in notice.diagnostics} & {"C001", "C002"}, text


def test_names_that_begin_alike_stay_offices() -> None:
    notice = from_text("一、任务\n1.甲（责任单位：附属医院、说明书审查中心）。\n", "a.txt")
    assert [duty.office for duty in notice.body[0].children[0].duties] == ["附属医院", "说明书审查中心"]


# --- the clerk's path


def test_the_workbook_says_what_to_look_at(clerk: Path) -> None:
    assert aiwei("export", "通知.txt", "-o", "a.xlsx", cwd=clerk).code == 0
    made = book(clerk / "a.xlsx")
    assert made.sheetnames == ["任务分解表", "责任清单", "矩阵", "疑点"]
    assert "3 处疑点，见后面的“疑点”" in made["任务分解表"]["A2"].value
    told = headed(made["疑点"])
    assert list(told[0]) == ["代码", "说明", "原文", "第几行/段", "怎么办"]
    assert sorted(row["代码"].value for row in told) == CODES
    unknown = next(row for row in told if row["代码"].value == "O001")
    assert (unknown["原文"].value, unknown["第几行/段"].value) == ("梦溪党群服务站", "第3行（编号 一/1）")
    assert all(row["怎么办"].value for row in told)
    items = headed(made["任务分解表"])
    assert [item["疑点"].value for item in items] == ["O001", None, "C001", "O001", "C002"]
    yellow = {
        (number, label)
        for number, item in enumerate(items, 1)
        for label, cell in item.items()
        if cell.fill.fgColor.rgb == "FFFFE699"
    }
    assert {(1, "责任单位"), (3, "工作任务"), (4, "配合单位"), (5, "牵头单位")} <= yellow
    assert (2, "牵头单位") not in yellow and (4, "牵头单位") not in yellow
    for number, label in yellow:
        assert "怎么办" in items[number - 1][label].comment.text
    (row,) = [row for row in headed(made["责任清单"]) if row["编号"].value == "一/4" and row["分工"].value == "配合"]
    assert "梦溪党群服务站" in row["单位"].comment.text


def test_persons_are_beside_the_offices(clerk: Path) -> None:
    aiwei("export", "通知.txt", "-o", "a.xlsx", "-q", cwd=clerk)
    items = headed(book(clerk / "a.xlsx")["任务分解表"])
    assert [label for label in items[0] if label not in ("编号", "序号", "工作任务")][:4] == [
        "牵头单位",
        "责任单位",
        "配合单位",
        "责任人等",
    ]
    assert items[1]["责任人等"].value == "责任领导：张三；责任人：王五"


def test_word_and_the_page_have_a_section(clerk: Path) -> None:
    for name in ("a.docx", "a.html", "a.md"):
        aiwei("export", "通知.txt", "-o", name, "-q", cwd=clerk)
    word = ZipFile(BytesIO((clerk / "a.docx").read_bytes())).read("word/document.xml").decode()
    assert word.count("<w:tbl>") == 2
    page = (clerk / "a.html").read_text("utf-8")
    text = (clerk / "a.md").read_text("utf-8")
    assert '<section id="doubts"' in page
    assert "## 疑点" in text
    for made in (word, page, text):
        assert "第3行（编号 一/1）" in made
        assert "责任领导：张三" in made


def test_without_doubts_the_files_are_as_before(clerk: Path) -> None:
    for name in ("a.xlsx", "a.docx", "a.html", "a.md", "a.csv", "a.db"):
        assert aiwei("export", "通知.txt", "-o", name, "--no-doubts", cwd=clerk).err.startswith("另有 3 处疑点")
    assert "疑点" not in book(clerk / "a.xlsx").sheetnames
    assert all(cell.comment is None for sheet in book(clerk / "a.xlsx") for row in sheet.iter_rows() for cell in row)
    word = ZipFile(BytesIO((clerk / "a.docx").read_bytes())).read("word/document.xml").decode()
    texts = [(clerk / name).read_text("utf-8") for name in ("a.html", "a.md", "a.csv")]
    for made in (word, *texts):
        assert not any(code in made for code in CODES)
    assert {row["doubts"] for row in rows(clerk, "a.db")} == {""}
    assert {row["doubts"] for row in rows(clerk, "通知.txt", "--no-doubts")} == {""}


@pytest.mark.parametrize("option", [("--office", "梦溪党群服务站"), ("--split-by", "office")])
@pytest.mark.parametrize("kind", ["xlsx", "docx", "html", "csv"])
def test_what_is_made_for_an_office_carries_none(clerk: Path, option: tuple[str, str], kind: str) -> None:
    folder = "各单位" if option[0] == "--split-by" else f"a.{kind}"
    ran = aiwei("export", "通知.txt", *option, "--format", kind, "-o", folder, cwd=clerk)
    assert "另有 3 处疑点" in ran.err
    made = sorted((clerk / folder).iterdir()) if (clerk / folder).is_dir() else [clerk / folder]
    assert made
    for path in made:
        data = path.read_bytes()
        if kind in ("xlsx", "docx"):
            data = b"".join(ZipFile(path).read(name) for name in ZipFile(path).namelist())
        assert b"O001" not in data
        assert "疑点</".encode() not in data


# --- what leaves the house


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html", "md", "csv", "json", "yaml", "db"])
def test_without_persons_nobody_is_named(clerk: Path, kind: str) -> None:
    for split in ((), ("--split-by", "office", "--format", kind)) if kind in ("xlsx", "docx", "csv") else ((),):
        target = clerk / ("各单位" if split else f"a.{kind}")
        args = ("export", "通知.txt", "-o", target, "--no-persons", *split)
        assert aiwei(*args, cwd=clerk).code == 0
        for path in sorted(target.iterdir()) if target.is_dir() else [target]:
            data = path.read_bytes()
            if kind in ("xlsx", "docx"):
                data = b"".join(ZipFile(path).read(name) for name in ZipFile(path).namelist())
            for word in ("张三", "李四", "王五", "13800000000"):
                assert word.encode() not in data, (path, word)
    plain = rows(clerk, "通知.txt", "--no-persons")
    assert {row["persons"] for row in plain} == {""}
    assert [row["lead"] for row in plain] == [row["lead"] for row in rows(clerk, "通知.txt")]
    aiwei("add", "通知.txt", "--ledger", "p.db", cwd=clerk)
    assert rows(clerk, "p.db", "--no-persons") == plain
