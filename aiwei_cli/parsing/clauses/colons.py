"""Labels whose colon was typed as a semicolon, which is on the same key: 牵头单位；某局，配合单位；某站."""

from __future__ import annotations

from dataclasses import replace

from aiwei_cli.language.chars import COMMAS, SEMICOLONS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.signs import occurrences
from aiwei_cli.parsing.clauses.edges import is_letter
from aiwei_cli.parsing.clauses.grammar import Grammar
from aiwei_cli.parsing.view import View

_VALUE = pattern(rf"[ \u3000]*([^{COMMAS}{SEMICOLONS}。）)〕\]】\n]{{2,60}})")


def with_colons(view: View, grammar: Grammar) -> View:
    """The view with a colon for each such semicolon: one sign for one, so that offsets stay. A semicolon after 责任单位
    may end a sentence too: nothing but offices may follow."""
    text, labels = view.text, grammar.labels
    found = []
    for at in occurrences(text, SEMICOLONS):
        if text[at - 1 : at] not in labels.tail_lasts:
            continue
        begin = at
        while is_letter(text[begin - 1 : begin]):
            begin -= 1
        meaning = labels.meaning(text[begin:at]) if text[begin - 1 : begin] != "、" else None
        value = _VALUE.match(text, at + 1) if meaning is not None and meaning.role is not None else None
        if value is not None and labels.lists(value[1]):
            found.append(at)
    if not found:
        return view
    pieces, here = [], 0
    for at in found:
        pieces += [text[here:at], "："]
        here = at + 1
    return replace(view, text="".join([*pieces, text[here:]]))
