"""A clause as tokens: names, verbs, adverbs, 会同, times, persons and prose, each cut once and looked up once.

A clause is cut at its separators. What is closed in it is how a phrase ends, so each piece is read from its end: a
verb, adverbs before it, and before those the names, which run on over 、 and ， until a verb or a label ends them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aiwei_cli.language import dates
from aiwei_cli.language.chars import COLONS
from aiwei_cli.language.names import ROOMS, UNITS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.sentences import EVERY
from aiwei_cli.language.signs import occurrences
from aiwei_cli.language.spans import trim
from aiwei_cli.parsing.clauses.name_lists import NameLists
from aiwei_cli.parsing.clauses.reading import NO_VERB
from aiwei_cli.parsing.clauses.strangers import Strangers, doubtful
from aiwei_cli.parsing.clauses.task_phrases import BREAKS, LONGEST_TASK, STOPS, TaskPhrase, TaskPhrases, are_offices
from aiwei_cli.parsing.clauses.tokens import Token
from aiwei_cli.parsing.clauses.words import ClauseWords, Word
from aiwei_cli.parsing.lists import Name, Piece, Splitter, cut, end_of, outside_brackets
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_TAIL = pattern(rf"(?:责任)?(?:{'|'.join(UNITS)})(?:\s*[{COLONS}])?")
"""What makes a label of a verb: 牵头单位 水利局."""
_TIME = pattern(r"[于在应须要]{0,2}(?P<time>\d|[年月]底)")


class Timed(NamedTuple):
    """A phrase that a time ends: where its offices and verb end, where the time begins, and the verb."""

    at: int
    time: int
    verb: Word


_DONE = Word("", "responsible", NO_VERB, False)
"""An office with a time of its own does the work: 水利局12月底前完成."""


class Lexer:
    """Cuts clauses by ``rules/roles.yaml`` and the offices."""

    def __init__(self, data: Mapping[str, Any], offices: Offices) -> None:
        self.words = ClauseWords(data)
        self.splitter = Splitter(data, offices)
        self.organs = offices.ends.organs
        self.strangers = Strangers(data, self.words, offices)
        self._known, self._signs = offices.known, offices.ends.signs
        self._lasts = offices.ends.any
        self.lists = NameLists(self.words, self.splitter, offices)
        self.tasks = TaskPhrases(self.words, self.splitter, self.lists, offices)
        self.look = offices.look
        self._titles = tuple(data["persons"]["titles"])
        self._no_first, self._no_whole = tuple(data["no_office"]["first"]), frozenset(data["no_office"]["whole"])
        self._timed = tuple(data["fields"]["deadline"])
        self._standing = pattern("|".join(f"(?:{entry['pattern']})" for entry in data["standing"]))

    def tokens(self, words: str, start: int, end: int, *, tasks: bool = False) -> list[Token]:
        """The tokens of ``words[start:end]``, in order; the last one is the end.

        ``tasks`` says whether a phrase may go on after its verb; after a label it may not.
        """
        pieces = outside_brackets(words, start, end)
        return _LexerPass(self, words, pieces, self.tasks.find(words, start, end) if tasks else {}, end).read()

    def verbs_first(self, words: str, start: int, end: int) -> list[Token] | None:
        """The tokens of ``牵头水利局，配合住建局``, where every phrase begins with a verb that always assigns."""
        if self.words.sure_at(words, start, end) is None:
            return None
        found: list[Token] = []
        here = start
        for group, stop in enumerate([*occurrences(words, BREAKS, start, end), end]):
            verb = self.words.sure_at(words, here, stop)
            if verb is not None:
                after = here + len(verb.text)
                tail = _TAIL.match(words, after, stop)
                after = tail.end() if tail is not None else after
                names = self.lists.listed(words, outside_brackets(words, after, stop, group))
                if not names or not are_offices(names):
                    return None
                found += [Token("verb", here, after, word=verb), *names]
            elif self.is_time(words[here:stop]):
                found.append(Token("time", *trim(words, here, stop)))
            else:
                return None
            here = stop + 1
        return [*found, Token("end", end, end)]

    def is_time(self, words: str) -> bool:
        """Whether words are nothing but a time: 6月底前完成, 长期坚持."""
        words = words.strip()
        return self._standing.search(words) is not None or dates.is_time(words)

    def time_at(self, words: str, start: int, end: int) -> int | None:
        """Where the time begins that ``words[start:end]`` are, perhaps after a bare label: 完成时限4月底前."""
        if words[end - 1] in self.organs and words[start] != EVERY:
            return None
        piece = words[start:end]
        if self.is_time(piece):
            return start
        bare = "".join(piece.split())  # a page may set figures apart, or cut the label
        if not bare.startswith(self._timed):
            return None
        label = max((label for label in self._timed if bare.startswith(label)), key=len)
        return start + end_of(piece, len(label)) if self.is_time(bare[len(label) :]) else None

    def time_behind(self, words: str, start: int, end: int) -> Timed | None:
        """The time right after a known office or a verb: 水利局于12月底前完成, 水利局负责12月底前完成."""
        match = _TIME.search(words, start + 2, end)
        if match is None or not self.is_time(words[match.start("time") : end]):
            return None
        at, time = match.start(), match.start("time")
        verb = self.words.verb_at_end(words, start, at)
        if verb is not None:
            return Timed(at, time, verb) if verb.sure and at - start > len(verb.text) else None
        return Timed(at, time, _DONE) if self._known(words[start:at].rstrip()) else None

    def is_dateless(self, words: str, token: Token) -> bool:
        """Whether a time names no date: 长期坚持."""
        return not dates.is_time(words[token.start : token.end].strip())

    def holds_verb(self, name: str) -> bool:
        """Whether a verb that always assigns is inside a name, and a task after it: then it is a phrase and no name.

        牵头单位 is a name, and 市教委负责 before 负责 one with a word too much.
        """
        found = self.words.first_sure(name, 1, len(name))
        after = found[0] + len(found[1].text) if found is not None else len(name)
        return len(name) - after > LONGEST_TASK and not name.startswith(UNITS, after)

    def is_no_office(self, name: str) -> bool:
        """Whether words are only in the place of an office: 见附件, 备注, 同上."""
        return name.startswith(self._no_first) or name in self._no_whole

    def is_name(self, words: str, start: int, end: int, verb: Word) -> bool:
        """Whether a phrase is an office whose name ends like a verb: 政协办, but not 水利局协办."""
        if verb.text[-1] not in self._signs:
            return False
        return self._known(words[start:end]) and not self._known(words[start : end - len(verb.text)])

    def is_stage(self, words: str, start: int, end: int, verb: Word) -> bool:
        """Whether a phrase is a time and what is done by then, 6月底前完成并滚动实施, and no office is in it."""
        at = end - len(verb.text)
        named = at == start or words[at - 1] in self._lasts
        return words[start].isdigit() and not named and self.is_time(words[start:end])

    def names_person(self, words: str) -> bool:
        return words.endswith(self._titles)

    def run_together(self, words: str, pieces: list[Piece]) -> tuple[int, Word] | None:
        """The verb between the two lists of ``水利局牵头住建局配合``: known offices are on both its sides."""
        start, end = pieces[0][0], pieces[-1][1]
        here = start + 2
        while (verb := self.words.first_sure(words, here, end)) is not None:
            at, after = verb[0], verb[0] + len(verb[1].text)
            if not words.startswith(ROOMS, after):
                before, behind = cut(pieces, at, after)
                first, second = self.splitter.names(words, before), self.splitter.names(words, behind)
                if first and second and first[-1].known and second[0].known:
                    return verb
            here = after
        return None


class _LexerPass:
    """One pass over the pieces of a clause."""

    def __init__(self, lexer: Lexer, words: str, pieces: list[Piece], tasks: dict[int, TaskPhrase], end: int) -> None:
        self.lexer = lexer
        self.words = words
        self.pieces = pieces
        self.tasks = tasks
        self.end = end
        self.open: list[Piece] = []
        """The pieces of the list that no verb has ended yet."""
        self.found: list[Token] = []

    def read(self) -> list[Token]:
        words, lexer, found = self.words, self.lexer, self.found
        timed = "前" in words
        after = 0
        for a, b, group in self.pieces:
            start, end = trim(words, a, b, STOPS)
            if start >= end or start < after:
                continue
            task = self.tasks.get(start) if not self.open and self.tasks else None
            if task is not None:
                verb_end = task.verb_start + len(task.verb.text)
                names = tuple([name._replace(group=name.group + group) for name in task.names])
                found += [
                    Token("names", start, task.verb_start, names),
                    Token("verb", task.verb_start, verb_end, word=task.verb),
                    Token("time" if lexer.is_time(words[verb_end : task.end]) else "task", verb_end, task.end),
                ]
                after = task.end
                continue
            verb = lexer.words.verb_at_end(words, start, end)
            if verb is not None and (lexer.is_name(words, start, end, verb) or lexer.is_stage(words, start, end, verb)):
                verb = None
            if verb is not None:
                self._phrase(start, end, group, verb)
            elif (time := lexer.time_at(words, start, end)) is not None:
                self._close()
                found.append(Token("time", time, end))
            elif timed and (behind := lexer.time_behind(words, start, end)) is not None:
                self._phrase(start, behind.at, group, behind.verb)
                found.append(Token("time", behind.time, end))
            else:
                self.open.append((start, end, group))
        self._close()
        found.append(Token("end", self.end, self.end))
        return found

    def _phrase(self, start: int, end: int, group: int, verb: Word) -> None:
        """A phrase that a verb ends, with what is open before it."""
        words, lexer = self.words, self.lexer
        at = end - len(verb.text)
        stop = at
        while stop > start and words[stop - 1].isspace():
            stop -= 1
        stop = lexer.words.adverbs.begin(words, start, stop)
        if stop > start:
            self.open.append((start, stop, group))
        if self.open:
            inner = lexer.run_together(words, self.open)
            if inner is not None:
                inner_end = inner[0] + len(inner[1].text)
                self.open, rest = cut(self.open, inner[0], inner_end)
                self._close()
                self.found.append(Token("verb", inner[0], inner_end, word=inner[1]))
                self.open = rest
        before = len(self.found)
        self._close()
        strange = len(self.found) > before and self.found[-1].kind == "stranger"  # 水利局查处落实
        self.found.insert(len(self.found) - strange, Token("verb", at, end, word=verb))

    def _close(self) -> None:
        """The tokens of the open list."""
        if not self.open:
            return
        pieces, self.open = self.open, []
        found = self.lexer.lists.listed(self.words, pieces)
        for token in found:
            if token.kind == "names":
                self._add(token)
            else:
                self.found.append(token)
        if not found:
            start, end = pieces[0][0], pieces[-1][1]
            person = self.lexer.names_person(self.words[start:end].rstrip())
            self.found.append(Token("person" if person else "names", start, end))

    def _add(self, token: Token) -> None:
        """The token of a list, cut where a name holds words that no rule knows: 水利局包干."""
        find = self.lexer.strangers.cut
        cuts = [find(name.text) if doubtful(name) else None for name in token.names]
        if not any(cuts):
            self.found.append(token)
            return
        here = token.start
        names: list[Name] = []
        for name, found in zip(token.names, cuts, strict=True):
            if found is None:
                names.append(name)
                continue
            office, at = self._part(name, found.start, found.end), self._part(name, *found.unknown)
            if found.start < found.end:
                looks, known = self.lexer.look(office.text)
                names.append(office._replace(looks=looks, known=known))
            if at.start < at.end:
                if names:
                    self.found.append(Token("names", here, names[-1].end, tuple(names)))
                self.found.append(Token("stranger", min(at.start, office.start), max(at.end, office.end)))
                here, names = at.end, []
        if names:
            self.found.append(Token("names", here, token.end, tuple(names)))

    def _part(self, name: Name, start: int, end: int) -> Name:
        """A part of a name, by the letters of its text."""
        words = self.words[name.start : name.end]
        first = name.start + end_of(words, start + 1) - 1 if start < end else name.end
        last = name.start + end_of(words, end) if start < end else first
        return Name(name.text[start:end], first, last, name.group, False, False)
