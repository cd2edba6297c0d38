"""Text in, :class:`~aiwei_cli.model.Notice` out: the steps one after the other.

text ── layout ──> view ── outline ──> numbers ── clauses, citations, dates ──> Notice
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from aiwei_cli.model import Notice, Source
from aiwei_cli.parsing import build, closing, header, layout, outline
from aiwei_cli.parsing.clause import find as clauses
from aiwei_cli.rules import Rules, load


def parse(text: str, *, source: Source | None = None, rules: Rules | None = None) -> Notice:
    """Parse the text of a notice.

    Any text can be parsed: what is not understood is kept as text and reported in ``notice.diagnostics``. The time is
    linear in the length of the text. Raises RulesError only where ``rules`` is None and the shipped rules are broken.
    """
    rules = rules if rules is not None else load()
    if source is None:
        source = Source(characters=len(text))
    with _no_collection():
        return build.notice(findings(text, rules), source, rules)


def findings(text: str, rules: Rules) -> build.Findings:
    """What the steps find in a text, before the notice is made of it."""
    view = layout.view(text)
    marks = outline.read(view, rules.numbering)
    tail = closing.read(view, marks[-1].end if marks else 0)
    head = header.read(view, marks, rules.numbering)
    found = clauses.find(view, [mark.start for mark in marks], rules.grammar)
    return build.Findings(text, view, marks, head, tail, found.clauses, found.left)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the garbage collector's passes: a parse leaves no cycles, and they cost more the longer the text is."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:
            # Straight into the oldest generation: there is nothing to find in the youngest.
            gc.freeze()
            gc.unfreeze()
        gc.enable()
