"""Which words went and which came, as signs that need no colour: 整治背街小巷【删：40】【增：60】条."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from aiwei_cli.query.table import Highlight, Marked

_SHORTEST = 2
"""A single character that both have between two changes is chance: 整【…】治【…】 cannot be read."""
_LONGEST = 4000
"""Longer texts are shown one after the other: the time grows with the square."""
_TOKEN = re.compile(r"\d+(?:\.\d+)?|.", re.S)
"""A number is one sign: 【删：40】【增：60】部 and not 【删：4】【增：6】0部."""


def marked(old: str, new: str) -> Marked:
    """The new text with what went and what came, each in its sign; the marks are where the signs are."""
    text, marks = "", []
    for gone, come, both in _changes(old, new):
        if gone:
            marks.append(Highlight(len(text), len(text) + len(gone) + 4, "gone"))
            text += f"【删：{gone}】"
        if come:
            marks.append(Highlight(len(text), len(text) + len(come) + 4, "come"))
            text += f"【增：{come}】"
        text += both
    return Marked(text, marks)


def _changes(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """(what went, what came, what follows in both) from start to end."""
    if len(old) > _LONGEST or len(new) > _LONGEST:
        yield old, new, ""
        return
    ones, others = _TOKEN.findall(old), _TOKEN.findall(new)
    gone = come = both = ""
    at_old = at_new = 0
    for i, j, length in SequenceMatcher(None, ones, others, autojunk=False).get_matching_blocks():
        same = "".join(ones[i : i + length])
        if i == at_old and j == at_new:
            both += same
        elif len(same) < _SHORTEST and i + length < len(ones):
            continue
        else:
            if gone or come or both:
                yield gone, come, both
            gone, come, both = "".join(ones[at_old:i]), "".join(others[at_new:j]), same
        at_old, at_new = i + length, j + length
    yield gone, come, both
