"""How deep in brackets a sign is: counted once, for cells, lists and the ends of values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiwei_cli.language.names import listed
from aiwei_cli.language.signs import depths
from aiwei_cli.parsing.clauses.doubt import unbracketed
from aiwei_cli.parsing.lists import outside_brackets

SIGNS = st.text("甲（(〈“）)〉”、，；", max_size=12)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("甲（乙）", [(1, 0), (3, 1)]),
        ("（甲（乙））", [(0, 0), (2, 1), (4, 2), (5, 1)]),
        ("甲）乙）", [(1, -1), (3, -1)]),
        ("）（甲）", [(0, -1), (1, 0), (3, 1)]),
        ("（甲", [(0, 0)]),
    ],
)
def test_depths(words: str, found: list[tuple[int, int]]) -> None:
    assert list(depths(words, [at for at, sign in enumerate(words) if sign in "（）"])) == found


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("甲、乙，丙", ["甲0", "乙0", "丙1"]),
        ("甲、、乙，、丙、丁", ["甲0", "乙1", "丙2", "丁2"]),
        ("，甲", ["甲1"]),
        ("甲（乙、丙〈丁、戊〉）、己", ["甲（乙、丙〈丁、戊〉）0", "己0"]),
        ("甲）、乙", ["甲）0", "乙0"]),
        ("甲（、乙", ["甲（、乙0"]),
        ("、", []),
    ],
)
def test_pieces_of_a_list(words: str, pieces: list[str]) -> None:
    assert [f"{words[a:b]}{group}" for a, b, group in outside_brackets(words)] == pieces


@given(SIGNS, SIGNS, SIGNS)
def test_pieces_of_a_part_are_those_of_its_words(before: str, words: str, after: str) -> None:
    start, end = len(before), len(before) + len(words)
    moved = [(start + a, start + b, group + 3) for a, b, group in outside_brackets(words)]
    assert outside_brackets(before + words + after, start, end, 3) == moved


@given(SIGNS)
def test_pieces_and_separators_are_all_there_is(words: str) -> None:
    pieces = outside_brackets(words)
    between = zip([0, *(b for _, b, _ in pieces)], [*(a for a, _, _ in pieces), len(words)], strict=True)
    assert set("".join(words[a:b] for a, b in between)) <= set("、，；")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("甲、各县（市、区）政府、", ["甲", "各县（市、区）政府"]),
        ("甲）、乙", ["甲）", "乙"]),
        ("甲（、乙", ["甲（、乙"]),
        ("", []),
    ],
)
def test_names_of_a_cell(cell: str, names: list[str]) -> None:
    assert listed(cell) == names


def test_other_signs_may_part_the_names_of_a_cell() -> None:
    assert listed("甲，乙（丙，丁） 戊", "，、 ") == ["甲", "乙（丙，丁）", "戊"]


@pytest.mark.parametrize(
    ("words", "end"), [("甲（乙）丙", 5), ("甲（乙）丙）丁", 5), ("甲）", 1), ("）甲", 0), ("甲（乙", 3)]
)
def test_words_end_before_the_bracket_that_nothing_in_them_opens(words: str, end: int) -> None:
    assert unbracketed(f"（{words}", 1, 1 + len(words)) == (1, 1 + end)
