"""Words that no rule knows, inside what was cut as one name: 水利局包干, 补位：水利局, 各区按各自职责包干.

An office that a rule knows, with letters after it that are no office, is an office and a verb that the rules lack.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aiwei_cli.language.chars import CLOSING, COLONS, OPENING
from aiwei_cli.language.names import (
    KIND_OF_OFFICE,
    OFFICES_OF_AN_OFFICE,
    OTHERS,
    PARTS_OF_AN_OFFICE,
    TEAM,
    TEAM_VERBS,
    UNITS,
    WIDE,
)
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.places import SIGNS
from aiwei_cli.language.sentences import ORDERS
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.clauses.words import ClauseWords
from aiwei_cli.parsing.lists import Name
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_VERB = range(2, 7)
"""How many letters a verb has that nobody knows: 包干, 统筹调度. More letters after an office are prose, which a
bracket or a stop would have ended."""
_ADVERBS = 3
"""From this many letters on adverbs need no known office before them: 按职责."""
_LABELLED = pattern(rf"(?P<label>(?![ -~]+[{COLONS}])[^\W\d_]{{2,12}})[{COLONS}](?P<office>[^{COLONS}]*)$")
_TITLED = frozenset("《》")
_SHORT = 2
"""Where the whole looks like an office, 水利局跟办, its verb has two letters: 水利局河长办 is one."""
_BRACKETS = frozenset(OPENING + CLOSING)
_OTHERS = pattern(OTHERS)
_DATED = pattern(r"\d[年月日号]")
"""What an office's name never has, unless the whole looks like an office all the same."""
_OPENS = frozenset(OPENING)


class Cut(NamedTuple):
    """Where the office in a name begins and ends, and where the unknown word does; what is left over is understood."""

    start: int
    end: int
    unknown: Span


def doubtful(name: Name) -> bool:
    """Whether a name may hold a word that no rule knows: 各镇跟办 has the form of a collective, 各镇农办."""
    text = name.text
    return (
        not name.known
        or "，" in text
        or any(colon in text for colon in COLONS)
        or not WIDE.isdisjoint(text)
        or (not _OPENS.isdisjoint(text) and _unbalanced(text))
    )


class Strangers:
    """Finds unknown words by the offices and the words of ``rules/roles.yaml``."""

    def __init__(self, data: Mapping[str, Any], words: ClauseWords, offices: Offices) -> None:
        self._words, self._known, self._looks = words, offices.known, offices.looks_like_office
        self._ends = offices.ends.any
        others = "|".join(f"(?:{entry['pattern']})" for entry in data["others"])
        self._others = pattern(f"(?:{others})$")
        document = data["document"]
        entries = [*document["first_leads"], *document["comma_leads"]]
        self._stated = tuple({need for entry in entries for need in entry.get("needs", ())})
        self.cut = lru_cache(maxsize=8192)(self._cut)

    def _cut(self, name: str) -> Cut | None:
        """The office in a name that no rule knows; None where all of it is one. The cut is empty where it has none."""
        whole = len(name)
        if not _TITLED.isdisjoint(name):
            return None
        if any(colon in name for colon in COLONS):
            labelled = _LABELLED.match(name)
            return Cut(*labelled.span("office"), labelled.span("label")) if labelled is not None else None
        if whole == 1:
            return None if name in SIGNS else _no_office(name)
        if name.startswith(UNITS) and not name.endswith(UNITS):  # 等有关部门和单位查处
            return _no_office(name)
        office, bracket, inside = name.partition("（")
        if bracket and any(word in inside for word in self._stated):
            return Cut(0, len(office), (len(office), whole))
        half = max(map(name.rfind, OPENING))
        if half >= 0 and _unbalanced(name) and not any(mark in name[half:] for mark in CLOSING):
            return Cut(0, half, (half, whole))  # 交通局（委: the other half of the bracket is lost
        if self._looks(name):
            return self.verb_like_office(name)
        if any(word in name for word in self._stated):  # 列首位的包干: a rule for the document that is not understood
            return _no_office(name)
        if _is_order(name) or not (name.isalpha() or _DATED.search(name) is None):
            return _no_office(name)
        return self._behind_adverbs(name) or self._behind_office(name)

    def verb_like_office(self, name: str) -> Cut | None:
        """市水利局跟办 looks like an office, but 跟办 is not an office's end."""
        verb = name[-_SHORT:]
        if (
            verb[-1] not in KIND_OF_OFFICE
            or not verb.isalpha()
            or verb[0] in OFFICES_OF_AN_OFFICE
            or verb in PARTS_OF_AN_OFFICE
            or (verb[-1] == TEAM and verb[0] not in TEAM_VERBS)
            or self._known(verb)
        ):
            return None
        end = len(name) - _SHORT
        begin = self._words.adverbs.begin(name, 1, end)
        office = name[: self._office(name, begin)]
        if end - begin >= _ADVERBS or self._known(office) or self._looks(office):
            return Cut(0, len(office), (end, len(name)))
        return None

    def _behind_adverbs(self, name: str) -> Cut | None:
        whole = len(name)
        begin = self._words.adverbs.begin(name, 1, whole)
        if whole - begin >= _ADVERBS:  # all is understood: 应急局按职责分工
            return Cut(0, self._office(name, begin), (whole, whole))
        for at in range(whole - min(_VERB), max(_ADVERBS, whole - max(_VERB) - 1), -1):
            begin = self._words.adverbs.begin(name, 1, at)
            if at - begin >= _ADVERBS and not self._words.starts_with_verb(name[at:]):
                return Cut(0, self._office(name, begin), (at, whole))
        return None

    def _office(self, name: str, end: int) -> int:
        """The end of the office without 等部门."""
        return len(self._others.sub("", name[:end])) if "等" in name else end

    def _behind_office(self, name: str) -> Cut | None:
        whole = len(name)
        for at in range(whole - min(_VERB), 2, -1):
            if not self._known(name[:at]):
                continue
            if name[at] in _BRACKETS or _unbalanced(name[:at]):  # 区县（自治县）政府: the bracket is of the name
                return None
            others = _OTHERS.match(name, at)
            here = self._words.adverbs.behind(name, others.end() if others else at)
            verb = name[here:]
            short = len(verb) in _VERB and self._words.like_verb(verb)
            more = short and verb[-1] not in self._ends
            if _is_order(verb) or (self._words.starts_with_verb(verb) and not more):
                return None  # 民政局负责制定方案 is prose: its verb is known. 市政府抓落实办公室 is an office
            return Cut(0, at, (here, whole)) if short or len(verb) > max(_VERB) else None
        return None


def _is_order(words: str) -> bool:
    return words[:1] in ORDERS and words[1:2] not in ORDERS[words[0]]


def _no_office(name: str) -> Cut:
    return Cut(len(name), len(name), (0, len(name)))


def _unbalanced(words: str) -> bool:
    return sum(map(words.count, OPENING)) != sum(map(words.count, CLOSING))
