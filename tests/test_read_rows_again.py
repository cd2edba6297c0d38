"""Rows and trees that aiwei wrote: where they begin to be none of its own."""

from __future__ import annotations

import json

import pytest

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.model import Notice, Source
from aiwei_cli.notice.tree import DEEPEST
from aiwei_cli.reading.budget import Budget, Limits
from aiwei_cli.reading.earlier import notices

ROW = {"notice": "通知", "id": "一", "section": "", "text": "清淤", "lead": "水利局", "path": "a.txt", "line": 1}
TREE = json.dumps(Notice("", Source()).to_dict())


def read(text: str) -> list[tuple[str, Notice]]:
    return list(notices(text, Budget(source=100_000)))


def ids(text: str) -> list[list[str]]:
    return [[node.id for node in notice.walk()] for _, notice in read(text)]


def failure(text: str) -> str:
    with pytest.raises(ReadError) as error:
        read(text)
    return str(error.value)


def test_how_deep_the_ids_of_rows_may_be() -> None:
    def row(levels: int) -> str:
        return json.dumps([{**ROW, "id": "/".join(["1"] * levels)}])

    assert len(ids(row(DEEPEST))[0]) == DEEPEST
    assert "层次太深" in failure(row(DEEPEST + 1))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (json.dumps([ROW]), "json"),
        ("\n " + json.dumps([ROW, {**ROW, "id": "二"}]), "json"),
        (json.dumps(ROW), "json"),
        (json.dumps(ROW) + "\n\n" + json.dumps({**ROW, "id": "二"}), "jsonl"),
        ("- " + "\n  ".join(f"{key}: {json.dumps(value)}" for key, value in ROW.items()), "yaml"),
        ("notice,id,section,text,path,line\n通知,一,,清淤,a.txt,1\n", "csv"),
        ("notice\tid\tsection\ttext\tpath\tline\n通知\t一\t\t清淤\ta.txt\t1\n", "tsv"),
    ],
)
def test_the_kind_of_what_is_read_again(text: str, kind: str) -> None:
    assert {found for found, _ in read(text)} == {kind}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (json.dumps([{key: value for key, value in ROW.items() if key != "text"}]), "不是 aiwei parse 写的公文"),
        (json.dumps([ROW, {**ROW, "id": "一", "section": None}])[:-1], "不是合法的 JSON"),
        (json.dumps([ROW, 3]), "第 2 个：不是 aiwei parse"),
        (json.dumps([{**ROW, "text": "\ud800"}]), "半个字符"),
        (json.dumps([{**ROW, "line": 10**30}]), "过大的数"),
        (json.dumps(ROW) + "\n{", "第 2 行不是完整的 JSON"),
        ("{\n{", "第 2 行第 1 列不是合法的 JSON"),
        ("notice,id,line\n通知,一,1\n", "第 2 行：不是 aiwei parse"),
        ("[" * 100_000, "层次太深"),
        ("a: [1\nb: 2", "第 2 行第"),
        ("a: &x 1\nb: *x", "别名"),
        ("", "里面没有公文"),
        ("---\n---\n", "里面没有公文"),
        ("schema: aiwei.notice.v1\nbody: 3", "内容不合 aiwei.notice.v1 的格式"),
        (f"---\n{TREE}\n---\nb: 2", "第 2 份：不是 aiwei parse"),
        (f'{TREE}\n{{"a": 1}}', "第 2 行：不是 aiwei parse"),
        ('notice,id,section,text,path,line\n"通知', "不是完整的 CSV"),
    ],
)
def test_what_is_no_notice_of_ours_is_told_with_its_place(text: str, words: str) -> None:
    if words == "不是完整的 CSV":
        text = "notice,id\n" + '"' + "长" * 140_000 + '"'
    assert words in failure(text)


def test_values_on_lines_are_counted_before_they_are_read() -> None:
    def budget(elements: int) -> Budget:
        return Budget(Limits(memory=400 * elements), 0)

    rows = json.dumps([ROW])
    signs = sum(map(rows.count, ",[{")) // 4
    assert list(notices(rows, budget(signs)))
    with pytest.raises(ReadError, match="标记太多"):
        list(notices(rows, budget(signs - 1)))
    table = "notice,id,section,text,path,line\n通知,一,,清淤,a.txt,1\n"
    signs = sum(map(table.count, ",\t\n")) // 4
    assert list(notices(table, budget(signs)))
    with pytest.raises(ReadError, match="标记太多"):
        list(notices(table, budget(signs - 1)))
