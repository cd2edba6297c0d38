"""What speaks for a candidate number and what against it: each question once, and answered only when a row of
:mod:`accept` asks it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from aiwei_cli.language.numerals import NUMERALS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.sentences import (
    CITES,
    CUT_WORDS,
    IN_HEADING_WORD,
    IN_NUMBER,
    INSERTED,
    NOT_CUT,
    REFERENCE,
    REFERS,
)
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.outline.numbers import ENDS, Mark, Numbering
from aiwei_cli.parsing.view import View

LINE, CUT, MIDDLE, CUT_MIDDLE = range(4)
"""Where a candidate is: at the start of a paragraph; at the start of a line, which a page may have cut there; in
the middle of a line of a text that has lost its line breaks; in the middle of a line that a page has cut."""

AHEAD = 200
"""How many candidates later the next number of a list may come. No list is that long; without an end any first
number would have a second somewhere in a long document."""
BARE_AHEAD = 60
"""The same for a number without a mark, which is weaker: it is looked for by going there."""
MISSING = 2
"""How many numbers may be missing before one that goes on with a list. One is forgotten, two happens; after a greater
gap comes mostly a quantity, or a number that is referred to."""
HUNDRED, FULL_LINE = 100, 20
"""Emergency numbers have three digits: 110, 119. A line with fewer letters may be a heading."""
_BLANKS = 8
"""The most blanks before a number."""
HEADING = 40
"""A heading's words between its number and the next one in the same line: ``一、总体要求（一）…``. Longer ones are
sentences."""

_REFERENCE = pattern(REFERENCE)
"""What follows a number that only refers to a place: （三）项规定."""
_CITES = pattern(CITES)
"""A title's words after one of these are cited: 根据…管理规定第一条."""
_STOP = pattern(r"[。；;\n]")
_IN_WORD = IN_NUMBER + NUMERALS


class Evidence:
    """What has been read so far, and the questions about the candidate that it is turned to."""

    mark: Mark
    at: int
    """Which of the candidates it is."""
    value: int
    name: str
    """The kind that it counts as."""

    def __init__(self, view: View, numbering: Numbering, given: Sequence[Span] = ()) -> None:
        self.view, self.text, self.numbering = view, view.text, numbering
        self.candidates = numbering.candidates(view, given)
        self.stack: list[Mark] = []
        """The open nodes."""
        self.last: dict[str, int] = {}
        """The last value of each kind: a list may run on through headings."""
        self.decimals: dict[str, int] = {}
        """The last value after each number before the point: 9 of 1 after 1.9."""
        self._places: dict[tuple[str, int], list[int]] | None = None

    def turn(self, at: int, mark: Mark) -> None:
        """To the next candidate."""
        self.at, self.mark, self.value = at, mark, mark.value
        name = mark.kind.name
        self.name = "item" if name == "bare" else name

    def clear(self) -> None:
        """Another text begins."""
        self.stack.clear()
        self.last.clear()
        self.decimals.clear()

    def note(self) -> None:
        """The candidate is a node."""
        self.last[self.name] = self.value
        if self.name == "decimal":
            self.decimals[self._outer()] = self.value

    # -- the sequence ----------------------------------------------------------------------------------------------

    def first(self) -> bool:
        """It is a one."""
        return self.value == 1

    def next(self) -> bool:
        """It goes on with a list: the open one, or one that runs on through headings."""
        return self.last.get(self.name) == self.value - 1 or self._goes_on(1, 1)

    def one_missing(self) -> bool:
        """It would be the next, but one number is missing."""
        return self._goes_on(2, 2)

    def near(self) -> bool:
        """It would be the next, but a few numbers are missing."""
        return self._goes_on(2, 1 + MISSING)

    def _goes_on(self, least: int, most: int) -> bool:
        value, last = self.value, self.last.get(self.name)
        if last is not None and least <= value - last <= most:
            return True
        return any(mark.kind.name == self.name and least <= value - mark.value <= most for mark in self.stack)

    def unseen(self) -> bool:
        """There was none of its kind before."""
        return self.name not in self.last

    def follows(self) -> bool:
        """The next number of the list comes later."""
        return self._comes(self.value + 1)

    def follows_late(self) -> bool:
        """The next but one or two comes later: one is missing."""
        return any(self._comes(self.value + 1 + missing) for missing in range(1, 1 + MISSING))

    def holds(self) -> bool:
        """The very next number is the first of an inner list, and its second comes later: 一、任务（一）…（二）."""
        inner = self._following()
        if inner is None or inner.kind.rank <= self.mark.kind.rank:
            return False
        return self._comes(2, inner.kind.name) if inner.value == 1 else self._run(self.at + 1)

    def runs(self) -> bool:
        """The next numbers of its kind are the next two of its list: 95、 96、 97、."""
        return self._run(self.at)

    def _run(self, at: int) -> bool:
        first = self.candidates[at]
        wanted = first.value + 1
        for later in self.candidates[at + 1 : at + BARE_AHEAD]:
            if later.kind is first.kind:
                if later.value != wanted:
                    return False
                if wanted == first.value + 2:
                    return True
                wanted += 1
        return False

    def _comes(self, value: int, name: str = "") -> bool:
        if self._places is None:
            self._places = {}
            for i, mark in enumerate(self.candidates):
                self._places.setdefault((mark.kind.name, mark.value), []).append(i)
        places = self._places.get((name or self.mark.kind.name, value), ())
        later = bisect_right(places, self.at)
        return later < len(places) and places[later] < self.at + AHEAD

    def inserted(self) -> bool:
        """It was put in after the last of its kind: 第二条之一 after 第二条."""
        return INSERTED in self.mark.name and self.last.get(self.name) == self.value

    # -- the words around it ---------------------------------------------------------------------------------------

    def opens(self) -> bool:
        """The words before end a sentence."""
        sign = self._sign_before()
        return not sign or sign in ENDS

    def behind_stop(self) -> bool:
        """A stop or a colon is before it; a closing bracket alone may be before a quantity: （不含税）1.5%."""
        return self._sign_before() in tuple("。！？；：")

    def behind_bracket(self) -> bool:
        """It is right after a closing bracket: of a clause, for no others are looked for in mid-line."""
        return not self.view.flat and self._sign_before() in tuple("）〕】")

    def _sign_before(self) -> str:
        """The last sign before it that is no blank; empty where there are but blanks."""
        start = self.mark.start
        return self.text[max(0, start - _BLANKS) : start].rstrip()[-1:]

    def in_word(self) -> bool:
        """The sign before makes it a part of a word, a range or a quantity."""
        return self._before() in _IN_WORD

    def in_heading_word(self) -> bool:
        """统一、合一、唯一、"""
        return self._before() in IN_HEADING_WORD

    def cut_word(self) -> bool:
        """A page has cut the line inside a word: 相统 / 一、. What headings end in does not count: 系统, 清单, 责任."""
        if not self.first():
            return False
        before = self.text[max(0, self.mark.start - 12) : self.mark.start].rstrip()
        return before.endswith(CUT_WORDS) and not before.endswith(NOT_CUT)

    def half(self) -> bool:
        """Its bracket was opened before other words: （星期五）."""
        if self.text[self.mark.start] not in NUMERALS:
            return False
        before = self.text[max(0, self.mark.start - 12) : self.mark.start]
        return max(before.rfind(sign) for sign in "（(") > max(before.rfind(sign) for sign in "）)。")

    def referred(self) -> bool:
        """The words after only refer to it: （三）项规定."""
        return _REFERENCE.match(self.text, self.mark.end) is not None

    def in_sentence(self) -> bool:
        """第三条 in the middle of a sentence: 按照第三条的规定."""
        after = self.text[self.mark.end : self.mark.end + 1]
        if after in REFERS:
            return True
        return self._before() not in "。；;：:）)〕》 \u3000" and not self.headed()

    def headed(self) -> bool:
        """The few words before it are a chapter's heading, or for the first of all the text's title: 总则第一条."""
        stack, start = self.stack, self.mark.start
        if stack and stack[-1].kind.level == 0:
            behind = stack[-1].end
            return start - behind <= HEADING and _STOP.search(self.text, behind, start) is None
        if not self.first() or not self.unseen():
            return False
        before = self.text[max(0, start - HEADING) : start]
        return self.numbering.ends_title(before) and _CITES.search(before) is None

    def astray(self) -> bool:
        """The sentence before it has not ended, and more than a heading's few words follow the number before."""
        if self.opens():
            return False
        stack, start = self.stack, self.mark.start
        if not stack:
            return True
        behind = stack[-1].end
        return start - behind > HEADING or _STOP.search(self.text, behind, start) is not None

    def afar(self) -> bool:
        """It has three digits and is not the next of its list, and the long line before it ends in mid-sentence: a
        telephone number, 拨打报警电话 / （110）."""
        if self.value < HUNDRED or self.opens() or self.next():
            return False
        return self.mark.start - self.text.rfind("\n", 0, self.mark.start - 1) > FULL_LINE

    def _before(self) -> str:
        return self.text[self.mark.start - 1]

    # -- a number without its mark: 8常态化… -----------------------------------------------------------------------

    def quantity(self) -> bool:
        """It counts something: 8个, 2023年; or there is nothing after it."""
        after = self.text[self.mark.end : self.mark.end + 2].lstrip()
        return not after or after[0] in self.numbering.measures

    def spaced(self) -> bool:
        """A blank is after it."""
        return self.text[self.mark.end : self.mark.end + 1].isspace()

    def divided(self) -> bool:
        """Its parts follow: 3 / 3.1."""
        following = self._following()
        return self.spaced() and following is not None and following.name == f"{self.mark.name}.1"

    def listed(self) -> bool:
        """Number two comes right after it, perhaps without a mark."""
        following = self._following()
        return following is not None and following.kind is self.mark.kind and following.value == 2

    def overtaken(self) -> bool:
        """Another item comes before the next one of its list."""
        return self._item_behind() not in (0, self.value + 1)

    def item_follows(self) -> bool:
        """The next item of its list comes later, with or without a mark, and no other before it."""
        return self._item_behind() == self.value + 1

    def _item_behind(self) -> int:
        """The item that decides: the next one of the list, or another that comes first; 0 where there is none."""
        wanted = self.value + 1
        for later in self.candidates[self.at + 1 : self.at + BARE_AHEAD]:
            name = later.kind.name
            if name == "item" or (name == "bare" and later.value == wanted):
                return later.value or -1
        return 0

    def _following(self) -> Mark | None:
        candidates = self.candidates
        return candidates[self.at + 1] if self.at + 1 < len(candidates) else None

    # -- a number with a point: 1.10 -------------------------------------------------------------------------------

    def _outer(self) -> str:
        return self.mark.name.rpartition(".")[0]

    def next_part(self) -> bool:
        """The part before was read: 1.10 after 1.9."""
        previous = self.decimals.get(self._outer())
        return previous is not None and self.value == previous + 1

    def inside(self) -> bool:
        """The number that it is a part of is open: 1.1.1 in 1.1."""
        outer = self._outer()
        return any(mark.name == outer and mark.kind.name in ("item", "decimal") for mark in self.stack)

    def of_the_first(self) -> bool:
        """1.1, of a list that does without the 1."""
        outer = self._outer()
        return "." not in outer and int(outer) == 1

    def behind_parts(self) -> bool:
        """2.1, after the parts of 1, of a list that has no 2."""
        outer = self._outer()
        return "." not in outer and str(int(outer) - 1) in self.decimals
