"""Which ledger a command is about: ``--ledger FILE``, else ``$AIWEI_LEDGER``."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import ReadError, UsageError

if TYPE_CHECKING:
    from aiwei_cli.tracking.book import Book

LedgerFile = Annotated[
    str | None,
    typer.Option("--ledger", metavar="文件", help="台账，如 tasks.db，也可用环境变量 AIWEI_LEDGER", show_default=False),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="日期", help="按这一天的情况算，如 2024-06-30；不写就是今天", show_default=False),
]


def existing_ledger(ledger: str | None, example: str) -> str:
    """The path of a ledger that exists. Raises UsageError where none is given, ReadError where it is not one."""
    from aiwei_cli.store import is_sqlite

    path = ledger or os.environ.get("AIWEI_LEDGER")
    if not path:
        raise UsageError(f"没有说明是哪个台账；请用 --ledger，如 {example} --ledger tasks.db，或环境变量 AIWEI_LEDGER")
    source = "" if ledger else "（台账来自环境变量 AIWEI_LEDGER）"
    if not os.path.lexists(path):
        raise ReadError(f"{path}：没有这个台账；请确认文件名，新的台账用 aiwei add 公文 --ledger {path} 建{source}")
    if not is_sqlite(path):
        raise ReadError(f"{path}：不是台账；请给出 aiwei add 写的文件{source}")
    return path


def tell_upgrade(book: "Book") -> None:
    """Say that an older ledger was brought to the latest version, and where the copy is."""
    if book.upgraded:
        version, copy = book.upgraded
        complain(f"台账 {book.path} 是旧的结构（版本 {version}），已升级；原样的一份留在 {copy}")


def day_of(as_of: str | None) -> str:
    """The day that a question is about: the one that was given, else today."""
    from aiwei_cli.query.asked import read_date
    from aiwei_cli.tracking.clock import today

    return today() if as_of is None else read_date(as_of)
