"""Reading one clause: a list of phrases, each some offices and what gives them their role.

``A牵头，B、C配合`` has its verbs behind the offices, ``牵头单位：A；责任单位：B`` its labels before them; both may
stand in one clause, with other fields (完成时限：…) and with rules for the whole document (列第一位者为牵头单位，
下同). The same words are read only once. Offsets are of the words that are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from aiwei_cli.model import Role, Span
from aiwei_cli.parsing import dates
from aiwei_cli.parsing.labels import SEPARATORS, Field, Kind, Labels, alternatives
from aiwei_cli.parsing.reading import Assignment, Draft, Reading
from aiwei_cli.parsing.statements import Statements
from aiwei_cli.parsing.who import Named, Who
from aiwei_cli.patterns import pattern

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_OPENING = "（(〔［[【"
_STOPS = ".．。"
_TASK = 30
"""No task behind a verb is longer."""
_NO_TASK = pattern(r"(?<=[头办责合])(?:单位|部门)|[的（(〔［\[【）)〕］\]】]")
_STOP = pattern("[；;。]")
_COMMA = pattern("[，,；;]")


class Task(NamedTuple):
    """A phrase that says what its offices do: its verb, and where it ends."""

    verb: re.Match[str]
    end: int


class Grammar:
    """The compiled ``rules/roles.yaml``."""

    def __init__(self, data: Mapping[str, Any], offices: Offices) -> None:
        self.offices = offices
        self.verb_role: dict[str, Role] = {}
        for role, verbs in data["verbs"].items():
            self.verb_role.update(dict.fromkeys(verbs, role))
        self._sure = pattern(alternatives(data["sure"]))
        # A verb ends its phrase: a separator or the end follows.
        self._verb = pattern(rf"(?:{alternatives(self.verb_role)})(?=\s*(?:[，,、；;。．.）)]|$))")
        self.who = Who(data, offices, self._verb)
        self.statements = Statements(data["document"], self.who.splitter)
        self._standing = pattern("|".join(f"(?:{entry['pattern']})" for entry in data["standing"]))
        self.labels = Labels(data)
        surnames = data["persons"]["surnames"]
        self.counted = pattern(
            rf"\d\s*[个家所户处名类][^\W\d_]{{0,4}}$|(?:^|[：:、，,。；\s])[{surnames}][^\W\d_]{{1,2}}$"
        )
        """A count or a person behind which brackets explain."""
        self._person = pattern(rf"(?:{alternatives(data['persons']['titles'])})$")
        self.bracketed = lru_cache(maxsize=8192)(self._bracketed)
        self.fields = lru_cache(maxsize=2048)(self._fields_only)
        self.valued = lru_cache(maxsize=2048)(self._value_only)

    # -- entry points ----------------------------------------------------------------------------------------------

    def _bracketed(self, words: str) -> Reading | None:
        """What the words between two brackets assign; None where they assign nothing."""
        draft = Draft(words, self.offices.known)
        fields = self.labels.split(words, 0, len(words)) or self.labels.split_at_blanks(words)
        if fields and fields[0].start <= 6 and not any(char in SEPARATORS for char in words[: fields[0].start]):
            self._fields(draft, fields)
            found = draft.assignments or draft.deadlines or draft.rules
            return draft.freeze(labelled=True) if found else None
        if self._verbs_first(draft):
            return draft.freeze()
        if self._phrases(draft, 0, len(words), None):
            complete = not draft.rules and self._is_complete(draft)
            return draft.freeze(complete=complete)
        draft = Draft(words, self.offices.known)
        draft.rules += self.statements.find(draft.words, 0, len(words))
        if draft.rules:
            return draft.freeze()
        return Reading(unread=True) if self._meant(words) else None

    def _verbs_first(self, draft: Draft) -> bool:
        """Read ``牵头水利局，配合住建局``: every phrase begins with a verb that always assigns."""
        words = draft.words
        if self._sure.match(words) is None:
            return False
        here = 0
        found: list[tuple[Named, Role]] = []
        for stop in [*(match.start() for match in _COMMA.finditer(words)), len(words)]:
            verb = self._sure.match(words, here, stop)
            names = self.who.named(words, verb.end(), stop, len(found)) if verb else []
            if verb is None or not names or not self.who.all_offices(names):
                return False
            found.append((names, self.verb_role[verb[0]]))
            here = stop + 1
        for names, role in found:
            self._assign(draft, names, role)
        draft.verbs += 1
        return True

    def _fields_only(self, words: str) -> Reading | None:
        """What ``责任单位：A、B`` says, without brackets around it."""
        draft = Draft(words, self.offices.known)
        self._fields(draft, self.labels.split(words, 0, len(words)))
        return draft.freeze(labelled=True) if draft.assignments or draft.deadlines else None

    def _value_only(self, words: str, kind: Kind, role: Role | None) -> Reading | None:
        """What the value of a label without a colon says; all its names must be offices."""
        draft = Draft(words, self.offices.known)
        end = next((field.start for field in self.labels.split(words, 0, len(words))), len(words))
        self._field(draft, Field(kind, role, True, 0, 0, end))
        self._fields(draft, self.labels.split(words, end, len(words)))
        return draft.freeze(labelled=True) if draft.assignments or draft.deadlines else None

    def _is_complete(self, draft: Draft) -> bool:
        """Whether all words are understood: offices, verbs that always assign and perhaps a time at the end."""
        words = draft.words
        end = next((field.start for field in self.labels.split(words, 0, len(words))), len(words))
        *_, verb = [None, *self._verb.finditer(words, 0, end)]
        return (
            verb is not None
            and (verb.end() == end or draft.leftover is None)
            and self._sure.search(verb[0]) is not None
            and draft.words[0] != "由"
            and all(self.offices.looks_like_office(a.name) for a in draft.assignments)
        )

    def _meant(self, words: str) -> bool:
        """Whether the words were meant to assign, although no office could be made out."""
        verb = self._verb.search(words)
        return (
            verb is not None
            and self._sure.search(verb[0]) is not None
            and len(words) < 200
            and words[0] not in "由含如即"
        )

    # -- labels ----------------------------------------------------------------------------------------------------

    def _fields(self, draft: Draft, fields: Sequence[Field]) -> None:
        """Read ``责任单位：A、B；完成时限：…``."""
        for each in fields:
            self._field(draft, each)

    def _field(self, draft: Draft, field: Field) -> None:
        start, end = trim(draft.words, field.value, field.end, _STOPS)
        if field.kind == "deadline":
            draft.deadlines.append((start, end))
        elif field.kind == "division":
            self._phrases(draft, start, end, None)
        elif field.role is not None:
            self._phrases(draft, start, end, field.role, alone=field.alone)

    # -- phrases ---------------------------------------------------------------------------------------------------

    def _phrases(self, draft: Draft, start: int, end: int, label: Role | None, *, alone: bool = False) -> bool:
        """Read offices and verbs; behind a label the verb may be missing. False where no office is read."""
        words = draft.words
        count, times = len(draft.assignments), len(draft.deadlines)
        start, end = self._without_rules(draft, start, end)
        whole = end
        if label is not None:
            end = self._offices_end(words, start, end)
        fields = self.labels.split(words, start, end) if label is None else []
        stop = fields[0].start if fields else end
        here = self._time_before(draft, start, stop)
        tasks = self._tasks(words, here, stop) if label is None else {}
        for match in self._verb.finditer(words, here, stop):
            here = self._with_tasks(draft, here, match.start(), tasks)
            if here > match.start():
                continue
            here = self._run_together(draft, here, match.start())
            names = self.who.named(words, here, match.start(), len(draft.assignments))
            if names and not self._convincing(names, match, words[here : match.start()], label, alone):
                break
            if not names and not self._person.search(words[here : match.start()].rstrip()):
                break
            role = self.verb_role[match[0]]
            if label is not None and role == "responsible":
                role = label
            if label is not None and here == start:
                names = self._before_verb(draft, names, label)
            self._assign(draft, names, role)
            draft.verbs += 1
            here = match.end()
            while here < stop and (words[here] in SEPARATORS or words[here].isspace()):
                here += 1
        here = self._with_tasks(draft, here, stop, tasks)
        if here == start and len(draft.assignments) == count and label is None and self._verb.search(words, here, stop):
            return False
        self._rest(draft, *trim(words, here, stop, SEPARATORS), label, count, alone=alone)
        if end < whole and draft.leftover is None:
            draft.leftover = trim(words, end, whole, SEPARATORS)
        read = len(draft.assignments) > count
        if read:
            self._fields(draft, fields)
        else:
            del draft.deadlines[times:]
        return read

    def _before_verb(self, draft: Draft, names: Named, label: Role) -> Named:
        """The names behind a label that a verb means: A and B of 责任单位：A、B，C配合 are what the label says."""
        last = names[-1][1].group if names else 0
        for behind, name in names:
            if name.group < last and self._is_time(name.text):
                draft.deadlines.append((name.start, name.end))
            elif name.group < last:
                self._assign(draft, [(behind, name)], label)
        return [(behind, name) for behind, name in names if name.group == last]

    def _offices_end(self, words: str, start: int, end: int) -> int:
        """The end of the offices behind a label: ；各镇于每年12月底前报送进展 names none."""
        for stop in reversed([match.start() for match in _STOP.finditer(words, start + 1, end)]):
            piece = words[stop + 1 : end]
            names = self.who.named(words, stop + 1, end, 0)
            if not self.who.is_sentence(names) or self._is_time(piece) or self._verb.search(piece):
                break
            end = stop
        return end

    def _tasks(self, words: str, start: int, end: int) -> dict[int, Task]:
        """The phrases that say what their offices do, 卫健委牵头医疗废物规范处置, by where they begin.

        One by itself is prose; several, or one beside other phrases, assign.
        """
        found: dict[int, Task] = {}
        phrases = 0
        here = start
        for stop in [*(match.start() for match in _COMMA.finditer(words, start, end)), end]:
            here, stop = trim(words, here, stop)
            verb = self._sure.search(words, here, stop)
            phrases += verb is not None or self._verb.search(words, here, stop) is not None
            if verb is not None and here < verb.start() and self._is_task(words, verb, stop):
                names = self.who.named(words, here, verb.start(), 0)
                if names and self.who.all_offices(names):
                    found[here] = Task(verb, stop)
            here = stop + 1
        return found if phrases > 1 else {}

    def _is_task(self, words: str, verb: re.Match[str], end: int) -> bool:
        """Whether a task stands between a verb and the end of its phrase."""
        if self._verb.match(words, verb.start(), end) or not 1 < end - verb.end() <= _TASK:
            return False
        return _NO_TASK.search(words, verb.end(), end) is None

    def _with_tasks(self, draft: Draft, here: int, end: int, tasks: Mapping[int, Task]) -> int:
        """Read the phrases with tasks that begin here, and where the next phrase begins."""
        words = draft.words
        while tasks:
            while here < end and (words[here] in SEPARATORS or words[here].isspace()):
                here += 1
            task = tasks.get(here)
            if task is None or here >= end:
                break
            names = self.who.named(words, here, task.verb.start(), len(draft.assignments))
            self._assign(draft, names, self.verb_role[task.verb[0]])
            draft.verbs += 1
            here = task.end
        return here

    def _run_together(self, draft: Draft, start: int, end: int) -> int:
        """Read the first phrase of ``水利局牵头住建局配合``, and where the second begins."""
        words = draft.words
        if end - start > 60:
            return start
        for verb in self._sure.finditer(words, start + 2, end):
            first = self.who.named(words, start, verb.start(), len(draft.assignments))
            second = self.who.named(words, verb.end(), end, 0)
            if words.startswith(("单位", "部门"), verb.end()) or not first or not second:
                continue
            if self.offices.known(first[-1][1].text) and self.offices.known(second[0][1].text):
                self._assign(draft, first, self.verb_role[verb[0]])
                return verb.end()
        return start

    def _without_rules(self, draft: Draft, start: int, end: int) -> Span:
        """The span without the rules for the document that end it; they are noted in the draft."""
        before = len(draft.rules)
        draft.rules += self.statements.find(draft.words, start, end)
        if len(draft.rules) == before:
            return start, end
        return trim(
            draft.words, start, min([end, *(rule.start for rule in draft.rules[before:])]), SEPARATORS + _OPENING
        )

    def _time_before(self, draft: Draft, start: int, end: int) -> int:
        """The offset behind a time that comes first: 10月底前完成，环保局牵头."""
        comma = _COMMA.search(draft.words, start, end)
        if comma is None or not self._is_time(draft.words[start : comma.start()]):
            return start
        draft.deadlines.append(trim(draft.words, start, comma.start()))
        return comma.end()

    def _is_time(self, words: str) -> bool:
        words = words.strip()
        return self._standing.search(words) is not None or dates.is_time(words)

    def _rest(self, draft: Draft, start: int, end: int, label: Role | None, count: int, *, alone: bool) -> None:
        """Offices without a verb: （财政部、税务总局）, or what follows a label. Anything else is left over."""
        words = draft.words
        cut = end
        while start < cut:
            last = max(words.rfind(mark, start, cut) for mark in "，,；;、")
            if last < 0 or not self._is_time(words[last + 1 : cut]):
                break
            cut = last
        bare = start < cut and (label is not None or len(draft.assignments) == count)
        names = self.who.named(words, start, cut, len(draft.assignments)) if bare else []
        if names and self._names_alone(names, words[start:cut], label, alone):
            self._assign(draft, names, label or "responsible")
            start = cut
        if start < cut and self._is_time(words[start:cut]):
            cut = start
        if cut < end and len(draft.assignments) > count:
            draft.deadlines.append(trim(words, cut, end, SEPARATORS))
        if start < cut and draft.assignments and not self._person.search(words[start:cut]):
            draft.leftover = (start, cut)

    def _convincing(self, names: Named, verb: re.Match[str], words: str, label: Role | None, alone: bool) -> bool:
        """Whether the names in ``words`` before a verb are offices and not a piece of prose."""
        if label is not None:
            return self.who.plausible(names, words, alone=alone)
        return self.who.convincing(names, sure=self._sure.search(verb[0]) is not None)

    def _names_alone(self, names: Named, words: str, label: Role | None, alone: bool) -> bool:
        """The same for names without a verb."""
        if label is not None:
            return self.who.plausible(names, words, alone=alone)
        return self.who.all_offices(names)

    def _assign(self, draft: Draft, names: Named, role: Role) -> None:
        """A会同B负责: A leads, B supports."""
        leads = any(behind for behind, _ in names) and not all(behind for behind, _ in names)
        for behind, name in names:
            own: Role = "support" if behind else "lead" if leads else role
            draft.assignments.append(Assignment(own, name.text, name.start, name.end, name.group))


def trim(text: str, start: int, end: int, also: str = "") -> Span:
    """The span without the blanks, and the characters of ``also``, at its ends."""
    while start < end and (text[start].isspace() or text[start] in also):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return start, end
