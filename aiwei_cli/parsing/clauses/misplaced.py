"""Offices in the place of persons: 责任人：市教育局. They are reported, for a person has no duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aiwei_cli.language.chars import OPENING
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.lists import outside_brackets

if TYPE_CHECKING:
    from aiwei_cli.parsing.clauses.vocabulary import Vocabulary


def offices_in(words: str, start: int, end: int, grammar: Vocabulary) -> Iterator[Span]:
    """The offices in the place of persons: 市教育局, but not 市教育局张三, 李四（市教育局）, 市教育局局长."""
    offices, people = grammar.offices, grammar.lexer.splitter.people
    if offices.ends.any.isdisjoint(words[start:end]):
        return
    for a, b, _ in outside_brackets(words, start, end):
        piece = words[a:b].strip()
        if any(sign in piece for sign in OPENING) or not offices.looks_like_office(piece):
            continue
        if not people.is_full_name(piece):
            yield a, b
