"""The names in a ledger: which of those asked for are there, and which that are come near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from aiwei_cli.notice.model import Node, Notice, Place
from aiwei_cli.notice.source import Source
from aiwei_cli.query import WHOLE, Filters, places
from aiwei_cli.query.absent import Witness
from aiwei_cli.query.by_id import with_id
from aiwei_cli.query.filters import among, duties
from aiwei_cli.query.where import Where
from aiwei_cli.store import load

if TYPE_CHECKING:
    from aiwei_cli.query import OfficeNames
    from aiwei_cli.store.query import Ledger

MOST = 20
"""How many places are named where an id may mean several."""


class LedgerWitness(Witness):
    """Knows the names in a ledger without having seen its notices go by: it looks them up when it is asked."""

    def __init__(self, filters: Filters, offices: OfficeNames, ledger: Ledger) -> None:
        super().__init__(filters, offices)
        self._ledger = ledger

    def watch(self, notices: Iterable[Notice]) -> Iterator[Notice]:
        yield from notices

    def unknown(self) -> Iterator[str]:
        filters = self._filters
        # Something was found: so the one name that was asked for is there.
        if len(filters.offices) > 1:
            self._look_up(offices=True)
        if len(filters.sections) > 1:
            self._look_up(sections=True)
        some = filters._replace(
            offices=filters.offices if len(filters.offices) > 1 else (),
            sections=filters.sections if len(filters.sections) > 1 else (),
        )
        yield from self._unknown(some)

    def nothing(self) -> Iterator[str]:
        self._look_up(offices=bool(self._filters.offices), sections=bool(self._filters.sections))
        with self._ledger.complaints():
            condition = self._ledger.which.sql(self._ledger.connection)
            query = f"SELECT 1 FROM nodes JOIN notices USING (notice) WHERE {condition.sql} LIMIT 1"
            self._items = len(self._ledger.all(query, *condition.values))
        yield from self._nothing(list(self._unknown(self._filters)))

    def _look_up(self, *, offices: bool = False, sections: bool = False) -> None:
        ledger = self._ledger
        with ledger.complaints():
            condition = ledger.which.sql(ledger.connection)
            source = f"FROM nodes JOIN notices USING (notice) {{}} WHERE {condition.sql}"
            if offices and self._all_known(condition):
                self._offices.update(dict.fromkeys(self._filters.offices))
            elif offices:
                query = f"SELECT office, written {source.format('JOIN duties USING (node)')} GROUP BY office, written"
                query += " ORDER BY min(duty)"
                self._offices.update((name, None) for row in ledger.all(query, *condition.values) for name in row)
            if sections:
                # In the order of section_names: notice by notice, the titles of plans before the places.
                query = (
                    f"SELECT first, second FROM (SELECT nodes.notice, 1 AS kind, node AS place, id AS first,"
                    f" nodes.title AS second {source.format('')} AND id <> '{WHOLE}' UNION ALL"
                    f" SELECT nodes.notice, 0, plan, plans.title, '' {source.format('JOIN plans USING (plan)')})"
                    " GROUP BY first, second ORDER BY min(notice), kind, min(place)"
                )
                found = ledger.all(query, *condition.values, *condition.values)
                self._sections.update((" ".join(row).rstrip(), None) for row in found)

    def _all_known(self, condition: Where) -> bool:
        """Whether each office that was asked for is there, which the index knows at once."""
        for name in self._filters.offices:
            theirs = Where.all_of([duties(Filters(offices=(name,)), self._rules), condition])
            source = "duties CROSS JOIN nodes USING (node) CROSS JOIN notices USING (notice)"
            if not self._ledger.all(f"SELECT 1 FROM {source} WHERE {theirs.sql} LIMIT 1", *theirs.values):
                return False
        return True


def places_with_id(ledger: Ledger, asked: str) -> tuple[list[Place], int, list[str]]:
    """The places that an id may mean, how many there are, and the ids to choose from.

    A single one comes with its notice; of several only the first :data:`MOST`, with no more than tells them apart.
    """
    with ledger.complaints():
        condition = ledger.which.sql(ledger.connection)
        source = f"nodes JOIN notices USING (notice) WHERE {condition.sql} AND (nodes.item OR id <> '{WHOLE}')"
        ids = [id_ for (id_,) in ledger.all(f"SELECT DISTINCT id FROM {source}", *condition.values)]
        fitting = [place.node.id for place in with_id(asked, (_bare(id_) for id_ in ids))]
        theirs = Where.all_of([condition, among("nodes.id", fitting)])
        if not fitting:
            return [], 0, ids
        source = f"FROM nodes JOIN notices USING (notice) WHERE {theirs.sql}"
        (count,) = ledger.all(f"SELECT count(*) {source}", *theirs.values)[0]
        query = f"SELECT notice, id, notices.title, path, nodes.title, substr(text, 1, 100) {source}"
        rows = ledger.all(f"{query} ORDER BY document, version, node LIMIT {MOST}", *theirs.values)
        if count == 1:
            (notice,) = load.notices(ledger.connection, [rows[0][0]])
            return [place for place in places(notice) if place.node.id == rows[0][1]], 1, ids
        return [_bare(id_, *rest) for _, id_, *rest in rows], count, ids


def _bare(id_: str, notice: str | None = None, path: str | None = None, title: str = "", text: str = "") -> Place:
    return Place(Notice("", Source(path), notice), Node(id_, "", 0, title, text, (0, 0)))


def ledger_offices(ledger: Ledger) -> list[str]:
    """The names of all offices, canonical and as written."""
    query = "SELECT office FROM offices UNION SELECT written FROM duties WHERE written <> office"
    with ledger.complaints():
        return [name for (name,) in ledger.all(query)]


def ledger_ids(ledger: Ledger) -> list[str]:
    """The ids of all items and headings."""
    with ledger.complaints():
        return [name for (name,) in ledger.all("SELECT DISTINCT id FROM nodes WHERE id <> ? ORDER BY node", WHOLE)]


def ledger_sections(ledger: Ledger) -> list[str]:
    """The ids and titles of all headings."""
    source = "FROM nodes WHERE node IN (SELECT parent FROM nodes)"
    query = f"SELECT DISTINCT id {source} UNION SELECT title {source} AND title <> ''"
    with ledger.complaints():
        return [name for (name,) in ledger.all(query)]


def titles(ledger: Ledger) -> list[tuple[str | None, int | None, str | None]]:
    """(title, year, date) of each notice, whatever is asked of them."""
    with ledger.complaints():
        versions = "" if ledger.which.all_versions else "WHERE latest"
        return ledger.all(f"SELECT title, year, date FROM notices {versions} ORDER BY document, version")
