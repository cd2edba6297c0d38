"""What is passed over in a folder: the files that are no notices, and what aiwei itself wrote beside their source.

One sentence for each kind names the files and says what would read them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from aiwei_cli.language.patterns import pattern
from aiwei_cli.query.table import DUTIES, REPORT
from aiwei_cli.reading.document import Document

_SHOWN = 5
"""How many names are listed; the rest are counted."""
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("csv tsv tab", "CSV、TSV 表格", "要读请写明文件名"),
    ("db sqlite sqlite3", "数据库", "是台账的，要读请写明文件名"),
    ("yaml yml json jsonl ndjson", "YAML、JSON 文件", "不是整篇公文；是 aiwei 写的表的，要读请写明文件名"),
    ("ppt pptx dps pps ppsx", "演示文稿", "要读请把文字复制到 Word 或 WPS 文字里，另存为 .docx"),
    ("ofd", "OFD 版式文件", "要读请先运行 pip install 'aiwei[ofd]'"),
    ("png jpg jpeg gif bmp tif tiff webp heic", "图片", "要识别里面的文字请写明文件名"),
    ("rar 7z gz tgz tar bz2 xz", "压缩包", "这里只能打开 .zip，要读请先解压"),
    ("mp3 wav m4a mp4 avi mov wmv", "音像", "里面没有文字可读"),
    ("xlsb", "二进制的 Excel 工作簿", "要读请另存为 .xlsx"),
)
_LOCK = "Word、WPS 打开文件时的临时文件"
_SILENT = pattern(r"\.|__MACOSX|thumbs\.db$|desktop\.ini$|~WRL", re.I)
_REPORT = pattern(rf"\s*《([^\n]+)》(?:{REPORT}|{DUTIES})(?:（[^\n]{{1,40}}）)?\s*$", re.M)
"""The first line of a report of aiwei."""
_HEADED = pattern(r"标题：([^\n]+)$", re.M)
"""What the reader of Word files makes of the first lines of one, above its table."""
_HEAD = 1500
WRITTEN = (".xlsx", ".docx", ".html", ".htm", ".md", ".yaml", ".yml", ".json", ".jsonl")
"""The suffixes of what aiwei writes beside a notice and reads from a folder."""


def sentences(top: str, paths: Sequence[str], ours: Sequence[str]) -> Iterator[str]:
    """What is to be said of the files of a folder that were not read."""
    groups: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        name = os.path.basename(path)  # noqa: PTH119
        if name.startswith("~$"):
            groups.setdefault((_LOCK, "不是公文"), []).append(path)
        elif not _SILENT.match(name):
            suffix = os.path.splitext(name)[1].lower().lstrip(".")  # noqa: PTH122
            known = next(((kind, cure) for ends, kind, cure in _KINDS if suffix in ends.split()), None)
            groups.setdefault(known or ("别的文件", "认不出是公文"), []).append(path)
    if ours:
        groups["aiwei 写的结果", "公文在旁边，不重复算；要读请写明文件名"] = list(ours)
    for (kind, cure), found in groups.items():
        names = "、".join(os.path.relpath(path, top) for path in found[:_SHOWN])
        more = f" 等 {len(found)} 个" if len(found) > _SHOWN else ""
        yield f"{top}：跳过{kind} {names}{more}；{cure}"


class Beside:
    """Knows the notices of one folder, and so what aiwei made of them."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._names = {os.path.basename(path) for path in paths}  # noqa: PTH119
        self._needed = any(path.lower().endswith(WRITTEN) for path in paths)
        self._heads: list[str] = []
        self._sums: set[str] = set()

    def is_written(self, document: Document) -> bool:
        """Whether aiwei may have written the file; what it has not written is remembered as a source."""
        if document.notice is not None or _reported(document):
            return True
        if self._needed:
            self._heads.append("".join(document.text[:_HEAD].split()))
            self._sums.add(document.source.sha256)
        return False

    def has_source(self, document: Document) -> bool:
        """Whether the source of a file that aiwei wrote is here."""
        notice = document.notice
        if notice is None:
            title = _reported(document)
            return title is not None and self._has(title)
        origin = notice.source
        if origin.sha256 and origin.sha256 in self._sums:
            return True
        name = os.path.basename(origin.path or "")  # noqa: PTH119
        own = os.path.basename(document.source.path or "")  # noqa: PTH119
        return (name in self._names and name != own) or self._has(notice.title or "")

    def _has(self, title: str) -> bool:
        words = "".join(title.split())
        return len(words) > 5 and any(words in head for head in self._heads)


def _reported(document: Document) -> str | None:
    """The title of the notice that a report of aiwei is about; None for other documents."""
    found = _REPORT.match(document.text)
    if found is None and document.hints:  # it has a table of tasks
        found = _HEADED.match(document.text)
    return None if found is None else found[1]
