"""Claims: what a segment of the text is found to say, and which characters say it.

A claim is a field with its characters and its value. Where two claim the same characters, :func:`apart` decides for
all of them, so that the fields of a notice never overlap. Offsets are of the view.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from aiwei_cli.notice.model import Span
from aiwei_cli.records import NamedTuple


class Claim(NamedTuple):
    """A field that was found."""

    span: Span
    name: str
    value: Any = None
    """A string, for a list of names a tuple; None where the characters are all there is: a note, metadata."""


def apart(*groups: Iterable[Claim]) -> list[list[Claim]]:
    """The claims of each group that keep their characters, in the order of the text.

    A group goes before those after it, and in a group the earlier claim before the later. What would share a character
    with one of those is dropped, value and all; without a value it keeps the characters that are left.

    >>> tail = [Claim((0, 4), "date", "2024-03-05"), Claim((5, 12), "note")]
    >>> [[claim[:2] for claim in group] for group in apart([Claim((2, 6), "title", "…")], tail)]
    [[((2, 6), 'title')], [((6, 12), 'note')]]
    """
    taken: list[Span] = []
    kept = []
    for group in groups:
        own: list[Claim] = []
        for claim in sorted(group, key=lambda claim: claim.span):
            here = own[-1].span[1] if own else 0
            if not claim.span[0] < claim.span[1]:
                continue
            if claim.span[0] >= here and meeting(taken, claim.span) is None:
                own.append(claim)
            elif claim.value is None:
                start = max(here, claim.span[0])
                own += [claim._replace(span=span) for span in _left(taken, start, claim.span[1])]
        kept.append(own)
        taken = sorted([*taken, *(claim.span for claim in own)])
    return kept


def meeting(spans: Sequence[Span], span: Span) -> Span | None:
    """The last of some spans, in order and apart, that shares a character with a span."""
    at = bisect_left(spans, span[1], key=lambda each: each[0])  # those before it begin before the end
    return spans[at - 1] if at and spans[at - 1][1] > span[0] else None


def gaps(claims: Iterable[Claim], start: int, end: int) -> list[Span]:
    """The parts of a span outside all claims, which are in order and apart."""
    return _between([claim.span for claim in claims], start, end)


def _left(taken: Sequence[Span], start: int, end: int) -> list[Span]:
    """The parts of a span outside some other spans, which are in order and apart."""
    first = bisect_right(taken, start, key=lambda span: span[1])
    return _between(taken[first : bisect_left(taken, end, key=lambda span: span[0])], start, end)


def _between(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    found = []
    here = start
    for a, b in spans:
        if here < a < end:
            found.append((here, a))
        here = max(here, b)
    return [*found, (here, end)] if here < end else found


def first(claims: Iterable[Claim], name: str) -> Any:
    """The first value of a field; None where there is none."""
    return next((claim.value for claim in claims if claim.name == name and claim.value), None)


def all_values(claims: Iterable[Claim], name: str) -> tuple[str, ...]:
    """The values of all lists of a field in one."""
    return tuple([each for claim in claims if claim.name == name and claim.value for each in claim.value])
