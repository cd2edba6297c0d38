"""ZIP archives: each notice in one is a document, and no archive can do harm."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from read_samples import docx, failure, p, packed

from aiwei_cli.errors import ReadError
from aiwei_cli.reading import archive, sources
from aiwei_cli.reading.budget import Budget, Limits
from aiwei_cli.reading.containers import documents


def contents(data: bytes) -> list[tuple[str, str]]:
    """(path, text) of each member, or (error, '')."""
    found = documents(data, name="a.zip", path="a.zip", suffix=".zip")
    return [(str(one), "") if isinstance(one, ReadError) else (one.source.path or "", one.text) for one in found]


def test_each_notice_in_an_archive_is_a_document(tmp_path: Path) -> None:
    file = tmp_path / "公文.zip"
    file.write_bytes(
        packed(
            {
                "2.txt": "二".encode("gb18030"),
                "内/1.docx": docx(p("一")),
                "内/网页.html": "<html><p>三，三。</p></html>",
                "readme.pdfx": "x",
                "__MACOSX/._2.txt": "x",
                ".hidden.txt": "x",
                "~$1.docx": "x",
                "package.json": "{}",
                "空/": "",
            }
        )
    )
    found = list(sources([str(file)]))
    assert [(one.source.path, one.text, one.source.kind) for one in found if not isinstance(one, ReadError)] == [
        (f"{file}!/2.txt", "二", "txt"),
        (f"{file}!/内/1.docx", "一\n", "docx"),
        (f"{file}!/内/网页.html", "三，三。\n", "html"),
    ]
    assert len(found) == 3


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_chinese_names_from_windows_are_read(encoding: str) -> None:
    """Windows writes them in GBK and does not say so; some tools write UTF-8 and do not say so either."""
    name = "通知".encode(encoding)
    stand_in = b"A" * len(name)
    data = packed({f"{stand_in.decode()}.txt": "甲"}).replace(stand_in, name)
    assert contents(data) == [("a.zip!/通知.txt", "甲")]


def test_a_bad_member_does_not_stop_the_others() -> None:
    data = packed({"1.txt": b"", "2.txt": "二", "3.docx": b"PK\x03\x04", "4.txt": bytes(range(256))})
    found = contents(data)
    assert found[1] == ("a.zip!/2.txt", "二")
    assert [words.split("：")[0] for words, text in found if not text] == [
        *("a.zip!/1.txt", "a.zip!/3.docx", "a.zip!/4.txt"),
    ]


def test_archives_in_archives_are_read_to_a_depth() -> None:
    data = packed({"1.txt": "甲"})
    for _ in range(2):
        data = packed({"x.zip": data})
    assert contents(data) == [("a.zip!/x.zip!/x.zip!/1.txt", "甲")]
    (deeper,) = contents(packed({"x.zip": data}))
    assert "超过 3 层" in deeper[0]


@pytest.mark.parametrize("name", ["../../a.txt", "/etc/a.txt", "C:/a.txt", "x/../../a.txt", "..\\a.txt"])
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    (refused,), (kept,) = [
        [one] for one in sorted(contents(packed({name: "甲", "z.txt": "乙"})), key=lambda one: one[1])
    ]
    assert "指向包外" in refused[0]
    assert kept == ("a.zip!/z.txt", "乙")


def test_a_link_is_refused() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        link = ZipInfo("a.txt")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    assert "链接" in contents(out.getvalue())[0][0]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.writestr("a.txt", bytes(40 * 1024 * 1024))
        made.writestr("b.txt", "乙")
    (bomb, kept) = contents(out.getvalue())
    assert "压缩炸弹" in bomb[0]
    assert kept == ("a.zip!/b.txt", "乙")


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(packed({"a.txt": b"1" * 100_000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 50)
    assert "解压不了" in contents(bytes(data))[0][0]


def test_the_limits_hold_for_all_archives_together(monkeypatch: pytest.MonkeyPatch) -> None:
    _shrink(monkeypatch, size=450, members=100)
    inner = packed({"1.txt": "x" * 100})
    assert [text[:1] for _, text in contents(packed({"1.zip": inner, "2.txt": "y" * 100})) if text] == ["x", "y"]
    (refused,) = contents(packed({"1.zip": inner, "2.txt": "y" * 100, "3.txt": "z" * 300}))
    assert "合计超过" in refused[0]


def test_sizes_are_added_up_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    _shrink(monkeypatch, size=250, members=100)
    (refused,) = contents(packed({f"{n}.txt": "y" * 100 for n in range(3)}))
    assert "合计超过" in refused[0]


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _shrink(monkeypatch, size=10_000, members=5)
    assert "个" in failure(packed({f"{n}.txt": "x" for n in range(6)}))


def _shrink(monkeypatch: pytest.MonkeyPatch, size: int, members: int) -> None:
    usual = Budget.__init__

    def init(self: Budget, *args: Any) -> None:
        usual(self, *args)
        self.size, self.members = size, members

    monkeypatch.setattr(Budget, "__init__", init)


def test_members_of_the_same_bytes_are_refused() -> None:
    """The list may name one member many times, so that each of its bytes is unpacked as often."""
    data = packed({"a.txt": "甲" * 1000})
    at, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry, count = data[at:end], 40
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, count * len(entry), at, 0)
    (refused,) = contents(data[:at] + entry * count + tail)
    assert "同一段内容" in refused[0]


def test_what_an_archive_holds_is_read_in_the_time_of_one_file() -> None:
    data = packed({f"{n}.txt": "甲" for n in range(3)})
    found = list(documents(data, name="a.zip", path="a.zip", limits=Limits(seconds=-1.0)))
    assert len(found) == 1 and "还没有读完" in str(found[0])


def test_a_member_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_MEMBER", 1024 * 1024)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as made:
        made.writestr("a.txt", "x" * (1024 * 1024 + 1))
    assert "超过 1 MB" in contents(out.getvalue())[0][0]


def test_a_password_is_named() -> None:
    data = bytearray(packed({"a.txt": "甲"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "密码" in contents(bytes(data))[0][0]


def test_names_that_say_they_are_utf8_are_so() -> None:
    """ÄÄ is also a character of GBK, in the letters of DOS."""
    assert contents(packed({"ÄÄ\\b.txt": "甲"})) == [("a.zip!/ÄÄ/b.txt", "甲")]


@pytest.mark.parametrize("part", [0.1, 0.5, 0.95])
def test_a_cut_archive_is_an_error(part: float) -> None:
    data = packed({f"{n}.txt": "甲乙丙丁" * 100 for n in range(9)})
    assert "不完整或已损坏" in failure(data[: int(len(data) * part)], ".zip")


def test_an_archive_without_notices_is_an_error() -> None:
    assert "压缩包里没有公文" in failure(packed({"a.jpg": "x"}))
    assert "压缩包里没有公文" in failure(packed({}))


def test_a_member_without_a_name_is_passed_over() -> None:
    data = packed({"a.txt": "甲", "QQ": "乙"}).replace(b"QQ", b"\0\0")
    assert contents(data) == [("a.zip!/a.txt", "甲")]
