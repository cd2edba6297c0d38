"""The nouns: what a parsed notice is made of, a line a field.

Every span is a half-open pair of offsets into the characters of the decoded source, ``notice.text[start:end]``.
The classes are frozen and hold no back references, so a notice can be shared between threads, pickled and compared.
The tree that other programs read, its JSON Schema, the columns of the ledger and the checks of what is read back are
made from these lines: :func:`aiwei_cli.notice.fields.field` tells what a line can say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from aiwei_cli.notice.fields import Cell, field
from aiwei_cli.notice.source import Source
from aiwei_cli.records import NamedTuple, record

if TYPE_CHECKING:
    from typing import Unpack

    from aiwei_cli.notice.asked import Asked, RuleData

SCHEMA = "aiwei.notice.v1"

Role = Literal["lead", "responsible", "support"]
ROLES: tuple[Role, ...] = ("lead", "responsible", "support")
Stated = Literal["clause", "table", "prose"]
STATED: tuple[Stated, ...] = ("clause", "table", "prose")
Span = tuple[int, int]
_DAY = {"pattern": r"^\d{4}-\d{2}-\d{2}$"}
_LINE = "原文中的行，从 1 数起"


@record
class Duty:
    """One office in one role for one node."""

    about = "一个单位对一个事项的一种责任"

    role: Role = field("牵头、负责、配合", among=ROLES)
    office: str = field("单位的规范名称；规则不认识的，照原文")
    """The canonical name, by ``rules/offices.yaml``; the written name where no rule knows it."""
    written: str = field("原文写的名称")
    """As the notice writes it, without the line or page breaks that cut it."""
    span: Span = field("")
    inherited: bool = field("是否承自上级标题或全文的规定", default=False)
    """True where the words are under an ancestor, or in a rule for the whole notice."""
    rule: str | None = field("全文规定的原话，如：列第一位者为牵头单位，下同", default=None, sparse=True)
    """The words of the rule for the whole notice that made this duty or its role, e.g. 列第一位者为牵头单位，下同."""
    stated: Stated = field(
        "分工写在哪里：责任分工的括号或字段（clause）、任务表的一栏（table）、正文的句子（prose）；没有就是 clause",
        default="clause",
        sparse=True,
        among=STATED,
    )
    """What kind of words say it: a clause, a column of a task table, or a sentence (由甲局牵头)."""


@record
class Person:
    """Somebody who is named beside the offices. A person has no duty."""

    about = "写在单位旁边的人；人没有责任分工"

    role: str = field("原文的写法，如：责任领导；写在单位后面括号里的没有，是空文字", absent="")
    """As written: 责任领导, 联系人; empty for a name after an office, 市住建局（张三）."""
    name: str = field("姓名；只写了职务的是职务")
    span: Span = field("")
    inherited: bool = field("是否承自上级标题", default=False)
    """True where the words are under an ancestor."""


@record
class Deadline:
    """A time by which something is due."""

    about = "完成时限"

    written: str = field("原文")
    date: str | None = field("最后一天，YYYY-MM-DD；说不出是哪天的为 null", schema=_DAY)
    """The last day, ``YYYY-MM-DD``; None where the words name none (长期坚持, 持续推进)."""
    span: Span = field("")
    inherited: bool = field("是否承自上级标题", default=False)
    recurs: str | None = field(
        "反复到期的（每月5日前）的规则：RFC 5545 的 RRULE，不带名称", default=None, sparse=True, column=False
    )
    """For a time that comes back, 每月5日前: the rule as an RRULE of RFC 5545, without its name."""


@record
class Citation:
    """A document that the text names: 《…》 and the number that follows it."""

    about = "引用的文件"

    title: str = field("文件名")
    document_number: str | None = field("文号")
    span: Span = field("")


@record
class Diagnostic:
    """Something a person should look at. The codes are listed in ``aiwei_cli/notice/codes.py``."""

    about = "一个疑点"

    code: str = field("代码")
    message: str = field("说明", absent="")
    span: Span = field("")
    line: int = field(_LINE, absent=0)
    column: int = field("行内第几个字，从 1 数起", absent=0)


@record
class Node:
    """A numbered place in the outline (GB/T 9704-2012, 7.3.3)."""

    about = "一个有序号的标题或事项"

    id: str = field("从最上层起各层的序号，用 / 连接，全文唯一；重复的加 #2", schema={"minLength": 1})
    """The numbers from the root, joined with ``/``: ``一/（一）/6``. Unique in the notice: a repeat gets ``#2``."""
    number: str = field("原文写的序号")
    """As written: ``一、``, ``(1)``, ``8``. It is at the start of the span."""
    level: int = field("层次：一、是 1，（一）是 2，1. 是 3，（1）是 4，①是 5；编、章、节是 0")
    """1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, 5 for ①; 第一条 is 1, and 编, 章, 节 are 0."""
    title: str = field("标题自己的文字", absent="")
    """A heading's own words, or the short first sentence that heads an item; else empty."""
    text: str = field("标题之后的文字，不含责任分工，段落之间是换行", absent="")
    """What follows, without clauses and without the children; paragraphs are joined by a line feed."""
    span: Span = field("从序号到最后一个下级为止")
    """From the number to the end of the last child."""
    title_span: Span | None = field("标题的位置", default=None, promised=False)
    line: int = field(_LINE, default=0)
    """The line of the number in the source; the first line is 1."""
    duties: tuple[Duty, ...] = field("自己的责任；自己没有写的，列出上级标题的，inherited 为 true", default=())
    deadlines: tuple[Deadline, ...] = field("完成时限", default=())
    citations: tuple[Citation, ...] = field("引用的文件", default=())
    clauses: tuple[Span, ...] = field("责任分工所在的位置，含括号", default=(), promised=False)
    """The places of the node's own responsibility clauses, brackets included."""
    children: tuple[Node, ...] = field("下一层", default=())
    place: str | None = field(
        "在 Word、PDF 等文件里的位置，如 第12段、第3页、第1个表格第5行；纯文本没有这个键", default=None, sparse=True
    )
    """Where a person finds it in a file whose lines nobody sees: 第12段, 第3页, 第1个表格第5行; None for plain text."""
    persons: tuple[Person, ...] = field(
        "责任领导、责任人、联系人等；自己没有写的，列出上级标题的，inherited 为 true；没有就没有这个键",
        default=(),
        sparse=True,
    )
    """A node without persons of its own shows its nearest ancestor's, as with duties."""
    extra: tuple[tuple[str, str], ...] = field(
        "表里多出来的栏，照原样留着，如 进展；没有就没有这个键",
        default=(),
        sparse=True,
        pair=("一栏", {"name": {"description": "栏名"}, "text": {"description": "格里写着什么"}}),
    )
    """Columns that a person added to a table that aiwei wrote: they go out again with the item."""
    task: int | None = field("台账里的任务号；不是从台账来的没有这个键", default=None, sparse=True, column=False)
    """In a ledger the number of the task, which lasts through all versions of the notice."""
    status: str = field("台账里的办理状态，如 推进中；不是从台账来的没有这个键", default="", sparse=True, column=False)
    moved: str | None = field(
        "台账里延期以后的截止日期；没有延期就没有这个键", default=None, sparse=True, column=False, schema=_DAY
    )
    """In a ledger the day that holds instead of the notice's own."""

    @property
    def own_duties(self) -> tuple[Duty, ...]:
        """The duties whose words are in this node."""
        return tuple(duty for duty in self.duties if not duty.inherited)

    @property
    def is_item(self) -> bool:
        """True where the node carries a task: it has no children, or has duties of its own."""
        return not self.children or any(not duty.inherited for duty in self.duties)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the text."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


@record
class Plan:
    """A document that the notice encloses: its title is on a line of its own before its first number."""

    about = "印发的一个文件"

    title: str = field("标题")
    span: Span = field("")
    line: int = field(_LINE, absent=0)


@record
class Notice:
    """One document."""

    about = "aiwei parse 的输出：一篇公文的结构。键是英文，值是公文自己的文字；以后可能增加新的键，这里的键不会变。"

    text: str = field(None, repr=False)
    source: Source = field("")
    title: str | None = field("标题；没有则为 null，下同", default=None)
    issuer: str | None = field("发文机关", default=None)
    document_number: str | None = field("发文字号", default=None)
    date: str | None = field("成文日期，YYYY-MM-DD", default=None, schema=_DAY)
    """成文日期, ``YYYY-MM-DD``."""
    year: int | None = field("公文所说的年份，用来补全“6月底前”这样的时限", default=None)
    """The year the notice is about, which completes dates such as 6月底前."""
    addressees: tuple[str, ...] = field("主送机关", default=())
    preamble: str = field("第一个序号之前的正文，段落之间是换行", default="", promised=False)
    """What comes before the first number and is not a header field; paragraphs are joined by a line feed."""
    closing: str = field("正文之后、不属于落款等要素的文字，多半是网页带来的", default="", promised=False)
    """What comes after the body and is not a field: what a web page added, as a rule."""
    plans: tuple[Plan, ...] = field("印发的方案、要点等，各有自己的标题", default=(), promised=False)
    signature: tuple[str, ...] = field("落款", default=(), promised=False)
    annexes: tuple[str, ...] = field("附件说明", default=(), promised=False)
    copies: tuple[str, ...] = field("抄送机关", default=(), promised=False)
    """抄送."""
    duties: tuple[Duty, ...] = field("不在任何序号之下的责任", default=())
    """Of clauses that are under no number."""
    deadlines: tuple[Deadline, ...] = field("不在任何序号之下的时限", default=(), promised=False)
    citations: tuple[Citation, ...] = field("不在任何序号之下的引用", default=(), promised=False)
    body: tuple[Node, ...] = field("编号的各层内容，是一棵树", default=())
    diagnostics: tuple[Diagnostic, ...] = field("需要人看一眼的地方", default=(), promised=False)
    fields: tuple[tuple[str, Span], ...] = field(
        "标题、主送机关等要素在原文中的位置",
        default=(),
        promised=False,
        pair=("一个要素所在的位置", {"name": {"description": "要素名，如 title"}, "span": {}}),
    )
    """The place of each header and closing field: ``("title", (0, 31))``."""
    clauses: tuple[Span, ...] = field("不在任何序号之下的责任分工所在的位置", default=(), promised=False)
    """The places of the clauses that are under no number."""
    layout: tuple[Span, ...] = field("属于版面而不是文字的部分：页码、标记等", default=(), promised=False)
    """What belongs to the page and not to the text: page marks, Markdown and HTML marks, headings printed twice."""
    margins: tuple[tuple[int, str], ...] = field(
        "PDF 里不算正文的页码、页眉、页脚；没有就没有这个键",
        default=(),
        sparse=True,
        pair=(
            "一页上的一处",
            {"page": {"description": "第几页，从 1 数起", "minimum": 1}, "text": {"description": "写着什么"}},
        ),
    )
    """(page, words): page numbers and repeated headers and footers of a PDF, which are not in ``text``."""
    version: int | None = field("台账里的第几版；不是从台账来的没有这个键", default=None, sparse=True, column=False)
    task: int | None = field("没有编号的责任在台账里的任务号", default=None, sparse=True, column=False)
    status: str = field("它在台账里的办理状态", default="", sparse=True, column=False)
    moved: str | None = field("它在台账里延期以后的截止日期", default=None, sparse=True, column=False, schema=_DAY)

    def walk(self) -> Iterator[Node]:
        """All nodes, in the order of the text."""
        for node in self.body:
            yield from node.walk()

    def items(self, *, rules: RuleData | None = None, **filters: Unpack[Asked]) -> Iterator[Hit]:
        """The items (事项) that match, in the order of the text; all of them where nothing is asked.

        Several values of one filter mean any of them, different filters all of them, as with the options of ``aiwei
        list``. ``office``: by any of its names that the ``rules`` know; ``role``: lead, responsible, support, or 牵头,
        负责, 配合; ``stated``: clause, table or prose; ``section``: a number or words of a heading; ``keyword``: words
        with blanks between them all have to occur, as words of jieba's with ``words``; ``due_before``: a day,
        2023-07-01; ``no_owner``: only items nobody has to do; ``own``: duties that come from a heading above do not
        count.

        Raises UsageError for a word that is no role, no day, and for filters that contradict each other.

        >>> import aiwei_cli as aiwei
        >>> notice = aiwei.parse("一、修路（住建局牵头，各村配合）。\\n二、清淤（水利局负责）。")
        >>> [(hit.id, [duty.office for duty in hit.duties]) for hit in notice.items(role="牵头")]
        [('一', ['住房和城乡建设局'])]
        """
        return _api("asking").items(self, rules=rules, **filters)  # type: ignore[no-any-return]

    def rows(
        self, per: str = "item", *, rules: RuleData | None = None, **filters: Unpack[Asked]
    ) -> list[dict[str, Cell]]:
        """The table of tasks: a dict a row, with the columns of ``aiwei export`` under their English keys.

        ``per`` is item (a row an item), duty (a row an office's duty) or pair (a row two offices that work together);
        the filters are those of :meth:`items`. ``aiwei schema rows`` prints what is in the columns: texts, empty where
        there is nothing; ``due`` and ``date`` days or None; ``line`` and ``level`` numbers, the first line is 1.

        Raises UsageError as :meth:`items` does.

        >>> import aiwei_cli as aiwei
        >>> notice = aiwei.parse("一、修路（住建局牵头，各村配合）。")
        >>> [(row["role"], row["office"]) for row in notice.rows("duty")]
        [('lead', '住房和城乡建设局'), ('support', '各村')]
        """
        return _api("asking").rows(self, per, rules=rules, **filters)  # type: ignore[no-any-return]

    def to_frame(
        self, per: str = "item", kind: str | None = None, *, rules: RuleData | None = None, **filters: Unpack[Asked]
    ) -> Any:
        """The same rows as a data frame: of pandas, of polars where that is not installed, or of the ``kind`` named.

        Raises UsageError where it is not installed, with what to type, and as :meth:`items` does.
        """
        return _api("asking").to_frame(self, per, kind, rules=rules, **filters)

    def __repr__(self) -> str:
        return _api("shown").line(self)  # type: ignore[no-any-return]

    def _repr_html_(self) -> str:
        """The table of the items, as a notebook shows it."""
        return _api("shown").table(self)  # type: ignore[no-any-return]

    def to_dict(self) -> dict[str, Any]:
        """The notice as plain data, in the shape of the schema ``aiwei.notice.v1``."""
        from aiwei_cli.notice.tree import to_tree

        return {"schema": SCHEMA, **to_tree(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Notice:
        """The notice that :meth:`to_dict` wrote. Its ``text`` is empty: the source is not part of the schema.

        Raises ValueError where the data has not the shape of ``aiwei.notice.v1``.
        """
        from aiwei_cli.notice.tree import from_tree

        if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
            raise ValueError(f"schema 应当是 {SCHEMA}")
        return from_tree(cls, data, text="")


class Place(NamedTuple):
    """A node with its ancestors, from the root."""

    notice: Notice
    node: Node
    headings: tuple[Node, ...] = ()
    plan: Plan | None = None
    """The enclosed plan it belongs to, where the notice holds several."""

    @property
    def section(self) -> str:
        """The titles of the headings above it, from the root, joined with `` / ``."""
        parts = [self.plan.title] if self.plan else []
        return " / ".join(parts + [node.title or node.number for node in self.headings])


class Hit(NamedTuple):
    """An item that matches."""

    place: Place
    duties: tuple[Duty, ...]
    """Those that made it match: all, or those of the office and role asked for."""
    all_duties: tuple[Duty, ...]
    """Those that count at all: its own, and unless only these were asked for, those from above."""
    persons: tuple[Person, ...] = ()
    """Those that count, as with duties."""
    doubts: tuple[Diagnostic, ...] = ()
    """What a person should look at in the item."""

    @property
    def notice(self) -> Notice:
        """The notice that it is in."""
        return self.place.notice

    @property
    def node(self) -> Node:
        """The item itself: its number, title, text, span, deadlines, citations."""
        return self.place.node

    @property
    def id(self) -> str:
        """The numbers from the root, ``一/（一）/6``: unique in the notice."""
        return self.place.node.id

    @property
    def text(self) -> str:
        """Its title and its text, without the clauses."""
        return "\n".join(part for part in (self.place.node.title, self.place.node.text) if part)

    @property
    def section(self) -> str:
        """The titles of the headings above it."""
        return self.place.section


def _api(module: str) -> Any:
    """A module of the room that answers questions. It is above this one and knows it, so it is named, not imported."""
    from importlib import import_module

    return import_module(f"aiwei_cli.api.{module}")
