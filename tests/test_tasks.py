"""Tasks of a ledger: their numbers last through all versions of a notice, and people type them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_samples import from_text, ledger_of
from shell import aiwei

from aiwei_cli.store.query import Ledger
from aiwei_cli.tracking.find import ancestors, find

HEAD = "甲镇人民政府关于环境整治的通知\n甲政发〔2024〕1号\n各村：\n一、主要任务\n"
ROADS = "修路。把村里的主干道和机耕道修好（水利局牵头，住建局配合）。2024年6月底前完成。\n"
MUD = "清淤。河道和沟渠全面清淤疏浚（责任单位：水利局、住建局；完成时限：2024年5月31日）。\n"
TREES = "种树。在公路两边种植行道树（住建局负责）。\n"
FIRST = f"{HEAD}1.{ROADS}2.{MUD}3.{TREES}"


def tasks(ledger: Ledger) -> dict[str, int]:
    """The task of each item."""
    return dict(ledger.all("SELECT id, task FROM tasks ORDER BY node"))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Path]:
    ledger_of(tmp_path / "台账.db", from_text(FIRST, "a.txt"))
    yield tmp_path / "台账.db"


def second(path: Path, text: str) -> Ledger:
    return ledger_of(path, from_text(HEAD + text, "a.txt"))


def test_a_number_follows_the_words_and_not_the_place(ledger: Path) -> None:
    assert tasks(Ledger(str(ledger))) == {"一/1": 1, "一/2": 2, "一/3": 3}
    moved = second(ledger, f"1.造林。荒山造林一百亩（林业局负责）。\n2.{TREES}3.{ROADS}4.{MUD}")
    assert tasks(moved) == {"一/1": 4, "一/2": 3, "一/3": 1, "一/4": 2}


def test_of_what_is_merged_one_number_goes_on_and_the_other_leads_to_it(ledger: Path) -> None:
    merged = second(ledger, f"1.{ROADS.rstrip()}河道和沟渠全面清淤疏浚（水利局负责）。\n2.{TREES}")
    assert tasks(merged) == {"一/1": 1, "一/2": 3}
    ended = find(merged.connection, 2)
    assert ended is not None and (ended.task, ended.id) == (1, "一/1")
    assert ancestors(merged.connection, 1) == [(2, "merged")]
    shown = aiwei("show", "--task", "2", str(ledger))
    assert shown.code == 0 and "编号：一/1" in shown.out and "已并入任务 1" in shown.err


def test_of_what_is_split_one_part_goes_on_and_the_other_is_new(ledger: Path) -> None:
    two = "1.修路。把村里的主干道和机耕道修好（水利局牵头，住建局配合）。\n2.清淤。河道全面清淤疏浚（水利局负责）。\n"
    split = second(ledger, f"{two}3.沟渠全面清淤疏浚（住建局负责）。\n4.{TREES}")
    found = tasks(split)
    assert found["一/1"] == 1 and found["一/4"] == 3 and {found["一/2"], found["一/3"]} == {2, 4}
    assert ancestors(split.connection, 4) == [(2, "split")]


def test_what_was_dropped_is_shown_as_it_was_and_its_number_is_not_given_again(ledger: Path) -> None:
    second(ledger, f"1.{ROADS}2.{TREES}")
    third = second(ledger, f"1.{ROADS}2.{TREES}3.招商。举办招商引资推介会（商务局负责）。\n")
    assert tasks(third) == {"一/1": 1, "一/2": 3, "一/3": 4}
    shown = aiwei("show", "--task", "2", str(ledger))
    assert "清淤" in shown.out and "在最新一版里没有了，这是第 1 版的" in shown.err


@pytest.mark.parametrize(
    ("asked", "ids"), [("3,1", "一/1 一/3"), ("1-2", "一/1 一/2"), ("#3", "一/3"), ("１、２", "一/1 一/2")]
)
def test_tasks_are_asked_for_by_number(ledger: Path, asked: str, ids: str) -> None:
    ran = aiwei("list", "--task", asked, str(ledger))
    assert " ".join(line.split("\t")[1] for line in ran.lines) == ids and ran.code == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("list", "--task", "99"), "没有任务 99；任务号从 1 到 3"),
        (("show", "--task", "三号"), "“三号”不是任务号"),
        (("why", "--task", "2-1"), "“2-1”不是任务号"),
    ],
)
def test_numbers_that_nobody_has_are_told(ledger: Path, args: tuple[str, ...], said: str) -> None:
    ran = aiwei(*args, str(ledger))
    assert ran.code == 2 and said in ran.err and ran.out == ""


def test_a_file_has_no_tasks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIRST, "utf-8")
    ran = aiwei("show", "--task", "1", "a.txt", cwd=tmp_path)
    assert ran.code == 2 and "请给出台账" in ran.err


@pytest.mark.parametrize("asked", ["1/1", "一/1", "一1", "一、1", "1 / 1", "（一）/1"])
def test_ids_are_typed_as_it_is_easy(ledger: Path, asked: str) -> None:
    assert aiwei("show", asked, str(ledger)).lines[:2] == ["编号：一/1", "任务：1（未反馈）"]


def test_several_at_once(ledger: Path) -> None:
    ran = aiwei("show", "1/1", "3", str(ledger))
    assert [line for line in ran.lines if line.startswith("编号")] == ["编号：一/1", "编号：一/3"]
    assert aiwei("show", "1/1", "3", str(ledger), "--format", "json").out.startswith("[")


def test_swapped_arguments_are_told(ledger: Path) -> None:
    ran = aiwei("show", ledger.name, "1/1", cwd=ledger.parent)
    assert ran.code == 2 and "写反了" in ran.err and "aiwei show 1/1 台账.db" in ran.err
