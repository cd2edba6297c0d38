"""Bytes to characters, without guessing where there is nothing to guess.

The order: a byte order mark; NUL bytes, which only UTF-16 text has; UTF-8, which other text almost never is by chance;
then GB18030, which nearly any bytes are by chance. So GB18030 is weighed against Big5, UTF-16 without NUL bytes and
damaged UTF-8 by how many of the characters are common ones: a wrong reading turns them into rare ones.
Newlines stay as they are; the byte order mark is no part of the text.
"""

from __future__ import annotations

import re

from aiwei_cli.errors import ReadError
from aiwei_cli.language.chars import COMMON
from aiwei_cli.notice.lines import Lines

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32-le", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
_CONTROLS = bytes({*range(1, 32)} - {*b"\t\n\v\f\r\x1a\x1b"})

_SAMPLE = 4096
"""Bytes; an even number of them, for UTF-16."""
_CURE = "请用记事本或 WPS 打开原文件，另存为 UTF-8 编码的文本后再试"


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: utf-8, utf-8-sig, gb18030, utf-16-le, utf-16-be or big5.

    A file cut inside its last character is read up to there. Raises ReadError for empty, binary and undecodable data.
    """
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _strict(data, codec, len(mark)), name
    if not data:
        raise ReadError("文件是空的（0 字节），没有可读的内容；请确认原文件已经保存，或重新下载")
    if b"\0" in data:
        codec = _utf16(data)
        return _strict(data, codec), codec
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _without_mark(data, error)
    _refuse_controls(data)
    if not text.isascii() and not re.search(rb"[\xe0-\xf4]", data) and _score(text) < _score(_lenient(data, "gb18030")):
        # Only two-byte characters count: 一 in GB18030 is a Cyrillic letter in UTF-8.
        return _strict(data, "gb18030"), "gb18030"
    return text, "utf-8"


def _without_mark(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    """The text of data that is not UTF-8, or is UTF-8 with damage."""
    if _is_cut(error) and re.search(rb"[\x80-\xff]", data[: error.start]):
        return data[: error.start].decode(), "utf-8"
    codec, score = _likeliest(data[:_SAMPLE])
    if codec not in ("utf-16-le", "utf-16-be"):
        _refuse_controls(data)
    text = _strict(data, codec)
    if score <= 0 and sum(not character.isascii() for character in text[:1000]) > 300:
        raise ReadError(f"不像中文文本：按 UTF-8、GB18030、Big5、UTF-16 都读不出常用字；{_CURE}")
    return text, codec


def _likeliest(sample: bytes) -> tuple[str, float]:
    """The encoding that gives most common characters, and their share."""
    plain = "gb18030", _score(_lenient(sample, "gb18030"))
    if plain[1] >= 0.25:  # No other text reaches this share when it is read as GB18030.
        return plain
    others = [(codec, _score(_lenient(sample, codec))) for codec in ("big5", "utf-8", "utf-16-le", "utf-16-be")]
    best = max(plain, *others, key=lambda pair: pair[1])
    return best if best[1] > 0.02 else plain  # UTF-16 makes some character of any two bytes.


def _score(text: str) -> float:
    """The share of common characters, less four times the share of unreadable ones; U+FFFD marks those."""
    hits = sum(map(text.count, COMMON))
    return (hits - 4 * text.count("\ufffd")) / max(len(text), 1)


def _lenient(data: bytes, codec: str) -> str:
    """The text with U+FFFD for what cannot be read, without a last character that was cut."""
    text = data.decode(codec, "replace")
    return text[:-1] if text.endswith("\ufffd") else text


def _strict(data: bytes, codec: str, start: int = 0) -> str:
    """The text from byte ``start`` on. Raises ReadError naming the byte that does not fit."""
    try:
        text = data[start:].decode(codec)
    except UnicodeDecodeError as error:
        if not _is_cut(error):
            offset = start + error.start
            before = data[start:offset].decode(codec, "replace")
            line, _ = Lines(before).place(len(before))
            found = data[offset : offset + 4].hex(" ").upper()
            raise ReadError(
                f"第 {line} 行有读不懂的字节（字节偏移 {offset}，内容 {found}）：整篇像 {codec.upper()} 编码，"
                f"这一处不是；文件可能已损坏，或由不同编码的内容拼成；{_CURE}"
            ) from None
        text = data[start : start + error.start].decode(codec)
    if not text:
        raise ReadError("文件是空的（只有编码标记，没有文字）；请确认原文件已经保存，或重新下载")
    return text


def _is_cut(error: UnicodeDecodeError) -> bool:
    """True where the bytes end inside a character, after at least one whole one."""
    cut = "unexpected end" in error.reason or "incomplete" in error.reason or "truncated" in error.reason
    return cut and error.start > 0


def _utf16(data: bytes) -> str:
    """The byte order of text with NUL bytes. Raises ReadError where the data is no text.

    Mostly the NUL bytes tell by their parity, being the upper half of digits and line ends; but 一 and the ideographic
    space have a lower half of zero, so what counts is which order gives readable characters.
    """
    sample = data[:_SAMPLE]
    readable = re.compile(r"[\t\n\r -~\u2010-\u203f\u2460-\u24ff\u3000-\u303f\u4e00-\u9fff\uff00-\uff65]")
    shares: dict[str, float] = {}
    for codec in ("utf-16-le", "utf-16-be"):
        text = _lenient(sample, codec)
        shares[codec] = len(readable.findall(text)) / max(len(text), 1)
    # Pure ASCII in the wrong order gives characters of the CJK range: 1 is U+3100, a is U+6100. Then parity decides.
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    codec = max(shares, key=lambda name: (round(shares[name], 1), odd if name.endswith("le") else even))
    if shares[codec] >= 0.8:
        return codec
    offset = data.index(0)
    raise ReadError(
        f"这是二进制文件，不是文本（字节偏移 {offset} 处是 NUL 字节）；请换成 .txt、.docx、.pdf 或 .html 格式的公文"
    )


def _refuse_controls(data: bytes) -> None:
    """Raise ReadError where more than one byte in a hundred is a control character: text has hardly any."""
    count = len(data) - len(data.translate(None, _CONTROLS))
    if count <= 1 + len(data) // 100:
        return
    offset = next(at for at, byte in enumerate(data) if byte in _CONTROLS)
    raise ReadError(
        f"这是二进制文件，不是文本（字节偏移 {offset} 处起有 {count} 个控制字符）；"
        "请换成 .txt、.docx、.pdf 或 .html 格式的公文"
    )
