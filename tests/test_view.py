"""Whether the lines of a text are lines of a page or paragraphs."""

from __future__ import annotations

from aiwei_cli.parsing.view import is_wrapped

CUT, ENDED = "整" * 31 + "\n", "整" * 30 + "。\n"


def test_lines_that_stop_in_mid_sentence_are_cut() -> None:
    assert is_wrapped(CUT * 5 + ENDED * 4)


def test_lines_of_which_most_end_a_sentence_are_paragraphs() -> None:
    assert not is_wrapped(ENDED * 5 + CUT * 4)


def test_three_lines_are_no_evidence() -> None:
    assert not is_wrapped("整" * 39 * 3)
    assert not is_wrapped(("整" * 39 + "\n") * 3)


def test_lines_longer_than_a_page_is_wide_are_paragraphs() -> None:
    assert not is_wrapped(("整" * 70 + "\n") * 9)
