"""What a query finds: any of the values of one filter, all of the filters, and offices by any of their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from shell import duty, sample, select, two_plans

from aiwei_cli.compiled import load
from aiwei_cli.errors import UsageError
from aiwei_cli.notice.model import Notice
from aiwei_cli.query import Filters, places
from aiwei_cli.query.absent import Witness, nearest
from aiwei_cli.query.asked import number_path, read_date, read_role
from aiwei_cli.query.by_id import with_id
from aiwei_cli.query.matrix import CELL_COLUMNS
from aiwei_cli.query.pairs import PAIR_COLUMNS
from aiwei_cli.query.table import DUTY_COLUMNS, ITEM_COLUMNS, ROLE_LABELS, Column, hits_table
from aiwei_cli.query.tally import offices_table, sections_table


def ids(filters: Filters, notice: Notice | None = None) -> list[str]:
    return [hit.place.node.id for hit in select(notice or sample(), filters)]


ALL = ["一/（一）/1", "一/（一）/2", "一/（二）", "一/（二）/3", "一/（三）", "二/（一）"]


def test_without_filters_every_item_is_found_in_the_order_of_the_text() -> None:
    assert ids(Filters()) == ALL


def test_several_values_of_a_filter_mean_any_of_them() -> None:
    assert ids(Filters(offices=("城市管理办", "妇联"))) == ["一/（一）/1", "一/（二）", "一/（二）/3"]


def test_different_filters_must_all_hold() -> None:
    assert ids(Filters(offices=("社会事务办",), sections=("二",))) == ["二/（一）"]


def test_office_and_role_speak_of_the_same_duty() -> None:
    # 一/（一）/2 has a lead and 各嘎查村（社区）, but that one does not lead.
    assert ids(Filters(offices=("各嘎查村（社区）",), roles=("lead",))) == []
    assert ids(Filters(offices=("各嘎查村（社区）",), roles=("support",))) == ["一/（一）/2"]


@pytest.mark.parametrize("name", ["市场监管所", "市场监督管理所"])
def test_an_office_is_found_by_any_of_its_names(name: str) -> None:
    notice = sample()
    item = replace(notice.body[1], duties=(duty("lead", "市场监督管理所", written="市场监管所"),), children=())
    hits = select(replace(notice, body=(item,)), Filters(offices=(name,)), load().offices)
    assert [hit.place.node.id for hit in hits] == ["二"]


def test_an_office_is_found_as_the_notice_writes_it() -> None:
    assert ids(Filters(offices=("各嘎查村社区",))) == ["一/（一）/2"]


def test_own_leaves_out_what_comes_from_a_heading() -> None:
    assert ids(Filters(offices=("妇联",), own=True)) == ["一/（二）"]
    assert "一/（二）/3" not in ids(Filters(own=True))


def test_own_rows_show_no_offices_from_a_heading() -> None:
    (row,) = hits_table(select(sample(), Filters(no_owner=True, own=True, keywords=("普及",))), "item").rows
    assert row["lead"] == ""


def test_no_owner_finds_items_for_which_nobody_answers() -> None:
    assert ids(Filters(no_owner=True)) == ["一/（三）"]
    assert ids(Filters(no_owner=True, own=True)) == ["一/（二）/3", "一/（三）"]


@pytest.mark.parametrize(
    "filters", [Filters(no_owner=True, offices=("妇联",)), Filters(no_owner=True, roles=("lead",))]
)
def test_filters_that_contradict_each_other_are_refused(filters: Filters) -> None:
    with pytest.raises(UsageError, match="--no-owner"):
        ids(filters)


def test_due_before_a_day_does_not_include_that_day() -> None:
    assert ids(Filters(due_before="2023-06-30")) == ["一/（二）/3"]
    assert ids(Filters(due_before="2023-07-01")) == ["一/（一）/1", "一/（二）/3"]
    assert ids(Filters(due_before="2023-07-01", own=True)) == ["一/（一）/1"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("二", ["二/（一）"]),
        ("二、", ["二/（一）"]),
        ("一/（一）", ["一/（一）/1", "一/（一）/2"]),
        ("一、/(一)", ["一/（一）/1", "一/（一）/2"]),
        ("(一)", ["一/（一）/1", "一/（一）/2", "二/（一）"]),
        ("3", ["一/（二）/3"]),
        ("３．", ["一/（二）/3"]),
        ("健康环境", ["一/（一）/1", "一/（一）/2"]),
        ("二、组织活动", ["二/（一）"]),
        ("一/（二） 倡导文明", ["一/（二）", "一/（二）/3"]),
        ("第三章", []),
        ("没有的", []),
    ],
)
def test_a_section_is_asked_for_by_number_or_words_and_holds_what_stands_below(asked: str, found: list[str]) -> None:
    assert ids(Filters(sections=(asked,))) == found


def test_a_number_is_not_taken_for_words() -> None:
    assert number_path("二/(三)/4.") == ("二", "（三）", "4")
    assert number_path("第十二条") == ("第十二条",)
    assert number_path("二是抓落实") is None


def test_all_words_of_a_keyword_must_occur_and_headings_count() -> None:
    assert ids(Filters(keywords=("厕所 监督",))) == ["一/（一）/1"]
    assert ids(Filters(keywords=("厕所 活动",))) == []
    assert ids(Filters(keywords=("重点工作 科普",))) == ["一/（一）/2"]
    assert ids(Filters(keywords=("厕所", "卫生月"))) == ["一/（一）/1", "二/（一）"]


def test_an_office_in_the_clause_is_no_keyword() -> None:
    assert ids(Filters(keywords=("综合执法局",))) == []


def test_by_words_a_piece_of_a_word_is_not_found() -> None:
    notice = sample()
    item = replace(notice.body[1], text="全面加强旅游厕所和户厕管理", children=())
    lone = replace(notice, body=(item,))
    assert ids(Filters(keywords=("面加",)), lone) == ["二"]
    assert ids(Filters(keywords=("面加",), words=True), lone) == []
    for word in ("厕所", "旅游厕所", "旅游 管理", "厕所管理"):
        assert ids(Filters(keywords=(word,), words=True), lone) == ["二"], word


def test_duties_under_no_number_are_found_at_the_notice_itself() -> None:
    notice = replace(sample(), body=(), duties=(duty("lead", "财政局"),))
    assert ids(Filters(offices=("财政局",)), notice) == ["-"]
    assert ids(Filters(), replace(notice, duties=())) == []


def test_items_of_several_plans_belong_to_their_own() -> None:
    assert ids(Filters(sections=("乙实施方案",)), two_plans()) == ["一#2"]
    rows = list(hits_table(select(two_plans(), Filters()), "item").rows)
    assert [row["section"] for row in rows] == ["甲实施方案", "乙实施方案"]


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("牵头", "lead"),
        ("LEAD", "lead"),
        ("主办", "lead"),
        ("责任单位", "responsible"),
        ("承办", "responsible"),
        ("协办", "support"),
    ],
)
def test_roles_go_by_many_names(word: str, role: str) -> None:
    assert read_role(word) == role


def test_a_word_that_is_no_role_is_refused_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="牵头（lead）"):
        read_role("领导")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-07-01", "2023-07-01"),
        ("2023/7/1", "2023-07-01"),
        ("2023年7月1日", "2023-07-01"),
        ("2023-07", "2023-07-01"),
        ("2023年", "2023-01-01"),
    ],
)
def test_days_are_read_as_people_write_them(written: str, day: str) -> None:
    assert read_date(written) == day


@pytest.mark.parametrize("written", ["2023-02-30", "七月", "", "20230701"])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="2023-07-01"):
        read_date(written)


def test_names_that_do_not_exist_are_told_with_the_nearest_that_do() -> None:
    filters = Filters(offices=("执法局", "妇联"), sections=("健康环镜",))
    witness = Witness(filters, load().offices)
    list(witness.watch([sample()]))
    told = list(witness.unknown())
    assert len(told) == 2
    assert "“执法局”" in told[0] and "综合执法局" in told[0]
    assert "打造健康环境" in told[1]


def test_the_nearest_names_contain_what_was_asked_for_before_they_look_like_it() -> None:
    assert nearest("城管", ["城市管理办", "城管大队", "财政局"]) == ["城管大队", "城市管理办"]


def found(asked: str) -> list[str]:
    return [place.node.id for place in with_id(asked, places(sample()))]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("一/（一）/2", ["一/（一）/2"]),
        ("一/(一)/2", ["一/（一）/2"]),
        ("2", ["一/（一）/2"]),
        ("2.", ["一/（一）/2"]),
        ("（二）/3", ["一/（二）/3"]),
        ("一", ["一"]),
        ("（一）", ["一/（一）", "二/（一）"]),
        ("9", []),
    ],
)
def test_a_place_is_found_by_its_id_or_the_end_of_it(asked: str, expected: list[str]) -> None:
    assert found(asked) == expected


def rows(filters: Filters, per: str) -> list[dict[str, object]]:
    return [dict(row) for row in hits_table(select(sample(), filters), "duty" if per == "duty" else "item").rows]


def test_a_row_of_an_item_joins_the_offices_of_a_role_and_says_where_it_stands() -> None:
    (row,) = rows(Filters(offices=("城市管理办",)), "item")
    assert row["section"] == "重点工作 / 打造健康环境"
    assert row["responsible"] == "城市管理办、综合执法局"
    assert (row["lead"], row["support"]) == ("", "")
    assert row["citations"] == "《国务院意见》（国发〔2020〕15号）、《通用规范》"
    assert (row["notice"], row["path"], row["line"], row["level"]) == ("关于印发《工作要点》的通知", "样例.txt", 5, 3)


def test_an_item_is_due_when_its_first_time_is() -> None:
    (row,) = rows(Filters(offices=("城市管理办",)), "item")
    assert (row["deadline"], row["due"]) == ("12月底前、6月底前", "2023-06-30")


def test_rows_of_duties_are_only_those_that_were_asked_for() -> None:
    found = rows(Filters(offices=("各嘎查村（社区）",)), "duty")
    assert [(row["role"], row["office"], row["written"], row["inherited"]) for row in found] == [
        ("support", "各嘎查村（社区）", "各嘎查村社区", False)
    ]


def test_a_plan_is_named_above_its_first_section() -> None:
    assert [row["section"] for row in sections_table([two_plans()]).rows] == [
        "甲实施方案\n一、甲方案的工作",
        "乙实施方案\n一、乙方案的工作",
    ]


def counted(rows: Iterable[object]) -> list[dict[str, object]]:
    return [dict(row) for row in rows]  # type: ignore[call-overload]


def test_offices_are_counted_by_role_the_busiest_first() -> None:
    table = counted(offices_table(select(sample(), Filters()), load().offices).rows)
    assert [(row["office"], row["lead"], row["responsible"], row["support"], row["total"]) for row in table][:2] == [
        ("社会事务办", 2, 0, 0, 2),
        ("妇联", 2, 0, 0, 2),
    ]
    assert {row["office"]: row["written"] for row in table}["各嘎查村（社区）"] == "各嘎查村社区"


def test_sections_count_what_stands_below_them() -> None:
    table = counted(sections_table([sample()]).rows)
    assert [(row["id"], row["items"], row["duties"]) for row in table] == [
        ("一", 5, 6),
        ("一/（一）", 2, 4),
        ("一/（二）", 2, 2),
        ("二", 1, 1),
    ]


def test_roles_are_called_by_their_verbs() -> None:
    labels = {column.key: column.label for column in CELL_COLUMNS}
    assert ROLE_LABELS == {"lead": "牵头", "responsible": "负责", "support": "配合"}
    assert ROLE_LABELS.items() <= labels.items()


@pytest.mark.parametrize(
    ("columns", "shown", "left_out"),
    [
        (
            ITEM_COLUMNS,
            "notice id item lead responsible support deadline persons stated doubts task status",
            "lead responsible support deadline persons stated doubts place task status",
        ),
        (
            DUTY_COLUMNS,
            "notice id item role office deadline stated doubts task status",
            "deadline stated doubts place task status",
        ),
        (
            PAIR_COLUMNS,
            "notice id item source source_role target target_role weight office_place stated doubts task status",
            "stated doubts place task status",
        ),
    ],
)
def test_what_a_person_sees_and_what_is_left_out_where_it_is_empty(
    columns: tuple[Column, ...], shown: str, left_out: str
) -> None:
    assert [column.key for column in columns if column.person] == shown.split()
    assert [column.key for column in columns if column.optional] == left_out.split()
