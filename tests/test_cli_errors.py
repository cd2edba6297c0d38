"""``--errors json``: what is said to a program, an object a line, with the exit codes that there are without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from shell import Ran, aiwei

from aiwei_cli.cli.app import COMMANDS

KEYS = {"file", "line", "column", "code", "level", "message", "span"}


def told(ran: Ran) -> list[dict[str, Any]]:
    """The objects of standard error, which has nothing else."""
    found = [json.loads(line) for line in ran.err.splitlines()]
    assert all(each.keys() == KEYS for each in found)
    return found


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text("1.修路（某某某某协会负责）。\n2清淤（县水利局负责）。\n", "utf-8")
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_wrong_usage(command: str) -> None:
    plain, ran = aiwei(command, "--bogus"), aiwei(command, "--bogus", "--errors", "json")
    (one,) = told(ran)
    assert (ran.code, one["level"], f"错误：{one['message']}\n") == (2, "error", plain.err)


@pytest.mark.parametrize("command", ["list", "parse", "export", "offices", "matrix", "sections"])
def test_doubts_have_the_keys_of_a_finding(command: str, notice: Path) -> None:
    doubts = [each for each in told(aiwei(command, notice, "--errors=json")) if each["code"]]
    found = [json.loads(aiwei("check", notice, "--level", "hint", "--format", "json").out)]
    assert [each["code"] for each in doubts] == ["O001", "N001"]
    for doubt in doubts:
        same = [one for one in found[0] if one["code"] == doubt["code"] and one["span"] == doubt["span"]]
        assert same and all(same[0][key] == doubt[key] for key in KEYS - {"message"})


def test_quiet_is_quiet(notice: Path) -> None:
    assert aiwei("list", notice, "-q", "--errors", "json").err == ""


def test_a_file_that_cannot_be_read_is_named(notice: Path) -> None:
    ran = aiwei("list", notice, "没有.txt", "-q", "--errors", "json")
    first, last = told(ran)
    assert ran.code == 1 and (first["file"], first["level"]) == ("没有.txt", "error")
    assert (last["file"], last["level"]) == (None, "note")


def test_a_name_with_a_colon_is_named_whole(tmp_path: Path) -> None:
    (tmp_path / "附件：方案.txt").write_bytes(b"\xff\xfe\x00")
    (one,) = told(aiwei("list", "附件：方案.txt", "--errors", "json", cwd=tmp_path))
    assert one["file"] == "附件：方案.txt"


def test_a_note_about_a_notice_names_it(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("没有编号", "utf-8")
    for call in (("parse", "空.txt"), ("add", "空.txt", "--ledger", "台账.db")):
        notes = [each for each in told(aiwei(*call, "--errors", "json", cwd=tmp_path)) if "没有读到" in each["message"]]
        assert [each["file"] for each in notes] == ["空.txt"], call


def test_the_sample_is_a_note_that_comes_first() -> None:
    assert [each["level"] for each in told(aiwei("list", "--errors", "json"))] == ["note", "warning"]


def test_what_a_name_holds_stays_one_line(tmp_path: Path) -> None:
    (one,) = told(aiwei("list", "甲\n{}\u2028乙\x1b[2J", "--errors", "json", cwd=tmp_path))
    assert one["level"] == "error"


def test_after_two_dashes_it_is_a_name() -> None:
    ran = aiwei("list", "--", "--errors=json")
    assert ran.code == 2 and ran.err.startswith("错误：--errors=json：")


def test_other_words_are_refused() -> None:
    assert aiwei("list", "--errors", "xml").err.startswith("错误：--errors 只能是")


def test_one_item_says_whose_it_is(notice: Path) -> None:
    shown = aiwei("show", "1", notice, "--format", "json").json()
    whole = aiwei("parse", notice, "-q", "--format", "json").json()
    assert (shown["path"], shown["sha256"]) == (whole["source"]["path"], whole["source"]["sha256"])
    assert shown["notice"] == whole["title"]


@pytest.mark.parametrize(
    ("words", "format"),
    [(("parse",), "yaml"), (("check",), "text"), (("check", "--format", "json"), "json"), (("list",), "tsv")],
)
def test_a_file_without_suffix_is_told_with_its_format(words: tuple[str, ...], format: str, tmp_path: Path) -> None:
    notice, output = tmp_path / "通知.txt", tmp_path / "x"
    notice.write_text("1.修路（县交通局牵头，县交通局配合）。\n3.清淤（县水利局负责）。\n", "utf-8")
    assert f"{output} 写成了 {format}" in aiwei(*words, notice, "-o", output).err
    assert "写成了" not in aiwei(*words[:1], notice, "-o", output.with_suffix(".json")).err


@pytest.mark.parametrize(
    "words",
    [
        ("list", ""),
        ("corpus", "", "-o", "语料"),
        ("mcp", ""),
        ("collect", "", "--ledger", "tasks.db"),
        ("notices", ""),
        ("list", "--rules", ""),
        ("export", "-o", ""),
        ("add", "--ledger", "", "通知.txt"),
    ],
    ids=" ".join,
)
def test_an_empty_name_is_no_name_left_out(words: tuple[str, ...], tmp_path: Path) -> None:
    """Where a script forgot to set a variable, the folder it stands in must not be read, or another ledger."""
    ran = aiwei(*words, cwd=tmp_path, AIWEI_LEDGER="tasks.db")
    assert (ran.out, ran.code) == ("", 2) and "是空的" in ran.err and not [*tmp_path.iterdir()]
