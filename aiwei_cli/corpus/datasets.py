"""The datasets of a corpus and their columns: a row a notice, an item, a duty, a pair, …; ``notice_id`` joins them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from aiwei_cli.notice.checksum import sha256
from aiwei_cli.notice.model import Notice
from aiwei_cli.query import Filters, places
from aiwei_cli.query.filters import selector
from aiwei_cli.query.pairs import PAIR_COLUMNS, office_place, pairs_table
from aiwei_cli.query.table import DUTY_COLUMNS, ITEM_COLUMNS, Table, hits_table
from aiwei_cli.write.parquet_ import cell_of, kind_of, kinds

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules

CorpusRow = tuple[Any, ...]
Rows = dict[str, list[CorpusRow]]
_NARROWER = 0xFEE0
"""How far the narrow form of a letter is before its wide one."""
_MANY = 20_000
"""Rows of a group in a file."""
_OF_NODES = ("notice_id int", "id text")
_SPAN = ("start int", "end int")
_OWN = {
    "notices": (
        *("notice_id int", "path text", "sha256 text", "text_sha256 text", "kind text", "characters int"),
        *("title text", "issuer text", "office_place text", "document_number text", "date text", "year int"),
        *("items int", "duties int", "diagnostics int"),
    ),
    "deadlines": (*_OF_NODES, "written text", "date text", "recurs text", "inherited truth", *_SPAN),
    "citations": (*_OF_NODES, "title text", "document_number text", *_SPAN),
    "diagnostics": ("notice_id int", "code text", "message text", "line int", "column int", *_SPAN),
    "errors": ("file text", "message text"),
}
_TABLES = {"items": ITEM_COLUMNS, "duties": DUTY_COLUMNS, "pairs": PAIR_COLUMNS}


@cache
def columns() -> dict[str, list[tuple[str, str]]]:
    """Of each dataset the columns, each with its kind: text, int, number, truth."""
    found = {name: [_split(each) for each in own] for name, own in _OWN.items()}
    for name, shown in _TABLES.items():
        found[name] = [("notice_id", "int"), *((column.key, kind_of(column)) for column in shown if column.program)]
    return found


def _split(said: str) -> tuple[str, str]:
    name, _, kind = said.partition(" ")
    return name, kind


def rows_of(notice: Notice, number: int, rules: Rules) -> Rows:
    """The rows of a notice in each dataset."""
    hits = list(selector(Filters(), rules.offices)(notice))
    tables = {
        "items": hits_table(hits, "item"),
        "duties": hits_table(hits, "duty"),
        "pairs": pairs_table(hits, rules.offices),
    }
    rows = {name: _keyed(table, number) for name, table in tables.items()}
    nodes = [place.node for place in places(notice)]
    rows["deadlines"] = ordered(
        "deadlines",
        [
            {**_on(number, node.id, each.span), "written": each.written, "date": each.date, "recurs": each.recurs}
            | {"inherited": each.inherited}
            for node in nodes
            for each in node.deadlines
        ],
    )
    rows["citations"] = ordered(
        "citations",
        [
            {**_on(number, node.id, each.span), "title": each.title, "document_number": each.document_number}
            for node in nodes
            for each in node.citations
        ],
    )
    rows["diagnostics"] = ordered(
        "diagnostics",
        [
            {**_on(number, "", each.span), "code": each.code, "message": each.message}
            | {"line": each.line, "column": each.column}
            for each in notice.diagnostics
        ],
    )
    source = notice.source
    about = {
        **{"notice_id": number, "path": source.path, "sha256": source.sha256, "text_sha256": folded_sum(notice.text)},
        **{"kind": source.kind, "characters": source.characters, "title": notice.title, "issuer": notice.issuer},
        **{"office_place": office_place(notice, rules.offices), "document_number": notice.document_number},
        **{"date": notice.date, "year": notice.year, "items": len(rows["items"]), "duties": len(rows["duties"])},
        "diagnostics": len(rows["diagnostics"]),
    }
    return {"notices": ordered("notices", [about]), **rows}


def _keyed(table: Table, number: int) -> list[CorpusRow]:
    cells = itemgetter(*(column.key for column in table.columns if column.program))
    return [(number, *cells(row)) for row in table.rows]


def ordered(name: str, rows: Iterable[Mapping[str, Any]]) -> list[CorpusRow]:
    """Rows of a dataset that has columns of its own, as their cells."""
    return list(map(_getter(name), rows))


@cache
def _getter(name: str) -> Callable[[Mapping[str, Any]], CorpusRow]:
    return itemgetter(*(column for column, _ in columns()[name]))


def _on(number: int, node_id: str, span: tuple[int, int]) -> dict[str, Any]:
    return {"notice_id": number, "id": node_id, "start": span[0], "end": span[1]}


def folded_sum(text: str) -> str:
    """The same for texts that say the same: without white space, in one width and case.

    >>> folded_sum("修路（Ａ）。\\n") == folded_sum("修路(a)。"), folded_sum("修路") == folded_sum("清淤")
    (True, False)
    """
    for char in set(text):  # a text has few letters, each many times
        narrow = chr(ord(char) - _NARROWER) if "\uff01" <= char <= "\uff5e" else char
        if (folded := narrow.casefold()) != char:
            text = text.replace(char, folded)
    return sha256("".join(text.split()).encode("utf-8", "surrogatepass"))


class DatasetPart:
    """The part of a dataset that a shard writes: rows in, a Parquet file out, with the same bytes each time.

    Only the packed file grows: so many rows are kept as would make a group of it.
    """

    def __init__(self, name: str) -> None:
        """Raises AiweiError where pyarrow is not installed."""
        types = kinds()
        import pyarrow
        from pyarrow import parquet

        self._kinds = [kind for _, kind in columns()[name]]
        self._schema = pyarrow.schema([(column, types[kind]) for column, kind in columns()[name]])
        self._rows: list[CorpusRow] = []
        self._sink = pyarrow.BufferOutputStream()
        self._file = parquet.ParquetWriter(self._sink, self._schema, compression="zstd")

    def add(self, rows: Iterable[CorpusRow]) -> None:
        """These rows come next."""
        self._rows += rows
        if len(self._rows) >= _MANY:
            self._write()

    def _write(self) -> None:
        import pyarrow

        cells: Iterable[CorpusRow] = zip(*self._rows, strict=True) if self._rows else ((),) * len(self._kinds)
        arrays = [
            _array(values, kind, field.type)
            for values, kind, field in zip(cells, self._kinds, self._schema, strict=True)
        ]
        self._file.write_table(pyarrow.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []

    def data(self) -> bytes:
        """The file."""
        if self._rows:
            self._write()
        self._file.close()
        found: bytes = self._sink.getvalue().to_pybytes()
        return found


def _array(values: CorpusRow, kind: str, type: Any) -> Any:
    import pyarrow

    try:
        return pyarrow.array(values, type)
    except (UnicodeError, pyarrow.ArrowException):  # rarely; then each cell is looked at
        return pyarrow.array([cell_of(value, kind) for value in values], type)
