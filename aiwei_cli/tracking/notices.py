"""What a ledger holds: its notices, with how far each is; and how one is taken out of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from aiwei_cli.query.table import Column, Row, Table
from aiwei_cli.query.which import SHOWN, Which
from aiwei_cli.records import NamedTuple
from aiwei_cli.store.called import CALLED, teach
from aiwei_cli.store.connect import ledger_complaints, writing
from aiwei_cli.tracking import CANCELLED, DONE, UNREPORTED
from aiwei_cli.tracking.book import Book
from aiwei_cli.tracking.standing import Event

COLUMNS = (
    Column("notice", "公文"),
    Column("issuer", "发文机关", optional=True),
    Column("document_number", "发文字号", optional=True),
    Column("date", "成文日期", kind="date"),
    Column("year", "年份", kind="count", person=False),
    Column("versions", "版本数", kind="count"),
    Column("items", "事项", kind="count"),
    Column("done", "已办结", kind="count"),
    Column("cancelled", "取消", kind="count"),
    Column("unreported", "未反馈", kind="count"),
    Column("doubts", "疑点", kind="count"),
    Column("path", "来源文件", person=False),
    Column("added", "收入时间", person=False),
    Column("removed", "已移出", optional=True),
)
_TASKS = (
    "SELECT count(*) FROM nodes LEFT JOIN states ON states.task = nodes.task"
    " WHERE nodes.notice = notices.notice AND item"
)
_QUERY = (
    f"SELECT {CALLED}, issuer, document_number, date, year,"
    " (SELECT count(*) FROM notices AS each WHERE each.document = notices.document),"
    f" ({_TASKS}), ({_TASKS} AND status = '{DONE}'), ({_TASKS} AND status = '{CANCELLED}'),"
    f" ({_TASKS} AND ifnull(status, '{UNREPORTED}') = '{UNREPORTED}'),"
    " (SELECT count(*) FROM diagnostics WHERE diagnostics.notice = notices.notice), ifnull(path, ''), added,"
    " CASE WHEN document IN (SELECT document FROM hidden) THEN '是' ELSE '' END"
    " FROM notices WHERE latest {} ORDER BY document"
)


def notices_table(connection: sqlite3.Connection, *, removed: bool) -> Table:
    """A row a notice; with those that were removed, where they are asked for."""
    query = _QUERY.format("" if removed else "AND document NOT IN (SELECT document FROM hidden)")
    return Table("公文", COLUMNS, list(_rows(connection, query)))


def _rows(connection: sqlite3.Connection, query: str) -> Iterator[Row]:
    keys = [column.key for column in COLUMNS]
    for row in connection.execute(query).fetchall():
        yield dict(zip(keys, row, strict=True))


class Known(NamedTuple):
    """A notice of a ledger."""

    document: int
    title: str
    items: int
    versions: int


def known(connection: sqlite3.Connection, words: str, *, removed: bool) -> list[Known]:
    """The notices that the words mean: those of :class:`Which`; with those that were removed, if they are asked for."""
    teach(connection)
    condition = Which((words,)).sql(connection)
    sql = condition.sql.replace(SHOWN, "1") if removed else condition.sql
    rows = connection.execute(
        f"SELECT document, {CALLED}, (SELECT count(*) FROM nodes WHERE nodes.notice = notices.notice AND item),"
        f" (SELECT count(*) FROM notices AS each WHERE each.document = notices.document)"
        f" FROM notices WHERE {sql} ORDER BY document",
        condition.values,
    )
    return [Known(*row) for row in rows.fetchall()]


def hide(book: Book, notice: Known, day: str, note: str) -> None:
    """Take a notice out of all answers; an event remembers it, and undoing that brings the notice back."""
    book.add([Event(None, None, notice.document, "hide", date=day, value=notice.title, note=note)])
    book.connection.execute("INSERT OR IGNORE INTO hidden VALUES (?)", (notice.document,))


def show_again(connection: sqlite3.Connection, document: int, title: str, day: str) -> None:
    """Bring a removed notice back, within the transaction that is open."""
    from aiwei_cli.tracking import events

    events.add(connection, [Event(None, None, document, "show", date=day, value=title)])
    connection.execute("DELETE FROM hidden WHERE document = ?", (document,))


def purge(book: Book, notice: Known, day: str, note: str) -> None:
    """Delete all versions of a notice, with their tasks and events; :func:`rewritten` the file holds nothing of it."""
    connection = book.connection
    theirs = f"SELECT notice FROM notices WHERE document = {notice.document}"
    nodes = f"SELECT node FROM nodes WHERE notice IN ({theirs})"
    (most,) = connection.execute(f"SELECT max(task) FROM nodes WHERE notice IN ({theirs})").fetchone()
    _forget(connection, "nodes_characters", nodes)
    connection.execute(f"DELETE FROM states WHERE task IN (SELECT task FROM nodes WHERE notice IN ({theirs}))")
    connection.execute("DELETE FROM events WHERE document = ?", (notice.document,))
    for table in ("kin", "persons", "citations", "deadlines", "duties"):
        connection.execute(f"DELETE FROM {table} WHERE node IN ({nodes})")
    connection.execute(f"UPDATE nodes SET parent = NULL WHERE notice IN ({theirs})")
    for table in ("nodes", "plans", "sources", "diagnostics"):
        connection.execute(f"DELETE FROM {table} WHERE notice IN ({theirs})")
    connection.execute("DELETE FROM hidden WHERE document = ?", (notice.document,))
    connection.execute("DELETE FROM notices WHERE document = ? AND notice <> document", (notice.document,))
    connection.execute("DELETE FROM notices WHERE document = ?", (notice.document,))
    # The number keeps those of the tasks from being given again.
    book.add([Event(None, most, 0, "purge", date=day, value=f"{notice.versions} 版，{notice.items} 个事项", note=note)])


def rewritten(path: str) -> None:
    """Rewrite the file without what was deleted."""
    ready = writing(path)
    with closing(ready.connection), ledger_complaints(path):
        ready.connection.execute("VACUUM")


def _forget(connection: sqlite3.Connection, index: str, nodes: str) -> None:
    """Take rows out of an index without content: it has to be told the words that it had, which it can list itself."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info ({index})")]
    connection.execute(f"CREATE VIRTUAL TABLE temp.instances USING fts5vocab (main, {index}, instance)")
    found: dict[int, dict[str, list[str]]] = {}
    query = f'SELECT doc, col, term FROM temp.instances WHERE doc IN ({nodes}) ORDER BY doc, col, "offset"'
    for node, column, term in connection.execute(query).fetchall():
        found.setdefault(node, {}).setdefault(column, []).append(term)
    connection.execute("DROP TABLE temp.instances")
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    rows = [(node, *(" ".join(had.get(column, ())) for column in columns)) for node, had in found.items()]
    connection.executemany(f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', ?, {marks})", rows)
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
