"""The READMEs say what is so: their examples run, their links lead somewhere, and both say the same."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from readme import REPOSITORY, blocks, dead_links, doctested, examples, run, same, same_examples

from aiwei_cli.cli.app import COMMANDS, build
from aiwei_cli.notice.codes import CODES

PATHS = tuple(REPOSITORY / name for name in ("README.md", "README.zh-CN.md"))
EACH = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)


@pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="the examples are written for bash")
def test_the_examples_print_what_the_readme_shows(tmp_path: Path) -> None:
    """Of the Chinese README: the English one shows the same."""
    found = examples(PATHS[1].read_text("utf-8"))
    assert len(found) >= 9
    wrong = [
        f"{example.line}: $ {example.command}\n{real}"
        for example, real in zip(found, run(found, tmp_path), strict=True)
        if not same(example.shown, real)
    ]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("shown", "real", "equal"),
    [
        ("甲\n…\n丁\n", "甲\n乙\n丙\n丁\n", True),
        ("甲…丁\n", "甲乙丙丁\n", True),
        ("甲  \n", "甲\n", True),
        ("甲\n", "甲\n乙\n", False),
        ("甲…\n丙\n", "甲乙\n丁\n丙\n", False),
        ("甲\n…\n乙\n", "甲\n乙\n", False),
    ],
)
def test_what_is_left_out_has_to_be_marked(shown: str, real: str, equal: bool) -> None:
    assert same(shown, real) is equal


@EACH
def test_the_library_example_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    assert doctested(path.read_text("utf-8"))


@EACH
def test_two_lines_begin_with_pip_install(path: Path) -> None:
    """The one that does the main job and the one that runs the tests, which CI reads here."""
    lines = re.findall(r"^pip install .*", path.read_text("utf-8"), re.M)
    assert [line.partition(" && ")[2].split()[0] for line in lines] == ["aiwei", "pytest"]


@EACH
def test_links_lead_somewhere(path: Path) -> None:
    assert not dead_links(path)


def test_what_machines_read_names_what_there_is() -> None:
    """``llms.txt``: links to files, commands with options that they have, in fifty lines."""
    path = REPOSITORY / "llms.txt"
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 50 and not dead_links(path)
    named = re.findall(r"`aiwei ([a-z]+)([^`]*)`", text)
    assert len(named) > 10
    for command, rest in named:
        assert command in COMMANDS, command
        known = {name for parameter in build(command).params for name in (*parameter.opts, *parameter.secondary_opts)}
        assert {*re.findall(r"(?<![\w-])--?[a-z][a-z-]*", rest)} <= known, (command, rest)
    assert {*re.findall(r"\b[A-Z]\d{3}\b", text)} <= {*CODES}


def test_both_say_the_same() -> None:
    english, chinese = (path.read_text("utf-8") for path in PATHS)
    assert [block for _, block in blocks(english, "sh")] == [block for _, block in blocks(chinese, "sh")]
    assert examples(english) and same_examples(english, chinese)
    assert re.findall(r"^(#+) ", english, re.M) == re.findall(r"^(#+) ", chinese, re.M)
