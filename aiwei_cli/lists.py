"""Lists of offices: where one name ends and the next begins.

、 ， and ； always separate, but not inside brackets: 各县（市、区）人民政府. 和, 与, 及 and 以及 separate two organisations and
stand inside the name of one, 科技和信息化局: what is on their left must be the name of an organisation by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_OPENING, _CLOSING = "（(〔［[【〈<", "）)〕］]】〉>"
_PAIRS = dict(zip(_CLOSING, _OPENING, strict=True))
_MARKS = "、，,；;。\n"
_SPLIT = re.compile(r"[、，,；;。\n]+")
_BRACKET = re.compile(rf"[{re.escape(_OPENING + _CLOSING)}]")
_AND = re.compile("以及|和|与|及")
_SPACE = re.compile(r"\s+")
# 各县（市、区）人民政府, 各乡、镇人民政府, 各市〔州〕、县〔市、区、特区〕人民政府: one office, 、 stands between kinds of places.
_PLACES = "省市县区州盟旗镇乡村街道办社苏木嘎查地"
_EACH = re.compile(rf"^各(?:有关)?[{_PLACES}、]{{1,7}}(?:[（(〔<〈\[][^）)〕>〉\]]{{1,12}}[）)〕>〉\]])?$")
_EACH_TAIL = re.compile(
    rf"^(?:自治)?[{_PLACES}]{{1,3}}(?:[（(〔<〈\[][^）)〕>〉\]]{{1,12}}[）)〕>〉\]])?级?(?:人民)?"
    r"(?:政府|党委|管委会|办事处|委员会|各部门|有关部门|部门|党委政府)?(?:[（(〔<〈\[][^）)〕>〉\]]{1,12}[）)〕>〉\]])?$"
)
_GENERIC = re.compile(r"^(?:单位|部门|地区|企业|机构|个人|处室|区县|街道|地方)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a list. Offsets are of the text that was split."""

    text: str
    start: int
    end: int
    group: int
    """Which run of 、 it stands in: ， and ； begin a new one."""


class Splitter:
    """Cuts lists of offices, by ``rules/roles.yaml`` (what is stripped from their ends) and the offices."""

    def __init__(self, data: Mapping[str, Any], offices: Offices) -> None:
        self.offices = offices
        others = "|".join(f"(?:{entry['pattern']})" for entry in data["others"])
        self.others = re.compile(rf"(?<![高中初平同])(?:{others})$")
        self.others_inside = re.compile(rf"(?<![高中初平同])(?:{others})(?=以及|和|与|及|各)")
        self.tails = frozenset("局委部厅办署院会行处科股所站队室社心府司团校道位门构业户关组库区县市州镇乡村）)〕")
        self._pieces = lru_cache(maxsize=4096)(self._cut)

    def split(self, text: str, start: int, end: int, group: int = 0) -> list[Name]:
        """The names in ``text[start:end]``, in order; empty where there is none.

        A name is the text without blanks and without 等, 等部门 at the end of the list; its span holds the blanks inside.
        """
        return [Name(name, start + a, start + b, group + g) for name, a, b, g in self._pieces(text[start:end])]

    def _cut(self, words: str) -> tuple[tuple[str, int, int, int], ...]:
        pieces = _rejoin(words, outside_brackets(words))
        names = []
        for a, b, group in pieces:
            for c, d in self._conjunctions(words, a, b):
                name = self._name(words, c, d)
                if name is not None:
                    names.append((*name, group))
        return tuple(names)

    def _conjunctions(self, words: str, a: int, b: int) -> list[tuple[int, int]]:
        """The parts of a piece that 和, 与, 及, 以及 join, where they join two organisations."""
        parts = []
        here = a
        for match in _AND.finditer(words, a, b):
            left, right = words[here : match.start()].strip(), words[match.end() : b].strip()
            if match.start() < here or not left or not right or _open(left):
                continue
            if _GENERIC.match(right):
                continue
            bare = self.others.sub("", left)
            if (bare != left and bare) or self._is_whole(left, right, words[a:b]):
                parts.append((here, match.start()))
                here = match.end()
        parts.append((here, b))
        return parts

    def _is_whole(self, left: str, right: str, both: str) -> bool:
        if self.offices.known(both.strip()):
            return False
        return len(left) > 1 and self.offices.looks_like_office(left) and self.offices.looks_like_office(self.others.sub("", right))

    def _name(self, words: str, a: int, b: int) -> tuple[str, int, int] | None:
        while a < b and (words[a].isspace() or words[a] in "由：:"):
            a += 1
        while b > a and words[b - 1].isspace():
            b -= 1
        piece = words[a:b]
        name = _SPACE.sub("", piece)
        stripped = self.others.sub("", name)
        if stripped != name:
            if not stripped:
                return None
            b = a + _end_of(piece, len(stripped))
            name = stripped
        return (name, a, b) if name and len(name) <= 60 else None


def _end_of(piece: str, length: int) -> int:
    """The offset in ``piece`` behind its ``length``-th character that is no blank."""
    seen = 0
    for i, char in enumerate(piece):
        if not char.isspace():
            seen += 1
            if seen == length:
                return i + 1
    return len(piece)


def _open(words: str) -> bool:
    return sum(words.count(c) for c in "（(〔［[") > sum(words.count(c) for c in "）)〕］]")


def outside_brackets(words: str) -> list[tuple[int, int, int]]:
    """The pieces between separators that stand outside brackets, each with the number of its run of 、."""
    pieces = []
    group = 0
    if _BRACKET.search(words) is None:
        here = 0
        for match in _SPLIT.finditer(words):
            pieces.append((here, match.start(), group))
            group += match[0] != "、"
            here = match.end()
        pieces.append((here, len(words), group))
        return pieces
    here = depth = 0
    for i, char in enumerate(words):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif not depth and char in _MARKS:
            pieces.append((here, i, group))
            group += char != "、"
            here = i + 1
    pieces.append((here, len(words), group))
    return [piece for piece in pieces if piece[0] < piece[1]]


def _rejoin(words: str, pieces: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Put together what 、 has cut inside one name: 各乡、镇人民政府."""
    joined: list[tuple[int, int, int]] = []
    for a, b, group in pieces:
        if joined and joined[-1][2] == group and words[joined[-1][0]] == "各":
            each = _SPACE.sub("", words[joined[-1][0] : joined[-1][1]])
            if _EACH.match(each) and _EACH_TAIL.match(_SPACE.sub("", words[a:b])):
                joined[-1] = (joined[-1][0], b, group)
                continue
        joined.append((a, b, group))
    return joined
