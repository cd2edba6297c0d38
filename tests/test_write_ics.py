"""Calendars: read back by a library that knows RFC 5545."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from ledger_samples import from_text, put
from shell import aiwei

TEXT = """甲镇关于防汛的通知
甲政发〔2024〕1号
一、巡堤查险，每月5日前报送情况（水利局负责）。
二、备足物料；要有“沙袋,编织袋”（应急局牵头，水利局配合；完成时限：2024年5月底前、2024年6月底前）。
三、宣传到户（宣传办负责）。
甲镇人民政府
2024年3月10日
"""


def events(path: Path, *args: str) -> list[Any]:
    ran = aiwei("export", "t.db", "-q", "-o", "提醒.ics", *args, cwd=path, AIWEI_LEDGER="t.db", SOURCE_DATE_EPOCH="0")
    assert ran.code == 0, ran.err
    content = (path / "提醒.ics").read_bytes()
    lines = content.split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 and b"\n" not in line for line in lines)
    return list(Calendar.from_ical(content).walk("VEVENT"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path / "t.db", from_text(TEXT, "a.txt"))
    return tmp_path


def test_a_calendar_reads_back_day_by_day(folder: Path) -> None:
    found = events(folder)
    assert [each.decoded("DTSTART") for each in found] == [date(2024, 4, 5), date(2024, 5, 31), date(2024, 6, 30)]
    assert all(each.decoded("DTEND") - each.decoded("DTSTART") == timedelta(days=1) for each in found)
    assert found[0]["RRULE"].to_ical() == b"FREQ=MONTHLY;BYMONTHDAY=5" and "RRULE" not in found[1]
    (alarm,) = found[1].walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(days=-3) and alarm["ACTION"] == "DISPLAY"
    assert "沙袋,编织袋" in found[1]["SUMMARY"] and "牵头：应急管理局" in found[1]["DESCRIPTION"]
    assert found[1]["DESCRIPTION"].startswith("任务 2（未反馈）\n甲镇关于防汛的通知")
    assert events(folder, "--remind", "7")[1].walk("VALARM")[0].decoded("TRIGGER") == timedelta(days=-7)


def test_a_second_import_updates_the_first(folder: Path) -> None:
    before = [str(each["UID"]) for each in events(folder)]
    assert len(set(before)) == 3
    put(folder / "t.db", from_text(TEXT.replace("一、巡堤", "一、编制预案（应急局负责）。\n二、巡堤"), "a.txt"))
    assert [str(each["UID"]) for each in events(folder)] == before


def test_what_is_done_is_in_no_calendar_and_what_was_moved_is_on_its_new_day(folder: Path) -> None:
    for words in (("1", "已办结"), ("2", "延期", "--due", "2024-08-01", "--note", "雨季")):
        assert aiwei("mark", *words, "--ledger", "t.db", cwd=folder).code == 0
    assert [each.decoded("DTSTART") for each in events(folder)] == [date(2024, 8, 1)]


def test_without_dates_there_is_no_calendar(folder: Path) -> None:
    ran = aiwei("export", "t.db", "-q", "--task", "3", "-o", "无.ics", cwd=folder)
    assert ran.code == 1 and not (folder / "无.ics").exists()
    assert "--remind 是提前几天" in aiwei("export", "t.db", "--remind", "-1", "-o", "a.ics", cwd=folder).err
