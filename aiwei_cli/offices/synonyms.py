"""One office by all its names: those in the rules, those that can be made, and what it was called before or is now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from aiwei_cli.offices.branches import Branches
from aiwei_cli.offices.names import NameTable, entries

_RENAMED = ("局", "厅", "委员会")
"""Kinds that a reform renamed along with the subject: 环保厅 became 生态环境厅."""


class Synonyms:
    """The other names of offices. All names are canonical ones; ``parts`` are the place and department of one."""

    def __init__(
        self,
        whole: NameTable,
        departments: NameTable,
        subjects: NameTable,
        kinds: Iterable[Any],
        endings: Sequence[tuple[str, ...]],
        branches: Branches,
    ) -> None:
        self._whole, self._departments, self._subjects = whole, departments, subjects
        self._kinds = [names for names, _, _ in entries(kinds)]
        self._endings, self._branches = endings, branches
        self._forms_of: dict[tuple[str, bool], tuple[str, ...]] = {}

    def of(self, canonical: str, parts: tuple[str, str] | None, every: bool = False) -> Iterator[str]:
        """The names of one office, the canonical one first: ``every`` one that can be made, or only the usual ones."""
        yield canonical
        yield from self._whole.groups.get(canonical, ())
        if parts is not None:
            prefix, department = parts
            forms = self._forms_of.get((department, every))
            if forms is None:  # the forms of a department, which many places share
                forms = self._forms_of[department, every] = tuple(self._forms(department, every))
            yield from (prefix + form for form in forms)
            return
        for full, *others in self._endings:
            if canonical.endswith(full):
                yield from (canonical[: -len(full)] + other for other in others)
        for short, (head, tail) in self._branches.shorts:
            if canonical.startswith(head) and canonical.endswith(tail, len(head)):
                yield canonical[len(head) : -len(tail)] + short

    def _forms(self, department: str, every: bool) -> Iterator[str]:
        yield from self._departments.groups.get(department, ())
        for kinds in self._kinds:
            for kind in kinds:
                subject = department[: -len(kind)]
                if department.endswith(kind) and subject in self._subjects.groups:
                    for name in self._subjects.groups[subject]:
                        # 发改委 is usual and 发改委员会 is not: a short subject goes with the short kind.
                        usual = kinds if every or name == subject else (min(kinds, key=len),)
                        yield from (name + other for other in usual)

    def neighbours(
        self, canonical: str, parts: tuple[str, str] | None, full: Callable[[str], str | None]
    ) -> Iterator[str]:
        """The predecessors and successors; ``full`` gives the full form of a department."""
        yield from self._whole.neighbours(canonical)
        for _, (head, _) in self._branches.shorts:
            if canonical.startswith(head) and canonical != head:
                yield from (other + canonical[len(head) :] for other in self._whole.neighbours(head))
        prefix, department = parts or ("", "")
        for other in self._departments.neighbours(department):
            yield prefix + (full(other) or other)
        if department.endswith(_RENAMED):
            kind = next(kind for kind in _RENAMED if department.endswith(kind))
            for subject in self._subjects.neighbours(department[: -len(kind)]):
                yield from (prefix + subject + other for other in _RENAMED)  # 旅游发展委员会 became 文化和旅游局

    def until(self, department: str) -> int | None:
        """The year in which a department, or its subject, was renamed or merged into another."""
        subject = next((department[: -len(kind)] for kind in _RENAMED if department.endswith(kind)), "")
        return self._departments.until.get(department) or self._subjects.until.get(subject)
