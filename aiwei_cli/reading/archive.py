"""ZIP archives: each notice in one is a document. Nothing is ever written to the disk.

The limits hold for all archives inside one another together. A member that breaks a rule is reported; the others go on.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.containers import Budget, documents
from aiwei_cli.reading.document import Document
from aiwei_cli.reading.kinds import SCHEMA_MARK, SUFFIXES, is_aside

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules

LARGEST_MEMBER = 200 * 1024 * 1024
LARGEST_RATIO = 200
_FREE = 10 * 1024 * 1024
"""A member below this size may be packed as tightly as it likes: a long notice of repeated forms is."""
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError, struct.error)


def members(
    data: bytes, *, name: str, path: str, budget: Budget, rules: Rules | None = None
) -> Iterator[Document | ReadError]:
    """The documents in an archive, by their names; ``path`` of each is ``archive.zip!/inner/name.txt``.

    Raises ReadError where the archive itself cannot be read, without the file's name, which the caller puts before it.
    """
    if budget.depth < 1:
        raise ReadError("压缩包一层套一层，超过 3 层，为安全起见不读；请先解压")
    try:
        archive = ZipFile(BytesIO(data))
    except _BROKEN:
        raise ReadError("压缩包不完整或已损坏；请重新下载，或重新压缩") from None
    infos = [info for info in archive.infolist() if info.filename and not info.is_dir()]
    budget.members -= len(infos)
    if budget.members < 0:
        raise ReadError("压缩包里的文件超过 10000 个，为安全起见不读；请先解压，再读文件夹")
    found = False
    for inner, info in sorted(((_name(info), info) for info in infos), key=lambda pair: pair[0]):
        suffix = posixpath.splitext(inner)[1].lower()
        if suffix not in SUFFIXES or any(is_aside(part) for part in inner.split("/") if part not in (".", "..")):
            continue
        shown = f"{name}!/{inner}"
        try:
            content = _content(archive, inner, info, budget)
        except ReadError as error:
            found = True
            yield ReadError(f"{shown}：{error}")
            continue
        if SUFFIXES[suffix] == "data" and SCHEMA_MARK not in content:
            continue
        found = True
        budget.depth -= 1
        yield from documents(content, name=shown, path=f"{path}!/{inner}", suffix=suffix, budget=budget, rules=rules)
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


def _content(archive: ZipFile, name: str, info: ZipInfo, budget: Budget) -> bytes:
    """The bytes of a member. Raises ReadError for a bomb, an encrypted or broken member and a path that leads out."""
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        raise ReadError("压缩包里的这个路径指向包外，为安全起见不读；请解压检查后再读")
    if info.external_attr >> 28 == 0xA:
        raise ReadError("压缩包里的这个文件是链接，为安全起见不读；请解压检查后再读")
    if info.flag_bits & 1:
        raise ReadError("压缩包加了密码；请先用密码解压，再读里面的文件")
    if info.file_size > LARGEST_MEMBER:
        raise ReadError(f"解压后超过 {LARGEST_MEMBER // 1024 // 1024} MB，不像公文，为安全起见不读；请解压检查后再读")
    if info.file_size > max(_FREE, LARGEST_RATIO * info.compress_size):
        raise ReadError(
            f"压缩了 {info.file_size // max(info.compress_size, 1)} 倍，像是压缩炸弹，为安全起见不读；请解压检查后再读"
        )
    budget.size -= info.file_size
    if budget.size < 0:
        raise ReadError("压缩包里的内容合计超过 500 MB，从这里起不再读；请先解压，再读文件夹")
    try:
        return archive.read(info)
    except _BROKEN:
        raise ReadError("压缩包里的这个文件解压不了，可能已损坏；请重新下载，或重新压缩") from None
