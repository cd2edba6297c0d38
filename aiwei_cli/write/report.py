"""A report: what an export holds where people read it, whatever file it becomes: a title, the tasks, who does what.

The writers of xlsx, docx and html take their words from here, so that a clerk finds the same columns in each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aiwei_cli.language.chars import clipped
from aiwei_cli.notice.model import ROLES, Hit, Notice
from aiwei_cli.query.called import called
from aiwei_cli.query.shares import Share
from aiwei_cli.query.table import (
    DUTIES,
    DUTY_COLUMNS,
    ITEM_COLUMNS,
    REPORT,
    ROLE_LABELS,
    Per,
    Row,
    Table,
    duty_rows,
    item_row,
)
from aiwei_cli.records import NamedTuple
from aiwei_cli.tracking.forms import is_tracked
from aiwei_cli.tracking.lights import Lamps
from aiwei_cli.write.doubts import Doubts
from aiwei_cli.write.in_passing import Heading, Headings, ShownColumns, Summary

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
_ROLE = next(column for column in DUTY_COLUMNS if column.key == "role")
_NUMBER = next(column for column in ITEM_COLUMNS if column.key == "number")


class Report(NamedTuple):
    """The hits of a query, for people."""

    hits: Iterable[Hit]
    """An iterator only for a writer that takes them as they come (``Format.once``)."""
    per: Per = "item"
    """What a row of the main table is."""
    name: str = ""
    """The office, section or notice that the report is about, if it is about one."""
    office: bool = False
    """Whether it is about an office: then each item says what this office has to do with it."""
    parts: tuple[Report, ...] = ()
    """The same by office or by section, for a file that can hold them."""
    doubtful: Doubts | None = None
    """The doubts that the file may show."""
    heading: str = ""
    """The title that a user wants above the tasks."""
    whole: bool = False
    """Whether it is about one notice, whose title says so."""
    lights: Lamps | None = None
    """The lights of tasks in a ledger, and their day."""

    @property
    def lamps(self) -> Lamps | None:
        """The lights, where there are tasks to have them."""
        return self.lights if is_tracked(self.every) else None

    @property
    def every(self) -> Sequence[Hit]:
        """The hits, for writers that look at them more than once."""
        assert isinstance(self.hits, Sequence)
        return self.hits

    def title(self, table: str = REPORT, summary: Summary | None = None) -> str:
        """What is above a table: the plan's or the notice's title, what the table is, and whom it is about."""
        about = f"（{self.name}）" if self.name and not self.whole else ""
        if self.heading:
            return f"{_retitled(self.heading, table)}{about}"
        told = summary or Summary(self.every)
        if told.single is None:
            return f"{table}（{told.notices} 篇公文）{about}"
        return f"{_of(told.single)}{table}{about}"

    def facts(self, summary: Summary | None = None) -> list[str]:
        """What is below the title."""
        facts = (summary or Summary(self.every)).facts()
        doubts = self.doubtful.count if self.doubtful else 0
        return [*facts, f"{doubts} 处疑点，见后面的“疑点”"] if doubts else facts

    def items(self, *leave_out: str) -> Table:
        """A row an item; without the columns of these keys."""
        return self._table(REPORT, self.item_columns(*leave_out), ((hit, item(hit)) for hit in self.every))

    def duties(self, *leave_out: str) -> Table:
        """A row a duty; without the columns of these keys."""
        rows = ((hit, row) for hit in self.every for row in numbered_duties(hit))
        return self._table(DUTIES, self.duty_columns(*leave_out), rows)

    def item_columns(self, *leave_out: str) -> ShownColumns:
        """The columns that a row an item may have."""
        keys = [key for key in _ITEMS if key not in leave_out and (self.office or key != "role")]
        return ShownColumns((*ITEM_COLUMNS, _ROLE), keys)

    def duty_columns(self, *leave_out: str) -> ShownColumns:
        """The columns that a row a duty may have."""
        return ShownColumns((*DUTY_COLUMNS, _NUMBER), [key for key in _DUTIES if key not in leave_out])

    def _table(self, name: str, columns: ShownColumns, found: Iterable[tuple[Hit, Row]]) -> Table:
        rows = []
        for hit, row in found:
            columns.see(hit, row)
            rows.append(row)
        return Table(name, columns.chosen(several=Summary(self.every).notices > 1), rows)

    def headings(self) -> Iterator[list[Heading]]:
        """For each hit the headings that begin with it."""
        begin = Headings(several=Summary(self.every).several)
        return map(begin.of, self.every)

    def doubts(self) -> Table | None:
        """What a person should look at; None where there is nothing."""
        return self.doubtful.table() if self.doubtful else None


def of_part(part: Share, per: Per, heading: str = "", lights: Lamps | None = None) -> Report:
    """The report on an office, a section or a notice."""
    report = Report(part.hits, per, part.name, part.by == "office", heading=heading, lights=lights)
    return report._replace(whole=part.by == "notice")


def _retitled(heading: str, table: str) -> str:
    """A user's title above one of the tables: above tables other than the tasks it also says which table it is."""
    if table == REPORT:
        return heading
    return f"{heading.removesuffix(REPORT)}{table}" if heading.endswith(REPORT) else f"{heading}（{table}）"


def item(hit: Hit) -> Row:
    """The row of an item."""
    roles = [ROLE_LABELS[role] for role in ROLES if any(duty.role == role for duty in hit.duties)]
    return {**item_row(hit), "role": "、".join(roles)}


def numbered_duties(hit: Hit) -> list[Row]:
    """The rows of the duties of an item."""
    return [{"number": hit.place.node.number, **row} for row in duty_rows(hit)]


def _of(notice: Notice) -> str:
    """The title of what the tasks are from: that of the one enclosed plan, else the notice's in 《》."""
    if len(notice.plans) == 1 and notice.plans[0].title:
        return short(notice.plans[0].title)
    title = called(notice)
    if not title:
        return ""
    return bracketed(short(title))


def bracketed(title: str) -> str:
    """A title in 《》; those inside it become 〈〉."""
    return f"《{title.translate(str.maketrans('《》', '〈〉'))}》"


def short(title: str) -> str:
    """A title on one line, cut where it is too long: a wrong one must not fill the page."""
    line = " ".join(title.split())
    return clipped(line, _LONGEST_TITLE)
