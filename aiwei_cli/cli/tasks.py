"""Commands about tasks and who has to do them: list, export."""

from aiwei_cli.cli import options, stands
from aiwei_cli.cli.ledgers import AsOf, day_of
from aiwei_cli.cli.question import Question, answer, finish, lights_of
from aiwei_cli.cli.session import Care, which
from aiwei_cli.errors import UsageError


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
    unit, day = read_per(per, filters), day_of(as_of)
    question = Question(
        filters,
        unit,
        stands.RowShape(sort, columns, limit, day).checked(),
        stands.How(due, due_by, overdue, status, light, owned, issuer),
        task,
        which(notice, year, all_versions),
        as_of and day,
    )
    out = Out(format=format, output=output, header=header, labels=labels, bare=True, brief=brief)
    care = Care(quiet, strict, no_doubts, no_persons)
    session = question.session(files, rules=rules, care=care, as_written=as_written)
    table, witness = answer(session, question.narrowed(session), question.per)
    finish(session, witness, found=out.table(question.shape.table(table, lights_of(session, columns))))


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
    from aiwei_cli.cli.exporting import Export
    from aiwei_cli.cli.output import Out
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
    unit, day = read_per(per, filters), day_of(as_of)
    question = Question(
        filters,
        unit,
        stands.RowShape(sort, columns, limit, day).checked(),
        stands.How(due, due_by, overdue, status, light, owned, issuer),
        task,
        which(notice, year, all_versions),
        as_of and day,
    )
    # What is made for one office goes to it.
    care = Care(quiet, strict, no_doubts or bool(filters.offices) or split_by == "office", no_persons)
    if split_by is not None:
        from aiwei_cli.cli.split import SplitOutput

        parts = SplitOutput(
            split_by, format=format, output=output, header=header, labels=labels, force=force, title=title or ""
        )
    elif force:
        raise UsageError("--force 只和 --split-by 一起用；-o 写一个文件时总是覆盖旧的")
    else:
        parts, among = None, tuple(FORMATS)
        out = Out(format=format, output=output, header=header, labels=labels, piped="csv", terminal="csv", among=among)
        if title:
            out.titled()
    session = question.session(files, rules=rules, care=care, as_written=as_written)
    export = Export(question, session, title=title or "", weight=weight, remind=remind)
    if parts is not None:
        export.split(parts)
    export.whole(out)
