"""Tables of tasks in other shapes, turned into the usual one: a header, and a row for each task.

A list of labels with their values (工作任务 | 修路), tasks side by side, and a matrix whose columns are offices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from aiwei_cli.compiled import Rules
from aiwei_cli.language.roles import TITLES
from aiwei_cli.notice.model import ROLES, Role
from aiwei_cli.reading.tables.cells import NOTHING, Cell, Numbered, Row, distinct, filled_cells, padded
from aiwei_cli.reading.tables.columns import Header, cell, is_office

_MARK = "★☆▲△●○◎◆◇■□√✓✔※＊*#"
_LEGEND = re.compile(
    rf"[“\"‘「]?([{_MARK}])[”\"’」]?(?:号|标记|符号)?(?:的|者)?(?:为|表示|代表|是|指|标注|[:：=—-])*[“\"]?([^，,。；;、\s{_MARK}]{{1,12}})"
)
_SHARE = 0.6
"""The share of rows that must begin with a label, and of cells in marked columns that must hold a mark."""


def as_usual(rows: Sequence[Numbered], rules: Rules, around: str = "") -> list[Numbered]:
    """The rows of a table of labels and values, of tasks side by side, or of a matrix whose rows are offices, in the
    usual shape; others as they are."""
    return list(_labelled(rows, rules) or _turned(rows, rules) or _offices_down(rows, rules, around) or rows)


def _offices_down(rows: Sequence[Numbered], rules: Rules, around: str) -> list[Numbered] | None:
    """A matrix whose rows are offices and whose columns are tasks, turned; only where a legend or the marks themselves
    say what they mean, for lists of what offices have sent in look alike."""
    at = next((i for i, (_, row) in enumerate(rows) if len(distinct(row)) > 2), None)
    if at is None or not _names_offices(rows[at][1][0].words, rules):
        return None
    number, head = rows[at]
    legend = _legend("\n".join([around, *(one.words for _, row in rows[at:] for one in filled_cells(row))]), rules)
    body = [row for _, row in rows[at + 1 :] if len(row) == len(head) and is_office(row[0].words, rules)]
    marks = {one.words for row in body for one in row[1:] if not NOTHING.fullmatch(one.words)}
    if len(body) < 2 or not marks or not all(_is_mark(words, rules) and _role(words, legend, rules) for words in marks):
        return None
    rest = [pair for pair in rows[at + 1 :] if pair[1] not in body]
    turned: list[Numbered] = [(number, [cell("任务"), *(row[0] for row in body)])]
    turned += [(number, [head[i], *(row[i] for row in body)]) for i in range(1, len(head)) if head[i].paragraphs]
    return [*rows[:at], *turned, *rest]


def _names_offices(title: str, rules: Rules) -> bool:
    return rules.headers.bare(title) or rules.headers.role(title)


def _labelled(rows: Sequence[Numbered], rules: Rules) -> list[Numbered] | None:
    """A record for each run of labels: it ends where a label comes again."""
    records: list[tuple[int, dict[str, Cell]]] = []
    titles: dict[str, Cell] = {}
    read = 0
    above: list[Numbered] = []
    others: list[Numbered] = []
    for number, row in rows:
        cells = distinct(row)
        pairs = [(a, b) for a, b in zip(cells[::2], cells[1::2], strict=False) if a.paragraphs]
        labels = [a.words for a, _ in pairs]
        if not pairs or len(cells) not in (2, 4, 6) or not all(map(rules.headers.known, labels)):
            (others if records else above).append((number, row))
            continue
        if any(b.paragraphs and rules.headers.known(b.words) for _, b in pairs):
            return None
        read += 1
        for label, value in pairs:
            if not records or label.words in records[-1][1]:
                records.append((number, {}))
            records[-1][1][label.words] = value
            titles.setdefault(label.words, label)
    headers = rules.headers
    known = any(map(headers.task, titles)) and any(map(headers.role, titles))
    if not known or read < 2 or read < _SHARE * len(rows):
        return None
    # No office is first: a blank one there would be the one above, and a record without it has none.
    front = min(titles, key=headers.role)
    order = [front, *(title for title in titles if title != front)]
    made = [(number, [values.get(title) or Cell() for title in order]) for number, values in records]
    return [*above, (records[0][0], [titles[title] for title in order]), *made, *others]


def _turned(rows: Sequence[Numbered], rules: Rules) -> list[Numbered] | None:
    """Tasks side by side, the titles in the first column: the table is turned."""
    headers = rules.headers
    body = [(number, row) for number, row in rows if len(filled_cells(row)) > 1]
    if not 2 <= len(body) <= 12:
        return None
    width = max(len(row) for _, row in rows)
    if width < 3:
        return None
    titles = [row[0].words for _, row in body]
    if not all(map(headers.known, titles)) or not any(map(headers.role, titles)) or not any(map(headers.task, titles)):
        return None
    if any(headers.known(one.words) for _, row in body for one in row[1:] if one.paragraphs):
        return None
    number = body[0][0]
    above = [pair for pair in rows if pair[0] < number]
    below = [pair for pair in rows if pair[0] > number and pair not in body]
    turned: list[Numbered] = [(number, [row[i] if i < len(row) else Cell() for _, row in body]) for i in range(width)]
    return [*above, *turned, *below]


# -- a matrix ----------------------------------------------------------------------------------------------------------


def office_matrix(
    rows: Sequence[Numbered], at: int, rules: Rules, around: str
) -> tuple[Header, list[Numbered], bool] | None:
    """A matrix of tasks and offices that row ``at`` begins: its header and rows with a column for each role instead of
    the columns of offices; and whether all its marks are understood."""
    row = rows[at][1]
    titles = [one.words for one in row]
    body = at + 1
    headers = rules.headers
    if not any(headers.task(title) or headers.number(title) for title in titles):
        return None
    if body < len(rows) and any(sum(one is other for other in row) > 1 for one in row):
        below = padded(rows[body][1], len(row))
        lower = [under.words or upper.words for upper, under in zip(row, below, strict=True)]
        if any(is_office(title, rules) for title in lower):
            titles, body = lower, body + 1
    offices = _office_columns(titles, rows[body:], rules)
    if len(offices) < 2 or len({title for title in titles if title}) < len(offices):
        return None
    notes = "\n".join([around, *(p for _, r in rows[body:] for one in filled_cells(r) for p in one.paragraphs)])
    legend = _legend(notes, rules)
    used = {r[i].words for _, r in rows[body:] for i in offices if i < len(r) and _is_mark(r[i].words, rules)}
    if not legend and len(used) == 1:
        legend = dict.fromkeys(used, "responsible")
    kept = [i for i in range(len(titles)) if i not in offices]
    made: list[Numbered] = [
        (number, [*(r[i] for i in kept), *_by_role(r, titles, offices, legend, rules)])
        if len(r) >= len(titles)
        else (number, r)
        for number, r in rows[body:]
    ]
    understood = all(_role(words, legend, rules) for words in used)
    header = Header(at, body, [*(titles[i] for i in kept), *(TITLES[role] for role in ROLES)])
    return header, made, understood


def _office_columns(titles: Sequence[str], rows: Sequence[Numbered], rules: Rules) -> list[int]:
    """The columns below whose titles are nothing but marks, when at least two titles look like offices."""
    headers = rules.headers
    marked: dict[int, list[str]] = {}
    for i, title in enumerate(titles):
        cells = [row[i].words for _, row in rows if len(row) > i and len(filled_cells(row)) > 1]
        held = [words for words in cells if not NOTHING.fullmatch(words)]
        fits = all(_is_mark(words, rules) for words in held)
        if title and fits and not (headers.number(title) or headers.task(title) or headers.labelled(title)):
            marked[i] = held
    if sum(is_office(titles[i], rules) for i in marked) * 2 < len(marked):
        return []
    return [i for i in marked if "备注" not in titles[i]] if any(marked.values()) else []


def _is_mark(words: str, rules: Rules) -> bool:
    return (len(words) == 1 and words in _MARK) or (len(words) <= 4 and rules.headers.role_in(words) is not None)


def _legend(notes: str, rules: Rules) -> dict[str, Role]:
    """What each mark means, by the notes: ★为牵头单位，△为配合单位."""
    found: dict[str, Role] = {}
    for match in _LEGEND.finditer(notes):
        role = rules.headers.role_in(match[2])
        if role is not None:
            found.setdefault(match[1], role)
    return found


def _role(words: str, legend: Mapping[str, Role], rules: Rules) -> Role | None:
    return legend.get(words) or (rules.headers.role_in(words) if words not in _MARK else None)


def _by_role(
    row: Row, titles: Sequence[str], offices: Sequence[int], legend: Mapping[str, Role], rules: Rules
) -> Iterator[Cell]:
    """A cell for each role, with the offices that are marked with it."""
    whole = len(filled_cells(row)) < 2
    for role in ROLES:
        names = [
            titles[i] for i in offices if not whole and row[i].words and _role(row[i].words, legend, rules) == role
        ]
        yield cell("、".join(names))
