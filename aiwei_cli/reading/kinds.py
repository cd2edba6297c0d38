"""What a file is, by its first bytes; its suffix only decides where these leave it open."""

from __future__ import annotations

import re

from aiwei_cli.store import SQLITE_MARK

SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".mht": "html",
    ".mhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".doc": "doc",
    ".dot": "doc",
    ".rtf": "doc",
    ".wps": "doc",
    ".wpt": "doc",
    ".pdf": "pdf",
    ".ofd": "ofd",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xltx": "xlsx",
    ".xls": "xls",
    ".xlt": "xls",
    ".et": "xls",
    ".ett": "xls",
    ".ods": "ods",
    ".zip": "zip",
    ".yaml": "data",
    ".yml": "data",
    ".json": "data",
    ".jsonl": "data",
    ".ndjson": "data",
}
"""The suffixes that are taken from a folder and from an archive. CSV and SQLite are not: they are mostly what aiwei
made of the notices beside them, which would then count twice."""
OLD = (".doc", ".dot", ".wps", ".wpt", ".rtf")
"""The suffixes of files that mostly need LibreOffice."""
SEPARATED = {".csv": "table", ".tsv": "table", ".tab": "table"}
BOOKS = frozenset(["xlsx", "xls", "ods"])
"""The kinds that are workbooks."""

SCHEMA_MARK = b"aiwei.notice.v1"
MOST_MEMBERS = 20_000
"""Of an archive; a workbook or a document has a few dozen."""
_PICTURE = "是图片，里面没有文字；请先用带文字识别（OCR）的软件转成 .docx 或 .txt"
_SCANNED = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
"""How .png, .jpg and .tif begin."""
_UNPACK = "压缩包，这里只能打开 .zip；请先解压，再读里面的文件"
_FOREIGN = (
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"Rar!\x1a\x07", "是 RAR " + _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "是 7z " + _UNPACK),
    (b"\x1f\x8b\x08", "是 gzip " + _UNPACK),
    (b"BZh", "是 bzip2 " + _UNPACK),
    (b"\xfd7zXZ\0", "是 xz " + _UNPACK),
    (b"MZ", "是 Windows 程序，不是公文；请确认选对了文件"),
    (b"\x7fELF", "是 Linux 程序，不是公文；请确认选对了文件"),
)
_HTML = rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:!doctype\s+html|html|head)\b"
_FRAGMENT = rb"\s*<(?:body|meta|title|div|table|p|article|section|h[1-6])\b[^>]{0,500}>"
_MIME = rb"(?:[A-Za-z-]{2,40}:[^\r\n]{0,500}\r?\n(?:[ \t][^\r\n]{0,500}\r?\n){0,20}){0,20}MIME-Version:"
# What aiwei export wrote: rows as JSON and JSONL, YAML, CSV and TSV. Their first column is the notice.
_NOTICE = "公文".encode()
_FIRST = rb"(?:notice|" + _NOTICE + rb")"
_ROWS = rb"\s*(?:(?:\[\s*)?\{\s*\"" + _FIRST + rb"\"\s*:|-\s+" + _FIRST + rb"\s*:|notice,id,|notice\tid\t)"
_FLAT = (b'progid="Word.Document"', b"office/2006/xmlPackage", b"office/word/2003/wordml")
"""What Word documents that are one XML file say at their beginning."""
_GB18030 = (b"\xb9\xab\xce\xc4", b"\xb1\xe0\xba\xc5")
"""公文 and 编号, written out: to encode them would load the codec at every start."""
_TABLE = tuple(
    [a + sign + b + sign for a, b in (("公文".encode(), "编号".encode()), _GB18030) for sign in (b",", b"\t")]
)
"""How CSV and TSV with Chinese labels begin."""
_DATA = rb"\s*(?:---\s*)?(?:#[^\n]{0,200}\n\s*){0,20}[\[{\"'\s-]{0,40}schema[\"']?\s*:"


def kind_of(data: bytes, suffix: str = "") -> str:
    """txt, md, html, docx, flat, doc, pdf, xlsx, xls, ods, table, zip, data, sqlite, ofd, picture or pptx, odt;
    ``foreign`` for anything else.

    ``data`` is what aiwei wrote as text: trees or rows. ``table`` is CSV or TSV.
    """
    head = data[:4096]
    named = SUFFIXES.get(suffix.lower(), "") or SEPARATED.get(suffix.lower(), "")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") or head.lstrip()[:5] == b"{\\rtf":
        return "xls" if _holds_workbook(data) else "doc"
    # A PDF may have other bytes before its mark, but text about PDFs has more than those.
    if head.startswith(b"%PDF-") or (named == "pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    if head.startswith(SQLITE_MARK):
        return "sqlite"
    if head.startswith(_SCANNED):
        return "picture"
    if foreign(data):
        return "foreign"
    if named in ("md", "data"):
        return named
    page = _plain_head(head)
    if page.lstrip()[:5] == b"<?xml" and any(mark in page for mark in _FLAT):
        return "flat"
    if _is_html(page, named):
        return "html"
    if named in ("table", *BOOKS) or page.lstrip().startswith(_TABLE):
        return "table"
    # The patterns are not compiled for plain text, which has none of these words.
    if SCHEMA_MARK in page and re.match(_DATA, page):
        return "data"
    if (b"notice" in page or _NOTICE in page) and re.match(_ROWS, page):
        return "data"
    return named if named == "html" else "txt"


def _holds_workbook(data: bytes) -> bool:
    """Whether an old file of Microsoft's is a workbook, by the names of its streams."""
    names = [name.encode("utf-16-le") for name in ("Workbook", "Book", "WordDocument")]
    return (names[0] in data or b"\0" + names[1] + b"\0" in data) and names[2] not in data


def _is_html(page: bytes, named: str) -> bool:
    """Whether a page, or a part of one where the name says so, or a page saved as one MIME file begins here."""
    if page.lstrip()[:1] == b"<":
        return bool(
            re.match(_HTML, page, re.I) or (named in ("html", "doc", *BOOKS) and re.match(_FRAGMENT, page, re.I))
        )
    return b"MIME-Version" in page and re.match(_MIME, page, re.I) is not None


def is_aside(name: str) -> bool:
    """Hidden files, the lock files of Word, WPS and LibreOffice, and what macOS adds."""
    return name.startswith((".", "~$", "~WRL")) or name == "__MACOSX"


def foreign(data: bytes) -> str:
    """What the file is, with the cure, where its first bytes are of a kind that holds no text; else empty."""
    for mark, words in _FOREIGN:
        # Two letters are a word too, so they count only before bytes that no text has.
        if data.startswith(mark) and (len(mark) > 3 or b"\0" in data[:256]):
            return words
    return ""


def _plain_head(head: bytes) -> bytes:
    """The first bytes without a byte order mark, and without the NUL bytes of UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _zipped(data: bytes) -> str:
    """Which of the formats that are ZIP archives inside, by the members that each of them has. Raises ReadError."""
    from aiwei_cli.reading.zipped import BROKEN, open_archive

    try:
        with open_archive(data, MOST_MEMBERS) as archive:
            names = archive.namelist()
            mime = b""
            if names[:1] == ["mimetype"]:
                with archive.open("mimetype") as file:
                    mime = file.read(100)
    except BROKEN:
        # Cut: the list of members at the end is lost, the first member's name is still there.
        names, mime = [data[30:400].decode("latin-1")], b""
    for start, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd")):
        if any(name.startswith(start) for name in names):
            return kind
    if names and names[0].startswith("mimetype"):
        return "ods" if mime.startswith(b"application/vnd.oasis.opendocument.spreadsheet") else "odt"
    return "docx" if names and names[0].startswith(("[Content_Types].xml", "_rels/")) else "zip"
