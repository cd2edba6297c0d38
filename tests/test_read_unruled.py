"""Tables of tasks without rules between their columns: what is a header, a row, and the end of the table."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aiwei_cli.compiled import load
from aiwei_cli.reading.pages.model import Grid, Line, Page
from aiwei_cli.reading.pages.unruled import with_tables

_AT = (0.0, 40.0, 240.0)
_HEAD = ("序号", "工作任务", "牵头单位")
Row = tuple[float, Sequence[str]]


def line(middle: float, words: Sequence[str], columns: Sequence[float] = _AT, size: float = 10.0) -> Line:
    """A line with its words in these columns, each sign as wide as high."""
    parts = [Line(one, x, x + size * len(one), middle, size) for x, one in zip(columns, words, strict=False) if one]
    whole = "\t".join(part.words for part in parts)
    return Line(whole, parts[0].left, parts[-1].right, middle, size, 1.0, parts if len(parts) > 1 else [])


def tables(*pages: Sequence[Line], level: Sequence[float] = ()) -> list[list[Line | Grid]]:
    made = [Page(list(lines), 800.0, level=list(level)) for lines in pages]
    return [page.blocks for page in with_tables(made, [set() for _ in made], load())]


def words(grid: Line | Grid) -> list[list[str]]:
    assert isinstance(grid, Grid), grid
    return [["".join(one.words for one in grid.cells[number]) for number in row] for row in grid.rows]


def rows(*lines: Line, level: Sequence[float] = ()) -> list[list[str]] | None:
    """The rows of the one table of a page below its header; None where the lines stay lines."""
    (blocks,) = tables(lines, level=level)
    found = [block for block in blocks if isinstance(block, Grid)]
    return words(found[0])[1:] if found else None


def below(*rows_: Row, head: Sequence[str] = _HEAD) -> list[Line]:
    return [line(100.0, head), *(line(100.0 + y, one) for y, one in rows_)]


# -- the header --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "is_header"),
    [
        (_HEAD, True),
        (("名称", "内容要点名", "牵头单位"), False),
        (("序号", "内容要点名", "牵头单位"), True),
        (("项目", "工作任务", "牵头单位"), True),
        (("序号", "工作任务", "备注"), False),
        (("序号", "工作任务", "完成时限"), True),
        (("工作任务", "牵头单位"), True),
        (("工作任务", "完成时限"), False),
        # no title has more than thirteen signs
        (("序号", "甲" * 13, "牵头单位"), True),
        (("序号", "甲" * 14, "牵头单位"), False),
    ],
)
def test_which_words_are_a_header(head: Sequence[str], is_header: bool) -> None:
    body = ("1", "清淤。", "水利局")[: len(head)] if head[0] != "工作任务" else ("清淤。", "水利局")
    found = rows(*below((30, body), (60, ("2", *body[1:]) if body[0] == "1" else body), head=head))
    assert (found is not None) is is_header


@pytest.mark.parametrize(("step", "is_one"), [(9.9, True), (10.0, False)])
def test_titles_of_one_and_two_lines_are_in_the_middle_of_one_another(step: float, is_one: bool) -> None:
    """牵头 above 单位, beside 序号 in their middle: lines nearer than their signs are high."""
    head = [
        line(100.0 - step, ("", "", "牵头")),
        line(100.0, ("序号", "工作任务", "")),
        line(100.0 + step, ("", "", "单位")),
    ]
    body = [line(140.0, ("1", "清淤。", "水利局")), line(170.0, ("2", "补栽。", "林业局"))]
    (blocks,) = tables([*head, *body])
    if is_one:
        assert words(blocks[0])[0] == ["序号", "工作任务", "牵头单位"]
    else:
        assert not any(isinstance(block, Grid) for block in blocks)


@pytest.mark.parametrize(("second", "joined"), [(20.0, True), (26.0, True), (26.1, False)])
def test_a_second_line_of_titles_is_nearer_than_the_first_row(second: float, joined: bool) -> None:
    """By 1.15 times: the row is 30 below it."""
    head = [line(100.0, ("序号", "工作任务", "牵头")), line(100.0 + second, ("", "", "单位"))]
    y = 100.0 + second
    found = tables([*head, line(y + 30, ("1", "清淤。", "水利局")), line(y + 60, ("2", "补栽。", "林业局"))])[0]
    assert (words(found[0])[0] == ["序号", "工作任务", "牵头单位"]) is joined


def test_words_above_one_another_are_one_title_in_their_order() -> None:
    head = [line(91.0, ("", "", "牵头")), line(100.0, ("序号", "工作任务", "单位"))]
    (blocks,) = tables([*head, line(130.0, ("1", "清淤。", "水利局")), line(160.0, ("2", "补栽。", "林业局"))])
    assert words(blocks[0])[0][2] == "牵头单位"


def test_lines_above_a_header_stay() -> None:
    title = line(60.0, ("任务分解表",))
    (blocks,) = tables([title, *below((30, ("1", "清淤。", "水利局")), (60, ("2", "补栽。", "林业局")))])
    assert blocks[0] is title and isinstance(blocks[1], Grid) and len(blocks) == 2


# -- the columns -------------------------------------------------------------------------------------------------------


def test_words_that_reach_over_two_columns_end_the_table() -> None:
    wide = line(160.0, ("2", "补" * 21, ""))
    (blocks,) = tables([*below((30, ("1", "清淤。", "水利局"))), wide])
    assert isinstance(blocks[0], Grid) and blocks[1] is wide
    wide = line(160.0, ("2", "补" * 20, ""))
    assert rows(*below((30, ("1", "清淤。", "水利局"))), wide) == [["1", "清淤。", "水利局"], ["2", "补" * 20, ""]]


@pytest.mark.parametrize(
    ("left", "column"),
    # 工作任务 ends at 80, 牵头单位 begins at 240: words of 20 between them are of the one that is clearly nearer
    [(81.0, 1), (132.0, 1), (132.5, None), (150.0, None), (167.5, None), (168.0, 2), (215.0, 2)],
)
def test_words_between_two_columns_are_of_the_nearer_one(left: float, column: int | None) -> None:
    own = line(130.0, ("1", "甲乙"), (0.0, left))
    (blocks,) = tables([line(100.0, _HEAD), own, line(160.0, ("2", "清淤", "水利局"))])
    if column is None:
        assert not isinstance(blocks[0], Grid)
    else:
        expected = ["1", "", ""]
        expected[column] = "甲乙"
        assert words(blocks[0])[1] == expected


def test_a_column_is_as_wide_as_the_words_that_were_seen_in_it() -> None:
    """What is below a long cell is in its column, though the title is far away."""
    first, second = ("1", "清" * 18, "水利局"), line(160.0, ("2", "甲乙"), (0.0, 195.0))
    assert rows(*below((30, first)), second) == [[*first], ["2", "甲乙", ""]]
    assert rows(*below((30, ("1", "清淤", "水利局"))), second) == [["1", "清淤", "水利局"], ["2", "", "甲乙"]]


def test_the_sides_are_in_the_middle_between_the_words_of_two_columns() -> None:
    (blocks,) = tables(below((30, ("1", "清" * 10, "水利局")), (60, ("2", "补栽", "县林业局"))))
    assert isinstance(blocks[0], Grid)
    assert blocks[0].xs == [-1.0, 30.0, 190.0, 281.0]
    assert blocks[0].spans == [(0.0, 20.0), (40.0, 140.0), (240.0, 280.0)]
    assert blocks[0].ys == [95.0, 125.0, 155.0, 170.0]


# -- the rows ----------------------------------------------------------------------------------------------------------


def test_each_numbered_line_is_a_row() -> None:
    found = rows(*below((30, ("1", "清淤", "水利局")), (60, ("2", "补栽", "林业局"))))
    assert found == [["1", "清淤", "水利局"], ["2", "补栽", "林业局"]]


@pytest.mark.parametrize("number", ["1.", "1、", "1．"])
def test_numbers_may_have_a_mark(number: str) -> None:
    assert rows(*below((30, (number, "清淤", "水利局")))) == [[number, "清淤", "水利局"]]


@pytest.mark.parametrize("second", ["3", "1", "甲", "2.5"])
def test_numbers_that_do_not_go_on_are_none(second: str) -> None:
    assert rows(*below((30, ("1", "清淤", "水利局")), (60, (second, "补栽", "林业局")))) is None


def test_a_row_has_more_than_its_number() -> None:
    assert rows(*below((30, ("1", "清淤", "水利局")), (60, ("2", "补栽", "")))) is not None
    assert rows(*below((30, ("1", "清淤", "水利局")), (50, ("", "及", "")), (70, ("2", "", "")))) is None


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (20.0, 40.0, ["清淤中", "补栽"]),
        (23.0, 20.0, ["清淤中", "补栽"]),
        (23.1, 20.0, ["清淤", "中补栽"]),
        (35.0, 20.0, ["清淤", "中补栽"]),
    ],
)
def test_the_largest_gap_between_two_numbers_ends_a_row(first: float, second: float, found: list[str]) -> None:
    """Where it is 1.15 times the next one; else a row begins with its number."""
    two = (30 + first + second, ("2", "补栽", "林业局"))
    assert [
        row[1] for row in rows(*below((30, ("1", "清淤", "水利局")), (30 + first, ("", "中", "")), two)) or []
    ] == found


def test_numbers_in_the_middle_of_rows_that_no_gap_parts_tell_nothing() -> None:
    lines = (
        (30, ("", "清淤", "")),
        (50, ("1", "河道", "水利局")),
        (70, ("", "补栽", "")),
        (90, ("2", "树木", "林业局")),
    )
    assert rows(*below(*lines)) is None
    clear = (
        (30, ("", "清淤", "")),
        (50, ("1", "河道", "水利局")),
        (90, ("", "补栽", "")),
        (110, ("2", "树木", "林业局")),
    )
    assert rows(*below(*clear)) == [["1", "清淤河道", "水利局"], ["2", "补栽树木", "林业局"]]


@pytest.mark.parametrize(("more", "is_header"), [(27, True), (28, False)])
def test_no_table_has_more_than_thirty_columns(more: int, is_header: bool) -> None:
    columns = [60.0 * k for k in range(31)]
    lines = [
        line(100.0 + 30 * k, (*one, *["名称"] * more), columns)
        for k, one in enumerate((_HEAD, ("1", "清淤", "水利局"), ("2", "补栽", "林业局")))
    ]
    assert (rows(*lines) is not None) is is_header


def test_without_any_number_there_are_no_rows_of_a_numbered_table() -> None:
    assert rows(*below((30, ("", "清淤", "水利局")), (60, ("", "补栽", "林业局")))) is None


_PLAIN = ("项目", "工作任务", "牵头单位")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        # one size of gaps: a row a line, if each line is whole
        ([(30, ("甲", "清淤", "水利局")), (60, ("乙", "补栽", "林业局"))], ["清淤", "补栽"]),
        ([(30, ("甲", "清淤", "水利局"))], ["清淤"]),
        ([(30, ("甲", "清淤", "水利局")), (60, ("", "补栽", "林业局"))], None),
        ([(30, ("甲", "清淤", "水利局")), (60, ("乙", "", ""))], None),
        # two sizes: the smaller one is in a cell
        (
            [(30, ("甲", "清淤", "水利局")), (50, ("", "河道", "")), (80, ("乙", "补栽", "林业局"))],
            ["清淤河道", "补栽"],
        ),
        (
            [(30, ("甲", "清淤", "水利局")), (50, ("", "河道", "")), (73, ("乙", "补栽", "林业局"))],
            ["清淤河道", "补栽"],
        ),
        ([(30, ("甲", "清淤", "水利局")), (50, ("", "河道", "")), (72.9, ("乙", "补栽", "林业局"))], None),
        # three sizes: the step between two of them is the largest where rows end
        (
            [
                (30, ("甲", "清淤", "水利局")),
                (50, ("", "河道", "")),
                (72, ("", "边坡", "")),
                (112, ("乙", "补栽", "林业局")),
            ],
            ["清淤河道边坡", "补栽"],
        ),
        (
            [
                (30, ("甲", "清淤", "水利局")),
                (46, ("", "河道", "")),
                (78, ("乙", "边坡", "住建局")),
                (113, ("丙", "补栽", "林业局")),
            ],
            ["清淤河道", "边坡", "补栽"],
        ),
        # each row has words in its first column
        ([(30, ("甲", "清淤", "水利局")), (50, ("", "河道", "")), (80, ("", "补栽", "林业局"))], None),
    ],
)
def test_rows_without_numbers_are_told_by_gaps(lines: Sequence[Row], found: list[str] | None) -> None:
    made = rows(*below(*lines, head=_PLAIN))
    assert (None if made is None else [row[1] for row in made]) == found


def test_rules_across_part_rows_whatever_the_gaps() -> None:
    lines = below(
        (30, ("", "清淤", "")), (50, ("1", "河道", "水利局")), (70, ("", "补栽", "")), (90, ("2", "树木", "林业局"))
    )
    assert rows(*lines, level=(160.0,)) == [["1", "清淤河道", "水利局"], ["2", "补栽树木", "林业局"]]
    # where rows are numbered, each has its number
    assert rows(*below((30, ("", "清淤", "水利局")), (60, ("1", "补栽", "林业局"))), level=(145.0,)) is None
    # those around the table and its header part nothing
    assert rows(*lines, level=(90.0, 115.0, 130.0, 190.0, 210.0)) is None
    # a rule that goes through the middle of a line is above the next one
    assert rows(*lines, level=(150.0,)) == [["1", "清淤河道", "水利局"], ["2", "补栽树木", "林业局"]]


# -- the end -----------------------------------------------------------------------------------------------------------

_TWO = ((30.0, ("1", "清淤", "水利局")), (60.0, ("2", "补栽", "林业局")))


@pytest.mark.parametrize(("gap", "is_row"), [(40.0, True), (40.1, False)])
def test_what_is_far_below_is_no_row(gap: float, is_row: bool) -> None:
    """Four heights."""
    (blocks,) = tables(below(*_TWO, (60 + gap, ("3", "修路", "交通局"))))
    assert len(words(blocks[0])) == (4 if is_row else 3)
    assert len(blocks) == (1 if is_row else 2)


@pytest.mark.parametrize(
    ("words_", "left", "is_cell"),
    [
        ("及", 0.0, True),
        ("及", 0.9, True),
        ("及", 1.0, False),
        ("及", -0.9, True),
        ("及", -1.0, False),
        # in the middle of the cell above, which reaches from 0 to 40
        ("及", 15.0, True),
        ("及", 15.9, True),
        ("及", 16.0, False),
        ("及", 14.1, True),
        ("及", 14.0, False),
        # right of the first column a cell may begin anywhere
        ("及", 40.0, False),
        ("及", 40.1, True),
        ("及", 73.0, True),
        ("注：", 60.0, False),
        ("3.修路", 0.0, False),
        ("3.修路", 60.0, True),
    ],
)
def test_a_line_of_one_part_is_a_cell_where_its_column_has_some(words_: str, left: float, is_cell: bool) -> None:
    columns = (0.0, 60.0, 240.0)
    body = [line(130.0, ("城乡建设", "清淤", "水利局"), columns), line(145.0, (words_,), (left,))]
    after = line(175.0, ("绿化造林", "补栽", "林业局"), columns)
    (blocks,) = tables([line(100.0, _PLAIN, columns), *body, after])
    assert len(blocks) == (1 if is_cell else 3)


@pytest.mark.parametrize(("count", "is_cell"), [(20, True), (21, False)])
def test_no_more_than_twenty_lines_above_tell_where_cells_stand(count: int, is_cell: bool) -> None:
    lines = [line(130.0, ("城乡", "清淤", "水利局"), (3.0, 40.0, 240.0))]
    lines += [line(130.0 + 30 * k, ("绿化", "补栽", "林业局"), (0.0, 40.0, 240.0)) for k in range(1, count)]
    last = line(lines[-1].middle + 15, ("及",), (3.0,))
    (blocks,) = tables([line(100.0, _PLAIN), *lines, last])
    assert (last not in blocks) is is_cell


# -- over pages --------------------------------------------------------------------------------------------------------


def both(second: Sequence[Line], first: Sequence[Line] | None = None) -> list[Line | Grid]:
    return tables(first or below(*_TWO), second)[1]


def test_a_table_goes_on_on_the_next_page() -> None:
    (grid,) = both([line(100.0, ("3", "修路", "交通局")), line(130.0, ("4", "拆除", "住建局"))])
    assert words(grid) == [["3", "修路", "交通局"], ["4", "拆除", "住建局"]]


def test_the_header_may_be_printed_again_and_the_sides_stay() -> None:
    wide = [line(100.0, _HEAD), line(130.0, ("3", "修" * 17, "交通局"))]
    (grid,) = both(wide)
    (first,) = tables(below(*_TWO))[0]
    assert isinstance(grid, Grid) and isinstance(first, Grid)
    assert grid.xs == first.xs


def test_the_rest_of_a_row_comes_first_on_the_next_page() -> None:
    (grid,) = both(
        [
            line(100.0, ("", "及树苗", "等部门")),
            line(130.0, ("3", "修路", "交通局")),
            line(145.0, ("", "和桥", "")),
            line(175.0, ("4", "拆除", "住建局")),
        ]
    )
    assert words(grid) == [["", "及树苗", "等部门"], ["3", "修路和桥", "交通局"], ["4", "拆除", "住建局"]]
    # where no gap parts it either
    (grid,) = both(
        [
            line(100.0, ("", "及树苗", "等部门")),
            line(120.0, ("3", "修路", "交通局")),
            line(140.0, ("", "和桥", "")),
            line(160.0, ("4", "拆除", "住建局")),
        ]
    )
    assert words(grid) == [["", "及树苗", "等部门"], ["3", "修路和桥", "交通局"], ["4", "拆除", "住建局"]]


def test_the_rows_after_the_rest_of_one_are_numbered() -> None:
    def second(number: str) -> list[Line]:
        rest = [line(100.0, ("", "及树苗", "等部门")), line(130.0, ("3", "修路", "交通局"))]
        return [*rest, line(145.0, ("", "和桥", "")), line(175.0, (number, "拆除", "住建局"))]

    assert isinstance(both(second("4"))[0], Grid)
    assert not any(isinstance(block, Grid) for block in both(second("5")))


def test_a_table_that_ended_on_its_page_does_not_go_on() -> None:
    ended = [*below(*_TWO), line(300.0, ("以上事项请落实。",))]
    blocks = both([line(100.0, ("3", "修路", "交通局")), line(130.0, ("4", "拆除", "住建局"))], ended)
    assert not any(isinstance(block, Grid) for block in blocks)


def test_what_follows_another_line_does_not_go_on() -> None:
    lines = [
        line(60.0, ("以上事项请落实。",)),
        line(100.0, ("3", "修路", "交通局")),
        line(130.0, ("4", "拆除", "住建局")),
    ]
    assert not any(isinstance(block, Grid) for block in both(lines))


def test_a_page_of_margins_alone_does_not_end_a_table() -> None:
    number = line(780.0, ("2",))
    made = [Page(list(lines), 800.0) for lines in (below(*_TWO), [number], [line(100.0, ("3", "修路", "交通局"))])]
    found = with_tables(made, [set(), {id(number)}, set()], load())
    assert [type(block) for page in found for block in page.blocks] == [Grid, Line, Grid]


def test_margins_stay_at_the_top_and_at_the_bottom() -> None:
    top, bottom = line(20.0, ("某镇文件",)), line(780.0, ("1",))
    made = Page([top, *below(*_TWO), bottom], 800.0)
    (found,) = with_tables([made], [{id(top), id(bottom)}], load())
    assert found.blocks[0] is top and found.blocks[2] is bottom and isinstance(found.blocks[1], Grid)


def test_ruled_tables_stay_among_the_others() -> None:
    ruled = Grid([0.0, 50.0, 100.0], [200.0, 220.0], [[0, 1]], [[], []])
    lower = [line(300.0, _HEAD), line(330.0, ("1", "修路", "交通局"))]
    made = Page([*below(*_TWO), ruled, *lower], 800.0)
    (found,) = with_tables([made], [set()], load())
    assert len(found.blocks) == 3 and found.blocks[1] is ruled
    assert words(found.blocks[2])[1:] == [["1", "修路", "交通局"]]
