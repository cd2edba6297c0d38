"""Web pages and saved pages: the article without what is around it.

Which part is the article is read off the text alone: the smallest element that has nearly all of the page's sentences.
Sentences are what menus, lists of links and footers do not have. No list of class names could keep up with the sites.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from aiwei_cli.errors import ReadError
from aiwei_cli.language.chars import FIGURE
from aiwei_cli.language.numerals import NUMERALS
from aiwei_cli.language.styles import formatted
from aiwei_cli.notice.hints import Hint
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.decode import decode
from aiwei_cli.reading.document import Content, FilePlace
from aiwei_cli.reading.tables.grid import Cell, Row, TableLine, Tables
from aiwei_cli.reading.web.markup import BLOCK, Element, tree_of

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules

_DROPPED_NAMES = (
    "script style noscript template svg iframe object select option textarea button nav aside header footer head title "
    "meta link canvas audio video map dialog rt rp datalist frameset xmp noembed noframes"
)
_DROPPED = frozenset(_DROPPED_NAMES.split())
_NEVER_INTO = {"p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "b", "strong", "font", "pre"}
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)
_CODECS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
_SENTENCE = re.compile(r"[，。；！？]")
"""What a menu, a field of the page and a footer hardly have; 版权所有： and 首页、 do not count."""
_ANNEX = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|zip|rar)(?:[?#]|$)", re.I)
"""Links to files are the annexes of a notice, and no menu."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])")
_ENOUGH = 0.9
_LIST_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NEAR = 3
"""How many lines before a table may explain its signs."""
_NEARBY = 300
"""How many characters after it may."""
_NUMBERED = re.compile(rf"\s*[（(]?[{FIGURE}{NUMERALS}]{{1,3}}[）)、．.]|\s*第")


def text(data: bytes, rules: Rules | None = None, budget: Budget | None = None) -> Content:
    """The article of a page, a line for each paragraph. Raises ReadError for a page without any text."""
    budget = budget or Budget(source=len(data))
    page, encoding = _decoded(_unpacked(data))
    root = tree_of(page, budget.elements)
    weights = _Weights()
    weights.measure(root)
    article = _article(root, weights)
    writer = _Writer(weights, article, rules, budget)
    writer.render(article)
    writer.flush()
    if not writer.lines and article is not root:
        writer.render(root)
        writer.flush()
    if not writer.lines:
        raise ReadError("网页里没有文字；正文可能要靠脚本才显示，请在浏览器里打开，复制文字另存为 .txt")
    _with_title(root, writer)
    return _content(writer.lines, encoding)


def _content(lines: list[tuple[TableLine, int]], encoding: str) -> Content:
    """The lines as one text, with their places and what tables say of them."""
    pieces: list[str] = []
    places: list[FilePlace] = []
    hints: list[Hint] = []
    length = paragraphs = 0
    for line, table in lines:
        paragraphs += not table
        places.append(
            FilePlace(length, "cell", line.row, table) if table else FilePlace(length, "paragraph", paragraphs)
        )
        hints.extend(line.hints(length))
        pieces.append(line.words + "\n")
        length += len(line.words) + 1
    return Content("".join(pieces), encoding, tuple(places), hints=tuple(hints))


def _unpacked(data: bytes) -> bytes:
    """The page itself, where a browser saved it with its pictures as one MIME file (.mht)."""
    if data.lstrip()[:1] == b"<" or not re.search(rb"^MIME-Version:", data[:4096], re.I | re.M):
        return data
    from email import message_from_bytes

    try:
        for part in message_from_bytes(data).walk():
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                charset = part.get_content_charset() or "utf-8"
                if isinstance(payload, bytes):
                    return payload.decode(_CODECS.get(charset, charset), "replace").encode()
    except (LookupError, ValueError, TypeError, AttributeError):
        pass
    raise ReadError("单个文件的网页（.mht）里找不到正文；请在浏览器里另存为“网页，仅 HTML”")


def _decoded(data: bytes) -> tuple[str, str]:
    """The page's characters: by its mark, its own word, or as any text. A stray byte does not make it unreadable."""
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        named = _CHARSET.search(data[:4096])
        codec = _CODECS.get(named[1].decode().lower(), "") if named else ""
        if codec and b"\0" not in data:
            try:
                return data.decode(codec), codec
            except UnicodeDecodeError:
                pass
            try:
                return decode(data)
            except ReadError:
                return data.decode(codec, "replace"), codec
    return decode(data)


class _Weights:
    """For each element: how much text is in it, how much of that in sentences, and how much in links."""

    def __init__(self) -> None:
        self.of: dict[int, tuple[int, int, int]] = {}

    def measure(self, element: Element, link: bool = False) -> tuple[int, int, int]:
        if _is_dropped(element):
            self.of[id(element)] = (0, 0, 0)
            return 0, 0, 0
        link = link or (element.name == "a" and not _ANNEX.search(element.attributes.get("href", "")))
        total = sentences = links = 0
        for one in element.children:
            if isinstance(one, str):
                length = len(one) - len(_SPACE.findall(one)) if one.strip() else 0
                total += length
                links += length if link else 0
                sentences += length if not link and _SENTENCE.search(one) else 0
            else:
                more = self.measure(one, link)
                total, sentences, links = total + more[0], sentences + more[1], links + more[2]
        self.of[id(element)] = total, sentences, links
        return total, sentences, links

    def is_menu(self, element: Element) -> bool:
        """Whether a block is mostly links and has no sentences."""
        total, sentences, links = self.of.get(id(element), (0, 0, 0))
        return total > 0 and links > 0.6 * total and sentences < 0.1 * total and _count(element, "a") > 1


def _count(element: Element, name: str) -> int:
    """How many elements of that name an element contains."""
    return sum((one.name == name) + _count(one, name) for one in element.children if isinstance(one, Element))


def _is_dropped(element: Element) -> bool:
    attributes = element.attributes
    return (
        element.name in _DROPPED
        or attributes.get("role", "").lower() in ("navigation", "banner", "contentinfo", "search")
        or "hidden" in attributes
        or re.search(r"display\s*:\s*none", attributes.get("style", ""), re.I) is not None
    )


def _article(root: Element, weights: _Weights) -> Element:
    """The smallest element that has nearly all of the page's sentences."""
    found = root
    while True:
        enough = _ENOUGH * weights.of[id(found)][1]
        inner = [
            one
            for one in found.children
            if isinstance(one, Element) and weights.of.get(id(one), (0, 0, 0))[1] >= enough
        ]
        if not enough or len(inner) != 1 or inner[0].name in _NEVER_INTO:
            return found
        if inner[0].name == "table" and not _is_layout(inner[0]):
            return found
        found = inner[0]


def _is_layout(table: Element) -> bool:
    """Whether a table only arranges the page: some cell of it has paragraphs, which a table of tasks has few of."""
    for one in table.children:
        if isinstance(one, Element):
            if one.name in ("td", "th") and sum(_count(one, name) for name in ("p", "div", "br", "table")) >= 4:
                return True
            if one.name in ("tbody", "tr") and _is_layout(one):
                return True
    return False


class _Writer:
    """Collects the lines of an article."""

    def __init__(self, weights: _Weights, article: Element, rules: Rules | None, budget: Budget) -> None:
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
                self._words.append(one if self._kept else _SPACE.sub(" ", _BREAK.sub("", one)))
            elif one.name == "br":
                self.flush()
            elif not _is_dropped(one):
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
        words = _SPACE.sub(" ", "".join(self._words)).strip(" ")
        self._words = []
        self._paragraph(words)

    def _paragraph(self, words: str) -> None:
        if words.strip():
            self.budget.text(len(words))
            self.tables.passed(words)
            self.lines.append((TableLine(0, words), 0))

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
        inner = _Writer(self.weights, self.article, self.tables.rules, self.budget)
        inner.render(element)
        inner.flush()
        return [line.words for line, _ in inner.lines]


def _following(children: Sequence[Element | str]) -> str:
    """The words right after a table, up to the next one."""
    words = ""
    for one in children:
        if isinstance(one, Element) and (one.name == "table" or _count(one, "table")):
            break
        words += (one if isinstance(one, str) else _flat(one)) + "\n"
    return words[:_NEARBY]


def _table_rows(table: Element) -> list[Element]:
    found = []
    for one in table.children:
        if isinstance(one, Element) and not _is_dropped(one):
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


def _with_title(root: Element, writer: _Writer) -> None:
    """Put the page's title first where the article does not have it: sites show it outside of the text."""
    squashed = "".join("".join(line.words.split()) for line, _ in writer.lines[:40])
    for words in _titles(root):
        title = _SPACE.sub(" ", words).strip()
        if len(title) < 4:
            continue
        if "".join(title.split()) not in squashed:
            writer.lines.insert(0, (TableLine(0, title), 0))
        return


def _titles(root: Element) -> list[str]:
    """What the page gives as its title: the sites' own field, the first heading, the window's title."""
    fields, headings, windows = [], [], []
    stack = [root]
    while stack:
        element = stack.pop()
        if element.name == "meta" and element.attributes.get("name", "").lower() == "articletitle":
            fields.append(element.attributes.get("content", ""))
        elif element.name == "h1":
            headings.append(_flat(element))
        elif element.name == "title":
            windows.append(re.split(r"\s*[_|｜]\s*|\s+[-–—]+\s+|-{1,3}", _flat(element))[0])
        stack += reversed([one for one in element.children if isinstance(one, Element)])
    return [words for words in (*fields, *headings[:1], *windows[:1]) if words.strip()]


def _flat(element: Element) -> str:
    return "".join(one if isinstance(one, str) else _flat(one) for one in element.children)
