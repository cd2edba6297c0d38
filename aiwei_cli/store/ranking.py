"""Which hits of a search come first: those where the words asked for are words of the text, and in the item's own
heading.

That is bm25 over the fields of an item, as a full-text index of words would reckon it. But no such index is kept, since
cutting all notices into words takes longer than reading them: only the items that fit best by their characters are
looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import Any

from aiwei_cli.query.asked import squeezed
from aiwei_cli.query.dictionary import Dictionary

LOOKED_AT = 100
"""Items whose words are looked at; the others come after them, in the order that their characters give."""
_OFTEN, _LENGTH = 1.2, 0.75
"""k1 and b of bm25, as SQLite has them."""


class Ranking:
    """The words of a question, and how much each tells."""

    def __init__(self, words: Sequence[str], dictionary: Dictionary, counts: Mapping[str, int], items: int) -> None:
        """``counts`` says how many of the ``items`` have the characters of each word."""
        self._dictionary = dictionary
        self._worth = {
            squeezed(word): max(log((items - counts[word] + 0.5) / (counts[word] + 0.5)), 1e-6) for word in words
        }

    def sorted(self, rows: Sequence[Any], fields: Mapping[str, float], score: str) -> list[Any]:
        """Rows, the best first. ``fields`` are the columns in which words count, and how much they do there;
        in ``score`` is what their characters say, the less the better."""
        texts = [[squeezed(row[field] or "") for field in fields] for row in rows]
        lengths = [sum(map(len, text)) for text in texts]
        usual = sum(lengths) / len(lengths) if lengths else 0
        scores = [
            row[score] - self._bm25(text, tuple(fields.values()), length / usual if usual else 1)
            for row, text, length in zip(rows, texts, lengths, strict=True)
        ]
        return [rows[at] for at in sorted(range(len(rows)), key=scores.__getitem__)]

    def _bm25(self, texts: Sequence[str], weights: Sequence[float], length: float) -> float:
        total = 0.0
        for word, worth in self._worth.items():
            often = sum(weight * self._count(text, word) for text, weight in zip(texts, weights, strict=True))
            total += worth * often * (_OFTEN + 1) / (often + _OFTEN * (1 - _LENGTH + _LENGTH * length))
        return total

    def _count(self, text: str, word: str) -> int:
        """How often the characters are a word."""
        count, at = 0, text.find(word)
        while at >= 0:
            count += self._dictionary.stands(text, at, at + len(word))
            at = text.find(word, at + len(word))
        return count
