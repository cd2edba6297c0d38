"""The command that takes the answers of the offices back: collect."""

import os
from pathlib import Path
from typing import Annotated

import typer

from aiwei_cli.cli import options
from aiwei_cli.cli.ledgers import LedgerFile, existing_ledger, tell_upgrade
from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import ReadError, UsageError

Sheets = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE...", help="各单位填好的表（xlsx、xls、ods、csv）或放它们的文件夹", show_default=False),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只列出会记下什么，不写入台账")]
Day = Annotated[
    str | None,
    typer.Option("--date", metavar="日期", help="没有填完成日期的，记在哪一天；不写就是今天", show_default=False),
]


def collect(
    files: Sheets = None,
    ledger: LedgerFile = None,
    dry_run: DryRun = False,
    date: Day = None,
    format: options.Format = None,
    rules: options.RulesDir = None,
) -> None:
    """收各单位填回的表：每个单位的状态、进展记进台账，改正的单位和期限也记下。

    表由 aiwei export 台账 --split-by office 发出；列可以移动、增加。同一份表收几次，只记一次。
    几个单位说法不一的都记下，并且提示。任务号、日期、状态读不了的，按格子指出，其他的照收。

    例子：
      aiwei collect 反馈 --ledger tasks.db --dry-run
      aiwei collect 反馈/*.xlsx --ledger tasks.db
    """
    from aiwei_cli.cli.limits import chosen
    from aiwei_cli.cli.output import Out
    from aiwei_cli.compiled import load
    from aiwei_cli.tracking import answers as sheets
    from aiwei_cli.tracking.book import ledger_to_write, rehearsed
    from aiwei_cli.tracking.collect import Collector, disagreements
    from aiwei_cli.tracking.log import log_table

    path = existing_ledger(ledger, "aiwei collect 反馈/*.xlsx")
    if not files:
        raise UsageError("没有给出填好的表；如 aiwei collect 反馈/*.xlsx --ledger tasks.db")
    out = Out(format=format, output=None, bare=True)
    day = _day(date)
    folder = rules or os.environ.get("AIWEI_RULES") or None
    known = load(Path(folder) if folder else None)
    read, lost = [], []
    for file in sheets.files(files):
        try:
            if isinstance(file, ReadError):
                raise file
            read.append(sheets.read_answers(file, chosen()))
        except ReadError as error:
            lost.append(str(error))
    with rehearsed(path) if dry_run else ledger_to_write(path) as book:
        tell_upgrade(book)
        collector = Collector(book.connection, known.offices, known.data["lights"], day)
        for answer in (answer for each in read for answer in each):
            collector.take(answer)
        plan = collector.plan
        if not dry_run:
            book.add(plan.new)
    if dry_run:
        out.table(log_table(plan.new))
    for sentence in [*(f"错误：{each}" for each in (*lost, *plan.problems)), *plan.told, *disagreements(plan.new)]:
        complain(sentence)
    reports = sum(event.kind == "report" for event in plan.new)
    parts = [f"读了 {len(read)} 个文件", f"{'会记下' if dry_run else '记下'}反馈 {reports} 条"]
    parts += [f"改正 {len(plan.new) - reports} 处"] if len(plan.new) > reports else []
    parts += [f"已记过 {len(plan.known)} 条"] if plan.known else []
    parts += [f"没有填的 {len(plan.blank)} 行"] if plan.blank else []
    parts += [f"读不了 {len(lost) + len(plan.problems)} 处"] if lost or plan.problems else []
    complain("，".join(parts) + ("（--dry-run，没有写入）" if dry_run else ""))
    if lost and not read:
        raise typer.Exit(2)
    raise typer.Exit(1 if lost or plan.problems else 0)


def _day(written: str | None) -> str:
    from aiwei_cli.query.asked import read_date
    from aiwei_cli.tracking.clock import today

    day = today() if written is None else read_date(written)
    if day > today():
        raise UsageError(f"--date {day} 还没有到（今天是 {today()}）")
    return day
