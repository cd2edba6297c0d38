"""Persons: after labels (责任领导：张三), after offices (市住建局（李四、王五）), in columns of tables.

A person has no duty. Telephone numbers, posts beside a name and what else is said of him stay in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aiwei_cli.language.chars import BLANKS, CLOSING, COLONS, COMMAS, OPENING, ROUND
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.signs import all_occurrences
from aiwei_cli.parsing.people import FoundPerson, People

if TYPE_CHECKING:
    from aiwei_cli.parsing.clauses.reading import Assignment, Clause
    from aiwei_cli.parsing.lists import Splitter
    from aiwei_cli.parsing.tables import TextTable

_EXTRA = 6
"""The most letters before the word: 县级责任领导."""
_VALUE = 200
"""The longest run of names and numbers after a label."""
_GAP = 60
_SIGNS = frozenset("、，；。）")
"""What directly follows one of these is no person of the office before it."""
_MEMO = 8192
_STOPS = "\n。；;"
_NEXT = pattern(rf"[，,、\s][^\W\d_]{{2,10}}[ \u3000]*[{COLONS}]")
_AND = ("及", "和", "与", "、", "（", "(", "/")
_APART = pattern(f"[^{COMMAS}{''.join(ROUND)}{BLANKS}]+")
_BRACKETS = pattern(r"[（(]([^）)]*)[）)]")


class Persons:
    """Finds persons, by ``fields.person`` and ``persons`` of ``rules/roles.yaml``."""

    def __init__(self, roles: Mapping[str, Any], splitter: Splitter) -> None:
        self.people: People = splitter.people
        words = {*roles["fields"]["person"], *roles["labels"]["persons"]}
        self._words = tuple(sorted(words, key=len, reverse=True))
        self._tails = tuple(roles["persons"]["label_tails"])
        verbs = sorted((verb for group in roles["verbs"].values() for verb in group), key=len, reverse=True)
        self._verbs: dict[str, list[str]] = {}
        for verb in verbs:
            self._verbs.setdefault(verb[-1], []).append(verb)
        self._lasts = frozenset([word[-1] for word in (*words, *self._tails)] + list("）)"))
        self._behind = lru_cache(maxsize=_MEMO)(self._between)
        """Most offices have 、 or 负责 after them: the same words are read only once."""

    def find(self, text: str, clauses: Sequence[Clause], tables: Sequence[TextTable]) -> list[FoundPerson]:
        """All persons of a text, in order."""
        found = {each.start: each for each in self._labelled(text)}
        for each in self._cells(text, tables):
            found.setdefault(each.start, each)
        for each in self._behind_offices(text, clauses):
            found.setdefault(each.start, each)
        return sorted(found.values(), key=lambda each: each.start)

    def label(self, words: str) -> tuple[str, bool] | None:
        """The role in a label of persons, and whether offices come before them: 责任单位及责任人."""
        bare = words.strip("（()）")
        for tail in self._tails:
            bare = bare.removesuffix(tail)
        word = next((word for word in self._words if bare.endswith(word)), None)
        if word is None:
            return None
        before = bare[: -len(word)]
        if before.endswith(_AND):
            return word, True
        return (bare, False) if len(before) <= _EXTRA else None

    def _labelled(self, text: str) -> Iterator[FoundPerson]:
        for colon in all_occurrences(text, COLONS):
            end = colon
            while text[end - 1 : end].isspace() and text[end - 1] != "\n":
                end -= 1
            if text[end - 1 : end] not in self._lasts:
                continue
            start = _letters(text, end)
            if text[end - 1] in "）)":  # 责任单位（责任人）
                start = _letters(text, end - 1)
                start = _letters(text, start - 1) if text.endswith(("（", "("), 0, start) else start
            found = self.label(text[start:end])
            if found is not None:
                role, mixed = found
                stop = self._value_end(text, colon + 1)
                if not mixed:
                    yield from self._named(text, role, colon + 1, stop)
                else:
                    yield from self._beside_offices(text, role, colon + 1, stop)

    @staticmethod
    def _value_end(text: str, start: int) -> int:
        """The end of a label's value: its sentence, the bracket around it, or the next label."""
        depth = 0
        end = min(len(text), start + _VALUE)
        for at in range(start, end):
            char = text[at]
            if char in OPENING:
                depth += 1
            elif char in CLOSING:
                depth -= 1
                if depth < 0:
                    end = at
                    break
            elif char in _STOPS:
                end = at
                break
        other = _NEXT.search(text, start, end)
        return other.start() if other is not None else end

    def _named(self, text: str, role: str, start: int, end: int) -> Iterator[FoundPerson]:
        for name in self.people.named(text, start, end, trusted=True):
            yield FoundPerson(role, name.text, name.start, name.end)

    def _beside_offices(self, text: str, role: str, start: int, end: int) -> Iterator[FoundPerson]:
        """市住建局 张三、市财政局（李四）: a strict name anywhere."""
        for words in _APART.finditer(text, start, end):
            for name in self.people.named(text, *words.span(), trusted=False):
                yield FoundPerson(role, name.text, name.start, name.end)

    def _cells(self, text: str, tables: Sequence[TextTable]) -> Iterator[FoundPerson]:
        for table in tables:
            for row in table.rows:
                for title, (start, end) in zip(table.persons, row.cells, strict=False):
                    role, *_ = self.label(title) or (title,)
                    if role:
                        yield from self._named(text, role, start, end)

    def _behind_offices(self, text: str, clauses: Sequence[Clause]) -> Iterator[FoundPerson]:
        for clause in clauses:
            reading, base = clause.reading, clause.base
            if not reading.assignments:
                continue
            words = text[base : clause.end]
            persons = reading.persons.get(words)
            if persons is None:
                persons = reading.persons[words] = self._in_clause(words, reading.assignments)
            for found in persons:
                yield found._replace(start=base + found.start, end=base + found.end)

    def _in_clause(self, words: str, offices: Sequence[Assignment]) -> tuple[FoundPerson, ...]:
        """The persons right after the offices of a clause."""
        stops = [*(office.start for office in offices[1:]), len(words)]
        return tuple(
            [
                found._replace(start=office.end + found.start, end=office.end + found.end)
                for office, stop in zip(offices, stops, strict=True)
                if office.end < stop and words[office.end] not in _SIGNS
                for found in self._behind(words[office.end : min(stop, office.end + _GAP)])
            ]
        )

    def _between(self, text: str) -> tuple[FoundPerson, ...]:
        """The names in brackets or after a blank in the words between one office and what follows."""
        start, end = 0, len(text)
        while start < end and text[start] in " \t\u3000":
            start += 1
        if start < end and text[start] in "（(":
            inside = _BRACKETS.match(text, start)
            if inside is None or not self.people.are_full_names(inside[1]):
                return ()
            start, end = inside.span(1)
        elif start == end or not text[start].isalpha():
            return ()
        else:
            end = self._before_verb(text, start, end)
            if start == end:  # 负责
                return ()
        return tuple([FoundPerson("", *name[:3]) for name in self.people.named(text, start, end, trusted=False)])

    def _before_verb(self, text: str, start: int, end: int) -> int:
        """The end of the letters at ``start``, without the verb that they end in: 张三负责."""
        stop = next((at for at in range(start, end) if not text[at].isalpha()), end)
        ends = self._verbs.get(text[stop - 1], ())
        verb = next((verb for verb in ends if text.endswith(verb, start, stop)), "")
        return stop - len(verb) if verb else end


def _letters(text: str, end: int) -> int:
    """Where the letters before ``end`` begin."""
    while text[end - 1 : end].isalpha():
        end -= 1
    return end
