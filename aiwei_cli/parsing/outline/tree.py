"""Numbered nodes: which numbers open a place in the outline, and which place lies in which.

A number at the start of a paragraph is a candidate. What makes it a node is the sequence: it is the next one of its
kind, or the first of a new list. A number that is out of sequence is never an error: at the start of a paragraph it is
read and reported, in mid-line, or where the lines are cut by a page, it is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aiwei_cli.language.chars import SPACE
from aiwei_cli.language.patterns import pattern
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.outline import accept
from aiwei_cli.parsing.outline.evidence import AHEAD, Evidence
from aiwei_cli.parsing.outline.numbers import Mark, Numbering
from aiwei_cli.parsing.view import View

_ABOUT = pattern(r"关于|印发|转发|(?:19|20)\d\d")
"""What is in the title of a notice, and not in the heading of a section."""
_FIRST_ANNEX = pattern(rf"^{SPACE}*附{SPACE}*件{SPACE}*[：:]{SPACE}*1[.．、][^\n]*\n\s*$", re.M)
"""附件：1.… in one line, and then the line of the second."""

_ANNEX_WORD = 16
"""The words before a list of annexes with the blanks around them: 相关附件： is the longest, pages indent by eight."""
_ANNEX_LINE = 90
"""The line of the first annex: a title of two printed lines at most."""


def read_numbers(view: View, numbering: Numbering, given: Sequence[Span] = ()) -> list[Mark]:
    """The nodes of the outline, in the order of the text, each with its parent; ``given`` are known to be numbers."""
    return _Sequence(view, numbering, given).read()


class _Sequence:
    """One pass over the candidates with the stack of open nodes."""

    def __init__(self, view: View, numbering: Numbering, given: Sequence[Span]) -> None:
        self.numbering = numbering
        self.evidence = Evidence(view, numbering, given)
        self.given = frozenset(start for start, _ in given)
        self.text = view.text
        self.annex = 0
        self.ranks = dict(numbering.ranks)
        self.ends = numbering.annex_last

    def read(self) -> list[Mark]:
        """The candidates that are nodes, each with its parent."""
        evidence, ranks, wrapped = self.evidence, self.ranks, self.evidence.view.wrapped
        stack = evidence.stack
        first = len(self.text) - len(self.text.lstrip())
        item = self.numbering.kinds["item"]
        accepted: list[Mark] = []
        annexes = self.numbering.has_annexes(self.text)
        breaks = list(reversed(self.numbering.breaks(self.text, annexes)))
        ahead = len(breaks)
        for i, mark in enumerate(evidence.candidates):
            while breaks and breaks[-1] <= mark.start:
                breaks.pop()
                evidence.clear()
            given = mark.start in self.given
            if not given and (
                (annexes and self._in_annex(mark)) or (mark.start == first and self._is_collection(i, mark))
            ):
                continue  # it belongs to another list
            evidence.turn(i, mark)
            doubt = accept.doubt(evidence, wrapped)
            if doubt is None and not given:
                continue
            # A number that is a name, A-01, is in no sequence.
            mark.doubt = "" if given and mark.kind.name == "item" and not mark.name.isdecimal() else doubt or ""
            mark.anew, ahead = len(breaks) < ahead, len(breaks)
            if mark.kind.name == "bare":
                mark.kind = item
            name = mark.kind.name
            self._order(i, mark)
            mark.rank = ranks[name] + (mark.name.count(".") if name == "decimal" else 0)
            while stack and stack[-1].rank >= mark.rank:
                stack.pop()
            if stack:
                mark.parent = stack[-1]
                mark.parent.children.append(len(accepted))
            mark.place = len(accepted)
            stack.append(mark)
            evidence.note()
            accepted.append(mark)
        return accepted

    def _order(self, i: int, mark: Mark) -> None:
        """Which kind lies in which, where notices differ.

        第一条 lies in 一、 where 一、 came first, and else the other way round; （一） lies in 1. where under a heading
        1. comes first, and 2. after （一）.
        """
        name = mark.kind.name
        if name == "article":
            if "heading" in self.evidence.last and name not in self.evidence.last:
                self.ranks[name] = self.ranks["heading"] + 1
        elif name == "bracketed":
            if mark.value == 1 and self._in_item(i):
                self.ranks[name] = self.ranks["item"] + 5
        elif mark.kind.rank < self.numbering.kinds["bracketed"].rank:
            self.ranks["bracketed"] = self.numbering.ranks["bracketed"]

    def _in_item(self, i: int) -> bool:
        """Whether the （一） that comes now begins a list inside the open 1.: 1. / （一） / （二） / 2. / （一）."""
        outer = next((mark for mark in reversed(self.evidence.stack) if mark.kind.name in ("item", "bracketed")), None)
        if outer is None or outer.kind.name != "item":
            return False
        last, seen = 1, False
        for later in self.evidence.candidates[i + 1 : i + AHEAD]:
            if later.kind.rank < self.numbering.kinds["bracketed"].rank:
                break
            if later.kind.name == "bracketed":
                if seen and later.value == 1:
                    return True
                if not seen and later.value != last + 1:
                    break
                last = later.value
            elif later.kind.name == "item" and not seen:
                seen = later.value == outer.value + 1
                if not seen:
                    break
        return False

    def _in_annex(self, candidate: Mark) -> bool:
        """Whether the number counts annexes: 附件：1.… 2.…"""
        if candidate.kind.name not in ("item", "bare"):
            self.annex = 0
            return False
        start = candidate.start
        near = max(0, start - _ANNEX_WORD)
        if self.text[near:start].rstrip()[-1:] in self.ends and self.numbering.annex.search(self.text, near, start):
            self.annex = candidate.value + 1
            return True
        if not self.annex and candidate.value in (2, 3) and self._behind_first_annex(start):
            self.annex = candidate.value  # 3 where the list has no 2
        if self.annex and candidate.value == self.annex:
            self.annex += 1
            return True
        self.annex = 0
        return False

    def _behind_first_annex(self, start: int) -> bool:
        before = self.text[max(0, start - _ANNEX_LINE) : start]
        return "附" in before and _FIRST_ANNEX.search(before) is not None

    def _is_collection(self, i: int, candidate: Mark) -> bool:
        """Whether the number is a collection's, before the title of the notice: ``9. 瑞昌市…关于印发…的通知``."""
        if candidate.kind.name not in ("item", "heading", "bare", "decimal"):
            return False
        title = self.numbering.title.match(self.text, candidate.end)
        return bool(title and _ABOUT.search(title[0])) and not self._second(i, candidate)

    def _second(self, i: int, candidate: Mark) -> bool:
        following = self.evidence.candidates[i + 1 : i + 2]
        return bool(following) and following[0].kind is candidate.kind and following[0].value == candidate.value + 1
