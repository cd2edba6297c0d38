"""The READMEs say what is so: their examples run, and their tables name what there is, no more and no less."""

from __future__ import annotations

import doctest
import os
import re
import shutil
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from readme import REPOSITORY, blocks, examples, run, same

from aiwei_cli.cli.app import COMMANDS, build
from aiwei_cli.lexicon import NAMES
from aiwei_cli.notice.codes import CODES
from aiwei_cli.query.matrix import CELL_COLUMNS
from aiwei_cli.query.table import DUTY_COLUMNS, ITEM_COLUMNS, OFFICE_COLUMNS, SECTION_COLUMNS
from aiwei_cli.store import search
from aiwei_cli.write import FORMATS

TEXTS = {name: (REPOSITORY / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md")}
CHINESE = {
    "Columns": "列",
    "Output": "写成什么",
    "Diagnostics": "疑点",
    "Rules": "规则",
    "Environment variables": "环境变量",
}
EACH = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
ROW = re.compile(r"^\| (.*) \|$", re.M)


def section(text: str, name: str) -> str:
    """What is under a heading, up to the next of its level."""
    found = re.search(rf"^(#+) {re.escape(name)}\n(.*?)(?=^\1 |\Z)", text, re.M | re.S)
    assert found, f"没有这一节：{name}"
    return found[2]


def part_of(text: str, name: str) -> str:
    """A section by its English name, in either language."""
    return section(text, name if text is TEXTS["README.md"] else CHINESE[name])


def rows(text: str) -> list[list[str]]:
    """The cells of all rows of the tables in a text, without their heads and rules."""
    lines = [re.split(r" *(?<!\\)\| *", row) for row in ROW.findall(text)]
    return [cells for cells, below in zip(lines, [*lines[1:], [""]], strict=True) if "---" not in (*cells, below[0])]


def codes(cell: str) -> list[str]:
    """What is between backticks in a cell."""
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="the examples are written for bash")
def test_the_examples_print_what_the_readme_shows(tmp_path: Path) -> None:
    """Of the Chinese README: it has all of the English one, and the help of every command."""
    found = examples(TEXTS["README.zh-CN.md"])
    assert len(found) > 10
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
def test_the_library_example_runs(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    found = blocks(text, "pycon")
    assert found
    for line, block in found:
        test = doctest.DocTestParser().get_doctest(block, {}, "README", None, line)
        assert doctest.DocTestRunner().run(test).failed == 0


@EACH
def test_every_rules_file_that_is_shown_is_one(text: str, tmp_path: Path) -> None:
    from aiwei_cli.compiled import load

    shown = [block for _, block in blocks(text, "yaml")]
    assert shown
    for block in shown:
        (tmp_path / "offices.yaml").write_text(block, "utf-8")
        assert load(tmp_path).offices.known("综合行政执法局")
        load.cache_clear()


def test_both_say_the_same() -> None:
    english, chinese = TEXTS.values()
    assert [block for _, block in blocks(english, "sh")] == [block for _, block in blocks(chinese, "sh")]
    shown = [[(each.command, each.shown) for each in examples(text)] for text in (english, chinese)]
    assert len(shown[0]) > 10 and [each for each in shown[1] if each in shown[0]] == shown[0]
    assert re.findall(r"^(#+) ", english, re.M) == re.findall(r"^(#+) ", chinese, re.M)


def parameters(command: str) -> list[Any]:
    return [parameter for parameter in build(command).params if parameter.param_type_name == "option"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_in_the_reference(command: str) -> None:
    part = section(TEXTS["README.md"], "Commands")
    table = rows(part)
    assert any(cells[0].startswith(f"`aiwei {command} ") or cells[0] == f"`aiwei {command}`" for cells in table)
    stated = {
        option.split()[0]
        for cells in table
        if len(cells) > 2 and (command in cells[1].split(", ") or cells[1] == "all")
        for option in codes(cells[0])
    }
    real = chain.from_iterable((*each.opts, *each.secondary_opts) for each in parameters(command))
    assert stated == {*real, "-h", "--help"}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_chinese_reference_names_every_command(command: str) -> None:
    told = build(command).help.strip().split("\n")[0].rstrip("。")
    assert any(
        cells[0].split("`")[1].split()[:2] == ["aiwei", command] and cells[1] == told
        for cells in rows(section(TEXTS["README.zh-CN.md"], "命令"))
    )


def test_the_reference_names_no_command_that_is_not_there() -> None:
    table = rows(section(TEXTS["README.md"], "Commands"))
    assert {cells[0].split()[1].strip("`") for cells in table if cells[0].startswith("`aiwei ")} == {*COMMANDS}


@EACH
def test_the_columns_are_those_that_are_written(text: str) -> None:
    stated = [(codes(cells[0])[0], cells[1]) for cells in rows(part_of(text, "Columns"))]
    tables = (ITEM_COLUMNS, DUTY_COLUMNS, OFFICE_COLUMNS, SECTION_COLUMNS, CELL_COLUMNS, search.COLUMNS)
    assert stated == [(column.key, column.label) for table in tables for column in table if column.program]


@EACH
def test_the_formats_are_those_that_are_written(text: str) -> None:
    stated = {codes(cells[0])[0]: tuple(re.findall(r"\w*\.\w+", cells[1])) for cells in rows(part_of(text, "Output"))}
    assert stated == {each.name: each.suffixes for each in FORMATS.values()}


@EACH
def test_the_codes_are_those_that_are_reported(text: str) -> None:
    stated = {codes(cells[0])[0]: cells[-1] for cells in rows(part_of(text, "Diagnostics"))}
    assert stated == CODES


@EACH
def test_the_rule_files_are_those_that_are_read(text: str) -> None:
    assert {*re.findall(r"^- `(\w+)\.yaml`", part_of(text, "Rules"), re.M)} == {*NAMES}


@EACH
def test_the_variables_are_those_that_are_read(text: str) -> None:
    read = set()
    for path in (REPOSITORY / "aiwei_cli").rglob("*.py"):
        read |= {*re.findall(r"\"(AIWEI_\w+)\"", path.read_text("utf-8"))}
    assert {codes(cells[0])[0] for cells in rows(part_of(text, "Environment variables"))} == read
