"""Findings as comments of a Word file, each on the words that it is about."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from aiwei_cli.checking.word.parts import NAMESPACE, WordParts
from aiwei_cli.checking.word.runs import Runs
from aiwei_cli.notice.model import Span
from aiwei_cli.records import NamedTuple
from aiwei_cli.write.xml import escaped

_AUTHOR = "aiwei"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


class Comment(NamedTuple):
    """What is said of a span of the text."""

    span: Span
    words: str


def commented(data: bytes, text: str, comments: Sequence[Comment]) -> bytes:
    """The Word file with the comments; ``text`` is what was read from it. What is on no run, as an automatic number,
    is commented at the first run after it."""
    parts = WordParts(data)
    content = parts[parts.main]
    runs = Runs(content, text)
    path = posixpath.join(posixpath.dirname(parts.main), "comments.xml")
    old = parts.old(path)
    first = max(map(int, re.findall(rb'<w:comment [^>]*w:id="(\d+)"', old)), default=-1) + 1
    inserts: list[tuple[int, int, bytes]] = []
    written: list[str] = []
    for number, comment in enumerate(comments, first):
        place = _place(runs, comment.span, len(text))
        if place is None:
            continue
        start, end = place
        inserts.append((start, 1, b'<w:commentRangeStart w:id="%d"/>' % number))
        mark = b'<w:commentRangeEnd w:id="%d"/><w:r><w:commentReference w:id="%d"/></w:r>' % (number, number)
        inserts.append((end, 0, mark))
        written.append(
            f'<w:comment w:id="{number}" w:author="{_AUTHOR}" w:initials="aw">'
            f'<w:p><w:r><w:t xml:space="preserve">{escaped(comment.words)}</w:t></w:r></w:p></w:comment>'
        )
    parts[parts.main] = _inserted(content, inserts)
    _keep(parts, path, "".join(written))
    return parts.packed()


def _place(runs: Runs, span: Span, length: int) -> tuple[int, int] | None:
    """The bytes from the first run of a span to the end of its last."""
    start, end = span
    signs = runs.signs(start, end)
    if signs is None:
        near = next((sign for at in range(start, min(start + 80, length)) if (sign := runs.signs(at, at + 1))), None)
        signs = near
    if not signs:
        return None
    return runs.runs[signs[0].run].start, runs.runs[signs[-1].run].end


def _inserted(content: bytes, inserts: Sequence[tuple[int, int, bytes]]) -> bytes:
    pieces, at = [], 0
    for place, _, words in sorted(inserts):
        pieces += [content[at:place], words]
        at = place
    return b"".join([*pieces, content[at:]])


def _keep(parts: WordParts, path: str, written: str) -> None:
    """Write the comments beside those that are there, and tell the package of a new part."""
    if path in parts:
        parts[path] = parts[path].replace(b"</w:comments>", written.encode() + b"</w:comments>")
        return
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts[path] = f'{head}<w:comments xmlns:w="{NAMESPACE}">{written}</w:comments>'.encode()
    types = parts["[Content_Types].xml"]
    override = f'<Override PartName="/{path}" ContentType="{_TYPE}"/>'.encode()
    parts["[Content_Types].xml"] = types.replace(b"</Types>", override + b"</Types>")
    folder, name = posixpath.split(parts.main)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    relation = f'<Relationship Id="rIdAiwei" Type="{_RELATION}" Target="comments.xml"/>'.encode()
    if rels in parts:
        parts[rels] = parts[rels].replace(b"</Relationships>", relation + b"</Relationships>")
    else:
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        parts[rels] = f'{head}<Relationships xmlns="{space}">'.encode() + relation + b"</Relationships>"
