"""The words of ``rules/prose.yaml`` as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from aiwei_cli.language.patterns import pattern

Kind = Literal["lead", "responsible", "support", "together", "allied", "gathering"]
_ORDER: tuple[Kind, ...] = ("together", "lead", "support", "responsible", "allied", "gathering")
"""负责会同 is tried before 负责."""


class ProseWords:
    """The lists of ``rules/prose.yaml``."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        never = data["not_before"]
        kinds = [f"(?P<{kind}>{any_of(data[kind])}{_unless(never.get(kind, ()))})" for kind in _ORDER]
        self.verb = pattern("|".join(kinds))
        self.gathers = pattern(f"并?{any_of(data['gathering'])}")
        self.between = tuple(sorted(data["between"], key=len, reverse=True))
        self.exhorting = tuple(data["exhorting"])
        self.not_by = pattern(any_of(data["not_by"]))
        self.openings = pattern(f"(?:{any_of(data['openings'])}[，,]?)")
        self.past = pattern(f"{any_of(data['past'])}|(?<!为)了(?!解)")
        self.penalty = pattern(f"{any_of(data['offences'])}[^。；;]*?的[，,](?:应|将|再)?由")
        self.mechanism = pattern(f"的[^，,。；;]{{0,24}}?{any_of(data['mechanisms'])}")
        self.classes = frozenset(data["classes"])
        self.private, self.public = tuple(data["private"]), tuple(data["public"])
        self.not_first = tuple(sorted(data["not_first"], key=len, reverse=True))
        self.not_inside = pattern(any_of(data["not_inside"]))
        self.role_noun = pattern(f"(?:各|有关|相关|其他|业务|场景|项目|具体|本级|市级|区级|县级)?{any_of(data['role_nouns'])}(?:部门|单位|机构)")
        self.heading = pattern(f"{any_of(data['headings'])}$")
        self.documents = tuple(data["documents"])
        self.needed = tuple(data["needed"])
        self.idle = {word: tuple([word + behind for behind in _idle(word, data, never)]) for word in self.needed}
        """What begins with a needed word and assigns nothing: 负责人."""
        self.divisions = tuple(data["headings"])


def _idle(word: str, data: Mapping[str, Any], never: Mapping[str, Any]) -> Iterable[str]:
    """What a word may not be followed by, in all lists that have it."""
    kinds = [kind for kind in ("lead", "responsible", "support", "together") if word in data[kind]]
    return never.get(kinds[0], ()) if len(kinds) == 1 else ()


def any_of(words: Iterable[str]) -> str:
    """One of the words, the longest first."""
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


def _unless(words: Iterable[str]) -> str:
    return f"(?!{any_of(words)})" if words else ""
