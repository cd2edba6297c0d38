"""Full-text search: characters find, words rank.

A question is found wherever its characters are in a row, in the item's text, the headings above it or the names of
its offices: 厕所 in 户厕和旅游厕所, and 户厕 too, which is in no dictionary. How well an item fits is bm25 over these
characters plus bm25 over words (``ranking``), so that 与会 as a word comes before 参与会议.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from unicodedata import category

from aiwei_cli.errors import UsageError
from aiwei_cli.query.asked import squeezed
from aiwei_cli.query.dictionary import Dictionary
from aiwei_cli.query.table import Column, Marked, Row, Table
from aiwei_cli.query.tokens import phrase
from aiwei_cli.query.where import Where
from aiwei_cli.records import NamedTuple
from aiwei_cli.store.called import CALLED
from aiwei_cli.store.ranking import LOOKED_AT, Ranking

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

COLUMNS = (
    Column("rank", "名次", kind="count"),
    Column("notice", "公文"),
    Column("id", "编号"),
    Column("section", "所属章节", person=False),
    Column("snippet", "片段"),
    Column("lead", "牵头单位", optional=True),
    Column("responsible", "责任单位", optional=True),
    Column("support", "配合单位", optional=True),
    Column("deadline", "完成时限", optional=True),
    Column("path", "来源文件", person=False),
    Column("line", "行", kind="count", person=False),
)
_WIDTH = 60
"""Characters of a snippet."""
_BEFORE = 15
"""Of these, how many come before the first hit."""
_MOST_NAMES = 30
_ONE_WORD = 2


class SearchTerms(NamedTuple):
    """What is looked for, made ready for FTS5."""

    all: str
    """Characters: every piece has to be there, as it is or in all its words."""
    some: str
    """Characters: any word of any piece."""
    words: tuple[str, ...]
    """The pieces that may be words."""
    marks: tuple[str, ...]
    """What is to be marked in a text, long ones first."""


def question(asked: str, offices: Offices, dictionary: Dictionary) -> SearchTerms:
    """The words asked for, and those in them; an office by its other names too. Raises as :func:`words_asked`."""
    alternatives = [_names(piece, offices) for piece in words_asked(asked)]
    words = {names[0]: _words(names[0], dictionary) for names in alternatives}
    every = []
    for names in alternatives:
        ways = [phrase(name) for name in names]
        if len(words[names[0]]) > 1:
            ways.append("(" + " AND ".join(map(phrase, words[names[0]])) + ")")
        every.append("(" + " OR ".join(ways) + ")")
    each = dict.fromkeys(word for names in alternatives for word in (*names, *words[names[0]]))
    wordlike = tuple(word for word in each if any(char.isalnum() for char in word))
    marks = sorted((squeezed(word) for word in each), key=lambda word: -len(word))
    return SearchTerms(" AND ".join(every), " OR ".join(map(phrase, each)), wordlike, tuple(marks))


def _words(piece: str, dictionary: Dictionary) -> list[str]:
    """The words in a piece of a question. Two letters are one word."""
    cut = dictionary.cut(piece) if len(piece) > _ONE_WORD else ()
    return [word for word in cut if word != piece and not _only_marks(word)]


def words_asked(asked: str) -> list[str]:
    """The words of a question, without those that are only punctuation. Raises UsageError where none is left.

    >>> words_asked("厕所 、 消毒")
    ['厕所', '消毒']
    """
    found = [piece for piece in asked.split() if not _only_marks(piece)]
    if not found:
        said = f"“{asked.strip()}”里只有标点" if asked.strip() else "要找的字词是空的"
        raise UsageError(f'{said}；请写上字词，如 aiwei search "厕所 消毒"')
    return found


def _only_marks(word: str) -> bool:
    """Whether there is nothing but punctuation: signs such as ℃ and + are not."""
    return all(category(char).startswith("P") for char in word)


def _names(piece: str, offices: Offices) -> list[str]:
    others = sorted(offices.expand(piece) - {piece})[:_MOST_NAMES] if offices.known(piece) else []
    return [piece, *others]


class SearchAnswer(NamedTuple):
    """What a search found."""

    rows: list[Any]
    """The best, as many as were asked for."""
    total: int
    """Of all there are."""
    every: bool
    """Whether they hold every piece; where none does, those come that hold some."""


def search(
    connection: sqlite3.Connection, asked: SearchTerms, dictionary: Dictionary, where: Where, limit: int | None
) -> SearchAnswer:
    """The items that fit best. Raises sqlite3.Error."""
    rows: list[Any] = []
    every = True
    most = -1 if limit is None else max(limit, LOOKED_AT)
    for characters, every in ((asked.all, True), (asked.some, False)):  # noqa: B007
        cursor = connection.execute(_QUERY.format(called=CALLED, where=where.sql), (characters, *where.values, most))
        cursor.row_factory = sqlite3.Row
        rows = cursor.fetchall()
        if rows:
            break
    ranking = Ranking(asked.words, dictionary, *_counts(connection, asked.words))
    rows[:LOOKED_AT] = ranking.sorted(rows[:LOOKED_AT], _FIELDS, "score")
    return SearchAnswer(rows[:limit], rows[0]["total"] if rows else 0, every)


def _counts(connection: sqlite3.Connection, words: Sequence[str]) -> tuple[dict[str, int], int]:
    """How many items have the characters of each word, and how many there are."""
    query = "SELECT count(*) FROM nodes_characters"
    (items,) = connection.execute(query).fetchone()
    having = f"{query} WHERE nodes_characters MATCH ?"
    return {word: connection.execute(having, (phrase(word),)).fetchone()[0] for word in words}, items


_FIELDS = {"title": 4.0, "text": 2.0, "section": 1.0, "lead": 2.0, "responsible": 2.0, "support": 2.0}
"""How much a word counts in each column."""
_QUERY = """
WITH found AS (
  SELECT rowid AS node, bm25(nodes_characters) AS score FROM nodes_characters WHERE nodes_characters MATCH ?
), ranked AS (
  SELECT nodes.node, found.score, count(*) OVER () AS total
  FROM found CROSS JOIN nodes USING (node) CROSS JOIN notices USING (notice)
  WHERE {where}
  ORDER BY 2, notices.document, nodes.node LIMIT ?
)
SELECT {called} AS notice, nodes.id, nodes.section, nodes.title, nodes.text, nodes.lead, nodes.responsible,
  nodes.support, nodes.deadline, notices.path, nodes.line, ranked.total, ranked.score
FROM ranked JOIN nodes USING (node) JOIN notices USING (notice)
ORDER BY ranked.score, notices.document, nodes.node
"""


def table(answer: SearchAnswer, asked: SearchTerms, *, marked: bool) -> Table:
    """The answer as a table; ``marked``: for a screen, which shows what was found."""
    return Table("事项", COLUMNS, _rows(answer.rows, asked.marks, marked))


def _rows(rows: Iterable[Any], words: Sequence[str], marked: bool) -> Iterator[Row]:
    for rank, row in enumerate(rows, 1):
        notice, id_, section, title, text, lead, responsible, support, deadline, path, line, *_ = row
        show = Marked if marked else (lambda text, _: text)
        cells = {"lead": lead, "responsible": responsible, "support": support}
        yield {
            **{"rank": rank, "notice": notice or "", "id": id_, "section": section},
            "snippet": show(*snippet("\n".join(filter(None, (title, text))), words)),
            **{role: show(names or "", hits(names or "", words)) for role, names in cells.items()},
            **{"deadline": deadline, "path": path or "", "line": line},
        }


def snippet(text: str, words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The part of a text that has most of the words, on one line, and the places of the words in it.

    >>> snippet("整治户厕和旅游厕所", ["厕所"])
    ('整治户厕和旅游厕所', [(7, 9)])
    """
    text = " ".join(text.split())
    found = hits(text, words)
    if len(text) <= _WIDTH:
        return text, found
    starts = [max(min(start - _BEFORE, len(text) - _WIDTH), 0) for start, _ in found] or [0]
    start = max(starts, key=lambda at: (len({text[s:e] for s, e in found if at <= s and e <= at + _WIDTH}), -at))
    end = start + _WIDTH
    before, after = "……" if start else "", "……" if end < len(text) else ""
    shift = len(before) - start
    shown = [(s + shift, e + shift) for s, e in found if start <= s and e <= end]
    return before + text[start:end] + after, shown


def hits(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the words in a text, whatever white space is between their characters; none overlaps another."""
    at = [place for place, char in enumerate(text) if not char.isspace()]
    # A character whose small form has another length is not looked for.
    bare = "".join(small if len(small := text[place].casefold()) == 1 else text[place] for place in at)
    taken = bytearray(len(bare))
    for word in words:
        start = bare.find(word)
        while word and start >= 0:
            end = start + len(word)
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * len(word)
                taken[start] = 2
            start = bare.find(word, start + 1)
    starts = [place for place, mark in enumerate(taken) if mark == 2]
    ends = [next((p for p in range(start + 1, len(taken)) if taken[p] != 1), len(taken)) for start in starts]
    return [(at[start], at[end - 1] + 1) for start, end in zip(starts, ends, strict=True)]
