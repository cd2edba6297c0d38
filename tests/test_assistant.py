"""What an AI assistant is answered, and that it stays in its folders."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from shell import aiwei, environment

from aiwei_cli.assistant.answers import ROOM, Answers
from aiwei_cli.assistant.shelf import Shelf
from aiwei_cli.compiled import load
from aiwei_cli.errors import ReadError, UsageError
from aiwei_cli.store.add import Store

PLAN = (
    "甲县关于2024年防汛工作的通知\n各乡镇：\n一、排查\n1.查水库（县水利局牵头，县财政局配合，2024年6月底前完成）。\n"
    "2.查道路（县交通运输局负责，2024年4月底前完成）。\n二、值守\n1.带班（以上事项由专班统筹）。\n"
)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    folder = tmp_path / "公文"
    folder.mkdir()
    (folder / "旧.txt").write_text(PLAN, "utf-8")
    (folder / "新.txt").write_text(PLAN.replace("4月底", "5月底").replace("2.查道路", "2.查道路和桥梁"), "utf-8")
    (tmp_path / "外.txt").write_text("一、密（县水利局负责）。", "utf-8")
    return Shelf([folder], load())


@pytest.fixture
def answers(shelf: Shelf) -> Answers:
    return Answers(shelf)


def test_a_notice_its_tasks_and_an_item(answers: Answers) -> None:
    assert answers.list_files() == {"files": ["新.txt", "旧.txt"]}
    about = answers.read_notice("旧.txt")
    assert (about["title"], about["items"]) == ("甲县关于2024年防汛工作的通知", 3)
    assert [row["id"] for row in about["outline"]] == ["一", "二"]
    (task,) = answers.list_tasks("旧.txt", office="县水利局", role="牵头")["tasks"]
    assert (task["id"], task["lead"], task["support"], task["path"]) == ("一/1", "县水利局", "县财政局", "旧.txt")
    assert answers.list_tasks("旧.txt", office="水利局") == {
        "tasks": [],
        "nothing": ["没有符合条件的事项：没有单位“水利局”；相近的有：县水利局"],
    }
    item = answers.get_item("旧.txt", "一/1")
    assert PLAN[slice(*item["span"])] == item["words"] and item["words"].startswith("1.查水库")
    assert {"县水利局"} <= {row["words"] for row in item["evidence"] if row["kind"] == "duty"}
    assert item["line"] == 4 and item["headings"] == ["一、排查"]


def test_the_text_comes_in_pieces_that_join(answers: Answers, shelf: Shelf) -> None:
    long = PLAN + "".join(f"{n}.修第{n}段渠道，清淤、护坡、绿化。\n" for n in range(2, 900))
    (shelf._roots[0] / "长.txt").write_text(long, "utf-8")
    pieces, next = [], 1
    while next:
        answer = answers.read_notice("长.txt", next=next)
        pieces.append(answer["text"])
        next = answer.get("next", 0)
    assert "".join(pieces) == long and max(map(len, pieces)) <= ROOM
    rows, next = [], 0
    while True:
        answer = answers.list_tasks("长.txt", next=next)
        assert len(json.dumps(answer, ensure_ascii=False)) < 1.1 * ROOM + 100
        rows += answer["tasks"]
        if "next" not in answer:
            break
        next = answer["next"]
    assert len(rows) == 901 == len({row["id"] for row in rows})


def test_questions_to_all_files(answers: Answers) -> None:
    assert {row["path"] for row in answers.search("道路")["tasks"]} == {"旧.txt", "新.txt"}
    due = answers.due("2024-06-01")["tasks"]
    assert [(row["path"], row["due"]) for row in due] == [("旧.txt", "2024-04-30"), ("新.txt", "2024-05-31")]
    (change,) = answers.diff("旧.txt", "新.txt")["changes"]
    assert change["old"] == ["一/2"] and change["deadline"]
    assert answers.diff("旧.txt", "旧.txt") == {"changes": []}
    assert {row["office"]: row["lead"] for row in answers.offices("旧.txt")["offices"]}["县水利局"] == 1
    (doubt,) = [row for row in answers.doubts("旧.txt")["doubts"] if row["code"] in ("C001", "C002")]
    assert doubt["cure"] and PLAN[slice(*doubt["span"])] == doubt["words"]
    assert answers.check("旧.txt", level="error") == {"findings": []}


def test_a_ledger_is_read_as_a_file(answers: Answers, shelf: Shelf) -> None:
    store = Store(str(shelf._roots[0] / "台账.db"), load().offices)
    store.add([store.entry(shelf.one("旧.txt"))])
    store.close()
    assert "台账.db" in answers.list_files()["files"]
    assert len(answers.list_tasks("台账.db")["tasks"]) == 3


@pytest.mark.parametrize("path", ["../外.txt", "/etc/passwd", "公文/../../外.txt", "没有.txt", "a\0b", ".."])
def test_what_is_outside_is_not_read(answers: Answers, path: str) -> None:
    for ask in (answers.read_notice, answers.list_tasks, answers.list_files, answers.doubts):
        with pytest.raises(ReadError, match="不在允许读的文件夹里"):
            ask(path)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_do_not_lead_out(answers: Answers, shelf: Shelf) -> None:
    root = shelf._roots[0]
    (root / "链.txt").symlink_to(root.parent / "外.txt")
    (root / "链").symlink_to(root.parent)
    assert answers.list_files()["files"] == ["新.txt", "旧.txt"]
    for name in ("链.txt", "链/外.txt"):
        with pytest.raises(ReadError, match="不在允许读的文件夹里"):
            answers.read_notice(name)


def test_wrong_questions_are_sentences(answers: Answers, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有编号“九”"):
        answers.get_item("旧.txt", "九")
    with pytest.raises(UsageError, match="level 只能是"):
        answers.check("旧.txt", level="all")
    with pytest.raises(UsageError, match="要找的字是空的"):
        answers.search(" ")
    assert "没有这个文件夹" in aiwei("mcp", str(tmp_path / "没有")).err
    assert "请写上可以读的文件夹" in aiwei("mcp").err


def test_a_client_of_the_sdk_is_answered(shelf: Shelf) -> None:
    mcp = pytest.importorskip("mcp", reason="the extra aiwei[mcp] is not installed")

    async def ask() -> tuple[list[str], object, object]:
        command = ["-m", "aiwei_cli", "mcp", str(shelf._roots[0])]
        how = mcp.StdioServerParameters(command=sys.executable, args=command, env=environment())
        async with mcp.Client(how) as client:
            tools = (await client.list_tools()).tools
            good = await client.call_tool("list_tasks", {"path": "旧.txt", "office": "县水利局"})
            bad = await client.call_tool("read_notice", {"path": "../外.txt"})
            assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
            return [tool.name for tool in tools], good, bad

    names, good, bad = asyncio.run(ask())
    assert {"read_notice", "list_tasks", "get_item", "search", "offices", "doubts", "check", "diff", "due"} <= {*names}
    (task,) = json.loads(good.content[0].text)["tasks"]  # type: ignore[attr-defined]
    assert task["lead"] == "县水利局"
    assert bad.is_error and "不在允许读的文件夹里" in bad.content[0].text  # type: ignore[attr-defined]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is full")
@pytest.mark.parametrize(
    ("streams", "sentence"), [(">&-", "没有打开"), ("<&-", "没有打开"), (">/dev/full", "磁盘已满"), ("| true", "")]
)
def test_who_cannot_be_spoken_with_is_one_sentence(shelf: Shelf, streams: str, sentence: str) -> None:
    pytest.importorskip("mcp", reason="the extra aiwei[mcp] is not installed")
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "a", "version": "1"}}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m aiwei_cli mcp "$1" {streams}', sys.executable, str(shelf._roots[0])],
        input=json.dumps(asked).encode() + b"\n",
        stderr=subprocess.PIPE,
        env=environment(),
        timeout=60,
    )
    told = done.stderr.decode()
    assert sentence in told and told.count("\n") == bool(sentence)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes")
def test_what_is_no_file_is_not_waited_for(shelf: Shelf) -> None:
    os.mkfifo(shelf._roots[0] / "管道.txt")
    with pytest.raises(ReadError, match=r"管道\.txt：是管道或设备"):
        Answers(shelf).read_notice("管道.txt")
