"""Web pages and saved pages: the article without what is around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.hints import Hint
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.decode import decode
from aiwei_cli.reading.document import Content, FilePlace
from aiwei_cli.reading.tables.grid import TableLine
from aiwei_cli.reading.web.article import SPACE, Weights, article_of
from aiwei_cli.reading.web.lines import LineWriter
from aiwei_cli.reading.web.markup import Element, all_words, tree_of

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)
_CODECS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}


def text(data: bytes, rules: Rules | None = None, budget: Budget | None = None) -> Content:
    """The article of a page, a line for each paragraph. Raises ReadError for a page without any text."""
    budget = budget or Budget(source=len(data))
    page, encoding = _decoded(_unpacked(data))
    root = tree_of(page, budget.elements)
    weights = Weights()
    weights.measure(root)
    article = article_of(root, weights)
    writer = LineWriter(weights, article, rules, budget)
    writer.render(article)
    writer.flush()
    if not writer.lines:
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
    """The page's characters: by its byte order mark, by the encoding it names, or as any text. A stray byte does not
    make it unreadable."""
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


def _with_title(root: Element, writer: LineWriter) -> None:
    """Put the page's title first where the article does not have it: sites show it outside of the text."""
    squashed = "".join("".join(line.words.split()) for line, _ in writer.lines[:40])
    for words in _titles(root):
        title = SPACE.sub(" ", words).strip()
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
            headings.append(all_words(element))
        elif element.name == "title":
            windows.append(re.split(r"\s*[_|｜]\s*|\s+[-–—]+\s+|-{1,3}", all_words(element))[0])
        stack += reversed([one for one in element.children if isinstance(one, Element)])
    return [words for words in (*fields, *headings[:1], *windows[:1]) if words.strip()]
