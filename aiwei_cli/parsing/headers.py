"""The headers of tables: which column names offices, which a time, a person, the task.

The words are those of ``rules/tables.yaml``; what names offices, times and persons in running text, by
``rules/roles.yaml``, names them above a column too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from aiwei_cli.language.patterns import either
from aiwei_cli.language.roles import TITLES
from aiwei_cli.lexicon.titles import title_pattern
from aiwei_cli.notice.model import ROLES, Role
from aiwei_cli.parsing.clauses.labels import Labels
from aiwei_cli.parsing.clauses.meanings import Meaning

_MEMO = 1024
DEADLINE = Meaning("deadline", None, "fields.deadline")


class Headers:
    """What the title of a column says. Titles hold no blanks."""

    def __init__(self, data: Mapping[str, Any], roles: Mapping[str, Any], labels: Labels) -> None:
        self._labels = labels
        offices, fields = data["offices"], roles["fields"]
        self._stems: list[tuple[str, Role]] = [
            (stem, role) for role in ROLES for stem in (*roles["labels"][role], *offices[role])
        ]
        stems = either(stem for stem, _ in self._stems)
        tails = either([*roles["labels"]["tails"], *offices["tails"]])
        self._alone = frozenset(roles["labels"]["alone"]).difference(offices["never_alone"])
        self._role = re.compile(
            rf".{{0,{offices['before']}}}(?:{stems}).{{0,{offices['between']}}}(?:{tails})(?:[（(].{{0,20}}[）)])?"
        )
        self._bare = frozenset(offices["bare"])
        self._inside: list[tuple[str, Role]] = [(word, role) for role in ROLES for word in data["marks"][role]]
        self._number, self._task, self._group = (title_pattern(data[name]) for name in ("number", "task", "group"))
        self._plan, self._other = title_pattern(data["plan"]), tuple(data["plan"]["beside"])
        self._contact = tuple(data["contact"])
        self._time = title_pattern(data["deadline"], fields["deadline"])
        self._person = title_pattern(data["person"], fields["person"])
        self.no_rows = tuple(data["rows"]["none"])
        """What a row that is no task begins with."""
        self.dittos = frozenset(data["rows"]["ditto"])
        """Signs that repeat the cell above."""
        # A merged cell is asked about in each of its columns, and by each question about its row.
        self.role = lru_cache(maxsize=_MEMO)(self._names_role)

    def _names_role(self, title: str) -> bool:
        """Whether a title says that offices with a role are below it."""
        if title in self._alone or self._role.fullmatch(title) is not None:
            return True
        found = (self._labels.meaning(title[at:]) for at in range(min(len(title), 7)))
        return any(meaning is not None and meaning.role is not None and not meaning.alone for meaning in found)

    def bare(self, title: str) -> bool:
        """Whether a title names offices and no role; what is below that must say that it is no unit of measure."""
        return title in self._bare

    def role_in(self, words: str) -> Role | None:
        """The role of a mark in a matrix, by the words that explain the mark or that take its place."""
        return next((role for word, role in self._inside if word in words), None)

    def plan(self, titles: Sequence[str]) -> bool:
        """Whether titles are those of a plan without offices: tasks, and until when or who."""
        times, persons = any(map(self.time, titles)), any(map(self.person, titles))
        # The telephone of who does it by when is no list of persons.
        others = [one for one in titles if not (times and persons and self.contact(one))]
        if any(word in one for one in others for word in self._other):
            return False
        return any(map(self._plan.fullmatch, titles)) and (times or persons)

    def contact(self, title: str) -> bool:
        """Whether a title is of a list of persons or addresses."""
        return any(word in title for word in self._contact)

    def known(self, title: str) -> bool:
        """Whether a title is one of any kind of column."""
        return self.labelled(title) or self.task(title) or self.number(title) or self.group(title) or self.bare(title)

    def meaning(self, title: str) -> Meaning:
        """Which role the offices below a title have: as a label in running text says, else by the word in it."""
        found = self._labelled(self._tailed(title), "role")
        if found is not None:
            return found
        role: Role = next((role for stem, role in self._stems if stem in title), "responsible")
        return Meaning("role", role, f"labels.{role} {title}")

    def label(self, title: str) -> str:
        """What comes before the colon when a cell of the column becomes a line: the title, where running text has such
        a label. 牵头 alone is a word of prose too."""
        if self.role(title):
            words = self._tailed(title)
            return words if self._labelled(words, "role") else TITLES[self.meaning(title).role or "responsible"]
        if self.time(title):
            return title if self._labelled(title, "deadline") else "完成时限"
        if self.person(title):
            return title if self._labelled(title, "other") else "责任人"
        return title

    def _tailed(self, title: str) -> str:
        return f"{title}单位" if title in self._alone else title

    def _labelled(self, words: str, kind: str) -> Meaning | None:
        found = (self._labels.meaning(words[at:]) for at in range(len(words)))
        return next((meaning for meaning in found if meaning and meaning.kind == kind), None)

    def time(self, title: str) -> bool:
        return self._time.fullmatch(title) is not None

    def task(self, title: str) -> bool:
        return not self.role(title) and not self.time(title) and self._task.fullmatch(title) is not None

    def labelled(self, title: str) -> bool:
        """Whether the title is a label of the task rather than a part of it: who, and until when."""
        return self.role(title) or self.time(title) or self.person(title)

    def person(self, title: str) -> bool:
        return self._person.fullmatch(title) is not None

    def number(self, title: str) -> bool:
        return self._number.fullmatch(title) is not None

    def group(self, title: str) -> bool:
        return self._group.fullmatch(title) is not None
