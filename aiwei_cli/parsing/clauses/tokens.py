"""Tokens: the pieces of a clause, whatever cuts them and whatever reads them."""

from __future__ import annotations

from typing import Literal

from aiwei_cli.parsing.clauses.words import Word
from aiwei_cli.parsing.lists import Name
from aiwei_cli.records import NamedTuple

Kind = Literal["names", "person", "together", "verb", "task", "time", "stranger", "end"]
"""names: a list of offices (or what is in the place of one); person: words that name nobody but persons; task: what
the offices do, after a verb; stranger: what no rule knows, beside a name; end: the end of the words."""


class Token(NamedTuple):
    """A piece of a clause. Offsets are of the words that are read."""

    kind: Kind
    start: int
    end: int
    names: tuple[Name, ...] = ()
    word: Word | None = None
    """Of a verb: the entry of the rules."""
