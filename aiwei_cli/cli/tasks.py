"""Commands about tasks and who has to do them: list, export, offices."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from aiwei_cli.cli import complain, options
from aiwei_cli.cli.session import Session
from aiwei_cli.errors import UsageError

if TYPE_CHECKING:
    from aiwei_cli.cli.output import Out
    from aiwei_cli.query import Filters, Hit
    from aiwei_cli.query.absent import Witness
    from aiwei_cli.query.table import Per


def list_(
    files: options.Files = None,
    office: options.Office = None,
    role: options.Role = None,
    section: options.Section = None,
    keyword: options.Keyword = None,
    words: options.Words = False,
    due_before: options.DueBefore = None,
    no_owner: options.NoOwner = False,
    own: options.Own = False,
    per: options.Per = "item",
    format: options.Format = None,
    output: options.Output = None,
    header: options.Header = None,
    labels: options.Labels = None,
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
    """
    from aiwei_cli.cli.output import Out
    from aiwei_cli.query.table import hits_table

    filters = _filters(office, role, section, keyword, words, due_before, no_owner, own)
    unit = _per(per, filters)
    out = Out(format=format, output=output, header=header, labels=labels, bare=True)
    session = Session(files, rules=rules)
    hits, witness = _ask(session, filters)
    _finish(session, witness, found=out.table(hits_table(hits, unit)))


def export(
    files: options.Files = None,
    office: options.Office = None,
    role: options.Role = None,
    section: options.Section = None,
    keyword: options.Keyword = None,
    words: options.Words = False,
    due_before: options.DueBefore = None,
    no_owner: options.NoOwner = False,
    own: options.Own = False,
    per: options.Per = "item",
    format: options.Format = None,
    output: options.Output = None,
    header: options.Header = None,
    labels: options.Labels = None,
    rules: options.RulesDir = None,
) -> None:
    """导出任务分解表：一行一个事项，或一行一个单位的一项责任。

    默认是 CSV；有 -o 时写成 Excel、WPS 双击就能打开的样子，格式也可由文件的扩展名看出。
    Markdown 还带上整篇正文。

    例子：
      aiwei export 通知.txt -o 任务分解表.csv
      aiwei export 通知.txt --per duty --format csv > duties.csv
      aiwei export 文件夹 --office 综合执法局 -o 综合执法局.md
    """
    from aiwei_cli.cli.output import Out
    from aiwei_cli.query import Filters
    from aiwei_cli.query.table import hits_table

    filters = _filters(office, role, section, keyword, words, due_before, no_owner, own)
    unit = _per(per, filters)
    out = Out(format=format, output=output, header=header, labels=labels, piped="csv", terminal="csv")
    session = Session(files, rules=rules)
    if out.format.name == "md" and filters == Filters():
        raise typer.Exit(_report(session, out, unit))
    hits, witness = _ask(session, filters)
    _finish(session, witness, found=out.table(hits_table(hits, unit)))


def _report(session: Session, out: "Out", per: "Per") -> int:
    """Whole notices in Markdown, each with the table of its tasks."""
    from aiwei_cli.write.markdown import write_reports

    notices = session.notices()
    first = next(notices, None)
    if first is None:
        return session.code()
    from itertools import chain

    out.write(lambda stream: write_reports(chain((first,), notices), stream, out.style, per))
    return session.code()


def offices(
    files: options.Files = None,
    office: options.Office = None,
    role: options.Role = None,
    section: options.Section = None,
    own: options.Own = False,
    format: options.Format = None,
    output: options.Output = None,
    header: options.Header = None,
    labels: options.Labels = None,
    rules: options.RulesDir = None,
) -> None:
    """列出各单位：牵头、负责、配合各有几项，还有它的其他名称。

    例子：
      aiwei offices 通知.txt
      aiwei offices 文件夹 --role 牵头
    """
    from aiwei_cli.cli.output import Out
    from aiwei_cli.query.tally import offices_table

    filters = _filters(office, role, section, None, False, None, False, own)
    out = Out(format=format, output=output, header=header, labels=labels, bare=True)
    session = Session(files, rules=rules)
    hits, witness = _ask(session, filters)
    _finish(session, witness, found=out.table(offices_table(hits, session.rules.offices)))


def _filters(
    office: list[str] | None,
    role: list[str] | None,
    section: list[str] | None,
    keyword: list[str] | None,
    words: bool,
    due_before: str | None,
    no_owner: bool,
    own: bool,
) -> "Filters":
    """The options as filters. Raises UsageError for values that cannot be used."""
    from aiwei_cli.query import Filters
    from aiwei_cli.query.asked import read_date, read_role

    for name, values in (("--office", office), ("--section", section), ("--keyword", keyword)):
        if any(not value.strip() for value in values or ()):
            raise UsageError(f"{name} 后面是空的；请写上要找的内容，或去掉这个选项")
    return Filters(
        offices=tuple(office or ()),
        roles=tuple(read_role(written) for written in role or ()),
        sections=tuple(section or ()),
        keywords=tuple(keyword or ()),
        words=words,
        due_before=read_date(due_before) if due_before is not None else None,
        no_owner=no_owner,
        own=own,
    )


def _per(written: str, filters: "Filters") -> "Per":
    if written not in ("item", "duty"):
        raise UsageError(f"--per 只能是 item（一行一个事项）或 duty（一行一项责任），不能是“{written}”")
    if written == "duty" and filters.no_owner:
        raise UsageError("--no-owner 找的是没有责任单位的事项，没有责任可列；请去掉 --per duty")
    return "duty" if written == "duty" else "item"


def _ask(session: Session, filters: "Filters") -> "tuple[Iterator[Hit], Witness]":
    """What answers in all notices of the session, and the witness of the names that were there."""
    from aiwei_cli.query import selector
    from aiwei_cli.query.absent import Witness

    offices = session.rules.offices
    witness, find = Witness(filters, offices), selector(filters, offices)
    return (hit for notice in witness.watch(session.notices()) for hit in find(notice)), witness


def _finish(session: Session, witness: "Witness", *, found: bool) -> None:
    """Say what was asked for in vain, and leave with the exit code."""
    if session.read:
        for sentence in witness.unknown() if found else witness.nothing():
            complain(sentence)
    raise typer.Exit(session.code(found=found))
