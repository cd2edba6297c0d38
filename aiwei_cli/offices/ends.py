"""What names of offices end in: ``ends`` of ``rules/offices.yaml``, for the head, the signature and clauses alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aiwei_cli.language.chars import one_of
from aiwei_cli.language.patterns import either, pattern


class Ends:
    """The ends of names: sets of last characters, and what an organisation at the end of words looks like."""

    def __init__(self, data: Mapping[str, Iterable[str]]) -> None:
        self.organs = "".join(data["organs"])
        """局, 委, …: what may be an office by itself in a list."""
        self.bodies = self.organs + "".join(data["bodies"])
        """The same and other bodies: no name of a place holds one but as its first character."""
        self.signs = self.bodies + "".join(data["others"])
        """Every last character of an office."""
        self.places = "".join(data["places"])
        self.any = frozenset([*self.signs, *self.places, *data["last"]])
        """The same and places, companies, collectives: what a word that names anybody ends in."""
        words = either(data["words"])
        self.organisation = pattern(rf"(?:{one_of(self.signs)}|{words})(?:[（(].{{1,40}}[）)])?$")
        """The end of the name of an organisation, perhaps with brackets after it."""
