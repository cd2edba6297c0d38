"""What the tests of the ledger share: notices of every shape, and a ledger of them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from shell import Ran, aiwei, due, duty, sample, two_plans

from aiwei_cli.compiled import load
from aiwei_cli.notice.model import Citation, Notice
from aiwei_cli.notice.source import Source
from aiwei_cli.offices import Offices
from aiwei_cli.parsing import parse
from aiwei_cli.query.table import Table
from aiwei_cli.resources import bundled_notice
from aiwei_cli.store.add import Outcome, Store
from aiwei_cli.store.query import Ledger

TOILETS = "一、改善环境\n（一）整治户厕和旅游厕所（住建局负责）。\n（二）参与会议的人员登记造册（办公室负责）。\n"


def offices() -> Offices:
    return load().offices


@lru_cache(maxsize=1)
def store_of_words() -> Store:
    """A store whose words are cut by a jieba that is loaded once for all tests."""
    from aiwei_cli.store.add import in_memory

    return in_memory(offices())


def put(path: Path, *notices: Notice, again: bool = False) -> list[Outcome]:
    """Add notices to the ledger of this path."""
    store = Store(str(path), offices())
    try:
        return store.add([store_of_words().entry(notice, again=again) for notice in notices])
    finally:
        store.close()


def ledger_of(path: Path, *notices: Notice) -> Ledger:
    put(path, *notices)
    return Ledger(str(path))


def from_text(text: str, path: str) -> Notice:
    from hashlib import sha256

    return parse(text, source=Source(path, sha256(text.encode()).hexdigest(), "utf-8", len(text)))


def bundled() -> Notice:
    return from_text(bundled_notice().read_text("utf-8"), "notice_2023.txt")


def unnumbered() -> Notice:
    """A notice whose duties are under no number."""
    return replace(
        sample(),
        source=Source("没有编号.txt", "1" * 64),
        title="没有编号的通知",
        issuer=None,
        duties=(duty("lead", "财政局"), duty("support", "民政局", written="民政部门")),
        deadlines=(due("年底前", "2023-12-31"),),
        citations=(Citation("意见", None, (3, 9)),),
        body=(),
    )


def only_times() -> Notice:
    """A notice that has times and citations under no number, but no duties."""
    return replace(unnumbered(), source=Source("只有时限.txt", "2" * 64), title="只有时限的通知", duties=())


def several() -> list[Notice]:
    """Notices of all shapes, each with its own source."""
    toilets = from_text(TOILETS, "厕所.txt")
    return [
        bundled(),
        replace(sample(), year=2022),
        replace(two_plans(), source=Source("两个方案.txt", "3" * 64), date="2024-03-01"),
        unnumbered(),
        only_times(),
        toilets,
    ]


def rows(table: Table) -> list[tuple[Any, ...]]:
    """The cells of a table, of all columns but those that only a ledger can fill."""
    keys = [column.key for column in table.columns if column.key not in ("version", "task", "status")]
    return [tuple(row.get(key) for key in keys) for row in table.rows]


def by_li_si(ledger: Path, *args: str) -> Ran:
    """A command of 李四's, in the folder of the ledger, which the environment names."""
    return aiwei(*args, cwd=ledger.parent, AIWEI_LEDGER=ledger.name, AIWEI_USER="李四")
