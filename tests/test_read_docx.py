"""Word files: what a reader of the printed page reads, with the numbers that Word counts by itself."""

from __future__ import annotations

import re
from base64 import b64encode
from io import BytesIO

import pytest
from read_samples import (
    NOTICE,
    PARAGRAPHS,
    STRICT,
    W,
    abstract,
    docx,
    failure,
    lines,
    lvl,
    one,
    p,
    packed,
    px,
    r,
    tbl,
    tc,
)

from aiwei_cli.language.styles import formatted
from aiwei_cli.notice.model import Notice
from aiwei_cli.parsing import parse
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.word.package import Package

OUTLINE = abstract(1, lvl(0, "chineseCounting", "%1、"), lvl(1, "chineseCounting", "（%2）"))
ITEMS = abstract(2, lvl(0, "decimal", "%1."), lvl(1, "decimal", "（%2）"), lvl(2, "decimalEnclosedCircle", "%3"))
BOX = "<w:txbxContent>{}</w:txbxContent>"


def numbered(paragraph: str) -> str:
    """A paragraph of the bundled notice, its typed number turned into an automatic one."""
    for pattern, number, level in (
        (r"[一二]、", "1", 0),
        (r"（[一二三四五六]）", "1", 1),
        (r"\d{1,2}\.|8(?=常)", "2", 0),
    ):
        match = re.match(pattern, paragraph)
        if match:
            return p(paragraph[match.end() :], number, level)
    return p(paragraph)


def essence(notice: Notice) -> tuple[object, ...]:
    """What must not depend on the container: the header, the nodes and their duties."""
    nodes = [
        (node.id, node.title, node.text, [(duty.role, duty.office, duty.inherited) for duty in node.duties])
        for node in notice.walk()
    ]
    return notice.title, notice.issuer, notice.addressees, [plan.title for plan in notice.plans], nodes


@pytest.fixture(scope="module")
def plain() -> tuple[object, ...]:
    return essence(parse(NOTICE))


def test_the_notice_typed_into_word_reads_as_plain_text_does(plain: tuple[object, ...]) -> None:
    document = one(docx(*map(p, PARAGRAPHS)))
    assert document.source.kind == "docx"
    assert essence(parse(document.text, source=document.source)) == plain


@pytest.mark.parametrize("space", [None, STRICT])
def test_the_notice_with_automatic_numbers_reads_as_plain_text_does(
    plain: tuple[object, ...], space: str | None
) -> None:
    blocks = list(map(numbered, PARAGRAPHS))
    data = docx(*blocks, numbering=OUTLINE + ITEMS, **({"space": space} if space else {}))
    text = one(data).text
    assert essence(parse(text)) == plain
    assert text.replace("8.常态化", "8常态化").splitlines() == PARAGRAPHS


def test_the_notice_as_a_table_of_tasks_has_the_same_items_and_duties() -> None:
    wanted = [node for node in parse(NOTICE).walk() if node.is_item]
    roles = ("lead", "responsible", "support")
    rows = [[tc("序号"), tc("工作任务"), tc("牵头单位"), tc("责任单位"), tc("配合单位")]]
    for number, node in enumerate(wanted, 1):
        offices = ["、".join(d.written for d in node.own_duties if d.role == role) for role in roles]
        rows.append([tc(str(number)), tc(f"{node.title}。{node.text}"), *map(tc, offices)])
    found = [node for node in parse(one(docx(p("任务分解表"), tbl(*rows))).text).walk() if node.is_item]
    assert [node.number for node in found] == [f"{number}." for number in range(1, 28)]
    assert [[(d.role, d.office) for d in node.duties] for node in found] == [
        sorted(((d.role, d.office) for d in node.own_duties), key=lambda pair: roles.index(pair[0])) for node in wanted
    ]


def test_paragraphs_and_rows_can_be_found() -> None:
    data = docx(p("标题"), p(), p("一、工作"), tbl([tc("甲"), tc("乙")], [tc("丙"), tc("丁")]), p("二、结尾"))
    document = one(data)
    assert {words: str(document.place(document.text.index(words))) for words in ("标题", "一、", "丁", "结尾")} == {
        "标题": "第1段",
        "一、": "第2段",
        "丁": "第1个表格第2行",
        "结尾": "第3段",
    }


# Automatic numbers


@pytest.mark.parametrize(
    ("style", "number", "shown"),
    [
        ("chineseCounting", 12, "十二"),
        ("chineseCounting", 20, "二十"),
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1005, "一千零五"),
        ("ideographDigital", 10, "一〇"),
        ("japaneseCounting", 23, "二十三"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 12, "亥"),
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircleChinese", 1, "①"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("decimalEnclosedFullstop", 3, "⒊"),
        ("ideographEnclosedCircle", 2, "㊁"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 9, "ix"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 3, "c"),
        ("ordinal", 12, "12th"),
        ("ordinal", 22, "22nd"),
        ("none", 3, ""),
        ("somethingNew", 3, "3"),
    ],
)
def test_numbers_look_as_word_shows_them(style: str, number: int, shown: str) -> None:
    assert formatted(number, style) == shown
    data = docx(p("工作", "1"), numbering=abstract(1, lvl(0, style, "%1、", start=number)))
    assert lines(data) == [f"{shown}、工作"]


def test_levels_count_on_their_own_and_begin_anew_after_a_higher_one() -> None:
    data = docx(
        *(p("x", "1", level) for level in (0, 1, 1, 0, 1)),
        *(p("y", "2", level) for level in (0, 1, 2, 2, 1, 2, 0, 1)),
        numbering=OUTLINE + ITEMS,
    )
    assert lines(data) == [
        *("一、x", "（一）x", "（二）x", "二、x", "（一）x"),
        *("1.y", "（1）y", "① y", "② y", "（2）y", "① y", "2.y", "（1）y"),
    ]


def test_a_level_with_restart_zero_counts_through() -> None:
    number = abstract(1, lvl(0, "chineseCounting", "%1、"), lvl(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    data = docx(*(p("x", "1", level) for level in (0, 1, 1, 0, 1, 0, 1)), numbering=number)
    assert lines(data) == ["一、x", "1.x", "2.x", "二、x", "3.x", "三、x", "4.x"]


def test_a_level_restarts_only_after_the_level_that_it_names() -> None:
    number = abstract(
        1,
        lvl(0, "chineseCounting", "%1、"),
        lvl(1, "chineseCounting", "（%2）"),
        lvl(2, "decimal", "%3.", '<w:lvlRestart w:val="1"/>'),
    )
    data = docx(*(p("x", "1", level) for level in (0, 1, 2, 2, 1, 2, 0, 1, 2)), numbering=number)
    assert [line[:-1] for line in lines(data)] == ["一、", "（一）", "1.", "2.", "（二）", "3.", "二、", "（一）", "1."]


def test_lists_of_one_kind_count_on_unless_one_is_told_to_start() -> None:
    more = (
        '<w:num w:numId="5"><w:abstractNumId w:val="2"/></w:num>'
        '<w:num w:numId="6"><w:abstractNumId w:val="2"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="7"><w:abstractNumId w:val="2"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
    )
    data = docx(*(p("x", number) for number in ("2", "2", "5", "6", "6", "7", "7")), numbering=ITEMS + more)
    assert lines(data) == ["1.x", "2.x", "3.x", "1.x", "2.x", "9.x", "10.x"]


def test_a_list_may_change_a_level() -> None:
    more = (
        '<w:num w:numId="5"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0">'
        + lvl(0, "chineseCounting", "第%1条", '<w:suff w:val="space"/>')
        + "</w:lvlOverride></w:num>"
    )
    assert lines(docx(p("总则", "5"), p("目的", "5"), numbering=ITEMS + more)) == ["第一条 总则", "第二条 目的"]


@pytest.mark.parametrize(
    ("gap", "words", "shown"),
    [
        ("tab", "%1.", "1.工作"),
        ("space", "%1.", "1. 工作"),
        ("nothing", "%1.", "1.工作"),
        ("tab", "%1", "1 工作"),
        ("nothing", "%1", "1工作"),
        ("nothing", "第%1条", "第1条工作"),
        ("tab", "第%1条", "第1条 工作"),
    ],
)
def test_the_gap_after_a_number(gap: str, words: str, shown: str) -> None:
    number = abstract(1, lvl(0, "decimal", words, f'<w:suff w:val="{gap}"/>'))
    assert lines(docx(p("工作", "1"), numbering=number)) == [shown]


def test_a_number_does_not_run_into_digits() -> None:
    assert lines(docx(p("2023年工作", "2"), numbering=ITEMS)) == ["1. 2023年工作"]


def test_numbers_of_several_levels() -> None:
    number = abstract(
        1,
        lvl(0, "chineseCounting", "第%1章"),
        lvl(1, "decimal", "%1.%2"),
        lvl(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    )
    data = docx(*(p("x", "1", level) for level in (0, 1, 2, 2)), numbering=number)
    assert lines(data) == ["第一章 x", "一.1 x", "1.1.1 x", "1.1.2 x"]


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/><w:basedOn w:val="h1"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="7"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="h2b"><w:name w:val="mine"/><w:basedOn w:val="h2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="l"/><w:basedOn w:val="loop"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="t1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="numbering" w:styleId="ns"><w:name w:val="list"/>'
    '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
)


def test_numbers_that_come_with_a_style() -> None:
    """The level is the one that names the style, whatever level the style names; a style based on another inherits."""
    number = abstract(
        1,
        lvl(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>'),
        lvl(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>'),
    )
    data = docx(
        *(p("x", style=style) for style in ("h1", "h2", "h2b", "h1", "h2", "loop", "absent")),
        p("off", "0", style="h1"),
        p("on", "0", None, style="h2"),
        numbering=number,
        styles=STYLES,
    )
    assert lines(data) == ["一、x", "（一）x", "（二）x", "二、x", "（一）x", "x", "x", "off", "on"]


def test_a_number_is_what_a_style_says_of_its_paragraphs_now() -> None:
    """Not what it was before a change, nor what a table's style says of a part of the table, nor what comes second."""
    listed = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
    styles = (
        f"<w:docDefaults><w:pPrDefault>{listed}</w:pPrDefault></w:docDefaults>"
        f'<w:style w:type="table" w:styleId="t"><w:name w:val="t"/><w:tblStylePr>{listed}</w:tblStylePr></w:style>'
        f'<w:style w:styleId="was"><w:pPr><w:pPrChange>{listed}</w:pPrChange></w:pPr><w:rPr/></w:style>'
        f'<w:style w:styleId="second"><w:pPr/>{listed}</w:style>'
        f'<w:style w:styleId="is"><w:basedOn w:val="was"/>{listed}<w:rPr/></w:style>'
    )
    data = docx(*(p("x", style=style) for style in ("t", "was", "second", "is", None)), numbering=ITEMS, styles=styles)
    assert lines(data) == ["x", "x", "x", "1.x", "x"]


def test_the_same_styles_are_read_once_and_others_anew() -> None:
    other = STYLES.replace('w:val="1"', 'w:val="2"')
    files = [docx(p("x", style="h1"), numbering=ITEMS, styles=styles) for styles in (STYLES, other, STYLES, other)]
    assert [lines(data) for data in files] == [["x"], ["1.x"], ["x"], ["1.x"]]
    first, _, again, _ = (Package(data, Budget(source=len(data))).styles("word/document.xml") for data in files)
    assert first is again


def test_a_list_that_only_names_a_numbering_style() -> None:
    link = abstract(9, more='<w:numStyleLink w:val="ns"/>')
    assert lines(docx(p("x", "9"), p("y", "2"), numbering=ITEMS + link, styles=STYLES)) == ["1.x", "2.y"]


def test_signs_of_a_private_font_are_no_numbers() -> None:
    number = abstract(1, lvl(0, "bullet", "\uf0b7"), lvl(1, "bullet", "——"))
    assert lines(docx(p("甲", "1"), p("乙", "1", 1), numbering=number)) == ["甲", "——乙"]


@pytest.mark.parametrize("level", [9, 99, -1, "x", "9" * 5000])
def test_levels_and_lists_that_do_not_exist_number_nothing(level: int | str) -> None:
    data = docx(p("甲", "2", level), p("乙", "77"), numbering=ITEMS)  # type: ignore[arg-type]
    assert [line.lstrip("1.") for line in lines(data)] == ["甲", "乙"]


# What is in a paragraph


def test_tracked_changes_are_read_as_accepted() -> None:
    ins = '<w:ins w:id="1" w:author="a">{}</w:ins>'
    data = docx(
        px(
            r("保留")
            + ins.format(r("加上"))
            + f'<w:del w:id="2"><w:r><w:delText>删去</w:delText></w:r></w:del><w:moveFrom>{r("移走")}</w:moveFrom>'
            + f"<w:moveTo>{r('移来')}</w:moveTo>"
        ),
        p("第一个", "2", mark="<w:ins/>"),
        px('<w:del w:id="3"><w:r><w:delText>整段删去</w:delText></w:r></w:del>', "2", mark="<w:del/>"),
        p("第二个", "2"),
        p("前半", "2", mark='<w:del w:id="5"/>'),
        p("后半", "2"),
        ins.format(p("块")),
        f"<w:moveFrom>{p('移走的段')}</w:moveFrom>",
        tbl([tc("留"), tc("下")]).replace(
            "</w:tbl>", f"<w:tr><w:trPr><w:del/></w:trPr>{tc('删')}{tc('行')}</w:tr></w:tbl>"
        ),
        numbering=ITEMS,
    )
    assert lines(data) == ["保留加上移来", "1.第一个", "2.第二个", "3.前半后半", "块", "留\t下"]


def test_breaks_tabs_and_signs() -> None:
    data = docx(
        px(
            r("甲") + "<w:r><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/><w:t>丁</w:t><w:noBreakHyphen/>"
            '<w:softHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="宋体" w:char="3000"/></w:r>'
        )
    )
    assert one(data).text == "甲\t乙\n丙\n丁-\u3000\n"


def test_links_controls_and_fields_keep_their_words_and_not_their_codes() -> None:
    field = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    data = docx(
        px(
            f"<w:hyperlink>{r('链接')}</w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>"
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处')}</w:sdtContent></w:sdt>"
            f"<w:fldSimple w:instr='DATE'>{r('今天')}</w:fldSimple>"
            f"{field.format('begin')}<w:r><w:instrText>REF x</w:instrText></w:r>{r('码')}{field.format('separate')}"
            f"{r('值')}{field.format('end')}"
            f"<w:r><w:ruby><w:rt>{r('pin')}</w:rt><w:rubyBase>{r('拼')}</w:rubyBase></w:ruby></w:r>"
            + r("藏", "<w:vanish/>")
            + r("显", '<w:vanish w:val="0"/>')
            + "<w:r><w:footnoteReference w:id='1'/></w:r><w:bookmarkStart/>"
        ),
        f"<w:sdt><w:sdtContent>{p('块里的段')}</w:sdtContent></w:sdt>",
    )
    assert lines(data) == ["链接控件今天值拼显", "块里的段"]


def test_a_circled_number_drawn_by_a_field() -> None:
    field = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    code = r"<w:r><w:instrText>eq \o\ac(○,11)</w:instrText></w:r>"
    assert lines(docx(px(field.format("begin") + code + field.format("end") + r("工作")))) == ["⑪工作"]


def test_the_table_of_contents_is_left_out_and_nothing_after_it() -> None:
    field = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    code = '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" </w:instrText></w:r>'
    contents = [
        px(field.format("begin") + code + field.format("separate") + r("一、甲\t1")),
        p("二、乙\t2"),
        px(field.format("end")),
    ]
    assert lines(docx(p("目录"), *contents, p("一、甲"))) == ["目录", "一、甲"]
    assert lines(docx(p("一、甲\t1", style="t1"), p("一、甲"), styles=STYLES)) == ["一、甲"]
    assert lines(docx(*contents[:2], p("一、甲"))) == ["一、甲\t1", "二、乙\t2", "一、甲"]


@pytest.mark.parametrize(
    "box",
    [
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
        f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>",
    ],
)
def test_a_text_box_is_read_once_where_it_hangs(box: str) -> None:
    inner = p("框一", "2") + p("框二", "2")
    before = px(f"<w:r>{box.format(inner, inner)}</w:r>" + r("正文"))
    after = px(r("正文") + f"<w:r>{box.format(inner, inner)}</w:r>")
    assert lines(docx(before, numbering=ITEMS)) == ["1.框一", "2.框二", "正文"]
    assert lines(docx(after, numbering=ITEMS)) == ["正文", "1.框一", "2.框二"]


def test_a_part_with_another_name_is_found_by_its_relation() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/doc2.xml"/>'
        "</Relationships>"
    )
    body = f'<w:document xmlns:w="{STRICT}"><w:body>{p("甲")}</w:body></w:document>'
    data = packed({"[Content_Types].xml": "<Types/>", "_rels/.rels": relations, "word/doc2.xml": body})
    assert lines(data) == ["甲"]


# Tables


def test_cells_that_span_and_numbers_that_word_counts() -> None:
    number = abstract(3, lvl(0, "decimal", "%1"))
    table = tbl(
        [tc("任务分解表", span=4)],
        [tc("序号", merge="restart"), tc("工作任务", merge="restart"), tc("责任分工", span=2)],
        [tc(merge="continue"), tc(merge="continue"), tc("牵头单位"), tc("配合单位")],
        [tc("", num="3"), tc("甲。"), tc("A局", merge="restart"), tc("B局")],
        [tc("", num="3"), tc("乙。"), tc(merge="continue"), tc("C局")],
        [tc("", num="3"), tc("丙。"), tc("D局", span=2)],
    )
    assert lines(docx(table, numbering=number)) == [
        "任务分解表",
        *("1.甲。", "牵头单位：A局", "配合单位：B局"),
        *("2.乙。", "牵头单位：A局", "配合单位：C局"),
        *("3.丙。", "牵头单位：D局", "配合单位：D局"),
    ]


def test_a_table_in_a_cell_and_cells_in_controls() -> None:
    inner = tbl([tc("序号"), tc("任务"), tc("责任单位")], [tc("1"), tc("甲。"), tc("A局")])
    control = f"<w:sdt><w:sdtContent>{tc('右')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{tc('左')}{control}</w:tr></w:sdtContent></w:sdt>"
    data = docx(f"<w:tbl><w:tr><w:tc>{p('前')}{inner}{p()}</w:tc></w:tr></w:tbl>", f"<w:tbl>{row}</w:tbl>")
    assert lines(data) == ["前", "1.甲。", "责任单位：A局", "左\t右"]


# Files that are broken or meant to break us


def test_a_document_type_is_refused_in_every_encoding() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    body = f'<w:document xmlns:w="http://x"><w:body>{p("甲")}</w:body></w:document>'
    assert "DTD" in failure(docx(document=bomb + body))
    utf16 = ('<?xml version="1.0" encoding="UTF-16"?>' + bomb + body).encode("utf-16")
    assert "DTD" in failure(packed({"[Content_Types].xml": "<Types/>", "word/document.xml": utf16}))
    assert "DTD" in failure(docx(p("甲"), parts={"word/styles.xml": "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>"}))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    body = f'<w:document xmlns:w="http://x"><w:body>{"<w:p/>" * 3_000_000}</w:body></w:document>'
    assert "压缩炸弹" in failure(docx(document=body))


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_cut_file_is_an_error(part: float) -> None:
    data = docx(*map(p, PARAGRAPHS))
    assert "不完整或已损坏" in failure(data[: int(len(data) * part)], ".docx")


def test_damage_inside_is_an_error() -> None:
    data = bytearray(docx(*map(p, PARAGRAPHS)))
    at = data.index(b"word/document.xml") + 200
    data[at : at + 40] = bytes(40)
    assert "word/document.xml 解压不了" in failure(bytes(data))


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("<a/>", "没有正文"),
        ("", "不是合法的 XML"),
        ("<a><b></a>", "第 1 行第 9 列不是合法的 XML"),
        ("<a>\0</a>", "不是合法的 XML"),
    ],
)
def test_a_part_that_is_no_document_is_an_error(document: str, words: str) -> None:
    data = packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document})
    assert words in failure(data)


def test_a_file_without_its_main_part_is_an_error() -> None:
    assert "word/document.xml" in failure(packed({"[Content_Types].xml": "<Types/>", "word/styles.xml": "<x/>"}))


def test_a_file_with_a_password_says_so() -> None:
    data = bytearray(docx(p("甲")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    assert "密码" in failure(bytes(data))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert "密码" in failure(ole, ".docx")


def test_content_nested_too_deep_is_an_error() -> None:
    deep = "<w:ins>" * 50_000 + p("甲") + "</w:ins>" * 50_000
    assert "嵌套得太深" in failure(docx(deep))


def test_a_document_without_words_is_an_error() -> None:
    assert "只有空白" in failure(docx(p(), p()))


def test_python_docx_finds_the_same_paragraphs() -> None:
    library = pytest.importorskip("docx", reason="python-docx is not installed: nothing to compare with")
    data = docx(*map(p, PARAGRAPHS), tbl([tc("甲"), tc("乙")]))
    document = library.Document(BytesIO(data))
    assert [paragraph.text for paragraph in document.paragraphs] == PARAGRAPHS
    made = BytesIO()
    fresh = library.Document()
    for paragraph in PARAGRAPHS:
        fresh.add_paragraph(paragraph)
    fresh.add_paragraph("甲", style="List Number")
    fresh.add_paragraph("乙", style="List Number")
    fresh.save(made)
    assert lines(made.getvalue()) == [*PARAGRAPHS, "1.甲", "2.乙"]


def test_merged_cells_as_python_docx_writes_them() -> None:
    library = pytest.importorskip("docx", reason="python-docx is not installed: nothing to compare with")
    document = library.Document()
    table = document.add_table(rows=3, cols=3)
    words = (("序号", "工作任务", "责任单位"), ("1", "甲。", "A局"), ("2", "乙。", ""))
    for row, texts in zip(table.rows, words, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    out = BytesIO()
    document.save(out)
    assert lines(out.getvalue()) == ["1.甲。", "责任单位：A局", "2.乙。", "责任单位：A局"]


# -- documents that are one XML file -----------------------------------------------------------------------------------


def test_flat_opc_is_read_as_word() -> None:
    package = "http://schemas.microsoft.com/office/2006/xmlPackage"
    words = f'<w:document xmlns:w="{W}"><w:body>{p("一、修路。（县水利局负责）")}</w:body></w:document>'
    part = '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>' + words + "</pkg:xmlData></pkg:part>"
    part += "<pkg:part><pkg:xmlData><a/></pkg:xmlData></pkg:part>"  # damaged: it has no name
    data = f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="{package}">{part}'
    assert lines((data + "</pkg:package>").encode()) == ["一、修路。（县水利局负责）"]
    assert "不是合法的 XML" in failure(data.encode())


def test_parts_of_flat_opc_that_are_not_xml() -> None:
    """Only text is unpacked; what is empty is passed over."""

    def part(name: str, kind: str, held: str) -> str:
        return f'<pkg:part pkg:name="{name}"><pkg:{kind}>{held}</pkg:{kind}></pkg:part>'

    def flat(*parts: str) -> bytes:
        space = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
        return f"<?xml version='1.0'?><pkg:package {space}>{''.join(parts)}</pkg:package>".encode()

    words = f'<w:document xmlns:w="{W}"><w:body>{p("甲")}</w:body></w:document>'
    packed_ = part("/word/document.xml", "binaryData", b64encode(words.encode()).decode())
    aside = part("/word/media/image1.png", "binaryData", "A") + part("/word/a.xml", "xmlData", "")
    aside += part("/word/b.xml", "binaryData", "") + part("/word/c.xml", "other", "<a/>")
    assert lines(flat(aside, packed_)) == ["甲"]
    assert "不完整（部件 word/document.xml）" in failure(flat(part("/word/document.xml", "binaryData", "A")))


def test_the_xml_of_word_2003_is_read_as_word() -> None:
    old = "http://schemas.microsoft.com/office/word/2003/wordml"
    more = "http://schemas.microsoft.com/office/word/2003/auxHint"
    cell = "<w:tc><w:tcPr><w:vmerge {}/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = [("序号", "任务", "责任单位"), ("1", "修路", "县水利局"), ("2", "修桥", "")]
    table = "".join(
        "<w:tr>"
        + "".join(
            cell.format('w:val="restart"' if (i, j) == (1, 2) else "" if (i, j) == (2, 2) else "w:none='1'", words)
            if (i, j) in ((1, 2), (2, 2))
            else f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"
            for j, words in enumerate(row)
        )
        + "</w:tr>"
        for i, row in enumerate(rows)
    )
    data = (
        f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="{old}" '
        f'xmlns:wx="{more}"><w:body><wx:sect><w:p><w:pPr><w:listPr><wx:t wx:val="一、"/></w:listPr></w:pPr><w:r>'
        f"<w:t>总则</w:t></w:r></w:p><w:tbl>{table}</w:tbl></wx:sect></w:body></w:wordDocument>"
    )
    assert lines(data.encode()) == ["一、总则", "1.修路", "责任单位：县水利局", "2.修桥", "责任单位：县水利局"]


def roles(*runs: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """(id, office, role) of the duties in paragraphs of these runs, and the codes of the diagnostics."""
    document = one(docx(*runs))
    read = parse(document.text, hints=document.hints)
    found = [(node.id, duty.written, duty.role) for node in read.walk() for duty in node.duties]
    return found, [each.code for each in read.diagnostics if each.code != "O001"]


@pytest.mark.parametrize("bold", ["<w:b/>", '<w:rFonts w:eastAsia="黑体"/>'])
def test_who_leads_in_bold_is_seen(bold: str) -> None:
    first = r("1.修路。（") + r("县交通局", bold) + r("、县财政局，加粗的为牵头单位，下同）")
    second = r("2.治水。（县住建局、") + r("县水利局", bold) + r("）")
    assert roles(px(first), px(second)) == (
        [
            ("1", "县交通局", "lead"),
            ("1", "县财政局", "responsible"),
            ("2", "县住建局", "responsible"),
            ("2", "县水利局", "lead"),
        ],
        [],
    )


def test_where_no_name_is_in_bold_the_rule_is_reported() -> None:
    heading = r("1.修路。", "<w:b/>") + r("（县交通局、县财政局，加粗的为牵头单位）")
    assert roles(px(heading)) == ([("1", "县交通局", "responsible"), ("1", "县财政局", "responsible")], ["C002"])


def test_bold_without_such_a_rule_says_nothing() -> None:
    assert roles(px(r("1.修路。（") + r("县交通局", "<w:b/>") + r("、县财政局负责）")))[0] == [
        ("1", "县交通局", "responsible"),
        ("1", "县财政局", "responsible"),
    ]
