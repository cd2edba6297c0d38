"""The report that ``aiwei export --format docx`` writes: the rows of its table, as they are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from aiwei_cli.notice.model import Notice
from aiwei_cli.reading.tables import exported
from aiwei_cli.reading.tables.cells import Row
from aiwei_cli.reading.tables.columns import is_doubts
from aiwei_cli.reading.tables.report_head import facts_of
from aiwei_cli.reading.word.names import LOCAL

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DOUBTS = "疑点"


def notices_of(nodes: Sequence[Element], rows_of: Callable[[Element], list[Row]]) -> list[Notice]:
    """The notices of a report, given the paragraphs and tables of a document; none where it is no report, or where
    somebody has written more into it than its table: then it is read as any document."""
    said = facts_of(*map(plain_words, nodes[:2])) if len(nodes) > 2 else None
    if said is None or LOCAL[nodes[2].tag] != "tbl":
        return []
    for node in nodes[3:]:
        if LOCAL[node.tag] == "tbl":
            if not is_doubts(rows_of(node)):
                return []
        elif plain_words(node).strip() not in ("", _DOUBTS):
            return []
    rows = [["\n".join(cell.paragraphs) for cell in row] for row in rows_of(nodes[2])]
    found = exported.export_header(rows, said.get("notice", ""), sure=True)
    return [] if found is None else list(exported.notices_of_table(found, rows, said=said, printed=True))


def plain_words(node: Element) -> str:
    """The words of a paragraph as they are; nothing of a table."""
    if LOCAL[node.tag] != "p":
        return ""
    return "".join(one.text or "" for one in node.iter() if LOCAL[one.tag] == "t")
