"""Pages that are pictures: what becomes of the boxes that a recogniser finds. A fake one is enough for most of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from read_samples import SHOWN, failure, one, pdf
from shell import aiwei

from aiwei_cli.errors import ReadError
from aiwei_cli.parsing import parse
from aiwei_cli.reading import ocr, ocr_child
from aiwei_cli.reading.budget import Budget, Limits
from aiwei_cli.reading.pages.model import DrawnLine, Grid, Page, flat

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
_HAS = all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


class _Blank:
    """A picture of A4, as far as its size is asked for."""

    shape = (1684, 1190, 3)


def recognised(*rows: tuple[float, float, str, float], monkeypatch: pytest.MonkeyPatch) -> Page:
    """A page where these words were found, 34 dots wide for each sign: (left, top, words, how sure)."""
    monkeypatch.setattr(ocr_child, "_rules", lambda image, scale, tall: ([], []))
    boxes = []
    for x, y, words, sure in rows:
        right = x + 34 * (sum(0.55 if sign.isascii() else 1 for sign in words) + 0.3)
        boxes.append(([(x, y), (right, y), (right, y + 40), (x, y + 40)], words, sure))
    return ocr_child.page(_Blank(), boxes, lambda part: ("", 0.0))


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """A recogniser that finds a line on each page; the pages that it was asked for."""
    asked: list[int] = []

    def answer(reader: str, data: bytes, budget: Budget) -> Any:
        (number,) = ocr.PAGE.unpack(data[: ocr.PAGE.size])
        asked.append(number)
        words = f"{number + 1}.清淤。(水利局负责)"
        return 2, flat(recognised((200, 300, words, 0.99), monkeypatch=monkeypatch))

    monkeypatch.setattr(ocr, "ask", answer)
    monkeypatch.setattr(ocr, "cure", lambda budget: "" if budget.limits.ocr else "去掉 --no-ocr 可以识别")
    yield asked


def test_lines_and_indents_come_back_from_the_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    page = recognised(
        (600, 360, "财政局负责)", 0.97),
        (200, 300, "1.甲:乙,丙", 0.98),
        (132, 200, "各村", 1.0),
        (400, 360, "(县水利局、", 0.9),
        monkeypatch=monkeypatch,
    )
    assert [line.words for line in page.lines] == ["各村", "1.甲：乙，丙", "（县水利局、财政局负责）"]
    first, second, third = page.lines
    assert 1.8 < (second.left - first.left) / first.size < 2.3
    assert (third.sure, page.picture) == (0.9, False)


def test_a_box_over_two_cells_is_read_anew_in_each(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = (
        [DrawnLine(y, 50.0, 350.0) for y in (100.0, 130.0)],
        [DrawnLine(x, 100.0, 130.0) for x in (50.0, 150.0, 350.0)],
    )
    monkeypatch.setattr(ocr_child, "_rules", lambda image, scale, tall: rules)
    monkeypatch.setattr(ocr_child, "_inked", lambda image, left, right, *rest: (left, right, (left, right)))
    box = [(120, 210), (520, 210), (520, 250), (120, 250)]
    page = ocr_child.page(
        _Blank(), [(box, "牵头单位配合单位", 0.9)], lambda part: ("左" if part[0] < 300 else "右", 0.8)
    )
    (grid,) = page.blocks
    assert isinstance(grid, Grid)
    assert [[line.words for line in cell] for cell in grid.cells] == [["左"], ["右"]]


def test_marks_stay_half_wide_where_nothing_chinese_is_beside_them() -> None:
    assert ocr_child._full("(一)Word (2024), 见(附件)") == "（一）Word (2024), 见（附件）"


def test_pages_that_are_pictures_are_recognised_and_told(fake: list[int]) -> None:
    data = pdf([[SHOWN], [(80, 700, 16, "一、总则。")], [SHOWN]])
    document = one(data)
    assert document.text.splitlines() == ["1.清淤。（水利局负责）", "一、总则。", "3.清淤。（水利局负责）"]
    assert fake == [0, 2]
    assert document.recognised == (1, 3)
    assert not document.margins
    assert [str(place) for place in document.places] == ["第1页", "第2页", "第3页"]


def test_a_picture_of_several_pages_is_one_document(fake: list[int], tmp_path: Path) -> None:
    file = tmp_path / "a.tif"
    file.write_bytes(PNG)
    told = aiwei("list", str(file))
    assert [line.split("\t")[1] for line in told.lines] == ["1", "2"]
    assert "第1、2页（共 2 页）是图片，文字是识别（OCR）出来的" in told.err
    assert "识别" not in aiwei("list", "-q", str(file)).err


def test_no_ocr_leaves_it_out(fake: list[int], tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    (tmp_path / "b.pdf").write_bytes(pdf([[(80, 700, 16, "一、总则。")], [SHOWN]]))
    refused = aiwei("list", "--no-ocr", str(tmp_path / "a.png"))
    assert refused.code == 2
    assert "--no-ocr" in refused.err
    assert "P001" in aiwei("parse", "--no-ocr", str(tmp_path / "b.pdf")).err
    assert not fake


def test_what_is_read_without_being_sure_is_told_with_page_and_words(
    fake: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(reader: str, data: bytes, budget: Budget) -> Any:
        page = recognised(
            (200, 300, "1.清淤。（水利局负责）", 0.99),
            (200, 360, "2.补栽。（林业局负责）", 0.7),
            monkeypatch=monkeypatch,
        )
        return 1, flat(page)

    monkeypatch.setattr(ocr, "ask", answer)
    document = one(PNG)
    notice = document.located(parse(document.text))
    (doubt,) = [each for each in notice.diagnostics if each.code == "P003"]
    assert doubt.message == "第1页第2行的文字识别得没有把握：“2.补栽。（林业局负责）”"
    assert doubt.line == 2


def test_without_the_extra_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    assert "pip install 'aiwei[ocr]'" in failure(PNG)
    assert "pip install 'aiwei[ocr]'" in failure(pdf([[SHOWN]]))


def test_each_page_adds_the_time_of_a_file(fake: list[int]) -> None:
    seen: list[tuple[int, int]] = []
    budget = Budget(Limits(seconds=5.0, pages=lambda done, count: seen.append((done, count))))
    ocr.recognised(b"", [0, 1], budget)
    assert 14 < budget.left() <= 15
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_a_watched_file_gets_that_time_too() -> None:
    budget = Budget(Limits(seconds=0.3, watched=True))

    def work() -> str:
        budget.more()
        time.sleep(0.4)
        return "done"

    assert budget.run(work) == "done"
    with pytest.raises(ReadError, match=r"0\.6 秒"):
        budget.run(lambda: time.sleep(1))


def test_more_pages_than_a_notice_has_are_refused(fake: list[int]) -> None:
    with pytest.raises(ReadError, match=r"有 301 页是图片.*一次最多 300 页.*拆成几个"):
        ocr.recognised(b"", range(301), Budget())
    assert not fake


def test_three_hundred_pages_are_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "ask", lambda reader, data, budget: (1, flat(Page([], 800.0))))
    assert len(ocr.recognised(b"", range(300), Budget())) == 300


def test_both_libraries_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"rapidocr", "onnxruntime"}
    monkeypatch.setattr(ocr, "find_spec", lambda name: name if name in there else None)
    assert ocr.cure(Budget()) == ""
    assert "--no-ocr" in ocr.cure(Budget(Limits(ocr=False)))
    for name in ("rapidocr", "onnxruntime"):
        there.remove(name)
        assert "pip install" in ocr.cure(Budget())
        there.add(name)


def test_a_picture_of_one_page_is_asked_for_once(fake: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def answer(reader: str, data: bytes, budget: Budget) -> Any:
        asked.append(ocr.PAGE.unpack(data[: ocr.PAGE.size])[0])
        return 1, flat(Page([], 800.0))

    monkeypatch.setattr(ocr, "ask", answer)
    assert "识别不出文字" in failure(PNG)
    assert asked == [0]


def test_the_bar_is_for_terminals(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from aiwei_cli.cli.progress import pages

    pages(1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    pages(1, 2)
    assert "[##########..........] 1/2 页" in capsys.readouterr().err


@pytest.mark.skipif(not _HAS, reason="recognition needs the extra aiwei[ocr]")
def test_a_real_picture_is_recognised() -> None:
    """The one test of the recogniser itself, which takes seconds."""
    told = aiwei("list", str(Path(__file__).parent / "samples" / "scan.png"), "--format", "csv")
    assert told.code == 0
    assert all(words in told.out for words in ("清理河道。", "县水利局", "补栽树木。", "林业站"))
    assert "打不开" in failure(PNG)
