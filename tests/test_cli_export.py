"""``aiwei export``: the table that a clerk opens in Excel and a script reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from shell import aiwei

from aiwei_cli import parse
from aiwei_cli.cli.output import Out
from aiwei_cli.notice.model import Hit
from aiwei_cli.resources import bundled_notice
from aiwei_cli.write.report import Report

NOTICE = bundled_notice()


def test_in_a_pipe_it_is_plain_csv_with_a_row_an_item() -> None:
    ran = aiwei("export", NOTICE)
    rows = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert len(rows) == 27 and not ran.out.startswith("\ufeff") and "\r" not in ran.out
    assert rows[0]["id"] == "一/（一）/1" and rows[0]["responsible"] == "城市管理办、财政所"
    assert rows[5]["support"] == "各嘎查村（社区）"


def test_a_row_a_duty() -> None:
    assert len(list(csv.DictReader(io.StringIO(aiwei("export", NOTICE, "--per", "duty").out, newline="")))) == 48


def test_with_o_it_opens_in_excel(tmp_path: Path) -> None:
    place = tmp_path / "任务分解表.csv"
    ran = aiwei("export", NOTICE, "-o", place)
    data = place.read_bytes()
    assert (ran.out, ran.code) == ("", 0)
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == 28


@pytest.mark.parametrize("name", ["a.tsv", "a.json", "a.jsonl", "a.yaml", "a.md"])
def test_the_name_of_the_file_tells_the_format(tmp_path: Path, name: str) -> None:
    aiwei("export", NOTICE, "-o", tmp_path / name)
    assert (tmp_path / name).read_text("utf-8") == aiwei("export", NOTICE, "--format", name[2:]).out


@pytest.mark.parametrize("name", ["a.pptx", "a.txt"])
def test_a_name_that_tells_no_format_is_refused(tmp_path: Path, name: str) -> None:
    ran = aiwei("export", NOTICE, "-o", tmp_path / name)
    assert ran.code == 2 and ".csv" in ran.err and list(tmp_path.iterdir()) == []
    assert aiwei("export", NOTICE, "-o", tmp_path / name, "--format", "csv").code == 0


def test_tsv_has_a_header_that_can_be_left_out() -> None:
    full = aiwei("export", NOTICE, "--format", "tsv").lines
    assert full[0].startswith("notice\tid") and len(full) == 28
    assert aiwei("export", NOTICE, "--format", "tsv", "--no-header").lines == full[1:]


def test_the_filters_of_list_apply() -> None:
    assert len(aiwei("export", NOTICE, "--office", "妇联", "--format", "jsonl").lines) == 2


def test_where_nothing_matched_no_file_is_made(tmp_path: Path) -> None:
    ran = aiwei("export", NOTICE, "--office", "教育局", "-o", tmp_path / "a.csv")
    assert ran.code == 1 and list(tmp_path.iterdir()) == []


def test_a_failing_source_leaves_the_old_file(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    place.write_text("旧", "utf-8")
    assert aiwei("export", tmp_path / "没有.txt", "-o", place).code == 2
    assert place.read_text("utf-8") == "旧"


def test_markdown_is_the_whole_notice_with_its_table() -> None:
    text = aiwei("export", NOTICE, "--format", "md").out
    assert text.startswith("# 图克镇人民政府关于印发《2023年爱国卫生运动工作要点》的通知\n")
    assert "\n### 一、推动落实的重点工作\n" in text and text.count("\n| 一/") == 21


def test_what_was_exported_can_be_asked_again(tmp_path: Path) -> None:
    from aiwei_cli.query.rows import notices_from_rows

    rows = aiwei("export", NOTICE, "--format", "json").json()
    (notice,) = notices_from_rows(rows)
    (tmp_path / "a.json").write_text(__import__("json").dumps(notice.to_dict()), "utf-8")
    for asked in (
        ("--office", "综合执法局"),
        ("--section", "一/（二）"),
        ("--section", "组织开展"),
        ("--role", "牵头"),
    ):
        again = [line.split("\t")[1] for line in aiwei("list", tmp_path / "a.json", *asked).lines]
        assert again == [line.split("\t")[1] for line in aiwei("list", NOTICE, *asked).lines]


def test_who_is_stopped_before_a_workbook_is_written_says_so(tmp_path: Path) -> None:
    def stopped() -> Iterator[Hit]:
        yield next(iter(parse("一、修路（水利局负责）。").items()))
        raise KeyboardInterrupt

    out = Out(format=None, output=str(tmp_path / "表.xlsx"))
    with pytest.raises(KeyboardInterrupt) as stop:
        out.report(Report(stopped()))
    assert "表.xlsx 没有写" in "".join(stop.value.__notes__) and not list(tmp_path.iterdir())
