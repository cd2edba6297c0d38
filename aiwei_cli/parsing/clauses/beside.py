"""Fields that name no office, and what is in them beside what they are for: 责任人：张三；4月底前完成；市住建局配合.

After its first words such a field may go on with a time, with offices and their verb, or with a label that has lost its
colon: all this is read as it would be without the field. An office in the place of a person is reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiwei_cli.language.chars import SEMICOLONS
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.clauses import doubt
from aiwei_cli.parsing.clauses.misplaced import offices_in
from aiwei_cli.parsing.clauses.reading import Reading
from aiwei_cli.parsing.lists import outside_brackets

if TYPE_CHECKING:
    from aiwei_cli.parsing.clauses.table import Draft
    from aiwei_cli.parsing.clauses.vocabulary import Reader

_PARTS = frozenset("，," + SEMICOLONS + "。")


def read(draft: Draft, start: int, end: int, *, persons: bool, grammar: Reader) -> None:
    """Read ``words[start:end]`` of a draft, the value of a field; ``persons`` says that it is one of persons."""
    words = draft.words
    parts = [] if _PARTS.isdisjoint(words[start:end]) else _parts(words, start, end)
    times: list[Span] = []
    for a, b in parts:
        time = grammar.lexer.time_at(words, a, b)
        if time is not None:
            times.append((time, b))
            continue
        if not persons:
            times = []  # 主要措施：…；2019年，开展…；2020年，建立…: remarks may be prose
        whole = _assigns(words[a:end], grammar, sure=not persons)
        reading = whole or _assigns(words[a:b], grammar, sure=not persons)
        if reading is not None:
            draft.take(reading, a)
        elif persons and doubt.meant(words[a:b], grammar) is not None:
            draft.leave(a, b)
        if whole is not None:
            break
    draft.deadlines += times
    if persons:
        named = [span for span in offices_in(words, start, end, grammar) if not draft.has(*span)]
        if named:
            draft.leave(draft.label[0], named[-1][1])


def _parts(words: str, start: int, end: int) -> list[Span]:
    """What ， and ； separate, but for the first part; 、 separates names of one part."""
    found: list[Span] = []
    last = 0
    for a, b, group in outside_brackets(words, start, end):
        if group and group == last:
            found[-1] = found[-1][0], b
        elif group:
            found.append((a, b))
        last = group
    return found


def _assigns(words: str, grammar: Reader, *, sure: bool) -> Reading | None:
    """The reading of words that are offices and verbs, or verbs that always assign, and nothing else."""
    if grammar.lexer.words.last_verb(words) is None:
        return None
    reading = grammar.bracketed(words)
    read = reading.complete or (not sure and reading.assignments and not (reading.bare or reading.leftover))
    looks = grammar.offices.looks_like_office
    return reading if read and all(looks(each.name) for each in reading.assignments) else None
