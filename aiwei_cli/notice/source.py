"""Where a text came from."""

from __future__ import annotations

from aiwei_cli.notice.fields import field
from aiwei_cli.records import record


@record
class Source:
    """Where the text came from."""

    about = "原文从哪里来"

    path: str | None = field("文件路径；- 是标准输入", default=None)
    sha256: str = field("原文件的 SHA-256", default="", schema={"pattern": "^([0-9a-f]{64})?$"})
    """Of the bytes that were read; of the text in UTF-8 where there was no file."""
    encoding: str = field("字符编码", default="utf-8")
    characters: int = field("解码后的字数", default=0)
    kind: str = field("文件种类：txt、docx、pdf、html、md 等", default="txt", promised=False)
    """The container the text was taken from: txt, docx, pdf, html, md."""


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, for a notice that came from no file."""
    from aiwei_cli.notice.checksum import sha256

    return sha256(text.encode("utf-8", "surrogatepass"))
