"""The Excel workbook, read back by openpyxl: a 任务分解表 that can be handed in, printed, filtered and sorted."""

from __future__ import annotations

import gc
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from effort import tries
from hypothesis import given
from hypothesis import strategies as st
from report_samples import FORMULAS, ILLEGAL, LOOKALIKES, MARKUP, PEOPLE, bundled, cells, hits, report, saying, table
from shell import aiwei, node, sample

from aiwei_cli.errors import AiweiError
from aiwei_cli.notice.model import Notice
from aiwei_cli.query.shares import shares
from aiwei_cli.resources import bundled_notice
from aiwei_cli.write import FORMATS, Style, write_report, xlsx, xlsx_book, xlsx_file, xlsx_strings
from aiwei_cli.write.report import Report, of_part
from aiwei_cli.write.spool import Spool
from aiwei_cli.write.xlsx_notes import Notes
from aiwei_cli.write.xml import clean

openpyxl = pytest.importorskip("openpyxl")
NOTICE = bundled_notice()


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(sheet: Any, header: int = 3) -> list[dict[str, Any]]:
    """The rows below the header, without the headings across."""
    names = [cell.value for cell in sheet[header]]
    found = [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=header + 1, values_only=True)]
    return [row for row in found if sum(cell is not None for cell in row.values()) > 1]


def test_the_bundled_notice_has_three_sheets_with_all_its_items_and_duties() -> None:
    book = opened(report("xlsx", hits(bundled())))
    assert book.sheetnames == ["任务分解表", "责任清单", "矩阵"]
    items = rows(book["任务分解表"])
    assert len(items) == 27 and len(rows(book["责任清单"])) == 48
    assert items[5]["编号"] == "一/（一）/6" and items[5]["责任单位"] == "综合执法局"
    assert items[5]["配合单位"] == "各嘎查村（社区）" and items[5]["工作任务"].startswith("深入实施农村人居环境")
    assert book["任务分解表"]["A1"].value == "图克镇2023年爱国卫生运动工作要点任务分解表"
    assert "27 个事项" in book["任务分解表"]["A2"].value


def test_the_matrix_counts_what_the_duties_are() -> None:
    sheet = opened(report("xlsx", hits(bundled())))["矩阵"]
    body = rows(sheet)
    assert [row["单位"] for row in body[:2]] == ["社会事务办", "城市管理办"]
    assert body[0]["牵头"] == 4 and body[0]["合计"] == 11 and body[-1]["合计"] == 48
    for row in body:
        assert sum(row[name] or 0 for name in list(row)[1:-4]) == row["合计"]
    assert sheet.conditional_formatting


def test_a_very_large_matrix_has_no_lines_around_empty_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = opened(report("xlsx", hits(bundled())))["矩阵"]
    monkeypatch.setattr(xlsx, "_GRIDDED", 1)
    sheet = opened(report("xlsx", hits(bundled())))["矩阵"]
    assert rows(sheet) == rows(whole)
    empty = [cell for row in sheet.iter_rows(min_row=4) for cell in row if cell.value is None]
    assert empty and not any(cell.has_style for cell in empty)


def test_it_is_ready_to_be_printed_and_filtered() -> None:
    for sheet in opened(report("xlsx", hits(bundled()))).worksheets:
        assert sheet.freeze_panes[1:] == "4" and sheet.print_title_rows == "$3:$3"
        assert re.fullmatch(r"A3:[A-Z]+\d+", sheet.auto_filter.ref)
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
        assert any(str(area).startswith("A1:") for area in sheet.merged_cells.ranges)
        table = [cell for cell in sheet[6] if cell.font.sz > 10]
        assert table and all(cell.border.left.style == "thin" and cell.alignment.wrap_text for cell in table)


def test_a_column_is_as_wide_as_its_chinese_words_and_a_row_as_high_as_they_need() -> None:
    sheet = opened(report("xlsx", hits(bundled())))["任务分解表"]
    names = {cell.value: cell.column for cell in sheet[3]}
    # openpyxl keeps neighbours of the same width as one.
    widths = {n: each.width for each in sheet.column_dimensions.values() for n in range(each.min, each.max + 1)}
    assert widths[names["配合单位"]] >= 2 * len("各嘎查村（社区）")
    assert widths[names["编号"]] >= len("一/（一）/1") + 3 > widths[names["编号"]] / 2
    for row in sheet.iter_rows(min_row=4):
        text = row[names["工作任务"] - 1].value or ""
        needed = sum(2 * len(line) / widths[names["工作任务"]] for line in text.split("\n"))
        assert sheet.row_dimensions[row[0].row].height >= 13 * needed


def test_due_dates_are_dates_and_everything_else_is_text() -> None:
    sheet = opened(report("xlsx", hits(sample())))["任务分解表"]
    first, *_ = rows(sheet)
    assert first["截止日期"] == datetime(2023, 6, 30) and first["完成时限"] == "12月底前、6月底前"
    days = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, datetime)]
    assert {cell.number_format for cell in days} == {"yyyy-mm-dd"}


@pytest.mark.parametrize("text", [*FORMULAS, *LOOKALIKES, *MARKUP, " blanks ", "甲\n乙", "_x0041_", "'", "甲" * 300])
def test_no_word_becomes_a_formula_a_number_a_date_or_a_link(text: str) -> None:
    sheet = opened(table("xlsx", cells(text))).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")
    assert sheet["A2"].hyperlink is None
    for sheet in opened(report("xlsx", hits(saying(text)))).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in "sn" and cell.hyperlink is None for cell in row)


def test_what_excel_would_run_after_an_edit_is_marked_as_text() -> None:
    sheet = opened(table("xlsx", cells("=1+1", "甲"))).active
    assert sheet["A2"].quotePrefix and not sheet["A3"].quotePrefix


@tries(60)
@given(st.lists(st.text(), min_size=1, max_size=20))
def test_any_text_reads_back_but_for_what_xml_cannot_hold(texts: list[str]) -> None:
    sheet = opened(table("xlsx", cells(*texts))).active
    assert [sheet.cell(line, 1).value or "" for line in range(2, len(texts) + 2)] == [clean(text) for text in texts]


def test_illegal_characters_are_left_out() -> None:
    assert opened(table("xlsx", cells(ILLEGAL))).active["A2"].value == "甲乙"
    (row,) = rows(opened(report("xlsx", hits(saying(ILLEGAL))))["任务分解表"])
    assert (row["牵头单位"], row["完成时限"]) == ("甲乙", "甲乙")


@pytest.mark.parametrize("char", ["字", "𠮷"])
def test_a_text_too_long_for_a_cell_is_cut_where_it_can_be_seen_and_told(char: str) -> None:
    said: list[str] = []
    shown = opened(table("xlsx", cells(char * 40_000), Style(labels="zh", note=said.append))).active["A2"].value
    assert len(shown.encode("utf-16-le")) // 2 <= xlsx.LONGEST_CELL
    kept, lost = re.fullmatch(rf"({char}+)……【单元格放不下，后面还有 (\d+) 字】", shown).groups()  # type: ignore[union-attr]
    assert len(kept) + int(lost) == 40_000 and len(kept) > 16_000
    assert len(said) == 1 and lost in said[0]


def test_a_text_that_just_fits_is_whole() -> None:
    said: list[str] = []
    text = "字" * xlsx.LONGEST_CELL
    assert opened(table("xlsx", cells(text), Style(note=said.append))).active["A2"].value == text
    assert not said


def test_a_sheet_for_each_office_and_one_for_what_nobody_owns() -> None:
    found = hits(sample())
    parts = tuple(of_part(part, "item") for part in shares(found, "office"))
    book = opened(report("xlsx", Report(found, parts=parts)))
    assert book.sheetnames[3:] == ["城市管理办", "综合执法局", "社会事务办", "各嘎查村（社区）", "妇联", "没有责任单位"]
    assert [(row["编号"], row["分工"]) for row in rows(book["妇联"])] == [
        ("一/（二）", "牵头"),
        ("一/（二）/3", "牵头"),
    ]
    assert [row["编号"] for row in rows(book["没有责任单位"])] == ["一/（三）"]
    assert book["妇联"]["A1"].value == "《关于印发〈工作要点〉的通知》任务分解表（妇联）"


def test_the_sheet_looks_like_the_word_document() -> None:
    sheet = opened(report("xlsx", hits(bundled())))["任务分解表"]
    names = [cell.value for cell in sheet[3]]
    assert names[:4] == ["序号", "工作任务", "牵头单位", "责任单位"] and names[-1] == "编号"
    first = [row[0].value for row in sheet.iter_rows(min_row=4, max_row=6)]
    assert first == ["一、推动落实的重点工作", "　（一）打造健康宜居城乡环境", "1."]
    for column in sheet.iter_cols(min_row=4, max_col=len(names)):
        assert any(cell.value for cell in column)
    # What only a program wants is not printed.
    assert sheet.print_area.endswith(f"$A$1:${openpyxl.utils.get_column_letter(len(names) - 1)}${sheet.max_row}")


def test_a_sheet_fits_the_page_without_becoming_small() -> None:
    for sheet in opened(report("xlsx", hits(bundled()))).worksheets[:2]:
        wide = {n: each.width for each in sheet.column_dimensions.values() for n in range(each.min, each.max + 1)}
        printed = [wide[n] for n in wide if sheet.cell(3, n).font.sz > 10]
        points = sum(8 * width + 5 for width in printed) * 72 / 96
        assert min(1.0, 770 / points) * 10.5 >= 9


def test_notices_are_headings_and_may_have_sheets_of_their_own() -> None:
    found = [*hits(saying("甲")), *hits(saying("乙"))]
    parts = tuple(of_part(part, "item") for part in shares(found, "notice"))
    book = opened(report("xlsx", Report(found, parts=parts)))
    assert [cell.value for cell in book["任务分解表"]["A"]][3:] == ["甲", "1.", "乙", "1."]
    assert [row["公文"] for row in rows(book["任务分解表"])] == ["甲", "乙"]
    assert book.sheetnames[3:] == ["甲", "乙"] and book.active.title == "甲"
    assert book["乙"]["A1"].value == "《乙》任务分解表"


def test_a_title_of_ones_own() -> None:
    book = opened(report("xlsx", Report(hits(), heading="清淤任务分解表")))
    assert [sheet["A1"].value for sheet in book.worksheets[:2]] == ["清淤任务分解表", "清淤责任清单"]
    book = opened(report("xlsx", Report(hits(), heading="清淤")))
    assert [sheet["A1"].value for sheet in book.worksheets[:2]] == ["清淤", "清淤（责任清单）"]


def test_a_heading_wider_than_the_table_is_whole() -> None:
    long = "整治" * 120
    notice = replace(
        sample(), body=(node("一", "一、", 1, title=long, children=(node("一/1", "1.", 3, title="修路"),)),)
    )
    sheet = opened(report("xlsx", hits(notice)))["任务分解表"]
    assert sheet["A4"].value == f"一、{long}"
    assert any(str(area).startswith("A4:") for area in sheet.merged_cells.ranges)
    assert sheet.row_dimensions[4].height > 60


def test_a_row_a_duty_opens_the_file_at_the_duties() -> None:
    assert opened(report("xlsx", Report(hits(), "duty"))).active.title == "责任清单"


@given(st.lists(st.text(max_size=50), max_size=30))
def test_names_of_sheets_are_what_excel_accepts_and_differ(names: list[str]) -> None:
    taken: dict[str, int] = {}
    made = [xlsx.sheet_name(name, taken) for name in names]
    assert len({name.casefold() for name in made}) == len(names)
    for name in made:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", name) and name.strip("'") == name and name.casefold() != "history"


def test_more_rows_than_a_sheet_has_is_an_error_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_book, "MOST_ROWS", 10)
    with pytest.raises(AiweiError, match="csv"):
        report("xlsx", hits(bundled()))


def test_a_matrix_wider_than_a_sheet_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_book, "MOST_COLUMNS", 5)
    said: list[str] = []
    book = opened(report("xlsx", hits(bundled()), Style(labels="zh", note=said.append)))
    assert book.sheetnames == ["任务分解表", "责任清单"] and "矩阵" in said[0]


def test_english_labels() -> None:
    sheet = opened(report("xlsx", hits(), Style(labels="en")))["任务分解表"]
    assert [cell.value for cell in sheet[3]][:3] == ["number", "item", "lead"]


def test_export_writes_it_by_the_name_of_the_file_and_into_a_pipe(tmp_path: Path) -> None:
    ran = aiwei("export", NOTICE, "-o", tmp_path / "任务.xlsx", "-q")
    assert (ran.out, ran.err, ran.code) == ("", "", 0)
    assert len(rows(opened((tmp_path / "任务.xlsx").read_bytes())["任务分解表"])) == 27
    with (tmp_path / "b.xlsx").open("wb") as file:
        import sys

        subprocess.run(
            [sys.executable, "-m", "aiwei_cli", "export", NOTICE, "--format", "xlsx"], stdout=file, check=True
        )
    assert opened((tmp_path / "b.xlsx").read_bytes()).sheetnames[0] == "任务分解表"


def test_list_offices_and_matrix_can_be_workbooks_too(tmp_path: Path) -> None:
    for command, name, count in (("list", "事项", 27), ("offices", "单位", 12), ("matrix", "矩阵", None)):
        assert aiwei(command, NOTICE, "-o", tmp_path / "a.xlsx").code == 0
        book = opened((tmp_path / "a.xlsx").read_bytes())
        assert book.sheetnames == [name] and (count is None or book.active.max_row == count + 1)


class Pipe(io.RawIOBase):
    """A stream that nobody can go back in."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.data += bytes(data)
        return len(data)


def test_it_goes_through_a_pipe() -> None:
    pipe = Pipe()
    with io.TextIOWrapper(io.BufferedWriter(pipe), "utf-8") as out:
        write_report(Report(hits()), out, FORMATS["xlsx"], PEOPLE)
        out.flush()
    assert opened(bytes(pipe.data)).sheetnames == ["任务分解表", "责任清单", "矩阵"]


def test_hits_are_taken_as_they_come_and_not_kept() -> None:
    kept: list[str | None] = []

    def coming() -> Iterator[Any]:
        for word in ("甲", "乙", "丙", "丁"):
            yield from hits(saying(f"不留{word}"))
        kept.extend(each.title for each in gc.get_objects() if type(each) is Notice)

    book = opened(report("xlsx", Report(coming())))
    assert [cell.value for cell in book["任务分解表"]["A"]][3::2] == ["不留甲", "不留乙", "不留丙", "不留丁"]
    # The first is wanted for the title if no other comes.
    assert sorted(title for title in kept if title and title.startswith("不留")) == ["不留丁", "不留甲"]


def test_more_words_than_are_remembered_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_strings, "_KNOWN", 2)
    texts = ["甲", "乙", "丙", "甲", "乙", "丁"]
    sheet = opened(table("xlsx", cells(*texts))).active
    assert [sheet.cell(line, 1).value for line in range(2, 8)] == texts


def test_a_sheet_with_very_many_notes_takes_more_numbers_for_them() -> None:
    notes = Notes(3)
    for line in range(1, 1101):
        notes.add(f"A{line}", line, 0, "疑", "疑")
    part = io.StringIO()
    notes.write_boxes(part)
    assert notes.next_block == 5 and 'data="3,4"' in part.getvalue() and part.getvalue().count("<v:shape ") == 1100


def test_parts_are_in_the_form_for_large_ones_only_where_they_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    for most, larger in ((xlsx_file._OLD, []), (100, ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])):
        monkeypatch.setattr(xlsx_file, "_OLD", most)
        data = table("xlsx", cells("甲" * 100, "乙"))
        parts = ZipFile(io.BytesIO(data)).infolist()
        assert [part.filename for part in parts if part.extract_version > 20] == larger
        assert opened(data).active["A3"].value == "乙"


def test_very_many_notes_are_in_the_form_for_large_parts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "_OLD", 100)
    data = report("xlsx", hits(bundled()))
    large = [part.filename for part in ZipFile(io.BytesIO(data)).infolist() if part.extract_version > 20]
    assert {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"} <= set(large)


def test_a_failing_source_leaves_the_old_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"old")
    assert aiwei("export", tmp_path / "没有.txt", "-o", tmp_path / "a.xlsx").code == 2
    assert (tmp_path / "a.xlsx").read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1


def test_what_is_appended_after_half_a_walk_comes_last() -> None:
    kept = Spool(range(450))
    assert 3 in kept
    for number in range(450, 900):
        kept.append(number)
    assert list(kept) == list(range(900))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有安装 LibreOffice，没有用它试着打开")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(report("xlsx", hits(bundled())))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    as_utf8 = "csv:Text - txt - csv (StarCalc):44,34,76"
    convert = ["soffice", profile, "--headless", "--convert-to", as_utf8, "--outdir", tmp_path, tmp_path / "a.xlsx"]
    subprocess.run(convert, capture_output=True, timeout=120, check=False)
    if not (tmp_path / "a.csv").exists():
        pytest.skip("LibreOffice 没有电子表格组件（libreoffice-calc）")
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("图克镇2023年爱国卫生运动工作要点任务分解表")


def test_a_workbook_without_a_header_filters_no_other_row(tmp_path: Path) -> None:
    assert aiwei("export", "--no-header", "-o", tmp_path / "表.xlsx").code == 0
    first, second = opened((tmp_path / "表.xlsx").read_bytes()).worksheets[:2]
    assert first.auto_filter.ref is None and first.print_title_rows is None
    assert second.auto_filter.ref is None and second.print_title_rows is None
