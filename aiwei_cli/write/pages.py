"""A text with several tables, in each format that people read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from aiwei_cli.query.table import Table
from aiwei_cli.records import NamedTuple
from aiwei_cli.write import Format, Style
from aiwei_cli.write.cells import printable
from aiwei_cli.write.xml import escaped


class Pages(NamedTuple):
    """A title, paragraphs, and tables with their names."""

    title: str
    paragraphs: Sequence[str]
    tables: Sequence[Table]


def write_pages(pages: Pages, out: TextIO, format: Format, style: Style) -> None:
    """Write them in a format for people."""
    {"table": _screen, "md": _markdown, "xlsx": _xlsx, "docx": _docx, "html": _html}[format.name](
        pages, out, format, style
    )


def _screen(pages: Pages, out: TextIO, format: Format, style: Style) -> None:
    from aiwei_cli.write.screen import write_table

    print(printable(pages.title), *map(printable, pages.paragraphs), sep="\n", file=out)
    for table in pages.tables:
        print(f"\n{printable(table.name)}", file=out)
        out.flush()
        write_table(table, out, format, style)


def _markdown(pages: Pages, out: TextIO, format: Format, style: Style) -> None:
    from aiwei_cli.write.markdown import inline, write_table

    out.write(f"# {inline(pages.title)}\n")
    out.writelines(f"\n{inline(paragraph)}\n" for paragraph in pages.paragraphs)
    for table in pages.tables:
        out.write(f"\n## {inline(table.name)}\n\n")
        write_table(table, out, format, style)


def _xlsx(pages: Pages, out: TextIO, format: Format, style: Style) -> None:
    from aiwei_cli.write.xlsx import write_sheets

    write_sheets(pages.title, pages.paragraphs, pages.tables, out, style)


def _docx(pages: Pages, out: TextIO, format: Format, style: Style) -> None:
    from aiwei_cli.write.docx import write_tables

    write_tables(pages.title, pages.paragraphs, pages.tables, out, style)


def _html(pages: Pages, out: TextIO, format: Format, style: Style) -> None:
    from aiwei_cli.write.html import bare_table, opening

    out.writelines(opening(pages.title, script=""))
    out.write(f"<header><h1>{escaped(pages.title)}</h1></header>\n<main>")
    out.write(f"<section>{''.join(f'<p>{escaped(paragraph)}</p>' for paragraph in pages.paragraphs)}</section>\n")
    for number, table in enumerate(pages.tables):
        name = "items" if not number else f"t{number}"
        out.write(f'<section id="{name}" class="rows" aria-labelledby="h{number}">')
        out.write(f'<h2 id="h{number}">{escaped(table.name)}</h2>\n')
        out.writelines(bare_table(table, style))
        out.write("</section>\n")
    out.write("</main></body></html>\n")
