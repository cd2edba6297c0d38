"""Commands about the program itself: every code is explained, and a folder of rules that is made is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiwei_cli.cli import run
from aiwei_cli.compiled import load
from aiwei_cli.lexicon import NAMES
from aiwei_cli.notice.codes import ADVICE, CODES
from aiwei_cli.parsing import parse


def test_every_code_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert ADVICE.keys() == CODES.keys()
    for code, advice in ADVICE.items():
        assert run(["explain", code.lower()]) == 0
        shown = capsys.readouterr().out
        assert all(words in shown for words in (code, CODES[code], *advice))


def test_an_unknown_code_is_told_with_those_that_are() -> None:
    assert run(["explain", "X999"]) == 2


def test_a_folder_of_rules_is_made_once_and_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "own"
    assert run(["rules", "init", str(folder)]) == 0
    assert run(["rules", "check", str(folder)]) == 0
    assert {path.stem for path in folder.iterdir()} == set(NAMES)
    assert load(folder).data == load().data
    assert run(["rules", "init", str(folder)]) == 2
    assert "已有规则文件" in capsys.readouterr().err


def test_the_examples_in_a_made_folder_are_rules(tmp_path: Path) -> None:
    run(["rules", "init", str(tmp_path)])
    for path in tmp_path.iterdir():
        head, *lines = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([head, *(line.removeprefix("# ") for line in lines)]), "utf-8")
    load.cache_clear()
    assert run(["rules", "check", str(tmp_path)]) == 0
    own = load(tmp_path)
    assert own.offices.known("执法局")
    assert [duty.role for duty in parse("1.由水利局抓总，做好清淤工作。\n", rules=own).body[0].duties] == ["lead"]


def test_a_fault_in_a_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "offices.yaml").write_text("office: [甲 = 乙]\n", "utf-8")
    assert run(["rules", "check", str(tmp_path)]) == 2
    assert "offices.yaml" in capsys.readouterr().err


def test_unknown_offices_become_a_draft_of_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice = tmp_path / "通知.txt"
    notice.write_text("1.修路。（县交通局、阿勒河三产专班负责）\n2.建桥。（阿勒河三产专班负责）\n", "utf-8")
    draft = tmp_path / "own" / "offices.yaml"
    draft.parent.mkdir()
    assert run(["offices", str(notice), "--unknown", "--format", "tsv"]) == 0
    assert "县交通局" not in capsys.readouterr().out
    assert run(["offices", str(notice), "--unknown", "--format", "yaml", "-o", str(draft)]) == 0
    assert '- "阿勒河三产专班"  # 2 项' in draft.read_text("utf-8-sig")
    load.cache_clear()
    assert run(["rules", "check", str(draft.parent)]) == 0
    assert load(draft.parent).offices.known("阿勒河三产专班")
    assert run(["offices", str(notice), "--unknown", "--rules", str(draft.parent)]) == 1
