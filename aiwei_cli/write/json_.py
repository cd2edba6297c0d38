"""JSON, one value; and JSONL, one value a line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from typing import Any, TextIO

from aiwei_cli.notice.model import Notice
from aiwei_cli.query.table import Table
from aiwei_cli.write import Format, Style
from aiwei_cli.write.cells import cell_text, head

# Inside a string a line break is written \n, so this finds nothing but spans.
_SPAN = re.compile(r"\[\n +(\d+),\n +(\d+)\n +\]")


def write_table(table: Table, out: TextIO, format: Format, style: Style) -> None:
    """A list of rows, each an object on one line: it can be read as JSON and looked at with grep."""
    _write_list(((_dumps(row)) for row in table_rows(table, style)), out, format)


def table_rows(table: Table, style: Style) -> Iterable[dict[str, Any]]:
    """The rows of a table as plain data: keys and values in the labels that the style asks for."""
    for row in table.rows:
        if style.labels == "zh":
            yield {head(column, "zh"): _translated(column, row.get(column.key)) for column in table.columns}
        else:
            yield {column.key: row.get(column.key) for column in table.columns}


def _translated(column: Any, cell: Any) -> Any:
    return cell_text(column, cell, "zh") if isinstance(cell, str | bool) else cell


def write_notices(notices: Iterable[Notice], out: TextIO, format: Format, *, single: bool) -> None:
    """JSON: one notice as an object, several (or not ``single``) as a list. JSONL: a notice a line."""
    if format.name == "jsonl":
        _write_list((_dumps(notice.to_dict()) for notice in notices), out, format)
        return
    waiting = iter(notices)
    first = list(zip(range(2), waiting, strict=False)) if single else []
    if single and len(first) == 1:
        out.write(_pretty(first[0][1].to_dict()) + "\n")
        return
    rest = chain((notice for _, notice in first), waiting)
    _write_list((_pretty(notice.to_dict()) for notice in rest), out, format)


def write_value(value: Any, out: TextIO, format: Format) -> None:
    """Any plain data: indented, or on one line."""
    out.write((_pretty(value) if format.name == "json" else _dumps(value)) + "\n")


def _write_list(values: Iterable[str], out: TextIO, format: Format) -> None:
    if format.name == "jsonl":
        for value in values:
            out.write(value + "\n")
        return
    before = "[\n"
    for value in values:
        out.write(before + value)
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")


def _dumps(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def _pretty(value: Any) -> str:
    """Indented, with the two numbers of a span on one line."""
    import json

    return _SPAN.sub(r"[\1, \2]", json.dumps(value, ensure_ascii=False, indent=2))
