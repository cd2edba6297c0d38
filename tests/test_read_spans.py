"""Ruled tables over pages, and the words of their cells: both sides of what decides."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aiwei_cli.compiled import load
from aiwei_cli.reading.pages.model import Grid, Line
from aiwei_cli.reading.pages.spans import RuledTable

_XS = (0.0, 50.0, 150.0, 250.0)


def grid(rows: Sequence[Sequence[str]], xs: Sequence[float] = _XS) -> Grid:
    """A table of these rows; a cell that says ^ is one with that above it, ⏎ breaks a line."""
    numbers: list[list[int]] = []
    cells: list[list[Line]] = []
    for k, row in enumerate(rows):
        numbers.append([])
        for i, words in enumerate(row):
            if words == "^":
                numbers[k].append(numbers[k - 1][i])
                continue
            numbers[k].append(len(cells))
            lines = words.split("⏎") if words else []
            cells.append([Line(one, xs[i] + 5, xs[i] + 5 + 10 * len(one), 20.0 * k, 10.0) for one in lines])
    return Grid([*xs], [20.0 * k for k in range(len(rows) + 1)], numbers, cells)


def words(table: RuledTable) -> list[list[str]]:
    return [["/".join(cell.paragraphs) for cell in row] for row in table.cells(load())]


def over(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows of a table over two pages."""
    table = RuledTable(grid(first), 1, 1)
    assert table.add(grid(second), 2, 1)
    return words(table)


_HEAD = ("序号", "任务", "单位")


@pytest.mark.parametrize(
    ("xs", "goes_on"),
    [
        ((6.0, 50, 150, 250), True),
        ((6.1, 50, 150, 250), False),
        ((-6.1, 50, 150, 250), False),
        ((0, 50, 150, 256.0), True),
        ((0, 50, 150, 256.1), False),
        ((0, 50, 150, 243.9), False),
        # A column has the same sides, or is one of those that are merged on the other page.
        ((0, 56.0, 150, 250), True),
        ((0, 56.1, 150, 250), False),
        ((0, 150, 250), True),
        ((0, 50, 150, 200, 250), True),
        ((0, 60, 150, 200, 250), False),
        ((50, 150, 250), False),
        ((0, 50, 150), False),
    ],
)
def test_a_table_goes_on_where_the_next_page_has_its_columns(xs: Sequence[float], goes_on: bool) -> None:
    table = RuledTable(grid([_HEAD, ("1", "清淤。", "甲")]), 1, 1)
    assert table.add(grid([["2", "补栽。", "乙", "丙"][: len(xs) - 1]], xs), 2, 1) is goes_on
    assert len(table.rows) == (3 if goes_on else 2)


def test_a_column_that_is_merged_on_one_page_has_its_words_in_each() -> None:
    table = RuledTable(grid([("1", "清淤。", "甲")]), 1, 1)
    assert table.add(grid([("2", "乙", "丙", "丁")], (0, 50, 150, 200, 250)), 2, 1)
    assert words(table) == [["1", "清淤。", "甲", "甲"], ["2", "乙", "丙", "丁"]]
    table = RuledTable(grid([("1", "清淤。", "甲")]), 1, 1)
    assert table.add(grid([("二、绿化。", "丙")], (0, 150, 250)), 2, 1)
    assert words(table) == [["1", "清淤。", "甲"], ["二、绿化。", "二、绿化。", "丙"]]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_header_that_is_printed_again_is_left_out(count: int) -> None:
    head = [(f"序号{k}", "任务", "单位") for k in range(count)]
    table = RuledTable(grid([*head, ("1", "清淤。", "甲")]), 1, 1)
    assert table.add(grid([*head, ("2", "补栽。", "乙")]), 2, 1)
    assert [row[0] for row in words(table)] == [*(one[0] for one in head), "1", "2"]
    assert table.places[-1] == (2, 1, count + 1)


def test_no_more_than_three_rows_are_a_header() -> None:
    head = [(f"序号{k}", "任务", "单位") for k in range(4)]
    assert len(over(head, head)) == 5


def test_what_is_not_the_same_is_no_header() -> None:
    assert len(over([_HEAD, ("1", "清淤。", "甲")], [("序号", "任务", "处室"), ("2", "补栽。", "乙")])) == 4
    # blank rows are the same, and say nothing
    assert len(over([("", "", ""), ("1", "清淤。", "甲")], [("", "", ""), ("2", "补栽。", "乙")])) == 4
    assert over([_HEAD, ("1", "清淤。", "甲")], [_HEAD])[1:] == [["1", "清淤。", "甲"]]


@pytest.mark.parametrize(
    ("last", "first", "rows"),
    [
        # no number, and what it goes on with has no end yet
        (("1", "整治乱堆违规搭", "甲"), ("", "建。", ""), [["1", "整治乱堆违规搭建。", "甲"]]),
        (("1", "整治。", "甲"), ("", "建。", ""), [["1", "整治。", "甲"], ["1", "建。", "甲"]]),
        (("1", "整治乱堆违规搭", "甲"), ("2", "建。", ""), None),
        # one of both ends a sentence
        (("1", "整治乱堆违规搭", "甲；"), ("", "建。", "乙"), [["1", "整治乱堆违规搭", "甲；"], ["1", "建。", "乙"]]),
        # nothing above it that could go on
        (("1", "", "甲"), ("", "清淤。", ""), [["1", "", "甲"], ["1", "清淤。", "甲"]]),
        (("1", "", ""), ("", "清淤。", "乙"), [["1", "", ""], ["1", "清淤。", "乙"]]),
        (("1", "整治", "甲"), ("", "", ""), [["1", "整治", "甲"], ["1", "整治", "甲"]]),
    ],
)
def test_a_row_that_a_page_cuts_is_one(last: Sequence[str], first: Sequence[str], rows: list[list[str]] | None) -> None:
    expected = rows if rows is not None else [list(last), list(first)]
    assert over([_HEAD, last], [first])[1:] == expected


def test_a_cut_row_knows_where_the_rows_after_it_are() -> None:
    table = RuledTable(grid([_HEAD, ("1", "整治乱堆违规搭", "甲")]), 1, 2)
    assert table.add(grid([("", "建。", ""), ("2", "补栽。", "乙")]), 2, 1)
    assert table.places == [(1, 2, 1), (1, 2, 2), (2, 1, 2)]


def test_a_merged_cell_goes_on_over_a_page() -> None:
    """One half of it is blank: the office is merged over rows of the first page, and no single cell is blank."""
    first = [_HEAD, ("1", "清淤。", "甲"), ("2", "补栽。", "^")]
    assert over(first, [("3", "修路。", ""), ("4", "拆除。", "^")])[3:] == [
        ["3", "修路。", "甲"],
        ["4", "拆除。", "甲"],
    ]
    # the words may be on the second page
    assert over([_HEAD, ("1", "清淤。", ""), ("2", "补栽。", "^")], [("3", "修路。", "甲"), ("4", "拆除。", "^")])[
        1:
    ] == [
        ["1", "清淤。", "甲"],
        ["2", "补栽。", "甲"],
        ["3", "修路。", "甲"],
        ["4", "拆除。", "甲"],
    ]


def test_what_is_blank_below_a_page_is_not_filled_without_a_sign_of_it() -> None:
    # nothing is merged in the column
    assert over([_HEAD, ("1", "清淤。", "甲")], [("3", "修路。", "")])[-1] == ["3", "修路。", ""]
    # another cell is blank, so a blank one says nothing
    first = [_HEAD, ("1", "清淤。", ""), ("2", "补栽。", "甲"), ("3", "补栽。", "^")]
    assert over(first, [("4", "修路。", "")])[-1] == ["4", "修路。", ""]
    # both halves have words
    first = [_HEAD, ("1", "清淤。", "甲"), ("2", "补栽。", "^")]
    assert over(first, [("3", "修路。", "乙")])[-1] == ["3", "修路。", "乙"]


def test_a_row_without_a_number_is_of_the_one_above() -> None:
    for number in ("1", "十二", "（一）", "2.1", "３、"):
        assert over([_HEAD, (number, "清淤。", "甲")], [("", "修路。", "")])[-1] == [number, "修路。", "甲"]
    assert over([_HEAD, ("1", "清淤。", "甲"), ("", "补栽。", "乙")], [("", "修路。", "")])[-1] == ["", "修路。", "乙"]


def test_a_row_without_a_kind_is_a_task_of_the_kind_above() -> None:
    for kind in ("水利", "第一批"):
        rows = over([("类别", "任务", "单位"), (kind, "清淤。", "甲")], [("", "修路。", "")])
        assert rows[-1] == [kind, "修路。", ""]


def test_lines_that_are_recognised_unsurely_are_told_once_with_the_first_row_of_their_cell() -> None:
    table = grid([("1", "清淤", "甲"), ("2", "^", "乙")])
    table.cells[1][0].sure = 0.7
    table.cells[4][0].sure = 0.8
    assert {
        row: [one.words for one in found] for row, found in RuledTable(table, 1, 1).unsure(0.8).items() if found
    } == {1: ["清淤"]}


# -- the words of a cell -----------------------------------------------------------------------------------------------


def cell(
    *lines: str, room: float = 100.0, left: float = 0.0, rights: Sequence[float] = (), pad: float = 0.0
) -> list[str]:
    """The paragraphs of a cell so wide, whose first lines end at these places."""
    found = []
    for k, one in enumerate(lines):
        right = rights[k] if k < len(rights) else left + 10.0 * len(one)
        found.append(Line(one, left, right, 20.0 * k, 10.0))
    others = [[Line("甲", room + pad, 2 * room - pad, 0.0, 10.0)]]
    made = Grid([0.0, room, 2 * room], [0.0, 100.0], [[0, 1]], [found, *others])
    return RuledTable(made, 1, 1).cells(load())[0][0].paragraphs


@pytest.mark.parametrize(
    ("first", "right", "second", "joined"),
    [
        # 0.9 of a sign and 0.35 of one are left: the next one had no room
        ("甲" * 8, 87.5, "乙丙", True),
        ("甲" * 8, 87.4, "乙丙", False),
        # a narrow sign needs half of that
        ("甲" * 8, 92.0, "a乙", True),
        ("甲" * 8, 91.9, "a乙", False),
        # a word of digits is not parted, nor a mark from its sign
        ("甲" * 8, 78.5, "2024年", True),
        ("甲" * 8, 78.4, "2024年", False),
        ("甲" * 8, 78.5, "乙。丙", True),
        ("甲" * 8, 78.4, "乙。丙", False),
        ("甲" * 8, 78.5, "（乙丙）", True),
        # no word is so long that it needs more than twelve narrow signs
        ("甲" * 4, 42.5, "a" * 12 + "乙", True),
        ("甲" * 4, 42.4, "a" * 13 + "乙", False),
    ],
)
def test_a_line_goes_on_where_the_next_sign_had_no_room(first: str, right: float, second: str, joined: bool) -> None:
    assert cell(first, second, rights=(right,)) == ([first + second] if joined else [first, second])


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("整治清理全部河道垃圾", "1.补栽", True),
        ("整治清理全部河道垃。", "1.补栽", False),
        ("整治清理全部河道垃：", "（2）补栽", False),
        ("整治清理全部河道垃。", "补栽", True),
        ("县财政局县水利县林业局", "县教育局", False),
        ("县财政局、县水利局、", "县教育局", True),
        ("县财政局、县水利局和", "县教育局", True),
    ],
)
def test_names_and_numbers_begin_a_line_of_their_own(first: str, second: str, joined: bool) -> None:
    assert cell(first, second, room=10.0 * len(first)) == ([first + second] if joined else [first, second])


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("甲" * 9 + "B", "CD", "甲" * 9 + "B CD"),
        ("甲" * 9 + "B", "12", "甲" * 9 + "B12"),
        ("甲" * 9 + "1", "CD", "甲" * 9 + "1CD"),
        ("甲" * 10, "CD", "甲" * 10 + "CD"),
        ("甲" * 9 + "B", "乙C", "甲" * 9 + "B乙C"),
        ("甲" * 9 + "B", "C乙", "甲" * 9 + "B C乙"),
        ("甲" * 9 + "B", "C1", "甲" * 9 + "B C1"),
        ("甲" * 8 + "1B", "CD", "甲" * 8 + "1B CD"),
    ],
)
def test_latin_words_are_apart_over_a_line_break(first: str, second: str, joined: str) -> None:
    assert cell(first, second) == [joined]


@pytest.mark.parametrize(("pad", "joined"), [(0.0, False), (6.0, False), (6.3, True), (8.0, True)])
def test_what_is_blank_beside_the_longest_lines_is_no_room(pad: float, joined: bool) -> None:
    """The cell has room for one sign more, but its longest lines leave so much on both sides."""
    found = cell("甲" * 7, "乙", left=10.0, rights=(85.0,), pad=pad)
    assert (len(found) == 1) is joined


@pytest.mark.parametrize(("count", "joined"), [(17, False), (18, True)])
def test_one_line_of_twenty_may_reach_into_that_blank(count: int, joined: bool) -> None:
    lines = [Line("甲", 10.0, 85.0, 0.0, 10.0), Line("乙", 10.0, 20.0, 20.0, 10.0)]
    others = [Line("甲", 108.0 if k else 100.0, 150.0, 0.0, 10.0) for k in range(count)]
    made = Grid([0.0, 100.0, 200.0], [0.0, 100.0], [[0, 1]], [lines, others])
    assert (len(RuledTable(made, 1, 1).cells(load())[0][0].paragraphs) == 1) is joined


def test_no_more_than_eight_points_are_such_a_blank() -> None:
    assert len(cell("甲" * 6, "乙", left=20.0, rights=(91.4,), pad=20.0)) == 2
    assert len(cell("甲" * 6, "乙", left=20.0, rights=(91.5,), pad=20.0)) == 1
