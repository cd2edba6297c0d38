"""Notices into a ledger.

A batch of notices is one transaction: all of it is there or none of it, whatever kills the program, and the lock is
held only while rows are written, not while files are read. Another writer waits for its turn, and then looks at what is
there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from aiwei_cli.notice.model import Notice
from aiwei_cli.query.tokens import characters
from aiwei_cli.records import NamedTuple
from aiwei_cli.store.columns import columns_of
from aiwei_cli.store.connect import Opened, create, ledger_complaints, transaction, writing
from aiwei_cli.store.packed import packed
from aiwei_cli.store.record import digest_of, identity_of, is_item, places_of, record_rows, record_tables, searchable
from aiwei_cli.tracking.numbers import number_first, number_next
from aiwei_cli.tracking.standing import untracked
from aiwei_cli.tracking.states import renew

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

Change = Literal["added", "updated", "known", "older"]


class Outcome(NamedTuple):
    """What became of a notice."""

    change: Change
    """``known``: the latest version has this content; ``older``: an earlier one has. Nothing was done then."""
    notice: int
    """The number of the row in ``notices``."""
    version: int


class Prepared(NamedTuple):
    """A notice that is ready to be written."""

    notice: Notice
    digest: str
    identity: str | None
    again: bool
    """Whether it becomes the next version even if its content is there, where it reads differently now."""
    packed: bytes
    """Its text."""
    characters: Sequence[tuple[int, str, str]]
    """Of each item: its place among the nodes, and the columns of ``nodes_characters``."""


class Store:
    """A ledger to write to."""

    def __init__(
        self,
        path: str,
        offices: Offices,
        *,
        compare: Mapping[str, Any] | None = None,
        connection: sqlite3.Connection | None = None,
    ) -> None:
        """Opens the ledger and makes it if there is none; an older one is brought to the latest version.

        ``compare`` is the content of compare.yaml, by which versions are aligned; the shipped one where none is given.
        Raises ReadError where that cannot be done.
        """
        self.path, self._offices, self._compare = path, offices, compare
        self.connection, self.upgraded = writing(path) if connection is None else Opened(connection, None)

    def close(self) -> None:
        self.connection.close()

    def seen(self, digest: str) -> Outcome | None:
        """What became of this content earlier. Another writer may be adding it: :meth:`add` looks again."""
        with ledger_complaints(self.path):
            same = self._version("digest = ?", digest)
        if same and self._is_hidden(same[1]):  # it has to come back
            return None
        return Outcome("known" if same[3] else "older", same[0], same[2]) if same else None

    def count(self) -> int:
        """How many notices there are, each in its latest version."""
        with ledger_complaints(self.path):
            shown = "latest AND document NOT IN (SELECT document FROM hidden)"
            return self._one(f"SELECT count(*) FROM notices WHERE {shown}")

    def entry(self, notice: Notice, *, again: bool = False) -> Prepared:
        """The notice prepared for :meth:`add`: what takes time is done before the ledger is locked."""
        notice = untracked(_clean(notice))
        found = []
        for number, place in enumerate(places_of(notice)):
            if is_item(place.node):
                text, names = searchable(place)
                found.append((number, characters(text), characters(names)))
        return Prepared(notice, digest_of(notice), identity_of(notice), again, packed(notice.text), found)

    def add(self, entries: Sequence[Prepared]) -> list[Outcome]:
        """Put notices in, all or none of them.

        A notice that is there already stays as it is; one with the same identity and other content becomes its next
        version. Raises ReadError where the ledger cannot be written.
        """
        with ledger_complaints(self.path), transaction(self.connection):
            return [self._put(entry) for entry in entries]

    def add_apart(self, entries: Iterable[Prepared]) -> None:
        """Put notices in as they come, each separately, even if two are the same: for an export."""
        with ledger_complaints(self.path), transaction(self.connection):
            for entry in entries:
                number_first(self.connection, self._insert(entry, None, 1))

    def _put(self, entry: Prepared) -> Outcome:
        same = self._version("digest = ?", entry.digest)
        if same is not None:
            notice, document, version, latest = same
            self._bring_back(entry, document)
            if not (entry.again and latest) or self._reads_the_same(notice, entry.notice):
                return Outcome("known" if latest else "older", notice, version)
        else:
            same = self._version("identity = ?", entry.identity)
            if same is None:
                number = self._insert(entry, None, 1)
                number_first(self.connection, number)
                return Outcome("added", number, 1)
            document = same[1]
            self._bring_back(entry, document)
        return self._next_version(entry, document)

    def _next_version(self, entry: Prepared, document: int) -> Outcome:
        query = "SELECT notice, version FROM notices WHERE document = ? ORDER BY version DESC LIMIT 1"
        before, last = self.connection.execute(query, (document,)).fetchone()
        self.connection.execute("UPDATE notices SET latest = 0 WHERE document = ?", (document,))
        number = self._insert(entry, document, last + 1)
        if self._compare is None:
            from aiwei_cli.compiled import load as load_rules

            self._compare = load_rules(None).data["compare"]
        number_next(self.connection, number, before, self._compare)
        renew(self.connection, document=document)
        return Outcome("updated", number, last + 1)

    def _version(self, condition: str, value: str | None) -> tuple[int, int, int, int] | None:
        """(notice, document, version, latest) of the row with this digest or identity, the latest if there are more."""
        query = (
            f"SELECT notice, document, version, latest FROM notices WHERE {condition} ORDER BY latest DESC, notice DESC"
        )
        found: tuple[int, int, int, int] | None = self.connection.execute(query, (value,)).fetchone()
        return found

    def _is_hidden(self, document: int) -> bool:
        return bool(self.connection.execute("SELECT 1 FROM hidden WHERE document = ?", (document,)).fetchone())

    def _bring_back(self, entry: Prepared, document: int) -> None:
        """A notice that was removed and is added again is wanted again."""
        if self._is_hidden(document):
            from aiwei_cli.tracking.clock import today
            from aiwei_cli.tracking.notices import show_again

            show_again(self.connection, document, entry.notice.title or "", today())

    def _reads_the_same(self, number: int, notice: Notice) -> bool:
        from aiwei_cli.store.load import notices

        (there,) = notices(self.connection, [number], standing=False)
        return replace(there, text="", source=notice.source) == replace(untracked(notice), text="")

    def _one(self, query: str, *values: object) -> int:
        found: int = self.connection.execute(query, values).fetchone()[0]
        return found

    def _insert(self, entry: Prepared, document: int | None, version: int) -> int:
        notice, execute = entry.notice, self.connection.execute
        number = self._one("SELECT ifnull(max(notice), 0) + 1 FROM notices")
        known = record_tables()
        free = {name: self._one(f"SELECT ifnull(max({table.key}), 0) + 1 FROM {name}") for name, table in known.items()}
        rows = record_rows(notice, number, free)
        added = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        head = (number, document or number, version, 1, entry.identity, entry.digest, added)
        columns = ("notice", "document", "version", "latest", "identity", "digest", "added", *columns_of(Notice))
        execute(_insertion("notices", columns), head + rows.notice)
        if notice.text:
            execute("INSERT INTO sources VALUES (?, ?, ?)", (number, len(notice.text.encode()), entry.packed))
        self._name_offices({duty.office for place in places_of(notice) for duty in place.node.duties})
        for name, table in known.items():
            self.connection.executemany(_insertion(name, (table.key, *table.columns)), rows.rows[name])
        self._index(entry, free["nodes"])
        return number

    def _name_offices(self, names: set[str]) -> None:
        asked = "SELECT 1 FROM offices WHERE office = ?"
        new = sorted(name for name in names if not self.connection.execute(asked, (name,)).fetchone())
        rows = [(name, "、".join(self._offices.aliases(name)), int(self._offices.known(name))) for name in new]
        self.connection.executemany("INSERT INTO offices VALUES (?, ?, ?)", rows)

    def _index(self, entry: Prepared, first: int) -> None:
        rows = [(first + number, *cells) for number, *cells in entry.characters]
        self.connection.executemany(_insertion("nodes_characters", ("rowid", "item", "offices")), rows)


def in_memory(offices: Offices) -> Store:
    """An empty ledger that is no file."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with ledger_complaints("内存"), transaction(connection):
        create(connection)
    return Store("内存", offices, connection=connection)


def _insertion(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


def _clean(notice: Notice) -> Notice:
    """The notice without halves of surrogate pairs, which SQLite refuses: JSON and names of files may hold them."""
    try:
        # Everything a parser made is in the text; else all is looked through, since ``repr`` would hide them.
        (notice.text or json.dumps(notice.to_dict(), ensure_ascii=False)).encode()
        (notice.source.path or "").encode()
    except UnicodeEncodeError:
        return replace(Notice.from_dict(_whole(notice.to_dict())), text=_whole(notice.text))
    return notice


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
