"""Rules that a notice states once for all its clauses: 列第一位者为牵头单位，下同; 以下均需各市落实，不再列出."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from aiwei_cli.language.patterns import either, pattern
from aiwei_cli.language.signs import beginnings, by_first, by_last, word_places
from aiwei_cli.notice.model import Role
from aiwei_cli.parsing.clauses.reading import Assignment, By, DocumentRule
from aiwei_cli.parsing.lists import Splitter

_FURTHEST = 80
"""How far before its 下同 a rule for the document may be: the longest seen has 31 characters."""
KINDS = ("first_leads", "comma_leads", "marked_leads", "all_below", "bold_leads", "unseen_leads", "unread")
UNSEEN = ("bold_leads", "unseen_leads", "unread")
"""What the text alone does not show."""
_IN_CLAUSES = ("all_below", "unread")
"""What is a rule only inside a clause, or in a line that says nothing else."""


class Statements:
    """The ``document`` of ``rules/roles.yaml``. A form is tried only where one of the words that it needs is."""

    def __init__(self, data: Mapping[str, Any], splitter: Splitter) -> None:
        self._splitter = splitter
        self._forms = [
            (kind, tuple(entry.get("needs", ("",))), pattern(entry["pattern"]))
            for kind in KINDS
            for entry in data[kind]
        ]
        self._anywhere = [(kind, needs, form) for kind, needs, form in self._forms if kind not in _IN_CLAUSES]
        self._needed = tuple({word for _, needs, _ in self._forms for word in needs})
        """Words with none of these need no second look; an empty one stands for all."""
        self._henceforth = pattern(either(data["henceforth"]))
        self._ends, self._throughout = by_last(data["henceforth"]), by_first(data["throughout"])

    def find(self, words: str, start: int = 0, end: int | None = None) -> list[DocumentRule]:
        """The rules that are stated in ``words[start:end]``, inside a clause."""
        end = len(words) if end is None else end
        piece = words[start:end]
        if not any(map(piece.__contains__, self._needed)):
            return []
        done: list[DocumentRule] = []
        for kind, needs, form in self._forms:
            if not any(map(piece.__contains__, needs)):
                continue
            match = form.search(words, start, end)
            if match is None or any(match.start() < rule.end and rule.start < match.end() for rule in done):
                continue
            offices: tuple[Assignment, ...] = ()
            if kind == "all_below":
                names = self._splitter.split(words, *match.span("offices"))
                by = By("document.all_below", *match.span())
                role: Role = "support" if _group(match, "support") else "responsible"
                offices = tuple([Assignment(role, n.text, n.start, n.end, n.group, by) for n in names])
            following = self._henceforth.search(words, match.end())
            stop = following.end() if following else match.end()
            done.append(DocumentRule(kind, match.start(), stop, following is not None, offices, _group(match, "mark")))
        return done

    def directly(self, text: str, start: int, end: int) -> bool:
        """Whether the sentence that begins at ``start`` states a rule: …。列第一位的为牵头单位，下同。"""
        sentence = _sentence(text, start, min(end, start + _FURTHEST))
        return bool(self.find(text, start, start + len(sentence)))

    def anywhere(self, text: str) -> Iterator[DocumentRule]:
        """The rules that say of themselves how far they hold, anywhere in a text: who leads, 下同 or 各项举措中."""
        behind = 0
        for at in sorted(beginnings(text, self._throughout)):
            here = max(at, behind)
            sentence = _sentence(text, here, at + _FURTHEST)
            for rule in self.find(sentence):
                if rule.kind not in _IN_CLAUSES:
                    start, end = here + rule.start, here + rule.end
                    behind = max(behind, end)
                    yield rule._replace(start=start, end=end, henceforth=True, throughout=True)
        if next(word_places(text, self._ends), None) is None:
            return
        for found in self._henceforth.finditer(text):
            at, end = found.span()
            begin = max(0, at - _FURTHEST)
            begin = max([begin, *(text.rfind(mark, begin, at) + 1 for mark in "。\n")])
            for kind, needs, form in self._anywhere:
                match = form.search(text, begin, at) if any(map(text[begin:at].__contains__, needs)) else None
                if match is not None:
                    yield DocumentRule(kind, match.start(), end, True, mark=_group(match, "mark"))


def _sentence(text: str, start: int, end: int) -> str:
    """What is from ``start`` on of a sentence."""
    return text[start:end].partition("\n")[0].partition("。")[0]


def _group(match: re.Match[str], name: str) -> str:
    """What a group of a rule's pattern has: the ``mark`` of 加★为牵头单位; empty where it has no such group."""
    return (match[name] or "") if name in match.re.groupindex else ""
