"""The Word document, read back by python-docx and by aiwei itself: the table as it is printed."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from effort import tries
from hypothesis import example, given
from hypothesis import strategies as st
from report_samples import FORMULAS, ILLEGAL, MARKUP, PEOPLE, bundled, cells, hits, report, saying, table
from shell import aiwei, sample, two_plans

from aiwei_cli.query.shares import shares
from aiwei_cli.resources import bundled_notice
from aiwei_cli.write.report import Report, of_part
from aiwei_cli.write.xml import clean

docx = pytest.importorskip("docx")
NOTICE = bundled_notice()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def texts(document: Any) -> list[list[str]]:
    """The cells of each row; a cell across the table once."""
    return [
        [
            "\n".join(paragraph.text for paragraph in docx.table._Cell(cell, document.tables[0]).paragraphs)
            for cell in row.tc_lst
        ]
        for row in document.tables[0]._tbl.tr_lst
    ]


def test_the_bundled_notice_as_a_table_under_its_headings() -> None:
    document = opened(report("docx", hits(bundled())))
    assert document.paragraphs[0].text == "图克镇2023年爱国卫生运动工作要点任务分解表"
    assert document.paragraphs[0].style.name == "Title"
    header, first, second, item, *rest = texts(document)
    assert header == ["序号", "工作任务", "牵头单位", "责任单位", "配合单位", "疑点"]
    assert (first, second) == (["一、推动落实的重点工作"], ["　（一）打造健康宜居城乡环境"])
    assert item[0] == "1." and item[3] == "城市管理办、财政所"
    assert sum(len(row) == 6 for row in [item, *rest]) == 27 and sum(len(row) == 1 for row in rest) == 3


def test_it_is_landscape_a4_with_the_header_on_every_page() -> None:
    document = opened(report("docx", hits(bundled())))
    section = document.sections[0]
    assert section.orientation == docx.enum.section.WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    header, *body = document.tables[0]._tbl.tr_lst
    assert header.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in body)
    assert "PAGE" in section.footer._element.xml


def test_the_columns_fill_the_page_and_the_task_is_the_widest() -> None:
    document = opened(report("docx", hits(bundled())))
    section = document.sections[0]
    widths = [column.width for column in document.tables[0].columns]
    room = section.page_width - section.left_margin - section.right_margin
    assert 0.98 * room <= sum(widths) <= room and max(widths) == widths[1]
    assert document.tables[0].autofit is False


def test_chinese_characters_have_fonts_of_their_own() -> None:
    document = opened(report("docx", hits(bundled())))
    fonts = {
        style.name: style.element.find(f".//{W}rFonts").get(f"{W}eastAsia")
        for style in document.styles
        if style.element.find(f".//{W}rFonts") is not None
    }
    assert fonts["Title"] == "方正小标宋简体" and fonts["表头"] == "黑体"
    defaults = document.styles.element.find(f"{W}docDefaults//{W}rFonts")
    assert defaults.get(f"{W}eastAsia") == "仿宋"


def test_a_column_that_is_empty_throughout_is_left_out() -> None:
    assert texts(opened(report("docx", hits(two_plans()))))[0] == ["序号", "工作任务", "牵头单位"]


def test_plans_and_notices_are_headings() -> None:
    assert [row for row in texts(opened(report("docx", hits(two_plans())))) if len(row) == 1] == [
        ["甲实施方案"],
        ["乙实施方案"],
    ]
    both = texts(opened(report("docx", hits(sample(), two_plans()))))
    assert ["《关于印发〈工作要点〉的通知》"] in both and ["　甲实施方案"] in both


def test_an_item_that_others_stand_under_is_not_printed_twice() -> None:
    rows = texts(opened(report("docx", hits(sample()))))
    assert sum("倡导文明" in "".join(row) for row in rows) == 1


def test_a_row_a_duty() -> None:
    rows = texts(opened(report("docx", Report(hits(bundled()), "duty"))))
    assert rows[0] == ["序号", "工作任务", "分工", "单位", "疑点"] and sum(len(row) == 5 for row in rows) == 49


def test_for_one_office_the_table_says_what_it_has_to_do() -> None:
    part = next(part for part in shares(hits(sample()), "office") if part.name == "妇联")
    document = opened(report("docx", of_part(part, "item")))
    assert document.paragraphs[0].text.endswith("任务分解表（妇联）")
    assert texts(document)[0][:2] == ["序号", "分工"]


@pytest.mark.parametrize("text", [*FORMULAS, *MARKUP, " 空 格 ", "_x0041_", "甲" * 5000])
def test_words_stay_as_they_are(text: str) -> None:
    assert texts(opened(table("docx", cells(text)))) == [["内容"], [text]]
    items = [row for row in texts(opened(report("docx", hits(saying(text))))) if len(row) > 1]
    assert items[1][2:] == [text, text]


@tries(60)
@example(["甲\r\n乙", "甲\r乙"])
@given(st.lists(st.text(), min_size=1, max_size=10))
def test_any_text_reads_back_but_for_what_xml_cannot_hold(words: list[str]) -> None:
    assert texts(opened(table("docx", cells(*words))))[1:] == [[clean(text)] for text in words]


def test_illegal_characters_are_left_out() -> None:
    assert texts(opened(table("docx", cells(ILLEGAL))))[1] == ["甲乙"]


def test_every_part_is_well_formed_and_the_same_table_gives_the_same_bytes() -> None:
    data = report("docx", hits(saying(*MARKUP)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml" and archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
    assert report("docx", hits(saying(*MARKUP))) == data


def test_what_was_printed_can_be_read_again(tmp_path: Path) -> None:
    assert aiwei("export", NOTICE, "-o", tmp_path / "任务.docx").code == 0

    def duties(path: Path) -> list[list[str]]:
        """The id, the role and the office of each duty."""
        rows = [line.split("\t") for line in aiwei("list", path, "--per", "duty").lines]
        return [[row[column] for column in (1, 4, 5)] for row in rows]

    assert duties(tmp_path / "任务.docx") == duties(NOTICE) and len(duties(NOTICE)) == 48


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有安装 LibreOffice，没有用它试着打开")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(report("docx", hits(bundled()), PEOPLE))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path]
    subprocess.run([*convert, tmp_path / "a.docx"], capture_output=True, timeout=120, check=False)
    if not (tmp_path / "a.txt").exists():
        pytest.skip("LibreOffice 没有文字处理组件（libreoffice-writer）")
    text = (tmp_path / "a.txt").read_text("utf-8-sig")
    assert text.startswith("图克镇2023年爱国卫生运动工作要点任务分解表") and "城市管理办、财政所" in text


def test_among_many_columns_codes_stay_whole_and_the_task_is_the_widest(tmp_path: Path) -> None:
    text = (
        "一、清淤（牵头单位：某某专班；责任单位：县生态环境局、县自然资源局；配合单位：县财政局；"
        "责任领导：张三；责任人：李四、王五；完成时限：2024年5月底前完成初稿，10月底前完成全部）。\n"
        "二、植树，由县林业局牵头，各乡镇配合。\n"
    )
    source, target = tmp_path / "通知.txt", tmp_path / "表.docx"
    source.write_text(text, "utf-8")
    assert aiwei("export", source, "-o", target).code == 0
    table = docx.Document(str(target)).tables[0]
    titles = [cell.text for cell in table.rows[0].cells]
    wide = dict(zip(titles, (int(one.get(f"{W}w")) for one in table._tbl.tblGrid.gridCol_lst), strict=True))
    assert {"责任人等", "完成时限", "分工出处", "疑点"} <= wide.keys()
    assert wide["疑点"] >= 800
    assert max(wide, key=wide.__getitem__) == "工作任务"
    assert sum(wide.values()) <= 14570


def test_a_font_that_is_missing_has_one_in_its_place(tmp_path: Path) -> None:
    source, target = tmp_path / "通知.txt", tmp_path / "表.docx"
    source.write_text("一、清淤（县水利局负责）。\n", "utf-8")
    assert aiwei("export", source, "-o", target).code == 0
    with zipfile.ZipFile(target) as archive:
        fonts = archive.read("word/fontTable.xml").decode()
        assert '"方正小标宋简体"' in archive.read("word/styles.xml").decode()
    assert 'w:name="方正小标宋简体">\n    <w:altName w:val="宋体"/>' in fonts
