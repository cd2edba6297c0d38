"""The write room: notices and tables out, in the format that was asked for.

Each family of formats has its module, imported when it is needed. A module writes what it can: ``write_table`` a
:class:`~aiwei_cli.query.table.Table`, ``write_notices`` whole notices as trees. To add a format is to add a module and
a line to :data:`FORMATS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from aiwei_cli.errors import UsageError
from aiwei_cli.records import NamedTuple
from aiwei_cli.store import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, Protocol, TextIO

    from aiwei_cli.notice.model import Notice
    from aiwei_cli.query.matrix import Matrix
    from aiwei_cli.query.table import Table
    from aiwei_cli.write.report import Report

    class Writer(Protocol):
        """A module of this package. It has the functions that the flags of its :class:`Format` promise: ``tables``,
        ``reports``, ``trees`` for the next two, ``matrix``. A binary format goes to the bytes below the stream,
        ``out.buffer``."""

        def write_table(self, table: Table, out: TextIO, format: Format, style: Style) -> None: ...

        def write_report(self, report: Report, out: TextIO, style: Style) -> None: ...

        def write_forms(self, parts: Sequence[tuple[str, Table]], out: TextIO, style: Style) -> None: ...

        def write_notices(self, notices: Iterable[Notice], out: TextIO, format: Format, *, single: bool) -> None: ...

        def write_value(self, value: Any, out: TextIO, format: Format) -> None: ...

        def write_matrix(self, counted: Matrix, out: TextIO, style: Style) -> None: ...


Labels = Literal["zh", "en"]


class Format(NamedTuple):
    """A format, the module that writes it, and whom it is for."""

    name: str
    module: str
    suffixes: tuple[str, ...]
    reader: Literal["person", "program"]
    trees: bool = False
    """Whether it can hold whole notices."""
    header: bool = True
    """Whether a table begins with the names of its columns."""
    binary: bool = False
    """Whether it is made of bytes: never for a terminal."""
    tables: bool = True
    """Whether it can hold a bare table."""
    reports: bool = False
    """Whether an export in it is a :class:`~aiwei_cli.write.report.Report` and not a bare table."""
    once: bool = False
    """Whether the hits of a report may come one after the other, and need not all be there at once."""
    parts: bool = False
    """Whether one report may hold several parts."""
    matrix: bool = False
    """Whether it has a form for a :class:`~aiwei_cli.query.matrix.Matrix`, and not just a table."""
    notices: bool = False
    """Whether it holds whole notices for people to read, with the table of their tasks."""
    database: bool = False
    """Whether it is a database of whole notices."""
    drafts: bool = False
    """Whether rules are written in this format, so that a draft of them can be."""
    network: bool = False
    """Whether it holds the network of offices."""
    screen: bool = False
    """Whether it is for a screen, which can mark words."""
    calendar: bool = False
    """Whether it holds the days on which something is due."""
    forms: bool = False
    """Whether offices can fill in tables in it, which come back."""
    pipe: bool = False
    """Whether programs read it line by line, so that a header would be in their way."""

    @property
    def labels(self) -> Labels:
        """The default language of the labels."""
        return "zh" if self.reader == "person" else "en"


def _unheard(sentence: str) -> None:
    pass


class Style(NamedTuple):
    """How a table is to be written."""

    labels: Labels = "en"
    header: bool = True
    for_excel: bool = False
    """Whether Excel on a Chinese Windows is to open the file."""
    brief: bool = False
    """Whether a row on a screen is one line, cut short where it must be."""
    note: Callable[[str], None] = _unheard
    """Gets a sentence about what the format could not hold."""


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("table", "screen", (), "person", matrix=True, screen=True),
        Format("tsv", "separated", (".tsv", ".tab"), "program", pipe=True, forms=True),
        Format("edges", "network", ("edges.csv",), "program", tables=False, network=True),
        Format("csv", "separated", (".csv",), "program", forms=True),
        Format("json", "json_", (".json",), "program", trees=True),
        Format("jsonl", "json_", (".jsonl", ".ndjson"), "program", trees=True),
        Format("yaml", "yaml_", (".yaml", ".yml"), "program", trees=True, drafts=True),
        Format("md", "markdown", (".md", ".markdown"), "person", notices=True),
        Format(
            "xlsx",
            "xlsx",
            (".xlsx",),
            "person",
            binary=True,
            reports=True,
            once=True,
            parts=True,
            matrix=True,
            forms=True,
        ),
        Format("docx", "docx", (".docx",), "person", binary=True, reports=True),
        Format("html", "html", (".html", ".htm"), "person", reports=True),
        Format("parquet", "parquet_", (".parquet",), "program", binary=True),
        Format("graphml", "network", (".graphml",), "program", tables=False, network=True),
        Format("gexf", "network", (".gexf",), "program", tables=False, network=True),
        Format("ics", "ics", (".ics",), "program", tables=False, calendar=True),
        Format("sqlite", "sqlite", SUFFIXES, "program", binary=True, tables=False, database=True),
    )
}
TABLES = tuple(each.name for each in FORMATS.values() if each.tables)
"""The formats that can hold a table, such as a query gives."""
TREES = tuple(each.name for each in FORMATS.values() if each.trees)
"""Those that can hold whole notices as trees."""


def format_named(name: str, among: Iterable[str] = FORMATS) -> Format:
    """The format of this name. Raises UsageError where there is none, or where it cannot be used here."""
    chosen = FORMATS.get(name.strip().lower().lstrip("."))
    allowed = list(among)
    if chosen is None or chosen.name not in allowed:
        raise UsageError(f"这里没有“{name}”这种格式；可用：{'、'.join(allowed)}")
    return chosen


def by_suffix(path: str) -> Format | None:
    """The format that a file's name asks for, or None."""
    lowered = path.lower()
    return next((each for each in FORMATS.values() if each.suffixes and lowered.endswith(each.suffixes)), None)


def writer(format: Format) -> Writer:
    """The module that writes the format."""
    from importlib import import_module

    return cast("Writer", import_module(f"aiwei_cli.write.{format.module}"))


def write_table(table: Table, out: TextIO, format: Format, style: Style) -> None:
    """Write a table: the columns for programs or those for people, by whom the format is for."""
    shown = table.for_person() if format.reader == "person" else table.for_program()
    writer(format).write_table(shown, out, format, style)


def write_report(report: Report, out: TextIO, format: Format, style: Style) -> None:
    """Write a report, in a format that is for reports."""
    writer(format).write_report(report, out, style)


def write_forms(parts: Sequence[tuple[str, Table]], out: TextIO, format: Format, style: Style) -> None:
    """Write tables that offices fill in, each with its office; a format for programs holds one."""
    if format.binary:
        writer(format).write_forms(parts, out, style)
    else:
        for _, table in parts:
            writer(format).write_table(table, out, format, style)


def write_notices(notices: Iterable[Notice], out: TextIO, format: Format, *, single: bool) -> None:
    """Write whole notices: ``single`` where there is one and no list is wanted around it."""
    writer(format).write_notices(notices, out, format, single=single)


def write_data(data: Mapping[str, Any] | Sequence[Any], out: TextIO, format: Format) -> None:
    """Write plain data in a format for trees: YAML, JSON."""
    writer(format).write_value(data, out, format)


def write_matrix(counted: Matrix, out: TextIO, format: Format, style: Style) -> None:
    """Write a matrix, in a format that has a form for it."""
    writer(format).write_matrix(counted, out, style)
