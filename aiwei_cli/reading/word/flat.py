"""Word documents that are one XML file: Flat OPC, and the XML of Word 2003. Both are saved as .doc and .xml.

They are packed as a .docx, so that one reader reads all.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.word.names import LOCAL, attribute, child, children, val_of
from aiwei_cli.reading.word.package import parse_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SECTIONS = ("sect", "sub-section")
_NAMES = {"vmerge": "vMerge"}
"""What Word 2003 calls by another name."""


def as_docx(data: bytes) -> bytes:
    """The same document as a .docx. Raises ReadError where it is not in this format."""
    root = parse_xml(data, "正文")
    if LOCAL[root.tag] == "package":
        parts = dict(filter(None, map(_part, children(root, "part"))))
    else:
        body = child(root, "body")
        if body is None:
            raise ReadError("Word 的 XML 文件里没有正文；请用 Word、WPS 打开后另存为 .docx")
        parts = {"word/document.xml": _document(body)}
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _part(part: Element) -> tuple[str, bytes] | None:
    """The name and bytes of a part of a Flat OPC file; None for pictures and what has no content or no name."""
    from xml.etree.ElementTree import tostring

    name = (attribute(part, "name") or "").lstrip("/")
    if not name:
        return None
    for held in part:
        if LOCAL[held.tag] == "xmlData" and len(held):
            return name, tostring(held[0], "utf-8")
        if LOCAL[held.tag] == "binaryData" and name.endswith((".xml", ".rels")):
            try:
                return name, b64decode(held.text or "")
            except Error:
                raise ReadError(f"Word 的 XML 文件不完整（部件 {name}）；请用 Word、WPS 打开后另存为 .docx") from None
    return None


def _document(body: Element) -> bytes:
    """The text of a document of Word 2003, with today's names."""
    from xml.etree.ElementTree import Element, tostring

    document = Element(f"{_W}document")
    document.append(_renamed(body, Element(f"{_W}body")))
    made: bytes = tostring(document, "utf-8")
    return made


def _renamed(old: Element, new: Element) -> Element:
    """``new`` with the children of ``old``; the sections that Word 2003 puts around them are left out."""
    from xml.etree.ElementTree import Element, SubElement

    for one in old:
        name = LOCAL[one.tag]
        if name in _SECTIONS:
            _renamed(one, new)
            continue
        made = SubElement(new, _W + _NAMES.get(name, name), {_W + LOCAL[key]: word for key, word in one.attrib.items()})
        made.text = one.text
        _renamed(one, made)
        if name == "p":
            # The number that Word drew is kept beside the list it is of.
            number = val_of(child(child(child(one, "pPr"), "listPr"), "t"))
            if number:
                run, words = Element(f"{_W}r"), Element(f"{_W}t")
                words.text = number
                run.append(words)
                made.insert(1, run)
    return new
