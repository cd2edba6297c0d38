"""Shell completion: names of offices and sections of the notice at hand, and never a word of complaint."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shell import Ran, aiwei, aiwei_process, environment

from aiwei_cli.resources import bundled_notice


def complete(*words: str, **env: str) -> Ran:
    """What bash is offered for the last of the words."""
    line = ("aiwei", *words)
    return aiwei_process(
        COMP_WORDS="\n".join(line), COMP_CWORD=str(len(line) - 1), _AIWEI_COMPLETE="complete_bash", **env
    )


def test_offices_of_the_default_notice() -> None:
    ran = complete("list", "--office", "社会")
    assert (ran.lines, ran.err) == (["社会事务办"], "")


def test_offices_of_the_file_on_the_line_or_in_the_environment(tmp_path: Path) -> None:
    place = tmp_path / "通知.txt"
    place.write_text("一、工作\n1.修路（交通运输局负责）。\n", "utf-8")
    assert complete("list", str(place), "--office", "").lines == ["交通运输局"]
    assert complete("list", "--office", "交", AIWEI_NOTICE=str(place)).lines == ["交通运输局"]


def test_sections_by_number_and_title() -> None:
    offered = complete("list", "--section", "").lines
    assert "一/（二）" in offered and "组织开展的活动" in offered


def test_ids_whole_or_their_last_number_and_files_after_one(tmp_path: Path) -> None:
    assert complete("show", "二/").lines[:2] == ["二/（一）", "二/（二）"]
    assert complete("why", "2").lines == ["2", "20", "21"]
    assert complete("show", "6", "").out.strip() == ""  # the shell offers files
    ledger = tmp_path / "tasks.db"
    assert aiwei("add", bundled_notice(), "--ledger", ledger).code == 0
    assert complete("show", "", str(ledger)).lines[:2] == ["一", "一/（一）"]


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_each_shell_gets_ids_in_its_own_form(shell: str) -> None:
    ran = aiwei_process(
        _AIWEI_COMPLETE=f"complete_{shell}",
        _TYPER_COMPLETE_ARGS="aiwei show 二/",
        _TYPER_COMPLETE_WORD_TO_COMPLETE="二/",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
    )
    assert len(ran.lines) == 6 and "二/（六）" in ran.lines[5]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_the_script_of_a_named_shell(shell: str) -> None:
    ran = aiwei("--show-completion", shell)
    assert ran.code == 0 and "complete_" + shell.replace("pwsh", "powershell") in ran.out
    assert ("OutputEncoding" in ran.out) == (shell in ("powershell", "pwsh"))


def test_an_unknown_shell_is_told_with_those_that_are_known() -> None:
    ran = aiwei("--show-completion", "csh")
    assert ran.code == 2 and "“csh”" in ran.err and "fish" in ran.err


def test_roles_formats_and_commands() -> None:
    assert complete("list", "--role", "牵").lines == ["牵头"]
    assert complete("export", "--format", "js").lines == ["json", "jsonl"]
    assert set(complete("s").lines) == {"show", "sections", "search", "schema"}


@pytest.mark.parametrize("file", ["没有.txt", ".", "坏.txt"])
def test_nothing_is_ever_complained_about(file: str, tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_bytes(b"\x00\x01\x02" * 100)
    ran = complete("list", str(tmp_path / file), "--office", "")
    assert (ran.err, ran.code) == ("", 0)


def test_broken_rules_are_not_complained_about(tmp_path: Path) -> None:
    (tmp_path / "offices.yaml").write_text("[", "utf-8")
    ran = complete("list", "--office", "", AIWEI_RULES=str(tmp_path))
    assert (ran.out.strip(), ran.err) == ("", "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_the_script_of_bash_completes_in_bash(tmp_path: Path) -> None:
    """The script as bash runs it: a command named aiwei, a half-written line, and the words that bash is given."""
    (tmp_path / "aiwei").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m aiwei_cli "$@"\n', "utf-8")
    (tmp_path / "aiwei").chmod(0o755)
    lines = (
        "source <(aiwei --show-completion)",
        "COMP_WORDS=(aiwei list --office 社会); COMP_CWORD=3",
        "_aiwei_completion aiwei",
        'echo "${COMPREPLY[@]}"',
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", "\n".join(lines)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}", LC_ALL="C.UTF-8"),
        timeout=60,
    )
    assert (done.stdout.decode().strip(), done.stderr.decode()) == ("社会事务办", "")


def test_the_completion_is_installed_where_the_shell_finds_it(tmp_path: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    command = f'"{sys.executable}" -m aiwei_cli --install-completion; true'
    done = subprocess.run(
        ["bash", "--norc", "-c", command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(HOME=str(tmp_path)),
        timeout=60,
    )
    assert "重新打开命令行后生效" in done.stdout.decode()
    assert "aiwei" in (tmp_path / ".bashrc").read_text()
