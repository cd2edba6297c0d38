"""Commands about the notices that a ledger holds: notices, remove."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from aiwei_cli.cli import options
from aiwei_cli.cli.ledgers import LedgerFile, existing_ledger, tell_upgrade
from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import UsageError

if TYPE_CHECKING:
    from aiwei_cli.tracking.notices import Known

File = Annotated[
    str | None,
    typer.Argument(metavar="[台账]", help="台账；不写就用 --ledger 或环境变量 AIWEI_LEDGER", show_default=False),
]
Removed = Annotated[bool, typer.Option("--removed", help="移出的也列出来")]
Words = Annotated[
    list[str] | None,
    typer.Option("--notice", metavar="字词", help="哪篇公文：标题、机关、文号或文件名里有这些字；可重复"),
]
Purge = Annotated[bool, typer.Option("--purge", help="从文件里彻底删去，包括旧版本和全部记录，不能恢复")]
Yes = Annotated[bool, typer.Option("--yes", help="--purge 时不再询问，脚本里用")]
Why = Annotated[str, typer.Option("--note", metavar="文字", help="说明原因", show_default=False)]


def notices(
    file: File = None,
    ledger: LedgerFile = None,
    removed: Removed = False,
    format: options.Format = None,
    output: options.Output = None,
    header: options.Header = None,
    labels: options.Labels = None,
) -> None:
    """列出台账里的公文：几个版本、多少事项、多少已办结、多少未反馈、多少疑点。

    例子：
      aiwei notices tasks.db
      aiwei notices --removed --format csv
    """
    from aiwei_cli.cli.output import Out
    from aiwei_cli.store.query import Ledger
    from aiwei_cli.tracking.notices import notices_table

    path = existing_ledger(file or ledger, "aiwei notices")
    out = Out(format=format, output=output, header=header, labels=labels, bare=True)
    book = Ledger(path)
    with book.complaints():
        table = notices_table(book.connection, removed=removed)
    if not out.table(table):
        complain(f"{path}：台账里没有公文")
        raise typer.Exit(1)


def remove(
    notice: Words = None,
    ledger: LedgerFile = None,
    purge: Purge = False,
    yes: Yes = False,
    note: Why = "",
) -> None:
    """把公文移出台账：不再列出、不再统计，内容和记录还在，aiwei mark --undo 或再 add 一次就回来。

    --purge 才真正删去；在屏幕上会先问，脚本里要加 --yes。

    例子：
      aiwei remove --notice 爱国卫生 --ledger tasks.db
      aiwei remove --notice 测试 --purge --yes
    """
    from aiwei_cli.tracking import notices as holdings
    from aiwei_cli.tracking.book import ledger_to_write
    from aiwei_cli.tracking.clock import today

    path = existing_ledger(ledger, "aiwei remove --notice 标题里的字")
    if not notice or not all(words.strip() for words in notice):
        raise UsageError("没有说明移出哪篇公文；请用 --notice 写上标题里的字，aiwei notices 可以查有哪些")
    if purge and not yes:
        _ask(path, notice)
    told = []
    with ledger_to_write(path) as book:
        tell_upgrade(book)
        for words in notice:
            known = _one(holdings.known(book.connection, words, removed=purge), words, path)
            if purge:
                holdings.purge(book, known, today(), note)
                told.append(f"删去了：{known.title}（{known.versions} 版，{known.items} 个事项）")
            else:
                holdings.hide(book, known, today(), note)
                told.append(f"移出了：{known.title}（{known.items} 个事项）；aiwei mark --undo 可以撤回")
    for sentence in told:
        complain(sentence)
    if purge:
        holdings.rewritten(path)


def _one(found: "list[Known]", words: str, path: str) -> "Known":
    if not found:
        raise UsageError(f"{path}：没有公文“{words}”；aiwei notices {path} 可以查有哪些")
    if len(found) > 1:
        named = "、".join(f"《{each.title}》" for each in found[:3]) + ("等" if len(found) > 3 else "")
        raise UsageError(f"{path}：“{words}”指的可能是 {len(found)} 篇公文：{named}；请写得更准，一次移出一篇")
    return found[0]


def _ask(path: str, words: list[str]) -> None:
    """Ask on a terminal; a script has to say yes on the command line."""
    from aiwei_cli.store.query import Ledger
    from aiwei_cli.tracking import notices as holdings

    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("--purge 删去了就不能恢复；脚本里请加 --yes")
    book = Ledger(path)
    with book.complaints():
        named = [_one(holdings.known(book.connection, each, removed=True), each, path) for each in words]
    book.connection.close()
    for each in named:
        what = f"{each.title}（{each.versions} 版，{each.items} 个事项，连同全部记录）"
        complain(f"要从 {path} 彻底删去：{what}，不能恢复")
    complain("确定要删去吗？请输入 是：")
    if sys.stdin.readline().strip() not in ("是", "y", "Y", "yes"):
        complain("没有删去")
        raise typer.Exit(1)
