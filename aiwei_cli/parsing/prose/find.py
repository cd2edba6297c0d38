"""Finding the sentences that assign: only those with 牵头, 负责 or 会同 are looked at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.clauses.reading import Clause
from aiwei_cli.parsing.envelope import Envelope
from aiwei_cli.parsing.outline.numbers import Mark
from aiwei_cli.parsing.prose.division import Divisions
from aiwei_cli.parsing.prose.names import Gate
from aiwei_cli.parsing.prose.read import Reader, Said
from aiwei_cli.parsing.prose.sentences import around, cut
from aiwei_cli.parsing.prose.words import ProseWords
from aiwei_cli.parsing.view import View

if TYPE_CHECKING:
    from aiwei_cli.parsing.clauses.grammar import Grammar


class Prose:
    """Duties in sentences, by ``rules/prose.yaml`` and what reads clauses."""

    def __init__(self, data: Mapping[str, Any], grammar: Grammar) -> None:
        self.words = ProseWords(data)
        gate = Gate(self.words, grammar.lexer.splitter, grammar.offices)
        self.reader = Reader(self.words, gate, grammar.lexer.words)
        self.divisions = Divisions(self.words, gate)

    def find(self, view: View, marks: Sequence[Mark], around_: Envelope, clauses: Sequence[Clause]) -> list[Said]:
        """What the sentences of a text assign, in order. Linear in the length of the text."""
        text = view.text
        places = list(_places(text, self.words.idle, [(each.start, each.end) for each in clauses]))
        divided = self.divisions.find(text, marks, clauses, around_.tail)
        if not places and not divided:
            return []
        if self._is_rule(around_):
            return []
        return list(_Finder(self, text, marks, around_, clauses).read(places, divided))

    def _is_rule(self, around_: Envelope) -> bool:
        """Whether the document is one in which nothing is read: 规则, 条例, 解读."""
        titles = [around_.title or "", *(title for title, _ in around_.plans)]
        return any(_bare(title).endswith(self.words.documents) for title in titles)


_CLOSED = "。；;！!？?：:）)”》"
_HEADING = 20
"""A first line of at most so many characters without a stop is a heading."""
_ANSWER = re.compile(r"\s*(?:[问答]|记者|主持人)[:：]")
_TAILS = re.compile(r"(?:[（(][^（）()]{1,12}[）)])?[》〉]?(?:的?通知)?$")


def _bare(title: str) -> str:
    """A title without 》的通知 at its end, where it issues what it names: 关于印发《工作规则》的通知."""
    words = "".join(title.split())
    if words.endswith("通知") and "印发" not in words:
        return words
    return _TAILS.sub("", words)


def _places(text: str, words: Mapping[str, tuple[str, ...]], taken: Sequence[Span]) -> Iterator[int]:
    """Where the words are that are in no clause, in order; not those that assign nothing: 负责人."""
    found = []
    for word, idle in words.items():
        at = text.find(word)
        while at >= 0:
            if not text.startswith(idle, at):
                found.append(at)
            at = text.find(word, at + 1)
    found.sort()
    spans = iter([*taken, (len(text) + 1, len(text) + 1)])
    start, end = next(spans)
    for at in found:
        while end <= at:
            start, end = next(spans)
        if at < start:
            yield at


class _Finder:
    def __init__(
        self, prose: Prose, text: str, marks: Sequence[Mark], around_: Envelope, clauses: Sequence[Clause]
    ) -> None:
        self.prose, self.text, self.marks, self.envelope = prose, text, marks, around_
        self.starts = [mark.start for mark in marks]
        self.taken = [(each.start, each.end) for each in clauses]
        self.begins = [start for start, _ in self.taken]

    def read(self, places: Sequence[int], divided: Sequence[tuple[Span, list[Said]]]) -> Iterator[Said]:
        spans = [span for span, _ in divided]
        done = 0
        found = [each for _, said in divided for each in said]
        for at in places:
            if at < done or any(a <= at < b for a, b in spans):
                continue
            low, high = self._limits(at)
            if low < 0:
                continue
            start, end = around(self.text, at, low, high)
            done = end
            if self._is_torn(start, low) or self._answers(start, low):
                continue
            sentence = cut(self.text, start, end, self._clauses(start, end))
            own = self.envelope.issuer or "" if "将" in sentence.masked else ""
            found += [each.moved(start) for each in self.prose.reader.read(sentence.text, sentence.masked, own)]
        found.sort(key=lambda each: each.start)
        return iter(found)

    def _limits(self, at: int) -> Span:
        """The words of the node around an offset; (-1, -1) where nothing is read."""
        i = bisect_right(self.starts, at) - 1
        if at >= self.envelope.tail or self.envelope.claimed(at, at + 1) is not None:
            return -1, -1
        if i < 0:  # before the first number stands why, not who; without numbers it is all there is
            return (-1, -1) if self.starts else (0, self.envelope.tail)
        mark: Mark | None = self.marks[i]
        if in_article(mark):
            return -1, -1
        assert mark is not None
        high = self.starts[i + 1] if i + 1 < len(self.starts) else self.envelope.tail
        return min(mark.end, at), high

    def _is_torn(self, start: int, low: int) -> bool:
        """Whether a page may have cut the sentence before ``start``: the line before is no heading and ends openly."""
        before = self.text[max(low, start - 400) : start]
        if not before.endswith("\n"):
            return False
        lines = before.rstrip()
        heads = lines.strip()
        return bool(heads) and heads[-1] not in _CLOSED and ("\n" in heads or len(heads) > _HEADING)

    def _answers(self, start: int, low: int) -> bool:
        """Whether the paragraph is a question or an answer."""
        line = max(low, self.text.rfind("\n", low, start) + 1)
        return _ANSWER.match(self.text, line) is not None

    def _clauses(self, start: int, end: int) -> list[Span]:
        at = max(0, bisect_right(self.begins, start) - 1)
        found = []
        while at < len(self.taken) and self.taken[at][0] < end:
            if self.taken[at][1] > start:
                found.append(self.taken[at])
            at += 1
        return found


def in_article(mark: Mark | None) -> bool:
    """Whether a number is an article or under one."""
    while mark is not None:
        if mark.kind.name == "article":
            return True
        mark = mark.parent
    return False
