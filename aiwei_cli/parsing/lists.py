"""Lists of offices: where one name ends and the next begins.

、 ， and ； always separate, but not inside brackets: 各县（市、区）人民政府. 和, 与, 及 and 以及 separate two
organisations or are a part of one name, 科技和信息化局: what is on their left must be the name of an
organisation by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from aiwei_cli.language.chars import CLOSES, LISTED, OPENS, PAUSE, one_of
from aiwei_cli.language.names import (
    AFTER_PLACES,
    AND,
    AND_OTHERS,
    BEFORE_NAME,
    BODIES,
    BRANCHES,
    COLLECTIVE,
    EACH,
    EACH_OF,
    HAVING,
    HAVING_END,
    IN_NAMES,
    NO_SUCH,
    NO_SUCH_BEGINS,
    NOBODY,
    NOT_OTHERS,
    OF_A_PLACE,
    OF_EACH_LEVEL,
    ORGANS_OF_EACH,
    PARTY,
    UNITS,
)
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.places import (
    CENTRE,
    COUNTIES,
    GOVERNMENTS,
    JOINT_OFFICES,
    KINDS,
    KINDS_BEGIN,
    OF_LEVELS,
    OFFICES_OF_PARTIES,
    PARTIES,
    RANKS,
    SIGNS,
    TOWNSHIPS,
)
from aiwei_cli.language.signs import depths, occurrences
from aiwei_cli.language.spans import trim
from aiwei_cli.parsing.joined import Joined
from aiwei_cli.parsing.people import People
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

Piece = tuple[int, int, int]
"""Start, end and the number of its run of 、."""

_LONGEST = 200
"""A longer piece is no list of offices."""

_MEMO = 8192
"""So many pieces are remembered: the offices of a place come in clause after clause."""
_SIGNS = "★☆*＊▲△●◆※#"
"""What a name may bear for a rule: 加★为牵头单位. It is no part of the name."""
_BEFORE = BEFORE_NAME + _SIGNS
_SHORT = 4
"""The longest name of a person, or verb, after an office and a blank."""
_SPLIT = frozenset(LISTED)
_SPLIT_OR_BRACKET = LISTED + OPENS + CLOSES
_AND = pattern(AND)
_WORDS, _NO_SUCH = pattern(r"\S+"), pattern(NO_SUCH)
_TOKEN = pattern(rf"(?:{one_of(OPENS)}[^{re.escape(CLOSES)}]{{0,40}}|\S)+")
"""What blanks separate, except inside brackets."""
_IN_BRACKETS = frozenset(OPENS)
_INSIDE = r"[（(〔<〈\[][^）)〕>〉\]]{1,12}[）)〕>〉\]]"

# 各乡、镇人民政府 and 各市〔州〕、县〔市、区、特区〕人民政府 are one office: 、 is between kinds of places.
_EACH = pattern(rf"{EACH_OF}(?:{KINDS}|委|级){{1,3}}(?:{_INSIDE})?$")
_EACH_ON = pattern(rf"{KINDS}{{1,3}}(?:{_INSIDE}|(?={AFTER_PLACES}))|[办局]$")
_EACH_OF_PLACE = pattern(rf"{KINDS}{{1,3}}(?:{_INSIDE})?(?:人民|政府|管委会|办事处)")
_GOVERNMENT = (*GOVERNMENTS, "国务院")
"""What has departments: 市政府 有关部门."""
_EACH_ON_BEGINS = KINDS_BEGIN.union("局")
_LEVEL = frozenset(SIGNS)
_LEVELS = _LEVEL.union(CENTRE)
_OF_BARE = pattern(rf"(?:[{SIGNS}]|街道)(?:{_INSIDE})?{OF_A_PLACE}|[{SIGNS}]$")
"""What shares its tail with a bare level before it: 县、区政府; 市、县（区）政府."""
_ORGANS = pattern(ORGANS_OF_EACH)
_HAVING = pattern(HAVING)
_HAVING_END = pattern(HAVING_END)


class Name(NamedTuple):
    """A name in a list, and what the offices say of it. Offsets are of the text that was split."""

    text: str
    start: int
    end: int
    group: int
    """Which run of 、 it is in: ， and ； begin a new one."""
    looks: bool
    """It looks like the name of an office."""
    known: bool
    """A rule knows it."""


class Splitter:
    """Cuts lists of offices, by ``rules/roles.yaml`` (what is stripped from their ends) and the offices."""

    def __init__(self, data: Mapping[str, Any], offices: Offices) -> None:
        self.offices = offices
        others = "|".join(f"(?:{entry['pattern']})" for entry in data["others"])
        self._others = pattern(rf"{NOT_OTHERS}(?:{others})$")
        self.people = People(data["persons"], offices.looks_like_office)
        self._titles = self.people.titles
        self._of_persons = tuple(data["fields"]["person"])
        self._looks = offices.looks_like_office
        self._parts = lru_cache(maxsize=_MEMO)(Joined(offices, self._without_others).parts)
        self._names = lru_cache(maxsize=_MEMO)(self._find_names)

    def split(self, text: str, start: int = 0, end: int | None = None) -> list[Name]:
        """The names in ``text[start:end]``, in order; empty where there is none.

        A name is the text without blanks and without 等, 等部门 at the end of the list; its span holds the blanks
        inside.
        """
        return self.names(text, outside_brackets(text, start, end))

    def names(self, text: str, pieces: list[Piece]) -> list[Name]:
        """The names in the pieces of a list that separators have cut."""
        pieces = _without_others(text, pieces)
        parts: list[Piece] = []
        for a, b, group in pieces:
            if b - a > _LONGEST:
                parts.append((a, b, group))
            else:
                parts += [(a + c, a + d, group) for c, d in self._parts(text[a:b])]
        return [
            Name(name, a + c, a + d, group, looks, known)
            for a, b, group in rejoin(text, parts, self.offices.ends.organs)
            for name, c, d, looks, known in self._names(text[a:b])
        ]

    def is_person(self, words: str) -> bool:
        """Whether words end in a person's title, or say that there is nobody: 分管领导, 无."""
        nobody = words in NOBODY or (words.startswith(NO_SUCH_BEGINS) and _NO_SUCH.match(words) is not None)
        return nobody or words.endswith(self._titles) or (words != "" and not words.strip("/／—-"))

    def _find_names(self, piece: str) -> tuple[tuple[str, int, int, bool, bool], ...]:
        """The name in a piece, where it begins and ends, and whether it looks like an office and is known; several
        where blanks separate names."""
        return tuple([(name, a, b, self._looks(name), self.offices.known(name)) for name, a, b in self._each(piece)])

    def _each(self, words: str) -> Iterator[tuple[str, int, int]]:
        a, b = trim(words, 0, len(words), _SIGNS)
        a, _ = trim(words, a, b, _BEFORE)
        piece = words[a:b]
        name = "".join(piece.split())
        tokens = self._apart(piece, name) if name != piece else []
        if tokens:
            for start, end in tokens:
                for inner, c, d in self._each(piece[start:end]):
                    yield inner, a + start + c, a + start + d
            return
        stripped = self._without_others(name)
        if stripped != name:
            b = a + end_of(piece, len(stripped))
        bracket = stripped[-1:] in "）)"
        person = self._person_at(stripped) if len(stripped) < 40 and (bracket or not self._looks(stripped)) else None
        if person and self._looks(stripped[:person]):
            stripped = stripped[:person]
            b = a + end_of(piece, len(stripped))
        elif person == 0:
            return
        if not stripped or len(stripped) > _LONGEST or self.is_person(stripped):
            return
        run = self.offices.split_run(stripped) if len(stripped) > 5 and not self.offices.known(stripped) else None
        if run is None:
            yield stripped, a, b
            return
        done = 0
        for length in map(len, run):  # the names as written: split_run makes the brackets alike
            start = a + end_of(piece, done + 1) - 1
            done += length
            yield stripped[done - length : done], start, a + end_of(piece, done)

    def _without_others(self, name: str) -> str:
        return self._others.sub("", name) if AND_OTHERS in name else name

    def _apart(self, piece: str, name: str) -> list[tuple[int, int]]:
        """The names that blanks keep apart, without the persons; none where the blanks are inside one name."""
        tokens = list((_WORDS if _IN_BRACKETS.isdisjoint(piece) else _TOKEN).finditer(piece))
        looks = [self._looks(self._without_others(token[0])) for token in tokens]
        inside = any(token[0] in BODIES or token[0][0] in OPENS for token in tokens[1:])
        inside = inside or any(a[0][-1] + b[0][0] in IN_NAMES for a, b in pairwise(tokens))
        party = tokens and tokens[0][0][:-1] in _LEVEL and tokens[0][0].endswith(PARTY)  # 市委 组织部
        inside = inside or ((party or not all(looks)) and self.offices.known(name))
        if len(tokens) == 2 and one_in_two(tokens[0][0], tokens[1][0]):
            return []
        if len(tokens) < 2 or inside or not looks[0]:
            return []
        found: list[tuple[int, int]] = []
        for look, token in zip(looks, tokens, strict=True):
            if look:
                found.append(token.span())
            elif len(token[0]) > _SHORT:
                return []
            elif token[0].endswith(self.people.verb_last):
                found[-1] = found[-1][0], token.end()  # 盯办 is of the office before it
        # What follows an office, is short and not an office, is a person: 丹增.
        return found if found != [(tokens[0].start(), tokens[-1].end())] else []

    def _person_at(self, name: str) -> int | None:
        """Where a person's name at the end begins, with the title before it: 水利局（张三）, 副局长李四."""
        if name[-1:] in ("）", ")"):
            at = max(name.rfind("（"), name.rfind("("))
            places = [at] if at >= 0 and self.holds_persons(name[at + 1 : -1]) else []
        else:
            places = [at for at in (len(name) - 3, len(name) - 2) if at >= 0 and self.people.is_full_name(name[at:])]
        found = [self.people.before_title(name, at) for at in places]
        return min(found) if found else None

    def holds_persons(self, words: str) -> bool:
        """Whether brackets after an office hold names and nothing else, or a label of persons: 责任人：张三."""
        label, colon, _ = words.replace(":", "：").partition("：")
        return label.endswith(self._of_persons) if colon else self.people.are_full_names(words)


def one_in_two(first: str, second: str) -> bool:
    """Whether two words are one name: 各市(州) 交通局, 各县 区政府, 各市、 县政府, 市政府 各部门.

    各镇 县政府 are two.
    """
    if first[-1] == PAUSE or second[0] == PAUSE:
        return True
    if first.startswith(COLLECTIVE) and second[0] != EACH:
        if first[-1] in CLOSES:
            return _EACH.match(first) is not None
        on = first[-1] in COUNTIES or (first[-1] in SIGNS and second[0] not in COUNTIES)
        return on and _EACH_OF_PLACE.match(second) is not None
    return first.endswith(_GOVERNMENT) and second.startswith(COLLECTIVE) and second.endswith(UNITS)


def end_of(piece: str, length: int) -> int:
    """The offset in ``piece`` after its ``length``-th character that is not a blank."""
    seen = 0
    for i, char in enumerate(piece):
        if not char.isspace():
            seen += 1
            if seen == length:
                return i + 1
    return len(piece)


def _without_others(words: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces without 等具有登记、查询职能的部门和单位, which 、 may have cut."""
    if not pieces or words.find(AND_OTHERS, pieces[0][0], pieces[-1][1]) < 0:
        return pieces
    match = _HAVING.search(words, pieces[0][0], pieces[-1][1])
    tail = _HAVING_END.match(words, match.end(), pieces[-1][1]) if match is not None else None
    if match is None or tail is None:
        return pieces
    start, end = match.start(), tail.end()
    joint = _AND.match(words, end, pieces[-1][1])
    end = joint.end() if joint is not None else end
    before, after = cut(pieces, start, end)
    return before + after


def cut(pieces: list[Piece], start: int, end: int) -> tuple[list[Piece], list[Piece]]:
    """The pieces before ``start`` and those after ``end``."""
    before = [(a, min(b, start), group) for a, b, group in pieces if a < start]
    after = [(max(a, end), b, group) for a, b, group in pieces if b > end]
    return before, after


def outside_brackets(words: str, start: int = 0, end: int | None = None, group: int = 0) -> list[Piece]:
    """The pieces of ``words[start:end]`` between separators that are outside brackets.

    >>> outside_brackets("各县（市、区）政府、税务局，妇联")
    [(0, 9, 0), (10, 13, 0), (14, 16, 1)]
    """
    end = len(words) if end is None else end
    pieces = []
    here = start
    for at, depth in depths(words, occurrences(words, _SPLIT_OR_BRACKET, start, end)):
        if depth or at < here or words[at] not in _SPLIT:
            continue
        if here < at:
            pieces.append((here, at, group))
        here = at + 1
        while here < end and words[here] in _SPLIT:
            here += 1
        group += words[at:here] != PAUSE
    if here < end:
        pieces.append((here, end, group))
    return pieces


def rejoin(words: str, pieces: list[Piece], organs: str) -> list[Piece]:
    """Put together what 、 has cut inside one name: 各乡、镇人民政府, 各市党委、政府.

    >>> rejoin("各区、县(市)政府、妇联", [(0, 2, 0), (3, 10, 0), (11, 13, 0)], "局委办")
    [(0, 10, 0), (11, 13, 0)]
    """
    joined: list[Piece] = []
    last = ""
    for a, b, group in pieces:
        own = words[a:b].strip().replace(" ", "")
        follows = joined and joined[-1][2] == group and words[joined[-1][1] : a].strip() == PAUSE
        if follows and _goes_on(last, own, words[joined[-1][0]], organs):
            joined[-1] = (joined[-1][0], b, group)
        else:
            joined.append((a, b, group))
        last = own
    return joined


def _goes_on(last: str, own: str, first: str, organs: str) -> bool:
    """Whether a piece goes on with the name before: ``last`` is the piece before, ``first`` how the name begins."""
    if not own or not last:
        return False
    if own in GOVERNMENTS:
        return last.endswith(PARTIES[0])
    if own in JOINT_OFFICES:
        return last.endswith(PARTIES)
    if own[0] in organs + "会" and own[1:2] in ("", "（", "("):
        return _ORGANS.search(last) is not None or (last[0] in organs and len(last) == 1)
    if own in OFFICES_OF_PARTIES:
        return last.endswith(PARTIES[1])
    if last in _LEVELS and _OF_BARE.match(own):  # 县、区政府; 中、省驻平单位
        return True
    shares = last in _LEVEL and own.startswith((*SIGNS, *TOWNSHIPS)) and len(own) > 3
    if last in _LEVEL and own[0] in _LEVEL and own.endswith(OF_EACH_LEVEL):
        return True  # 市、县妇联
    if shares and (own[-1] in organs + BRANCHES or own.endswith(UNITS)):
        return True  # 市、区住建部门; 县、镇林业站
    if own[0] in _LEVEL and own.startswith(OF_LEVELS, 1):  # 省、市两级
        return len(last) == 1
    if own[1:2] == "级" and RANKS.get(own[0], 0) > RANKS.get(last[-1], 0):
        return False  # 各县区、市级成员单位
    if first != EACH or own[0] not in _EACH_ON_BEGINS:
        return False
    return bool(_EACH_ON.match(own)) and bool(_EACH.match(last) or _EACH_ON.match(last))
