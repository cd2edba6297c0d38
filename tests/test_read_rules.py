"""Drawn rules to tables: both sides of each distance that decides."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aiwei_cli.reading.pages import ruled
from aiwei_cli.reading.pages.model import DrawnLine, Glyph, Grid, Line
from aiwei_cli.reading.pages.ruled import figure, fill_cells, level, ordered, ruled_tables

Rules = tuple[list[DrawnLine], list[DrawnLine]]


def drawn(xs: Sequence[float], ys: Sequence[float]) -> Rules:
    """The rules of a table whose cells are all closed."""
    return [DrawnLine(y, xs[0], xs[-1]) for y in ys], [DrawnLine(x, ys[0], ys[-1]) for x in xs]


def together(*parts: Rules) -> Rules:
    return [rule for part in parts for rule in part[0]], [rule for part in parts for rule in part[1]]


def grid(across: Sequence[DrawnLine], down: Sequence[DrawnLine]) -> Grid:
    (found,) = ruled_tables(across, down)
    return found


def sides(points: Sequence[tuple[float, float]], stroke: bool = True) -> Rules:
    across: list[DrawnLine] = []
    down: list[DrawnLine] = []
    figure(points, stroke, across, down)
    return across, down


def turned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(y, x) for x, y in points]


# -- figures -----------------------------------------------------------------------------------------------------------


def test_a_thin_box_is_a_line_in_its_middle() -> None:
    box = [(10.0, 20.0), (110.0, 20.0), (110.0, 24.0), (10.0, 24.0)]
    assert sides(box, stroke=False) == ([DrawnLine(22.0, 10.0, 110.0)], [])
    assert sides(turned(box), stroke=False) == ([], [DrawnLine(22.0, 10.0, 110.0)])


def test_a_box_is_its_sides_where_it_is_stroked() -> None:
    box = [(10.0, 20.0), (110.0, 20.0), (110.0, 24.1), (10.0, 24.1), (10.0, 20.0)]
    assert sides(box, stroke=False) == ([], [])
    assert sides(box) == (
        [DrawnLine(20.0, 10.0, 110.0), DrawnLine(24.1, 10.0, 110.0)],
        [DrawnLine(110.0, 20.0, 24.1), DrawnLine(10.0, 20.0, 24.1)],
    )


@pytest.mark.parametrize(("off", "is_line"), [(0.9, True), (1.0, False)])
def test_how_straight_a_side_is(off: float, is_line: bool) -> None:
    corner = [(0.0, 0.0), (100.0, off), (140.0, 50.0)]
    expected = [DrawnLine(off / 2, 0.0, 100.0)] if is_line else []
    assert sides(corner) == (expected, [])
    assert sides(turned(corner)) == ([], expected)


@pytest.mark.parametrize(("long", "is_line"), [(1.0, False), (1.1, True)])
def test_how_long_a_side_is(long: float, is_line: bool) -> None:
    corner = [(0.0, 0.0), (long, 0.0), (40.0, 50.0)]
    expected = [DrawnLine(0.0, 0.0, long)] if is_line else []
    assert sides(corner) == (expected, [])
    assert sides(turned(corner)) == ([], expected)


# -- rules -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("by", "count"), [(1.4, 1), (1.5, 2)])
def test_rules_drawn_twice_are_one(by: float, count: int) -> None:
    assert len(level([DrawnLine(50.0, 0, 200), DrawnLine(50.0 + by, 0, 200)], [])) == count


@pytest.mark.parametrize(("gap", "count"), [(3.0, 1), (3.1, 0)])
def test_rules_drawn_in_pieces_are_one(gap: float, count: int) -> None:
    """Each piece alone is too short to part rows."""
    assert len(level([DrawnLine(50.0, 0, 60), DrawnLine(50.0, 60 + gap, 120 + gap)], [])) == count


def test_a_piece_within_another_makes_it_no_shorter() -> None:
    assert level([DrawnLine(50.0, 0, 120), DrawnLine(50.0, 10, 30)], []) == [50.0]


@pytest.mark.parametrize(("long", "found"), [(100.0, []), (100.1, [50.0])])
def test_rules_that_part_rows_are_long(long: float, found: list[float]) -> None:
    assert level([DrawnLine(50.0, 0, long)], []) == found


@pytest.mark.parametrize(
    ("at", "found"), [(96.9, [96.9]), (97.0, [97.0]), (97.1, []), (142.9, []), (143.0, [143.0]), (120.0, [])]
)
def test_rules_of_a_table_part_no_rows_beside_it(at: float, found: list[float]) -> None:
    table = grid(*drawn((0, 50, 100), (100, 120, 140)))
    assert level([DrawnLine(at, 0, 200)], [table]) == found


@pytest.mark.parametrize(("high", "count"), [(5.0, 0), (5.1, 1)])
def test_short_rules_bound_no_cells(high: float, count: int) -> None:
    assert len(ruled_tables(*drawn((0, 50, 100), (0, high)))) == count


def test_a_page_has_no_more_rules_than_a_table_needs() -> None:
    rules = [DrawnLine(20.0 * k, 0, 150) for k in range(1501)]
    assert ruled_tables(rules[:-1], []) == ruled_tables([], rules[:-1]) == []
    for across, down in ((rules, []), ([], rules)):
        with pytest.raises(ValueError, match="too many"):
            ruled_tables(across, down)
    assert len(level(rules, [])) == 1500


def test_a_table_of_very_many_places_is_a_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruled, "_MOST_PLACES", 12)
    assert len(ruled_tables(*drawn((0, 50, 100), (0, 20, 40, 60)))) == 1
    assert ruled_tables(*drawn((0, 50, 100), (0, 20, 40, 60, 80))) == []


# -- tables ------------------------------------------------------------------------------------------------------------


def test_each_place_between_rules_is_a_cell() -> None:
    table = grid(*drawn((0, 50, 100, 150), (0, 20, 40)))
    assert (table.xs, table.ys, table.rows) == ([0, 50, 100, 150], [0, 20, 40], [[0, 1, 2], [3, 4, 5]])


@pytest.mark.parametrize(
    ("xs", "ys", "count"), [((0, 100), (0, 20), 0), ((0, 100), (0, 20, 40), 0), ((0, 50, 100), (0, 20), 1)]
)
def test_a_frame_is_no_table(xs: Sequence[float], ys: Sequence[float], count: int) -> None:
    assert len(ruled_tables(*drawn(xs, ys))) == count


def test_a_frame_with_a_stroke_in_it_is_no_table() -> None:
    across, down = drawn((0, 100), (0, 20))
    assert ruled_tables(across, [*down, DrawnLine(50, 0, 10)]) == []


def test_rules_that_do_not_cross_are_no_table() -> None:
    across, down = drawn((0, 50, 100), (0, 20))
    assert ruled_tables(across, []) == ruled_tables([], down) == []


@pytest.mark.parametrize(("short", "count"), [(3.0, 1), (3.1, 0)])
def test_rules_need_not_quite_reach_one_another(short: float, count: int) -> None:
    xs, ys = (0.0, 50.0, 100.0), (0.0, 20.0)
    across = [DrawnLine(y, xs[0], xs[-1]) for y in ys]
    almost = [DrawnLine(x, short, 20.0 - short) for x in xs]
    assert [table.ys for table in ruled_tables(across, almost)] == [[0, 20]] * count
    down = [DrawnLine(x, ys[0], ys[-1]) for x in (-short, 100.0 + short)]
    # where they do not reach, the rules across go on beyond the only one down, and are closed there
    middle = [DrawnLine(50.0, 0, 20)]
    assert grid(across, [*down, *middle]).xs == ([-short, 50, 100 + short] if count else [0, 50, 100])


def test_two_tables_side_by_side_are_two() -> None:
    assert len(ruled_tables(*together(drawn((0, 50, 100), (0, 20, 40)), drawn((200, 250, 300), (0, 20, 40))))) == 2


@pytest.mark.parametrize(("beyond", "columns"), [(8.0, 2), (8.1, 4)])
def test_rules_that_reach_beyond_the_last_have_open_cells_there(beyond: float, columns: int) -> None:
    ys = (0.0, 20.0, 40.0)
    across = [DrawnLine(y, 0.0, 100.0) for y in ys]
    down = [DrawnLine(x, 0.0, 40.0) for x in (beyond, 50.0, 100.0 - beyond)]
    assert len(grid(across, down).rows[0]) == columns
    rows = grid(down, across).rows
    assert len(rows) == columns


def test_the_sides_that_are_added_reach_along_the_whole_table() -> None:
    """Else the cells at the sides would be one from top to bottom."""
    across = [DrawnLine(y, 0.0, 100.0) for y in (0.0, 20.0, 40.0)]
    assert grid(across, [DrawnLine(50.0, 0.0, 40.0)]).rows == [[0, 1], [2, 3]]
    assert grid([DrawnLine(50.0, 0.0, 100.0)], [DrawnLine(x, 0.0, 100.0) for x in (0.0, 40.0, 100.0)]).rows == [
        [0, 1],
        [2, 3],
    ]


@pytest.mark.parametrize(("apart", "xs"), [(2.9, [0, 51.45, 100]), (3.0, [0, 50, 53, 100])])
def test_rules_near_to_each_other_are_one_side(apart: float, xs: list[float]) -> None:
    assert grid(*drawn((0, 50, 50 + apart, 100), (0, 20))).xs == xs


@pytest.mark.parametrize(("part", "rows"), [(12.0, [[0, 0], [1, 2]]), (12.1, [[0, 1], [2, 3]])])
def test_most_of_the_side_of_a_cell_is_drawn(part: float, rows: list[list[int]]) -> None:
    """0.6 of it is not most."""
    across, down = drawn((0, 50, 100), (0, 20, 40))
    assert grid(across, [down[0], down[2], DrawnLine(50, 20 - part, 40)]).rows == rows


def test_pieces_of_a_side_count_together() -> None:
    across, down = drawn((0, 50, 100), (0, 20))
    pieces = [DrawnLine(50, 0, 7), DrawnLine(50, 13, 20)]
    assert grid(across, [down[0], down[2], *pieces]).rows == [[0, 1]]


def test_places_without_a_rule_between_them_are_one_cell() -> None:
    xs, ys = (0.0, 50.0, 100.0, 150.0), (0.0, 20.0, 40.0)
    across, down = drawn(xs, ys)
    # merged over columns and over rows
    assert grid(across, [down[0], DrawnLine(50, 20, 40), *down[2:]]).rows == [[0, 0, 1], [2, 3, 4]]
    floor = [across[0], DrawnLine(20, 50, 150), across[2]]
    assert grid(floor, down).rows == [[0, 1, 2], [0, 3, 4]]


def test_a_cell_may_have_any_shape() -> None:
    across, down = drawn((0, 50, 100), (0, 20, 40))
    upper, lower = DrawnLine(50, 0, 20), DrawnLine(50, 20, 40)
    frame = [down[0], down[2]]
    # down the left side, along the bottom and up again, beside a column of its own
    beside = [across[0]._replace(end=150), across[2]._replace(end=150), DrawnLine(20, 100, 150)]
    assert grid(beside, [*frame, upper, DrawnLine(150, 0, 40)]).rows == [[0, 0, 1], [0, 0, 2]]
    # the upper left corner alone
    assert grid([across[0], DrawnLine(20, 0, 50), across[2]], [*frame, upper]).rows == [[0, 1], [1, 1]]
    # the lower right corner alone
    assert grid([across[0], DrawnLine(20, 50, 100), across[2]], [*frame, lower]).rows == [[0, 0], [0, 1]]


@pytest.mark.parametrize("gone", ["top", "bottom", "left", "right"])
def test_a_side_that_is_half_drawn_still_ends_the_table(gone: str) -> None:
    across, down = drawn((0, 50, 100), (0, 20, 40))
    at = {"top": (0, 0), "bottom": (0, 2), "left": (1, 0), "right": (1, 2)}[gone]
    rules = [list(across), list(down)]
    whole = rules[at[0]][at[1]]
    rules[at[0]][at[1]] = whole._replace(end=(whole.start + whole.end) / 2)
    assert grid(*rules).rows == [[0, 1], [2, 3]]


@pytest.mark.parametrize(
    ("gap", "off", "rows"),
    [(44.9, 0.0, [3]), (45.0, 0.0, [1, 1]), (20.0, 3.0, [3]), (20.0, 3.1, [1, 1]), (3.1, 0.0, [3])],
)
def test_a_row_across_without_sides_parts_no_table(gap: float, off: float, rows: list[int]) -> None:
    """A heading between two rules: of a row's height, and the columns go on below it."""
    upper, lower = drawn((0, 50, 100), (0, 20)), drawn((off, 50, 100), (20 + gap, 40 + gap))
    assert [len(table.rows) for table in ruled_tables(*together(upper, lower))] == rows


def test_the_row_between_is_one_cell_and_the_others_stay() -> None:
    (table,) = ruled_tables(*together(drawn((0, 50, 100), (0, 20)), drawn((0, 50, 100), (40, 60, 80))))
    assert table.ys == [0, 20, 40, 60, 80]
    assert table.rows == [[0, 1], [2, 2], [3, 4], [5, 6]]


def test_tables_of_other_columns_do_not_go_on() -> None:
    upper, lower = drawn((0, 50, 100), (0, 20)), drawn((0, 30, 60, 100), (40, 60))
    assert [len(table.rows) for table in ruled_tables(*together(upper, lower))] == [1, 1]


@pytest.mark.parametrize(("out", "count"), [(2.9, 1), (3.0, 2)])
@pytest.mark.parametrize("side", ["start", "end"])
@pytest.mark.parametrize("swapped", [False, True])
def test_a_table_in_a_cell_of_another_is_no_table_of_its_own(out: float, count: int, side: str, swapped: bool) -> None:
    """It may reach a little over the side of the other, where that is not drawn."""
    ends = (-out, 40.0) if side == "start" else (60.0, 100.0 + out)
    outer = [DrawnLine(at, 0.0, 100.0) for at in (0.0, 40.0, 80.0)], [DrawnLine(50.0, 0.0, 80.0)]
    inner = drawn((ends[0], sum(ends) / 2, ends[1]), (10.0, 20.0, 30.0))
    across, down = together(outer, inner)
    assert len(ruled_tables(down, across) if swapped else ruled_tables(across, down)) == count


# -- what is in the cells, and where the table is ----------------------------------------------------------------------


def at(x: float, y: float, high: float = 10.0) -> Glyph:
    return Glyph("甲", x - 5, x + 5, y, high)


@pytest.mark.parametrize(
    ("x", "y", "cell"),
    [
        (0.0, 110.0, None),
        (0.1, 110.0, 0),
        (99.9, 110.0, 1),
        (100.0, 110.0, None),
        (50.0, 110.0, 1),
        (49.9, 110.0, 0),
        (20.0, 100.0, None),
        (20.0, 100.1, 0),
        (20.0, 120.0, 2),
        (20.0, 119.9, 0),
        # The last rule may go through the words above it, by half their height.
        (20.0, 144.9, 2),
        (20.0, 145.0, None),
        (70.0, 144.9, 3),
    ],
)
def test_a_sign_is_in_the_cell_where_its_middle_is(x: float, y: float, cell: int | None) -> None:
    table = grid(*drawn((0, 50, 100), (100, 120, 140)))
    glyph = at(x, y)
    rest = fill_cells([table], [glyph])
    assert len(table.cells) == 4
    assert [k for k, lines in enumerate(table.cells) if lines] == ([] if cell is None else [cell])
    assert rest == ([glyph] if cell is None else [])


def test_each_table_gets_its_own_signs() -> None:
    found = ruled_tables(*together(drawn((0, 50, 100), (0, 20, 40)), drawn((200, 250, 300), (0, 20, 40))))
    assert fill_cells(found, [at(25, 10), at(275, 30)]) == []
    assert [[len(cell) for cell in table.cells] for table in found] == [[1, 0, 0, 0], [0, 0, 0, 1]]


def test_a_table_comes_before_the_first_line_below_its_top() -> None:
    above, on, below = (Line("甲", 0, 10, y, 10) for y in (80.0, 100.0, 100.1))
    first, second = (grid(*drawn((0, 50, 100), (y, y + 20, y + 40))) for y in (100.0, 300.0))
    assert ordered([above, on, below], [second, first]) == [above, on, first, below, second]


def test_tables_side_by_side_come_in_the_order_of_their_tops() -> None:
    left, right = grid(*drawn((0, 50, 100), (100, 160))), grid(*drawn((200, 250, 300), (110, 130, 150)))
    assert ordered([Line("甲", 0, 10, 200.0, 10)], [right, left])[:2] == [left, right]
