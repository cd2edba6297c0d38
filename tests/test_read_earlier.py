"""What aiwei wrote is a source again: trees, rows of an export, ledgers; and what only looks like it is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ledger_samples import bundled, put
from shell import aiwei, sample, untracked

import aiwei_cli
from aiwei_cli.errors import ReadError
from aiwei_cli.notice.model import Notice
from aiwei_cli.reading import sources
from aiwei_cli.reading.kinds import kind_of
from aiwei_cli.resources import bundled_notice

NOTICE = bundled_notice()
ROW = {"notice": "通知", "id": "一", "section": "", "text": "开展工作", "lead": "财政局", "path": "a.txt", "line": 1}


def notices(path: Path) -> list[Notice]:
    found = list(sources([str(path)]))
    assert not [one for one in found if isinstance(one, ReadError)], found
    return [one.notice for one in found if not isinstance(one, ReadError) and one.notice]


def refused(path: Path) -> str:
    """The one complaint about a file, which names it and has a cure."""
    (error,) = (one for one in sources([str(path)]) if isinstance(one, ReadError))
    assert str(error).startswith(str(path)) and ("请" in str(error))
    return str(error)


@pytest.mark.parametrize("per", ["item", "duty"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.json", "a.jsonl", "a.yaml"])
def test_exported_rows_give_the_same_list_from_a_file_and_a_pipe(tmp_path: Path, name: str, per: str) -> None:
    made = tmp_path / name
    aiwei("export", NOTICE, "--per", per, "-o", made)
    for column in ("id", "role", "office"):
        wanted = [row[column] for row in aiwei("list", NOTICE, "--per", "duty", "--format", "json").json()]
        for ran in (
            aiwei("list", made, "--per", "duty", "--format", "json"),
            aiwei("list", "-", "--per", "duty", "--format", "json", stdin=made.read_bytes()),
        ):
            assert [row[column] for row in ran.json()] == wanted, ran.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_that_excel_saved_in_another_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    made = tmp_path / "a.csv"
    text = aiwei("export", NOTICE).out
    made.write_bytes(text.encode(encoding))
    (notice,) = notices(made)
    assert sum(node.is_item for node in notice.walk()) == 27


def test_rows_of_several_notices_are_several_notices(tmp_path: Path) -> None:
    made = tmp_path / "a.json"
    made.write_text(json.dumps([ROW, {**ROW, "id": "二"}, {**ROW, "path": "b.txt"}]), "utf-8")
    assert [[node.id for node in notice.walk()] for notice in notices(made)] == [["一", "二"], ["一"]]


def test_a_ledger_is_a_source_beside_others_and_in_a_pipe(tmp_path: Path) -> None:
    put(tmp_path / "a.db", bundled(), sample())
    (tmp_path / "b.txt").write_text("一、开展工作（财政局负责）。", "utf-8")
    assert [*map(untracked, notices(tmp_path / "a.db"))] == [bundled(), sample()]
    assert len(aiwei("list", tmp_path / "a.db", tmp_path / "b.txt").lines) == 27 + 6 + 1
    data, named = (tmp_path / "a.db").read_bytes(), aiwei("list", tmp_path / "a.db")
    for read in (aiwei("list", "-", stdin=data), aiwei("list", stdin=data, AIWEI_NOTICE="x")):
        assert (read.code, read.out) == (named.code, named.out)


def test_tables_and_ledgers_beside_the_notices_of_a_folder_do_not_count_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(NOTICE.read_bytes())
    for name in ("a.csv", "b.json", "c.yaml", "d.db"):
        assert aiwei("export", tmp_path / "a.txt", "-o", tmp_path / name).code == 0
    read = aiwei("list", tmp_path)
    assert (read.code, read.out) == (0, aiwei("list", tmp_path / "a.txt").out)
    assert all(name in read.err for name in ("a.csv", "b.json", "c.yaml", "d.db"))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'[\n{"notice": "a", "id": "1"}]', "data"),
        (b'{"notice":"a"}\n', "data"),
        (b"- notice: a\n  id: '1'\n", "data"),
        (b"\xef\xbb\xbfnotice,id,number\r\n", "data"),
        (b"notice\tid\tnumber\n", "data"),
        (b"notice, which is a word,id", "txt"),
        (b"- notices are written here", "txt"),
        (b"SQLite format 3\0" + bytes(84), "sqlite"),
    ],
)
def test_what_aiwei_wrote_is_known_by_its_first_bytes(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.json", json.dumps([ROW, {"notice": "通知"}]), "第 2 个"),
        ("a.json", json.dumps([ROW, {"schema": "aiwei.notice.v1"}]), "第 2 个"),
        ("a.json", json.dumps([{**ROW, "id": 1}]), "export"),
        ("a.json", json.dumps([{**ROW, "id": "/".join("一" * 20_000)}]), "export"),
        ("a.jsonl", json.dumps(ROW) + '\n{"notice": "通', "第 2 行"),
        ("a.jsonl", json.dumps({**ROW, "text": None}) + "\n[]\n", "第 2 行"),
        ("a.csv", "notice,id,section,text,path,line\n通知,一,,开展,a.txt,1\n通知,二\n", "第 3 行"),
        ("a.csv", "notice,id,number,level,title,items,duties,path,line\n通知,一,一、,1,甲,2,3,a.txt,1\n", "第 2 行"),
        ("a.csv", "notice,id,section,text,path,line\n" + '"' + "长" * 200_000 + '"\n', "CSV"),
        ("a.csv", "notice,id,section,text,path,line\n", "里面没有公文"),
        ("a.yaml", "- notice: a\n  id: *x\n", "别名"),
        ("a.json", "[]", "里面没有公文"),
    ],
)
def test_a_table_that_is_broken_or_none_of_ours_is_told_with_the_place(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert words in refused(tmp_path / name)


def test_rows_of_a_search_are_no_notices(tmp_path: Path) -> None:
    ran = aiwei("search", "厕所", NOTICE, "--format", "json", "-o", tmp_path / "a.json")
    assert ran.code == 0 and "aiwei export" in refused(tmp_path / "a.json")


def test_a_markdown_table_by_hand_is_no_export(tmp_path: Path) -> None:
    path = tmp_path / "分工.md"
    path.write_text("# 分工\n\n请照办。\n\n| 序号 | 任务 | 牵头单位 |\n|---|---|---|\n| 1 | 清淤 | 水利局 |\n", "utf-8")
    read = aiwei_cli.read(path)
    assert ("请照办" in read.preamble, [node.text for node in read.body]) == (True, ["清淤"])
    assert "T004" not in {each.code for each in read.diagnostics}
