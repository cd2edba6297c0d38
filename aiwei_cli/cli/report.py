"""The command that tells how far everything is: report."""

from typing import Annotated

import typer

from aiwei_cli.cli import options
from aiwei_cli.cli.holdings import File
from aiwei_cli.cli.ledgers import AsOf, LedgerFile, day_of, existing_ledger
from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import UsageError

FORMATS = ("table", "md", "xlsx", "docx", "html", "json", "yaml")
Grouped = Annotated[
    str,
    typer.Option("--by", metavar="office|notice|section", help="按单位（默认）、公文或章节列表", show_default=False),
]
Format = Annotated[
    str | None, typer.Option("--format", metavar="格式", help="格式：table、md、xlsx、docx、html、json、yaml")
]


def report(
    file: File = None,
    ledger: LedgerFile = None,
    as_of: AsOf = None,
    by: Grouped = "office",
    office: options.Office = None,
    notice: options.NoticeWords = None,
    year: options.Year = None,
    format: Format = None,
    output: options.Output = None,
    rules: options.RulesDir = None,
) -> None:
    """通报办理情况：共几件、办结几件、占多少，各单位各多少，哪些逾期，谁没有反馈。

    例子：
      aiwei report tasks.db
      aiwei report tasks.db --as-of 2024-06-30 -o 通报.docx
      aiwei report tasks.db --by notice -o 通报.xlsx
    """
    from aiwei_cli.api.asking import filters_of
    from aiwei_cli.cli.output import Out
    from aiwei_cli.cli.session import Session, which
    from aiwei_cli.tracking.bulletin import BY, bulletin
    from aiwei_cli.tracking.events import every
    from aiwei_cli.tracking.standing import valid
    from aiwei_cli.write import write_data
    from aiwei_cli.write.pages import Pages, write_pages

    if by not in BY:
        raise UsageError(f"--by 只能是 office（单位）、notice（公文）或 section（章节），不能是“{by}”")
    path, day = existing_ledger(file or ledger, "aiwei report"), day_of(as_of)
    out = Out(format=format, output=output, piped="md", among=FORMATS, labels="zh")
    session = Session([path], rules=rules, which=which(notice, year, False), as_of=as_of and day)
    book = session.ledger
    assert book is not None, "the file was looked at"
    table = book.hits_table(filters_of(office=office), "item", session.rules.offices)
    with book.complaints():
        known = valid(every(book.connection), as_of and day)
        told = {(event.task or 0, event.office) for event in known if event.status}
    found = bulletin(table.rows, day, by, told)
    if not found.total.items:
        for sentence in list(session.unfitting()) or [f"{path}：没有符合条件的任务"]:
            complain(sentence)
        raise typer.Exit(1)
    if out.format.trees:
        out.write(lambda stream: write_data(found.data(), stream, out.format))
    else:
        pages = Pages(found.title, [found.text(), *found.notes()], found.tables())
        out.write(lambda stream: write_pages(pages, stream, out.format, out.style))
