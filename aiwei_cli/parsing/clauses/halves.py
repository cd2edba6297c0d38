"""Brackets that have lost one half: their words are read where they are a whole clause, else reported.

Where the opening half is lost the sentence begins the clause: 。水利局负责）. Where the closing half is lost the line,
the next number or the next bracket ends it: （水利局负责. Only what is nothing but offices and verbs is read so, and
no half is in brackets that are a clause themselves or reaches into them: （水利局负责）财政局配合）.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from aiwei_cli.language.chars import BLANKS, CLOSING, COLONS, COMMAS, OPENING, PART_ENDS, ROUND, SEMICOLONS
from aiwei_cli.language.names import BODIES
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.signs import occurrences
from aiwei_cli.language.spans import until
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.clauses.brackets import Halves
from aiwei_cli.parsing.clauses.doubt import Doubt
from aiwei_cli.parsing.clauses.grammar import Grammar
from aiwei_cli.parsing.clauses.reading import Clause, Reading
from aiwei_cli.parsing.clauses.words import Word
from aiwei_cli.parsing.lists import outside_brackets

_LONGEST = 200
"""The longest clause in brackets that are never closed: hardly any closed one that was seen is longer."""
_SIGNS = frozenset(OPENING + CLOSING) | {""}
_BLANKS = 8
"""How far after a bracket its words may begin."""
_PAUSES = frozenset(COMMAS + SEMICOLONS)
"""A half that holds a clause begins or ends neither at these nor at other brackets."""
_MISTYPED = "〉>"
"""At the end of a line these close a bracket of any other shape."""
_PARTED = "；;"
_CLOSED = PART_ENDS + COLONS + ROUND[1] + "”…\n"
_AFTER = ("。", "；", ";", "”")
"""After these a bracket that is never closed may hold a verb that no rule knows."""
_TRIMMED = "。" + SEMICOLONS + BLANKS
_MOST_TRIMMED = 6
"""How many signs to trim may follow the longest clause."""
_NO_VERB = pattern("人|单位|部门|制(?![定订作造])")
"""After a verb these make a noun of it: 负责人, 牵头单位."""
_INNER = 3
"""How many brackets inside the words are tried as the end of a clause, which hardly has more."""
_TRIES = 4
"""How many verbs are tried as the end of what assigns."""
_LIST = 3
"""So many offices are a list too, where no more than a third is unknown."""
_LABEL = 40
"""The longest label, with the blanks in it."""
_FEWEST = 2
"""From this many offices on, and nothing else, words are a list."""


class HalfReader:
    """Reads the halves of one text; ``numbers`` are where the numbers of nodes are, ``whole`` the clauses in sound
    brackets, both in order."""

    def __init__(
        self, text: str, halves: Halves, numbers: Sequence[Span], whole: Sequence[Clause], grammar: Grammar
    ) -> None:
        self.text, self.numbers, self.grammar = text, numbers, grammar
        self.starts = [start for start, _ in numbers]
        self.whole = [(clause.start, clause.end) for clause in whole]
        self.told = [span for clause in whole for span in _told(clause)]
        self.opening = [at for at in halves.opening if text[at + 1 : at + _BLANKS].lstrip()[:1] not in _SIGNS]
        self.closing = [at for at in halves.closing if text[at - 1 : at] not in _SIGNS | _PAUSES]

    def clauses(self) -> list[Clause]:
        """The whole clauses, in order. One that opens before another ends where that one begins."""
        kept: list[Clause] = []
        stop = len(self.text)
        opening = [at for at in self.opening if self._around(at) is None]
        for at, opens in sorted([*((at, True) for at in opening), *((at, False) for at in self.closing)])[::-1]:
            found = self._unclosed(at, stop) if opens else self._unopened(at)
            if found is not None and found.end <= stop:
                kept.append(found)
                stop = found.start
        return kept[::-1]

    def doubts(self, taken: Sequence[Span]) -> Iterator[Doubt]:
        """What was meant to assign and is in none of the clauses ``taken``, which are in order."""
        for at in self.opening:
            limit = self._limit(at)
            following = bisect_right(taken, (at, len(self.text)))
            if following < len(taken):
                limit = min(limit, taken[following][0])
            end = self._assigning(at + 1, limit)
            clause = _touched(taken, at, end or limit)
            if self._around(at) is not None:  # what is around it may have read past it
                if end and not any(a < end and b > at for a, b in self.told):
                    yield Doubt(at, end, "", "")
            elif clause is not None:
                if "\n" in self.text[slice(*clause)]:  # a name may be cut where the line ends
                    yield Doubt(*clause, "", "half")
            elif end:
                yield Doubt(at, end, "", "")
            else:
                found = self.grammar.meant(self.text[at + 1 : limit]) or self._ends_in_verb(at + 1, limit)
                if found is not None and (found[1] == "labels" or self.text[at - 1 : at] in _AFTER):
                    yield Doubt(at, limit, *found)
        for at in self.closing:
            start = self._assigned_before(at)
            if start is None:
                continue
            clause = _touched(taken, start, at)
            if clause is None:
                yield Doubt(start, at + 1, "", "")
            elif "\n" in self.text[min(start, *clause) : at]:
                yield Doubt(start, at + 1, "", "half")
            elif (earlier := self._assigned_earlier(clause[0])) is not None and not _touched(taken, *earlier):
                yield Doubt(*earlier, "", "half")

    def _around(self, at: int) -> Span | None:
        """The clause in sound brackets that a half is inside of."""
        return _touched(self.whole, at, at + 1)

    # -- the closing half is lost ----------------------------------------------------------------------------------

    def _unclosed(self, at: int, stop: int) -> Clause | None:
        limit = min(self._limit(at), stop)
        if limit - at < 3 or (self._verb(at, limit) is None and self.text[limit - 1] not in _MISTYPED):
            return None
        for end in (limit, *reversed(occurrences(self.text, OPENING, at + 2, limit)[:_INNER])):
            end = at + len(self.text[at:end].rstrip(_TRIMMED))
            if not 2 < end - at < _LONGEST:
                continue
            mistyped = self.text[end - 1] in _MISTYPED
            reading = self.grammar.bracketed(self.text[at + 1 : end - mistyped])
            whole = mistyped and reading.assignments and not reading.leftover
            whole = whole and (not reading.bare or self._all_look(reading))
            if reading.complete or whole:
                return Clause(at, end, at + 1, reading)
        return None

    def _all_look(self, reading: Reading) -> bool:
        return all(self.grammar.offices.looks_like_office(each.name) for each in reading.assignments)

    def _verb(self, start: int, end: int) -> tuple[int, Word] | None:
        return self.grammar.lexer.words.first_sure(self.text, start, end)

    def _limit(self, at: int) -> int:
        """Where a clause that begins at ``at`` ends at the latest: at the end of the line, the next number or the next
        clause in sound brackets."""
        furthest = min(len(self.text), at + _LONGEST + _MOST_TRIMMED)
        line = until("\n", self.text, at, furthest)
        node = bisect_right(self.starts, at)
        following = self.starts[node] if node < len(self.starts) else furthest
        clause = bisect_right(self.whole, (at, at))
        sound = self.whole[clause][0] if clause < len(self.whole) else furthest
        return min(line, following, sound)

    def _assigning(self, start: int, limit: int) -> int:
        """Where the words that assign end: the last verb up to which all is a clause, or a list of offices; 0 where
        they do not."""
        limit = min(limit, start + _LONGEST)
        here, last = start + 2, 0
        for _ in range(_TRIES):
            verb = self._verb(here, limit)
            if verb is None:
                break
            here = verb[0] + len(verb[1].text)
            if _NO_VERB.match(self.text, here) is None and _assigns(self.grammar.bracketed(self.text[start:here])):
                last = here
        return last or limit * self._lists(start, limit)

    def _ends_in_verb(self, start: int, end: int) -> tuple[str, str] | None:
        """Whether a verb that always assigns ends the words, whoever is before it: 广州、深圳市政府分别负责."""
        words = self.text[start:end].rstrip(_TRIMMED)
        verb = self.grammar.lexer.words.last_verb(words)
        return ("", "") if verb is not None and verb.sure and words != verb.text else None

    def _lists(self, start: int, end: int) -> bool:
        """Whether words are nothing but a list of offices; of three a third may be unknown."""
        names = self.grammar.lexer.splitter.split(self.text, start, end)
        unknown = sum([not name.looks for name in names])
        return len(names) >= _FEWEST and (not unknown or _few(unknown, len(names)))

    # -- the opening half is lost ----------------------------------------------------------------------------------

    def _unopened(self, at: int) -> Clause | None:
        start = self._sentence(at)
        words = self.text[start:at]
        if len(words) >= _LONGEST or "\n" in words:  # perhaps a page has cut the first name
            return None
        reading = self.grammar.bracketed(words)
        if not reading.complete or not self.grammar.offices.known(reading.assignments[0].name):
            return None  # 宣传活动住建局 looks like an office: the task has no stop
        return Clause(start, at + 1, start, reading)

    def _sentence(self, at: int) -> int:
        """Where the sentence begins that ends at ``at``: after the clause and the number before it. A line end counts
        where a stop or a number says so."""
        text, low = self.text, max(0, at - _LONGEST)
        low = max(low, self.closing[bisect_left(self.closing, at) - 1] + 1) if at > self.closing[0] else low
        for spans in (self.whole, self.numbers):
            before = bisect_left(spans, (at, at)) - 1
            low = max(low, min(spans[before][1], at)) if before >= 0 else low
        start = max([low, *(text.rfind(stop, low, at) + 1 for stop in PART_ENDS)])
        for line in reversed(occurrences(text, "\n", start, at)):
            following = bisect_right(self.starts, line)
            numbered = following < len(self.starts) and not text[line : self.starts[following]].strip()
            ended = text[max(0, line - _LABEL) : line].rstrip(" \t\u3000\r")
            label = ended[-1:] in COLONS and self.grammar.labels.known_inside(ended[:-1].rstrip())
            name = ended[-1:] in CLOSING and text[line:at].lstrip().startswith(BODIES)  # 各县（市） / 政府
            if numbered or (ended[-1:] in _CLOSED and not (label or name)):
                start = line
                break
        return at - len(text[start:at].lstrip())

    def _assigned_before(self, at: int) -> int | None:
        """Where the words begin that assign and end at a half, perhaps with a rule or ； and more after them; None
        where they do not."""
        start = self._sentence(at)
        found = self._assigned_from(start, at)
        earlier = self._assigned_earlier(start, at) if found is None else None
        return earlier[0] if earlier is not None else found

    def _assigned_earlier(self, start: int, end: int | None = None) -> Span | None:
        """The words that assign before a sentence or a clause that begins at ``start``, parted from it by ；, or by 。
        where it is a rule for the document up to ``end``."""
        for _ in range(_TRIES):
            stop = len(self.text[max(0, start - _LONGEST) : start].rstrip()) + max(0, start - _LONGEST) - 1
            if stop < 0 or not (
                self.text[stop] in _PARTED
                or (end and self.text[stop] == "。" and self.grammar.statements.directly(self.text, start, end))
            ):
                return None
            start, end = self._sentence(stop), None
            if (found := self._assigned_from(start, stop)) is not None:
                return found, stop
        return None

    def _assigned_from(self, start: int, at: int) -> int | None:
        """Where the words begin that end in a verb, a list of offices or after a label; None where they do not."""
        grammar = self.grammar
        for colon in occurrences(self.text, COLONS, start, at):
            if grammar.labels.known_inside("".join(self.text[max(start, colon - _LABEL) : colon].split())):
                return start
        words = self.text[start:at]
        timed = occurrences(words, "，,；;")[-1:]  # perhaps a time after the verb
        phrases = (words, *(words[:end] for end in timed))
        for phrase in phrases:
            verb = grammar.lexer.words.last_verb(phrase)
            if verb is not None and verb.sure and phrase != verb.text:
                return start + self._first_office(phrase)
        squeezed = "".join(words.split()) if "\n" in words else ""  # a line may cut the verb: 负 / 责
        verb = grammar.lexer.words.last_verb(squeezed)
        cut = verb is not None and verb.sure and not words.endswith(verb.text)
        return start if cut or any(self._lists(start, start + len(phrase)) for phrase in phrases) else None

    def _first_office(self, words: str) -> int:
        """Where the offices begin of a phrase that a verb ends."""
        pieces = outside_brackets(words)
        first = pieces.pop()[0]
        while pieces and self.grammar.offices.looks_like_office(words[slice(*pieces[-1][:2])].strip()):
            first = pieces.pop()[0]
        return first + len(words[first:]) - len(words[first:].lstrip())


def _assigns(reading: Reading) -> bool:
    """Whether words are a clause, or a list with a verb in which most names are offices."""
    given = reading.assignments
    return reading.complete or (_few(len(reading.unknown), len(given)) and not reading.bare)


def _few(unknown: int, names: int) -> bool:
    """Whether so many unknown names leave words a list."""
    return names >= _LIST and 3 * unknown <= names


def _told(clause: Clause) -> Iterator[Span]:
    """What a clause says: its offices, and what in it is reported as not read."""
    left = clause.reading.leftover
    for start, end in [*((each.start, each.end) for each in clause.reading.assignments), *([left] if left else [])]:
        yield clause.base + start, clause.base + end


def _touched(taken: Sequence[Span], start: int, end: int) -> Span | None:
    """The clause that shares a character with a span."""
    at = bisect_left(taken, (start, start))
    if at < len(taken) and taken[at][0] < end:
        return taken[at]
    return taken[at - 1] if at and taken[at - 1][1] > start else None
