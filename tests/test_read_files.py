"""Files, folders and standard input; and for each thing that can be wrong with them its own sentence."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from read_samples import NOTICE, docx, every, p, packed, pdf
from shell import unmeasured

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.model import Notice
from aiwei_cli.parsing import parse
from aiwei_cli.reading import Document, files, read, sources


def test_a_document_tells_where_its_text_came_from(tmp_path: Path) -> None:
    file = tmp_path / "通知.txt"
    file.write_bytes(NOTICE.encode("gb18030"))
    document = read(file)
    assert document.text == NOTICE
    source = document.source
    assert (source.path, source.encoding, source.characters, source.kind) == (str(file), "gb18030", len(NOTICE), "txt")
    assert source.sha256 == sha256(NOTICE.encode("gb18030")).hexdigest()


def test_a_folder_is_walked_in_order_and_passes_over_what_is_no_notice(tmp_path: Path) -> None:
    for name, text in {
        "2.txt": "二",
        "1.md": "# 一",
        "sub/3.TXT": "三",
        ".hidden.txt": "x",
        "~$1.docx": "x",
        ".git/x.txt": "x",
        "photo.jpg": "x",
        "package.json": "{}",
        "网页_files/frame.html": "x",
        "网页.html": "<html><p>四，五。</p></html>",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert every(tmp_path) == ["# 一", "二", "四，五。\n", "三"]


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_bytes(b"")
    (tmp_path / "2.txt").write_text("二", encoding="utf-8")
    (tmp_path / "3.docx").write_bytes(b"PK\x03\x04 cut")
    first, second, third = sources([str(tmp_path)])
    assert isinstance(first, ReadError)
    assert isinstance(second, Document)
    assert isinstance(third, ReadError)
    assert str(first).startswith(f"{tmp_path / '1.txt'}：")


def test_standard_input_is_a_source_among_others(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("甲", encoding="utf-8")
    found = list(sources(["-", str(file), "-"], stdin=BytesIO("乙".encode("gb18030"))))
    assert isinstance(found[0], Document)
    assert (found[0].text, found[0].source.path) == ("乙", "-")
    assert isinstance(found[1], Document)
    assert isinstance(found[2], ReadError)
    assert "只能读一次" in str(found[2])


def test_standard_input_may_be_a_word_file() -> None:
    (found,) = sources(["-"], stdin=BytesIO(docx(p("一、工作"))))
    assert isinstance(found, Document)
    assert (found.text, found.source.kind) == ("一、工作\n", "docx")


def test_a_missing_file_names_the_nearest_that_exist(tmp_path: Path) -> None:
    (tmp_path / "通知2023.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "通知.docx").write_bytes(docx(p("甲")))
    (near,) = every(tmp_path / "通知2032.txt")
    assert near == f"{tmp_path / '通知2032.txt'}：找不到这个文件；相近的有：通知2023.txt"
    (other,) = every(tmp_path / "通知.txt")
    assert "相近的有：通知.docx" in other


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    (found,) = every(tmp_path / "没有" / "a.txt")
    assert "找不到这个文件" in found
    assert f"文件夹 {tmp_path / '没有'} 也不存在" in found


@pytest.mark.parametrize(
    ("data", "suffix", "words"),
    [
        (b"", ".txt", "空的（0 字节）"),
        (b"", ".docx", "空的（0 字节）"),
        (b" \r\n\t ", ".txt", "只有空白"),
        (b"\0\1\2\3" * 100, ".txt", "二进制文件"),
        ("图克镇".encode() * 200 + b"\xff" + b"\n", ".txt", "第 1 行有读不懂的字节（字节偏移 1800"),
        (random.Random(3).randbytes(900), ".pdf", "扩展名是 .pdf，内容却不是这种文件"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), ".txt", "图片"),
        (b"\xff\xd8\xff\xe0" + bytes(100), ".docx", "图片"),
        (b"Rar!\x1a\x07\0" + bytes(100), ".zip", "RAR"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), ".txt", "7z"),
        (b"MZ\x90\0" + bytes(100), ".txt", "程序"),
        (b"SQLite format 3\0" + bytes(100), ".txt", "SQLite"),
        (packed({"xl/workbook.xml": "<a/>"}), ".xlsx", "Excel"),
        (packed({"ppt/presentation.xml": "<a/>"}), ".pptx", "演示文稿"),
        (packed({"OFD.xml": "<a/>"}), ".ofd", "OFD"),
    ],
)
def test_each_fault_has_its_own_sentence_with_file_and_cure(
    tmp_path: Path, data: bytes, suffix: str, words: str
) -> None:
    file = tmp_path / f"文件{suffix}"
    file.write_bytes(data)
    (found,) = every(file)
    assert found.startswith(f"{file}：")
    assert words in found
    assert "请" in found
    found.encode("gbk")


def test_a_folder_without_notices_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    (found,) = every(tmp_path)
    assert found.startswith(f"{tmp_path}：文件夹里没有公文")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything; Windows has no modes")
def test_a_file_without_permission_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("甲", encoding="utf-8")
    file.chmod(0)
    (found,) = every(file)
    assert "没有读取权限" in found


def test_a_file_that_may_not_be_opened_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("甲", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (found,) = every(file)
    assert found == f"{file}：没有读取权限，或正被别的程序（如 WPS、Word）打开；请关闭该程序，或换一个有权限的位置"


def test_a_file_that_is_too_large_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LIMIT", 3 * 1024 * 1024)
    file = tmp_path / "a.txt"
    file.write_bytes(b"1" * (3 * 1024 * 1024 + 1))
    (found,) = every(file)
    assert "超过 3 MB" in found
    (piped,) = sources(["-"], stdin=BytesIO(file.read_bytes()))
    assert "超过 3 MB" in str(piped)


@pytest.mark.parametrize("name", ["", "a\0b.txt", "x" * 5000])
def test_names_that_no_file_can_have_are_errors(name: str) -> None:
    assert len(every(name)) == 1


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", docx(p("一、工作")), "docx"),
        ("a.doc", docx(p("一、工作")), "docx"),
        ("a.pdf", docx(p("一、工作")), "docx"),
        ("a.docx", "<!DOCTYPE html><html><body><p>一、工作</p></body></html>".encode(), "html"),
        ("a.doc", b"\xef\xbb\xbf<html xmlns:o='x'><body><p>\xe4\xb8\x80\xe3\x80\x81</p></body></html>", "html"),
        ("a.txt", "<html><body><p>一、工作</p></body></html>".encode("utf-16"), "html"),
        ("a.docx", "一、工作".encode(), "txt"),
        ("a.html", "一、工作".encode(), "html"),
        ("a.md", "<p align=center>一、工作</p>".encode(), "md"),
        ("a", "一、工作".encode(), "txt"),
        ("a.txt", "MZ 是一种文件头，BM 也是。".encode(), "txt"),
    ],
)
def test_what_a_file_is_wins_over_what_it_is_called(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert read(file).source.kind == kind


def test_a_text_file_that_is_a_pdf_is_read_as_one(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2", reason="PDF needs the extra aiwei[pdf]")
    file = tmp_path / "a.txt"
    file.write_bytes(pdf([[(80, 700, 16, "一、工作")]]))
    assert read(file).source.kind == "pdf"


def test_read_wants_one_file_with_one_notice(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="文件夹"):
        read(tmp_path)
    with pytest.raises(ReadError, match="找不到"):
        read(tmp_path / "a.txt")
    file = tmp_path / "a.zip"
    file.write_bytes(packed({"1.txt": "一", "2.txt": "二"}))
    with pytest.raises(ReadError, match="2 篇"):
        read(file)


# What aiwei wrote


@pytest.fixture(scope="module")
def notice() -> Notice:
    return parse(NOTICE)


def _notices(path: Path) -> list[Notice | str | None]:
    return [str(found) if isinstance(found, Exception) else found.notice for found in sources([str(path)])]


def test_what_aiwei_wrote_is_read_as_the_notice_it_was(tmp_path: Path, notice: Notice) -> None:
    tree = notice.to_dict()
    again = Notice.from_dict(tree)
    json_text = json.dumps(tree, ensure_ascii=False)
    for name, text, count, kind in (
        ("a.json", json_text, 1, "json"),
        ("a.txt", json_text, 1, "json"),
        ("b.json", json.dumps([tree, tree], indent=1), 2, "json"),
        ("c.jsonl", f"{json_text}\n\n{json_text}\n", 2, "jsonl"),
        ("d.yaml", yaml.safe_dump(tree, allow_unicode=True), 1, "yaml"),
        ("e.yml", yaml.safe_dump_all([tree, tree, tree], allow_unicode=True, explicit_start=True), 3, "yaml"),
    ):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        assert _notices(file) == [again] * count, name
        assert next(iter(sources([str(file)]))).source.kind == kind  # type: ignore[union-attr]
    assert len(list(sources([str(tmp_path)]))) == 10


def test_a_date_in_yaml_stays_a_string(tmp_path: Path, notice: Notice) -> None:
    text = yaml.safe_dump(notice.to_dict(), allow_unicode=True).replace("date: null\n", "date: 2023-04-01\n", 1)
    file = tmp_path / "a.yaml"
    file.write_text(text, encoding="utf-8")
    (found,) = _notices(file)
    assert isinstance(found, Notice)
    assert found.date == "2023-04-01" or any(d.date == "2023-04-01" for n in found.walk() for d in n.deadlines)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.json", '{"a": 1}', "不是 aiwei parse 写的"),
        ("a.json", "[]", "没有公文"),
        ("a.json", '{"schema": "aiwei.notice.v1"', "第 1 行"),
        ("a.json", '{"schema": "aiwei.notice.v1"}', "不合 aiwei.notice.v1"),
        ("a.jsonl", '{"schema": "aiwei.notice.v1", "source": {}}\n{"sch', "第 2 行不是完整的 JSON"),
        ("a.jsonl", '{"id": "一", "office": "综合执法局"}\n', "不是 aiwei parse 写的"),
        ("a.yaml", "a: [1, 2", "行第 1 列不是合法的 YAML"),
        ("a.yaml", "schema: aiwei.notice.v1\nbody: 3\nsource: {}\n", "body 应当是列表"),
        ("a.yaml", "a: &x [1]\nb: *x\nschema: aiwei.notice.v1\n", "别名"),
        ("a.yaml", "a: !!python/object/apply:os.system ['true']\n", "YAML"),
        ("a.yaml", "只是一句话", "不是 aiwei parse 写的"),
        ("a.yaml", "[" * 100_000, "层次太深"),
        ("a.yaml", "a: " + "[" * 100_000, "层次太深"),
        ("a.yaml", "- " * 100_000, "层次太深"),
        ("a.yaml", "? " * 100_000, "层次太深"),
        ("a.yaml", "\n".join(" " * i + "a:" for i in range(3000)), "层次太深"),
        ("a.json", '{"a":' * 100_000, "层次太深"),
        ("a.yaml", "a: 2023-99-99\nb: " + "9" * 5000, "请"),
    ],
)
def test_other_data_is_refused_with_its_place(tmp_path: Path, name: str, text: str, words: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    found = _notices(file)
    assert isinstance(found[-1], str)
    assert found[-1].startswith(f"{file}：")
    assert words in found[-1]


def test_the_aliases_of_a_yaml_bomb_are_refused(tmp_path: Path) -> None:
    names = [f"a{i}" for i in range(30)]
    rows = ["a0: &a0 [x, x]"] + [f"{b}: &{b} [*{a}, *{a}]" for a, b in pairwise(names)]
    file = tmp_path / "a.yaml"
    file.write_text("schema: aiwei.notice.v1\n" + "\n".join(rows) + "\nbody: *a29\n", encoding="utf-8")
    (found,) = _notices(file)
    assert isinstance(found, str)
    assert "别名" in found


def test_plain_text_needs_no_heavy_module(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(NOTICE, encoding="utf-8")
    code = (
        "import sys; from aiwei_cli.reading import sources; list(sources(sys.argv[1:]));"
        "print([m for m in ('zipfile', 'xml', 'json', 'yaml', 'email', 'subprocess', 'difflib', 'tempfile',"
        " 'pypdfium2', 'html', 'bz2', 'lzma', 'zlib', 'shutil') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=unmeasured())
    assert ran.stdout.strip() == "[]"
