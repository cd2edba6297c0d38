"""How alike texts are: the cosine of their characters and pairs of characters, each weighed by how rare it is.

Characters and not words: 老旧小区改造 and 改造老旧小区 share nearly all, and no dictionary is needed. What every
text has (加强, 推进) weighs little.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log, log1p, sqrt

_RUN = re.compile(r"[^\W_]+")

Grams = Mapping[str, float]
Likeness = list[dict[int, float]]
"""For each text of the one side: the texts of the other that share anything with it, and how alike they are, 0 to 1."""


def grams(*parts: tuple[str, float]) -> Grams:
    """How often each character and each pair occurs in the texts, each text with its weight."""
    counted: Counter[str] = Counter()
    for text, weight in parts:
        own: Counter[str] = Counter()
        for run in _RUN.findall(text):
            own.update(run)
            own.update(a + b for a, b in pairwise(run))
        for gram, count in own.items():
            counted[gram] += count * weight  # type: ignore[assignment]
    return counted


def likeness(one: Sequence[Grams], other: Sequence[Grams]) -> Likeness:
    """How alike each text of the one side is to each of the other."""
    texts = [*one, *other]
    spread = Counter(gram for text in texts for gram in text)
    rare = {gram: log1p(len(texts) / count) for gram, count in spread.items()}
    holders: dict[str, list[tuple[int, float]]] = {}
    for at, text in enumerate(other):
        for gram, weight in _unit(text, rare).items():
            holders.setdefault(gram, []).append((at, weight))
    found: Likeness = []
    for text in one:
        alike: dict[int, float] = {}
        for gram, weight in _unit(text, rare).items():
            for at, other_weight in holders.get(gram, ()):
                alike[at] = alike.get(at, 0.0) + weight * other_weight
        found.append(alike)
    return found


def _unit(text: Grams, rare: Mapping[str, float]) -> dict[str, float]:
    """The text as a vector of length 1: a gram that occurs ten times counts a little more than one that occurs once."""
    weighed = {gram: (1 + log(count) if count > 1 else count) * rare[gram] for gram, count in text.items()}
    length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
    return {gram: weight / length for gram, weight in weighed.items()}
