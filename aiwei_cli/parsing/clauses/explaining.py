"""Brackets that explain, and assign nothing: 包括青溪乡、白岭乡, 青溪出版社，2012."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiwei_cli.language.chars import LISTED
from aiwei_cli.language.patterns import either, pattern
from aiwei_cli.language.places import STRETCH
from aiwei_cli.language.sentences import BY

_SEAT = 12
"""The most letters of an office before the word that says where it is: 领导小组办公室设在."""


class Explaining:
    """The ``explains`` of ``rules/roles.yaml``: what brackets say that explain."""

    def __init__(self, data: Mapping[str, Sequence[str]]) -> None:
        self._begins, self._alone = tuple(data["begins"]), tuple(data["alone"])
        self._names, self._holds = tuple(data["names"]), tuple(data["holds"])
        seats = either(data["seats"])
        self._seat = pattern(rf"[^、，]{{0,{_SEAT}}}(?:{seats})")
        tasks = either(data["tasks"])
        self._route = pattern(rf"{STRETCH}(?:[{LISTED}]{STRETCH})*+$")
        self._by = pattern(rf"(?:[^、，,；;。]{{0,4}}(?:{tasks}))?{BY}(?P<rest>[^；;。：:]{{4,60}})$")
        self.procedure, self.scopes, self.labels = (tuple(data[key]) for key in ("procedure", "scopes", "labels"))

    def begin(self, words: str) -> bool:
        """Whether words begin as what explains does, though offices and a word after them follow: 含市水利局."""
        return words.startswith(self._begins)

    def by(self, words: str) -> str:
        """What is after 由 in words that are nothing else, but for the tasks before it: 以上事项由专班盯办."""
        match = self._by.match(words) if BY in words[:8] else None
        return match["rest"] if match is not None else ""

    def explain(self, words: str) -> bool:
        """Whether brackets without a verb explain what is before them: 包括青溪乡、白岭乡, 青溪出版社，2012, and the
        stretches of a road: 东门至西站、南门至北站."""
        if words.startswith(self._alone) and not words.startswith(self._names):
            return True
        if ("至" in words or "到" in words) and self._route.match(words) is not None:
            return True
        return self._seat.match(words) is not None or any(word in words for word in self._holds)
