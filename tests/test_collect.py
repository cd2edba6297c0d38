"""Out and back: an office fills in its sheet, whatever it does to it, and its answers become events."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ledger_samples import by_li_si as run
from ledger_samples import from_text, put
from shell import environment

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.budget import Limits
from aiwei_cli.tracking.answers import read_answers

HEAD = "甲镇人民政府关于环境整治的通知\n甲政发〔2024〕1号\n一、主要任务\n"
TEXT = f"""{HEAD}1.修路。修好村里的主干道（水利局牵头，财政局配合）。2024年6月底前完成。
2.清淤。全面清淤疏浚（责任单位：水利局、财政局；完成时限：2024年5月31日）。
3.种树。在公路两边种植行道树（林业局负责）。
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Path]:
    put(tmp_path / "t.db", from_text(TEXT, "a.txt"))
    yield tmp_path / "t.db"


def listed(ledger: Path, columns: str, *args: str) -> list[str]:
    return run(ledger, "list", "t.db", "-q", "--columns", columns, *args).lines


def sent(ledger: Path, format: str = "xlsx") -> Path:
    assert run(ledger, "export", "t.db", "-q", "--split-by", "office", "-o", "发出", "--format", format).code == 0
    return ledger.parent / "发出"


Fill = Callable[[dict[str, Any]], dict[str, Any]]


def fill_sheet(sheet: Any, fill: Fill) -> None:
    """Fill in a sheet: ``fill`` gives for a row the cells to change."""
    top = next(number for number, row in enumerate(sheet.iter_rows(values_only=True), 1) if "任务号" in row)
    titles = [cell.value for cell in sheet[top]]
    for number in range(top + 1, sheet.max_row + 1):
        row = {title: sheet.cell(number, at).value for at, title in enumerate(titles, 1)}
        for title, value in fill(row).items():
            sheet.cell(number, titles.index(title) + 1).value = value


def fill_book(path: Path, fill: Fill) -> None:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        fill_sheet(sheet, fill)
    book.save(path)


def fill_csv(path: Path, fill: Fill, encoding: str = "gbk", order: list[str] | None = None) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    titles = order or list(rows[0])
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, titles, extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**row, **fill(row)} for row in rows)


def test_a_sheet_has_the_columns_to_fill_in_with_choices_and_the_rest_tinted(ledger: Path) -> None:
    (book,) = (openpyxl.load_workbook(path) for path in sent(ledger).glob("水利局.xlsx"))
    sheet = book.active
    titles = [cell.value for cell in sheet[3]]
    assert titles[0] == "任务号" and titles[-6:] == ["填报单位", "状态", "进展", "完成日期", "佐证", "备注"]
    (choices,) = sheet.data_validations.dataValidation
    assert choices.formula1 == '"未启动,暂缓,推进中,已办结,取消"' and str(choices.sqref) == "J4:J5"
    tinted = [cell.fill.fgColor.rgb == "FFF2F2F2" for cell in sheet[4]]
    assert tinted == [True] * 9 + [False] * 5 and not sheet.protection.sheet


def test_three_hundred_tasks_of_forty_offices_go_out_and_come_back(tmp_path: Path) -> None:
    items = "".join(f"{n}.第{n}项工作（第{n % 40}街道办事处牵头，财政局配合）。\n" for n in range(1, 301))
    put(tmp_path / "t.db", from_text(HEAD + items, "a.txt"))
    ledger = tmp_path / "t.db"
    assert run(ledger, "export", "t.db", "-q", "--split-by", "office", "-o", "发出.xlsx").code == 0
    states = ("推进中", "已完成", "暂缓")
    fill_book(
        tmp_path / "发出.xlsx",
        lambda row: {} if row["分工"] == "配合" else {"状态": states[row["任务号"] % 3], "完成日期": "2024-06-01"},
    )
    ran = run(ledger, "collect", "发出.xlsx")
    assert ran.code == 0 and "记下反馈 300 条，没有填的 300 行" in ran.err
    total = json.loads(run(ledger, "report", "--as-of", "2024-06-02", "--format", "json").out)["total"]
    assert (total["items"], total["by_status"]["已办结"], total["by_status"]["未反馈"]) == (300, 100, 0)
    assert "记下反馈 0 条，已记过 300 条" in run(ledger, "collect", "发出.xlsx").err, "twice is once"


def test_csv_comes_back_in_any_order_and_encoding(ledger: Path) -> None:
    folder = sent(ledger, "csv")
    fill_csv(folder / "水利局.csv", lambda row: {"状态": "在办"}, order=["状态", "自编号", "任务号", "填报单位"])
    assert "记下反馈 2 条" in run(ledger, "collect", str(folder / "水利局.csv")).err
    assert listed(ledger, "task,status") == ["1\t推进中", "2\t未反馈", "3\t未反馈"]


def test_offices_that_disagree_are_both_kept_and_told(ledger: Path) -> None:
    folder = sent(ledger, "csv")
    fill_csv(folder / "水利局.csv", lambda row: {"状态": "已办结"} if row["任务号"] == "2" else {})
    fill_csv(folder / "财政局.csv", lambda row: {"状态": "推进中"} if row["任务号"] == "2" else {})
    ran = run(ledger, "collect", "发出")
    assert "任务 2：水利局填已办结，财政局填推进中；不一致，都记下了" in ran.err
    assert len(run(ledger, "log", "2").lines) == 2 and listed(ledger, "status", "--task", "2") == ["推进中"]


def test_all_cells_of_a_row_that_cannot_be_read_are_told_at_once(ledger: Path) -> None:
    folder = sent(ledger, "csv")
    fill_csv(folder / "林业局.csv", lambda row: {"状态": "差不多了", "完成日期": "下个月"})
    told = run(ledger, "collect", "发出/林业局.csv")
    assert told.code == 1 and "“差不多了”不是状态" in told.err and "“下个月”不是日期" in told.err
    assert "读不了 2 处" in told.err and run(ledger, "log").lines == []


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the system")
@pytest.mark.parametrize("command", ["collect 发出", "mark 1 2 3 推进中"])
def test_where_the_disk_ends_no_event_is_half_written(ledger: Path, command: str) -> None:
    folder = sent(ledger, "csv")
    fill_csv(folder / "林业局.csv", lambda row: {"状态": "推进中", "进展": "很长" * 9000})
    note = "" if "collect" in command else f" --note {'很长' * 9000}"
    run(ledger, "mark", "1", "未启动")
    line = f'ulimit -f {ledger.stat().st_size // 1024}; exec "$0" -m aiwei_cli {command}{note} --ledger t.db'
    env = environment(PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run(["bash", "-c", line, sys.executable], cwd=ledger.parent, capture_output=True, env=env)
    assert done.returncode == 2 and "磁盘" in done.stderr.decode() and "重新建立" not in done.stderr.decode()
    assert len(run(ledger, "log").lines) == 1 and listed(ledger, "status") == ["未启动", "未反馈", "未反馈"]
    assert sorted(path.name for path in ledger.parent.iterdir()) == ["t.db", "发出"]


def test_a_corrected_office_or_date_is_beside_the_notices_words(ledger: Path) -> None:
    folder = sent(ledger)
    fill_book(folder / "林业局.xlsx", lambda row: {"责任单位": "文旅局、林业局", "截止日期": "2024-09-30"})
    assert "改正 2 处" in run(ledger, "collect", "发出/林业局.xlsx").err
    assert listed(ledger, "responsible,due", "--task", "3") == ["文化和旅游局、林业局\t2024-09-30"]
    assert listed(ledger, "responsible,due", "--task", "3", "--as-written") == ["林业局\t"]
    assert listed(ledger, "task", "--office", "文旅局") == listed(ledger, "task", "--due", "2024-09") == ["3"]
    assert listed(ledger, "task", "--office", "文旅局", "--as-written") == []
    assert "李四" in run(ledger, "log", "3").out
    parts = json.loads(run(ledger, "show", "--task", "3", "--format", "json").out)
    assert [(duty["office"], duty["rule"]) for duty in parts["duties"]] == [
        ("文化和旅游局", "台账改正"),
        ("林业局", "台账改正"),
    ]
    run(ledger, "mark", "3", "--undo")
    run(ledger, "mark", "3", "--undo")
    assert listed(ledger, "responsible,due", "--task", "3") == ["林业局\t"]


def test_what_was_corrected_is_no_change_of_the_notice(ledger: Path) -> None:
    folder = sent(ledger)
    fill_book(folder / "林业局.xlsx", lambda row: {"责任单位": "文旅局", "截止日期": "2024-09-30"})
    run(ledger, "collect", "发出/林业局.xlsx")
    put(ledger, from_text(TEXT.replace("财政局配合", "住建局配合"), "a.txt"))
    (change,) = json.loads(run(ledger, "diff", "t.db", "--notice", "环境整治", "--format", "json").out)[:1]
    assert change["owner"] == {"gone": ["财政局"], "come": ["住房和城乡建设局"], "swapped": []}
    assert "林业局" not in run(ledger, "diff", "t.db", "--notice", "环境整治").out


def test_a_sheet_of_an_older_version_corrects_nothing(ledger: Path) -> None:
    folder = sent(ledger, "csv")
    newer = TEXT.replace("（林业局负责）", "（文旅局负责）").replace("2024年6月底", "2024年8月底")
    put(ledger, from_text(newer, "a.txt"))
    fill_csv(folder / "林业局.csv", lambda row: {"状态": "推进中"})
    ran = run(ledger, "collect", "发出")
    assert "记下反馈 1 条，" in ran.err and "改正" not in ran.err
    assert listed(ledger, "responsible", "--task", "3") == ["文化和旅游局"]


def test_a_dry_run_shows_and_writes_nothing(ledger: Path) -> None:
    folder = sent(ledger, "csv")
    fill_csv(folder / "林业局.csv", lambda row: {"状态": "已办结", "完成日期": "2024-05-01"})
    before = ledger.read_bytes()
    ran = run(ledger, "collect", "发出", "--dry-run")
    assert "林业局\t反馈\t已办结" in ran.out and "会记下反馈 1 条" in ran.err and ledger.read_bytes() == before


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"任务号": "99", "状态": "已办结"}, "发出/林业局.csv A2：台账里没有任务“99”"),
        ({"任务号": "三", "状态": "已办结"}, "A2：台账里没有任务“三”"),
        ({"任务号": "", "状态": "已办结"}, "A2：没有任务号"),
        ({"状态": "差不多了"}, "J2：“差不多了”不是状态"),
        ({"状态": "已办结", "完成日期": "五月底"}, "L2：“五月底”不是日期"),
        ({"状态": "已办结", "完成日期": "2999-01-01"}, "L2：2999-01-01 还没有到"),
        ({"截止日期": "年底"}, "H2：“年底”不是日期"),
    ],
)
def test_what_cannot_be_read_is_told_by_cell_and_the_rest_is_kept(
    ledger: Path, cells: dict[str, str], said: str
) -> None:
    folder = sent(ledger, "csv")
    fill_csv(folder / "林业局.csv", lambda row: cells)
    fill_csv(folder / "水利局.csv", lambda row: {"状态": "已办结"})
    ran = run(ledger, "collect", "发出")
    assert ran.code == 1 and said in ran.err and "记下反馈 2 条" in ran.err and "读不了 1 处" in ran.err


def test_files_that_are_no_sheets_are_told(ledger: Path) -> None:
    (ledger.parent / "别的.csv").write_text("姓名,电话\n张三,1\n", "utf-8")
    (ledger.parent / "坏的.xlsx").write_bytes(b"PK\3\4")
    ran = run(ledger, "collect", "别的.csv", "坏的.xlsx")
    assert ran.code == 2 and "别的.csv：没有“任务号”这一列" in ran.err and "坏的.xlsx：" in ran.err
    assert "找不到这个文件" in run(ledger, "collect", "没有.xlsx").err
    assert "没有给出填好的表" in run(ledger, "collect").err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes")
def test_what_is_no_file_and_what_takes_too_long_stop_no_other_sheet(ledger: Path) -> None:
    folder = sent(ledger, "csv")
    fill_csv(folder / "水利局.csv", lambda row: {"状态": "已办结"})
    os.mkfifo(folder / "管道.csv")
    (folder / "链接.xlsx").symlink_to("不在了.xlsx")
    (folder / "文件夹.csv").mkdir()
    ran = run(ledger, "collect", "没有.xlsx", "发出")
    assert ran.code == 1 and "记下反馈 2 条" in ran.err and "读不了 3 处" in ran.err
    assert "管道.csv：是管道或设备" in ran.err and "指向的文件不在了" in ran.err and "没有.xlsx：找不到" in ran.err
    with pytest.raises(ReadError, match=r"林业局\.csv：读了 .* 秒还没有读完"):
        read_answers(folder / "林业局.csv", Limits(seconds=-1))
