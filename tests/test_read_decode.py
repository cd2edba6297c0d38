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
    [
        (b"\xff\xfe", "utf-16-le", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be", "utf-32-be"),
        (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
        (b"\xef\xbb\xbf", "utf-8", "utf-8-sig"),
    ],
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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be"])
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


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_half_a_character_of_utf16_may_be_a_control(codec: str) -> None:
    """上 and 专 have such a byte, and no NUL byte."""
    text = "专业技术与专业人才与专项工作"
    assert decode(text.encode(codec)) == (text, codec)


@pytest.mark.parametrize(
    ("mark", "codec", "left"),
    [
        ("", "utf-8", 2),
        ("", "gb18030", 3),
        ("", "utf-16-le", 3),
        ("\ufeff", "utf-32-le", 3),
        ("\ufeff", "utf-32-be", 3),
        ("\ufeff", "utf-16-be", 3),
    ],
)
def test_a_part_of_a_character_at_the_end_is_left_out(mark: str, codec: str, left: int) -> None:
    """Wherever the last one was cut; a mark without any character is an empty file."""
    whole, last = (mark + "各区县：一、甲").encode(codec), "\U00020000" if left == 3 else "乙"
    for missing in range(1, left + 1):
        assert decode(whole + last.encode(codec)[:-missing])[0] == "各区县：一、甲"
    if mark:
        with pytest.raises(ReadError, match="读不懂"):
            decode(mark.encode(codec) + last.encode(codec)[:-1])


def test_a_cut_character_after_latin_ones_alone_is_weighed() -> None:
    """1.涓 of GB18030 is also the beginning of a character in UTF-8."""
    assert decode(b"1.\xe4\xb8") == ("1.涓", "gb18030")
    assert decode("1.\u4e00".encode() + b"\xe4\xb8") == ("1.一", "utf-8")


@pytest.mark.parametrize(("count", "read"), [(300, True), (301, False)])
def test_very_many_rare_characters_are_no_chinese(count: int, read: bool) -> None:
    """More than 300 of the first thousand characters, and no common one."""
    for text in ("龘" * count + "a" * (1000 - count) + "龘" * 9, "a" * (1000 - count) + "龘" * count + "龘"):
        data = text.encode("gb18030")
        if read:
            assert decode(data) == (text, "gb18030")
        else:
            with pytest.raises(ReadError, match="不像中文"):
                decode(data)
        assert decode(("的" + text).encode("gb18030"))[1] == "gb18030"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_the_place_of_damage(codec: str) -> None:
    """Line and byte are those of the file, its mark counted; four bytes are shown."""
    mark = {"utf-8": b"\xef\xbb\xbf", "gb18030": b"\x84\x31\x95\x33", "utf-16-le": b"\xff\xfe"}[codec]
    bad = {"utf-8": b"\xff\xfe\xfd\xfc\xfb", "gb18030": b"\xff\xfe\xfd\xfc\xfb", "utf-16-le": b"\x01\xdc\x41\0\x42\0"}[
        codec
    ]
    before = mark + "一、甲\n二、乙\n三、".encode(codec)
    shown = bad[:4].hex(" ").upper()
    with pytest.raises(
        ReadError, match=f"第 3 行有读不懂的字节（字节偏移 {len(before)}，内容 {shown}）：整篇像 {codec.upper()}"
    ):
        decode(before + bad + "丁\n".encode(codec))


@pytest.mark.parametrize(("length", "count", "read"), [(99, 1, True), (99, 2, False), (100, 2, True), (100, 3, False)])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_more_than_one_control_in_a_hundred_bytes_is_no_text(
    length: int, count: int, read: bool, encoding: str
) -> None:
    words = "的一和".encode(encoding)
    data = words + b"\x01" * count
    data += b"a" * (length - len(data))
    if read:
        assert decode(data)[1] == encoding
    else:
        with pytest.raises(ReadError, match=f"字节偏移 {len(words)} 处起有 {count} 个控制字符"):
            decode(data)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(("readable", "read"), [(8, True), (7, False)])
def test_text_of_nul_bytes_has_four_readable_characters_in_five(codec: str, readable: int, read: bool) -> None:
    data = ("1" * readable + "\u0400" * (10 - readable)).encode(codec)
    if read:
        assert decode(data)[1] == codec
    else:
        with pytest.raises(ReadError, match=f"字节偏移 {data.index(0)} 处是 NUL"):
            decode(data)
