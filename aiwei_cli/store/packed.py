"""Texts as a ledger keeps them: packed as SQLite archives pack files, since no query looks into them.

Where packing makes no text smaller, it is kept as it is; the size tells which.
"""

from __future__ import annotations

import zlib

_LARGEST = 200_000_000
"""The most bytes of a text: more than any notice."""


def packed(text: str) -> bytes:
    """The bytes in which a text is kept."""
    data = text.encode()
    return min(data, zlib.compress(data), key=len)  # of two equally long ones the first


def unpacked(size: object, data: object) -> str:
    """The text of so many bytes. An older ledger, which is only read, has it as it is.

    Raises ValueError for what :func:`packed` does not make.
    """
    if isinstance(data, str):
        return data
    if not isinstance(size, int) or not isinstance(data, bytes) or not 0 <= size <= _LARGEST:
        raise ValueError(f"应当是打包的文字，而不是 {data!r:.40}")
    try:
        # One byte more than there should be tells that there is more, and a bomb does not go off.
        text = data if len(data) == size else zlib.decompressobj().decompress(data, size + 1)
    except zlib.error as error:
        raise ValueError(f"打包的文字已损坏（{error}）") from error
    if len(text) != size:
        raise ValueError(f"打包的文字应当有 {size} 字节，而不是 {len(text)}")
    return text.decode()
