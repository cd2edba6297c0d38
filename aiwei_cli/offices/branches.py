"""National bodies and their branches: 人行济南分行, 广东金融监管局."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from aiwei_cli.offices.names import NameTable, entries


class Branches:
    """The lists ``central``, ``branches`` and ``branch_tails`` of ``rules/offices.yaml``. All names are folded ones."""

    def __init__(self, data: Mapping[str, Any], whole: NameTable, place: re.Pattern[str]) -> None:
        """``place`` is what the name of a place looks like."""
        self._data, self._known, self._place = data, whole.canonical, place

    def full(self, name: str, parts: Callable[[str], tuple[str, str] | None]) -> str | None:
        """The full name of a branch; None where it is not one. ``parts`` takes apart a department with a place."""
        known = self._known
        for cut in range(min(len(name) - 2, 20) if name[:2] in self._openings else 0, 1, -1):
            head = known.get(name[:cut])
            if head is not None and head in self._central:
                for names in self._tails:
                    tail = next((tail for tail in names if name.endswith(tail, cut)), None)
                    if tail is not None:
                        return head + name[cut : -len(tail)] + names[0]
        for short, full in self.shorts if name.endswith(self._short_ends) else ():
            if not name.endswith(short):
                continue
            place = name[: -len(short)]
            # 苏州 means 苏州市 here, while 楚雄州 has a level, and 地方金融监管局 is a department.
            if (
                2 <= len(place) <= 5
                and self._place.fullmatch(place)
                and (parts(name) is None or (len(place) == 2 and place.endswith("州")))
            ):
                return full[0] + place + full[1]
        return None

    def central_head(self, name: str) -> int:
        """How long the name of the national body is that a name begins with; 0 without one."""
        longest = min(len(name), 20)
        return next((cut for cut in range(longest, 2, -1) if self._known.get(name[:cut]) in self._central), 0)

    def ends_as_branch(self, name: str) -> bool:
        return any(name.endswith(tail) for names in self._tails for tail in names)

    @cached_property
    def shorts(self) -> list[tuple[str, tuple[str, ...]]]:
        """How the name of a branch ends, and what comes before and after the place in its full name."""
        return [(names[0], names[1:]) for names, _, _ in entries(self._data["branches"])]

    @cached_property
    def _short_ends(self) -> tuple[str, ...]:
        return tuple([short for short, _ in self.shorts])

    @cached_property
    def lasts(self) -> frozenset[str]:
        """What the name of a branch may end in."""
        return frozenset([tail[-1] for tail in (*self._short_ends, *(tail for names in self._tails for tail in names))])

    @cached_property
    def _central(self) -> frozenset[str]:
        """The canonical names of the national bodies."""
        return frozenset(self._known[names[0]] for names, _, _ in entries(self._data["central"]))

    @cached_property
    def _openings(self) -> frozenset[str]:
        """The first two characters of every name of a national body."""
        return frozenset([name[:2] for name, full in self._known.items() if full in self._central])

    @cached_property
    def _tails(self) -> list[tuple[str, ...]]:
        return sorted((entry.names for entry in entries(self._data["branch_tails"])), key=lambda names: -len(names[0]))
