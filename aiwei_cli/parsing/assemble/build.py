"""Puts the findings together: which words belong to which node, and what a node inherits.

A clause belongs to the deepest number that contains it. One exception: a clause that is a whole paragraph,
after two or more siblings none of which has a clause, belongs to their parent.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aiwei_cli.compiled import Rules
from aiwei_cli.language import deadlines
from aiwei_cli.language.chars import BLANKS, CLOSING, COMMA, OPENING, SEMICOLONS, clipped
from aiwei_cli.language.spans import line_start, until
from aiwei_cli.notice.codes import CODES
from aiwei_cli.notice.lines import Lines
from aiwei_cli.notice.model import Citation, Deadline, Diagnostic, Duty, Notice, Person, Plan, Span
from aiwei_cli.notice.source import Source
from aiwei_cli.parsing import citations
from aiwei_cli.parsing.assemble.nodes import NodeDraft, freeze, words_of
from aiwei_cli.parsing.assemble.resolve import Resolver
from aiwei_cli.parsing.clauses import doubt
from aiwei_cli.parsing.clauses.doubt import Doubt
from aiwei_cli.parsing.clauses.reading import Clause, Left, Reading
from aiwei_cli.parsing.envelope import Envelope
from aiwei_cli.parsing.envelope.claims import meeting
from aiwei_cli.parsing.envelope.names import joint
from aiwei_cli.parsing.outline.numbers import Mark
from aiwei_cli.parsing.people import FoundPerson
from aiwei_cli.parsing.view import View
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from aiwei_cli.parsing.prose.read import ProseDuty

_AFTER_CLAUSE = BLANKS + "。" + SEMICOLONS
_AFTER_TIME = "。" + SEMICOLONS + COMMA + CLOSING
_HEADING = 12
"""The number of characters after a number that tell whether its heading is 组织机构."""
_TWO_LINES = 160
"""Two lines of a page with the blanks around them."""


class Findings(NamedTuple):
    """What the steps before have found in one text."""

    text: str
    view: View
    marks: list[Mark]
    envelope: Envelope
    clauses: Sequence[Clause]
    left: Sequence[Left]
    doubts: Sequence[Doubt]
    persons: Sequence[FoundPerson] = ()
    unread: Sequence[Span] = ()
    """Where the source has a table that looks like one of tasks and was not understood."""
    said: Sequence[ProseDuty] = ()
    """What sentences assign."""
    bold: Sequence[Span] = ()
    """What the file shows in bold, in the source."""


def notice(found: Findings, source: Source, rules: Rules) -> Notice:
    """The notice that the findings make."""
    return _NoticeBuilder(found, source, rules).build()


class _NoticeBuilder:
    def __init__(self, found: Findings, source: Source, rules: Rules) -> None:
        self.text, self.view, self.marks = found.text, found.view, found.marks
        self.envelope, self.found, self.source = found.envelope, found.clauses, source
        self.doubts, self.persons, self.grammar = found.doubts, found.persons, rules.grammar
        self.said = found.said
        self.unread = found.unread
        self.starts = [mark.start for mark in self.marks]
        self.lines = Lines(self.text)
        self.diagnostics: list[Diagnostic] = []
        self.root = NodeDraft(None, list(self.envelope.own))
        bodies = self.envelope.bodies
        self.drafts = [NodeDraft(mark, [body]) for mark, body in zip(self.marks, bodies, strict=True)]
        issuer, offices = self.envelope.issuer, rules.offices
        self.issuer = joint(issuer, self.envelope.signature, offices) if issuer else None
        self.events = rules.grammar.labels.events
        title = self.envelope.title or ""
        self.event, self.honours = self.events.tells_of_event(title), self.events.tells_of_honours(title)
        self.resolver = Resolver(self.view, offices, offices.level_of(issuer) if issuer else None, found.bold)

    def build(self) -> Notice:
        self._name()
        self._clauses()
        self._doubts()
        self._citations()
        self._times()
        self._persons()
        self._inherit()
        self._prose()
        return self._notice()

    def _notice(self) -> Notice:
        root, around, view = self.root, self.envelope, self.view
        if not self.marks:
            self._report("T001", (0, 0))
        elif not any(draft.duties or draft.prose for draft in self.drafts):
            self._report("T002", (0, 0))
        for span in self.unread:
            self._report("T003", span)
        return Notice(
            text=self.text,
            source=self.source,
            title=around.title,
            issuer=self.issuer,
            document_number=around.document_number,
            date=around.date,
            year=around.year,
            addressees=around.addressees,
            preamble=words_of(view.text, root.regions, root.clauses),
            closing=words_of(view.text, around.closing, ()),
            plans=tuple(
                Plan(title, view.span(*span), self.lines.place(view.at(span[0]))[0]) for title, span in around.plans
            ),
            signature=around.signature,
            annexes=around.annexes,
            copies=around.copies,
            duties=(*root.duties, *root.prose),
            deadlines=tuple(root.deadlines),
            citations=tuple(root.citations),
            body=freeze(self.text, view, self.drafts, self.lines),
            diagnostics=tuple(sorted(self.diagnostics, key=lambda d: d.span)),
            fields=tuple([(claim.name, view.span(*claim.span)) for claim in around.claims]),
            clauses=tuple(view.span(*span) for span in root.clauses),
            layout=view.layout,
        )

    # -- places ----------------------------------------------------------------------------------------------------

    def _report(self, code: str, span: Span, detail: str = "") -> None:
        """A diagnostic at a span of the source."""
        line, column = self.lines.place(span[0])
        message = f"{CODES[code]}：{detail}" if detail else CODES[code]
        self.diagnostics.append(Diagnostic(code, message, span, line, column))

    def _quote(self, start: int, end: int) -> str:
        return clipped("".join(self.view.text[start:end].split()), 40)

    def _owner(self, offset: int) -> NodeDraft | None:
        """The node in whose own words an offset of the view lies; the root before the first one and between a plan's
        title and its first one; None in the closing parts."""
        i = bisect_right(self.starts, offset) - 1
        around, last = self.envelope, len(self.drafts) - 1
        if around.behind and offset < around.tail and meeting(around.behind, (offset, offset + 1)) is not None:
            return None  # a remark below a table
        if i < 0 or (i < last and offset >= around.bodies[i][1]):
            return self.root
        if i == last and offset >= around.tail:
            return None
        draft = self.drafts[i]
        while offset >= draft.regions[-1][1] and draft.mark is not None and draft.mark.parent is not None:
            draft = self.drafts[draft.mark.parent.place]  # after a clause that went to the parent, see _parent
        return draft

    # -- steps -----------------------------------------------------------------------------------------------------

    def _name(self) -> None:
        """Ids: the numbers from the root; a repeat of the whole path gets #2."""
        seen: dict[str, int] = {}
        for mark in self.marks:
            path = f"{mark.parent.path}/{mark.name}" if mark.parent is not None else mark.name
            mark.path = mark.id = path
            count = seen[path] = seen.get(path, 0) + 1
            if count > 1:
                mark.id = f"{path}#{count}"
            if mark.doubt:
                self._report(mark.doubt, self.view.span(mark.start, mark.end), self._quote(mark.start, mark.end + 10))

    def _clauses(self) -> None:
        unknown: dict[str, Span] = {}
        self.resolver.begin(self.found)
        for clause in self.found:
            if clause.stated:
                self.resolver.duties(clause)
                for rule in clause.reading.rules:
                    if not self.resolver.shows(rule):
                        self._report("C002", self.view.span(rule.start, rule.end), self._quote(rule.start, rule.end))
                continue
            draft = self._owner(clause.start)
            reading = clause.reading
            if draft is None and clause.start < self.envelope.tail:
                self._report("C001", self.view.span(clause.start, clause.end), self._quote(clause.start, clause.end))
            if draft is None or (draft is self.root and (self.envelope.in_head(clause.start) or not reading.labelled)):
                continue
            field = self.envelope.claimed(clause.start, clause.end)
            if field is not None and field[0] <= clause.start and clause.end <= field[1]:
                continue
            if reading.unread or field is not None:  # a character has one part: what a field has is no clause's
                words = self._quote(clause.start, clause.end) + self._cure(clause.start, clause.end)
                self._report("C001", self.view.span(clause.start, clause.end), words)
                continue
            if (self.honours or self.events.hosts(reading)) and self._hosts(clause, draft):
                continue
            if draft is not self.root and not clause.cell and self._stands_alone(clause):
                draft = self._parent(draft, clause)
            duties = self.resolver.duties(clause)
            start = max(clause.start, draft.mark.end) if draft.mark is not None else clause.start
            draft.clauses.append((start, clause.end))
            draft.duties += duties
            if draft.mark is not None and draft.mark.parent is not None:
                self.drafts[draft.mark.parent.place].children_have = True
            if reading.deadlines:
                self._deadlines(clause, draft)
            if reading.leftover and not _shown(reading, duties):
                start, end = clause.base + reading.leftover[0], clause.base + reading.leftover[1]
                self._report("C002", self.view.span(start, end), self._quote(start, end) + self._cure(start, end))
            for a in reading.unknown:
                unknown.setdefault(a.name, (clause.base + a.start, clause.base + a.end))
        for draft in self.drafts:
            if draft.deadlines:
                draft.due_below = tuple(replace(deadline, inherited=True) for deadline in draft.deadlines)
        for name, span in unknown.items():
            self._report("O001", self.view.span(*span), name)

    def _hosts(self, clause: Clause, draft: NodeDraft) -> bool:
        """Whether a clause that may say who holds an event says so here, and not who does what. A label in brackets
        does not."""
        text = self.view.text
        if text[clause.start] in OPENING and clause.reading.labelled:
            return False
        heading = text[draft.mark.end : draft.mark.end + _HEADING].lstrip() if draft.mark is not None else ""
        if self.honours:
            return self.events.hosts(clause.reading, honours=True)
        return self.event or self.events.tells_of_hosts(heading)

    def _doubts(self) -> None:
        """Report what was meant to assign and is in no clause."""
        for start, end, word, kind in self.doubts:
            draft = self._owner(start)
            if draft is None or draft is self.root or self.envelope.claimed(start, end) is not None:
                continue
            code = "C002" if kind == "half" else "C001"
            self._report(code, self.view.span(start, end), self._quote(start, end) + doubt.cure_of_word(word, kind))

    def _cure(self, start: int, end: int) -> str:
        meant = self.grammar.meant(self.view.text[start:end])
        return doubt.cure_of_word(*meant) if meant is not None else ""

    def _deadlines(self, clause: Clause, draft: NodeDraft) -> None:
        for start, end in clause.reading.deadlines:
            start, end = clause.base + start, clause.base + end
            for first, last, day in deadlines.several(self.view.text[start:end], self.envelope.year):
                words = "".join(self.view.text[start + first : start + last].split()).rstrip(_AFTER_TIME)
                if words:
                    span = self.view.span(start + first, start + last)
                    if clause.cell:
                        draft.timed |= {words}
                    draft.deadlines.append(Deadline(words, day, span, recurs=deadlines.recurs(words, day)))

    def _stands_alone(self, clause: Clause) -> bool:
        """Whether a clause is a whole paragraph. Where a page has cut the lines, brackets at the start of a line
        are no evidence."""
        text = self.view.text
        if clause.under:
            return False
        if clause.alone or not text[clause.start - 1 : clause.start].isspace():
            return clause.alone
        if self.view.flat or (self.view.wrapped and not self._behind_short_line(clause.start)):
            return False
        before = text[line_start(text, clause.start) : clause.start]
        after = text[clause.end : until("\n", text, clause.end, len(text))]
        return not before.strip() and not after.strip(_AFTER_CLAUSE)

    def _behind_short_line(self, start: int) -> bool:
        """Whether the line before ends a sentence well before the margin: a page has not cut it there."""
        place = self.view.at(start)
        above, last = ["", "", *self.text[max(0, place - _TWO_LINES) : place].split()][-2:]
        return last.endswith(("。", "！")) and len(last) < 0.8 * len(above)

    def _parent(self, draft: NodeDraft, clause: Clause) -> NodeDraft:
        """The draft that a clause in a paragraph by itself belongs to."""
        mark = draft.mark
        parent = mark.parent if mark is not None else None
        if mark is None or parent is None or mark.children:
            return draft
        outer = self.drafts[parent.place]
        if mark.place == parent.children[0] or outer.children_have:
            return draft
        start, stop = draft.regions[-1]
        draft.regions[-1] = (start, clause.start)
        outer.regions.append((clause.start, stop))
        return outer

    def _citations(self) -> None:
        for title, number, (start, end) in citations.find_citations(self.view.text):
            draft = self._owner(start)
            if draft is not None and not (draft is self.root and self.envelope.in_head(start)):
                draft.citations.append(Citation(title, number, self.view.span(start, end)))

    def _times(self) -> None:
        """Times by which something is to be done, in running text: …底前, 到…底."""
        for start, end, words, day in deadlines.in_text(self.view.text, self.envelope.year, self.envelope.date):
            draft = self._owner(start)
            if draft is not None and draft is not self.root and not _inside(draft.clauses, start):
                if words in draft.timed:
                    continue
                span = self.view.span(start, end)
                draft.deadlines.append(Deadline(words, day, span, recurs=deadlines.recurs(words, day)))

    def _persons(self) -> None:
        """Persons belong to the node in whose words they are; a contact in a paragraph at the end to the notice."""
        last = self.drafts[-1] if self.drafts else None
        for role, name, start, end in self.persons:
            draft = self._owner(start)
            if draft is None or draft is self.root or self.envelope.claimed(start, end) is not None:
                continue
            if draft is last and role.startswith("联系") and self._is_last_word(draft, start, end):
                continue
            draft.persons.append(Person(role, name, self.view.span(start, end)))

    def _is_last_word(self, draft: NodeDraft, start: int, end: int) -> bool:
        """Whether a separate paragraph, after one of the last node, names whom to ask about the notice."""
        text = self.view.text
        line, stop = line_start(text, start), draft.regions[-1][1]
        mark = draft.mark
        after = text[until("\n", text, end, stop) : stop]
        if mark is None or line <= mark.start or after.strip():
            return False
        others = (person for each in self.drafts if each is not draft for person in each.persons)
        elsewhere = any(person.role.startswith("联系") for person in others)
        return not elsewhere and meeting(draft.clauses, (line, stop)) is None

    def _inherit(self) -> None:
        """A node without duties of its own shows its nearest ancestor's; the same for the times of clauses and for
        persons, of whom those after an office go with its duties."""
        below: dict[str, Duty] = {}
        rules = self.resolver.below
        for draft in self.drafts:
            mark = draft.mark
            if mark is None:
                continue
            parent = self.drafts[mark.parent.place] if mark.parent is not None else None
            if parent is not None and not draft.duties:
                if parent.handed is None:
                    parent.handed = tuple(replace(d, inherited=True) for d in parent.duties) or parent.inherited
                draft.inherited = parent.handed
            above = (parent.persons or parent.led) if parent is not None else ()
            if above and not draft.persons:
                draft.led = tuple(
                    [replace(person, inherited=True) for person in above if person.role or not draft.duties]
                )
            if parent is not None and parent.due_below and not draft.deadlines:
                draft.due_below = parent.due_below
            while rules and rules[0].start <= mark.start:
                for duty in rules.pop(0).duties:
                    below.setdefault(duty.office, duty)
            if below and (draft.duties or not mark.children):
                present = {duty.office for duty in (*draft.duties, *draft.inherited)}
                draft.inherited += tuple(duty for office, duty in below.items() if office not in present)

    def _prose(self) -> None:
        """What sentences assign, where no clause of the same node says it. Nothing below inherits it."""
        given: dict[int, set[tuple[str, str]]] = {}
        for said, duty in zip(self.said, self.resolver.prose(self.said), strict=True):
            draft = self._owner(said.start)
            if draft is None or self.envelope.in_head(said.start):
                continue
            known = given.get(id(draft))
            if known is None:
                known = given[id(draft)] = {(d.role, d.office) for d in draft.duties}
            if (duty.role, duty.office) not in known:
                known.add((duty.role, duty.office))
                draft.prose.append(duty)


def _shown(reading: Reading, duties: Sequence[Duty]) -> bool:
    """Whether the file shows what the text does not: who leads, in bold."""
    unseen = any(rule.kind == "bold_leads" and (rule.start, rule.end) == reading.leftover for rule in reading.rules)
    return unseen and any(duty.role == "lead" for duty in duties)


def _inside(spans: Sequence[Span], offset: int) -> bool:
    """Whether an offset lies in one of the spans, which are in order and apart."""
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return at >= 0 and offset < spans[at][1]
