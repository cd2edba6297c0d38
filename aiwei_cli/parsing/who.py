"""Who is named: the offices in the phrase before a verb or behind a label, or the finding that it names none.

A会同B and A商B name offices of two roles, A组织各镇 of one. What has the form may still be prose, 责任部门：要加强领导:
only the words tell. Offsets are of the words that are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aiwei_cli.parsing.labels import alternatives
from aiwei_cli.parsing.lists import PLACE, Name, Splitter
from aiwei_cli.patterns import pattern

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

Named = list[tuple[bool, Name]]
"""Names in their order, each with whether it stands behind 会同."""
_CONSULT = pattern("商(?![务业贸会联局品户标事城协场])")
_LONGEST = 60
"""No name is longer."""
_PIECE = pattern("[、，]")
_SENTENCE = pattern("[要应须请将被的了谁]|抓|到位|负总责")
_WHEN = pattern(r"[于在每\d]")
_PROSE = pattern(r"[！？!?]|^(?:以下|下同)")


class Who:
    """Finds the names in a phrase, by ``rules/roles.yaml`` and the offices."""

    def __init__(self, data: Mapping[str, Any], offices: Offices, verb: re.Pattern[str]) -> None:
        self.splitter = Splitter(data, offices)
        self._looks = offices.looks_like_office
        self._verb = verb
        adverbs = "|".join(f"(?:{entry['pattern']})" for entry in data["adverbs"])
        self._adverb = pattern(rf"(?:{adverbs})+$")
        self._together = pattern(alternatives(data["together"]))
        self._organised = pattern(rf"(?:{alternatives(data['organised'])})(?=各|有关|相关)")

    def named(self, words: str, start: int, end: int, group: int) -> Named:
        """The offices before a verb, each with whether it stands behind 会同."""
        while end > start and words[end - 1].isspace():
            end -= 1
        adverb = self._adverb.search(words, start, end)
        if adverb is not None:
            end = adverb.start()
        together = self._together.search(words, start, end)
        if together is None:
            together = self._consulting(words, start, end)
        if together is not None and together.start() == start:
            return [(True, name) for name in self.splitter.split(words, together.end(), end, group)]
        if together is not None:
            first = self.splitter.split(words, start, together.start(), group)
            second = self.splitter.split(words, together.end(), end, group + len(first))
            return [*((False, name) for name in first), *((True, name) for name in second)] if first and second else []
        organised = self._organised.search(words, start, end)
        if organised is not None and organised.start() > start:
            names = self.splitter.split(words, start, organised.start(), group)
            names += self.splitter.split(words, organised.end(), end, group + len(names))
        else:
            names = self.splitter.split(words, start, end, group)
        return [(False, name) for name in names]

    def _consulting(self, words: str, start: int, end: int) -> re.Match[str] | None:
        """The 商 of 发展改革委商财政部, which stands in the names of offices too."""
        for match in _CONSULT.finditer(words, start, end):
            before = _PIECE.split(words[max(start, match.start() - _LONGEST) : match.start()])[-1]
            after = _PIECE.split(words[match.end() : min(end, match.end() + _LONGEST)])[0]
            if self._looks(before) and self._looks(after):
                return match
        return None

    def plausible(self, names: Named, words: str, *, alone: bool) -> bool:
        """Whether ``words`` behind a label are offices. 责任部门：要加强领导 and 落实：措施要到位 are sentences."""
        looks = sum(self._looks(name.text) for _, name in names)
        if looks:
            return not alone or 2 * looks >= len(names)
        prose = alone or _SENTENCE.search(words) is not None or self._verb.search(words) is not None
        return not prose and all(len(name.text) <= 24 for _, name in names)

    def is_sentence(self, names: Named) -> bool:
        """Whether names, as they were split, are a sentence: none is an office, and one is long or says when."""
        if any(self._looks(name.text) for _, name in names):
            return False
        return any(len(name.text) > 8 and (_SENTENCE.search(name.text) or _WHEN.search(name.text)) for _, name in names)

    def all_offices(self, names: Named) -> bool:
        """Whether all names are offices. Places count among offices: 省商务厅、贵阳市、遵义市."""
        looks = [self._looks(name.text) for _, name in names]
        if all(looks):
            return True
        return 2 * sum(looks) >= len(looks) and all(
            look or PLACE.match(name.text) for look, (_, name) in zip(looks, names, strict=True)
        )

    def convincing(self, names: Named, *, sure: bool) -> bool:
        """Whether names before a verb are offices and not prose; ``sure`` says that the verb always assigns."""
        if not sure:
            return all(self._looks(name.text) for _, name in names)
        if any(_PROSE.search(name.text) for _, name in names):
            return False
        known = sum(self._looks(name.text) for _, name in names)
        return known * 2 >= len(names) or all(len(name.text) <= 8 and "的" not in name.text for _, name in names)
