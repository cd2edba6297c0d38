"""Nothing lost: a notice gives its source back from its parts.

Every character belongs to exactly one part: a number, a heading, text, a clause, a header field, layout or blank. The
parts are computed from what the notice says of itself, so :func:`verify` finds out whether a value of the notice and
the characters of its span are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Literal

from aiwei_cli.language.radicals import without_radicals
from aiwei_cli.notice.model import Node, Notice, Span
from aiwei_cli.records import record

Kind = Literal["number", "heading", "text", "clause", "field", "layout", "blank"]


@record
class Part:
    """A piece of the source."""

    kind: Kind
    span: Span
    owner: str | None
    """The id of the node, or the name of the header field; None for text under no number."""


@record
class Coverage:
    """The result of :func:`verify`."""

    ok: bool
    coverage: float
    """The share of the characters, blanks apart, that are in a value of the notice, 0 to 1."""
    problems: tuple[str, ...]
    """What is wrong, in Chinese."""


def parts(notice: Notice) -> list[Part]:
    """The parts of the source in order; joined, ``notice.text[start:end]`` of all of them is the source."""
    text = notice.text
    claims = sorted(_claims(notice), key=lambda part: (part.span[0], -part.span[1]))
    regions = _regions(notice)
    found: list[Part] = []
    here = 0
    for claim in claims:
        start, end = max(claim.span[0], here), claim.span[1]
        if end <= start:
            continue
        found += _gap(text, here, start, regions)
        found.append(Part(claim.kind, (start, end), claim.owner))
        here = end
    found += _gap(text, here, len(text), regions)
    return list(_lay(found, notice.layout))


def _claims(notice: Notice) -> Iterator[Part]:
    for name, span in notice.fields:
        yield Part("field", span, name)
    for span in notice.clauses:
        yield Part("clause", span, None)
    for node in notice.walk():
        yield Part("number", (node.span[0], node.span[0] + len(node.number)), node.id)
        if node.title_span is not None:
            yield Part("heading", node.title_span, node.id)
        for span in node.clauses:
            yield Part("clause", span, node.id)


def _regions(notice: Notice) -> list[tuple[int, str | None]]:
    """(where, the id of the deepest node from there on)."""
    regions: list[tuple[int, str | None]] = [(0, None)]
    for root in notice.body:
        opened: list[Node] = []
        for node in root.walk():
            while opened and opened[-1].span[1] <= node.span[0]:
                closed = opened.pop()
                regions.append((closed.span[1], opened[-1].id if opened else None))
            regions.append((node.span[0], node.id))
            opened.append(node)
        while opened:
            closed = opened.pop()
            regions.append((closed.span[1], opened[-1].id if opened else None))
    return regions


def _gap(text: str, start: int, end: int, regions: list[tuple[int, str | None]]) -> Iterator[Part]:
    """Text and blanks between claims, cut where the node changes."""
    if start >= end:
        return
    low, high = 0, len(regions)
    while low < high:
        middle = (low + high) // 2
        if regions[middle][0] <= start:
            low = middle + 1
        else:
            high = middle
    at = low - 1
    while start < end:
        stop = min(end, regions[at + 1][0]) if at + 1 < len(regions) else end
        if stop > start:
            yield from _words(text, start, stop, regions[at][1])
        start = max(start, stop)
        at += 1


def _words(text: str, start: int, end: int, owner: str | None) -> Iterator[Part]:
    at = start
    for blank, run in groupby(text[start:end], str.isspace):
        length = sum(1 for _ in run)
        yield Part("blank" if blank else "text", (at, at + length), owner)
        at += length


def _lay(found: list[Part], layout: tuple[Span, ...]) -> Iterator[Part]:
    """Cut the layout out of the parts that contain it."""
    marks = iter([*layout, (1 << 62, 1 << 62)])
    mark = next(marks)
    for part in found:
        start, end = part.span
        while mark[1] <= start:
            mark = next(marks)
        while mark[0] < end:
            if mark[0] > start:
                yield Part(part.kind, (start, mark[0]), part.owner)
            stop = min(mark[1], end)
            yield Part("layout", (max(start, mark[0]), stop), None)
            start = stop
            if stop == mark[1]:
                mark = next(marks)
            else:
                break
        if start < end:
            yield Part(part.kind, (start, end), part.owner)


def verify(notice: Notice) -> Coverage:
    """Rebuild the source from the parts, and compare every value of the notice with the characters of its parts."""
    text = notice.text
    found = parts(notice)
    problems = []
    if (
        any(a.span[1] != b.span[0] for a, b in pairwise(found))
        or "".join(text[a:b] for a, b in (p.span for p in found)) != text
    ):
        problems.append("各部分拼不回原文")
    words: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for part in found:
        words[part.kind, part.owner].append(text[part.span[0] : part.span[1]])
    total = missing = 0
    for (kind, owner), pieces in words.items():
        count = len(_squeeze("".join(pieces)))
        if kind != "layout":
            total += count
        if kind == "text" and owner is None and _squeeze("".join(pieces)) != _squeeze(notice.preamble + notice.closing):
            missing += count
            problems.append("编号以外的正文与原文不一致")
    for node in notice.walk():
        for kind, value in (("text", node.text), ("heading", node.title)):
            own = _squeeze("".join(words.get((kind, node.id), ())))
            if own.rstrip("。") != _squeeze(value).rstrip("。"):
                missing += len(own)
                problems.append(f"{node.id}（第 {node.line} 行）的{'正文' if kind == 'text' else '标题'}与原文不一致")
    return Coverage(not problems, 1 - missing / total if total else 1.0, tuple(problems))


def _squeeze(words: str) -> str:
    return "".join(without_radicals(words).split())  # a radical and the sign that it shows are the same
