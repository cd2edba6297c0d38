"""What is before a verb in its sentence: the phrase, 由, the offices, and the adverbs between."""

from __future__ import annotations

from aiwei_cli.language.chars import COLONS, COMMA, SEMICOLONS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.prose import BY, IS, MUST, NAME_GOES_ON, OF, TOGETHER
from aiwei_cli.language.spans import since, trim, until
from aiwei_cli.parsing.clauses.words import Adverbs
from aiwei_cli.parsing.lists import Name
from aiwei_cli.parsing.prose.gate import Mode
from aiwei_cli.parsing.prose.names import Lists
from aiwei_cli.parsing.prose.sentences import BLANK, Sentence
from aiwei_cli.parsing.prose.words import ProseWords

_COMMAS = COMMA + COLONS + SEMICOLONS
_BLANKS = "、—和"
_ON = " 　并要应及时"
_IS = pattern(IS)
_NAME_GOES_ON = NAME_GOES_ON + BLANK


class SentencePhrases:
    """The phrases of one sentence."""

    def __init__(self, sentence: Sentence, words: ProseWords, lists: Lists, adverbs: Adverbs) -> None:
        self.text, self.masked = sentence.text, sentence.masked
        self.words, self.lists, self.adverbs = words, lists, adverbs
        self.here = 0
        """Up to here the words are read."""

    def low(self, at: int) -> int:
        """Where the phrase begins that ends at ``at``."""
        return max(since(mark, self.masked, self.here, at) for mark in _COMMAS)

    def high(self, at: int) -> int:
        """Where the phrase ends that begins at ``at``."""
        return min(until(mark, self.masked, at, len(self.masked)) for mark in _COMMAS)

    def subject(self, at: int, mode: Mode = "gated") -> tuple[Name, ...]:
        """The offices right before a verb: after 由, or from the beginning of the phrase."""
        masked = self.masked
        start = self._behind_by(self.low(at), at)
        if start is not None:
            guided = self.words.guided.match(masked, start, at)  # 由教育局指导、各校负责
            return self._names(guided.end() if guided is not None else start, at, mode)
        start = self.low(at)
        start, _ = trim(masked, start, at, _BLANKS)
        names = self._names(start, at, mode)
        opening = self.words.openings.match(masked, start, at) if not names else None
        return self._names(opening.end(), at, mode) if opening is not None else names

    def _names(self, start: int, at: int, mode: Mode) -> tuple[Name, ...]:
        stop = self._before_adverbs(start, at)
        if stop is None:
            return ()
        names = self.lists.before(self.text, start, stop, mode, loose=True)
        if names:
            return names
        if not self.masked.startswith(self.words.relative, start):
            return ()
        _, of, last = self.masked[start:stop].rpartition(OF)
        return self.lists.before(self.text, stop - len(last), stop) if of else ()

    def _behind_by(self, low: int, at: int) -> int | None:
        """The offset after the last 由 of a phrase."""
        here = self.masked.rfind(BY, low, at)
        while here >= 0:
            words = self.words.not_by.finditer(self.masked, here - 2, here + 2)
            if not any(word.end() > here for word in words):  # 理由由水利局 has one before
                return here + 1
            here = self.masked.rfind(BY, low, here)
        return None

    def _before_adverbs(self, start: int, at: int) -> int | None:
        """Where the names end: before 要, 按职责分工, 分别. None where the words exhort: 密切配合."""
        masked = self.masked
        stop = at
        while True:
            _, stop = trim(masked, start, stop)
            word = next((word for word in self.words.between if masked.endswith(word, start, stop)), None)
            begin = stop - len(word) if word else self.adverbs.begin(masked, start, stop)
            if begin == stop:
                break
            stop = begin
        exhorts = any(word in masked[stop:at] for word in self.words.exhorting)
        return None if exhorts and not masked.startswith(TOGETHER, stop) else stop

    def appositive(self, start: int) -> tuple[Name, ...]:
        """A of A是第一责任单位，负责…, before a verb at ``start`` that has no subject of its own."""
        low = self.low(start)
        if self.masked[low:start].strip() not in MUST:
            return ()
        end = len(self.masked[:low].rstrip(_COMMAS))
        before = self.low(end)
        match = _IS.search(self.masked, before, end)
        return self.lists.before(self.text, before, match.start()) if match is not None else ()

    def goes_on(self, start: int) -> bool:
        """Whether a verb goes on with the subject of the sentence: ，会同财政局…."""
        return not self.masked[self.low(start) : start].strip(_ON)

    def opening(self) -> tuple[Name, ...]:
        """The office that opens the sentence."""
        match = self.words.openings.match(self.masked)
        start, _ = trim(self.text, match.end() if match is not None else 0, len(self.text))
        end = self.lists.first(self.text, start, len(self.text))
        if end is None or self.masked[end : end + 1] in _NAME_GOES_ON:
            return ()
        return self.lists.before(self.text, start, end)
