"""What one clause says: who does what, by when, and which rules for the whole document.

What a clause says does not depend on where it is, so a reading serves for the same words anywhere. Offsets are of the
words that are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiwei_cli.notice.model import Role, Span
from aiwei_cli.records import NamedTuple, mutable

if TYPE_CHECKING:
    from aiwei_cli.parsing.people import FoundPerson


class By(NamedTuple):
    """What gave an office its role: the entry of the rules, and where its word is."""

    entry: str
    """``verbs.lead 牵头``, ``labels.support 配合``: the place in ``rules/roles.yaml`` and the word."""
    start: int
    end: int


NO_VERB = "（没有动词）"
"""The entry of offices that are alone in brackets: no word gave them their role."""


class Assignment(NamedTuple):
    """One office as a clause names it."""

    role: Role
    name: str
    start: int
    end: int
    group: int
    """Which run of 、 the name is in: ， begins a new one, and so does the next phrase."""
    by: By | None = None

    def moved(self, by: int) -> Assignment:
        """The same ``by`` characters further on, in a later group: there are no more groups than characters."""
        cause = self.by and By(self.by.entry, self.by.start + by, self.by.end + by)
        return Assignment(self.role, self.name, self.start + by, self.end + by, self.group + by, cause)


class DocumentRule(NamedTuple):
    """A rule for the whole document, said inside a clause."""

    kind: str
    """A key of ``document`` in ``rules/roles.yaml``: first_leads, comma_leads, marked_leads, all_below, bold_leads,
    unseen_leads or unread."""
    start: int
    end: int
    henceforth: bool
    """It holds from here on: 下同."""
    offices: tuple[Assignment, ...] = ()
    mark: str = ""
    """What the names of leads bear: ★."""
    throughout: bool = False
    """It holds for the clauses before it too: 各项举措中…."""


class Reading:
    """What a clause says. It is shared by all clauses of the same words: nobody may change it."""

    __slots__ = (
        "assignments",
        "bare",
        "complete",
        "deadlines",
        "hosts",
        "labelled",
        "leftover",
        "offices",
        "persons",
        "refused",
        "rules",
        "unknown",
        "unread",
    )

    def __init__(
        self,
        assignments: tuple[Assignment, ...] = (),
        *,
        deadlines: tuple[Span, ...] = (),
        rules: tuple[DocumentRule, ...] = (),
        unknown: tuple[Assignment, ...] = (),
        leftover: Span | None = None,
        labelled: bool = False,
        complete: bool = False,
        bare: bool = False,
        unread: bool = False,
        refused: str = "",
    ) -> None:
        self.assignments = assignments
        self.deadlines = deadlines
        self.rules = rules
        self.unknown = unknown
        """The offices that no rule knows."""
        self.leftover = leftover
        """Words that were not understood."""
        self.labelled = labelled
        """It begins with a label."""
        self.complete = complete
        """There is nothing in it but offices and a verb that always assigns."""
        self.bare = bare
        """There are offices and nothing that says what they do."""
        self.unread = unread
        """It was meant to assign, but no office could be made out."""
        self.refused = refused
        """Why it assigns nothing (see :data:`REASONS`); empty for a clause."""
        self.offices: dict[str | None, tuple[str, ...]] = {}
        """The canonical names of the assignments, by the level of the issuer, for each level that was asked for."""
        self.hosts: bool | None = None
        """It says who holds an event, if it is of one; None until somebody asks."""
        self.persons: dict[str, tuple[FoundPerson, ...]] = {}
        """The persons after its offices, by the words of the clause: clauses of one reading may differ in the signs
        between two labels."""

    def with_(self, assignments: tuple[Assignment, ...]) -> Reading:
        """The same with other assignments."""
        return Reading(
            assignments,
            deadlines=self.deadlines,
            rules=self.rules,
            unknown=self.unknown,
            leftover=self.leftover,
            labelled=self.labelled,
            complete=self.complete,
            bare=self.bare,
            unread=self.unread,
        )


@mutable
class Clause:
    """A clause and its span, brackets included. The reading's offsets begin at ``base``."""

    start: int
    end: int
    base: int
    reading: Reading
    alone: bool = False
    """It is a whole paragraph, without brackets."""
    cell: bool = False
    """It is a cell of a table, and belongs to its row."""
    stated: bool = False
    """It is a rule for the whole document outside any clause; its words are text."""
    under: bool = False
    """It is the line under a numbered one, and belongs to that."""


class Left(NamedTuple):
    """Brackets that were looked at and are no clause. Offsets are of the view."""

    start: int
    end: int
    reason: str
    """A key of :data:`REASONS`."""


REASONS = {
    "nobody": "没有单位，也没有分工的动词或字段名",
    "label": "冒号前的字样不在 roles.yaml 的 labels、fields 里",
    "prose": "动词前的字样不像单位名称，按说明文字处理",
    "explains": "没有动词的括号，前面是单位、人名或数量，或在问句里，按说明处理",
    "unsure": "没有动词的括号，看不出是数的东西、范围，还是谁来办",
    "number": "里面有一个编号",
    "place": "不在句末、段末，后面还有同一句的话",
    "header": "在标题、主送机关等正文以外的地方",
    "outside": "在第一个编号之前，又没有字段名",
}
"""Why brackets that were looked at are no clause."""
