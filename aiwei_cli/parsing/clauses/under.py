"""Clauses that their place tells: a line under an item, 市水利局牵头，市住建局配合, and a list among bare lists."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from aiwei_cli.language.chars import COLONS
from aiwei_cli.language.spans import trim
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.clauses import doubt, likely
from aiwei_cli.parsing.clauses.grammar import Grammar
from aiwei_cli.parsing.clauses.reading import NO_VERB, Assignment, By, Clause, Left, Reading

_LONGEST = 200
_SIBLINGS = 2
"""Beside this many lists of offices in brackets, a list with unknown names is one too."""
_NAME = (2, 12)
_ENDS = ("", "。", "；", ";", "\n")


def find_under(text: str, starts: Sequence[int], taken: Sequence[Span], grammar: Grammar) -> Iterator[Clause]:
    """The lines directly under an item that are nothing but offices and verbs; ``taken`` are the other clauses."""
    for node, following in zip(starts, [*starts[1:], len(text) + 1], strict=False):
        start = text.find("\n", node) + 1
        if not start or following <= start or text[start : start + 1] == "\n":
            continue
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if not 0 < end - start < _LONGEST or following < end:
            continue
        start, end = trim(text, start, end, "。；;")
        if grammar.lexer.words.verb_at_end(text, start, end) is None:
            continue
        at = bisect_left(taken, (start, start))
        if at and taken[at - 1][1] > start:
            continue
        if (at < len(taken) and taken[at][0] < end) or any(colon in text[start:end] for colon in COLONS):
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
        if reason == "nobody" and start and (text[start - 1] in "。；”" or text[end : end + 1] in _ENDS):
            reading = _bare_list(text[start + 1 : end - 1], grammar)
            if reading is not None:
                alike.append(Clause(start, end, start + 1, reading))
    return alike


def _bare_list(words: str, grammar: Grammar) -> Reading | None:
    """A list whose first name is an office, the others unknown and short: 水利局、远帆物流."""
    if len(words) > _LONGEST or grammar.explaining.explain(words) or doubt.unknown_verb(words, grammar) is not None:
        return None
    names = grammar.lexer.splitter.split(words, 0, len(words))
    if len(names) < 2 or not names[0].looks or likely.is_sentence(names):
        return None
    if any(not name.text.isalpha() or not _NAME[0] <= len(name.text) <= _NAME[1] for name in names if not name.looks):
        return None
    by = By(NO_VERB, 0, 0)
    given = tuple([Assignment("responsible", n.text, n.start, n.end, n.group, by) for n in names])
    unknown = tuple([each for each, name in zip(given, names, strict=True) if not name.known])
    return Reading(given, unknown=unknown, bare=True)
