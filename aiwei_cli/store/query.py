"""Questions to a ledger: the rows of a table straight from SQL, or only the notices that match.

The answers are those of the same notices read from files, byte for byte; only, nothing is read that does not match.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.fields import Cell
from aiwei_cli.notice.model import ROLES
from aiwei_cli.query import AsWritten, Filters
from aiwei_cli.query.filters import duties, selector, where
from aiwei_cli.query.stands import STATUS
from aiwei_cli.query.table import DUTY_COLUMNS, ITEM_COLUMNS, CellRow, Per, Table
from aiwei_cli.query.where import Where
from aiwei_cli.query.which import Which
from aiwei_cli.store import load
from aiwei_cli.store.called import CALLED, teach
from aiwei_cli.store.connect import ledger_complaints, reading
from aiwei_cli.store.versions import latest

if TYPE_CHECKING:
    from aiwei_cli.notice.model import Notice
    from aiwei_cli.offices import Offices
    from aiwei_cli.query import OfficeNames
    from aiwei_cli.store.search import SearchAnswer, SearchTerms


class ItemRecord(CellRow):
    """A row an item."""

    keys = tuple(column.key for column in ITEM_COLUMNS if column.program)
    __slots__ = ()

    def get(self, key: str, default: Cell = None) -> Cell:
        if key == "item":  # for people only: the title and the text in one
            return "\n".join(str(part) for part in (self[5], self[6]) if part)
        return super().get(key, default)


class DutyRecord(CellRow):
    """A row a duty."""

    keys = tuple(column.key for column in DUTY_COLUMNS if column.program)
    __slots__ = ()


class Ledger:
    """A ledger to ask, open for reading."""

    def __init__(
        self,
        origin: str | bytes | sqlite3.Connection,
        which: Which | None = None,
        *,
        name: str = "",
        as_of: str | None = None,
        as_written: bool = False,
    ) -> None:
        """A ledger by the path of its file, its bytes or a connection; ``which`` notices all questions are about.

        With ``as_of`` it tells how tasks stood on that day. Corrections and moved dates hold; with ``as_written``, the
        notices' own words do. Complaints begin with the ``name``. Raises ReadError where it is no ledger.
        """
        self.name, self.which = name or str(origin), which or Which()
        self.connection = origin if isinstance(origin, sqlite3.Connection) else reading(origin, self.name)
        teach(self.connection)
        self._older = self.connection.execute("PRAGMA user_version").fetchone()[0] < latest()
        with self.complaints():
            if not self._older and self.connection.execute("SELECT 1 FROM events LIMIT 1").fetchone():
                from aiwei_cli.tracking.holding import look

                look(self.connection, as_of, as_written=as_written)

    def notices(self, filters: Filters | None = None, offices: OfficeNames | None = None) -> Iterator[Notice]:
        """The notices, in the order in which they were first added; with filters only those with items that match."""
        with self.complaints():
            if filters is None:
                condition, source = self.which.sql(self.connection), "notices"
            else:
                condition, source = self._where(filters, offices), _FROM
            query = f"SELECT DISTINCT notices.notice, document, version FROM {source} WHERE {condition.sql}"
            found = self.all(f"{query} ORDER BY document, version", *condition.values)
            yield from load.notices(self.connection, [number for number, _, _ in found])

    def hits_table(self, filters: Filters, per: Per, offices: OfficeNames) -> Table:
        """The items that match, or their duties, as :func:`aiwei_cli.query.table.hits_table` shows them."""
        if self._older:  # what its rows do not hold is put together from the notices
            from aiwei_cli.query.table import hits_table

            find = selector(filters, offices)
            return hits_table((hit for notice in self.notices(filters, offices) for hit in find(notice)), per)
        if per == "item":
            return Table("事项", ITEM_COLUMNS, self._items(filters, offices))
        return Table("责任", DUTY_COLUMNS, self._duties(filters, offices))

    def has_own_columns(self) -> bool:
        """Whether an item has columns that a person added to a table: rows straight from SQL have no place for them."""
        with self.complaints():
            return bool(self.all("SELECT 1 FROM nodes WHERE extra <> '[]' LIMIT 1"))

    def offices_table(self, filters: Filters, offices: Offices) -> Table:
        """Each office with the number of its duties, as :func:`aiwei_cli.query.tally.offices_table` shows them."""
        from aiwei_cli.query.tally import Tally, counted_table

        counts: dict[str, Tally] = {}
        with self.complaints():
            condition = Where.all_of([self._where(filters, offices), duties(filters, offices)])
            # The numbers of duties give their order, but the next version of a notice takes the place of the last one.
            query = (
                f"SELECT office, role, written, count(*) FROM {_BY_OFFICE if filters.offices else _BY_NOTICE}"
                f" WHERE {condition.sql} GROUP BY office, role, written ORDER BY min((notices.document << 32) + duty)"
            )
            for office, role, written, count in self.all(query, *condition.values):
                tally = counts.setdefault(office, Tally())
                tally.roles[role] += count
                if written != office:
                    tally.written[written] = None
        return counted_table(counts, offices)

    def count(self) -> int:
        """How many notices all questions are about."""
        with self.complaints():
            condition = self.which.sql(self.connection)
            found: int = self.all(f"SELECT count(*) FROM notices WHERE {condition.sql}", *condition.values)[0][0]
        return found

    def doubts(self) -> int:
        """How many there are in the notices that all questions are about."""
        with self.complaints():
            condition = self.which.sql(self.connection)
            query = f"SELECT count(*) FROM diagnostics CROSS JOIN notices USING (notice) WHERE {condition.sql}"
            count: int = self.all(query, *condition.values)[0][0]
        return count

    def search(
        self, words: str, filters: Filters, offices: Offices, limit: int | None
    ) -> tuple[SearchTerms, SearchAnswer]:
        """The items that fit the words best, among those that match the filters.

        Raises UsageError where there is nothing to look for.
        """
        from aiwei_cli.query.dictionary import Dictionary
        from aiwei_cli.store.search import question, search

        dictionary = Dictionary(offices.words())
        asked = question(words, offices, dictionary)
        with self.complaints():
            return asked, search(self.connection, asked, dictionary, self._where(filters, offices), limit)

    def _items(self, filters: Filters, offices: OfficeNames) -> Iterator[CellRow]:
        with self.complaints():
            condition = self._where(filters, offices)
            query = f"SELECT {_items(own=filters.own)} FROM {_FROM} WHERE {condition.sql} ORDER BY {self._order()}"
            yield from map(ItemRecord, self.connection.execute(query, condition.values))

    def _duties(self, filters: Filters, offices: OfficeNames) -> Iterator[CellRow]:
        with self.complaints():
            condition = Where.all_of([self._where(filters, offices), duties(filters, offices)])
            query = (
                f"SELECT {_DUTIES} FROM {_FROM} JOIN duties USING (node)"
                f" WHERE {condition.sql} ORDER BY {self._order()}, duty"
            )
            for row in self.connection.execute(query, condition.values):
                yield DutyRecord((*row[:7], bool(row[7]), *row[8:]))

    def _where(self, filters: Filters, offices: OfficeNames | None) -> Where:
        return where(self.connection, filters, offices or AsWritten(), self.which.sql(self.connection))

    def _order(self) -> str:
        """The order of the text. Where no notice has a second version, rows are in it already."""
        versions = self.all("SELECT 1 FROM notices WHERE version > 1 LIMIT 1")
        return "notices.document, notices.version, nodes.node" if versions else "nodes.node"

    def all(self, query: str, *values: object) -> list[Any]:
        """The rows of a query, read to the end: one that is left open keeps writers waiting."""
        return self.connection.execute(query, values).fetchall()

    @contextmanager
    def complaints(self) -> Iterator[None]:
        """What goes wrong inside is a ReadError that names the ledger."""
        try:
            with ledger_complaints(self.name):
                yield
        except ReadError as error:
            raise error if str(error).startswith(self.name) else ReadError(f"{self.name}：{error}") from error
        except (AttributeError, TypeError, ValueError) as error:  # a number where aiwei writes text
            raise ReadError(f"{self.name}：{load.STRANGE.format(error)}") from error


# An office has few of the nodes, so they come first; the notices only say whose they are.
_FROM = "nodes CROSS JOIN notices USING (notice)"
_BY_OFFICE = "duties CROSS JOIN nodes USING (node) CROSS JOIN notices USING (notice)"
_BY_NOTICE = "notices CROSS JOIN nodes USING (notice) CROSS JOIN duties USING (node)"
"""Where all offices are asked for, the versions that do not count are best left out first."""
_NOTICE, _PATH = CALLED, "ifnull(notices.path, '')"
_TRACKED = f"notices.issuer, notices.document_number, notices.date, notices.year, notices.version, nodes.task, {STATUS}"
_DUTIES = (
    f"{_NOTICE}, nodes.id, nodes.section, CASE nodes.title WHEN '' THEN nodes.text ELSE nodes.title END,"
    f" role, office, written, inherited, nodes.deadline, nodes.due, {_PATH}, nodes.line,"
    f" duties.stated, ifnull(nodes.doubts, ''), ifnull(nodes.place, ''), {_TRACKED}"
)


def _items(*, own: bool) -> str:
    """The columns of an item. With ``own`` the offices of headings above do not count."""
    offices = ", ".join(_own(role) if own else f"nodes.{role}" for role in ROLES)
    return (
        f"{_NOTICE}, nodes.id, nodes.number, nodes.level, nodes.section, nodes.title, nodes.text, {offices},"
        f" nodes.deadline, nodes.due, nodes.citations, {_PATH}, nodes.line,"
        f" {_OWN_PERSONS if own else 'nodes.persons'}, {_OWN_STATED if own else 'nodes.stated'}, nodes.doubts,"
        f" ifnull(nodes.place, ''), {_TRACKED}"
    )


def _own(role: str) -> str:
    mine = f"SELECT office FROM duties WHERE node = nodes.node AND role = '{role}' AND NOT inherited"
    return (
        f"ifnull((SELECT group_concat(office, '、') FROM ({mine} GROUP BY office ORDER BY"
        " min(stated = 'prose'), min(duty))), '')"
    )


_OWN_PERSONS = (
    "ifnull((SELECT group_concat(CASE role WHEN '' THEN '' ELSE role || '：' END || names, '；') FROM"
    " (SELECT role, group_concat(name, '、') AS names, min(first) AS first FROM"
    " (SELECT role, name, min(person) AS first FROM persons WHERE node = nodes.node AND NOT inherited"
    " GROUP BY role, name ORDER BY first) GROUP BY role ORDER BY first)), '')"
)
_OWN_STATED = (
    "ifnull((SELECT group_concat(stated, '、') FROM (SELECT DISTINCT stated FROM duties"
    " WHERE node = nodes.node AND NOT inherited ORDER BY stated = 'prose', stated)), '')"
)
