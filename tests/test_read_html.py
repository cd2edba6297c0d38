"""Web pages: the article, its title and its numbers, without what is around it."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read_samples import NOTICE, PARAGRAPHS, failure, lines, one

from aiwei_cli.parsing import parse
from aiwei_cli.reading.web.markup import tree_of as parse_html
from aiwei_cli.reading.web.page import text as read_html

MENU = "<ul>" + "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(30)) + "</ul>"
PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}_某某政府网</title>
<style>p {{ color: red }}</style><script>var a = "<p>一、不是正文，是脚本。</p>";</script></head><body>
<!-- <p>一、注释，不算。</p> --><header>某某市人民政府</header><nav>{menu}</nav><div class="head">{menu}</div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/">政务公开</a></div>
<h1>{title}</h1><div class="meta">发布时间：2023-04-01 浏览次数</div>
<div class="main"><div class="side">{menu}</div><div class="article">{article}</div></div>
<div class="foot">版权所有：某某市人民政府 <a href="/">网站地图</a> 备案号：123</div></body></html>"""


def page(article: str, title: str = "标题文字", charset: str = "utf-8") -> bytes:
    return PAGE.format(title=title, menu=MENU, article=article, charset=charset).encode(charset)


@pytest.mark.parametrize(
    "article",
    [
        "".join(f"<p>{words}</p>" for words in PARAGRAPHS),
        "".join(f"<p>{words}" for words in PARAGRAPHS),
        "<br>".join(PARAGRAPHS),
        "".join(f"<div><span>{words[:3]}</span><b>{words[3:]}</b></div>\n" for words in PARAGRAPHS),
        "<table><tr><td>" + "".join(f"<p>{words}</p>" for words in PARAGRAPHS) + "</td></tr></table>",
        "<form><table><tbody><tr><td><font>" + "<br/>".join(PARAGRAPHS) + "</font></td></tr></tbody></table></form>",
        "<section><article>" + "".join(f"<p>{words}</p>" for words in PARAGRAPHS) + "</article></section>",
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_article_of_a_page_reads_as_plain_text_does(article: str, charset: str) -> None:
    document = one(page(article, title=PARAGRAPHS[0] + PARAGRAPHS[1], charset=charset), ".html")
    wanted = [" ".join(words.split(" ")).strip(" ") for words in PARAGRAPHS]
    assert document.text.splitlines() == wanted
    assert document.source.encoding == {"utf-8": "utf-8", "gb2312": "gb18030"}[charset]
    notice, plain = parse(document.text), parse(NOTICE)
    assert [(n.id, [d.office for d in n.duties]) for n in notice.walk()] == [
        (n.id, [d.office for d in n.duties]) for n in plain.walk()
    ]
    assert (notice.title, notice.issuer) == (plain.title, plain.issuer)


def test_a_title_outside_of_the_article_comes_first() -> None:
    article = "<p>各区县：</p><p>一、工作，要求。</p><p>二、工作，要求。</p>"
    assert lines(page(article, title="某镇关于某事的通知")) == [
        *("某镇关于某事的通知", "各区县：", "一、工作，要求。", "二、工作，要求。"),
    ]
    document = one(page(article, title="某镇关于某事的通知"))
    assert [str(place) for place in document.places] == ["第1段", "第2段", "第3段", "第4段"]
    field = '<html><head><meta name="ArticleTitle" content="甲乙丙丁"></head><body><p>1.x,</p>'
    assert lines(field.encode()) == ["甲乙丙丁", "1.x,"]


def test_lines_follow_the_blocks_and_not_the_source() -> None:
    article = (
        "<p>一、爱国\n    卫生，\n运动 plan\n  two。<br>第二行，&nbsp;完。</p>\n\n<div>二、&lt;甲&gt;&#x4e59;，</div>"
    )
    assert lines(page(article))[1:] == ["一、爱国卫生，运动 plan two。", "第二行，\xa0完。", "二、<甲>乙，"]


def test_a_list_of_annexes_is_no_menu() -> None:
    links = "".join(f'<a href="/x/P{n}.docx?a=1">{n}.任务分解表</a>' for n in (1, 2))
    assert lines(page(f"<p>一、工作，要求。</p><p>附件：{links}</p><p><a href=1>上一篇</a> <a href=2>下一篇</a></p>"))[
        1:
    ] == [
        "一、工作，要求。",
        "附件：1.任务分解表2.任务分解表",
    ]


def test_hidden_elements_are_left_out() -> None:
    article = '<p>甲，乙。</p><p style="display: none">丙，丁。</p><p hidden>戊，己。</p><p>庚，辛。</p>'
    assert lines(page(article))[1:] == ["甲，乙。", "庚，辛。"]


@pytest.mark.parametrize(
    ("opening", "shown"),
    [
        ("<ol>", ["1.甲，", "2.乙，"]),
        ('<ol start="5">', ["5.甲，", "6.乙，"]),
        ('<ol type="a">', ["a.甲，", "b.乙，"]),
        ('<ol style="list-style: none">', ["甲，", "乙，"]),
        ("<ul>", ["甲，", "乙，"]),
    ],
)
def test_the_numbers_that_a_browser_writes(opening: str, shown: list[str]) -> None:
    assert lines(page(f"<p>一，二。</p>{opening}<li>甲，<li>乙，</{opening[1:3]}>"))[2:] == shown


def test_a_list_with_its_own_numbers_gets_no_others() -> None:
    assert lines(page("<ol><li>一、甲，</li><li>二、乙，</li></ol>"))[1:] == ["一、甲，", "二、乙，"]


def test_tables_with_spans_read_as_tasks() -> None:
    article = (
        "<p>任务，如下：</p><table><thead><tr><th rowspan=2>序号<th rowspan=2>工作任务<th colspan=2>责任分工</tr>"
        "<tr><th>牵头单位<th>配合单位</tr></thead><tbody><tr><td>1<td>甲，乙。<td rowspan=2>A局<td>B局"
        "<tr><td>2<td>丙，丁。<td>C局</tbody></table>"
    )
    document = one(page(article))
    assert document.text.splitlines()[2:] == [
        *("1.甲，乙。", "牵头单位：A局", "配合单位：B局", "2.丙，丁。", "牵头单位：A局", "配合单位：C局"),
    ]
    assert str(document.place(document.text.index("丙"))) == "第1个表格第4行"


def test_a_stray_byte_does_not_make_a_page_unreadable() -> None:
    data = page("<p>一、工作，要求。</p>" * 3, charset="gb2312").replace("栏目7".encode("gb2312"), b"\xc0")
    assert "一、工作，要求。" in lines(data)


def test_a_page_saved_as_one_file() -> None:
    head = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    part = 'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    body = base64.encodebytes("<html><body><p>一、甲，</p></body></html>".encode("gb2312"))
    data = head.encode() + part.encode() + body + b"\r\n--b--\r\n"
    assert lines(data) == ["一、甲，"]
    assert "找不到正文" in failure(head.encode() + b"Content-Type: text/plain\r\n\r\nx\r\n--b--\r\n", ".mht")


def test_a_page_without_text_is_an_error() -> None:
    assert "没有文字" in failure(b"<html><body><script>render()</script></body></html>")


HOSTILE = [
    "<",
    "<!--",
    "<!",
    "<?",
    "</",
    "<a",
    '<a b="',
    "<a b='\"",
    "<a b=\"'<a b='\"",
    "<div>",
    "<p><table><tr><td>",
    "</div>",
    "<script>",
    "<script></script",
    "<li>",
    "<td>",
    "&amp",
    "&#",
    "<a " + "x=1 ",
    "<svg><title>",
    "<ol><li>",
    "<table><td rowspan=9999 colspan=9999>",
    "<textarea>",
    "x " + " " * 50,
]


@pytest.mark.parametrize(
    "size", [100_000, pytest.param(1_000_000, marks=pytest.mark.long(reason="up to eight seconds for each piece"))]
)
@pytest.mark.parametrize("piece", HOSTILE)
def test_much_broken_markup_is_read_or_refused(piece: str, size: int) -> None:
    """And soon: in quadratic time this would run for hours."""
    parse_html(piece * (size // len(piece)))
    try:
        read_html(("<html>" + piece * (size // 10 // len(piece))).encode())
    except Exception as error:
        assert type(error).__name__ == "ReadError"


@given(st.text(alphabet="<>/ab \"'=!-p&;一，\n"))
def test_any_markup_is_read_or_refused(text: str) -> None:
    try:
        read_html(("<html>" + text).encode())
    except Exception as error:
        assert type(error).__name__ == "ReadError"
