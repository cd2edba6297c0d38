"""Printed lines to paragraphs, and what is in the margins: both sides of each distance that decides."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aiwei_cli.reading.pages.model import Line, Page
from aiwei_cli.reading.pages.paragraphs import TextColumn, is_margin, repeated


def line(words: str, left: float = 0.0, right: float = 300.0, middle: float = 400.0, size: float = 10.0) -> Line:
    return Line(words, left, right, middle, size)


_COLUMN = [line("甲" * 28, 20.0)] * 3 + [line("甲" * 30)] * 7
"""Three paragraphs whose first lines are indented by two signs, 30 signs wide."""


def gap(before: Line, after: Line) -> str:
    return TextColumn(_COLUMN).gap(before, after)


def goes_on(before: Line, after: Line) -> bool:
    return gap(before, after) != "\n"


def test_the_edges_are_where_nine_of_ten_lines_begin_and_end() -> None:
    column = TextColumn([line("甲", float(k), 100.0 + k) for k in range(11)])
    assert (column.left, column.right) == (1.0, 109.0)
    column = TextColumn([line("甲", float(k), 100.0 + k) for k in range(21)])
    assert (column.left, column.right) == (2.0, 118.0)
    column = TextColumn([])
    assert (column.left, column.right) == (0.0, 0.0)
    column = TextColumn([line("甲", float(k), 100.0 + k) for k in range(9)])
    assert (column.left, column.right) == (0.0, 107.0)


@pytest.mark.parametrize(
    ("indented", "others", "tells"),
    [(3, 6, True), (2, 6, False), (3, 27, True), (3, 28, False), (4, 36, True), (4, 37, False), (0, 0, False)],
)
def test_indents_tell_paragraphs_where_there_are_some(indented: int, others: int, tells: bool) -> None:
    """At least three, and a tenth of the lines."""
    column = TextColumn([line("甲", 20.0)] * indented + [line("甲")] * others)
    assert column.indented is tells


@pytest.mark.parametrize(
    ("words", "left", "indented"),
    [
        ("甲", 14.0, False),
        ("甲", 14.1, True),
        ("甲", 26.9, True),
        ("甲", 27.0, False),
        ("　甲", 4.1, True),
        ("　甲", 4.0, False),
        ("　　甲", 0.0, True),
        ("　　　甲", 0.0, False),
    ],
)
def test_an_indent_is_of_two_signs(words: str, left: float, indented: bool) -> None:
    assert TextColumn([line(words, left)] * 3 + [line("甲")] * 6).indented is indented


def test_where_nothing_is_indented_each_line_stays() -> None:
    assert TextColumn([line("甲")] * 9).gap(line("甲"), line("乙")) == "\n"


@pytest.mark.parametrize(
    ("left", "on"), [(6.9, True), (7.0, False), (-6.9, True), (-7.0, False), (20.0, False), (0.0, True)]
)
def test_a_line_that_goes_on_begins_at_the_edge(left: float, on: bool) -> None:
    assert goes_on(line("甲", 20.0), line("乙", left)) is on


@pytest.mark.parametrize(("left", "on"), [(26.9, True), (27.0, False)])
def test_what_goes_on_in_the_next_line_is_no_centred_line(left: float, on: bool) -> None:
    assert goes_on(line("甲", left), line("乙")) is on


@pytest.mark.parametrize(("size", "on"), [(11.9, True), (12.0, False), (8.1, True), (8.0, False)])
def test_lines_of_one_paragraph_are_of_one_size(size: float, on: bool) -> None:
    assert goes_on(line("甲", 0.0, size=size), line("乙")) is on


def test_a_line_that_begins_with_two_blanks_begins_a_paragraph() -> None:
    assert not goes_on(line("甲"), line("　　乙"))
    assert goes_on(line("甲"), line("　乙"))


@pytest.mark.parametrize(
    ("words", "right", "after", "on"),
    [
        # full but for 1.6 signs: whatever it ends with
        ("办好。", 284.1, "乙", True),
        ("办好。", 284.0, "乙", False),
        ("办好；", 284.0, "乙", False),
        ("办好", 284.0, "乙", True),
        # a sign that may not begin a line takes another one with it
        ("办好", 278.1, "乙", True),
        ("办好", 278.0, "乙", False),
        # narrow signs, which some writers count like wide ones
        ("办好2025", 268.1, "乙", True),
        ("办好2025", 268.0, "乙", False),
        ("办好20251231", 258.1, "乙", True),
        ("办好20251231", 258.0, "乙", False),
        ("办好2025123120251231", 258.0, "乙", False),
        # what begins an item or names an office by a label
        ("办好", 284.0, "1.乙", False),
        ("办好", 284.1, "1.乙", True),
        ("办好", 284.0, "责任单位：乙", False),
        ("办好", 284.1, "责任单位：乙", True),
        ("办好。", 284.1, "1.乙", False),
        ("办好;", 300.0, "（二）乙", False),
        ("办好，", 300.0, "（二）乙", True),
    ],
)
def test_a_line_goes_on_where_it_is_full(words: str, right: float, after: str, on: bool) -> None:
    assert goes_on(line(words, 0.0, right), line(after)) is on


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("甲B", "C乙", " "),
        ("甲AB", "CD乙", " "),
        ("甲AB", "12", ""),
        ("A甲", "CD", ""),
        ("AB", "乙C", ""),
        ("甲，", "CD", ""),
    ],
)
def test_latin_words_are_apart_over_a_line_break(before: str, after: str, between: str) -> None:
    assert gap(line(before), line(after)) == between


# -- margins -----------------------------------------------------------------------------------------------------------


def page(*lines: tuple[str, float], height: float = 1000.0) -> Page:
    return Page([line(words, middle=middle) for words, middle in lines], height)


@pytest.mark.parametrize(
    ("count", "pages", "often"), [(1, 1, False), (2, 2, True), (2, 5, True), (2, 6, False), (1, 2, False)]
)
def test_a_header_is_on_many_pages(count: int, pages: int, often: bool) -> None:
    """On at least two, and on four of ten."""
    found = repeated(
        [page(("某镇文件 1" if k < count else f"另{'一' * k}", 20.0), ("正文", 500.0)) for k in range(pages)]
    )
    assert ("某镇文件#" in found) is often
    assert "正文" not in found


@pytest.mark.parametrize(
    ("middle", "aside"), [(120.0, True), (120.1, False), (879.9, False), (880.0, True), (500.0, False)]
)
def test_the_margins_are_the_twelfth_of_a_hundred_at_the_top_and_bottom(middle: float, aside: bool) -> None:
    assert is_margin(page(("3", middle)), 0, set()) is aside


def test_no_more_than_two_lines_at_each_end_are_in_the_margins() -> None:
    numbers = page(*((str(k), 10.0 + k) for k in range(3)), ("正文", 500.0), *((str(k), 990.0 + k) for k in range(3)))
    assert [is_margin(numbers, k, set()) for k in range(7)] == [True, True, False, False, False, True, True]


@pytest.mark.parametrize(
    ("words", "aside"),
    [
        ("3", True),
        (" — 3 — ", True),
        ("3.", False),
        (" 3、 ", False),
        ("三、工作", False),
        ("某镇 第2号", True),
        ("附件", False),
    ],
)
def test_what_in_a_margin_is_no_text(words: str, aside: bool) -> None:
    often: Sequence[str] = ["某镇第#号"]
    assert is_margin(page((words, 20.0), ("正文", 500.0)), 0, {*often}) is aside
