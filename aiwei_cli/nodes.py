"""From drafts to nodes: what of a node's own words is its heading and what its text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from aiwei_cli.layout import View
from aiwei_cli.model import Citation, Deadline, Duty, Node, Span
from aiwei_cli.outline import Mark

_SENTENCE = 30
"""A first sentence up to this length heads its item: （四）大力发展职业赛事。着力发展…"""
_LINE = 60
"""A line up to this length, without a mark at its end, is a heading."""


@dataclass(slots=True)
class Draft:
    """A node in the making. Offsets are of the view."""

    mark: Mark | None
    regions: list[Span]
    """Its own words: without the number, the children and what belongs to no node."""
    clauses: list[Span] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    inherited: tuple[Duty, ...] = ()
    handed: tuple[Duty, ...] | None = None
    """What its children inherit, once one has asked."""
    deadlines: list[Deadline] = field(default_factory=list)
    due_below: tuple[Deadline, ...] = ()
    """What its clauses say of time, which holds for the nodes below that say nothing."""
    citations: list[Citation] = field(default_factory=list)


def freeze(text: str, view: View, drafts: list[Draft], line: Callable[[int], int]) -> tuple[Node, ...]:
    """The nodes of the drafts, which are in the order of the text; the innermost are made first."""
    made: dict[int, Node] = {}
    words = view.text
    for draft in reversed(drafts):
        mark = draft.mark
        if mark is None:
            continue
        children = tuple(made.pop(id(child)) for child in mark.children) if mark.children else ()
        title, regions = _title(words, draft, mark)
        start, end = view.span(mark.start, _end(words, draft, mark))
        if children and children[-1].span[1] > end:
            end = children[-1].span[1]
        made[id(mark)] = Node(
            mark.id,
            text[start : view.span(mark.start, mark.end)[1]],
            mark.kind.level,
            words_of(words, [title], []).rstrip("。") if title else "",
            words_of(words, regions, draft.clauses),
            (start, end),
            line(start),
            (*draft.duties, *draft.inherited),
            tuple(draft.deadlines),
            tuple(draft.citations),
            children,
            view.span(*title) if title else None,
            tuple(view.span(*span) for span in draft.clauses),
        )
    return tuple(made[id(draft.mark)] for draft in drafts if draft.mark is not None and draft.mark.parent is None)


def _end(words: str, draft: Draft, mark: Mark) -> int:
    """The end of a draft's own words, without the blanks behind them."""
    end = mark.end
    for start, stop in draft.regions:
        end = max(end, start + len(words[start:stop].rstrip()) if stop > start else start)
    return max(mark.end, end) if words[mark.end : end].strip() else mark.end


def _title(words: str, draft: Draft, mark: Mark) -> tuple[Span | None, list[Span]]:
    """A heading's own words, its line or the short first sentence before more text, and the regions without them."""
    (start, stop), *more = draft.regions
    own = words[start:stop]
    start += len(own) - len(own.lstrip())
    if start >= stop:
        return None, draft.regions
    line_end = words.find("\n", start, stop)
    line_end = stop if line_end < 0 else line_end
    clauses = draft.clauses
    clause = clauses[0][0] if clauses else stop
    full = words.find("。", start, min(start + _SENTENCE + 1, line_end))
    if start < full < clause and words.find("：", start, full) < 0:
        if words_of(words, [(full + 1, stop)], clauses).strip("。"):
            return (start, full + 1), [(full + 1, stop), *more]
        return None, [(start, stop), *more]
    line_end = start + len(words[start:line_end].rstrip())
    if clause >= line_end and line_end - start <= _LINE and words[line_end - 1] not in "。；;，,、：:":
        if mark.children or words[line_end:stop].strip():
            return (start, line_end), [(line_end, stop), *more]
    return None, [(start, stop), *more]


def words_of(text: str, regions: list[Span], clauses: list[Span]) -> str:
    """The words of some regions without the clauses in them: paragraphs, stripped, joined by a line feed."""
    pieces = []
    for start, stop in regions:
        here = start
        for a, b in clauses:
            if start <= a < stop:
                pieces.append(text[here:a])
                here = b
        pieces.append(text[here:stop])
        pieces.append("\n")
    words = "".join(pieces).strip()
    if "\n" not in words:
        return words
    return "\n".join(line for line in map(str.strip, words.split("\n")) if line)
