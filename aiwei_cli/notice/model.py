"""The nouns: what a parsed notice is made of.

Every span is a half-open pair of offsets into the characters of the decoded source, ``notice.text[start:end]``.
The classes are frozen and hold no back references, so a notice can be shared between threads, pickled and compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from aiwei_cli.records import field, record

SCHEMA = "aiwei.notice.v1"

Role = Literal["lead", "responsible", "support"]
ROLES: tuple[Role, ...] = ("lead", "responsible", "support")
Stated = Literal["clause", "table", "prose"]
STATED: tuple[Stated, ...] = ("clause", "table", "prose")
Span = tuple[int, int]


@record
class Duty:
    """One office in one role for one node."""

    role: Role
    office: str
    """The canonical name, by ``rules/offices.yaml``; the written name where no rule knows it."""
    written: str
    """As the notice writes it, without the line or page breaks that cut it."""
    span: Span
    inherited: bool = False
    """True where the words stand under an ancestor, or in a rule for the whole notice."""
    rule: str | None = None
    """The words of the rule for the whole notice that made this duty or its role, e.g. 列第一位者为牵头单位，下同."""
    stated: Stated = "clause"
    """What kind of words say it: a clause, a column of a task table, or a sentence (由甲局牵头)."""


@record
class Person:
    """Somebody who is named beside the offices. A person has no duty."""

    role: str
    """As written: 责任领导, 联系人; empty for a name behind an office, 市住建局（张三）."""
    name: str
    span: Span
    inherited: bool = False
    """True where the words stand under an ancestor."""


@record
class Deadline:
    """A time by which something is due."""

    written: str
    date: str | None
    """The last day, ``YYYY-MM-DD``; None where the words name none (长期坚持, 持续推进)."""
    span: Span
    inherited: bool = False
    recurs: str | None = None
    """For a time that comes back, 每月5日前: the rule as an RRULE of RFC 5545, without its name."""


@record
class Citation:
    """A document that the text names: 《…》 and the number that follows it."""

    title: str
    document_number: str | None
    span: Span


@record
class Diagnostic:
    """Something a person should look at. The codes are listed in ``aiwei_cli/diagnostics.py``."""

    code: str
    message: str
    span: Span
    line: int
    column: int


@record
class Node:
    """A numbered place in the outline (GB/T 9704-2012, 7.3.3)."""

    id: str
    """The numbers from the root, joined with ``/``: ``一/（一）/6``. Unique in the notice: a repeat gets ``#2``."""
    number: str
    """As written: ``一、``, ``(1)``, ``8``. It stands at the start of the span."""
    level: int
    """1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, 5 for ①; 第一条 is 1, and 编, 章, 节 are 0."""
    title: str
    """A heading's own words, or the short first sentence that heads an item; else empty."""
    text: str
    """What follows, without clauses and without the children; paragraphs are joined by a line feed."""
    span: Span
    """From the number to the end of the last child."""
    line: int
    """The line of the number in the source; the first line is 1."""
    duties: tuple[Duty, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    citations: tuple[Citation, ...] = ()
    children: tuple[Node, ...] = ()
    title_span: Span | None = None
    clauses: tuple[Span, ...] = ()
    """Where the node's own responsibility clauses stand, brackets included."""
    place: str | None = None
    """Where a person finds it in a file whose lines nobody sees: 第12段, 第3页, 第1个表格第5行; None for plain text."""
    persons: tuple[Person, ...] = ()
    """A node without persons of its own shows its nearest ancestor's, as with duties."""

    @property
    def own_duties(self) -> tuple[Duty, ...]:
        """The duties whose words stand in this node."""
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
    """A document that the notice encloses: its title stands on a line of its own before its first number."""

    title: str
    span: Span
    line: int


@record
class Source:
    """Where the text came from."""

    path: str | None = None
    sha256: str = ""
    """Of the bytes that were read; of the text in UTF-8 where there was no file."""
    encoding: str = "utf-8"
    characters: int = 0
    kind: str = "txt"
    """The container the text was taken from: txt, docx, pdf, html, md."""


@record
class Notice:
    """One document."""

    text: str = field(repr=False)
    source: Source
    title: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    date: str | None = None
    """成文日期, ``YYYY-MM-DD``."""
    year: int | None = None
    """The year the notice is about, which completes dates such as 6月底前."""
    addressees: tuple[str, ...] = ()
    preamble: str = ""
    """What stands before the first number and is no header field; paragraphs are joined by a line feed."""
    closing: str = ""
    """What stands behind the body and is no field of its own: what a web page added, as a rule."""
    plans: tuple[Plan, ...] = ()
    signature: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    """抄送."""
    duties: tuple[Duty, ...] = ()
    """Of clauses that stand under no number."""
    deadlines: tuple[Deadline, ...] = ()
    citations: tuple[Citation, ...] = ()
    body: tuple[Node, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    fields: tuple[tuple[str, Span], ...] = ()
    """Where each header and closing field stands: ``("title", (0, 31))``."""
    clauses: tuple[Span, ...] = ()
    """Where the clauses stand that are under no number."""
    layout: tuple[Span, ...] = ()
    """What belongs to the page and not to the text: page marks, Markdown and HTML marks, headings printed twice."""
    margins: tuple[tuple[int, str], ...] = ()
    """(page, words): page numbers and repeated headers and footers of a PDF, which are not in ``text``."""

    def walk(self) -> Iterator[Node]:
        """All nodes, in the order of the text."""
        for node in self.body:
            yield from node.walk()

    def to_dict(self) -> dict[str, Any]:
        """The notice as plain data, in the shape of the schema ``aiwei.notice.v1``."""
        from aiwei_cli.notice.tree import notice_to_dict

        return notice_to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Notice:
        """The notice that :meth:`to_dict` wrote. Its ``text`` is empty: the source is not part of the schema.

        Raises ValueError where the data has not the shape of ``aiwei.notice.v1``.
        """
        from aiwei_cli.notice.tree import notice_from_dict

        return notice_from_dict(data)


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, for a notice that came from no file."""
    from aiwei_cli.notice.checksum import sha256

    return sha256(text.encode("utf-8", "surrogatepass"))
