"""Pages to one text with its places: what is a margin, a table, a doubt, and on which page it is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aiwei_cli.notice.model import Notice
from aiwei_cli.notice.source import Source
from aiwei_cli.parsing import parse
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.document import Content, Document
from aiwei_cli.reading.pages.layout import page_content
from aiwei_cli.reading.pages.model import Grid, Line, Page

_XS = (0.0, 60.0, 200.0, 300.0)
_HEAD = ("序号", "工作任务", "牵头单位")


def line(words: str, middle: float = 400.0, sure: float = 1.0) -> Line:
    return Line(words, 0.0, 10.0 * len(words), middle, 10.0, sure)


def grid(*rows: Sequence[str], xs: Sequence[float] = _XS, top: float = 300.0) -> Grid:
    width = len(xs) - 1
    cells = [
        [Line(one, x + 5, x + 5 + 10 * len(one), top + 20.0 * k + 10, 10.0)] if one else []
        for k, row in enumerate(rows)
        for x, one in zip(xs, row, strict=False)
    ]
    ys = [top + 20.0 * k for k in range(len(rows) + 1)]
    return Grid([*xs], ys, [[width * k + i for i in range(width)] for k in range(len(rows))], cells)


def read(*pages: Page | Sequence[Line | Grid]) -> Content:
    made = [one if isinstance(one, Page) else Page(list(one), 800.0) for one in pages]
    return page_content(made, None, Budget(source=100_000))


def notice(found: Content) -> Notice:
    parts = {"places": found.places, "margins": found.margins, "hints": found.hints, "doubts": found.doubts}
    document = Document(found.text, Source(), **parts)
    return document.located(parse(document.text, hints=document.hints))


def places(found: Content) -> list[tuple[str, str]]:
    """Each place with the first sign of what is there."""
    return [(str(place), found.text[place.offset]) for place in found.places]


def test_each_page_begins_where_its_first_words_are() -> None:
    found = read([line("甲一"), line("甲二")], [line("乙一")], [], [line("丁一")])
    assert found.text == "甲一\n甲二\n乙一\n丁一\n"
    assert places(found) == [("第1页", "甲"), ("第2页", "乙"), ("第4页", "丁")]


def test_rows_of_tables_are_places_too() -> None:
    table = grid(_HEAD, ("1", "清淤", "水利局"), ("2", "补栽", "林业局"))
    found = read([line("前", 200), table, line("后", 500)], [line("末")])
    assert found.text == "前\n1.清淤\n牵头单位：水利局\n2.补栽\n牵头单位：林业局\n后\n末\n"
    assert places(found) == [
        ("第1页", "前"),
        *(("第1页第1个表格第2行", sign) for sign in "1牵"),
        *(("第1页第1个表格第3行", sign) for sign in "2牵"),
        ("第1页", "后"),
        ("第2页", "末"),
    ]


def test_a_page_that_begins_with_a_table_has_a_place_of_its_own() -> None:
    """So that what is said of the page is said there."""
    found = read([grid(_HEAD, ("1", "清淤", "水利局"))], [line("末")])
    assert places(found)[:2] == [("第1页", "1"), ("第1页第1个表格第2行", "1")]


def test_a_table_over_two_pages_is_one_and_lies_on_both() -> None:
    first, second = grid(_HEAD, ("1", "清淤", "水利局")), grid(_HEAD, ("2", "补栽", "林业局"))
    found = read([first], [second])
    assert [place for place, _ in places(found)] == [
        "第1页",
        *["第1页第1个表格第2行"] * 2,
        "第2页",
        *["第2页第1个表格第2行"] * 2,
    ]


def is_one(*pages: Sequence[Line | Grid]) -> bool:
    """Whether the row that the first page cuts goes on."""
    found = read(*pages).text
    assert ("1.整治乱堆乱放和各类违规搭建。" in found) is not ("整治乱堆乱放和各类违规搭\n" in found)
    return "1.整治乱堆乱放和各类违规搭建。" in found


_CUT = grid(_HEAD, ("1", "整治乱堆乱放和各类违规搭", "城管局"))
_REST = grid(("", "建。", ""))


def test_only_the_first_table_of_the_next_page_goes_on() -> None:
    other = grid(("物资", "数量", "单价"), xs=(0.0, 90.0, 200.0, 300.0), top=100.0)
    assert is_one([_CUT], [_REST])
    assert is_one([other, line("如下"), _CUT], [_REST])
    assert not is_one([_CUT], [other, _REST])
    assert not is_one([_CUT, _REST])
    assert is_one([_CUT], [_REST, other])
    assert "第2页第2个表格第1行" in [place for place, _ in places(read([_CUT], [other, line("如下"), other]))]


def test_words_between_two_tables_part_them_but_page_numbers_do_not() -> None:
    assert is_one([_CUT, line("1", 790)], [line("2", 10), _REST, line("2", 790)])
    assert not is_one([_CUT, line("以上", 500)], [_REST])
    assert not is_one([_CUT], [line("以上", 500), _REST])
    assert not is_one([_CUT], [line("说明")], [_REST])


@pytest.mark.parametrize(("between", "explained"), [(2, True), (3, False)])
@pytest.mark.parametrize("after", [False, True])
def test_what_the_signs_of_a_table_mean_is_near_it(between: int, explained: bool, after: bool) -> None:
    """In one of three lines before or after it."""
    table = grid(("工作任务", "县水利局", "县财政局"), ("修路", "★", "△"), ("修桥", "△", "★"))
    legend = "★为牵头单位，△为配合单位。"
    lines = [line(legend), *(line("说明如下。") for _ in range(between))]
    found = read([table, *reversed(lines)] if after else [*lines, table])
    assert ("牵头单位：县水利局" in found.text) is explained


# -- margins and pictures ----------------------------------------------------------------------------------------------


def test_margins_and_pictures_are_told_with_their_page() -> None:
    found = read(
        [line("某镇文件", 20), line("正文甲"), line("— 1 —", 780)],
        Page([line("某镇文件", 20)], 800.0, picture=True),
        [line("某镇文件", 20), line("正文乙"), line("— 3 —", 780)],
    )
    assert found.text == "正文甲\n正文乙\n"
    assert found.margins == (
        (1, "某镇文件"),
        (1, "— 1 —"),
        (2, "（整页是图片，没有文字）"),
        (2, "某镇文件"),
        (3, "某镇文件"),
        (3, "— 3 —"),
    )
    (picture,) = [one for one in notice(found).diagnostics if one.code == "P001"]
    assert (picture.span, picture.line) == ((4, 4), 2)


def test_what_is_neither_picture_nor_doubt_leaves_the_notice_as_it_is() -> None:
    parsed = parse("正文甲\n")
    assert Document("正文甲\n", Source()).located(parsed) is parsed
    found = notice(Content("正文甲\n", margins=((1, "— 1 —"),)))
    assert (found.margins, found.diagnostics) == (((1, "— 1 —"),), parsed.diagnostics)


def test_a_picture_between_pages_is_told_before_the_next_one() -> None:
    pictures = [Page([], 800.0, picture=True), [line("甲")], Page([], 800.0, picture=True), [line("乙")]]
    assert [one.span[0] for one in notice(read(*pictures)).diagnostics if one.code == "P001"] == [0, 2]
    assert [one.line for one in notice(read(*pictures)).diagnostics if one.code == "P001"] == [1, 2]


def test_a_picture_at_the_end_is_told_there() -> None:
    found = read([line("正文甲")], Page([], 800.0, picture=True))
    (picture,) = [one for one in notice(found).diagnostics if one.code == "P001"]
    assert picture.span == (4, 4)


# -- doubts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sure", "told"), [(0.85, False), (0.84, True)])
def test_a_line_that_is_recognised_unsurely_is_told(sure: float, told: bool) -> None:
    found = read([line("题目", 20), line("甲"), line("乙" * 3, sure=sure)])
    expected = [("P003", "第1页第3行的文字识别得没有把握：“乙乙乙”", 5)] if told else []
    assert [tuple(doubt) for doubt in found.doubts] == expected


@pytest.mark.parametrize(("count", "shown"), [(30, "乙" * 30), (31, "乙" * 30 + "…")])
def test_a_long_line_is_quoted_by_its_beginning(count: int, shown: str) -> None:
    (doubt,) = read([line("乙" * count, sure=0.5)]).doubts
    assert doubt.message.endswith(f"：“{shown}”")


def test_a_cell_that_is_recognised_unsurely_is_told_once() -> None:
    table = grid(_HEAD, ("1", "清淤", "水利局"), ("2", "补栽", "林业局"))
    table.cells[4][0].sure = 0.84
    table.cells[7][0].sure = 0.85
    found = read([table])
    assert [tuple(doubt) for doubt in found.doubts] == [("P003", "第1页第1个表格第2行的文字识别得没有把握：“清淤”", 0)]


def test_what_a_reader_doubts_is_told_with_the_page() -> None:
    found = read([line("甲")], Page([line("乙")], 800.0, doubt="画的线太多，没有找表格"), Page([], 800.0, doubt="无字"))
    assert [tuple(doubt) for doubt in found.doubts] == [
        ("P002", "第2页画的线太多，没有找表格", 2),
        ("P002", "第3页无字", 3),
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        # cells of several lines: some lines have fewer words than the header has titles, and some several
        (("序号\t工作任务\t牵头单位", "清淤", "1\t河道\t水利局"), True),
        (("序号\t工作任务\t牵头单位", "1\t清淤\t水利局"), False),
        (("序号\t工作任务\t牵头单位", "清淤", "河道"), False),
        (("序号工作任务\t牵头单位", "清淤", "1河道\t水利局"), True),
        (("序号\t牵头单位", "清淤", "1\t水利局"), True),
        (("名称\t牵头单位", "清淤", "1\t水利局"), False),
        (("工作任务\t数量", "清淤", "1\t水利局"), False),
        (("牵头单位", "清淤", "1\t水利局"), False),
        # twelve signs are no title
        (("序号\t工作任务\t牵头单位\t" + "名" * 11, "清淤", "1\t河道\t水利局"), True),
        (("序号\t工作任务\t牵头单位\t" + "名" * 12, "清淤", "1\t河道\t水利局"), False),
        # six lines below the header are looked at
        (("序号\t工作任务\t牵头单位", *["1\t清淤\t水利局"] * 5, "清淤"), True),
        (("序号\t工作任务\t牵头单位", *["1\t清淤\t水利局"] * 6, "清淤"), False),
        (("序号\t工作任务\t牵头单位", *["清淤"] * 5, "1\t清淤"), True),
        (("序号\t工作任务\t牵头单位", *["清淤"] * 6, "1\t清淤"), False),
        (("题目", "序号\t工作任务\t牵头单位", "清淤", "1\t河道"), True),
    ],
)
def test_what_looks_like_a_table_without_rules_is_told(rows: Sequence[str], told: bool) -> None:
    found = read([line(words) for words in rows])
    assert [doubt.message for doubt in found.doubts] == (
        ["第1页像是没有框线的任务表，栏和行可能对错了"] if told else []
    )
