"""Opening a ledger, and what can go wrong with it, as sentences.

A SQLite file may come from a stranger: it is opened for reading only, nothing in its schema is trusted, and its tables
must be exactly those of a version that aiwei knows, so that no view, trigger or generated column of a stranger runs.
An older ledger is read as it is; only who writes to it brings it to the latest version, and keeps a copy beside it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from aiwei_cli.errors import ReadError
from aiwei_cli.language.chars import clipped
from aiwei_cli.records import NamedTuple
from aiwei_cli.store import APPLICATION_ID, SUFFIXES, is_sqlite
from aiwei_cli.store.versions import TASKS, advance, complete, latest, shape

_PATIENCE = 30
"""Seconds to wait for another program that is writing."""
_MOST_SAID = 80
"""Characters of what SQLite says that are passed on."""
_LONGEST = 200_000_000
"""The most bytes of one value: more than any notice."""


def reading(origin: str | bytes, name: str) -> sqlite3.Connection:
    """A connection that only reads, to a file or to bytes from elsewhere (standard input).

    Raises ReadError, with the name before it, for what is no ledger, and for one that cannot be read.
    """
    with ledger_complaints(name):
        connection = _deserialized(origin, name) if isinstance(origin, bytes) else _open(origin, "ro")
        try:
            version = _check(connection, name)
        except sqlite3.OperationalError as error:
            if isinstance(origin, bytes) or _code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise
            connection.close()
            _recover(origin, name)
            connection = _open(origin, "ro")
            version = _check(connection, name)
        if version < latest():
            complete(connection, version)
        connection.execute("PRAGMA query_only = ON")
        return connection


def _recover(path: str, name: str) -> None:
    """Roll back what a killed writer had begun and left in its journal."""
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


class Opened(NamedTuple):
    """A ledger that is open for writing."""

    connection: sqlite3.Connection
    upgraded: tuple[int, str] | None
    """Where its tables were of an older version: which, and the name of the copy of what it was."""


def writing(path: str) -> Opened:
    """Open a ledger for writing; it is made if there is none, and brought to the latest version if it is older.

    Raises ReadError for another program's database, and where the file cannot be written.
    """
    _refuse_odd_name(path)
    with ledger_complaints(path):
        connection = _open(path, "rwc")
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            return Opened(connection, _prepare(connection, path))
        except BaseException:
            connection.close()
            raise


def rehearsing(path: str) -> sqlite3.Connection:
    """A ledger to try what would be written: it is only read, and an older one is brought to the latest version in
    memory.

    Raises ReadError as :func:`reading` does.
    """
    connection = reading(path, path)
    with ledger_complaints(path):
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == latest():
            return connection
        with closing(connection):
            memory = sqlite3.connect(":memory:", isolation_level=None)
            try:
                connection.backup(memory)
                _guard(memory)
                with transaction(memory):
                    _advance(memory, version)
            except BaseException:
                memory.close()
                raise
        return memory


def _advance(connection: sqlite3.Connection, version: int) -> None:
    """Bring older tables to the latest version, within the transaction that is open."""
    advance(connection, version, latest())
    if version < TASKS:
        from aiwei_cli.tracking.numbers import number_missing

        number_missing(connection)


def _refuse_odd_name(path: str) -> None:
    """A slip of the pen makes no ledger: neither an empty text file nor a new name that is not a database's becomes
    one."""
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122
    cure = f"请确认文件名，新的台账请用 {SUFFIXES[0]} 结尾的名字"
    with suppress(OSError, ValueError):
        if os.path.isdir(path):  # noqa: PTH112 - SQLite says what is wrong with it
            return
        if os.path.getsize(path):  # noqa: PTH202
            if not is_sqlite(path):  # one of a byte would be written over
                raise ReadError(f"{path}：不是 SQLite 数据库，也就不是台账，里面已有别的内容；{cure}")
            return
        if suffix in SUFFIXES:
            return
        raise ReadError(f"{path}：是空文件，不是台账；{cure}")
    if suffix and suffix not in SUFFIXES:
        raise ReadError(f"{path}：没有这个台账，也不像台账的文件名；{cure}")


def _prepare(connection: sqlite3.Connection, path: str) -> tuple[int, str] | None:
    """Make the tables, or bring them to the latest version, in one transaction; say what :class:`Opened` says."""
    copy = ""
    try:
        with transaction(connection):  # where two come at once, the second finds it done
            if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                create(connection)
            version = _check(connection, path)
            if connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger'").fetchone():
                raise ReadError(
                    f"{path}：库里有触发器，不是 aiwei 建的，为安全起见不写入；请删去触发器，或另建一个台账"
                )
            if version == latest():
                return None
            from aiwei_cli.store.beside import copy_beside

            with closing(_open(path, "ro")) as reader:  # nothing is written yet, so others may read
                copy = copy_beside(reader, path, version)
            _advance(connection, version)
    except (ReadError, sqlite3.Error):
        if copy:
            Path(copy).unlink(missing_ok=True)  # the ledger is still what it was
        raise
    return version, copy


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty database, within the transaction that is open."""
    advance(connection, 0, latest())


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing. The lock is taken at the start: later it cannot always be waited for."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


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


def _check(connection: sqlite3.Connection, path: str) -> int:
    """The version of the tables. Raises ReadError where they are not exactly those of one that aiwei knows."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if ours and version > latest():
        raise ReadError(
            f"{path}：这个台账是较新版本的 aiwei 写的（结构版本 {version}，这里只认得 {latest()}）；请升级 aiwei 后再用"
        )
    expected = shape(version if 0 < version <= latest() else latest())
    found = {name: (kind, sql) for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master")}
    wrong = [name for name, sql in expected.tables.items() if found.get(name) != ("table", sql)]
    inner = tuple(f"{name}_" for name in expected.indexes)
    wrong += [name for name, (kind, _) in found.items() if kind != "table" and name.startswith(inner)]
    if not wrong and 0 < version <= latest():
        return version
    if ours:
        changed = f"里的表 {'、'.join(wrong)} " if wrong else "的结构版本"
        raise ReadError(f"{path}：台账{changed}被别的程序改过，不敢照读；请用 aiwei add 重新建一个")
    raise ReadError(
        f"{path}：是 SQLite 数据库，但不是 aiwei 写的（没有 aiwei 的表）；"
        "请给出 aiwei add 或 aiwei export --format sqlite 写的文件"
    )


@contextmanager
def ledger_complaints(path: str) -> Iterator[None]:
    """What SQLite says goes wrong inside is a ReadError with its cure."""
    try:
        yield
    except sqlite3.Error as error:
        raise ReadError(f"{path}：{_sentence(error)}") from error
    except UnicodeDecodeError as error:  # in the schema or in a message of SQLite about it
        raise ReadError(f"{path}：{_damaged('文字不是 UTF-8')}") from error


def _code(error: sqlite3.Error) -> int:
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def _sentence(error: sqlite3.Error) -> str:
    code = _code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"台账正被另一个程序写入，等了 {_PATIENCE} 秒还没有写完；请稍后再试"
    if code == sqlite3.SQLITE_NOTADB:
        return "不是 SQLite 数据库，或者已经损坏；请确认文件名，台账不能和公文是同一个文件"
    if code == sqlite3.SQLITE_CORRUPT or "decode to UTF-8" in str(error):
        return _damaged(_short(error))
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return "没有写入权限；请换一个位置，或请有权限的人来做"
    if code == sqlite3.SQLITE_CANTOPEN:
        return "打不开；请检查文件夹是否存在、有没有权限"
    if code == sqlite3.SQLITE_FULL:
        return "磁盘满了，写不进去；已经写完的都还在，请腾出空间后再试"
    if code == sqlite3.SQLITE_IOERR:
        return f"读写磁盘时出错（{_short(error)}），这一次没有写进去，原来的都还在；请检查磁盘和剩下的空间，然后再试"
    if "no such module" in str(error):
        return "这个 Python 带的 SQLite 没有全文检索（FTS5）；请换用 python.org 的 Python"
    return f"读写数据库时出错（{_short(error)}）；请检查磁盘，或用 aiwei add 重新建立"


def _damaged(why: str) -> str:
    return f"数据库已损坏（{why}）；请换一份没有损坏的，或用 aiwei add 从公文的原文件重新建立"


def _short(error: sqlite3.Error) -> str:
    """What SQLite says, on one line: it quotes what it found in the file."""
    said = " ".join("".join(char if char.isprintable() else " " for char in str(error)).split())
    return clipped(said, _MOST_SAID)
