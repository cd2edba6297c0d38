"""``aiwei matrix``, and the counts behind it: offices by sections."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from report_samples import bundled, hits
from shell import aiwei, duty, node, sample, two_plans

from aiwei_cli.query import Filters
from aiwei_cli.query.matrix import Count, labels, matrix
from aiwei_cli.resources import bundled_notice
from aiwei_cli.write.heat import write_shaded

NOTICE = bundled_notice()


# --- the counts


def test_every_duty_is_counted_once_in_its_office_its_section_and_its_role() -> None:
    found = hits(bundled())
    for depth in (None, 0, 1, 2, 3):
        counted = matrix(found, depth)
        assert sum(count.total for count in counted.cells.values()) == 48
        offices = Counter(duty.office for hit in found for duty in hit.duties)
        assert dict(zip(counted.offices, (count.total for count in counted.by_office()), strict=True)) == offices
        assert Count(*map(sum, zip(*counted.by_section(), strict=True))) == Count(lead=4, responsible=38, support=6)


def test_sections_go_down_to_the_depth_that_is_asked_for() -> None:
    notice = sample()
    assert [each.id for each in matrix(hits(notice), 1).sections] == ["一", "二"]
    assert [each.id for each in matrix(hits(notice), 2).sections] == ["一/（一）", "一/（二）", "二"]
    assert [each.id for each in matrix(hits(notice), 9).sections] == ["一/（一）", "一/（二）", "二"]
    assert [each.label for each in matrix(hits(notice), 0).sections] == ["关于印发《工作要点》的通知"]


def test_offices_stand_by_how_much_they_have_to_do_and_sections_as_in_the_text() -> None:
    counted = matrix(hits(sample()))
    assert counted.offices[:2] == ("社会事务办", "妇联")
    assert str(counted.at(counted.offices.index("妇联"), 1)) == "牵2"
    assert labels(counted)[0] == "一/（一） 打造健康环境"


def test_an_item_under_no_heading_is_its_own_section() -> None:
    from dataclasses import replace

    flat = replace(sample(), body=(node("一", "一、", 1, text="整治" * 20, duties=(duty("lead", "甲局"),)),))
    assert labels(matrix(hits(flat))) == ["一 " + "整治" * 8 + "……"]


def test_several_notices_are_counted_whole_and_by_section_where_a_depth_is_given() -> None:
    notices = sample(), two_plans()
    assert labels(matrix(hits(*notices))) == ["关于印发《工作要点》的通知", "关于印发两个方案的通知"]
    assert labels(matrix(hits(*notices), 1))[-1] == "关于印发两个方案的通知：一#2 乙方案的工作"


def test_two_notices_of_one_name_stay_two() -> None:
    assert len(matrix(hits(sample(), sample())).sections) == 2


def test_duties_under_no_number_are_counted() -> None:
    from dataclasses import replace

    counted = matrix(hits(replace(sample(), duties=(duty("lead", "财政局"),))))
    assert labels(counted)[0] == "- （没有编号）" and "财政局" in counted.offices


def test_a_filter_for_a_role_counts_only_that() -> None:
    counted = matrix(hits(bundled(), filters=Filters(roles=("lead",))))
    assert {str(count)[0] for count in counted.cells.values()} == {"牵"} and len(counted.offices) == 1


# --- the command


def test_in_a_pipe_a_line_is_an_office_in_a_section() -> None:
    ran = aiwei("matrix", NOTICE)
    rows = [line.split("\t") for line in ran.lines]
    assert ran.code == 0 and all(len(row) == 9 for row in rows)
    assert ["综合执法局", "0", "6", "0", "6"] in [row[3:8] for row in rows]
    assert sum(int(row[7]) for row in rows) == 48
    header, *again = aiwei("matrix", NOTICE, "--header").lines
    assert again == ran.lines and header == "notice\tid\tsection\toffice\tlead\tresponsible\tsupport\ttotal\tpath"


def test_the_sums_are_those_of_offices() -> None:
    totals: Counter[str] = Counter()
    for row in aiwei("matrix", NOTICE, "--format", "json").json():
        totals[row["office"]] += row["total"]
    assert totals == {row["office"]: row["total"] for row in aiwei("offices", NOTICE, "--format", "json").json()}


def test_a_table_shows_the_roles_and_the_sums() -> None:
    ran = aiwei("matrix", NOTICE, "--format", "table", COLUMNS="100")
    assert ran.out.encode("gbk") and "\x1b" not in ran.out
    (office,) = [line for line in ran.lines if "社会事务办" in line]
    assert office.split() == ["社会事务办", "负4", "牵2", "负1", "牵2", "负2", "11"]
    assert ran.lines[-2].split() == ["合计", "15", "12", "10", "11", "48"]


@pytest.mark.parametrize("width", [24, 40, 60, 80, 200])
def test_no_table_is_wider_than_the_terminal_and_none_loses_a_cell(width: int) -> None:
    from rich.cells import cell_len

    ran = aiwei("matrix", NOTICE, "--format", "table", COLUMNS=str(width))
    assert max(cell_len(line) for line in ran.lines) <= width and "…" not in ran.out
    text = "".join(ran.out.split())
    assert sum(text.count(f"{role}{count}") * count for role in "牵负配" for count in range(1, 9)) == 48


def test_on_a_terminal_with_colours_more_is_darker() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    import os
    from unittest.mock import patch

    out = Terminal()
    colours = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "100", "LINES": "40"}
    with patch.dict(os.environ, colours):
        os.environ.pop("NO_COLOR", None)
        write_shaded(matrix(hits(bundled())), out)
    shades = {line.split("m")[0] for line in out.getvalue().split("\x1b[30;")[1:]}
    assert len(shades) == 4


def test_for_people_a_section_is_a_column(tmp_path: Path) -> None:
    header, _, first, *_, last = aiwei("matrix", NOTICE, "--format", "md").lines
    assert header.startswith("| 单位 | 一/（一） 打造健康宜居城乡环境 |") and header.endswith("| 合计 |")
    assert first.startswith("| 社会事务办 |  | 负4 | 牵2 负1 |") and last.endswith("| 48 |")
    assert aiwei("matrix", NOTICE, "-o", tmp_path / "a.docx").code == 0
    assert aiwei("matrix", NOTICE, "-o", tmp_path / "a.html").code == 0


def test_filters_and_depth() -> None:
    assert len(aiwei("matrix", NOTICE, "--role", "牵头").lines) == 2
    assert {line.split("\t")[1] for line in aiwei("matrix", NOTICE, "--depth", "1").lines} == {"一", "二"}
    assert {line.split("\t")[1] for line in aiwei("matrix", NOTICE, "--depth", "0").lines} == {""}
    assert aiwei("matrix", NOTICE, "--depth", "-1").code == 2


def test_nothing_matched_is_said_with_the_nearest_names() -> None:
    ran = aiwei("matrix", NOTICE, "--office", "综合执法")
    assert (ran.out, ran.code) == ("", 1) and "综合执法局" in ran.err
    assert aiwei("matrix", "-", stdin="没有编号的文字。".encode()).code == 1


def test_only_the_busiest_offices() -> None:
    ran = aiwei("matrix", NOTICE, "--top", "2", "--format", "csv")
    assert len({line.split(",")[0] for line in ran.out.splitlines()[1:]}) <= 2 and "另有 10 个单位没有列" in ran.err
    assert aiwei("matrix", NOTICE, "--top", "0").code == 2
