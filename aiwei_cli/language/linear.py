"""Whether a pattern can be trusted with any text: that no repeat in it can match the same words in two ways.

``(?:x+)+`` may cut twenty x in half a million ways and tries them all where what follows does not fit. Here the pattern
is taken apart as Python's own parser does, and each repeat is asked three things:

- May one turn of it end where another way through the same turn also ends or goes on: ``(?:a|ab)+``, ``(?:a|a)+``?
- May one turn be longer by what the next turn could begin with: ``(?:x+)+``?
- May its neighbour, with nothing required between them, match the same words: ``.*.*``?

It is not a measurement: the verdict on a pattern is always the same, and in doubt it is no. Atomic groups and
possessive repeats never try again, so that they are one way, whatever is in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

_FEW = 8
"""How often a repeat may take one of two ways: 256 tries."""
_COPIES = 8
"""A repeat up to this count is written out. A longer one counts as endless, so that some harmless patterns are
refused."""
_LENGTHS = 200
"""How many lengths an endless repeat counts for: up to the longest text that must be quick."""
_WAYS = 1000
"""How many ways neighbouring repeats may share the same words."""
_PAIRS = 100_000
"""A pattern in which more than these would have to be looked at is refused."""
_SAMPLE = "中a1_ \t\n。²\x00"
"""What tells classes apart, with the characters that the pattern names itself."""
_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "DIGIT": str.isdecimal,
    "SPACE": str.isspace,
    "WORD": lambda char: char.isalnum() or char == "_",
}
_POSSESSIVE = "POSSESSIVE_REPEAT"
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", _POSSESSIVE)
_WIDTHLESS = ("AT", "ASSERT", "ASSERT_NOT", "FAILURE")

TWICE = "里反复的部分有两种认法，遇到长句会越读越慢；请把反复写成占有式（如 (?:…)++），或改成列举的词"
BESIDE = "里相邻的两处反复能认同样的字，遇到长句会越读越慢；请把前一处写成占有式（如 …*+），或合成一处"
BACK = "里有回引（如 \\1），读起来没有时间保证；请去掉，改成列举的词"
UNSURE = "太复杂，不能确定读长句要多久；请拆成几条，或改成列举的词"


class _Unsure(Exception):
    """The pattern holds what is unknown here, or too much of it."""


@dataclass(slots=True)
class _Web:
    """The places of a piece where a character is read, and which may follow which (Glushkov's automaton)."""

    chars: list[frozenset[str]] = field(default_factory=list)
    opaque: set[int] = field(default_factory=set)
    """Positions that together are one atomic piece: one way, of a length that is not looked at."""
    follow: list[set[int]] = field(default_factory=list)
    twice: bool = False
    """One alternative begins as another does, or is the same."""

    def place(self, chars: frozenset[str]) -> _Stretch:
        """A new place that reads one of these."""
        self.chars.append(chars)
        self.follow.append(set())
        here = frozenset([len(self.chars) - 1])
        return _Stretch(here, here, nullable=False)

    def join(self, before: Iterable[int], after: Iterable[int]) -> None:
        """The places of ``after`` may follow those of ``before``."""
        for one in before:
            self.follow[one].update(after)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where a piece begins and ends in a web, and whether it may be empty."""

    first: frozenset[int]
    last: frozenset[int]
    nullable: bool


_EMPTY = _Stretch(frozenset(), frozenset(), True)


def problem(source: str) -> str:
    """What keeps a pattern from running in linear time, as the end of a sentence in Chinese; empty where nothing does.

    ``source`` must compile. Where Python's parser is missing, nothing is refused.

    >>> problem("(?:认真)+"), problem("(?:x+)+") == TWICE, problem("(?:x++)+")
    ('', True, '')
    """
    try:
        parser: Any = import_module("re._parser")
    except ImportError:
        return ""
    tree = list(parser.parse(source))
    try:
        return next(_PatternReader(source, tree).problems(tree, 1), "")
    except (_Unsure, RecursionError):
        return UNSURE


class _PatternReader:
    """Looks through the tree of one pattern. An item of it is a pair: what it does, and with what."""

    def __init__(self, source: str, tree: Sequence[Any]) -> None:
        self._folds = re.search(r"\(\?[A-Za-z]*i", source) is not None
        named = {*_SAMPLE, *_named(tree)}
        self._alphabet = frozenset(named | {char.swapcase() for char in named} if self._folds else named)

    # -- the questions ---------------------------------------------------------------------------------------------

    def problems(self, items: Sequence[Any], times: int) -> Iterator[str]:
        """The problems of a sequence that is itself repeated at most ``times``."""
        items = list(_flat(items))
        for op, value in items:
            name = str(op)
            if name == _POSSESSIVE:
                yield from self.problems(value[2], 1)
            elif name in _REPEATS:
                most = min(int(value[1]), _LENGTHS)
                if most > 1 and most * times > _FEW and self._twice(value[2]):
                    yield TWICE
                yield from self.problems(value[2], min(most * times, _LENGTHS))
            elif name == "ATOMIC_GROUP":
                yield from self.problems(_committed(list(value)), 1)
            elif name.startswith("GROUPREF"):
                yield BACK
            else:
                for part in _parts(name, value):
                    yield from self.problems(part, 1 if name.startswith("ASSERT") else times)
        if self._beside(items):
            yield BESIDE

    def _twice(self, body: Sequence[Any]) -> bool:
        """Whether a repeat of ``body`` can match the same words in two ways."""
        web = _Web()
        whole = self._sequence(web, body)
        if whole.nullable or web.twice:
            return True
        again = self._readable(web, whole.first)
        for one, other, parted in self._pairs(web, whole):
            if one in whole.last:
                if parted and (other in whole.last or web.follow[other]):
                    return True
                if self._readable(web, web.follow[one]) & again:
                    return True
        return False

    def _beside(self, items: Sequence[Any]) -> bool:
        """Whether neighbouring parts can share the same words in too many ways."""
        lengths = [len(_lengths([item])) for item in items]
        for start, ways in enumerate(lengths):
            for stop in range(start + 1, len(items) if ways > 1 else 0):
                if lengths[stop] > 1 and self._shared(items[start : stop + 1]):
                    ways *= lengths[stop]
                    if ways > _WAYS:
                        return True
                if not self._sequence(_Web(), [items[stop]]).nullable:
                    break
        return False

    def _shared(self, items: Sequence[Any]) -> bool:
        """Whether a sequence can match the same words in two ways."""
        web = _Web()
        whole = self._sequence(web, items)
        return any(parted and {one, other} <= whole.last for one, other, parted in self._pairs(web, whole))

    def _pairs(self, web: _Web, whole: _Stretch) -> Iterator[tuple[int, int, bool]]:
        """Each two places that two ways through the same words may lead to, and whether the ways have parted."""
        seen: set[tuple[int, int, bool]] = set()
        waiting = [(one, other, False) for one in whole.first for other in whole.first]
        while waiting:
            one, other, parted = waiting.pop()
            pair = one, other, parted or one != other
            if pair in seen or not web.chars[one] & web.chars[other]:
                continue
            if one != other and (one in web.opaque or other in web.opaque):
                # What an atomic piece reads is not followed: the ways may meet again at the end.
                end = next(iter(whole.last))
                yield end, end, True
            seen.add(pair)
            if len(seen) > _PAIRS:
                raise _Unsure
            yield pair
            waiting += [(a, b, pair[2]) for a in web.follow[one] for b in web.follow[other]]

    def _readable(self, web: _Web, places: Iterable[int]) -> frozenset[str]:
        return frozenset().union(*(web.chars[place] for place in places))

    # -- the web ---------------------------------------------------------------------------------------------------

    def _sequence(self, web: _Web, items: Iterable[Any]) -> _Stretch:
        whole = _EMPTY
        for op, value in _flat(items):
            whole = _then(web, whole, self._item(web, str(op), value))
        return whole

    def _item(self, web: _Web, name: str, value: Any) -> _Stretch:
        if name in _WIDTHLESS or name.startswith("GROUPREF"):
            return _EMPTY
        if name == "BRANCH":
            ways = [self._sequence(web, branch) for branch in value[1]]
            # Python takes out what alternatives share: of a|ab and a|a the branches are empty|b and empty|empty.
            web.twice = web.twice or any(way.nullable for way in ways)
            return _either(ways)
        if name == _POSSESSIVE:
            return self._opaque(web, value[2], empty=value[0] == 0)
        if name == "ATOMIC_GROUP":
            return self._opaque(web, value, empty=False)
        if name in _REPEATS:
            return self._repeat(web, int(value[0]), int(value[1]), value[2])
        return web.place(self._chars(name, value))

    def _opaque(self, web: _Web, body: Sequence[Any], *, empty: bool) -> _Stretch:
        inside = _Web()
        whole = self._sequence(inside, body)
        part = web.place(self._readable(inside, whole.first))
        web.opaque |= part.first
        return _Stretch(part.first, part.last, empty or whole.nullable)

    def _repeat(self, web: _Web, least: int, most: int, body: Sequence[Any]) -> _Stretch:
        if most == 0:
            return _EMPTY
        whole = self._sequence(web, body)
        if most > _COPIES or whole.nullable:
            web.join(whole.last, whole.first)
            return _Stretch(whole.first, whole.last, whole.nullable or least == 0)
        last, ends = whole.last, whole.last if least <= 1 else frozenset()
        for turn in range(2, most + 1):
            copy = self._sequence(web, body)
            web.join(last, copy.first)
            last = copy.last
            ends = ends | last if turn >= least else ends
        return _Stretch(whole.first, ends, least == 0)

    def _chars(self, name: str, value: Any) -> frozenset[str]:
        """The characters of the alphabet that an item reads."""
        if name == "ANY":
            return self._alphabet
        if name == "IN":
            members = [(str(op), inner) for op, inner in value if str(op) != "NEGATE"]
            found = frozenset().union(*(self._chars(*member) for member in members))
            return found if len(members) == len(value) else self._alphabet - found
        if name == "RANGE":
            found = frozenset(char for char in self._alphabet if value[0] <= ord(char) <= value[1])
        elif name in ("LITERAL", "NOT_LITERAL"):
            found = frozenset(chr(value))
        elif name == "CATEGORY":
            kind = str(value).removeprefix("CATEGORY_")
            fits = _CATEGORIES[kind.removeprefix("NOT_")]
            return frozenset(char for char in self._alphabet if fits(char) is not kind.startswith("NOT_"))
        else:
            raise _Unsure
        if self._folds:
            found |= frozenset(char.swapcase() for char in found)
        return self._alphabet - found if name == "NOT_LITERAL" else found


def _then(web: _Web, one: _Stretch, two: _Stretch) -> _Stretch:
    web.join(one.last, two.first)
    return _Stretch(
        one.first | two.first if one.nullable else one.first,
        one.last | two.last if two.nullable else two.last,
        one.nullable and two.nullable,
    )


def _either(parts: Sequence[_Stretch]) -> _Stretch:
    return _Stretch(
        frozenset().union(*(part.first for part in parts)),
        frozenset().union(*(part.last for part in parts)),
        any(part.nullable for part in parts),
    )


# -- the tree ----------------------------------------------------------------------------------------------------------


def _flat(items: Iterable[Any]) -> Iterator[Any]:
    """The items of a sequence, those of its groups among them: brackets alone change nothing."""
    for item in items:
        if str(item[0]) == "SUBPATTERN":
            yield from _flat(item[1][3])
        else:
            yield item


def _committed(items: Sequence[Any]) -> Sequence[Any]:
    """What is in an atomic group: a repeat at its end never tries again, as if it was possessive."""
    *before, (op, value) = [*_flat(items)] or [("AT", None)]
    return [*before, (_POSSESSIVE if str(op) in _REPEATS else op, value)]


def _parts(name: str, value: Any) -> Sequence[Any]:
    """The sequences that an item holds."""
    if name == "BRANCH":
        return list(value[1])
    if name in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    if name in _REPEATS:
        return [value[2]]
    return [value] if name == "ATOMIC_GROUP" else []


def _named(items: Iterable[Any]) -> Iterator[str]:
    """The characters that a pattern names."""
    for op, value in _flat(items):
        name = str(op)
        if name in ("LITERAL", "NOT_LITERAL"):
            yield chr(value)
        elif name == "RANGE":
            yield from map(chr, value)
        elif name == "IN":
            yield from _named(value)
        else:
            for part in _parts(name, value):
                yield from _named(part)


def _lengths(items: Iterable[Any]) -> frozenset[int]:
    """The lengths that a sequence can have, where it has a choice of them; what is atomic has none."""
    found = frozenset([0])
    for op, value in _flat(items):
        name = str(op)
        more = frozenset([1])
        if name == "BRANCH":
            more = frozenset().union(*map(_lengths, value[1]))
        elif name in _REPEATS and name != _POSSESSIVE:
            more = _repeated(_lengths(value[2]), int(value[0]), int(value[1]))
        found = _sums(found, more)
    return found


def _repeated(turn: frozenset[int], least: int, most: int) -> frozenset[int]:
    """The lengths of up to ``most`` turns. Those beyond the longest text that counts are one."""
    found = frozenset[int]() if least else frozenset([0])
    here = frozenset([0])
    for turns in range(1, min(most, _LENGTHS) + 1):
        here = _sums(here, turn)
        if turns >= min(least, _LENGTHS):
            found |= here
    return found


def _sums(one: frozenset[int], two: frozenset[int]) -> frozenset[int]:
    return frozenset(min(a + b, _LENGTHS) for a in one for b in two)
