"""和, 与, 及 and 以及 between two organisations, or inside the name of one: 科技和信息化局.

What is on their left must be the name of an organisation by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from aiwei_cli.language.chars import CLOSES, OPENS, PAUSE
from aiwei_cli.language.names import (
    AND,
    AND_SIGNS,
    COLLECTIVE,
    EACH,
    FACILITIES,
    GENERIC,
    OF_A_LEVEL,
    ROOMS,
    UNIT_AND,
    UNITS,
    WHOLE,
)
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.places import GOVERNMENTS, PARTIES, SIGNS, TOWNS
from aiwei_cli.notice.model import Span

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_STRANGE = 4
"""From this many letters on a name nobody knows is one of two before 和各: 协办窗口和各中心, not 加强和各乡镇."""
_AND, _SIGNS_OF_AND = pattern(AND), frozenset(AND_SIGNS)
_UNIT_AND = pattern(UNIT_AND)
_GENERIC = pattern(GENERIC)
PLACE = pattern(rf"[^\W\d_]{{1,8}}(?:[{SIGNS[1:]}港]|兵团)$")
"""A place that means its government in a list."""
_OF_A_LEVEL = pattern(rf"[{TOWNS}]{OF_A_LEVEL}")


class Joined:
    """Cuts a piece of a list where a conjunction joins two organisations."""

    def __init__(self, offices: Offices, without_others: Callable[[str], str]) -> None:
        self.offices, self._looks, self._without_others = offices, offices.looks_like_office, without_others

    def parts(self, piece: str) -> tuple[Span, ...]:
        """The parts of a piece that 和, 与, 及, 以及 join, where they join two organisations."""
        parts = []
        here = 0
        for match in () if _SIGNS_OF_AND.isdisjoint(piece) else _AND.finditer(piece):
            unit = _UNIT_AND.match(piece, match.end())
            if unit is not None and piece.endswith(UNITS, here, match.start()) and unit["rest"]:
                parts.append((here, unit.end("unit")))
                here = unit.start("rest")
                continue
            left, right = "".join(piece[here : match.start()].split()), "".join(piece[match.end() :].split())
            if (
                left
                and right
                and (self._joins(left, right, "".join(piece[here:].split())) or self._joins_first(left, right))
            ):
                parts.append((here, match.start()))
                here = match.end()
        return (*parts, (here, len(piece)))

    def _joins_first(self, left: str, right: str) -> bool:
        """Whether an office is before the next conjunction: 县人武部和公安局和各镇 are three."""
        more = _AND.search(right)
        if more is None:
            return False
        first = right[: more.start()]
        return self.offices.known(first) and self._joins(left, first, f"{left}{PAUSE}{first}")

    def _joins(self, left: str, right: str, both: str) -> bool:
        """Whether a conjunction is between two organisations and not inside the name of one."""
        if _open(left) or _GENERIC.match(right) or len(left) < 2 or left in FACILITIES:
            return False
        bare = self._without_others(left)
        if bare != left and bare:
            return True
        if not self._looks(left):
            return right.startswith(EACH) and len(left) >= _STRANGE and self._looks(right)
        if PLACE.match(right) and left[-1] in self.offices.ends.organs and not self.offices.known(both):
            return True
        if right in GOVERNMENTS and left.endswith(PARTIES[0]):
            return False
        if right.startswith(COLLECTIVE) or _OF_A_LEVEL.match(right):
            return True
        if left.startswith(EACH) and right[-1] in self.offices.ends.organs and self.offices.known(right):
            return True  # 各镇和民政局
        if left.endswith(WHOLE) and not right.endswith(UNITS):
            return len(right) > 4 or self.offices.known(self._without_others(right)) or PLACE.match(right) is not None
        if right.endswith(ROOMS) and not left.endswith(UNITS):
            return True
        return not self.offices.known(both) and self._looks(self._without_others(right))


def _open(words: str) -> bool:
    return sum(map(words.count, OPENS)) > sum(map(words.count, CLOSES))
