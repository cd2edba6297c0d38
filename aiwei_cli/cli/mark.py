"""Commands about what was said and done: mark, log."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aiwei_cli.cli import options
from aiwei_cli.cli.ledgers import LedgerFile, existing_ledger, tell_upgrade
from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import ReadError, UsageError

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules
    from aiwei_cli.tracking.book import Book
    from aiwei_cli.tracking.standing import Event

_MOVED = ("延期", "改期")

Marked = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="任务号... 状态",
        help="任务号（12、12,13、12-15）和状态：已办结、推进中、未启动、暂缓、取消，或 延期",
        show_default=False,
    ),
]
Day = Annotated[
    str | None,
    typer.Option("--date", metavar="日期", help="哪一天的情况，如 2024-06-30；不写就是今天", show_default=False),
]
Note = Annotated[str, typer.Option("--note", metavar="文字", help="说明：进展、原因", show_default=False)]
Evidence = Annotated[
    str | None,
    typer.Option("--evidence", metavar="文件", help="佐证材料；记下文件名和校验值", show_default=False),
]
Whose = Annotated[
    str | None,
    typer.Option("--office", metavar="单位", help="哪个单位反馈的；不写就是管台账的人记的", show_default=False),
]
Until = Annotated[
    str | None,
    typer.Option("--due", metavar="日期", help="延期到哪一天，如 2024-07-31；要用 --note 写原因", show_default=False),
]
Undo = Annotated[bool, typer.Option("--undo", help="撤回最后记的一条（写了任务号就是它的最后一条）；记录还在")]
Numbers = Annotated[
    list[str] | None, typer.Argument(metavar="[任务号]...", help="任务号；不写就列出全部记录", show_default=False)
]


def mark(
    words: Marked = None,
    ledger: LedgerFile = None,
    date: Day = None,
    note: Note = "",
    evidence: Evidence = None,
    office: Whose = None,
    due: Until = None,
    undo: Undo = False,
    rules: options.RulesDir = None,
) -> None:
    """记下任务办到哪一步：已办结、推进中、未启动、暂缓、取消，或延期。

    记录只增加，不删改；状态由记录得出。有牵头单位的，以牵头单位最后的反馈为准；没有的，以最慢的责任单位为准。
    延期不改公文：原来的期限仍看得到。只写 --note 就只记进展。

    例子：
      aiwei mark 12 已办结 --ledger tasks.db
      aiwei mark 12,13 推进中 --office 水利局 --date 2024-06-20 --note 完成一半
      aiwei mark 12 延期 --due 2024-07-31 --note 雨季不能施工
      aiwei mark --undo
    """
    from aiwei_cli.compiled import load
    from aiwei_cli.tracking.book import ledger_to_write
    from aiwei_cli.tracking.find import read_tasks

    path = existing_ledger(ledger, "aiwei mark 12 已办结")
    folder = rules or os.environ.get("AIWEI_RULES") or None
    known = load(Path(folder) if folder else None)
    if undo:
        if len(words or ()) > 1:
            raise UsageError("--undo 后面最多写一个任务号，如 aiwei mark 12 --undo")
        with ledger_to_write(path) as book:
            tell_upgrade(book)
            task = book.find(read_tasks(words)[0]).task if words else None
            last = book.undo(task, note)
        complain(f"撤回了：{f'任务 {last.task} ' if last.task else ''}{_said(last)}")
        return
    numbers, status, moved = _taken_apart(list(words or ()), known, due, note)
    day = _day(date)
    proof, digest = _evidence(evidence)
    whose = known.offices.canonical(office) if office else ""
    told = []
    with ledger_to_write(path) as book:
        tell_upgrade(book)
        for number in numbers:
            new = _event(book, number, moved)._replace(status=status, office=whose, date=day, note=note.strip())
            new = new._replace(evidence=proof, evidence_sha256=digest)
            book.add([new])
            told.append(_told(book, number, new))
    for sentence in told:  # only what was written to the end is reported
        complain(sentence)


def _taken_apart(words: list[str], known: "Rules", due: str | None, note: str) -> "tuple[list[int], str, str | None]":
    """The numbers of the tasks, the status, and the day that they are moved to.

    Raises UsageError for what does not go together.
    """
    from aiwei_cli.query.asked import read_date
    from aiwei_cli.tracking.find import read_tasks
    from aiwei_cli.tracking.lights import read_status, status_of

    rules = known.data["lights"]
    if not words:
        raise UsageError("缺少任务号和状态；如 aiwei mark 12 已办结；用法见 aiwei mark -h")
    first = words[0]
    if len(words) > 1 and (status_of(first, rules) or first in _MOVED):
        raise UsageError(f"参数写反了，任务号要写在前面：aiwei mark {' '.join(words[1:])} {first}")
    is_number = words[-1].strip("#＃")[:1].isdecimal()
    last = "" if is_number else words.pop()
    if not words:
        raise UsageError(f"没有写任务号；如 aiwei mark 12 {last}")
    numbers = read_tasks(words)
    if last in _MOVED or (due and not last):
        if not due:
            raise UsageError("延期要写到哪一天，如 aiwei mark 12 延期 --due 2024-07-31 --note 雨季不能施工")
        if not note.strip():
            raise UsageError("延期要写原因，如 --note 雨季不能施工")
        return numbers, "", read_date(due)
    if due:
        raise UsageError("--due 只和延期一起用，如 aiwei mark 12 延期 --due 2024-07-31 --note 雨季不能施工")
    if not last and not note.strip():
        raise UsageError(f"没有写状态；如 aiwei mark {' '.join(words)} 已办结，只记进展就用 --note 写上")
    return numbers, read_status(last, rules) if last else "", None


def _day(written: str | None) -> str:
    from aiwei_cli.query.asked import read_date
    from aiwei_cli.tracking.clock import today

    day = today() if written is None else read_date(written)
    if day > today():
        raise UsageError(f"--date {day} 还没有到（今天是 {today()}）；还没有发生的事不能记")
    return day


def _evidence(path: str | None) -> tuple[str, str]:
    """The path and the SHA-256 of a file that shows what was done."""
    if path is None:
        return "", ""
    import hashlib

    try:
        with Path(path).open("rb") as file:
            return path, hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        why = "找不到这个文件" if isinstance(error, FileNotFoundError) else f"佐证材料读不了（{error.strerror}）"
        raise ReadError(f"{path}：{why}；请确认文件名") from error


def _event(book: "Book", number: int, moved: str | None) -> "Event":
    from aiwei_cli.tracking.standing import Event
    from aiwei_cli.tracking.states import task_words

    found = book.find(number)
    if moved is None:
        return Event(None, found.task, found.document, "report")
    was = task_words(book.connection, found.task).due or ""
    return Event(None, found.task, found.document, "move", field="due", was=was, value=moved)


def _told(book: "Book", number: int, event: "Event") -> str:
    """What was written down and how the task stands."""
    from aiwei_cli.language.names import listed
    from aiwei_cli.tracking.states import task_words

    task = event.task or 0
    stands, words = book.standing(task), task_words(book.connection, task)
    name = f"任务 {number}" + (f"（已并入任务 {task}）" if task != number else "")
    if event.kind == "move":
        return f"{name}：延期到 {event.value}（公文写的是{event.was or '没有日期'}）"
    owners = listed(words.lead or words.responsible)
    beside = "" if not event.office or event.office in owners or not owners else "，不是牵头或责任单位，不影响状态"
    return f"{name}：记下了{_said(event)}{beside}；现在是{stands.status}"


def _said(event: "Event") -> str:
    from aiwei_cli.tracking.log import KINDS, what

    whose = f"{event.office} " if event.office else ""
    return f"{event.date} {whose}{KINDS[event.kind]} {what(event)}"


def log(
    numbers: Numbers = None,
    ledger: LedgerFile = None,
    format: options.Format = None,
    output: options.Output = None,
    header: options.Header = None,
    labels: options.Labels = None,
) -> None:
    """列出任务的全部记录：谁在什么时候记了什么，撤回的也在。

    例子：
      aiwei log 12 --ledger tasks.db
      aiwei log 12 13 --format csv
      aiwei log -o 记录.xlsx
    """
    from aiwei_cli.cli.output import Out
    from aiwei_cli.store.query import Ledger
    from aiwei_cli.tracking import events
    from aiwei_cli.tracking.find import ancestors, read_tasks
    from aiwei_cli.tracking.find import existing_task as found_there
    from aiwei_cli.tracking.log import log_table

    path = existing_ledger(ledger, "aiwei log 12")
    out = Out(format=format, output=output, header=header, labels=labels, bare=True)
    book = Ledger(path)
    with book.complaints():
        if numbers:
            asked = [found_there(book.connection, number, path).task for number in read_tasks(numbers)]
            theirs = {other for task in asked for other, _ in ancestors(book.connection, task)}
            found = events.of_tasks(book.connection, sorted({*asked, *theirs}))
        else:
            found = events.every(book.connection)
    if not out.table(log_table(found)):
        complain("还没有记录")
        raise typer.Exit(1)
