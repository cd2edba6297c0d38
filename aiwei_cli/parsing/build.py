"""Puts the findings together: which words belong to which node, and what a node inherits.

A clause belongs to the deepest number it literally stands in. One exception: a clause that is a paragraph of its own,
behind two or more siblings none of which has a clause, belongs to their parent.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aiwei_cli.diagnostics import CODES
from aiwei_cli.lines import Lines
from aiwei_cli.model import Citation, Deadline, Diagnostic, Duty, Notice, Plan, Source, Span
from aiwei_cli.parsing import citations, closing, dates
from aiwei_cli.parsing.clause.find import Clause, Left
from aiwei_cli.parsing.closing import Closing
from aiwei_cli.parsing.fields import Header, joint, lines
from aiwei_cli.parsing.layout import View
from aiwei_cli.parsing.nodes import Draft, freeze, words_of
from aiwei_cli.parsing.numbering import Mark
from aiwei_cli.parsing.resolve import Resolver
from aiwei_cli.patterns import pattern
from aiwei_cli.rules import Rules

_BEFORE = pattern("前")
_ANNEX = pattern(r"附\s*[件表录]\s*\d{0,2}\s*(?:[:：]|$)")


@dataclass(frozen=True, slots=True)
class Findings:
    """What the steps before have found in one text."""

    text: str
    view: View
    marks: list[Mark]
    header: Header
    closing: Closing
    clauses: Sequence[Clause]
    left: Sequence[Left]


def notice(found: Findings, source: Source, rules: Rules) -> Notice:
    """The notice that the findings make."""
    return _Builder(found, source, rules).build()


class _Builder:
    def __init__(self, found: Findings, source: Source, rules: Rules) -> None:
        self.text, self.view, self.marks = found.text, found.view, found.marks
        self.header, self.closing, self.found = found.header, found.closing, found.clauses
        self.source, self.rules = source, rules
        self.starts = [mark.start for mark in self.marks]
        self.lines = Lines(self.text)
        self.diagnostics: list[Diagnostic] = []
        self.free = gaps(self.header.spans, 0, self.starts[0] if self.starts else len(self.view.text))
        """The words before the first number that are no field; without numbers, all that are none."""
        self.root = Draft(None, self._outside())
        stops = [*self.starts[1:], max(self.closing.start, self.starts[-1])] if self.starts else []
        self.drafts: list[Draft] = []
        for mark, stop in zip(self.marks, stops, strict=True):
            self.drafts.append(Draft(mark, [(mark.end, stop)]))
        self.year = self.header.year()
        self._plans()
        self._covering()
        self.ends = [draft.regions[-1][1] for draft in self.drafts]
        if self.year is None and self.closing.date:
            self.year = int(self.closing.date[:4])
        issuer = self.header.issuer or next(iter(self.closing.signature), None)
        offices = rules.offices
        self.issuer = joint(issuer, self.header.signature or self.closing.signature, offices) if issuer else None
        self.resolver = Resolver(self.view, offices, offices.level_of(issuer) if issuer else None)

    def build(self) -> Notice:
        self._name()
        self._clauses()
        self._citations()
        self._times()
        self._inherit()
        return self._notice()

    def _notice(self) -> Notice:
        root, header, closing, view = self.root, self.header, self.closing, self.view
        fields = [(name, view.span(*span)) for name, span in [*header.spans, *closing.spans]]
        if not self.marks:
            self._report("T001", (0, 0))
        elif not any(draft.duties for draft in self.drafts):
            self._report("T002", (0, 0))
        return Notice(
            text=self.text,
            source=self.source,
            title=header.title,
            issuer=self.issuer,
            document_number=header.document_number,
            date=header.date or closing.date,
            year=self.year,
            addressees=header.addressees,
            preamble=words_of(view.text, root.regions, root.clauses),
            closing=words_of(view.text, self._rest(), ()),
            plans=tuple(
                Plan(title, view.span(*span), self.lines.place(view.at(span[0]))[0]) for title, span in header.plans
            ),
            signature=header.signature or closing.signature,
            annexes=header.annexes or closing.annexes,
            copies=closing.copies,
            duties=tuple(root.duties),
            deadlines=tuple(root.deadlines),
            citations=tuple(root.citations),
            body=freeze(self.text, view, self.drafts, self.lines),
            diagnostics=tuple(sorted(self.diagnostics, key=lambda d: d.span)),
            fields=tuple(sorted(fields, key=lambda item: item[1])),
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
        words = "".join(self.view.text[start:end].split())
        return words if len(words) <= 40 else f"{words[:40]}…"

    def _owner(self, offset: int) -> Draft | None:
        """The node in whose own words an offset of the view lies; the root before the first one and between a plan's
        title and its first one; None in the closing parts."""
        i = bisect_right(self.starts, offset) - 1
        if i < 0 or (i < len(self.drafts) - 1 and offset >= self.ends[i]):
            return self.root
        if offset >= self.closing.start and i == len(self.drafts) - 1:
            return None
        draft = self.drafts[i]
        while offset >= draft.regions[-1][1] and draft.mark is not None and draft.mark.parent is not None:
            draft = self.drafts[draft.mark.parent.place]  # behind a clause that went to the parent, see _parent
        return draft

    def _in_header(self, offset: int) -> bool:
        """Whether an offset of the view lies in a field before the first number."""
        if self.starts and offset >= self.starts[0]:
            return False
        return not _inside(self.free, offset)

    def _outside(self) -> list[Span]:
        """The words under no number that are no field. Without numbers a field of the closing may be the header's too:
        then it is the header's alone."""
        if self.starts:
            return list(self.free)
        apart = []
        for name, (start, end) in self.closing.spans:
            at = bisect_right(self.free, (start, len(self.view.text))) - 1
            if at >= 0 and end <= self.free[at][1]:
                apart.append((name, (start, end)))
        self.closing.spans = apart
        return gaps([*self.header.spans, *apart], 0, len(self.view.text))

    def _rest(self) -> list[Span]:
        """The words behind the body between its fields."""
        return gaps(self.closing.spans, self.closing.start, len(self.view.text)) if self.starts else []

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

    def _plans(self) -> None:
        """Titles of further plans: lines of their own before the first number of an outline that begins again."""
        if self.view.flat:
            return
        title_end = self.rules.numbering.title_end
        for draft, mark in zip(self.drafts, self.marks[1:], strict=False):
            if mark.parent is not None or mark.value != 1:
                continue
            a, b = draft.regions[-1]
            found = lines(self.view.text, a, b)
            for last in range(len(found) - 1, 0, -1):
                if not _is_title(found[last].text, 60) or not title_end.search(found[last].text):
                    continue
                first = last
                while first > 1 and _is_title(found[first - 1].text, 40):
                    first -= 1
                span = found[first].start, found[last].end
                self.header.plans.append(("".join(line.text for line in found[first : last + 1]), span))
                self.header.spans.append(("plan", span))
                draft.regions[-1] = (a, span[0])
                self.root.regions.append((span[1], b))
                break

    def _covering(self) -> None:
        """The closing parts of a covering notice that has numbers of its own: they stand before the plan or annex."""
        if self.view.flat:
            return
        tail = self.closing
        for draft, mark in zip(self.drafts, self.marks[1:], strict=False):
            a, b = draft.regions[-1]
            if mark.parent is not None or not (b < mark.start or mark.anew):
                continue  # neither a plan nor an annex follows
            found = closing.read(self.view, a, b)
            if found.date is None:
                continue
            draft.regions[-1] = (a, found.start)
            self.root.regions += gaps(found.spans, found.start, b)
            tail.date, tail.signature = tail.date or found.date, tail.signature or found.signature
            tail.annexes, tail.copies = tail.annexes or found.annexes, tail.copies or found.copies
            tail.spans += found.spans
        self.root.regions.sort()
        tail.spans.sort(key=lambda item: item[1])

    def _clauses(self) -> None:
        unknown: dict[str, Span] = {}
        for clause in self.found:
            if clause.stated:
                self.resolver.duties(clause)
                continue
            draft = self._owner(clause.start)
            reading = clause.reading
            if draft is None or (draft is self.root and (self._in_header(clause.start) or not reading.labelled)):
                continue
            if reading.unread:
                self._report("C001", self.view.span(clause.start, clause.end), self._quote(clause.start, clause.end))
                continue
            if draft is not self.root and self._stands_alone(clause):
                draft = self._parent(draft, clause)
            duties = self.resolver.duties(clause)
            start = max(clause.start, draft.mark.end) if draft.mark is not None else clause.start
            draft.clauses.append((start, clause.end))
            draft.duties += duties
            if draft.mark is not None and draft.mark.parent is not None:
                self.drafts[draft.mark.parent.place].children_have = True
            if reading.deadlines:
                self._deadlines(clause, draft)
            if reading.leftover:
                start, end = clause.base + reading.leftover[0], clause.base + reading.leftover[1]
                self._report("C002", self.view.span(start, end), self._quote(start, end))
            for a in reading.unknown:
                unknown.setdefault(a.name, (clause.base + a.start, clause.base + a.end))
        for draft in self.drafts:
            if draft.deadlines:
                draft.due_below = tuple(replace(deadline, inherited=True) for deadline in draft.deadlines)
        for name, span in unknown.items():
            self._report("O001", self.view.span(*span), name)

    def _deadlines(self, clause: Clause, draft: Draft) -> None:
        for start, end in clause.reading.deadlines:
            start, end = clause.base + start, clause.base + end
            words = "".join(self.view.text[start:end].split()).rstrip("。；;，,）)〕]")
            if words:
                draft.deadlines.append(Deadline(words, dates.due(words, self.year), self.view.span(start, end)))

    def _stands_alone(self, clause: Clause) -> bool:
        """Whether a clause is a paragraph of its own. Where a page has cut the lines, brackets at the start of a line
        are no evidence."""
        text = self.view.text
        if clause.alone or not text[clause.start - 1 : clause.start].isspace():
            return clause.alone
        if self.view.wrapped or self.view.flat:
            return False
        before = text[text.rfind("\n", 0, clause.start) + 1 : clause.start]
        stop = text.find("\n", clause.end)
        after = text[clause.end : stop if stop >= 0 else len(text)]
        return not before.strip() and not after.strip(" \t\u3000。；;")

    def _parent(self, draft: Draft, clause: Clause) -> Draft:
        """The draft that a clause which stands alone belongs to."""
        mark = draft.mark
        parent = mark.parent if mark is not None else None
        if mark is None or parent is None or mark.children or clause.start < mark.end:
            return draft
        outer = self.drafts[parent.place]
        if mark.place == parent.children[0] or outer.children_have:
            return draft
        start, stop = draft.regions[-1]
        draft.regions[-1] = (start, clause.start)
        outer.regions.append((clause.start, stop))
        return outer

    def _citations(self) -> None:
        for title, number, (start, end) in citations.find(self.view.text):
            draft = self._owner(start)
            if draft is not None and not (draft is self.root and self._in_header(start)):
                draft.citations.append(Citation(title, number, self.view.span(start, end)))

    def _times(self) -> None:
        """Times by which something is to be done, in running text: …底前."""
        text = self.view.text
        for match in _BEFORE.finditer(text):
            stop = match.end()
            near = dates.IN_TEXT.finditer(text, max(0, stop - 20), min(stop + 1, len(text)))
            found = next((time for time in near if time.end() == stop), None)
            draft = self._owner(found.start()) if found else None
            if found is None or draft is None or draft is self.root:
                continue
            if _inside(draft.clauses, found.start()):
                continue
            words = "".join(found[0].split())
            draft.deadlines.append(Deadline(words, dates.due(words, self.year), self.view.span(*found.span())))

    def _inherit(self) -> None:
        """A node without duties of its own shows its nearest ancestor's; the same for the times of clauses."""
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
            if parent is not None and parent.due_below and not draft.deadlines:
                draft.due_below = parent.due_below
            while rules and rules[0].start <= mark.start:
                for duty in rules.pop(0).duties:
                    below.setdefault(duty.office, duty)
            if below and (draft.duties or not mark.children):
                present = {duty.office for duty in (*draft.duties, *draft.inherited)}
                draft.inherited += tuple(duty for office, duty in below.items() if office not in present)


def gaps(fields: Sequence[tuple[str, Span]], start: int, end: int) -> list[Span]:
    """What of a span is in none of the fields."""
    found = []
    here = start
    for a, b in sorted(span for _, span in fields):
        if here < a < end:
            found.append((here, a))
        here = max(here, b)
    return [*found, (here, end)] if here < end else found


def _inside(spans: Sequence[Span], offset: int) -> bool:
    """Whether an offset lies in one of the spans, which are in order and apart."""
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return at >= 0 and offset < spans[at][1]


def _is_title(words: str, length: int) -> bool:
    """Whether a line may be a title's: it is short and ends in no mark."""
    if _ANNEX.match(words):
        return False
    return len(words) <= length and words[-1] not in "。；：，）)”、"
