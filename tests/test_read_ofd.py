"""OFD files: pages of lines and ruled tables, as those of a PDF."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from read_samples import failure, lines, one, packed
from shell import aiwei

from aiwei_cli.reading import ofd as module

needs_ofdkit = pytest.mark.skipif(
    __import__("importlib.util").util.find_spec("ofdkit") is None, reason="OFD needs the extra aiwei[ofd]"
)
_PAGE = (
    '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>{}</ofd:Layer></ofd:Content></ofd:Page>'
)


def ofd(*pages: str) -> bytes:
    """An OFD file with these objects on its pages."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/P{i}.xml"/>' for i in range(len(pages)))
    root = "<ofd:DocBody><ofd:DocRoot>Doc/Document.xml</ofd:DocRoot></ofd:DocBody>"
    return packed(
        {
            "OFD.xml": f"<ofd:OFD {space}>{root}</ofd:OFD>",
            "Doc/Document.xml": f"<ofd:Document {space}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
            **{f"Doc/Pages/P{i}.xml": _PAGE.format(page) for i, page in enumerate(pages)},
        }
    )


def words(x: float, y: float, text: str, size: float = 5) -> str:
    """A text with its left end at x and its line at y, in millimetres."""
    return (
        f'<ofd:TextObject Boundary="{x} {y - size} {size * len(text)} {size}" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="g {len(text) - 1} {size}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def line(x: float, y: float, to_x: float, to_y: float) -> str:
    """A straight line."""
    return (
        f'<ofd:PathObject Boundary="{x} {y} {to_x - x} {to_y - y}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {to_x - x} {to_y - y}</ofd:AbbreviatedData></ofd:PathObject>"
    )


@needs_ofdkit
def test_lines_cut_into_pieces_are_put_together_and_page_numbers_kept_apart() -> None:
    first = (
        words(20, 30, "甲县关于")
        + words(40, 30, "清淤的通知")
        + words(20, 50, "1.清淤。（水")
        + words(50, 50, "利局负责）")
    )
    document = one(ofd(first + words(100, 285, "1"), words(20, 50, "2.补栽。（林业局负责）") + words(100, 285, "2")))
    assert document.text.splitlines() == ["甲县关于清淤的通知", "1.清淤。（水利局负责）", "2.补栽。（林业局负责）"]
    assert document.margins == ((1, "1"), (2, "2"))
    assert [str(place) for place in document.places] == ["第1页", "第2页"]
    assert document.source.kind == "ofd"


@needs_ofdkit
def test_a_ruled_table_is_read_as_tasks() -> None:
    xs, ys = (20.0, 35.0, 100.0, 150.0), (40.0, 50.0, 65.0)
    drawn = "".join(line(xs[0], y, xs[-1], y) for y in ys) + "".join(line(x, ys[0], x, ys[-1]) for x in xs)
    head = words(22, 47, "序号") + words(40, 47, "工作任务") + words(102, 47, "责任单位")
    row = (
        words(25, 59, "1")
        + words(36, 56, "清理河道沟渠并疏浚淤泥杂")
        + words(36, 62, "草。")
        + words(102, 59, "县水利局")
    )
    assert lines(ofd(drawn + head + row)) == ["1.清理河道沟渠并疏浚淤泥杂草。", "责任单位：县水利局"]


@needs_ofdkit
def test_what_is_no_ofd_or_has_no_words_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "已损坏" in failure(packed({"OFD.xml": "<a/>"}), ".ofd")
    assert "没有文字" in failure(ofd(line(0, 0, 50, 50)))
    monkeypatch.setattr(module, "_LARGEST", 100)
    assert "解压后超过" in failure(ofd(words(20, 30, "甲")))


def test_without_the_extra_the_command_that_installs_it_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In a folder the file is passed over, and what can be read is."""
    monkeypatch.setitem(sys.modules, "ofdkit", None)
    (tmp_path / "a.ofd").write_bytes(ofd(words(20, 30, "甲")))
    (tmp_path / "b.txt").write_text("一、清淤。（水利局负责）\n", "utf-8")
    told = aiwei("list", str(tmp_path / "a.ofd"))
    assert told.code == 2
    assert "pip install 'aiwei[ofd]'" in told.err
    folder = aiwei("list", str(tmp_path))
    assert folder.code == 0
    assert "跳过OFD 版式文件 a.ofd；要读请先运行 pip install 'aiwei[ofd]'" in folder.err
