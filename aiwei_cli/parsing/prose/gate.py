"""The gate: which words of a sentence are the name of an office.

In a clause what is before the verb is a name, as a rule; in a sentence it may be anything. So a name must be known to
the rules, or be a collective, a department by its sector, a noun of a role, or begin with a place and end as
organisations do; and no word may be in it that names do not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from aiwei_cli.language.names import EACH, UNITS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.places import TOWNS
from aiwei_cli.language.prose import OTHER, PLACED, WIDE_FIRST
from aiwei_cli.parsing.lists import Splitter
from aiwei_cli.parsing.prose.words import ProseWords

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

Mode = Literal["gated", "known", "leads", "ahead"]
"""How wide the gate is: names that a rule knows only, or before 牵头 also what merely looks like an office; ahead of a
verb, where the end of a name is not known, no short name of an unknown office."""
_PLACED = pattern(PLACED)
_SIGN = pattern(r"^[^\w]|[^\w（）()、·〔〕\[\]]|[（(][^（）()]*\d|\d+$")
"""What no name has in it."""
_PLACES = (*TOWNS, "街道")
_LONGEST = 40
_SHORT = 10
"""Before 牵头 a name up to this length may be one that no rule knows, if it looks like an office: 安保部."""
_SHORTER = 6
"""教务处, 设备部: a short name with such an end is an office before 负责 too."""
_LONG = 6
_SECTOR = 8
"""The longest sector: 人力资源社会保障."""


class Gate:
    """What may be an office, by ``rules/prose.yaml`` and the offices."""

    def __init__(self, words: ProseWords, splitter: Splitter, offices: Offices) -> None:
        self.words = words
        self._is_person = splitter.is_person
        self._known = offices.known
        self._looks = offices.looks_like_office

    def office(self, name: str, mode: Mode = "gated") -> bool:
        """Whether a name, without blanks, is an office."""
        words = self.words
        if not 2 <= len(name) <= _LONGEST or name in words.classes or self._is_person(name):
            return False
        if words.role.fullmatch(name) is not None:
            return True
        if _SIGN.search(name) is not None or self._opens_otherwise(name):
            return False
        if name.endswith(words.public):
            return True
        if name.endswith(words.private) and name[0] != EACH:
            return False
        collective = words.collective.fullmatch(name)
        if collective is not None:
            return words.not_inside.search(collective["place"] + collective["inside"]) is None
        if self.is_known(name):
            return True
        if mode == "known" or words.not_inside.search(name) is not None:
            return False
        if words.noun.fullmatch(name) is not None or (len(name) >= _LONG and name.endswith(words.sure_ends)):
            return True
        if not self._looks(name):
            return False
        if (
            mode != "ahead"
            and len(name) <= _SHORTER
            and name.endswith(words.short_ends)
            and not name.endswith(words.not_short)
        ):
            return True
        return (mode == "leads" and len(name) <= _SHORT) or _PLACED.match(name) is not None

    def is_known(self, name: str) -> bool:
        """Whether a rule knows the name; the rules' own collectives are too wide for sentences."""
        return name[0] not in WIDE_FIRST and self._known(name)

    def may_be(self, name: str) -> bool:
        """Whether words look like an office by themselves."""
        return (self._looks(name) or name.endswith(UNITS[1])) and self.office(name, "ahead")

    def sector(self, name: str) -> bool:
        """Whether a word may be a sector in a list that ends with 部门: 发改、财政等部门."""
        words = self.words
        bare = 2 <= len(name) <= _SECTOR and name.isalpha() and name not in words.classes
        return bare and not name.startswith(words.not_first) and words.not_inside.search(name) is None

    def place(self, name: str) -> bool:
        """Whether words are a place, which means its government when it is listed with offices: 山东省、商务部."""
        return 3 <= len(name) <= _SECTOR and name.endswith(_PLACES) and self.sector(name)

    def _opens_otherwise(self, name: str) -> bool:
        """Whether a name begins as none does: 指导市农牧局, 为市水利局, but not 如东县水利局."""
        start = next((start for start in self.words.not_first if name.startswith(start)), "")
        if not start or name.startswith(OTHER):
            return False
        return len(start) > 1 or not self.is_known(name) or (name[1] in TOWNS and self._known(name[1:]))
