"""Word documents (.docx) with the standard library alone: what a reader of the printed page would read.

Paragraphs and tables in their order, with automatic numbers, text boxes, soft line breaks and tabs; tracked changes as
accepted; without footnotes, headers, hidden text and the table of contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from aiwei_cli.errors import ReadError
from aiwei_cli.language.styles import circled
from aiwei_cli.notice.hints import Hint
from aiwei_cli.notice.model import Notice, Span
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.document import Content, FilePlace
from aiwei_cli.reading.tables.columns import is_doubts
from aiwei_cli.reading.tables.grid import Cell, Row, TableLine, Tables
from aiwei_cli.reading.tables.report_head import lines_of
from aiwei_cli.reading.word.exported import notices_of, plain_words
from aiwei_cli.reading.word.names import LOCAL, attribute, child, integer, is_on, val_of
from aiwei_cli.reading.word.numbers import WordNumbering
from aiwei_cli.reading.word.package import Package

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from aiwei_cli.compiled import Rules

_THROUGH = {"hyperlink", "smartTag", "ins", "moveTo", "fldSimple", "sdtContent", "customXml", "dir", "bdo", "rubyBase"}
"""Elements inside a paragraph whose content is the paragraph's."""
_BLOCKS = {"ins", "moveTo", "customXml", "sdtContent", "body", "txbxContent"}
_MOST_BLANK = 100
"""The most empty paragraphs in a row that are kept."""
_NEAR = 3
"""How many paragraphs beside a table may explain its signs."""
_CIRCLED = re.compile(r"\s*EQ\s+\\o\\ac\(\s*[○\u25ef]\s*[,;，；]\s*([0-9]{1,2})\s*\)\s*", re.I)


def text(data: bytes, rules: Rules | None, budget: Budget) -> Content | list[Notice]:
    """The text of a Word file, with its paragraphs and table rows as places; the notices of one that aiwei wrote.
    Raises ReadError."""
    package = Package(data, budget)
    main = package.main()
    root = package.tree(main)
    body = child(root, "body")
    if body is None:
        raise ReadError(f"Word 文件里没有正文（部件 {main} 没有 body）；请用 Word、WPS 打开后另存为 .docx")
    numbering, styles = package.beside(main, "numbering"), package.styles(main)
    reader = BodyReader(WordNumbering(numbering, styles), budget, rules)
    written = notices_of(list(_flow(body)), reader.rows)
    if written:
        return written
    reader.blocks(body)
    if reader.fields:
        # A field that is never closed would hide the rest of the document: read it again, with all there is.
        reader = BodyReader(WordNumbering(numbering, styles), budget, rules, hide_fields=False)
        reader.blocks(body)
    if not reader.places and package.has_pictures() and not "".join(reader.pieces).strip():
        raise ReadError(
            "Word 文件里只有图片，没有文字，像是扫描的；请把图片另存为 .png 或 .jpg，读那些图片，或向发文单位要有文字的"
        )
    return Content("".join(reader.pieces), places=tuple(reader.places), hints=tuple(reader.hints))


class BodyReader:
    """Walks a document and collects its lines."""

    def __init__(
        self, numbering: WordNumbering, budget: Budget, rules: Rules | None = None, hide_fields: bool = True
    ) -> None:
        self.numbering = numbering
        self.budget = budget
        self.tables = Tables(rules)
        self.hide_fields = hide_fields
        self.pieces: list[str] = []
        self.places: list[FilePlace] = []
        self.hints: list[Hint] = []
        self.fields: list[str] = []
        """The complex fields around this place: the code of each until it ends, then ``shown`` or ``hidden``."""
        self._length = self._paragraphs = self._tables = self._blank = 0
        self._carried = ""
        self._bold: list[Span] = []
        """What of a paragraph's words is in bold: where in the list of its pieces these begin and end."""
        self._shown: list[Span] = []
        """The same for the line that comes next, in characters."""

    def blocks(self, parent: Element) -> None:
        """Collect the paragraphs and tables of a body."""
        nodes = list(_flow(parent))
        lines = lines_of(*map(plain_words, nodes[:2])) if len(nodes) > 1 else []
        for line in lines:
            self._add(line)
        nodes = nodes[2:] if lines else nodes
        for at, node in enumerate(nodes):
            if LOCAL[node.tag] == "tbl":
                self._tables += 1
                rows = self.rows(node)
                if is_doubts(rows):
                    self._drop("疑点")
                    continue
                for made in self.tables.lines(rows, self._around(nodes[at + 1 : at + 1 + _NEAR])):
                    self._table_line(made)
                continue
            for line in self._paragraph(node):
                if line.strip():
                    self._paragraphs += 1
                    self.places.append(FilePlace(self._length, "paragraph", self._paragraphs))
                    self.hints.extend(TableLine(self._paragraphs, line, self.tables.passed(line)).hints(self._length))
                    for start, end in self._shown:
                        self.hints.append(Hint(self._length + start, self._length + end, "bold"))
                self._shown = []
                self._add(line)
        if self._carried:
            # The last mark of the document cannot be deleted.
            carried, self._carried = self._carried, ""
            self._add(carried)

    def _table_line(self, line: TableLine) -> None:
        self.places.append(FilePlace(self._length, "cell", line.row, self._tables))
        self.hints.extend(line.hints(self._length))
        self._add(line.words)

    def _drop(self, heading: str) -> None:
        """Take back the last line, where it is the heading of what is left out."""
        if self.pieces and self.pieces[-1].strip() == heading:
            self._length -= len(self.pieces.pop())
            self.places = [place for place in self.places if place.offset < self._length]

    def _around(self, after: Sequence[Element]) -> str:
        """The paragraphs right before and after a table, which may say what its signs mean."""
        words = ("".join(one.text or "" for one in node.iter() if LOCAL[one.tag] == "t") for node in after)
        return "\n".join(["".join(self.pieces[-_NEAR:]), *words])

    def _add(self, line: str) -> None:
        self._blank = 0 if line else self._blank + 1
        if self._blank > _MOST_BLANK:
            return
        self.budget.text(len(line))
        self.pieces.append(line + "\n")
        self._length += len(line) + 1

    def _paragraph(self, node: Element) -> Iterator[str]:
        """The lines of a paragraph, after the text boxes that hang on its beginning and before its other ones."""
        if not len(node) and not self._carried and not self.fields:
            yield ""
            return
        out: list[str] = []
        boxes: list[tuple[bool, Element]] = []
        toc = "hidden" in self.fields
        self._bold.clear()
        self._inline(node, out, boxes)
        words = self._carried + "".join(out)
        bold = _characters(self._bold, out, len(self._carried))
        properties = child(node, "pPr")
        style = val_of(child(properties, "pStyle"))
        for late, box in boxes:
            if not late:
                yield from self._box(box)
        if _mark_deleted(properties):
            # The paragraph goes on in the next one, whose number and style it then has.
            self._carried = words
        elif (words or not (toc or "hidden" in self.fields)) and not self.numbering.style_name(style).startswith(
            "toc "
        ):
            self._carried = ""
            listed = child(properties, "numPr")
            list_id, level = val_of(child(listed, "numId")), integer(val_of(child(listed, "ilvl")))
            number = self.numbering.number(list_id, level, style)
            blank = len(words) - len(words.lstrip("\n")) if number else 0
            words = words.strip("\n") if number else words
            self.budget.text(len(number))
            # 1. and 2023年 must not become 1.2023年.
            gap = " " if number.endswith((".", "．")) and words[:1].isdigit() else ""
            by = len(number + gap) - blank
            self._shown = [(start + by, end + by) for start, end in bold]
            yield number + gap + words
        for late, box in boxes:
            if late:
                yield from self._box(box)

    def _box(self, box: Element) -> Iterator[str]:
        carried, self._carried = self._carried, ""
        for node in _flow(box):
            if LOCAL[node.tag] == "tbl":
                yield from (line.words for line in self.tables.lines(self.rows(node)))
            else:
                yield from self._paragraph(node)
        self._carried = carried

    def _inline(self, node: Element, out: list[str], boxes: list[tuple[bool, Element]]) -> None:
        """Collect the words under a paragraph or a part of it."""
        for one in node:
            name = LOCAL[one.tag]
            if name == "r":
                if not is_on(child(child(one, "rPr"), "vanish")):
                    before = len(out)
                    self._run(one, out, boxes)
                    if _is_bold(child(one, "rPr")):
                        self._bold.append((before, len(out)))
            elif name in _THROUGH:
                self._inline(one, out, boxes)
            elif name == "sdt":
                if child(child(one, "sdtPr"), "showingPlcHdr") is None:
                    self._inline(one, out, boxes)
            elif name == "AlternateContent":
                self._inline(_chosen(one), out, boxes)
            elif name in ("oMath", "oMathPara"):
                out.extend(math.text or "" for math in one.iter() if LOCAL[math.tag] == "t")

    def _run(self, run: Element, out: list[str], boxes: list[tuple[bool, Element]]) -> None:
        for one in run:
            name = LOCAL[one.tag]
            if name == "t":
                self._words(one.text or "", out)
            elif name in ("tab", "ptab"):
                self._words("\t", out)
            elif name in ("br", "cr"):
                self._words("\n", out)
            elif name == "noBreakHyphen":
                self._words("-", out)
            elif name == "sym":
                self._words(_symbol(attribute(one, "char")), out)
            elif name == "fldChar":
                self._field(attribute(one, "fldCharType") or "", out)
            elif name == "instrText":
                if self.fields and self.fields[-1] not in ("shown", "hidden"):
                    self.fields[-1] += one.text or ""
            elif name == "ruby":
                self._inline(one, out, boxes)
            elif name == "AlternateContent":
                self._run(_chosen(one), out, boxes)
            elif name in ("drawing", "pict", "object"):
                late = any(words.strip() for words in out)
                boxes += [(late, box) for box in _boxes(one)]

    def _words(self, words: str, out: list[str]) -> None:
        if not self.hide_fields or all(state == "shown" for state in self.fields):
            out.append(words)

    def _field(self, kind: str, out: list[str]) -> None:
        """Follow a complex field: its code is not shown, its result is, unless it is a table of contents."""
        if kind == "begin":
            self.fields.append(" ")
        elif kind == "separate" and self.fields:
            self.fields[-1] = "hidden" if self.fields[-1].strip().upper().startswith("TOC") else "shown"
        elif kind == "end" and self.fields:
            circle = _CIRCLED.fullmatch(self.fields.pop())
            if circle:  # 带圈字符: a number that Word draws from a field without a result.
                self._words(circled(int(circle[1])), out)

    def rows(self, table: Element) -> list[Row]:
        """The rows of a table; a cell that spans several places is the same object in each."""
        rows: list[Row] = []
        above: dict[int, Cell] = {}
        for node in _nested(table, "tr"):
            properties = child(node, "trPr")
            if child(properties, "del") is not None:
                continue
            row: Row = [Cell() for _ in range(_span(child(properties, "gridBefore"), 0))]
            self.budget.cells(len(row))
            for one in _nested(node, "tc"):
                settings = child(one, "tcPr")
                if child(settings, "cellDel") is not None:
                    continue
                merge = child(settings, "vMerge")
                if merge is not None and (val_of(merge) or "continue") == "continue" and len(row) in above:
                    cell = above[len(row)]
                else:
                    cell = Cell(self._cell(one))
                if merge is None:
                    above.pop(len(row), None)
                else:
                    above[len(row)] = cell
                across = _span(child(settings, "gridSpan"), 1)
                self.budget.cells(across)
                row += [cell] * across
            rows.append(row)
        return rows

    def _cell(self, node: Element) -> list[str]:
        found: list[str] = []
        for one in _flow(node):
            if LOCAL[one.tag] == "tbl":
                for line in Tables(self.tables.rules).lines(self.rows(one)):
                    self.budget.text(len(line.words))
                    found.append(line.words)
            else:
                found += self._paragraph(one)
        if self._carried:
            found.append(self._carried)
            self._carried = ""
        return found


def _is_bold(properties: Element | None) -> bool:
    """Whether a run is in bold, or in 黑体."""
    font = attribute(child(properties, "rFonts"), "eastAsia") or ""
    return is_on(child(properties, "b")) or "黑体" in font or font == "SimHei"


def _characters(bold: Sequence[Span], pieces: Sequence[str], offset: int) -> list[Span]:
    """The spans of the bold words among some pieces, neighbours in one; empty where all or nothing is bold."""
    if not bold:
        return []
    ends = [0, *accumulate(map(len, pieces))]
    found: list[Span] = []
    for first, last in bold:
        start, end = offset + ends[first], offset + ends[last]
        if start == end:
            continue
        if found and found[-1][1] == start:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return [] if found == [(offset, offset + ends[-1])] else found


def _flow(parent: Element) -> Iterator[Element]:
    """The paragraphs and tables under a body, a cell or a text box, in order; without what was deleted."""
    for node in parent:
        name = LOCAL[node.tag]
        if name in ("p", "tbl"):
            yield node
        elif name in _BLOCKS:
            yield from _flow(node)
        elif name == "sdt":
            if child(child(node, "sdtPr"), "showingPlcHdr") is None:
                yield from _flow(node)
        elif name == "AlternateContent":
            yield from _flow(_chosen(node))


def _nested(node: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also inside content controls."""
    for one in node:
        if LOCAL[one.tag] == name:
            yield one
        elif LOCAL[one.tag] in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _nested(one, name)


def _chosen(node: Element) -> Element:
    """The one variant of an AlternateContent that a reader shows: each of them has the same text."""
    found = child(node, "Choice")
    if found is None:
        found = child(node, "Fallback")
    return node if found is None else found


def _boxes(node: Element) -> Iterator[Element]:
    """The outermost text boxes in a drawing."""
    for one in node:
        name = LOCAL[one.tag]
        if name == "txbxContent":
            yield one
        else:
            yield from _boxes(_chosen(one))


def _mark_deleted(properties: Element | None) -> bool:
    """Whether the paragraph's end was deleted or moved away, as a tracked change."""
    mark = child(properties, "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None


def _span(node: Element | None, default: int) -> int:
    """How many columns: at most as many as Word allows."""
    number = integer(val_of(node))
    return min(max(number, default), 63) if number is not None else default


def _symbol(code: str | None) -> str:
    """A w:sym; signs of a private font have no meaning outside it."""
    if not code or not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
        return ""
    sign = chr(int(code, 16))
    return sign if sign.isprintable() or sign == "\u3000" else ""
