"""Questions to notices: which items does this office owe, what has no owner, what is due in June?

A notice is walked as :class:`Place` s, items with the headings above them; :func:`select` keeps those that answer the
:class:`Filters` and says which duties made them answer. Several values of one filter mean any of them, different
filters mean all of them; office, role and where it is stated speak of the same duty. What is asked may be written as
people write it: ``二、`` or ``(一)`` for a section, 牵头 or lead for a role, an office by any of its names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from aiwei_cli.errors import UsageError
from aiwei_cli.notice.model import ROLES, STATED, Diagnostic, Duty, Node, Notice, Person, Plan, Role, Stated
from aiwei_cli.query.asked import id_path, number_path, squeezed
from aiwei_cli.query.doubts import by_item

if TYPE_CHECKING:
    from typing import Protocol

    from aiwei_cli.query.words import Cutter

    class OfficeNames(Protocol):
        """What is asked of :class:`aiwei_cli.offices.Offices`."""

        def expand(self, query: str) -> frozenset[str]: ...

        def words(self) -> Iterable[str]: ...


WHOLE = "-"
"""The id that stands for the notice itself, where duties stand under no number."""


class AsWritten:
    """Offices without rules: a name finds itself."""

    def expand(self, query: str) -> frozenset[str]:
        return frozenset((query,))

    def words(self) -> Iterable[str]:
        return ()


class Filters(NamedTuple):
    """What is asked. An empty filter asks nothing."""

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


class Place(NamedTuple):
    """A node with what stands above it, from the root."""

    notice: Notice
    node: Node
    headings: tuple[Node, ...] = ()
    plan: Plan | None = None
    """The enclosed plan it belongs to, where the notice holds several."""


class Hit(NamedTuple):
    """An item that answers."""

    place: Place
    duties: tuple[Duty, ...]
    """Those that made it answer: all, or those of the office and role asked for."""
    all_duties: tuple[Duty, ...]
    """Those that count at all: its own, and unless only these were asked for, those from above."""
    persons: tuple[Person, ...] = ()
    """Those that count, as with duties."""
    doubts: tuple[Diagnostic, ...] = ()
    """What a person should look at in the item."""


def places(notice: Notice) -> Iterator[Place]:
    """All nodes of a notice in the order of the text; first the notice itself if duties stand under no number."""
    if notice.duties:
        yield Place(notice, whole(notice))
    several = len(notice.plans) > 1
    stack: list[tuple[Node, tuple[Node, ...]]] = [(node, ()) for node in reversed(notice.body)]
    plan: Plan | None = None
    coming = list(reversed(notice.plans)) if several else []
    while stack:
        node, headings = stack.pop()
        while coming and coming[-1].span[0] <= node.span[0]:
            plan = coming.pop()
        yield Place(notice, node, headings, plan)
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
    )


def select(notice: Notice, filters: Filters, offices: OfficeNames | None = None) -> Iterator[Hit]:
    """The items of a notice that answer, in the order of the text."""
    return selector(filters, offices)(notice)


def selector(filters: Filters, offices: OfficeNames | None = None) -> Callable[[Notice], Iterator[Hit]]:
    """:func:`select` for many notices: what the filters need is made once.

    Raises UsageError for filters that contradict each other.
    """
    refuse_contradictions(filters)
    offices = offices or AsWritten()
    wanted = _duty_test(filters, offices)
    tests = list(_place_tests(filters, offices))

    def find(notice: Notice) -> Iterator[Hit]:
        doubts = by_item(notice)
        for place in places(notice):
            node = place.node
            if not node.is_item or not all(test(place) for test in tests):
                continue
            counted = node.own_duties if filters.own else node.duties
            duties = counted if wanted is None else tuple(duty for duty in counted if wanted(duty))
            answers = not counted if filters.no_owner else bool(duties) or (wanted is None and not filters.own)
            if answers:
                persons = tuple(each for each in node.persons if not (filters.own and each.inherited))
                yield Hit(place, duties, counted, persons, doubts.get(node.id, ()))

    return find


def refuse_contradictions(filters: Filters) -> None:
    """Raises UsageError for filters that contradict each other."""
    if filters.no_owner and (filters.offices or filters.roles or filters.stated):
        raise UsageError(
            "--no-owner 找的是没有责任单位的事项，不能和 --office、--role、--stated 同时使用；请去掉其中一个"
        )


def _duty_test(filters: Filters, offices: OfficeNames) -> Callable[[Duty], bool] | None:
    if not (filters.offices or filters.roles or filters.stated):
        return None
    names = frozenset().union(*(expanded(name, offices) for name in filters.offices))
    roles, stated = filters.roles or ROLES, filters.stated or STATED

    def wanted(duty: Duty) -> bool:
        return (
            duty.role in roles
            and duty.stated in stated
            and (not names or duty.office in names or duty.written in names)
        )

    return wanted


def expanded(name: str, offices: OfficeNames) -> frozenset[str]:
    """All names an office is found by, the one asked for among them."""
    name = "".join(name.split())
    return offices.expand(name) | {name}


def _place_tests(filters: Filters, offices: OfficeNames) -> Iterator[Callable[[Place], bool]]:
    if filters.sections:
        yield _any_of([_section_test(asked) for asked in filters.sections])
    if filters.keywords:
        if filters.words:
            from aiwei_cli.query.words import Cutter

            cutter = Cutter(offices.words())
            yield _any_of([_word_test(asked, cutter) for asked in filters.keywords])
        else:
            yield _any_of([_keyword_test(asked) for asked in filters.keywords])
    if filters.due_before is not None:
        before, own = filters.due_before, filters.own
        yield lambda place: any(
            time.date is not None and time.date < before and not (own and time.inherited)
            for time in place.node.deadlines
        )


def _any_of(tests: Sequence[Callable[[Place], bool]]) -> Callable[[Place], bool]:
    return lambda place: any(test(place) for test in tests)


# --- sections


def _section_test(asked: str) -> Callable[[Place], bool]:
    path = number_path(asked)
    if path is None:
        words = squeezed(asked)
        return lambda place: any(words in heading for heading in _heading_words(place))
    length = len(path)

    def stands_there(place: Place) -> bool:
        full = id_path(place.node.id)
        return any(full[start : start + length] == path for start in range(len(full) - length + 1))

    return stands_there


def _heading_words(place: Place) -> Iterator[str]:
    """What the words are looked for in: the headings with their numbers, and as ``aiwei sections`` names them."""
    if place.plan:
        yield squeezed(place.plan.title)
    for node in (*place.headings, place.node):
        yield squeezed(node.number + node.title)
        yield squeezed(node.id + node.title)


# --- keywords


def _keyword_test(asked: str) -> Callable[[Place], bool]:
    pieces = [squeezed(piece) for piece in asked.split()]
    return lambda place: _holds_all(squeezed(haystack(place)), pieces)


def _holds_all(text: str, pieces: Iterable[str]) -> bool:
    return all(piece in text for piece in pieces)


def _word_test(asked: str, cutter: Cutter) -> Callable[[Place], bool]:
    pieces = [piece.casefold() for piece in asked.split()]

    def test(place: Place) -> bool:
        text = haystack(place).casefold()
        # Cutting is slow: only where the plain characters are there at all.
        return _holds_all(text, (char for piece in pieces for char in piece)) and cutter.holds(text, pieces)

    return test


def haystack(place: Place) -> str:
    """What a keyword is looked for in: an item's headings, its title and its text."""
    parts = [place.plan.title] if place.plan else []
    parts += [node.title for node in place.headings]
    return "\n".join([*parts, place.node.title, place.node.text])
