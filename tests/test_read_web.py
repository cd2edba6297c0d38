"""Parts of web pages: what is a menu, an article, a line, a tag; both sides of what decides."""

from __future__ import annotations

import pytest
from read_samples import failure, one

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.web import markup
from aiwei_cli.reading.web.article import Weights, article_of, count_of
from aiwei_cli.reading.web.exported import notices_of_page
from aiwei_cli.reading.web.markup import Element, all_words, tree_of
from aiwei_cli.reading.web.page import text


def lines(body: str, before: str = "") -> list[str]:
    """The lines of a page with a sentence that makes all of its body the article."""
    return text(f"<html>{before}<body><p>前，文。</p>{body}<p>后，文。</p></body></html>".encode()).text.splitlines()[
        1:-1
    ]


def first(root: Element, name: str) -> Element:
    found = next((one for one in elements(root) if one.name == name), None)
    assert found is not None
    return found


def elements(root: Element) -> list[Element]:
    below = [one for one in root.children if isinstance(one, Element)]
    return [each for one in below for each in (one, *elements(one))]


def shape(element: Element) -> str:
    inner = "".join(one if isinstance(one, str) else shape(one) for one in element.children)
    return f"{element.name}({inner})"


# -- menus and articles ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "is_menu"),
    [
        # more than 0.6 of it are links
        ("<a href=1>甲乙丙</a><a href=2>丁戊己</a>庚辛壬癸", False),
        ("<a href=1>甲乙丙</a><a href=2>丁戊己子</a>庚辛壬", True),
        # one link is no menu
        ("<a href=1>甲乙丙丁戊己子</a>", False),
        ("<a href=1>甲乙丙</a><b><a href=2>丁</a></b>", True),
        # less than a tenth are sentences
        ("<a href=1>甲乙丙丁戊</a><a href=2>甲乙丙丁戊己庚辛壬癸子丑寅</a><b>，。</b>", False),
        ("<a href=1>甲乙丙丁戊</a><a href=2>甲乙丙丁戊己庚辛壬癸子丑寅卯</a><b>，。</b>", True),
        # links to files are annexes
        ("<a href=1.docx>甲乙丙</a><a href='2.pdf?a=1'>丁</a>", False),
        ("<a href=1.docx>甲</a><a href=2.html>丁戊己</a>", True),
        # what is in a link is of it
        ("<a href=1><b>甲乙</b></a><a href=2><b>丙丁</b></a>", True),
        ("<a href=1><b>甲，乙</b></a><a href=2><b>丙。丁</b></a>", True),
        ("", False),
    ],
)
def test_a_block_of_links_is_a_menu(block: str, is_menu: bool) -> None:
    root = tree_of(f"<div>{block}</div>")
    weights = Weights()
    weights.measure(root)
    assert weights.is_menu(first(root, "div")) is is_menu


def test_how_much_is_in_an_element() -> None:
    root = tree_of("<div>甲 乙\n丙，<a>丁</a>  <p>戊<script>己，</script></p></div>")
    weights = Weights()
    weights.measure(root)
    assert weights.of[id(first(root, "div"))] == (6, 4, 1)
    assert weights.of[id(first(root, "p"))] == (1, 0, 0)
    assert weights.of[id(first(root, "script"))] == (0, 0, 0)
    assert (count_of(root, "p"), count_of(root, "b")) == (1, 0)


def article(page: str) -> str:
    root = tree_of(page)
    weights = Weights()
    weights.measure(root)
    return article_of(root, weights).name


_P = "<p>甲乙丙丁戊己庚辛，</p>"


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (f"<section><div>{_P}{_P}</div></section>", "div"),
        # nine of ten signs in sentences
        (f"<section><div>{_P}</div><i>，</i></section>", "div"),
        ("<section><div><p>甲乙丙丁戊己庚，</p></div><i>，</i></section>", "section"),
        (f"<section><div>{_P}</div><div>{_P}</div></section>", "section"),
        ("<section><div>甲</div></section>", "html"),
        (f"<section>{_P}</section>", "section"),
        ("<section><ul><li>甲，</li></ul></section>", "section"),
        (f"<section><div hidden>{_P}</div></section>", "html"),
        # a table of tasks is kept, one that arranges the page is looked into
        ("<div><table><tr><td>甲，</td></tr></table></div>", "div"),
        (f"<div><table><tr><td>{_P * 3}</td></tr></table></div>", "div"),
        (f"<div><table><tr><td>{_P * 4}</td></tr></table></div>", "td"),
        (f"<div><table><tbody><tr><th>甲<br>{_P}<div>{_P}</div>{_P}</th></tr></tbody></table></div>", "th"),
        (f"<div><table><tr><td>{_P * 2}</td><td>{_P * 2}</td></tr></table></div>", "div"),
        (f"<div><table><caption>{_P * 4}</caption></table></div>", "div"),
    ],
)
def test_where_the_article_is(page: str, name: str) -> None:
    assert article(page) == name


@pytest.mark.parametrize(
    ("opening", "shown"),
    [
        ("<div>", True),
        *((f'<div role="{role}">', False) for role in ("navigation", "Banner", "contentinfo", "search")),
        ('<div role="main">', True),
        ('<div style="DISPLAY : none">', False),
        ('<div style="display:block">', True),
        ("<div hidden>", False),
        ('<div hidden="">', False),
    ],
)
def test_what_is_never_text(opening: str, shown: bool) -> None:
    assert lines(f"{opening}丙，丁。</div>") == (["丙，丁。"] if shown else [])


# -- lines -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1.甲", "2.乙"]),
        ("<ol start=3><li>甲<li>乙</ol>", ["3.甲", "4.乙"]),
        ("<ol start=x><li>甲</ol>", ["1.甲"]),
        ("<ol start=1234567><li>甲</ol>", ["1.甲"]),
        ("<ol><li value=5>甲<li>乙</ol>", ["5.甲", "6.乙"]),
        ("<ol><li value=x>甲<li>乙</ol>", ["1.甲", "2.乙"]),
        ("<ol type=a><li>甲<li>乙</ol>", ["a.甲", "b.乙"]),
        ("<ol type=I><li>甲<li>乙</ol>", ["I.甲", "II.乙"]),
        ("<ol type=x><li>甲</ol>", ["1.甲"]),
        ("<ol><li>2023年<li> 乙</ol>", ["1. 2023年", "2.乙"]),
        ("<ol><li>2年内</ol>", ["1. 2年内"]),
        ("<ol><li>（一）甲<li>第二条 乙<li>3、丙</ol>", ["（一）甲", "第二条 乙", "3、丙"]),
        ('<ol style="list-style: none"><li>甲</ol>', ["甲"]),
        ('<ol style="list-style: square"><li>甲</ol>', ["1.甲"]),
        ('<ol style="border: none"><li>甲</ol>', ["1.甲"]),
        ("<ol><li></li><li>乙</ol>", ["2.乙"]),
        ("<ol><li><p>甲</p><p>乙</p></ol>", ["1.甲", "乙"]),
        ("<ol>子<b>丑</b><li>甲</ol>", ["1.甲"]),
        ("前<ol><li>甲</ol>", ["前", "1.甲"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<pre>甲  乙\n\n 丙</pre>丁  戊", ["甲  乙", " 丙", "丁 戊"]),
        ("<pre>甲\n乙</pre>丙\n丁", ["甲", "乙", "丙丁"]),
        ("甲<span>乙</span><br>丙", ["甲乙", "丙"]),
        ("甲<div> </div>乙", ["甲", "乙"]),
    ],
)
def test_the_lines_of_a_page(body: str, found: list[str]) -> None:
    assert lines(body) == found


def cells(*rows: str) -> list[str]:
    return lines(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")


_HEAD = "<td>序号<td>工作任务<td>牵头单位<td>配合单位"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            [_HEAD, "<td>1<td>修路<td rowspan=2>甲局<td>乙局", "<td>2<td>修桥<td>丙局"],
            ["1.修路", "牵头单位：甲局", "配合单位：乙局", "2.修桥", "牵头单位：甲局", "配合单位：丙局"],
        ),
        (
            [
                _HEAD,
                "<td>1<td>修路<td rowspan=3>甲局<td>",
                "<td>2<td>修桥<td>",
                "<td>3<td>拆除<td>",
                "<td>4<td>植树<td>丁局<td>",
            ],
            [
                *("1.修路", "牵头单位：甲局", "2.修桥", "牵头单位：甲局"),
                *("3.拆除", "牵头单位：甲局", "4.植树", "牵头单位：丁局"),
            ],
        ),
        (
            [_HEAD, "<td>1<td>修路<td rowspan=4>甲局", "<td>2<td>修桥", "<td>3<td>拆除", "<td>4<td>植树"],
            [words for task in ("1.修路", "2.修桥", "3.拆除", "4.植树") for words in (task, "牵头单位：甲局")],
        ),
        ([_HEAD, "<td>1<td>修路<td colspan=2>甲局"], ["1.修路", "牵头单位：甲局", "配合单位：甲局"]),
        (
            [_HEAD, "<td>1<td>修路<td rowspan=2 colspan=2>甲局", "<td>2<td>修桥"],
            ["1.修路", *("牵头单位：甲局", "配合单位：甲局"), "2.修桥", "牵头单位：甲局", "配合单位：甲局"],
        ),
        ([_HEAD, "<td>1<td>修路<td colspan=0>甲局<td>乙局"], ["1.修路", "牵头单位：甲局", "配合单位：乙局"]),
        ([_HEAD, "<td>1<td>修路<td colspan=x>甲局<td>乙局"], ["1.修路", "牵头单位：甲局", "配合单位：乙局"]),
        ([_HEAD, "<th>1<th>修路<td>甲局<td>乙局"], ["1.修路", "牵头单位：甲局", "配合单位：乙局"]),
        (
            [_HEAD, "\n<td>1</td>\n<td>修路</td><i>旁</i><td>甲局</td> <td>乙局</td>\n"],
            ["1.修路", "牵头单位：甲局", "配合单位：乙局"],
        ),
    ],
)
def test_cells_that_span(rows: list[str], found: list[str]) -> None:
    assert cells(*rows) == found


def test_no_cell_spans_more_than_a_thousand_columns() -> None:
    budget = Budget(source=100)
    counted: list[int] = []
    budget.cells = counted.append  # type: ignore[method-assign]
    text(b"<table><tr><td colspan=5000>a<td>b</table>", None, budget)
    assert max(counted) == 1000


def test_parts_of_a_table_and_its_title() -> None:
    head, rest = "<table><caption>分工表</caption><thead><tr>{}</tr></thead>", "<tfoot><tr>{}</tr></tfoot></table>"
    body = head + "<tbody><tr>{}</tr></tbody>" + rest
    rows = (_HEAD, "<td>1<td>修路<td>甲局<td>", "<td>2<td>修桥<td>乙局<td>")
    assert lines(body.format(*rows)) == ["分工表", "1.修路", "牵头单位：甲局", "2.修桥", "牵头单位：乙局"]
    hidden = "<table><tr>{}</tr><tr hidden>{}</tr><tr>{}</tr></table>"
    assert lines(hidden.format(*rows)) == ["2.修桥", "牵头单位：乙局"]


_MATRIX = "<table><tr><td>工作任务<td>县水利局<td>县财政局<tr><td>修路<td>★<td>△<tr><td>修桥<td>△<td>★</table>"
_SIGNS = "<p>★为牵头单位，△为配合单位。</p>"


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (_SIGNS + "<p>甲</p>" * 2 + _MATRIX, True),
        (_SIGNS + "<p>甲</p>" * 3 + _MATRIX, False),
        (_MATRIX + "<p>甲</p>" * 4 + _SIGNS, True),
        (_MATRIX + "<p>甲</p>" * 5 + _SIGNS, False),
        (_MATRIX + f"<p>{'甲' * 296}</p>" + _SIGNS, True),
        (_MATRIX + f"<p>{'甲' * 297}</p>" + _SIGNS, False),
        (_MATRIX + "<table><tr><td>物资<td>数量</table>" + _SIGNS, False),
        (_MATRIX + "<div><table><tr><td>物资<td>数量</table></div>" + _SIGNS, False),
        (_MATRIX + _SIGNS[3:-4], True),
    ],
)
def test_what_the_signs_of_a_table_mean_is_near_it(body: str, read: bool) -> None:
    """Three lines before it, five elements and 300 signs after it, up to the next table."""
    assert ("牵头单位：县水利局" in lines(body)) is read


def test_places_are_paragraphs_and_cells_of_tables() -> None:
    rows = f"<table><tr>{_HEAD}<tr><td>1<td>修路<td>甲局<td></table>"
    found = text(f"<p>甲，乙。</p>{rows}<p>丙，丁。</p>{rows}".encode())
    assert [(str(place), found.text[place.offset]) for place in found.places] == [
        ("第1段", "甲"),
        ("第1个表格第2行", "1"),
        ("第1个表格第2行", "牵"),
        ("第2段", "丙"),
        ("第2个表格第2行", "1"),
        ("第2个表格第2行", "牵"),
    ]


# -- tags --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("a<b>b</b>c", "html(ab(b)c)"),
        ("a < b", "html(a < b)"),
        ("a<1b", "html(a<1b)"),
        ("a<", "html(a<)"),
        ("a<b", "html(a)"),
        ("a<!-- <p> -->b<!-- c", "html(ab)"),
        ("a<!---->b", "html(ab)"),
        ("a<!doctype html>b<?xml a?>c</ >d", "html(abcd)"),
        ("a<!doctype", "html(a)"),
        ("<p>a<p>b<div>c</div>d", "html(p(a)p(b)div(c)d)"),
        ("<div><p>a<table><tr><td>b<p>c</table>d</div>e", "html(div(p(a)table(tr(td(bp(c))))d)e)"),
        ("<ul><li>a<ul><li>b<li>c</ul><li>d</ul>", "html(ul(li(aul(li(b)li(c)))li(d)))"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "html(dl(dt(a)dd(b)dt(c)))"),
        (
            "<table><tr><td>a<th>b<tr><td>c<tbody><tr><td>d</table>",
            "html(table(tr(td(a)th(b))tr(td(c))tbody(tr(td(d)))))",
        ),
        ("<table><tr><td>a<table><tr><td>b</table>c</table>", "html(table(tr(td(atable(tr(td(b)))c))))"),
        ("a</p>b</br>c<br/>d", "html(abbr()cbr()d)"),
        ("<P>a</P><IMG>b", "html(p(a)img()b)"),
        ("<div><b>a</div>b", "html(div(b(a))b)"),
        ("a</b>b", "html(ab)"),
        ("<script>a<p>b</script>c", "html(script(a<p>b)c)"),
        ("<script>a</scripts>b</SCRIPT >c", "html(script(a</scripts>b)c)"),
        ("<script>a", "html(script(a))"),
        ("&lt;a&amp;b&nbsp;", "html(<a&b\xa0)"),
        ('<p title="a>b">c', "html(p(c))"),
        ("<p title='a>b\"'>c", "html(p(c))"),
        ('<p title="a>b<p>c', "html(p(b)p(c))"),
    ],
)
def test_tags_become_a_tree(page: str, found: str) -> None:
    assert shape(tree_of(page)) == found


def test_a_quote_that_is_never_closed_hides_nothing_after_it() -> None:
    """From then on a > ends a tag, in quotes or not."""
    assert all_words(tree_of('<p a="x>甲<p b="y>z">乙')).endswith("乙")
    assert all_words(tree_of("<p a=\"x>甲<p b='y>z'>乙")) == "甲z'>乙"


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("<a b=c D='e' f=\"g\">", {"b": "c", "d": "e", "f": "g"}),
        ("<a b = c>", {"b": "c"}),
        ("<a b='' c=\"\">", {"b": "", "c": ""}),
        ("<a b=1 b=2>", {"b": "1"}),
        ("<a b='&lt;'>", {"b": "<"}),
        ("<a hidden>", {"hidden": ""}),
        ("<a hidden/>", {"hidden": ""}),
        ("<a x-hidden>", {}),
        ("<a hiddens>", {}),
    ],
)
def test_the_attributes_of_a_tag(tag: str, attributes: dict[str, str]) -> None:
    assert first(tree_of(tag), "a").attributes == attributes


def test_a_picture_in_the_page_itself_has_no_attributes_to_read() -> None:
    for size, read in ((20_000, True), (20_001, False)):
        tag = " b=" + "c" * (size - 3)
        assert bool(first(tree_of(f"<a{tag}>"), "a").attributes) is read


def test_elements_are_counted_by_the_thousand() -> None:
    counted: list[int] = []
    tree_of("<b>" * 999, counted.append)
    assert counted == []
    tree_of("<b>" * 2000, counted.append)
    assert counted == [1000, 1000]


def test_elements_nest_no_deeper_than_a_reader_can_follow() -> None:
    root = tree_of("<div>" * 400 + "甲")
    depth = 0
    element: Element | str = root
    while isinstance(element, Element) and element.children:
        element, depth = element.children[-1], depth + 1
    assert depth == markup.DEEPEST == 150


# -- pages -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>某镇关于清淤的通知_某某网</title>", "某镇关于清淤的通知"),
        ("<title>某镇关于清淤的通知 - 某某网</title>", "某镇关于清淤的通知"),
        ("<title>某镇关于清淤的通知|某某网</title>", "某镇关于清淤的通知"),
        ("<title>通知</title>", None),
        ("<title>通知甲乙</title>", "通知甲乙"),
        ("<h1>某镇通知</h1><title>别的题目</title>", "某镇通知"),
        ('<meta name="ArticleTitle" content="网站的题目"><h1>某镇通知</h1>', "网站的题目"),
        ('<meta name="ArticleTitle" content=" "><h1>某镇通知</h1>', "某镇通知"),
        ('<meta name="keywords" content="网站的题目">', None),
        ("<title>短</title><h1>短</h1>", None),
        # only the first of a kind
        ("<h1>短</h1><h1>又一通知</h1>", None),
        ("<title>短</title><svg><title>图标的名称</title></svg>", None),
        ("<h1>某镇通知</h1><h1>又一通知</h1>", "某镇通知"),
        ("<title>前， 文。</title>", None),
    ],
)
def test_the_title_of_a_page_comes_first_where_the_article_lacks_it(head: str, title: str | None) -> None:
    found = text(f"<html><head>{head}</head><body><header>{head}</header><p>前，文。</p></body></html>".encode()).text
    assert found.splitlines() == ([title] if title else []) + ["前，文。"]


@pytest.mark.parametrize(("before", "added"), [(39, False), (40, True)])
def test_a_title_within_the_first_forty_lines_is_there(before: int, added: bool) -> None:
    body = "".join(f"<p>第{k}，行。</p>" for k in range(before)) + "<p>某镇关于清淤的通知</p>"
    found = text(f"<title>某镇关于清淤的通知</title>{body}".encode()).text
    assert found.startswith("某镇关于清淤的通知\n") is added


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<meta charset=gb2312><p>甲，乙。㐂".encode("gb18030"), "gb18030"),
        ("<meta charset='GBK'><p>甲，乙。".encode("gb18030"), "gb18030"),
        ("<meta charset=utf-8><p>甲，乙。".encode(), "utf-8"),
        ('<?xml encoding="big5"?><p>甲，乙。'.encode("big5"), "big5"),
        ("<meta charset=latin1><p>甲，乙。".encode(), "utf-8"),
        ("<meta charset=gbk><p>甲，乙。".encode("utf-8-sig"), "utf-8-sig"),
        ("<meta charset=gbk><p>甲，乙。".encode("utf-16"), "utf-16-le"),
        ("<meta charset=gbk><p>甲，乙。".encode("utf-16-le"), "utf-16-le"),
        # it says what it is not
        ("<meta charset=gbk><p>甲，乙。各有关单位请认真执行㐂".encode(), "utf-8"),
        # a stray byte
        ("<meta charset=utf-8><p>甲，乙。".encode() + b"\xff<p>" + "丙，丁。".encode(), "utf-8"),
        # said too late
        (b" " * 4096 + "<meta charset=big5><p>甲，乙。".encode(), "utf-8"),
    ],
)
def test_the_characters_of_a_page(data: bytes, encoding: str) -> None:
    found = text(data)
    assert (found.text.splitlines()[0][:4], found.encoding) == ("甲，乙。", encoding)


def mht(*parts: str, head: str = "MIME-Version: 1.0\n") -> bytes:
    inner = "".join(f"--x\n{part}\n" for part in parts)
    return f'From: a\n{head}Content-Type: multipart/related; boundary="x"\n\n{inner}--x--\n'.encode()


def test_a_page_saved_with_its_pictures() -> None:
    page = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n<p>甲，乙。</p>"
    picture = "Content-Type: image/png\n\nabc"
    assert text(mht(picture, page)).text == "甲，乙。\n"
    assert text(mht(picture, page, head="mime-version: 1.0\n")).text == "甲，乙。\n"
    for data in (mht(picture), mht(page.replace("utf-8", "none"))):
        with pytest.raises(ReadError, match="找不到正文"):
            text(data)
    # what begins with a tag is a page, whatever it says
    assert text("\n <p>甲，乙。</p>\nMIME-Version: 1.0".encode()).text.startswith("甲，乙。")


def test_the_facts_of_a_report_are_those_of_its_own_line() -> None:
    title, facts = "<h1>《清淤》任务分解表</h1>", '<p class="facts"><span>某县人民政府</span><span>1 个事项</span></p>'
    table = (
        "<table><tr><th>编号<th>序号<th>工作任务<th>牵头单位"
        "<tr>\n<td>1</td> <td>1</td><i>旁</i><td><b>清淤</b>全部<br>河道<td>水利局</table>"
    )
    for page_ in (f"{title}<p>前言</p>{facts}{table}", f"{title}<div>{facts}<div>{table}</div></div>"):
        (notice,) = notices_of_page(page_.encode(), Budget(source=9999))
        assert (notice.title, notice.issuer) == ("清淤", "某县人民政府")
        assert [(node.title, node.text) for node in notice.walk()] == [("清淤", "全部\n河道")]
    (notice,) = notices_of_page(f"{title}<p>前言</p>{table}".encode(), Budget(source=9999))
    assert (notice.title, notice.issuer) == ("清淤", None)
    assert notices_of_page(f"{title}{facts}<table><tr><td>物资<td>数量</table>".encode(), Budget()) == []


def test_where_the_article_is_a_menu_the_rest_of_the_page_is_read() -> None:
    menu = "".join(f"<li><a href={k}>甲乙丙丁戊己</a>" for k in range(3))
    assert text(f"<p>清淤通知</p><div><ul>{menu}<li>，</ul></div>".encode()).text == "清淤通知\n"


def test_a_page_without_words_is_an_error() -> None:
    assert "没有文字" in failure(b"<html><body><script>a</script></body></html>", ".html")
    assert one("<div><a href=1>甲</a><a href=2>乙</a></div><p>丙，丁。</p>".encode(), ".html").text == "丙，丁。\n"
