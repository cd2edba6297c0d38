"""Tokens to a reading: a small table of states says what each token does, and each role keeps the token that gave it.

The same table reads ``A牵头，B、C配合``, where verbs come after the offices, ``牵头单位：A；责任单位：B``, where labels
come before them, and what mixes both. A label is a field with a value of its own; inside the value the same states
hold, and a verb may be missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aiwei_cli.model import Role, Span
from aiwei_cli.parsing.clause import doubt, likely
from aiwei_cli.parsing.clause.labels import COLONS, SEPARATORS, Field, Labels, Meaning
from aiwei_cli.parsing.clause.lexer import Lexer, Token, trim
from aiwei_cli.parsing.clause.reading import Assignment, By, Reading, Rule
from aiwei_cli.parsing.clause.statements import Statements
from aiwei_cli.parsing.lists import Name
from aiwei_cli.patterns import pattern

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_OPENING = "（(〔［[【"
_STOPS = ".．。"
_STOP = pattern("[；;。]")
_BETWEEN = SEPARATORS + " \t\u3000\n"
_BARE = "（没有动词）"
_MAIN = "labels.lead 主要责任"
"""主要责任单位 leads beside another field of offices; by itself it is responsible."""
_LEAD_IN = 6
"""A clause begins with its label, or with at most six characters before it: （二）责任单位：…."""


class Phrases:
    """One run of the table over the words of a clause, or over the value of one of its fields."""

    def __init__(self, draft: Draft, lexer: Lexer, field: Meaning | None) -> None:
        self.draft = draft
        self.lexer = lexer
        self.label = field.role if field is not None else None
        self.field = field
        self.state = "open"
        self.held: list[Token] = []
        """The tokens of names that wait for their verb."""
        self.first = True
        """No verb has been read yet."""
        self.verb: Token | None = None
        """The last verb."""
        self.loose: Span | None = None
        """What was not understood, from its first to its last character."""
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
        if names and not self._convincing(names, words, verb.sure):
            self._stop(held, token)
            return
        if not names and not (held and held[-1].kind == "person"):
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
        """What comes after words that were not understood."""
        self.loose = (self.loose or (token.start, 0))[0], token.end

    def rest(self, token: Token) -> None:
        """The end: offices without a verb, （财政部、税务总局）, or what follows a label. All else is left over."""
        held, self.held = self.held, []
        if not held:
            return
        start, end = trim(self.draft.words, held[0].start, held[-1].end, SEPARATORS)
        names = [name for each in held for name in each.names]
        bare = self.label is not None or len(self.draft.assignments) == self.count
        if bare and names and self._alone(names, self.draft.words[start:end]):
            self._assign(held, None)
        elif held[-1].kind != "person":
            self.loose = start, end

    # -- what the actions ask --------------------------------------------------------------------------------------

    def _stop(self, held: list[Token], token: Token) -> None:
        self.state = "lost"
        self.loose = held[0].start if held else token.start, token.end

    def _convincing(self, names: Sequence[Name], words: str, sure: bool) -> bool:
        if self.field is not None and self.label is not None:
            return likely.behind_label(names, words, self._has_verb, alone=self.field.alone)
        if any(not name.looks and self.lexer.holds_verb(name.text) for name in names):
            return False
        return likely.before_verb(names, sure=sure)

    def _alone(self, names: Sequence[Name], words: str) -> bool:
        if self.field is not None and self.label is not None:
            return likely.behind_label(names, words, self._has_verb, alone=self.field.alone)
        return likely.all_offices(names)

    def _has_verb(self, words: str) -> bool:
        return any(token.kind == "verb" for token in self.lexer.tokens(words, 0, len(words), tasks=False))

    def _before_last(self, held: list[Token], names: Sequence[Name]) -> list[Token]:
        """The tokens of the names behind a label that a verb means: A and B of 责任单位：A、B，C配合 are what the label
        says."""
        last = names[-1].group if names else 0
        early = [each._replace(names=tuple([n for n in each.names if n.group < last])) for each in held]
        self._assign([each for each in early if each.names], None)
        return [each._replace(names=tuple([n for n in each.names if n.group == last])) for each in held]

    def _assign(self, held: Sequence[Token], verb: Token | None) -> None:
        """Give the held offices their role. A会同B负责: A leads, B supports."""
        names = [each for each in held if each.kind == "names" and each.names]
        joint = next((each for each in held if each.kind == "together"), None)
        leads = joint is not None and any(each.start < joint.start for each in names)
        role, by = self._role(verb)
        for each in names:
            behind = joint is not None and each.start > joint.start
            own: Role = "support" if behind else "lead" if leads else role
            cause = By(f"together {self.draft.words[joint.start : joint.end]}", joint.start, joint.end) if joint else by
            for name in each.names:
                self.draft.assignments.append(Assignment(own, name.text, name.start, name.end, name.group, cause))
                if not name.known:
                    self.draft.unknown.append(self.draft.assignments[-1])

    def _role(self, verb: Token | None) -> tuple[Role, By]:
        """The role that a verb or the label gives, and its cause."""
        word = verb.word if verb is not None else None
        if word is not None and verb is not None and (self.label is None or word.role != "responsible"):
            return word.role, By(word.entry, verb.start, verb.end)
        if self.field is not None and self.label is not None:
            return self.label, By(self.field.entry, *self.draft.label)
        return "responsible", By(_BARE, self.start, self.start)


Action = Callable[[Phrases, Token], None]
TABLE: Mapping[tuple[str, str], tuple[str, Action]] = {
    # nothing is open: the beginning, or after a verb
    ("open", "names"): ("named", Phrases.hold),
    ("open", "person"): ("named", Phrases.hold),
    ("open", "together"): ("named", Phrases.hold),
    ("open", "verb"): ("open", Phrases.stray),
    ("open", "task"): ("open", Phrases.skip),
    ("open", "time"): ("open", Phrases.due),
    ("open", "end"): ("done", Phrases.rest),
    # names wait for their verb
    ("named", "names"): ("named", Phrases.hold),
    ("named", "person"): ("named", Phrases.hold),
    ("named", "together"): ("named", Phrases.hold),
    ("named", "verb"): ("open", Phrases.assign),
    ("named", "time"): ("named", Phrases.due),
    ("named", "task"): ("named", Phrases.skip),
    ("named", "end"): ("done", Phrases.rest),
    # verbs come first: 牵头水利局，配合住建局
    ("verb first", "verb"): ("verb first", Phrases.opens),
    ("verb first", "names"): ("verb first", Phrases.names_after),
    ("verb first", "together"): ("verb first", Phrases.skip),
    ("verb first", "end"): ("done", Phrases.skip),
    # something was not understood: what follows is left over
    ("lost", "names"): ("lost", Phrases.lose),
    ("lost", "person"): ("lost", Phrases.lose),
    ("lost", "together"): ("lost", Phrases.lose),
    ("lost", "verb"): ("lost", Phrases.lose),
    ("lost", "task"): ("lost", Phrases.lose),
    ("lost", "time"): ("lost", Phrases.lose),
    ("lost", "end"): ("done", Phrases.skip),
}
"""(state, kind of the token) → (the next state, what is done)."""


class Draft:
    """A reading in the making."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.assignments: list[Assignment] = []
        self.unknown: list[Assignment] = []
        self.deadlines: list[Span] = []
        self.rules: list[Rule] = []
        self.leftover: Span | None = None
        self.verbs: list[Token] = []
        self.label: Span = (0, 0)
        """Where the label is whose value is being read."""

    def freeze(self, *, labelled: bool = False, complete: bool = False) -> Reading:
        return Reading(
            tuple(self.assignments),
            deadlines=tuple(self.deadlines),
            rules=tuple(self.rules),
            unknown=tuple(self.unknown),
            leftover=self.leftover,
            labelled=labelled,
            complete=complete,
            bare=not labelled and not self.verbs,
        )


class Grammar:
    """Reads clauses, by ``rules/roles.yaml`` and the offices. The same words are read only once."""

    def __init__(self, data: Mapping[str, Any], offices: Offices) -> None:
        self.offices = offices
        self.lexer = Lexer(data, offices)
        self.labels = Labels(data)
        self.statements = Statements(data["document"], self.lexer.splitter)
        surnames = data["persons"]["surnames"]
        self.counted = pattern(
            rf"\d\s*[个家所户处名类座项][^\W\d_]{{0,4}}$|(?:^|[：:、，,。；\s]|村民|党员|职工)[{surnames}][^\W\d_]{{1,2}}$"
        )
        """A count or a person behind which brackets explain."""
        self.bracketed = lru_cache(maxsize=8192)(self._bracketed)
        self.fields = lru_cache(maxsize=2048)(self._fields_only)
        self.valued = lru_cache(maxsize=2048)(self._value_only)

    # -- entry points ----------------------------------------------------------------------------------------------

    def _bracketed(self, words: str) -> Reading:
        """What the words between two brackets assign; ``refused`` says why where they assign nothing."""
        draft = Draft(words)
        fields = self.labels.split(words, 0, len(words)) or self.labels.split_at_blanks(words)
        if fields and self._leads_in(draft, fields[0].start):
            self._fields(draft, fields)
            found = draft.assignments or draft.deadlines or draft.rules
            return draft.freeze(labelled=True) if found else Reading(refused="nobody")
        first = self.lexer.verbs_first(words)
        if first is not None:
            phrases = Phrases(draft, self.lexer, None)
            phrases.state = "verb first"
            phrases.run(first, 0, len(words))
            return draft.freeze()
        if self._phrases(draft, 0, len(words), None, fields):
            return draft.freeze(complete=not draft.rules and self._is_complete(draft, fields))
        rules = [rule for rule in self.statements.find(words, 0, len(words)) if rule.kind != "unread"]
        if rules:
            before = trim(words, 0, rules[0].start, SEPARATORS + _OPENING)
            unread = doubt.meant(words[slice(*before)], self) is not None
            return Reading(rules=tuple(rules), bare=True, leftover=before if unread else None)
        return self._refusal(words)

    def _leads_in(self, draft: Draft, end: int) -> bool:
        """Whether the words before the first label leave it the first: few, or a time, which is noted: 9月底完成，."""
        words = draft.words[:end]
        start, stop = trim(draft.words, 0, end, SEPARATORS)
        if start < stop < end and words[stop] in SEPARATORS and self.lexer.is_time(words[start:stop]):
            draft.deadlines.append((start, stop))
            return True
        return end <= _LEAD_IN and not any(char in SEPARATORS for char in words)

    def _fields_only(self, words: str) -> Reading | None:
        """What ``责任单位：A、B`` says, without brackets around it."""
        draft = Draft(words)
        self._fields(draft, self.labels.split(words, 0, len(words)))
        return draft.freeze(labelled=True) if draft.assignments or draft.deadlines else None

    def _value_only(self, words: str, meaning: Meaning) -> Reading | None:
        """What the value of a label without a colon says; its names must be offices."""
        draft = Draft(words)
        fields = self.labels.split(words, 0, len(words))
        end = fields[0].start if fields else len(words)
        self._field(draft, Field(meaning._replace(alone=True), 0, 0, end))
        self._fields(draft, fields)
        return draft.freeze(labelled=True) if draft.assignments or draft.deadlines else None

    def cell(self, words: str, meaning: Meaning) -> Reading:
        """What the cell of a table says below a header with this meaning; unread where no office can be made out."""
        draft = Draft(words)
        self._field(draft, Field(meaning, 0, 0, len(words)))
        found = draft.assignments or draft.deadlines
        return draft.freeze(labelled=True) if found else Reading(unread=True)

    def _refusal(self, words: str) -> Reading:
        """Why words are no clause; they may have been meant to assign, although no office could be made out."""
        tokens = self.lexer.tokens(words, 0, len(words), tasks=False)
        verb = next((token for token in tokens if token.kind == "verb"), None)
        if verb is None or verb.word is None:
            return Reading(refused="label" if any(colon in words for colon in COLONS) else "nobody")
        meant = verb.word.sure and len(words) < 200 and words[0] not in "由含如即"
        return Reading(unread=meant, refused="prose")

    # -- fields ----------------------------------------------------------------------------------------------------

    def _fields(self, draft: Draft, fields: Sequence[Field]) -> None:
        """Read ``责任单位：A、B；完成时限：…``."""
        alone = sum(each.meaning.role is not None for each in fields) == 1
        for each in fields:
            if alone and each.meaning.entry == _MAIN:
                each = each._replace(meaning=each.meaning._replace(role="responsible"))
            self._field(draft, each)

    def _field(self, draft: Draft, field: Field) -> None:
        start, end = trim(draft.words, field.value, field.end, _STOPS)
        meaning = field.meaning
        draft.label = field.start, field.value
        if meaning.kind == "deadline":
            draft.deadlines.append((start, end))
        elif meaning.kind == "division":
            self._phrases(draft, start, end, None, self.labels.split(draft.words, start, end))
        elif meaning.role is not None:
            self._phrases(draft, start, end, meaning)
        elif not meaning.entry and draft.leftover is None:
            words = draft.words[field.start : end]
            if any(doubt.labelled(words, self, inside=True)):
                draft.leftover = field.start, end

    # -- phrases ---------------------------------------------------------------------------------------------------

    def _phrases(self, draft: Draft, start: int, end: int, label: Meaning | None, fields: Sequence[Field] = ()) -> bool:
        """Read offices and verbs; behind a label the verb may be missing. False where no office is read."""
        words = draft.words
        count, times = len(draft.assignments), len(draft.deadlines)
        start, end = self._without_rules(draft, start, end)
        whole = end
        if label is not None:
            end = self._offices_end(words, start, end)
        fields = [field for field in fields if field.value <= end]
        stop = fields[0].start if fields else end
        phrases = Phrases(draft, self.lexer, label)
        phrases.run(self.lexer.tokens(words, start, stop, tasks=label is None), start, stop)
        if phrases.loose is not None and draft.assignments and draft.leftover is None:
            a, b = trim(words, *phrases.loose, SEPARATORS)
            if not self.lexer.names_person(words[a:b]):
                draft.leftover = a, b
        if end < whole and draft.leftover is None:
            draft.leftover = trim(words, end, whole, SEPARATORS)
        read = len(draft.assignments) > count
        if read:
            self._fields(draft, fields)
        else:
            del draft.deadlines[times:]
        return read

    def _offices_end(self, words: str, start: int, end: int) -> int:
        """The end of the offices behind a label: ；各镇于每年12月底前报送进展 names none."""
        for stop in reversed([match.start() for match in _STOP.finditer(words, start + 1, end)]):
            piece = words[stop + 1 : end]
            tokens = self.lexer.tokens(words, stop + 1, end, tasks=False)
            names = [name for token in tokens for name in token.names]
            verb = any(token.kind == "verb" for token in tokens)
            if verb or not likely.is_sentence(names) or self.lexer.is_time(piece):
                break
            end = stop
        return end

    def _without_rules(self, draft: Draft, start: int, end: int) -> Span:
        """The span without the rules for the document that end it; they are noted in the draft."""
        found = list(self.statements.find(draft.words, start, end))
        if not found:
            return start, end
        draft.rules += [rule for rule in found if rule.kind != "unread"]
        lost = next((rule for rule in found if rule.kind == "unread"), None)
        if lost is not None and draft.leftover is None:
            draft.leftover = lost.start, lost.end
        return trim(draft.words, start, min([end, *(rule.start for rule in found)]), SEPARATORS + _OPENING)

    def _is_complete(self, draft: Draft, fields: Sequence[Field]) -> bool:
        """Whether all words are understood: offices, verbs that always assign and perhaps a time at the end."""
        if not draft.verbs or draft.words[0] == "由":
            return False
        end = fields[0].start if fields else len(draft.words)
        last = draft.verbs[-1]
        sure = last.word is not None and last.word.sure
        return (
            sure
            and (last.end == end or draft.leftover is None)
            and all(self.offices.looks_like_office(a.name) for a in draft.assignments)
        )
