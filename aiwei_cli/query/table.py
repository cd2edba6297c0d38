"""Rows: what a query found, as a table with stable columns.

A row is a dict from a column's key to a cell. The columns for a program and those for a person differ: a program gets
every field under its English key, a person the few that fit on a page, under Chinese labels. Which of the two a table
shows is up to the format it is written in (:mod:`aiwei_cli.write`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import ClassVar, Literal

from aiwei_cli.language.roles import TITLES
from aiwei_cli.notice.fields import Cell
from aiwei_cli.notice.model import ROLES, STATED, Citation, Diagnostic, Duty, Hit, Node, Person, Place, Role, Stated
from aiwei_cli.query.called import called
from aiwei_cli.records import NamedTuple


class CellRow(tuple[Cell, ...]):
    """A row that comes as its cells, in the order of the columns that programs get. Tables of many rows are made of
    these: a dict for each would take longer than the rest."""

    keys: ClassVar[tuple[str, ...]] = ()
    __slots__ = ()

    def get(self, key: str, default: Cell = None) -> Cell:
        """The cell of a column."""
        return self[self.keys.index(key)] if key in self.keys else default


class Highlight(NamedTuple):
    """A place in a cell: what was looked for, or words that went or came."""

    start: int
    end: int
    kind: Literal["hit", "gone", "come"] = "hit"


class Marked(str):
    """A cell in which some places are to be seen at once, where colours can show them. The marks do not overlap."""

    marks: tuple[Highlight, ...]

    def __new__(cls, text: str, marks: Iterable[tuple[int, int] | Highlight] = ()) -> Marked:
        marked = super().__new__(cls, text)
        marked.marks = tuple(mark if isinstance(mark, Highlight) else Highlight(*mark) for mark in marks)
        return marked


def marked_pieces(text: str) -> Iterator[tuple[str, str]]:
    """A cell piece by piece, each with the kind of its mark, or none.

    >>> list(marked_pieces(Marked("整治40条", [Highlight(2, 4, "gone")])))
    [('整治', ''), ('40', 'gone'), ('条', '')]
    """
    at = 0
    for start, end, kind in text.marks if isinstance(text, Marked) else ():
        yield from ((words, name) for words, name in ((text[at:start], ""), (text[start:end], kind)) if words)
        at = end
    if text[at:]:
        yield text[at:], ""


Row = Mapping[str, Cell] | CellRow
Per = Literal["item", "duty", "pair"]

REPORT, DUTIES = "任务分解表", "责任清单"
"""What an export calls its table of items and its table of duties."""
ROLE_LABELS: dict[Role, str] = {"lead": "牵头", "responsible": "负责", "support": "配合"}
STATED_LABELS: dict[Stated, str] = {"clause": "分工条款", "table": "任务表", "prose": "正文"}


class Column(NamedTuple):
    """One column: its key for programs, its label for people, and who gets to see it."""

    key: str
    label: str
    program: bool = True
    person: bool = True
    kind: Literal["text", "count", "number", "date"] = "text"
    optional: bool = False
    """Whether a table on the screen leaves it out where all its cells are empty."""

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self.kind in ("count", "number")


class Table(NamedTuple):
    """Rows under their columns. ``rows`` may be an iterator, which can be written once."""

    name: str
    """What a row is, in Chinese: 事项, 责任, 单位, 章节."""
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    title: str = ""
    """What is above it in a file for people, where its name says too little."""
    facts: tuple[str, ...] = ()
    """One short line after the other below the title."""

    def for_program(self) -> Table:
        """Only the columns that programs get."""
        return self._replace(columns=tuple(column for column in self.columns if column.program))

    def for_person(self) -> Table:
        """Only the columns that people get; without those that say the same in each row: which notice, where there is
        one, and that clauses state the duties, as they mostly do."""
        rows = list(self.rows)
        columns = [column for column in self.columns if column.person]
        of_places = any(column.key == "id" for column in self.columns)  # not a row a notice
        if of_places and len({(row.get("notice"), row.get("path")) for row in rows}) < 2:
            columns = [column for column in columns if column.key != "notice"]
        if all(row.get("stated") in ("", "clause", None) for row in rows):
            columns = [column for column in columns if column.key != "stated"]
        return self._replace(columns=tuple(columns), rows=rows)


_NOTICE = Column("notice", "公文")
_ID = Column("id", "编号")
_SECTION = Column("section", "所属章节", person=False)
_TIMES = (Column("deadline", "完成时限", optional=True), Column("due", "截止日期", kind="date", person=False))
_PERSONS = Column("persons", "责任人等", optional=True)
_STATED = Column("stated", "分工出处", optional=True)
_DOUBTS = (Column("doubts", "疑点", optional=True), Column("place", "位置", person=False, optional=True))
_TRACKED = (
    Column("issuer", "发文机关", person=False),
    Column("document_number", "发文字号", person=False),
    Column("date", "成文日期", kind="date", person=False),
    Column("year", "年份", kind="count", person=False),
    Column("version", "第几版", kind="count", person=False),
    Column("task", "任务号", kind="count", optional=True),
    Column("status", "状态", optional=True),
)
"""What a ledger knows; at the end of every row."""
_ORIGIN = (Column("path", "来源文件", person=False), Column("line", "行", kind="count", person=False))

ITEM_COLUMNS = (
    _NOTICE,
    _ID,
    Column("number", "序号", person=False),
    Column("level", "层次", kind="count", person=False),
    _SECTION,
    Column("title", "标题", person=False),
    Column("text", "内容", person=False),
    Column("item", "工作任务", program=False),
    *(Column(role, TITLES[role], optional=True) for role in ROLES),
    *_TIMES,
    Column("citations", "引用文件", person=False),
    *_ORIGIN,
    _PERSONS,
    _STATED,
    *_DOUBTS,
    *_TRACKED,
)

DUTY_COLUMNS = (
    _NOTICE,
    _ID,
    _SECTION,
    Column("item", "工作任务"),
    Column("role", "分工"),
    Column("office", "单位"),
    Column("written", "文中写法", person=False),
    Column("inherited", "承自上级标题", person=False),
    *_TIMES,
    *_ORIGIN,
    _STATED,
    *_DOUBTS,
    *_TRACKED,
)

DOUBT_COLUMNS = (
    _NOTICE,
    Column("code", "代码"),
    Column("message", "说明"),
    Column("quote", "原文"),
    Column("where", "第几行/段"),
    Column("cure", "怎么办"),
)

OFFICE_COLUMNS = (
    Column("office", "单位"),
    Column("lead", "牵头", kind="count"),
    Column("responsible", "负责", kind="count"),
    Column("support", "配合", kind="count"),
    Column("total", "合计", kind="count"),
    Column("written", "文中其他写法", optional=True),
    Column("aliases", "规则中的其他名称", optional=True),
    Column("known", "规则中有"),
)

SECTION_COLUMNS = (
    _NOTICE,
    Column("id", "编号", person=False),
    Column("number", "序号", person=False),
    Column("level", "层次", kind="count", person=False),
    Column("title", "标题", person=False),
    Column("section", "章节", program=False),
    Column("items", "事项", kind="count"),
    Column("duties", "责任", kind="count"),
    _ORIGIN[0],
    Column("line", "行", kind="count"),
)


def hits_table(hits: Iterable[Hit], per: Per, tell: Callable[[str], None] | None = None) -> Table:
    """What :func:`aiwei_cli.query.filters.selector` found: one row an item, or one row a duty that counts.

    Where the first notice has columns of a person's own, all hits are kept until it is known which there are; else rows
    go out as they come, and who is to ``tell`` the user hears of a notice whose own columns came too late.
    """
    hits, more = _with_own_columns(iter(hits), tell)
    if per == "item":
        return Table("事项", (*ITEM_COLUMNS, *more), (item_row(hit) for hit in hits))
    return Table("责任", (*DUTY_COLUMNS, *more), (row for hit in hits for row in duty_rows(hit)))


def own_columns(hits: Iterable[Hit]) -> tuple[Column, ...]:
    """The columns that people added to tables that aiwei wrote, in the order in which they come."""
    names = dict.fromkeys(name for hit in hits for name, _ in hit.place.node.extra)
    return tuple(Column(name, name) for name in names)


def _with_own_columns(
    hits: Iterator[Hit], tell: Callable[[str], None] | None
) -> tuple[Iterable[Hit], tuple[Column, ...]]:
    first = next(hits, None)
    if first is None:
        return (), ()
    if any(node.extra for node in first.place.notice.walk()):
        every = [first, *hits]
        return every, own_columns(every)
    return _watched(chain((first,), hits), tell), ()


def _watched(hits: Iterable[Hit], tell: Callable[[str], None] | None) -> Iterator[Hit]:
    told = tell is None
    for hit in hits:
        if not told and hit.place.node.extra and tell is not None:
            told = True
            names = "、".join(name for name, _ in hit.place.node.extra)
            tell(
                f"{called(hit.place.notice)}：表里多出来的栏（{names}）没有写出，表头里已经没有它们的位置；请把这个文件写在最前面"
            )
        yield hit


def item_row(hit: Hit) -> dict[str, Cell]:
    """One item with all its duties, not only those that were asked for: the offices of one role joined with 、."""
    place, node, duties = hit.place, hit.place.node, hit.all_duties
    return {
        **_head(place),
        "number": node.number,
        "level": node.level,
        "title": node.title,
        "text": node.text,
        "item": "\n".join(part for part in (node.title, node.text) if part),
        **offices_by_role(duties),
        "citations": "、".join(map(cited, node.citations)),
        **_tail(place),
        "persons": persons_by_role(hit.persons),
        "stated": stated_in(duties),
        **_doubts(hit),
        **tracked(place),
        **dict(node.extra),
    }


def duty_rows(hit: Hit) -> Iterator[dict[str, Cell]]:
    """A row for each duty of a hit."""
    if not hit.duties:
        return
    node = hit.place.node
    own = dict.fromkeys(("role", "office", "written", "inherited"))
    shared: dict[str, Cell] = {
        **_head(hit.place),
        "item": duty_item(hit),
        **own,
        **_tail(hit.place),
        "stated": None,
        **_doubts(hit),
        **tracked(hit.place),
        **dict(node.extra),
    }
    for duty in hit.duties:
        yield {
            **shared,
            "role": duty.role,
            "office": duty.office,
            "written": duty.written,
            "inherited": duty.inherited,
            "stated": duty.stated,
        }


def duty_item(hit: Hit) -> str:
    """What the row of a duty says of its item."""
    return hit.place.node.title or hit.place.node.text


def _head(place: Place) -> dict[str, Cell]:
    return {"notice": called(place.notice), "id": place.node.id, "section": place.section}


def _tail(place: Place) -> dict[str, Cell]:
    times = place.node.deadlines
    return {
        "deadline": "、".join(dict.fromkeys([time.written for time in times])),
        "due": due_of(place.node),
        "path": place.notice.source.path or "",
        "line": place.node.line,
    }


def due_of(node: Node) -> str | None:
    """The day an item is due: the one it was moved to, else the first of its times."""
    return node.moved or min([time.date for time in node.deadlines if time.date], default=None)


def tracked(place: Place) -> dict[str, Cell]:
    """What a ledger knows of an item, and its notice's own facts."""
    notice, node = place.notice, place.node
    return {
        "issuer": notice.issuer,
        "document_number": notice.document_number,
        "date": notice.date,
        "year": notice.year,
        "version": notice.version,
        "task": node.task,
        "status": node.status,
    }


def _doubts(hit: Hit) -> dict[str, Cell]:
    return {"doubts": coded(hit.doubts), "place": hit.place.node.place or ""}


def persons_by_role(persons: Iterable[Person]) -> str:
    """The persons by role: 责任领导：张三、李四；联系人：王五. Those after an office have none."""
    groups: dict[str, dict[str, None]] = {}
    for person in persons:
        groups.setdefault(person.role, {})[person.name] = None
    return "；".join([(f"{role}：" if role else "") + "、".join(names) for role, names in groups.items()])


def coded(doubts: Iterable[Diagnostic]) -> str:
    """The codes of the doubts, each once."""
    return "、".join(sorted({each.code for each in doubts}))


def offices_by_role(duties: Iterable[Duty]) -> dict[str, str]:
    """The canonical names of the offices in each role, each once, joined with 、; those of prose after the others."""
    found: dict[str, dict[str, None]] = {role: {} for role in ROLES}
    later: list[Duty] = []
    for duty in duties:
        if duty.stated == "prose":
            later.append(duty)
        else:
            found[duty.role][duty.office] = None
    for duty in later:
        found[duty.role][duty.office] = None
    return {role: "、".join(offices) for role, offices in found.items()}


def stated_in(duties: Iterable[Duty]) -> str:
    """Where the duties are stated, each once, joined with 、."""
    found = {duty.stated for duty in duties}
    return "、".join([each for each in STATED if each in found])


def cited(citation: Citation) -> str:
    """A citation as people write it: 《title》（number）."""
    title = citation.title if citation.title.startswith("《") else f"《{citation.title}》"
    return f"{title}（{citation.document_number}）" if citation.document_number else title
