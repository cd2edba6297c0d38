"""The notice as the rules look at it: its paragraphs, its nodes with their siblings, and its clauses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast

from aiwei_cli.compiled import Rules
from aiwei_cli.language import wording
from aiwei_cli.language.numerals import value
from aiwei_cli.notice.model import Duty, Node, Notice, Span
from aiwei_cli.records import NamedTuple

T = TypeVar("T")
_ANNEX = re.compile(wording.ANNEX, re.M)
_ANNEX_LIST = re.compile(wording.ANNEX_LIST, re.M)
_QUOTED = re.compile(r"“[^”\n]{0,200}”|‘[^’\n]{0,200}’|《[^》\n]{0,200}》")
_FIGURES = re.compile(r"[0-9０-９]+")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = re.compile(wording.COUNTING)


class Paragraph(NamedTuple):
    """A line of the source."""

    number: int
    start: int
    text: str
    bare: str
    """Without the blanks around it."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_table(self) -> bool:
        """A row of a table that became text."""
        return "\t" in self.bare


class Case:
    """A notice and what its rules ask of it. Offsets are characters of the decoded text."""

    def __init__(self, notice: Notice, rules: Rules) -> None:
        self.notice, self.rules = notice, rules
        self.text = notice.text
        self.offices = rules.offices
        self.roles: Mapping[str, Any] = rules.data["roles"]
        self._made: dict[str, object] = {}
        self.checks: Mapping[str, Any] = rules.data["checks"]

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What several rules ask for, made on first use."""
        if name not in self._made:
            self._made[name] = make()
        return cast("T", self._made[name])

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        found, start = [], 0
        for number, line in enumerate(re.split("\r\n|\r|\n", self.text), 1):
            at = self.text.find(line, start)
            found.append(Paragraph(number, at, line, line.strip()))
            start = at + len(line)
        return found

    def paragraph(self, offset: int) -> Paragraph:
        """The paragraph that holds a character."""
        return self.paragraphs[bisect_right(self._starts, offset) - 1]

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.paragraphs]

    # -- regions ---------------------------------------------------------------------------------------------------

    @cached_property
    def annex_start(self) -> int:
        """Where the first annex begins, a line with just 附件1 after the body; the end of the text without one."""
        first = self.nodes[0].span[0] if self.nodes else 0
        found = next((m.start() for m in _ANNEX.finditer(self.text) if m.start() > first), None)
        return len(self.text) if found is None else found

    @cached_property
    def head(self) -> list[Paragraph]:
        """The paragraphs before the first number that are not empty."""
        first = self.nodes[0].span[0] if self.nodes else len(self.text)
        return [one for one in self.paragraphs if one.bare and one.start < first]

    @cached_property
    def prose(self) -> list[Paragraph]:
        """The paragraphs that are no rows of tables."""
        return [one for one in self.paragraphs if one.bare and not one.is_table]

    @cached_property
    def _quotes(self) -> list[Span]:
        return [match.span() for match in _QUOTED.finditer(self.text)]

    def quoted(self, offset: int) -> bool:
        """Whether a character is quoted: a slogan or a title, whose words are not the notice's own."""
        at = bisect_right(self._quotes, (offset, len(self.text))) - 1
        return at >= 0 and self._quotes[at][0] < offset < self._quotes[at][1] - 1

    # -- nodes -----------------------------------------------------------------------------------------------------

    @cached_property
    def nodes(self) -> list[Node]:
        return list(self.notice.walk())

    @cached_property
    def own_nodes(self) -> list[Node]:
        """The nodes of the notice itself, without those of its annexes, of their list, and of tables."""
        return [
            node
            for node in self.nodes
            if node.span[0] < self.annex_start and not self._in_table(node) and not self._lists_annexes(node)
        ]

    def _in_table(self, node: Node) -> bool:
        return self.paragraph(node.span[0]).is_table

    @cached_property
    def _annex_list(self) -> Span:
        """The line 附件：1.… and the numbered lines after it."""
        match = _ANNEX_LIST.search(self.text)
        return match.span() if match else (0, 0)

    def _lists_annexes(self, node: Node) -> bool:
        start, end = self._annex_list
        return start <= node.span[0] < end

    @cached_property
    def families(self) -> list[tuple[Node | None, list[Node]]]:
        """(parent, its children) for all parents of the notice's own nodes; None for the outermost level."""
        own = {id(node) for node in self.own_nodes}
        top = [node for node in self.notice.body if id(node) in own]
        found: list[tuple[Node | None, list[Node]]] = [(None, top)] if top else []
        for node in self.own_nodes:
            children = [child for child in node.children if id(child) in own]
            if children:
                found.append((node, children))
        return found

    @cached_property
    def leaf_families(self) -> list[list[Node]]:
        """Siblings that have no nodes below them; a count that begins again begins another family."""
        found: list[list[Node]] = []
        for _, nodes in self.families:
            found.append([])
            for node in nodes:
                if number_value(node.number) == 1:
                    found.append([])
                if not node.children:
                    found[-1].append(node)
        return [leaves for leaves in found if leaves]

    def mark(self, node: Node) -> Span:
        """Where a node's number is."""
        return node.span[0], node.span[0] + len(node.number)

    def own_text(self, node: Node) -> Span:
        """The characters of a node without its children."""
        return node.span[0], node.children[0].span[0] if node.children else node.span[1]

    @cached_property
    def clauses(self) -> list[tuple[Node, Span, tuple[Duty, ...]]]:
        """Each clause of the notice's own nodes, with the duties whose words it holds."""
        return [
            (node, (start, end), tuple([duty for duty in node.own_duties if start <= duty.span[0] < end]))
            for node in self.own_nodes
            for start, end in node.clauses
        ]


@lru_cache(maxsize=4096)
def number_value(number: str) -> int | None:
    """What a number counts, however it is written: 一、 （一） 1. ① 第一条."""
    figures = _FIGURES.search(number)
    if figures:
        return int(figures[0])
    circled = next((sign for sign in number if sign in _CIRCLED), None)
    if circled:
        return _CIRCLED.index(circled) + 1
    words = _CHINESE.search(number)
    return value(words[0]) if words else None


def two_thirds(having: int, others: int) -> bool:
    """Whether two thirds of the other siblings have something, and at least two of them: one without it is then an
    exception.
    """
    return having >= 2 and 3 * having >= 2 * others
