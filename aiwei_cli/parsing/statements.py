"""Rules that a notice states once for all its clauses: 列第一位者为牵头单位，下同; 以下均需各市落实，不再列出."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from aiwei_cli.parsing.labels import alternatives
from aiwei_cli.parsing.lists import Splitter
from aiwei_cli.parsing.reading import Assignment, Rule
from aiwei_cli.patterns import pattern

_FURTHEST = 80
"""A rule for the document stands at most so far before its 下同."""


class Statements:
    """The compiled ``document`` of ``rules/roles.yaml``."""

    def __init__(self, data: Mapping[str, Any], splitter: Splitter) -> None:
        self._splitter = splitter
        self._forms = [
            (kind, pattern(entry["pattern"]))
            for kind in ("first_leads", "comma_leads", "marked_leads", "all_below")
            for entry in data[kind]
        ]
        self._henceforth = pattern(alternatives(data["henceforth"]))
        self._hint = pattern("牵头|主办|主责|落实|均为")

    def find(self, words: str, start: int, end: int) -> Iterator[Rule]:
        """The rules that are stated in ``words[start:end]``, inside a clause."""
        if self._hint.search(words, start, end) is None:
            return
        for kind, form in self._forms:
            match = form.search(words, start, end)
            if match is None:
                continue
            offices: tuple[Assignment, ...] = ()
            if kind == "all_below":
                names = self._splitter.split(words, *match.span("offices"))
                offices = tuple(Assignment("responsible", n.text, n.start, n.end, n.group) for n in names)
            following = self._henceforth.search(words, match.end())
            stop = following.end() if following else match.end()
            yield Rule(kind, match.start(), stop, following is not None, offices, _mark(match))

    def anywhere(self, text: str) -> Iterator[Rule]:
        """The rules that say of themselves that they hold from here on, anywhere in a text: who leads, 下同."""
        for match in self._henceforth.finditer(text):
            begin = max(0, match.start() - _FURTHEST)
            begin = max([begin, *(text.rfind(mark, begin, match.start()) + 1 for mark in "。\n")])
            for kind, form in self._forms:
                found = form.search(text, begin, match.start()) if kind != "all_below" else None
                if found is not None:
                    yield Rule(kind, found.start(), match.end(), True, mark=_mark(found))


def _mark(match: re.Match[str]) -> str:
    """The mark that a rule speaks of: 加★为牵头单位."""
    return match["mark"] if "mark" in match.re.groupindex else ""
