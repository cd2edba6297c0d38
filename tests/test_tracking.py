"""What was said and done: events are only added, and how a task stands follows from them."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_samples import by_li_si as run
from ledger_samples import from_text, put
from shell import aiwei

from aiwei_cli.errors import UsageError
from aiwei_cli.tracking.standing import Event, Standing, Words, standing
from aiwei_cli.tracking.when import period

TEXT = """甲镇人民政府关于环境整治的通知
甲政发〔2024〕1号
一、主要任务
1.修路。修好村里的主干道（水利局牵头，住建局配合）。2024年6月底前完成。
2.清淤。全面清淤疏浚（责任单位：水利局、住建局；完成时限：2024年5月31日）。
3.种树。在公路两边种植行道树。
"""
LED = Words("2024-06-30", "水利局", "财政所", "住建局")
SHARED = Words(None, "", "水利局、住建局", "")


def said(*reports: tuple[str, str, str]) -> list[Event]:
    """Reports as (day, office, status), in the order in which they were written down."""
    return [
        Event(number, 1, 1, "report", office, status, day) for number, (day, office, status) in enumerate(reports, 1)
    ]


@pytest.mark.parametrize(
    ("words", "reports", "status"),
    [
        (LED, [], "未反馈"),
        (LED, [("06-01", "水利局", "推进中")], "推进中"),
        (LED, [("06-01", "住建局", "已办结")], "未反馈"),
        (LED, [("06-01", "财政所", "已办结")], "未反馈"),
        (LED, [("06-02", "水利局", "已办结"), ("06-01", "水利局", "推进中")], "已办结"),
        (SHARED, [("06-01", "水利局", "已办结")], "未反馈"),
        (SHARED, [("06-01", "水利局", "已办结"), ("06-01", "住建局", "暂缓")], "暂缓"),
        (SHARED, [("06-01", "水利局", "已办结"), ("06-01", "住建局", "取消")], "已办结"),
        (SHARED, [("06-01", "水利局", "取消"), ("06-01", "住建局", "取消")], "取消"),
        (SHARED, [("06-01", "水利局", "推进中"), ("06-02", "", "已办结")], "已办结"),
        (SHARED, [("06-02", "", "已办结"), ("06-03", "水利局", "推进中")], "推进中"),
        (Words(None, "", "", "文旅局"), [("06-01", "文旅局", "推进中")], "推进中"),
        (LED, [("06-01", "水利局", "")], "未反馈"),
    ],
)
def test_the_status_is_the_leads_else_the_least_advanced_of_the_responsible(
    words: Words, reports: list[tuple[str, str, str]], status: str
) -> None:
    assert standing(said(*reports), words).status == status


def test_a_day_in_the_past_knows_only_what_was_before_it() -> None:
    events = said(("2024-06-01", "水利局", "推进中"), ("2024-06-20", "水利局", "已办结"))
    assert standing(events, LED, "2024-06-10").status == "推进中"
    assert standing(events, LED) == Standing("已办结", "2024-06-20")
    undone = [*events, Event(3, 1, 1, "undo", date="2024-06-20", reverses=2)]
    assert standing(undone, LED).status == "推进中"


def test_a_move_holds_until_the_notice_says_something_else() -> None:
    move = Event(1, 1, 1, "move", date="2024-06-01", field="due", was="2024-06-30", value="2024-07-31")
    assert standing([move], LED).due == "2024-07-31"
    assert standing([move], LED._replace(due="2024-09-30")).due is None
    lead = Event(2, 1, 1, "correct", date="2024-06-01", field="lead", was="水利局", value="住建局")
    assert standing([lead, *said(("2024-06-02", "住建局", "已办结"))], LED).status == "已办结"


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2024-02", "2024-02-01 2024-02-29"),
        ("2024年6月", "2024-06-01 2024-06-30"),
        ("2024Q4", "2024-10-01 2024-12-31"),
        ("2024年二季度", "2024-04-01 2024-06-30"),
        ("2024年下半年", "2024-07-01 2024-12-31"),
        ("本月", "2024-12-01 2024-12-31"),
        ("下个月", "2025-01-01 2025-01-31"),
        ("下季度", "2025-01-01 2025-03-31"),
        ("本周", "2024-12-09 2024-12-15"),
        ("十天之内", "2024-12-11 2024-12-21"),
        ("今天", "2024-12-11 2024-12-11"),
        ("2024-12-01~2024-12-15", "2024-12-01 2024-12-15"),
        ("2024", "2024-01-01 2024-12-31"),
        ("明年", "2025-01-01 2025-12-31"),
    ],
)
def test_spans_of_time_are_read_as_people_write_them(words: str, days: str) -> None:
    assert " ".join(period(words, "2024-12-11")) == days


@pytest.mark.parametrize("words", ["2024Q5", "2024-13", "年底", "2024-06-15~2024-06-01", "", "99999999天内", "9999年"])
def test_what_is_no_span_of_time_is_told(words: str) -> None:
    if words == "9999年":
        assert period(words, "2024-12-11")[1] == "9999-12-31"
        return
    with pytest.raises(UsageError, match="不是一段时间"):
        period(words, "2024-12-11")


# --- through the command


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Path]:
    put(tmp_path / "t.db", from_text(TEXT, "a.txt"))
    yield tmp_path / "t.db"


def listed(ledger: Path, *args: str) -> list[str]:
    ran = run(ledger, "list", "t.db", "-q", "--as-of", "2024-06-05", "--columns", "task,due,status,light", *args)
    return [" ".join(line.split("\t")) for line in ran.lines]


def test_a_month_of_marks(ledger: Path) -> None:
    assert run(ledger, "mark", "1", "推进中", "--office", "水利局", "--date", "2024-05-20").code == 0
    told = run(ledger, "mark", "2", "完成", "--office", "住建局", "--date", "2024-05-25")
    assert "记下了2024-05-25 住房和城乡建设局 反馈 已办结；现在是未反馈" in told.err
    assert listed(ledger) == [
        "1 2024-06-30 推进中 绿", "2 2024-05-31 未反馈 红（逾期5天）", "3  未反馈 灰"
    ]  # fmt: skip
    assert listed(ledger, "--overdue") == listed(ledger, "--light", "红") == ["2 2024-05-31 未反馈 红（逾期5天）"]
    assert listed(ledger, "--status", "推进中") == listed(ledger, "--due", "本月") == ["1 2024-06-30 推进中 绿"]
    assert listed(ledger, "--due-by", "2024-05-31") == ["2 2024-05-31 未反馈 红（逾期5天）"]
    assert listed(ledger, "--owned", "--sort", "due", "--limit", "1") == ["2 2024-05-31 未反馈 红（逾期5天）"]
    assert listed(ledger, "--issuer", "乙县") == []


def test_a_moved_date_holds_and_the_notices_own_stays_in_sight(ledger: Path) -> None:
    run(ledger, "mark", "2", "延期", "--due", "2024-06-07", "--note", "雨季", "--date", "2024-05-30")
    assert listed(ledger, "--light", "黄") == ["2 2024-06-07 未反馈 黄（还有2天）"]
    assert listed(ledger, "--as-written", "--task", "2") == ["2 2024-05-31 未反馈 红（逾期5天）"]
    assert listed(ledger, "--due", "2024-06-07") == ["2 2024-06-07 未反馈 黄（还有2天）"]
    shown = run(ledger, "show", "--task", "2")
    assert "延期：2024-06-07" in shown.out and "完成时限：2024年5月31日" in shown.out
    logged = run(ledger, "log", "2", "--format", "csv").out
    assert "2024-05-31 → 2024-06-07,雨季" in logged and "李四" in logged


def test_taking_back_is_an_event_too(ledger: Path) -> None:
    run(ledger, "mark", "1", "已办结", "--date", "2024-05-20")
    run(ledger, "mark", "2", "暂缓", "--date", "2024-05-20")
    assert "任务 1 2024-05-20 反馈 已办结" in run(ledger, "mark", "1", "--undo").err
    assert [line.split()[2] for line in listed(ledger)[:2]] == ["未反馈", "暂缓"]
    assert len(run(ledger, "log").lines) == 3
    assert run(ledger, "mark", "1", "--undo").code == 2, "there is nothing left"


def test_evidence_is_kept_by_name_and_checksum(ledger: Path) -> None:
    (ledger.parent / "验收单.txt").write_text("合格", "utf-8")
    assert run(ledger, "mark", "1", "已办结", "--evidence", "验收单.txt").code == 0
    assert "验收单.txt" in run(ledger, "log", "1").out
    (kept,) = sqlite3.connect(ledger).execute("SELECT evidence_sha256 FROM events").fetchone()
    assert len(kept) == 64


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("mark",), "缺少任务号和状态"),
        (("mark", "已办结", "1"), "参数写反了，任务号要写在前面：aiwei mark 1 已办结"),
        (("mark", "99", "已办结"), "没有任务 99；任务号从 1 到 3"),
        (("mark", "1", "好了"), "没有“好了”这种状态"),
        (("mark", "1", "已办结", "--date", "2999-01-01"), "还没有到"),
        (("mark", "1", "已办结", "--date", "昨天"), "不是日期"),
        (("mark", "1", "延期", "--note", "雨季"), "延期要写到哪一天"),
        (("mark", "1", "延期", "--due", "2024-07-31"), "延期要写原因"),
        (("mark", "1", "已办结", "--evidence", "没有.pdf"), "没有.pdf：找不到这个文件"),
        (("mark", "1"), "没有写状态"),
        (("mark", "--undo"), "没有可以撤回的"),
        (("list", "t.db", "--columns", "甲"), "没有“甲”这一列"),
        (("list", "t.db", "--light", "蓝"), "没有“蓝”这种灯"),
        (("list", "t.db", "--limit", "0"), "--limit 是条数"),
        (("list", "t.db", "--limit", "1e5"), "--limit 要写整数，不能是“1e5”"),
        (("list", "t.db", "--sort", "甲"), "--sort 只能是"),
        (("remove", "--notice", "乙县"), "没有公文“乙县”"),
        (("remove",), "没有说明移出哪篇公文"),
        (("remove", "--notice", "甲镇", "--purge"), "脚本里请加 --yes"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(ledger: Path, args: tuple[str, ...], said: str) -> None:
    before = ledger.read_bytes()
    ran = run(ledger, *args)
    assert ran.code == 2 and said in ran.err and ledger.read_bytes() == before


@pytest.mark.parametrize("command", ["list", "export"])
def test_more_than_any_number_of_rows_is_all_of_them(ledger: Path, command: str) -> None:
    assert run(ledger, command, "t.db", "--limit", f"{10**22}").out == run(ledger, command, "t.db").out


def test_without_a_ledger_nothing_is_made(tmp_path: Path) -> None:
    assert "没有说明是哪个台账" in aiwei("mark", "1", "已办结", cwd=tmp_path).err
    assert "没有这个台账" in aiwei("log", "1", "--ledger", "x.db", cwd=tmp_path).err
    assert list(tmp_path.iterdir()) == []


# --- what a ledger holds


def test_a_removed_notice_is_in_no_answer_until_it_comes_back(ledger: Path) -> None:
    put(ledger, from_text(TEXT.replace("甲", "乙"), "b.txt"))
    assert "移出了" in run(ledger, "remove", "--notice", "甲镇").err
    assert [line.split("\t")[0] for line in run(ledger, "notices").lines] == ["乙镇人民政府关于环境整治的通知"]
    assert len(listed(ledger)) == 3 and len(run(ledger, "notices", "--removed").lines) == 2
    views = "SELECT count(*) FROM tasks", "SELECT count(DISTINCT notice) FROM assignments"
    assert [sqlite3.connect(ledger).execute(view).fetchone()[0] for view in views] == [3, 1]
    run(ledger, "mark", "--undo")
    assert len(listed(ledger)) == 6
    run(ledger, "remove", "--notice", "甲镇")
    put(ledger, from_text(TEXT, "a.txt"))
    assert len(listed(ledger)) == 6, "who adds it again wants it"


def test_a_purged_notice_is_gone_from_the_file_and_its_numbers_are_not_given_again(ledger: Path) -> None:
    put(ledger, from_text("乙县关于防汛的通知\n一、巡堤查险（应急局负责）。\n", "b.txt"))
    run(ledger, "mark", "4", "已办结", "--note", "秘密进展")
    assert run(ledger, "remove", "--notice", "乙县", "--purge", "--yes").code == 0
    assert "巡堤".encode() not in ledger.read_bytes() and "秘密进展".encode() not in ledger.read_bytes()
    put(ledger, from_text("丙县关于防火的通知\n一、清理林下可燃物（林业局负责）。\n", "c.txt"))
    assert [line.split()[0] for line in listed(ledger)] == ["1", "2", "3", "5"]
    assert run(ledger, "search", "巡堤", "t.db").code == 1
    connection = sqlite3.connect(ledger)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("INSERT INTO nodes_characters (nodes_characters) VALUES ('integrity-check')")


# --- the report


def test_the_figures_of_a_report_add_up(ledger: Path) -> None:
    put(ledger, from_text(TEXT.replace("甲", "乙").replace("水利局", "林业局"), "b.txt"))
    for words in (("1", "已办结"), ("2", "推进中", "--office", "水利局"), ("4", "暂缓"), ("6", "取消")):
        run(ledger, "mark", *words, "--date", "2024-05-20")
    for by in ("office", "notice", "section"):
        data = json.loads(run(ledger, "report", "--as-of", "2024-06-05", "--format", "json", "--by", by).out)
        for counts in (data["total"], *data["groups"]):
            assert sum(counts["by_status"].values()) == counts["items"] and counts["late"] <= counts["items"]
        if by != "office":
            assert sum(counts["items"] for counts in data["groups"]) == data["total"]["items"] == 6
        assert data["total"]["late"] == len(data["late"]) == 2
        assert [row["days"] for row in data["late"]] == [5, 5]
    assert data["text"] == ("截至2024年6月5日，确定事项6件，已办结1件，占比17%；暂缓1件；取消1件；未反馈3件；逾期2件。")
    silent = {row["office"]: row["tasks"] for row in data["unreported"]}
    assert silent == {"住房和城乡建设局": "2、5", "林业局": "5", "（没有责任单位）": "3"}, "水利局 reported on 2"


@pytest.mark.parametrize("name", ["通报.md", "通报.docx", "通报.xlsx", "通报.html"])
def test_a_report_is_written_for_people(ledger: Path, name: str) -> None:
    assert run(ledger, "report", "t.db", "--as-of", "2024-06-05", "-o", name).code == 0
    content = (ledger.parent / name).read_bytes()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(ledger.parent / name) as archive:
            content = b"".join(archive.read(part) for part in archive.namelist() if part.endswith(".xml"))
    for words in ("截至2024年6月5日", "确定事项3件", "逾期事项", "清淤", "合计"):
        assert words.encode() in content


def test_the_page_of_a_ledger_shows_its_lights_on_the_day_that_is_asked_for(ledger: Path) -> None:
    run(ledger, "mark", "1", "推进中", "--office", "水利局", "--date", "2024-05-20")
    assert run(ledger, "export", "t.db", "-q", "--as-of", "2024-06-05", "-o", "a.html").code == 0
    page = (ledger.parent / "a.html").read_text("utf-8")
    assert "截至 2024-06-05" in page and '"fixed":true' in page and "红（逾期5天）" in page
    assert run(ledger, "export", "t.db", "-q", "--split-by", "office", "--format", "html", "-o", "各单位").code == 0
    assert '"fixed":false' in (ledger.parent / "各单位" / "水利局.html").read_text("utf-8")


def test_an_office_with_an_enumeration_in_its_name_is_one_office(tmp_path: Path) -> None:
    text = "甲省关于修路的通知\n1.修路（责任单位：省税务局、各县（市、区）人民政府）。\n"
    put(tmp_path / "t.db", from_text(text, "a.txt"))
    found = run(tmp_path / "t.db", "report", "--format", "json").json()
    assert [group["name"] for group in found["groups"]] == ["省税务局", "各县（市、区）人民政府"]
    assert run(tmp_path / "t.db", "mark", "1", "已办结", "--office", "各县（市、区）人民政府").code == 0
    assert run(tmp_path / "t.db", "mark", "1", "已办结", "--office", "省税务局").err.endswith("现在是已办结\n")


def test_a_report_of_nothing_says_so(ledger: Path) -> None:
    ran = run(ledger, "report", "--notice", "乙县")
    assert ran.code == 1 and "没有公文“乙县”" in ran.err and ran.out == ""
    assert "--by 只能是" in run(ledger, "report", "--by", "月").err
