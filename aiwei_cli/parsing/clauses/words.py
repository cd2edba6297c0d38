"""The words of ``rules/roles.yaml`` that end a phrase, as tables that are asked from the end of a phrase.

A clause is a list of names in an open vocabulary; what is closed is how a phrase ends: a verb, and adverbs before it.
So words are looked up by their last character, longest first: 负责牵头 before 牵头.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.sentences import NO_TASKS, NO_VERB
from aiwei_cli.notice.model import Role
from aiwei_cli.records import NamedTuple

_NO_VERB = pattern(NO_VERB)
_LONGEST = 40
"""The adverbs of a phrase together are no longer: 按照各自工作职责和分工分别具体 has 15."""


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
        self._verbs: dict[str, list[Word]] = {}
        by_text: dict[str, Word] = {}
        for role, verbs in data["verbs"].items():
            for text in verbs:
                by_text[text] = Word(text, role, f"verbs.{role} {text}", any(word in text for word in sure))
        for word in sorted(by_text.values(), key=lambda word: -len(word.text)):
            self._verbs.setdefault(word.text[-1], []).append(word)
        self.sure = tuple(by_text[text] for text in sorted(sure, key=len, reverse=True) if text in by_text)
        self._texts, self._all = tuple(by_text), tuple(by_text.values())
        self._firsts = frozenset([text[0] for text in by_text])
        self.together = tuple(sorted(data["together"], key=len, reverse=True))
        self.organised = tuple(sorted(data["organised"], key=len, reverse=True))
        self.adverbs = Adverbs(data["adverbs"])
        self._no_tails = (*data["explains"]["procedure"], *NO_TASKS)

    def verb_at_end(self, words: str, start: int, end: int) -> Word | None:
        """The longest verb that ends at ``end``."""
        if end <= start:
            return None
        for word in self._verbs.get(words[end - 1], ()):
            if words.endswith(word.text, start, end):
                return word
        return None

    def starts_with_verb(self, words: str) -> bool:
        """Whether words begin with any verb."""
        return words.startswith(self._texts)

    def like_verb(self, words: str) -> bool:
        """Whether words may be a verb that no rule has: 包干, 负责到底, but not 负责人, 负责制定方案."""
        verb = self.verb_at(words, 0, len(words))
        rest = words[len(verb.text) :] if verb is not None else words
        if not words.isalpha() or _NO_VERB.search(rest) is not None:
            return False
        return verb is None or (rest != "" and not rest.startswith(self._no_tails))

    def sure_at(self, words: str, start: int, end: int) -> Word | None:
        """The verb that always assigns and begins at ``start``."""
        for word in self.sure:
            if words.startswith(word.text, start, end):
                return word
        return None

    def verb_at(self, words: str, start: int, end: int) -> Word | None:
        """The longest verb that begins at ``start``."""
        if words[start : start + 1] not in self._firsts:
            return None
        found = [word for word in self._all if words.startswith(word.text, start, end)]
        return max(found, key=lambda word: len(word.text), default=None)

    def first_sure(self, words: str, start: int, end: int) -> tuple[int, Word] | None:
        """The first verb that always assigns, and where it begins."""
        found = None
        for word in self.sure:
            at = words.find(word.text, start, end if found is None else found[0])
            if at >= 0:
                found = at, word
        return found

    @staticmethod
    def first_of(texts: Iterable[str], words: str, start: int, end: int) -> tuple[int, int] | None:
        """Where the first of some words begins and ends; of two at one place the longer."""
        found = None
        for text in texts:
            at = words.find(text, start, end)
            if at >= 0 and (found is None or at < found[0]):
                found = at, at + len(text)
        return found


class Adverbs:
    """The adverbs before a verb: words (分别), the shape 按…职责…, and users' own patterns."""

    def __init__(self, entries: Iterable[Any]) -> None:
        self._words: dict[str, list[str]] = {}
        self._shapes: list[Mapping[str, tuple[str, ...]]] = []
        self._patterns = []
        for entry in entries:
            for text in entry.get("words", ()):
                self._words.setdefault(text[-1], []).append(text)
            if "pattern" in entry:
                self._patterns.append(pattern(rf"(?:{entry['pattern']})$"))
            if "first" in entry:
                shape = {key: tuple(entry[key]) for key in ("first", "inside", "last", "more")}
                self._shapes.append({**shape, "ends": (*shape["last"], *shape["more"])})

    def begin(self, words: str, start: int, end: int) -> int:
        """Where the adverbs that end at ``end`` begin; ``end`` where there are none.

        Every way to cut them is followed, each place once: 按职责分工协作 is 按职责 and 分工协作.
        """
        start = max(start, end - _LONGEST)
        todo, seen = [end], {end}
        while todo:
            here = todo.pop()
            for place in self._before(words, start, here):
                if place not in seen:
                    seen.add(place)
                    todo.append(place)
        return min(seen)

    def _before(self, words: str, start: int, end: int) -> list[int]:
        """The places at which one adverb that ends at ``end`` may begin."""
        if end <= start:
            return []
        found = [end - len(text) for text in self._words.get(words[end - 1], ()) if words.endswith(text, start, end)]
        for shape in self._shapes:
            if not words.endswith(shape["ends"], start, end):
                continue
            places = (
                _closure(words, start, [end], shape["more"]) if words.endswith(shape["more"], start, end) else [end]
            )
            places = _closure(words, start, _strip(words, start, places, shape["last"]), shape["inside"])
            found += _strip(words, start, places, shape["first"])
        for form in self._patterns:
            match = form.search(words, start, end)
            if match is not None and match.start() < end:
                found.append(match.start())
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
