"""A folder tells what it passed over: by kind, with names, and what would read them. What aiwei wrote counts once."""

from __future__ import annotations

from pathlib import Path

import pytest
from shell import aiwei

TEXT = "某县关于印发2024年要点的通知\n一、水利\n1.修路（县水利局牵头）。\n2.修渠（县水利局负责）。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "通知.txt").write_text(TEXT, "utf-8")
    return tmp_path


def told(folder: Path) -> list[str]:
    ran = aiwei("list", folder)
    assert ran.code == 0, ran.err
    return [line.partition("：")[2] for line in ran.err.splitlines() if "跳过" in line]


def test_files_that_are_no_notices_are_told_by_kind(folder: Path) -> None:
    for name in ("a.pptx", "b.PPT", "音.mp3", "~$通知.docx", ".DS_Store", "Thumbs.db", "表.csv"):
        (folder / name).write_bytes(b"x")
    assert set(told(folder)) == {
        "跳过演示文稿 a.pptx、b.PPT；要读请把文字复制到 Word 或 WPS 文字里，另存为 .docx",
        "跳过CSV、TSV 表格 表.csv；要读请写明文件名",
        "跳过音像 音.mp3；里面没有文字可读",
        "跳过Word、WPS 打开文件时的临时文件 ~$通知.docx；不是公文",
    }


def test_many_files_of_a_kind_are_counted(folder: Path) -> None:
    for number in range(8):
        (folder / f"{number}.png").write_bytes(b"x")
    assert told(folder)[0].startswith("跳过图片 0.png、1.png、2.png、3.png、4.png 等 8 个；")


@pytest.mark.parametrize("format", ["xlsx", "docx", "html", "md"])
def test_what_was_made_of_a_notice_beside_it_counts_once(folder: Path, format: str) -> None:
    alone = aiwei("list", folder).out
    made = folder / f"a任务分解表.{format}"
    assert aiwei("export", folder / "通知.txt", "--format", format, "-o", made).code == 0
    assert aiwei("list", folder).out == alone
    assert told(folder) == [f"跳过aiwei 写的结果 a任务分解表.{format}；公文在旁边，不重复算；要读请写明文件名"]
    (folder / "通知.txt").unlink()
    assert "修路" in aiwei("list", folder).out


def test_a_tree_beside_its_source_counts_once(folder: Path) -> None:
    alone = aiwei("list", folder).out
    assert aiwei("parse", folder / "通知.txt", "-o", folder / "a.yaml").code == 0
    assert aiwei("list", folder).out == alone
