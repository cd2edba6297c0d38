"""``aiwei list`` and ``aiwei offices``, ``aiwei sections`` on the notice that comes with the package."""

from __future__ import annotations

from pathlib import Path

import pytest
from shell import aiwei

from aiwei_cli.query.table import ITEM_COLUMNS
from aiwei_cli.resources import bundled_notice

NOTICE = bundled_notice()


def ids(*args: str) -> list[str]:
    return [line.split("\t")[1] for line in aiwei("list", NOTICE, *args).lines]


def test_in_a_pipe_every_item_is_a_line_without_a_header() -> None:
    ran = aiwei("list", NOTICE).plain
    assert (len(ran.lines), ran.code, ran.err) == (27, 0, "")
    assert {line.count("\t") for line in ran.lines} == {len([c for c in ITEM_COLUMNS if c.program]) - 1}


def test_the_header_can_be_asked_for() -> None:
    ran = aiwei("list", NOTICE, "--header")
    assert ran.lines[0].startswith("notice\tid\tnumber\t") and len(ran.lines) == 28
    assert aiwei("list", NOTICE, "--header", "--labels", "zh").lines[0].startswith("公文\t编号\t序号\t")


def test_items_of_an_office() -> None:
    assert ids("--office", "综合执法局") == [
        "一/（一）/2",
        "一/（一）/4",
        "一/（一）/5",
        "一/（一）/6",
        "一/（一）/7",
        "一/（一）/8",
        "一/（三）/16",
    ]


@pytest.mark.parametrize(
    "names", [("市场监管所", "市场监督管理所"), ("各嘎查村社区", "各嘎查村（社区）"), ("基层党的建设办", "基层党建办")]
)
def test_an_office_is_found_by_either_name(names: tuple[str, str]) -> None:
    one, other = (ids("--office", name) for name in names)
    assert one == other and one


def test_repeated_options_mean_any_of_them_and_different_ones_all() -> None:
    both = ids("--office", "财政所", "--office", "妇联")
    assert both == ["一/（一）/1", "一/（二）/15", "二/（六）"]
    assert ids("--office", "妇联", "--section", "二") == ["二/（六）"]


@pytest.mark.parametrize("role", ["牵头", "lead", "主办"])
def test_roles_go_by_chinese_and_english_names(role: str) -> None:
    assert ids("--role", role) == ["一/（三）/17", "一/（三）/21", "二/（一）", "二/（四）"]


def test_keywords_in_text_and_headings() -> None:
    assert ids("--keyword", "旅游厕所") == ["一/（一）/4"]
    assert ids("--keyword", "社会健康综合治理", "--role", "牵头") == ["一/（三）/17", "一/（三）/21"]
    assert ids("--keyword", "厕所 消毒", "--words") == ["一/（一）/4"]


def test_every_item_of_the_notice_has_an_owner_and_none_a_date() -> None:
    for option in (("--no-owner",), ("--due-before", "2024-01-01")):
        ran = aiwei("list", NOTICE, *option).plain
        assert (ran.out, ran.code) == ("", 1)
        assert ran.err == "没有符合条件的事项\n"


@pytest.mark.parametrize(
    ("option", "asked", "near"),
    [("--office", "执法局", "综合执法局"), ("--section", "健康城乡", "打造健康宜居城乡环境")],
)
def test_an_unknown_name_gets_the_nearest_and_exit_code_1(option: str, asked: str, near: str) -> None:
    ran = aiwei("list", NOTICE, option, asked)
    assert (ran.out, ran.code) == ("", 1) and ran.err.startswith("没有符合条件的事项")
    assert f"“{asked}”" in ran.err and near in ran.err


def test_a_name_that_none_comes_near_gets_some_of_those_there_are(tmp_path: Path) -> None:
    ledger = tmp_path / "a.db"
    assert aiwei("export", NOTICE, "-o", ledger).code == 0
    for source in (NOTICE, ledger):
        ran = aiwei("list", source, "--office", "啥局", "-q")
        assert (ran.out, ran.code) == ("", 1)
        assert "；现有：城市管理办、财政所、" in ran.err and ran.err.endswith("等，全部见 aiwei offices\n")
        ran = aiwei("list", source, "--section", "九", "-q")
        assert (ran.out, ran.code) == ("", 1)
        assert ran.err.endswith("没有章节“九”；现有：一 推动落实的重点工作、二 组织开展的活动\n")


def test_an_unknown_name_beside_a_known_one_is_told_too() -> None:
    ran = aiwei("list", NOTICE, "--office", "妇联", "--office", "教育局")
    assert len(ran.lines) == 2 and ran.code == 0 and "“教育局”" in ran.err


@pytest.mark.parametrize(
    "args",
    [
        ("--role", "领导"),
        ("--due-before", "明天"),
        ("--format", "xls"),
        ("--labels", "fr"),
        ("--per", "office"),
        ("--office", ""),
        ("--no-owner", "--office", "妇联"),
        ("--no-owner", "--per", "duty"),
        ("--offic", "妇联"),
        ("--office",),
    ],
)
def test_wrong_usage_is_one_chinese_sentence_and_exit_code_2(args: tuple[str, ...]) -> None:
    ran = aiwei("list", NOTICE, *args)
    assert (ran.out, ran.code) == ("", 2)
    assert ran.err.startswith("错误：") and len(ran.err.splitlines()) == 1


def test_duties_are_counted_in_lines() -> None:
    assert len(aiwei("list", NOTICE, "--per", "duty").lines) == 48
    rows = aiwei("list", NOTICE, "--per", "duty", "--office", "各嘎查村社区", "--format", "json").json()
    assert {(row["role"], row["office"], row["written"]) for row in rows} == {
        ("support", "各嘎查村（社区）", "各嘎查村社区")
    }


@pytest.mark.parametrize("format", ["table", "tsv", "csv", "json", "jsonl", "yaml", "md"])
def test_every_format_shows_the_items(format: str) -> None:
    ran = aiwei("list", NOTICE, "--office", "妇联", "--format", format)
    assert ran.code == 0 and "一/（二）/15" in ran.out and "二/（六）" in ran.out


def test_nothing_matched_is_an_empty_list_for_a_program() -> None:
    ran = aiwei("list", NOTICE, "--office", "妇联", "--section", "一/（一）", "--format", "json")
    assert ran.json() == [] and ran.code == 1


def test_offices_with_counts_by_role_and_other_names() -> None:
    rows = aiwei("offices", NOTICE, "--format", "json").json()
    assert sum(row["total"] for row in rows) == 48
    by_name = {row["office"]: row for row in rows}
    assert [by_name["社会事务办"][role] for role in ("lead", "responsible", "support")] == [4, 7, 0]
    assert by_name["市场监督管理所"]["written"] == "市场监管所"
    assert len(aiwei("offices", NOTICE).lines) == len(rows)


def test_sections_are_the_outline_with_counts() -> None:
    rows = aiwei("sections", NOTICE, "--format", "json").json()
    assert [(row["id"], row["items"], row["duties"]) for row in rows] == [
        ("一", 21, 37),
        ("一/（一）", 8, 15),
        ("一/（二）", 7, 12),
        ("一/（三）", 6, 10),
        ("二", 6, 11),
    ]


def test_several_files_are_one_list_and_a_bad_one_does_not_stop_it(tmp_path: Path) -> None:
    copy = tmp_path / "副本.txt"
    copy.write_bytes(NOTICE.read_bytes())
    ran = aiwei("list", NOTICE, tmp_path / "没有.txt", copy)
    assert len(ran.lines) == 54 and ran.code == 1
    told = ran.plain.err.splitlines()
    assert "没有.txt" in told[0] and told[1:] == ["共 3 个文件，1 个读不了"]


@pytest.mark.parametrize("command", ["list", "export", "parse", "offices", "sections", "matrix", "search", "show"])
def test_a_folder_that_was_not_read_in_full_is_summed_up(command: str, tmp_path: Path) -> None:
    (tmp_path / "好.txt").write_bytes(NOTICE.read_bytes())
    (tmp_path / "空.txt").write_bytes(b"")
    args = {"search": ["厕所"], "show": ["6"]}.get(command, [])
    ran, alone = aiwei(command, *args, tmp_path), aiwei(command, *args, tmp_path / "好.txt")
    assert ran.out == alone.out and ran.err.splitlines().count("共 2 个文件，1 个读不了") == 1
    assert "个文件" not in aiwei(command, *args, tmp_path / "空.txt").err


def test_where_nothing_can_be_read_the_exit_code_is_2(tmp_path: Path) -> None:
    ran = aiwei("list", tmp_path / "没有.txt")
    assert (ran.out, ran.code) == ("", 2) and "没有.txt" in ran.err


def test_what_parse_wrote_is_a_source(tmp_path: Path) -> None:
    wanted = aiwei("list", NOTICE).out
    for name in ("a.yaml", "a.json", "a.jsonl"):
        aiwei("parse", NOTICE, "-q", "-o", tmp_path / name)
        assert aiwei("list", tmp_path / name).out == wanted
    assert aiwei("list", "-", stdin=(tmp_path / "a.yaml").read_bytes()).out == wanted


def test_a_user_adds_names_of_offices(tmp_path: Path) -> None:
    (tmp_path / "offices.yaml").write_text("offices:\n- 综合执法局 = 城管执法队\n", "utf-8")
    asked = ("list", NOTICE, "--office", "城管执法队")
    assert aiwei(*asked).code == 1
    assert len(aiwei(*asked, "--rules", tmp_path).lines) == 7
    assert len(aiwei(*asked, AIWEI_RULES=str(tmp_path)).lines) == 7


PLAN = "各村：\n现将方案印发给你们。\n丙县水利局\n2024年3月1日\n丙县清淤实施方案\n一、清淤。（县水利局负责）\n"


@pytest.mark.parametrize(
    ("name", "text", "called"),
    [("通知.txt", PLAN, "丙县清淤实施方案"), ("清淤安排.txt", "一、清淤。（县水利局负责）\n", "清淤安排")],
)
def test_without_a_title_the_plan_or_the_file_names_the_notice(
    tmp_path: Path, name: str, text: str, called: str
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert aiwei("list", str(path)).lines[0].split("\t")[0] == called
    again = tmp_path / "again.csv"
    aiwei("list", str(path), "-o", str(again))
    assert aiwei("list", str(again)).lines[0].split("\t")[0] == called
    assert f"# {called}" in aiwei("export", str(path), "--format", "md").out or name == "通知.txt"
    assert aiwei("parse", str(path), "--format", "json").json()["title"] is None


def test_an_empty_name_and_no_name_without_the_sample_are_errors() -> None:
    ran = aiwei("list", "")
    assert ran.code == 2 and "文件名是空的" in ran.err
    for done in (aiwei("list", "--no-sample"), aiwei("list", AIWEI_SAMPLE="0")):
        assert done.code == 2 and "没有给出文件" in done.err and not done.out
    assert aiwei("list").code == 0


def test_a_file_without_a_suffix_is_named_for_what_it_is(tmp_path: Path) -> None:
    ran = aiwei("export", "-o", tmp_path / "表")
    assert "写成了 csv；文件名以 .csv 结尾才好打开" in ran.err
    assert "写成了" not in aiwei("export", "-o", tmp_path / "表.csv").err
