"""Questions to notices: which items does this office owe, what has no owner, what is due in June?

A notice is walked as :class:`Place` s, items with the headings above them; :mod:`aiwei_cli.query.filters` keeps those
that match the :class:`Filters` and says which duties made them match. Several values of one filter mean any of them,
different filters mean all of them; office, role and where it is stated must fit one and the same duty. What is asked
may be written as people write it: ``二、`` or ``(一)`` for a section, 牵头 or lead for a role, an office by any of its
names.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from aiwei_cli.language.chars import clipped
from aiwei_cli.notice.model import Node, Notice, Place, Plan, Role, Stated
from aiwei_cli.query.called import UNTITLED, called
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from typing import Protocol

    class OfficeNames(Protocol):
        """What is asked of :class:`aiwei_cli.offices.Offices`."""

        def expand(self, query: str) -> frozenset[str]: ...

        def words(self) -> Iterable[str]: ...


WHOLE = "-"
"""The id of the notice itself, where duties are under no number."""
_SHORT = 16
"""The characters in place of a title where a section has none."""


class AsWritten:
    """Offices without rules: a name finds itself."""

    def expand(self, query: str) -> frozenset[str]:
        return frozenset((query,))

    def words(self) -> Iterable[str]:
        return ()


class Filters(NamedTuple):
    """What is asked. An empty filter asks for nothing."""

    offices: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    sections: tuple[str, ...] = ()
    """A number (``二``, ``二/（一）``) or words of a heading."""
    keywords: tuple[str, ...] = ()
    """Each one word or several with blanks between them, which then all have to occur."""
    words: bool = False
    """Whether a keyword has to be a word of the text by jieba's reading, not just a piece of it."""
    due_before: str | None = None
    """``YYYY-MM-DD``; what is due on that day is not due before it."""
    no_owner: bool = False
    own: bool = False
    """Whether duties and deadlines that come from a heading above do not count."""
    stated: tuple[Stated, ...] = ()
    tasks: tuple[int, ...] = ()
    """The numbers of tasks in a ledger."""
    due: tuple[str, str] | None = None
    """The first day and the last of those on which something is due."""
    due_by: str | None = None
    """The last day on which it may be due."""
    overdue: str | None = None
    """The day on which it is late."""
    statuses: tuple[str, ...] = ()
    lights: tuple[str, ...] = ()
    day: str = ""
    """The day that the lights are those of."""
    light_rules: Mapping[str, Any] | None = None
    owned: bool = False
    issuers: tuple[str, ...] = ()

    @property
    def picks_duties(self) -> bool:
        """Whether only some of the duties that count make an item match."""
        return bool(self.offices or self.roles or self.stated)


def places(notice: Notice) -> Iterator[Place]:
    """All nodes of a notice in the order of the text; first the notice itself if duties are under no number."""
    if notice.duties:
        yield Place(notice, whole(notice))
    plans = notice.plans if len(notice.plans) > 1 else ()
    starts = [plan.span[0] for plan in plans]
    stack: list[tuple[Node, tuple[Node, ...]]] = [(node, ()) for node in reversed(notice.body)]
    while stack:
        node, headings = stack.pop()
        begun = bisect(starts, node.span[0])
        yield Place(notice, node, headings, plans[begun - 1] if begun else None)
        below = (*headings, node)
        stack.extend((child, below) for child in reversed(node.children))


def whole(notice: Notice) -> Node:
    """The notice itself as a node, with what it holds under no number."""
    return Node(
        id=WHOLE,
        number="",
        level=0,
        title="",
        text=notice.preamble or notice.title or "",
        span=(0, notice.source.characters),
        line=1,
        duties=notice.duties,
        deadlines=notice.deadlines,
        citations=notice.citations,
        task=notice.task,
        status=notice.status,
        moved=notice.moved,
    )


def haystack(place: Place) -> str:
    """What a keyword is looked for in: an item's headings, its title and its text."""
    parts = [place.plan.title] if place.plan else []
    parts += [node.title for node in place.headings]
    return "\n".join([*parts, place.node.title, place.node.text])


# --- what is above an item, in words


def heading(node: Node) -> str:
    """A node's number and title as on the page."""
    return node.number + node.title


def section_title(node: Node) -> str:
    """The words that name a section: its title, or the first words of its text."""
    if node.id == WHOLE:
        return "（没有编号）"
    return node.title or clipped(node.text.partition("\n")[0], _SHORT)


def above(place: Place, *, several: bool = False) -> list[tuple[Notice | Plan | Node, str]]:
    """What an item is below, from the root, each with its words: of ``several`` notices its own, its plan, headings."""
    found: list[tuple[Notice | Plan | Node, str]] = []
    if several:
        found.append((place.notice, called(place.notice) or UNTITLED))
    if place.plan:
        found.append((place.plan, place.plan.title))
    return found + [(node, heading(node)) for node in place.headings]
