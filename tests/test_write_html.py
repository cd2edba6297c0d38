"""The HTML page: self-contained, harmless whatever the notice says, readable without its script; and in a real browser
its filters and its matrix answer. Where Chromium is missing the tests that need it are skipped and say so."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, choose, count, visible
from effort import tries
from hypothesis import given
from hypothesis import strategies as st
from report_samples import FORMULAS, ILLEGAL, MARKUP, bundled, cells, hits, many, report, saying, table
from shell import aiwei, node, sample, two_plans

from aiwei_cli.notice.model import Notice
from aiwei_cli.resources import bundled_notice
from aiwei_cli.write import html
from aiwei_cli.write.report import Report

NOTICE = bundled_notice()
VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """The elements of a page with their text, and whether each was closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[dict[str, Any]] = []
        self.elements: list[dict[str, Any]] = []
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = {"tag": tag, "text": "", **dict(attrs)}
        self.elements.append(element)
        if tag in VOID:
            self.handle_data("\n" if tag == "br" else "")
        else:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()["tag"] == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element["text"] += data

    def all(self, tag: str, **attrs: str) -> list[dict[str, Any]]:
        return [
            each
            for each in self.elements
            if each["tag"] == tag and all(each.get(k.rstrip("_")) == v for k, v in attrs.items())
        ]


def page(found: Any = None) -> Page:
    return Page(report("html", hits(bundled()) if found is None else found).decode("utf-8"))


def test_all_items_stand_in_the_page_itself() -> None:
    made = page()
    rows = made.all("tr", class_="item")
    assert len(rows) == 27 and "城市管理办、财政所" in rows[0]["text"]
    assert made.all("h1")[0]["text"] == "图克镇2023年爱国卫生运动工作要点任务分解表"
    assert made.all("tr", class_="section d1")[0]["text"] == "（一）打造健康宜居城乡环境"


def test_the_outline_leads_to_every_section() -> None:
    for found in (hits(bundled()), hits(sample(), two_plans())):
        made = page(found)
        anchors = {each["id"] for each in made.elements if each.get("id", "").startswith("s")}
        links = [each["href"] for each in made.all("a") if each["href"].startswith("#s")]
        assert links and {link[1:] for link in links} == anchors and len(set(links)) == len(links)


def test_the_page_asks_for_nothing_and_forbids_itself_to() -> None:
    made = page()
    assert not [e for e in made.elements if e.get("src") or (e.get("href") or "#")[0] != "#" or e["tag"] == "link"]
    assert "url(" not in made.all("style")[0]["text"] and "@import" not in made.all("style")[0]["text"]
    (policy,) = [each["content"] for each in made.all("meta") if each.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    for element in (made.all("style")[0], made.all("script")[-1]):
        digest = base64.b64encode(hashlib.sha256(element["text"].encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not [e for e in made.elements if "style" in e or any(name.startswith("on") for name in e)]


@pytest.mark.parametrize("text", [*MARKUP, *FORMULAS, ILLEGAL, '" onload="alert(1)', "' x='", "javascript:alert(1)"])
def test_every_word_is_escaped(text: str) -> None:
    plain, hostile = page(hits(saying("甲"))), page(hits(saying(text)))
    shape = [(each["tag"], sorted(each)) for each in plain.elements]
    assert [(each["tag"], sorted(each)) for each in hostile.elements] == shape
    data = json.loads(hostile.all("script", id="data")[0]["text"])
    assert data == json.loads(plain.all("script", id="data")[0]["text"])


@tries(60)
@given(st.text(min_size=1))
def test_any_text_leaves_the_page_whole(text: str) -> None:
    made = page(hits(saying(text or "甲")))
    assert len(made.all("tr", class_="item")) == 1
    assert Page(table("html", cells(text)).decode("utf-8")).all("td")


def test_the_data_for_the_script_can_end_no_element() -> None:
    from aiwei_cli.write.html import _json

    text = "</script><!--\u2028\u2029&"
    assert json.loads(_json(text)) == text and not re.search("[<>&\u2028\u2029]", _json(text))


def test_tables_have_headers_and_controls_have_labels() -> None:
    made = page()
    assert len([each for each in made.all("th") if each.get("scope") == "col"]) == 6 + 6
    assert all(each.get("scope") in ("col", "row", "rowgroup") for each in made.all("th"))
    labels = [re.split("全部|原文顺序", each["text"])[0] for each in made.all("label")]
    assert labels == ["单位", "分工", "章节", "关键词", "时限", "此日之前到期", "排序"]
    assert made.all("html", lang="zh-CN") and made.all("p", id="count", role="status")


def test_no_duties_no_matrix_and_flat_notices_no_double_headings() -> None:

    flat = replace(
        sample(), body=(node("一", "一、", 1, title="甲", text="甲的内容"), node("二", "二、", 1, text="乙"))
    )
    made = page(hits(flat))
    assert not made.all("td", class_="sum") and len(made.all("tr", class_="item")) == 2
    assert not [each for each in made.all("tr") if (each.get("class") or "").startswith("section")]


def test_export_and_list_by_the_name_of_the_file(tmp_path: Path) -> None:
    assert aiwei("export", NOTICE, "-o", tmp_path / "a.html").code == 0
    assert len(Page((tmp_path / "a.html").read_text("utf-8")).all("tr", class_="item")) == 27
    assert aiwei("export", NOTICE, "--format", "html").out == (tmp_path / "a.html").read_text("utf-8")
    assert len(Page(aiwei("offices", NOTICE, "--format", "html").out).all("tr", class_="item")) == 12
    duties = report("html", Report(hits(bundled()), "duty")).decode("utf-8")
    assert len(Page(duties).all("tr", class_="item")) == 48


# --- in a real browser


@pytest.fixture
def shown(browser: Browser, tmp_path: Path) -> Iterator[Browser]:
    """The page of the bundled notice, freshly loaded."""
    (tmp_path / "a.html").write_bytes(report("html", hits(bundled())))
    browser.errors.clear()
    browser.requests.clear()
    browser.open(tmp_path / "a.html")
    yield browser
    assert browser.errors == []
    # The icon of a date field is the browser's own.
    assert [
        url for url in browser.requests if not url.endswith("/a.html") and not url.startswith("data:image/svg")
    ] == []


def test_a_click_in_the_matrix_filters_the_items_and_another_shows_all_again(shown: Browser) -> None:
    assert visible(shown) == 27 and count(shown) == "27 个事项"
    # 综合执法局 in 一/（一）: six duties.
    cell = "#matrix td[title^='综合执法局，一/（一）'] button"
    assert shown.run(f'document.querySelector("{cell}").textContent') == "6"
    shown.click(cell)
    assert visible(shown) == 6
    assert count(shown) == "27 个事项中的 6 个（单位：综合执法局，章节：（一）打造健康宜居城乡环境）"
    assert shown.run(f'document.querySelector("{cell}").getAttribute("aria-pressed")') == "true"
    shown.click(cell)
    assert visible(shown) == 27


def test_office_role_section_and_keyword_as_on_the_command_line(shown: Browser) -> None:
    for office, role, section, word in (
        ("综合执法局", "", "", ""),
        ("", "牵头", "", ""),
        ("社会事务办", "牵头", "", ""),
        ("", "", "二、组织开展的活动", ""),
        ("", "", "", "厕所 卫生"),
        ("城市管理办", "负责", "", "厕所"),
    ):
        shown.click("#clear")
        asked: list[str] = []
        if office:
            choose(shown, "office", office)
            asked += ["--office", office]
        if role:
            choose(shown, "role", role)
            asked += ["--role", role]
        if section:
            choose(shown, "section", section)
            asked += ["--section", section]
        if word:
            shown.click("[name=keyword]")
            shown.type(word)
            asked += ["--keyword", word]
        assert visible(shown) == len(aiwei("list", NOTICE, *asked).lines) > 0, asked


def test_headings_without_items_are_hidden_and_the_outline_counts(shown: Browser) -> None:
    choose(shown, "section", "二、组织开展的活动")
    assert shown.run("[...document.querySelectorAll('tr.section')].filter(r => r.offsetHeight).length") == 1
    assert shown.run("[...document.querySelectorAll('nav .n')].map(n => n.textContent).join()") == "0,0,0,0,6"


def test_deadlines(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "b.html").write_bytes(report("html", hits(sample())))
    browser.open(tmp_path / "b.html")
    for label, items in (("有截止日期", 2), ("写了时限，没有日期", 1), ("没写时限", 3), ("全部", 6)):
        choose(browser, "time", label)
        assert visible(browser) == items
    browser.run(
        "(() => { const e = document.querySelector('[name=before]'); e.value = '2023-06-01';"
        " e.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )
    assert visible(browser) == 1 and "此日之前到期：2023-06-01" in count(browser)
    browser.click("#clear")
    choose(browser, "office", "（没有责任单位）")
    assert visible(browser) == 1


def test_the_matrix_can_be_used_by_the_keyboard(shown: Browser) -> None:
    shown.run("document.querySelector('#matrix tbody th button').focus()")
    shown.key("Enter", 13)
    shown.send("Input.dispatchKeyEvent", type="char", text="\r")
    assert count(shown).endswith("（单位：社会事务办）")


def test_without_its_script_the_page_is_the_whole_table(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "c.html").write_bytes(report("html", hits(bundled())))
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(tmp_path / "c.html")
        assert visible(browser) == 27
        assert browser.run("document.getElementById('filters').offsetHeight") == 0
        assert browser.run("document.querySelectorAll('button:not(#filters *)').length") == 0
    finally:
        browser.send("Emulation.setScriptExecutionDisabled", value=False)


def test_on_a_phone_nothing_is_wider_than_the_screen(shown: Browser) -> None:
    shown.send("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
    try:
        assert shown.run("document.documentElement.scrollWidth") == 360
        assert shown.run("getComputedStyle(document.querySelector('tr.item')).display") == "block"
    finally:
        shown.send("Emulation.clearDeviceMetricsOverride")


def test_on_paper_there_are_no_controls(shown: Browser) -> None:
    shown.send("Emulation.setEmulatedMedia", media="print")
    try:
        hidden = "[...document.querySelectorAll('nav, form, .skip, footer')].every(e => e.offsetHeight === 0)"
        assert shown.run(hidden) and visible(shown) == 27
    finally:
        shown.send("Emulation.setEmulatedMedia", media="")
    assert shown.pdf().startswith(b"%PDF")


def test_hostile_words_run_no_script(browser: Browser, tmp_path: Path) -> None:
    words = [*MARKUP, "<img src=x onerror=\"document.title='bad'\">", "<svg onload=\"document.title='bad'\">"]
    (tmp_path / "d.html").write_bytes(report("html", hits(saying(*words))))
    browser.errors.clear()
    browser.open(tmp_path / "d.html")
    assert visible(browser) == len(words) and browser.errors == []
    assert browser.run("document.title") != "bad"
    assert browser.run("document.querySelectorAll('img, svg, main b b').length") == 0


@pytest.mark.long(reason="five thousand rows in a real browser")
def test_five_thousand_items_are_filtered(browser: Browser, tmp_path: Path) -> None:
    notice = bundled()
    many = [replace(notice, source=replace(notice.source, path=f"{number}.txt")) for number in range(186)]
    (tmp_path / "e.html").write_bytes(report("html", hits(*many)))
    browser.open(tmp_path / "e.html")
    assert browser.run("document.querySelectorAll('tr.item').length") == 27 * 186 > 5000
    choose(browser, "office", "综合执法局")
    assert f"中的 {7 * 186} 个" in count(browser) and 0 < visible(browser) < 7 * 186


def load(browser: Browser, folder: Path, notice: Notice, address: str = "") -> None:
    (folder / "a.html").write_bytes(report("html", hits(notice)))
    browser.errors.clear()
    browser.open(folder / "a.html")
    if address:
        browser.run(f"location.hash = {json.dumps(address)}")
        browser.run("window.dispatchEvent(new Event('hashchange'))")


def test_rows_are_drawn_as_they_are_scrolled_to_and_all_on_paper(browser: Browser, tmp_path: Path) -> None:
    load(browser, tmp_path, many())
    assert 0 < visible(browser) < 450 and count(browser) == "450 个事项"
    choose(browser, "office", "第1局")
    assert visible(browser) == 150
    browser.run("document.getElementById('clear').click()")
    browser.run("window.dispatchEvent(new Event('beforeprint'))")
    assert visible(browser) == 450 and browser.errors == []


def test_each_item_has_an_address(browser: Browser, tmp_path: Path) -> None:
    load(browser, tmp_path, many(), "二/449")
    seen = browser.run("document.getElementById('二/449').getBoundingClientRect().top")
    assert 0 <= seen < browser.run("innerHeight") and browser.errors == []


def test_what_is_chosen_is_in_the_address(browser: Browser, tmp_path: Path) -> None:
    load(browser, tmp_path, many())
    choose(browser, "office", "第1局")
    address = browser.run("location.hash")
    load(browser, tmp_path, many(), address.removeprefix("#"))
    assert count(browser) == "450 个事项中的 150 个（单位：第1局）"
    browser.run("document.getElementById('clear').click()")
    assert browser.run("location.hash") == "" and browser.errors == []


def test_a_long_matrix_is_folded(browser: Browser, tmp_path: Path) -> None:
    load(browser, tmp_path, many(offices=30))
    rows = "[...document.querySelectorAll('#matrix tbody tr')].filter(row => row.offsetHeight).length"
    assert browser.run(rows) == 15
    browser.run("document.getElementById('more').click()")
    assert browser.run(rows) == 30 and count(browser) == "450 个事项" and browser.errors == []


def test_a_strangers_column_ends_no_attribute() -> None:
    named = replace(sample().body[0].children[0], extra=(('" onload="alert(1)', "甲"),), children=())
    data = report("html", hits(replace(sample(), body=(named,)))).decode()
    assert 'onload="alert' not in data and "&quot; onload=&quot;" in data


def test_a_large_matrix_draws_runs_of_empty_cells_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def rows() -> list[list[str]]:
        body = report("html", hits(bundled())).decode().partition("<tbody>")[2].partition("</tbody>")[0]
        return [re.findall(r"<td.*?</td>", row) for row in body.split("</tr>")[:-1]]

    every = rows()
    assert "colspan" not in str(every) and len({len(row) for row in every}) == 1
    monkeypatch.setattr(html, "_GRID", 10)
    monkeypatch.setattr(html, "_WIDEST", 3)
    few = rows()
    spread = [
        [each for cell in row for each in [cell] * int((re.findall('colspan="(.)"', cell) or "1")[0])] for row in few
    ]
    assert [[re.sub(' colspan=".*?"', "", cell) for cell in row] for row in spread] == every
    assert sum(map(len, few)) < sum(map(len, every)) and 'colspan="3"' in str(few) and 'colspan="4"' not in str(few)


def test_whether_there_are_lights_is_not_asked_for_each_item(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("aiwei_cli.write.report.is_tracked", lambda found: asked.append(len(found)))
    found = hits(bundled())
    report("html", found)
    assert 0 < len(asked) < 10 < len(found)
