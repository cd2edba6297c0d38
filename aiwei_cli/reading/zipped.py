"""Opening what is a ZIP archive inside, a .zip or a .docx, before anything in it is unpacked.

The list at an archive's end says what is in it; a hostile one names the same bytes fifty times, or lists more members
than there is memory for.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from aiwei_cli.errors import ReadError

BROKEN = (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError, struct.error)
"""What :mod:`zipfile` raises for an archive that is damaged."""
_LOCAL = 30
"""Bytes of the header before a member's name."""
_LONGEST = 1000
"""Bytes that the list has for a member, at most and on average."""


def open_archive(data: bytes, most: int) -> ZipFile:
    """The archive. Raises ReadError where its members are more than ``most`` or overlap, and what BROKEN names."""
    many = ReadError(f"里面的文件超过 {most} 个，为安全起见不读；请先解压，再读其中要读的")
    if _list_size(data) > most * _LONGEST:
        raise many
    archive = ZipFile(BytesIO(data))
    infos = archive.infolist()
    if len(infos) > most:
        raise many
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise ReadError("压缩包里几个文件用的是同一段内容，像是压缩炸弹，为安全起见不读；请解压检查后再读")
        end = info.header_offset + _LOCAL + info.compress_size
    return archive


def _list_size(data: bytes) -> int:
    """The bytes of the list of members, as the archive's end tells: the objects made of them are far larger."""
    at = data.rfind(b"PK\x05\x06")
    size = int.from_bytes(data[at + 12 : at + 16], "little") if at >= 0 else 0
    at = data.rfind(b"PK\x06\x06")
    return int.from_bytes(data[at + 40 : at + 48], "little") if size == 0xFFFFFFFF and at >= 0 else size
