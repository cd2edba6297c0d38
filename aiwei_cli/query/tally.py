"""Counts: how much each office has to do, and how much is under each heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from aiwei_cli.language.chars import clipped
from aiwei_cli.notice.fields import Cell
from aiwei_cli.notice.model import ROLES, Duty, Hit, Node, Notice
from aiwei_cli.query import WHOLE, heading, places
from aiwei_cli.query.called import called
from aiwei_cli.query.pairs import PLACE_COLUMN, office_place
from aiwei_cli.query.table import OFFICE_COLUMNS, SECTION_COLUMNS, Row, Table

if TYPE_CHECKING:
    from typing import Protocol

    class KnownOffices(Protocol):
        """What is asked of :class:`aiwei_cli.offices.Offices` here."""

        def aliases(self, name: str) -> tuple[str, ...]: ...

        def known(self, name: str) -> bool: ...

    class PlacedOffices(KnownOffices, Protocol):
        """The same, and where a body belongs."""

        def place_of(self, body: str) -> str: ...


class Tally:
    """The duties of one office by role, and its other names in the notices."""

    def __init__(self) -> None:
        self.roles: dict[str, int] = dict.fromkeys(ROLES, 0)
        self.written: dict[str, None] = {}

    def add(self, duty: Duty) -> None:
        self.roles[duty.role] += 1
        if duty.written != duty.office:
            self.written[duty.written] = None

    @property
    def total(self) -> int:
        return sum(self.roles.values())


def placed_table(hits: Iterable[Hit], offices: PlacedOffices) -> Table:
    """The same for offices that are told apart by their place, which is the last column."""
    counts: dict[tuple[str, str], Tally] = {}
    for hit in hits:
        place = office_place(hit.place.notice, offices)
        for duty in hit.duties:
            counts.setdefault((duty.office, place), Tally()).add(duty)
    ranked = sorted(counts.items(), key=lambda entry: -entry[1].total)
    rows = ({**_office_row(name, count, offices), "office_place": place} for (name, place), count in ranked)
    return Table("单位", (*OFFICE_COLUMNS, PLACE_COLUMN), rows)


def offices_table(hits: Iterable[Hit], offices: KnownOffices) -> Table:
    """Each office with the number of its duties by role: the busiest first, equals in the order of the text."""
    counts: dict[str, Tally] = {}
    for hit in hits:
        for duty in hit.duties:
            counts.setdefault(duty.office, Tally()).add(duty)
    return counted_table(counts, offices)


def counted_table(counts: Mapping[str, Tally], offices: KnownOffices) -> Table:
    """The same for duties that are counted already, the offices in the order of the text."""
    ranked = sorted(counts.items(), key=lambda entry: -entry[1].total)
    return Table("单位", OFFICE_COLUMNS, (_office_row(name, count, offices) for name, count in ranked))


def _office_row(name: str, count: Tally, offices: KnownOffices) -> dict[str, Cell]:
    aliases = [alias for alias in offices.aliases(name) if alias != name and alias not in count.written]
    return {
        "office": name,
        **count.roles,
        "total": count.total,
        "written": "、".join(count.written),
        "aliases": "、".join(aliases),
        "known": offices.known(name),
    }


def sections_table(notices: Iterable[Notice]) -> Table:
    """The outline: a row for each place that has others under it or is at the top."""
    return Table("章节", SECTION_COLUMNS, (row for notice in notices for row in _section_rows(notice)))


def _section_rows(notice: Notice) -> Iterator[Row]:
    plan = None
    for place in places(notice):
        node, depth = place.node, len(place.headings)
        if node.id == WHOLE or (depth and not node.children):
            continue
        # A plan's title is above its first section.
        above = f"{place.plan.title}\n" if place.plan and place.plan is not plan else ""
        plan = place.plan
        items = [below for below in node.walk() if below.is_item]
        yield {
            "notice": called(notice),
            "id": node.id,
            "number": node.number,
            "level": node.level,
            "title": node.title,
            "section": above + "　　" * depth + heading(node) + ("" if node.title else _opening(node)),
            "items": len(items),
            "duties": sum(len(item.duties) for item in items),
            "path": notice.source.path or "",
            "line": node.line,
        }


def _opening(node: Node) -> str:
    """The first words of an item that has no title, for a person to know it by."""
    line = node.text.partition("\n")[0]
    return clipped(line, 30)
