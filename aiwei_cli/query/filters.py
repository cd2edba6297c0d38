"""The filters, each with its test of a notice in memory and the SQL that asks a ledger the same.

What SQL can say, it says; what only Python can (a number written as people write it, words by jieba) it calls back for,
through functions that are registered for the one connection. To add a filter: a field of
:class:`aiwei_cli.query.Filters`, a class here, and its place in :func:`of_items` or :func:`of_duties`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from aiwei_cli.errors import UsageError
from aiwei_cli.notice.model import Hit, Place
from aiwei_cli.query import AsWritten, Filters, haystack, places
from aiwei_cli.query.asked import holds_path, number_path, squeezed
from aiwei_cli.query.doubts import by_item
from aiwei_cli.query.where import Where

if TYPE_CHECKING:
    import sqlite3
    from typing import Protocol

    from aiwei_cli.notice.model import Duty, Notice
    from aiwei_cli.query import OfficeNames

    class ItemFilter(Protocol):
        """A filter of items."""

        def test(self, place: Place) -> bool: ...

        def sql(self, connection: sqlite3.Connection, others: Where) -> Where:
            """The condition on ``nodes``; ``others`` have to hold too, for what is too slow to ask of all."""

    class DutyFilter(Protocol):
        """A filter of duties."""

        def test(self, duty: Duty) -> bool: ...

        def sql(self) -> Where:
            """The condition on ``duties``."""


# --- filters of duties


class ByOffice:
    """The office, by any of its names."""

    def __init__(self, asked: Sequence[str], offices: OfficeNames) -> None:
        self._names = frozenset().union(*(expanded(name, offices) for name in asked))

    def test(self, duty: Duty) -> bool:
        return duty.office in self._names or duty.written in self._names

    def sql(self) -> Where:
        names = sorted(self._names)
        # So each of the two finds its index.
        sql = f"(office IN ({_marks(names)}) OR (written IN ({_marks(names)}) AND written <> office))"
        return Where(sql, tuple(map(_clean, names)) * 2)


class OneOf:
    """A field of a duty that has one of the values asked for."""

    def __init__(self, field: str, asked: Sequence[str]) -> None:
        self._field, self._asked = field, asked

    def test(self, duty: Duty) -> bool:
        return getattr(duty, self._field) in self._asked

    def sql(self) -> Where:
        return Where(f"duties.{self._field} IN ({_marks(self._asked)})", tuple(self._asked))


class Own:
    """What does not come from a heading above."""

    def test(self, duty: Duty) -> bool:
        return not duty.inherited

    def sql(self) -> Where:
        return Where("NOT inherited")


def of_duties(filters: Filters, offices: OfficeNames) -> Iterator[DutyFilter]:
    """What is asked of a duty; all have to hold."""
    if filters.offices:
        yield ByOffice(filters.offices, offices)
    if filters.roles:
        yield OneOf("role", filters.roles)
    if filters.stated:
        yield OneOf("stated", filters.stated)
    if filters.own:
        yield Own()


def expanded(name: str, offices: OfficeNames) -> frozenset[str]:
    """All names an office is found by, the one asked for among them."""
    name = "".join(name.split())
    return offices.expand(name) | {name}


# --- filters of items


class DueBefore:
    """An item with a deadline before a day."""

    def __init__(self, day: str, *, own: bool) -> None:
        self._day, self._own = day, own

    def test(self, place: Place) -> bool:
        return any(
            time.date is not None and time.date < self._day and not (self._own and time.inherited)
            for time in place.node.deadlines
        )

    def sql(self, connection: sqlite3.Connection, others: Where) -> Where:
        own = " AND NOT inherited" if self._own else ""
        return Where(f"nodes.node IN (SELECT node FROM deadlines WHERE date < ?{own})", (self._day,))


class ByTask:
    """A task of a ledger by its number."""

    def __init__(self, tasks: Sequence[int]) -> None:
        self._tasks = tasks

    def test(self, place: Place) -> bool:
        return place.node.task in self._tasks

    def sql(self, connection: sqlite3.Connection, others: Where) -> Where:
        return among("nodes.task", list(self._tasks))


class UnderNumber:
    """An item whose id holds a number, or several on end: 二, 二/（一）."""

    def __init__(self, path: tuple[str, ...]) -> None:
        self._path = path

    def _has(self, node_id: str) -> bool:
        return holds_path(node_id, self._path)

    def test(self, place: Place) -> bool:
        return self._has(place.node.id)

    def sql(self, connection: sqlite3.Connection, others: Where) -> Where:
        ids = [str(id_) for (id_,) in connection.execute("SELECT DISTINCT id FROM nodes").fetchall()]
        return among("nodes.id", list(filter(self._has, ids)))


class UnderWords:
    """An item with words in a heading above it, in its own, or in the title of its plan: as the page has them, number
    and title, or as ``aiwei sections`` names them."""

    def __init__(self, asked: str) -> None:
        self._words = squeezed(asked)

    def _in(self, number: str, node_id: str, title: str) -> bool:
        return self._words in squeezed(number + title) or self._words in squeezed(node_id + title)

    def test(self, place: Place) -> bool:
        if place.plan and self._in("", "", place.plan.title):
            return True
        return any(self._in(node.number, node.id, node.title) for node in (*place.headings, place.node))

    def sql(self, connection: sqlite3.Connection, others: Where) -> Where:
        def names(words: str, number: str, id_: str, title: str) -> bool:
            return words in squeezed(number + title) or words in squeezed(id_ + title)

        connection.create_function("aiwei_names", 4, names)
        words = _clean(self._words)
        return Where(
            "nodes.node IN ("
            "WITH RECURSIVE below (node) AS ("
            "SELECT node FROM nodes LEFT JOIN plans USING (plan)"
            " WHERE aiwei_names(?, nodes.number, nodes.id, nodes.title)"
            " OR aiwei_names(?, '', '', ifnull(plans.title, ''))"
            " UNION SELECT nodes.node FROM below JOIN nodes ON nodes.parent = below.node) SELECT node FROM below)",
            (words, words),
        )


class Keyword:
    """An item with all pieces in its text or in the headings above, whatever white space is between."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces = pieces
        self._squeezed = list(map(squeezed, pieces))

    def test(self, place: Place) -> bool:
        text = squeezed(haystack(place))
        return all(piece in text for piece in self._squeezed)

    def sql(self, connection: sqlite3.Connection, others: Where) -> Where:
        from aiwei_cli.query.tokens import phrase

        if not self._pieces:
            return Where("1")
        asked = " AND ".join(phrase(_clean(piece)) for piece in self._pieces)
        found = "SELECT rowid FROM nodes_characters WHERE nodes_characters MATCH ?"
        return Where(f"nodes.node IN ({found})", (f"item : ({asked})",))


class WholeWords:
    """The same where the pieces have to be words by jieba's reading.

    jieba is slow: it is asked only where the plain characters are there at all.
    """

    def __init__(self, pieces: Sequence[str], offices: OfficeNames) -> None:
        from aiwei_cli.query.words import Cutter

        self._pieces = [piece.casefold() for piece in pieces]
        self._characters = Keyword(sorted({char for piece in self._pieces for char in piece}))
        self._cutter = Cutter(offices.words())

    def test(self, place: Place) -> bool:
        return self._characters.test(place) and self._cutter.holds(haystack(place).casefold(), self._pieces)

    def sql(self, connection: sqlite3.Connection, others: Where) -> Where:
        some = Where.all_of([self._characters.sql(connection, others), others])
        query = f"SELECT node, {HAYSTACK} FROM nodes CROSS JOIN notices USING (notice) WHERE {some.sql}"
        rows = connection.execute(query, some.values).fetchall()
        return among("nodes.node", [node for node, text in rows if self._cutter.holds(text.casefold(), self._pieces)])


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


def of_items(filters: Filters, offices: OfficeNames) -> Iterator[list[ItemFilter]]:
    """What is asked of an item: lists of which all have to hold, each by one of its filters at least."""
    if filters.tasks:
        yield [ByTask(filters.tasks)]
    standing = (filters.due, filters.due_by, filters.overdue, filters.statuses, filters.lights, filters.issuers)
    if filters.owned or any(standing):
        yield from _of_standing(filters)
    if filters.due_before is not None:
        yield [DueBefore(filters.due_before, own=filters.own)]
    if filters.sections:
        paths = [(asked, number_path(asked)) for asked in filters.sections]
        yield [UnderWords(asked) if path is None else UnderNumber(path) for asked, path in paths]
    if filters.keywords:
        pieces = [asked.split() for asked in filters.keywords]
        yield [WholeWords(each, offices) if filters.words else Keyword(each) for each in pieces]


def _of_standing(filters: Filters) -> Iterator[list[ItemFilter]]:
    """What is asked of how an item stands."""
    from aiwei_cli.query import stands

    if filters.due:
        yield [stands.DueWithin(*filters.due, own=filters.own)]
    if filters.due_by:
        yield [stands.DueWithin("", filters.due_by, own=filters.own)]
    if filters.overdue:
        yield [stands.Overdue(filters.overdue)]
    if filters.statuses:
        yield [stands.ByStatus(filters.statuses)]
    if filters.lights:
        yield [stands.ByLight(filters.lights, filters.day, filters.light_rules or {})]
    if filters.owned:
        yield [stands.Owned(own=filters.own)]
    if filters.issuers:
        yield [stands.ByIssuer(words) for words in filters.issuers]


# --- all of them together


def selector(filters: Filters, offices: OfficeNames | None = None) -> Callable[[Notice], Iterator[Hit]]:
    """A function that gives the items of a notice that match, in the order of the text.

    Raises UsageError for filters that contradict each other.
    """
    refuse_contradictions(filters)
    offices = offices or AsWritten()
    of_duty = [each.test for each in of_duties(filters, offices)]
    of_item = [[each.test for each in some] for some in of_items(filters, offices)]

    def answers(notice: Notice) -> Iterator[Hit]:
        doubts = by_item(notice)
        for place in places(notice):
            node = place.node
            if not node.is_item or not all(any(test(place) for test in tests) for tests in of_item):
                continue
            counted = node.own_duties if filters.own else node.duties
            duties = counted
            if filters.picks_duties:
                duties = tuple(duty for duty in counted if all(test(duty) for test in of_duty))
            if not counted if filters.no_owner else duties or not (filters.picks_duties or filters.own):
                persons = tuple(each for each in node.persons if not (filters.own and each.inherited))
                yield Hit(place, duties, counted, persons, doubts.get(node.id, ()))

    return answers


def where(connection: sqlite3.Connection, filters: Filters, offices: OfficeNames, notices: Where) -> Where:
    """The items of some notices that match. Raises UsageError for filters that contradict each other."""
    refuse_contradictions(filters)
    parts = [Where("nodes.item"), notices]
    counted = duties(filters, offices)
    if filters.no_owner or filters.picks_duties or filters.own:
        among = "NOT IN" if filters.no_owner else "IN"
        parts.append(Where(f"nodes.node {among} (SELECT node FROM duties WHERE {counted.sql})", counted.values))
    for some in of_items(filters, offices):
        parts.append(Where.any_of([each.sql(connection, Where.all_of(parts)) for each in some]))
    return Where.all_of(parts)


def duties(filters: Filters, offices: OfficeNames) -> Where:
    """The duties that count, as a condition on ``duties``."""
    return Where.all_of(each.sql() for each in of_duties(filters, offices))


def refuse_contradictions(filters: Filters) -> None:
    """Raises UsageError for filters that contradict each other."""
    if filters.no_owner and filters.picks_duties:
        raise UsageError(
            "--no-owner 找的是没有责任单位的事项，不能和 --office、--role、--stated 同时使用；请去掉其中一个"
        )


def among(column: str, values: Sequence[str] | Sequence[int]) -> Where:
    """One of so many values that they do not fit into the statement."""
    import json

    return Where(f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(values),))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _clean(text: str) -> str:
    """The name of a file, and so a command line, may hold halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode()
