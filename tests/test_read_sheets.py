"""Workbooks, CSV and TSV: as people make them, and as aiwei wrote them and people edited them."""

from __future__ import annotations

import json
from base64 import b85decode
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile
from zlib import decompress

import openpyxl
import pytest
from read_samples import failure, one, packed
from shell import aiwei

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.model import Notice
from aiwei_cli.parsing import parse
from aiwei_cli.query import places
from aiwei_cli.reading import Document, sources
from aiwei_cli.reading import sheets as module
from aiwei_cli.reading.budget import Budget, Limits
from aiwei_cli.reading.containers import documents
from aiwei_cli.reading.sheets import Sheet, Value

ROWS = [
    ("序号", "工作任务", "责任单位", "完成时限"),
    (1, "修路", "县水利局", date(2024, 6, 30)),
    (2, "修桥", "县交通局", "7月底前"),
]
XLS = (
    "c-rk)O=wd=5dQWhX?|$aq^3e6lu)tS+KcGHOZ%dr#Y2;tAc~}FY6D6`D#42$v|4iv7Cb3l0=ampdhrJZ_2xmS=s^&KMDZYkA}9)N^PHW$7t>"
    "my0WB)~J$80>c4l|p&hEUQr?dW2;byRmB^ZDW6~m3DI+>v2wi-TAzhOw$s$EnJg?|ce7X`A(fqN}aoHB+o-eqXGVShvvcuggN6NpS?QlVAEP"
    "WB-wq!0Z>1+J3Biw^dxjp<RQYnWbV&HGHlEXgzNC*6`bh*>?-yWQNy2edBk^Foe$n{8gQWDDBySnlGp)1s>Dz>e(kWcu&y=(IPZ2#VWaDwE1"
    "4(<KBbfJJ;ULcnM1q&^HO`Rd9ANd9fH+_{YWl4b`cVI1KNo}=XY&Q=X@d>(sbV7XA|#Y11?c8IqliRfIU5F>VdelD^vJ`|<S57Cc#l01lSOZ"
    "UXW36`Xev7{IYPKOg7nYj6&`xYJa7Cr#YM90v|yq}MOk5c*kwNKB6Mu+voEScowUVQ{?kY2;UIcY)0Uhc8gXfIoAW_q4SUB`ToX@E8_)!oDG"
    "CbN5rbuMskH_fw^@m$|n$8RD&_kQo4&fFWlhxnPn^69|L3%!6YTD38<m)8{fM4z~FS>mp4)xt~{ub6iHlsa6R&-C3epL4BPfQMN>(`rkuj;O"
    "UXbFHMcSYmxf^RUd%t1R^eTia?aX>B*HwPma|w)U9%)yOz%EzKNxKx@M-sY)sD2Ru+vP*6}%P*6}%_yq*N%2r?8<qN69{4{Wy|8*9qRMc;h{"
    "}wS!&~=hNOm`tebrz=@+COXI5Y|{?g*MjzLW%t}dlusuWk1Fn-oNx|C+hEK#fHA$cZ3?9ztV`Ge|Y}yrM=Yd"
)
"""The first three columns of ROWS without dates, in the format of Excel 97."""
OWN = """某县关于印发2024年要点的通知
一、水利
1.修路（县水利局牵头，县财政局配合，2024年6月底前完成）。
2.修渠（县水利局负责）。
"""


def book(*sheets: Sequence[Sequence[object]], merged: Sequence[str] = (), hidden: str = "") -> bytes:
    """A workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets, 1):
        sheet = made.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
        for cells in merged if number == 1 else ():
            sheet.merge_cells(cells)
        if sheet.title == hidden:
            sheet.sheet_state = "hidden"
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def notice(data: bytes, suffix: str) -> Notice:
    document = one(data, suffix)
    return document.notice or document.located(parse(document.text, hints=document.hints))


def items(read: Notice) -> list[str]:
    return [
        " ".join([node.id, (node.title or node.text), *(f"{duty.role} {duty.written}" for duty in node.duties)])
        for node in read.walk()
        if not node.children
    ]


ROAD = ["1 修路 responsible 县水利局", "2 修桥 responsible 县交通局"]


def test_a_workbook_of_tasks() -> None:
    read = notice(book(ROWS), ".xlsx")
    assert items(read) == ROAD
    times = [(time.written, time.date) for node in read.walk() for time in node.deadlines]
    assert times[0] == ("2024年6月30日", "2024-06-30")
    assert [node.place for node in read.walk()] == ["工作表“表1”第2行", "工作表“表1”第3行"]


def test_a_merged_range_is_one_cell_wherever_it_begins() -> None:
    for at in ((0, 0), (3, 2)):  # where the values begin in the file
        values = [["修路", "甲局"], ["", "乙局"], ["养路", "丙局"]]
        sheet = Sheet("表", values, *at, [(at, (at[0] + 1, at[1]))])
        cells = sheet.rows()
        assert cells[0][0] is cells[1][0] and cells[0][0].words == "修路", at
        assert cells[2][0].words == "养路" and cells[0][1] is not cells[1][1], at


def test_titles_merged_cells_and_remarks_of_a_workbook() -> None:
    rows = [
        ("某县2024年任务表", None, None, None),
        ("序号", "任务", "责任分工", None),
        (None, None, "牵头单位", "配合单位"),
        (1, "修路", "县水利局", "县财政局"),
        (2, "修桥", None, "各乡镇"),
        ("备注：按季度报送。", None, None, None),
    ]
    merged = ["A1:D1", "A2:A3", "B2:B3", "C2:D2", "C4:C5", "A6:D6"]
    read = notice(book(rows, merged=merged), ".xlsx")
    assert read.title == "某县2024年任务表"
    assert items(read) == ["1 修路 lead 县水利局 support 县财政局", "2 修桥 lead 县水利局 support 各乡镇"]


def test_all_visible_sheets_are_read() -> None:
    second = [("二、民生", None, None, None), *ROWS]
    read = notice(book(ROWS, second, [("密",)], hidden="表3"), ".xlsx")
    assert len(items(read)) == 4
    assert "密" not in read.text


def test_old_and_open_workbooks() -> None:
    assert items(notice(decompress(b85decode(XLS)), ".xls")) == ROAD
    assert items(notice(decompress(b85decode(XLS)), ".doc")) == ROAD
    cells = [[str(cell) for cell in row[:3]] for row in ROWS]
    rows = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        for row in cells
    ]
    assert items(notice(opendocument(rows), ".ods")) == ROAD


def test_merged_cells_of_an_open_workbook() -> None:
    def cell(words: str, span: str = "") -> str:
        return f'<table:table-cell office:value-type="string"{span}><text:p>{words}</text:p></table:table-cell>'

    covered = "<table:covered-table-cell/>"
    wide = (
        cell("2024年任务表", ' table:number-columns-spanned="3"')
        + '<table:covered-table-cell table:number-columns-repeated="2"/>'
    )
    rows = [
        wide,
        cell("序号") + cell("工作任务") + cell("责任单位"),
        cell("1") + cell("修路") + cell("县交通局", ' table:number-rows-spanned="2"'),
        cell("2") + cell("修桥") + covered,
    ]
    assert items(notice(opendocument(rows), ".ods")) == [
        "1 修路 responsible 县交通局",
        "2 修桥 responsible 县交通局",
    ]


def opendocument(rows: list[str]) -> bytes:
    """An .ods with one sheet of these rows."""
    inner = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    ns = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{ns}office:1.0" xmlns:table="{ns}table:1.0" '
        f'xmlns:text="{ns}text:1.0"><office:body><office:spreadsheet><table:table table:name="S">{inner}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = BytesIO()
    with ZipFile(out, "w") as archive:  # its kind is not packed
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{ns}manifest:1.0"/>')
    return out.getvalue()


def test_a_workbook_that_is_none_is_told() -> None:
    assert "打不开" in failure(packed({"xl/workbook.xml": "<x/>"}), ".xlsx")
    far = openpyxl.Workbook()
    far.active["A1"], far.active["XFD1048576"] = "甲", "乙"
    out = BytesIO()
    far.save(out)
    assert "最远的两个格子" in failure(out.getvalue(), ".xlsx")


def saved(made: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def test_what_the_child_process_gives() -> None:
    """The visible sheets with words, from their first cell on, and what is merged in them."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "任务"
    sheet["B3"], sheet["C3"], sheet["C4"], sheet["C5"] = "修路", date(2024, 6, 30), datetime(2024, 7, 1, 8), True
    sheet.merge_cells("B3:B4")
    made.create_sheet("空")
    made.create_chartsheet("图")
    made.create_sheet("密").append(["甲"])
    made["密"].sheet_state = "hidden"
    rows = [
        ["修路", ["2024-06-30"]],
        ["", ["2024-07-01"]],
        ["", True],
    ]
    found = module.in_child(saved(made), Budget(source=10_000))
    assert found == [("任务", rows, 2, 1, [((2, 1), (3, 1))])]


def test_what_is_merged_in_an_open_workbook() -> None:
    def cell(words: str, span: str = "") -> str:
        return f'<table:table-cell office:value-type="string"{span}><text:p>{words}</text:p></table:table-cell>'

    rows = [
        cell("甲", ' table:number-columns-spanned="2" table:number-rows-spanned="3"') + cell("乙"),
        cell("丙", ' table:number-columns-repeated="3"') + cell("丁", ' table:number-rows-spanned="2"'),
        cell("戊", ' table:number-columns-spanned="2"'),
    ]
    ((name, _, top, left, merged),) = module.in_child(opendocument(rows), Budget(source=10_000))
    assert (name, top, left, merged) == ("S", 0, 0, [((0, 0), (2, 1)), ((1, 3), (2, 3)), ((2, 0), (2, 1))])


def test_a_sheet_of_more_cells_than_there_is_memory_for_is_refused() -> None:
    data = book([["甲"] * 10] * 10)
    with pytest.raises(ReadError, match="格子太多"):
        module.in_child(data, Budget(Limits(memory=99 * 500)))
    assert module.in_child(data, Budget(Limits(memory=100 * 500)))


@pytest.mark.parametrize("chunk", [60, 1000, 1 << 20])
def test_the_rectangle_around_the_cells_is_measured(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    """However the sheet is cut into pieces; a cell without words does not count."""
    cells = "".join(
        f'<row r="{place[-1]}"><c r="{place}" t="inlineStr"><is><t>甲</t></is></c></row>'
        for place in ("Z3", "AB7", "AA5")
    )
    drawn = '<row r="9"><c r="A9" s="1"/></row>'
    data = packed({"xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{cells}{drawn}</sheetData></worksheet>"})
    monkeypatch.setattr(module, "_CHUNK", chunk)
    monkeypatch.setattr(module, "_MOST", 15)
    assert "最远" not in failure(data, ".xlsx")
    monkeypatch.setattr(module, "_MOST", 14)
    assert "有 15 格" in failure(data, ".xlsx")


def test_parts_that_are_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book(ROWS)
    with ZipFile(BytesIO(data)) as archive:
        size = sum(info.file_size for info in archive.infolist())
    monkeypatch.setattr(module, "_LARGEST", size)
    assert one(data, ".xlsx").text
    monkeypatch.setattr(module, "_LARGEST", size - 1)
    assert "解压后超过" in failure(data, ".xlsx")


def test_binary_workbooks_are_told() -> None:
    assert "xlsb" in failure(packed({"xl/workbook.bin": b"x", "xl/worksheets/sheet1.bin": b"x"}), ".xlsb")
    # what else is binary in a workbook is no sheet
    assert "xlsb" not in failure(packed({"xl/worksheets/a.txt": b"x", "xl/printerSettings.bin": b"x"}), ".xlsx")


@pytest.mark.parametrize(
    ("value", "shown", "plain"),
    [
        (True, "是", "是"),
        (False, "否", "否"),
        (3.0, "3", "3"),
        (-2.0, "-2", "-2"),
        (2.5, "2.5", "2.5"),
        (999999999999999.0, "999999999999999", "999999999999999"),
        (1e15, "1000000000000000.0", "1000000000000000.0"),
        (1e16, "1e+16", "1e+16"),
        (date(2024, 6, 30), "2024年6月30日", "2024-06-30"),
        (None, "", ""),
        (0, "0", "0"),
    ],
)
def test_values_as_a_person_and_as_a_program_writes_them(value: Value, shown: str, plain: str) -> None:
    assert (module.shown(value), module.plain(value)) == (shown, plain)


@pytest.mark.parametrize(
    ("merged", "rows"),
    [
        (((2, 1), (3, 2)), ["甲甲丙", "甲甲己", "庚辛壬"]),
        # a part of it is beside the words
        (((0, 0), (3, 1)), ["甲 丙", "甲 己", "庚辛壬"]),
        (((3, 3), (9, 9)), ["甲 丙", "  己", "庚辛壬"]),
        (((9, 1), (9, 2)), ["甲 丙", "  己", "庚辛壬"]),
        # words under it are read
        (((2, 1), (4, 1)), ["甲 丙", "  己", "庚辛壬"]),
    ],
)
def test_a_merged_range_says_the_same_in_each_place(merged: tuple[tuple[int, int], ...], rows: list[str]) -> None:
    values: list[list[Value]] = [["甲", None, "丙"], ["", "", "己"], ["庚", "辛", "壬"]]
    found = Sheet("表", values, 2, 1, [(merged[0], merged[1])]).rows()
    assert ["".join(cell.words or " " for cell in row) for row in found] == rows


def test_one_cell_in_the_last_corner_costs_nothing() -> None:
    far = openpyxl.Workbook()
    far.active["XFD1048576"] = "甲"
    out = BytesIO()
    far.save(out)
    assert one(out.getvalue(), ".xlsx").text == "甲\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(("sign", "suffix"), [(",", ".csv"), (";", ".csv"), ("\t", ".tsv"), ("\t", ".xls")])
def test_tables_of_tasks_as_text(encoding: str, sign: str, suffix: str) -> None:
    text = "\r\n".join(sign.join(map(str, row[:3])) for row in ROWS)
    if encoding == "utf-16" and suffix == ".xls":
        return  # its mark is that of no file of Excel
    assert items(notice(text.encode(encoding), suffix)) == ROAD


def written(tmp_path: Path, format: str = "xlsx", labels: str = "zh", *more: str) -> Path:
    source, target = tmp_path / "通知.txt", tmp_path / f"表.{format}"
    source.write_text(OWN, "utf-8")
    assert aiwei("export", source, "--format", format, "--labels", labels, "-o", target, *more).code == 0
    return target


def reread(path: Path) -> Notice:
    (document,) = sources([str(path)])
    assert isinstance(document, Document), document
    assert document.notice is not None
    return document.notice


OWN_ITEMS = [("一/1", "修路。", "lead 县水利局 support 县财政局"), ("一/2", "修渠。", "responsible 县水利局")]


def own_items(read: Notice) -> list[tuple[str, str, str]]:
    return [
        (place.node.id, place.node.text, " ".join(f"{duty.role} {duty.office}" for duty in place.node.duties))
        for place in places(read)
        if place.node.is_item
    ]


def edited(path: Path, change) -> Path:  # type: ignore[no-untyped-def]
    """The workbook after a person had it."""
    made = openpyxl.load_workbook(path)
    change(made)
    made.save(path)
    return path


def test_a_workbook_of_ours_keeps_its_ids_and_headings(tmp_path: Path) -> None:
    read = reread(written(tmp_path))
    assert read.title == "某县关于印发2024年要点的通知"
    assert own_items(read) == OWN_ITEMS
    assert [node.title for node in read.body] == ["水利"]


def test_what_a_person_changes_in_a_cell_is_what_is_read(tmp_path: Path) -> None:
    def change(made: openpyxl.Workbook) -> None:
        sheet = made.worksheets[0]
        sheet.cell(5, 3).value = "县河长办"
        sheet.cell(3, 12).value, sheet.cell(5, 12).value = "进展", "已开工"
        sheet.insert_rows(6)

    path = edited(written(tmp_path), change)
    (first, _) = own_items(reread(path))
    assert first == ("一/1", "修路。", "lead 县河长办 support 县财政局")
    assert [node.extra for node in reread(path).walk()] == [(), (("进展", "已开工"),), ()]


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "jsonl", "yaml", "md", "xlsx", "html", "db"])
def test_columns_of_a_persons_own_go_out_again(tmp_path: Path, format: str) -> None:
    (tmp_path / "a.csv").write_text(
        "公文,编号,工作任务,责任单位,进展,=备注\n某县通知,一/1,修路,县水利局,已开工,-1\n某县通知,一/2,修桥,县交通局,,好\n",
        "utf-8",
    )
    path = tmp_path / f"b.{format}"
    assert aiwei("export", tmp_path / "a.csv", "-o", path, "-q").code == 0
    assert aiwei("export", path, "-o", tmp_path / "c.jsonl", "-q").code == 0
    found = [json.loads(line) for line in (tmp_path / "c.jsonl").read_text("utf-8").splitlines()]
    assert [(row["text"], row["进展"] or "", row["=备注"]) for row in found] == [
        ("修路", "已开工", "-1"),
        ("修桥", "", "好"),
    ]


def test_columns_that_come_too_late_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1.修路（县水利局负责）。\n", "utf-8")
    (tmp_path / "b.csv").write_text("公文,编号,工作任务,责任单位,进展\n某县通知,一/1,修桥,县交通局,已开工\n", "utf-8")
    ran = aiwei("export", tmp_path / "a.txt", tmp_path / "b.csv")
    assert "已开工" not in ran.out and "（进展）没有写出" in ran.err
    assert "已开工" in aiwei("export", tmp_path / "b.csv", tmp_path / "a.txt").out


def test_columns_about_persons_stay_in_the_house(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(
        "公文,编号,工作任务,责任单位,经办人,进展\n某县通知,一/1,修桥,县交通局,张三,已开工\n", "utf-8"
    )
    ran = aiwei("export", tmp_path / "b.csv", "--no-persons")
    assert "张三" not in ran.out and "已开工" in ran.out


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    def change(made: openpyxl.Workbook) -> None:
        (number,) = [cell.column for cell in made.worksheets[0][3] if cell.value == "编号"]
        made.worksheets[0].delete_cols(number)

    path = edited(written(tmp_path), change)
    read = reread(path)
    assert [words for _, words, _ in own_items(read)] == ["修路。", "修渠。"]
    assert ["缺少“编号”列" in found.message for found in read.diagnostics if found.code == "T004"] == [True]
    assert "这像是 aiwei 导出的表，但缺少“编号”列" in aiwei("list", path).err


@pytest.mark.parametrize("labels", ["zh", "en"])
def test_columns_of_a_table_may_be_moved_and_left_out(tmp_path: Path, labels: str) -> None:
    text = written(tmp_path, "csv", labels).read_text("utf-8-sig")
    rows = [line.split(",") for line in text.splitlines()]
    kept = [6, 9, 8, 7, 1, 10]
    path = tmp_path / "改过.csv"
    path.write_text("我改过的表\n\n" + "\n".join(",".join(row[i] for i in kept) for row in rows), "gb18030")
    assert own_items(reread(path)) == OWN_ITEMS


def test_rows_of_duties_are_read_again(tmp_path: Path) -> None:
    for format in ("xlsx", "csv"):
        path = written(tmp_path, format, "zh", "--per", "duty")
        assert [found[2] for found in own_items(reread(path))] == [found[2] for found in OWN_ITEMS]


def test_a_workbook_that_ends_its_reader_is_one_error(tmp_path: Path) -> None:
    data = bytearray(decompress(b85decode(XLS)))
    data[1605:1609] = b"\xff\xff\xff\x7f"  # a size: the library takes so much memory, and where it is refused, ends
    (tmp_path / "a.xls").write_bytes(data)
    (tmp_path / "b.txt").write_text("一、修路（县水利局负责）。", "utf-8")
    done = aiwei("list", str(tmp_path), "--max-memory", "300MB", "--format", "tsv")
    assert done.code == 1
    assert "a.xls：读这个工作簿的进程中途停了：要么超过 300 MB 内存" in done.err
    assert "县水利局" in done.out


def test_goods_are_no_tasks() -> None:
    goods = book([("序号", "品名", "单位", "数量"), (1, "铁锹", "把", 40)])
    assert items(notice(goods, ".xlsx")) == []


def test_every_kind_of_broken_table_is_a_sentence() -> None:
    for data in (b"PK\x03\x04xl/", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le")):
        (found,) = documents(data, name="文件", path="文件", suffix=".xlsx")
        assert isinstance(found, Exception)
