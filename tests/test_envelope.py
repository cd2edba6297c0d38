"""Head and tail on both sides of every length and count that decides, what a parse leaves behind, and line ends."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import pytest

from aiwei_cli.notice.hints import Hint
from aiwei_cli.notice.model import Notice, Span
from aiwei_cli.parsing import parse
from aiwei_cli.parsing.envelope.claims import Claim, apart

BODY = "\n一、修渠（水利站负责）\n"
ENCLOSED = "关于印发方案的通知\n各村：\n一、修渠（水利站负责）\n青石镇人民政府\n2024年5月6日\n"


def _fields(name: str) -> Callable[[Notice], Any]:
    return lambda notice: sum(field == name for field, _ in notice.fields)


SIDES: dict[str, tuple[Callable[[int], str], int, Callable[[Notice], Any]]] = {
    # what: (a text of a size, the largest size that is a field, what is found up to that size and not beyond)
    "a title's characters": (
        lambda n: "\n".join(["关于" + "水" * 48, "渠" * 50, "沟" * (n - 102) + "通知"]) + BODY,
        160,
        lambda notice: notice.title is not None and notice.title.startswith("关于"),
    ),
    "a title's lines": (
        lambda n: "关于\n" + "沟渠\n" * (n - 2) + "的通知" + BODY,
        6,
        lambda notice: notice.title is not None and notice.title.startswith("关于"),
    ),
    "the line a title begins in": (
        lambda n: "水渠，\n" * (n - 1) + "关于修渠的通知" + BODY,
        12,
        lambda notice: notice.title,
    ),
    "a red head's characters": (
        lambda n: "青" * (n - 2) + "文件\n关于修渠的通知" + BODY,
        42,
        _fields("issuer"),
    ),
    "an issuer's characters in a title": (
        lambda n: "青" * (n - 3) + "水利局关于修渠的通知" + BODY,
        60,
        lambda notice: notice.issuer,
    ),
    "the line of a document number": (
        lambda n: "水渠\n" * (n - 1) + "青发〔2024〕7号" + BODY,
        30,
        lambda notice: notice.document_number,
    ),
    "the line of an order's number": (
        lambda n: "水渠\n" * (n - 1) + "青石县人民政府令第7号" + BODY,
        12,
        lambda notice: notice.document_number,
    ),
    "the line of the addressees": (
        lambda n: "水渠\n" * (n - 1) + "各村：" + BODY,
        40,
        lambda notice: notice.addressees,
    ),
    "the characters of the addressees": (
        lambda n: f"各{'村' * 98}，\n" * 5 + "各" + "村" * (n - 502) + "：" + BODY,
        599,
        lambda notice: "".join(notice.addressees).count("各") == 6,
    ),
    "the lines of the addressees": (
        lambda n: "关于修渠的通知\n青石局，\n" + "各村，\n" * (n - 2) + "各县：" + BODY,
        7,
        lambda notice: "青石局" in notice.addressees,
    ),
    "the characters of a signature's line": (
        lambda n: f"通知{BODY}{'青' * (n - 3)}水利局\n2024年5月6日",
        40,
        lambda notice: notice.signature,
    ),
    "the names of a signature": (
        lambda n: f"通知{BODY}青石县政府\n" + "水利局\n" * (n - 1) + "2024年5月6日",
        6,
        lambda notice: "青石县政府" in notice.signature,
    ),
    "the characters of a line with the date": (
        lambda n: f"通知{BODY}县水利局{' ' * (n - 13)}2024年5月6日",
        60,
        lambda notice: notice.date,
    ),
    "the line of metadata": (
        lambda n: "水渠\n" * (n - 1) + "索引号：001" + BODY,
        40,
        _fields("metadata"),
    ),
    "the lines of front matter": (
        lambda n: "---\n" + "a: b\n" * (n - 2) + "---\n关于修渠的通知" + BODY,
        30,
        _fields("metadata"),
    ),
    "the characters of a further plan's title": (
        lambda n: f"{ENCLOSED}{'水' * (n - 2)}方案\n一、清沟（农技站负责）",
        60,
        lambda notice: notice.plans,
    ),
    "the characters of the lines above its last one": (
        lambda n: f"{ENCLOSED}附件\n{'水' * n}\n工作方案\n一、清沟（农技站负责）",
        40,
        lambda notice: any(len(plan.title) > 10 for plan in notice.plans),
    ),
}


@pytest.mark.parametrize("what", SIDES)
def test_both_sides(what: str) -> None:
    make, largest, look = SIDES[what]
    assert [bool(look(parse(make(size)))) for size in (largest, largest + 1)] == [True, False]


def test_the_shortest_title() -> None:
    assert [parse(title + BODY).title for title in ("修水渠通知", "修小水渠通知")] == [None, "修小水渠通知"]


def test_a_page_of_metadata_keeps_its_lines_around_the_number() -> None:
    text = "---\n来源: 青石\n文号: 青发〔2024〕7号\nid: 1\n---\n关于修渠的通知" + BODY
    notice = parse(text)
    assert [(name, text[a:b]) for name, (a, b) in notice.fields[:3]] == [
        ("metadata", "---\n来源: 青石\n"),
        ("document_number", "文号: 青发〔2024〕7号"),
        ("metadata", "\nid: 1\n---"),
    ]


def test_the_date_behind_a_title_has_its_own_characters_where_a_line_ends_in_it() -> None:
    text = "青石镇关于修渠的实施方案（2024年5月\n6日）\n一、修渠（水利站负责）"
    notice = parse(text)
    assert (notice.title, notice.date) == ("青石镇关于修渠的实施方案", "2024-05-06")
    assert [text[a:b] for name, (a, b) in notice.fields if name == "date"] == ["（2024年5月\n6日）"]


@pytest.mark.parametrize(
    "text", [ENCLOSED + "附件\n方案\n一、清沟（农技站负责）\n（一）清淤（水利站负责）", "各村：", ""]
)
def test_a_parse_leaves_the_collector_alone_and_nothing_for_it(text: str) -> None:
    parse(text)  # what is made once is made
    state = gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()
    gc.collect()
    gc.disable()
    try:
        parse(text)
        assert not gc.isenabled()
        assert gc.collect() == 0
    finally:
        gc.enable()
    parse(text)
    assert (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()) == state


def test_two_headings_between_rows_are_plans_of_their_own() -> None:
    text = "1.清淤\n专项方案\n种树方案\n2.修路\n"
    hints = [Hint(text.index(words), text.index(words) + 4, "head") for words in ("专项方案", "种树方案")]
    read = parse(text, hints=hints)
    assert [plan.title for plan in read.plans] == ["专项方案", "种树方案"]
    assert [node.text for node in read.walk()] == ["清淤", "修路"]


@pytest.mark.parametrize(
    ("title", "note", "left"),
    [
        ((6, 14), (2, 8), [(2, 6)]),
        ((6, 14), (2, 6), [(2, 6)]),
        ((2, 6), (4, 8), [(6, 8)]),
        ((4, 6), (2, 8), [(2, 4), (6, 8)]),
        ((2, 8), (4, 6), []),
    ],
)
def test_a_note_keeps_the_characters_that_no_value_has(title: Span, note: Span, left: list[Span]) -> None:
    _, kept = apart([Claim(title, "title", "甲")], [Claim(note, "note")])
    assert [claim.span for claim in kept] == left
