"""The names of one phrase as tokens: one list, or two that 会同, 商 or 组织 joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.sentences import CONSULT, CONSULT_PLACES
from aiwei_cli.parsing.clauses.tokens import Token
from aiwei_cli.parsing.clauses.words import ClauseWords
from aiwei_cli.parsing.joined import PLACE
from aiwei_cli.parsing.lists import Name, Piece, Splitter, cut, outside_brackets

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

# Not the 商 of 商务局, nor of places: 商丘, 商洛, 商南; but 财政局商水利局, 财政局商南京市.
_CONSULT = pattern(CONSULT)
"""With these 商 may begin the name of a place: 商水支行 is one, 商水利局 is not."""


class NameLists:
    """Cuts lists of names by ``rules/roles.yaml`` and the offices."""

    def __init__(self, words: ClauseWords, splitter: Splitter, offices: Offices) -> None:
        self._words, self._splitter = words, splitter
        self._known, self._looks = offices.known, offices.looks_like_office

    def phrase(self, words: str, start: int, end: int) -> list[Token]:
        """The names of one phrase, by themselves."""
        return self.listed(words, outside_brackets(words, start, end))

    def listed(self, words: str, pieces: list[Piece]) -> list[Token]:
        """The tokens of a list: names, and 会同 between them where it joins two lists."""
        if not pieces:
            return []
        if self._words.joined.search(words, pieces[0][0], pieces[-1][1]) is None:
            return _named(self._splitter.names(words, pieces), pieces[0][0], pieces[-1][1])
        joint = self._together(words, pieces)
        if joint is not None:
            start, end = joint
            before, after = cut(pieces, start, end)
            first, second = self._splitter.names(words, before), self._splitter.names(words, after)
            if not before:
                return [Token("together", start, end), *_named(second, end, pieces[-1][1])]
            if not first or not second:
                return []
            return [
                *_named(first, pieces[0][0], start),
                Token("together", start, end),
                *_named(second, end, pieces[-1][1]),
            ]
        # A组织各镇: both sides do it
        organised = self._words.organised.search(words, pieces[0][0] + 1, pieces[-1][1])
        if organised is not None:
            before, after = cut(pieces, *organised.span())
            names = [*self._splitter.names(words, before), *self._splitter.names(words, after)]
        else:
            names = self._splitter.names(words, pieces)
        return _named(names, pieces[0][0], pieces[-1][1])

    def _together(self, words: str, pieces: list[Piece]) -> tuple[int, int] | None:
        """Where the first 会同 of a list is, or the 商 of 发展改革委商财政部, which is in the names of offices too."""
        found = self._words.first_together(words, pieces[0][0], pieces[-1][1])
        if found is not None:
            return found
        for start, end, _ in pieces:
            for match in _CONSULT.finditer(words, start, end):
                before, after = words[start : match.start()], words[match.end() : end]
                in_place = after[:1] in CONSULT_PLACES and not self._known(after) and PLACE.match(after) is None
                if self._looks(before) and self._looks(after) and not in_place:
                    return match.span()
        return None


def _named(names: list[Name], start: int, end: int) -> list[Token]:
    return [Token("names", start, end, tuple(names))] if names else []
