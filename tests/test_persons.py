"""Persons: who is named beside the offices, by labels, in brackets after offices and in columns of tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ledger_samples import from_text
from shell import aiwei, without_tasks

from aiwei_cli import parse
from aiwei_cli.notice.model import Node

HEAD = "某市人民政府关于做好工作的通知\n一、任务\n"


def nodes(text: str) -> dict[str, Node]:
    return {node.id: node for node in from_text(HEAD + text, "a.txt").walk()}


def named(text: str, node: str = "一/1") -> list[tuple[str, str]]:
    return [(person.role, person.name) for person in nodes(text)[node].persons]


def offices(text: str, node: str = "一/1") -> list[str]:
    return [duty.written for duty in nodes(text)[node].duties]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("1.清淤（责任单位：水利局；责任领导：张三；责任人：李四、王五）。", "责任领导：张三；责任人：李四、王五"),
        ("1.清淤。\n责任领导：副县长张三、乌云毕力格\n责任单位：水利局", "责任领导：张三、乌云毕力格"),
        ("1.清淤（县级责任领导：张　三、欧阳明 13800000000，责任单位：水利局）。", "县级责任领导：张三、欧阳明"),
        ("1.清淤（责任单位：水利局；联系人及电话：张三 0471-1234567、李四 12）。", "联系人：张三、李四"),
        ("1.清淤（责任单位：水利局；联系人：李四，电话：0471-1234567）。", "联系人：李四"),
        ("1.清淤（责任单位：水利局；责任人：何明 副局长）。", "责任人：何明"),
        ("1.清淤（责任单位：水利局；责任人：各镇镇长）。", "责任人：各镇镇长"),
        ("1.清淤（责任单位：水利局；责任领导：璩某）。", "责任领导：璩某"),
        ("1.清淤（水利局（张三）、财政局（李四、王五）负责）。", "张三、李四、王五"),
        (
            "1.清淤（责任单位：水利局（责任人：张三）、财政局（责任人：李四）；配合单位：妇联）。",
            "责任人：张三、李四",
        ),
        ("1.清淤（责任单位及责任人：水利局 张三、财政局（李四））。", "责任人：张三、李四"),
        ("1.清淤（水利局张三负责）。", "张三"),
        # no person: an office, nobody, what is to be done, brackets that hold another name of the office
        ("1.清淤（责任单位：水利局；责任人：教育局）。", ""),
        ("1.清淤（责任单位：水利局；责任人：无）。", ""),
        ("1.清淤（责任单位：水利局；责任人：按职责抓好落实）。", ""),
        ("1.清淤（水利局（河长办）、市场监管局（知识产权局）负责）。", ""),
        ("1.清淤，主要负责人：要亲自抓（水利局负责）。", ""),
    ],
)
def test_who_is_named(tmp_path: Path, text: str, persons: str) -> None:
    (tmp_path / "a.txt").write_text(HEAD + text, "utf-8")
    (row,) = aiwei("list", "a.txt", "--format", "json", cwd=tmp_path).json()
    assert row["persons"] == persons
    assert not {"张三", "李四", "王五"} & {*row["lead"].split("、"), *row["responsible"].split("、")}


def test_their_spans_are_their_letters() -> None:
    text = HEAD + "1.清淤（水利局（张三）负责；责任领导：李四、王五）。\n"
    for node in from_text(text, "a.txt").walk():
        assert [text[slice(*person.span)] for person in node.persons] == [person.name for person in node.persons]


def test_what_is_behind_an_office_is_no_part_of_its_name() -> None:
    assert offices("1.清淤（责任单位：水利局（责任人：张三）、财政局（李四、王五））。") == ["水利局", "财政局"]
    assert offices("1.清淤。\n牵头单位：公安局（责任人：张三）") == ["公安局"]
    assert offices("1.清淤（责任单位：公安局（交警队）、财政局）。") == ["公安局（交警队）", "财政局"]


def test_who_is_named_does_not_hang_on_what_was_read_before() -> None:
    texts = [f"1.清淤。\n责任单位：水利局 张三{between}完成时限：6月底" for between in ("。\n", "\n\n", "。 ")]
    names = [[person.name for node in parse(text).body for person in node.persons] for text in texts]
    assert names == [[], ["张三"], []]


def test_a_node_without_persons_of_its_own_shows_those_above() -> None:
    text = (
        "（一）水（责任领导：张三）\n1.清淤（水利局负责）。\n2.供水（责任人：李四）。\n"
        "（二）路（住建局（王五）负责）\n1.修路。\n2.养护（交通局负责）。\n"
    )
    found = {node.id: [(p.name, p.inherited) for p in node.persons] for node in nodes(text).values()}
    assert found["一/（一）/1"] == [("张三", True)]
    assert found["一/（一）/2"] == [("李四", False)]
    # Who is after an office goes with its duties.
    assert found["一/（二）/1"] == [("王五", True)]
    assert found["一/（二）/2"] == []


def test_whom_to_ask_about_the_notice_is_of_no_item() -> None:
    text = "1.清淤（水利局负责）。\n2.修路（住建局负责）。\n\n联系人：张三，电话：0471-1234567\n"
    assert named(text, "一/2") == []
    assert named("1.清淤（水利局负责）。\n联系人：李四\n2.修路（住建局负责）。\n联系人：张三\n", "一/2") == [
        ("联系人", "张三")
    ]


def test_columns_of_tables_name_persons(tmp_path: Path) -> None:
    rows = [
        ("序号", "工作任务", "责任单位", "责任领导", "责任人及电话"),
        ("1", "清淤", "水利局", "副县长 张三", "李四、王五 138"),
    ]
    html = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    (tmp_path / "a.html").write_text(f"<p>关于做好工作的通知</p><table>{html}</table>", "utf-8")
    (tmp_path / "a.txt").write_text(HEAD + "\n".join("\t".join(row) for row in rows) + "\n", "utf-8")
    for file in ("a.html", "a.txt"):
        (row,) = aiwei("list", file, "--format", "json", cwd=tmp_path).json()
        assert (row["responsible"], row["persons"]) == ("水利局", "责任领导：张三；责任人：李四、王五"), file


def test_the_tree_the_ledger_and_the_rows_hold_them(tmp_path: Path) -> None:
    text = HEAD + "（一）水（责任领导：张三）\n1.清淤（水利局（李四）负责）。\n2.供水（财政局负责）。\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    tree = aiwei("parse", "a.txt", "--format", "json", cwd=tmp_path).json()
    (above,) = tree["body"][0]["children"]
    start = text.index("张三")
    assert above["persons"] == [{"role": "责任领导", "name": "张三", "span": [start, start + 2], "inherited": False}]
    assert json.dumps(tree).count('"persons"') == 3  # where there are none, the key is left out
    (tmp_path / "a.json").write_text(json.dumps(tree), "utf-8")
    aiwei("add", "a.txt", "--ledger", "a.db", cwd=tmp_path)
    aiwei("export", "a.txt", "--labels", "en", "-o", "a.csv", cwd=tmp_path)
    columns = [
        [row["persons"] for row in aiwei("list", file, "--format", "json", *own, cwd=tmp_path).json()]
        for file in ("a.txt", "a.json", "a.db", "a.csv")
        for own in ((), ("--own",))
    ]
    assert columns[::2] == [["李四", "责任领导：张三"]] * 4
    assert columns[1] == columns[3] == columns[5] == ["李四", ""]
    ledger = json.loads(without_tasks(aiwei("parse", "a.db", "--format", "json", cwd=tmp_path).out))
    assert ledger["body"] == tree["body"]
