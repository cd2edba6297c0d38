"""Offices: which names mean the same one, and which words look like one.

A name is looked up whole (``rules/offices.yaml``: offices, central). Failing that it is taken apart: a place or level
in front (省, 图克镇, 市政府), then a department, which is listed or made of a subject and a kind (发改 + 委). Each part
is put into its full form, so 市发改委 and 市发展改革委 become 市发展和改革委员会. What no rule knows stays as written.

Brackets are full-width in every name given back, and white space is dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from aiwei_cli.language.chars import loose
from aiwei_cli.language.names import PARTY
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.places import LEVELS, NATIONAL
from aiwei_cli.offices.branches import Branches
from aiwei_cli.offices.departments import Departments
from aiwei_cli.offices.ends import Ends
from aiwei_cli.offices.levels import innermost, last_place
from aiwei_cli.offices.looks import Looks
from aiwei_cli.offices.names import NameTable, entries, fold, validate
from aiwei_cli.offices.places import Places
from aiwei_cli.offices.runs import Ranks, split
from aiwei_cli.offices.shortened import Shortened
from aiwei_cli.offices.synonyms import Synonyms

__all__ = ["Offices", "validate"]

_MEMO = 50_000  # names remembered of each kind; then it starts again
_LONG_MEMO = 60  # characters: what is longer is a paragraph taken for a name
_UNREAD: Any = object()
"""Stands for what is not remembered yet; an exception would cost as much as the answer."""


class Offices:
    """The names of ``rules/offices.yaml``. Safe to share between threads: all that it remembers can be made again."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """``data`` is the content of offices.yaml, a user's lists before the shipped ones (see :func:`validate`)."""
        self._data = data
        self._whole = NameTable([*data["offices"], *data["central"]])
        self._departments = NameTable(data["departments"])
        self._subjects = NameTable(data["subjects"])
        self._departments_of = Departments(self._departments, self._subjects, data["kinds"])
        self._levels = frozenset(data["levels"])
        self.ends = Ends(data["ends"])
        self._places = Places(self._levels, self.ends)
        self._branches = Branches(data, self._whole, self._places.body)
        self._endings = [entry.names for entry in entries(data["endings"])]
        self._shorter = tuple([other for _, *others in self._endings for other in others])
        self._canonical: dict[tuple[str, str | None, str | None], str] = {}
        self._looks: dict[str, bool] = {}
        self._known: dict[str, bool] = {}
        self._parts_of: dict[str, tuple[str, str] | None] = {}
        self._level_of: dict[str, str | None] = {}
        self._place_of: dict[str, str] = {}

    # -- what a name means ---------------------------------------------------------------------------------------

    def canonical(self, written: str, *, level: str | None = None, prefix: str | None = None) -> str:
        """The canonical name of an office as a notice writes it.

        ``level`` is the issuer's, from :meth:`level_of`: in a ``central`` notice 发展改革委 is 国家发展和改革委员会.
        ``prefix`` is what the list shares with its first office (省发展改革委、交通运输厅: 省); it is put before a bare
        department only.
        """
        if len(written) > _LONG_MEMO:
            return self._resolve(fold(written), level, prefix)
        key = (written, level, prefix)
        found = self._canonical.get(key)
        if found is None:
            if len(self._canonical) >= _MEMO:
                self._canonical.clear()
            found = self._canonical[key] = self._resolve(fold(written), level, prefix)
        return found

    def _resolve(self, name: str, level: str | None, prefix: str | None) -> str:
        if prefix:
            department = self._department(name)
            if department is not None:
                prefix = fold(prefix)
                shared = self._places.full(prefix)
                composed = (prefix if shared is None else shared) + department
                return self._whole.canonical.get(prefix + name) or self._own(composed)
        whole = self._whole.canonical.get(name)
        if whole is not None:
            return whole
        if level == "central":
            national = self._national(name)
            if national is not None:
                return national
        branch = self._branches.full(name, self._parts)
        if branch is not None:
            return branch
        parts = self._parts(name)
        if parts is not None:
            return self._own("".join(parts))
        base, bracket = _tail(name)
        if bracket and self._parts(base) is not None:  # 市发改委（审改办）
            return self._resolve(base, level, None) + bracket
        name = self._ended(name)
        return self._whole.canonical.get(name) or self._collective.get(loose(name), name)

    def _own(self, composed: str) -> str:
        """A user's name for what the parts make: his 城管办 also covers the shipped 城市管理办."""
        return self._local.get(composed, composed)

    @cached_property
    def _local(self) -> dict[str, str]:
        local: dict[str, str] = {}
        for names, _, _ in entries(self._data["offices"]):
            for name in names:
                parts = self._parts(name)
                if parts is not None:
                    local.setdefault("".join(parts), self._whole.canonical[name])
        return local

    @cached_property
    def _collective(self) -> dict[str, str]:
        """Collectives by their characters alone: 各县（市、区）, 各县市区 and 各县、市、区 are one."""
        names = (name for name in self._whole.canonical if name[0] == "各")
        return {loose(self._ended(name)): self._whole.canonical[name] for name in names}

    def _national(self, name: str) -> str | None:
        if not name or name in self._shape.whole:
            return None
        known = self._whole.canonical
        return next((known[p + name] for p in self._data["central_prefixes"] if p + name in known), None)

    def _department(self, name: str) -> str | None:
        """The full form of a department without a place: 发改委 becomes 发展和改革委员会."""
        return self._departments_of.full(name)

    def _parts(self, name: str) -> tuple[str, str] | None:
        """A place or level (it may be empty) and a department, both in their full forms."""
        if len(name) > 40:  # no name is so long, and the search below is quadratic
            return None
        found: tuple[str, str] | None = self._parts_of.get(name, _UNREAD)
        if found is _UNREAD:
            if len(self._parts_of) >= _MEMO:
                self._parts_of.clear()
            found = self._parts_of[name] = self._departments_of.parts(name, self._places.full)
        return found

    def subjects(self, name: str) -> frozenset[str]:
        """What an office is about, by all its names, without place, level and kind: 省财政厅 and 市财政局 share it.

        Earlier and later names of a renamed office are among them.
        """
        kinds = [kind for names, _, _ in entries(self._data["kinds"]) for kind in names]
        found = set()
        for other in self.expand(self._without_place(name)):
            kind = next((kind for kind in kinds if other.endswith(kind) and len(other) > len(kind) + 1), "")
            found.add(other.removesuffix(kind))
        return frozenset(found)

    def _without_place(self, name: str) -> str:
        """The department of an office, or its whole canonical name where it cannot be taken apart."""
        canonical = self.canonical(name)
        return (self._parts(canonical) or ("", canonical))[1]

    def _ended(self, name: str) -> str:
        for full, *others in self._endings if name.endswith(self._shorter) else ():
            if not name.endswith(full):
                for other in others:
                    # 党委政府 are two bodies in one word.
                    if name.endswith(other) and not name.endswith(("委", "委、"), 0, -len(other)):
                        return name[: -len(other)] + full
        return name

    # -- one office by all its names -----------------------------------------------------------------------------

    def known(self, name: str) -> bool:
        """True where a rule knows the name: whole, put together, a branch, or a collective (各有关部门)."""
        found = self._known.get(name)
        if found is None:
            found = self._knows(fold(name))
            if len(name) <= _LONG_MEMO and len(self._known) < _MEMO:
                self._known[name] = found
        return found

    def _knows(self, name: str) -> bool:
        if name[-1:] not in self._ends_known:
            return False
        if name in self._whole.canonical or self._parts(name) is not None:
            return True
        if self._branches.full(name, self._parts) is not None:
            return True
        base, bracket = _tail(name)
        if bracket and self._parts(base) is not None:
            return True
        return (
            self._ended(name) in self._whole.canonical
            or self._shape.collective(name, self._places.known)
            or self._national(name) is not None
        )

    def aliases(self, name: str) -> tuple[str, ...]:
        """The other names of an office, in the order of the rules; predecessors are not among them."""
        canonical = self.canonical(name)
        names = self._synonyms.of(canonical, self._parts(canonical))
        return tuple(dict.fromkeys(other for other in names if other != canonical))

    def expand(self, query: str) -> frozenset[str]:
        """All names that a query for an office should find: canonical, aliases, predecessors and successors."""
        found: set[str] = {fold(query)}
        todo = [self.canonical(query), self.canonical(query, level="central")]
        seen = set(todo)
        while todo:
            name = todo.pop()
            parts = self._parts(name)
            found.update(self._synonyms.of(name, parts, every=True))
            new = set(self._synonyms.neighbours(name, parts, self._department)) - seen
            seen |= new
            todo.extend(new)
        return frozenset(found)

    def until(self, name: str) -> int | None:
        """The year in which a historic office was renamed or merged into another."""
        canonical = self.canonical(name)
        if canonical in self._whole.until:
            return self._whole.until[canonical]
        return self._synonyms.until(self._without_place(canonical))

    @cached_property
    def _synonyms(self) -> Synonyms:
        kinds = self._data["kinds"]
        return Synonyms(self._whole, self._departments, self._subjects, kinds, self._endings, self._branches)

    def words(self) -> tuple[str, ...]:
        """All names as words for jieba."""
        kinds = [name for names, _, _ in entries(self._data["kinds"]) for name in names]
        made = (subject + kind for subject in self._subjects.canonical for kind in kinds)
        names = (*self._whole.canonical, *self._departments.canonical, *made)
        return tuple(dict.fromkeys(name for name in names if len(name) > 1))

    def split_run(self, name: str, extra: Collection[str] = ()) -> list[str] | None:
        """The offices that a notice ran together (城市管理办财政所), or None where it is one office or unknown.

        ``extra`` are the notice's own other names. Every piece is a known name; white space is dropped.
        """
        name = fold(name)
        if not 4 <= len(name) <= 80 or name in self._whole.canonical or self._parts(name):
            return None
        if self._branches.full(name, self._parts):
            return None
        return split(name, self._piece, self._lasts, self._subordinate, {fold(other) for other in extra}, self._ranks)

    @cached_property
    def _lasts(self) -> frozenset[str]:
        """What a known name may end in."""
        return self._departments_of.lasts | {name[-1] for name in self._whole.canonical}

    @cached_property
    def _ends_known(self) -> frozenset[str]:
        """What any name ends in that :meth:`known` can say yes to; a bracket may follow."""
        shorter = {other[-1] for other in self._shorter}
        return self._lasts.union(self._branches.lasts, self._shape.tails, shorter, "）")

    @cached_property
    def _ends_looking(self) -> frozenset[str]:
        """What all words end in that look like an office."""
        return self._ends_known | self._shape.lasts

    @cached_property
    def shortened(self) -> Shortened:
        """How a notice shortens names itself."""
        return Shortened(self._data["shortened"])

    @cached_property
    def _ranks(self) -> Ranks:
        return Ranks(tuple(self._data["ranks"]["low"]), tuple(self._data["ranks"]["high"]))

    @cached_property
    def _subordinate(self) -> frozenset[str]:
        return frozenset(self._data["subordinate"])

    def _piece(self, words: str) -> str | None:
        """``whole``, the prefix of a department (empty where it is bare), or None where the words are unknown."""
        if words in self._whole.canonical:
            return "whole"
        parts = self._parts(words) if len(words) > 2 or words in self._departments.canonical else None
        return None if parts is None else parts[0].removesuffix(PARTY)

    # -- what looks like an office -------------------------------------------------------------------------------

    def looks_like_office(self, name: str) -> bool:
        """True where the words look like an office though no verb says so: (财政部、税务总局)."""
        found = self._looks.get(name)
        if found is None:
            if len(name) > _LONG_MEMO:
                return False
            if len(self._looks) >= _MEMO:
                self._looks.clear()
            found = self._looks[name] = self._look(fold(name))
        return found

    def _look(self, name: str) -> bool:
        shape = self._shape
        if not 2 <= len(name) <= 40 or name[-1] not in self._ends_looking or name in shape.whole:
            return False
        parts = self._parts(name)
        if name in self._whole.canonical or (parts is not None and not parts[0]):
            return True
        if shape.prose(name):
            return False
        start = shape.opens_like_prose(name)
        if start:
            # 含山县财政局 is an office; 含市财政局 and 包括市财政局 are prose.
            rest = self._parts(name[1:])
            place = rest is not None and rest[0] not in self._levels
            return len(start) == 1 and place and parts is not None
        if self.known(name) or shape.ends_like_office(_tail(name)[0]):
            return True
        within = _WITHIN.sub("", name) if "）" in name[:-1] else name  # 各村（居）委会
        return within != name and shape.ends_like_office(within)

    def look(self, name: str) -> tuple[bool, bool]:
        """Whether the words look like an office, and whether a rule knows them: for a token that carries both."""
        return self.looks_like_office(name), self.known(name)

    @cached_property
    def _shape(self) -> Looks:
        return Looks(self._data)

    # -- the issuer's level --------------------------------------------------------------------------------------

    def level_of(self, issuer: str) -> str | None:
        """central, province, city, county, town or village, by the issuer's name; None where it does not tell.

        A county-level city (瑞昌市) is a ``city``: its name says no more.
        """
        if issuer not in self._level_of:
            if len(self._level_of) >= _MEMO:
                self._level_of.clear()
            self._level_of[issuer] = self._find_level(issuer)
        return self._level_of[issuer]

    def place_of(self, body: str) -> str:
        """The place that a body belongs to, by its name: 四川省广安市 of 四川省广安市人民政府办公室; empty for a body
        of the whole country and where the name tells of none."""
        if body not in self._place_of:
            if len(self._place_of) >= _MEMO:
                self._place_of.clear()
            name = fold(body).removeprefix("中共")
            central = self._branches.central_head(name) or name.startswith(NATIONAL)
            end = 0 if central else innermost(name, self._is_department, self.ends)[0]
            self._place_of[body] = name[:end]
        return self._place_of[body]

    def _find_level(self, issuer: str) -> str | None:
        name = fold(issuer).removeprefix("中共")
        head = self._branches.central_head(name)
        place = last_place(name[head:], self._is_department, self.ends)
        if place is not None:
            return place
        if head:  # 财政部办公厅 is central, 海关总署广东分署 is not
            return None if self._branches.ends_as_branch(name) else "central"
        if name.startswith(NATIONAL):
            return "central"
        prefix = (self._parts(name) or ("",))[0]
        return next((level for word, level in LEVELS.items() if prefix.startswith(word)), None)

    def _is_department(self, name: str) -> bool:
        return self._department(name) is not None


_WITHIN = pattern(r"（[^（）]{1,6}）(?!$)")
"""Brackets inside a name, after whose half it goes on."""


def _tail(name: str) -> tuple[str, str]:
    """A name and the bracket at its end: 市发改委（审改办）."""
    at = name.rfind("（") if name.endswith("）") else -1
    return (name[:at], name[at:]) if at > 0 else (name, "")
