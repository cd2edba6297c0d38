"""Departments: listed, or made of a subject and a kind (发改 + 委); with a place or level before them or without."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from aiwei_cli.offices.names import NameTable, entries


class Departments:
    """The lists ``departments``, ``subjects`` and ``kinds`` of ``rules/offices.yaml``."""

    def __init__(self, departments: NameTable, subjects: NameTable, kinds: Iterable[Any]) -> None:
        self._listed, self._subjects = departments.canonical, subjects.canonical
        self._kinds: dict[str, list[tuple[str, str]]] = {}
        for names, _, _ in entries(kinds):
            for name in names:
                self._kinds.setdefault(name[-1], []).append((name, names[0]))
        self._firsts = frozenset([name[0] for name in (*self._listed, *self._subjects)])
        """What a department begins with."""
        self.lasts = frozenset([name[-1] for name in self._listed]) | self._kinds.keys()
        """What the name of a department may end in: few other words do."""

    def full(self, name: str) -> str | None:
        """The full form of a department without a place: 发改委 becomes 发展和改革委员会."""
        return self._made(name, self._kinds_of(name))

    def parts(self, name: str, place: Callable[[str], str | None]) -> tuple[str, str] | None:
        """A place or level (it may be empty) and a department, both in their full forms; ``place`` knows the first."""
        if name[-1:] not in self.lasts:
            return None
        kinds = self._kinds_of(name)
        for cut in range(len(name) == 1, len(name)):
            department = self._made(name[cut:], kinds) if name[cut] in self._firsts else None
            if department is not None:
                prefix = place(name[:cut]) if cut else ""
                if prefix is not None:
                    return prefix, department
        return None

    def _kinds_of(self, name: str) -> list[tuple[int, str]]:
        """The kinds that a name ends in: how long they are as written, and their full form."""
        return [(len(kind), full) for kind, full in self._kinds.get(name[-1:], ()) if name.endswith(kind)]

    def _made(self, name: str, kinds: list[tuple[int, str]]) -> str | None:
        if name in self._listed:
            return self._listed[name]
        for length, full in kinds:
            subject = self._subjects.get(name[:-length])
            if subject is not None:
                return self._listed.get(subject + full, subject + full)
        return None
