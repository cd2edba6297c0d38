"""Doubts: which items the diagnostics of a notice are about, and the same finding said once with its count."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from aiwei_cli.notice.model import Diagnostic, Node, Notice
from aiwei_cli.records import NamedTuple

UNKNOWN = "O001"
"""An office that no rule knows: it is reported where it is first named, and doubtful in every cell."""


class CountedDoubt(NamedTuple):
    """What is found, and all places where it is."""

    code: str
    message: str
    places: tuple[Diagnostic, ...]

    @property
    def detail(self) -> str:
        """What the message says of this finding, after what the code means."""
        return self.message.partition("：")[2]


def counted_doubts(found: Iterable[Diagnostic]) -> list[CountedDoubt]:
    """The diagnostics by what they say, in the order of the text."""
    grouped: dict[tuple[str, str], list[Diagnostic]] = {}
    for each in found:
        grouped.setdefault((each.code, each.message), []).append(each)
    return [CountedDoubt(code, message, tuple(places)) for (code, message), places in grouped.items()]


def told(found: Iterable[Diagnostic], where: str) -> Iterable[str]:
    """A line for each finding, ``file:line:column: CODE message``, with the number of its places."""
    for each in counted_doubts(found):
        first, count = each.places[0], len(each.places)
        repeated = f"（共 {count} 处）" if count > 1 else ""
        yield f"{where}:{first.line}:{first.column}: {each.code} {each.message}{repeated}"


def by_item(notice: Notice) -> Mapping[str, tuple[Diagnostic, ...]]:
    """The diagnostics of each item, by its id: those in its own words, and its offices that no rule knows.

    What is said of the notice as a whole, or of a page, is of no item.
    """
    if not notice.diagnostics:
        return {}
    parents: dict[str, Node | None] = {}
    nodes: list[Node] = []
    stack: list[tuple[Node, Node | None]] = [(node, None) for node in reversed(notice.body)]
    while stack:
        node, parent = stack.pop()
        nodes.append(node)
        parents[node.id] = parent
        stack.extend((child, node) for child in reversed(node.children))
    starts = [node.span[0] for node in nodes]
    found: dict[str, dict[Diagnostic, None]] = {}
    unknown: dict[str, Diagnostic] = {}
    for each in notice.diagnostics:
        if each.code == UNKNOWN:
            unknown[each.message.partition("：")[2]] = each
        start, end = each.span
        if start == end:
            continue
        begun = bisect_right(starts, start)
        here = nodes[begun - 1] if begun else None
        while here is not None and not (here.is_item and start in range(*here.span)):
            here = parents[here.id]
        if here is not None:
            found.setdefault(here.id, {})[each] = None
    for node in nodes if unknown else ():
        for duty in node.duties if node.is_item else ():
            if duty.written in unknown:
                found.setdefault(node.id, {})[unknown[duty.written]] = None
    return {node_id: tuple(each) for node_id, each in found.items()}
