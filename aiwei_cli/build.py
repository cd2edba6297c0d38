"""Puts the findings together: which words belong to which node, and what a node inherits.

A clause belongs to the deepest number it literally stands in. One exception: a clause that is a paragraph of its own,
behind two or more siblings none of which has a clause, belongs to their parent.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from aiwei_cli import citations, dates
from aiwei_cli.clauses import Clause, Unread
from aiwei_cli.closing import Closing
from aiwei_cli.header import Header
from aiwei_cli.layout import View
from aiwei_cli.model import Citation, Deadline, Diagnostic, Duty, Node, Notice, Plan, Source, Span
from aiwei_cli.outline import Mark
from aiwei_cli.resolve import Resolver
from aiwei_cli.rules import Rules
from aiwei_cli.diagnostics import CODES

_HEADING_LENGTH = 30
"""A first sentence up to this length heads its item: （四）大力发展职业赛事。着力发展…"""


@dataclass(slots=True)
class _Draft:
    """A node in the making. Offsets are of the view."""

    mark: Mark | None
    regions: list[Span]
    """Its own words: without the number, the children and what belongs to no node."""
    clauses: list[Span] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    inherited: tuple[Duty, ...] = ()
    deadlines: list[Deadline] = field(default_factory=list)
    due_below: tuple[Deadline, ...] = ()
    """What its clauses say of time, which holds for the nodes below that say nothing."""
    citations: list[Citation] = field(default_factory=list)


def notice(
    text: str, source: Source, view: View, marks: list[Mark], head: Header, tail: Closing,
    clauses: Iterable[Clause | Unread], rules: Rules,
) -> Notice:
    """The notice that the findings make."""
    return _Builder(text, source, view, marks, head, tail, rules).build(clauses)


class _Builder:
    def __init__(
        self, text: str, source: Source, view: View, marks: list[Mark], head: Header, tail: Closing, rules: Rules
    ) -> None:
        self.text, self.source, self.view, self.marks = text, source, view, marks
        self.head, self.tail, self.rules = head, tail, rules
        self.starts = [mark.start for mark in marks]
        self.breaks = [i for i, char in enumerate(text) if char == "\n"]
        self.diagnostics: list[Diagnostic] = []
        self.year = head.year()
        level = rules.offices.level_of(head.issuer) if head.issuer else None
        self.resolver = Resolver(view, rules.grammar, level)
        self.root = _Draft(None, list(head.preamble))
        self.drafts = self._drafts()

    def _drafts(self) -> list[_Draft]:
        end = max(self.tail.start, self.starts[-1] if self.starts else 0)
        stops = [*self.starts[1:], end]
        return [_Draft(mark, [(mark.end, stop)]) for mark, stop in zip(self.marks, stops, strict=True)] if self.marks else []

    def build(self, clauses: Iterable[Clause | Unread]) -> Notice:
        self._name()
        self._plans()
        self._clauses(clauses)
        self._citations()
        self._times()
        self._inherit()
        body = self._nodes()
        root = self.root
        head, tail, view = self.head, self.tail, self.view
        spans = sorted((name, view.span(*span)) for name, span in [*head.spans, *tail.spans])
        if not self.marks:
            self._report("T001", (0, 0))
        return Notice(
            text=self.text, source=self.source, title=head.title, issuer=head.issuer or (tail.signature[0] if tail.signature else None),
            document_number=head.document_number, date=tail.date or head.date if not head.signature else head.date,
            year=self.year or (int(tail.date[:4]) if tail.date else None),
            addressees=head.addressees, preamble=self._words(root.regions, root.clauses),
            plans=tuple(Plan(title, view.span(*span), self._line(view.at(span[0]))) for title, span in head.plans),
            signature=head.signature or tail.signature, annexes=tail.annexes, copies=tail.copies,
            closing=self._words(self._rest(), []), duties=tuple(root.duties), deadlines=tuple(root.deadlines), citations=tuple(root.citations), body=body,
            diagnostics=tuple(sorted(self.diagnostics, key=lambda d: d.span)),
            fields=tuple(sorted(spans, key=lambda item: item[1])),
            clauses=tuple(view.span(*span) for span in root.clauses), layout=view.layout,
        )

    # -- places ----------------------------------------------------------------------------------------------------

    def _line(self, offset: int) -> int:
        return bisect_right(self.breaks, offset - 1) + 1 if offset else 1

    def _report(self, code: str, span: Span, detail: str = "") -> None:
        start = self.view.at(span[0]) if self.view.text else 0
        line = self._line(start)
        column = start - (self.breaks[line - 2] + 1 if line > 1 else 0) + 1
        message = f"{CODES[code]}：{detail}" if detail else CODES[code]
        self.diagnostics.append(Diagnostic(code, message, self.view.span(*span), line, column))

    def _owner(self, offset: int) -> _Draft | None:
        """The node in whose own words an offset lies; None in the closing parts."""
        i = bisect_right(self.starts, offset) - 1
        if i < 0:
            return self.root
        return self.drafts[i] if offset < self.tail.start or i < len(self.drafts) - 1 else None

    # -- steps -----------------------------------------------------------------------------------------------------

    def _name(self) -> None:
        """Ids: the numbers from the root; a repeat of the whole path gets #2."""
        seen: Counter[str] = Counter()
        paths: dict[int, str] = {}
        for mark in self.marks:
            path = f"{paths[id(mark.parent)]}/{mark.name}" if mark.parent is not None else mark.name
            paths[id(mark)] = path
            seen[path] += 1
            mark.id = path if seen[path] == 1 else f"{path}#{seen[path]}"
            if mark.doubt:
                self._report(mark.doubt, (mark.start, mark.end), f"{self.view.text[mark.start : mark.end + 8].split(chr(10))[0]}…")

    def _plans(self) -> None:
        """Titles of further plans: lines of their own before the first number of an outline that begins again."""
        if self.view.flat:
            return
        from aiwei_cli.header import lines

        for i, mark in enumerate(self.marks[1:], 1):
            if mark.parent is not None or mark.value != 1 or self.marks[i - 1].start == mark.start:
                continue
            draft = self.drafts[i - 1]
            a, b = draft.regions[-1]
            found = lines(self.view.text, a, b)
            for j in range(len(found) - 1, 0, -1):
                words = found[j].text
                if len(words) <= 60 and words[-1] not in "。；：，" and self.rules.numbering.title_end.search(words):
                    while j > 1 and len(found[j - 1].text) <= 40 and found[j - 1].text[-1] not in "。；：，）)”":
                        j -= 1
                        words = found[j].text + words
                    line = found[j]
                    end = next(l.end for l in found[j:] if words.endswith(l.text))
                    self.head.plans.append((words, (line.start, end)))
                    self.head.spans.append(("plan", (line.start, end)))
                    draft.regions[-1] = (a, line.start)
                    if end < b:
                        self.root.regions.append((end, b))
                    break

    def _clauses(self, clauses: Iterable[Clause | Unread]) -> None:
        unknown: dict[str, Span] = {}
        offices = self.rules.offices
        count = 0
        for clause in clauses:
            draft = self._owner(clause.start)
            if draft is None or self._in_field(clause.start):
                continue
            if isinstance(clause, Unread):
                if draft.mark is not None:
                    self._report("C001", (clause.start, clause.end), self._short(clause.start, clause.end))
                continue
            if draft.mark is not None and self._stands_alone(clause):
                draft = self._parent(draft, clause)
            duties = self.resolver.duties(clause)
            count += len(duties)
            draft.clauses.append((clause.start, clause.end))
            draft.duties += duties
            for start, end in clause.deadlines:
                words = "".join(self.view.text[start:end].split()).rstrip("。；;，,）)")
                if words:
                    draft.deadlines.append(Deadline(words, dates.due(words, self.year), self.view.span(start, end)))
            draft.due_below = tuple(replace(d, inherited=True) for d in draft.deadlines)
            if clause.leftover:
                self._report("C002", clause.leftover, self._short(*clause.leftover))
            for duty in duties:
                if duty.written not in unknown and not offices.known(duty.written):
                    unknown[duty.written] = duty.span
            self._bind_below(clause, draft)
        for name, span in unknown.items():
            line = self._line(span[0])
            column = span[0] - (self.breaks[line - 2] + 1 if line > 1 else 0) + 1
            self.diagnostics.append(Diagnostic("O001", f"{CODES['O001']}：{name}", span, line, column))
        if self.marks and not count:
            self._report("T002", (0, 0))

    def _in_field(self, offset: int) -> bool:
        if self.starts and offset >= self.starts[0]:
            return False
        return any(start <= offset < end for _, (start, end) in self.head.spans)

    def _short(self, start: int, end: int) -> str:
        words = "".join(self.view.text[start:end].split())
        return words if len(words) <= 40 else f"{words[:40]}…"

    def _stands_alone(self, clause: Clause) -> bool:
        """Whether a clause is a paragraph of its own. Where a page has cut the lines, brackets at the start of a line are
        no evidence."""
        if clause.alone:
            return True
        if self.view.wrapped or self.view.flat:
            return False
        text = self.view.text
        before = text[text.rfind("\n", 0, clause.start) + 1 : clause.start]
        stop = text.find("\n", clause.end)
        after = text[clause.end : stop if stop >= 0 else len(text)]
        return not before.strip() and not after.strip(" \t\u3000\r。；;")

    def _parent(self, draft: _Draft, clause: Clause) -> _Draft:
        mark = draft.mark
        assert mark is not None  # the caller has asked
        parent = mark.parent
        if parent is None or mark.children:
            return draft
        siblings = [child for child in parent.children if child.start <= mark.start]
        drafts = {id(d.mark): d for d in self.drafts[bisect_right(self.starts, parent.start) - 1 : bisect_right(self.starts, mark.start)]}
        if len(siblings) < 2 or any(drafts[id(sibling)].clauses for sibling in siblings):
            return draft
        outer = drafts[id(parent)]
        start, stop = draft.regions[-1]
        draft.regions[-1] = (start, clause.start)
        outer.regions.append((clause.start, stop))
        return outer

    def _bind_below(self, clause: Clause, draft: _Draft) -> None:
        if clause.below and self.resolver.below:
            self.bound = getattr(self, "bound", [])

    def _citations(self) -> None:
        for title, number, (start, end) in citations.find(self.view.text):
            draft = self._owner(start)
            if draft is not None and not self._in_field(start):
                draft.citations.append(Citation(title, number, self.view.span(start, end)))

    def _times(self) -> None:
        """Times by which something is to be done, in running text: …底前."""
        text = self.view.text
        for match in re.finditer("前", text):
            stop = match.end()
            found = dates.IN_TEXT.search(text, max(0, stop - 20), min(stop + 1, len(text)))
            if found is None:
                continue
            draft = self._owner(found.start())
            if draft is None or draft is self.root or any(a <= found.start() < b for a, b in draft.clauses):
                continue
            words = "".join(found[0].split())
            draft.deadlines.append(Deadline(words, dates.due(words, self.year), self.view.span(*found.span())))

    def _inherit(self) -> None:
        """A node without duties of its own shows its nearest ancestor's; the same for the times of clauses."""
        by_mark = {id(draft.mark): draft for draft in self.drafts}
        below: list[Duty] = []
        rules = list(self.resolver.below)
        for draft in self.drafts:
            mark = draft.mark
            assert mark is not None  # only the root has none
            parent = by_mark.get(id(mark.parent)) if mark.parent is not None else None
            if parent is not None:
                if not draft.duties:
                    draft.inherited = tuple(replace(d, inherited=True) for d in parent.duties) or parent.inherited
                if not draft.deadlines and parent.due_below:
                    draft.deadlines = list(parent.due_below)
                    draft.due_below = parent.due_below
            if below and (draft.duties or not mark.children):
                present = {d.office for d in (*draft.duties, *draft.inherited)}
                draft.inherited += tuple(d for d in below if d.office not in present)
            while rules and rules[0].duties and draft.clauses and rules[0].duties[0].span[0] < self._source_end(draft):
                below += [replace(d, inherited=True) for d in rules.pop(0).duties]

    def _source_end(self, draft: _Draft) -> int:
        return self.view.span(*draft.clauses[-1])[1]

    # -- nodes -----------------------------------------------------------------------------------------------------

    def _nodes(self) -> tuple[Node, ...]:
        """Freeze the drafts, the innermost first."""
        made: dict[int, Node] = {}
        view = self.view
        for draft in reversed(self.drafts):
            mark = draft.mark
            assert mark is not None  # only the root has none
            children = tuple(made.pop(id(child)) for child in mark.children)
            title_span, regions = self._title(draft)
            start, end = view.span(mark.start, self._end(draft))
            if children:
                end = max(end, children[-1].span[1])
            made[id(mark)] = Node(
                mark.id, self.text[start : view.span(mark.start, mark.end)[1]], mark.kind.level,
                self._words([title_span], []).rstrip("。") if title_span else "", self._words(regions, draft.clauses),
                (start, end), self._line(start), (*draft.duties, *draft.inherited), tuple(draft.deadlines),
                tuple(draft.citations), children, view.span(*title_span) if title_span else None,
                tuple(view.span(*span) for span in draft.clauses),
            )
        return tuple(made[id(mark)] for mark in self.marks if mark.parent is None)

    def _rest(self) -> list[Span]:
        """The words behind the body between its fields."""
        rest = []
        here = self.tail.start
        for _, (start, end) in self.tail.spans:
            rest.append((here, start))
            here = max(here, end)
        return [*rest, (here, len(self.view.text))]

    def _end(self, draft: _Draft) -> int:
        text = self.view.text
        end = draft.mark.end if draft.mark else 0
        for start, stop in draft.regions:
            while stop > start and text[stop - 1].isspace():
                stop -= 1
            end = max(end, stop)
        return end

    def _title(self, draft: _Draft) -> tuple[Span | None, list[Span]]:
        """A heading's own words: its line, or the short first sentence before more text."""
        text = self.view.text
        (start, stop), *more = draft.regions
        while start < stop and text[start].isspace():
            start += 1
        line_end = text.find("\n", start, stop)
        line_end = stop if line_end < 0 else line_end
        full = next((i for i in range(start, min(start + _HEADING_LENGTH + 1, line_end)) if text[i] in "。：:！？"), -1)
        clause = next((a for a, _ in draft.clauses if start <= a <= line_end), None)
        if full > start and text[full] == "。" and (clause is None or full < clause):
            if self._goes_on(full + 1, stop, draft.clauses):
                return (start, full + 1), [(full + 1, stop), *more]
        if full < 0 and clause is None and line_end - start <= 60 and start < line_end and text[line_end - 1] not in "。；;，,、：":
            mark = draft.mark
            if (mark is not None and mark.children) or text[line_end:stop].strip():
                return (start, line_end), [(line_end, stop), *more]
        return None, [(start, stop), *more]

    def _goes_on(self, start: int, stop: int, clauses: list[Span]) -> bool:
        """Whether there are words besides clauses."""
        return bool(self._words([(start, stop)], clauses).strip("。"))

    def _words(self, regions: list[Span], clauses: list[Span]) -> str:
        """The words of some regions of the view without the clauses: paragraphs, stripped, joined by a line feed."""
        text = self.view.text
        pieces = []
        for start, stop in regions:
            here = start
            for a, b in clauses:
                if start <= a < stop:
                    pieces.append(text[here:a])
                    here = b
            pieces.append(text[here:stop])
            pieces.append("\n")
        return "\n".join(words for words in (line.strip() for line in "".join(pieces).split("\n")) if words)
