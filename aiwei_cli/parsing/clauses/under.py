"""Clauses that their place tells: a line under an item, 市水利局牵头，市住建局配合, and a list among bare lists."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from aiwei_cli.language.chars import COLONS
from aiwei_cli.language.spans import trim
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.clauses import doubt
from aiwei_cli.parsing.clauses.grammar import Grammar
from aiwei_cli.parsing.clauses.reading import NO_VERB, Assignment, By, Clause, Left, Reading

_LONGEST = 200
_SIBLINGS = 2
"""Beside this many lists of offices in brackets, a list with unknown names is one too."""
_NAME = (2, 12)
_STOPS = ("。", "；", "”")
_ENDS = ("", "。", "；", ";", "\n")


def find_under(text: str, starts: Sequence[int], taken: Sequence[Span], grammar: Grammar) -> Iterator[Clause]:
    """The lines directly under an item that are nothing but offices and verbs; ``taken`` are the other clauses."""
    lines, begins, ends = f"{text}\n", [start for start, _ in taken], [end for _, end in taken]
    for node, following in zip(starts, [*starts[1:], None], strict=False):
        first, _, under = lines[node:following].partition("\n")
        line, whole, _ = under.partition("\n")
        start = node + len(first + whole)
        end = start + len(line)
        if not line or not whole or len(line) >= _LONGEST or bisect_right(ends, start) < bisect_left(begins, end):
            continue  # a clause is in the line, and perhaps goes on in the next
        start, end = trim(text, start, end, "。；;")
        if grammar.lexer.words.verb_at_end(text, start, end) is None or any(colon in line for colon in COLONS):
            continue
        reading = grammar.bracketed(text[start:end])
        if reading.complete:
            yield Clause(start, end, start, reading, under=True)


def like_siblings(text: str, found: Sequence[Clause], left: Sequence[Left], grammar: Grammar) -> list[Clause]:
    """The lists after a stop whose names no rule knows but the first, among brackets that are lists of offices."""
    if sum([clause.reading.bare for clause in found]) < _SIBLINGS:
        return []
    alike = []
    for start, end, reason in left:
        placed = text.endswith(_STOPS, None, start) or text[end : end + 1] in _ENDS
        if reason == "nobody" and placed:
            reading = _bare_list(text[start + 1 : end - 1], grammar)
            if reading is not None:
                alike.append(Clause(start, end, start + 1, reading))
    return alike


def _bare_list(words: str, grammar: Grammar) -> Reading | None:
    """A list whose first name is an office, the others unknown and short: 水利局、远帆物流."""
    if grammar.explaining.explain(words) or doubt.unknown_verb(words, grammar) is not None:
        return None
    names = grammar.lexer.splitter.split(words)
    if not names or not names[0].looks:
        return None
    if any(not name.text.isalpha() or not _NAME[0] <= len(name.text) <= _NAME[1] for name in names if not name.looks):
        return None
    given = tuple(
        [Assignment("responsible", n.text, n.start, n.end, n.group, By(NO_VERB, n.start, n.start)) for n in names]
    )
    unknown = tuple([each for each, name in zip(given, names, strict=True) if not name.known])
    return Reading(given, unknown=unknown)
