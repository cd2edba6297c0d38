"""What a file is, which bytes are text, and what is passed over: both sides of what decides."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest
from read_samples import docx, failure, one, p, packed

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.model import Source
from aiwei_cli.reading import archive, decode, sheets
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.containers import documents
from aiwei_cli.reading.document import Document
from aiwei_cli.reading.kinds import foreign, is_aside, kind_of
from aiwei_cli.reading.passed import Beside, sentences
from aiwei_cli.reading.tables.cells import Cell
from aiwei_cli.reading.tabular import _content, _SheetRows, marked_down, separated

_PAGE = b"<p class=a>" + "甲".encode()
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def utf16(*names: str) -> bytes:
    return b"\0".join(name.encode("utf-16-le") + b"\0" for name in names)


@pytest.mark.parametrize(
    ("data", "suffix", "kind"),
    [
        (b"%PDF-1.4", "", "pdf"),
        (b"\n%PDF-1.4", "", "txt"),
        (b"\n" * 1019 + b"%PDF-1.4", ".pdf", "pdf"),
        (b"\n" * 1020 + b"%PDF-1.4", ".pdf", "txt"),
        (b"\n%PDF-1.4", ".txt", "txt"),
        (b"{\\rtf1", "", "doc"),
        (b"\n {\\rtf1", "", "doc"),
        (_OLD, ".xls", "doc"),
        (_OLD + b"\0" + utf16("Workbook"), "", "xls"),
        (_OLD + b"\0" + utf16("Book"), "", "xls"),
        (_OLD + b"\0" + utf16("Workbook", "WordDocument"), "", "doc"),
        (_OLD + b"\0" + utf16("Book", "WordDocument"), "", "doc"),
        (b"SQLite format 3\0", "", "sqlite"),
        (b"\x89PNG\r\n\x1a\n", "", "picture"),
        (b"\xff\xd8\xff\xe0", ".txt", "picture"),
        (b"GIF89a", "", "foreign"),
        (b"BMW is a car", "", "txt"),
        (b"BM" + bytes(20), "", "foreign"),
        (b"MZ" + b"a" * 253 + b"\0", "", "foreign"),
        (b"MZ" + b"a" * 254 + b"\0", "", "txt"),
        (b"BZhe is short", "", "txt"),
        (b"BZh9" + bytes(9), "", "foreign"),
        (b"7z\xbc\xaf\x27\x1c", "", "foreign"),
        (b"\x1f\x8b\x08\x08\0", "", "foreign"),
        (b"# a", ".md", "md"),
        (b"<html>", ".md", "md"),
        (b"a: 1", ".yaml", "data"),
        (b"a,b", ".csv", "table"),
        (b"a,b", ".xlsx", "table"),
        (b"a,b", ".XLS", "table"),
        (b"a,b", "", "txt"),
        (b"<html>", "", "html"),
        (b" <!DOCTYPE html>", "", "html"),
        (b"<?xml version='1.0'?><html>", "", "html"),
        (b"<!-- a --><head>", "", "html"),
        (_PAGE, ".html", "html"),
        (_PAGE, ".doc", "html"),
        (_PAGE, ".xls", "html"),
        (_PAGE, "", "txt"),
        (_PAGE, ".xlsx", "html"),
        ("甲".encode(), ".html", "html"),
        (b"<b>a", ".doc", "txt"),
        (b"From: a\nMIME-Version: 1.0\n", "", "html"),
        (b"MIME-Version: 1.0\n", "", "html"),
        (b"\nabout MIME-Version: 1.0", "", "txt"),
        (b"\xef\xbb\xbf<html>", "", "html"),
        ("<html>".encode("utf-16"), "", "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "", "flat"),
        (b'<a progid="Word.Document"/>', "", "txt"),
        (b"<?xml version='1.0'?><a/>", "", "txt"),
        ("公文,编号,".encode(), "", "table"),
        ("公文\t编号\t".encode("gb18030"), "", "table"),
        (b"schema: aiwei.notice.v1", "", "data"),
        (b'[{"schema": "aiwei.notice.v1"', "", "data"),
        (b"about schema: aiwei.notice.v1", "", "txt"),
        (b"schema: other", "", "txt"),
        ('[{"公文": "a"'.encode(), "", "data"),
        ("- 公文: a".encode(), "", "data"),
        (b'{"notes": 1}', "", "txt"),
        (b"", "", "txt"),
    ],
)
def test_what_a_file_is(data: bytes, suffix: str, kind: str) -> None:
    assert kind_of(data, suffix) == kind


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("word/document.xml",), "docx"),
        (("xl/workbook.xml",), "xlsx"),
        (("ppt/a.xml",), "pptx"),
        (("OFD.xml",), "ofd"),
        (("[Content_Types].xml", "a"), "docx"),
        (("_rels/.rels",), "docx"),
        (("a", "_rels/.rels"), "zip"),
        (("a.txt",), "zip"),
        ((), "zip"),
        (("mimetype", "a"), "odt"),
        (("a", "mimetype"), "zip"),
    ],
)
def test_what_an_archive_is(names: tuple[str, ...], kind: str) -> None:
    assert kind_of(packed(dict.fromkeys(names, "x"))) == kind


def test_an_open_workbook_says_so_itself() -> None:
    assert kind_of(packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "a": ""})) == "ods"
    # cut: what its first member is called is still there
    whole = packed({"word/document.xml": "x" * 400})
    assert kind_of(whole[:100]) == "docx"
    assert kind_of(packed({"a.txt": "x" * 400})[:60]) == "zip"


def test_what_is_no_notice_says_what_it_is() -> None:
    assert "RAR" in foreign(b"Rar!\x1a\x07\0") and foreign(b"Rar!\x1a") == ""


@pytest.mark.parametrize(
    ("name", "aside"),
    [(".a", True), ("~$a.docx", True), ("~WRL0001.tmp", True), ("__MACOSX", True), ("~a", False), ("a__MACOSX", False)],
)
def test_what_programs_leave_beside_notices(name: str, aside: bool) -> None:
    assert is_aside(name) is aside


# -- characters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "text"), [(1, True), (2, False)])
def test_text_has_hardly_a_control_character(count: int, text: bool) -> None:
    """One, and one of a hundred more."""
    for size, more in ((50, 0), (99, 0), (100, 1), (250, 2)):
        data = b"a" * (size - count - more) + b"\x01" * (count + more)
        if text:
            assert decode(data) == (data.decode(), "utf-8")
        else:
            with pytest.raises(ReadError, match=f"处起有 {count + more} 个控制字符"):
                decode(data)


@pytest.mark.parametrize("sign", ["\t", "\n", "\v", "\f", "\r", "\x1a", "\x1b"])
def test_signs_that_text_has_are_no_control_characters(sign: str) -> None:
    assert decode(sign.encode() * 9 + b"a")[0] == sign * 9 + "a"


@pytest.mark.parametrize(
    ("codec", "whole", "left"),
    [
        ("utf-8", "甲", 1),
        ("utf-8", "甲", 2),
        ("utf-8", "𠀀", 3),
        ("gb18030", "㐂", 3),
        ("gb18030", "甲", 1),
        ("big5", "甲", 1),
    ],
)
def test_bytes_left_over_at_the_end_are_of_a_cut_character(codec: str, whole: str, left: int) -> None:
    mark = {"utf-8": b"\xef\xbb\xbf", "gb18030": b"\x84\x31\x95\x33"}.get(codec, b"")
    data = mark + ("各縣認真執行，" * 9).encode(codec) + whole.encode(codec)[:left]
    assert decode(data)[0] == "各縣認真執行，" * 9
    if mark:
        with pytest.raises(ReadError, match="读不懂"):
            decode(mark + whole.encode(codec)[:left])


def test_one_whole_character_before_a_cut_one_is_enough() -> None:
    assert decode(b"\xef\xbb\xbfa" + "甲".encode()[:2]) == ("a", "utf-8-sig")


@pytest.mark.parametrize("codec", ["utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"])
def test_each_mark_has_its_encoding(codec: str) -> None:
    data = "\ufeff甲乙".encode(codec)
    assert decode(data) == ("甲乙", codec)
    assert decode(data[:-1]) == ("甲", codec)


def test_what_is_two_byte_characters_throughout_may_be_chinese() -> None:
    assert decode("一".encode("gb18030") * 3) == ("一一一", "gb18030")
    assert decode("Ελληνικά".encode()) == ("Ελληνικά", "utf-8")
    assert decode(b"plan")[1] == "utf-8"


@pytest.mark.parametrize(
    ("before", "count", "text"), [(0, 300, True), (0, 301, False), (699, 301, False), (700, 301, True)]
)
def test_rare_characters_alone_are_no_chinese_text(before: int, count: int, text: bool) -> None:
    """More than three hundred of the first thousand."""
    data = b"a" * before + "\u9f98".encode("gb18030") * count
    if text:
        assert decode(data) == ("a" * before + "\u9f98" * count, "gb18030")
    else:
        with pytest.raises(ReadError, match="不像中文"):
            decode(data)


# -- archives ----------------------------------------------------------------------------------------------------------


def refusal(size: int, packed_size: int) -> str:
    info = ZipInfo("a.txt")
    info.file_size, info.compress_size = size, packed_size
    return archive._refusal(info)


@pytest.mark.parametrize(
    ("size", "packed_size", "words"),
    [
        (200 << 20, 2 << 20, ""),
        ((200 << 20) + 1, 2 << 20, "解压后超过 200 MB"),
        (10 << 20, 1, ""),
        ((10 << 20) + 1, 1, "压缩了 10485761 倍"),
        (20_000_000, 100_000, ""),
        (20_000_001, 100_000, "压缩了 200 倍"),
        ((10 << 20) + 1, 0, "压缩了 10485761 倍"),
    ],
)
def test_how_large_and_how_tightly_packed_a_member_may_be(size: int, packed_size: int, words: str) -> None:
    assert words in refusal(size, packed_size) and bool(words) is bool(refusal(size, packed_size))


def read(data: bytes, budget: Budget) -> list[str]:
    def text(content: bytes, name: str, path: str, suffix: str) -> list[Document]:
        return [Document(content.decode(), Source(path=path))]

    found = archive.documents_in(data, text, name="a.zip", path="a.zip", budget=budget)  # type: ignore[arg-type]
    return [str(one) if isinstance(one, ReadError) else one.text for one in found]


def test_what_all_members_together_may_be() -> None:
    data = packed({"a.txt": "x" * 60, "b.txt": "y" * 40, "c.dat": "z" * 99})
    budget = Budget(source=1000)
    budget.size, before = 100, budget.members
    assert read(data, budget) == ["x" * 60, "y" * 40]
    assert (budget.size, budget.members, budget.packed) == (0, before - 3, True)
    budget.size = 99
    with pytest.raises(ReadError, match="合计超过"):
        read(data, budget)


def test_how_deep_archives_may_be_in_one_another() -> None:
    budget = Budget(source=1000)
    budget.depth = 1
    assert read(packed({"a.txt": "甲"}), budget) == ["甲"]
    assert budget.depth == 1
    budget.depth = 0
    with pytest.raises(ReadError, match="一层套一层"):
        read(packed({"a.txt": "甲"}), budget)


def names(*raw: bytes, flags: int = 0) -> list[str]:
    """How members are called whose names have these bytes."""
    found = []
    for name in raw:
        stand_in = b"A" * len(name)
        data = bytearray(packed({f"{stand_in.decode()}.txt": "甲"}).replace(stand_in, name))
        if flags:
            for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
                place = data.index(mark) + at
                struct.pack_into("<H", data, place, flags)
        (one,) = documents(bytes(data), name="a.zip", path="a.zip", suffix=".zip")
        found.append(str(one) if isinstance(one, ReadError) else (one.source.path or "").partition("!/")[2])
    return found


def test_names_of_members_in_any_encoding() -> None:
    gbk, utf8 = "通知".encode("gb18030"), "通知".encode()
    assert names(gbk, utf8, b"plan", "通\\知".encode("gb18030")) == ["通知.txt", "通知.txt", "plan.txt", "通/知.txt"]
    assert names(utf8, flags=0x800) == ["通知.txt"]
    # Greek letters are two bytes in UTF-8, and Chinese in GBK
    assert names("ab甲".encode("gb18030")) == ["ab甲.txt"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("/a.txt", "包外"),
        ("a/../b.txt", "包外"),
        ("c:a.txt", "包外"),
        ("a:b/c.txt", "包外"),
        ("ab:c.txt", ""),
        ("..a.txt", ""),
        ("./a.txt", ""),
    ],
)
def test_paths_that_lead_out(name: str, words: str) -> None:
    found = [str(one) for one in documents(packed({name: "甲"}), name="a.zip", path="a.zip", suffix=".zip")]
    assert (words in found[0]) if words else "包外" not in found[0]


def test_a_member_with_a_password_says_so() -> None:
    data = bytearray(packed({"a.txt": "甲"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    assert "加了密码" in failure(bytes(data), ".zip")


# -- tables in files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a,b\nc,d", ","),
        ("a\tb,\nc\td", "\t"),
        ("a;b\nc;d,", ";"),
        ("甲，乙\n丙，丁", "，"),
        ("a;b,c\n", ","),
        ("a\tb;c\n", "\t"),
    ],
)
def test_what_keeps_the_cells_of_a_file_apart(text: str, sign: str) -> None:
    found = separated(text.encode(), ".csv", None, None)
    assert not isinstance(found, list)
    first = text.partition("\n")[0].split(sign)
    assert found.text.splitlines()[0].split("\t") == first


@pytest.mark.parametrize(("suffix", "kind"), [(".csv", "csv"), (".TSV", "tsv"), (".tab", "tsv"), (".xls", "csv")])
def test_the_kind_of_a_table_as_text_is_its_suffix(suffix: str, kind: str) -> None:
    assert one("工作任务\t责任单位\n修路\t甲局\n".encode(), suffix).source.kind == kind


def test_a_file_of_tabs_is_one_whatever_else_it_has() -> None:
    found = separated(b"a,b\tc,d,e\n", ".TSV", None, None)
    assert not isinstance(found, list) and found.text == "a,b\tc,d,e\n"


@pytest.mark.parametrize(("lines", "first"), [(4, "a"), (5, "a;b")])
def test_the_first_five_lines_tell_what_keeps_cells_apart(lines: int, first: str) -> None:
    found = separated(("a;b,c\n" * lines + "a;b;c;d;e;f;g;h\n").encode(), ".csv", None, None)
    assert not isinstance(found, list) and found.text.partition("\t")[0] == first


def test_the_first_four_thousand_signs_tell_what_keeps_cells_apart() -> None:
    for more, first in ((3997, "a"), (3996, "a;b" + "x" * 3996)):
        found = separated(f"a;b{'x' * more},c\n".encode(), ".csv", None, None)
        assert not isinstance(found, list) and found.text.partition("\t")[0] == first


def test_rows_of_a_file_are_counted_from_its_first() -> None:
    found = separated("工作任务,责任单位\n修路,甲局\n".encode(), ".csv", None, None)
    assert not isinstance(found, list) and {place.number for place in found.places} == {2}
    with pytest.raises(ReadError, match="第 2 行：不是"):
        separated("notice,id\n通知,一\n".encode(), ".csv", None, None)


def test_no_table_has_more_than_five_hundred_columns() -> None:
    found = separated((",".join(f"a{k}" for k in range(501)) + "\n").encode(), ".csv", None, None)
    assert not isinstance(found, list) and found.text.rstrip().endswith("\ta499")


def test_what_is_above_the_table_of_a_further_sheet_is_a_heading() -> None:
    rows = [
        [Cell([words]) for words in row] for row in (["道路"], ["工作任务", "牵头单位"], ["修路", "甲局"], ["后记"])
    ]
    found = _content([_SheetRows("一", rows, 1), _SheetRows("二", rows, 5)], None)
    heads = [(found.text[hint.start : hint.end], hint.start > 20) for hint in found.hints if hint.kind == "head"]
    assert heads == [("道路", True)]
    assert [(place.sheet, place.number) for place in found.places if found.text[place.offset] == "道"] == [
        ("一", 1),
        ("二", 5),
    ]


def test_rows_that_were_cut_off_are_told() -> None:
    head = "编号,序号,工作任务,牵头单位\n"
    for text, words in (
        (head, "没有公文"),
        (head + "1,1\n", "第 2 行只有 2 格"),
        (head + "\n1,1,清淤\n1\n,,\n1,1\n", "第 6 行"),
    ):
        with pytest.raises(ReadError, match=words):
            separated(text.encode(), ".csv", None, None)
    found = separated((head + "1,1,清淤\n").encode(), ".csv", None, None)
    assert isinstance(found, list) and [node.title or node.text for node in found[0].walk()] == ["清淤"]


@pytest.mark.parametrize(("sign", "suffix", "words"), [(",", ".csv", "清淤"), ("\t", ".tsv", "'清淤")])
def test_an_apostrophe_keeps_a_cell_as_it_is_where_a_click_opens_the_file(sign: str, suffix: str, words: str) -> None:
    rows = ["编号,序号,工作任务,牵头单位", "1,1,'清淤,水利局"]
    found = separated("\n".join(rows).replace(",", sign).encode(), suffix, None, None)
    assert isinstance(found, list) and [node.title or node.text for node in found[0].walk()] == [words]


def test_columns_without_words_are_left_out_at_the_right() -> None:
    for text in ("工作任务,责任单位,,\n修路,甲局,,\n", "工作任务,责任单位\n修路,甲局\n"):
        found = separated(text.encode(), ".csv", None, None)
        assert not isinstance(found, list) and found.text == "1.修路\n责任单位：甲局\n"
    found = separated("物资,数量,,\n砂石,5吨,,\n".encode(), ".csv", None, None)
    assert not isinstance(found, list) and found.text == "物资\t数量\n砂石\t5吨\n"
    found = separated(b",,\n,\n", ".csv", None, None)
    assert not isinstance(found, list) and found.text == ""


def test_tables_in_markdown_are_below_their_titles() -> None:
    table = "| 编号 | 序号 | 工作任务 | 牵头单位 |\n|:--|---|-|-:|\n| 1 | 1 | 清\\|淤<br>全部\\\\ | 水利局 |\n"
    (notice,) = marked_down(f"# 关于清淤的\\*通知\n\n{table}")
    assert notice.title == "关于清淤的*通知"
    assert [node.title or node.text for node in notice.walk()] == ["清|淤\n全部\\"]
    plain = "|序号|工作任务|牵头单位|\n|-|-|-|\n|1|清淤|水利局|\n"
    assert list(marked_down(f"# 通知\n\n## 分工\n\n{plain}")) == []
    assert [one.title for one in marked_down(f"# 通知\n\n## 任务分解表\n\n{plain}")] == ["通知"]
    assert [one.title for one in marked_down(f"# 甲\n{table}\n# 乙\n  {table}")] == ["甲", "乙"]
    # signs that are kept from meaning something, or an empty cell, at the beginning
    (notice,) = marked_down(f"# \\*通知\n{table}||2|\\*补栽|林业局|\n|3|3|\\#植树|林业局|\n")
    assert notice.title == "*通知"
    assert [node.title or node.text for node in notice.walk()][1:] == ["*补栽", "#植树"]


# -- what is passed over -----------------------------------------------------------------------------------------------


def test_what_is_passed_over_is_told_by_kinds() -> None:
    paths = [f"x/{k}.csv" for k in range(6)] + ["x/~$a.docx", "x/.hidden", "x/Thumbs.db", "x/a.what", "x/b", "x/c.XLSB"]
    told = list(sentences("x", paths, ["x/a.docx"]))
    assert told == [
        "x：跳过CSV、TSV 表格 0.csv、1.csv、2.csv、3.csv、4.csv 等 6 个；要读请写明文件名",
        "x：跳过Word、WPS 打开文件时的临时文件 ~$a.docx；不是公文",
        "x：跳过别的文件 a.what、b；认不出是公文",
        "x：跳过二进制的 Excel 工作簿 c.XLSB；要读请另存为 .xlsx",
        "x：跳过aiwei 写的结果 a.docx；公文在旁边，不重复算；要读请写明文件名",
    ]
    assert "等" not in next(sentences("x", paths[:5], []))


def report(title: str) -> Document:
    return Document(f"《{title}》任务分解表\n1.清淤", Source(path="x/b.html", kind="html"))


@pytest.mark.parametrize(
    ("title", "source", "beside"),
    [
        ("关于清淤的通", "关于清淤的通知\n一、清淤", True),
        ("清淤的通知", "清淤的通知\n一、清淤", False),
        ("关于清淤的通知", "某镇\n关于清淤\n的通知\n一、清淤", True),
        ("关于补栽的通知", "关于清淤的通知\n一、清淤", False),
        ("关于清淤的通知", "　" * 200 + "字" * 1293 + "关于清淤的通知", True),
        ("关于清淤的通知", "字" * 1494 + "关于清淤的通知", False),
    ],
)
def test_a_report_beside_its_notice_is_not_read_twice(title: str, source: str, beside: bool) -> None:
    """By its title, of more than five signs, in the first 1500 of the notice."""
    known = Beside(["x/a.txt", "x/b.html"])
    assert not known.is_written(Document(source, Source(path="x/a.txt")))
    assert known.is_written(report(title))
    assert known.has_source(report(title)) is beside


# -- workbooks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "是"),
        (False, "否"),
        (3.0, "3"),
        (3.5, "3.5"),
        (1e15, "1000000000000000.0"),
        (999999999999999.0, "999999999999999"),
        (None, ""),
        ("甲", "甲"),
        (7, "7"),
    ],
)
def test_a_value_as_a_person_reads_it(value: object, words: str) -> None:
    assert sheets.shown(value) == words  # type: ignore[arg-type]


def area(*cells: str, budget: Budget | None = None) -> int:
    rows = "".join(f'<row><c r="{cell}"><v>1</v></c></row>' for cell in cells)
    return sheets._area(BytesIO(f"<sheetData>{rows}</sheetData>".encode()), budget)


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        ((), 0),
        (("A1",), 1),
        (("B2", "C4"), 6),
        (("C4", "B2"), 6),
        (("Z1", "AA1"), 2),
        (("A1", "AB2"), 56),
        (("A1", "XFD1"), 16384),
    ],
)
def test_the_rectangle_around_all_cells(cells: tuple[str, ...], count: int) -> None:
    assert area(*cells) == area(*cells, budget=Budget()) == count


def test_cells_that_hold_nothing_do_not_count() -> None:
    assert (
        sheets._area(
            BytesIO(b'<c r="A1"><v>1</v></c><c r="ZZ99"/><x:c r=\'B2\' s="1"><v>1</v></x:c><col r="Z9">'), None
        )
        == 4
    )


def test_a_sheet_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = b"".join(b'<c r="A%d"><v>1</v></c>' % k for k in range(1, 60))
    for size in (40, 41, 64, 100):
        monkeypatch.setattr(sheets, "_CHUNK", size)
        assert sheets._area(BytesIO(whole), None) == 59


def test_how_far_apart_the_cells_of_a_sheet_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def book(cells: str) -> bytes:
        return packed(
            {"xl/worksheets/a.xml": f'<c r="A1"><v>1</v></c><c r="{cells}"><v>1</v></c>', "xl/b.xml": "x" * 60}
        )

    monkeypatch.setattr(sheets, "_MOST", 12)
    sheets._check_size(book("C4"), None)
    with pytest.raises(ReadError, match="有 13 格"):
        sheets._check_size(book("A13"), None)
    monkeypatch.setattr(sheets, "_LARGEST", sum(info.file_size for info in ZipFile(BytesIO(book("C4"))).infolist()))
    sheets._check_size(book("C4"), None)
    with pytest.raises(ReadError, match="解压后超过"):
        sheets._check_size(book("C44"), None)
    with pytest.raises(ReadError, match="xlsb"):
        sheets._check_size(packed({"xl/worksheets/a.bin": "x"}), None)


def test_merged_cells_are_one_where_nothing_is_under_them() -> None:
    values: list[list[sheets.Value]] = [["甲", "", "乙"], ["", "", ""], ["丙", "丁", ""]]

    def words(*merged: tuple[tuple[int, int], tuple[int, int]], top: int = 0, left: int = 0) -> list[list[str]]:
        return [[cell.words for cell in row] for row in sheets.Sheet("a", values, top, left, list(merged)).rows()]

    assert words(((0, 0), (1, 1)))[:2] == [["甲", "甲", "乙"], ["甲", "甲", ""]]
    assert words(((2, 0), (2, 1)))[2] == ["丙", "丁", ""]
    assert words(((0, 2), (9, 9)))[1:] == [["", "", "乙"], ["丙", "丁", "乙"]]
    assert words(((5, 3), (6, 3)), top=5, left=3)[:2] == [["甲", "", "乙"], ["甲", "", ""]]
    assert words(((0, 0), (5, 3)), top=5, left=3)[0] == ["甲", "", "乙"]
    assert words(((7, 7), (8, 8))) == words()


def test_docx_is_what_word_reads() -> None:
    assert kind_of(docx(p("甲"))) == "docx"
