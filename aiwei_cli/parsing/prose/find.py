"""Finding the sentences that assign: only those with 牵头, 负责 or 会同 are looked at.

Nothing is read in articles (第一条), in rules and interpretations, in questions and answers, nor before the first
number, where a notice says why and not who; and in no sentence that a page may have torn.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.prose import IN_CLAUSES
from aiwei_cli.language.signs import each_place
from aiwei_cli.language.spans import since
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.clauses.reading import Clause
from aiwei_cli.parsing.envelope import Envelope
from aiwei_cli.parsing.outline.numbers import Mark
from aiwei_cli.parsing.prose.sentences import BLANK, CLOSED, in_article, sentence_around, sentence_at
from aiwei_cli.parsing.prose.words import ProseWords, idle_words
from aiwei_cli.parsing.view import View

if TYPE_CHECKING:
    from aiwei_cli.parsing.clauses.grammar import Grammar
    from aiwei_cli.parsing.prose.division import Divisions
    from aiwei_cli.parsing.prose.names import Lists
    from aiwei_cli.parsing.prose.read import ProseDuty, SentenceReader

_IS, _WORK = pattern(r"[为是][^，,。；;、\n]*$"), 20
"""After these even 牵头单位 says who leads, with a few words between: 水利局是清淤工作牵头单位."""
_ISSUED = pattern(r"(?:[（(][^（）()]{1,12}[）)])?[》〉]?(?:的?通知)?$")
_LONGEST_ISSUED = 18
_ANSWER = pattern(r"\s*(?:[问答]|记者|主持人)[:：]")
_HEADING = 20
"""A first line up to this length without a stop is a heading."""
_TORN = 400


class Prose:
    """Duties in sentences, by ``rules/prose.yaml`` and what reads clauses."""

    def __init__(self, data: Mapping[str, Any], grammar: Grammar) -> None:
        self.data, self.grammar = data, grammar
        self.idle = idle_words(data)
        self.documents, self.minutes = tuple(data["documents"]), tuple(data["minutes"])
        self.headings: dict[str, list[str]] = {}
        """The headings of divisions by what they end in: 分工 is looked for once for five of them."""
        for word in data["headings"]:
            self.headings.setdefault(word[-2:], []).append(word)

    # Most notices say nothing in sentences: what reads them is imported and made when there is one.

    @cached_property
    def words(self) -> ProseWords:
        return ProseWords(self.data)

    @cached_property
    def lists(self) -> Lists:
        from aiwei_cli.parsing.prose.gate import Gate
        from aiwei_cli.parsing.prose.names import Lists

        splitter = self.grammar.lexer.splitter
        return Lists(Gate(self.words, splitter, self.grammar.offices), splitter)

    @cached_property
    def reader(self) -> SentenceReader:
        from aiwei_cli.parsing.prose.read import SentenceReader

        return SentenceReader(self.words, self.lists, self.grammar.lexer.words.adverbs)

    @cached_property
    def divisions(self) -> Divisions:
        from aiwei_cli.parsing.prose.division import Divisions

        return Divisions(self.words, self.lists, self.grammar.labels.role_of_mark)

    def find(self, view: View, marks: Sequence[Mark], envelope: Envelope, clauses: Sequence[Clause]) -> list[ProseDuty]:
        """What the sentences of a text assign, in order. Linear in the length of the text."""
        taken = [(each.start, each.end) for each in clauses]
        places = _places(view.text, self.idle, taken)
        headed = self._is_headed(view.text)
        if not (places or headed) or self._is_rule(envelope):
            return []
        giving = [(each.start, each.end) for each in clauses if not each.stated]  # 注：标★的为牵头单位 names nobody
        divided = self.divisions.find(view.text, marks, giving, envelope.tail) if headed else []
        if not (places or divided):
            return []
        return _SentenceFinder(self, view.text, marks, envelope, taken).read(places, divided)

    def _is_headed(self, text: str) -> bool:
        """Whether there may be the heading of a division."""
        return any(_has_heading(text, end, words) for end, words in self.headings.items())

    def _is_rule(self, envelope: Envelope) -> bool:
        """Whether the document is one in which nothing is read: 规则, 条例, 解读."""
        return any(title.endswith(self.documents) for title in _titles(envelope))

    def is_minutes(self, envelope: Envelope) -> bool:
        """Whether the document says what a meeting decided: 纪要."""
        return any(title.endswith(self.minutes) for title in _titles(envelope))


class _SentenceFinder:
    """The sentences of one text."""

    def __init__(
        self, prose: Prose, text: str, marks: Sequence[Mark], envelope: Envelope, taken: Sequence[Span]
    ) -> None:
        self.prose, self.text, self.marks, self.envelope = prose, text, marks, envelope
        self.starts = [mark.start for mark in marks]
        ends = accumulate([end for _, end in taken], max)  # a clause may be inside another: the outer one is enough
        self.taken = [span for span, end in zip(taken, ends, strict=True) if span[1] == end]
        self.begins, self.ends = [start for start, _ in self.taken], [end for _, end in self.taken]
        self.minutes = prose.is_minutes(envelope)

    def read(self, places: Sequence[int], divided: Sequence[tuple[Span, list[ProseDuty]]]) -> list[ProseDuty]:
        """What is said at some places and in the entries of divisions, in order."""
        found = [each for _, said in divided for each in said]
        done = 0
        for at in places:
            if at < done or any(start <= at < end for (start, end), _ in divided):
                continue
            limits = self._limits(at)
            if limits is None:
                continue
            low, high = limits
            start, done = sentence_around(self.text, at, max(low, done), high)
            if not self._is_torn(start, low) and not self._answers(start, low):
                sentence = sentence_at(self.text, start, done, self._clauses(start, done))
                own = self.envelope.issuer or "" if "将" in sentence.masked else ""
                masked = self._without_resolved(sentence.masked) if self.minutes else sentence.masked
                said = self.prose.reader.read(sentence.text, masked, own)
                found += [each.moved(start) for each in said]
        found.sort(key=lambda each: each.start)
        return found

    def _without_resolved(self, masked: str) -> str:
        """A sentence of minutes without 会议要求, which elsewhere tells of the past."""
        return self.prose.words.resolved.sub(lambda found: BLANK * len(found[0]), masked)

    def _limits(self, at: int) -> Span | None:
        """The words of the node around an offset; None where it is not read."""
        i = bisect_right(self.starts, at) - 1
        if at >= self.envelope.tail or self.envelope.claimed(at, at + 1) is not None:
            return None
        if i < 0:
            letter = not self.starts and self.envelope.addressees  # without numbers, only a letter to somebody
            return (0, self.envelope.tail) if letter else None
        if in_article(self.marks[i]):
            return None
        high = self.starts[i + 1] if i + 1 < len(self.starts) else self.envelope.tail
        return min(self.marks[i].end, at), high

    def _is_torn(self, start: int, low: int) -> bool:
        """Whether a page may have cut the sentence before ``start``: the line before is no heading and ends openly."""
        before = self.text[max(low, start - _TORN) : start]
        if not before.endswith("\n"):
            return False
        head = before.strip()
        open_end = bool(head) and head[-1] not in CLOSED
        return open_end and (len(head) > _HEADING or any(mark in head for mark in "\n。，；："))

    def _answers(self, start: int, low: int) -> bool:
        """Whether the paragraph is a question or an answer."""
        return _ANSWER.match(self.text, since("\n", self.text, low, start)) is not None

    def _clauses(self, start: int, end: int) -> list[Span]:
        """The clauses in a sentence."""
        return self.taken[bisect_right(self.ends, start) : bisect_left(self.begins, end)]


def _titles(envelope: Envelope) -> list[str]:
    """What the document and the plans in it are called."""
    return [_named(title) for title in (envelope.title or "", *(title for title, _ in envelope.plans))]


def _named(title: str) -> str:
    """A title without 》的通知 at its end, where it issues what it names: 关于印发《工作规则》的通知."""
    words = "".join(title.split())
    if words.endswith("通知") and "印发" not in words:
        return words
    end = _ISSUED.search(words, max(0, len(words) - _LONGEST_ISSUED))
    return words[: end.start()] if end is not None else words


def _has_heading(text: str, end: str, words: Sequence[str]) -> bool:
    """Whether one of some words that have the same end is anywhere but in a clause: 按职责分工负责."""
    at = text.find(end)
    while at >= 0:
        stop = at + len(end)
        for word in words:
            begin = stop - len(word)
            if text.endswith(word, 0, stop) and text[begin - 1 : begin] not in IN_CLAUSES:
                return True
        at = text.find(end, at + 1)
    return False


def _places(text: str, words: Mapping[str, tuple[str, ...]], taken: Sequence[Span]) -> list[int]:
    """Where the words are that begin in no clause, in order; not those that assign nothing: 负责人."""
    more = max(map(len, words), default=1) - 1
    ends = [0, *[end for _, end in taken]]
    stops = [*[start for start, _ in taken], len(text)]
    pieces = [text[start : end + more] for start, end in zip(ends, stops, strict=True)]
    outside = "\n".join(pieces)
    hits = [(at, words[word]) for word in words for at in each_place(outside, word)]
    if not hits:  # most of them are in the clauses
        return []
    starts = list(accumulate(ends, max))  # a clause may be inside another
    begins = [0, *accumulate([len(piece) + 1 for piece in pieces])]
    found = []
    for at, idle in hits:
        gap = bisect_right(begins, at) - 1
        place = ends[gap] + at - begins[gap]
        idles = text.startswith(idle, place) and _IS.search(text, max(0, place - _WORK), place) is None
        if starts[gap] <= place < stops[gap] and not idles:
            found.append(place)
    return sorted(found)
