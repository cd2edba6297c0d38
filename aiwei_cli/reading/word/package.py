"""The package of a Word file: its parts as XML trees, read so that a hostile file can do no harm."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.kinds import MOST_MEMBERS
from aiwei_cli.reading.word.names import attribute, children
from aiwei_cli.reading.word.styles import Styles
from aiwei_cli.reading.zipped import BROKEN, open_archive

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element
    from xml.parsers.expat import XMLParserType

LARGEST_PART = 100 * 1024 * 1024
LARGEST_RATIO = 200
_KNOWN = 1024 * 1024
"""Bytes of the styles that are remembered."""
_CUT = "Word 文件不完整或已损坏（{}）；请重新下载，或用 Word、WPS 打开修复后另存为 .docx"


class Package:
    """The parts of a Word file. Raises ReadError where it is cut, encrypted, or larger than any notice."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._budget = budget
        try:
            self._archive = open_archive(data, MOST_MEMBERS)
        except BROKEN as error:
            raise ReadError(_CUT.format("打不开其中的压缩包")) from error
        infos = self._archive.infolist()
        self._names = {info.filename.lower(): info for info in infos}

    def main(self) -> str:
        """The name of the part with the document's text."""
        for node in self._relations("_rels/.rels"):
            if (attribute(node, "Type") or "").endswith("/officeDocument"):
                return posixpath.normpath((attribute(node, "Target") or "").lstrip("/"))
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise ReadError(_CUT.format("找不到正文部件 word/document.xml"))

    def beside(self, part: str, kind: str) -> Element | None:
        """The tree of the part that ``part`` names as its numbering; None where there is none."""
        path = self._beside(part, kind)
        return self.tree(path) if path else None

    def styles(self, part: str) -> Styles:
        """The styles that ``part`` names; none where there are none."""
        path = self._beside(part, "styles")
        if not path:
            return Styles()
        data = self._bytes(path)
        return _known_styles(data, path) if len(data) <= _KNOWN else _styles(data, path)

    def _beside(self, part: str, kind: str) -> str:
        """The name of the part that ``part`` names as its numbering or styles; empty where there is none."""
        folder, name = posixpath.split(part)
        for node in self._relations(posixpath.join(folder, "_rels", f"{name}.rels")):
            if (attribute(node, "Type") or "").endswith(f"/{kind}") and attribute(node, "TargetMode") != "External":
                target = attribute(node, "Target") or ""
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                return path if path.lower() in self._names else ""
        path = posixpath.join(folder, f"{kind}.xml")
        return path if path in self._names else ""

    def has_pictures(self) -> bool:
        """Whether pictures are kept in it."""
        return any(name.startswith("word/media/") for name in self._names)

    def tree(self, part: str) -> Element:
        """The XML tree of a part."""
        return parse_xml(self._bytes(part), part)

    def _relations(self, part: str) -> list[Element]:
        return list(children(self.tree(part), "Relationship")) if part.lower() in self._names else []

    def _bytes(self, part: str) -> bytes:
        info = self._names.get(part.lower())
        if info is None:
            raise ReadError(_CUT.format(f"缺少部件 {part}"))
        if info.flag_bits & 1:
            raise ReadError("Word 文件加了密码；请用 Word、WPS 打开，去掉密码后另存再试")
        if info.file_size > LARGEST_PART or info.file_size > LARGEST_RATIO * max(info.compress_size, 50_000):
            size = info.file_size // 1024 // 1024
            raise ReadError(f"部件 {part} 解压后有 {size} MB，像是压缩炸弹，为安全起见不读；请用 WPS 另存一份再试")
        try:
            content = self._archive.read(info)
        except BROKEN as error:
            raise ReadError(_CUT.format(f"部件 {part} 解压不了")) from error
        self._budget.unpacked(len(content))
        # Each element has one such sign at least; the tree of them is made at once.
        self._budget.elements(content.count(b"<"))
        return content


def _styles(data: bytes, part: str) -> Styles:
    styles = Styles()
    parse(data, part, styles.heed)
    styles.finish()
    return styles


_known_styles = lru_cache(maxsize=4)(_styles)
"""Files of one program or one office mostly have the same styles, byte for byte."""


class _RootReached(Exception):
    """Raised where the prolog ends."""


def parse(data: bytes, part: str, heed: Callable[[XMLParserType], None]) -> None:
    """Parse an XML file with the handlers that ``heed`` sets. Raises ReadError for a document type, by which entities
    come in, and for broken XML."""
    from xml.parsers.expat import ExpatError, ParserCreate

    def refuse(*_: object) -> None:
        raise ReadError(f"部件 {part} 里有 DTD 或实体声明，为安全起见不读；请用 Word、WPS 另存一份再试")

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    heed(parser)
    try:
        parser.Parse(data, True)
    except (ExpatError, ValueError, LookupError) as error:
        raise _broken(part, error) from error


def parse_xml(data: bytes, part: str) -> Element:
    """The tree of an XML file. Raises ReadError as :func:`parse` does."""
    from xml.etree.ElementTree import ParseError, fromstring

    def stop(*_: object) -> None:
        raise _RootReached

    def heed(prolog: XMLParserType) -> None:
        prolog.StartElementHandler = stop

    with suppress(_RootReached):
        parse(data, part, heed)
    try:
        return fromstring(data)
    except (ParseError, ValueError, LookupError) as error:
        raise _broken(part, error) from error


def _broken(part: str, error: Exception) -> ReadError:
    expat: Any = getattr(error, "lineno", None), getattr(error, "offset", None)
    line, column = getattr(error, "position", expat)
    where = "" if line is None else f"第 {line} 行第 {column + 1} 列"
    return ReadError(_CUT.format(f"部件 {part} {where}不是合法的 XML"))
