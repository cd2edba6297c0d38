"""Phrases that go on after their verb and say what their offices do: 卫健委牵头医疗废物规范处置."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aiwei_cli.language.chars import PAUSE, PERIODS, SEPARATORS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.sentences import BY, NO_TASK
from aiwei_cli.language.signs import occurrences
from aiwei_cli.language.spans import trim
from aiwei_cli.offices import Offices
from aiwei_cli.parsing.clauses.likely import all_offices
from aiwei_cli.parsing.clauses.name_lists import NameLists
from aiwei_cli.parsing.clauses.tokens import Token
from aiwei_cli.parsing.clauses.words import ClauseWords, Word
from aiwei_cli.parsing.lists import Name, Splitter
from aiwei_cli.records import NamedTuple

STOPS = SEPARATORS + PERIODS
"""What may be after a verb that ends a phrase."""
BREAKS = "，,；;"
"""What parts the phrases of a clause."""
LONGEST_TASK = 30
"""The longest task after a verb: 卫健委牵头医疗废物规范处置. What is longer is prose."""
_NO_TASK = pattern(NO_TASK)


class TaskPhrase(NamedTuple):
    """A phrase that says what its offices do."""

    names: tuple[Name, ...]
    verb: Word
    verb_start: int
    end: int


class TaskPhrases:
    """Finds them by the words of ``rules/roles.yaml`` and the offices."""

    def __init__(self, words: ClauseWords, splitter: Splitter, lists: NameLists, offices: Offices) -> None:
        self.words, self.splitter, self.lists = words, splitter, lists
        self._known, self._lasts = offices.known, tuple(offices.ends.any)

    def find(self, words: str, start: int, end: int) -> dict[int, TaskPhrase]:
        """The phrases that say what their offices do, 卫健委牵头医疗废物规范处置, by where they begin.

        One by itself is prose; several, or one beside other phrases, assign.
        """
        if not occurrences(words, BREAKS, start, end):
            return {}
        stops = occurrences(words, BREAKS + "。", start, end)
        found: dict[int, TaskPhrase] = {}
        phrases = 0
        for here, stop, verb in self._phrases(words, start, [*stops, end]):
            here, stop = trim(words, here, stop)
            last = self._verb(words, here, stop)
            if verb is None and last is None:
                verb = self._behind_office(words, here, stop)
            phrases += verb is not None or last is not None
            if verb is not None and self._is_task(words, *verb, stop):
                names = self.lists.phrase(words, here, verb[0])
                if len(names) == 1 and are_offices(names):
                    found[here] = TaskPhrase(names[0].names, verb[1], verb[0], stop)
        return found if phrases > 1 else {}

    def _phrases(
        self, words: str, here: int, stops: Iterable[int]
    ) -> Iterator[tuple[int, int, tuple[int, Word] | None]]:
        """What is between commas, with its first verb; other offices after 、 begin anew.

        发改委牵头规划编制、水利局配合 are two, so are 财政局保障资金、教育局 before ，民政局配合.
        """
        for stop in stops:
            first = verb = self.words.first_sure(words, here, stop)
            while verb is not None:
                after = verb[0] + len(verb[1].text)
                if not occurrences(words, PAUSE, after, stop):
                    break
                verb = self.words.first_sure(words, after, stop) or self._verb(words, after, stop)
                sign = self._last_list(words, after, stop if verb is None else verb[0])
                if sign is not None:
                    yield here, sign, first
                    here = sign + 1
                    first = self.words.first_sure(words, here, stop)
            yield here, stop, first
            here = stop + 1

    def _last_list(self, words: str, start: int, end: int) -> int | None:
        """The first 、 from which on there are only offices up to the end; None where the last piece is no office."""
        found = None
        for sign in reversed(occurrences(words, PAUSE, start, end)):
            if not self._all_known(words, sign + 1, end):
                break
            found = end = sign
        return found

    def _all_known(self, words: str, start: int, end: int) -> bool:
        """Whether words are offices that a rule knows, perhaps with an adverb after them: 由水利局会同交通局具体."""
        end = self.words.adverbs.begin(words, start, end)
        piece = words[start:end].strip().removeprefix(BY)
        piece = self.words.together.sub(PAUSE, piece)
        names = self.splitter.split(piece)
        return bool(names) and all(name.known for name in names)

    def _behind_office(self, words: str, start: int, end: int) -> tuple[int, Word] | None:
        """Any verb right after an office that a rule knows, 市财政局落实资金, where the phrase ends like no office."""
        if words.endswith(self._lasts, start, end):
            return None
        for at in reversed(range(start, end)):
            verb = self.words.verb_at(words, at, end)
            if verb is not None and self._known(words[start:at]):
                return at, verb
        return None

    def _is_task(self, words: str, at: int, verb: Word, end: int) -> bool:
        """Whether a task comes between a verb and the end of its phrase."""
        after = at + len(verb.text)
        last = self._verb(words, at, end)
        if (last is not None and last[0] == at) or not 1 < end - after <= LONGEST_TASK:
            return False
        return _NO_TASK.search(words, after, end) is None

    def _verb(self, words: str, start: int, end: int) -> tuple[int, Word] | None:
        """The verb that ends a phrase, and where it begins."""
        _, end = trim(words, start, end, STOPS)
        word = self.words.verb_at_end(words, start, end)
        return None if word is None else (end - len(word.text), word)


def are_offices(tokens: Sequence[Token]) -> bool:
    """Whether all names of some tokens are offices."""
    return all_offices([name for token in tokens for name in token.names])
