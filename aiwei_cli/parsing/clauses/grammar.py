"""Reading a clause: its labels, its phrases, and what makes the words no clause. The same words are read only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aiwei_cli.language.chars import BLANKS, CLOSING, COLONS, OPENING, SEPARATORS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.sentences import ASKS, BY
from aiwei_cli.language.signs import occurrences
from aiwei_cli.language.spans import trim
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.clauses import beside, doubt, likely
from aiwei_cli.parsing.clauses.counted import Counted
from aiwei_cli.parsing.clauses.explaining import Explaining
from aiwei_cli.parsing.clauses.labels import Labels
from aiwei_cli.parsing.clauses.lexer import Lexer
from aiwei_cli.parsing.clauses.meanings import PERSON, Field, Meaning
from aiwei_cli.parsing.clauses.one_reading import MAIN, one_reading
from aiwei_cli.parsing.clauses.reading import Reading
from aiwei_cli.parsing.clauses.statements import UNSEEN, Statements
from aiwei_cli.parsing.clauses.table import Draft, Phrases

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_STOPS = ".．。"
_OPENS = tuple(OPENING)
_STOP = pattern("[；;。]")
_MARKS = frozenset(OPENING + BLANKS)
"""Without one of these a clause has neither brackets in it nor blanks for the colons of its labels."""
_BOUND = 3
"""After adverbs of three letters any verb was meant to assign: 各附属单位按职责落实."""
_LEAD_IN = 6
"""A clause begins with its label, or has at most six characters before it: （二）责任单位：…."""


class Grammar:
    """Reads clauses, by ``rules/roles.yaml`` and the offices. The same words are read only once."""

    def __init__(self, data: Mapping[str, Any], offices: Offices) -> None:
        self.offices = offices
        self.lexer = Lexer(data, offices)
        self.labels = Labels(data, offices.ends, self.lists)
        self.explaining = Explaining(data["explains"])
        self.statements = Statements(data["document"], self.lexer.splitter)
        self.asked = tuple(data["persons"]["asked"])
        """Labels of persons that only say whom to ask."""
        self.counted = Counted(data["persons"]["surnames"], data["explains"]["counted"], offices.ends)
        self.bracketed = lru_cache(maxsize=8192)(self._bracketed)
        self.fields = lru_cache(maxsize=2048)(self._fields_only)
        self.valued = lru_cache(maxsize=2048)(self._value_only)
        self.meant = lru_cache(maxsize=2048)(self._meant)
        self.hints = lru_cache(maxsize=4096)(self._hints)
        self.one_reading = lru_cache(maxsize=4096)(one_reading)

    def lists(self, words: str) -> bool:
        """Whether words are nothing but offices, and verbs after them."""
        names = self.lexer.splitter.split(words)
        return bool(names) and all(doubt.begins_with_office(name, self) for name in names)

    # -- entry points ----------------------------------------------------------------------------------------------

    def _bracketed(self, words: str) -> Reading:
        """What the words between two brackets assign; ``refused`` says why where they assign nothing."""
        marked = not _MARKS.isdisjoint(words)
        words = self._unnested(words) if marked else words
        draft = Draft(words)
        fields = self.labels.split(words)
        if not fields and marked:
            fields = self.labels.split_at_blanks(words)
        if fields and self._leads_in(draft, fields[0].start):
            self._fields(draft, fields)
            found = draft.assignments or draft.deadlines or draft.rules
            if found:
                return draft.freeze()
            return Reading(unread=draft.points or self._unread(words, fields), refused="nobody")
        if self._verbs_first(draft, 0, len(words)):
            return draft.freeze(complete=True)
        if self._phrases(draft, 0, len(words), None, fields):
            return draft.freeze(complete=not draft.rules and self._is_complete(draft, fields))
        if fields and fields[0].meaning.role is not None and self.lists(words[fields[0].value : fields[0].end]):
            self._fields(draft, fields)  # 清淤率达95%责任单位：水利局
            return draft.freeze()
        rules = [rule for rule in self.statements.find(words) if rule.kind != "unread"]
        if rules:
            before = trim(words, 0, rules[0].start, SEPARATORS + OPENING)
            unread = self._meant(words[slice(*before)]) is not None
            unseen = next(((rule.start, rule.end) for rule in rules if rule.kind in UNSEEN), None)
            return Reading(rules=tuple(rules), leftover=before if unread else unseen)
        return self._refusal(words)

    def _unnested(self, words: str) -> str:
        """The words with ， for brackets after a verb that hold offices, 水利局牵头（住建局配合）, a time or persons,
        and blanks for those that explain: 水利局负责（含防汛办）. Not after half a bracket, which a name may hold."""
        for at in occurrences(words, OPENING):
            before, (_, stop) = words[:at], doubt.unbracketed(words, at + 1, len(words))
            verb = self.lexer.words.last_verb(before)
            if verb is None or not verb.sure or before == verb.text or stop == len(words):
                continue
            if len(occurrences(before, OPENING)) != len(occurrences(before, CLOSING)):
                continue
            inner = words[at + 1 : stop]
            reading = self.bracketed(inner)
            read = self.lexer.is_time(inner) or self.lexer.splitter.holds_persons(inner)
            if read or (reading.assignments and not reading.leftover):
                words = f"{words[:at]}，{inner}，{words[stop + 1 :]}"
            elif self.explaining.explain(inner):
                words = f"{words[:at]}{' ' * (stop + 1 - at)}{words[stop + 1 :]}"
        return words

    def _leads_in(self, draft: Draft, end: int) -> bool:
        """Whether the words before the first label leave it the first: few, or a time, which is noted: 9月底完成，."""
        words = draft.words[:end]
        start, stop = trim(draft.words, 0, end, SEPARATORS)
        time = self.lexer.time_at(words, start, stop) if start < stop else None
        if time is not None:
            draft.deadlines.append((time, stop))
            return True
        return end <= _LEAD_IN and not any(char in SEPARATORS for char in words)

    def _fields_only(self, words: str) -> Reading | None:
        """What ``责任单位：A、B`` says, without brackets around it."""
        draft = Draft(words)
        self._fields(draft, self.labels.split(words))
        if draft.points and not draft.assignments and not draft.deadlines:
            return Reading(unread=True, labelled=True)
        return draft.freeze() if draft.assignments or draft.deadlines else None

    def _meant(self, words: str) -> tuple[str, str] | None:
        """The unknown word and its kind, where words that are no clause were meant to assign."""
        return doubt.meant(words, self)

    def _hints(self, words: str, listed: bool) -> bool:
        """Whether words hint at who does what: a task of an office, or ``listed`` names of which half are offices."""
        return doubt.hints(words, self, listed=listed)

    def leaves_unread(self, words: str) -> bool:
        """Whether a label of the rules is before words that name nobody: 责任单位：要落实责任."""
        return self._unread(words, self.labels.split(words))

    def names_office(self, words: str) -> bool:
        """Whether the words after a label begin with what ends like a name, and are no sentence: 厅法规处、财审处."""
        names = self.lexer.splitter.split(words)
        if not names or not names[0].text.isalpha() or names[0].text[-1] not in self.offices.ends.any:
            return False
        return not likely.reads_on(words)

    def _unread(self, words: str, fields: Sequence[Field]) -> bool:
        for field in fields:
            start, end = trim(words, field.value, field.end, SEPARATORS)
            named = field.meaning.role is not None and not field.meaning.alone and words[field.start] not in "各有相"
            if named and self.lexer.splitter.split(words, start, end):
                return True
        return False

    def _value_only(self, words: str, meaning: Meaning) -> Reading | None:
        """What the value of a label without a colon says; its names must be offices."""
        draft = Draft(words)
        fields = self.labels.split(words) or self.labels.split_at_blanks(words, first=False)
        end = fields[0].start if fields else len(words)
        self._value(draft, meaning._replace(alone=True), end)
        self._fields(draft, fields)
        return draft.freeze() if draft.assignments or draft.deadlines else None

    def cell(self, words: str, meaning: Meaning) -> Reading:
        """What the cell of a table says below a header with this meaning; unread where no office can be made out."""
        draft = Draft(words)
        self._value(draft, meaning, len(words))
        found = draft.assignments or draft.deadlines
        return draft.freeze() if found else Reading(unread=True)

    def _refusal(self, words: str) -> Reading:
        """Why words are no clause; they may have been meant to assign, although no office could be made out."""
        tokens = self.lexer.tokens(words, 0, len(words))
        verb = next((token for token in tokens if token.kind == "verb"), None)
        if verb is None or verb.word is None:
            return Reading(refused="label" if any(colon in words for colon in COLONS) else "nobody")
        bound = self.lexer.words.adverbs.begin(words, end=verb.start) <= verb.start - _BOUND
        meant = (verb.word.sure or bound) and len(words) < 200 and words[0] not in ASKS
        return Reading(unread=meant, refused="prose")

    # -- fields ----------------------------------------------------------------------------------------------------

    def _fields(self, draft: Draft, fields: Sequence[Field]) -> None:
        """Read ``责任单位：A、B；完成时限：…``."""
        alone = sum(each.meaning.role is not None for each in fields) == 1
        for each in fields:
            if alone and each.meaning.entry == MAIN:
                each = each._replace(meaning=each.meaning._replace(role="responsible"))
            self._field(draft, each)

    def _value(self, draft: Draft, meaning: Meaning, end: int) -> None:
        """Read words up to ``end``, of which the label is somewhere else."""
        self._field(draft, Field(meaning, 0, 0, end))

    def _field(self, draft: Draft, field: Field) -> None:
        start, end = _in_brackets(draft.words, *trim(draft.words, field.value, field.end, _STOPS))
        meaning = field.meaning
        draft.label = field.start, field.value
        if meaning.kind == "deadline":
            draft.deadlines.append((start, end))
        elif meaning.kind == "division":
            if not self._verbs_first(draft, start, end):
                self._phrases(draft, start, end, None, self.labels.split(draft.words, start, end))
        elif meaning.role is not None:
            if not self._verbs_first(draft, start, end):
                self._phrases(draft, start, end, meaning)
        elif not meaning.entry and draft.leftover is None and self._unknown(draft.words[field.start : end]):
            draft.leftover = field.start, end
        else:
            persons = meaning.entry.startswith(PERSON) and not meaning.entry.endswith(self.asked)
            beside.read(draft, start, end, persons=persons, grammar=self)

    def _unknown(self, words: str) -> bool:
        """Whether words are a label that no rule knows and its offices."""
        return any(doubt.labelled(words, self, inside=True))

    # -- phrases ---------------------------------------------------------------------------------------------------

    def _verbs_first(self, draft: Draft, start: int, end: int) -> bool:
        """Read ``牵头水利局，配合住建局``; False where the words are not so."""
        tokens = self.lexer.verbs_first(draft.words, start, end)
        if tokens is not None:
            phrases = Phrases(draft, self.lexer, None)
            phrases.state = "verb first"
            phrases.run(tokens, start, end)
        return tokens is not None

    def _phrases(self, draft: Draft, start: int, end: int, label: Meaning | None, fields: Sequence[Field] = ()) -> bool:
        """Read offices and verbs; after a label the verb may be missing. False where no office is read."""
        words = draft.words
        count, times = len(draft.assignments), len(draft.deadlines)
        start, end = self._without_rules(draft, start, end)
        whole = end
        if label is not None:
            end = self._offices_end(words, start, end)
        fields = [field for field in fields if field.value <= end]
        stop = fields[0].start if fields else end
        phrases = Phrases(draft, self.lexer, label)
        phrases.run(self.lexer.tokens(words, start, stop, tasks=True), start, stop)
        if phrases.loose is not None and draft.assignments and draft.leftover is None:
            a, b = trim(words, *phrases.loose, SEPARATORS)
            if not self.lexer.names_person(words[a:b]):
                draft.leftover = a, b
        if end < whole and draft.leftover is None:
            draft.leftover = trim(words, end, whole, SEPARATORS)
        read = len(draft.assignments) > count
        if not read:
            del draft.deadlines[times:]
        elif fields:
            self._fields(draft, fields)
        return read

    def _offices_end(self, words: str, start: int, end: int) -> int:
        """The end of the offices after a label: ；各镇于每年12月底前报送进展 names none."""
        for stop in reversed(list(_STOP.finditer(words, start, end))):
            after = stop.end()
            begin, behind = trim(words, after, end)
            tokens = self.lexer.tokens(words, after, end)
            names = self.lexer.splitter.split(words, after, end)
            verb = any(token.kind == "verb" for token in tokens)
            if verb or not likely.is_sentence(names) or self.lexer.time_at(words, begin, behind) is not None:
                break
            end = stop.start()
        return end

    def _without_rules(self, draft: Draft, start: int, end: int) -> Span:
        """The span without the rules for the document that end it; they are noted in the draft."""
        found = self.statements.find(draft.words, start, end)
        if not found:
            return start, end
        draft.rules += [rule for rule in found if rule.kind != "unread"]
        lost = next((rule for rule in found if rule.kind in UNSEEN), None)
        if lost is not None and draft.leftover is None:
            draft.leftover = lost.start, lost.end
        return trim(draft.words, start, min([end, *(rule.start for rule in found)]), SEPARATORS + OPENING)

    def _is_complete(self, draft: Draft, fields: Sequence[Field]) -> bool:
        """Whether all words are understood: offices, verbs that always assign and perhaps a time at the end."""
        if not draft.verbs or draft.words[0] == BY:
            return False
        end = fields[0].start if fields else len(draft.words)
        last = draft.verbs[-1]
        sure = any(verb.word is not None and verb.word.sure for verb in draft.verbs)
        return (
            sure
            and (last.end == end or draft.leftover is None)
            and all(map(self.offices.looks_like_office, [each.name for each in draft.assignments]))
        )


def _in_brackets(words: str, start: int, end: int) -> Span:
    """The span without the brackets around all of it, of which the second may be lost: 责任单位：（水利局、财政局）."""
    if words.startswith(_OPENS, start, end):
        _, stop = doubt.unbracketed(words, start + 1, end)
        if not words[stop + 1 : end].strip(SEPARATORS):
            return trim(words, start + 1, stop)
    return start, end
