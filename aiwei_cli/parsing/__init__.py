"""Text in, :class:`~aiwei_cli.notice.model.Notice` out: the steps one after the other.

text ── layout ──> view ── outline ──> numbers (and rows) ── envelope ──> fields ── clauses, citations, dates ──> Notice
"""

from __future__ import annotations

from collections.abc import Sequence

from aiwei_cli.compiled import Rules, load
from aiwei_cli.notice.hints import Hint
from aiwei_cli.notice.model import Notice
from aiwei_cli.notice.source import Source
from aiwei_cli.parsing.assemble import build
from aiwei_cli.parsing.clauses.find import find_clauses
from aiwei_cli.parsing.envelope import read_envelope
from aiwei_cli.parsing.outline.tree import read_numbers
from aiwei_cli.parsing.tables import below, find_tables, in_rows, placed_hints, rows_among, table_clauses, unread
from aiwei_cli.parsing.view import view_of


def parse(text: str, *, source: Source | None = None, rules: Rules | None = None, hints: Sequence[Hint] = ()) -> Notice:
    """Parse the text of a notice.

    Any text can be parsed: what is not understood is kept as text and reported in ``notice.diagnostics``. The time is
    linear in the length of the text. ``hints`` say what the reader of a file knows of its lines. Raises RulesError only
    where ``rules`` is None and the shipped rules are broken, and TypeError for a file: :func:`aiwei_cli.read` reads it.

    >>> parse("一、修路（住建局负责）。").body[0].duties[0].role
    'responsible'
    """
    if not isinstance(text, str):
        raise TypeError(f"parse() 要的是公文的文字（str），不是 {type(text).__name__}；文件请用 aiwei_cli.read(路径)")
    rules = rules if rules is not None else load()
    if source is None:
        source = Source(characters=len(text))
    return build.notice(findings(text, rules, hints), source, rules)


def findings(text: str, rules: Rules, hints: Sequence[Hint] = ()) -> build.Findings:
    """What the steps find in a text, before the notice is made of it."""
    view = view_of(text)
    given = placed_hints(hints, view)
    marks = read_numbers(view, rules.numbering, [span for span, kind in given if kind == "number"])
    tables = find_tables(view, lambda: rules.headers)
    if tables:
        marks = rows_among(tables, marks, view.text, rules.numbering)
    heads, notes = ([span for span, kind in given if kind == wanted] for wanted in ("head", "note"))
    notes = sorted([*notes, *(table.note for table in tables if table.note is not None)])
    around = read_envelope(view, marks, rules.header, heads, notes)
    found = find_clauses(view, [(mark.start, mark.end) for mark in marks], rules.grammar)
    clauses = table_clauses(tables, found.clauses, view.text, rules.grammar) if tables else found.clauses
    if given:
        clauses = in_rows(clauses, [span for span, kind in given if kind == "cell"])
    persons = rules.persons.find(view.text, clauses, tables)
    bold = [(start, end) for start, end, kind in hints if kind == "bold"]
    said = rules.prose.find(view, marks, around, clauses)
    return build.Findings(
        text, view, marks, around, clauses, found.left, below(tables, found.doubts), persons, unread(hints), said, bold
    )
