"""Commands about tasks and who has to do them: list, export."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from aiwei_cli.cli import complain, options, stands
from aiwei_cli.cli.ledgers import AsOf, day_of
from aiwei_cli.cli.session import Care, Session, which
from aiwei_cli.errors import UsageError

if TYPE_CHECKING:
    from aiwei_cli.cli.output import Out
    from aiwei_cli.query import Filters, Hit
    from aiwei_cli.query.absent import Witness
    from aiwei_cli.query.table import Per, Table
    from aiwei_cli.tracking.lights import Lamps


def list_(
    files: options.Files = None,
    office: options.Office = None,
    role: options.Role = None,
    stated: options.Stated = None,
    section: options.Section = None,
    keyword: options.Keyword = None,
    words: options.Words = False,
    due_before: options.DueBefore = None,
    due: stands.Due = None,
    due_by: stands.DueBy = None,
    overdue: stands.Overdue = False,
    as_of: AsOf = None,
    status: stands.Status = None,
    light: stands.Light = None,
    no_owner: options.NoOwner = False,
    owned: stands.IsOwned = False,
    own: options.Own = False,
    as_written: stands.AsWritten = False,
    task: options.Task = None,
    issuer: stands.Issuer = None,
    notice: options.NoticeWords = None,
    year: options.Year = None,
    all_versions: options.AllVersions = False,
    per: options.Per = "item",
    sort: stands.Sort = None,
    columns: stands.Columns = None,
    limit: stands.Limit = None,
    brief: options.Brief = False,
    format: options.Format = None,
    output: options.Output = None,
    header: options.Header = None,
    labels: options.Labels = None,
    no_doubts: options.NoDoubts = False,
    no_persons: options.NoPersons = False,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
    rules: options.RulesDir = None,
) -> None:
    """列出事项：谁牵头、谁负责、谁配合、什么时候完成。

    同一个选项写几次，符合其中一个就行；不同的选项要都符合。
    在屏幕上是表格，在管道里一行一个事项（制表符分隔，没有表头）。

    例子：
      aiwei list 通知.txt --office 综合执法局
      aiwei list 通知.txt --office 社会事务办 --role 牵头
      aiwei list 通知.txt --section 二 --keyword "厕所 卫生"
      aiwei list 文件夹 --due-before 2023-07-01
      aiwei list 通知.txt --no-owner
      aiwei list 台账.db --overdue --columns task,item,lead,due,light
    """
    from aiwei_cli.api.asking import filters_of, read_per
    from aiwei_cli.cli.output import Out

    filters = filters_of(
        office=office,
        role=role,
        section=section,
        keyword=keyword,
        words=words,
        due_before=due_before,
        no_owner=no_owner,
        own=own,
        stated=stated,
    )
    unit, day, asked = read_per(per, filters), day_of(as_of), which(notice, year, all_versions)
    shape = stands.RowShape(sort, columns, limit, day).checked()

    def narrowed(session: Session) -> "Filters":
        how = stands.How(due, due_by, overdue, status, light, owned, issuer)
        return stands.narrowed(_tasked(filters, task, session), session, day, how)

    out = Out(format=format, output=output, header=header, labels=labels, bare=True, brief=brief)
    care = Care(quiet, strict, no_doubts, no_persons)
    session = Session(files, rules=rules, which=asked, care=care, as_of=as_of and day, as_written=as_written)
    filters = narrowed(session)
    table, witness = _table(session, filters, unit)
    finish(session, witness, found=out.table(shape.table(table, lights_of(session, columns))))


def export(
    files: options.Files = None,
    office: options.Office = None,
    role: options.Role = None,
    stated: options.Stated = None,
    section: options.Section = None,
    keyword: options.Keyword = None,
    words: options.Words = False,
    due_before: options.DueBefore = None,
    due: stands.Due = None,
    due_by: stands.DueBy = None,
    overdue: stands.Overdue = False,
    as_of: AsOf = None,
    status: stands.Status = None,
    light: stands.Light = None,
    no_owner: options.NoOwner = False,
    owned: stands.IsOwned = False,
    own: options.Own = False,
    as_written: stands.AsWritten = False,
    task: options.Task = None,
    issuer: stands.Issuer = None,
    notice: options.NoticeWords = None,
    year: options.Year = None,
    all_versions: options.AllVersions = False,
    per: options.Per = "item",
    sort: stands.Sort = None,
    columns: stands.Columns = None,
    limit: stands.Limit = None,
    weight: options.Weight = "task",
    split_by: options.SplitBy = None,
    title: options.Title = None,
    remind: stands.Remind = 3,
    force: options.Force = False,
    format: options.ExportFormat = None,
    output: options.Output = None,
    header: options.Header = None,
    labels: options.Labels = None,
    no_doubts: options.NoDoubts = False,
    no_persons: options.NoPersons = False,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
    rules: options.RulesDir = None,
) -> None:
    """导出任务分解表：一行一个事项，或一行一个单位的一项责任。

    默认是 CSV；有 -o 时写成 Excel、WPS 双击就能打开的样子，格式也可由文件的扩展名看出：
    xlsx 有任务分解表、责任清单、矩阵三张工作表，docx 供打印，html 是能筛选的网页，md 还带上整篇正文，
    sqlite（.db）是整篇公文的数据库，可以用 SQL 查，也可以再交给 aiwei。

    例子：
      aiwei export 通知.txt -o 任务分解表.xlsx
      aiwei export 通知.txt -o 各单位任务.xlsx --split-by office
      aiwei export 通知.txt -o 各单位 --split-by office --format docx
      aiwei export 通知.txt --per duty --format csv > duties.csv
      aiwei export 台账.db --office 水利局 -o 提醒.ics
      aiwei export 文件夹 --per pair -o 协作.graphml
    """
    from aiwei_cli.api.asking import filters_of, read_per
    from aiwei_cli.cli.output import Out
    from aiwei_cli.query import Filters
    from aiwei_cli.write import FORMATS

    filters = filters_of(
        office=office,
        role=role,
        section=section,
        keyword=keyword,
        words=words,
        due_before=due_before,
        no_owner=no_owner,
        own=own,
        stated=stated,
    )
    unit, day, asked = read_per(per, filters), day_of(as_of), which(notice, year, all_versions)
    shape = stands.RowShape(sort, columns, limit, day).checked()

    def narrowed(session: Session) -> "Filters":
        how = stands.How(due, due_by, overdue, status, light, owned, issuer)
        return stands.narrowed(_tasked(filters, task, session), session, day, how)

    def lamps(session: Session) -> "Lamps":
        from aiwei_cli.tracking.lights import Lamps

        return Lamps(day, session.rules.data["lights"], fixed=as_of is not None)

    # What is made for one office goes to it.
    care = Care(quiet, strict, no_doubts or bool(filters.offices) or split_by == "office", no_persons)
    if split_by is not None:
        from aiwei_cli.cli.split import SplitOutput
        from aiwei_cli.write.doubts import Doubts

        parts = SplitOutput(
            split_by, format=format, output=output, header=header, labels=labels, force=force, title=title or ""
        )
        session = Session(files, rules=rules, which=asked, care=care, as_of=as_of and day, as_written=as_written)
        session.doubtful = Doubts()
        filters = narrowed(session)
        if unit == "pair":
            raise UsageError("--split-by 分的是事项，不能和 --per pair 一起用；请去掉其中一个")
        hits, witness = ask(session, filters)
        parts.lights = lamps(session)
        finish(session, witness, found=parts.write(shape.hits(hits), unit, session.doubtful))
    if force:
        raise UsageError("--force 只和 --split-by 一起用；-o 写一个文件时总是覆盖旧的")
    out = Out(
        format=format,
        output=output,
        header=header,
        labels=labels,
        piped="csv",
        terminal="csv",
        among=tuple(FORMATS),
    )
    if title:
        out.titled()
    session = Session(files, rules=rules, which=asked, care=care, as_of=as_of and day, as_written=as_written)
    filters = narrowed(session)
    if out.format.network or unit == "pair":
        hits, witness = ask(session, filters)
        finish(session, witness, found=_pairs(session, out, hits, unit, weight))
    if out.format.calendar:
        hits, witness = ask(session, filters)
        finish(session, witness, found=_calendar(out, shape.hits(hits), remind))
    if out.format.database:
        raise typer.Exit(_database(session, out, whole=filters == Filters()))
    if out.format.notices and filters == Filters() and shape.plain:
        raise typer.Exit(_report(session, out, unit))
    if out.format.reports and columns is None:
        from aiwei_cli.write.doubts import Doubts
        from aiwei_cli.write.report import Report

        session.doubtful = Doubts()
        hits, witness = ask(session, filters)
        found, lights = shape.hits(hits), lamps(session)
        report = Report(found, unit, doubtful=session.doubtful, heading=title or "", lights=lights)
        finish(session, witness, found=out.report(report))
    table, witness = _table(session, filters, unit)
    finish(session, witness, found=out.table(shape.table(table, lights_of(session, columns))))


def lights_of(session: Session, columns: str | None) -> "Mapping[str, Any] | None":
    """The rules of lights, where a column of lights may be asked for."""
    return None if columns is None else session.rules.data["lights"]


def _calendar(out: "Out", hits: "Iterable[Hit]", days: int) -> bool:
    """The days on which something is due, as a calendar."""
    from aiwei_cli.tracking.clock import now
    from aiwei_cli.write.ics import write_calendar

    if not 0 <= days <= 366:
        raise UsageError(f"--remind 是提前几天，从 0 到 366，不能是 {days}")
    every = [hit for hit in hits if hit.place.node.deadlines or hit.place.node.moved]
    counts: list[int] = []
    if every:
        out.write(lambda stream: counts.append(write_calendar(every, stream, days=days, stamp=now())))
        complain(f"日历里有 {counts[0]} 个日子，提前 {days} 天提醒")
    return bool(every)


def _pairs(session: Session, out: "Out", hits: "Iterator[Hit]", per: "Per", weight: str) -> bool:
    """Who works with whom: as rows, or as a network of the offices."""
    from aiwei_cli.api.asking import read_weight, table_of

    shared = read_weight(weight)
    if not out.format.network:
        return out.table(table_of(hits, per, session.rules, shared))
    if per != "pair":
        raise UsageError(f"{out.format.name} 是单位之间的网络；请加上 --per pair")
    from aiwei_cli.write.network import network, write_network

    found = network(hits, session.rules.offices, shared)
    if found.nodes:
        out.write(lambda stream: write_network(found, stream, out.format))
    return bool(found.nodes)


def _report(session: Session, out: "Out", per: "Per") -> int:
    """Whole notices in Markdown, each with the table of its tasks."""
    from aiwei_cli.write.markdown import write_reports

    notices = session.notices()
    first = next(notices, None)
    if first is None:
        return session.code()
    from itertools import chain

    out.write(lambda stream: write_reports(chain((first,), notices), stream, out.style, per))
    session.tell_doubts()
    return session.code()


def _database(session: Session, out: "Out", *, whole: bool) -> int:
    """Whole notices in a database that can be asked again."""
    from aiwei_cli.write.sqlite import write_database

    if not whole:
        raise UsageError("SQLite 数据库里是整篇公文，不能只要其中几项；可以用 --notice、--year 选公文，其余条件请去掉")
    notices = session.notices()
    first = next(notices, None)
    if first is None:
        for sentence in session.unfitting():
            complain(sentence)
        return session.code(found=False)
    from itertools import chain

    out.write(lambda stream: write_database(chain((first,), notices), stream, session.rules.offices))
    session.tell_doubts()
    return session.code()


def _tasked(filters: "Filters", task: list[str] | None, session: Session) -> "Filters":
    """The filters with the tasks that were asked for, which only the ledger knows."""
    if not task:
        return filters
    from aiwei_cli.cli.places import resolved

    return filters._replace(tasks=resolved(task, session))


def _table(session: Session, filters: "Filters", per: "Per") -> "tuple[Table, Witness]":
    """The table of what answers: of a ledger straight from its rows."""
    care = session.care
    plain = per != "pair" and not (care.no_doubts or care.no_persons)
    if session.ledger is not None and plain and not session.ledger.has_own_columns():
        return session.ledger.hits_table(filters, per, session.rules.offices), witness_of(session, filters)
    from aiwei_cli.api.asking import table_of

    hits, witness = ask(session, filters)
    return table_of(hits, per, session.rules, tell=complain), witness


def ask(session: Session, filters: "Filters") -> "tuple[Iterator[Hit], Witness]":
    """What answers in all notices of the session, and the witness of the names that were there."""
    from aiwei_cli.query.filters import selector

    witness, find = witness_of(session, filters), selector(filters, session.rules.offices)
    return (hit for notice in witness.watch(session.notices(filters)) for hit in find(notice)), witness


def witness_of(session: Session, filters: "Filters") -> "Witness":
    """What knows which of the names that are asked for are in the notices of the session."""
    if session.ledger is not None:
        from aiwei_cli.store.names import LedgerWitness

        return LedgerWitness(filters, session.rules.offices, session.ledger)
    from aiwei_cli.query.absent import Witness

    return Witness(filters, session.rules.offices)


def finish(session: Session, witness: "Witness", *, found: bool) -> NoReturn:
    """Say what was asked for in vain and that there are doubts, and leave with the exit code."""
    if session.read:
        unfitting = [] if found else [f"没有符合条件的事项：{sentence}" for sentence in session.unfitting()]
        for sentence in unfitting or (witness.unknown() if found else witness.nothing()):
            complain(sentence)
    session.tell_doubts()
    raise typer.Exit(session.code(found=found))
