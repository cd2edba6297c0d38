"""Tokens to a reading: a small table of states says what each token does, and each role keeps the token that gave it.

The same table reads ``A牵头，B、C配合``, where verbs come after the offices, ``牵头单位：A；责任单位：B``, where labels
come before them, and what mixes both. A label is a field that has a value; inside the value the same states
hold, and a verb may be missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from aiwei_cli.language.chars import BLANKS, SEPARATORS
from aiwei_cli.language.names import EACH
from aiwei_cli.language.places import GOVERNMENTS, SIGNS
from aiwei_cli.language.spans import trim
from aiwei_cli.notice.model import Role, Span
from aiwei_cli.parsing.clauses import likely
from aiwei_cli.parsing.clauses.lexer import Lexer
from aiwei_cli.parsing.clauses.meanings import Meaning
from aiwei_cli.parsing.clauses.reading import NO_VERB, Assignment, By, DocumentRule, Reading
from aiwei_cli.parsing.clauses.tokens import Token
from aiwei_cli.parsing.clauses.words import Word
from aiwei_cli.parsing.lists import Name

_BLANKS = frozenset(BLANKS)
_BETWEEN = SEPARATORS + BLANKS + "\n"


class Phrases:
    """One run of the table over the words of a clause, or over the value of one of its fields."""

    def __init__(self, draft: Draft, lexer: Lexer, field: Meaning | None) -> None:
        self.draft = draft
        self.lexer = lexer
        self.label = field
        """The label whose value the words are; it has a role."""
        self.state = "open"
        self.held: list[Token] = []
        """The tokens of names that wait for their verb."""
        self.first = True
        """No verb has been read yet."""
        self.verb: Token | None = None
        """The last verb."""
        self.loose: Span | None = None
        """What was not understood, from its first to its last character."""
        self.guessing = True
        """All words were known so far: offices without a verb may be a clause."""
        self.count = len(draft.assignments)

    def run(self, tokens: Sequence[Token], start: int, end: int) -> None:
        """Follow the table to the end of the tokens; ``start`` and ``end`` are the words they are of."""
        self.start, self.end = start, end
        for token in tokens:
            self.state, action = TABLE[self.state, token.kind]
            action(self, token)

    # -- actions ---------------------------------------------------------------------------------------------------

    def hold(self, token: Token) -> None:
        self.held.append(token)

    def skip(self, token: Token) -> None:
        """A word that is understood and says nothing of offices."""

    def due(self, token: Token) -> None:
        """A time. One without a date goes on with the one before it: 10月底前完成，持续推进."""
        words, deadlines = self.draft.words, self.draft.deadlines
        start = token.start
        if deadlines and not words[deadlines[-1][1] : start].strip(_BETWEEN) and self.lexer.is_dateless(words, token):
            start = deadlines.pop()[0]
        deadlines.append((start, token.end))

    def opens(self, token: Token) -> None:
        """A verb before its offices, 牵头水利局: it waits for them."""
        self.verb = token
        self.draft.verbs.append(token)

    def names_after(self, token: Token) -> None:
        if self.verb is not None:
            self._assign([token], self.verb)

    def assign(self, token: Token) -> None:
        """A verb after its offices."""
        held, self.held = self.held, []
        names = [name for each in held for name in each.names]
        words = self.draft.words[held[0].start : token.start] if held else ""
        verb = token.word
        assert verb is not None  # every verb has its entry
        person = bool(held) and held[-1].kind == "person"
        if not (self._likely(names, words, verb) if names else person):
            self._stop(held, token)
            return
        if self.label is not None and self.first:
            held = self._before_last(held, names)
        self._assign(held, token)
        self.draft.verbs.append(token)
        self.first = False

    def stray(self, token: Token) -> None:
        """A verb with nobody before it."""
        self._stop([], token)

    def lose(self, token: Token) -> None:
        """What comes with words that were not understood; a stranger comes after the verb that follows it."""
        self.loose = _around(self.loose, token.start, token.end)

    def strange(self, token: Token) -> None:
        """A word that no rule knows after offices: after a label they are the label's, else nobody knows."""
        held, self.held = self.held, []
        names = [name for each in held for name in each.names]
        given = self.label is not None and bool(names)
        if given and self._likely(names, self.draft.words[held[0].start : held[-1].end], None):
            self._assign(held, None)
        self.unknown(token if self.label is not None or not held else token._replace(start=held[0].start))

    def unknown(self, token: Token) -> None:
        """A word that no rule knows, where it says nothing of the names before it."""
        self.guessing = False
        if self.draft.leftover is None:
            self.draft.leftover = token.start, token.end

    def rest(self, token: Token) -> None:
        """The end: offices without a verb, （财政部、税务总局）, or what follows a label. All else is left over."""
        held, self.held = self.held, []
        if not held:
            return
        start, end = trim(self.draft.words, held[0].start, held[-1].end, SEPARATORS)
        names = [name for each in held for name in each.names]
        bare = self.label is not None or (self.guessing and len(self.draft.assignments) == self.count)
        if bare and names and self._likely(names, self.draft.words[start:end], None):
            self._assign(held, None)
        elif held[-1].kind != "person":
            self.loose = start, end

    # -- what the actions ask --------------------------------------------------------------------------------------

    def _stop(self, held: list[Token], token: Token) -> None:
        self.state = "lost"
        self.loose = held[0].start if held else token.start, token.end

    def _likely(self, names: Sequence[Name], words: str, verb: Word | None) -> bool:
        """Whether names are offices and not prose; ``verb`` is what comes after them, if any does."""
        if self.label is not None and self.guessing:
            return likely.behind_label(names, words, self._has_verb, alone=self.label.alone)
        if self.label is not None or verb is None:
            return likely.all_offices(names)
        if any(map(self.lexer.holds_verb, [name.text for name in names])):
            return False
        return likely.before_verb(names, sure=verb.sure)

    def _has_verb(self, words: str) -> bool:
        return any(token.kind == "verb" for token in self.lexer.tokens(words, 0, len(words)))

    def _before_last(self, held: list[Token], names: Sequence[Name]) -> list[Token]:
        """The tokens of the names after a label that a verb means: A and B of 责任单位：A、B，C配合 are what the label
        says."""
        last = {name.group for name in names[-1:]}
        early = [each._replace(names=tuple([n for n in each.names if n.group not in last])) for each in held]
        self._assign([each for each in early if each.names], None)
        return [each._replace(names=tuple([n for n in each.names if n.group in last])) for each in held]

    def _assign(self, held: Sequence[Token], verb: Token | None) -> None:
        """Give the held offices their role. A会同B负责: A leads, B supports."""
        role, by = self._role(verb)
        joint = next((each for each in held if each.kind == "together"), None)
        if joint is not None:
            role, by = "lead", By(f"together {self.draft.words[joint.start : joint.end]}", joint.start, joint.end)
        for each in held:
            if each is joint:
                role = "support"
            for name in each.names:
                if self.lexer.is_no_office(name.text):
                    self.draft.leave(name.start, name.end)
                    continue
                self.draft.assignments.append(Assignment(role, name.text, name.start, name.end, name.group, by))
                if not name.known:
                    self.draft.unknown.append(self.draft.assignments[-1])
            if self.draft.leftover is None and not self.draft.unbroken:
                self._parted(each.names)

    def _parted(self, names: Sequence[Name]) -> None:
        """Names that a blank parts in a list with other signs may be one, 市科委 某管委会: they are reported."""
        gaps = [self.draft.words[a.end : b.start] for a, b in pairwise(names)]
        blanks = [i for i, gap in enumerate(gaps) if gap.isspace() and "\n" not in gap]
        for i in blanks:
            first, second = names[i], names[i + 1]
            mixed = len(blanks) < len(gaps) or first.text.endswith(GOVERNMENTS)
            two = second.text[0] in SIGNS or second.text.startswith(EACH)
            if mixed and not two and self.lexer.splitter.offices.split_run(first.text + second.text) is None:
                self.draft.leftover = first.start, second.end
                return

    def _role(self, verb: Token | None) -> tuple[Role, By]:
        """The role that a verb or the label gives, and its cause."""
        word = verb.word if verb is not None else None
        if word is not None and verb is not None and (self.label is None or word.role != "responsible"):
            return word.role, By(word.entry, verb.start, verb.end)
        if self.label is not None:
            assert self.label.role
            return self.label.role, By(self.label.entry, *self.draft.label)
        return "responsible", By(NO_VERB, self.start, self.start)


Action = Callable[[Phrases, Token], None]
TABLE: Mapping[tuple[str, str], tuple[str, Action]] = {
    # nothing is open: the beginning, or after a verb
    ("open", "names"): ("named", Phrases.hold),
    ("open", "person"): ("named", Phrases.hold),
    ("open", "together"): ("named", Phrases.hold),
    ("open", "verb"): ("open", Phrases.stray),
    ("open", "task"): ("open", Phrases.skip),
    ("open", "time"): ("open", Phrases.due),
    ("open", "stranger"): ("open", Phrases.unknown),
    ("open", "end"): ("done", Phrases.rest),
    # names wait for their verb
    ("named", "names"): ("named", Phrases.hold),
    ("named", "person"): ("named", Phrases.hold),
    ("named", "together"): ("named", Phrases.hold),
    ("named", "verb"): ("open", Phrases.assign),
    ("named", "time"): ("named", Phrases.due),
    ("named", "task"): ("named", Phrases.skip),
    ("named", "stranger"): ("open", Phrases.strange),
    ("named", "end"): ("done", Phrases.rest),
    # verbs come first: 牵头水利局，配合住建局
    ("verb first", "verb"): ("verb first", Phrases.opens),
    ("verb first", "names"): ("verb first", Phrases.names_after),
    ("verb first", "together"): ("verb first", Phrases.skip),
    ("verb first", "time"): ("verb first", Phrases.due),
    ("verb first", "stranger"): ("verb first", Phrases.unknown),
    ("verb first", "end"): ("done", Phrases.skip),
    # something was not understood: what follows is left over
    ("lost", "names"): ("lost", Phrases.lose),
    ("lost", "person"): ("lost", Phrases.lose),
    ("lost", "together"): ("lost", Phrases.lose),
    ("lost", "verb"): ("lost", Phrases.lose),
    ("lost", "task"): ("lost", Phrases.lose),
    ("lost", "time"): ("lost", Phrases.lose),
    ("lost", "stranger"): ("lost", Phrases.lose),
    ("lost", "end"): ("done", Phrases.skip),
}
"""(state, kind of the token) → (the next state, what is done)."""


class Draft:
    """A reading in the making."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.unbroken = _BLANKS.isdisjoint(words)
        self.assignments: list[Assignment] = []
        self.unknown: list[Assignment] = []
        self.deadlines: list[Span] = []
        self.rules: list[DocumentRule] = []
        self.leftover: Span | None = None
        self.verbs: list[Token] = []
        self.points = False
        """Words that point to elsewhere are in the place of an office: 责任单位：见附件."""
        self.label: Span
        """Where the label is whose value is being read."""

    def leave(self, start: int, end: int) -> None:
        """Words in the place of an office that are not one; of several, all from first to last are reported."""
        self.leftover = _around(self.leftover, start, end)
        self.points = True

    def take(self, reading: Reading, start: int) -> None:
        """What a part of the words says that was read by itself, and which begins at ``start``."""
        self.assignments += [each.moved(start) for each in reading.assignments]
        self.unknown += [each.moved(start) for each in reading.unknown]
        self.deadlines += [(a + start, b + start) for a, b in reading.deadlines]

    def has(self, start: int, end: int) -> bool:
        """Whether an office of the draft is in a span."""
        return any(each.start in range(start, end) for each in self.assignments)

    def freeze(self, *, complete: bool | None = None) -> Reading:
        """The reading; ``complete`` is said of words that do not begin with a label."""
        labelled = complete is None
        return Reading(
            tuple(self.assignments),
            deadlines=tuple(self.deadlines),
            rules=tuple(self.rules),
            unknown=tuple(self.unknown),
            leftover=self.leftover,
            labelled=labelled,
            complete=bool(complete),
            bare=not labelled and not self.verbs,
        )


def _around(span: Span | None, start: int, end: int) -> Span:
    """The span that holds another, if there is one, and what is from ``start`` to ``end``."""
    return (start, end) if span is None else (min(start, span[0]), max(end, span[1]))
