"""The lines of an article: a line for each paragraph, and what the tables become."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from aiwei_cli.language.chars import FIGURE
from aiwei_cli.language.numerals import NUMERALS
from aiwei_cli.language.styles import formatted
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.tables.grid import Cell, Row, TableLine, Tables
from aiwei_cli.reading.web.article import SPACE, Weights, count_of, is_dropped
from aiwei_cli.reading.web.markup import BLOCK, Element, all_words

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])")
_LIST_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NEAR = 3
"""How many lines before a table may explain its signs."""
_NEARBY = 300
"""How many characters after it may."""
_NUMBERED = re.compile(rf"\s*[（(]?[{FIGURE}{NUMERALS}]{{1,3}}[）)、．.]|\s*第")


class LineWriter:
    """Collects the lines of an article."""

    def __init__(self, weights: Weights, article: Element, rules: Rules | None, budget: Budget) -> None:
        self.weights = weights
        self.article = article
        self.budget = budget
        self.tables = Tables(rules)
        self.lines: list[tuple[TableLine, int]] = []
        """Each with the number of the table that it is in; 0 for none."""
        self.after: dict[int, str] = {}
        """For each table the words that follow it, which may say what its signs mean."""
        self._words: list[str] = []
        self._tables = 0
        self._kept = False

    def render(self, element: Element) -> None:
        for at, one in enumerate(element.children):
            if isinstance(one, Element) and one.name == "table":
                self.after[id(one)] = _following(element.children[at + 1 : at + 6])
            if isinstance(one, str):
                self._words.append(one if self._kept else SPACE.sub(" ", _BREAK.sub("", one)))
            elif one.name == "br":
                self.flush()
            elif not is_dropped(one):
                self._element(one)

    def _element(self, element: Element) -> None:
        if element.name not in BLOCK:
            self.render(element)
            return
        if self.weights.is_menu(element):
            return
        self.flush()
        if element.name == "table":
            self._table(element)
        elif element.name == "ol":
            self._ordered(element)
        elif element.name == "pre":
            self._kept = True
            self.render(element)
            for words in "".join(self._words).splitlines():
                self._paragraph(words)
            self._words, self._kept = [], False
        else:
            self.render(element)
        self.flush()

    def flush(self) -> None:
        """End the line."""
        words = SPACE.sub(" ", "".join(self._words)).strip(" ")
        self._words = []
        self._paragraph(words)

    def _paragraph(self, words: str) -> None:
        if words.strip():
            self.budget.text(len(words))
            self.lines.append((TableLine(len(self.lines), words, self.tables.passed(words)), 0))

    def _ordered(self, element: Element) -> None:
        """An ordered list: the browser writes its numbers, unless the items bring their own."""
        start = element.attributes.get("start", "")
        number = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
        style = _LIST_STYLES.get(element.attributes.get("type", ""), "decimal")
        bare = "list-style" in element.attributes.get("style", "") and "none" in element.attributes["style"]
        for one in element.children:
            if not isinstance(one, Element) or one.name != "li":
                continue
            own = one.attributes.get("value", "")
            number = int(own) if re.fullmatch(r"[0-9]{1,6}", own) else number
            self.flush()
            first = len(self.lines)
            self._element(one)
            if first < len(self.lines) and not bare and not _NUMBERED.match(self.lines[first][0].words):
                line, table = self.lines[first]
                gap = " " if line.words[:1].isdigit() else ""
                numbered = f"{formatted(number, style)}.{gap}{line.words.lstrip()}"
                self.lines[first] = line._replace(words=numbered), table
            number += 1

    def _table(self, table: Element) -> None:
        rows = self._rows(table)
        self._tables += 1
        at = self._tables
        around = "\n".join(line.words for line, _ in self.lines[-_NEAR:]) + "\n" + self.after.get(id(table), "")
        for line in self.tables.lines(rows, around):
            self.budget.text(len(line.words))
            self.lines.append((line, at))

    def _rows(self, table: Element) -> list[Row]:
        """The rows of a table; a cell that spans several places is the same object in each."""
        rows: list[Row] = []
        reaching: dict[int, tuple[Cell, int]] = {}
        nodes = _table_rows(table)
        for left, node in zip(range(len(nodes), 0, -1), nodes, strict=True):
            row: Row = []
            cells = [one for one in node.children if isinstance(one, Element) and one.name in ("td", "th")]
            for one in cells:
                self._fill(row, reaching)
                cell = Cell(self._cell(one))
                # As browsers do: no cell reaches below the table.
                down, across = _span(one, "rowspan", left), _span(one, "colspan", 1000)
                self.budget.cells(across)
                for _ in range(across):
                    if down > 1:
                        reaching[len(row)] = cell, down - 1
                    row.append(cell)
            self._fill(row, reaching)
            rows.append(row)
        return rows

    def _fill(self, row: Row, reaching: dict[int, tuple[Cell, int]]) -> None:
        """Put in the cells that reach down from the rows above."""
        first = len(row)
        while len(row) in reaching:
            cell, left = reaching.pop(len(row))
            if left > 1:
                reaching[len(row)] = cell, left - 1
            row.append(cell)
        self.budget.cells(len(row) - first)

    def _cell(self, element: Element) -> list[str]:
        """The lines of a cell, rendered on their own."""
        inner = LineWriter(self.weights, self.article, self.tables.rules, self.budget)
        inner.render(element)
        inner.flush()
        return [line.words for line, _ in inner.lines]


def _following(children: Sequence[Element | str]) -> str:
    """The words right after a table, up to the next one."""
    words = ""
    for one in children:
        if isinstance(one, Element) and (one.name == "table" or count_of(one, "table")):
            break
        words += (one if isinstance(one, str) else all_words(one)) + "\n"
    return words[:_NEARBY]


def _table_rows(table: Element) -> list[Element]:
    found = []
    for one in table.children:
        if isinstance(one, Element) and not is_dropped(one):
            if one.name == "tr":
                found.append(one)
            elif one.name in ("tbody", "thead", "tfoot"):
                found += _table_rows(one)
            elif one.name == "caption":
                row = Element("tr", {})
                row.children.append(Element("td", {}))
                row.children[0].children = one.children  # type: ignore[union-attr]
                found.append(row)
    return found


def _span(element: Element, name: str, most: int) -> int:
    words = element.attributes.get(name, "")
    return min(max(int(words), 1), most) if re.fullmatch(r"[0-9]{1,6}", words) else 1
