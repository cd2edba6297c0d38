"""The matrix of offices and sections: who has how much to do, where, and in which role.

A section is a heading of the outline, down to a depth: 1 is 一、, 2 is （一）, whatever their levels are called. An
item counts under the deepest heading above it within that depth; an item under no heading, or one that is itself a
heading that has duties, counts under itself. Depth 0 counts whole notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aiwei_cli.notice.fields import Cell
from aiwei_cli.notice.model import ROLES, Hit, Node, Place, Role
from aiwei_cli.query import section_title
from aiwei_cli.query.called import UNTITLED, called
from aiwei_cli.query.table import ROLE_LABELS, Column, Row, Table
from aiwei_cli.records import NamedTuple

DEPTH = 2
"""How deep sections go by default: ``一/（一）``."""


class Section(NamedTuple):
    """A column of the matrix."""

    notice_number: int
    """Which of the notices, the first is 1."""
    notice: str
    """The title of the notice, or its file where it has none."""
    id: str
    """Of the heading; empty for a whole notice."""
    title: str
    path: str

    @property
    def label(self) -> str:
        """The section as ``aiwei sections`` and ``--section`` call it: ``一/（一） 打造健康环境``."""
        return " ".join(part for part in (self.id, self.title) if part) or self.notice


class Count(NamedTuple):
    """How many duties, by role."""

    lead: int = 0
    responsible: int = 0
    support: int = 0

    @property
    def total(self) -> int:
        return self.lead + self.responsible + self.support

    def plus(self, other: Count) -> Count:
        return Count(self.lead + other.lead, self.responsible + other.responsible, self.support + other.support)

    def __str__(self) -> str:
        """As a person reads it: ``牵2 负5 配1``, each role by the first character of its label; empty for nothing."""
        return " ".join(f"{ROLE_LABELS[role][0]}{count}" for role, count in zip(ROLES, self, strict=True) if count)


NOTHING = Count()
_ONE: dict[Role, Count] = {role: Count(**{role: 1}) for role in ROLES}


class Matrix(NamedTuple):
    """Offices (the busiest first) by sections (in the order of the text). Cells that count nothing are not there."""

    offices: tuple[str, ...]
    sections: tuple[Section, ...]
    cells: dict[tuple[int, int], Count]
    """By the places of the office and of the section."""

    def at(self, office: int, section: int) -> Count:
        return self.cells.get((office, section), NOTHING)

    def by_office(self) -> list[Count]:
        """The sums of the rows."""
        return self._sums(0, len(self.offices))

    def by_section(self) -> list[Count]:
        """The sums of the columns."""
        return self._sums(1, len(self.sections))

    def _sums(self, axis: int, length: int) -> list[Count]:
        sums = [NOTHING] * length
        for place, count in self.cells.items():
            sums[place[axis]] = sums[place[axis]].plus(count)
        return sums

    @property
    def several(self) -> bool:
        """Whether the sections are of more than one notice."""
        return len({section.notice_number for section in self.sections}) > 1


def chain(place: Place) -> tuple[Node, ...]:
    """The sections a place is in, from the root; its own node is one if it has children or no heading above."""
    return (*place.headings, place.node) if place.node.children or not place.headings else place.headings


def section_node(place: Place, depth: int = DEPTH) -> Node:
    """The section that a place counts under, for a depth of 1 and more."""
    above = chain(place)
    return above[min(max(depth, 1), len(above)) - 1]


def matrix(hits: Iterable[Hit], depth: int | None = None) -> Matrix:
    """Count the duties that made each hit match. Without a depth one notice is counted by sections, several whole."""
    counted = _count(hits, DEPTH if depth is None else depth)
    if depth is None and counted.several:
        return _by_notice(counted)
    return counted


def busiest(counted: Matrix, most: int) -> Matrix:
    """Only the offices with the most duties, so many at most, and the sections in which they have some."""
    cells = {place: count for place, count in counted.cells.items() if place[0] < most}
    kept = sorted({section for _, section in cells})
    places = {section: place for place, section in enumerate(kept)}
    return Matrix(
        counted.offices[:most],
        tuple(counted.sections[section] for section in kept),
        {(office, places[section]): count for (office, section), count in cells.items()},
    )


def _count(hits: Iterable[Hit], depth: int) -> Matrix:
    sections: dict[tuple[int, str], Section] = {}
    columns: dict[tuple[int, str], int] = {}
    offices: dict[str, int] = {}
    cells: dict[tuple[int, int], Count] = {}
    for number, hit in numbered(hits):
        if not hit.duties:
            continue
        node = section_node(hit.place, depth) if depth else None
        key = (number, node.id if node else "")
        if key not in columns:
            columns[key] = len(columns)
            sections[key] = _section(number, hit.place, node)
        for duty in hit.duties:
            cell = offices.setdefault(duty.office, len(offices)), columns[key]
            cells[cell] = cells.get(cell, NOTHING).plus(_ONE[duty.role])
    return _ranked(tuple(offices), tuple(sections.values()), cells)


def numbered(hits: Iterable[Hit]) -> Iterator[tuple[int, Hit]]:
    """Each hit with the number of its notice; the hits of one notice come together."""
    number, last = 0, None
    for hit in hits:
        number += hit.place.notice is not last
        last = hit.place.notice
        yield number, hit


def _section(number: int, place: Place, node: Node | None) -> Section:
    path = place.notice.source.path or ""
    notice = called(place.notice) or UNTITLED
    return Section(number, notice, node.id if node else "", section_title(node) if node else "", path)


def _ranked(offices: tuple[str, ...], sections: tuple[Section, ...], cells: dict[tuple[int, int], Count]) -> Matrix:
    """The busiest office first; equals stay in the order of the text."""
    totals = [count.total for count in Matrix(offices, sections, cells).by_office()]
    order = sorted(range(len(offices)), key=lambda office: -totals[office])
    rank = {office: place for place, office in enumerate(order)}
    moved = {(rank[office], section): count for (office, section), count in cells.items()}
    return Matrix(tuple(offices[office] for office in order), sections, moved)


def _by_notice(counted: Matrix) -> Matrix:
    """The same counts, with a column for each notice."""
    notices: dict[int, Section] = {}
    columns: dict[int, int] = {}
    for section in counted.sections:
        columns.setdefault(section.notice_number, len(columns))
        notices.setdefault(section.notice_number, section._replace(id="", title=""))
    cells: dict[tuple[int, int], Count] = {}
    for (office, section_place), count in counted.cells.items():
        cell = office, columns[counted.sections[section_place].notice_number]
        cells[cell] = cells.get(cell, NOTHING).plus(count)
    return Matrix(counted.offices, tuple(notices.values()), cells)


# --- tables

CELL_COLUMNS = (
    Column("notice", "公文"),
    Column("id", "编号"),
    Column("section", "章节"),
    Column("office", "单位"),
    Column("lead", "牵头", kind="count"),
    Column("responsible", "负责", kind="count"),
    Column("support", "配合", kind="count"),
    Column("total", "合计", kind="count"),
    Column("path", "来源文件"),
)


def cells_table(counted: Matrix) -> Table:
    """For programs: a row for each office and section that have to do with each other."""
    return Table("责任", CELL_COLUMNS, _cell_rows(counted))


def _cell_rows(counted: Matrix) -> Iterator[Row]:
    for (office, section), count in sorted(counted.cells.items()):
        where = counted.sections[section]
        yield {
            "notice": where.notice,
            "id": where.id,
            "section": where.title,
            "office": counted.offices[office],
            **count._asdict(),
            "total": count.total,
            "path": where.path,
        }


def wide_table(counted: Matrix) -> Table:
    """For people: a row an office, a column a section, and sums. Empty where there are no duties."""
    columns = [Column("office", "单位")]
    columns += [Column(f"s{number}", label, kind="count") for number, label in enumerate(labels(counted))]
    columns.append(Column("total", "合计", kind="count"))
    return Table("矩阵", tuple(columns), _wide_rows(counted))


def labels(counted: Matrix) -> list[str]:
    """The names of the sections, with the notice before them where there are several."""
    several = counted.several
    return [f"{each.notice}：{each.label}" if several and each.id else each.label for each in counted.sections]


def _wide_rows(counted: Matrix) -> Iterator[Row]:
    numbers = range(len(counted.sections))
    for place, (office, sum_) in enumerate(zip(counted.offices, counted.by_office(), strict=True)):
        cells: dict[str, Cell] = {f"s{number}": str(counted.at(place, number)) for number in numbers}
        yield {"office": office, **cells, "total": sum_.total}
    if counted.offices:
        sums = [count.total for count in counted.by_section()]
        yield {"office": "合计", **{f"s{number}": sums[number] for number in numbers}, "total": sum(sums)}
