"""What is made of the rules: each part when it is first asked for, and once for all that use the same rules.

:mod:`aiwei_cli.lexicon` gives the data; the classes here belong to the rooms that ask them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices
    from aiwei_cli.parsing.clauses.grammar import Grammar
    from aiwei_cli.parsing.envelope.words import HeaderWords
    from aiwei_cli.parsing.headers import Headers
    from aiwei_cli.parsing.outline.numbers import Numbering
    from aiwei_cli.parsing.persons import Persons
    from aiwei_cli.parsing.prose.find import Prose


class Rules:
    """The data of the rule files and what is made of it."""

    def __init__(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        self.data = data

    def __reduce__(self) -> tuple[Any, ...]:
        return Rules, (self.data,)  # another process compiles them itself

    @cached_property
    def numbering(self) -> Numbering:
        from aiwei_cli.parsing.outline.numbers import Numbering

        verbs = [verb for words in self.data["roles"]["verbs"].values() for verb in words]
        return Numbering(self.data["numbering"], self.offices.ends.signs, verbs)

    @cached_property
    def header(self) -> HeaderWords:
        from aiwei_cli.parsing.envelope.words import HeaderWords

        return HeaderWords(self.data["header"], self.numbering, self.offices.ends)

    @cached_property
    def grammar(self) -> Grammar:
        from aiwei_cli.parsing.clauses.grammar import Grammar

        return Grammar(self.data["roles"], self.offices)

    @cached_property
    def persons(self) -> Persons:
        from aiwei_cli.parsing.persons import Persons

        return Persons(self.data["roles"], self.grammar.lexer.splitter)

    @cached_property
    def prose(self) -> Prose:
        from aiwei_cli.parsing.prose.find import Prose

        return Prose(self.data["prose"], self.grammar)

    @cached_property
    def headers(self) -> Headers:
        from aiwei_cli.parsing.headers import Headers

        return Headers(self.data["tables"], self.data["roles"], self.grammar.labels)

    @cached_property
    def offices(self) -> Offices:
        from aiwei_cli.offices import Offices

        return Offices(self.data["offices"])


@lru_cache(maxsize=8)
def load(extra: Path | None = None) -> Rules:
    """The shipped rules, with those of the folder ``extra`` laid over them; RulesError as from ``lexicon.read``."""
    from aiwei_cli.lexicon import read_rules

    return Rules(read_rules(extra))
