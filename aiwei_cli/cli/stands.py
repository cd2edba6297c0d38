"""The options about how tasks stand, and about which rows and columns of the result are written."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aiwei_cli.errors import UsageError
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from aiwei_cli.cli.session import Session
    from aiwei_cli.notice.fields import Cell
    from aiwei_cli.notice.model import Hit
    from aiwei_cli.query import Filters
    from aiwei_cli.query.table import Row, Table

_SORTS = ("due", "office", "id")

Due = Annotated[
    str | None,
    typer.Option(
        "--due",
        metavar="时间",
        help="这段时间到期的：2024-06、2024Q2、本周、下周、本月、本季度、7天内、2024-06-01~2024-06-15",
        show_default=False,
    ),
]
DueBy = Annotated[
    str | None,
    typer.Option("--due-by", metavar="日期", help="到这一天为止到期的，含这一天，如 2024-06-30", show_default=False),
]
Overdue = Annotated[bool, typer.Option("--overdue", help="过了期还没有办结的（今天到期的不算）")]
Status = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="状态", help="台账里这种状态的：未反馈、推进中、已办结、未启动、暂缓、取消"),
]
Light = Annotated[
    list[str] | None,
    typer.Option("--light", metavar="红|黄|绿|灰", help="亮这种灯的：红（逾期）、黄（快到期）、绿、灰（没有期限）"),
]
IsOwned = Annotated[bool, typer.Option("--owned", help="只看有责任单位的事项")]
Issuer = Annotated[
    list[str] | None, typer.Option("--issuer", metavar="机关", help="只看这个机关发的公文：机关名里有这些字；可重复")
]
Sort = Annotated[
    str | None,
    typer.Option("--sort", metavar="due|office|id", help="按截止日期、单位或编号排", show_default=False),
]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="列",
        help="只写这些列，如 task,item,due,light 或 任务号,工作任务",
        show_default=False,
    ),
]
Limit = Annotated[int | None, typer.Option("--limit", metavar="条数", help="最多列出几条", show_default=False)]
Remind = Annotated[
    int, typer.Option("--remind", metavar="天数", help="日历（.ics）提前几天提醒（不写时 3）", show_default=False)
]
AsWritten = Annotated[bool, typer.Option("--as-written", help="台账里改正过的单位、延过的期，照公文原来写的列")]


class How(NamedTuple):
    """What is asked of how tasks stand, as the options say it."""

    due: str | None = None
    due_by: str | None = None
    overdue: bool = False
    status: Sequence[str] | None = None
    light: Sequence[str] | None = None
    owned: bool = False
    issuer: Sequence[str] | None = None


def narrowed(filters: Filters, session: Session, day: str, how: How) -> Filters:
    """The filters with what is asked of how tasks stand. Raises UsageError for values that cannot be used."""
    from aiwei_cli.query.asked import read_date

    due, due_by, overdue, status, light, owned, issuer = how
    if due:
        from aiwei_cli.tracking.when import period

        filters = filters._replace(due=period(due, day))
    if due_by:
        filters = filters._replace(due_by=read_date(due_by))
    if status:
        from aiwei_cli.tracking.lights import read_status

        statuses = tuple(read_status(word, session.rules.data["lights"], asked=True) for word in status)
        if session.ledger is None:
            raise UsageError("--status 是台账里的状态，请给出台账，如 aiwei list 台账.db --status 未反馈")
        filters = filters._replace(statuses=statuses)
    if light:
        from aiwei_cli.tracking.lights import read_light

        lights = tuple(map(read_light, light))
        filters = filters._replace(lights=lights, day=day, light_rules=session.rules.data["lights"])
    if any(not words.strip() for words in issuer or ()):
        raise UsageError("--issuer 后面是空的；请写上发文机关的名称，或去掉这个选项")
    if owned and filters.no_owner:
        raise UsageError("--owned 和 --no-owner 相反，不能同时使用；请去掉其中一个")
    return filters._replace(overdue=day if overdue else None, owned=owned, issuers=tuple(issuer or ()))


class RowShape(NamedTuple):
    """Which rows and columns of the result are written, and in which order."""

    sort: str | None
    columns: str | None
    limit: int | None
    day: str

    @property
    def plain(self) -> bool:
        """Whether everything is written as it comes."""
        return self.sort is None and self.columns is None and self.limit is None

    def checked(self) -> RowShape:
        """Itself. Raises UsageError for values that cannot be used."""
        if self.sort is not None and self.sort not in _SORTS:
            raise UsageError(f"--sort 只能是 due（截止日期）、office（单位）或 id（编号），不能是“{self.sort}”")
        if self.limit is not None and self.limit < 1:
            raise UsageError(f"--limit 是条数，不能是 {self.limit}；请写 1 或更大的数")
        return self

    def table(self, table: Table, rules: Mapping[str, Any] | None) -> Table:
        """The table with the rows and columns that are asked for. ``rules``: of lights, where they may be asked for."""
        rows = self._limited(sorted(table.rows, key=self._key) if self.sort else table.rows)
        table = table._replace(rows=rows)
        return table if self.columns is None else _with_columns(table, self.columns, self.day, rules)

    def hits(self, hits: Iterable[Hit]) -> Iterable[Hit]:
        """The hits in the order that is asked for, not more than are wanted."""
        if self.sort:
            from aiwei_cli.query.table import item_row

            hits = sorted(hits, key=lambda hit: self._key(item_row(hit)))
        return self._limited(hits)

    def _limited(self, rows: Iterable[Any]) -> Iterable[Any]:
        return rows if self.limit is None else islice(iter(rows), min(self.limit, sys.maxsize))

    def _key(self, row: Row) -> Any:
        if self.sort == "due":
            return str(row.get("due") or "9999")
        if self.sort == "office":
            first = row.get("office") or row.get("lead") or row.get("responsible") or row.get("support")
            return (not first, str(first or "").partition("、")[0])
        from aiwei_cli.query.asked import counted_path, id_path

        return str(row.get("notice") or ""), counted_path(id_path(str(row.get("id") or "")))


def _with_columns(table: Table, asked: str, day: str, rules: Mapping[str, Any] | None) -> Table:
    import re

    from aiwei_cli.query.table import Column

    known = [*table.columns, Column("light", "灯")]
    by_name = {name: column for column in known for name in (column.key, column.label)}
    chosen = []
    for name in filter(None, re.split(r"[,，、\s]+", asked)):
        if name not in by_name:
            raise UsageError(f"没有“{name}”这一列；可用：{'、'.join(f'{each.key}（{each.label}）' for each in known)}")
        chosen.append(by_name[name]._replace(program=True, person=True, optional=False))
    if not chosen:
        raise UsageError("--columns 后面是空的；请写上列名，如 task,item,due")
    rows = _chosen(table.rows, [column.key for column in chosen], day, rules or {})
    return table._replace(columns=tuple(chosen), rows=rows)


def _chosen(
    rows: Iterable[Row], keys: Sequence[str], day: str, rules: Mapping[str, Any]
) -> Iterator[Mapping[str, Cell]]:
    from aiwei_cli.tracking.lights import light_words

    for row in rows:
        found = {key: row.get(key) for key in keys}
        if "light" in found:
            due = row.get("due")
            found["light"] = light_words(str(row.get("status") or ""), str(due) if due else None, day, rules)
        yield found
