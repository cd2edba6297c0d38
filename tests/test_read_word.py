"""Parts of Word files: numbers, runs, cells and boxes; both sides of what decides."""

from __future__ import annotations

import pytest
from read_samples import W, abstract, docx, failure, lines, lvl, one, p, packed, px, r, tbl, tc

from aiwei_cli.reading.word import package as module
from aiwei_cli.reading.word.names import integer
from aiwei_cli.reading.zipped import open_archive


def numbers(*paragraphs: str, numbering: str, styles: str | None = None) -> list[str]:
    return lines(docx(*paragraphs, numbering=numbering, styles=styles))


def run(content: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


# -- numbers -----------------------------------------------------------------------------------------------------------


def test_nine_levels_count() -> None:
    nine = abstract(1, *(lvl(at, "decimal", f"%{at + 1}.") for at in range(10)))
    found = numbers(*(p(f"甲{at}", "1", at) for at in range(10)), numbering=nine)
    assert found == [*(f"1.甲{at}" for at in range(9)), "甲9"]
    assert numbers(p("甲", "1", None), numbering=nine) == ["1.甲"]
    assert numbers(px(r("甲"), "1", -1), numbering=nine) == ["甲"]


def test_a_level_begins_at_one_where_it_does_not_say_at_what() -> None:
    plain = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1、"/></w:lvl>'
    assert numbers(p("甲", "1"), p("乙", "1"), numbering=abstract(1, plain)) == ["1、甲", "2、乙"]


def test_numbering_styles_that_name_one_another_number_nothing() -> None:
    link = '<w:numStyleLink w:val="{}"/>'
    circle = abstract(1, more=link.format("a")) + abstract(2, more=link.format("b"))
    styles = style("a", num="2") + style("b", num="1")
    assert numbers(p("甲", "1"), numbering=circle, styles=styles) == ["甲"]
    chain = (
        abstract(1, more=link.format("a")) + abstract(2, more=link.format("b")) + abstract(3, lvl(0, "decimal", "%1、"))
    )
    styles = style("a", num="2") + style("b", num="3")
    assert numbers(p("甲", "1"), numbering=chain, styles=styles) == ["1、甲"]


def test_a_level_that_was_not_used_counts_as_zero() -> None:
    assert numbers(p("甲", "1", 1), numbering=abstract(1, lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2."))) == [
        "0.1.甲"
    ]


def test_a_higher_level_begins_the_lower_ones_anew_and_a_lower_one_does_not() -> None:
    outline = abstract(1, *(lvl(at, "decimal", f"%{at + 1}、") for at in range(3)))
    found = numbers(*(p("甲", "1", at) for at in (0, 1, 2, 2, 1, 2, 0, 2)), numbering=outline)
    assert [words[0] for words in found] == ["1", "1", "1", "2", "2", "1", "2", "1"]


@pytest.mark.parametrize(("restart", "last"), [(None, "1"), (0, "2"), (1, "2"), (2, "1")])
def test_after_which_level_a_level_begins_anew(restart: int | None, last: str) -> None:
    """After the level that it names or a higher one: the second here."""
    more = "" if restart is None else f'<w:lvlRestart w:val="{restart}"/>'
    outline = abstract(1, lvl(0, "decimal", "%1、"), lvl(1, "decimal", "%2、"), lvl(2, "decimal", "%3、", more))
    assert numbers(*(p("甲", "1", at) for at in (0, 1, 2, 1, 2)), numbering=outline)[-1] == f"{last}、甲"


def test_a_first_level_begins_the_third_anew_where_it_names_the_first() -> None:
    outline = abstract(
        1, lvl(0, "decimal", "%1、"), lvl(1, "decimal", "%2、"), lvl(2, "decimal", "%3、", '<w:lvlRestart w:val="1"/>')
    )
    assert numbers(*(p("甲", "1", at) for at in (0, 1, 2, 0, 2)), numbering=outline)[-1] == "1、甲"


@pytest.mark.parametrize(
    ("legal", "style", "shown"),
    [
        ("", "chineseCounting", "一.1甲"),
        ("<w:isLgl/>", "chineseCounting", "1.1甲"),
        ('<w:isLgl w:val="1"/>', "chineseCounting", "1.1甲"),
        ('<w:isLgl w:val="0"/>', "chineseCounting", "一.1甲"),
        ('<w:isLgl w:val="false"/>', "chineseCounting", "一.1甲"),
        ("<w:isLgl/>", "none", ".1甲"),
    ],
)
def test_numbers_of_laws_are_in_digits(legal: str, style: str, shown: str) -> None:
    outline = abstract(1, lvl(0, style, "%1、"), lvl(1, "decimal", "%1.%2", legal + '<w:suff w:val="nothing"/>'))
    assert numbers(p("题", "1", 0), p("甲", "1", 1), numbering=outline)[1] == shown


@pytest.mark.parametrize(
    ("gap", "words", "shown"),
    [
        ("tab", "%1", "1 甲"),
        ("tab", "%1.", "1.甲"),
        ("space", "%1.", "1. 甲"),
        ("nothing", "%1", "1甲"),
        ("tab", "", "甲"),
        ("tab", "第%1条", "第1条 甲"),
    ],
)
def test_the_gap_after_a_number(gap: str, words: str, shown: str) -> None:
    suffix = f'<w:suff w:val="{gap}"/>'
    assert numbers(p("甲", "1"), numbering=abstract(1, lvl(0, "decimal", words, suffix))) == [shown]


@pytest.mark.parametrize(
    ("sign", "shown"),
    [("\ue000", "甲"), ("\uf8ff", "甲"), ("一、", "一、甲"), ("\uf900", "\uf900甲"), ("\ud7ff", "\ud7ff甲")],
)
def test_bullets_are_words_unless_their_font_is_private(sign: str, shown: str) -> None:
    assert numbers(p("甲", "1"), numbering=abstract(1, lvl(0, "bullet", sign))) == [shown]


def test_the_words_of_a_level_are_cut_where_word_cuts_them() -> None:
    found = numbers(p("甲", "1"), numbering=abstract(1, lvl(0, "decimal", "%1" + "。" * 300)))
    assert found == ["1" + "。" * 253 + "甲"]


def test_a_list_may_begin_anew_and_change_its_levels() -> None:
    one_ = abstract(1, lvl(0, "decimal", "%1、"), lvl(1, "decimal", "%2）"))
    other = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/>'
        '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride>'
        f"{lvl(0, 'decimal', '第%1条')}</w:lvlOverride></w:num>"
    )
    pairs = [("1", 0), ("2", 0), ("2", 1), ("2", 1), ("2", 0), ("2", 1), ("3", 0)]
    found = numbers(*(p("甲", num, at) for num, at in pairs), numbering=one_ + other)
    assert found == ["1、甲", "2、甲", "7）甲", "8）甲", "3、甲", "7）甲", "第4条 甲"]


def test_a_paragraph_is_in_no_list_where_it_says_zero() -> None:
    zero = '<w:num w:numId="0"><w:abstractNumId w:val="1"/></w:num>'
    assert numbers(p("甲", "0"), p("乙", "1"), numbering=abstract(1, lvl(0, "decimal", "%1、")) + zero) == [
        "甲",
        "1、乙",
    ]


def style(name: str, based: str = "", num: str = "", level: str = "", more: str = "") -> str:
    listed = (f'<w:ilvl w:val="{level}"/>' if level else "") + (f'<w:numId w:val="{num}"/>' if num else "")
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}" {more}><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f"<w:pPr><w:numPr>{listed}</w:numPr></w:pPr>" if listed else "")
        + "</w:style>"
    )


_TWO = abstract(1, lvl(0, "decimal", "%1、"), lvl(1, "decimal", "%2）"))


@pytest.mark.parametrize(
    ("styles", "paragraph", "shown"),
    [
        (style("a", num="1"), p("甲", style="a"), "1、甲"),
        (style("a", num="1", level="1"), p("甲", style="a"), "1）甲"),
        (style("a", num="1", level="1") + style("b", "a"), p("甲", style="b"), "1）甲"),
        (style("a", num="1") + style("b", "a", num="0"), p("甲", style="b"), "甲"),
        # what the paragraph says itself comes first, what it does not say is its style's
        (style("a", num="1", level="1"), p("甲", "1", 0, style="a"), "1、甲"),
        (style("a", num="1", level="1"), p("甲", "1", None, style="a"), "1）甲"),
        (style("a", num="1", level="1"), p("甲", "0", None, style="a"), "甲"),
        (
            style("a", num="1"),
            '<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>' + r("甲") + "</w:p>",
            "1）甲",
        ),
        # the style of all paragraphs that name none
        (style("a", num="1", more='w:default="1"'), p("甲"), "1、甲"),
        (style("a", num="1", more='w:default="0"'), p("甲"), "甲"),
        (style("a", num="1", more='w:default="false"'), p("甲"), "甲"),
        (style("a", num="1", more='w:default="1"'), p("甲", style="b"), "甲"),
        (style("a", "b", num="") + style("b", "a"), p("甲", style="a"), "甲"),
        (style("a", num="9"), p("甲", style="a"), "甲"),
    ],
)
def test_numbers_that_come_with_a_style(styles: str, paragraph: str, shown: str) -> None:
    assert numbers(paragraph, numbering=_TWO, styles=styles) == [shown]


def test_what_is_beside_the_numbers_of_a_style_says_nothing() -> None:
    styles = style("a").replace("</w:style>", '<w:rPr><w:x/><w:numId w:val="1"/></w:rPr></w:style>')
    assert numbers(p("甲", style="a"), numbering=_TWO, styles=styles) == ["甲"]
    assert numbers(p("甲", style="b"), numbering=_TWO, styles=styles + style("b", num="1")) == ["1、甲"]


def test_styles_that_are_cut_are_an_error() -> None:
    data = docx(p("甲"), styles=style("a"), parts={"word/styles.xml": "<w:styles xmlns:w='a'><w:style>"})
    assert "word/styles.xml" in failure(data) and "不是合法的 XML" in failure(data)


def test_a_level_that_names_a_style_is_that_styles() -> None:
    outline = abstract(1, lvl(0, "decimal", "%1、"), lvl(1, "decimal", "%2）", '<w:pStyle w:val="a"/>'))
    assert numbers(p("甲", style="a"), numbering=outline, styles=style("a", num="1")) == ["1）甲"]
    assert numbers(p("甲", style="b"), numbering=outline, styles=style("b", num="1")) == ["1、甲"]


@pytest.mark.parametrize(("long", "found"), [(99, True), (100, False)])
def test_how_far_styles_are_followed(long: int, found: bool) -> None:
    styles = style("s0", num="1") + "".join(style(f"s{k}", f"s{k - 1}") for k in range(1, long + 1))
    assert numbers(p("甲", style=f"s{long}"), numbering=_TWO, styles=styles) == (["1、甲"] if found else ["甲"])


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("-7", -7),
        ("+7", 7),
        ("1" * 9, 111111111),
        ("1" * 10, None),
        ("", None),
        ("7.5", None),
        (None, None),
    ],
)
def test_whole_numbers(words: str | None, number: int | None) -> None:
    assert integer(words) == number


# -- paragraphs --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (run("<w:t>甲</w:t><w:tab/><w:t>乙</w:t>"), "甲\t乙"),
        (run("<w:t>甲</w:t><w:ptab/><w:t>乙</w:t>"), "甲\t乙"),
        (run("<w:t>甲</w:t><w:br/><w:t>乙</w:t>"), "甲|乙"),
        (run("<w:t>甲</w:t><w:cr/><w:t>乙</w:t>"), "甲|乙"),
        (run("<w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t>"), "甲-乙"),
        (run('<w:t>甲</w:t><w:sym w:char="4E59"/>'), "甲乙"),
        (run('<w:t>甲</w:t><w:sym w:char="F0FC"/>'), "甲"),
        (run('<w:t>甲</w:t><w:sym w:char="E000"/>'), "甲"),
        (run('<w:t>甲</w:t><w:sym w:char="F8FF"/>'), "甲"),
        (run('<w:t>甲</w:t><w:sym w:char="D7FF"/>'), "甲"),
        (run('<w:t>甲</w:t><w:sym w:char="F900"/>'), "甲\uf900"),
        (run('<w:t>甲</w:t><w:sym w:char="3000"/><w:t>乙</w:t>'), "甲\u3000乙"),
        (run('<w:t>甲</w:t><w:sym w:char="0007"/>'), "甲"),
        (run('<w:t>甲</w:t><w:sym w:char="14E59"/><w:sym/>'), "甲"),
        (run("<w:t>甲</w:t>", "<w:vanish/>") + r("乙"), "乙"),
        (run("<w:t>甲</w:t>", '<w:vanish w:val="0"/>') + r("乙"), "甲乙"),
        (f"<w:hyperlink>{r('甲')}</w:hyperlink>{r('乙')}", "甲乙"),
        (f"<w:sdt><w:sdtContent>{r('甲')}</w:sdtContent></w:sdt>{r('乙')}", "甲乙"),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('甲')}</w:sdtContent></w:sdt>{r('乙')}", "乙"),
        ("<w:oMath><w:r><w:t>x</w:t></w:r></w:oMath>" + r("乙"), "x乙"),
        ("<w:oMathPara><w:oMath><w:r><w:t>x</w:t></w:r></w:oMath></w:oMathPara>" + r("乙"), "x乙"),
        (f"<w:unknown>{r('甲')}</w:unknown>{r('乙')}", "乙"),
        (
            f"<mc:AlternateContent><mc:Choice>{r('甲')}</mc:Choice><mc:Fallback>{r('丙')}</mc:Fallback></mc:AlternateContent>",
            "甲",
        ),
        (f"<mc:AlternateContent><mc:Fallback>{r('丙')}</mc:Fallback></mc:AlternateContent>", "丙"),
        (
            "<w:r><mc:AlternateContent><mc:Choice><w:t>甲</w:t></mc:Choice></mc:AlternateContent><w:t>乙</w:t></w:r>",
            "甲乙",
        ),
        (f"<w:r><w:ruby><w:rt>{r('jia')}</w:rt><w:rubyBase>{r('甲')}</w:rubyBase></w:ruby></w:r>", "甲"),
    ],
)
def test_what_a_paragraph_says(content: str, shown: str) -> None:
    assert "|".join(lines(docx(px(content)))) == shown


def field(code: str, result: str, *, ended: bool = True) -> str:
    parts = ['<w:fldChar w:fldCharType="begin"/>', f"<w:instrText>{code}</w:instrText>"]
    parts += ['<w:fldChar w:fldCharType="separate"/>', f"<w:t>{result}</w:t>"]
    return "".join(map(run, [*parts, '<w:fldChar w:fldCharType="end"/>'][: 5 if ended else 4]))


def test_fields_show_their_result() -> None:
    assert lines(docx(px(r("甲") + field("PAGE", "3") + r("乙")))) == ["甲3乙"]
    assert lines(docx(px(field(" toc \\o", "目录")), p("乙"))) == ["乙"]
    # one in another
    inner = run('<w:fldChar w:fldCharType="begin"/>') + run("<w:instrText>IF </w:instrText>") + field("PAGE", "3")
    rest = run('<w:fldChar w:fldCharType="separate"/>') + r("丙") + run('<w:fldChar w:fldCharType="end"/>')
    assert lines(docx(px(r("甲") + inner + rest))) == ["甲丙"]
    # paragraphs without words of a table of contents are none, also where it begins and where it ends
    parts = [run(part) for part in ('<w:fldChar w:fldCharType="begin"/>', "<w:instrText>TOC</w:instrText>")]
    begin = "".join(parts) + run('<w:fldChar w:fldCharType="separate"/>')
    end = run('<w:fldChar w:fldCharType="end"/>')
    blocks = p("甲"), px(begin + r("一、甲")), "<w:p/>", p("二、乙"), px(end), "<w:p/>", p("丙")
    assert one(docx(*blocks)).text == "甲\n\n丙\n"
    assert one(docx(p("甲"), px(begin + end), p("丙"))).text == "甲\n\n丙\n"
    # one that does not end hides nothing after it
    assert lines(docx(px(field("TOC", "目录", ended=False)), p("乙")))[-1] == "乙"
    # a code without a beginning
    assert lines(docx(px(run("<w:instrText>PAGE</w:instrText>") + r("甲")))) == ["甲"]
    # ends without a beginning
    assert lines(docx(px(run('<w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/>') + r("甲")))) == [
        "甲"
    ]


def test_a_paragraph_in_the_style_of_contents_is_left_out() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="TOC 1"/></w:style>'
    assert lines(docx(p("目录", style="a"), p("甲"), styles=styles)) == ["甲"]
    styles = styles.replace("TOC 1", "tocsin")
    assert lines(docx(p("目录", style="a"), p("甲"), styles=styles)) == ["目录", "甲"]


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>"])
def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next(mark: str) -> None:
    assert lines(docx(p("甲", mark=mark), p("乙"), p("丙"))) == ["甲乙", "丙"]
    assert lines(docx(p("甲", mark=mark))) == ["甲"]
    assert lines(docx(p("甲", mark=mark), "<w:p/>", p("丙"))) == ["甲", "丙"]
    assert lines(docx(p("甲", mark="<w:ins/>"), p("乙"))) == ["甲", "乙"]
    assert lines(docx(tbl([tc("甲")]), p("乙", mark=mark), p("丙")))[1:] == ["乙丙"]


def test_a_paragraph_of_an_automatic_number_begins_with_it() -> None:
    assert numbers(px(run("<w:br/><w:t>甲</w:t>"), "1"), numbering=_TWO) == ["1、甲"]
    dot = abstract(1, lvl(0, "decimal", "%1."), lvl(1, "decimal", "%2．"))
    assert numbers(p("2023年", "1"), p("2023年", "1", 1), p("甲", "1"), numbering=dot) == [
        "1. 2023年",
        "1． 2023年",
        "2.甲",
    ]
    assert numbers(p("2年内", "1"), numbering=dot) == ["1. 2年内"]
    assert numbers(p("2023年", "1"), numbering=_TWO) == ["1、2023年"]


@pytest.mark.parametrize(("count", "kept"), [(100, 100), (101, 100), (150, 100)])
def test_a_hundred_empty_paragraphs_in_a_row_are_kept(count: int, kept: int) -> None:
    text = one(docx(p("甲"), "<w:p/>" * count, p("乙"), "<w:p/>", p("丙"))).text
    assert text == "甲\n" + "\n" * kept + "乙\n\n丙\n"


# -- bold --------------------------------------------------------------------------------------------------------------

_RULE = "（责任单位：{}，加粗的为牵头单位）"


@pytest.mark.parametrize(
    ("properties", "bold"),
    [
        ("<w:b/>", True),
        ('<w:b w:val="0"/>', False),
        ('<w:b w:val="off"/>', False),
        ('<w:rFonts w:eastAsia="黑体"/>', True),
        ('<w:rFonts w:eastAsia="方正黑体简体"/>', True),
        ('<w:rFonts w:eastAsia="SimHei"/>', True),
        ('<w:rFonts w:eastAsia="仿宋"/>', False),
        ('<w:rFonts w:ascii="黑体"/>', False),
        ("", False),
    ],
)
def test_what_is_bold(properties: str, bold: bool) -> None:
    found = one(docx(px(r("甲") + r("乙", properties) + r("丙"))))
    assert [(hint.start, hint.end) for hint in found.hints if hint.kind == "bold"] == ([(1, 2)] if bold else [])


def test_neighbours_in_bold_are_one_and_a_whole_paragraph_says_nothing() -> None:
    def spans(*runs: tuple[str, bool], num: str | None = None) -> list[str]:
        content = "".join(r(words, "<w:b/>" if bold else "") for words, bold in runs)
        found = one(docx(px(content, num), numbering=_TWO))
        return [found.text[hint.start : hint.end] for hint in found.hints if hint.kind == "bold"]

    assert spans(("甲", False), ("乙", True), ("丙", True), ("丁", False)) == ["乙丙"]
    assert spans(("甲", False), ("", True), ("丁", False)) == []
    assert spans(("甲", True), ("乙", False), ("丙", True)) == ["甲", "丙"]
    assert spans(("甲", True), ("乙", True)) == []
    assert spans(("甲", False), ("乙", True), num="1") == ["乙"]


# -- tables ------------------------------------------------------------------------------------------------------------

_HEAD = [tc("序号"), tc("工作任务"), tc("牵头单位"), tc("配合单位")]


def test_cells_that_span_columns_and_rows() -> None:
    rows = [
        _HEAD,
        [tc("1"), tc("修路"), tc("甲局", span=2)],
        [tc("2"), tc("修桥"), tc("乙局", merge="restart"), tc("丙局")],
        [tc("3"), tc("拆除"), tc("", merge="continue"), tc("")],
        [tc("4"), tc("植树"), tc("丁局"), tc("")],
        [tc("5"), tc("清淤"), tc("戊局", merge="continue"), tc("")],
    ]
    assert lines(docx(tbl(*rows))) == [
        *("1.修路", "牵头单位：甲局", "配合单位：甲局"),
        *("2.修桥", "牵头单位：乙局", "配合单位：丙局"),
        *("3.拆除", "牵头单位：乙局"),
        *("4.植树", "牵头单位：丁局"),
        *("5.清淤", "牵头单位：戊局"),
    ]


def test_rows_and_cells_that_are_deleted_are_left_out() -> None:
    deleted = "<w:tr><w:trPr><w:del/></w:trPr>" + tc("9") + tc("不要") + tc("不要") + tc("") + "</w:tr>"
    gone = "<w:tc><w:tcPr><w:cellDel/></w:tcPr>" + p("不要") + "</w:tc>"
    table = tbl(_HEAD, [tc("1"), gone, tc("修路"), tc("甲局"), tc("")]).replace("</w:tbl>", deleted + "</w:tbl>")
    assert lines(docx(table)) == ["1.修路", "牵头单位：甲局"]


def test_columns_that_are_left_out_before_a_row() -> None:
    row = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc("修桥")}{tc("乙局")}{tc("")}</w:tr>'
    table = tbl(_HEAD, [tc("1"), tc("修路"), tc("甲局"), tc("")]).replace("</w:tbl>", row + "</w:tbl>")
    assert lines(docx(table)) == ["1.修路", "牵头单位：甲局", "2.修桥", "牵头单位：乙局"]


@pytest.mark.parametrize(
    "around", ["<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:customXml>{}</w:customXml>", "<w:ins>{}</w:ins>"]
)
def test_tables_rows_and_cells_in_controls(around: str) -> None:
    row = f"<w:tr>{tc('1')}{around.format(tc('修路'))}{tc('甲局')}{tc('')}</w:tr>"
    table = tbl(_HEAD).replace("</w:tbl>", around.format(row) + "</w:tbl>")
    assert lines(docx(around.format(table))) == ["1.修路", "牵头单位：甲局"]


def test_a_paragraph_whose_end_is_deleted_ends_with_its_cell() -> None:
    cut = "<w:tc>" + p("甲", mark="<w:del/>") + "</w:tc>"
    assert lines(docx(tbl([cut, tc("乙")]))) == ["甲\t乙"]


@pytest.mark.parametrize(("between", "read"), [(2, True), (3, False)])
@pytest.mark.parametrize("after", [True, False])
def test_what_the_signs_of_a_table_mean_is_near_it(between: int, read: bool, after: bool) -> None:
    table = tbl(
        [tc("工作任务"), tc("县水利局"), tc("县财政局")], [tc("修路"), tc("★"), tc("△")], [tc("修桥"), tc("△"), tc("★")]
    )
    near = [p("★为牵头单位，△为配合单位。"), *(p("甲") for _ in range(between))]
    blocks = [table, *reversed(near)] if after else [*near, table]
    assert ("牵头单位：县水利局" in lines(docx(*blocks))) is read


def test_the_doubts_that_aiwei_told_are_no_words_of_the_notice() -> None:
    doubts = tbl([tc(words) for words in ("代码", "说明", "原文", "第几行/段", "怎么办")], [tc("C001")] * 5)
    document = one(docx(p("一、清淤。（水利局负责）"), p("疑点"), doubts, p("完")))
    assert document.text == "一、清淤。（水利局负责）\n完\n"
    assert [place.offset for place in document.places] == [0, 13]
    assert one(docx(p("甲"), doubts)).text == "甲\n"


def test_places_count_paragraphs_with_words_and_tables() -> None:
    table = tbl([tc("物资"), tc("数量")], [tc("沙"), tc("3")])
    found = one(docx(p("甲"), p(" "), "<w:p/>", p("乙"), table, p("丙"), table))
    assert [str(place) for place in found.places] == [
        *("第1段", "第2段", "第1个表格第1行", "第1个表格第2行"),
        *("第3段", "第2个表格第1行", "第2个表格第2行"),
    ]


# -- boxes -------------------------------------------------------------------------------------------------------------


def box(*blocks: str) -> str:
    return run(f"<w:drawing><wps:txbx><w:txbxContent>{''.join(blocks)}</w:txbxContent></wps:txbx></w:drawing>")


def test_a_box_comes_before_its_paragraph_or_after_it() -> None:
    """Before where it hangs on the paragraph's beginning."""
    assert lines(docx(px(box(p("框")) + r("甲")))) == ["框", "甲"]
    assert lines(docx(px(r(" ") + box(p("框")) + r("甲"))))[0] == "框"
    assert lines(docx(px(r("甲") + box(p("框")) + r("乙")))) == ["甲乙", "框"]
    assert lines(docx(px(r("甲") + box(p("框"), tbl([tc("物资"), tc("数量")]))))) == ["甲", "框", "物资\t数量"]
    assert lines(docx(px(box(p("框", mark="<w:del/>"), p("子")) + r("甲")), p("乙"))) == ["框子", "甲", "乙"]
    # of two ways to draw it, in a drawing, one is read
    either = "".join(f"<mc:{way}>{box(p('框'))}</mc:{way}>" for way in ("Choice", "Fallback"))
    grouped = f"<w:pict><v:group><mc:AlternateContent>{either}</mc:AlternateContent></v:group></w:pict>"
    assert lines(docx(px(run(grouped) + r("甲")))) == ["框", "甲"]


# -- files -------------------------------------------------------------------------------------------------------------


def test_a_document_of_pictures_says_so() -> None:
    picture = {"word/media/image1.png": b"x"}
    assert "只有图片" in failure(docx("<w:p/>", parts=picture))
    assert one(docx(p("甲"), parts=picture)).text == "甲\n"
    assert "只有图片" not in failure(docx("<w:p/>"))


def test_a_part_may_be_large_or_packed_tightly_but_not_both(monkeypatch: pytest.MonkeyPatch) -> None:
    data = docx(p("甲"), "<w:p></w:p>" * 3000)
    assert one(data).text.startswith("甲")
    monkeypatch.setattr(module, "LARGEST_PART", 1000)
    assert "压缩炸弹" in failure(data)
    monkeypatch.setattr(module, "LARGEST_PART", 10**9)
    monkeypatch.setattr(module, "LARGEST_RATIO", 0)
    assert "压缩炸弹" in failure(data)


def test_an_archive_of_more_members_than_there_may_be_is_refused() -> None:
    data = packed({f"{k}.txt": "" for k in range(4)})
    assert len(open_archive(data, 4).infolist()) == 4
    with pytest.raises(Exception, match="超过 3 个"):
        open_archive(data, 3)


_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"


@pytest.mark.parametrize(
    ("relation", "number"),
    [
        (f'Type="{_RELATION}" Target="other.xml"', "第1条 "),
        (f'Type="{_RELATION}" Target="/word/OTHER.xml"', "第1条 "),
        (f'Type="{_RELATION}" Target="none.xml"', ""),
        # what is not in the file, or no numbers
        (f'Type="{_RELATION}" Target="other.xml" TargetMode="External"', "1、"),
        (f'Type="{_RELATION}s" Target="other.xml"', "1、"),
    ],
)
def test_where_the_numbers_are(relation: str, number: str) -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    other = abstract(1, lvl(0, "decimal", "第%1条"))
    parts = {
        "word/_rels/document.xml.rels": f'<Relationships {space}><Relationship Id="r" {relation}/></Relationships>',
        "word/other.xml": f'<w:numbering xmlns:w="{W}">{other}</w:numbering>',
    }
    assert lines(docx(p("甲", "1"), numbering=_TWO, parts=parts)) == [f"{number}甲"]


def test_broken_xml_is_told_with_its_place() -> None:
    message = failure(docx(document="<a>\n <b></c></a>"))
    assert "word/document.xml 第 2 行第 7 列不是" in message
    message = failure(docx(document="<!-- \n --><a \n ="))
    assert "word/document.xml 第 3 行第 2 列不是" in message


def test_the_head_of_a_report_alone_is_read_as_that_of_a_notice() -> None:
    head = p("《清淤》任务分解表"), p("某县人民政府　1 个事项")
    assert one(docx(*head)).text == "标题：清淤\n发文机关：某县人民政府\n"
    assert one(docx(*head, p("后记"))).text == "标题：清淤\n发文机关：某县人民政府\n后记\n"
    assert one(docx(*head[:1])).text == "《清淤》任务分解表\n"


def test_a_report_with_words_of_somebody_is_read_as_any_document() -> None:
    title, facts = p("《清淤》任务分解表"), p("某县人民政府　1 个事项")
    table = tbl([tc("序号"), tc("工作任务"), tc("牵头单位")], [tc("1"), tc("清淤"), tc("水利局")])
    for blocks, ours in (
        ((title, facts, table), True),
        ((title, facts, table, "<w:p/>", p(" "), p("疑点")), True),
        ((title, facts, table, p("另有要求。")), False),
        ((title, facts, table, table), False),
        ((title, facts, p("前言"), table), False),
        ((title, p("某县人民政府"), table), False),
    ):
        found = one(docx(*blocks))
        assert (found.notice is not None) is ours
    notice = one(docx(title, facts, table)).notice
    assert notice is not None and (notice.title, notice.issuer) == ("清淤", "某县人民政府")
    # the lines above a report that is read as a document are those of a notice
    document = one(docx(title, facts, table, p("另有要求。")))
    assert document.text.splitlines()[:2] == ["标题：清淤", "发文机关：某县人民政府"]
