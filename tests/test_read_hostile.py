"""Whatever is in a file, reading it ends in a document or in a ReadError: nothing else."""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path

import pytest
from effort import tries
from hypothesis import given
from hypothesis import strategies as st
from read_samples import PARAGRAPHS, abstract, docx, lvl, p, packed, pdf, printed, px, r, tbl, tc
from shell import aiwei

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.tree import DEEPEST
from aiwei_cli.reading import Document, libreoffice
from aiwei_cli.reading.containers import documents
from aiwei_cli.reading.kinds import SUFFIXES


@pytest.fixture(autouse=True)
def _no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would start for each of the examples."""
    monkeypatch.setattr(libreoffice, "find_program", lambda: None)


def check(data: bytes, suffix: str) -> None:
    for found in documents(data, name="文件", path="文件", suffix=suffix):
        if isinstance(found, ReadError):
            assert str(found).startswith("文件") and "自己出了错" not in str(found)
            if "!/" not in str(found):  # The names in an archive are its own.
                str(found).encode("gbk")
        else:
            assert isinstance(found, Document)
            assert found.text.strip() or found.notice


SEEDS = {
    "docx": docx(
        p("标题"),
        p("工作", "1"),
        px(r("甲") + f"<w:ins>{r('乙')}</w:ins>"),
        tbl([tc("序号"), tc("工作任务"), tc("责任单位")], [tc("1"), tc("甲", merge="restart"), tc("乙", span=2)]),
        numbering=abstract(1, lvl(0, "chineseCounting", "%1、")),
    ),
    "pdf": pdf(printed(PARAGRAPHS[:6])),
    "zip": packed({"1.txt": "一、工作", "2.docx": docx(p("甲")), "3.html": "<html><p>乙，</p></html>"}),
    "html": "<html><body><ol><li>一，<table><tr><td rowspan=2>二<td>三，</table></body></html>".encode(),
    "yaml": "schema: aiwei.notice.v1\nsource: {path: a}\nbody:\n- {id: '一', number: 一、, level: 1}\n".encode(),
    "json": '{"schema": "aiwei.notice.v1", "source": {}, "body": [{"id": "一", "children": []}]}'.encode(),
    "txt": "一、工作（财政所负责）。\n".encode("gb18030"),
}


@pytest.mark.parametrize("kind", SEEDS)
@pytest.mark.parametrize("seed", range(60))
def test_damaged_files(kind: str, seed: int) -> None:
    """Bytes changed, cut out, doubled, or the end lost."""
    dice = random.Random(f"{kind}{seed}")
    data = bytearray(SEEDS[kind])
    for _ in range(dice.choice((1, 3, 20))):
        at = dice.randrange(len(data))
        match dice.randrange(4):
            case 0:
                data[at] = dice.randrange(256)
            case 1:
                del data[at : at + dice.randrange(1, 9)]
            case 2:
                data[at:at] = data[at : at + dice.randrange(1, 60)]
            case _:
                data[at : at + 2] = dice.randbytes(2)
        if len(data) < 2:
            break
    if dice.random() < 0.2:
        del data[dice.randrange(len(data)) :]
    check(bytes(data), f".{kind}")


@pytest.mark.parametrize("seed", range(60))
def test_damaged_parts_of_word_files(seed: int) -> None:
    """The XML changed inside a sound archive: names, numbers and nesting that no program writes."""
    dice = random.Random(seed)
    body = "".join(
        (
            p("标题"),
            p("工作", "1"),
            px(f"<w:del>{r('甲')}</w:del>"),
            tbl([tc("序号"), tc("任务", span=3)], [tc(merge="x")]),
        )
    )
    words = ["w:p", "w:tbl", "w:tr", "w:tc", "w:r", "w:t", "w:ins", "w:del", "w:numPr", "w:val", "w:sdt", "w:vMerge"]
    for _ in range(dice.randrange(1, 8)):
        one, other = dice.sample(words, 2)
        body = (
            body.replace(one, other)
            if dice.random() < 0.5
            else body.replace('"1"', f'"{dice.choice(["-1", "x", "9" * 99])}"')
        )
    check(docx(body, numbering=abstract(1, lvl(0, "decimal", "%1."))), ".docx")


@tries(300)
@given(st.binary(max_size=300), st.sampled_from(["", *SUFFIXES]))
def test_any_bytes_under_any_name(data: bytes, suffix: str) -> None:
    check(data, suffix)


@tries(200)
@given(
    st.sampled_from(
        [b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1", b"<html>", b"{", b"---\n"]
    ),
    st.binary(max_size=200),
    st.sampled_from(["", *SUFFIXES]),
)
def test_any_bytes_behind_a_mark(mark: bytes, data: bytes, suffix: str) -> None:
    check(mark + data, suffix)


def tree(**parts: object) -> str:
    source = {"path": "x", "sha256": "", "encoding": "utf-8", "characters": 1, "kind": "txt"}
    return json.dumps({"schema": "aiwei.notice.v1", "source": source, "title": "t", "body": [], **parts})


def branch(depth: int) -> dict[str, object]:
    node: dict[str, object] = {"id": "1", "number": "1.", "level": 1, "title": "t", "span": [0, 1], "children": []}
    for _ in range(depth - 1):
        node = {**node, "children": [node]}
    return node


ODD_YAML = ["!!bool foo", "!!timestamp foo", "!!int ''", "!!float ''", "!!int '1:1:1'", "1:" * 200 + "1.5", "=", "<<"]
ODD = {
    **{f"{number}.yaml": f"schema: aiwei.notice.v1\nx: {value}\n" for number, value in enumerate(ODD_YAML)},
    "long.yaml": "schema: aiwei.notice.v1\nx: 1" + ":1" * 300_000,
    "half.json": tree(title="\ud800"),
    "halves.json": tree(addressees=["\ud800"]),
    "large.json": tree(year=10**30),
    "span.json": tree(clauses=[[0, 10**30]]),
    "deep.json": tree(body=[branch(300)]),
    "deeper.json": '{"schema": "aiwei.notice.v1", "body": ' + "[" * 5000 + "]" * 5000 + "}",
    "deep.yaml": "schema: aiwei.notice.v1\nbody: " + "[" * 5000 + "]" * 5000,
    "rows.json": '[{"notice": "\\ud800", "id": "1", "section": "", "path": "", "line": 1, "text": ""}]',
    "level.csv": "notice,id,number,level,section,title,text,lead,line\nt,一,一、," + "9" * 5000 + ",,,a,财政局,1\n",
}


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    for name, content in ODD.items():
        (tmp_path / name).write_text(content, "utf-8")
    (tmp_path / "1.txt").write_text("一、开展整治。（市财政局负责）\n", "utf-8")
    (tmp_path / "z.txt").write_text("一、开展培训。（市人社局负责）\n", "utf-8")
    files = sorted(map(str, tmp_path.iterdir()))
    for args in (["list"], ["export"], ["add", "--ledger", str(tmp_path / "a.db")]):
        began = time.monotonic()
        ran = aiwei(args[0], *files, *args[1:])
        assert ran.code == 1 and "自己出了错" not in ran.err and time.monotonic() - began < 30
        assert len([line for line in ran.err.splitlines() if line.startswith("错误")]) >= len(ODD) - 1
    listed = aiwei("list", tmp_path / "a.db").out
    assert "开展整治。" in listed and "开展培训。" in listed


@pytest.mark.parametrize("suffix", ["yaml", "json", "jsonl", "csv", "tsv", "md", "html", "xlsx", "docx", "sqlite"])
def test_a_tree_as_deep_as_may_be_can_be_written_in_every_format(suffix: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(tree(body=[branch(DEEPEST)]), "utf-8")
    ran = aiwei("export", tmp_path / "a.json", "-o", tmp_path / f"out.{suffix}")
    assert (ran.code, ran.err) == (0, "")
    if suffix in ("yaml", "json", "jsonl"):
        assert aiwei("parse", tmp_path / "a.json", "-o", tmp_path / f"tree.{suffix}").code == 0
        assert aiwei("list", tmp_path / f"tree.{suffix}").out == aiwei("list", tmp_path / "a.json").out
    if suffix == "sqlite":
        assert aiwei("list", tmp_path / "out.sqlite").code == 0
    (tmp_path / "b.json").write_text(tree(body=[branch(DEEPEST + 1)]), "utf-8")
    assert "层次超过" in aiwei("list", tmp_path / "b.json").err


@pytest.mark.parametrize("value", ["!!bool x", "!!int ''", "!!timestamp x", "&a [*a]", "[" * 5000 + "]" * 5000])
def test_odd_values_in_rules_are_a_sentence(value: str, tmp_path: Path) -> None:
    (tmp_path / "offices.yaml").write_text(f"offices: [{value}]\n", "utf-8")
    ran = aiwei("list", "--rules", tmp_path)
    assert ran.code == 2 and len(ran.err.splitlines()) == 2 and "offices.yaml" in ran.err


def test_a_date_in_the_rules_is_a_name_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "offices.yaml").write_text("offices: [2023-13-45]\n", "utf-8")
    assert aiwei("list", "--rules", tmp_path).code == 0


@pytest.mark.skipif(os.name == "nt", reason="named pipes in folders")
def test_a_pipe_in_a_folder_is_passed_over_and_said(tmp_path: Path) -> None:
    for name in ("a.txt", "b.yaml"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "c.txt").write_text("一、开展整治。（市财政局负责）\n", "utf-8")
    (tmp_path / "d.txt").symlink_to("/dev/zero")
    (tmp_path / "e.json").symlink_to(tmp_path / "none.json")
    ran = aiwei("list", tmp_path)
    assert len(ran.lines) == 1 and ran.code == 1
    assert [name for name in "abcde" if f"{name}." in ran.err.replace(str(tmp_path), "")] == ["a", "b", "d", "e"]


def test_an_encoding_of_xml_that_nobody_knows_is_an_error() -> None:
    body = '<?xml version="1.0" encoding="rot13"?><w:document xmlns:w="x"><w:body/></w:document>'
    (found,) = documents(docx(document=body), name="文件", path="文件", suffix=".docx")
    assert "word/document.xml 不是合法的 XML" in str(found)


def test_a_separator_inside_a_line_of_json_does_not_end_it(tmp_path: Path) -> None:
    lines = [tree(title="甲\u2028乙"), tree(title="丙")]
    (tmp_path / "a.jsonl").write_text("\n".join(lines).replace("\\u2028", "\u2028"), "utf-8")
    assert [line["title"] for line in aiwei("parse", tmp_path / "a.jsonl", "--format", "json").json()] == [
        "甲\u2028乙",
        "丙",
    ]


def test_a_fault_of_the_code_costs_one_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from aiwei_cli import parsing

    usual = parsing.parse
    monkeypatch.setattr(parsing, "parse", lambda text, **rest: 1 // 0 if "坏" in text else usual(text, **rest))
    for name, words in (("1.txt", "坏"), ("2.txt", "好")):
        (tmp_path / name).write_text(f"一、{words}。（市财政局负责）\n", "utf-8")
    ran = aiwei("list", tmp_path)
    assert len(ran.lines) == 1 and ran.code == 1 and "1.txt：读它时 aiwei 自己出了错（ZeroDivisionError" in ran.err
