"""Small notices and what is asked of them: which places are meant, what is counted, what is told where nothing is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shell import aiwei, due, duty, node, sample, select, two_plans

from aiwei_cli import parse
from aiwei_cli.compiled import load
from aiwei_cli.errors import UsageError
from aiwei_cli.notice.model import Notice, Person, Place
from aiwei_cli.notice.source import Source
from aiwei_cli.query import Filters, above, places
from aiwei_cli.query.absent import Witness, nearest
from aiwei_cli.query.asked import read_stated, typed_path
from aiwei_cli.query.by_id import with_id
from aiwei_cli.query.called import file_name
from aiwei_cli.query.discreet import without_persons
from aiwei_cli.query.doubts import told
from aiwei_cli.query.matrix import busiest, matrix
from aiwei_cli.query.shares import shares
from aiwei_cli.query.table import hits_table
from aiwei_cli.query.tally import offices_table, placed_table, sections_table
from aiwei_cli.query.which import Which, absent, name_of, read_year
from aiwei_cli.query.words import Cutter

OFFICES = load().offices


def of(*parts: str, title: str = "通知") -> Notice:
    """A notice of these items, without numbers above them."""
    body = tuple(node(f"{number}", f"{number}.", 3, text=text) for number, text in enumerate(parts, 1))
    return Notice(text="", source=Source(path="a.txt"), title=title, body=body)


def ids(notice: Notice, **filters: Any) -> list[str]:
    return [hit.place.node.id for hit in select(notice, Filters(**filters), OFFICES)]


# --- which place an id means


@pytest.mark.parametrize(
    ("known", "asked", "meant"),
    [
        # just this id, before those that end with it
        ("6 一/6", "6", "6"),
        ("6 一/6", "6.", "6"),
        ("一/6 二/6", "6", "一/6 二/6"),
        ("（一）/6 一/（一）/6", "（一）6", "（一）/6"),
        ("一/6 二/（一）/6", "1/6", "一/6"),
        # the mark of a repeat, and without it all of them
        ("一/1 一/1#2 二/1#2", "1#2", "一/1#2 二/1#2"),
        ("一/1 一/1#2 二/1#2", "一/1#2", "一/1#2"),
        ("一/1 一/1#2 二/1", "1", "一/1 一/1#2 二/1"),
        # as it is typed: these very numbers before those that only count the same
        ("一/（一）/6 一/一/6", "一（一）6", "一/（一）/6"),
        ("二/（一）/6 二/1/6", "（一）6", "二/（一）/6"),
        ("一/（一）/6 二/（一）/6", "1/1/6", "一/（一）/6"),
        ("一/（一）/6 二/（一）/6 二/（二）/6", "1/6", "一/（一）/6 二/（一）/6"),
        ("一/6", "1/6", "一/6"),
        ("一/7", "1/6", ""),
        ("二/①", "2/1", "二/①"),
        # one number alone is meant as it is written
        ("一 二/（一）", "1", ""),
        ("一 二", "清淤", ""),
    ],
)
def test_an_id_means_the_place_that_fits_best(known: str, asked: str, meant: str) -> None:
    every = [Place(of(), node(each, "", 1)) for each in known.split()]
    assert [place.node.id for place in with_id(asked, every)] == meant.split()


def test_what_is_typed_without_strokes_is_no_number_where_a_word_is_in_it() -> None:
    assert typed_path("1、2") == ("1", "2")
    assert typed_path("一水") is None and typed_path("1/水") is None


# --- what notices are called, and which of them are meant


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("下载/清淤.txt", "清淤"),
        ("下载\\清淤.2024.docx", "清淤.2024"),
        ("下载/清淤", "清淤"),
        ("下载/清淤/", "清淤"),
        (".txt", ".txt"),
        ("关于清淤. 修路的通知", "关于清淤. 修路的通知"),
        ("清淤.", "清淤."),
        ("-", ""),
    ],
)
def test_a_file_is_called_by_its_name_without_its_kind(path: str, name: str) -> None:
    assert file_name(path) == name


RIVER = replace(of("清淤", title="关于清淤的通知"), issuer="甲县水利局", document_number="甲水〔2023〕5号", year=2024)
ROAD = replace(
    of("修路", title="关于修路的通知"), source=Source(path="下载/2022年归档/路.txt"), date="2023-05-01", year=None
)
BARE = replace(of("植树", title="关于植树的通知"), source=Source())


@pytest.mark.parametrize(
    ("which", "fits"),
    [
        (Which(), "清淤 修路 植树"),
        (Which(notices=("清淤",)), "清淤"),
        (Which(notices=("水利局",)), "清淤"),
        (Which(notices=("水利局 〔2023〕5",)), "清淤"),
        (Which(notices=("水利局 修路",)), ""),
        (Which(notices=("水利局", "修路")), "清淤 修路"),
        (Which(notices=("路.txt",)), "修路"),
        # the folder of a file is no name of the notice
        (Which(notices=("归档",)), ""),
        # the year it is about, else that of its date
        (Which(years=(2024,)), "清淤"),
        (Which(years=(2023,)), "修路"),
        (Which(years=(2022,)), ""),
        (Which(years=(2023, 2024)), "清淤 修路"),
        (Which(("通知",), (2023,)), "修路"),
        (Which(("清淤",), (2023,)), ""),
    ],
    ids=str,
)
def test_notices_are_chosen_by_words_and_by_year(which: Which, fits: str) -> None:
    assert [each.body[0].text for each in (RIVER, ROAD, BARE) if which.fits(each)] == fits.split()


def test_only_words_and_years_leave_out_notices() -> None:
    asked = [Which(), Which(all_versions=True), Which(("清淤",)), Which(years=(2024,)), Which(("清淤",), (2024,))]
    assert [which.everything for which in asked] == [True, True, False, False, False]


def test_what_a_notice_is_known_by_may_be_missing() -> None:
    assert name_of(None, None, None, None).split() == []
    assert name_of("甲 乙", None, None, "C:\\下载\\丙.TXT").split() == ["甲乙", "丙.txt"]


def test_why_no_notice_answers() -> None:
    known = [("关于清淤的通知", 2024, None), ("关于修路的通知", None, "2022-05-01"), (None, None, "不详")]
    assert list(absent(Which(("清淤",), (2024, 2022)), known)) == []
    assert list(absent(Which(("植树",), (2023,)), known)) == [
        "没有公文“植树”",
        "没有 2023 年的公文；有的是 2022、2024",
    ]
    assert list(absent(Which(("清淤方案",)), known)) == ["没有公文“清淤方案”；相近的有：关于清淤的通知"]
    assert list(absent(Which(years=(2023,)), [])) == ["没有 2023 年的公文"]


@pytest.mark.parametrize("written", ["2024", "2024年", " 2024 年度"])
def test_a_year_is_read_as_people_write_it(written: str) -> None:
    assert read_year(written) == 2024


@pytest.mark.parametrize("read", [read_year, read_stated])
@pytest.mark.parametrize("written", ["24", "某年", "20245"])
def test_what_is_no_year_and_no_place_of_duties_is_refused(read: Any, written: str) -> None:
    with pytest.raises(UsageError, match=written):
        read(written)


# --- how items stand


HEIR = duty("lead", "乙", inherited=True)
TIMES = replace(
    sample(),
    issuer="甲县 水利局",
    body=(
        node("1", "1.", 3, deadlines=(due("6月底前", "2024-06-30"),), duties=(duty("lead", "甲"),), task=1),
        node("2", "2.", 3, deadlines=(due("年底前", "2024-12-31", inherited=True), due("长期", None)), status="已办结"),
        node("3", "3.", 3, deadlines=(due("长期", None),), duties=(HEIR,), status="推进中"),
        node("4", "4.", 3, deadlines=(due("三月底", "2024-03-31"),), moved="2024-07-31", status="取消"),
        node("5", "5.", 3, deadlines=(due("六月", "2024-07-01"),), status="推进中"),
    ),
)


@pytest.mark.parametrize(
    ("filters", "answer"),
    [
        ({"due": ("2024-06-30", "2024-06-30")}, "1"),
        ({"due": ("2024-06-30", "2024-07-01")}, "1 5"),
        ({"due": ("2024-07-01", "2024-12-31")}, "2 5"),
        ({"due": ("2024-07-01", "2024-12-31"), "own": True}, ""),
        ({"due": ("2024-06-01", "2024-12-31"), "own": True}, "1"),
        ({"due": ("2024-07-02", "2024-12-30")}, ""),
        ({"due_by": "2024-06-30"}, "1 4"),
        ({"due_by": "2024-06-29"}, "4"),
        ({"overdue": "2024-06-30"}, ""),
        ({"overdue": "2024-07-01"}, "1"),
        ({"overdue": "2025-01-01"}, "1 5"),
        ({"statuses": ("推进中",)}, "3 5"),
        ({"statuses": ("推进中", "已办结")}, "2 3 5"),
        ({"owned": True}, "1 3"),
        ({"owned": True, "own": True}, "1"),
        ({"issuers": ("水利",)}, "1 2 3 4 5"),
        ({"issuers": ("甲县水利局",)}, "1 2 3 4 5"),
        ({"issuers": ("水利", "财政")}, "1 2 3 4 5"),
        ({"issuers": ("财政",)}, ""),
        ({"tasks": (1,)}, "1"),
        ({"tasks": (2,)}, ""),
    ],
    ids=str,
)
def test_how_items_stand(filters: dict[str, Any], answer: str) -> None:
    assert ids(TIMES, **filters) == answer.split()


def test_a_notice_without_an_issuer_is_of_none() -> None:
    assert ids(replace(TIMES, issuer=None), issuers=("水利",)) == []


# --- what a notice without numbers holds


UNNUMBERED = replace(of(), duties=(duty("lead", "财政局"),), preamble="各村要清淤。")


def test_duties_under_no_number_have_the_row_of_the_whole_notice() -> None:
    (row,) = hits_table(select(UNNUMBERED, Filters()), "item").rows
    assert [row.get(key) for key in ("id", "number", "level", "text", "line")] == ["-", "", 0, "各村要清淤。", 1]
    (row,) = hits_table(select(replace(UNNUMBERED, preamble=""), Filters()), "item").rows
    assert row.get("text") == "通知"
    (whole,) = places(replace(UNNUMBERED, source=Source(characters=70)))
    assert whole.node.span == (0, 70)


def test_items_before_the_first_plan_are_of_no_plan() -> None:
    notice = two_plans()
    first = node("零", "零、", 1, text="先做的工作", span=(1, 9))
    assert [place.plan and place.plan.title for place in places(replace(notice, body=(first, *notice.body)))] == [
        None,
        "甲实施方案",
        "乙实施方案",
    ]
    lone = replace(notice, plans=notice.plans[:1])
    assert [place.plan for place in places(lone)] == [None, None]


def test_what_is_above_an_item_in_words() -> None:
    (_, second, *_) = places(sample())
    assert [words for _, words in above(second)] == ["一、重点工作"]
    assert [words for _, words in above(second, several=True)] == ["关于印发《工作要点》的通知", "一、重点工作"]
    (lone,) = places(replace(of("清淤"), title=None, source=Source()))
    assert [words for _, words in above(lone, several=True)] == ["（没有标题）"]
    (_, last) = places(two_plans())
    assert [words for _, words in above(last)] == ["乙实施方案"]


# --- why nothing was found


def unfound(*notices: Notice, **filters: Any) -> list[str]:
    witness = Witness(Filters(**filters), OFFICES)
    assert list(witness.watch(notices)) == list(notices)
    return list(witness.nothing())


NOTHING = "没有符合条件的事项"


def test_why_nothing_was_found() -> None:
    assert unfound(of("清淤"), keywords=("修路",)) == [NOTHING]
    assert unfound(UNNUMBERED, keywords=("修路",)) == [NOTHING]
    assert unfound(of(), keywords=("修路",)) == [f"{NOTHING}：没有读到编号的事项，也没有责任分工"]
    assert unfound(keywords=("修路",)) == [f"{NOTHING}：没有读到编号的事项，也没有责任分工"]


@pytest.mark.parametrize("asked", ["二", "一/（一）", "（一）/1", "（一）", "2", "打造 健康环境", "一/（二）倡导"])
def test_a_section_that_is_there_is_not_called_missing(asked: str) -> None:
    assert unfound(sample(), sections=(asked,), keywords=("没有的",)) == [NOTHING]


@pytest.mark.parametrize("asked", ["三", "二/（二）", "（一）/（一）", "打造健康家园组织"])
def test_a_section_that_is_not_there_is_named(asked: str) -> None:
    (said,) = unfound(sample(), sections=(asked,))
    assert said.startswith(f"{NOTHING}：没有章节“{asked}”")


def test_the_titles_of_several_plans_are_sections() -> None:
    assert unfound(two_plans(), sections=("乙实施方案",), keywords=("没有的",)) == [NOTHING]
    lone = replace(two_plans(), plans=two_plans().plans[1:])
    assert len(unfound(lone, sections=("乙实施方案",))) == 1 and unfound(lone, sections=("乙实施方案",)) != [NOTHING]


@pytest.mark.parametrize(
    ("count", "known"), [(0, ""), (5, "；现有：1、2、3、4、5"), (6, "；现有：1、2、3、4、5 等，全部见 aiwei sections")]
)
def test_five_of_the_names_that_are_there_are_named(count: int, known: str) -> None:
    notice = replace(of(*["清淤"] * count), duties=(duty("lead", "甲"),))
    assert unfound(notice, sections=("植树造林",)) == [f"{NOTHING}：没有章节“植树造林”{known}"]


def test_a_long_name_among_them_is_cut() -> None:
    for length, shown in ((20, "甲" * 20), (21, "甲" * 20 + "……")):
        notice = replace(of(), duties=(duty("lead", "甲" * length),))
        assert unfound(notice, offices=("植树造林",)) == [f"{NOTHING}：没有单位“植树造林”；现有：{shown}"]


@pytest.mark.parametrize(
    ("asked", "names", "near"),
    [
        ("甲县妇联和工会及团县委", "妇联 财政局", "妇联"),
        ("妇联", "甲县妇女联合会和妇联及团县委 财政局", "甲县妇女联合会和妇联及团县委"),
        ("水 利", "县水利局", "县水利局"),
        (
            "水利局",
            "甲水利局 乙水利局 丙水利局 丁水利局 戊水利局 己水利局",
            "甲水利局 乙水利局 丙水利局 丁水利局 戊水利局",
        ),
        (" ", "县水利局", ""),
    ],
)
def test_the_nearest_names(asked: str, names: str, near: str) -> None:
    assert nearest(asked, names.split()) == near.split()


# --- counts


def busy(**counts: int) -> Notice:
    """A notice in which offices have so many duties."""
    each = [name for name, count in counts.items() for _ in range(count)]
    body = [node(f"{number}", "", 1, duties=(duty("lead", name),)) for number, name in enumerate(each, 1)]
    return replace(of(), body=tuple(body))


def test_the_busiest_office_is_first_and_equals_are_as_in_the_text() -> None:
    table = offices_table(select(busy(甲=1, 乙=2, 丙=2, 丁=3), Filters()), OFFICES)
    assert [row.get("office") for row in table.rows] == ["丁", "乙", "丙", "甲"]
    counted = matrix(select(busy(甲=1, 乙=2, 丙=2, 丁=3), Filters()))
    assert counted.offices == ("丁", "乙", "丙", "甲")
    few = busiest(counted, 2)
    assert few.offices == ("丁", "乙") and [each.id for each in few.sections] == ["2", "3", "6", "7", "8"]
    assert [count.total for count in few.by_office()] == [3, 2]


def test_the_other_names_of_an_office_are_those_that_the_notice_does_not_write() -> None:
    notice = replace(of(), duties=(duty("lead", "县发展和改革局", written="县发改局"),))
    for table in (offices_table, placed_table):
        (row,) = table(select(notice, Filters()), OFFICES).rows
        assert (row.get("written"), row.get("aliases"), row.get("known")) == ("县发改局", "县发展改革局", True)


def test_the_outline_counts_tasks_and_duties_and_names_each_plan_once() -> None:
    notice = replace(two_plans(), body=(two_plans().body[0], replace(two_plans().body[0], id="二", number="二、")))
    rows = list(sections_table([notice]).rows)
    assert [row.get("section") for row in rows] == ["甲实施方案\n一、甲方案的工作", "二、甲方案的工作"]
    assert {row.get("path") for row in rows} == {"两个方案.txt"}
    (lone,) = sections_table([replace(notice, plans=(), body=notice.body[:1])]).rows
    assert (lone.get("section"), lone.get("items"), lone.get("duties")) == ("一、甲方案的工作", 1, 1)


def test_the_words_of_a_section_without_a_title_are_cut_at_thirty() -> None:
    for length, shown in ((30, "甲" * 30), (31, "甲" * 30 + "……")):
        (row,) = sections_table([of("甲" * length + "\n乙")]).rows
        assert row.get("section") == f"1.{shown}"


def test_shares_by_office_section_and_notice() -> None:
    notice = replace(
        sample(), body=(*sample().body, node("三", "三、", 1, text="另行安排"), node("四", "四、", 1, text="再说"))
    )
    told = {by: [(share.name, len(share.hits)) for share in shares(select(notice, Filters()), by)] for by in BY}
    assert told["notice"] == [("关于印发《工作要点》的通知", 8)]
    assert told["office"][0] == ("城市管理办", 1) and told["office"][-1] == ("没有责任单位", 3)
    assert told["section"] == [
        ("一/（一） 打造健康环境", 2),
        ("一/（二） 倡导文明", 2),
        ("一 重点工作", 1),
        ("二 组织活动", 1),
        ("三 另行安排", 1),
        ("四 再说", 1),
    ]
    nameless = replace(of("清淤"), title=None, source=Source())
    both = [hit for each in (notice, nameless, nameless) for hit in select(each, Filters())]
    assert [share.name for share in shares(both, "notice")][1:] == ["公文2"]
    assert shares(both, "section")[0].name == "关于印发《工作要点》的通知 一/（一） 打造健康环境"


BY: tuple[Any, ...] = ("notice", "office", "section")


# --- rows


def test_offices_that_a_sentence_names_come_after_those_of_the_clause() -> None:
    (row,) = parse("1.由财政局牵头修路（水利局牵头）。").rows()
    assert (row["lead"], row["stated"]) == ("水利局、财政局", "clause、prose")


def added(*columns: tuple[str, str]) -> Notice:
    notice = of("清淤", "修路", title="补栽的通知")
    return replace(notice, body=tuple(replace(each, extra=columns) for each in notice.body))


def test_columns_of_a_persons_own_that_come_too_late_are_told_once() -> None:
    heard: list[str] = []
    hits = [hit for each in (of("植树"), added(("备注", "急"))) for hit in select(each, Filters())]
    table = hits_table(hits, "item", heard.append)
    assert len(list(table.rows)) == 3 and "备注" not in [column.key for column in table.columns]
    assert len(heard) == 1 and heard[0].startswith("补栽的通知：表里多出来的栏（备注）没有写出")
    assert list(hits_table([], "item", heard.append).rows) == [] and len(heard) == 1
    first = hits_table(reversed(hits), "duty", heard.append)
    assert [column.key for column in first.columns][-1] == "备注" and len(heard) == 1


# --- doubts


def test_a_finding_is_counted_where_it_is_found_again() -> None:
    found = parse("1.甲（责任单位：见附件）。\n2.乙（责任单位：见附件）。\n3.丙（责任单位：备注）。\n").diagnostics
    lines = [line for line in told(found, "a.txt") if "C00" in line]
    assert ["（共" in line for line in lines] == [True, False] and lines[0].endswith("（共 2 处）")
    assert lines[0].startswith("a.txt:1:4: C001 ")


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("1.整治（以上事项由专班统筹负责）。\n2.清淤（水利局负责）。\n", "C001 "),
        ("1.清淤（水利局负责）。\n2.整治（以上事项由专班统筹负责）。\n", " C001"),
        # of the deepest task around it, not of the first number below it
        ("一、任务（水利局负责）\n（一）清淤（以上事项由专班统筹负责）\n1.甲。\n2.乙。\n", "C001  "),
        ("一、任务\n（一）清淤（以上事项由专班统筹负责）\n1.甲（水利局负责）。\n", ""),
        # nobody is assigned: that is said of the notice as a whole
        ("1.清淤。\n2.修路。\n", " "),
        # an office that no rule knows is doubtful wherever it stands
        ("1.甲（梦溪党群服务站负责）。\n2.乙（水利局负责）。\n3.丙（梦溪党群服务站配合）。\n", "O001  O001"),
        ("以下由梦溪党群服务站负责。\n1.甲（水利局负责）。\n", ""),
    ],
)
def test_a_doubt_is_of_the_task_in_which_it_is(text: str, doubts: str) -> None:
    assert [row["doubts"] for row in parse(text).rows() if row["id"] != "-"] == doubts.split(" ")


# --- readers outside


def covered(text: str) -> list[str]:
    return [each.text for each in without_persons(parse(text)).walk()]


def test_no_name_and_no_number_is_left_where_persons_are_named() -> None:
    text = "1.清淤。\n责任单位：水利局\n责任人：张三丰、张三，电话：13800000000\n2.修路（住建局负责）。\n"
    assert covered(text) == ["责任人：某某、某某，电话：某某", "修路。"]
    assert covered("1.清淤（水利局（张三）负责）。\n2.修路（住建局负责）。\n") == ["清淤。", "修路。"]


def test_columns_that_name_persons_are_left_out_and_the_names_in_others_covered() -> None:
    columns = (("联系电话", "13800000000"), ("备注", "找张三"), ("进度", "一半"))
    notice = added(*columns)
    bare = without_persons(notice)
    assert [each.extra for each in bare.body] == [columns[1:]] * 2
    (first, second) = notice.body
    named = replace(notice, body=(replace(first, persons=(Person("责任人", "张三", (0, 0)),)), second))
    assert [each.extra for each in without_persons(named).body] == [(("备注", "找某某"), ("进度", "一半"))] * 2
    plain = added(("备注", "急"))
    assert without_persons(plain) is plain


# --- words


@pytest.mark.parametrize(
    ("text", "piece", "holds"),
    [
        ("全面整治环境卫生", "环境整治", True),
        ("整改环保，治理困境", "环境整治", False),
        ("旅游厕所和户厕，", "厕所", True),
        ("旅游厕所和户厕，", "所和", False),
        ("旅游厕所和户厕，", "厕所，", False),
        ("旅游厕所，", "厕所，", True),
        ("参与会议", "与会", False),
        ("参与会议，请与会", "与会", True),
    ],
)
def test_pieces_stand_as_words_or_in_parts_that_do(text: str, piece: str, holds: bool) -> None:
    assert Cutter().holds(text, [piece]) is holds


# --- the same by the command


@pytest.fixture
def folder(tmp_path: Path) -> Iterable[Path]:
    (tmp_path / "a.txt").write_text("甲县水利局关于清淤的通知\n一、任务\n1.清淤（水利局负责）。\n", "utf-8")
    (tmp_path / "b.txt").write_text("乙县财政局关于植树的通知\n一、任务\n1.植树（林业局负责）。\n", "utf-8")
    assert aiwei("add", "a.txt", "b.txt", "--ledger", "t.db", cwd=tmp_path).code == 0
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (("--section", "一/任务"), ""),
        (("--section", "一任务"), "清淤 植树"),
        (("--section", "一、任务"), "清淤 植树"),
        (("--section", "二任务"), ""),
        (("--section", "一/1"), "清淤 植树"),
        (("--notice", "清淤"), "清淤"),
        (("--notice", "t.db"), ""),
        (("--office", "林业局"), "植树"),
    ],
)
def test_a_ledger_and_its_files_answer_alike(folder: Path, asked: tuple[str, ...], answer: str) -> None:
    for sources in (("a.txt", "b.txt"), ("t.db",)):
        ran = aiwei("list", *sources, *asked, "--format", "json", "-q", cwd=folder)
        assert [row["text"].rstrip("。") for row in ran.json()] == answer.split(), sources


def test_the_issuer_is_asked_of_a_ledger(folder: Path) -> None:
    found = [aiwei("list", "t.db", "--issuer", words, cwd=folder).out for words in ("甲县", "乙 县", "丙县")]
    assert ["清淤" in found[0], "植树" in found[0]] == [True, False]
    assert ["清淤" in found[1], "植树" in found[1], found[2]] == [False, True, ""]
