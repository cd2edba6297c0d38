"""A report: what an export holds where people read it, whatever file it becomes: a title, the tasks, who does what.

The writers of xlsx, docx and html take their words from here, so that a clerk finds the same columns in each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from aiwei_cli.language.chars import clipped
from aiwei_cli.notice.model import ROLES, Notice
from aiwei_cli.query import Hit, above
from aiwei_cli.query.called import called
from aiwei_cli.query.shares import Share
from aiwei_cli.query.table import (
    DUTIES,
    DUTY_COLUMNS,
    ITEM_COLUMNS,
    REPORT,
    ROLE_LABELS,
    Column,
    Per,
    Row,
    Table,
    duty_rows,
    item_row,
    own_columns,
)
from aiwei_cli.records import NamedTuple
from aiwei_cli.tracking.forms import is_tracked
from aiwei_cli.tracking.lights import Lamps
from aiwei_cli.write.doubts import doubts_table, duty_notes, notes

MATRIX = "单位与章节矩阵"
_LONGEST_TITLE = 80
_ITEMS = (
    *("notice", "id", "number", "section", "role", "item", "lead", "responsible", "support", "persons"),
    *("deadline", "due", "stated", "doubts", "place"),
)
_DUTIES = (
    *("notice", "id", "number", "section", "item", "role", "office", "written", "deadline", "due"),
    *("stated", "doubts", "place"),
)
_NEW = ("persons", "doubts", "place")
"""Columns that are left out where they say nothing."""
_ROLE = next(column for column in DUTY_COLUMNS if column.key == "role")
_NUMBER = next(column for column in ITEM_COLUMNS if column.key == "number")


class Heading(NamedTuple):
    """A row across a whole table."""

    words: str
    depth: int


class Report(NamedTuple):
    """The hits of a query, for people."""

    hits: Sequence[Hit]
    per: Per = "item"
    """What a row of the main table is."""
    name: str = ""
    """The office, section or notice that the report is about, if it is about one."""
    office: bool = False
    """Whether it is about an office: then each item says what this office has to do with it."""
    parts: tuple[Report, ...] = ()
    """The same by office or by section, for a file that can hold them."""
    doubtful: Sequence[Notice] = ()
    """The notices that have doubts which the file may tell."""
    heading: str = ""
    """The title that a user wants above the tasks."""
    whole: bool = False
    """Whether it is about one notice, whose title says so."""
    lights: Lamps | None = None
    """The lights of tasks in a ledger, and their day."""

    @property
    def lamps(self) -> Lamps | None:
        """The lights, where there are tasks to have them."""
        return self.lights if is_tracked(self.hits) else None

    @property
    def notices(self) -> list[Notice]:
        """The notices that have hits, in their order."""
        found: list[Notice] = []
        for hit in self.hits:
            if not found or hit.place.notice is not found[-1]:
                found.append(hit.place.notice)
        return found

    def title(self, table: str = REPORT) -> str:
        """What is above a table: the plan's or the notice's title, what the table is, and whom it is about."""
        about = f"（{self.name}）" if self.name and not self.whole else ""
        if self.heading:
            return f"{_retitled(self.heading, table)}{about}"
        notices = self.notices
        if len(notices) != 1:
            return f"{table}（{len(notices)} 篇公文）{about}"
        return f"{_of(notices[0])}{table}{about}"

    def facts(self) -> list[str]:
        """One short line after the other: where it comes from and how much it holds."""
        notices = self.notices
        facts: list[str] = []
        if len(notices) == 1:
            notice = notices[0]
            facts += [words for words in (notice.issuer, notice.document_number, notice.date) if words]
        duties = sum(len(hit.duties) for hit in self.hits)
        offices = len({duty.office for hit in self.hits for duty in hit.duties})
        facts += [f"{len(self.hits)} 个事项", f"{duties} 项责任", f"{offices} 个单位"]
        doubts = sum(len(notice.diagnostics) for notice in self.doubtful)
        return [*facts, f"{doubts} 处疑点，见后面的“疑点”"] if doubts else facts

    def items(self, *leave_out: str) -> Table:
        """A row an item; without the columns of these keys."""
        keys = [key for key in _ITEMS if key not in leave_out and (self.office or key != "role")]
        return self._table(REPORT, (*ITEM_COLUMNS, _ROLE), keys, [_item(hit) for hit in self.hits])

    def duties(self, *leave_out: str) -> Table:
        """A row a duty; without the columns of these keys."""
        keys = [key for key in _DUTIES if key not in leave_out]
        rows = [{"number": hit.place.node.number, **row} for hit in self.hits for row in duty_rows(hit)]
        return self._table(DUTIES, (*DUTY_COLUMNS, _NUMBER), keys, rows)

    def _table(self, name: str, columns: Sequence[Column], keys: Sequence[str], rows: Sequence[Row]) -> Table:
        by_key = {column.key: column for column in columns}
        nothing = {key for key in _NEW if not any(row.get(key) for row in rows)}
        own = own_columns(self.hits)
        if len(self.notices) < 2:
            nothing.add("notice")
        if all(row.get("stated") in ("", "clause") for row in rows):
            nothing.add("stated")
        return Table(name, (*(by_key[key] for key in keys if key not in nothing), *own), rows)

    def headings(self) -> Iterator[list[Heading]]:
        """For each hit the headings that begin with it: those that the hit before was not under."""
        several = len({id(hit.place.notice) for hit in self.hits}) > 1
        before: list[object] = []
        for hit in self.hits:
            place = hit.place
            chain = above(place, several=several)
            known = 0
            while known < min(len(before), len(chain)) and before[known] is chain[known][0]:
                known += 1
            yield [Heading(words, depth) for depth, (_, words) in enumerate(chain) if depth >= known]
            # An item with others under it is its own heading.
            before = [*(thing for thing, _ in chain), place.node]

    def notes(self) -> list[Mapping[str, str]]:
        """For each row of the items by column why a cell is doubtful."""
        return [notes(hit) for hit in self.hits]

    def duty_notes(self) -> list[Mapping[str, str]]:
        """The same for the rows of the duties."""
        return [duty_notes(hit, duty) for hit in self.hits for duty in hit.duties]

    def doubts(self) -> Table | None:
        """What a person should look at; None where there is nothing."""
        return doubts_table(self.doubtful)


def of_part(part: Share, per: Per, heading: str = "", lights: Lamps | None = None) -> Report:
    """The report on an office, a section or a notice."""
    report = Report(part.hits, per, part.name, part.by == "office", heading=heading, lights=lights)
    return report._replace(whole=part.by == "notice")


def filled(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """The columns without those that may be left out and are empty."""
    return [column for column in columns if not _may_go(column) or any(row.get(column.key) for row in rows)]


def _may_go(column: Column) -> bool:
    return column.optional or column.kind == "date"


def _retitled(heading: str, table: str) -> str:
    """A user's title above one of the tables: above the others than the tasks it says which of them it is."""
    if table == REPORT:
        return heading
    return f"{heading.removesuffix(REPORT)}{table}" if heading.endswith(REPORT) else f"{heading}（{table}）"


def _item(hit: Hit) -> Row:
    roles = [ROLE_LABELS[role] for role in ROLES if any(duty.role == role for duty in hit.duties)]
    return {**item_row(hit), "role": "、".join(roles)}


def _of(notice: Notice) -> str:
    """The title of what the tasks are from: that of the one enclosed plan, else the notice's in 《》."""
    if len(notice.plans) == 1 and notice.plans[0].title:
        return short(notice.plans[0].title)
    title = called(notice)
    if not title:
        return ""
    return f"《{short(title).translate(str.maketrans('《》', '〈〉'))}》"


def short(title: str) -> str:
    """A title on one line; one that went wrong is not allowed to fill the page."""
    line = " ".join(title.split())
    return clipped(line, _LONGEST_TITLE)
