"""A task by the number that a person typed, and where it is in the latest version of its notice."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from aiwei_cli.errors import UsageError
from aiwei_cli.language.chars import half_width
from aiwei_cli.records import NamedTuple

_NUMBERS = re.compile(r"\s*#?(\d{1,9})(?:\s*[-~～—至]\s*#?(\d{1,9}))?\s*")
_MOST = 10_000


class Found(NamedTuple):
    """What a number means."""

    task: int
    """The task that goes on: not the one asked for, where that one ended in another."""
    notice: int
    """The row of the version that holds it, the latest of them."""
    node: int
    id: str
    document: int
    latest: bool
    """False where the latest version of the notice does not have it any more."""


def read_tasks(written: Iterable[str]) -> list[int]:
    """The numbers: ``12``, ``#12``, ``12,13`` and ``12-15``, each once. Raises UsageError for anything else."""
    found: dict[int, None] = {}
    for words in written:
        for part in re.split(r"[,，、\s]+", half_width(words).strip()):
            match = _NUMBERS.fullmatch(part)
            first = int(match[1]) if match else 0
            last = int(match[2]) if match and match[2] else first
            if not 0 < first <= last < first + _MOST:
                raise UsageError(f"“{words}”不是任务号；请写 12，几个写 12,13 或 12-15（任务号在 aiwei list 台账 里）")
            found.update(dict.fromkeys(range(first, last + 1)))
    return list(found)


def find(connection: sqlite3.Connection, task: int) -> Found | None:
    """Where a task is; None where no item ever had the number."""
    seen = set()
    asked = task
    while asked not in seen:
        seen.add(asked)
        query = (
            "SELECT nodes.notice, node, id, document, latest FROM nodes JOIN notices USING (notice)"
            " WHERE task = ? ORDER BY version DESC LIMIT 1"
        )
        row = connection.execute(query, (asked,)).fetchone()
        if row is None:
            return None
        if row[4]:
            return _found(asked, row)
        ended = (
            "SELECT nodes.task FROM kin JOIN nodes USING (node) WHERE kin.task = ? AND kind = 'merged'"
            " AND nodes.task IS NOT NULL ORDER BY node LIMIT 1"
        )
        heir = connection.execute(ended, (asked,)).fetchone()
        if heir is None:
            return _found(asked, row)
        asked = heir[0]
    return None


def _found(task: int, row: tuple[int, int, str, int, int]) -> Found:
    notice, node, node_id, document, latest = row
    return Found(task, notice, node, node_id, document, bool(latest))


def existing_task(connection: sqlite3.Connection, task: int, name: str) -> Found:
    """Where a task is. Raises UsageError for a number that no item has."""
    found = find(connection, task)
    if found is None:
        (most,) = connection.execute("SELECT max(task) FROM nodes").fetchone()
        cure = f"任务号从 1 到 {most}，aiwei list {name} 可以查" if most else "台账里还没有编任务号，请先 aiwei add"
        raise UsageError(f"{name}：没有任务 {task}；{cure}")
    return found


def ancestors(connection: sqlite3.Connection, task: int) -> list[tuple[int, str]]:
    """The tasks whose story belongs to this one: those that ended in it (merged), those it was part of (split)."""
    found: dict[int, str] = {}
    waiting = [task]
    while waiting:
        one = waiting.pop()
        query = "SELECT kin.task, kind FROM kin JOIN nodes USING (node) WHERE nodes.task = ? ORDER BY kin.task"
        for other, kind in connection.execute(query, (one,)).fetchall():
            if other not in found and other != task:
                found[other] = kind
                waiting.append(other)
    return sorted(found.items())
