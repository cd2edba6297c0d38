"""Bytes to characters: any encoding a clerk's file may have, and a clear word where it is no text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read_samples import NOTICE

from aiwei_cli.errors import ReadError
from aiwei_cli.reading import decode

TRADITIONAL = (
    "各縣（市、區）人民政府：為貫徹落實國務院關於深入開展愛國衛生運動的意見，現將工作要點印發給你們，請認真執行。\r\n"
    "一、加強城鄉環境衛生整治（環境保護局負責）。\r\n"
)
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "gb18030": "gb18030",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_gives_the_same_characters(encoding: str, newline: str) -> None:
    text = NOTICE.replace("\n", newline)
    assert decode(text.encode(encoding)) == (text, ENCODINGS[encoding])


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [(b"\xff\xfe", "utf-16-le", "utf-16-le"), (b"\xfe\xff", "utf-16-be", "utf-16-be")],
)
def test_the_byte_order_mark_is_no_part_of_the_text(mark: bytes, codec: str, name: str) -> None:
    assert decode(mark + NOTICE.encode(codec)) == (NOTICE, name)


@pytest.mark.parametrize("text", [TRADITIONAL, TRADITIONAL[:12], TRADITIONAL.replace("\r\n", "")])
def test_big5_is_not_taken_for_gb18030(text: str) -> None:
    assert decode(text.encode("big5")) == (text, "big5")


@pytest.mark.parametrize("text", ["一", "一、", "（一）", "　　一、工作任务", "联通", "图克镇", "各嘎查村㐂𠀀"])
def test_short_gb18030_is_read(text: str) -> None:
    assert decode(text.encode("gb18030")) == (text, "gb18030")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["一、工作任务\n", "　　一、一二一\r\n", "1.2023 plan\n", "为贯彻落实国务院的意见，"])
def test_utf16_without_a_mark_is_read_whatever_its_nul_bytes(codec: str, text: str) -> None:
    """一 and the ideographic space have their NUL byte where digits have none; some lines have no NUL byte at all."""
    assert decode(text.encode(codec)) == (text, codec)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
@pytest.mark.parametrize("missing", range(1, 9))
def test_a_file_cut_inside_its_last_character_is_read_up_to_there(encoding: str, missing: int) -> None:
    text, name = decode(NOTICE[:1000].encode(encoding)[:-missing])
    assert NOTICE.startswith(text)
    assert len(text) >= 1000 - missing
    assert name == encoding


def test_damage_is_reported_with_its_line_and_byte() -> None:
    lines = NOTICE.splitlines(keepends=True)
    before = "".join(lines[:4]).encode()
    with pytest.raises(ReadError) as error:
        decode(before + b"\xff" + "".join(lines[4:]).encode())
    assert f"第 5 行有读不懂的字节（字节偏移 {len(before)}，内容 FF" in str(error.value)
    assert "UTF-8" in str(error.value)
    assert "另存为" in str(error.value)


def test_damage_in_gb18030_is_reported_as_such() -> None:
    with pytest.raises(ReadError, match="GB18030"):
        decode(NOTICE.encode("gb18030") + b"\xff\xff" + NOTICE.encode("gb18030"))


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_an_error(data: bytes) -> None:
    with pytest.raises(ReadError, match="空的"):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 10,
        random.Random(1).randbytes(5000),
        b"\x7f\x45\x4c\x46\x02\x01\x01\0\0\0\0\0" * 50,
        bytes(range(1, 32)) * 20,
    ],
)
def test_binary_data_is_an_error_that_names_a_byte(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"二进制文件，不是文本（字节偏移 \d+"):
        decode(data)


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except ReadError as error:
        assert str(error)
    else:
        assert text
        assert encoding


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1))
def test_utf8_is_never_taken_for_anything_else_if_it_has_chinese(text: str) -> None:
    text = "各区县：" + text
    assert decode(text.encode()) == (text, "utf-8")
