"""What the columns of a table are for: the row that says so, and the roles that it gives.

A header is known by its words (``rules/tables.yaml``), and where these may mean anything (单位) by what is below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aiwei_cli.compiled import Rules
from aiwei_cli.language.roles import TITLES
from aiwei_cli.query.table import DOUBT_COLUMNS, ITEM_COLUMNS
from aiwei_cli.reading.tables.cells import NOTHING, Cell, Numbered, Row, distinct
from aiwei_cli.records import NamedTuple

_LONGEST = 30
"""The most signs of a column's title."""
_SAMPLE = 30
"""How many rows tell what a column holds."""


_SENTENCE = frozenset("。；;")
"""No title of a column has these: 责任领导：张三；责任人：李四 is a cell."""
_LABEL = re.compile(r"(?:^|[（(。；;，,])([\u4e00-\u9fff]{2,8})[：:]")
_BRACKET = re.compile(r"[（(]([^（()）]+)[）)]$")

_LABELS = {column.key: column.label for column in ITEM_COLUMNS}
_ABOUT = frozenset(_LABELS[key] for key in ("stated", "doubts", "place"))
"""Columns in which aiwei says how it read an item: they are no words of it."""
_GENERAL = frozenset(["notice", "level", "title", "text", "due", "citations", "path", "line"])
"""English titles that anybody may write, above columns of any kind."""
_ENGLISH = {key: label for key, label in _LABELS.items() if key not in _GENERAL}
"""The keys of an export as the titles that people get."""
_DOUBTS = tuple(zip(*((column.label, column.key) for column in DOUBT_COLUMNS[1:]), strict=True))
"""The titles of the table of doubts in a report."""


class Header(NamedTuple):
    """A header: where it and the rows below it begin (places in the list of rows), and a title for each column."""

    first: int
    body: int
    titles: list[str]
    bare: frozenset[int] = frozenset()
    """Columns of offices whose title (单位) may mean anything else."""


class Columns:
    """What each column of a task table is for."""

    def __init__(self, header: Header, rules: Rules) -> None:
        headers, titles = rules.headers, header.titles
        self.words = titles
        self.says = {i: words for i, title in enumerate(titles) if (words := _rule_in(title, rules))}
        plain = [title[: -len(self.says[i]) - 2] if i in self.says else title for i, title in enumerate(titles)]
        self.titles = [
            TITLES["responsible"] if i in header.bare else headers.label(title) for i, title in enumerate(plain)
        ]
        self.number = next((i for i, title in enumerate(titles) if headers.number(title)), None)
        self.offices = {i for i, title in enumerate(titles) if headers.role(title)} | header.bare
        self.persons = {i for i, title in enumerate(titles) if headers.person(title)} - self.offices
        self.times = {i for i, title in enumerate(titles) if headers.time(title)}
        self.groups = [i for i, title in enumerate(titles) if headers.group(title)]
        rest = [i for i in range(len(titles)) if i != self.number and i not in self.groups]
        tasks = {i for i in rest if headers.task(titles[i])} - self.offices
        # A column before the offices with an unknown title (名称, 考核点) belongs to the task.
        first = min(self.offices, default=0)
        tasks |= {i for i in rest if i < first and not headers.labelled(titles[i])}
        self.tasks = sorted(tasks)
        self.labels = [i for i in rest if i not in self.tasks and titles[i] not in _ABOUT]


def _rule_in(title: str, rules: Rules) -> str:
    """The words after a title that say for all cells below it who leads: 责任单位（排第一位的为牵头单位）."""
    match = _BRACKET.search(title)
    words = match[1] if match else ""
    return words if any(rules.grammar.statements.find(words, 0, len(words))) else ""


def find_header(rows: Sequence[Numbered], at: int, rules: Rules) -> Header | None:
    """The header that row ``at`` begins, or None where it begins none."""
    headers = rules.headers
    row = rows[at][1]
    titles = _in_chinese([cell.words for cell in row])
    if len(distinct(row)) < 2 or any(len(title) > _LONGEST or not _SENTENCE.isdisjoint(title) for title in titles):
        return None
    body = at + 1
    if body < len(rows) and _is_second(row, rows[body][1], rules):
        below = rows[body][1] + row[len(rows[body][1]) :]
        titles = [_both(upper.words, lower.words, rules) for upper, lower in zip(row, below, strict=False)]
        body += 1
    if not any(each.paragraphs for _, below in rows[body:] for each in below):
        return None
    tasks = [title for title in titles if headers.task(title)]
    numbered = any(map(headers.number, titles))
    if any(map(headers.role, titles)) and (tasks or numbered):
        return Header(at, body, titles)
    if not tasks:
        return None
    bare = frozenset(
        i for i, title in enumerate(titles) if headers.bare(title) and _offices_below(rows, body, i, rules)
    )
    if bare or headers.plan(titles) or (numbered and _labels_below(rows, body, rules)):
        return Header(at, body, titles, bare)
    return None


def _in_chinese(titles: list[str]) -> list[str]:
    """The titles; those of an export with English labels as the Chinese ones."""
    held = [title for title in titles if title]
    if len(held) < 3 or not all(title in _ENGLISH for title in held):
        return titles
    return [_ENGLISH.get(title, title) for title in titles]


def _both(upper: str, lower: str, rules: Rules) -> str:
    """The title that two rows of a header give: 牵头 above 单位; the lower words where they say enough."""
    if not lower or lower == upper or not upper:
        return lower or upper
    headers = rules.headers
    if not headers.bare(lower) and (headers.known(lower) or rules.offices.looks_like_office(lower)):
        return lower
    return upper + lower if headers.role(upper + lower) else lower


def _is_second(row: Row, below: Row, rules: Rules) -> bool:
    """Whether the row below belongs to the header: some cells reach down into it or are blank there, the others are
    titles, each below a cell of its own or one that spans several."""
    pairs = list(zip(row, below, strict=False))
    own = [(upper, lower) for upper, lower in pairs if upper is not lower and lower.paragraphs]
    kept = [lower for upper, lower in pairs if upper is lower or not lower.paragraphs]
    headers = rules.headers
    if not own or not kept:
        return False
    wide = all(sum(cell is upper for cell in row) > 1 for upper, _ in own)
    labels = all(headers.labelled(lower.words) or (wide and headers.bare(lower.words)) for _, lower in own)
    return labels or (wide and all(rules.offices.looks_like_office(lower.words) for _, lower in own))


def _labels_below(rows: Sequence[Numbered], body: int, rules: Rules) -> bool:
    """Whether most rows say in the words of a cell who does it: 整修校舍。（牵头单位：县教育局）"""
    below = [row for _, row in rows[body : body + _SAMPLE] if any(each.paragraphs for each in row)]
    told = sum(any(_says_who(each.words, rules) for each in distinct(row)) for row in below)
    return bool(below) and told * 2 >= len(below)


def _says_who(words: str, rules: Rules) -> bool:
    return any(rules.headers.role(match[1]) for match in _LABEL.finditer(words))


def _offices_below(rows: Sequence[Numbered], body: int, column: int, rules: Rules) -> bool:
    """Whether most of what a column holds looks like offices: 单位 above 条 and 台 is a unit of measure."""
    cells = distinct([row[column] for _, row in rows[body : body + _SAMPLE] if column < len(row)])
    names = [cell.words for cell in cells if not NOTHING.fullmatch(cell.words)]
    return bool(names) and sum(is_office(name, rules) for name in names) * 2 >= len(names)


def is_office(words: str, rules: Rules) -> bool:
    """Whether words are offices, told by the first and the last of them; 办公室 and 综合处 are some too."""
    names = [name for name in words.replace("，", "、").replace(",", "、").split("、") if name]
    return bool(names) and all(_looks(name, rules) for name in (names[0], names[-1]))


def _looks(name: str, rules: Rules) -> bool:
    name = name.rstrip("等。；;")
    return len(name) < 30 and (rules.offices.known(name) or rules.offices.looks_like_office(name))


def is_doubts(rows: Sequence[Row]) -> bool:
    """Whether a table is the one in which aiwei tells its doubts: it tells of aiwei's reading, not of the notice."""
    titles = tuple(each.words for each in rows[0]) if rows else ()
    return any(titles[-len(each) :] == each for each in _DOUBTS)


def same_titles(row: Row, heading: Sequence[str]) -> bool:
    """Whether a row is the header once more, printed again at the top of a page."""
    return padded_titles([cell.words for cell in row], len(heading)) == list(heading)


def padded_titles(titles: list[str], width: int) -> list[str]:
    """Titles for so many columns."""
    return titles + [""] * (width - len(titles))


def cell(words: str) -> Cell:
    """A cell with these words."""
    return Cell([words] if words else [])
