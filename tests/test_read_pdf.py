"""PDF files: the lines as printed, whatever order the file has them in."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from read_samples import NOTICE, PARAGRAPHS, SHOWN, failure, lines, one, pdf, printed, ruled

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.model import Notice
from aiwei_cli.parsing import parse
from aiwei_cli.reading import ocr
from aiwei_cli.reading import pdf_pages as module

needs_pdfium = pytest.mark.skipif(
    __import__("importlib.util").util.find_spec("pypdfium2") is None, reason="PDF needs the extra aiwei[pdf]"
)
pytestmark = needs_pdfium


@pytest.fixture(autouse=True)
def unrecognised(monkeypatch: pytest.MonkeyPatch) -> None:
    """As without the extra that recognises pictures."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)


_PICTURE = "（整页是图片，没有文字）"


def test_the_notice_as_a_pdf_reads_as_plain_text_does() -> None:
    document = one(pdf(printed(PARAGRAPHS)))
    assert document.text.splitlines() == [words.rstrip() for words in PARAGRAPHS]
    notice, plain = parse(document.text, source=document.source), parse(NOTICE)
    assert [(n.id, n.title, n.text, [d.office for d in n.duties]) for n in notice.walk()] == [
        (n.id, n.title, n.text, [d.office for d in n.duties]) for n in plain.walk()
    ]
    assert (notice.title, notice.issuer, notice.addressees) == (plain.title, plain.issuer, plain.addressees)
    assert document.source.kind == "pdf"


def test_pages_can_be_found_and_page_numbers_are_kept_apart() -> None:
    pages = printed(PARAGRAPHS)
    document = one(pdf(pages))
    assert document.margins == tuple((number, f"— {number} —") for number in range(1, len(pages) + 1))
    assert [str(place) for place in document.places] == [f"第{number}页" for number in range(1, len(pages) + 1)]
    for place, page in zip(document.places, pages, strict=True):
        assert document.text.startswith(page[1][3].rstrip(), place.offset)
    assert str(document.place(document.text.index("21.积极引导"))) == "第5页"


def test_characters_are_read_by_their_places_and_not_by_their_order() -> None:
    """A writer may draw the digits of a line after its Chinese, and the page from the bottom up."""
    page = [
        (80.0, 600.0, 16.0, "2.乙工作（财政所负责）。"),
        (80.0, 630.0, 16.0, "1.甲工作"),
        (144.0, 630.0, 16.0, "（妇联负责）。"),
        (144.0, 660.0, 16.0, "年工作"),
        (80.0, 660.0, 16.0, "图克"),
        (112.0, 660.0, 16.0, "2023"),
    ]
    assert lines(pdf([page])) == [
        "图克 2023年工作".replace(" ", ""),
        "1.甲工作（妇联负责）。",
        "2.乙工作（财政所负责）。",
    ]


def test_words_printed_over_themselves_are_read_once() -> None:
    page = [(80.0 + shift, 700.0, 16.0, "一、工作工作") for shift in (0, 0.4, 0.8)]
    assert lines(pdf([page])) == ["一、工作工作"]


def test_a_raised_note_number_stays_in_its_line() -> None:
    page = [
        (80.0, 700.0, 16.0, "一、工作"),
        (146.0, 706.0, 8.0, "1"),
        (152.0, 700.0, 16.0, "要点"),
        (80.0, 672.0, 16.0, "下行"),
    ]
    assert lines(pdf([page])) == ["一、工作1要点", "下行"]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_read_as_a_reader_sees_it(rotate: int) -> None:
    turns = {90: "0 1 -1 0 500 100", 180: "-1 0 0 -1 500 700", 270: "0 -1 1 0 100 700"}
    content = "".join(
        f"\nBT /F1 16 Tf {turns[rotate].rsplit(' ', 2)[0]} {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET"
        for x, y, words in {
            90: [(300, 100, "一、工作"), (330, 100, "二、工作")],
            180: [(500, 100, "一、工作"), (500, 130, "二、工作")],
            270: [(300, 700, "一、工作"), (270, 700, "二、工作")],
        }[rotate]
    )
    assert lines(pdf([[]], rotate=rotate, extra=content)) == ["一、工作", "二、工作"]


def test_a_slanted_watermark_is_no_text() -> None:
    mark = f"\nBT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 300 Tm <{'内部资料'.encode('utf-16-be').hex()}> Tj ET"
    assert lines(pdf([[(80, 400, 16, "一、工作")]], extra=mark)) == ["一、工作"]


def test_headers_and_footers_that_repeat_are_kept_apart() -> None:
    pages = [
        [
            (200.0, 800.0, 10.0, "某镇人民政府文件"),
            (80.0, 600.0, 16.0, f"{number}.工作"),
            (80.0, 570.0, 16.0, "重复的正文"),
            (200.0, 40.0, 10.0, f"第 {number} 页 共 4 页"),
        ]
        for number in range(1, 5)
    ]
    document = one(pdf(pages))
    assert [line for line in document.text.splitlines() if "重复" not in line] == [
        "1.工作",
        "2.工作",
        "3.工作",
        "4.工作",
    ]
    assert document.text.count("重复的正文") == 4
    assert document.margins[:2] == ((1, "某镇人民政府文件"), (1, "第 1 页 共 4 页"))


def test_a_number_in_the_middle_of_a_page_is_text() -> None:
    assert lines(pdf([[(80, 500, 16, "甲"), (80, 400, 16, "3"), (80, 300, 16, "乙")]])) == ["甲", "3", "乙"]


@pytest.mark.parametrize("number", ["2.", "2．", "2、"])
def test_the_number_of_an_item_alone_at_the_top_of_a_page_is_text(number: str) -> None:
    pages = [[(80.0, 800.0, 16.0, number), (80.0, 600.0, 16.0, "工作。")] for _ in range(2)]
    assert lines(pdf(pages)) == [number, "工作。"] * 2


@pytest.mark.parametrize("number", ["- 2 -", "— 2 —", "2", "·2·", "第2页", "2 / 10"])
def test_page_numbers(number: str) -> None:
    assert lines(pdf([[(80.0, 800.0, 16.0, number), (80.0, 600.0, 16.0, "一、工作。")]])) == ["一、工作。"]


def test_lines_without_indents_are_left_as_printed() -> None:
    page = [
        (80.0, 700.0 - 28 * k, 16.0, words)
        for k, words in enumerate(["一、工作工作工作", "工作工作。", "二、工作工作工作", "工作。"])
    ]
    assert lines(pdf([page])) == ["一、工作工作工作", "工作工作。", "二、工作工作工作", "工作。"]


def test_wide_gaps_are_tabs_and_small_ones_spaces_between_latin_words() -> None:
    page = [
        (80.0, 700.0, 16.0, "甲"),
        (200.0, 700.0, 16.0, "乙"),
        (80.0, 670.0, 16.0, "AB"),
        (106.0, 670.0, 16.0, "CD"),
    ]
    assert lines(pdf([page])) == ["甲\t乙", "AB CD"]


def test_radicals_become_the_characters_that_they_look_like() -> None:
    assert [module._plain(sign) for sign in "⼯⼈工"] == ["工", "人", "工"]


def test_a_page_that_is_a_picture_is_told_apart() -> None:
    stamp = (270.0, 40.0, 14.0, "— 3 —")
    document = one(pdf([[(80, 700, 16, "一、工作要点")], [SHOWN], [SHOWN, stamp]]))
    assert document.margins == ((2, _PICTURE), (3, _PICTURE), (3, "— 3 —"))


def test_a_page_without_anything_is_no_picture() -> None:
    seal = "q 60 0 0 60 400 100 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"
    document = one(pdf([[], [(80, 700, 16, "一、工作要点"), seal], [(270, 40, 14, "2")]]))
    assert document.margins == ((3, "2"),)
    assert "空白" in failure(pdf([[], []]))
    assert lines(pdf([[(80, 700, 16, "目录")]])) == ["目录"]


def test_a_scan_is_an_error() -> None:
    assert "是扫描的图片" in failure(pdf([[SHOWN], [SHOWN]]))
    assert "OCR" in failure(pdf([[SHOWN, (270, 40, 14, "1")], [SHOWN, (270, 40, 14, "2")]]))


def test_fonts_without_characters_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "乱码" in failure(pdf([[(80, 700, 16, "\ue000\ue001\ue002\ue003工作")]]))


@pytest.mark.parametrize(("words", "read"), [("甲乙", False), ("甲乙丙", True)])
def test_two_signs_a_page_beside_a_picture_are_its_number(words: str, read: bool) -> None:
    data = pdf([[SHOWN, (80, 700, 16, words)]])
    if read:
        assert one(data).text == f"{words}\n"
    else:
        assert "是扫描的图片" in failure(data)


def test_what_is_still_garbled_after_it_was_recognised_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "cure", lambda budget: "")
    monkeypatch.setattr(ocr, "recognised", lambda data, numbers, budget: {})
    assert "文字识别也没有读出来" in failure(pdf([[(80, 700, 16, "\ue000\ue001工")]]))
    assert f"是扫描的图片，{ocr.NO_WORDS}" in failure(pdf([[SHOWN]]))


@pytest.mark.parametrize("part", [0.05, 0.3])
def test_a_cut_file_is_an_error(part: float) -> None:
    data = pdf(printed(PARAGRAPHS))
    message = failure(data[: int(len(data) * part)], ".pdf")
    assert "不完整或已损坏" in message or "是扫描的图片" in message


def test_a_file_with_a_password_says_so() -> None:
    data = pdf([[(80, 700, 16, "一、工作")]])
    guard = "/Encrypt<</Filter/Standard/V 1/R 2/O<{0}>/U<{0}>/P -4>>/ID[<{1}><{1}>]".format("41" * 32, "42" * 16)
    guarded = data.replace(b"/Root 1 0 R>>", b"/Root 1 0 R" + guard.encode() + b">>")
    assert "密码" in failure(guarded)
    with pytest.raises(ReadError, match="密码"):
        module.read_pages(guarded, 100)
    with pytest.raises(ReadError, match="损坏"):
        module.read_pages(data[:100], 100)


def test_too_many_pages_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PAGES", 3)
    assert len(module.read_pages(pdf([[], [], []]), 100)) == 3
    with pytest.raises(ReadError, match="有 4 页"):
        module.read_pages(pdf([[], [], [], []]), 100)


def test_without_the_extra_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "pip install 'aiwei[pdf]'" in failure(pdf([[(80, 700, 16, "一、工作")]]))


def test_a_notice_knows_its_pages_its_margins_and_the_pages_that_are_pictures() -> None:
    pages = printed(PARAGRAPHS)
    document = one(pdf([*pages[:2], [SHOWN], *pages[2:]]))
    notice = document.located(parse(document.text, source=document.source))
    places = {node.id: node.place for node in notice.walk()}
    assert (places["一"], places["一/（一）/6"]) == ("第1页", "第2页")
    assert max(place or "" for place in places.values()) == f"第{len(pages) + 1}页"
    assert (1, "— 1 —") in notice.margins
    (picture,) = [found for found in notice.diagnostics if found.code == "P001"]
    assert "第3页" in picture.message
    assert document.text.startswith(pages[2][1][3].rstrip(), picture.span[0])
    assert Notice.from_dict(notice.to_dict()) == replace(notice, text="")


def test_a_line_that_a_rule_for_breaks_made_shorter_goes_on() -> None:
    """No line begins with ，: 政 goes down with it. A word of digits goes down as a whole."""
    full = "办" * 20
    rows = [
        (112.0, full[2:]),
        (80.0, full[:-2]),
        (80.0, "府，配合2025"),
        (112.0, full[5:] + "。"),
        (80.0, "落款"),
        (112.0, full[4:]),
        (80.0, "2.甲"),
        (112.0, full[2:]),
        (80.0, full),
    ]
    page = [(x, 700.0 - 28 * k, 16.0, words) for k, (x, words) in enumerate(rows)]
    assert lines(pdf([page])) == [
        full[2:] + full[:-2] + "府，配合2025",
        full[5:] + "。",
        "落款",
        full[4:],
        "2.甲",
        full[2:] + full,
    ]


def test_an_indent_of_blanks_begins_a_paragraph() -> None:
    rows = ["　　" + "办" * 18, "办" * 20, "　　" + "办" * 18, "　　" + "办" * 18, "办" * 20]
    page = [(80.0, 700.0 - 28 * k, 16.0, words) for k, words in enumerate(rows)]
    assert lines(pdf([page])) == [rows[0] + rows[1], rows[2], rows[3] + rows[4]]


_WIDTHS = (40.0, 100.0, 80.0, 80.0)
_HEAD = ("序号", "工作任务", "牵头单位", "完成时限")


def test_a_ruled_table_reads_as_tasks_and_knows_its_pages() -> None:
    """What is merged holds for all its rows, a row that the page cuts is one, and the header may be printed again."""
    first = ruled(
        60,
        700,
        _WIDTHS,
        [
            _HEAD,
            ("1", "修路。", "交通局", "6月底前"),
            ("2", "清淤。", "^", "9月底前"),
            ("3", "整治乱堆违规搭", "", "每月"),
        ],
    )
    second = ruled(60, 780, _WIDTHS, [_HEAD, ("", "建。", "城管局", ""), ("4", "补栽", "林业局", "长期")])
    pages = [[(200.0, 740.0, 16.0, "任务分工表"), *first, (270.0, 30.0, 10.0, "— 1 —")], [*second, (60, 600, 12, "完")]]
    document = one(pdf(pages))
    assert document.text.splitlines() == [
        "任务分工表",
        *("1.修路。", "牵头单位：交通局", "完成时限：6月底前"),
        *("2.清淤。", "牵头单位：交通局", "完成时限：9月底前"),
        *("3.整治乱堆违规搭建。", "牵头单位：城管局", "完成时限：每月"),
        *("4.补栽", "牵头单位：林业局", "完成时限：长期"),
        "完",
    ]
    notice = document.located(parse(document.text, source=document.source, hints=document.hints))
    places = {node.id: node.place for node in notice.walk()}
    assert places["3"] == "第1页第1个表格第4行"
    assert places["4"] == "第2页第1个表格第3行"
    assert str(document.place(document.text.index("完\n"))) == "第2页"


def test_the_lines_of_a_cell_are_one_paragraph_where_they_are_full() -> None:
    rows = [
        _HEAD,
        ("1", "建立日巡查周通⏎报的工作制度", "县财政局⏎县水利局", "2024年12⏎月底前"),
        ("2", "（1）清淤；⏎（2）补栽。", "村镇建设服⏎务中心", ""),
    ]
    assert lines(pdf([ruled(60, 700, _WIDTHS, rows)])) == [
        "1.建立日巡查周通报的工作制度",
        "牵头单位：县财政局、县水利局",
        "完成时限：2024年12月底前",
        "2.",
        "牵头单位：村镇建设服务中心",
        "（1）清淤；",
        "（2）补栽。",
    ]


def test_a_table_without_sides_and_with_headings_across_is_one() -> None:
    rows = [
        _HEAD,
        ("一、道路", "<", "<", "<"),
        ("1", "修路。", "交通局", "6月底前"),
        ("二、绿化", "<", "<", "<"),
        ("2", "补栽。", "林业局", "长期"),
    ]
    sides = ("60 ", "60.0 ", "360.0 ")
    drawn = [one for one in ruled(60, 700, _WIDTHS, rows) if isinstance(one, tuple) or not _is_side(one, sides)]
    assert lines(pdf([drawn]))[:2] == ["一、道路", "1.修路。"]


def _is_side(drawn: str, sides: tuple[str, ...]) -> bool:
    start, end = drawn.split(" m ")
    return start.startswith(sides) and end.startswith(sides)


def test_a_table_of_prices_stays_as_it_is() -> None:
    rows = [("序号", "品名", "单位", "单价"), ("1", "尿素", "袋", "98")]
    assert lines(pdf([ruled(60, 700, _WIDTHS, rows)])) == ["序号\t品名\t单位\t单价", "1\t尿素\t袋\t98"]


def test_a_frame_and_a_line_below_a_head_are_no_tables() -> None:
    drawn = ["50 50 500 740 re S", "80 690 m 500 690 l S"]
    assert lines(pdf([[*drawn, (80, 700, 16, "甲县文件"), (80, 600, 16, "一、工作")]])) == ["甲县文件", "一、工作"]


def _open(rows: list[tuple[float, str, str, str]]) -> list[str | tuple[float, float, float, str]]:
    """Words in three columns without rules, each row with its place on the page."""
    columns = (60.0, 110.0, 300.0)
    return [(x, y, 12.0, one) for y, *words in rows for x, one in zip(columns, words, strict=True) if one]


_TITLES = (700.0, "序号", "工作任务", "牵头单位")


def test_a_table_without_rules_is_read_by_its_places() -> None:
    page = _open(
        [_TITLES, (676, "1", "修桥补路，改善出行", "交通局"), (658, "", "条件", ""), (634, "2", "清淤", "水利局")]
    )
    document = one(pdf([page]))
    assert document.text.split() == ["1.修桥补路，改善出行条件", "牵头单位：交通局", "2.清淤", "牵头单位：水利局"]
    assert not document.doubts


def test_rules_across_part_the_rows_of_a_table_without_columns() -> None:
    rows = [
        _TITLES,
        (676, "", "修桥补路，改善出行", ""),
        (667, "1", "", "交通局"),
        (658, "", "条件", ""),
        (640, "2", "清淤", "水利局"),
    ]
    drawn = [f"50 {y} m 400 {y} l S" for y in (715, 693, 651, 630)]
    assert lines(pdf([[*drawn, *_open(rows)]])) == [
        "1.修桥补路，改善出行条件",
        "牵头单位：交通局",
        "2.清淤",
        "牵头单位：水利局",
    ]


def test_a_table_without_rules_goes_on_over_a_page() -> None:
    first = _open([_TITLES, (676, "1", "修桥", "交通局")])
    second = _open([(700, "2", "清淤", "水利局"), (676, "3", "植树", "林业局、各村村民委员会")])
    found = lines(pdf([first, second]))
    assert found[-2:] == ["3.植树", "牵头单位：林业局、各村村民委员会"] and len(found) == 6


@pytest.mark.parametrize(
    "rows",
    [
        # The numbers are in the middle of rows that no larger gap parts.
        [
            (676, "", "修桥补路，改善", ""),
            (658, "1", "出行", "交通局"),
            (640, "", "清淤", ""),
            (622, "2", "固堤", "水利局"),
        ],
        # Words that reach over two columns.
        [(676, "1", "修桥补路，改善出行条件，方便群众生活", ""), (658, "", "条件", "交通局")],
    ],
)
def test_a_table_without_rules_that_cannot_be_told_is_a_doubt_of_its_page(rows: list) -> None:
    document = one(pdf([[(80, 700, 16, "一、工作要点。")], _open([_TITLES, *rows])]))
    (doubt,) = [each for each in document.located(parse(document.text)).diagnostics if each.code == "P002"]
    assert doubt.message.startswith("第2页")
    assert doubt.line == 2


def test_words_side_by_side_without_a_header_are_no_table() -> None:
    page = _open([(700, "甲", "修桥补路", "交通局"), (676, "乙", "清淤", "水利局")])
    assert lines(pdf([page])) == ["甲\t修桥补路\t交通局", "乙\t清淤\t水利局"]


def test_a_page_with_too_many_lines_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from aiwei_cli.reading.pages import ruled as rules

    monkeypatch.setattr(rules, "MOST_RULES", 3)
    (page,) = module.read_pages(pdf([ruled(60, 700, _WIDTHS, [_HEAD])]), 1000)
    assert "画的线太多" in page.doubt


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = ["　　" + "左" * 13, *["左" * 15] * 5, "左。"], ["右" * 15] * 7
    page = [
        (x, 700.0 - 24 * k, 12.0, words) for x, half in ((60.0, left), (280.0, right)) for k, words in enumerate(half)
    ]
    assert lines(pdf([[(60, 760, 12, "题" * 33), *page]])) == ["题" * 33, *left, *right]


def test_signs_that_a_form_names_keep_their_places() -> None:
    """In a form, PDFium gives the places of signs with /ActualText as they are before the form is scaled."""
    words = "县水利局负责"
    signs = [
        f"/Span<</ActualText<FEFF{sign.encode('utf-16-be').hex()}>>>BDC BT /F1 40 Tf 1 0 0 1 {200 + 40 * k} 1500 Tm "
        f"<{sign.encode('utf-16-be').hex()}> Tj ET EMC"
        if sign in "水利"
        else f"BT /F1 40 Tf 1 0 0 1 {200 + 40 * k} 1500 Tm <{sign.encode('utf-16-be').hex()}> Tj ET"
        for k, sign in enumerate(words)
    ]
    assert lines(pdf([["q .4 0 0 .4 0 0 cm /Form Do Q", (80, 500, 16, "完")]], form="\n".join(signs))) == [words, "完"]
