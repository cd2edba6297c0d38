"""Commands about many notices: add, search."""

import os
import time
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from aiwei_cli.cli import options
from aiwei_cli.cli.ledgers import LedgerFile
from aiwei_cli.cli.session import Care, Session, something_is_piped, which
from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import AiweiError, ReadError, UsageError
from aiwei_cli.query.called import UNTITLED, called
from aiwei_cli.store import is_sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiwei_cli.cli.output import Out
    from aiwei_cli.query import Filters
    from aiwei_cli.reading import Document
    from aiwei_cli.store.add import Outcome, Prepared, Store
    from aiwei_cli.store.query import Ledger

_MOST = 2**63 - 1
"""No database counts further."""
_BATCH = 200
"""Notices in one transaction."""
_PATIENCE = 3.0
"""Seconds after which a transaction is made of what there is: this much is lost when the program is killed."""

AddFiles = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE...", help="公文、文件夹、-（标准输入）或 aiwei 写的结果", show_default=False),
]
Again = Annotated[bool, typer.Option("--again", help="内容没变的也重新读一遍：规则改过以后用，读出来不同的成为新版本")]
SearchWords = Annotated[
    str, typer.Argument(metavar="WORDS", help="要找的字词，几个词用空格隔开，放在引号里", show_default=False)
]
Limit = Annotated[
    int | None,
    typer.Option("--limit", metavar="条数", help="最多列出几条；不写时屏幕上 20 条，管道里全部", show_default=False),
]


def add(
    files: AddFiles = None,
    ledger: LedgerFile = None,
    again: Again = False,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
    rules: options.RulesDir = None,
) -> None:
    """把公文收进台账（SQLite 数据库），供 list、search 等命令一起查。

    台账里已有的不动；同一篇公文（文号、机关相同，没有文号的看标题、机关、年份）内容变了，收为新版本，旧版本还留着。
    读不了的文件跳过，其他的照收。中途停掉也不要紧，已收的还在，再运行一次就接着收。

    例子：
      aiwei add 通知.txt --ledger tasks.db
      aiwei add 文件夹 --ledger tasks.db
      aiwei list tasks.db --office 综合执法局
    """
    path = ledger or os.environ.get("AIWEI_LEDGER")
    if not path:
        raise UsageError("没有说明收进哪个台账；请用 --ledger tasks.db 或环境变量 AIWEI_LEDGER")
    if not files and not something_is_piped() and not os.environ.get("AIWEI_NOTICE"):
        raise UsageError("没有给出公文；请写上文件或文件夹，如 aiwei add 通知.txt --ledger tasks.db")
    session = Session(files, rules=rules, sums_up=False, care=Care(quiet, strict))
    # Not opened before something could be read: a slip of the pen should leave no empty ledger behind.
    first = next(documents := session.documents(), None)
    if first is not None:
        from aiwei_cli.store.add import Store

        try:
            store = Store(path, session.rules.offices)
        except AiweiError as error:
            if ledger:
                raise
            raise AiweiError(f"{error}（台账来自环境变量 AIWEI_LEDGER）") from error
        if store.upgraded:
            complain(f"台账 {path} 是旧的结构（版本 {store.upgraded[0]}），已升级；原样的一份留在 {store.upgraded[1]}")
        intake = _Intake(store, session, again)
        try:
            for document in chain((first,), documents):
                intake.take(document)
            intake.write()
        except KeyboardInterrupt as stop:
            stop.add_note(f"{intake.summary()}，都写进了台账，再运行一次就接着收")
            raise
        complain(f"{intake.summary()}；台账 {path} 里共有 {intake.store.count()} 篇公文")
        session.tell_doubts()
    else:
        session.sum_up()
    raise typer.Exit(session.code())


class _Intake:
    """Documents on their way into a ledger, some at a time."""

    def __init__(self, store: "Store", session: Session, again: bool) -> None:
        self.store, self._session, self._again = store, session, again
        self._waiting: list[Prepared] = []
        self._since = time.monotonic()
        self._counts = dict.fromkeys(("added", "updated", "known", "older"), 0)

    def take(self, document: "Document") -> None:
        """Take one in. It is written with those that follow, unless the ledger has it already."""
        # What parse or export wrote may have been corrected by hand since, which its source does not tell.
        again = self._again or document.notice is not None
        seen = None if again else self.store.seen(document.source.sha256)
        if seen is not None:  # so it need not be parsed
            self._counts[seen.change] += 1
        elif (notice := self._session.parsed(document)) is not None:
            entry = self._session.within(document, lambda: self.store.entry(notice, again=again))
            self._waiting += [entry] if entry is not None else []
        if len(self._waiting) >= _BATCH or time.monotonic() - self._since > _PATIENCE:
            self.write()

    def write(self) -> None:
        """Write what is waiting, in one transaction."""
        for outcome, entry in self._written():
            self._counts[outcome.change] += 1
            name = called(entry.notice) or UNTITLED
            where = entry.notice.source.path or "-"
            if not (entry.notice.body or entry.notice.duties):
                complain(f"{where}：没有读到编号的事项，也没有责任分工", file=where)
            if outcome.change in ("added", "updated"):
                self._session.heed(entry.notice)
            if outcome.change == "updated":
                complain(f"{where}：收为第 {outcome.version} 版：{name}", file=where)
        self._waiting.clear()
        self._since = time.monotonic()

    def _written(self) -> "Iterator[tuple[Outcome, Prepared]]":
        """What became of each: all in one transaction, or, where one of them is at fault, each in its own."""
        try:
            yield from zip(self.store.add(self._waiting), self._waiting, strict=True)
            return
        except (ValueError, OverflowError):
            pass
        for entry in self._waiting:
            try:
                outcomes = self.store.add([entry])
            except (ValueError, OverflowError) as error:
                where = entry.notice.source.path or "-"
                self._session.lost(ReadError(f"{where}：里面有数据库存不了的内容（{error}）；请检查原文件"))
            else:
                yield outcomes[0], entry

    def summary(self) -> str:
        """What became of the documents, in a sentence."""
        counts = self._counts
        parts = [f"新收 {counts['added']} 篇"]
        parts += [f"更新 {counts['updated']} 篇（旧版本还在）"] if counts["updated"] else []
        parts += [f"已有 {counts['known']} 篇"] if counts["known"] else []
        parts += [f"{counts['older']} 篇是旧版本，没有动"] if counts["older"] else []
        parts += [f"{self._session.failed} 个读不了"] if self._session.failed else []
        return "，".join(parts)


def search(
    words: SearchWords,
    files: options.Files = None,
    ledger: LedgerFile = None,
    office: options.Office = None,
    role: options.Role = None,
    stated: options.Stated = None,
    section: options.Section = None,
    notice: options.NoticeWords = None,
    year: options.Year = None,
    all_versions: options.AllVersions = False,
    limit: Limit = None,
    format: options.Format = None,
    output: options.Output = None,
    header: options.Header = None,
    labels: options.Labels = None,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
    rules: options.RulesDir = None,
) -> None:
    """在所有公文里查找字词，最相关的事项排在前面。

    内容、上级标题和单位名称都查，也查词的一部分：找“厕所”能找到“户厕和旅游厕所”。几个词要都有；单位的其他名称也算。

    例子：
      aiwei search 厕所 --ledger tasks.db
      aiwei search "厕所 消毒" tasks.db --year 2023
      aiwei search 病媒生物 文件夹 --office 社会事务办
    """
    from aiwei_cli.api.asking import filters_of
    from aiwei_cli.cli.output import Out
    from aiwei_cli.store.search import words_asked

    words_asked(words)  # before anything is read
    if ledger and os.path.lexists(ledger) and not is_sqlite(ledger):
        raise UsageError(f"{ledger}：不是台账；--ledger 后面要写 aiwei add 写的文件，公文直接写在字词后面")
    if limit is not None and limit < 1:
        raise UsageError(f"--limit 是条数，不能是 {limit}；要全部列出就写大一些，如 100000")
    filters = filters_of(office=office, role=role, section=section, stated=stated)
    out = Out(format=format, output=output, header=header, labels=labels, bare=True)
    sources = [*(files or ())]
    if ledger and ledger not in sources:
        sources.append(ledger)
    care = Care(quiet, strict)
    session = Session(sources, rules=rules, which=which(notice, year, all_versions), care=care)
    found = _search(session, words, filters, out, limit)
    session.tell_doubts()
    raise typer.Exit(session.code(found=found))


def _search(session: Session, words: str, filters: "Filters", out: "Out", limit: int | None) -> bool:
    """Write what is found, and say whether it was anything."""
    from aiwei_cli.store.search import table, words_asked

    screen = out.format.screen
    most = min(limit, _MOST) if limit else (20 if screen and out.path is None else None)
    ledger = session.ledger or _in_memory(session)
    asked, answer = ledger.search(words, filters, session.rules.offices, most)
    if answer.rows and not answer.every:
        complain(f"没有同时有“{'”“'.join(words_asked(words))}”的事项，列出有其中一些的")
    found = out.table(table(answer, asked, marked=screen))
    if answer.total > len(answer.rows):
        complain(f"共找到 {answer.total} 个事项，列出最相关的 {len(answer.rows)} 个；要多列就用 --limit")
    if not found and session.read:
        for sentence in list(session.unfitting()) or [f"没有找到有“{words.strip()}”的事项"]:
            complain(sentence)
    return found


def _in_memory(session: Session) -> "Ledger":
    """A ledger of the notices that were given as files, for this one question."""
    from aiwei_cli.store.add import in_memory
    from aiwei_cli.store.query import Ledger

    store = in_memory(session.rules.offices)
    store.add_apart(store.entry(notice) for notice in session.notices())
    return Ledger(store.connection, name=store.path)
