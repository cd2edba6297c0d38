"""Numbers: the ways of writing one that ``rules/numbering.yaml`` knows, and where a text has what looks like one.

Whether a number that was found is a node is not for this room to say: :mod:`outline` reads the sequence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from aiwei_cli.parsing.dates import DATE
from aiwei_cli.parsing.layout import SPACE, View
from aiwei_cli.patterns import pattern

_NUMERAL = "[零〇○一二三四五六七八九十百]{1,5}"
_DIGITS = "[0-9０-９]{1,3}"
_DIGIT = {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0}
_ASCII = str.maketrans("０１２３４５６７８９．()〔〕〈〉<>", "0123456789.（）（）（）（）")
_SPACE = pattern(rf"{SPACE}+")
ENDS = "。！？!?；;：:）)〕］]】…"
"""What may stand at the end of a sentence, or of a clause behind it."""
_SIGNERS = tuple("府会局委部厅办署院处司室")
"""What the name of who signs ends in."""
_OPENING, _CLOSING = "（(〔", tuple("）)〕")
_TRAIL = "、．.:：,， "


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of writing a number."""

    name: str
    level: int
    rank: int
    value: str


@dataclass(slots=True)
class Mark:
    """A number that was found: a candidate, and once it has been accepted a node. Offsets are of the view."""

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
    children: list[Mark] = field(default_factory=list)
    path: str = ""
    """The names from the root, joined with ``/``."""
    id: str = ""
    """The path, and ``#2`` where an earlier mark has the same."""
    rank: int = 0
    """Where its kind stands from the outside in: it lies in the nearest open mark of a lower rank."""

    def let_go(self) -> None:
        """Forget the other marks: they refer to one another, and so would have to wait for the garbage collector."""
        self.parent = None
        self.children.clear()


class Numbering:
    """The compiled ``rules/numbering.yaml``."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.kinds = {
            entry["kind"]: Kind(entry["kind"], entry["level"], rank, entry["value"])
            for rank, entry in enumerate(data["kinds"])
        }
        forms = [expand(entry["pattern"]) for entry in data["kinds"]]
        self._groups = list(self.kinds.values())
        numbers = "|".join(f"({form})" for form in forms)
        self._first = pattern(rf"\s*+(?:{numbers})")
        self._starters = frozenset(str(example)[0] for entry in data["kinds"] for example in entry["examples"])
        self._open = pattern(rf"\n{SPACE}*+(?:{numbers})")
        heading = next(form for kind, form in zip(self.kinds, forms, strict=True) if kind == "heading")
        self._behind = pattern(rf"[{re.escape(ENDS)}]{SPACE}*(?P<number>{heading})")
        self._bracket = pattern(rf"(?P<number>[（(]{SPACE}*{_NUMERAL}{SPACE}*[）)])")
        self._anywhere = pattern(
            "|".join(f"((?<![0-9０-９A-Za-z.．]){form})" if form.startswith(_DIGITS) else f"({form})" for form in forms)
        )
        self.measures = frozenset(data["measures"])
        self.ranks = {kind.name: 10 * kind.rank for kind in self.kinds.values()}
        self.annexes: tuple[str, ...] = tuple(data["annexes"])
        self._before = pattern(rf"(?:(?<![\s\S])|\n){SPACE}*$")
        annexes = "|".join(map(re.escape, data["annexes"]))
        self.annex = pattern(rf"(?:(?<![\s\S])|[\n。；;）)]){SPACE}*(?:{annexes}){SPACE}*[：:]?\s*$")
        self._break = pattern(
            rf"\n{SPACE}*+(?:(?:{annexes}){SPACE}*{_DIGITS}?{SPACE}*[：:]?|(?P<date>{DATE})){SPACE}*$",
            re.M,
        )
        self.titles: tuple[str, ...] = tuple(data["titles"])
        titles = "|".join(sorted(map(re.escape, data["titles"]), key=len, reverse=True))
        self.nouns = f"(?:{titles})"
        """What a title ends in, as a pattern."""
        self.title = pattern(
            rf"[^。；;\n]{{2,80}}(?:\n[^。；;：:\n]{{1,60}}){{0,3}}?(?:{titles})(?:[（(][^（）()]{{1,24}}[）)])?{SPACE}*\n"
        )

    def candidates(self, view: View) -> list[Mark]:
        """All that look like numbers, in the order of the text."""
        if view.flat:
            return self._everywhere(view.text)
        if view.wrapped:
            return self._cut(view.text)
        return self._opening(view.text)

    def _opening(self, text: str) -> list[Mark]:
        """The candidates that open a line."""
        first = self._at_start(text)
        found = [] if first is None else [self._mark(text, first)]
        here = first.end() if first else 0  # the blanks before the first one may be line feeds
        found += [self._mark(text, match) for match in self._open.finditer(text, here)]
        return found

    def _everywhere(self, text: str) -> list[Mark]:
        """The candidates of a text whose line breaks are lost: those in mid-line too."""
        found = []
        for match in self._anywhere.finditer(text):
            start = match.start()
            found.append(self._mark(text, match, self._before.search(text, max(0, start - 12), start) is not None))
        return found

    def _cut(self, text: str) -> list[Mark]:
        """The candidates of a text whose lines a page has cut: those that open a line, and in mid-line 一、 behind the
        end of a sentence and （一） anywhere."""
        found = {mark.start: mark for mark in self._opening(text)}
        for name, form in (("heading", self._behind), ("bracketed", self._bracket)):
            kind = self.kinds[name]
            for match in form.finditer(text):
                start, end = match.span("number")
                if start not in found:
                    found[start] = Mark(kind, *read_number(text[start:end], kind.value), start, end, False)
        return [found[start] for start in sorted(found)]

    def _mark(self, text: str, match: re.Match[str], at_start: bool = True) -> Mark:
        group = match.lastindex or 0
        start, end = match.span(group)
        kind = self._groups[group - 1]
        value, name = read_number(text[start:end], kind.value)
        return Mark(kind, value, name, start, end, at_start)

    def _at_start(self, text: str) -> re.Match[str] | None:
        """The number that the text begins with. Most begin with a letter, and are spared the question."""
        first = text.lstrip()[:1]
        if first.isalpha() and first not in self._starters and first not in _NUMERAL:
            return None
        return self._first.match(text)

    def ends_title(self, words: str) -> bool:
        """Whether words end as a title does: in its noun, with brackets behind it or none, 实施方案（试行）."""
        words = words.rstrip()
        if words.endswith(self.titles):
            return True
        if words.endswith(_CLOSING):
            for at in range(len(words) - 3, max(-1, len(words) - 27), -1):
                if words[at] in _OPENING and words[:at].endswith(self.titles):
                    return True
                if words[at] in "（）()":
                    return False
        return False

    def breaks(self, text: str) -> list[int]:
        """Where another text begins: behind signature and date, and with a line that says 附件2 and nothing else."""
        return [
            match.end()
            for match in self._break.finditer(text)
            if not match["date"] or text[max(0, match.start() - 40) : match.start()].rstrip().endswith(_SIGNERS)
        ]

    def collection(self, view: View, marks: Sequence[Mark]) -> tuple[int, int]:
        """Where a collection's number stands before the title of the notice; an empty span where there is none."""
        first = self._at_start(view.text)
        if view.flat or first is None or (marks and marks[0].start <= first.start(first.lastindex or 0)):
            return 0, 0
        start, end = first.span(first.lastindex or 0)
        if self._groups[(first.lastindex or 1) - 1].name == "bare" and not self.title.match(view.text, end):
            return 0, 0
        return start, end


def expand(form: str) -> str:
    """The placeholders of ``rules/numbering.yaml`` filled in."""
    return form.replace("{n}", _NUMERAL).replace("{d}", _DIGITS).replace("{s}", f"{SPACE}*")


@lru_cache(maxsize=4096)
def read_number(number: str, kind: str) -> tuple[int, str]:
    """What a number counts, and as an id writes it."""
    return number_value(number, kind), number_name(number, kind)


def number_value(number: str, kind: str) -> int:
    """What a number counts: 12 for 十二、, （12）, １２． and ⑫; the last part of 1.12.

    >>> [number_value("二十一、", "chinese"), number_value("（３）", "digit"), number_value("②", "circled")]
    [21, 3, 2]
    """
    if kind == "circled":
        import unicodedata

        return int(unicodedata.numeric(number[0]))
    digits = re.findall(r"[0-9０-９]+", number)
    if digits:
        return int(digits[-1])
    total = unit = 0
    for char in number:
        if char == "百":
            total += max(unit, 1) * 100
            unit = 0
        elif char == "十":
            total += max(unit, 1) * 10
            unit = 0
        elif char in _DIGIT:
            unit = unit * 10 + _DIGIT[char]
    return total + unit


def number_name(number: str, kind: str) -> str:
    """A number as an id writes it: without blanks and marks, digits half-width and brackets full-width.

    >>> [number_name("一、", "chinese"), number_name("( 二)", "chinese"), number_name("１２．", "digit")]
    ['一', '（二）', '12']
    """
    name = _SPACE.sub("", number).rstrip(_TRAIL).translate(_ASCII)
    if name[-1:] == "）" and name[0] != "（":
        return f"（{name}" if kind == "chinese" else name
    return name
