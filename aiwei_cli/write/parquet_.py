"""Parquet: the columns that programs get, with their kinds. pyarrow writes it, which is an extra."""

from __future__ import annotations

from itertools import islice
from typing import Any, TextIO

from aiwei_cli.errors import AiweiError
from aiwei_cli.notice.fields import Cell
from aiwei_cli.query.table import Column, Table
from aiwei_cli.write import Format, Style
from aiwei_cli.write.cells import head

_TRUTHS = ("inherited", "directed", "known")
_SOME = 10_000
"""How many rows are held at once."""


def cell_kind(column: Column) -> str:
    """What the cells of a column are: text, int, number or truth."""
    if column.key in _TRUTHS:
        return "truth"
    return {"count": "int", "number": "number"}.get(column.kind, "text")


def cell_of(value: Cell, kind: str) -> Cell:
    """A cell as its column wants it: text without halves of surrogate pairs, which names of files may hold."""
    if value is None or kind == "truth":
        return value
    if kind == "text":
        return str(value).encode("utf-8", "replace").decode()
    return None if value == "" else float(value) if kind == "number" else int(value)


def kinds() -> dict[str, Any]:
    """The types of pyarrow by kind. Raises AiweiError where it is not installed."""
    try:
        import pyarrow
    except ImportError as error:
        raise AiweiError("Parquet 要用 pyarrow；请先运行 pip install 'aiwei[corpus]'") from error
    return {"text": pyarrow.string(), "int": pyarrow.int64(), "number": pyarrow.float64(), "truth": pyarrow.bool_()}


def write_table(table: Table, out: TextIO, format: Format, style: Style) -> None:
    types = kinds()
    import pyarrow
    from pyarrow import parquet

    shown = [(column.key, cell_kind(column)) for column in table.columns]
    names = [head(column, style.labels) for column in table.columns]
    schema = pyarrow.schema([(name, types[kind]) for name, (_, kind) in zip(names, shown, strict=True)])
    rows = iter(table.rows)
    with parquet.ParquetWriter(out.buffer, schema, compression="zstd") as writer:
        while some := list(islice(rows, _SOME)):
            columns = [[cell_of(row.get(key), kind) for row in some] for key, kind in shown]
            arrays = [pyarrow.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
