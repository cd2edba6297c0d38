"""Commands about whole notices and single places: parse, show, sections, why."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from aiwei_cli.cli import options
from aiwei_cli.cli.places import asked, places
from aiwei_cli.cli.session import Care, Session, which
from aiwei_cli.cli.streams import complain
from aiwei_cli.plain_text import one_line

if TYPE_CHECKING:
    from aiwei_cli.notice.model import Notice


def parse(
    files: options.Files = None,
    notice: options.NoticeWords = None,
    year: options.Year = None,
    all_versions: options.AllVersions = False,
    format: options.TreeFormat = None,
    output: options.Output = None,
    verify: Annotated[bool, typer.Option("--verify", help="只核对各部分能否还原原文，显示覆盖率")] = False,
    strict: options.Strict = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="不在屏幕上提示疑点（输出里仍有）")] = False,
    rules: options.RulesDir = None,
) -> None:
    """读公文，输出整篇的结构：标题、编号事项、责任分工、时限、引用。

    默认写成 YAML；几篇公文时每篇一份，JSON 则是一个列表。
    疑点（如序号后面缺了点）显示在屏幕上，也在输出的 diagnostics 里。

    例子：
      aiwei parse 通知.txt
      aiwei parse 通知.txt --format json -o 通知.json
      aiwei parse 文件夹 --verify
    """
    from aiwei_cli.cli.output import Out
    from aiwei_cli.write import TREES, write_notices

    care = Care(quiet, strict)
    session = Session(files, rules=rules, which=which(notice, year, all_versions), care=care)
    if verify:
        raise typer.Exit(_verify(session))
    out = Out(format=format, output=output, piped="yaml", terminal="yaml", among=TREES)
    notices = _some(_noted(session.notices(), quiet))
    if notices is None:
        raise typer.Exit(session.code())
    out.write(lambda stream: write_notices(notices, stream, out.format, single=session.single))
    raise typer.Exit(session.code())


def _some(notices: "Iterator[Notice]") -> "Iterator[Notice] | None":
    """The notices, or None where there are none: then no file is made."""
    from itertools import chain

    first = next(notices, None)
    return None if first is None else chain((first,), notices)


def _noted(notices: "Iterable[Notice]", quiet: bool) -> "Iterator[Notice]":
    """The notices, while what a person should look at goes to standard error."""
    from aiwei_cli.cli.streams import in_json
    from aiwei_cli.query.doubts import told

    quiet = quiet or in_json()  # a program is told by the session
    for notice in notices:
        where = notice.source.path or "-"
        if not notice.body:
            nothing = "没有读到编号的事项" + ("" if notice.duties else "，也没有责任分工")
            complain(f"{where}：{nothing}", file=where)
        # T004 was said when the file was read.
        for line in () if quiet else told([each for each in notice.diagnostics if each.code != "T004"], where):
            complain(line)
        yield notice


def _verify(session: Session) -> int:
    """Print how much of each source its parts give back; 1 where it is not all."""
    from aiwei_cli.notice.parts import verify

    whole = True
    for notice in session.notices():
        where = one_line(notice.source.path or "-")
        if notice.source.characters and not notice.text:
            complain(f"{where}：这是解析结果，没有附原文，不能核对；请给出公文的原文件", file=where)
            whole = False
            continue
        result = verify(notice)
        whole = whole and result.ok
        percent = f"{result.coverage * 100:.2f}".rstrip("0").rstrip(".")
        print(f"{where}\t覆盖率 {percent} %\t{len(notice.text)} 字\t{'能还原原文' if result.ok else '不能还原原文'}")
        for problem in result.problems:
            complain(f"{where}：{problem}", file=where)
    return session.code(found=whole)


def show(
    ids: options.Ids = None,
    task: options.Task = None,
    notice: options.NoticeWords = None,
    year: options.Year = None,
    all_versions: options.AllVersions = False,
    format: options.TreeFormat = None,
    rules: options.RulesDir = None,
) -> None:
    """显示一个事项的全部内容：任务、分工、时限、引用和原文所在的行。

    例子：
      aiwei show 一/（一）/6 通知.txt
      aiwei show 6 通知.txt
      aiwei show --task 12 台账.db
      aiwei show 2/3 通知.txt --format json
    """
    wanted = asked(ids, task, "show")
    found = list(places(wanted, Session(wanted.files, rules=rules, which=which(notice, year, all_versions))))
    if format is None:
        from aiwei_cli.write.card import card

        sys.stdout.write("\n".join(map(card, found)))
    else:
        from aiwei_cli.notice.tree import to_tree
        from aiwei_cli.write import TREES, format_named, write_data

        trees = [{**to_tree(place.node), **_whose(place.notice)} for place in found]
        write_data(trees[0] if len(trees) == 1 else trees, sys.stdout, format_named(format, TREES))


def _whose(notice: "Notice") -> dict[str, str | None]:
    """Which notice an item is of, for a program that keeps the item alone."""
    return {"notice": notice.title, "path": notice.source.path, "sha256": notice.source.sha256}


def why(
    ids: options.Ids = None,
    task: options.Task = None,
    notice: options.NoticeWords = None,
    year: options.Year = None,
    all_versions: options.AllVersions = False,
    format: options.TreeFormat = None,
    rules: options.RulesDir = None,
) -> None:
    """说明一个事项是怎么读出来的：哪条规则把哪些字读成了什么，哪些括号看过但没有当作分工。

    例子：
      aiwei why 一/（一）/6 通知.txt
      aiwei why 8 通知.txt
      aiwei why 8 通知.txt --format json
    """
    from aiwei_cli.why import why as explain
    from aiwei_cli.why import why_data

    wanted = asked(ids, task, "why")
    session = Session(wanted.files, rules=rules, which=which(notice, year, all_versions))
    found = list(places(wanted, session))
    if format is None:
        for place in found:
            for line in explain(place.notice, place.node, session.rules):
                print(line)
    else:
        from aiwei_cli.write import TREES, format_named, write_data

        data = [why_data(place.notice, place.node, session.rules) for place in found]
        write_data(data[0] if len(data) == 1 else data, sys.stdout, format_named(format, TREES))


def sections(
    files: options.Files = None,
    notice: options.NoticeWords = None,
    year: options.Year = None,
    all_versions: options.AllVersions = False,
    format: options.Format = None,
    output: options.Output = None,
    header: options.Header = None,
    labels: options.Labels = None,
    rules: options.RulesDir = None,
) -> None:
    """列出公文的章节，每个章节有多少事项、多少责任。

    例子：
      aiwei sections 通知.txt
      aiwei sections 通知.txt --format json
    """
    from aiwei_cli.cli.output import Out
    from aiwei_cli.query.tally import sections_table

    session = Session(files, rules=rules, which=which(notice, year, all_versions))
    out = Out(format=format, output=output, header=header, labels=labels, bare=True)
    found = out.table(sections_table(session.notices()))
    if not found and session.read:
        complain("没有读到编号的章节")
    raise typer.Exit(session.code(found=found))
