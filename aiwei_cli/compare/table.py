"""The changes as rows: plain data for programs, a table for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from aiwei_cli.compare.changes import Change, Kind
from aiwei_cli.compare.marked import marked
from aiwei_cli.compare.units import Unit
from aiwei_cli.notice.fields import Cell
from aiwei_cli.notice.model import Notice
from aiwei_cli.query.called import called
from aiwei_cli.query.table import Column, Table
from aiwei_cli.write.report import bracketed, short

LABELS: dict[Kind, str] = {
    "same": "不变",
    "reworded": "调整",
    "merged": "合并",
    "split": "拆分",
    "dropped": "取消",
    "new": "新增",
}

COLUMNS = (
    Column("kind", "变化"),
    Column("old", "原编号"),
    Column("new", "新编号"),
    Column("item", "工作任务"),
    Column("owner", "单位变化", optional=True),
    Column("deadline", "时限变化", optional=True),
    Column("level", "力度变化", optional=True),
)


def as_data(change: Change) -> dict[str, Any]:
    """A change as plain data: ids of both sides, and what changed; None where nothing did."""
    owner, dates = change.owner, change.deadline
    return {
        "old": [unit.node.id for unit in change.old],
        "new": [unit.node.id for unit in change.new],
        "kind": change.kind,
        "moved": change.moved,
        "owner": {"gone": list(owner.gone), "come": list(owner.come), "swapped": list(owner.swapped)}
        if owner
        else None,
        "deadline": {"old": list(dates.old), "new": list(dates.new)} if dates else None,
        "level": [{"direction": one.direction, "old": one.old, "new": one.new} for one in change.level] or None,
        "score": change.score,
    }


def changes_table(changes: Sequence[Change], title: str = "", facts: tuple[str, ...] = ()) -> Table:
    """A row a change, for people."""
    return Table("变化", COLUMNS, (_row(change) for change in changes), title, facts)


def title_of(old: Notice, new: Notice) -> str:
    """The title of a comparison: 《甲》与《乙》对照表, of two versions 《甲》新旧对照表."""
    plans = (each.plans[0].title if len(each.plans) == 1 else "" for each in (old, new))
    names = [short(plan or called(each)) for plan, each in zip(plans, (old, new), strict=True)]
    first, second = (bracketed(name) if name else "" for name in names)
    if not first or not second or first == second:
        return f"{first or second}新旧对照表"
    return f"{first}与{second}对照表"


def _row(change: Change) -> dict[str, Cell]:
    return {
        "kind": "、".join(_kinds(change)),
        "old": "、".join(unit.node.id for unit in change.old),
        "new": "、".join(unit.node.id for unit in change.new),
        "item": _words(change),
        "owner": "；".join(_owner(change)),
        "deadline": _dates(change),
        "level": "；".join(_force(change)),
    }


def _kinds(change: Change) -> Iterator[str]:
    """What happened to it, in words: 调整（文字、单位）, 移动."""
    what = [
        word
        for word, changed in (
            ("文字", change.kind == "reworded"),
            ("单位", change.owner),
            ("时限", change.deadline),
            ("力度", change.level),
        )
        if changed
    ]
    if change.kind in ("same", "reworded"):
        if what:
            yield f"调整（{'、'.join(what)}）"
        elif not change.moved:
            yield LABELS["same"]
    else:
        yield LABELS[change.kind]
    if change.moved:
        yield "移动"


def _words(change: Change) -> Cell:
    """What the task says; where it was reworded, with the words that went and came."""
    if change.kind == "reworded":
        return marked(change.old[0].words, change.new[0].words)
    if change.kind == "merged":
        return _list("原", change.old) + "\n" + _list("新", change.new)
    if change.kind == "split":
        return _list("原", change.old) + "\n" + _list("新", change.new)
    return "\n".join(unit.words for unit in change.new or change.old)


def _list(side: str, units: Sequence[Unit]) -> str:
    return "\n".join(f"{side} {unit.node.id} {unit.words}" for unit in units)


def _owner(change: Change) -> Iterator[str]:
    if change.owner:
        for label, offices in (
            ("减", change.owner.gone),
            ("增", change.owner.come),
            ("牵头配合互换", change.owner.swapped),
        ):
            if offices:
                yield f"{label}：{'、'.join(offices)}"


def _dates(change: Change) -> str:
    if change.deadline is None:
        return ""
    return f"{'、'.join(change.deadline.old) or '无'} → {'、'.join(change.deadline.new) or '无'}"


def _force(change: Change) -> Iterator[str]:
    for one in change.level:
        yield f"{'加严' if one.direction == 'up' else '放宽'}：{one.old} → {one.new}"
