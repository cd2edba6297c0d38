"""Lines and columns: the same in every answer, whichever way the lines of a source end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from shell import aiwei

from aiwei_cli.notice.lines import Lines
from aiwei_cli.notice.source import Source
from aiwei_cli.parsing import parse
from aiwei_cli.reading.document import PICTURE, Document, FilePlace

ENDS = {"LF": "\n", "CR LF": "\r\n", "CR": "\r"}
TEXT = "一、清淤\n（一）截污（县水务局负责）。\n（二）补种（青苗协会、县林业局负责）。\n"


def ended(name: str) -> str:
    return TEXT.replace("\n", ENDS[name])


@pytest.mark.parametrize("name", ENDS)
def test_a_place_is_told_by_line_and_column(name: str) -> None:
    text = ended(name)
    lines = Lines(text)
    for words, place in {"一": (1, 1), "淤": (1, 4), "（一）": (2, 1), "（二）": (3, 1), "青": (3, 7)}.items():
        assert lines.place(text.index(words)) == place, words
        assert lines.numbers([text.index(words)]) == [place[0]], words
    assert lines.place(len(text)) == (4, 1)


def test_a_blank_line_ends_in_one_character_or_two() -> None:
    assert [Lines(f"甲{end}{end}乙").place(1 + 2 * len(end)) for end in ENDS.values()] == [(3, 1)] * 3
    assert Lines("甲\n\r乙").place(3) == (3, 1)  # LF CR is two ends


@pytest.mark.parametrize("name", ENDS)
def test_why_and_the_diagnostics_and_the_tree_name_the_same_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes(ended(name).encode())
    ran = aiwei("why", "一/（二）", path)
    assert ran.code == 0
    assert "第 3 行" in ran.out
    assert set(re.findall(r"^ +(\d+):", ran.out, re.M)) == {"3"}
    assert "3:1  编号" in ran.out
    assert [(each.line, each.column) for each in parse(ended(name)).diagnostics] == [(3, 7)]


@pytest.mark.parametrize("name", ENDS)
def test_a_page_that_is_a_picture_is_placed_alike(name: str) -> None:
    text = ended(name)
    places = (FilePlace(0, "page", 1), FilePlace(text.index("（二）"), "page", 3))
    document = Document(text, Source(None), places, ((2, PICTURE),))
    found = [each for each in document.located(parse(text)).diagnostics if each.code == "P001"]
    assert [(each.line, each.column) for each in found] == [(3, 1)]


@pytest.mark.parametrize("name", ENDS)
def test_a_byte_that_cannot_be_read_is_in_its_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes(ended(name).encode() + b"\xff\xff" + ended(name).encode())
    ran = aiwei("parse", path)
    assert ran.code == 2
    assert "第 4 行有读不懂的字节" in ran.err
