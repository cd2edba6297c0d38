"""A Word file as named parts, and back. Only the parts that change are written anew."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.word.package import Package

_EMPTY = {
    "[Content_Types].xml": (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="word/document.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    ),
}
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class WordParts:
    """The parts of a Word file by their names, and which of them holds the text.

    Raises ReadError where the file cannot be read, or its text is not in UTF-8.
    """

    def __init__(self, data: bytes) -> None:
        self.main = Package(data, Budget(source=len(data))).main()
        with ZipFile(BytesIO(data)) as archive:
            self._infos = archive.infolist()
            self._data = {info.filename: archive.read(info) for info in self._infos if not info.is_dir()}
        head = self._data[self.main][:200].lower()
        if b"encoding" in head and b"utf-8" not in head:
            raise ReadError("这个 Word 文件的正文不是 UTF-8 编码；请用 Word、WPS 打开后另存为 .docx")
        self._changed: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._changed or name in self._data

    def __getitem__(self, name: str) -> bytes:
        return self._changed.get(name) or self._data[name]

    def old(self, name: str) -> bytes:
        """A part, or nothing where it is not there yet."""
        if name not in self:
            return b""
        return self[name]

    def __setitem__(self, name: str, content: bytes) -> None:
        self._changed[name] = content

    def packed(self) -> bytes:
        """The file with what was changed; the order of the parts stays."""
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for info in self._infos:
                if not info.is_dir():
                    archive.writestr(info, self[info.filename], ZIP_DEFLATED)
            for name in self._changed:
                if name not in self._data:
                    archive.writestr(name, self._changed[name])
        return out.getvalue()


def of_text(text: str) -> bytes:
    """A Word file with a paragraph for each line of a text."""
    from aiwei_cli.write.xml import escaped

    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escaped(line)}</w:t></w:r></w:p>' if line else "<w:p/>" for line in lines
    )
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{NAMESPACE}">'
        f"<w:body>{paragraphs}<w:sectPr/></w:body></w:document>"
    )
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in (*_EMPTY.items(), ("word/document.xml", document)):
            archive.writestr(name, content)
    return out.getvalue()
