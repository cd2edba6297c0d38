"""Whether the lines of a text are lines of a page or paragraphs."""

from __future__ import annotations

import pytest

from aiwei_cli.parsing import breaks

CUT, ENDED = "整" * 31 + "\n", "整" * 30 + "。\n"


def is_wrapped(text: str) -> bool:
    return breaks.is_wrapped(text, text.split("\n"))


def test_lines_that_stop_in_mid_sentence_are_cut() -> None:
    assert is_wrapped(CUT * 5 + ENDED * 4)


def test_lines_of_which_most_end_a_sentence_are_paragraphs() -> None:
    assert not is_wrapped(ENDED * 5 + CUT * 4)


def test_three_lines_are_no_evidence() -> None:
    assert not is_wrapped("整" * 39 * 3)
    assert not is_wrapped(("整" * 39 + "\n") * 3)


def test_lines_longer_than_a_page_is_wide_are_paragraphs() -> None:
    assert not is_wrapped(("整" * 70 + "\n") * 9)


def lines(*lengths: int, last: str = "整") -> str:
    """Lines of so many letters."""
    return "".join("整" * (length - 1) + last + "\n" for length in lengths)


PAGE = "整" * 599 + "。\n"
"""A notice in one line of a page."""


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("整" * 120, False),
        ("整" * 121, True),
        ("一、" + "整" * 56 + "二、", False),  # 60 letters: too short for two paragraphs
        ("一、" + "整" * 57 + "二、", True),
        ("整" * 61, False),  # nothing is numbered
        ("整" * 401 + "\n二、", True),
        ("整" * 400 + "\n二、", False),
        ("整" * 404 + "\n" + lines(*[100] * 1), True),  # more than four fifths of what is in lines
        ("整" * 404 + "\n" + lines(101), False),
        ("整" * 404 + "\n" + "整" * 3, True),
        ("整" * 401 + "\n" * 6, True),  # the breaks at the end are no lines
        ("\n" * 400 + "整\n整", False),
        (PAGE + "整" * 399, True),  # one line with sentences in three fifths of all
        (PAGE + "整" * 400, False),
        (PAGE + "整" * 399 + "。", False),
        (PAGE + lines(100, 100, 100), True),  # and at most three lines around it
        (PAGE + lines(75, 75, 75, 75), False),
        (PAGE + "整" * 300 + "\n整整整" * 3, True),  # those of three letters do not count
        (PAGE + "整" * 300 + "\n整整整整" * 3, False),
    ],
)
def test_line_breaks_are_lost_where_one_line_is_nearly_all(text: str, flat: bool) -> None:
    assert breaks.is_flat(text, text.split("\n")) is flat


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        (lines(30, 30, 30, 30), True),
        (lines(30, 30, 30), False),  # three lines show no width
        (lines(16, 16, 16, 40), False),  # of few lines, three take the width of the page
        (lines(26, 26, 26, 30), True),
        (lines(25, 25, 25, 30), False),  # 25 of 30 is less than 0.85
        (lines(19, 19, 19, 19, 19), False),  # a page is at least 20 letters wide
        (lines(20, 20, 20, 20, 20), True),
        (lines(30, 30, 30, 15, 15, 15), True),  # half of them
        (lines(30, 30, 30, 15, 15, 15, 15), False),
        (lines(20, 17, 17, 17), True),
        (lines(20, 16, 16, 16), False),
        (lines(30, last="整") + lines(26, 26, 1, last="；"), False),  # one line that is cut is no evidence
        (lines(30, 26, last="整") + lines(26, 1, last="；"), True),
        (lines(*[15] * 9), False),
        (lines(*[16] * 9), True),
        (lines(*[50] * 3, *[10] * 5), False),  # of many lines, four are cut
        (lines(*[50] * 4, *[10] * 4), True),
        (lines(18, 19, 19, 19) + lines(42, 42, 42, 41, last="；"), False),  # more than three tenths of the text
        (lines(19, 19, 19, 19) + lines(42, 42, 42, 40, last="；"), True),
        (lines(*[20] * 9, last="；"), False),  # a mark or a number ends what is whole
        (lines(*[20] * 9, last="；整"), True),
        (lines(*[20] * 9, last="3"), False),
        (lines(*[20] * 9, last="3整"), True),
        (lines(*[59] * 9), True),
        (lines(*[60] * 9), False),  # with its break longer than a page is wide
    ],
)
def test_lines_of_one_width_are_those_of_a_page(text: str, wrapped: bool) -> None:
    assert is_wrapped(text) is wrapped


def narrow(width: int, count: int, marks: int, short: int = 0) -> str:
    """So many lines of a narrow page, some of them with a comma inside; ``short`` more hold half of its width."""
    inside = ["整" * (width - 2) + "，整\n"] * marks
    return "".join([*inside, *["整" * width + "\n"] * (count - marks), *["整" * (width // 2) + "\n"] * short])


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        (narrow(10, 12, 4), True),
        (narrow(10, 12, 3), False),  # sentences that go through less than a third of the lines
        (narrow(10, 11, 4), False),
        (narrow(8, 12, 4), True),
        (narrow(7, 12, 4), False),
        (narrow(18, 12, 4), True),
        (narrow(19, 12, 4), True),  # lines of 15 letters and more may be cut in any page
        (narrow(12, 8, 6, short=8), True),
        (narrow(12, 8, 6, short=9), False),  # more than half of the lines are not full
        (narrow(10, 6, 5) + lines(8, *[5] * 7), True),  # one of 8 letters of 10 is full
        (narrow(10, 6, 5) + lines(7, *[5] * 7), False),
    ],
)
def test_a_narrow_page_has_full_lines_with_commas_inside(text: str, wrapped: bool) -> None:
    assert is_wrapped(text) is wrapped


TWO_INSIDE = "\n整。1." + "整" * 60 + "。2.整"


@pytest.mark.parametrize(
    ("text", "dense"),
    [
        ("1." + "整" * 30 + "。2." + "整" * 30, True),
        ("1." + "整" * 25 + "。2." + "整" * 29, False),  # 59 letters hold no two paragraphs
        ("1." + "整" * 25 + "。2." + "整" * 30, True),
        ("1." + "整" * 30 + "，2." + "整" * 30, False),  # 2. is not after a stop
        ("21." + "整" * 30 + "。2." + "整" * 30, False),
        ("关于一、" + "整" * 30 + "。二、" + "整" * 30, True),  # the first comes right after a heading
        ("二、" + "整" * 30 + "。二、" + "整" * 30, False),
        ("题\n1." + "整" * 60 + "。2.整。3.整。4.整", True),
        ("题\n1." + "整" * 60 + "。2.整。3.整", False),  # a number that begins a line counts as much as two inside
        ("题\n第一条整" + TWO_INSIDE, False),
        ("题\n第一件整" + TWO_INSIDE, True),
        ("题\n第一百二十三条整" + TWO_INSIDE, False),
        ("题\n第一千二百三十条整" + TWO_INSIDE, True),
        ("题\n（一）整" + TWO_INSIDE, False),
        ("题\n（整）整" + TWO_INSIDE, True),
    ],
)
def test_a_line_that_holds_two_paragraphs_is_dense(text: str, dense: bool) -> None:
    assert breaks.is_dense(text, text.split("\n"), wrapped=False) is dense
