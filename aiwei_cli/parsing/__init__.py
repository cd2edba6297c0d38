"""Text in, :class:`~aiwei_cli.model.Notice` out: the steps one after the other.

text ── layout ──> view ── outline ──> numbers (and rows) ── envelope ──> fields ── clauses, citations, dates ──> Notice
"""

from __future__ import annotations

from aiwei_cli.model import Notice, Source
from aiwei_cli.parsing import build, envelope, grid_text, layout, outline
from aiwei_cli.parsing.clause import find
from aiwei_cli.rules import Rules, load


def parse(text: str, *, source: Source | None = None, rules: Rules | None = None) -> Notice:
    """Parse the text of a notice.

    Any text can be parsed: what is not understood is kept as text and reported in ``notice.diagnostics``. The time is
    linear in the length of the text. Raises RulesError only where ``rules`` is None and the shipped rules are broken.
    """
    rules = rules if rules is not None else load()
    if source is None:
        source = Source(characters=len(text))
    return build.notice(findings(text, rules), source, rules)


def findings(text: str, rules: Rules) -> build.Findings:
    """What the steps find in a text, before the notice is made of it."""
    view = layout.view(text)
    marks = outline.read(view, rules.numbering)
    tables = grid_text.find(view, rules)
    if tables:
        item = rules.numbering.kinds["item"]
        marks = grid_text.among(tables, marks, view.text, item, rules.numbering.ranks["item"])
    around = envelope.find(view, marks, rules.numbering)
    found = find.find(view, [mark.start for mark in marks], rules.grammar)
    clauses = grid_text.clauses(tables, found.clauses, view.text, rules.grammar) if tables else found.clauses
    return build.Findings(text, view, marks, around, clauses, found.left, found.doubts)
