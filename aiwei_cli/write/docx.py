"""Word documents: a table for printing, on landscape A4, with its header on every page.

Everything but the table itself is the same in every document, so it is ready as files in ``data/docx/``; here the table
is made and all is zipped. That needs no library, and a table of a thousand items is made at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TextIO

from aiwei_cli.query.table import Column, Row, Table, marked_pieces
from aiwei_cli.write import Format, Style
from aiwei_cli.write.cells import cell_text, head
from aiwei_cli.write.in_passing import Heading, Summary, filled_columns
from aiwei_cli.write.report import Report, bracketed
from aiwei_cli.write.xml import clean, escaped

_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "docProps/core.xml": "core.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "font_table.xml",
    "word/footer.xml": "footer.xml",
}
"""The parts of the archive, and the files of ``data/docx/`` that they are. The first has to come first."""

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# Lengths are twentieths of a point: A4 across, 2 cm of margin.
_PAGE = (16838, 11906)
_MARGIN = 1134
_TEXT_WIDTH = _PAGE[0] - 2 * _MARGIN
_CHARACTER = 105
"""Half a Chinese character of 10.5 points."""
_PADDING = 190
_SECTION = (
    f'<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
    f'<w:pgSz w:w="{_PAGE[0]}" w:h="{_PAGE[1]}" w:orient="landscape"/>'
    f'<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}"'
    ' w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)
# The widest that a column gets, in half-width characters; the long ones share what the others leave.
_WIDEST = {"number": 8, "id": 16, "role": 10, "deadline": 16, "office": 24, "kind": 12, "stated": 10}
_WIDEST |= {"old": 12, "new": 12, "owner": 18, "level": 18}
_CODE = 6
"""The width of C001: in a Latin font it takes more than four half characters."""
_WIDEST_OTHER = 24
_LONG = {"quote", "cure", "item", "text", "section", "aliases", "tasks"}
_WHOLE = {"number", "doubts", "code", "stated"}
"""Their cells are one word, which is not to be broken."""
_LEAST_LONG = 5000
"""What a long one counts beside many others."""
_CENTRED = {"doubts", "stated", "code", "number", "id", "role", "deadline", "due", "known"}
_LOOKS = {
    "gone": '<w:rPr><w:strike/><w:color w:val="B3261E"/></w:rPr>',
    "come": '<w:rPr><w:b/><w:color w:val="1B6E2C"/><w:u w:val="single"/></w:rPr>',
}
_BREAKABLE = 600
"""Characters of a row that may be torn by the end of a page; shorter rows stay whole."""


def write_table(table: Table, out: TextIO, format: Format, style: Style) -> None:
    """A document with one table."""
    rows = list(table.rows)
    title = table.title or table.name
    out.buffer.write(_document(title, table.facts, filled_columns(table.columns, rows), rows, style))


def write_report(report: Report, out: TextIO, style: Style) -> None:
    """The tasks of a report (or, a row each, its duties) under their headings."""
    if report.per == "duty":
        table = report.duties("notice", "id", "section", "written", "due", "place")
        counts = [len(hit.duties) for hit in report.every]
    else:
        table = report.items("notice", "id", "section", "due", "place")
        counts = [1] * len(report.every)
    rows = list(table.rows)
    body: list[Row | Heading] = []
    several = Summary(report.every).notices > 1
    at = 0
    for headings, count in zip(report.headings(), counts, strict=True):
        body += [*(_named(heading) if several else heading for heading in headings), *rows[at : at + count]]
        at += count
    columns = filled_columns(table.columns, rows)
    out.buffer.write(_document(report.title(table.name), report.facts(), columns, body, style, report.doubts()))


def _named(heading: Heading) -> Heading:
    """The heading; the title of a notice is in 《》, which tells it from the title of a plan."""
    return heading if heading.depth else heading._replace(words=bracketed(heading.words))


def write_tables(title: str, facts: Sequence[str], tables: Sequence[Table], out: TextIO, style: Style) -> None:
    """A document with a text and several tables, each under its name."""
    content = [f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {_NAMESPACES}><w:body>']
    content += [_paragraph("Title", title), *(_paragraph("CellText", fact) for fact in facts)]
    for table in tables:
        content += [_paragraph("TableTitle", table.name), *_table(table.columns, list(table.rows), style)]
    out.buffer.write(_archive(title, f"{''.join(content)}{_SECTION}</w:body></w:document>"))


def _document(
    title: str,
    facts: Sequence[str],
    columns: Sequence[Column],
    body: Sequence[Row | Heading],
    style: Style,
    doubts: Table | None = None,
) -> bytes:
    """The archive."""
    return _archive(title, "".join(_xml(title, facts, columns, body, style, doubts)))


def _archive(title: str, document: str) -> bytes:
    """The file, around the XML of the text."""
    from string import Template
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    from aiwei_cli.resources import folder

    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:

        def add(name: str, text: str) -> None:
            part = ZipInfo(name)  # dated 1980: the same table gives the same bytes
            part.compress_type = ZIP_DEFLATED
            archive.writestr(part, text.encode("utf-8"))

        for name, file in _PARTS.items():
            text = (folder("data") / "docx" / file).read_text("utf-8")
            add(name, Template(text).substitute(title=escaped(title)))
        add("word/document.xml", document)
    return content.getvalue()


def _xml(
    title: str,
    facts: Sequence[str],
    columns: Sequence[Column],
    body: Sequence[Row | Heading],
    style: Style,
    doubts: Table | None,
) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {_NAMESPACES}><w:body>'
    yield _paragraph("Title", title)
    if facts:
        yield _paragraph("Subtitle", "　".join(facts))
    yield from _table(columns, body, style)
    if doubts is not None:
        yield _paragraph("Subtitle", "")
        yield _paragraph("Title", doubts.name)
        yield from _table(doubts.columns, list(doubts.rows), style)
    yield f"{_SECTION}</w:body></w:document>"


def _table(columns: Sequence[Column], body: Sequence[Row | Heading], style: Style) -> Iterator[str]:
    rows = [row for row in body if not isinstance(row, Heading)]
    widths = _widths(columns, rows, style)
    yield '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
    yield f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    yield "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
    if style.header:
        cells = (
            _cell(width, "CellHead", head(column, style.labels)) for width, column in zip(widths, columns, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"
    for row in body:
        if isinstance(row, Heading):
            cell = _cell(sum(widths), "CellSection", "　" * row.depth + row.words, len(columns))
            yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"
            continue
        texts = [cell_text(column, row.get(column.key), style.labels) for column in columns]
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if max(map(len, texts), default=0) < _BREAKABLE else ""
        drawn = (_cell(width, _style(column), text) for width, column, text in zip(widths, columns, texts, strict=True))
        yield f"<w:tr>{whole}{''.join(drawn)}</w:tr>"
    yield "</w:tbl>"


def _style(column: Column) -> str:
    return "CellCentre" if column.key in _CENTRED or column.numeric else "CellText"


def _cell(width: int, style: str, text: str, span: int = 1) -> str:
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if style == "CellHead" else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_marked(style, text)}</w:tc>"
    )


def _paragraph(style: str, text: str) -> str:
    return _of_runs(style, _run(text) if text else "")


def _of_runs(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def _marked(style: str, text: str) -> str:
    """The paragraphs of a cell, with words that went and came in their colours."""
    lines = [""]
    for words, kind in marked_pieces(text):
        first, *others = clean(words).split("\n")
        lines[-1] += _run(first, _LOOKS.get(kind, "")) if first else ""
        lines += [_run(line, _LOOKS.get(kind, "")) if line else "" for line in others]
    return "".join(_of_runs(style, runs) for runs in lines)


def _widths(columns: Sequence[Column], rows: Sequence[Row], style: Style) -> list[int]:
    """The widths of the columns: as wide as their longest line, and the long ones share the rest."""
    needed = []
    for column in columns:
        texts = [head(column, style.labels), *(cell_text(column, row.get(column.key), style.labels) for row in rows)]
        # GBK takes two bytes where a font takes two columns.
        longest = max(len(line.encode("gbk", "replace")) for text in texts for line in text.split("\n"))
        longest = max(longest, _CODE) if column.key in ("code", "doubts") else longest
        longest += 2 if column.kind == "date" else 0  # figures are wider than half a character in some fonts
        needed.append(min(longest, _WIDEST.get(column.key, _WIDEST_OTHER)) * _CHARACTER + _PADDING)
    long = [place for place, column in enumerate(columns) if column.key in _LONG]
    rest = _TEXT_WIDTH - sum(width for place, width in enumerate(needed) if place not in long)
    if long and rest >= 2000 * len(long):
        return [rest // len(long) if place in long else width for place, width in enumerate(needed)]
    # Without a long column, or with too many others: those that can be wrapped give in proportion.
    kept = sum(width for column, width in zip(columns, needed, strict=True) if column.key in _WHOLE)
    share = sum(_LEAST_LONG if column.key in _LONG else width for column, width in zip(columns, needed, strict=True))
    room = _TEXT_WIDTH - kept
    return [
        width
        if column.key in _WHOLE
        else (_LEAST_LONG if column.key in _LONG else width) * room // max(share - kept, 1)
        for column, width in zip(columns, needed, strict=True)
    ]
