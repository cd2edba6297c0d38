"""The progress bar: on a terminal only, and never in the data."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aiwei_cli.cli import progress
from aiwei_cli.cli.help import columns

pty = pytest.importorskip("pty", reason="no pseudo terminals on Windows")


def test_the_data_goes_to_its_file_while_the_bar_is_on_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "公文"
    folder.mkdir()
    for i in range(3):
        (folder / f"{i}.txt").write_text(f"一、修路（交通局负责）。\n二、第{i}件（水利局牵头）。\n", encoding="utf-8")
    master, slave = pty.openpty()
    ran = subprocess.Popen(
        [sys.executable, "-m", "aiwei_cli", "list", str(folder)], stdout=subprocess.PIPE, stderr=slave, text=True
    )
    os.close(slave)
    out, _ = ran.communicate(timeout=60)
    shown = os.read(master, 100_000).decode("utf-8", "replace")
    os.close(master)
    assert (ran.returncode, len(out.splitlines())) == (0, 6)
    assert "读公文" in shown


def test_there_is_no_bar_in_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、修路（交通局负责）。\n", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "aiwei_cli", "list", str(tmp_path)], capture_output=True, text=True, timeout=60
    )
    assert ran.stderr == ""
    assert len(ran.stdout.splitlines()) == 1


def test_what_clears_the_bar_is_as_wide_as_it(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    bar = progress._Bar(10_000)
    bar.step()
    bar.clear()
    assert [columns(part) for part in shown.getvalue().split("\r")] == [0, 37, 37, 0], "else it goes to the next line"
