"""Rows back into notices: what ``aiwei export`` wrote can be a source again.

A row gives the place of its item, and the headings above it by number and title, so the outline can be built anew. What
the columns do not hold is not there: spans, the headings' own texts, which duties came from a heading (except in rows
of duties). To keep everything, keep what ``aiwei parse`` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any

from aiwei_cli.language.names import listed
from aiwei_cli.language.numerals import LARGE, UNITS
from aiwei_cli.notice.kinds import SCALARS, members
from aiwei_cli.notice.model import ROLES, Citation, Deadline, Duty, Node, Notice, Person, Role
from aiwei_cli.notice.source import Source
from aiwei_cli.query import WHOLE
from aiwei_cli.query.called import file_name
from aiwei_cli.query.table import DUTY_COLUMNS, ITEM_COLUMNS

_NOWHERE = (0, 0)
KNOWN = frozenset(column.key for column in (*ITEM_COLUMNS, *DUTY_COLUMNS))
"""The keys of the rows that aiwei writes; any other column is a person's own."""
_FACTS = ("issuer", "document_number", "date", "year", "version")
"""What a row says of its notice."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=[年-])")
_CITED = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》(?:（([^（）]*)）)?")

_LEVELS = (
    (re.compile(rf"第.+[{UNITS[:-1]}]"), 0, ""),
    (re.compile(rf"第.+{UNITS[-1]}"), 1, ""),
    (re.compile(rf"[{LARGE}]+"), 1, "、"),
    (re.compile(rf"（[{LARGE}]+）"), 2, ""),
    (re.compile(r"\d+"), 3, "."),
    (re.compile(r"（\d+）|\d+）"), 4, ""),
)


def is_row(value: Any) -> bool:
    """Whether plain data is a row of ``aiwei export``."""
    return isinstance(value, Mapping) and {"notice", "id", "section", "path", "line"} <= value.keys()


def notices_from_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[Notice]:
    """A notice for each run of rows with the same title and path. Raises ValueError for a row that is not aiwei's."""
    for (title, path), run in groupby(rows, key=_origin):
        outline = _OutlineBuilder()
        own: list[Duty] = []
        facts: dict[str, Any] = {}
        whole: dict[str, Any] = {}
        for row in run:
            facts = facts or _others(Notice, {key: row.get(key) for key in _FACTS})
            if row["id"] == WHOLE:
                own.extend(_duties(row))
                whole = _others(Notice, {key: row.get(key) for key in ("task", "status")})
            else:
                outline.add(row)
        yield Notice(
            text="",
            source=Source(path=path or None),
            title=title or None,
            duties=tuple(own),
            body=outline.nodes(),
            **facts,
            **whole,
        )


def _origin(row: Mapping[str, Any]) -> tuple[str, str]:
    if not (is_row(row) and isinstance(row["id"], str) and row["id"]):
        raise ValueError("这一行不是 aiwei export 写的：缺少 notice、id、section、path 或 line")
    title, path = str(row["notice"] or ""), str(row["path"] or "")
    return "" if title == file_name(path) else title, path


def rows_from_separated(text: str) -> list[dict[str, Any]]:
    """The rows of what was exported as CSV or TSV with its English header; the guards of cells are taken away."""
    import csv
    import io

    text = text.removeprefix("\ufeff")
    header = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in header else ",")
    names = next(lines, [])
    return [dict(zip(names, map(_value, names, cells), strict=False)) for cells in lines]


def _value(name: str, cell: str) -> Any:
    kind = _kinds().get(name)
    if kind == "int":
        return int(cell) if cell.isdecimal() and len(cell) < 10 else None
    if kind == "bool":
        return cell == "true"
    return cell.removeprefix("'")


@cache
def _kinds() -> dict[str, str]:
    """The kinds of the columns that are fields of a notice, of an item or of a duty."""
    return {member.name: member.base for cls in (Notice, Node, Duty) for member in members(cls) if member.is_scalar}


class _OutlineEntry:
    """A place of the outline to be."""

    def __init__(self, node_id: str, title: str = "") -> None:
        self.id, self.title = node_id, title
        self.base = node_id.rpartition("/")[2].partition("#")[0]
        self.rows: list[Mapping[str, Any]] = []
        self.below: list[_OutlineEntry] = []


class _OutlineBuilder:
    """Rows in the order of the text become a tree: a heading stays open until a row is under another."""

    def __init__(self) -> None:
        self._root = _OutlineEntry("")
        self._open = [self._root]
        self._seen: dict[str, int] = {}

    def add(self, row: Mapping[str, Any]) -> None:
        """Put a row where its id says, with the headings above it as far as they are missing."""
        *above, last = row["id"].split("/")
        # The title of an enclosed plan may come before those of the headings.
        titles = [title for title in str(row["section"] or "").split(" / ") if title][-len(above) :] if above else []
        titles += [""] * (len(above) - len(titles))
        depth = 0
        while depth < len(above) and depth + 1 < len(self._open):
            entry = self._open[depth + 1]
            if entry.base != above[depth] or (titles[depth] and entry.title not in ("", titles[depth])):
                break
            depth += 1
        del self._open[depth + 1 :]
        for further in range(depth, len(above)):
            self._enter(_OutlineEntry(self._unique("/".join(above[: further + 1])), titles[further]))
        here = self._open[-1].below
        if not (here and here[-1].id == row["id"]):
            self._seen["/".join([*above, last.partition("#")[0]])] = int(last.partition("#")[2] or 1)
            self._enter(_OutlineEntry(row["id"], str(row.get("title") or "")))
            here[-1].rows.append(row)
        else:  # another duty of the same item
            here[-1].rows.append(row)
            self._open.append(here[-1])

    def _enter(self, entry: _OutlineEntry) -> None:
        self._open[-1].below.append(entry)
        self._open.append(entry)

    def _unique(self, base: str) -> str:
        count = self._seen[base] = self._seen.get(base, 0) + 1
        return base if count == 1 else f"{base}#{count}"

    def nodes(self) -> tuple[Node, ...]:
        return tuple(_node(entry) for entry in self._root.below)


def _node(entry: _OutlineEntry) -> Node:
    row = entry.rows[0] if entry.rows else {}
    number, level = _number(entry.base)
    return Node(
        id=entry.id,
        number=str(row.get("number") or number),
        level=row["level"] if isinstance(row.get("level"), int) else level,
        title=str(row.get("title") or entry.title),
        text=str(row.get("text") or row.get("item") or ""),
        span=_NOWHERE,
        line=row["line"] if isinstance(row.get("line"), int) else 0,
        duties=tuple(duty for each in entry.rows for duty in _duties(each)),
        deadlines=_deadlines(row),
        citations=tuple(Citation(m[1], m[2], _NOWHERE) for m in _CITED.finditer(str(row.get("citations") or ""))),
        children=tuple(_node(below) for below in entry.below),
        persons=tuple(_persons(row)),
        extra=_extra(entry.rows),
        **_others(Node, row, "id", "number", "level", "title", "text", "line"),
    )


def _others(cls: type, row: Mapping[str, Any], *known: str) -> dict[str, Any]:
    """What a row says of the other fields of a class, where it is of their kind."""
    return {
        member.name: row[member.name]
        for member in members(cls)
        if member.is_scalar
        and member.name not in known
        and row.get(member.name) not in (None, "")
        and type(row[member.name]) is SCALARS[member.base]
        and (not member.among or row[member.name] in member.among)
    }


def _extra(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """The columns that aiwei does not know, in their order; what further rows of an item say differently too."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for name, value in row.items():
            if name not in KNOWN and isinstance(value, str | int | float) and value != "":
                found.setdefault(name, {})[str(value)] = None
    return tuple((name, "；".join(values)) for name, values in found.items())


def _number(part: str) -> tuple[str, int]:
    """The number of a heading and its level, by the part of an id that is made of it."""
    for pattern, level, after in _LEVELS:
        if pattern.fullmatch(part):
            return part + after, level
    return part, 5


def level_of(part: str) -> int:
    """The level of the outline that a part of an id is on."""
    return _number(part)[1]


def _duties(row: Mapping[str, Any]) -> Iterator[Duty]:
    # Of an item whose duties are stated in several places the row does not say which is stated in which.
    others = _others(Duty, row, "role", "office", "written")
    if row.get("role") in ROLES and row.get("office"):  # a sheet for one office says its role and names all by columns
        role: Role = row["role"]
        office = str(row["office"])
        yield Duty(role, office, str(row.get("written") or office), _NOWHERE, **others)
    for role in ROLES:
        for office in listed(str(row.get(role) or "")):
            yield Duty(role, office, office, _NOWHERE, **others)


def _persons(row: Mapping[str, Any]) -> Iterator[Person]:
    for group in filter(None, str(row.get("persons") or "").split("；")):
        role, colon, names = group.rpartition("：")
        for name in names.split("、"):
            yield Person(role if colon else "", name, _NOWHERE)


def _deadlines(row: Mapping[str, Any]) -> tuple[Deadline, ...]:
    """The times as written, with the dates that these give; the row's own date is that of the first without one."""
    from aiwei_cli.language import deadlines

    due, words = str(row.get("due") or ""), str(row.get("deadline") or "")
    # A time without a year is of the year that the row has elsewhere, else of its notice's.
    told = next(filter(None, map(_YEAR.search, (due, words, str(row.get("notice") or "")))), None)
    own = row.get("year")
    year = int(told[0]) if told else own if isinstance(own, int) else None
    times = [time for time in words.split("、") if time]
    dates = [min(filter(None, (day for _, _, day in deadlines.several(time, year))), default=None) for time in times]
    if due and times and due not in dates:
        dates[dates.index(None) if None in dates else 0] = due
    pairs = zip(times, dates, strict=True)
    return tuple([Deadline(time, day, _NOWHERE, recurs=deadlines.recurs(time, day)) for time, day in pairs])
