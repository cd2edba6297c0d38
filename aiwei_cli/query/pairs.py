"""Who works with whom: the pairs of offices that a task brings together.

Of one item the offices that lead (where none leads, those that are responsible) go with each that supports, and those
that lead with each that is responsible: from the one to the other. Offices that lead together, and such that are
responsible together, are a pair without a direction. Offices of the same name are told apart by the place of the
notice: 市发展改革委 is another one in each city.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from aiwei_cli.language.places import NATIONAL
from aiwei_cli.notice.fields import Cell
from aiwei_cli.notice.model import Duty, Hit, Notice, Role
from aiwei_cli.query.table import DUTY_COLUMNS, Column, Table, duty_rows
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from typing import Protocol

    class OfficePlaces(Protocol):
        """What is asked of :class:`aiwei_cli.offices.Offices` here."""

        def place_of(self, body: str) -> str: ...


Weight = Literal["task", "shared"]
WEIGHTS: tuple[Weight, ...] = ("task", "shared")
_LIKE = {column.key: column for column in DUTY_COLUMNS}
PLACE_COLUMN = Column("office_place", "单位所在地")
_REST = DUTY_COLUMNS[DUTY_COLUMNS.index(_LIKE["path"]) :]
PAIR_COLUMNS = (
    *(_LIKE[key] for key in ("notice", "id", "section", "item")),
    Column("source", "单位甲"),
    Column("source_role", "甲的分工"),
    Column("target", "单位乙"),
    Column("target_role", "乙的分工"),
    Column("directed", "有方向", person=False),
    Column("weight", "权重", kind="number"),
    PLACE_COLUMN,
    *_REST,
)


class Pair(NamedTuple):
    """Two offices of one item."""

    source: Duty
    target: Duty
    directed: bool


def pairs_of(duties: Iterable[Duty]) -> list[Pair]:
    """The pairs of the duties of one item, each once.

    >>> from aiwei_cli.parsing import parse
    >>> found = pairs_of(parse("一、修路（住建局牵头，财政局、水利局配合）。").body[0].duties)
    >>> [(pair.source.office, pair.target.office, pair.directed) for pair in found]
    [('住房和城乡建设局', '财政局', True), ('住房和城乡建设局', '水利局', True)]
    """
    by_role: dict[Role, dict[str, Duty]] = {"lead": {}, "responsible": {}, "support": {}}
    for duty in duties:
        by_role[duty.role].setdefault(duty.office, duty)
    lead, responsible, support = (list(found.values()) for found in by_role.values())
    crossed = [(one, other) for one in lead or responsible for other in support]
    crossed += [(one, other) for one in lead for other in responsible]
    together = [*combinations(lead, 2), *combinations(responsible, 2)]
    found: dict[tuple[str, str], Pair] = {}
    for pairs, directed in ((crossed, True), (together, False)):
        for one, other in pairs:
            key = (one.office, other.office)
            if key not in found and one.office != other.office:
                found[key] = Pair(one, other, directed)
    return list(found.values())


def pairs_table(hits: Iterable[Hit], offices: OfficePlaces, weight: Weight = "task") -> Table:
    """A row a pair. Of those of one task each weighs 1 (``task``), or all together do (``shared``)."""
    return Table("单位对", PAIR_COLUMNS, (row for hit in hits for row in _rows(hit, offices, weight)))


def _rows(hit: Hit, offices: OfficePlaces, weight: Weight) -> Iterator[dict[str, Cell]]:
    every, kept = pairs_of(hit.all_duties), {id(duty) for duty in hit.duties}
    pairs = [pair for pair in every if id(pair.source) in kept or id(pair.target) in kept]
    if not pairs:
        return
    known = {id(duty): row for duty, row in zip(hit.duties, duty_rows(hit), strict=True)}
    share: Cell = 1 if weight == "task" else round(1 / len(every), 6)
    where = office_place(hit.place.notice, offices)
    for pair in pairs:
        row = known.get(id(pair.source)) or known[id(pair.target)]
        yield {
            **row,
            "source": pair.source.office,
            "source_role": pair.source.role,
            "target": pair.target.office,
            "target_role": pair.target.role,
            "directed": pair.directed,
            "weight": share,
            "office_place": where,
        }


def office_place(notice: Notice, offices: OfficePlaces) -> str:
    """The place whose offices a notice speaks of: the issuer's town, county, city or province; empty for a body of the
    whole country and where the issuer names none."""
    return offices.place_of(notice.issuer or "")


def office_with_place(office: str, place: str) -> str:
    """The name of an office that no other place's has: 国家发展改革委 is one everywhere.

    >>> [office_with_place(office, "广安市") for office in ("市水利局", "国家发展改革委", "广安市水利局")]
    ['市水利局（广安市）', '国家发展改革委', '广安市水利局']
    """
    return office if office.startswith((*NATIONAL, place)) else f"{office}（{place}）"
