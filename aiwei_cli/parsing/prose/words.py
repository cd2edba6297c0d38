"""The lists of ``rules/prose.yaml`` as patterns and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from aiwei_cli.language.chars import COMMA, FIGURE, SEMICOLONS
from aiwei_cli.language.numerals import NUMERALS
from aiwei_cli.language.patterns import either, pattern
from aiwei_cli.language.prose import BY_SECTOR, DONE, LEVEL_BEFORE, MORE, OF, ROLE_AFTER, ROLE_BEFORE, THEN_BY

Kind = Literal["lead", "responsible", "support", "together", "allied", "gathering"]
_ORDER: tuple[Kind, ...] = ("together", "lead", "support", "responsible", "allied", "gathering")
"""负责会同 is tried before 负责."""
_BRACKET = "(?:[（(][^（）()，。；]{1,12}[）)])?"


class ProseWords:
    """What the reader of sentences asks the rules."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        never = data["not_before"]
        kinds = [f"(?P<{kind}>{any_of(data[kind])}{_unless(never.get(kind, ()))})" for kind in _ORDER]
        self.verb = pattern("|".join(kinds))
        self.gathers = pattern(f"并?(?P<word>{any_of(data['gathering'])})")
        self.between = tuple(sorted(data["between"], key=len, reverse=True))
        self.exhorting = tuple(data["exhorting"])
        self.not_by = pattern(any_of(data["not_by"]))
        self.openings = pattern(f"{any_of(data['openings'])}[，,]?")
        self.guided = pattern(rf"[^、，,。\0]{{2,24}}{any_of(data['guided'])}、")
        self.relative = tuple(data["relative"])
        self.past = pattern(rf"(?<![{FIGURE}{NUMERALS}])(?:{any_of(data['past'])})|{DONE}")
        self.resolved = pattern(any_of(data["resolved"]))
        """会议要求: in minutes it opens a sentence that assigns."""
        self.penalty = pattern(f"{any_of(data['offences'])}[^。；;]{{0,200}}?{THEN_BY}")
        self.mechanism = pattern(f"{OF}[^{COMMA}。{SEMICOLONS}]{{0,24}}?{any_of(data['mechanisms'])}")
        self.headings = tuple(data["headings"])
        self._names(data)

    def _names(self, data: Mapping[str, Any]) -> None:
        self.classes = frozenset(data["classes"])
        self.private, self.public = tuple(data["private"]), tuple(data["public"])
        self.not_first = tuple(sorted(data["not_first"], key=len, reverse=True))
        self.not_inside = pattern(any_of(data["not_inside"]))
        heads, tails = any_of(data["heads"]), any_of(data["tails"])
        self.collective = pattern(
            rf"{LEVEL_BEFORE}{heads}(?P<inside>[^\W\d_]{{0,8}}?){_BRACKET}{tails}{_BRACKET}(?:{tails}{_BRACKET})*+"
            f"{MORE}"
        )
        """各区县政府, 市政府各部门, 有关部门和单位: a place or none, a head, a kind or none, tails."""
        self.role = pattern(f"{ROLE_BEFORE}{any_of(data['role_nouns'])}{ROLE_AFTER}")
        """牵头部门, 各责任单位."""
        self.noun = pattern(rf"{BY_SECTOR}|[^\W\d_]{{0,12}}{any_of(data['bodies'])}")
        """A department by its sector, a body: names that need no place."""
        self.sure_ends = tuple(data["sure_ends"])
        self.short_ends, self.not_short = tuple(data["short_ends"]), tuple(data["not_short"])


def idle_words(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The words that a sentence needs, with what begins like them and assigns nothing: 负责人."""
    return {word: tuple([word + behind for behind in _behind(word, data)]) for word in data["needed"]}


def any_of(words: Iterable[str]) -> str:
    """One of the words, the longest first."""
    return f"(?:{either(words)})"


def _unless(words: Iterable[str]) -> str:
    return f"(?!{any_of(words)})" if words else ""


def _behind(word: str, data: Mapping[str, Any]) -> Iterable[str]:
    """What a word may not be followed by, where it is in one list only."""
    kinds = [kind for kind in ("lead", "responsible", "support", "together") if word in data[kind]]
    return data["not_before"].get(kinds[0], ()) if len(kinds) == 1 else ()
