"""ZIP archives: each notice in one is a document. Nothing is ever written to the disk.

The limits hold for all archives inside one another together. A member that breaks a rule is reported; the others go on.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import TypeAlias
from zipfile import ZipFile, ZipInfo

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.document import Document
from aiwei_cli.reading.kinds import SCHEMA_MARK, SUFFIXES, is_aside
from aiwei_cli.reading.zipped import BROKEN, open_archive

Read: TypeAlias = "Callable[[bytes, str, str, str], Iterator[Document | ReadError]]"
"""Bytes, the beginning of complaints about them, their path, and the suffix of their name."""

LARGEST_MEMBER = 200 * 1024 * 1024
LARGEST_RATIO = 200
_FREE = 10 * 1024 * 1024
"""A member below this size may be packed as tightly as it is: a long notice of repeated forms is packed tightly."""


def documents_in(data: bytes, read: Read, *, name: str, path: str, budget: Budget) -> Iterator[Document | ReadError]:
    """The documents in an archive, by their names; ``path`` of each is ``archive.zip!/inner/name.txt``.
    ``read`` reads one, which may be an archive again.

    Raises ReadError where the archive itself cannot be read, without the file's name, which the caller puts before it.
    """
    budget.packed = True
    if budget.depth < 1:
        raise ReadError("压缩包一层套一层，超过 3 层，为安全起见不读；请先解压")
    try:
        archive = open_archive(data, budget.members)
    except BROKEN:
        raise ReadError("压缩包不完整或已损坏；请重新下载，或重新压缩") from None
    infos = [info for info in archive.infolist() if info.filename and not info.is_dir()]
    budget.members -= len(infos)
    wanted = [(inner, info) for info in infos if _is_wanted(inner := _name(info))]
    budget.size -= sum(info.file_size for _, info in wanted if not _refusal(info))
    if budget.size < 0:
        raise ReadError("压缩包里的内容合计超过 500 MB，为安全起见不读；请先解压，再读文件夹")
    found = False
    for inner, info in sorted(wanted, key=lambda pair: pair[0]):
        budget.check()
        suffix = posixpath.splitext(inner)[1].lower()
        shown = f"{name}!/{inner}"
        try:
            content = _content(archive, inner, info)
        except ReadError as error:
            found = True
            yield ReadError(f"{shown}：{error}")
            continue
        if SUFFIXES[suffix] == "data" and SCHEMA_MARK not in content:
            continue
        found = True
        budget.depth -= 1
        yield from read(content, shown, f"{path}!/{inner}", suffix)
        budget.depth += 1
    if not found:
        raise ReadError("压缩包里没有公文；里面应有 .txt、.md、.docx、.doc、.wps、.pdf、.html 等文件")


def _name(info: ZipInfo) -> str:
    """The member's name. Archives made on Chinese Windows have it in GBK without saying so."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name
        # 通知 in GBK is also two letters in UTF-8; Chinese in UTF-8 has three bytes a character.
        wide = re.search(rb"[\xe0-\xf4]", raw) is not None
        for encoding in ("utf-8", "gb18030") if wide else ("gb18030", "utf-8"):
            try:
                return raw.decode(encoding).replace("\\", "/")
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _is_wanted(name: str) -> bool:
    """Whether a member may be a notice."""
    return posixpath.splitext(name)[1].lower() in SUFFIXES and not any(
        is_aside(part) for part in name.split("/") if part not in (".", "..")
    )


def _refusal(info: ZipInfo) -> str:
    """Why a member is too large to be unpacked, by what the archive says of it; empty where it is not."""
    if info.file_size > LARGEST_MEMBER:
        return f"解压后超过 {LARGEST_MEMBER // 1024 // 1024} MB，不像公文，为安全起见不读；请解压检查后再读"
    if info.file_size > max(_FREE, LARGEST_RATIO * info.compress_size):
        times = info.file_size // max(info.compress_size, 1)
        return f"压缩了 {times} 倍，像是压缩炸弹，为安全起见不读；请解压检查后再读"
    return ""


def _content(archive: ZipFile, name: str, info: ZipInfo) -> bytes:
    """The bytes of a member. Raises ReadError for a bomb, an encrypted or broken member and a path that leads out."""
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        raise ReadError("压缩包里的这个路径指向包外，为安全起见不读；请解压检查后再读")
    if info.external_attr >> 28 == 0xA:
        raise ReadError("压缩包里的这个文件是链接，为安全起见不读；请解压检查后再读")
    if info.flag_bits & 1:
        raise ReadError("压缩包加了密码；请先用密码解压，再读里面的文件")
    if refusal := _refusal(info):
        raise ReadError(refusal)
    try:
        return archive.read(info)
    except BROKEN:
        raise ReadError("压缩包里的这个文件解压不了，可能已损坏；请重新下载，或重新压缩") from None
