"""OFD files: pages of lines and ruled tables, as those of a PDF."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from read_samples import failure, lines, one, packed
from shell import aiwei

from aiwei_cli.errors import ReadError
from aiwei_cli.reading import ofd as module
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.pages.model import Grid, Page, unflat

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


def page(objects: str, area: str = "0 0 210 297") -> Page:
    """The one page of a file, as the child process makes it."""
    box = f"<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
    with ZipFile(BytesIO(ofd(objects))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["Doc/Document.xml"] = parts["Doc/Document.xml"].replace("<ofd:Pages>", f"{box}<ofd:Pages>")
    (flat,) = module.in_child(packed(parts), Budget(source=10_000))
    return unflat(flat)


def close(found: Sequence[float], wanted: Sequence[float]) -> bool:
    return [round(one, 3) for one in found] == [round(one * 72 / 25.4, 3) for one in wanted]


@needs_ofdkit
def test_signs_lie_where_the_page_has_them() -> None:
    """In points, each as wide as in a Chinese font: narrow ones half as wide; the middle is 0.36 above the line."""
    (line_,) = page(words(20, 50, "清淤")).lines
    assert close((line_.left, line_.right, line_.middle, line_.size), (20, 30, 50 - 0.36 * 5, 5))
    # No sign is wider than its font makes it; the room between them is shared.
    assert close((page(words(20, 50, "AB")).lines[0].right,), (26.25,))
    assert close((page(words(20, 50, "清A清")).lines[0].right,), (34,))
    # Signs without any height are in one line where they have the same.
    flat = words(20, 50, "甲", 0) + words(30, 50, "乙", 0) + words(20, 50.1, "丙", 0)
    assert [line_.words for line_ in page(flat).lines] == ["甲\t乙", "丙"]


@needs_ofdkit
@pytest.mark.parametrize(
    ("x", "y", "shown"),
    [
        (-1.0, 50, True),
        (-1.1, 50, False),
        (210, 50, True),
        (210.1, 50, False),
        (20, -1.0, True),
        (20, -1.1, False),
        (20, 297, True),
        (20, 297.1, False),
    ],
)
def test_words_beside_the_page_are_none(x: float, y: float, shown: bool) -> None:
    assert bool(page(words(x, y, "清淤")).blocks) is shown


@needs_ofdkit
def test_a_page_that_is_a_picture_is_told() -> None:
    picture = '<ofd:ImageObject Boundary="0 0 210 297"/>'
    assert page(picture).picture
    assert not page(picture + words(20, 50, "清淤")).picture
    assert not page("").picture
    assert close((page("").height,), (297,))


def path(data: str, more: str = "", boundary: str = "0 0 210 297") -> str:
    inner = f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject Boundary="{boundary}" {more}>{inner}</ofd:PathObject>'


def ruled(xs: Sequence[float], ys: Sequence[float]) -> str:
    """The rules of a table in one path."""
    across = " ".join(f"M {xs[0]} {y} L {xs[-1]} {y}" for y in ys)
    return f"{across} " + " ".join(f"S {x} {ys[0]} L {x} {ys[-1]}" for x in xs)


def grid(objects: str) -> Grid | None:
    return next((block for block in page(objects).blocks if isinstance(block, Grid)), None)


@needs_ofdkit
@pytest.mark.parametrize(
    ("objects", "xs", "ys"),
    [
        (path(ruled((20, 60, 100), (40, 50))), (20, 60, 100), (40, 50)),
        (path(ruled((10, 50, 90), (10, 20)), boundary="10 30 100 100"), (20, 60, 100), (40, 50)),
        (path(ruled((10, 30, 50), (20, 25)), 'CTM="2 0 0 2 0 0"'), (20, 60, 100), (40, 50)),
        (path(ruled((10, 50, 90), (10, 20)), 'CTM="1 0 0 1 10 30"'), (20, 60, 100), (40, 50)),
        (path(ruled((10, 50, 90), (10, 20)), 'CTM="1,0,0,1,10,30"'), (20, 60, 100), (40, 50)),
        # turned by a quarter
        (path(ruled((40, 45, 50), (20, 60)), 'CTM="0 1 1 0 0 0"'), (20, 60), (40, 45, 50)),
        # boxes that are closed
        (path("M 20 40 L 60 40 L 60 50 L 20 50 C M 60 40 L 100 40 L 100 50 L 60 50 C"), (20, 60, 100), (40, 50)),
        # the side that closes a box
        (path("M 60 40 L 20 40 L 20 50 L 60 50 M 60 40 L 100 40 L 100 50 L 60 50 C"), (20, 60, 100), (40, 50)),
        (path(ruled((20, 60, 100), (40, 50)), boundary=""), (20, 60, 100), (40, 50)),
        # numbers that are no numbers
        (path(ruled((20, 60, 100), (40, 50)), 'CTM="1 0 0 1 - 1.2.3"'), (20, 60, 100), (40, 50)),
        (path(ruled((20, 60, 100), (40, 50)), 'CTM="1 0 0"'), (20, 60, 100), (40, 50)),
    ],
)
def test_rules_lie_where_the_page_has_them(objects: str, xs: Sequence[float], ys: Sequence[float]) -> None:
    found = grid(objects + words(21, 46, "清淤"))
    if len(xs) < 3:  # one column, which is no table
        assert found is None
        return
    assert found is not None
    assert close(found.xs, xs) and close(found.ys, ys)


@needs_ofdkit
def test_a_figure_is_closed_where_it_says_so() -> None:
    open_ = "M 20 40 L 20 50 L 100 50 L 100 40"
    assert len(page(path(open_)).level) == 1
    assert len(page(path(f"{open_} C")).level) == 2
    assert len(page(path(f"C {open_}")).level) == 1


@needs_ofdkit
def test_what_is_filled_and_not_stroked_has_no_sides() -> None:
    boxes = "M 20 40 L 60 40 L 60 50 L 20 50 C M 60 40 L 100 40 L 100 50 L 60 50 C"
    assert grid(path(boxes, 'Stroke="true"')) is not None
    assert grid(path(boxes, 'Stroke="false"')) is None
    thin = "M 20 40 L 100 40 L 100 40.5 L 20 40.5 C"
    assert len(page(path(thin, 'Stroke="false"')).level) == 1


@needs_ofdkit
def test_too_many_rules_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from aiwei_cli.reading.pages import ruled as rules

    monkeypatch.setattr(rules, "MOST_RULES", 1)
    found = page(path(ruled((20, 60, 100), (40, 50))) + words(21, 46, "清淤"))
    assert "画的线太多" in found.doubt and [line_.words for line_ in found.lines] == ["清淤"]


@needs_ofdkit
def test_more_pages_than_a_notice_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_PAGES", 2)
    assert len(module.in_child(ofd("", ""), Budget())) == 2
    with pytest.raises(ReadError, match="有 3 页"):
        module.in_child(ofd("", "", ""), Budget())


@needs_ofdkit
def test_parts_that_are_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = ofd(words(20, 30, "甲"))
    with ZipFile(BytesIO(data)) as archive:
        size = sum(info.file_size for info in archive.infolist())
    monkeypatch.setattr(module, "_LARGEST", size)
    module._check_size(data)
    monkeypatch.setattr(module, "_LARGEST", size - 1)
    with pytest.raises(ReadError, match="解压后超过"):
        module._check_size(data)


@needs_ofdkit
def test_words_that_repeat_beyond_measure_are_refused() -> None:
    with pytest.raises(ReadError):
        module.in_child(ofd(words(20, 30, "甲" * 300_000)), Budget(source=10))


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
