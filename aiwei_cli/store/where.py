"""Filters as SQL: the same questions that :func:`aiwei_cli.query.selector` asks of notices in memory.

What SQL can say, it says; what only Python can (a number written as people write it, words by jieba) it calls back for,
through functions that are registered for the one connection. The nodes that answer are those of :mod:`aiwei_cli.query`,
one for one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from aiwei_cli.query import Filters, expanded, refuse_contradictions
from aiwei_cli.query.asked import id_path, number_path, squeezed
from aiwei_cli.query.which import Which, name_of
from aiwei_cli.store.tokens import phrase

if TYPE_CHECKING:
    from aiwei_cli.query import OfficeNames


class Where(NamedTuple):
    """A condition on ``nodes`` joined with ``notices``, and its values."""

    sql: str
    values: tuple[object, ...] = ()

    @classmethod
    def all_of(cls, parts: Iterable[Where]) -> Where:
        """The parts, each of which has to hold."""
        known = list(parts)
        return cls(" AND ".join(part.sql for part in known), tuple(value for part in known for value in part.values))

    @classmethod
    def any_of(cls, parts: Iterable[Where]) -> Where:
        """The parts, one of which has to hold."""
        known = list(parts)
        return cls(
            f"({' OR '.join(part.sql for part in known)})", tuple(value for part in known for value in part.values)
        )


def where(connection: sqlite3.Connection, filters: Filters, which: Which, offices: OfficeNames) -> Where:
    """The items that answer. Raises UsageError for filters that contradict each other."""
    refuse_contradictions(filters)
    parts = [Where("nodes.item"), notices(connection, which)]
    counted = duties(filters, offices)
    if filters.no_owner:
        parts.append(Where(f"nodes.node NOT IN (SELECT node FROM duties WHERE {counted.sql})", counted.values))
    elif filters.offices or filters.roles or filters.stated or filters.own:
        parts.append(Where(f"nodes.node IN (SELECT node FROM duties WHERE {counted.sql})", counted.values))
    if filters.due_before is not None:
        own = " AND NOT inherited" if filters.own else ""
        sql = f"nodes.node IN (SELECT node FROM deadlines WHERE date < ?{own})"
        parts.append(Where(sql, (filters.due_before,)))
    if filters.sections:
        parts.append(Where.any_of(_section(connection, asked) for asked in filters.sections))
    if filters.keywords:
        if filters.words:
            parts.append(_words(connection, filters.keywords, offices, Where.all_of(parts)))
        else:
            parts.append(Where.any_of(_keyword(asked.split()) for asked in filters.keywords))
    return Where.all_of(parts)


def notices(connection: sqlite3.Connection, which: Which) -> Where:
    """The notices the question is about."""
    parts = [] if which.all_versions else [Where("notices.latest")]
    if not which.everything:

        def fits(title: str, issuer: str, number: str, path: str, year: int, date: str) -> bool:
            return which.named(name_of(title, issuer, number, path)) and which.dated(year, date)

        connection.create_function("aiwei_fits", 6, fits, deterministic=True)
        asked = "SELECT notice FROM notices WHERE aiwei_fits(title, issuer, document_number, path, year, date)"
        parts.append(Where(f"notices.notice IN ({asked})"))
    return Where.all_of(parts) if parts else Where("1")


def duties(filters: Filters, offices: OfficeNames) -> Where:
    """The duties that count, as a condition on ``duties``."""
    parts = []
    if filters.offices:
        names = sorted(frozenset().union(*(expanded(name, offices) for name in filters.offices)))
        among = f"({_marks(names)})"
        # So each of the two finds its index.
        sql = f"(office IN {among} OR (written IN {among} AND written <> office))"
        parts.append(Where(sql, tuple(map(_clean, names)) * 2))
    if filters.roles:
        parts.append(Where(f"role IN ({_marks(filters.roles)})", filters.roles))
    if filters.stated:
        parts.append(Where(f"duties.stated IN ({_marks(filters.stated)})", filters.stated))
    if filters.own:
        parts.append(Where("NOT inherited"))
    return Where.all_of(parts) if parts else Where("1")


def _section(connection: sqlite3.Connection, asked: str) -> Where:
    """A number stands in the item's own id; words in a heading above it, in its own, or in the title of its plan."""
    path = number_path(asked)
    if path is not None:
        length = len(path)
        ids = [str(id_) for (id_,) in connection.execute("SELECT DISTINCT id FROM nodes").fetchall()]
        fitting = [
            id_ for id_ in ids if any(id_path(id_)[at : at + length] == path for at in range(id_.count("/") + 1))
        ]
        return listed("nodes.id", fitting)

    def names(words: str, number: str, id_: str, title: str) -> bool:
        return words in squeezed(number + title) or words in squeezed(id_ + title)

    connection.create_function("aiwei_names", 4, names, deterministic=True)
    words = _clean(squeezed(asked))
    return Where(
        "nodes.node IN ("
        "WITH RECURSIVE below (node) AS ("
        "SELECT node FROM nodes LEFT JOIN plans USING (plan) WHERE aiwei_names(?, nodes.number, nodes.id, nodes.title)"
        " OR aiwei_names(?, '', '', ifnull(plans.title, ''))"
        " UNION SELECT nodes.node FROM below JOIN nodes ON nodes.parent = below.node) SELECT node FROM below)",
        (words, words),
    )


def _keyword(pieces: Sequence[str]) -> Where:
    """All pieces have to stand in the text or in the headings above, whatever white space is between."""
    if not pieces:
        return Where("1")
    asked = " AND ".join(phrase(_clean(piece)) for piece in pieces)
    return Where(
        "nodes.node IN (SELECT rowid FROM nodes_characters WHERE nodes_characters MATCH ?)", (f"item : ({asked})",)
    )


def _words(connection: sqlite3.Connection, keywords: Sequence[str], offices: OfficeNames, others: Where) -> Where:
    """The same for words: the characters say where they may be, jieba whether they are.

    jieba is slow, so it gets only the items that hold all the ``others``.
    """
    from aiwei_cli.query.words import Cutter

    cutter = Cutter(offices.words())
    fitting: set[int] = set()
    for asked in keywords:
        pieces = [piece.casefold() for piece in asked.split()]
        some = Where.all_of([_keyword(sorted({char for piece in pieces for char in piece})), others])
        query = f"SELECT node, {HAYSTACK} FROM nodes CROSS JOIN notices USING (notice) WHERE {some.sql}"
        for node, text in connection.execute(query, some.values).fetchall():
            if node not in fitting and cutter.holds(text.casefold(), pieces):
                fitting.add(node)
    return listed("nodes.node", sorted(fitting))


HAYSTACK = """(
  SELECT group_concat(words, char(10)) FROM (
    WITH RECURSIVE up (depth, parent, words) AS (
      SELECT 0, nodes.parent, nodes.title || char(10) || nodes.text
      UNION ALL SELECT depth + 1, above.parent, above.title FROM up JOIN nodes AS above ON above.node = up.parent
      WHERE depth < 500
    )
    SELECT words, depth FROM up UNION ALL SELECT title, 1000 FROM plans WHERE plans.plan = nodes.plan
    ORDER BY depth DESC
  )
)"""
"""The plan's title, the headings' and the item's own, and its text, as :func:`aiwei_cli.query.haystack` gives them."""


def listed(column: str, values: Sequence[str] | Sequence[int]) -> Where:
    """One of so many values that they do not fit into the statement."""
    return Where(f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(values),))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _clean(text: str) -> str:
    """The name of a file, and so a command line, may hold halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode()
