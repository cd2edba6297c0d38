"""What was said and done, as a table: who, when, what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from aiwei_cli.notice.fields import Cell
from aiwei_cli.query.table import Column, Row, Table
from aiwei_cli.tracking.standing import Event

KINDS = {
    "report": "反馈",
    "move": "延期",
    "correct": "改正",
    "undo": "撤回",
    "hide": "移出",
    "show": "恢复",
    "purge": "删除",
}
FIELDS = {"due": "截止日期", "lead": "牵头单位", "responsible": "责任单位", "support": "配合单位"}
COLUMNS = (
    Column("event", "号", kind="count"),
    Column("task", "任务号", kind="count"),
    Column("date", "日期", kind="date"),
    Column("office", "单位", optional=True),
    Column("kind", "事"),
    Column("what", "内容"),
    Column("note", "说明", optional=True),
    Column("evidence", "佐证", optional=True),
    Column("who", "谁记的"),
    Column("at", "何时记的"),
    Column("origin", "来自", optional=True),
    Column("undone", "已撤回", optional=True),
    Column("evidence_sha256", "佐证的SHA-256", person=False),
    Column("status", "状态", person=False),
    Column("field", "哪一栏", person=False),
    Column("was", "原来", person=False),
    Column("value", "改为", person=False),
    Column("reverses", "撤回哪一号", kind="count", person=False),
)


def log_table(events: Sequence[Event]) -> Table:
    """A row an event, in the order in which they were written down."""
    return Table("记录", COLUMNS, _rows(events))


def _rows(events: Sequence[Event]) -> Iterator[Row]:
    undone = {event.reverses for event in events if event.reverses is not None}
    for event in events:
        row: Mapping[str, Cell] = event._asdict()
        yield {
            **row,
            "kind": KINDS.get(event.kind, event.kind),
            "what": what(event),
            "undone": "是" if event.event in undone else "",
        }


def what(event: Event) -> str:
    """What an event says, in words."""
    if event.kind == "report":
        return event.status or "（只记进展）"
    if event.kind == "move":
        return f"{event.was or '没有日期'} → {event.value}"
    if event.kind == "correct":
        return f"{FIELDS.get(event.field, event.field)}：{event.was or '（空）'} → {event.value or '（空）'}"
    return f"第 {event.reverses} 号" if event.kind == "undo" else event.value
