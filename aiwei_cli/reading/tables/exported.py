"""Tables that aiwei wrote, wherever they are: rows with known titles become notices again.

People edit them: columns are moved, left out or added, a title is put on top, rows are blank. So columns are known by
their titles, in Chinese or English; unknown ones stay with the words of their row; what is missing is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aiwei_cli.language.chars import FIGURE
from aiwei_cli.language.numerals import NUMERALS
from aiwei_cli.notice.model import Diagnostic, Notice
from aiwei_cli.query import WHOLE
from aiwei_cli.query.rows import notices_from_rows
from aiwei_cli.query.table import DUTY_COLUMNS, ITEM_COLUMNS, ROLE_LABELS, STATED_LABELS
from aiwei_cli.reading.tables.numbered import Ids
from aiwei_cli.reading.tables.report_head import inner_title, notice_in
from aiwei_cli.records import NamedTuple

_COLUMNS = {column.key: column for column in (*ITEM_COLUMNS, *DUTY_COLUMNS)}
_KEYS = {name: key for key, column in _COLUMNS.items() for name in (key, column.label)}
_GENERAL = frozenset(
    _COLUMNS[key].label
    for key in (
        *("notice", "id", "number", "title", "text", "item", "line"),
        *("lead", "responsible", "support", "deadline", "office", "role"),
        *("issuer", "document_number", "date", "year", "task", "status"),
    )
)
"""Titles that anybody may write above a column."""
TITLE_END = "\v"
"""After the title of an item, where the file shows where it ends."""
_FIRST_ROWS = 8
_RUN = tuple("=+-@＝＋－＠")
_FACTS = re.compile(r"[0-9]+个事项[0-9]+项责任")
"""What a report says below its title, read without blanks."""
_ROLES = {label: role for role, label in ROLE_LABELS.items()}
_STATED = {label: stated for stated, label in STATED_LABELS.items()}


class ExportHeader(NamedTuple):
    """Where the titles are, and which column each key is."""

    row: int
    keys: list[str | None]
    titles: list[str]
    notice: str
    """The title of the notice, where a line above the table says it."""


def export_header(rows: Sequence[Sequence[str]], notice: str = "", *, sure: bool = False) -> ExportHeader | None:
    """The header of a table that aiwei wrote, or None where it did not; ``notice`` is a title above it, if there is,
    and ``sure`` whether it is known to be aiwei's without one."""
    name = ""
    counted = False
    for at, row in enumerate(rows[:_FIRST_ROWS]):
        words = ["".join(cell.split()) for cell in row]
        held = [word for word in words if word]
        counted = counted or (len(held) == 1 and _FACTS.search(held[0]) is not None)
        if len(set(held)) == 1 and not name and notice_in(held[0]):
            name = next(cell for cell in row if cell.strip()).strip()
        keys = [_KEYS.get(word) for word in words]
        known = {key for key in keys if key}
        if len(known) < 3 or len(known) * 2 < len(held) or not known & {"item", "text", "title"}:
            continue
        whole = "notice" in known and "id" in known and known & {"item", "text"}
        if not whole and not known & {"lead", "responsible", "support", "role", "office", "deadline"}:
            return None
        if notice or sure or counted or _is_own(words, keys, rows[at + 1 :], name):
            return ExportHeader(at, keys, words, notice or notice_in(name))
        return None
    return None


def _is_own(words: Sequence[str], keys: Sequence[str | None], below: Sequence[Sequence[str]], name: str) -> bool:
    """Whether aiwei wrote the table, and not a person: by titles or ids that only it writes."""
    if any(key and word not in _GENERAL for word, key in zip(words, keys, strict=True)):
        return True
    if "id" not in keys:
        return False
    if "number" in keys:
        return True  # nobody else numbers rows twice
    at = keys.index("id")
    ids = [row[at] for row in below if len(row) > at and row[at].strip()]
    return name.startswith("《") or any("/" in one or "#" in one for one in ids)


def notices_of_table(
    found: ExportHeader,
    rows: Sequence[Sequence[str]],
    *,
    guarded: bool = False,
    said: Mapping[str, str] | None = None,
    printed: bool = False,
) -> Iterator[Notice]:
    """The notices of a table. ``guarded``: an apostrophe before a cell keeps spreadsheets from running it; ``said`` is
    what is told of the notice above the table, as the cells of a row; a ``printed`` table has numbers and no ids."""
    above = {key: _value(key, cell) for key, cell in (said or {}).items() if key != "notice"}
    made = [{**above, **row} for row in _rows(found, rows, guarded)]
    missing = [label for key, label in (("id", "编号"),) if key not in found.keys and not printed]
    how = "序号和标题" if "number" in found.keys else "行的顺序"
    for notice in notices_from_rows(made):
        if missing:
            words = f"这像是 aiwei 导出的表，但缺少“{'”“'.join(missing)}”列；编号按{how}另编"
            yield _with(notice, Diagnostic("T004", words, (0, 0), found.row + 1, 1))
        else:
            yield notice


def _with(notice: Notice, found: Diagnostic) -> Notice:
    from dataclasses import replace

    return replace(notice, diagnostics=(*notice.diagnostics, found))


def _rows(found: ExportHeader, rows: Sequence[Sequence[str]], guarded: bool) -> Iterator[dict[str, Any]]:
    """The rows below the header, as ``aiwei export`` writes them for programs."""
    sections: list[str] = []
    heads = {0, *(place for place, key in enumerate(found.keys) if key == "number")}
    ids, notice = Ids(), found.notice
    for cells in rows[found.row + 1 :]:
        held = [place for place, cell in enumerate(cells) if cell.strip()]
        if not held or ["".join(cell.split()) for cell in cells] == found.titles:
            continue
        if len({cells[place] for place in held}) == 1 and (len(held) > 1 or held[0] in heads):
            title = cells[held[0]].strip()
            if not found.notice and inner_title(title):  # one of several notices begins
                sections, ids, notice = [], Ids(), inner_title(title)
                continue
            sections.insert(0, title)
            ids.heading(sections[0])
            continue
        row: dict[str, Any] = {"notice": notice, "section": "", "path": "", "line": None}
        for key, title, cell in zip(found.keys, found.titles, cells, strict=False):
            title, cell = _unguarded(title, guarded), _unguarded(cell, guarded)
            if key is not None:
                row[key] = _value(key, cell)
            elif title and cell.strip():
                row[title] = cell.strip()
        if not row.get("id"):
            words = str(row.get("item") or row.get("text") or "")
            number = str(row.get("number") or "").strip()
            row["id"] = ids.row(number, f"{words} {row['section']}", goes_on="role" in row)
        title, end, text = str(row.get("item") or "").partition(TITLE_END)
        if end:
            row["title"], row["text"] = title, text
        if row["id"] != WHOLE and not row["section"] and sections:
            above = row["id"].split("/")[:-1]
            row["section"] = " / ".join(_heading(sections, part) for part in above)
        yield row


def _unguarded(cell: str, always: bool) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it; in TSV only before such words."""
    return cell[1:] if cell[:1] == "'" and (always or cell[1:2] in _RUN) else cell


def _heading(sections: Sequence[str], part: str) -> str:
    """The title of the heading with this number, by the last line that has it."""
    number = re.compile(rf"{re.escape(part)}(?![{FIGURE}{NUMERALS}])")
    words = next((each for each in sections if number.match(each)), part)
    return words.removeprefix(part).lstrip("、.． ") or words


def translated(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row that was exported as JSON or YAML with Chinese labels, with its English keys."""
    found = {}
    for name, value in row.items():
        key = _KEYS.get(name, name)
        found[key] = _value(key, value) if isinstance(value, str) else value
    return found


def _value(key: str, cell: str) -> Any:
    if key in ("level", "line", "year", "version", "task"):
        return int(cell) if cell.isdecimal() and len(cell) < 10 else None
    if key == "inherited":
        return cell in ("true", "是")
    if key == "role":
        return _ROLES.get(cell, cell)
    if key == "stated":
        return "、".join(_STATED.get(each, each) for each in cell.split("、"))
    return cell
