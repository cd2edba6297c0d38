"""The 通报: how many tasks there are, how far they have come, who is late, who said nothing. Its figures add up.

Each task is counted once in the text and in the last line of a table, and once for each office that leads it or, where
nobody leads, is responsible for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal

from aiwei_cli.language.chars import clipped
from aiwei_cli.language.names import listed
from aiwei_cli.query.table import Column, Row, Table
from aiwei_cli.records import NamedTuple
from aiwei_cli.tracking import CANCELLED, DONE, STATUSES, UNREPORTED
from aiwei_cli.tracking.lights import days_late

By = Literal["office", "notice", "section"]
BY: dict[By, str] = {"office": "单位", "notice": "公文", "section": "章节"}
_ORDER = (DONE, "推进中", "未启动", "暂缓", CANCELLED, UNREPORTED)
"""The order in which a 通报 names them."""
_TOTAL, _NOBODY = "合计", "（没有责任单位）"
_LONGEST = 40
_COUNTS = (
    Column("items", "事项", kind="count"),
    *(Column(f"s{at}", status, kind="count") for at, status in enumerate(_ORDER)),
    Column("late", "其中逾期", kind="count"),
    Column("share", "办结率", kind="number"),
)
_LATE = (
    Column("task", "任务号", kind="count"),
    Column("item", "工作任务"),
    Column("owners", "牵头或责任单位"),
    Column("due", "截止日期", kind="date"),
    Column("days", "逾期天数", kind="count"),
    Column("status", "状态"),
    Column("notice", "公文"),
)
_SILENT = (
    Column("office", "单位"),
    Column("items", "未反馈事项", kind="count"),
    Column("tasks", "任务号"),
)
assert {*_ORDER} == {UNREPORTED, *STATUSES}


class Counts(NamedTuple):
    """How many tasks there are of each status, and how many are late."""

    items: int
    by_status: dict[str, int]
    late: int

    @property
    def share(self) -> str:
        """The share that is done, in whole percents; a part never rounds to all or nothing."""
        done = self.by_status[DONE]
        if done in (0, self.items):
            return "100%" if done else "0%"
        return f"{min(max((done * 200 + self.items) // (self.items * 2), 1), 99)}%"

    def row(self) -> dict[str, Any]:
        """The cells of a table."""
        statuses = {f"s{at}": self.by_status[status] for at, status in enumerate(_ORDER)}
        return {"items": self.items, **statuses, "late": self.late, "share": self.share}


class Bulletin(NamedTuple):
    """What a report holds."""

    day: str
    by: By
    total: Counts
    groups: dict[str, Counts]
    late: list[dict[str, Any]]
    silent: list[dict[str, Any]]

    @property
    def title(self) -> str:
        return f"任务办理情况通报（截至{spoken(self.day)}）"

    def text(self) -> str:
        """The figures as a 通报 says them."""
        counts, parts = self.total, [f"确定事项{self.total.items}件"]
        parts.append(f"已办结{counts.by_status[DONE]}件，占比{counts.share}")
        told = {"推进中": "正在推进", UNREPORTED: "未反馈"}
        parts += [
            f"{told.get(status, status)}{counts.by_status[status]}件"
            for status in _ORDER[1:]
            if counts.by_status[status]
        ]
        parts.append(f"逾期{counts.late}件" if counts.late else "没有逾期的")
        return f"截至{spoken(self.day)}，{'；'.join([parts[0] + '，' + parts[1], *parts[2:]])}。"

    def tables(self) -> list[Table]:
        """By office, notice or section; the late ones; those that nobody reported on."""
        name = Column("name", BY[self.by])
        rows = [{"name": group, **counts.row()} for group, counts in self.groups.items()]
        rows.append({"name": _TOTAL, **self.total.row()})
        unused = {f"s{at}" for at, status in enumerate(_ORDER) if not self.total.by_status[status]}
        shown = tuple(column for column in _COUNTS if column.key not in unused)
        found = [Table(f"各{BY[self.by]}办理情况", (name, *shown), rows)]
        late = tuple(
            column for column in _LATE if column.key != "notice" or len({row["notice"] for row in self.late}) > 1
        )
        found += [Table("逾期事项", late, self.late)] if self.late else []
        return found + ([Table("未反馈的单位", _SILENT, self.silent)] if self.silent else [])

    def notes(self) -> list[str]:
        """What a reader has to know about the figures."""
        if self.by != "office" or sum(each.items for each in self.groups.values()) == self.total.items:
            return []
        return ["一个事项有几个单位的，每个单位各算一件；合计一行每个事项只算一件。"]

    def data(self) -> dict[str, Any]:
        """The same for programs."""

        def counts(each: Counts) -> dict[str, Any]:
            return {"items": each.items, "by_status": each.by_status, "late": each.late, "share": each.share}

        return {
            "as_of": self.day,
            "text": self.text(),
            "total": counts(self.total),
            "by": self.by,
            "groups": [{"name": name, **counts(each)} for name, each in self.groups.items()],
            "late": self.late,
            "unreported": self.silent,
        }


def bulletin(rows: Iterable[Row], day: str, by: By, told: Collection[tuple[int, str]] = ()) -> Bulletin:
    """The report on the rows of items of a ledger, on a day. ``told`` are the tasks with the offices that reported."""
    tasks = [_task(row, day) for row in rows if row.get("task") is not None]
    grouped: dict[str, list[dict[str, Any]]] = {}
    for task in tasks:
        for name in _names(task, by):
            grouped.setdefault(name, []).append(task)
    late = sorted((task for task in tasks if task["days"] > 0), key=lambda task: (-task["days"], task["task"]))
    silent: dict[str, list[int]] = {}
    for task in tasks:
        if task["status"] == UNREPORTED:
            for name in (name for name in task["offices"] if (task["task"], name) not in told):
                silent.setdefault(name, []).append(task["task"])
    quiet = [
        {"office": name, "items": len(theirs), "tasks": "、".join(map(str, theirs))} for name, theirs in silent.items()
    ]
    return Bulletin(
        day,
        by,
        _counts(tasks),
        {name: _counts(theirs) for name, theirs in grouped.items()},
        [{column.key: task[column.key] for column in _LATE} for task in late],
        sorted(quiet, key=lambda row: -int(row["items"])),
    )


def _task(row: Row, day: str) -> dict[str, Any]:
    due, status = row.get("due"), str(row.get("status"))
    open_late = bool(due) and status not in (DONE, CANCELLED)
    offices = listed(str(row.get("lead") or row.get("responsible") or ""))
    words = str(row.get("title") or row.get("text") or "")
    return {
        "task": row.get("task"),
        "item": clipped(" ".join(words.split()), _LONGEST),
        "offices": offices or [_NOBODY],
        "owners": "、".join(offices) or _NOBODY,
        "due": due,
        "days": max(days_late(str(due), day), 0) if open_late else 0,
        "status": status,
        "notice": str(row.get("notice") or ""),
        "section": str(row.get("section") or ""),
    }


def _names(task: dict[str, Any], by: By) -> Sequence[str]:
    if by == "office":
        return list(dict.fromkeys(task["offices"]))
    return [str(task[by] or f"（没有{BY[by]}）")]


def _counts(tasks: Sequence[dict[str, Any]]) -> Counts:
    by_status = {status: sum(task["status"] == status for task in tasks) for status in _ORDER}
    return Counts(len(tasks), by_status, sum(task["days"] > 0 for task in tasks))


def spoken(day: str) -> str:
    """A day as people write it: 2024年6月5日."""
    year, month, of_month = map(int, day.split("-"))
    return f"{year}年{month}月{of_month}日"
