"""Tables as lines of text; a 任务分解表 as numbered items with their duties.

A table comes as rows of cells; a cell that spans columns or rows is the same object in each place. A table whose header
names a task and the offices (序号, 工作任务, 牵头单位, 责任单位, 完成时限) becomes what a notice would say in running
text: ``1.任务`` and below it ``牵头单位：…``, so that one parser reads both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from aiwei_cli.lexicon import Rules, load

if TYPE_CHECKING:
    from aiwei_cli.parsing.headers import Headers


class Line(NamedTuple):
    """One line of text, and where it is from."""

    row: int
    """Of the table; the first is 1."""
    words: str
    offices: bool = False
    """Whether it says what stood in a column of offices."""


class Cell:
    """One cell: its paragraphs, a soft line is one too.

    Compared by identity: two cells with the same words are two cells.
    """

    __slots__ = ("paragraphs",)

    def __init__(self, paragraphs: Sequence[str] = ()) -> None:
        lines = (line.strip() for paragraph in paragraphs for line in paragraph.split("\n"))
        self.paragraphs = [words for words in lines if words]

    @property
    def words(self) -> str:
        """The words of a header or a number, without any white space."""
        return "".join("".join(self.paragraphs).split())


Row = list[Cell]

_NUMBERED = re.compile(
    r"[（(〔]?\s?[零〇一二三四五六七八九十百]{1,4}\s?[）)〕、．.]|[0-9０-９]{1,3}\s?[.．、](?![0-9０-９])|[（(][0-9０-９]{1,3}[）)]"
    r"|[0-9０-９]{1,3}[）)]|[\u2460-\u2473]|第[零〇一二三四五六七八九十百]{1,5}[编章节条]"
)
_LEVELS = (
    re.compile(r"[零〇一二三四五六七八九十百]{1,4}\s?[、．.]|第"),
    re.compile(r"[（(〔]\s?[零〇一二三四五六七八九十百]"),
    re.compile(r"[0-9０-９]{1,4}\s?[.．、]"),
    re.compile(r"[（(][0-9０-９]"),
)
"""How an outline numbers its levels, from the top."""
_CHINESE = re.compile(r"[零〇一二三四五六七八九十百]+")
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,8}[:：]")
_STOPS = "。，、；：！？.,;:!?"
_NOTHING = re.compile(r"[/／\\—－–\-无·\s]*")


def lines(rows: Sequence[Row], rules: Rules | None = None) -> list[Line]:
    """The lines of a table, each with the row it stands in; ``rules`` say what the headers mean, else the shipped."""
    headers = (rules or load()).headers
    header = _header(rows, headers)
    if header is None:
        return [line for number, row in enumerate(rows, 1) for line in _plain(number, row)]
    return _tasks(rows, *header, headers)


def _distinct(cells: Sequence[Cell]) -> list[Cell]:
    return list(dict.fromkeys(cells))


def _plain(number: int, row: Row) -> Iterator[Line]:
    """A row of one-line cells is one line; cells with several paragraphs follow one another, so that numbers in them
    still begin a line."""
    cells = [cell for cell in _distinct(row) if cell.paragraphs]
    if len(cells) > 1 and all(len(cell.paragraphs) == 1 for cell in cells):
        yield Line(number, "\t".join(cell.paragraphs[0] for cell in cells))
        return
    for cell in cells:
        for paragraph in cell.paragraphs:
            yield Line(number, paragraph)


def _header(rows: Sequence[Row], headers: Headers) -> tuple[int, int, list[str]] | None:
    """(first row of the header, first row of the body, a title for each column), or None for an ordinary table."""
    for first, row in enumerate(rows[:6]):
        if len(_distinct(row)) < 2:
            continue
        titles = [cell.words for cell in row]
        body = first + 1
        if body < len(rows) and _is_second(row, rows[body], headers):
            # 责任分工 over 牵头单位 and 配合单位: the lower words tell the columns.
            below = rows[body] + row[len(rows[body]) :]
            titles = [lower.words or upper.words for upper, lower in zip(row, below, strict=False)]
            body += 1
        if any(map(headers.role, titles)) and any(headers.task(title) or headers.number(title) for title in titles):
            return first, body, titles
    return None


def _is_second(row: Row, below: Row, headers: Headers) -> bool:
    """Whether the row below belongs to the header: some cells reach down into it, the others are short titles."""
    shared = [lower for upper, lower in zip(row, below, strict=False) if upper is lower]
    own = [lower for upper, lower in zip(row, below, strict=False) if upper is not lower]
    return bool(shared) and bool(own) and all(headers.role(cell.words) or headers.time(cell.words) for cell in own)


class _Columns:
    """What each column of a task table is for."""

    def __init__(self, titles: Sequence[str], headers: Headers) -> None:
        self.titles = [headers.label(title) for title in titles]
        self.number = next((i for i, title in enumerate(titles) if headers.number(title)), None)
        self.offices = {i for i, title in enumerate(titles) if headers.role(title)}
        self.groups = [i for i, title in enumerate(titles) if headers.group(title)]
        rest = [i for i in range(len(titles)) if i != self.number and i not in self.groups]
        self.tasks = [i for i in rest if headers.task(titles[i])]
        # A column before the offices with a title that we do not know (名称, 考核点) belongs to the task.
        self.tasks += [
            i for i in rest if i < min(self.offices) and i not in self.tasks and not headers.labelled(titles[i])
        ]
        self.tasks.sort()
        self.labels = [i for i in rest if i not in self.tasks]


def _tasks(rows: Sequence[Row], first: int, body: int, titles: list[str], headers: Headers) -> list[Line]:
    """The lines of a task table: what stands above the header, then the items."""
    columns = _Columns(titles, headers)
    width = len(titles)
    found = [line for number, row in enumerate(rows[:first], 1) for line in _plain(number, row)]
    heading = [cell.words for cell in rows[body - 1]]
    numbered: list[tuple[int, Row]] = []
    for number, row in enumerate(rows[body:], body + 1):
        if [cell.words for cell in row] == heading:
            continue  # Printed again at the top of a page.
        numbered.append((number, (row + [Cell() for _ in range(width - len(row))])[:width]))
    spread = _spread(numbered, columns)
    count = 0
    shown: set[Cell] = set()
    for _, members in groupby(numbered, key=lambda pair: id(_key(pair[1], columns))):
        group = list(members)
        if _is_section(group[0][1], columns):
            found += [
                Line(number, words) for number, row in group for cell in _distinct(row) for words in cell.paragraphs
            ]
            continue
        if not any(cell.paragraphs for _, row in group for cell in row):
            continue
        count = _counted(_key_words(group[0][1], columns), count)
        found += _group(group, columns, spread, shown, count)
    return found


def _key(row: Row, columns: _Columns) -> Cell:
    """The cell that tells one item from the next: its number, or the task where there is none."""
    if columns.number is not None and row[columns.number].paragraphs:
        return row[columns.number]
    return row[columns.tasks[0]] if columns.tasks else row[0]


def _key_words(row: Row, columns: _Columns) -> str:
    return row[columns.number].words if columns.number is not None else ""


def _counted(words: str, count: int) -> int:
    """The number of this item where it is written in digits, else one more than the last."""
    match = re.match(r"[0-9０-９]{1,4}", words)
    return int(match[0]) if match else count + 1


def _is_section(row: Row, columns: _Columns) -> bool:
    """Whether the row is a heading: one cell across, or the only words in it bear a number of the outline."""
    cells = [cell for cell in _distinct(row) if cell.paragraphs]
    if len(cells) != 1:
        return False
    wide = sum(cell is cells[0] for cell in row)
    return wide > max(len(row) // 2, 1) or (
        _NUMBERED.match(cells[0].words) is not None and (columns.number is None or row[columns.number] is cells[0])
    )


def _spread(rows: Sequence[tuple[int, Row]], columns: _Columns) -> set[Cell]:
    """The task cells that reach over several items: they are headings, not tasks."""
    owners: dict[Cell, set[int]] = {}
    for _, row in rows:
        for i in columns.tasks:
            owners.setdefault(row[i], set()).add(id(_key(row, columns)))
    return {cell for cell, keys in owners.items() if len(keys) > 1}


def _group(
    group: list[tuple[int, Row]], columns: _Columns, spread: set[Cell], shown: set[Cell], count: int
) -> Iterator[Line]:
    """The lines of one item: headings that begin here, the number and the task, and the duties."""
    at, top = group[0]
    aside: list[str] = []
    for i in [*columns.groups, *columns.tasks]:
        cell = top[i]
        if cell.paragraphs and (i in columns.groups or cell in spread):
            if not _NUMBERED.match(cell.paragraphs[0]):
                aside.append(f"{columns.titles[i]}：{''.join(cell.paragraphs)}")
            elif cell not in shown:
                shown.add(cell)
                yield from (Line(at, words) for words in cell.paragraphs)
    tasks = [i for i in columns.tasks if top[i] not in spread]
    varying = [i for i in tasks if len(_distinct([row[i] for _, row in group])) > 1]
    shared = [top[i] for i in tasks if i not in varying]
    rows = [row for _, row in group]
    number = _written(_key_words(top, columns), count)
    if not varying:
        yield from _lines(at, _item(number, shared, _duties(rows, columns.labels, columns), aside))
        return
    common = [i for i in columns.labels if len(_distinct([row[i] for row in rows])) == 1]
    own = [i for i in columns.labels if i not in common]
    yield from _lines(at, _item(number, shared, _duties(rows, common, columns), aside))
    for k, (at, row) in enumerate(group, 1):
        yield from _lines(at, _item(f"（{k}）", [row[i] for i in varying], _duties([row], own, columns)))


class _Offices(str):
    """A line that says what stood in a column of offices."""

    __slots__ = ()


def _lines(row: int, lines: Iterable[str]) -> Iterator[Line]:
    return (Line(row, str(words), isinstance(words, _Offices)) for words in lines)


def _written(words: str, count: int) -> str:
    """The number as a notice writes it at the start of a line: ``1.``, ``一、``, ``（一）``."""
    if not words or re.fullmatch(r"[0-9０-９]{1,4}[.．、]?", words):
        return f"{count}."
    if _CHINESE.fullmatch(words):
        return f"{words}、"
    return words if _NUMBERED.fullmatch(words) else f"{words} "


def _item(number: str, tasks: Sequence[Cell], duties: list[str], aside: Sequence[str] = ()) -> list[str]:
    """The lines of an item, its duties where they are its own.

    Numbered paragraphs of a lower level are its children, and the duties stand before the first of them, or they would
    be that one's. Where a cell numbers its paragraphs like the rows or above them (1. in row 1), they are text of the
    row: they go on in its line, where a number is none.
    """
    paragraphs = [words for cell in tasks for words in cell.paragraphs]
    numbered = [words for words in paragraphs if _NUMBERED.match(words)]
    level = _level(number)
    first = _level(paragraphs[0]) if paragraphs[:1] == numbered[:1] and numbered else None
    # Whether the task begins with the row's own number in the outline.
    own = first is not None and first <= level < 3 and all(_level(words) > first for words in numbered[1:])
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


def _duties(rows: Sequence[Row], labels: Sequence[int], columns: _Columns) -> list[str]:
    """A line for each office, time and remark of an item: ``责任单位：甲、乙``."""
    found: list[str] = []
    for i in labels:
        for cell in _distinct([row[i] for row in rows]):
            parts = [words for words in cell.paragraphs if not _NOTHING.fullmatch(words)]
            if i in columns.offices and all(map(_NUMBERED.match, parts)) and _is_list(parts):
                parts = [_NUMBERED.sub("", words, count=1).strip().rstrip("。") for words in parts]
            if parts and all(_LABELLED.match(words) for words in parts):
                found += map(_Offices, parts) if i in columns.offices else parts
            elif parts:
                glue = "、" if i in columns.offices else ""
                line = f"{columns.titles[i]}：" + _joined(parts, glue)
                found.append(_Offices(line) if i in columns.offices else line)
    return found


def _is_list(offices: Sequence[str]) -> bool:
    """Whether the numbers before offices count them: 一、二中队 alone is a name."""
    return len(offices) > 1 or any(_level(words) > 1 for words in offices)


def _joined(parts: Sequence[str], glue: str) -> str:
    """Paragraphs of a cell on one line; offices that only the line break kept apart are kept apart by 、."""
    words = ""
    for piece in parts:
        words += (glue if words and piece and words[-1] not in "、，,；;：:（(" else "") + piece
    return words
