"""Opening a ledger, and what can go wrong with it, as sentences.

A SQLite file may come from a stranger: it is opened for reading only, nothing in its schema is trusted, and its tables
must be exactly those of ``schema.sql``, so that no view, trigger or generated column of its own ever runs.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from aiwei_cli.errors import ReadError
from aiwei_cli.ledger import APPLICATION_ID, VERSION

_PATIENCE = 30
"""Seconds to wait for another program that is writing."""
_LONGEST = 200_000_000
"""Bytes of one value; no notice is longer."""


def reading(origin: str | bytes, name: str) -> sqlite3.Connection:
    """A connection that only reads, to a file or to bytes from elsewhere (standard input).

    Raises ReadError, with the name before it, for what is no ledger, and for one that cannot be read.
    """
    with complaints(name):
        connection = _deserialized(origin, name) if isinstance(origin, bytes) else _open(origin, "ro")
        try:
            _check(connection, name)
        except sqlite3.OperationalError as error:
            if isinstance(origin, bytes) or _code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise
            connection.close()
            _recover(origin, name)
            connection = _open(origin, "ro")
            _check(connection, name)
        connection.execute("PRAGMA query_only = ON")
        return connection


def _recover(path: str, name: str) -> None:
    """A writer was killed and left its journal: whoever comes next has to roll back what it had begun."""
    try:
        with closing(_open(path, "rw")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if _code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise
        raise ReadError(
            f"{name}：上一次写入没有完成，要恢复了才能读，而这里不能写；"
            "请把它连同旁边的 -journal 或 -wal 文件复制到能写的文件夹再试"
        ) from error


def writing(path: str) -> sqlite3.Connection:
    """A connection that writes; the ledger is made if there is none.

    Raises ReadError for another program's database, and where the file cannot be written.
    """
    with complaints(path):
        connection = _open(path, "rwc")
        connection.execute("PRAGMA foreign_keys = ON")
        with transaction(connection):  # of two that make a ledger at once, the second finds it made
            if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                create(connection)
        _check(connection, path)
        if connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger'").fetchone():
            raise ReadError(f"{path}：库里有触发器，不是 aiwei 建的，为安全起见不写入；请删去触发器，或另建一个台账")
        return connection


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty database, within the transaction that is open."""
    for statement in statements():
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing. The lock is taken at once: one that is taken later cannot always wait for its turn."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@lru_cache(maxsize=1)
def statements() -> tuple[str, ...]:
    """The statements of the schema, without the comments before them."""
    text = Path(__file__).with_name("schema.sql").read_text("utf-8")
    found = []
    for paragraph in text.split("\n\n"):
        lines = paragraph.strip().split("\n")
        while lines and lines[0].startswith("--"):
            del lines[0]
        if lines:
            found.append("\n".join(lines))
    return tuple(found)


def _open(path: str, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(_uri(path, mode), uri=True, timeout=_PATIENCE, isolation_level=None)
    _guard(connection)
    return connection


def _deserialized(data: bytes, name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    if not hasattr(connection, "deserialize"):  # SQLite before 3.36
        raise ReadError(f"{name}：这里的 SQLite 太旧，不能从管道读台账；请存成文件，再给出文件名")
    # Memory has no write-ahead log: the two bytes that ask for one are changed to those of a journal.
    connection.deserialize(data[:18] + b"\1\1" + data[20:])
    _guard(connection)
    return connection


def _guard(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)


def _uri(path: str, mode: str) -> str:
    """A file's URI; that of a Windows share has four slashes, for SQLite takes what follows two for a host."""
    full = os.path.abspath(path).replace("\\", "/") if os.name == "nt" else os.path.abspath(path)  # noqa: PTH100
    return f"file://{'' if full.startswith('/') else '/'}{quote(os.fsencode(full))}?mode={mode}"


def _check(connection: sqlite3.Connection, path: str) -> None:
    """Raise ReadError where the tables are not exactly those of this version."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if ours and version > VERSION:
        raise ReadError(
            f"{path}：这个台账是较新版本的 aiwei 写的（结构版本 {version}，这里只认得 {VERSION}）；请升级 aiwei 后再用"
        )
    found = {name: (kind, sql) for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master")}
    wrong = [name for name, sql in tables().items() if found.get(name) != ("table", sql)]
    wrong += [name for name, (kind, _) in found.items() if kind != "table" and name.startswith(_SHADOWS)]
    if not wrong:
        return
    if ours:
        raise ReadError(f"{path}：台账里的表 {'、'.join(wrong)} 被别的程序改过，不敢照读；请用 aiwei add 重新建一个")
    raise ReadError(
        f"{path}：是 SQLite 数据库，但不是 aiwei 写的（没有 aiwei 的表）；"
        "请给出 aiwei add 或 aiwei export --format sqlite 写的文件"
    )


_SHADOWS = ("nodes_fts_", "nodes_characters_")


@lru_cache(maxsize=1)
def tables() -> dict[str, str]:
    """The tables of the schema, each with the statement that makes it."""
    made = (statement for statement in statements() if statement.startswith(("CREATE TABLE", "CREATE VIRTUAL TABLE")))
    return {statement.partition(" (")[0].split()[2 + statement.startswith("CREATE V")]: statement for statement in made}


@contextmanager
def complaints(path: str) -> Iterator[None]:
    """What SQLite says goes wrong inside is a ReadError with its cure."""
    try:
        yield
    except sqlite3.Error as error:
        raise ReadError(f"{path}：{_sentence(error)}") from error


def _code(error: sqlite3.Error) -> int:
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def _sentence(error: sqlite3.Error) -> str:
    code = _code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"台账正被另一个程序写入，等了 {_PATIENCE} 秒还没有写完；请稍后再试"
    if code == sqlite3.SQLITE_NOTADB:
        return "不是 SQLite 数据库，或者已经损坏；请确认文件名，台账不能和公文是同一个文件"
    if code == sqlite3.SQLITE_CORRUPT or "decode to UTF-8" in str(error):
        return f"数据库已损坏（{error}）；请换一份没有损坏的，或用 aiwei add 从公文的原文件重新建立"
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return "没有写入权限；请换一个位置，或请有权限的人来做"
    if code == sqlite3.SQLITE_CANTOPEN:
        return "打不开；请检查文件夹是否存在、有没有权限"
    if code == sqlite3.SQLITE_FULL:
        return "磁盘满了，写不进去；已经写完的公文还在，请腾出空间后再试"
    if "no such module" in str(error):
        return "这个 Python 带的 SQLite 没有全文检索（FTS5）；请换用 python.org 的 Python"
    return f"读写数据库时出错（{error}）；请检查磁盘，或用 aiwei add 重新建立"
