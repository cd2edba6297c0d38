"""The thresholds of the outline, each on both its sides."""

from __future__ import annotations

import gc

import pytest

from aiwei_cli.compiled import load
from aiwei_cli.parsing import parse
from aiwei_cli.parsing.outline import evidence, tree
from aiwei_cli.parsing.view import View

NUMBERING = load().numbering
NOTICE = "一、治水（水利局牵头）\n（一）清渠\n1.清淤（镇政府负责）。\n2.修渠。\n二、治气\n第三条 控煤\n1.1 查车\n"


def names(text: str, *, wrapped: bool = False) -> list[str]:
    """The numbers that are nodes; after each the code of what is odd about it."""
    return [
        mark.name + mark.doubt for mark in tree.read_numbers(View(text, wrapped, flat=False, dense=False), NUMBERING)
    ]


@pytest.mark.parametrize(("more", "read"), [(0, True), (1, False)])
def test_the_second_number_comes_within_so_many(more: int, read: bool) -> None:
    between = "（一）\n" * (evidence.AHEAD - 2 + more)
    assert ("1" in names(f"甲乙\n1.丙。\n{between}2.丁。\n", wrapped=True)) is read


@pytest.mark.parametrize(("more", "read"), [(0, False), (1, True)])
def test_a_bare_number_is_overtaken_within_so_many(more: int, read: bool) -> None:
    between = "（一）\n" * (evidence.BARE_AHEAD - 2 + more)
    assert ("2N001" in names(f"1.甲\n2乙\n{between}9.丙\n")) is read


@pytest.mark.parametrize(("number", "read"), [("二、", ["二"]), ("四、", ["四N002"]), ("五、", [])])
def test_so_many_numbers_may_be_missing(number: str, read: list[str]) -> None:
    assert evidence.MISSING == 2
    assert names(f"一、甲。\n{number}乙。\n", wrapped=True) == ["一", *read]


@pytest.mark.parametrize(("more", "read"), [(0, ["（一）", "（二）"]), (1, [])])
def test_a_heading_before_a_number_in_its_line_is_so_long(more: int, read: list[str]) -> None:
    heading = "渠" * (evidence.HEADING + more)
    assert names(f"一、{heading}（一）甲。（二）乙。\n", wrapped=True) == ["一", *read]


@pytest.mark.parametrize(("more", "read"), [(0, []), (1, ["1"])])
def test_blanks_behind_the_word_for_annexes_are_so_many(more: int, read: list[str]) -> None:
    blanks = " " * (tree._ANNEX_WORD - len("\n附件：\n") + more)
    assert names(f"一、甲。\n附件：{blanks}\n1.表。\n") == ["一", *read]


@pytest.mark.parametrize(("more", "read"), [(0, []), (1, ["2N002"])])
def test_the_line_of_the_first_annex_is_so_long(more: int, read: list[str]) -> None:
    title = "渠" * (tree._ANNEX_LINE - len("附件：1.\n") + more)
    assert names(f"一、甲。\n附件：1.{title}\n2.表\n") == ["一", *read]


@pytest.mark.parametrize(("number", "read"), [("㈠", ["㈠"]), ("⒈", [])])
def test_inner_kinds_want_more_where_a_page_cut_the_line(number: str, read: list[str]) -> None:
    assert names(f"甲乙\n{number}丙。\n", wrapped=True) == read


def test_a_list_that_lacks_its_beginning_is_read_where_it_opens_a_sentence() -> None:
    assert names("甲。\n四、乙。\n五、丙。\n", wrapped=True) == ["四N002", "五"]
    assert names("甲乙\n四、乙。\n", wrapped=True) == []


def test_marks_know_their_places() -> None:
    marks = tree.read_numbers(
        View("一、甲\n1.乙\n2.丙\n二、丁\n1.戊\n", wrapped=False, flat=False, dense=False), NUMBERING
    )
    assert [mark.place for mark in marks] == list(range(5))
    assert [mark.children for mark in marks] == [[1, 2], [], [], [4], []]
    assert [mark.parent and mark.parent.place for mark in marks] == [None, 0, 0, None, 3]


def test_a_parse_leaves_nothing_to_the_garbage_collector() -> None:
    parse(NOTICE)  # what is made once is made
    gc.collect()
    gc.disable()
    try:
        parse(NOTICE)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_list_goes_on_beyond_999() -> None:
    read = parse("".join(f"{number}.修好第{number}段县道（县交通局负责）。\n" for number in range(1, 1006)))
    assert [node.id for node in read.body] == [str(number) for number in range(1, 1006)]
    assert read.body[-1].duties[0].office == "县交通局" and not read.diagnostics


def test_a_year_at_the_start_of_a_line_is_no_number() -> None:
    read = parse("1.播种。\n2024.5万亩小麦。\n2023、2024两年的任务。\n2.收割（县农业局负责）。\n")
    assert [node.id for node in read.body] == ["1", "2"]
