"""Commands that count duties: offices, matrix."""

from aiwei_cli.cli import options
from aiwei_cli.cli.question import ask, finish, witness_of
from aiwei_cli.cli.session import Care, Session, which
from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import UsageError


def offices(
    files: options.Files = None,
    office: options.Office = None,
    role: options.Role = None,
    stated: options.Stated = None,
    section: options.Section = None,
    own: options.Own = False,
    unknown: options.Unknown = False,
    by_place: options.ByPlace = False,
    notice: options.NoticeWords = None,
    year: options.Year = None,
    all_versions: options.AllVersions = False,
    format: options.Format = None,
    output: options.Output = None,
    header: options.Header = None,
    labels: options.Labels = None,
    quiet: options.Quiet = False,
    rules: options.RulesDir = None,
) -> None:
    """列出各单位：牵头、负责、配合各有几项，还有它的其他名称。

    例子：
      aiwei offices 通知.txt
      aiwei offices 文件夹 --role 牵头
      aiwei offices 文件夹 --unknown --format yaml -o 我的规则/offices.yaml
    """
    from aiwei_cli.api.asking import filters_of
    from aiwei_cli.cli.output import Out
    from aiwei_cli.query.tally import offices_table
    from aiwei_cli.write.draft import write_draft

    filters = filters_of(office=office, role=role, section=section, own=own, stated=stated)
    out = Out(format=format, output=output, header=header, labels=labels, bare=True)
    session = Session(files, rules=rules, which=which(notice, year, all_versions), care=Care(quiet))
    names = session.rules.offices
    if by_place:
        from aiwei_cli.query.tally import placed_table

        hits, witness = ask(session, filters)
        table = placed_table(hits, names)
    elif session.ledger is not None:
        table, witness = session.ledger.offices_table(filters, names), witness_of(session, filters)
    else:
        hits, witness = ask(session, filters)
        table = offices_table(hits, names)
    if unknown:
        table = table._replace(rows=(row for row in table.rows if not row.get("known")))
        if out.format.drafts:
            rows = list(table.rows)
            if rows:
                out.write(lambda stream: write_draft(rows, stream))
            finish(session, witness, found=bool(rows))
    finish(session, witness, found=out.table(table))


def matrix(
    files: options.Files = None,
    office: options.Office = None,
    role: options.Role = None,
    stated: options.Stated = None,
    section: options.Section = None,
    keyword: options.Keyword = None,
    words: options.Words = False,
    due_before: options.DueBefore = None,
    own: options.Own = False,
    notice: options.NoticeWords = None,
    year: options.Year = None,
    all_versions: options.AllVersions = False,
    depth: options.Depth = None,
    top: options.Top = None,
    format: options.Format = None,
    output: options.Output = None,
    header: options.Header = None,
    labels: options.Labels = None,
    quiet: options.Quiet = False,
    rules: options.RulesDir = None,
) -> None:
    """列出单位和章节的矩阵：每个单位在每个章节牵头、负责、配合各有几项。

    在屏幕上一行一个单位、一列一个章节，事项越多颜色越深；在管道里一行一个单位的一个章节。

    例子：
      aiwei matrix 通知.txt
      aiwei matrix 通知.txt --role 牵头 --depth 1
      aiwei matrix 文件夹 -o 矩阵.xlsx
    """
    from aiwei_cli.api.asking import filters_of
    from aiwei_cli.cli.output import Out
    from aiwei_cli.query.matrix import busiest
    from aiwei_cli.query.matrix import matrix as count

    filters = filters_of(
        office=office,
        role=role,
        section=section,
        keyword=keyword,
        words=words,
        due_before=due_before,
        own=own,
        stated=stated,
    )
    if depth is not None and depth < 0:
        raise UsageError(f"--depth 是层数，不能是 {depth}；请写 0、1、2 ……")
    if top is not None and top < 1:
        raise UsageError(f"--top 是单位的个数，不能是 {top}；请写 1、2、3 ……")
    out = Out(format=format, output=output, header=header, labels=labels, bare=True)
    session = Session(files, rules=rules, which=which(notice, year, all_versions), care=Care(quiet))
    hits, witness = ask(session, filters)
    counted = count(hits, depth)
    if top is not None and len(counted.offices) > top:
        complain(f"只列责任最多的 {top} 个单位，另有 {len(counted.offices) - top} 个单位没有列")
        counted = busiest(counted, top)
    finish(session, witness, found=out.matrix(counted))
