"""``export --split-by``: a file for each office or section, in a folder that is made whole or not at all."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import hits
from shell import aiwei, sample, two_plans

from aiwei_cli.errors import AiweiError
from aiwei_cli.query.shares import NO_OWNER, shares
from aiwei_cli.resources import bundled_notice
from aiwei_cli.write import FORMATS, TABLES
from aiwei_cli.write.folder import folder_target, safe_name

NOTICE = bundled_notice()


# --- dealing out


def test_an_item_of_several_offices_is_in_the_part_of_each_and_what_nobody_owns_in_one_of_its_own() -> None:
    parts = {part.name: [hit.place.node.id for hit in part.hits] for part in shares(hits(sample()), "office")}
    assert parts["城市管理办"] == parts["综合执法局"] == ["一/（一）/1"]
    assert parts[NO_OWNER] == ["一/（三）"] and list(parts)[-1] == NO_OWNER
    assert {item for part in parts.values() for item in part} == {hit.place.node.id for hit in hits(sample())}


def test_in_the_part_of_an_office_only_its_own_duties_answer() -> None:
    for part in shares(hits(sample()), "office"):
        assert {duty.office for hit in part.hits for duty in hit.duties} <= {part.name}


def test_sections_follow_the_text_and_hold_every_item_once() -> None:
    parts = shares(hits(sample()), "section")
    assert [part.name for part in parts] == [
        "一/（一） 打造健康环境",
        "一/（二） 倡导文明",
        "一 重点工作",
        "二 组织活动",
    ]
    assert sum(len(part.hits) for part in parts) == len(hits(sample()))
    both = shares(hits(sample(), two_plans()), "section")
    assert both[0].name == "关于印发《工作要点》的通知 一/（一） 打造健康环境"


# --- names


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("县（市、区）政府", "县（市、区）政府"),
        ('a<b>c:d"e/f\\g|h?i*j', "a＜b＞c：d＂e／f＼g｜h？i＊j"),
        ("con", "con_"),
        ("COM1", "COM1_"),
        ("nul.txt", "nul.txt_"),
        ("Lpt¹", "Lpt¹_"),
        ("console", "console"),
        ("局 . ", "局"),
        ("..", "未命名"),
        (".隐藏", "隐藏"),
        ("甲\n乙\t丙\x00", "甲 乙 丙"),
        ("甲\u202e乙\u200b", "甲乙"),
        ("", "未命名"),
    ],
)
def test_a_name_is_made_safe(wanted: str, name: str) -> None:
    assert safe_name(wanted, ".csv", set()) == name + ".csv"


@given(st.lists(st.text(max_size=300), max_size=20))
def test_any_names_are_safe_on_windows_and_differ(wanted: list[str]) -> None:
    taken: set[str] = set()
    names = [safe_name(name, ".xlsx", taken) for name in wanted]
    assert len({unicodedata.normalize("NFC", name.casefold()) for name in names}) == len(names)
    for name in names:
        stem = name.removesuffix(".xlsx")
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', name) and stem == stem.strip() and stem[-1] != "."
        assert len(name.encode("utf-8")) <= 255 and stem[0] != "."
        assert not re.fullmatch(r"(?i:con|prn|aux|nul|com\d|lpt\d)(\..*)?", stem)


# --- the folder


def test_the_folder_appears_when_all_is_written(tmp_path: Path) -> None:
    with folder_target(str(tmp_path / "各单位")) as folder:
        (folder / "a").write_text("1", "utf-8")
        assert not (tmp_path / "各单位").exists()
    assert (tmp_path / "各单位" / "a").read_text("utf-8") == "1"
    assert [each.name for each in tmp_path.iterdir()] == ["各单位"]


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), folder_target(str(tmp_path / "各单位")) as folder:
        (folder / "a").write_text("1", "utf-8")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_filled_and_a_full_one_refused(tmp_path: Path) -> None:
    place = tmp_path / "各单位"
    place.mkdir()
    for number in ("1", "2"):
        with folder_target(str(place), force=number == "2") as folder:
            (folder / "a").write_text(number, "utf-8")
        (place / "别的").write_text("旧", "utf-8")
        if number == "1":
            with pytest.raises(AiweiError, match="--force"), folder_target(str(place)):
                pass
    assert {each.name: each.read_text("utf-8") for each in place.iterdir()} == {"a": "2", "别的": "旧"}


@pytest.mark.parametrize(("name", "cure"), [("文件", "换一个文件夹名"), ("没有/各单位", "文件夹不存在")])
def test_a_place_that_cannot_be_a_folder_is_an_error_with_its_cure(tmp_path: Path, name: str, cure: str) -> None:
    (tmp_path / "文件").write_text("旧", "utf-8")
    with pytest.raises(AiweiError, match=cure), folder_target(str(tmp_path / name), force=True):
        pass


# --- the command


def test_a_csv_for_each_office(tmp_path: Path) -> None:
    place = tmp_path / "各单位"
    ran = aiwei("export", NOTICE, "--split-by", "office", "-o", place)
    assert (ran.out, ran.code) == ("", 0) and "12 个文件" in ran.err
    files = {each.name: each for each in place.iterdir()}
    assert len(files) == 12
    with files["综合执法局.csv"].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    listed = aiwei("list", NOTICE, "--office", "综合执法局").lines
    assert [row["id"] for row in rows] == [line.split("\t")[1] for line in listed]


@pytest.mark.parametrize("format", [name for name in TABLES if name != "table"])
def test_every_format_can_be_split(tmp_path: Path, format: str) -> None:
    ran = aiwei("export", NOTICE, "--split-by", "section", "-o", tmp_path / "各章节", "--format", format)
    assert ran.code == 0, ran.err
    names = sorted(each.name for each in (tmp_path / "各章节").iterdir())
    assert [name[:3] for name in names] == ["1 一", "2 一", "3 一", "4 二"]
    assert names[3] == f"4 二 组织开展的活动{FORMATS[format].suffixes[0]}"
    assert all(each.stat().st_size for each in (tmp_path / "各章节").iterdir())


def test_a_workbook_gets_a_sheet_for_each_office(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    assert aiwei("export", NOTICE, "--split-by", "office", "-o", tmp_path / "a.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames[:3] == ["任务分解表", "责任清单", "矩阵"] and len(book.sheetnames) == 15
    numbers = [cell.value for (cell,) in book["综合执法局"].iter_rows(min_row=4, max_col=1)]
    assert sum(number.startswith(("一、", "二、", "　")) for number in numbers) == 3 and len(numbers) == 3 + 7
    assert book.active.title == book.sheetnames[3]


def test_the_filters_apply_and_nothing_makes_no_folder(tmp_path: Path) -> None:
    assert aiwei("export", NOTICE, "--office", "妇联", "--split-by", "office", "-o", tmp_path / "a").code == 0
    assert [each.name for each in (tmp_path / "a").iterdir()] == ["妇联.csv"]
    assert aiwei("export", NOTICE, "--office", "教育局", "--split-by", "office", "-o", tmp_path / "b").code == 1
    assert not (tmp_path / "b").exists()


def test_a_full_folder_needs_force(tmp_path: Path) -> None:
    place = tmp_path / "各单位"
    args = ("export", NOTICE, "--split-by", "office", "-o", place)
    assert aiwei(*args).code == 0
    (place / "笔记.txt").write_text("我的", "utf-8")
    refused = aiwei(*args)
    assert refused.code == 2 and "--force" in refused.err
    assert aiwei(*args, "--force").code == 0
    assert (place / "笔记.txt").read_text("utf-8") == "我的" and len(list(place.iterdir())) == 13


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--split-by", "office"), "-o"),
        (("--split-by", "人", "-o", "x"), "section"),
        (("--split-by", "office", "-o", "x.docx"), "--format docx"),
        (("--split-by", "office", "-o", "x", "--format", "doc"), "docx"),
        (("--force",), "--split-by"),
    ],
)
def test_options_that_do_not_go_together(tmp_path: Path, args: tuple[str, ...], words: str) -> None:
    ran = aiwei("export", NOTICE, *args, cwd=tmp_path)
    assert (ran.out, ran.code) == ("", 2) and words in ran.err and list(tmp_path.iterdir()) == []


def test_a_file_for_each_notice_with_a_title(tmp_path: Path) -> None:
    for name in "甲乙":
        (tmp_path / f"{name}.txt").write_text(f"{name}县关于印发要点的通知\n1.修路（县水利局负责）。\n", "utf-8")
    args = ("export", tmp_path / "甲.txt", tmp_path / "乙.txt", "--split-by", "notice", "--format", "docx")
    assert aiwei(*args, "--title", "督办单", "-o", tmp_path / "各公文").code == 0
    names = sorted(file.name for file in (tmp_path / "各公文").iterdir())
    assert names == ["1 甲县关于印发要点的通知.docx", "2 乙县关于印发要点的通知.docx"]
    with ZipFile(tmp_path / "各公文" / names[0]) as archive:
        assert "督办单" in archive.read("word/document.xml").decode()


def test_a_title_goes_above_reports_only() -> None:
    ran = aiwei("export", NOTICE, "--title", "督办单", "--format", "csv")
    assert ran.code == 2 and "--title" in ran.err and "xlsx、docx、html" in ran.err
