"""Rows of a task table as lines of text: ``1.任务`` and below it ``牵头单位：…``, as a notice would say it.

So one parser reads both. What is merged over several rows holds for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from aiwei_cli.compiled import Rules
from aiwei_cli.language.chars import COLONS, COMMAS, FIGURE, ROUND, SEMICOLONS, SENTENCE_ENDS, SEPARATORS
from aiwei_cli.language.numerals import LEADING, ONE_OF
from aiwei_cli.language.styles import chinese
from aiwei_cli.notice.hints import LineKind
from aiwei_cli.reading.tables.cells import NOTHING, Cell, Numbered, Row, TableLine, distinct, filled_cells
from aiwei_cli.reading.tables.columns import Columns, cell, is_office

_NUMBERED = re.compile(rf"{LEADING}|[（(〔]?\s?{ONE_OF}{{1,4}}\s?[）)〕、．.]|[{FIGURE}]{{1,3}}[）)]")
_LEVELS = (
    re.compile(rf"{ONE_OF}{{1,4}}\s?[、．.]|第"),
    re.compile(rf"[（(〔]\s?{ONE_OF}"),
    re.compile(rf"[{FIGURE}]{{1,4}}\s?[.．、]"),
    re.compile(rf"[（(][{FIGURE}]"),
)
"""How an outline numbers its levels, from the top."""
_CHINESE = re.compile(rf"{ONE_OF}+")
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,8}[:：]")
_COUNTED = re.compile(r"[（(][^（()）]*[0-9][^（()）]*[）)]$")
"""How many tasks an office has, after its name: 县水利局（3项）."""
_STOPS = SEPARATORS + SENTENCE_ENDS + "."
_FRAGMENT = 4
"""The piece that a line break has cut off a name is shorter than this or ends in 和: 县发展和⏎改革局."""


class Tasks:
    """The lines of the rows below one header."""

    def __init__(self, columns: Columns, rules: Rules) -> None:
        self.columns, self.rules = columns, rules
        self.count = 0
        self._chinese: bool | None = None
        """Whether the rows, which have no numbers, get Chinese ones: below them are others in digits."""
        self._shown: set[Cell] = set()
        self._office: Cell | None = None

    def lines(self, rows: Sequence[Numbered]) -> list[TableLine]:
        """The lines of some rows, in order; rows that follow later go on where these end."""
        columns = self.columns
        rows = self._whole(rows)
        if self._chinese is None:
            self._chinese = columns.number is None and _number_below(rows, columns)
        spread = _spread(rows, columns)
        found: list[TableLine] = []
        for _, members in groupby(rows, key=lambda pair: id(_key(pair[1], columns))):
            group = list(members)
            top = group[0][1]
            if self._is_note(top):
                found += [TableLine(number, _tabbed(row), "note") for number, row in group]
            elif _is_section(top, columns):
                found += self._section(group)
            elif any(each.paragraphs for _, row in group for each in row):
                self.count = _counted(_key_words(top, columns), self.count)
                found += self._group(group, spread)
        return found

    def _whole(self, rows: Sequence[Numbered]) -> list[Numbered]:
        """The rows, with signs that repeat the cell above (〃, 同上) and cells left blank below it filled in."""
        dittos = self.rules.headers.dittos
        found: list[Numbered] = []
        for number, row in rows:
            row = list(row)
            above = found[-1][1] if found else None
            if above is not None and not self._is_apart(row) and not self._is_apart(above):
                row = [
                    up if each.words.strip("（）()") in dittos else each for up, each in zip(above, row, strict=True)
                ]
                if self._by_office(row):
                    row[0] = above[0]
                if self._goes_on(row):
                    for i in self._key_columns():
                        row[i] = row[i] if row[i].paragraphs else above[i]
            found.append((number, row))
        return found

    def _by_office(self, row: Row) -> bool:
        """Whether a row is one more task of the office above: offices come first, and it leaves that cell blank."""
        first = 0 in self.columns.offices and not row[0].paragraphs
        return first and any(row[i].paragraphs for i in self.columns.tasks)

    def _key_columns(self) -> list[int]:
        columns = self.columns
        return [*([columns.number] if columns.number is not None else []), *columns.tasks]

    def _goes_on(self, row: Row) -> bool:
        """Whether a row has neither number nor task of its own, so that it is more of the row above."""
        first = [self.columns.number] if self.columns.number is not None else []
        first += self.columns.tasks[:1]
        return bool(self.columns.tasks) and not any(row[i].paragraphs for i in first) and bool(filled_cells(row))

    def _is_apart(self, row: Row) -> bool:
        return self._is_note(row) or _is_section(row, self.columns)

    def _is_note(self, row: Row) -> bool:
        """Whether the row is a remark or a sum, and no task."""
        cells = filled_cells(row)
        return bool(cells) and cells[0].words.startswith(self.rules.headers.no_rows)

    def _section(self, group: Sequence[Numbered]) -> Iterator[TableLine]:
        for number, row in group:
            for each in filled_cells(row):
                words = "".join(each.paragraphs)
                name = _COUNTED.sub("", _bare(words))
                self._office = cell(name) if not self.columns.offices and is_office(name, self.rules) else None
                kind: LineKind = "text" if any(map(_NUMBERED.match, each.paragraphs)) else "head"
                yield from (TableLine(number, words, kind) for words in each.paragraphs)

    def _group(self, group: list[Numbered], spread: set[Cell]) -> Iterator[TableLine]:
        """The lines of one item: headings that begin here, the number and the task, and the duties."""
        columns = self.columns
        at, top = group[0]
        aside: list[str] = []
        headings = [each for i in columns.groups for each in distinct([row[i] for _, row in group])]
        headings += [top[i] for i in columns.tasks if top[i] in spread]
        for each in distinct(headings):
            if each.paragraphs:
                if not _NUMBERED.match(each.paragraphs[0]):
                    i = next(i for _, row in group for i, other in enumerate(row) if other is each)
                    aside.append(_titled(columns.titles[i], "".join(each.paragraphs)))
                elif each not in self._shown:
                    self._shown.add(each)
                    yield from (TableLine(at, words) for words in each.paragraphs)
        tasks = [i for i in columns.tasks if top[i] not in spread]
        varying = [i for i in tasks if len(distinct([row[i] for _, row in group])) > 1]
        shared = distinct([top[i] for i in tasks if i not in varying])
        rows = [row for _, row in group]
        number = _written(_key_words(top, columns), self.count)
        if self._chinese:
            number = f"{chinese(self.count)}、"
        labels = columns.labels
        listed = [words for each in shared for words in each.paragraphs]
        if self._chinese and not varying and listed and all(map(_NUMBERED.match, listed)):
            yield from self._list(at, number, listed, rows)
            return
        if not varying:
            yield from _lines(at, _item(number, shared, self._duties(rows, labels), aside), number)
            return
        common = [i for i in labels if len(distinct([row[i] for row in rows])) == 1]
        if any(i in columns.offices and i not in common for i in labels):
            # A measure that names offices would not inherit those of the task: so it gets all offices of its row.
            common = [i for i in common if i not in columns.offices]
        own = [i for i in labels if i not in common]
        yield from _lines(at, _item(number, shared, self._duties(rows, common), aside), number)
        for k, (at, row) in enumerate(group, 1):
            number = f"（{k}）"
            yield from _lines(at, _item(number, [row[i] for i in varying], self._duties([row], own)), number)

    def _list(self, at: int, number: str, listed: Sequence[str], rows: Sequence[Row]) -> Iterator[TableLine]:
        """A row whose task is nothing but a list: each of its paragraphs is an item below the name of who does them."""
        names = [
            self._joined(each.paragraphs) for row in rows for i in sorted(self.columns.offices) for each in [row[i]]
        ]
        yield TableLine(at, number + "、".join(dict.fromkeys(filter(None, names))), number=len(number))
        duties = self._duties(rows, self.columns.labels)
        for words in listed:
            yield from _lines(at, [words, *duties], "")

    def _duties(self, rows: Sequence[Row], labels: Sequence[int]) -> list[str]:
        """A line for each office, time and remark of an item: ``责任单位：甲、乙``."""
        columns = self.columns
        found: list[str] = [_DutyLine(f"责任单位：{self._office.words}")] if self._office is not None else []
        persons: list[str] = []
        for i in labels:
            for each in distinct([row[i] for row in rows]):
                parts = [words for words in each.paragraphs if not NOTHING.fullmatch(words)]
                if i in columns.offices and all(map(_NUMBERED.match, parts)) and _is_list(parts):
                    bare = [_bare(words).rstrip("。") for words in parts]
                    parts = list(filter(None, bare)) or parts  # a number may be left over without an office
                duty = i in columns.offices or i in columns.times
                if i in columns.persons and parts:
                    named = all(_LABELLED.match(words) for words in parts)
                    persons.append("；".join(parts) if named else _titled(columns.titles[i], "、".join(parts)))
                elif parts and all(_LABELLED.match(words) for words in parts):
                    found += map(_DutyLine, parts) if duty else parts
                elif parts:
                    words = self._joined(parts) if i in columns.offices else "".join(parts)
                    words += f"，{columns.says[i]}" if i in columns.says else ""
                    line = _titled(columns.titles[i], words)
                    found.append(_DutyLine(line) if duty else line)
        # In one clause with the offices a person is known to be one.
        at = next((at for at in range(len(found) - 1, -1, -1) if isinstance(found[at], _DutyLine)), None)
        if at is not None and persons:
            found[at] = _DutyLine("；".join([found[at], *persons]))
            return found
        return [*found, *persons]

    def _joined(self, parts: Sequence[str]) -> str:
        """The lines of a cell of offices on one line, kept apart by 、 unless a name goes over the line's end."""
        words = ""
        for part in parts:
            cut = bool(words) and self._is_cut(words, part)
            parted = words[-1:] in COMMAS + SEMICOLONS + COLONS + ROUND[0] or part[0] in COMMAS + SEMICOLONS
            words += ("" if parted or cut else "、") + part
        return words

    def _is_cut(self, before: str, after: str) -> bool:
        """Whether a line break is inside a name: 县发展和⏎改革局; but not after what is an office by itself."""
        last, first = re.split(f"[{COMMAS}{SEMICOLONS}]", before)[-1], re.split(f"[{COMMAS}{SEMICOLONS}]", after)[0]
        if self.rules.offices.known(last + first) and not self.rules.offices.known(last):
            return True
        whole = last[-1:] in self.rules.offices.ends.signs or is_office(last, self.rules)
        if not last or not first or first[0] in "各县市区镇乡" or whole:
            return first[:1] in ("（", "(")
        short = len(first) < _FRAGMENT or last.endswith(("和", "与", "及")) or not is_office(first, self.rules)
        return short and is_office(last + first, self.rules)


def _bare(words: str) -> str:
    """The words without the number that they begin with."""
    number = _NUMBERED.match(words)
    return (words[number.end() :] if number else words).strip()


def _titled(title: str, words: str) -> str:
    return f"{title}：{words}" if title else words


class _DutyLine(str):
    """A line that says what was below a title of offices or times."""

    __slots__ = ()


def _lines(row: int, words: Sequence[str], number: str) -> Iterator[TableLine]:
    """The lines of an item; the first begins with its number, unless the task has one of its own."""
    number = number.rstrip()
    for i, each in enumerate(words):
        own = len(number) if not i and each.startswith(number) else 0
        yield TableLine(row, str(each), "cell" if isinstance(each, _DutyLine) else "text", own)


def _tabbed(row: Row) -> str:
    return "\t".join("".join(each.paragraphs) for each in filled_cells(row))


def _key(row: Row, columns: Columns) -> Cell:
    """The cell that tells one item from the next: its number, or the task where there is none."""
    if columns.number is not None and row[columns.number].paragraphs:
        return row[columns.number]
    return row[columns.tasks[0]] if columns.tasks else row[0]


def _key_words(row: Row, columns: Columns) -> str:
    return row[columns.number].words if columns.number is not None else ""


def _counted(words: str, count: int) -> int:
    """The number of this item where it is written in digits, else one more than the last."""
    match = re.match(r"[0-9０-９]{1,9}", words)
    return int(match[0]) if match else count + 1


def _is_section(row: Row, columns: Columns) -> bool:
    """Whether the row is a heading: one cell across, or the only words in it bear a number of the outline or are
    where the number does."""
    cells = filled_cells(row)
    if len(cells) != 1:
        return False
    wide = sum(each is cells[0] for each in row) > max(len(row) // 2, 1)
    numbered = _NUMBERED.match(cells[0].words) is not None
    if columns.number is None:
        return wide or numbered
    counts = re.fullmatch(r"[（(]?[0-9０-９]{1,9}[）).．、]?", cells[0].words) is not None
    return wide or (row[columns.number] is cells[0] and not counts)


def _number_below(rows: Sequence[Numbered], columns: Columns) -> bool:
    """Whether the tasks of some rows are several paragraphs that are numbered in digits, and none is numbered above."""
    levels = [[_level(words) for words in each.paragraphs if _NUMBERED.match(words)] for each in _tasks(rows, columns)]
    return any(len(each) > 1 for each in levels) and all(level > 1 for each in levels for level in each)


def _tasks(rows: Sequence[Numbered], columns: Columns) -> list[Cell]:
    return distinct([row[i] for _, row in rows for i in columns.tasks])


def _spread(rows: Sequence[Numbered], columns: Columns) -> set[Cell]:
    """The task cells that reach over several items: they are headings, not tasks."""
    owners: dict[Cell, set[int]] = {}
    for _, row in rows:
        for i in columns.tasks:
            owners.setdefault(row[i], set()).add(id(_key(row, columns)))
    return {each for each, keys in owners.items() if len(keys) > 1}


def _written(words: str, count: int) -> str:
    """The number as a notice writes it at the start of a line: ``1.``, ``一、``, ``（一）``."""
    if not words or re.fullmatch(r"[0-9０-９]{1,9}[.．、]?", words):
        return f"{count}."
    if _CHINESE.fullmatch(words):
        return f"{words}、"
    return words if _NUMBERED.fullmatch(words) else f"{words} "


def _item(number: str, tasks: Sequence[Cell], duties: list[str], aside: Sequence[str] = ()) -> list[str]:
    """The lines of an item, its duties where they are its own.

    Numbered paragraphs of a lower level are its children, and the duties are before the first of them, or they would
    be that one's. Where a cell numbers its paragraphs like the rows or above them (1. in row 1), they are text of the
    row: they go on in its line, where a number does not count.
    """
    paragraphs = [words for cell in tasks for words in cell.paragraphs]
    numbered = [words for words in paragraphs if _NUMBERED.match(words)]
    level = _level(number)
    first = _level(paragraphs[0]) if paragraphs[:1] == numbered[:1] and numbered else None
    odd = not _NUMBERED.match(number) and not number[:1].isdigit()
    # Whether the task begins with the row's own number in the outline, because the row's number is not one.
    own = first is not None and not odd and first <= level < 3 and all(_level(words) > first for words in numbered[1:])
    text = not own and any(_level(words) <= level for words in numbered)
    if own or (paragraphs and paragraphs[0].startswith(number)):
        head, paragraphs = paragraphs[0], paragraphs[1:]
    elif paragraphs and paragraphs[0] in numbered and not text and len(paragraphs) > 1:
        head = number
    else:
        words, paragraphs = "".join(paragraphs[:1]), paragraphs[1:]
        head = number + (" " if number.endswith(".") and words[:1].isdigit() else "") + words
    if not text:
        below = next((i for i, words in enumerate(paragraphs) if _NUMBERED.match(words)), len(paragraphs))
        return [head, *paragraphs[:below], *aside, *duties, *paragraphs[below:]]
    found = [head]
    for words in paragraphs:
        if _NUMBERED.match(words):
            found[-1] += ("" if found[-1][-1] in _STOPS else "；") + words
        else:
            found.append(words)
    return [*found, *aside, *duties]


def _level(words: str) -> int:
    """The level of the number at the start of these words; a number of no known kind is one like ``1.``."""
    at = next((level for level, pattern in enumerate(_LEVELS) if pattern.match(words)), None)
    if at is None:
        return len(_LEVELS) if _NUMBERED.match(words) else 2
    return at


def _is_list(offices: Sequence[str]) -> bool:
    """Whether the numbers before offices count them: 一、二中队 alone is a name."""
    return len(offices) > 1 or any(_level(words) > 1 for words in offices)
