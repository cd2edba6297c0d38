"""Numbers: the ways of writing one that ``rules/numbering.yaml`` knows, and where a text has what looks like one.

Whether a number that was found is a node is not for this room to say: :mod:`outline` reads the sequence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from aiwei_cli.language.chars import (
    CLOSING,
    COLONS,
    COMMAS,
    FIGURES,
    LETTERS,
    PERIODS,
    SEMICOLONS,
    SENTENCE_ENDS,
    SPACE,
    half_width,
    rounded,
)
from aiwei_cli.language.dates import DATE, DATE_END
from aiwei_cli.language.numerals import COUNT, COUNTED, NUMERAL, counted, filled_in, signs_in
from aiwei_cli.language.patterns import either, pattern
from aiwei_cli.language.signs import all_occurrences
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.view import View
from aiwei_cli.records import field, mutable, record

_BEFORE_NO_DIGITS = frozenset(FIGURES + PERIODS + LETTERS)
"""Digits after one of these go on with a number, or with a name: 2.10, A4."""
_ANGLES = str.maketrans("<>", "（）")
_FULL_WIDTH = str.maketrans("/#", "／＃")
"""What an id joins numbers with and tells repeats by."""
_SPACE = pattern(rf"{SPACE}+")
_FIGURES = frozenset(FIGURES)
ENDS = SENTENCE_ENDS + SEMICOLONS + "：:…" + CLOSING
"""What may be at the end of a sentence, or of a clause after it."""
_OPENING, _CLOSING = "（(〔", tuple("）)〕")
_LAST_BRACKET = pattern(r"[（(〔][^（）()]{1,24}[）)〕]$")
_CLAUSE_LENGTH = 120
_BLANKS = (" ", "\u3000", "\t")
_BEHIND = frozenset(FIGURES + "（(")
_TRAIL = COMMAS + PERIODS + COLONS + " "


@record
class Kind:
    """One way of writing a number."""

    name: str
    level: int
    rank: int
    """Its place from the outside in, among all kinds."""
    value: str


@mutable
class Mark:
    """A number that was found: a candidate, and once it has been accepted a node. Offsets are of the view.

    It knows its parent, and its children by their places only: marks that held one another would have to wait for the
    garbage collector.
    """

    kind: Kind
    value: int
    name: str
    """The number as an id writes it: ``一``, ``（一）``, ``6``."""
    start: int
    end: int
    at_start: bool
    """It opens a paragraph."""
    anew: bool = False
    """Another text begins before it: an annex, or what follows signature and date."""
    doubt: str = ""
    """The code of a diagnostic, where the number is odd."""
    parent: Mark | None = None
    place: int = 0
    """Which of the marks it is."""
    children: list[int] = field(default_factory=list)
    """The places of its children."""
    path: str = ""
    """The names from the root, joined with ``/``."""
    id: str = ""
    """The path, and ``#2`` where an earlier mark has the same."""
    rank: int = 0
    """The place of its kind from the outside in: it lies in the nearest open mark of a lower rank."""


class Numbering:
    """The compiled ``rules/numbering.yaml``."""

    def __init__(self, data: Mapping[str, Any], signers: str, verbs: Iterable[str]) -> None:
        """``signers`` is what the name of who signs ends in, ``verbs`` what a clause does."""
        entries = data["kinds"]
        # The sort is stable: of kinds of one level the user's, which come first in the list, are the outer ones.
        ranks = {entry["kind"]: rank for rank, entry in enumerate(sorted(entries, key=lambda entry: entry["level"]))}
        self.kinds = {
            entry["kind"]: Kind(entry["kind"], entry["level"], ranks[entry["kind"]], entry["value"])
            for entry in entries
        }
        self.ranks = {kind.name: 10 * kind.rank for kind in self.kinds.values()}
        self._forms = Forms(entries, self.kinds)
        heading = self._forms.sources["heading"]
        self._behind = pattern(rf"[{re.escape(ENDS)}]{SPACE}*(?P<number>{heading})")
        self._bracket = pattern(rf"(?P<number>[（(]{SPACE}*{NUMERAL}{SPACE}*[）)])")
        ends = either(verbs)
        self._clause = pattern(rf"(?:[（(〔【［\[][^\W\d_]{{2,8}}[:：][^（(〔【［\[\n]*|{ends})[）)〕】］\]]$")
        """The end of brackets that hold a clause."""
        self._signers = frozenset(signers)
        self.measures = frozenset(data["measures"])
        self.annexes: tuple[str, ...] = tuple(data["annexes"])
        self._annexes = [
            word for word in self.annexes if not any(other != word and other in word for other in self.annexes)
        ]
        """Without one of these a text has no annexes. A word that holds another is left out: 政策解读： has 解读：."""
        self.annex_last = frozenset([*(word.rstrip()[-1:] for word in self.annexes), *"：:"])
        """What the words before a list of annexes end in."""
        self._before = pattern(rf"(?:(?<![\s\S])|\n){SPACE}*$")
        annexes = either(data["annexes"])
        self.annex = pattern(rf"(?:(?<![\s\S])|[\n。；;）)]){SPACE}*(?:{annexes}){SPACE}*[：:]?\s*$")
        self._break = pattern(
            rf"\n{SPACE}*+(?:(?:{annexes}){SPACE}*(?:{COUNT})?{SPACE}*[：:]?|(?P<date>{DATE})){SPACE}*$",
            re.M,
        )
        self.titles: tuple[str, ...] = tuple(data["titles"])
        titles = either(data["titles"])
        self.nouns = f"(?:{titles})"
        """What a title ends in, as a pattern."""
        self.title = pattern(
            rf"[^。；;\n]{{2,80}}(?:\n[^。；;：:\n]{{1,60}}){{0,3}}?(?:{titles})(?:[（(][^（）()]{{1,24}}[）)])?{SPACE}*\n"
        )

    def candidates(self, view: View, given: Sequence[Span] = ()) -> list[Mark]:
        """All that look like numbers, in the order of the text; what is ``given`` is one, whatever it looks like."""
        found = self._looking(view)
        if not given:
            return found
        covered = {at for start, end in given for at in range(start, end)}
        kept = [mark for mark in found if mark.start not in covered]
        marks = [self._given(view.text, start, end, count) for count, (start, end) in enumerate(given, 1)]
        return sorted([*kept, *marks], key=lambda mark: mark.start)

    def _given(self, text: str, start: int, end: int, count: int) -> Mark:
        """A number that is known to be one: of the kind that it looks like, else an item by its name, A-01."""
        mark = self._forms.mark(text[start:end] + "一", 0)
        if mark is not None and mark.end == end - start and mark.kind.name != "bare":
            mark.start, mark.end = start, end
            return mark
        item, written = self.kinds["item"], text[start:end]
        name = (number_name(written, item.value) or written).translate(_FULL_WIDTH)
        return Mark(item, int(name) if name.isdecimal() else count, name, start, end, True)

    def _looking(self, view: View) -> list[Mark]:
        if view.flat or view.dense:
            return self._everywhere(view.text)
        if view.wrapped:
            return self._cut(view.text)
        return self._opening(view.text, _BEHIND)

    def _opening(self, text: str, behind: frozenset[str] = _FIGURES) -> list[Mark]:
        """The candidates that open a line, and those right after a clause that begin with certain signs."""
        first = self._at_start(text)
        found = [] if first is None else [first]
        here = first.end if first is not None else 0
        inside = [] if text.isascii() else self._behind_clauses(text, behind)
        for match in self._forms.opens.finditer(text):
            start = match.end() - 1
            if start >= here:
                mark = self._forms.mark(text, start)
                if mark is not None:
                    found.append(mark)
                    here = mark.end
        return sorted([*found, *inside], key=lambda mark: mark.start) if inside else found

    def _behind_clauses(self, text: str, behind: frozenset[str]) -> list[Mark]:
        """Numbers in mid-line right after a clause in brackets: （责任单位：县水利局）9推进…, （县水利局负责）（三）…

        Where a page has cut the lines brackets there are no evidence: （1）…（2）… may run on in a sentence.
        """
        found = []
        for at in all_occurrences(text, CLOSING):
            following = text[at + 1 : at + 2]
            if following in "。\n" or text[at] == ")":  # most brackets, and the end of the text
                continue
            start = at + 1 + (following in _BLANKS)
            if text[at - 1].isdecimal():
                continue  # 某发〔2024〕5号
            if text[start : start + 1] in behind and self._clause.search(text, max(0, at - _CLAUSE_LENGTH), at + 1):
                mark = self._forms.mark(text, start)
                if mark is not None and (mark.kind.name in ("item", "bare") or text[start] in _OPENING):
                    mark.at_start = False
                    found.append(mark)
        return found

    def _everywhere(self, text: str) -> list[Mark]:
        """The candidates of a text whose line breaks are lost: those in mid-line too."""
        found = []
        behind = 0
        for match in self._forms.signs.finditer(text):
            start = match.start()
            mark = self._forms.mark(text, start, inside=True) if start >= behind else None
            if mark is not None:
                mark.at_start = self._before.search(text, max(0, start - 12), start) is not None
                found.append(mark)
                behind = mark.end
        return found

    def _cut(self, text: str) -> list[Mark]:
        """The candidates of a text whose lines a page has cut: those that open a line, and in mid-line 一、 after the
        end of a sentence and （一） anywhere."""
        found = {mark.start: mark for mark in self._opening(text)}
        for name, form in (("heading", self._behind), ("bracketed", self._bracket)):
            kind = self.kinds[name]
            for match in form.finditer(text):
                start, end = match.span("number")
                if start not in found:
                    found[start] = Mark(kind, *read_number(text[start:end], kind.value), start, end, False)
        return [found[start] for start in sorted(found)]

    def _at_start(self, text: str) -> Mark | None:
        """The number that the text begins with."""
        return self._forms.mark(text, len(text) - len(text.lstrip()))

    def ends_title(self, words: str) -> bool:
        """Whether words end as a title does: in its noun, with brackets after it or none, 实施方案（试行）."""
        words = words.rstrip()
        bracket = _LAST_BRACKET.search(words) if words.endswith(_CLOSING) else None
        return words.endswith(self.titles, 0, bracket.start() if bracket is not None else len(words))

    def has_annexes(self, text: str) -> bool:
        """Whether a text speaks of annexes at all: 附件, 解读：."""
        return any(word in text for word in self._annexes)

    def breaks(self, text: str, annexes: bool) -> list[int]:
        """Where another text begins: after signature and date, and with a line that says 附件2 and nothing else.
        ``annexes``: :meth:`has_annexes`."""
        if not annexes and not any(text[at + 1 : at + 2].strip() == "" for at in all_occurrences(text, DATE_END)):
            return []
        return [
            match.end()
            for match in self._break.finditer(text)
            if not match["date"] or text[max(0, match.start() - 40) : match.start()].rstrip()[-1:] in self._signers
        ]

    def collection(self, view: View, marks: Sequence[Mark]) -> tuple[int, int]:
        """The span of a collection's number before the title of the notice; empty where there is none."""
        first = self._at_start(view.text)
        if view.flat or first is None or (marks and marks[0].start <= first.start):
            return 0, 0
        if first.kind.name == "bare" and not self.title.match(view.text, first.end):
            return 0, 0
        return first.start, first.end


_Form: TypeAlias = "tuple[Kind, re.Pattern[str], bool]"
"""A kind, its pattern, and whether that begins with digits."""


class Forms:
    """The patterns of the kinds by the sign that a number begins with, each compiled when first needed.

    Most notices need four of them, and one pattern of all takes longer to compile than those and a notice to read.
    """

    def __init__(self, entries: Sequence[Mapping[str, Any]], kinds: Mapping[str, Kind]) -> None:
        self.sources = {entry["kind"]: filled_in(entry["pattern"]) for entry in entries}
        self._all = [
            (kinds[name], pattern(source), source.startswith(COUNTED)) for name, source in self.sources.items()
        ]
        self._firsts = [signs_in(entry.get("begins") or _begins(entry["pattern"])) for entry in entries]
        self._known = frozenset().union(*[first for first in self._firsts if first])
        self._any = None in self._firsts
        """There is a pattern that any sign may begin."""
        sign = r"\S" if self._any else f"[{_written(self._known)}]"
        self.signs = pattern(sign)
        """What may begin a number."""
        self.opens = pattern(rf"\n{SPACE}*+{sign}")
        self._by_sign: dict[str, list[_Form]] = {}

    def mark(self, text: str, start: int, inside: bool = False) -> Mark | None:
        """The number that begins here, of the first kind that fits; ``inside`` the line digits may not follow digits
        or letters."""
        sign = text[start : start + 1]
        forms = self._by_sign.get(sign)
        if forms is None:
            if sign not in self._known and not self._any:
                return None
            forms = self._by_sign[sign] = self._of(sign)
        for kind, form, digits in forms:
            match = form.match(text, start)
            if match is None or (inside and digits and start and text[start - 1] in _BEFORE_NO_DIGITS):
                continue
            end = match.end()
            value, name = read_number(text[start:end], kind.value)
            return Mark(kind, value, name, start, end, True)
        return None

    def _of(self, sign: str) -> list[_Form]:
        return [
            form
            for form, first in zip(self._all, self._firsts, strict=True)
            if sign and (first is None or sign in first)
        ]


def _begins(form: str) -> str | None:
    """What a user's pattern begins with, where that is plain to see: 步骤{n}."""
    if form[:3] in ("{n}", "{d}") and "|" not in form:
        return form[:3]
    if form[0] in r"\[](){}|.^$*+?" or form[1:2] in ("?", "*", "{") or "|" in form:
        return None
    return form[0]


def _written(signs: frozenset[str]) -> str:
    """Signs as a class of a pattern has them: those that follow one another as ranges, which compile sooner."""
    spans: list[list[str]] = []
    for sign in sorted(signs):
        if spans and ord(spans[-1][1]) + 1 == ord(sign):
            spans[-1][1] = sign
        else:
            spans.append([sign, sign])
    return "".join([re.escape(a) if a == b else f"{re.escape(a)}-{re.escape(b)}" for a, b in spans])


@lru_cache(maxsize=4096)
def read_number(number: str, kind: str) -> tuple[int, str]:
    """What a number counts, and as an id writes it."""
    return counted(number, kind), number_name(number, kind)


def number_name(number: str, kind: str) -> str:
    """A number as an id writes it: without blanks and marks, digits half-width and brackets full-width.

    >>> [number_name("一、", "chinese"), number_name("( 二)", "chinese"), number_name("１２．", "digit")]
    ['一', '（二）', '12']
    """
    name = _SPACE.sub("", number).rstrip(_TRAIL).translate(_ANGLES)
    name = half_width(rounded(name))
    if name[-1:] == "）" and name[0] != "（":
        return f"（{name}" if kind == "chinese" else name
    return name
