"""The page of a ledger: how tasks stand, their lights on the reader's day, rows sorted and copied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, choose, count, visible
from report_samples import hits, many, report, saying
from shell import due, node, sample

from aiwei_cli.tracking import STATUSES, UNREPORTED
from aiwei_cli.tracking.lights import Lamps
from aiwei_cli.write.report import Report


def tracked(*stands: tuple[str, str | None], day: str = "2024-06-10", fixed: bool = False, **rules: Any) -> Report:
    """The report of tasks that stand so, each with the day it is due."""
    known = {"yellow_days": 3, "done": "绿", "cancelled": "灰", "undated": "灰", **rules}
    body = tuple(
        node(f"{n}", f"{n}.", 3, text=f"任务{n}", task=n, status=status, deadlines=(due("月底前", end),) if end else ())
        for n, (status, end) in enumerate(stands, 1)
    )
    return Report(hits(replace(sample(), body=body)), lights=Lamps(day, known, fixed))


STANDS = [
    (status, due)
    for status in (UNREPORTED, *STATUSES)
    for due in (None, "2024-06-09", "2024-06-10", "2024-06-13", "2024-06-14", "2025-03-01")
]


def test_a_ledgers_page_says_how_tasks_stand_also_without_its_script() -> None:
    made = report("html", tracked(("推进中", "2024-06-05"), ("已办结", None))).decode("utf-8")
    assert '<span id="day">截至 2024-06-10</span>' in made and '<option value="推进中">推进中</option>' in made
    assert '<span class="light l0">红（逾期5天）</span>' in made and '<span class="light l2">绿</span>' in made
    plain = report("html", hits(sample())).decode("utf-8")
    assert 'id="day"' not in plain and 'name="light"' not in plain and 'class="tracked"' not in plain


def test_a_task_that_was_moved_shows_both_days() -> None:
    moved = node("1", "1.", 3, text="修路", task=1, moved="2024-07-31", deadlines=(due("6月底前", "2024-06-30"),))
    made = report("html", hits(replace(sample(), body=(moved,)))).decode("utf-8")
    assert '6月底前</time><span class="moved">延至 <time datetime="2024-07-31"' in made
    assert ',[],"2024-07-31",true]]' in made


@pytest.mark.parametrize("rules", [{}, {"yellow_days": 0, "done": "灰", "undated": "绿"}])
def test_the_script_lights_as_the_program_does(browser: Browser, tmp_path: Path, rules: dict[str, Any]) -> None:
    made = tracked(*STANDS, fixed=True, **rules)
    (tmp_path / "a.html").write_bytes(report("html", made))
    browser.errors.clear()
    browser.open(tmp_path / "a.html")
    assert made.lights is not None
    said = browser.run("[...document.querySelectorAll('.light')].map(cell => cell.textContent)")
    assert said == [made.lights.words(*stand) for stand in STANDS] and browser.errors == []
    assert browser.run("document.getElementById('day').textContent") == "截至 2024-06-10"


def test_a_page_that_is_opened_later_goes_by_its_readers_day(browser: Browser, tmp_path: Path) -> None:
    today = date.fromisoformat(browser.run("new Date().toLocaleDateString('sv')"))
    yesterday, later = (str(today + timedelta(days=days)) for days in (-1, 2))
    made = tracked(("推进中", yesterday), ("推进中", later), ("已办结", yesterday), day="2024-01-01")
    (tmp_path / "a.html").write_bytes(report("html", made))
    browser.open(tmp_path / "a.html")
    assert browser.run("document.getElementById('day').textContent") == f"今天 {today}"
    said = browser.run("[...document.querySelectorAll('.light')].map(cell => cell.textContent).join()")
    assert said == "红（逾期1天）,黄（还有2天）,绿"
    choose(browser, "light", "红")
    assert visible(browser) == 1 and count(browser) == "3 个事项中的 1 个（灯：红）"
    browser.click("#clear")
    choose(browser, "status", "推进中")
    assert visible(browser) == 2


def ids(browser: Browser) -> str:
    """The items in the order in which they are seen."""
    found: str = browser.run("[...document.querySelectorAll('tr.item th')].map(cell => cell.textContent).join()")
    return found


def test_a_heading_sorts_up_down_and_back(browser: Browser, tmp_path: Path) -> None:
    days = ["2024-06-09", None, "2024-12-01", "2023-06-09"]
    (tmp_path / "a.html").write_bytes(report("html", tracked(*(("推进中", day) for day in days))))
    browser.open(tmp_path / "a.html")
    for order, mark in (("4,1,3,2", "ascending"), ("3,1,4,2", "descending"), ("1,2,3,4", None)):
        browser.click(".c-deadline button")
        assert ids(browser) == order
        assert browser.run("document.querySelector('.c-deadline').getAttribute('aria-sort')") == mark
    choose(browser, "sort", "完成时限 ↓")
    assert ids(browser) == "3,1,4,2" and browser.run("location.hash").startswith("#sort=")
    browser.click("#clear")
    assert ids(browser) == "1,2,3,4" and browser.run("location.hash") == ""


def test_sorted_rows_are_drawn_as_they_are_scrolled_to_and_come_back(browser: Browser, tmp_path: Path) -> None:
    browser.errors.clear()
    (tmp_path / "a.html").write_bytes(report("html", hits(many())))
    browser.open(tmp_path / "a.html")
    before = ids(browser)
    choose(browser, "sort", "牵头单位 ↓")
    offices = browser.run("[...document.querySelectorAll('tr.item .o')].map(cell => cell.textContent)")
    assert offices == sorted(offices, reverse=True) and 0 < visible(browser) < 450
    assert browser.run("[...document.querySelectorAll('tr.section')].filter(row => row.offsetHeight).length") == 0
    assert browser.run("document.querySelector('tr.item td.task').dataset.under") == "一、第一部分"
    choose(browser, "sort", "原文顺序")
    assert ids(browser) == before and count(browser) == "450 个事项" and browser.errors == []


def copied(browser: Browser) -> dict[str, str]:
    """What a press of the button puts on the clipboard, by kind."""
    browser.run("DataTransfer.prototype.setData = function (kind, words) { (window.kept ??= {})[kind] = words; }")
    browser.click("#copy")
    found: dict[str, str] = browser.run("window.kept")
    return found


def test_what_is_listed_is_copied_also_what_is_not_drawn(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(report("html", hits(many())))
    browser.open(tmp_path / "a.html")
    choose(browser, "office", "第1局")
    assert copied(browser)["text/plain"].split("\r\n")[0].split("\t") == ["所属章节", "编号", "工作任务", "牵头单位"]
    assert [line.split("\t")[1] for line in copied(browser)["text/plain"].split("\r\n")[1:]][:2] == ["一/1", "一/4"]
    assert browser.run("document.getElementById('copy').textContent") == "已复制 150 行"


def test_what_is_copied_runs_in_no_spreadsheet_and_stays_text(browser: Browser, tmp_path: Path) -> None:
    words = ["=1+1", "<b>甲</b>\t乙\n丙", "@SUM(A1)", "-"]
    (tmp_path / "a.html").write_bytes(report("html", hits(saying(*words))))
    browser.errors.clear()
    browser.open(tmp_path / "a.html")
    found = copied(browser)
    lines = [line.split("\t") for line in found["text/plain"].split("\r\n")]
    assert len({len(line) for line in lines}) == 1
    leads = [line[lines[0].index("牵头单位")] for line in lines[1:]]
    assert leads == ["'=1+1", "<b>甲</b> 乙 丙", "'@SUM(A1)", "-"]
    assert (
        found["text/html"].count("<tr>") == 5
        and "&#60;b&#62;甲" in found["text/html"]
        and "<b>" not in found["text/html"]
    )
    assert browser.errors == []
