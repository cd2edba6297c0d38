"""Words that no rule knows, inside what was cut as one name: 水利局包干, 补位：水利局, 各区按各自职责包干.

An office that a rule knows, with letters behind it that are no office, is an office and a verb that the rules lack.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from aiwei_cli.language.chars import CLOSING, COLONS, OPENING
from aiwei_cli.language.patterns import pattern
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.clauses.words import Words
from aiwei_cli.parsing.lists import Name

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_VERB = (2, 6)
"""A verb that nobody knows has from two to six letters: 包干, 统筹调度."""
_PROSE = 6
"""More letters behind an office are prose that its bracket or its stop was to keep away."""
_ADVERBS = 3
"""Adverbs of so many letters need no known office before them: 按职责."""
_OFFICE = 24
_LABEL = (2, 12)
_SHORT = 2
"""Where the whole looks like an office, 水利局跟办, its verb has two letters: 水利局河长办 is one."""
_KINDS = frozenset("办处行队")
"""What a verb of two letters may end in, and an office too."""
_ROOMS = frozenset("党政农防安综网路法信体计爱双文创扶民改国经编外台侨港")
"""With 办 these are offices of an office: 水利局防办."""
_UNITS = ("事处", "支行", "分行", "商行", "银行", "支队", "大队", "中队", "总队", "分队")
"""Nor are these verbs: 街道办事处, 中心支行."""
_BRACKETS = frozenset(OPENING + CLOSING)
_PAUSES = frozenset("，" + COLONS)
_ORDER = pattern("要|须(?!江)|请|应(?!急|城|县|用|山)|将(?!军|乐)")
"""How a sentence begins that says what is to be done: 要落实责任."""
_GENERIC = ("单位", "部门")
_WIDE = frozenset("各关直级驻")
"""What makes a collective of a name, whatever comes after it: 各镇跟办, 有关单位跟办."""
_LEVELS = frozenset("省市县区州盟旗镇乡村")
_OTHERS = pattern("等(?:[^、，；。等]{0,12}?(?:部门|单位|机构|企业|地区))?(?:[和及]单位)?")
_NO_VERB = pattern(r"^[一二三四五六七八九十两多]|[\d级员章的等年月日为是在和与及]")


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
        or (text[-1] in _KINDS and not _WIDE.isdisjoint(text))
    )


class Strangers:
    """Finds unknown words by the offices and the words of ``rules/roles.yaml``."""

    def __init__(self, data: Mapping[str, Any], words: Words, offices: Offices) -> None:
        self._words, self._known, self._looks = words, offices.known, offices.looks_like_office
        others = "|".join(f"(?:{entry['pattern']})" for entry in data["others"])
        self._others = pattern(f"(?:{others})$")
        document = data["document"]
        entries = [*document["first_leads"], *document["comma_leads"]]
        self._stated = tuple({need for entry in entries for need in entry.get("needs", ())})

    def cut(self, name: str) -> Cut | None:
        """The office in a name that no rule knows; None where all of it is one. The cut is empty where it has none."""
        whole = len(name)
        if "《" in name or "》" in name:
            return None
        colon = max(map(name.rfind, COLONS))
        if colon >= 0:
            return Cut(colon + 1, whole, (0, colon)) if _is_label(name[:colon]) else None
        if whole == 1:
            return None if name in _LEVELS else Cut(0, 0, (0, 1))
        if name.startswith(_GENERIC) and not name.endswith(_GENERIC):  # 等有关部门和单位查处
            return Cut(0, 0, (0, whole))
        bracket = name.find("（")
        if bracket > 0 and any(word in name[bracket:] for word in self._stated):
            return Cut(0, bracket, (bracket, whole))
        if self._looks(name):
            return self.verb_like_office(name)
        if any(word in name for word in self._stated):  # 列首位的包干: a rule for the document that is not understood
            return Cut(0, 0, (0, whole))
        if _ORDER.match(name):
            return Cut(0, 0, (0, whole))
        return self._behind_adverbs(name) or self._behind_office(name)

    def verb_like_office(self, name: str) -> Cut | None:
        """市水利局跟办 looks like an office, but 跟办 is none."""
        verb = name[-_SHORT:]
        if verb[-1] not in _KINDS or not verb.isalpha() or verb[0] in _ROOMS or verb in _UNITS or self._known(verb):
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
        for at in range(whole - _VERB[0], max(1, whole - _VERB[1] - 1), -1):
            begin = self._words.adverbs.begin(name, 1, at)
            if at - begin >= _ADVERBS and not self._words.starts_with_verb(name[at:]):
                return Cut(0, self._office(name, begin), (at, whole))
        return None

    def _office(self, name: str, end: int) -> int:
        """The end of the office without 等部门."""
        return len(self._others.sub("", name[:end]))

    def _behind_office(self, name: str) -> Cut | None:
        whole = len(name)
        for at in range(min(whole - _VERB[0], _OFFICE), 2, -1):
            if not self._known(name[:at]):
                continue
            if name[at] in _BRACKETS or _unbalanced(name[:at]):  # 区县（自治县）政府: the bracket is of the name
                return None
            others = _OTHERS.match(name, at)
            here = others.end() if others else at
            begin = self._words.adverbs.begin
            here = next((end for end in range(whole, here, -1) if begin(name, here, end) == here), here)
            verb = name[here:]
            short = len(verb) >= _VERB[0] and verb.isalpha() and _NO_VERB.search(verb) is None
            if _ORDER.match(verb) or self._words.starts_with_verb(
                verb
            ):  # 民政局负责制定方案 is prose: its verb is known
                return None
            return Cut(0, at, (here, whole)) if short or len(verb) > _PROSE else None
        return None


def _is_label(words: str) -> bool:
    return _LABEL[0] <= len(words) <= _LABEL[1] and words.isalpha() and not words.isascii()


def _unbalanced(words: str) -> bool:
    return sum(map(words.count, OPENING)) != sum(map(words.count, CLOSING))
