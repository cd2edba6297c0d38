"""What is asked of the words of the rules, by those who look for what was meant: the grammar knows them all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from aiwei_cli.offices import Offices
from aiwei_cli.parsing.clauses.explaining import Explaining
from aiwei_cli.parsing.clauses.labels import Labels
from aiwei_cli.parsing.clauses.lexer import Lexer
from aiwei_cli.parsing.clauses.reading import Reading


class Vocabulary(Protocol):
    """What is known of the words of a clause."""

    @property
    def offices(self) -> Offices: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def explaining(self) -> Explaining: ...
    @property
    def lexer(self) -> Lexer: ...


class Reader(Vocabulary, Protocol):
    """What also reads the words between two brackets."""

    @property
    def bracketed(self) -> Callable[[str], Reading]: ...
    @property
    def meant(self) -> Callable[[str], tuple[str, str] | None]: ...
    @property
    def hints(self) -> Callable[[str, bool], bool]: ...
