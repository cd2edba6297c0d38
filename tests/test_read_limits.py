"""How large a file and what is in it may be, and what is made of its name: the limits that the messages name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from read_samples import docx, p, packed, tbl, tc

from aiwei_cli.errors import ReadError
from aiwei_cli.reading import files, libreoffice, native, opendocument, zipped
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.files import STDIN, ahead, content, files_of, list_folder, only, read, sources
from aiwei_cli.reading.word.package import Package

MB = 1 << 20


@pytest.mark.parametrize(
    ("module", "name", "most"),
    [
        ("files", "LIMIT", 200 * MB),
        ("archive", "LARGEST_MEMBER", 200 * MB),
        ("ofd", "_LARGEST", 200 * MB),
        ("ofd", "_MOST_PAGES", 3000),
        ("sheets", "_LARGEST", 200 * MB),
        ("sheets", "_MOST", 5_000_000),
        ("word.package", "LARGEST_PART", 100 * MB),
        ("libreoffice", "_LARGEST", 20 * MB),
        ("libreoffice", "TIMEOUT", 120),
        ("kinds", "MOST_MEMBERS", 20_000),
        ("ocr_child", "_MOST_DOTS", 100_000_000),
        ("pdf_rules", "MOST_OBJECTS", 60_000),
        ("pdf_rules", "_DEEP", 6),
        ("pdf_pages", "MOST_PAGES", 3000),
        ("pages.ruled", "_MOST_PLACES", 20_000),
        ("pages.unruled", "_MOST", 400),
        ("native", "_LARGEST_ANSWER", 1 << 30),
        ("opendocument", "_MOST", 10_000),
    ],
)
def test_the_limits_that_are_told(module: str, name: str, most: int) -> None:
    """Too large to be met by a test; that each is kept is tried with a smaller one."""
    assert getattr(import_module(f"aiwei_cli.reading.{module}"), name) == most


# -- archives ----------------------------------------------------------------------------------------------------------


def entries(*sizes: tuple[int, int]) -> bytes:
    """An archive whose members begin and are as large as said."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for k, _ in enumerate(sizes):
            archive.writestr(f"{k}.txt", "")
        for info, (offset, size) in zip(archive.infolist(), sizes, strict=True):
            info.header_offset, info.compress_size = offset, size
    return out.getvalue()


@pytest.mark.parametrize(
    ("members", "overlap"),
    [([(0, 0), (30, 0)], False), ([(0, 1), (30, 0)], True), ([(0, 0), (29, 0)], True), ([(30, 9), (0, 0)], False)],
)
def test_members_that_share_their_bytes_are_a_bomb(members: Sequence[tuple[int, int]], overlap: bool) -> None:
    data = entries(*members)
    if overlap:
        with pytest.raises(ReadError, match="同一段内容"):
            zipped.open_archive(data, 9)
    else:
        assert len(zipped.open_archive(data, 9).infolist()) == 2


@pytest.mark.parametrize(("size", "refused"), [(9000, False), (9001, True), (0xFFFFFFFF, True)])
def test_a_list_of_members_without_end_is_refused_before_it_is_read(size: int, refused: bool) -> None:
    data = bytearray(packed({"a.txt": ""}))
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = size.to_bytes(4, "little")
    with pytest.raises((ReadError, *zipped.BROKEN)) as error:
        zipped.open_archive(bytes(data), 9)
    assert isinstance(error.value, ReadError) is refused
    # a list so long that its size is elsewhere
    if size == 0xFFFFFFFF:
        for own, too_long in ((9000, False), (9001, True)):
            large = b"PK\x06\x06" + bytes(36) + own.to_bytes(8, "little") + b"\1" * 8 + bytes(data[at:])
            assert (zipped._list_size(large) > 9000) is too_long
    assert zipped._list_size(b"") == 0
    end = b"PK\x05\x06" + bytes(8) + (9001).to_bytes(4, "little")
    assert zipped._list_size(end) == 9001
    # what stands elsewhere counts only where the end says so
    assert zipped._list_size(b"PK\x06\x06" + bytes(36) + (5).to_bytes(8, "little") + end) == 9001


# -- parts of a Word file ----------------------------------------------------------------------------------------------


def test_how_large_and_how_tightly_packed_a_part_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def whole(size: int, packed_size: int) -> str:
        package = Package(docx(p("甲")), Budget())
        info = package._names["word/document.xml"]
        info.file_size, info.compress_size = size, packed_size
        try:
            package.tree("word/document.xml")
        except ReadError as error:
            return str(error)
        return ""

    assert "压缩炸弹" not in whole(10_000_000, 1)
    assert "有 9 MB，像是压缩炸弹" in whole(10_000_001, 1)
    assert "压缩炸弹" not in whole(20_000_000, 100_000)
    assert "压缩炸弹" in whole(20_000_001, 100_000)
    assert "压缩炸弹" not in whole(100 * MB, MB)
    assert "有 100 MB" in whole(100 * MB + 1, MB)


def test_a_cell_spans_no_more_columns_than_word_allows() -> None:
    from aiwei_cli.reading.word.body import _span
    from aiwei_cli.reading.word.package import parse_xml

    spans = [_span(parse_xml(f'<a val="{words}"/>'.encode(), "a"), 1) for words in ("0", "1", "63", "64", "x")]
    assert spans == [1, 1, 63, 63, 1]
    assert _span(None, 0) == 0
    assert docx(tbl([tc("甲", span=63)]))


# -- workbooks ---------------------------------------------------------------------------------------------------------


def spans(inner: str) -> dict[str, Any]:
    ns = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    return opendocument.merged_ranges(packed({"content.xml": f'<t:a xmlns:t="{ns}">{inner}</t:a>'}))


def test_what_is_merged_in_an_open_workbook() -> None:
    wide = '<t:table-cell t:number-columns-spanned="2" t:number-rows-spanned="3"/>'
    row = f'<t:table-row><t:table-cell t:number-columns-repeated="4"/>{wide}</t:table-row>'
    one = [((0, 4), (2, 5))]
    assert spans(f'<t:table t:name="S">{row}</t:table>') == {"S": one}
    assert spans(f'<t:table t:name="S"><t:table-row t:number-rows-repeated="5"/>{row}</t:table>') == {
        "S": [((5, 4), (7, 5))]
    }
    # a sheet inside another does not count, and one after it begins anew
    inner = f'<t:table t:name="I">{row}</t:table>'
    two = f'<t:table t:name="S"><t:table-row>{inner}</t:table-row>{row}</t:table><t:table t:name="T">{row}</t:table>'
    assert spans(two) == {"S": [((1, 4), (3, 5))], "T": one}
    assert spans(row) == {}
    for own, found in (("1", []), ("0", []), ("x", []), ("123456789", []), ("12345678", [((0, 0), (0, 12345677))])):
        cell = f'<t:table-cell t:number-columns-spanned="{own}"/>'
        assert spans(f'<t:table t:name="S"><t:table-row>{cell}</t:table-row></t:table>') == {"S": found}
    assert opendocument.merged_ranges(b"") == opendocument.merged_ranges(packed({"a": ""})) == {}


def test_no_more_cells_are_merged_than_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opendocument, "_MOST", 2)
    cells = '<t:table-cell t:number-rows-spanned="2"/>' * 3
    assert len(spans(f'<t:table t:name="S"><t:table-row>{cells}</t:table-row></t:table>')["S"]) == 2


# -- files and folders -------------------------------------------------------------------------------------------------


def test_a_file_may_be_as_large_as_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LIMIT", 6)
    path = tmp_path / "a.txt"
    path.write_bytes("甲乙".encode())
    assert read(path).text == "甲乙"
    assert [one.text for one in sources(["-"], stdin=BytesIO("甲乙".encode())) if not isinstance(one, ReadError)] == [
        "甲乙"
    ]
    path.write_bytes("甲乙.".encode())
    with pytest.raises(ReadError, match="文件超过 0 MB"):
        content(str(path))
    (told,) = sources(["-"], stdin=BytesIO("甲乙.".encode()))
    assert isinstance(told, ReadError) and str(told).startswith(f"{STDIN}：文件超过")


def test_what_is_read_once_and_what_is_no_stream() -> None:
    first, second = sources(["-", "-"], stdin=BytesIO("甲".encode()))
    assert not isinstance(first, ReadError) and "只能读一次" in str(second)

    class Broken(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    (told,) = sources(["-"], stdin=Broken())
    assert "读不出来（Input/output error）" in str(told)


@pytest.mark.parametrize(("count", "words"), [(0, "里面有 0 篇公文，请拆"), (2, "里面有 2 篇公文，请拆")])
def test_one_document_is_wanted(count: int, words: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", "utf-8")
    document = read(tmp_path / "a.txt")
    assert only([document], "里面有", "请拆") is document
    with pytest.raises(ReadError, match=words):
        only([document] * count, "里面有", "请拆")


def test_the_files_of_a_folder(tmp_path: Path) -> None:
    aside = ("页_files/g.txt", "页.files/g.txt", "页_文件/j.txt", ".x.txt", "~$a.docx", "c.json", "e.png")
    for name in ("b.txt", "a.txt", "d.yaml", "页.htm", "A/f.txt", "h_files/i.txt", *aside):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("schema: aiwei.notice.v1" if name == "d.yaml" else "{}", "utf-8")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "k.txt")
    else:
        (tmp_path / "k.txt").write_text("")
    others: list[str] = []
    paths, problems = list_folder(str(tmp_path), others)
    shown = [Path(path).relative_to(tmp_path).as_posix() for path in paths]
    assert shown == ["a.txt", "b.txt", "d.yaml", "k.txt", "页.htm", "A/f.txt", "h_files/i.txt"]
    assert sorted(Path(path).name for path in others) == [".x.txt", "c.json", "e.png", "~$a.docx"]
    assert problems == []
    if hasattr(os, "mkfifo"):
        assert len(files_of([str(tmp_path)])) == 6 and len(files_of([str(tmp_path)], odd=True)) == 7
    assert files_of(["-", str(tmp_path / "a.txt"), str(tmp_path / "none")]) == [
        str(tmp_path / "a.txt"),
        str(tmp_path / "none"),
    ]


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("通知.doc", "相近的有：{0}通知.docx"),
        ("工作通知.docx", "相近的有：{0}通知.docx"),
        ("无关的名字.txt", "请检查文件名和所在的文件夹"),
        ("无/通知.docx", "文件夹 {0}无 也不存在"),
    ],
)
def test_the_nearest_names_are_told(tmp_path: Path, missing: str, told: str) -> None:
    for name in ("通知.docx", ".通知.doc"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(ReadError) as error:
        content(str(tmp_path / missing))
    here = f"{tmp_path}{os.sep}" if "文件夹" in told and "检查文件名和" not in told else ""
    assert told.format(here) in str(error.value)


def test_no_more_than_three_names_are_told(tmp_path: Path) -> None:
    for suffix in ("txt", "md", "doc", "pdf"):
        (tmp_path / f"通知.{suffix}").write_bytes(b"")
    with pytest.raises(ReadError, match=r"相近的有：通知.doc、通知.md、通知.pdf$"):
        content(str(tmp_path / "通知.docx"))
    if os.name == "nt":  # where not everybody may make links
        return
    (tmp_path / "链接.txt").symlink_to(tmp_path / "gone")
    with pytest.raises(ReadError, match="这是一个链接"):
        content(str(tmp_path / "链接.txt"))


# -- LibreOffice -------------------------------------------------------------------------------------------------------

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("streams", "words"),
    [
        (("EncryptedPackage",), "加了密码"),
        (("Workbook",), "Excel 表格"),
        (("PowerPoint Document",), "演示文稿"),
        (("Workbook", "WordDocument"), "没有"),
        (("WordDocument",), "没有"),
    ],
)
def test_what_an_old_file_is(streams: Sequence[str], words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_program", lambda: None)
    with pytest.raises(ReadError, match=words):
        libreoffice.text(_OLD + b"".join(name.encode("utf-16-le") for name in streams), "", None, Budget())


def test_two_old_files_go_to_libreoffice_together(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[str]] = []
    monkeypatch.setattr(libreoffice, "ConvertedAhead", lambda paths: asked.append(paths) or SimpleNamespace(due=print))
    files.ahead(["a.doc", "b.txt", "c.docx"])
    assert asked == []
    files.ahead(["a.doc", "b.WPS"])
    assert asked == [["a.doc", "b.WPS"]]


def test_files_that_go_to_libreoffice_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty at a time, of those that need it; one alone is not made ahead."""
    calls: list[int] = []

    def made(program: str, given: dict[str, bytes]) -> dict[str, bytes]:
        calls.append(len(given))
        return {Path(name).stem: b"x" for name in given}

    monkeypatch.setattr(libreoffice, "find_program", lambda: "soffice")
    monkeypatch.setattr(libreoffice, "_converted", made)
    paths = []
    for k in range(42):
        path = tmp_path / f"{k}.doc"
        path.write_bytes(_OLD + bytes([k]))
        paths.append(str(path))
    due = ahead([*paths, str(tmp_path / "a.txt")])
    for path in paths:
        due(path)
    assert calls == [20, 20, 2]
    calls.clear()
    (tmp_path / "0.doc").write_bytes(b"plain text")
    (tmp_path / "1.doc").unlink()
    ahead(paths[:3])(paths[0])
    assert calls == []
    ahead([paths[2]])(paths[2])
    assert calls == []
    monkeypatch.setattr(libreoffice, "_LARGEST", 9)
    assert libreoffice._old(paths[2]) == _OLD + b"\x02"
    monkeypatch.setattr(libreoffice, "_LARGEST", 8)
    assert libreoffice._old(paths[2]) == b""


def test_libreoffice_is_not_taken_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = tmp_path / "soffice"
    there.write_text("")
    monkeypatch.setattr(libreoffice.shutil, "which", lambda name: str(there) if name == "libreoffice" else None)
    assert libreoffice.find_program() == str(there)
    monkeypatch.chdir(tmp_path)
    assert libreoffice.find_program() is None


# -- the other process -------------------------------------------------------------------------------------------------


class Pipe(BytesIO):
    """Takes and gives a few bytes at once."""

    def write(self, data: Any) -> int:
        return super().write(bytes(data[:3]))

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 0, 3))


def test_what_goes_through_a_pipe_arrives_whole() -> None:
    pipe = Pipe()
    native._write(pipe, b"0123456789")
    assert pipe.getvalue() == b"0123456789"
    pipe.seek(0)
    assert native._read(pipe, 7) == b"0123456"
    with pytest.raises(EOFError):
        native._read(pipe, 4)
    assert native._read(Pipe(), 0) == b""


@pytest.mark.parametrize(("size", "refused"), [(2, False), (3, True)])
def test_an_answer_may_be_as_long_as_the_limit(size: int, refused: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    from aiwei_cli.reading.budget import Budget

    monkeypatch.setattr(native, "_LARGEST_ANSWER", 2)
    answer = {2: b"[]", 3: b"[ ]"}[size]
    process = SimpleNamespace(stdin=BytesIO(), stdout=BytesIO(native._SIZE.pack(size) + answer))
    if refused:
        with pytest.raises(ReadError, match="内存"):
            native._exchange(process, "pdf", b"x", Budget())  # type: ignore[arg-type]
    else:
        assert native._exchange(process, "pdf", b"x", Budget()) == []  # type: ignore[arg-type]
        assert native._HEAD.unpack(process.stdin.getvalue()[: native._HEAD.size])[1] == 1
