"""The look of an office: what the words themselves say, where no rule knows the name.

In a bare list, (财政部、税务总局), no verb tells that offices are meant. An ending tells (局, 海关, 集团), unless it
only looks like one (格局, 一网通办), and unless the words hold what no name does (以下简称…, 2023年底前).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aiwei_cli.language.chars import BETWEEN_PLACES, FIGURE, loose
from aiwei_cli.language.patterns import pattern

_DATED = pattern(rf"[{FIGURE}][年月日号%％]|（[0-9]{{4}}）")
_LONGEST_HEAD = 9


class Looks:
    """The lists ``looks``, ``never`` and ``collectives`` of ``rules/offices.yaml``. All names are folded ones."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        never, collectives = data["never"], data["collectives"]
        self.whole = frozenset(never["whole"])
        self._has = tuple(never["has"])
        self._firsts = frozenset([word[0] for word in self._has])
        self._starts: tuple[str, ...] = tuple(never["starts"])
        self._shapes = [(tuple(group["ends"]), tuple(group["but"])) for group in data["looks"]]
        self._heads, self._tails = tuple(collectives["heads"]), tuple(collectives["tails"])
        self.lasts = frozenset([end[-1] for ends, _ in self._shapes for end in ends])
        """What words end in that look like an office, though no rule knows them."""
        self.tails = frozenset([tail[-1] for tail in self._tails]).union(BETWEEN_PLACES)
        """What a collective ends in."""

    def prose(self, name: str) -> bool:
        """True where the words hold something that no name does."""
        return not self._firsts.isdisjoint(name) and any(word in name for word in self._has)

    def opens_like_prose(self, name: str) -> str:
        """The start that no name has, else an empty string; one character alone may also begin a place (含山县)."""
        if not name.startswith(self._starts):
            return ""
        return max([start for start in self._starts if name.startswith(start)], key=len)

    def ends_like_office(self, base: str) -> bool:
        """True where the end of a name, without the bracket after it, is an organisation's."""
        if len(base) < 3 or not (base.isalpha() or _DATED.search(base) is None):
            return False
        return any(base.endswith(ends) and not base.endswith(but) for ends, but in self._shapes)

    def collective(self, name: str, is_prefix: Callable[[str], bool]) -> bool:
        """各县（市、区）人民政府, 市政府各部门: a place or nothing, a head, anything short, a tail."""
        name = loose(name)
        if len(name) > 24 or not name.endswith(self._tails) or self.prose(name):
            return False
        starts = (cut for cut in range(min(len(name) - 1, _LONGEST_HEAD)) if name.startswith(self._heads, cut))
        return any(cut == 0 or is_prefix(name[:cut]) for cut in starts)
