"""``aiwei add`` and ``aiwei search``, and a ledger as the source of every other command."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from ledger_samples import TOILETS
from read_samples import PARAGRAPHS, docx, p
from shell import Ran, aiwei, environment, without_tasks

from aiwei_cli.cli import run
from aiwei_cli.resources import bundled_notice

NOTICE = bundled_notice()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of notices, and beside it a ledger of them."""
    top = tmp_path_factory.mktemp("notices")
    folder = top / "公文"
    folder.mkdir()
    text = NOTICE.read_text("utf-8")
    (folder / "a.txt").write_text(text, "utf-8")
    (folder / "b.txt").write_text(text.replace("图克镇", "乌审镇").replace("2023年", "2022年"), "utf-8")
    (folder / "厕所.txt").write_text(TOILETS, "utf-8")
    ran = aiwei("add", folder, "--ledger", top / "tasks.db")
    assert (ran.out, ran.code) == ("", 0) and "新收 3 篇" in ran.err and "共有 3 篇" in ran.err
    return folder


@pytest.fixture(scope="module")
def ledger(folder: Path) -> Path:
    return folder.parent / "tasks.db"


class Shell:
    """``aiwei`` within this process: jieba is loaded once for all questions."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *args: str | Path) -> Ran:
        code = run([str(arg) for arg in args])
        out, err = self._capsys.readouterr()
        return Ran(out, err, code)

    def found(self, *args: str | Path) -> list[list[str]]:
        """The cells of what a search finds."""
        return [line.split("\t") for line in self("search", *args).lines]


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


QUESTIONS = [
    ("list",),
    ("list", "--office", "综合执法局", "--header"),
    ("list", "--office", "市场监管所", "--per", "duty", "--format", "json"),
    ("list", "--role", "牵头", "--format", "yaml"),
    ("list", "--section", "二", "--keyword", "爱国卫生月", "--format", "table"),
    ("list", "--keyword", "厕所", "--words", "--labels", "zh"),
    ("list", "--year", "2022", "--own", "--format", "csv"),
    ("list", "--notice", "乌审镇", "--no-owner"),
    ("list", "--notice", "b.txt", "--office", "妇联"),
    ("list", "--office", "执法局"),
    ("list", "--notice", "没有这篇"),
    ("list", "--year", "1999"),
    ("offices",),
    ("offices", "--year", "2023", "--role", "lead"),
    ("sections",),
    ("matrix",),
    ("matrix", "--notice", "图克镇", "--depth", "1"),
    ("export", "--per", "duty"),
    ("export", "--format", "md", "--year", "2022"),
    ("parse", "--format", "jsonl", "--quiet"),
    ("parse", "--verify"),
    ("show", "6", "--year", "2022"),
    ("show", "九"),
    ("why", "8", "--notice", "图克镇"),
]


FOR_PEOPLE = (
    ("list", "--section", "二", "--keyword", "爱国卫生月", "--format", "table"),
    ("export", "--format", "md", "--year", "2022"),
    ("show", "6", "--year", "2022"),
)


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_a_ledger_answers_as_its_files_do_to_the_byte(
    folder: Path, ledger: Path, question: tuple[str, ...], shell: Shell
) -> None:
    command, *options = question
    places = [options.pop(0)] if command in ("show", "why") else []
    of_files = shell(command, *places, folder, *options)
    of_ledger = shell(command, *places, ledger, *options)
    assert of_ledger.plain.code == of_files.plain.code
    if question in FOR_PEOPLE:  # with a column of tasks, so with other widths
        assert not Counter("".join(of_files.out.split())) - Counter(of_ledger.out) - Counter("─：" * 10_000)
    else:
        assert without_tasks(of_ledger.plain.out) == without_tasks(of_files.plain.out)
    assert of_files.out or of_files.err
    assert [line.split("：")[0] for line in of_ledger.err.splitlines()] == [
        line.split("：")[0] for line in of_files.err.splitlines()
    ]


def test_the_environment_names_the_ledger(folder: Path, ledger: Path, tmp_path: Path) -> None:
    asked = aiwei("list", "--office", "综合执法局", AIWEI_LEDGER=str(ledger)).plain
    assert (len(asked.lines), asked.code, asked.err) == (14, 0, "")
    assert len(aiwei("search", "户厕", AIWEI_LEDGER=str(ledger)).lines) == 3
    # A notice that is named, or piped, comes before it.
    assert len(aiwei("list", AIWEI_LEDGER=str(ledger), AIWEI_NOTICE=str(NOTICE)).lines) == 27
    assert len(aiwei("list", stdin=NOTICE.read_bytes(), AIWEI_LEDGER=str(ledger)).lines) == 27
    added = aiwei("add", NOTICE, AIWEI_LEDGER=str(tmp_path / "new.db"))
    assert added.code == 0 and (tmp_path / "new.db").exists()


# --- add


def test_what_is_there_is_left_alone_and_a_changed_notice_becomes_a_version(tmp_path: Path) -> None:
    notice, ledger = tmp_path / "通知.txt", tmp_path / "tasks.db"
    notice.write_bytes(NOTICE.read_bytes())
    aiwei("add", notice, "--ledger", ledger)
    again = aiwei("add", notice, "--ledger", ledger)
    assert again.code == 0 and "新收 0 篇，已有 1 篇" in again.err and "共有 1 篇" in again.err
    notice.write_text(NOTICE.read_text("utf-8").replace("综合执法局", "城市执法局"), "utf-8")
    changed = aiwei("add", notice, "--ledger", ledger)
    assert changed.code == 0 and "第 2 版" in changed.err and "更新 1 篇" in changed.err
    assert aiwei("list", ledger, "--office", "综合执法局").code == 1
    assert len(aiwei("list", ledger, "--office", "城市执法局").lines) == 7
    assert len(aiwei("list", ledger, "--office", "综合执法局", "--all-versions").lines) == 7
    assert len(aiwei("list", ledger, "--all-versions").lines) == 54
    assert "1 篇是旧版本" in aiwei("add", NOTICE, "--ledger", ledger).err


def test_new_rules_read_a_notice_again_only_when_asked(tmp_path: Path) -> None:
    rules, ledger = tmp_path / "rules", tmp_path / "tasks.db"
    rules.mkdir()
    (rules / "offices.yaml").write_text("offices:\n- 城管执法大队 = 综合执法局\n", "utf-8")
    aiwei("add", NOTICE, "--ledger", ledger)
    assert "已有 1 篇" in aiwei("add", NOTICE, "--ledger", ledger, "--rules", rules).err
    assert "更新 1 篇" in aiwei("add", NOTICE, "--ledger", ledger, "--rules", rules, "--again").err
    assert "城管执法大队" in aiwei("offices", ledger).out


def test_a_bad_file_does_not_lose_the_good_ones(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    ran = aiwei("add", tmp_path / "空.txt", NOTICE, tmp_path / "没有.txt", "--ledger", tmp_path / "tasks.db")
    assert ran.code == 1 and "新收 1 篇，2 个读不了" in ran.err
    assert "空.txt" in ran.err and "没有.txt" in ran.err and "共 3 个文件" not in ran.err
    assert len(aiwei("list", tmp_path / "tasks.db").lines) == 27


def test_where_nothing_can_be_read_no_ledger_is_made(tmp_path: Path) -> None:
    ran = aiwei("add", tmp_path / "没有.txt", "--ledger", tmp_path / "tasks.db")
    assert ran.code == 2 and not (tmp_path / "tasks.db").exists()


@pytest.mark.parametrize(("args", "words"), [((NOTICE,), "--ledger"), (("--ledger", "a.db"), "没有给出公文")])
def test_what_is_missing_is_said(tmp_path: Path, args: tuple[str | Path, ...], words: str) -> None:
    ran = aiwei("add", *args, cwd=tmp_path)
    assert (ran.out, ran.code) == ("", 2) and words in ran.err and len(ran.err.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_what_parse_and_export_wrote_can_be_added_and_so_can_another_ledger(tmp_path: Path, ledger: Path) -> None:
    aiwei("parse", NOTICE, "-q", "-o", tmp_path / "a.yaml")
    new = tmp_path / "new.db"
    assert "新收 1 篇" in aiwei("add", tmp_path / "a.yaml", "--ledger", new).err
    assert "已有 1 篇" in aiwei("add", NOTICE, "--ledger", new).err
    assert "新收 2 篇，已有 1 篇" in aiwei("add", ledger, "--ledger", new).err
    assert "已有 3 篇" in aiwei("add", new, "--ledger", new).err
    corrected = tmp_path / "a.yaml"
    corrected.write_text(corrected.read_text("utf-8").replace("综合执法局", "城市执法局"), "utf-8")
    assert "更新 1 篇" in aiwei("add", corrected, "--ledger", new).err


def test_two_that_add_at_once_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.txt").write_text(f"一、开展第{number}项工作（财政局负责）。", "utf-8")
    ledger, files = tmp_path / "tasks.db", sorted(tmp_path.glob("*.txt"))
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "aiwei_cli", "add", *map(str, some), "--ledger", str(ledger)],
            env=environment(),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for some in (files[:40], files[20:])
    ]
    told = [process.communicate(timeout=60)[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    connection = sqlite3.connect(ledger)
    assert (
        connection.execute("SELECT count(*), count(DISTINCT digest), sum(latest) FROM notices").fetchone() == (60,) * 3
    )
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


# --- search


def test_words_are_found_inside_words_and_single_characters_too(folder: Path, shell: Shell) -> None:
    for asked in ("厕所", "户厕", "厕", "旅游厕所", "户厕和旅游"):
        (row,) = shell.found(asked, folder / "厕所.txt")
        assert row[2] == "一/（一）" and row[4] == "整治户厕和旅游厕所。" and row[6] == "住房和城乡建设局"


def test_what_fits_best_comes_first(ledger: Path, shell: Shell) -> None:
    rows = shell.found("厕所", "--ledger", ledger)
    assert [row[0] for row in rows] == [str(rank) for rank in range(1, len(rows) + 1)]
    assert sorted({(row[2], row[9][-5:]) for row in rows}) == [
        ("一/（一）", "所.txt"),
        *((f"一/（一）/{number}", f"{file}.txt") for number in (4, 8) for file in "ab"),
    ]


def test_an_items_own_words_come_before_those_of_a_heading_above(tmp_path: Path, shell: Shell) -> None:
    text = (
        "一、推进厕所革命\n1.排查摸底，登记造册，建立台账。\n2.新建和改建厕所，验收合格。\n二、其他工作\n3.按时报告。\n"
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert [row[2] for row in shell.found("厕所", tmp_path / "a.txt")] == ["一/2", "一/1"]


def test_a_word_comes_before_the_same_characters_in_two_words(tmp_path: Path, shell: Shell) -> None:
    text = "一、参与会议组织工作和后勤保障。\n二、请与会代表就组织和后勤提建议。\n三、其他工作另行安排布置。\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert [row[2] for row in shell.found("与会", tmp_path / "a.txt")] == ["二", "一"]


def test_several_words_have_to_be_there_and_if_nothing_has_all_some(ledger: Path, shell: Shell) -> None:
    assert {row[2] for row in shell.found("厕所 消毒", ledger)} == {"一/（一）/4"}
    ran = shell("search", "户厕 铁路", ledger)
    assert ran.code == 0 and "没有同时有" in ran.err and len(ran.lines) > 2


def test_offices_are_found_by_any_name_and_filters_narrow(ledger: Path, shell: Shell) -> None:
    assert shell.found("市场监管所", ledger) == shell.found("市场监督管理所", ledger) != []
    assert {row[2] for row in shell.found("家庭", ledger, "--office", "妇联", "--year", "2023")} == {
        "一/（二）/15",
        "二/（六）",
    }
    assert {row[2] for row in shell.found("家庭", ledger, "--section", "二", "--year", "2023")} == {"二/（六）"}
    assert len(shell.found("卫生", ledger, "--notice", "乌审镇", "--limit", "3")) == 3


def test_on_a_screen_what_was_found_stands_out(ledger: Path, shell: Shell) -> None:
    ran = aiwei("search", "户厕", ledger, "--format", "table", FORCE_COLOR="1", COLUMNS="200")
    assert "\x1b[1;31m户厕\x1b[0m" in ran.out
    assert "\x1b" not in shell("search", "户厕", ledger, "--format", "table").out
    rows = shell("search", "户厕", ledger, "--format", "json").json()
    assert rows[0]["snippet"] == "整治户厕和旅游厕所。" and rows[0]["rank"] == 1
    assert "户厕" in shell("search", "户厕", ledger, "--format", "yaml").out


@pytest.mark.parametrize("asked", ['a" OR "b', "NOT", "item : x", "\ufffd", "+", "|"])
def test_signs_of_the_query_language_are_only_characters(ledger: Path, shell: Shell, asked: str) -> None:
    ran = shell("search", asked, ledger)
    assert ran.code in (0, 1) and "Traceback" not in ran.err and "出错" not in ran.err
    assert all(asked[0] in line for line in ran.lines)


def test_punctuation_alone_is_not_looked_for(ledger: Path, shell: Shell) -> None:
    for asked in ('"', "（", "*", "-", "。 ，"):
        ran = shell("search", asked, ledger)
        assert (ran.out, ran.code, len(ran.err.splitlines())) == ("", 2, 1) and "只有标点" in ran.err
    assert shell("search", '"a AND (', ledger).out == ""
    assert shell("search", "厕所 （", ledger).out == shell("search", "厕所", ledger).out != ""


def test_nothing_found_says_so(ledger: Path, shell: Shell) -> None:
    ran = shell("search", "航天", ledger)
    assert (ran.out, ran.code) == ("", 1) and "没有找到" in ran.err
    assert shell("search", " ", ledger).code == 2


# --- export


def test_an_export_is_a_ledger_of_all_notices_and_the_same_twice_is_two(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_bytes((folder / "a.txt").read_bytes())
    sources, made = (folder, tmp_path / "copy.txt"), tmp_path / "out.db"
    ran = aiwei("export", *sources, "-o", made).plain
    assert (ran.out, ran.err, ran.code) == ("", "", 0)
    listed = without_tasks(aiwei("list", *sources).plain.out)
    assert without_tasks(aiwei("list", made).plain.out) == listed
    assert without_tasks(aiwei("list", "-", stdin=made.read_bytes()).plain.out) == listed
    assert sqlite3.connect(made).execute("SELECT count(*) FROM notices WHERE latest").fetchone() == (4,)
    piped = subprocess.run(
        [sys.executable, "-m", "aiwei_cli", "export", str(NOTICE), "--format", "sqlite"],
        capture_output=True,
        env=environment(),
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert piped.returncode == 0 and piped.stdout.startswith(b"SQLite format 3\0")


def test_a_ledger_can_be_exported_in_part(ledger: Path, tmp_path: Path) -> None:
    assert aiwei("export", ledger, "--year", "2022", "-o", tmp_path / "out.sqlite").code == 0
    part = aiwei("list", tmp_path / "out.sqlite").plain
    assert without_tasks(part.out) == without_tasks(aiwei("list", ledger, "--year", "2022").plain.out) != ""


def test_an_export_is_there_whole_or_not_at_all(folder: Path, tmp_path: Path) -> None:
    for args in (("--office", "妇联"), ("--year", "1999")):
        ran = aiwei("export", folder, *args, "-o", tmp_path / "out.db")
        assert ran.code in (1, 2) and ran.err and not list(tmp_path.iterdir())
    assert aiwei("list", folder, "-o", tmp_path / "out.db").code == 2 and not list(tmp_path.iterdir())


def test_questions_that_need_no_words_do_not_load_jieba(ledger: Path) -> None:
    program = (
        "import sys; from aiwei_cli.cli import run\n"
        f"run(['list', {str(ledger)!r}, '--office', '综合执法局', '--keyword', '卫生'])\n"
        f"run(['search', '环境卫生整治', {str(ledger)!r}])\n"
        "print(*sorted({'jieba', 'rich', 'json'} & sys.modules.keys()), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment(), timeout=60)
    assert ran.stdout and not {b"jieba", b"rich"} & set(ran.stderr.split())


def test_where_an_item_stands_in_a_word_file_is_shown_and_kept(tmp_path: Path) -> None:
    (tmp_path / "通知.docx").write_bytes(docx(*map(p, PARAGRAPHS)))
    shown = aiwei("show", "6", "通知.docx", cwd=tmp_path).out
    number = next(n for n, words in enumerate(filter(str.strip, PARAGRAPHS), 1) if words.startswith("6."))
    assert f"原文：通知.docx 第{number}段" in shown
    for command, kept in (("add", "a.db"), ("parse", "a.yaml"), ("parse", "a.json")):
        aiwei(command, "通知.docx", "--ledger" if command == "add" else "-o", kept, cwd=tmp_path)
        assert f"第{number}段" in aiwei("show", "6", kept, cwd=tmp_path).out


def test_a_ledger_named_twice_is_searched_once(ledger: Path) -> None:
    once, twice = (aiwei("search", "厕所", *named) for named in ((ledger,), (ledger, "--ledger", ledger)))
    assert (once.out, once.err) == (twice.out, twice.err) and once.out
