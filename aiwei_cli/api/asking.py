"""Questions to one notice: the filters as keywords, the items, the rows, a data frame.

``Notice.items``, ``Notice.rows`` and ``Notice.to_frame`` are these functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from aiwei_cli.errors import UsageError
from aiwei_cli.notice.fields import Cell
from aiwei_cli.notice.model import Hit
from aiwei_cli.query import Filters
from aiwei_cli.query.asked import read_date, read_role, read_stated
from aiwei_cli.query.filters import selector
from aiwei_cli.query.table import Per, Table, hits_table

if TYPE_CHECKING:
    from datetime import date

    from aiwei_cli.compiled import Rules
    from aiwei_cli.notice.asked import Asked, Some
    from aiwei_cli.notice.model import Notice
    from aiwei_cli.query.pairs import Weight

PER: tuple[Per, ...] = ("item", "duty", "pair")


def filters_of(
    *,
    office: Some = None,
    role: Some = None,
    stated: Some = None,
    section: Some = None,
    keyword: Some = None,
    words: bool = False,
    due_before: str | date | None = None,
    no_owner: bool = False,
    own: bool = False,
) -> Filters:
    """The filters that are asked for, in Chinese or English.

    Raises UsageError for a word that is no role, no day, …, and for one that is empty.
    """
    given = {"office": office, "section": section, "keyword": keyword}
    for name, values in given.items():
        if any(not value.strip() for value in several(values)):
            raise UsageError(f"--{name} 后面是空的；请写上要找的内容，或去掉这个选项")
    return Filters(
        offices=several(office),
        roles=tuple(map(read_role, several(role))),
        sections=several(section),
        keywords=several(keyword),
        words=words,
        due_before=read_date(str(due_before)) if due_before is not None else None,
        no_owner=no_owner,
        own=own,
        stated=tuple(map(read_stated, several(stated))),
    )


def several(values: Some) -> tuple[str, ...]:
    """One value or several, as a tuple."""
    return (values,) if isinstance(values, str) else tuple(values or ())


def read_per(written: str, filters: Filters) -> Per:
    """What a row is. Raises UsageError for any other word, and for what cannot be told in such rows."""
    if written not in PER:
        raise UsageError(f"--per 只能是 item（一行一个事项）、duty（一项责任）或 pair（一对单位），不能是“{written}”")
    if written != "item" and filters.no_owner:
        raise UsageError(f"--no-owner 找的是没有责任单位的事项，没有责任可列；请去掉 --per {written}")
    return next(per for per in PER if per == written)


def read_weight(written: str) -> Weight:
    """What a pair weighs. Raises UsageError for any other word."""
    from aiwei_cli.query.pairs import WEIGHTS

    if written not in WEIGHTS:
        raise UsageError(
            f"--weight 只能是 task（每项任务的每一对都是 1）或 shared（一项任务的各对合起来是 1），不能是“{written}”"
        )
    return next(weight for weight in WEIGHTS if weight == written)


def table_of(
    hits: Iterable[Hit],
    per: Per,
    rules: Rules | None = None,
    weight: Weight = "task",
    tell: Callable[[str], None] | None = None,
) -> Table:
    """A row an item, a duty or a pair; ``tell`` hears, in a sentence, of columns that have no place."""
    if per != "pair":
        return hits_table(hits, per, tell)
    from aiwei_cli.compiled import load
    from aiwei_cli.query.pairs import pairs_table

    return pairs_table(hits, (rules or load()).offices, weight)


def items(notice: Notice, *, rules: Rules | None = None, **asked: Unpack[Asked]) -> Iterator[Hit]:
    """The items of a notice that match, in the order of the text."""
    return _hits(notice, filters_of(**asked), rules)


def _hits(notice: Notice, filters: Filters, rules: Rules | None) -> Iterator[Hit]:
    from aiwei_cli.compiled import load

    return selector(filters, (rules or load()).offices)(notice)


def rows(
    notice: Notice, per: str = "item", *, rules: Rules | None = None, **asked: Unpack[Asked]
) -> list[dict[str, Cell]]:
    """The rows of what matches."""
    filters = filters_of(**asked)
    unit = read_per(per, filters)
    return plain_rows(table_of(_hits(notice, filters, rules), unit, rules))


def plain_rows(table: Table) -> list[dict[str, Cell]]:
    """The rows of a table as dicts, with the columns that programs get, in their order."""
    keys = [column.key for column in table.columns if column.program]
    return [{key: row.get(key) for key in keys} for row in table.rows]


def frame_of(table: Table, kind: str | None) -> Any:
    """A table as a data frame of pandas or polars, whichever there is, or the one that is named.

    Raises UsageError where there is none of them, and for any other name.
    """
    from importlib import import_module
    from importlib.util import find_spec

    known = ("pandas", "polars")
    if kind is not None and kind not in known:
        raise UsageError(f"没有“{kind}”这种数据框；可用：{'、'.join(known)}")
    there = next((name for name in ((kind,) if kind else known) if find_spec(name)), None)
    if there is None:
        raise UsageError(f"没有装 {kind or 'pandas 或 polars'}；请先运行 pip install {kind or 'pandas'}，或改用 rows()")
    rows = plain_rows(table)
    columns = [column for column in table.columns if column.program]
    if there == "pandas":
        return import_module("pandas").DataFrame(rows, columns=[column.key for column in columns])
    polars = import_module("polars")
    kinds = {name: getattr(polars, kind) for name, kind in _kinds(columns, rows).items()}
    return polars.DataFrame(rows, schema=kinds)


def _kinds(columns: Sequence[Any], rows: Sequence[Mapping[str, Cell]]) -> dict[str, str]:
    """polars guesses from the first rows, which may be all empty."""
    names = {bool: "Boolean", int: "Int64", float: "Float64"}
    found = {}
    for column in columns:
        kinds = {type(row[column.key]) for row in rows} - {type(None)}
        found[column.key] = names.get(kinds.pop(), "String") if len(kinds) == 1 else "String"
        if column.kind == "count" and found[column.key] == "String":
            found[column.key] = "Int64"
    return found


def to_frame(
    notice: Notice, per: str = "item", kind: str | None = None, *, rules: Rules | None = None, **asked: Unpack[Asked]
) -> Any:
    """The rows of what matches as a data frame."""
    filters = filters_of(**asked)
    unit = read_per(per, filters)
    return frame_of(table_of(_hits(notice, filters, rules), unit, rules), kind)
