"""The file that is opened by a double click: what it does before aiwei runs. To make one needs packages."""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path
from typing import Any

import pytest
from readme import REPOSITORY, dead_links

WINDOWS = REPOSITORY / "packaging" / "windows"


@pytest.fixture
def start() -> Any:
    spec = importlib.util.spec_from_file_location("start", WINDOWS / "start.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "aiwei.pyz"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("__main__.py", "")
        packed.writestr("site/aiwei_cli/__init__.py", "")
        packed.writestr("site/aiwei_cli/__main__.py", "import sys; print(*sys.argv[1:])")
    return path


def test_it_unpacks_once_and_whole(start: Any, archive: Path, tmp_path: Path) -> None:
    cache = tmp_path / "甲 乙" / "program"
    folder = start.unpacked(archive, cache)
    assert [each.name for each in folder.iterdir()] == ["aiwei_cli"]
    (folder / "mark").touch()
    assert start.unpacked(archive, cache) == folder and (folder / "mark").exists()
    assert [*cache.iterdir()] == [folder]


def test_words_are_the_command(
    start: Any, archive: Path, tmp_path: Path, capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start.sys, "argv", [str(archive)])
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert start.main(["list", "通知.txt"]) == 0
    assert capfd.readouterr().out.split() == ["list", "通知.txt"]


def test_a_notice_that_is_dragged_gets_its_table_beside_it(
    start: Any, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = iter([f'"{tmp_path / "通知.docx"}"', ""])
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr("builtins.input", lambda _: next(said))
    monkeypatch.setattr(start, "aiwei", lambda folder, *words: calls.append(words) or 0)
    start.ask(tmp_path)
    assert calls == [("export", str(tmp_path / "通知.docx"), "-o", str(tmp_path / "通知-任务分解表.xlsx"))]


def test_no_table_is_written_over(start: Any, tmp_path: Path) -> None:
    notice = tmp_path / "通知.docx"
    names = []
    for _ in range(3):
        start.beside(notice).touch()
        names.append(max(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns).name)
    assert names == ["通知-任务分解表.xlsx", "通知-任务分解表（2）.xlsx", "通知-任务分解表（3）.xlsx"]


def test_its_page_says_what_was_not_tried() -> None:
    page = WINDOWS / "README.md"
    assert "没有在 Windows 上试过" in page.read_text("utf-8") and not dead_links(page)
