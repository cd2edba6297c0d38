"""What a report has to know of all its hits, collected while they pass: what is said above its tables, which columns
say something, which headings begin where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aiwei_cli.notice.model import Hit, Notice
from aiwei_cli.query import above
from aiwei_cli.query.table import Column, Row
from aiwei_cli.records import NamedTuple

_NEW = ("persons", "doubts", "place")
"""Columns that are left out where they say nothing."""


class Heading(NamedTuple):
    """A row across a whole table."""

    words: str
    depth: int


class Summary:
    """What is said of all hits of a report above its tables, counted while they pass."""

    def __init__(self, hits: Iterable[Hit] = ()) -> None:
        self.items = self.duties = self.notices = 0
        self.first: Notice | None = None
        self.several = False
        """Whether they are of more than one notice."""
        self._last: Notice | None = None
        self._offices: set[str] = set()
        for hit in hits:
            self.add(hit)

    def add(self, hit: Hit) -> None:
        """Count a hit."""
        notice = hit.place.notice
        if self.first is None:
            self.first = notice
        if notice is not self._last:
            self.notices += 1
            self._last = notice
            self.several = self.several or notice is not self.first
        self.items += 1
        self.duties += len(hit.duties)
        self._offices.update(duty.office for duty in hit.duties)

    @property
    def single(self) -> Notice | None:
        """The notice that all hits are of."""
        return self.first if self.notices == 1 else None

    def facts(self) -> list[str]:
        """One short line after the other: where it comes from and how much it holds."""
        told: list[str | None] = []
        if self.single:
            told += [self.single.issuer, self.single.document_number, self.single.date]
        told += [f"{self.items} 个事项", f"{self.duties} 项责任", f"{len(self._offices)} 个单位"]
        return [words for words in told if words]


class ShownColumns:
    """Which columns a table gets, by what is in its rows."""

    def __init__(self, known: Sequence[Column], keys: Sequence[str]) -> None:
        by_key = {column.key: column for column in known}
        self._columns = [by_key[key] for key in keys]
        self._silent = set(keys)
        """The keys of those that said nothing so far."""
        self._own: dict[str, None] = {}
        self._elsewhere = False
        """Whether anything but clauses states duties."""

    def see(self, hit: Hit, row: Row) -> None:
        """Note a row of the table and its hit."""
        self._own.update((name, None) for name, _ in hit.place.node.extra)
        self._silent.difference_update([key for key in self._silent if row.get(key)])
        self._elsewhere = self._elsewhere or row.get("stated") not in ("", "clause")

    def keys(self) -> list[str]:
        """What a row has to keep."""
        return [column.key for column in self._columns]

    def chosen(self, *, several: bool) -> tuple[Column, ...]:
        """The columns of ``several`` notices or of one."""
        nothing = self._silent.intersection(_NEW)
        if not several:
            nothing.add("notice")
        if not self._elsewhere:
            nothing.add("stated")
        own = (Column(name, name, optional=True) for name in self._own)
        return (*(column for column in self._columns if column.key not in nothing), *own)

    def filled(self, *, several: bool) -> list[Column]:
        """The same without those that may be left out and are empty."""
        return [each for each in self.chosen(several=several) if not (_may_go(each) and each.key in self._silent)]


class Headings:
    """The headings that begin with a hit: those that the hit before was not under."""

    def __init__(self, *, several: bool) -> None:
        self._several = several
        self._before: list[object] = []

    def of(self, hit: Hit) -> list[Heading]:
        """Those of the next hit."""
        chain = above(hit.place, several=self._several)
        known = 0
        while known < min(len(self._before), len(chain)) and self._before[known] is chain[known][0]:
            known += 1
        # An item with others under it is its own heading.
        self._before = [*(thing for thing, _ in chain), hit.place.node]
        return [Heading(words, depth) for depth, (_, words) in enumerate(chain) if depth >= known]


def filled_columns(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """The columns without those that may be left out and are empty."""
    return [column for column in columns if not _may_go(column) or any(row.get(column.key) for row in rows)]


def _may_go(column: Column) -> bool:
    return column.optional or column.kind == "date"
