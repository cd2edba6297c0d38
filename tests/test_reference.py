"""The two pages of reference written by hand: their tables name what there is, no more and no less."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from readme import REPOSITORY, blocks

from aiwei_cli.cli.app import COMMANDS, build
from aiwei_cli.lexicon import NAMES
from aiwei_cli.notice.codes import CODES
from aiwei_cli.query.matrix import CELL_COLUMNS
from aiwei_cli.query.table import DUTY_COLUMNS, ITEM_COLUMNS, OFFICE_COLUMNS, SECTION_COLUMNS
from aiwei_cli.store import search
from aiwei_cli.write import FORMATS

ENGLISH, OTHER = "README.en.md", "README.md"
TEXTS = {name: (REPOSITORY / "docs" / "reference" / name).read_text("utf-8") for name in (ENGLISH, OTHER)}
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
    return section(text, name if text is TEXTS[ENGLISH] else CHINESE[name])


def rows(text: str) -> list[list[str]]:
    """The cells of all rows of the tables in a text, without their heads and rules."""
    lines = [re.split(r" *(?<!\\)\| *", row) for row in ROW.findall(text)]
    return [cells for cells, below in zip(lines, [*lines[1:], [""]], strict=True) if "---" not in (*cells, below[0])]


def codes(cell: str) -> list[str]:
    """What is between backticks in a cell."""
    return re.findall(r"`([^`]+)`", cell)


@EACH
def test_every_rules_file_that_is_shown_is_one(text: str, tmp_path: Path) -> None:
    from aiwei_cli.compiled import load

    shown = [block for _, block in blocks(text, "yaml")]
    assert shown
    for block in shown:
        (tmp_path / "offices.yaml").write_text(block, "utf-8")
        assert load(tmp_path).offices.known("综合行政执法局")
        load.cache_clear()


def parameters(command: str) -> list[Any]:
    return [parameter for parameter in build(command).params if parameter.param_type_name == "option"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_in_the_reference(command: str) -> None:
    part = section(TEXTS[ENGLISH], "Commands")
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
        for cells in rows(section(TEXTS[OTHER], "命令"))
    )


def test_the_reference_names_no_command_that_is_not_there() -> None:
    table = rows(section(TEXTS[ENGLISH], "Commands"))
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
