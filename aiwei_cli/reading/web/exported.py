"""The page that ``aiwei export --format html`` writes: the rows of its tables, as they are seen."""

from __future__ import annotations

from collections.abc import Iterator

from aiwei_cli.notice.model import Notice
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.decode import decode
from aiwei_cli.reading.tables import exported
from aiwei_cli.reading.tables.report_head import facts_of
from aiwei_cli.reading.web.markup import Element, tree_of


def notices_of_page(data: bytes, budget: Budget) -> list[Notice]:
    """The notices of the page; none where no table of it is one of tasks."""
    root = tree_of(decode(data)[0], budget.elements)
    title = next((_words(one) for one in _all(root, "h1")), "")
    for table in _all(root, "table"):
        rows = [[_words(cell) for cell in _cells(row)] for row in _all(table, "tr")]
        found = exported.export_header([[title], *rows])
        if found is not None:
            facts = next((one for one in _all(root, "p") if one.attributes.get("class") == "facts"), None)
            said = facts_of(title, [_words(one) for one in _all(facts, "span")]) if facts is not None else None
            return list(exported.notices_of_table(found, [[title], *rows], said=said))
    return []


def _all(element: Element, name: str) -> Iterator[Element]:
    for one in element.children:
        if isinstance(one, Element):
            if one.name == name:
                yield one
            else:
                yield from _all(one, name)


def _cells(row: Element) -> list[Element]:
    return [one for one in row.children if isinstance(one, Element) and one.name in ("td", "th")]


def _words(element: Element) -> str:
    """The words of a cell, with its line breaks; the title of an item is a separate line."""
    words = ""
    for one in element.children:
        if isinstance(one, str):
            words += one
        elif one.name == "br":
            words += "\n"
        else:
            words += _words(one) + (exported.TITLE_END if one.name == "b" else "")
    return words.strip()
