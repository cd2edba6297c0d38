"""``aiwei parse``, ``aiwei show`` and ``aiwei why``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from shell import aiwei

from aiwei_cli.resources import bundled_notice

NOTICE = bundled_notice()


def test_yaml_and_json_are_the_same_tree() -> None:
    assert yaml.safe_load(aiwei("parse", NOTICE).out) == aiwei("parse", NOTICE, "--format", "json").json()


def test_ids_and_numbers_are_quoted_in_yaml() -> None:
    lines = aiwei("parse", NOTICE).lines
    marked = [line.strip(" -") for line in lines if line.strip(" -").startswith(("id:", "number:"))]
    assert len(marked) == 64
    assert all(line.split(": ", 1)[1].startswith("'") for line in marked)


def test_what_a_person_should_look_at_is_told_with_its_place() -> None:
    ran = aiwei("parse", NOTICE)
    assert f"{NOTICE}:30:1: " in ran.err
    assert aiwei("parse", NOTICE, "-q").err == ""


def test_verify_prints_the_coverage() -> None:
    ran = aiwei("parse", NOTICE, "--verify")
    assert "100 %" in ran.out and "2849" in ran.out and ran.code == 0


def test_verify_needs_the_source(tmp_path: Path) -> None:
    aiwei("parse", NOTICE, "-q", "-o", tmp_path / "a.json")
    ran = aiwei("parse", "--verify", tmp_path / "a.json")
    assert ran.code == 1 and "原文件" in ran.err


def test_several_notices_are_documents_a_list_or_lines() -> None:
    files = (NOTICE, NOTICE)
    assert len(list(yaml.safe_load_all(aiwei("parse", *files).out))) == 2
    assert len(aiwei("parse", *files, "--format", "json").json()) == 2
    assert [json.loads(line)["schema"] for line in aiwei("parse", *files, "--format", "jsonl").lines] == [
        "aiwei.notice.v1"
    ] * 2


def test_a_folder_of_one_notice_is_a_list_in_json(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_bytes(NOTICE.read_bytes())
    assert len(aiwei("parse", tmp_path, "--format", "json").json()) == 1


def test_the_name_of_the_file_tells_the_format(tmp_path: Path) -> None:
    aiwei("parse", NOTICE, "-o", tmp_path / "甲.json")
    assert json.loads((tmp_path / "甲.json").read_text("utf-8"))["year"] == 2023
    for args in ((), ("--format", "csv")):
        assert aiwei("parse", NOTICE, "-o", tmp_path / "甲.csv", *args).code == 2


def test_a_text_without_numbers_says_so(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("今天天气很好。\n", "utf-8")
    ran = aiwei("parse", tmp_path / "甲.txt", "--format", "json")
    assert ran.json()["body"] == [] and ran.code == 0
    assert "没有读到编号的事项" in ran.err


def test_without_a_file_the_notice_of_the_package_is_read_and_that_is_said() -> None:
    ran = aiwei("parse", "--format", "json")
    assert ran.json()["source"]["path"] == "notice_2023.txt"
    assert "notice_2023.txt" in ran.err


@pytest.mark.parametrize("asked", ["一/（一）/6", "一/(一)/6", "6", "6.", "（一）/6"])
def test_an_item_is_shown_in_full_with_its_line(asked: str) -> None:
    ran = aiwei("show", asked, NOTICE)
    assert ran.code == 0
    for words in (
        "编号：一/（一）/6",
        "负责：综合执法局",
        "各嘎查村（社区）（文中作“各嘎查村社区”）",
        "第 26 行",
        "   26 | 6.深入实施",
    ):
        assert words in ran.out


def test_an_item_is_shown_for_programs_too() -> None:
    assert aiwei("show", "6", NOTICE, "--format", "json").json()["id"] == "一/（一）/6"
    assert yaml.safe_load(aiwei("show", "6", NOTICE, "--format", "yaml").out)["line"] == 26


def test_a_heading_is_shown_without_the_text_of_its_items() -> None:
    ran = aiwei("show", "一/（一）", NOTICE)
    assert "14 | （一）打造健康宜居城乡环境" in ran.out and "农贸市场" not in ran.out


def test_an_id_that_means_several_places_gets_them_all_and_exit_code_1() -> None:
    ran = aiwei("show", "（一）", NOTICE)
    assert (ran.out, ran.code) == ("", 1)
    assert "一/（一）" in ran.err and "二/（一）" in ran.err


def test_an_id_that_does_not_exist_is_told() -> None:
    ran = aiwei("show", "一/（一）/99", NOTICE)
    assert (ran.out, ran.code) == ("", 1) and "“一/（一）/99”" in ran.err


def test_an_item_of_a_tree_is_shown_without_its_source(tmp_path: Path) -> None:
    aiwei("parse", NOTICE, "-q", "-o", tmp_path / "a.json")
    assert "没有附原文" in aiwei("show", "6", tmp_path / "a.json").out
