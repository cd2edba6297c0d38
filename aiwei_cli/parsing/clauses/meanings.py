"""What a label means, by its words alone: a stem with its tails, 牵头 and 单位, or a word that is a label by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from aiwei_cli.language.sentences import BEFORE_PERSONS, JOINS_TAILS
from aiwei_cli.notice.model import ROLES, Role
from aiwei_cli.records import NamedTuple

_MEMO = 4096
Kind = Literal["role", "division", "deadline", "other"]


class Meaning(NamedTuple):
    """What a label says of the words after it."""

    kind: Kind
    role: Role | None
    entry: str
    """``labels.lead 牵头``: where ``rules/roles.yaml`` has it."""
    alone: bool = False
    """The stem has no tail: 牵头：. It is a word of prose too."""


class Field(NamedTuple):
    """A label and its value. Offsets are of the words that were split."""

    meaning: Meaning
    start: int
    value: int
    end: int


OTHER = Meaning("other", None, "")
PERSON = "fields.person"
"""How the entry of a label of persons begins."""
_KINDS: dict[str, Kind] = {"person": "other", "other": "other", "deadline": "deadline", "division": "division"}
"""The lists of ``fields``, and what their labels do."""


class Meanings:
    """The ``labels`` and ``fields`` of ``rules/roles.yaml``. Each label is taken apart once."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        labels, fields = data["labels"], data["fields"]
        self._roles: dict[str, Meaning] = {}
        for role in ROLES:
            self._roles.update((stem, Meaning("role", role, f"labels.{role} {stem}")) for stem in labels[role])
        self._fixed: dict[str, Meaning] = {}
        for name, kind in _KINDS.items():
            self._fixed.update((word, Meaning(kind, None, f"fields.{name} {word}")) for word in fields[name])
        for stem in labels["alone"]:
            found = self._roles.get(stem)
            if found is not None:
                self._fixed.setdefault(stem, found._replace(alone=True))
        self._stems = _by_first(self._roles)
        self._tails = _by_first(labels["tails"])
        self._narrow, self._narrow_tails = frozenset(labels["narrow"]), tuple(labels["narrow_tails"])
        self._persons = tuple(labels["persons"])
        self._memo: dict[str, Meaning | None] = {}
        self.firsts = frozenset([word[0] for word in (*self._roles, *self._fixed)])
        self.inner = frozenset([word[-1] for word in (*self._roles, *labels["tails"], *labels["persons"])])
        """What a stem or a tail ends in."""
        ends = (*labels["tails"], *labels["persons"], *fields["deadline"], *self._fixed)
        self.lasts = frozenset([word[-1] for word in ends])
        """What a label ends in."""

    def meaning(self, words: str) -> Meaning | None:
        """What a label means by ``rules/roles.yaml``; None where it has no such label."""
        if words[:1] not in self.firsts:
            return None
        try:
            return self._memo[words]
        except KeyError:
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            found = self._memo[words] = self._fixed.get(words) or self.tailed(words)
            return found

    def tailed(self, words: str) -> Meaning | None:
        """What a stem with its tails means: 责任单位, 牵头（责任）单位, 责任单位及责任人."""
        for stem in self._stems.get(words[:1], ()):
            if words.startswith(stem) and self._is_tail(words, len(stem)):
                narrow = stem in self._narrow and not words.startswith(self._narrow_tails, len(stem))
                return None if narrow else self._roles[stem]
        return None

    def _is_tail(self, words: str, start: int) -> bool:
        """Whether ``words[start:]`` is one tail or more, and perhaps the persons after it."""
        todo, seen = [start], {start}
        while todo:
            here = todo.pop()
            if here > start and self._is_end(words[here:]):
                return True
            for place in self._after_tail(words, here):
                if place not in seen:
                    seen.add(place)
                    todo.append(place)
        return False

    def _after_tail(self, words: str, here: int) -> Iterator[int]:
        """Where one tail that begins at ``here`` may end: 单位, （责任单位, 及责任部门."""
        if words.startswith("（", here):
            here += 1
        if words.startswith(JOINS_TAILS, here):
            here += 1
        for stem in ("", *self._stems.get(words[here : here + 1], ())):
            if words.startswith(stem, here):
                after = here + len(stem)
                for tail in self._tails.get(words[after : after + 1], ()):
                    if words.startswith(tail, after):
                        yield after + len(tail)

    def _is_end(self, rest: str) -> bool:
        """Whether nothing comes after the tails but a bracket or persons: 及责任人, （联系人）."""
        rest = rest.removeprefix("）")
        if not rest or rest in self._persons:
            return True
        if rest[0] in BEFORE_PERSONS:
            rest = rest[1:]
        return rest.removesuffix("）").removesuffix(")") in self._persons

    def before_blank(self, label: str) -> Meaning | None:
        """What a label means that has a blank in the place of its colon."""
        found = self.tailed(label)
        if found is not None:
            return found
        fixed = self._fixed.get(label)
        return fixed if fixed is not None and fixed.kind == "deadline" else None

    def of_mark(self, words: str) -> Role | None:
        """The role of 牵头 and 牵头单位: a stem with one tail or none."""
        for stem in self._stems.get(words[:1], ()):
            rest = words[len(stem) :]
            if words.startswith(stem) and (not rest or rest in self._tails.get(rest[:1], ())):
                return self._roles[stem].role
        return None


def _by_first(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by their first character, the longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        found.setdefault(word[0], []).append(word)
    return found
