"""Databases from elsewhere, broken ones, and ones that another program is at: each gets its own sentence, none runs."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from ledger_samples import bundled, offices, put
from shell import aiwei, environment, sample, untracked

from aiwei_cli.errors import ReadError
from aiwei_cli.query import Filters
from aiwei_cli.store import connect, names
from aiwei_cli.store.query import Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    put(tmp_path / "a.db", bundled())
    return tmp_path / "a.db"


def altered(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def use_it(path: Path) -> None:
    ledger = Ledger(str(path))
    list(ledger.hits_table(Filters(keywords=("厕所",)), "item", offices()).rows)
    list(ledger.notices())


def complaint(path: Path) -> str:
    """What every way of using the ledger says; it is said in one line, and names the file."""
    with pytest.raises(ReadError) as error:
        use_it(path)
    ran = aiwei("list", path)
    assert (ran.out, ran.code) == ("", 2)
    assert ran.err == f"错误：{error.value}\n" and str(path) in ran.err
    return ran.err


def test_another_programs_database_is_told_apart(tmp_path: Path) -> None:
    altered(tmp_path / "b.db", "CREATE TABLE notices (id)")
    assert "不是 aiwei 写的" in complaint(tmp_path / "b.db")


def test_a_newer_schema_asks_for_a_newer_aiwei(path: Path) -> None:
    altered(path, "PRAGMA user_version = 9")
    assert "升级 aiwei" in complaint(path)


VIEW = "CREATE VIEW {} AS WITH RECURSIVE r (node) AS (SELECT 1 UNION ALL SELECT node FROM r) SELECT * FROM r"


@pytest.mark.parametrize(
    "statements",
    [
        ("ALTER TABLE duties RENAME TO others", VIEW.format("duties")),
        ("ALTER TABLE nodes ADD COLUMN more TEXT AS (hex(zeroblob(100000000)))",),
        ("DROP TABLE deadlines",),
        ("DROP TABLE nodes_characters", "CREATE VIRTUAL TABLE nodes_characters USING fts5(item)"),
    ],
    ids=["view", "column", "missing", "index"],
)
def test_tables_that_are_not_ours_are_not_asked(path: Path, statements: tuple[str, ...]) -> None:
    altered(path, *statements)
    assert "改过" in complaint(path)


def test_views_and_indexes_of_others_do_no_harm(path: Path) -> None:
    altered(
        path, VIEW.format("mine"), "CREATE INDEX mine_too ON duties (role)", "DROP VIEW tasks", VIEW.format("tasks")
    )
    use_it(path)
    assert [untracked(each) for each in Ledger(str(path)).notices()] == [bundled()]


def test_nothing_is_written_where_a_trigger_would_run(path: Path) -> None:
    altered(path, "CREATE TRIGGER evil AFTER INSERT ON notices BEGIN DELETE FROM duties; END")
    use_it(path)
    with pytest.raises(ReadError, match="触发器"):
        put(path, sample())
    assert sum(len(node.duties) for notice in Ledger(str(path)).notices() for node in notice.walk()) == 48


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE duties SET role = 'boss'",
        "UPDATE nodes SET title = x'ff'",
        "UPDATE nodes SET level = 'high'",
        "UPDATE nodes SET parent = node",
        "UPDATE nodes SET clauses = '[[1]]'",
        "UPDATE notices SET fields = 'nonsense'",
        "UPDATE notices SET layout = '" + "[" * 100_000 + "'",
        "UPDATE notices SET title = CAST(x'ff' AS TEXT)",
    ],
)
def test_what_aiwei_never_writes_is_refused(path: Path, statement: str) -> None:
    altered(path, "PRAGMA foreign_keys = OFF", statement)
    with pytest.raises(ReadError, match="aiwei add"):
        list(Ledger(str(path)).notices())


def test_a_damaged_file_is_told(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    assert "损坏" in complaint(path)


def test_a_file_that_was_cut_is_told(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])
    assert "损坏" in complaint(path)


def test_a_ledger_that_is_being_written_waits_and_then_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "_PATIENCE", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for use in (lambda: use_it(path), lambda: put(path, sample())):
        with pytest.raises(ReadError, match="正被另一个程序写入"):
            use()
    other.execute("ROLLBACK")
    use_it(path)


def test_readers_do_not_wait_for_a_writer_that_has_not_finished(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE notices SET title = '没有写完'")
    (notice,) = Ledger(str(path)).notices()
    assert untracked(notice) == bundled()


def test_a_write_ahead_log_is_no_obstacle(path: Path) -> None:
    altered(path, "PRAGMA journal_mode = WAL")
    assert put(path, sample())[0].change == "added"
    use_it(path)
    assert len(aiwei("list", "-", stdin=path.read_bytes()).lines) == len(aiwei("list", path).lines) == 33


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from ledger_samples import from_text, offices, store_of_words
from aiwei_cli.store.add import Store

store = Store(sys.argv[1], offices())
store.connection.execute("PRAGMA cache_size = 5")  # so that pages are written before the end
entries = [store_of_words().entry(from_text(f"一、开展第{n}项工作（财政局负责）。", f"{n}.txt")) for n in range(50)]
insert, done = store._index, []

def killed(entry, first):
    insert(entry, first)
    done.append(entry)
    if len(done) == 40:
        os._exit(9) if os.name == "nt" else os.kill(os.getpid(), 9)

store._index = killed
store.add(entries)
"""


def test_a_writer_killed_in_the_middle_leaves_the_ledger_whole(path: Path) -> None:
    before = path.stat().st_size
    here = str(Path(__file__).parent)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(path), here], env=environment(), timeout=60).returncode
    assert ended != 0
    journal = path.with_name("a.db-journal")
    assert journal.stat().st_size and path.stat().st_size > before, "the writer was killed too early"
    copy = path.with_name("copy.db")
    shutil.copy(path, copy), shutil.copy(journal, copy.with_name("copy.db-journal"))
    assert [*map(untracked, Ledger(str(copy)).notices())] == [bundled()]  # who only reads puts things right
    assert put(path, bundled(), sample())[1].change == "added"  # and so does who writes
    for file in (path, copy):
        assert sqlite3.connect(file).execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that cannot be written to")
def test_a_ledger_in_a_folder_that_cannot_be_written_to_is_read(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        use_it(path)
        with pytest.raises(ReadError, match="没有写入权限"):
            put(path, sample())
    finally:
        path.parent.chmod(0o700)


def test_a_file_of_another_kind_is_not_written_over(tmp_path: Path) -> None:
    text = tmp_path / "通知.txt"
    text.write_text("这是公文，不是台账", "utf-8")
    with pytest.raises(ReadError, match="不是 SQLite"):
        put(text, sample())
    assert text.read_text("utf-8") == "这是公文，不是台账"


@pytest.mark.parametrize("name", [".", "没有这个文件夹/a.db"])
def test_where_no_ledger_can_be_made_that_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError, match="打不开"):
        put(tmp_path / name, sample())


@pytest.mark.parametrize("name", ["空.txt", "a.docx", "没有后缀"])
def test_an_empty_file_of_another_name_does_not_become_a_ledger(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(ReadError, match="空文件"):
        put(tmp_path / name, sample())
    assert (tmp_path / name).read_bytes() == b""
    (tmp_path / "a.db").touch()  # as mktemp makes it
    assert put(tmp_path / "a.db", sample())[0].change == "added"


def test_no_ledger_is_made_under_the_name_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"不像台账.*\.db"):
        put(tmp_path / "任务.xlsx", sample())
    assert list(tmp_path.iterdir()) == []
    put(tmp_path / "任务", sample())
    (tmp_path / "任务").rename(tmp_path / "任务.bak")
    assert put(tmp_path / "任务.bak", sample())[0].change == "known"


def test_search_takes_no_text_for_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、整治厕所（办公室负责）。", "utf-8")
    ran = aiwei("search", "厕所", "--ledger", tmp_path / "a.txt")
    assert (ran.out, ran.code, len(ran.err.splitlines())) == ("", 2, 1) and "不是台账" in ran.err


def everything(path: Path) -> None:
    """Whatever a command asks of a ledger."""
    ledger = Ledger(str(path))
    use_it(path)
    list(ledger.hits_table(Filters(sections=("环境",), offices=("财政所",)), "duty", offices()).rows)
    list(ledger.offices_table(Filters(), offices()).rows)
    names.ledger_offices(ledger), names.ledger_sections(ledger), names.titles(ledger), names.places_with_id(ledger, "6")
    list(names.LedgerWitness(Filters(offices=("没有这个局",), sections=("没有",)), offices(), ledger).nothing())


@pytest.mark.parametrize("what", ["noise", "nothing", "other page"])
def test_a_damaged_page_is_one_sentence_or_does_not_matter(path: Path, what: str) -> None:
    data, size, refused = path.read_bytes(), 4096, 0
    rnd = random.Random(what)
    pages = len(data) // size
    for page in range(0, pages, 2):
        other = rnd.randrange(1, pages) * size
        damage = {"noise": rnd.randbytes(size), "nothing": bytes(size), "other page": data[other : other + size]}[what]
        start = page * size + (100 if page == 0 else 0)
        path.write_bytes(data[:start] + damage[: (page + 1) * size - start] + data[(page + 1) * size :])
        try:
            everything(path)
        except ReadError as error:
            refused += 1
            assert str(error).startswith(f"{path}：") and len(str(error).splitlines()) == 1 and len(str(error)) < 400
    assert refused > 3


def test_a_damaged_schema_is_told_in_one_line(path: Path) -> None:
    data = path.read_bytes()
    for old, new in (
        (b"notice INTEGER PRIMARY", b"notice\xffINTEGER PRIMARY"),
        (b"document INTEGER", b"document '\x1b[31m\nT"),
    ):
        assert old in data
        path.write_bytes(data.replace(old, new, 1))
        assert "\x1b" not in complaint(path)


def test_bytes_where_text_should_be_are_refused(path: Path) -> None:
    altered(path, "UPDATE nodes SET id = CAST(id AS BLOB)")
    with pytest.raises(ReadError, match="不是 aiwei 写的样子"):
        everything(path)
