"""Ledgers live on: one of any version is read as it is, and brought to the latest by who writes to it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ledger_samples import from_text, offices, put, store_of_words
from shell import Ran, aiwei, environment, filled, sample

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.model import Notice
from aiwei_cli.query import Filters
from aiwei_cli.query.which import Which
from aiwei_cli.store import connect, versions
from aiwei_cli.store.add import Store
from aiwei_cli.store.columns import columns_of
from aiwei_cli.store.query import Ledger
from aiwei_cli.store.record import record_tables
from aiwei_cli.tracking.standing import untracked

OLD = Path(__file__).with_name("samples") / "ledger-0.1.0.db"
"""Made by aiwei 0.1.0: a notice in two versions, and one without items."""
COMMANDS = (
    "list",
    "list --all-versions --per duty",
    "list --office 财政所 --section 任务",
    "list --keyword 户厕",
    "offices",
    "sections",
    "show 一/（一）",
    "matrix",
    "search 厕所",
    "search 财政所",
    "export --format json",
    "parse",
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(OLD, tmp_path / "台账.db"))


def ask(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return connection.execute(statement).fetchall()


def version(path: Path) -> object:
    return ask(path, "PRAGMA user_version")[0][0]


def beside(path: Path) -> list[str]:
    """The files next to the ledger."""
    return sorted(file.name for file in path.parent.iterdir() if file != path)


def run(command: str, path: Path) -> Ran:
    name, *rest = command.split()
    words = [rest.pop(0)] if name in ("search", "show") else []
    return aiwei(name, *words, path.name, *rest, cwd=path.parent)


def words_of(path: Path) -> list[tuple[object, ...]]:
    """All characters of the index, with their places."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, nodes_characters, instance)")
        found = connection.execute('SELECT term, doc, col, "offset" FROM words ORDER BY 2, 3, 4').fetchall()
        return found + connection.execute("SELECT id, sz FROM nodes_characters_docsize ORDER BY id").fetchall()


# --- the ledger of 0.1.0


def test_the_sample_is_of_the_first_version_and_says_what_it_said() -> None:
    assert version(OLD) == 1 < versions.latest()
    rows = Ledger(str(OLD)).hits_table(Filters(), "duty", offices()).rows
    assert [(row.get("id"), row.get("role"), row.get("office")) for row in rows] == [
        ("一/（一）", "lead", "住房和城乡建设局"),
        ("一/（一）", "support", "财政所"),
        ("一/（一）", "support", "各村"),
        ("一/（二）", "responsible", "综合执法局"),
        ("二/（一）", "responsible", "宣传办"),
        ("二/（一）", "responsible", "民宿协会"),
    ]


TRACKED = re.compile(r"(?m)^任务：.*\n|^ *\"?(task|status)\"?: .*\n|, \"(task|status)\": [^,}]*|\t\d*\t[未反馈]*$")


def words(ran: Ran) -> tuple[str, str, int]:
    """An answer without what no older ledger says: the numbers of tasks and how they stand."""
    out = TRACKED.sub("", ran.out)
    return out, ran.err, ran.code


def test_every_command_answers_as_before_after_and_from_a_new_ledger(old: Path, tmp_path: Path) -> None:
    before = old.read_bytes()
    answers = {command: run(command, old) for command in COMMANDS}
    assert old.read_bytes() == before and beside(old) == [], "who reads wrote"
    assert all(ran.code == 0 and ran.out for ran in answers.values())
    (tmp_path / "new").mkdir()
    fresh = tmp_path / "new" / old.name
    put(fresh, *Ledger(str(old), Which(all_versions=True)).notices())
    Store(str(old), offices()).close()
    assert version(fresh) == version(old) == versions.latest()
    answers = {command: words(ran) for command, ran in answers.items()}
    assert {command: words(run(command, old)) for command in COMMANDS} == answers
    assert {command: words(run(command, fresh)) for command in COMMANDS} == answers


def test_add_upgrades_and_leaves_a_copy_and_says_so(old: Path) -> None:
    (old.parent / "a.txt").write_text("一、修缮水渠（财政所负责）。", "utf-8")
    ran = aiwei("add", "a.txt", "--ledger", old.name, cwd=old.parent)
    first, second = ran.err.splitlines()
    assert "版本 1" in first and "台账.db.v1-备份" in first and "新收 1 篇" in second and ran.code == 0
    copy = old.with_name("台账.db.v1-备份")
    assert beside(old) == ["a.txt", copy.name]
    assert (version(copy), version(old)) == (1, versions.latest())
    then, upgraded = (list(map(untracked, Ledger(str(path)).notices())) for path in (OLD, old))
    assert list(map(untracked, Ledger(str(copy)).notices())) == then == upgraded[:2]
    assert aiwei("add", "a.txt", "--ledger", old.name, cwd=old.parent).err.splitlines() == [
        "新收 0 篇，已有 1 篇；台账 台账.db 里共有 3 篇公文"
    ]


def test_a_copy_is_never_written_over_and_is_as_private_as_the_ledger(old: Path) -> None:
    old.chmod(0o640)
    for name in ("台账.db.v1-备份", "台账.db.v1-备份2"):
        old.with_name(name).write_text(name, "utf-8")
    old.with_name("台账.db.v1-备份.未写完").write_text("left by one that was killed", "utf-8")
    put(old, sample())
    assert beside(old) == ["台账.db.v1-备份", "台账.db.v1-备份2", "台账.db.v1-备份3"]
    assert old.with_name("台账.db.v1-备份2").read_text("utf-8") == "台账.db.v1-备份2"
    assert version(old.with_name("台账.db.v1-备份3")) == 1
    assert os.name == "nt" or old.with_name("台账.db.v1-备份3").stat().st_mode & 0o777 == 0o640


def test_the_copy_has_what_stands_in_a_write_ahead_log(old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("UPDATE notices SET closing = '写在日志里' WHERE notice = 1")
        put(old, sample())
    assert ask(old.with_name("台账.db.v1-备份"), "SELECT closing FROM notices WHERE notice = 1") == [("写在日志里",)]


def test_the_index_passes_fts5s_own_check_and_has_the_same_characters(old: Path, tmp_path: Path) -> None:
    check = "INSERT INTO nodes_characters (nodes_characters, rank) VALUES ('integrity-check', 1)"
    Store(str(old), offices()).close()
    assert words_of(old) == words_of(OLD) and len(words_of(old)) > 100
    put(old, sample())
    put(tmp_path / "new.db", sample())
    for path in (old, tmp_path / "new.db"):
        ask(path, check)
        assert ask(path, "PRAGMA integrity_check") == [("ok",)] and ask(path, "PRAGMA foreign_key_check") == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a file that cannot be written to")
def test_an_old_ledger_that_cannot_be_written_to_is_read(old: Path) -> None:
    old.chmod(0o400), old.parent.chmod(0o500)
    try:
        assert len(list(Ledger(str(old)).notices())) == 2
    finally:
        old.parent.chmod(0o700)


# --- what can go wrong on the way


def test_what_is_only_tried_leaves_an_old_ledger_as_it_is(old: Path) -> None:
    before = old.read_bytes()
    (old.parent / "a.csv").write_text("任务号,填报单位,状态\n2,综合执法局,已办结\n", "utf-8")
    ran = aiwei("collect", "a.csv", "--ledger", old.name, "--dry-run", cwd=old.parent)
    assert ran.code == 0 and "会记下反馈 1 条" in ran.err and "已升级" not in ran.err
    assert old.read_bytes() == before and beside(old) == ["a.csv"]


def test_an_upgrade_that_fails_leaves_the_ledger_and_no_copy(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()

    def full(connection: sqlite3.Connection, *args: int) -> None:
        versions.advance(connection, *args)
        connection.execute("PRAGMA max_page_count = 1")
        connection.execute("CREATE TABLE more AS SELECT * FROM sources, nodes")

    monkeypatch.setattr(connect, "advance", full)
    with pytest.raises(ReadError, match="磁盘满了"):
        put(old, sample())
    assert old.read_bytes() == before and beside(old) == []


def test_where_no_copy_can_be_made_nothing_is_changed(old: Path) -> None:
    before = old.read_bytes()
    (old.with_name("台账.db.v1-备份.未写完")).mkdir()
    with pytest.raises(ReadError, match=r"留一份副本.*台账没有动") as error:
        put(old, sample())
    assert old.read_bytes() == before and str(error.value).startswith(f"{old}：") and "\n" not in str(error.value)


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from ledger_samples import offices
from aiwei_cli.store import connect, versions
from aiwei_cli.store.add import Store

advance = connect.advance

def killed(connection, *versions):
    connection.execute("PRAGMA cache_size = 5")  # so that pages are written before the end
    advance(connection, *versions)
    os._exit(9) if os.name == "nt" else os.kill(os.getpid(), 9)

connect.advance = killed
Store(sys.argv[1], offices())
"""


def test_an_upgrade_that_is_killed_leaves_the_old_ledger_whole(old: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(old), str(Path(__file__).parent)]
    assert subprocess.run(command, env=environment(), timeout=60).returncode != 0
    assert old.with_name("台账.db-journal").stat().st_size and old.read_bytes() != OLD.read_bytes(), "killed too early"
    assert list(Ledger(str(old)).notices()) == list(Ledger(str(OLD)).notices())
    assert version(old) == 1 and words_of(old) == words_of(OLD)
    assert put(old, sample())[0].change == "added" and version(old) == versions.latest()
    assert beside(old) == ["台账.db.v1-备份", "台账.db.v1-备份2"]
    for name in (old.name, *beside(old)):
        assert ask(old.with_name(name), "PRAGMA integrity_check") == [("ok",)]


def test_of_two_writers_one_upgrades(old: Path) -> None:
    for number in range(2):
        (old.parent / f"{number}.txt").write_text(f"一、修缮第{number}条水渠（财政所负责）。", "utf-8")
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "aiwei_cli", "add", f"{number}.txt", "--ledger", old.name],
            **{"env": environment(), "cwd": old.parent, "stdin": subprocess.DEVNULL, "stderr": subprocess.PIPE},
        )
        for number in range(2)
    ]
    told = "".join(process.communicate(timeout=60)[1].decode() for process in both)
    assert [process.returncode for process in both] == [0, 0] and told.count("已升级") == 1
    assert ask(old, "SELECT count(*) FROM notices") == [(5,)] and beside(old) == ["0.txt", "1.txt", "台账.db.v1-备份"]


def test_an_old_ledger_that_others_changed_or_watch_is_not_upgraded(old: Path) -> None:
    ask(old, "CREATE TRIGGER evil AFTER INSERT ON notices BEGIN DELETE FROM duties; END")
    with pytest.raises(ReadError, match="触发器"):
        put(old, sample())
    ask(old, "DROP TRIGGER evil"), ask(old, "ALTER TABLE duties ADD COLUMN more")
    with pytest.raises(ReadError, match="改过"):
        put(old, sample())
    assert beside(old) == [] and version(old) == 1


def test_views_of_others_do_not_stop_an_upgrade(old: Path) -> None:
    ask(old, "CREATE VIEW mine AS SELECT title FROM a_table_that_is_gone JOIN nodes_fts")
    assert put(old, sample())[0].change == "added"
    assert ask(old, "SELECT count(*) FROM sqlite_master WHERE name = 'mine'") == [(1,)]


@pytest.mark.parametrize(("number", "words"), [(9, "升级 aiwei"), (0, "改过")])
def test_a_version_that_nobody_knows_is_left_alone(old: Path, number: int, words: str) -> None:
    ask(old, f"PRAGMA user_version = {number}")
    before = old.read_bytes()
    (old.parent / "a.txt").write_text("一、修缮水渠（财政所负责）。", "utf-8")
    for ran in (run("list", old), aiwei("add", "a.txt", "--ledger", old, cwd=old.parent)):
        assert (ran.out, ran.code, len(ran.err.splitlines())) == ("", 2, 1) and words in ran.err
    assert old.read_bytes() == before and beside(old) == ["a.txt"]


# --- a version that is not there yet


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """One more step: a column, a table and an index."""
    number = versions.latest() + 1
    steps = Path(shutil.copytree(versions.STEPS, tmp_path / "steps"))
    (steps / f"{number}.sql").write_text(
        "-- A made-up step.\n\nALTER TABLE deadlines ADD COLUMN stated TEXT NOT NULL DEFAULT 'clause'\n\n"
        "CREATE TABLE remarks (remark INTEGER PRIMARY KEY, node INTEGER NOT NULL)\n\n"
        'CREATE VIRTUAL TABLE remarks_fts USING fts5 (said, content="")\n\nCREATE INDEX nodes_by_line ON nodes (line)',
        "utf-8",
    )
    caches = (versions.latest, versions.shape, versions.statements)
    for cache in caches:
        cache.cache_clear()
    monkeypatch.setattr(versions, "STEPS", steps)
    yield number
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()


def test_what_an_old_ledger_lacks_is_there_when_it_is_read(old: Path, next_version: int) -> None:
    before = old.read_bytes()
    ledger = Ledger(str(old))
    assert set(ledger.all("SELECT written, stated FROM deadlines")) == {("6月底前", "clause")}
    assert ledger.all("SELECT count(*) FROM remarks") == [(0,)]
    assert ledger.all("SELECT rowid FROM remarks_fts WHERE remarks_fts MATCH '水渠'") == []
    plan = " ".join(row[3] for row in ledger.all("EXPLAIN QUERY PLAN SELECT stated FROM deadlines WHERE date < '2023'"))
    assert "deadlines_by_date" in plan, "the view hides the index"
    assert len(list(ledger.notices())) == 2 and len(list(ledger.hits_table(Filters(), "item", offices()).rows)) == 4
    del ledger
    assert old.read_bytes() == before and beside(old) == ["steps"]


def test_several_steps_are_one_upgrade_and_end_where_a_new_ledger_begins(old: Path, next_version: int) -> None:
    (old.parent / "new").mkdir()
    fresh = old.parent / "new" / "a.db"
    Store(str(fresh), offices()).close()
    store = Store(str(old), offices())
    store.close()
    assert store.upgraded == (1, f"{old}.v1-备份") and version(old) == version(fresh) == next_version
    schema = "SELECT type, name, sql FROM sqlite_master WHERE name <> 'sqlite_stat1' ORDER BY name"
    assert ask(old, schema) == ask(fresh, schema)
    assert set(ask(old, "SELECT stated FROM deadlines")) == {("clause",)}
    assert len(list(Ledger(str(old)).notices())) == 2


def test_a_ledger_of_the_version_between_is_known_too(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    notice = from_text("一、修缮水渠（财政所负责）。", "a.txt")
    put(tmp_path / "a.db", notice)
    between = versions.latest()
    assert request.getfixturevalue("next_version") == between + 1
    (back,) = Ledger(str(tmp_path / "a.db")).notices()
    assert untracked(back) == notice
    store = Store(str(tmp_path / "a.db"), offices())
    store.close()
    assert store.upgraded is not None and store.upgraded[0] == between


def test_what_is_expected_is_what_sqlite_makes(next_version: int) -> None:
    for number in range(1, next_version + 1):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            versions.advance(connection, 0, number)
            made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
        expected = versions.shape(number)
        inner = tuple(f"{name}_" for name in expected.indexes)
        assert {name: sql for name, sql in made.items() if not name.startswith(inner)} == expected.tables


def test_every_field_has_a_column() -> None:
    """A new field wants a step: ``upgrades/N.sql`` with ``ALTER TABLE … ADD COLUMN … DEFAULT …``, or a new table."""
    made = versions.shape(versions.latest()).columns
    wanted = {"notices": columns_of(Notice)} | {name: table.columns for name, table in record_tables().items()}
    missing = {name: lacks for name in wanted if (lacks := set(wanted[name]) - made.get(name, {}).keys())}
    assert not missing, "store/upgrades/ has no step that makes these"


def test_a_notice_in_which_every_field_holds_something_comes_back(tmp_path: Path) -> None:
    notice = filled(Notice, text="正文")
    put(tmp_path / "a.db", notice)
    (back,) = Ledger(str(tmp_path / "a.db")).notices()
    assert untracked(back) == notice


def test_the_steps_are_numbered_without_a_gap() -> None:
    assert {file.name for file in versions.STEPS.iterdir()} == {f"{n}.sql" for n in range(1, versions.latest() + 1)}
    assert store_of_words().upgraded is None
