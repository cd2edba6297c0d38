"""Signs with their places to lines, tables and text: both sides of what tells one from the other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aiwei_cli.reading.pages.lines import lines, rows
from aiwei_cli.reading.pages.model import Glyph, Line


def signs(words: str, left: float = 0.0, middle: float = 100.0, size: float = 10.0) -> list[Glyph]:
    """Words set without gaps: Chinese signs as wide as high, others half as wide."""
    found = []
    for sign in words:
        right = left + size * (0.5 if sign.isascii() else 1.0)
        found.append(Glyph(sign, left, right, middle, size))
        left = right
    return found


def after(gap: float, *pieces: str, size: float = 10.0) -> list[Glyph]:
    """Pieces of one line with this gap between them."""
    found: list[Glyph] = []
    for piece in pieces:
        found += signs(piece, found[-1].right + gap if found else 0.0, size=size)
    return found


def line(glyphs: Sequence[Glyph]) -> Line:
    (found,) = lines(glyphs)
    return found


def page(*halves: tuple[float, Sequence[str]], step: float = 20.0) -> list[Glyph]:
    """Columns of lines: the left side of each, and its words from the top down."""
    return [
        glyph for left, column in halves for k, words in enumerate(column) for glyph in signs(words, left, k * step)
    ]


# -- what is one line --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("high", "lower", "count"),
    [
        # less than 0.45 of the higher one's height, whichever comes first
        ((20.0, 20.0), 8.9, 1),
        ((20.0, 20.0), 9.0, 2),
        ((8.0, 20.0), 8.9, 1),
        ((20.0, 8.0), 8.9, 1),
        ((8.0, 8.0), 4.0, 2),
    ],
)
def test_how_much_lower_a_sign_of_the_same_line_may_be(high: tuple[float, float], lower: float, count: int) -> None:
    glyphs = [*signs("甲", 0, 100, high[0]), *signs("乙", 40, 100 + lower, high[1])]
    assert len(rows(glyphs)) == count


def test_a_line_is_where_most_of_its_signs_are() -> None:
    """Each sign moves the middle of its line by its share: a raised one at the beginning does not hold it up."""
    steps = (0.0, 8.0, 12.0, 12.0)  # the third is 12 below the first, and 8 below the middle of both before it
    assert len(rows([Glyph("甲", 30.0 * k, 30.0 * k + 20, y, 20.0) for k, y in enumerate(steps)])) == 1
    steps = (0.0, 8.0, 13.0)
    assert len(rows([Glyph("甲", 30.0 * k, 30.0 * k + 20, y, 20.0) for k, y in enumerate(steps)])) == 2


def test_a_line_of_blanks_is_none() -> None:
    assert lines(signs("　 　")) == []


@pytest.mark.parametrize(
    ("width", "shift", "words"),
    [(10.0, 2.9, "甲"), (10.0, 3.0, "甲甲"), (0.0, 0.29, "甲"), (0.0, 0.3, "甲甲")],
)
def test_a_sign_that_is_printed_over_itself_is_one(width: float, shift: float, words: str) -> None:
    """By less than 0.3 of its width; one without a width counts as a point wide."""
    glyphs = [Glyph("甲", left, left + width, 100.0, 10.0) for left in (0.0, shift)]
    assert line(glyphs).words == words


def test_signs_that_are_printed_over_one_another_are_kept() -> None:
    glyphs = [Glyph(sign, left, left + 10, 100.0, 10.0) for left in (0.0, 0.5) for sign in "甲乙丙丁"]
    assert line(glyphs).words == "甲乙丙丁"


# -- the words of a line -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pieces", "gap", "words"),
    [
        (("AB", "CD"), 2.5, "ABCD"),
        (("AB", "CD"), 2.6, "AB CD"),
        (("AB", "CD"), 20.0, "AB CD"),
        (("AB", "CD"), 20.1, "AB\tCD"),
        (("甲", "乙"), 20.0, "甲乙"),
        (("甲", "乙"), 20.1, "甲\t乙"),
        (("AB", "乙"), 20.0, "AB乙"),
        (("A", "B"), 5.0, "A B"),
        # Digits set as wide as Chinese signs.
        (("2", "0", "2", "5"), 5.0, "2025"),
        (("2", "0", "2"), 5.0, "202"),
        (("AB ", "CD"), 5.0, "AB CD"),
    ],
)
def test_what_a_gap_says(pieces: tuple[str, ...], gap: float, words: str) -> None:
    """A quarter of a sign's height between Latin letters is no blank yet, and two heights are no tab yet."""
    assert line(after(gap, *pieces)).words == words


def test_letters_of_which_some_are_near_are_words() -> None:
    glyphs = signs("AB") + signs("C", 12.5) + signs("D", 25)  # gaps of 0, 2.5 and 7.5
    assert line(glyphs).words == "ABC D"
    glyphs = signs("A") + signs("C", 7.5) + signs("D", 20)  # 2.5 is near
    assert line(glyphs).words == "AC D"


@pytest.mark.parametrize(
    ("found", "words"), [("\ud840\udc00", "𠀀"), ("\ud800", "�"), ("\udfff", "�"), ("\ud7ff\ue000", "\ud7ff\ue000")]
)
def test_halves_of_a_rare_sign_are_put_together(found: str, words: str) -> None:
    assert line(signs(found)).words == words


def test_a_line_knows_its_place_its_size_and_how_sure_it_is() -> None:
    glyphs = [*signs("　甲乙丙", 20, 100), *signs("1", 60, 97, 6), *signs("　", 66, 100)]
    glyphs[1].sure = 0.7
    found = line(glyphs)
    assert (found.left, found.right, found.middle, found.size, found.sure) == (20.0, 63.0, 100.0, 10.0, 0.7)
    assert found.words == "　甲乙丙1"


@pytest.mark.parametrize(
    ("heights", "size"), [((10, 10, 20, 20, 20), 20.0), ((10, 20), 20.0), ((10, 10, 20), 10.0), ((0.5,), 1.0)]
)
def test_the_size_of_a_line_is_that_of_most_of_its_signs(heights: Sequence[float], size: float) -> None:
    glyphs = [Glyph("甲", 10.0 * k, 10.0 * k + 10, 100.0, high) for k, high in enumerate(heights)]
    assert line(glyphs).size == size


@pytest.mark.parametrize(
    ("glyphs", "parts"),
    [
        (after(4.0, "甲乙", "丙"), []),
        (after(4.1, "甲乙", "丙"), ["甲乙", "丙"]),
        (after(0.0, "甲", "　", "乙"), []),
        (after(0.0, "甲", " ", "乙"), []),
        (after(0.0, "甲", "　　", "乙"), ["甲", "乙"]),
        (after(4.0, "甲", "乙", "丙"), []),
        (after(2.0, "甲", "　", "乙"), []),
        (after(2.1, "甲", "　", "乙"), ["甲", "乙"]),
        (after(9.0, "甲", "乙", "丙"), ["甲", "乙", "丙"]),
        (after(0.0, "　　", "甲"), []),
    ],
)
def test_parts_of_a_line_as_cells_have_them(glyphs: list[Glyph], parts: list[str]) -> None:
    """Apart by more than 0.4 of the height; one blank sign alone parts nothing."""
    assert [part.words for part in line(glyphs).parts] == parts


# -- two columns -------------------------------------------------------------------------------------------------------

_LEFT, _RIGHT = "左" * 10, "右" * 10


def order(*halves: tuple[float, Sequence[str]], across: str = "") -> str:
    """Which sides are read one after the other."""
    glyphs = page(*halves) + (signs(across, 0, -40) if across else [])
    return "".join(found.words[:1] + ("" if "\t" not in found.words else "|") for found in lines(glyphs))


@pytest.mark.parametrize(
    ("left", "right", "read"),
    [
        ([_LEFT] * 6, (125.0, [_RIGHT] * 6), "左" * 6 + "右" * 6),
        # five lines may be names above dates
        ([_LEFT] * 5, (125.0, [_RIGHT] * 5), "左|" * 5),
        # 1.2 heights are no gap between columns yet
        ([_LEFT] * 6, (112.1, [_RIGHT] * 6), "左" * 6 + "右" * 6),
        ([_LEFT] * 6, (112.0, [_RIGHT] * 6), "左" * 6),
        # a column with more lines than the other
        ([_LEFT] * 6, (125.0, [_RIGHT] * 8), "左" * 6 + "右" * 8),
        ([_LEFT] * 8, (125.0, [_RIGHT] * 6), "左" * 8 + "右" * 6),
        ([_LEFT] * 8, (125.0, [_RIGHT] * 5), "左|" * 5 + "左" * 3),
    ],
)
def test_lines_side_by_side_are_columns_where_there_are_many(
    left: list[str], right: tuple[float, list[str]], read: str
) -> None:
    assert order((0.0, left), right) == read


@pytest.mark.parametrize(
    ("signs_left", "signs_right", "columns"),
    [(10, 10, True), (7, 12, True), (6, 14, False), (12, 7, True), (14, 6, False)],
)
def test_the_gap_between_columns_is_near_the_middle(signs_left: int, signs_right: int, columns: bool) -> None:
    """Between 0.35 and 0.65 of the width."""
    left, right = "左" * signs_left, "右" * signs_right
    read = order((0.0, [left] * 6), (signs_left * 10.0 + 25, [right] * 6))
    assert (read == "左" * 6 + "右" * 6) is columns


@pytest.mark.parametrize(("at", "columns"), [(35.0, False), (35.5, True), (64.5, True), (65.0, False)])
def test_where_exactly_the_gap_may_be(at: float, columns: bool) -> None:
    """The text is 100 wide, its signs 4, and the gap 8: the lines have more than five signs."""
    size = 4.0
    left, right = at - 4.0, at + 4.0
    glyphs = []
    for k in range(6):
        for words, start, end in (("左", 0.0, left), ("右", right, 100.0)):
            step = (end - start) / 7
            glyphs += [Glyph(words, start + i * step, start + (i + 1) * step, 20.0 * k, size) for i in range(7)]
    assert (len(lines(glyphs)) == 12) is columns


def test_two_gaps_in_the_middle_are_a_table() -> None:
    assert order((0.0, [_LEFT] * 6), (115.0, ["中" * 2] * 6), (150.0, [_RIGHT] * 6)).count("|") == 0
    assert len(lines(page((0.0, [_LEFT] * 6), (115.0, ["中" * 2] * 6), (150.0, [_RIGHT] * 6)))) == 6


def test_a_line_over_both_columns_parts_them() -> None:
    """What is above it is read before it, what is below after it."""
    half = [*[_LEFT] * 6, "", *[_LEFT] * 6]
    other = [*[_RIGHT] * 6, "", *[_RIGHT] * 6]
    glyphs = page((0.0, half), (125.0, other)) + signs("题" * 20, 0, 120)
    assert "".join(found.words[0] for found in lines(glyphs)) == "左" * 6 + "右" * 6 + "题" + "左" * 6 + "右" * 6


def test_what_touches_the_middle_of_the_gap_is_of_its_column() -> None:
    half, other = [*[_LEFT] * 6, "", ""], [*[_RIGHT] * 6, "", ""]
    glyphs = page((0.0, half), (125.0, other)) + signs("左" * 11, 2.5, 120) + signs("右" * 10, 112.5, 140)
    assert "".join(found.words[0] for found in lines(glyphs)) == "左" * 7 + "右" * 7
    assert {len(found.words) for found in lines(glyphs)} == {10, 11}


def test_few_lines_between_two_that_go_over_both_columns_are_names_above_dates() -> None:
    half = [*[_LEFT] * 6, "", *[_LEFT] * 6]
    other = [*[_RIGHT] * 6, "", *[_RIGHT] * 5]
    glyphs = page((0.0, half), (125.0, other)) + signs("题" * 20, 0, 120)
    assert len(lines(glyphs)) == 6 + 6 + 1 + 6


@pytest.mark.parametrize(
    ("ends", "starts", "columns"),
    [
        # at the middle of the gap of most lines, 112.5, one gap begins and another ends: six of eight are too few
        ([*[100.0] * 6, 112.5, 80.0], [*[125.0] * 6, 137.0, 112.5], False),
        ([*[100.0] * 6, 112.4, 80.0], [*[125.0] * 6, 137.0, 112.5], True),
        ([*[100.0] * 6, 112.5, 80.0], [*[125.0] * 6, 137.0, 112.6], True),
        # a quarter of the lines may reach further into the gap from either side
        ([*[100.0] * 6, 115.0, 115.0], [128.0] * 8, True),
        ([100.0] * 8, [*[127.0] * 6, 112.1, 112.1], False),
    ],
)
def test_where_most_gaps_are(ends: list[float], starts: list[float], columns: bool) -> None:
    glyphs = []
    for k, (end, start) in enumerate(zip(ends, starts, strict=True)):
        glyphs += signs("左" * 6, end - 60, 20 * k) + signs("右" * 6, start, 20 * k)
    assert (len(lines(glyphs)) == 16) is columns


def test_the_lines_of_the_right_column_are_as_far_in_as_those_of_the_left() -> None:
    right = ["　" + "右" * 9, *[_RIGHT] * 5]
    found = lines(page((10.0, [_LEFT] * 6), (135.0, right)))
    assert [one.left for one in found] == [10.0] * 12
    assert [one.right for one in found] == [110.0] * 12


@pytest.mark.parametrize(
    ("short", "columns"),
    [([_LEFT[:8]] * 3, True), ([_LEFT[:8]] * 4, False), ([_LEFT[:9]] * 4, True)],
)
@pytest.mark.parametrize("mirrored", [False, True])
def test_most_lines_of_a_column_of_text_are_full(short: list[str], columns: bool, mirrored: bool) -> None:
    """Half of them reach its edge, but for 1.6 heights; those of a table end as they come."""
    ragged, full = [*[_LEFT] * (6 - len(short)), *short], [_LEFT] * 6
    glyphs = page((0.0, full), (125.0, ragged)) if mirrored else page((0.0, ragged), (125.0, full))
    assert (len(lines(glyphs)) == 12) is columns


@pytest.mark.parametrize(("room", "columns"), [(15.9, True), (16.0, False)])
def test_how_short_a_full_line_may_be(room: float, columns: bool) -> None:
    glyphs = page((0.0, [_LEFT] * 2), (125.0, [_RIGHT] * 6))
    for k in range(2, 6):
        step = (100.0 - room) / 10
        glyphs += [Glyph("左", i * step, (i + 1) * step, 20.0 * k, 10.0) for i in range(10)]
    assert (len(lines(glyphs)) == 12) is columns


@pytest.mark.parametrize(("count", "columns"), [(5, False), (6, True)])
def test_cells_of_few_signs_are_no_columns_of_text(count: int, columns: bool) -> None:
    found = lines(page((0.0, ["左" * count] * 6), (count * 10 + 25.0, ["右" * count] * 6)))
    assert (len(found) == 12) is columns
