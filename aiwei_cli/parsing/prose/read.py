"""Reading one sentence: who leads, who is responsible, who supports.

The verbs are taken from left to right; each looks for its offices, and what it has read the next one does not look at
again. The first verb said of an office gives its role.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.prose import (
    ATTRIBUTE,
    BY,
    DAILY,
    DATED,
    EXPLAINS,
    FOUNDS,
    IS_LEAD,
    IS_SUPPORT,
    OF_A_NAME,
    SHARE,
    SHARED,
    TOWARDS,
    WILL,
)
from aiwei_cli.notice.model import Role, Span
from aiwei_cli.parsing.clauses.words import Adverbs
from aiwei_cli.parsing.lists import Name
from aiwei_cli.parsing.prose.names import Listed, Lists
from aiwei_cli.parsing.prose.phrases import SentencePhrases
from aiwei_cli.parsing.prose.sentences import Sentence
from aiwei_cli.parsing.prose.words import ProseWords
from aiwei_cli.records import NamedTuple

_THEN = ("，", ",")
_IS_LEAD, _IS_SUPPORT, _ATTRIBUTE, _FOUNDS = map(pattern, (IS_LEAD, IS_SUPPORT, ATTRIBUTE, FOUNDS))
_DATED, _OF_A_NAME = pattern(DATED), pattern(OF_A_NAME)


class ProseDuty(NamedTuple):
    """One office in one role, as a sentence says it."""

    role: Role
    name: str
    start: int
    end: int
    group: int
    """Which run of 、 the name is in."""
    tier: int
    """1: 牵头 and what goes with it; 2: a list of a division of labour; 3: 负责 and 会同."""
    entry: str
    """The list of ``rules/prose.yaml`` and the word: ``lead 牵头``."""
    word: Span

    def moved(self, by: int) -> ProseDuty:
        """The same ``by`` characters further on."""
        word = self.word[0] + by, self.word[1] + by
        return self._replace(start=self.start + by, end=self.end + by, word=word)


class SentenceReader:
    """Reads sentences by ``rules/prose.yaml``. The same words are read only once."""

    def __init__(self, words: ProseWords, lists: Lists, adverbs: Adverbs) -> None:
        self.words, self.lists, self.adverbs = words, lists, adverbs
        self.read = lru_cache(maxsize=4096)(self._read)

    def _read(self, words: str, masked: str, issuer: str) -> tuple[ProseDuty, ...]:
        """What a sentence assigns, but not what ``issuer`` says that it will do. Offsets are of the words."""
        if self.words.past.search(masked) is not None or self.words.penalty.search(masked) is not None:
            return ()
        if BY not in masked and _DATED.match(masked) is not None:
            return ()
        return tuple(_SentencePass(self, Sentence(words, masked), issuer).run())


class _SentencePass:
    """One sentence, from left to right."""

    def __init__(self, reader: SentenceReader, sentence: Sentence, issuer: str) -> None:
        self.words, self.lists = reader.words, reader.lists
        self.sentence, self.masked, self.issuer = sentence, sentence.masked, issuer
        self.phrases = SentencePhrases(sentence, reader.words, reader.lists, reader.adverbs)
        self.said: list[ProseDuty] = []
        self.names: set[str] = set()
        self.groups = 0

    def run(self) -> list[ProseDuty]:
        for is_lead in _IS_LEAD.finditer(self.masked):
            self._add("lead", self.phrases.subject(is_lead.start()), 1, "lead", is_lead.span("word"))
        for is_support in _IS_SUPPORT.finditer(self.masked) if self.said else ():
            self._add("support", self.phrases.subject(is_support.start()), 1, "support", is_support.span("word"))
        for match in self.words.verb.finditer(self.masked):
            if match.start() >= self.phrases.here:
                _VERBS[match.lastgroup](self, match.start(), match.end())
        return self.said

    def lead(self, start: int, end: int) -> None:
        if _ATTRIBUTE.match(self.masked, end) is not None and not self._is_mechanism(start, end):
            return
        if not self._add("lead", self.phrases.subject(start, "leads"), 1, "lead", (start, end)):
            return
        self.phrases.here = end
        gathers = self.words.gathers.match(self.masked, end)
        if gathers is not None:  # 牵头组织各部门
            self._take(self.lists.behind(self.sentence, gathers.end()), 1, "gathering", gathers.span("word"))

    def responsible(self, start: int, end: int) -> None:
        masked, low = self.masked, self.phrases.low(start)
        before = masked[low:start]
        if _OF_A_NAME.match(masked, end) is not None or EXPLAINS in before or DAILY in before:
            return
        slogan = TOWARDS in before or (before.endswith(SHARE) and not before.endswith(SHARED))
        if slogan and not masked[end : self.phrases.high(end)].strip():  # 对…负责, 分工负责
            return
        names = self.phrases.subject(start) or self.phrases.appositive(start)
        if self._add("responsible", names, 3, "responsible", (start, end)):
            self.phrases.here = end

    def support(self, start: int, end: int) -> None:
        if self.said and self._add(
            "support", self.phrases.subject(start, "leads"), self.said[0].tier, "support", (start, end)
        ):
            self.phrases.here = end

    def together(self, start: int, end: int) -> None:
        found = self.lists.behind(self.sentence, end)
        if found is None or EXPLAINS in self.masked[found.end : self.phrases.high(found.end)]:
            return
        names = self.phrases.subject(start)
        goes_on = not names and self.phrases.goes_on(start)
        if goes_on and not self.said:
            names = self.phrases.opening()
        if names and all(self._is_own(name, start) for name in names):
            return
        if names or (goes_on and self.said):
            tier = 3 if names else self.said[0].tier
            self._add("lead", names, 3, "together", (start, end))
            self._take(found, tier, "together", (start, end))

    def allied(self, start: int, end: int) -> None:
        if self.phrases.low(start) == start:
            self.gathering(start, end)
            return
        found = self.lists.behind(self.sentence, end, "known")
        if found is not None and self._add("lead", self.phrases.subject(start, "known"), 3, "allied", (start, end)):
            self._take(found, 3, "allied", (start, end))

    def gathering(self, start: int, end: int) -> None:
        """由A牵头，组织各部门开展…."""
        if self.said and self.said[-1].tier == 1 and self.masked[:start].endswith(_THEN):
            self._take(self.lists.behind(self.sentence, end), 1, "gathering", (start, end))

    def _is_mechanism(self, start: int, end: int) -> bool:
        """建立由A牵头，B参加的工作机制."""
        founds = _FOUNDS.search(self.masked, 0, start) is not None
        return founds and self.words.mechanism.search(self.masked, end) is not None

    def _take(self, found: Listed | None, tier: int, key: str, word: Span) -> None:
        if found is not None:
            self._add("support", found.names, tier, key, word)
            self.phrases.here = max(self.phrases.here, found.end)

    def _add(self, role: Role, names: tuple[Name, ...], tier: int, key: str, word: Span) -> bool:
        """Note the role of some names; False where there are none."""
        start, end = word
        entry = f"{key} {self.sentence.text[start:end]}"
        for name in names:
            if name.text not in self.names and not self._is_own(name, start):
                self.names.add(name.text)
                group = self.groups + name.group
                self.said.append(ProseDuty(role, name.text, name.start, name.end, group, tier, entry, word))
        self.groups += len(names)
        return bool(names)

    def _is_own(self, name: Name, at: int) -> bool:
        """Whether the issuer says what it will do itself."""
        return self.issuer != "" and name.text in self.issuer and WILL in self.masked[name.end : at]


_VERBS: dict[str | None, Callable[[_SentencePass, int, int], None]] = {
    "lead": _SentencePass.lead,
    "responsible": _SentencePass.responsible,
    "support": _SentencePass.support,
    "together": _SentencePass.together,
    "allied": _SentencePass.allied,
    "gathering": _SentencePass.gathering,
}
