"""Clauses that have neither brackets nor a label: a line under an item, 市水利局牵头，市住建局配合."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from aiwei_cli.model import Span
from aiwei_cli.parsing.clause.labels import COLONS
from aiwei_cli.parsing.clause.lexer import trim
from aiwei_cli.parsing.clause.reading import Clause
from aiwei_cli.parsing.clause.table import Grammar

_LONGEST = 200


def find(text: str, starts: Sequence[int], taken: Sequence[Span], grammar: Grammar) -> Iterator[Clause]:
    """The lines directly under an item that are nothing but offices and verbs; ``taken`` are the other clauses."""
    for i, node in enumerate(starts):
        start = text.find("\n", node) + 1
        end = text.find("\n", start) if start else 0
        end = len(text) if end < 0 else end
        if not 0 < end - start < _LONGEST or (i + 1 < len(starts) and starts[i + 1] < end):
            continue
        start, end = trim(text, start, end, "。；;")
        if grammar.lexer.words.verb_at_end(text, start, end) is None:
            continue
        at = bisect_left(taken, (start, start))
        if (at < len(taken) and taken[at][0] < end) or any(colon in text[start:end] for colon in COLONS):
            continue
        reading = grammar.bracketed(text[start:end])
        if reading.complete and not reading.labelled:
            yield Clause(start, end, start, reading, under=True)
