"""Where a duty is stated: a clause, a column of a task table, a sentence; in the tree, the rows and the ledger."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_samples import from_text, put
from shell import aiwei, duty, sample, select, without_tasks

from aiwei_cli.notice.model import STATED, Notice
from aiwei_cli.query import Filters
from aiwei_cli.query.table import item_row

MIXED = "一、任务\n1.修路（住建局负责）。\n二、附表：\n序号\t工作任务\t牵头单位\n1\t清淤\t水利局\n2\t植树\t林业局\n"


def test_cells_of_a_table_in_text_are_stated_by_the_table() -> None:
    notice = from_text(MIXED, "a.txt")
    assert [(duty.office, duty.stated) for node in notice.walk() for duty in node.duties] == [
        ("住房和城乡建设局", "clause"),
        ("水利局", "table"),
        ("林业局", "table"),
    ]


def test_cells_of_a_table_in_a_file_are_stated_by_the_table(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        "<p>关于做好工作的通知</p><p>一、总体要求</p><p>抓好落实（发改局负责）。</p><p>二、任务</p><table>"
        "<tr><td>序号</td><td>工作任务</td><td>责任单位</td></tr>"
        "<tr><td>1</td><td>清淤（财政局配合）</td><td>水利局</td></tr></table>",
        "utf-8",
    )
    rows = aiwei("list", page, "--per", "duty", "--format", "json").json()
    assert {(row["office"], row["stated"]) for row in rows} == {
        ("发展和改革局", "clause"),
        ("财政局", "clause"),
        ("水利局", "table"),
    }
    assert [row["stated"] for row in aiwei("list", page, "--format", "json").json()] == ["clause", "clause、table"]


def test_the_tree_says_it_only_where_no_clause_does() -> None:
    tree = from_text(MIXED, "a.txt").to_dict()
    assert json.dumps(tree).count('"stated"') == 2
    assert Notice.from_dict(tree).to_dict() == tree
    tree["body"][0]["children"][0]["duties"][0]["stated"] = "guess"
    with pytest.raises(ValueError, match=r"body\[0\]\.children\[0\]\.duties\[0\]\.stated.*clause、table、prose"):
        Notice.from_dict(tree)


@pytest.mark.parametrize("stated", ["table", "任务表"])
def test_a_filter_asks_for_it(tmp_path: Path, stated: str) -> None:
    (tmp_path / "a.txt").write_text(MIXED, "utf-8")
    ledger = tmp_path / "a.db"
    assert aiwei("add", "a.txt", "--ledger", ledger, cwd=tmp_path).code == 0
    for command in (("list", "--per", "duty"), ("offices",), ("matrix",), ("export",)):
        asked = [aiwei(*command, source, "--stated", stated, cwd=tmp_path) for source in ("a.txt", "a.db")]
        assert without_tasks(asked[0].out) == without_tasks(asked[1].out)
        assert "水利局" in asked[0].out
        assert "住房和城乡建设局" not in asked[0].out
    found = aiwei("search", "清淤 修路", ledger, "--stated", stated, cwd=tmp_path)
    assert "水利局" in found.out
    assert "修路" not in found.out


def test_a_filter_that_is_none_names_those_that_are() -> None:
    ran = aiwei("list", "--stated", "附件")
    assert ran.code == 2
    assert "分工条款（clause）、任务表（table）、正文（prose）" in ran.err
    assert aiwei("list", "--stated", "prose", "--no-owner").code == 2


def test_what_prose_says_comes_after_the_others_in_a_cell(tmp_path: Path) -> None:
    said = duty("lead", "甲局"), duty("lead", "乙局"), duty("lead", "丙局"), duty("support", "丁局")
    duties = tuple(replace(each, stated=way) for each, way in zip(said, ("prose", *STATED), strict=True))
    notice = sample()
    node = replace(notice.body[0], children=(), duties=duties)
    (hit,) = select(replace(notice, body=(node,)), Filters())
    assert item_row(hit)["lead"] == "乙局、丙局、甲局"
    assert item_row(hit)["stated"] == "clause、table、prose"
    put(tmp_path / "a.db", replace(notice, body=(node,)))
    for own in ((), ("--own",)):
        (row,) = aiwei("list", tmp_path / "a.db", "--format", "json", *own).json()
        assert (row["lead"], row["stated"]) == ("乙局、丙局、甲局", "clause、table、prose")


def test_people_are_told_where_not_all_is_from_clauses(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(MIXED, "utf-8")
    shown = aiwei("list", "a.txt", "--format", "table", cwd=tmp_path).out
    assert "分工出处" in shown
    assert "任务表" in shown
    assert "分工出处" not in aiwei("list", "--format", "table").out


@pytest.mark.parametrize("per", ["item", "duty"])
def test_rows_are_read_back_with_it(tmp_path: Path, per: str) -> None:
    (tmp_path / "a.txt").write_text(MIXED, "utf-8")
    for name in ("a.csv", "a.jsonl"):
        assert aiwei("export", "a.txt", "--per", per, "--labels", "en", "-o", name, cwd=tmp_path).code == 0
        rows = [line.split("\t") for line in aiwei("list", name, "--per", "duty", cwd=tmp_path).lines]
        assert [row[12] for row in rows] == ["clause", "table", "table"]
