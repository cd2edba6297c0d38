"""Numbered nodes: which numbers open a place in the outline, and which place lies in which.

A number at the start of a paragraph is a candidate. What makes it a node is the sequence: it is the next one of its
kind, or the first of a new list. A number that is out of sequence is never an error: at the start of a paragraph it is
read and reported, in mid-line, or where the lines are cut by a page, it is text.
"""

from __future__ import annotations

import re

from aiwei_cli.parsing.layout import SPACE, View
from aiwei_cli.parsing.numbering import ENDS, Mark, Numbering
from aiwei_cli.patterns import pattern

_REFERENCE = pattern(r"[至到、，,。；;）)和款]|[项条](?:[规至到、，,和或的款内中所以]|$)|类[、，]")
"""What follows a number that only refers to a place: （三）项规定."""
_ABOUT = pattern(r"关于|印发|转发|(?:19|20)\d\d")
"""What stands in the title of a notice, and not in the heading of a section."""
_FIRST_ANNEX = pattern(rf"^{SPACE}*附{SPACE}*件{SPACE}*[：:]{SPACE}*1[.．、][^\n]*\n\s*$", re.M)
"""附件：1.… in one line, and then the line of the second."""


def read(view: View, numbering: Numbering) -> list[Mark]:
    """The nodes of the outline, in the order of the text, each with its parent."""
    return _Reader(view, numbering).read()


class _Reader:
    """One pass over the candidates with the stack of open nodes."""

    def __init__(self, view: View, numbering: Numbering) -> None:
        self.numbering = numbering
        self.view = view
        self.text = view.text
        self.candidates = numbering.candidates(view)
        self.stack: list[Mark] = []
        self.last: dict[str, int] = {}
        self.decimals: dict[str, int] = {}
        self.annex = 0
        self.ranks = dict(numbering.ranks)
        self.annexes = any(word in self.text for word in numbering.annexes)
        self.first = len(self.text) - len(self.text.lstrip())

    def read(self) -> list[Mark]:
        """The candidates that are nodes, each with its parent."""
        stack, ranks, last = self.stack, self.ranks, self.last
        item = self.numbering.kinds["item"]
        accepted: list[Mark] = []
        breaks = self.numbering.breaks(self.text)[::-1]
        anew = False
        for i, mark in enumerate(self.candidates):
            while breaks and breaks[-1] <= mark.start:
                breaks.pop()
                stack.clear()
                last.clear()
                self.decimals.clear()
                anew = True
            doubt = self._doubt(i, mark)
            if doubt is None:
                continue
            mark.doubt = doubt
            mark.anew, anew = anew, False
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
            last[name] = mark.value
            accepted.append(mark)
        return accepted

    def _order(self, i: int, mark: Mark) -> None:
        """Which kind lies in which, where notices differ.

        第一条 lies in 一、 where 一、 came first, and else the other way round; （一） lies in 1. where under a heading
        1. comes first, and 2. behind （一）.
        """
        name = mark.kind.name
        if name == "article":
            if "heading" in self.last and name not in self.last:
                self.ranks[name] = self.ranks["heading"] + 1
        elif name == "bracketed":
            if mark.value == 1 and self._in_item(i):
                self.ranks[name] = self.ranks["item"] + 5
        elif mark.kind.rank < self.numbering.kinds["bracketed"].rank:
            self.ranks["bracketed"] = self.numbering.ranks["bracketed"]

    def _in_item(self, i: int) -> bool:
        """Whether the （一） that comes now begins a list inside the open 1.: 1. / （一） / （二） / 2. / （一）."""
        outer = next((mark for mark in reversed(self.stack) if mark.kind.name in ("item", "bracketed")), None)
        if outer is None or outer.kind.name != "item":
            return False
        last, seen = 1, False
        for later in self.candidates[i + 1 : i + 200]:
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

    def _doubt(self, i: int, candidate: Mark) -> str | None:
        """None where the number is no node, else the code of what is odd about it, or ''."""
        name = candidate.kind.name
        if self.annexes and self._in_annex(candidate):
            return None
        if candidate.start == self.first and self._is_collection(i, candidate):
            return None
        if name == "bare":
            return self._bare(i, candidate)
        if name == "decimal":
            return self._decimal(i, candidate)
        if not candidate.at_start:
            return self._midline(i, candidate)
        value = candidate.value
        if name == "item" and self.text[candidate.end : candidate.end + 1].isdigit():
            return self._before_digits(i, candidate)
        if not self.view.wrapped and (value == 1 or self.last.get(name) == value - 1):
            return ""
        expected = self._expected(name)
        if candidate.value in expected or candidate.value == 1:
            return "" if not self.view.wrapped or self._plausible(i, candidate, expected) else None
        if not self.view.wrapped:
            return "N002"
        if self._opens(candidate) and self._begins_late(i, candidate):
            return "N002"
        near = any(0 < candidate.value - value <= 2 for value in expected)
        sure = candidate.kind.level < 3 or self._follows(i, candidate)
        return "N002" if near and sure and self._opens(candidate) else None

    def _before_digits(self, i: int, candidate: Mark) -> str | None:
        """``3.6月底前完成``: the third item, and no quantity, where it is the next and begins a paragraph."""
        if candidate.value == 1:
            return "" if not self.view.wrapped and self._follows(i, candidate) else None
        expected = self._expected("item")
        near = any(0 <= candidate.value - value <= 1 for value in expected) and self._follows(i, candidate)
        next_one = candidate.value in expected or near
        return "" if next_one and (not self.view.wrapped or self._opens(candidate)) else None

    def _expected(self, name: str) -> set[int]:
        """The values that go on with a list: the open one's next, or the next of one that runs on through headings."""
        expected = {mark.value + 1 for mark in self.stack if mark.kind.name == name}
        if name in self.last:
            expected.add(self.last[name] + 1)
        return expected

    def _opens(self, candidate: Mark) -> bool:
        """Whether the words before end a sentence."""
        before = self.text[max(0, candidate.start - 8) : candidate.start].rstrip()
        return not before or before[-1] in ENDS

    def _plausible(self, i: int, candidate: Mark, expected: set[int]) -> bool:
        """On a cut page a line may begin with a number by chance: a first one wants a second, or a full stop before."""
        if candidate.kind.level < 3 or self._opens(candidate):
            return True
        if candidate.value in expected and candidate.value > 1:
            return True
        return self._follows(i, candidate)

    def _follows(self, i: int, candidate: Mark) -> bool:
        """Whether the next number of the list comes later."""
        for later in self.candidates[i + 1 : i + 200]:
            if later.kind is candidate.kind and later.value == candidate.value + 1:
                return True
        return False

    def _midline(self, i: int, candidate: Mark) -> str | None:
        """A number inside a line of a text that has lost its breaks: only as the next, or as a first with a second."""
        before = self.text[candidate.start - 1]
        name = candidate.kind.name
        if before in "第、~～至-—零〇一二三四五六七八九十百两%":
            return None
        if name == "heading" and before in "统唯单之任其专合同归惟万逐如无":
            return None  # 统一、合一、唯一、
        if name == "item" and self.text[candidate.end : candidate.end + 1].isdigit():
            return "" if candidate.value in self._expected(name) and self._opens(candidate) else None
        if name in ("part", "chapter", "section", "article"):
            after = self.text[candidate.end : candidate.end + 1]
            if before not in "。；;：:）)〕》 \u3000" or after in "第、，,的至到和款项规或（(":
                return None
        if _REFERENCE.match(self.text, candidate.end):
            return None
        opens = self._opens(candidate)
        if self.view.wrapped and not opens and not self._behind_heading(candidate):
            return None
        expected = self._expected(name)
        if candidate.value in expected:
            return ""
        if candidate.value == 1:
            return "" if self._follows(i, candidate) else None
        if opens and self._begins_late(i, candidate):
            return "N002"
        near = any(0 < candidate.value - value <= 2 for value in expected)
        sure = name in ("heading", "bracketed") or (name == "item" and self._follows(i, candidate))
        return "N002" if near and opens and sure else None

    def _begins_late(self, i: int, candidate: Mark) -> bool:
        """Whether a list of 一、 or （一） begins here at another number than one: 1、2、3、四、五、."""
        return (
            candidate.kind.name in ("heading", "bracketed")
            and candidate.kind.name not in self.last
            and self._follows(i, candidate)
        )

    def _behind_heading(self, candidate: Mark) -> bool:
        """Whether a heading's few words stand between the number before and this one: ``一、总体要求（一）…``."""
        between = self.text[self.stack[-1].end : candidate.start] if self.stack else "。"
        return len(between) <= 40 and not re.search(r"[。；;\n]", between)

    def _bare(self, i: int, candidate: Mark) -> str | None:
        """``8常态化…``: read as 8 because 7 came before and 9 comes after."""
        after = self.text[candidate.end : candidate.end + 2].lstrip()
        if not after or after[0] in self.numbering.measures:
            return None
        spaced = self.text[candidate.end : candidate.end + 1].isspace()
        following = self.candidates[i + 1] if i + 1 < len(self.candidates) else None
        if spaced and following is not None and following.name == f"{candidate.name}.1":
            return "N001" if candidate.at_start and not self.view.wrapped else None
        if candidate.value == 1:
            listed = following is not None and following.kind is candidate.kind and following.value == 2
            if not (spaced or listed) or not candidate.at_start or self.view.wrapped:
                return None
        elif candidate.value not in self._expected("item"):
            return None
        if not candidate.at_start and not (self.view.flat and self._opens(candidate)):
            return None
        for later in self.candidates[i + 1 : i + 60]:
            if later.kind.name in ("item", "bare") and later.value == candidate.value + 1:
                return "N001"
            if later.kind.name == "item":
                return None
        return "N001" if candidate.at_start and candidate.value > 1 and not self.view.wrapped else None

    def _decimal(self, i: int, candidate: Mark) -> str | None:
        """``1.10`` lies in 1 behind 1.9, ``1.1.1`` in 1.1; a list of them may do without the 1."""
        if not candidate.at_start:
            return None
        outer, _, last = candidate.name.rpartition(".")
        value = int(last)
        opened = any(mark.name == outer for mark in self.stack if mark.kind.name in ("item", "decimal"))
        previous = self.decimals.get(outer)
        if previous is not None and value == previous + 1:
            fits = True
        elif value != 1 or not (opened or "." not in outer):
            fits = False
        else:
            first = "." not in outer and (int(outer) == 1 or str(int(outer) - 1) in self.decimals)
            fits = opened or (first and (int(outer) > 1 or self._follows(i, candidate)))
        if not fits:
            return None
        self.decimals[outer] = value
        return ""

    def _in_annex(self, candidate: Mark) -> bool:
        """Whether the number counts annexes: 附件：1.… 2.…"""
        if candidate.kind.name not in ("item", "bare"):
            self.annex = 0
            return False
        if self.numbering.annex.search(self.text, max(0, candidate.start - 16), candidate.start):
            self.annex = candidate.value + 1
            return True
        if not self.annex:
            before = self.text[max(0, candidate.start - 90) : candidate.start]
            if candidate.value == 2 and _FIRST_ANNEX.search(before):
                self.annex = 2
        if self.annex and candidate.value == self.annex:
            self.annex += 1
            return True
        self.annex = 0
        return False

    def _is_collection(self, i: int, candidate: Mark) -> bool:
        """Whether the number is a collection's, before the title of the notice: ``9. 瑞昌市…关于印发…的通知``."""
        if candidate.kind.name not in ("item", "heading", "bare", "decimal"):
            return False
        title = self.numbering.title.match(self.text, candidate.end)
        return bool(title and _ABOUT.search(title[0])) and not self._second(i, candidate)

    def _second(self, i: int, candidate: Mark) -> bool:
        following = self.candidates[i + 1 : i + 2]
        return bool(following) and following[0].kind is candidate.kind and following[0].value == candidate.value + 1
