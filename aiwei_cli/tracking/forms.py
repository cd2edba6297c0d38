"""Sheets that go out: an office's tasks, with columns for it to fill in."""

from __future__ import annotations

from collections.abc import Sequence

from aiwei_cli.notice.model import Hit
from aiwei_cli.query.table import ITEM_COLUMNS, ROLE_LABELS, Column, Row, Table, item_row
from aiwei_cli.tracking import STATUSES

_BY_KEY = {column.key: column for column in ITEM_COLUMNS}
_FORM = (
    Column("state", "状态"),
    Column("progress", "进展"),
    Column("done_on", "完成日期"),
    Column("evidence", "佐证"),
    Column("remark", "备注"),
)
CHOICES: dict[str, Sequence[str]] = {column.key: () for column in _FORM} | {"state": STATUSES}
"""The columns to be filled in, with what may be chosen."""
_COLUMNS = (
    _BY_KEY["task"],
    _BY_KEY["notice"],
    Column("item", "工作任务"),
    Column("role", "分工"),
    *(_BY_KEY[key] for key in ("lead", "responsible", "support", "deadline")),
    Column("due", "截止日期", kind="date"),
    Column("reporter", "填报单位"),
    *_FORM,
)


def is_tracked(hits: Sequence[Hit]) -> bool:
    """Whether the hits are tasks of a ledger, which offices can report on."""
    return any(hit.place.node.task is not None for hit in hits)


def form(office: str, hits: Sequence[Hit]) -> Table:
    """The sheet of an office."""
    rows = [_row(office, hit) for hit in hits]
    several = len({row.get("notice") for row in rows}) > 1
    columns = tuple(column._replace(optional=False) for column in _COLUMNS if several or column.key != "notice")
    return Table("反馈表", columns, rows)


def _row(office: str, hit: Hit) -> Row:
    roles = [label for role, label in ROLE_LABELS.items() if any(duty.role == role for duty in hit.duties)]
    return {**item_row(hit), "role": "、".join(roles), "reporter": office}
