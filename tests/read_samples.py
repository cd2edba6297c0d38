"""Files as people have them, made by hand: what the tests of the read room read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile
from zlib import compress

from aiwei_cli.reading import Document, sources
from aiwei_cli.reading.containers import documents

NOTICE = (Path(__file__).parent.parent / "data" / "notice_2023.txt").read_text(encoding="utf-8")
PARAGRAPHS = [line for line in NOTICE.splitlines() if line.strip()]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def one(data: bytes, suffix: str = "") -> Document:
    """The one document in these bytes. Raises the ReadError that is in its place."""
    (found,) = documents(data, name="文件", path="文件", suffix=suffix)
    if isinstance(found, Exception):
        raise found
    return found


def failure(data: bytes, suffix: str = "") -> str:
    """The message of the one error that these bytes give."""
    (found,) = documents(data, name="文件", path="文件", suffix=suffix)
    assert isinstance(found, Exception), f"读出来了：{found!r}"
    return str(found)


def every(*paths: Path | str) -> list[str]:
    """For each source its text, or its error with the paths made short."""
    return [
        str(found) if isinstance(found, Exception) else found.text for found in sources([str(path) for path in paths])
    ]


def lines(data: bytes) -> list[str]:
    """The lines of the one document in these bytes, without empty ones."""
    return [line for line in one(data).text.split("\n") if line.strip()]


# Word


def docx(
    *blocks: str,
    numbering: str | None = None,
    styles: str | None = None,
    space: str = W,
    document: str | None = None,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A Word file with this XML in its body."""
    whole = document or f'<w:document xmlns:w="{space}" {_SPACES}><w:body>{"".join(blocks)}</w:body></w:document>'
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/word/numbering.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": whole,
    }
    if parts is None or "word/_rels/document.xml.rels" not in parts:
        kinds = "".join(
            f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
            for kind, part in (("numbering", numbering), ("styles", styles))
            if part is not None
        )
        files["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_RELATIONS}">{kinds}</Relationships>'
    if numbering is not None:
        files["word/numbering.xml"] = f'<w:numbering xmlns:w="{space}">{numbering}</w:numbering>'
    if styles is not None:
        files["word/styles.xml"] = f'<w:styles xmlns:w="{space}">{styles}</w:styles>'
    return packed({**files, **(parts or {})})


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these files."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def p(text: str = "", num: str | None = None, level: int | None = 0, style: str | None = None, mark: str = "") -> str:
    """A paragraph, as an item of list ``num``; ``mark`` goes into the properties of its mark. Text is escaped."""
    return px(r(text) if text else "", num, level, style, mark)


def px(content: str, num: str | None = None, level: int | None = 0, style: str | None = None, mark: str = "") -> str:
    """A paragraph with this XML in it."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None:
        at = f'<w:ilvl w:val="{level}"/>' if level is not None else ""
        properties += f'<w:numPr>{at}<w:numId w:val="{num}"/></w:numPr>'
    if mark:
        properties += f"<w:rPr>{mark}</w:rPr>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def abstract(number: int, *levels: str, more: str = "") -> str:
    """An abstract list and the list of the same number that uses it."""
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    )


def lvl(at: int, style: str, words: str, more: str = "", start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{words}"/></w:lvl>'
    )


def tbl(*rows: Iterable[str]) -> str:
    """A table of these cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def tc(*texts: str, span: int = 1, merge: str | None = None, num: str | None = None) -> str:
    """A cell with a paragraph for each text; ``merge`` is restart or continue."""
    settings = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        settings += f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{''.join(p(text, num) for text in texts or ('',))}</w:tc>"


# PDF

Piece = tuple[float, float, float, str]
"""x, y (from the bottom), size and the words."""
SHOWN = "q 500 0 0 700 50 70 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"
"""A picture over the whole page."""


def ruled(
    x: float, y: float, widths: Sequence[float], rows: Sequence[Sequence[str]], size: float = 12, high: float = 20
) -> list[Piece | str]:
    """A ruled table with its top left corner at x, y. A cell that says ^ is one with that above it, < with that to
    its left; ⏎ breaks a line."""
    found: list[Piece | str] = []
    top = y
    for k, row in enumerate(rows):
        height = high * max(1 + words.count("⏎") for words in row)
        left = x
        for i, (width, words) in enumerate(zip(widths, row, strict=True)):
            if words != "^":
                found.append(f"{left} {top} m {left + width} {top} l S")
            if words != "<":
                found.append(f"{left} {top} m {left} {top - height} l S")
            if words not in ("^", "<"):
                parts = words.split("⏎") if words else []
                found += [(left + 3, top - 15 - high * at, size, part) for at, part in enumerate(parts)]
            if k == len(rows) - 1:
                found.append(f"{left} {top - height} m {left + width} {top - height} l S")
            if i == len(row) - 1:
                found.append(f"{left + width} {top} m {left + width} {top - height} l S")
            left += width
        top -= height
    return found


def pdf(pages: Sequence[Sequence[Piece | str]], rotate: int = 0, extra: str = "", form: str = "") -> bytes:
    """A PDF with these words at these places and what is drawn besides, in this order. Its font is in the file: whether
    a machine has a Chinese font must not decide what the tests see."""
    unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange\n"
        "endcmap end end"
    )
    font, glyphs = _font().hex(), compress(b"".join(b"\0\2" if sign < 128 else b"\0\1" for sign in range(65536))).hex()
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "",
        "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000/W[0 127 500]/CIDToGIDMap 8 0 R"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R>>",
        "<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        "/Ascent 880/Descent -120/CapHeight 880/StemV 93/FontFile2 7 0 R>>",
        f"<</Length {len(unicode)}>>stream\n{unicode}\nendstream",
        f"<</Length {len(font) + 1}/Filter/ASCIIHexDecode>>stream\n{font}>\nendstream",
        f"<</Length {len(glyphs) + 1}/Filter[/ASCIIHexDecode/FlateDecode]>>stream\n{glyphs}>\nendstream",
        "<</Type/XObject/Subtype/Form/BBox[0 0 5000 5000]/Resources<</Font<</F1 3 0 R>>>>"
        f"/Length {len(form)}>>stream\n{form}\nendstream",
    ]
    kids = []
    for pieces in pages:
        content = "\n".join(piece if isinstance(piece, str) else _shown(*piece) for piece in pieces) + extra
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {rotate}"
            f"/Resources<</Font<</F1 3 0 R>>/XObject<</Form 9 0 R>>>>/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    out = b"%PDF-1.4\n"
    offsets = []
    for number, words in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{words}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()


def _shown(x: float, y: float, size: float, words: str) -> str:
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET"


@cache
def _font() -> bytes:
    """A TrueType font of two glyphs, a wide square and a narrow one."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyphs, widths = {}, {".notdef": 1000, "wide": 1000, "narrow": 500}
    for name, width in widths.items():
        pen = TTGlyphPen(None)
        pen.moveTo((50, -50))
        for corner in ((50, 780), (width - 50, 780), (width - 50, -50)):
            pen.lineTo(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(widths))
    builder.setupCharacterMap({})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (width, 50) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2()
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def printed(paragraphs: Iterable[str], width: int = 28, height: int = 22) -> list[list[Piece]]:
    """The paragraphs set like a notice: 16 points, first lines indented, page numbers, 22 lines a page."""
    rows: list[tuple[float, str]] = []
    for paragraph in paragraphs:
        left, line, room = 32, "", width - 2.0
        for sign in paragraph:
            room -= 0.5 if sign.isascii() else 1
            if room < 0:
                rows.append((79 + left, line))
                left, line, room = 0, "", width - (0.5 if sign.isascii() else 1)
            line += sign
        rows.append((79 + left, line))
    pages = []
    for number, first in enumerate(range(0, len(rows), height), 1):
        pieces: list[Piece] = [(270, 40, 14, f"— {number} —")]
        pieces += [(x, 735 - 28 * k, 16, words) for k, (x, words) in enumerate(rows[first : first + height])]
        pages.append(pieces)
    return pages
