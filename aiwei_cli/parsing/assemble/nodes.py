"""From drafts to nodes: what of a node's own words is its heading and what its text."""

from __future__ import annotations

from collections.abc import Sequence

from aiwei_cli.language.chars import PART_ENDS, SEPARATORS
from aiwei_cli.notice.lines import Lines
from aiwei_cli.notice.model import Citation, Deadline, Duty, Node, Person, Span
from aiwei_cli.parsing.outline.numbers import Mark
from aiwei_cli.parsing.view import View
from aiwei_cli.records import field, mutable

_SENTENCE = 30
"""A first sentence up to this length heads its item: （四）大力发展职业赛事。着力发展…"""
_WHOLE = 40
"""Where a node with children says nothing but one sentence, one up to this length is its heading."""
_MARKS = frozenset(SEPARATORS)
_LINE = 60
"""A line up to this length, without a mark at its end, is a heading."""


@mutable
class NodeDraft:
    """A node in the making. Offsets are of the view."""

    mark: Mark | None
    regions: list[Span]
    """Its own words: without the number, the children and what belongs to no node."""
    clauses: list[Span] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    prose: list[Duty] = field(default_factory=list)
    """What sentences assign: duties of the node that nothing below inherits."""
    deadlines: list[Deadline] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    inherited: tuple[Duty, ...] = ()
    led: tuple[Person, ...] = ()
    """The persons of those above, where it has none."""
    handed: tuple[Duty, ...] | None = None
    """What its children inherit, once one has asked."""
    due_below: tuple[Deadline, ...] = ()
    """What its clauses say of time, or those above it: it holds for the nodes below that say nothing."""
    timed: frozenset[str] = frozenset()
    """The times that a cell of its row says: the words of the task may say them too."""
    children_have: bool = False
    """A child has a clause of its own."""


def freeze(text: str, view: View, drafts: list[NodeDraft], lines: Lines) -> tuple[Node, ...]:
    """The nodes of the drafts, which are in the order of the text; the innermost are made first."""
    made: dict[int, Node] = {}
    words = view.text
    straight = not view.starts
    begins = [draft.mark.start if draft.mark is not None else 0 for draft in drafts]
    if not straight:
        begins = list(map(view.at, begins))
    numbers = lines.numbers(begins)
    for draft, start, line in zip(reversed(drafts), reversed(begins), reversed(numbers), strict=True):
        mark = draft.mark
        if mark is None:
            continue
        children = tuple([made.pop(child) for child in mark.children]) if mark.children else ()
        title, own, end = _words(words, draft, mark)
        stop, after = end, mark.end
        title_span, clauses = title, tuple(draft.clauses)
        if not straight:
            stop, after = view.end(stop), view.end(after)
            title_span = view.span(*title) if title else None
            clauses = tuple([view.span(*span) for span in clauses])
        if children:
            stop = max(stop, children[-1].span[1])
        made[mark.place] = Node(
            mark.id,
            text[start:after],
            mark.kind.level,
            words[title[0] : title[1]].rstrip("。") if title else "",
            own,
            (start, stop),
            title_span,
            line,
            (*draft.duties, *draft.prose, *draft.inherited),
            tuple(draft.deadlines) or draft.due_below,
            tuple(draft.citations),
            clauses,
            children,
            None,
            tuple(draft.persons) or draft.led,
        )
    return tuple(made[place] for place in sorted(made))


def _words(words: str, draft: NodeDraft, mark: Mark) -> tuple[Span | None, str, int]:
    """The span of a heading (its line, or the short first sentence before more text), its text, and where both end."""
    regions, clauses = draft.regions, draft.clauses
    start, stop = regions[0]
    own = words[start:stop].rstrip()
    stop = end = start + len(own)
    start = stop - len(own.lstrip())
    if len(regions) > 1:
        end = max([end, *(a + len(words[a:b].rstrip()) for a, b in regions[1:] if words[a:b].strip())])
    if start >= stop:
        return None, words_of(words, regions[1:], clauses) if end > stop else "", max(mark.end, end)
    clause = clauses[0][0] if clauses else stop
    full = words.find("。", start, start + _SENTENCE + 1)
    title = None
    line_end = stop
    if start < full < clause and words.find("\n", start, full) < 0 and words.find("：", start, full) < 0:
        rest = _rest(words, full + 1, stop, clauses)
        if rest.strip("。"):
            title = start, full + 1
            if len(regions) == 1:
                return title, rest, end
    else:
        line_end = words.find("\n", start, stop)
        line_end = stop if line_end < 0 else start + len(words[start:line_end].rstrip())
        heads = mark.children or line_end < stop
        if heads and clause >= line_end and line_end - start <= _LINE and words[line_end - 1] not in _MARKS:
            title = start, line_end
    if title is None and mark.children:
        ends_line = clauses and line_end - 1 <= clauses[0][1]
        if ends_line and 0 < clause - start <= _LINE and _MARKS.isdisjoint(words[start:clause]):
            title = start, clause  # a heading with its clause in the same line: （一）改善居住环境（住建局牵头）
        elif clause - start <= _WHOLE + len("。"):
            title = _whole(words, start, min(clause, stop), regions, clauses)
    if title is not None:
        start = title[1]
    if len(regions) == 1:
        return title, _rest(words, start, stop, clauses), end
    return title, words_of(words, [(start, stop), *regions[1:]], clauses), end


def _rest(words: str, start: int, stop: int, clauses: Sequence[Span]) -> str:
    """What :func:`words_of` says of one region."""
    if len(clauses) > 1 or words.find("\n", start, stop) >= 0:
        return words_of(words, [(start, stop)], clauses)
    if not clauses or clauses[0][0] >= stop:
        return words[start:stop].strip()
    begin, end = clauses[0]
    return (words[start:begin] + words[max(start, end) : stop]).strip()


def _whole(words: str, start: int, stop: int, regions: Sequence[Span], clauses: Sequence[Span]) -> Span | None:
    """The span of the one short sentence that is all a node with children says: （一）完善设施。（水利局牵头）"""
    sentence = words[start:stop].rstrip()
    said = sentence.removesuffix("。")
    if not said or len(said) > _WHOLE or said[-1] in _MARKS or any(stop in said for stop in PART_ENDS + "\n"):
        return None
    return (start, start + len(sentence)) if words_of(words, regions, clauses) == sentence else None


def words_of(text: str, regions: Sequence[Span], clauses: Sequence[Span]) -> str:
    """The words of some regions without the clauses in them: paragraphs, stripped, joined by a line feed.

    Regions and clauses are each in order.
    """
    pieces = []
    behind = at = 0
    for start, stop in regions:
        here = max(start, behind)
        while at < len(clauses) and clauses[at][0] < stop:
            a, b = clauses[at]
            at += 1
            pieces.append(text[here:a])  # nothing where a clause begins in the blanks before its region
            here = behind = max(here, b)
        pieces.append(text[here:stop])
        pieces.append("\n")
    words = "".join(pieces).strip()
    if "\n" not in words:
        return words
    return "\n".join([line for line in map(str.strip, words.split("\n")) if line])
