"""Reading one clause: a list of phrases, each some offices and what gives them their role.

``A牵头，B、C配合`` has its verbs behind the offices, ``牵头单位：A；责任单位：B`` its labels before them; both may
stand in one clause, with other fields (完成时限：…) and with rules for the whole document (列第一位者为牵头单位，
下同). What a clause says does not depend on where it stands, so the same words are read only once. Offsets are of the
words that are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aiwei_cli.model import Role, Span
from aiwei_cli.parsing import dates
from aiwei_cli.parsing.labels import SEPARATORS, Field, Kind, Labels, alternatives
from aiwei_cli.parsing.lists import PLACE, Name, Splitter
from aiwei_cli.patterns import pattern

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_OPENING = "（(〔［[【"
_COMMA = pattern("[，,；;]")
_CONSULT = pattern("商(?![务业贸会联局品户标事城协场])")
_SENTENCE = pattern("[要应须请将被的了谁]|抓|到位|负总责")
_PROSE = pattern(r"[！？!?]|^(?:以下|下同)")


@dataclass(frozen=True, slots=True)
class Assignment:
    """One office as a clause names it."""

    role: Role
    name: str
    start: int
    end: int
    group: int
    """Which run of 、 the name stands in: ， begins a new one, and so does the next phrase."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for the whole document, said inside a clause."""

    kind: str
    """first_leads, comma_leads or all_below: the keys of ``document`` in ``rules/roles.yaml``."""
    start: int
    end: int
    henceforth: bool
    """It holds from here on: 下同."""
    offices: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clause says."""

    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Span, ...] = ()
    rules: tuple[Rule, ...] = ()
    leftover: Span | None = None
    """Words that were not understood."""
    labelled: bool = False
    """It begins with a label."""
    complete: bool = False
    """There is nothing in it but offices and a verb that always assigns."""
    bare: bool = False
    """There are offices and nothing that says what they do."""
    unread: bool = False
    """It was meant to assign, but no office could be made out."""
    offices: dict[str | None, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    """The canonical names of the assignments, by the level of the issuer, as far as anybody has asked."""
    unknown: tuple[Assignment, ...] = ()
    """The offices that no rule knows."""


class _Draft:
    """A reading in the making."""

    def __init__(self, words: str, known: Callable[[str], bool]) -> None:
        self.words = words
        self.known = known
        self.assignments: list[Assignment] = []
        self.deadlines: list[Span] = []
        self.rules: list[Rule] = []
        self.leftover: Span | None = None
        self.verbs = 0

    def freeze(self, *, labelled: bool = False, complete: bool = False) -> Reading:
        bare = not labelled and not self.verbs
        return Reading(
            tuple(self.assignments),
            tuple(self.deadlines),
            tuple(self.rules),
            self.leftover,
            labelled,
            complete,
            bare,
            unknown=tuple([a for a in self.assignments if not self.known(a.name)]),
        )


class Grammar:
    """The compiled ``rules/roles.yaml``."""

    def __init__(self, data: Mapping[str, Any], offices: Offices) -> None:
        self.offices = offices
        self.splitter = Splitter(data, offices)
        self.endings = frozenset("局委部厅办署院会行处科股所站队社司府")
        """What the name of an office may end in."""
        self.verb_role: dict[str, Role] = {}
        for role, verbs in data["verbs"].items():
            self.verb_role.update(dict.fromkeys(verbs, role))
        self._sure = pattern(alternatives(data["sure"]))
        # A verb ends its phrase: a separator or the end follows.
        self._verb = pattern(rf"(?:{alternatives(self.verb_role)})(?=\s*(?:[，,、；;。．.）)]|$))")
        adverbs = "|".join(f"(?:{entry['pattern']})" for entry in data["adverbs"])
        self._adverb = pattern(rf"(?:{adverbs})+$")
        self._together = pattern(alternatives(data["together"]))
        self._organised = pattern(rf"(?:{alternatives(data['organised'])})(?=各|有关|相关)")
        self._rules = [(kind, pattern(entry["pattern"])) for kind, entry in document_rules(data)]
        self._henceforth = pattern(alternatives(data["document"]["henceforth"]))
        self._rule_hint = pattern("牵头|主办|主责|落实|均为")
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
        draft = _Draft(words, self.offices.known)
        fields = self.labels.split(words, 0, len(words))
        if fields and fields[0].start <= 6 and not any(char in SEPARATORS for char in words[: fields[0].start]):
            self._fields(draft, fields)
            found = draft.assignments or draft.deadlines or draft.rules
            return draft.freeze(labelled=True) if found else None
        if self._verbs_first(draft):
            return draft.freeze()
        if self._phrases(draft, 0, len(words), None):
            complete = not draft.rules and self._is_complete(draft)
            return draft.freeze(complete=complete)
        draft = _Draft(words, self.offices.known)
        self._state(draft, 0, len(words))
        if draft.rules:
            return draft.freeze()
        return Reading(unread=True) if self._meant(words) else None

    def _verbs_first(self, draft: _Draft) -> bool:
        """Read ``牵头水利局，配合住建局``: every phrase begins with a verb that always assigns."""
        words = draft.words
        if self._sure.match(words) is None:
            return False
        here = 0
        found: list[tuple[list[tuple[bool, Name]], Role]] = []
        for stop in [*(match.start() for match in _COMMA.finditer(words)), len(words)]:
            verb = self._sure.match(words, here, stop)
            names = self._names(words, verb.end(), stop, len(found)) if verb else []
            if verb is None or not names or not self._all_offices(names):
                return False
            found.append((names, self.verb_role[verb[0]]))
            here = stop + 1
        for names, role in found:
            self._assign(draft, names, role)
        draft.verbs += 1
        return True

    def _fields_only(self, words: str) -> Reading | None:
        """What ``责任单位：A、B`` says, without brackets around it."""
        draft = _Draft(words, self.offices.known)
        self._fields(draft, self.labels.split(words, 0, len(words)))
        return draft.freeze(labelled=True) if draft.assignments or draft.deadlines else None

    def _value_only(self, words: str, kind: Kind, role: Role | None) -> Reading | None:
        """What the value of a label without a colon says; all its names must be offices."""
        draft = _Draft(words, self.offices.known)
        end = next((field.start for field in self.labels.split(words, 0, len(words))), len(words))
        self._field(draft, Field(kind, role, True, 0, 0, end))
        self._fields(draft, self.labels.split(words, end, len(words)))
        return draft.freeze(labelled=True) if draft.assignments or draft.deadlines else None

    def _is_complete(self, draft: _Draft) -> bool:
        *_, verb = [None, *self._verb.finditer(draft.words)]
        return (
            verb is not None
            and verb.end() == len(draft.words)
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

    def _fields(self, draft: _Draft, fields: Sequence[Field]) -> None:
        """Read ``责任单位：A、B；完成时限：…``."""
        for each in fields:
            self._field(draft, each)

    def _field(self, draft: _Draft, field: Field) -> None:
        if field.kind == "deadline":
            draft.deadlines.append(trim(draft.words, field.value, field.end))
        elif field.kind == "division":
            self._phrases(draft, field.value, field.end, None)
        elif field.role is not None:
            self._phrases(draft, field.value, field.end, field.role, alone=field.alone)

    # -- phrases ---------------------------------------------------------------------------------------------------

    def _phrases(self, draft: _Draft, start: int, end: int, label: Role | None, *, alone: bool = False) -> bool:
        """Read offices and verbs; behind a label the verb may be missing. False where no office is read."""
        words = draft.words
        count, times = len(draft.assignments), len(draft.deadlines)
        start, end = self._without_rules(draft, start, end)
        fields = self.labels.split(words, start, end) if label is None else []
        stop = fields[0].start if fields else end
        here = self._time_before(draft, start, stop)
        for match in self._verb.finditer(words, here, stop):
            here = self._run_together(draft, here, match.start())
            names = self._names(words, here, match.start(), len(draft.assignments))
            if names and not self._convincing(names, match[0], label, words[here : match.start()], alone):
                break
            if not names and not self._person.search(words[here : match.start()].rstrip()):
                break
            role = self.verb_role[match[0]]
            self._assign(draft, names, label if label is not None and role == "responsible" else role)
            draft.verbs += 1
            here = match.end()
            while here < stop and (words[here] in SEPARATORS or words[here].isspace()):
                here += 1
        if here == start and len(draft.assignments) == count and label is None and self._verb.search(words, here, stop):
            return False
        self._rest(draft, *trim(words, here, stop, SEPARATORS), label, count, alone=alone)
        read = len(draft.assignments) > count
        if read:
            self._fields(draft, fields)
        else:
            del draft.deadlines[times:]
        return read

    def _run_together(self, draft: _Draft, start: int, end: int) -> int:
        """Read the first phrase of ``水利局牵头住建局配合``, and where the second begins."""
        words = draft.words
        if end - start > 60:
            return start
        for verb in self._sure.finditer(words, start + 2, end):
            first = self._names(words, start, verb.start(), len(draft.assignments))
            second = self._names(words, verb.end(), end, 0)
            if words.startswith(("单位", "部门"), verb.end()) or not first or not second:
                continue
            if self.offices.known(first[-1][1].text) and self.offices.known(second[0][1].text):
                self._assign(draft, first, self.verb_role[verb[0]])
                return verb.end()
        return start

    def _without_rules(self, draft: _Draft, start: int, end: int) -> Span:
        """The span without the rules for the document that end it; they are noted in the draft."""
        before = len(draft.rules)
        self._state(draft, start, end)
        if len(draft.rules) == before:
            return start, end
        return trim(
            draft.words, start, min([end, *(rule.start for rule in draft.rules[before:])]), SEPARATORS + _OPENING
        )

    def _time_before(self, draft: _Draft, start: int, end: int) -> int:
        """The offset behind a time that comes first: 10月底前完成，环保局牵头."""
        comma = _COMMA.search(draft.words, start, end)
        if comma is None or not self._is_time(draft.words[start : comma.start()]):
            return start
        draft.deadlines.append(trim(draft.words, start, comma.start()))
        return comma.end()

    def _is_time(self, words: str) -> bool:
        words = words.strip()
        return self._standing.search(words) is not None or dates.is_time(words)

    def _rest(self, draft: _Draft, start: int, end: int, label: Role | None, count: int, *, alone: bool) -> None:
        """Offices without a verb: （财政部、税务总局）, or what follows a label. Anything else is left over."""
        words = draft.words
        cut = end
        while start < cut:
            last = max(words.rfind(mark, start, cut) for mark in "，,；;、")
            if last < 0 or not self._is_time(words[last + 1 : cut]):
                break
            cut = last
        bare = start < cut and (label is not None or len(draft.assignments) == count)
        names = self._names(words, start, cut, len(draft.assignments)) if bare else []
        if names and (
            self._plausible(names, words[start:cut], alone=alone) if label is not None else self._all_offices(names)
        ):
            self._assign(draft, names, label or "responsible")
            start = cut
        if start < cut and self._is_time(words[start:cut]):
            cut = start
        if cut < end and len(draft.assignments) > count:
            draft.deadlines.append(trim(words, cut, end, SEPARATORS))
        if start < cut and draft.assignments and not self._person.search(words[start:cut]):
            draft.leftover = (start, cut)

    def _plausible(self, names: list[tuple[bool, Name]], words: str, *, alone: bool) -> bool:
        """Whether ``words`` behind a label are offices. 责任部门：要加强领导 and 落实：措施要到位 are sentences."""
        looks = sum(self.offices.looks_like_office(name.text) for _, name in names)
        if looks:
            return not alone or 2 * looks >= len(names)
        prose = alone or _SENTENCE.search(words) is not None or self._verb.search(words) is not None
        return not prose and all(len(name.text) <= 24 for _, name in names)

    def _all_offices(self, names: list[tuple[bool, Name]]) -> bool:
        """Whether all names are offices. Places count among offices: 省商务厅、贵阳市、遵义市."""
        looks = [self.offices.looks_like_office(name.text) for _, name in names]
        if all(looks):
            return True
        return 2 * sum(looks) >= len(looks) and all(
            look or PLACE.match(name.text) for look, (_, name) in zip(looks, names, strict=True)
        )

    def _names(self, words: str, start: int, end: int, group: int) -> list[tuple[bool, Name]]:
        """The offices before a verb, each with whether it stands behind 会同."""
        while end > start and words[end - 1].isspace():
            end -= 1
        adverb = self._adverb.search(words, start, end)
        if adverb is not None:
            end = adverb.start()
        together = self._together.search(words, start, end)
        if together is None:
            together = self._consulting(words, start, end)
        if together is not None and together.start() == start:
            return [(True, name) for name in self.splitter.split(words, together.end(), end, group)]
        if together is not None:
            first = self.splitter.split(words, start, together.start(), group)
            second = self.splitter.split(words, together.end(), end, group + len(first))
            return [*((False, name) for name in first), *((True, name) for name in second)] if first and second else []
        organised = self._organised.search(words, start, end)
        if organised is not None and organised.start() > start:
            names = self.splitter.split(words, start, organised.start(), group)
            names += self.splitter.split(words, organised.end(), end, group + len(names))
        else:
            names = self.splitter.split(words, start, end, group)
        return [(False, name) for name in names]

    def _consulting(self, words: str, start: int, end: int) -> re.Match[str] | None:
        """The 商 of 发展改革委商财政部, which stands in the names of offices too."""
        for match in _CONSULT.finditer(words, start, end):
            before, after = words[start : match.start()], words[match.end() : end]
            if all(map(self.offices.looks_like_office, (re.split("[、，]", before)[-1], re.split("[、，]", after)[0]))):
                return match
        return None

    def _convincing(
        self, names: list[tuple[bool, Name]], verb: str, label: Role | None, words: str, alone: bool
    ) -> bool:
        """Whether names before a verb are offices and not a piece of prose."""
        looks = self.offices.looks_like_office
        if label is not None:
            return self._plausible(names, words, alone=alone)
        if self._sure.search(verb) is None:
            return all(looks(name.text) for _, name in names)
        if any(_PROSE.search(name.text) for _, name in names):
            return False
        known = sum(looks(name.text) for _, name in names)
        return known * 2 >= len(names) or all(len(name.text) <= 8 and "的" not in name.text for _, name in names)

    def _assign(self, draft: _Draft, names: list[tuple[bool, Name]], role: Role) -> None:
        """A会同B负责: A leads, B supports."""
        leads = any(behind for behind, _ in names) and not all(behind for behind, _ in names)
        for behind, name in names:
            own: Role = "support" if behind else "lead" if leads else role
            draft.assignments.append(Assignment(own, name.text, name.start, name.end, name.group))

    # -- rules for the document ------------------------------------------------------------------------------------

    def _state(self, draft: _Draft, start: int, end: int) -> None:
        words = draft.words
        if self._rule_hint.search(words, start, end) is None:
            return
        for kind, form in self._rules:
            match = form.search(words, start, end)
            if match is None:
                continue
            offices: tuple[Assignment, ...] = ()
            if kind == "all_below":
                names = self.splitter.split(words, *match.span("offices"))
                offices = tuple(Assignment("responsible", n.text, n.start, n.end, n.group) for n in names)
            following = self._henceforth.search(words, match.end())
            draft.rules.append(
                Rule(kind, match.start(), following.end() if following else match.end(), following is not None, offices)
            )


def document_rules(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rules for the whole document in ``roles.yaml``: (kind, entry)."""
    for kind in ("first_leads", "comma_leads", "all_below"):
        for entry in data["document"][kind]:
            yield kind, entry


def trim(text: str, start: int, end: int, also: str = "") -> Span:
    """The span without the blanks, and the characters of ``also``, at its ends."""
    while start < end and (text[start].isspace() or text[start] in also):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return start, end
