"""Help: Chinese throughout, an example for every command, ``-h`` everywhere."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

import pytest
from shell import aiwei, aiwei_process

from aiwei_cli import __version__
from aiwei_cli.cli.app import COMMANDS
from aiwei_cli.cli.help import columns, folded
from aiwei_cli.write import TABLES


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_chinese_help_with_an_example(command: str) -> None:
    ran = aiwei(command, "-h")
    assert ran.code == 0 and ran.err == ""
    assert ran.out.encode("gbk")  # a Windows console can show it
    assert ran.out.startswith(f"用法：aiwei {command} ")
    assert re.search(rf"\n例子：\n  aiwei {command}\b", ran.out)
    assert not re.search(r"Usage|Options|Show this|\[default|\[required|TEXT|\[OPTIONS\]", ran.out)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_does(command: str) -> None:
    page = aiwei(command, "-h").out.partition("\n选项：\n")[2]
    for line in re.findall(r"(?m)^  -.*$", page):
        assert re.search(r"[\u4e00-\u9fff]", re.sub(r"^ +\S+( \S+)?", "", line)), line


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)], ids=lambda words: " ".join(words) or "aiwei")
@pytest.mark.parametrize("width", [60, 100])
def test_no_line_of_help_is_wider_than_the_terminal(command: tuple[str, ...], width: int) -> None:
    page = aiwei(*command, "-h", COLUMNS=str(width)).out
    options = page.partition("\n选项：\n")[2]
    assert max(columns(line) for line in options.splitlines()) <= width


@pytest.mark.parametrize("width", [40, 80, 120])
def test_aiwei_alone_shows_the_five_commands_people_need_first(width: int) -> None:
    ran = aiwei(COLUMNS=str(width))
    shown = re.findall(r"^ +aiwei (\w+) ", ran.out, re.M)
    assert (ran.code, ran.err, len(shown)) == (0, "", 5) and {*shown} < {*COMMANDS} and "aiwei -h" in ran.out
    assert max(map(columns, ran.lines[2:])) <= max(width, 46)


@pytest.mark.parametrize("arg", ["-h", "--help"])
def test_the_help_of_aiwei_shows_all_commands(arg: str) -> None:
    ran = aiwei(arg)
    assert ran.code == 0 and ran.err == ""
    assert all(f"\n  {command}" in ran.out for command in COMMANDS)


@pytest.mark.parametrize(("command", "more"), [("list", ()), ("export", ("edges", "graphml", "gexf", "sqlite"))])
def test_the_help_names_every_format_of_a_command(command: str, more: tuple[str, ...]) -> None:
    row = aiwei(command, "-h", COLUMNS="200").out.partition("  --format ")[2].partition("\n")[0]
    assert row.partition("：")[2].split("、") == [*TABLES, *more]


def test_version() -> None:
    for ran in (aiwei("--version"), aiwei_process("--version")):  # the process does it another way
        assert (ran.out, ran.err, ran.code) == (f"aiwei {__version__}\n", "", 0)


def test_an_unknown_command_gets_the_nearest() -> None:
    ran = aiwei("lsit")
    assert ran.code == 2 and ran.out == "" and "“lsit”" in ran.err and "list" in ran.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("show",), "缺少参数 ID"),
        (("show", "--format"), "选项 --format 后面缺少内容"),
        (("list", "--own=1"), "选项 --own 后面不跟内容"),
        (("schema", "rows", "多余"), "多了参数：多余"),
        (("--bogus",), "没有 --bogus 这个选项"),
        (("list", "--offise", "x"), "--notice、--office"),
    ],
)
def test_wrong_usage_is_told_in_chinese_with_the_way_to_the_help(args: tuple[str, ...], words: str) -> None:
    ran = aiwei(*args)
    assert (ran.out, ran.code) == ("", 2)
    assert words in ran.err and " -h" in ran.err and len(ran.err.splitlines()) == 1


def test_folding_loses_nothing_and_starts_no_line_with_punctuation() -> None:
    text = "只看这种分工：牵头（lead）、负责（responsible）、配合（support）；可重复使用 several words here"
    for width in range(14, 60):
        lines = list(folded(text, width))
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not any(line[0] in "，。、；：）" for line in lines)
        assert max(map(columns, lines)) <= width + 2 * sum(1 for char in "）、" if east_asian_width(char) in "WF")
