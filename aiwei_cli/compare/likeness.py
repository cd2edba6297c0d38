"""How alike texts are: the cosine of their characters and pairs of characters, each weighed by how rare it is.

Characters and not words: 老旧小区改造 and 改造老旧小区 share nearly all, and no dictionary is needed. What every
text has (加强, 推进) weighs little.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import log, log1p, sqrt
from operator import add

_RUN = re.compile(r"[^\W_]+")

Grams = Mapping[str, float]
Likeness = dict[int, dict[int, float]]
"""Of texts of the one side: the texts of the other that share anything with them, and how alike they are, 0 to 1."""
Holders = dict[str, list[tuple[int, float]]]
"""The texts of the other side that have a gram, in order, with what it weighs there."""
_MOST_STEPS, _MOST_PAIRS = 60_000_000, 2_000_000
"""Where comparing all with all would take more (some thousand items that all changed), each text is compared with those
about as far along: plans keep their order, and a file must not take minutes and gigabytes."""


def grams(*parts: tuple[str, float]) -> Grams:
    """How often each character and each pair occurs in the texts, each text with its weight."""
    counted: dict[str, float] = {}
    for text, weight in parts:
        runs = _RUN.findall(text)
        for gram, count in Counter(chain(*runs, *(map(add, run, run[1:]) for run in runs))).items():
            counted[gram] = counted.get(gram, 0.0) + count * weight
    return counted


class Texts:
    """The texts of two sides. What is rare follows from all of them; only those that are asked for are compared."""

    def __init__(self, one: Sequence[Grams], other: Sequence[Grams]) -> None:
        self._one, self._other = one, other
        count = len(one) + len(other)
        spread = Counter(chain(*one, *other))
        self._rare = {gram: log1p(count / texts) for gram, texts in spread.items()}

    def alike(self, ones: Sequence[int], others: Iterable[int]) -> Likeness:
        """How alike each of ``ones`` is to each of ``others``, which are in order."""
        holders: Holders = {}
        for at in others:
            for gram, weight in _unit(self._other[at], self._rare).items():
                holders.setdefault(gram, []).append((at, weight))
        if not holders or not ones:
            return {}
        reach, along = self._reach(ones, holders), len(self._other) / len(self._one)
        if reach >= len(self._other):
            return {at: self._row(self._one[at], holders) for at in ones}
        return {at: self._row(self._one[at], _Near(holders, round(at * along), reach)) for at in ones}

    def _reach(self, ones: Sequence[int], holders: Holders) -> int:
        """How far from its own place a text is compared with others."""
        steps = sum(len(holders.get(gram, ())) for at in ones for gram in self._one[at])
        whole = len(self._other)
        if steps <= _MOST_STEPS and len(ones) * whole <= _MOST_PAIRS:
            return whole
        return min(whole * _MOST_STEPS // max(steps, 1), _MOST_PAIRS // len(ones)) // 2

    def _row(self, text: Grams, holders: Holders | _Near) -> dict[int, float]:
        row: dict[int, float] = {}
        for gram, weight in _unit(text, self._rare).items():
            for at, other_weight in holders.get(gram, ()):
                row[at] = row.get(at, 0.0) + weight * other_weight
        return row


class _Near:
    """The holders of a gram that are about as far along."""

    def __init__(self, holders: Holders, middle: int, reach: int) -> None:
        self._holders, self._low, self._high = holders, (middle - reach,), (middle + reach,)

    def get(self, gram: str, none: Sequence[tuple[int, float]]) -> Sequence[tuple[int, float]]:
        found = self._holders.get(gram, none)
        return found[bisect_left(found, self._low) : bisect_left(found, self._high)]


def _unit(text: Grams, rare: Mapping[str, float]) -> dict[str, float]:
    """The text as a vector of length 1: a gram that occurs ten times counts a little more than one that occurs once."""
    weighed = {gram: (1 + log(count) if count > 1 else count) * rare[gram] for gram, count in text.items()}
    length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
    return {gram: weight / length for gram, weight in weighed.items()}
