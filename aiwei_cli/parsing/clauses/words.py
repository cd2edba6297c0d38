"""The words of ``rules/roles.yaml`` that end a phrase, as tables that are asked from the end of a phrase.

A clause is a list of names in an open vocabulary; what is closed is how a phrase ends: a verb, and adverbs before it.
So words are looked up by their last character, longest first: 负责牵头 before 牵头.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aiwei_cli.language.names import COLLECTIVE, OF_A_VERB
from aiwei_cli.language.patterns import either, pattern
from aiwei_cli.language.sentences import CONSULTS, NO_TASKS, NO_VERB
from aiwei_cli.notice.model import Role, Span
from aiwei_cli.records import NamedTuple

_NO_VERB = pattern(NO_VERB)


class Word(NamedTuple):
    """A word of the rules and where it is written there."""

    text: str
    role: Role
    entry: str
    """``verbs.lead 牵头``."""
    sure: bool
    """It makes a clause by itself."""


class ClauseWords:
    """The verbs, the adverbs and the words that join two offices."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        sure = tuple(data["sure"])
        self._lengths: dict[str, list[int]] = {}
        """How long the verbs are that end in a letter, the longest first."""
        by_text: dict[str, Word] = {}
        for role, verbs in data["verbs"].items():
            for text in verbs:
                by_text[text] = Word(text, role, f"verbs.{role} {text}", any(word in text for word in sure))
        for length, last in sorted({(len(text), text[-1]) for text in by_text}, reverse=True):
            self._lengths.setdefault(last, []).append(length)
        self._any_sure = pattern(either([text for text in sure if text in by_text]))
        self._verbs, self._texts, self._all = by_text, tuple(by_text), tuple(by_text.values())
        self._firsts = frozenset([text[0] for text in by_text])
        self.together = pattern(either(data["together"]))
        self.joined = pattern(either([*data["together"], *data["organised"], CONSULTS]))
        """Without one of these a phrase has one list of names."""
        self.organised = pattern(f"(?:{either(data['organised'])})(?={either(COLLECTIVE[:3])})")
        """组织 in A组织各镇."""
        self.adverbs = Adverbs(data["adverbs"])
        self._no_tails = (*data["explains"]["procedure"], *NO_TASKS)

    def verb_at_end(self, words: str, start: int, end: int) -> Word | None:
        """The longest verb that ends at ``end``."""
        if end <= start:
            return None
        for length in self._lengths.get(words[end - 1], ()):
            word = self._verbs.get(words[end - length : end]) if end - length >= start else None
            if word is not None:
                return word
        return None

    def last_verb(self, words: str) -> Word | None:
        """The longest verb that ends the words."""
        return self.verb_at_end(words, 0, len(words))

    def starts_with_verb(self, words: str) -> bool:
        """Whether words begin with any verb."""
        return words.startswith(self._texts)

    def like_verb(self, words: str) -> bool:
        """Whether words may be a verb that no rule has: 包干, 负责到底, but not 负责人, 负责制定方案, 抓落实办公室."""
        verb = self.verb_at(words, 0, len(words))
        rest = words[len(verb.text) :] if verb is not None else words
        if not words.isalpha() or _NO_VERB.search(rest) is not None:
            return False
        return verb is None or (rest != "" and not rest.startswith(self._no_tails) and not rest.endswith(OF_A_VERB))

    def sure_at(self, words: str, start: int, end: int) -> Word | None:
        """The verb that always assigns and begins at ``start``."""
        match = self._any_sure.match(words, start, end)
        return None if match is None else self._verbs[match[0]]

    def verb_at(self, words: str, start: int, end: int) -> Word | None:
        """The longest verb that begins at ``start``."""
        if words[start : start + 1] not in self._firsts:
            return None
        found = [word for word in self._all if words.startswith(word.text, start, end)]
        return max(found, key=lambda word: len(word.text), default=None)

    def first_sure(self, words: str, start: int, end: int) -> tuple[int, Word] | None:
        """The first verb that always assigns, and where it begins."""
        match = self._any_sure.search(words, start, end)
        return None if match is None else (match.start(), self._verbs[match[0]])

    def first_together(self, words: str, start: int, end: int) -> Span | None:
        """Where the first word that joins two offices begins and ends."""
        match = self.together.search(words, start, end)
        return None if match is None else match.span()


class Adverbs:
    """The adverbs before a verb: words (分别), the shape 按…职责…, and users' own patterns."""

    def __init__(self, entries: Iterable[Any]) -> None:
        self._words: dict[str, list[str]] = {}
        self._shapes: list[Mapping[str, tuple[str, ...]]] = []
        self._lasts: set[str] = set()
        """What an adverb of the words and shapes ends in."""
        self._patterns = []
        for entry in entries:
            for text in entry.get("words", ()):
                self._words.setdefault(text[-1], []).append(text)
            if "pattern" in entry:
                self._patterns.append(pattern(rf"(?:{entry['pattern']})$"))
            if "first" in entry:
                shape = {key: tuple(entry[key]) for key in ("first", "inside", "last", "more")}
                self._shapes.append({**shape, "ends": (*shape["last"], *shape["more"])})
                self._lasts.update([text[-1] for text in self._shapes[-1]["ends"]])
        self._lasts.update(self._words)

    def begin(self, words: str, start: int = 0, end: int | None = None) -> int:
        """Where the adverbs that end at ``end`` begin; ``end`` where there are none.

        Every way to cut them is followed, each place once: 按职责分工协作 is 按职责 and 分工协作.
        """
        end = len(words) if end is None else end
        if words[end - 1 : end] not in self._lasts and not self._patterns:
            return end
        todo, seen = [end], {end}
        while todo:
            here = todo.pop()
            for place in self._before(words, start, here):
                if place not in seen:
                    seen.add(place)
                    todo.append(place)
        return min(seen)

    def behind(self, words: str, start: int) -> int:
        """Where the adverbs that begin at ``start`` end; ``start`` where there are none."""
        return next((end for end in range(len(words), start, -1) if self.begin(words, start, end) == start), start)

    def cut(self, words: str) -> str:
        """The words without the adverbs at their end."""
        return words[: self.begin(words)]

    def _before(self, words: str, start: int, end: int) -> list[int]:
        """The places at which one adverb that ends at ``end`` may begin."""
        alike = self._words.get(words[end - 1 : end], ())
        found = [end - len(text) for text in alike if words.endswith(text, start, end)]
        for shape in self._shapes:
            if not words.endswith(shape["ends"], start, end):
                continue
            places = (
                _closure(words, start, [end], shape["more"]) if words.endswith(shape["more"], start, end) else [end]
            )
            places = _closure(words, start, _strip(words, start, places, shape["last"]), shape["inside"])
            found += _strip(words, start, places, shape["first"])
        for form in self._patterns:
            found += [match.start() for match in form.finditer(words, start, end)]
        return found


def _strip(words: str, start: int, places: Iterable[int], texts: tuple[str, ...]) -> list[int]:
    """The places before one of ``texts`` that ends at one of ``places``."""
    return [
        p - len(text)
        for p in places
        if words.endswith(texts, start, p)
        for text in texts
        if words.endswith(text, start, p)
    ]


def _closure(words: str, start: int, places: list[int], texts: tuple[str, ...]) -> list[int]:
    """``places`` and those before any number of ``texts``."""
    seen = list(places)
    for place in seen:
        seen += [p for p in _strip(words, start, [place], texts) if p not in seen]
    return seen
