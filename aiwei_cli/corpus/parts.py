"""The parts that a shard writes, one of each dataset: rows in, Parquet files out, with the same bytes each time.

A notice of 36 items has 144 duties and 108 pairs, and each of their rows shows what its item says. So an item becomes
cells once; its duties and pairs say which it is, and Arrow repeats them: as numbers of the words, not the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aiwei_cli.corpus.datasets import LINKED, CorpusRow, ItemRows, NoticeRows, columns, item_cells
from aiwei_cli.write.parquet_ import cell_of, kinds

_MANY = 20_000
"""Rows of a group in a file: so many are kept in memory, all earlier ones only as the packed file."""
_WORDS = 16 * 1024 * 1024
"""Each of the words of a column in a group is written once, if together they have no more bytes than this."""
Columns = Mapping[str, Any]
"""Arrays of pyarrow, by the columns they are of."""


class Parts:
    """The parts of all datasets."""

    def __init__(self) -> None:
        """Raises AiweiError where pyarrow is not installed."""
        self._files = {name: _File(name) for name in columns()}
        self._items: list[ItemRows] = []
        self._linked = 0
        self._rows: dict[str, list[CorpusRow]] = {name: [] for name in columns() if name not in ("items", *LINKED)}

    def add(self, rows: NoticeRows) -> None:
        """These rows come next."""
        self._items += rows.items
        self._linked += sum([max(len(item.duties), len(item.pairs), 1) for item in rows.items])
        if self._linked >= _MANY:
            self._write_items()
        for name, some in rows.others.items():
            self._rows[name] += some
            if len(self._rows[name]) >= _MANY:
                self._write(name)

    def data(self) -> Iterator[tuple[str, bytes]]:
        """The files, each with the name of its dataset."""
        self._write_items()
        for name in self._rows:
            self._write(name)
        for name, file in self._files.items():
            yield name, file.data()

    def _write(self, name: str) -> None:
        self._files[name].write(_arrays(self._rows[name], dict(columns()[name])))
        self._rows[name] = []

    def _write_items(self) -> None:
        told = _arrays([item.cells for item in self._items], item_cells())
        self._files["items"].write(told)
        words = {column: array.dictionary_encode() for column, array in told.items() if item_cells()[column] == "text"}
        for name, own in LINKED.items():
            linked: list[list[CorpusRow]] = [getattr(item, name) for item in self._items]
            kind = dict(columns()[name])
            mine = _arrays([row for rows in linked for row in rows], {column: kind[column] for column in own})
            at = [place for place, rows in enumerate(linked) for _ in rows]
            self._files[name].write({**_taken({**told, **words}, at, kind), **mine})
        self._items, self._linked = [], 0


def _taken(told: Columns, at: list[int], wanted: Iterable[str]) -> Columns:
    """The cells of the items at these places."""
    import pyarrow

    places = pyarrow.array(at, pyarrow.int32())
    return {column: told[column].take(places) for column in wanted if column in told}


def _arrays(rows: list[CorpusRow], kind: Mapping[str, str]) -> Columns:
    """The rows as columns; their cells are in the order of these kinds."""
    cells: Iterable[CorpusRow] = zip(*rows, strict=True) if rows else [()] * len(kind)
    return {column: _array(values, kind[column]) for column, values in zip(kind, cells, strict=True)}


def _array(values: CorpusRow, kind: str) -> Any:
    import pyarrow

    type = kinds()[kind]
    try:
        return pyarrow.array(values, type)
    except (UnicodeError, pyarrow.ArrowException):  # rarely; then each cell is looked at
        return pyarrow.array([cell_of(value, kind) for value in values], type)


class _File:
    """The part of a dataset: only the packed file grows."""

    def __init__(self, name: str) -> None:
        types = kinds()
        import pyarrow
        from pyarrow import parquet

        own = LINKED.get(name)
        self._schema = pyarrow.schema(
            [
                (column, pyarrow.dictionary(pyarrow.int32(), types[kind]))
                if own and kind == "text" and column not in own
                else (column, types[kind])
                for column, kind in columns()[name]
            ]
        )
        self._sink = pyarrow.BufferOutputStream()
        # Without Arrow's own schema all texts are read as plain texts, however they were written.
        self._file = parquet.ParquetWriter(
            self._sink, self._schema, compression="zstd", dictionary_pagesize_limit=_WORDS, store_schema=False
        )

    def write(self, told: Columns) -> None:
        """A group of rows, unless there are none."""
        import pyarrow

        table = pyarrow.Table.from_arrays([told[name] for name in self._schema.names], schema=self._schema)
        if len(table):
            self._file.write_table(table)

    def data(self) -> bytes:
        """The file."""
        self._file.close()
        found: bytes = self._sink.getvalue().to_pybytes()
        return found
