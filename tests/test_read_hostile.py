"""Whatever is in a file, reading it ends in a document or in a ReadError: nothing else."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_samples import PARAGRAPHS, abstract, docx, lvl, p, packed, pdf, printed, px, r, tbl, tc

from aiwei_cli.errors import ReadError
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
            assert str(found).startswith("文件")
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


@settings(max_examples=300)
@given(st.binary(max_size=300), st.sampled_from(["", *SUFFIXES]))
def test_any_bytes_under_any_name(data: bytes, suffix: str) -> None:
    check(data, suffix)


@settings(max_examples=200)
@given(
    st.sampled_from(
        [b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1", b"<html>", b"{", b"---\n"]
    ),
    st.binary(max_size=200),
    st.sampled_from(["", *SUFFIXES]),
)
def test_any_bytes_behind_a_mark(mark: bytes, data: bytes, suffix: str) -> None:
    check(mark + data, suffix)
