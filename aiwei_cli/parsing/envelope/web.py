"""What a web page puts before a notice: 索引号：…, 发布日期：…, 首页 > 政务公开, and the front matter of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiwei_cli.language.dates import iso
from aiwei_cli.language.patterns import pattern
from aiwei_cli.parsing.envelope.claims import Claim
from aiwei_cli.parsing.envelope.metadata import Metadata
from aiwei_cli.parsing.envelope.page import HeadLines

if TYPE_CHECKING:
    from aiwei_cli.parsing.envelope.words import HeaderWords

_FRONT_KEY = pattern(r"^(?:[\w-]+\s*:|-\s)")
_LINES = 40
"""Metadata is at the top: a table of some twenty lines, each with its value in the line below at most."""
_FRONT_LINES = 30
_TITLE = 4
"""A title in the metadata has no more lines."""


def take(page: HeadLines, metadata: Metadata) -> None:
    """Take the lines of metadata."""
    first = _front_matter(page)
    for i, line in enumerate(page.lines[first:_LINES], first):
        if line.text[0] == ">" or metadata.holds(line.text):  # a quotation of Markdown before the notice
            last = i
            if metadata.says(line.text) is not None:  # 标题：…印发《… / …》的通知
                last = next((j for j in range(i, min(i + _TITLE, len(page.lines))) if _closes(page.join(i, j))), i)
            page.take("metadata", i, last)


def fill(page: HeadLines, words: HeaderWords) -> None:
    """Take from the metadata what the notice itself does not say."""
    known = {claim.name for claim in page.claims}
    for at, claim in enumerate(tuple(page.claims)):
        if claim.name != "metadata" or claim.value is not None:
            continue
        lines = [line for line in page.lines if line.start in range(*claim.span)]
        said = words.metadata.says(lines[0].text)
        if said is None or said[0] in known:
            continue
        field, begin = said
        text = "".join(line.text for line in lines)
        value = text[begin:].strip() if field == "title" else (text[begin:].split() or [""])[0]
        found = _value(field, value, words)
        if found is not None:
            known.add(field)
            start = lines[0].start + begin
            end = claim.span[1] if field == "title" else start + len(value)
            page.claims[at] = claim._replace(span=(claim.span[0], start))
            page.claims.append(Claim((start, end), field, found))
            if end < claim.span[1]:
                page.claims.append(Claim((end, claim.span[1]), "metadata"))


def _value(field: str, value: str, words: HeaderWords) -> str | None:
    if field == "title":
        return value if words.numbering.ends_title(value) else None
    if field == "publisher":
        return value if words.organisation.search(value) else None
    if field == "date":
        return iso(value)
    match = words.number_line.match(value)
    return "".join(words.number_label.sub("", match[1]).split()) if match is not None else None


def _closes(words: str) -> bool:
    return words.count("《") <= words.count("》")


def _front_matter(page: HeadLines) -> int:
    """What is between --- and --- before a page in Markdown: the number of its lines."""
    if page.lines[0].text != "---":
        return 0
    for i, line in enumerate(page.lines[1:_FRONT_LINES], 1):
        if line.text == "---":
            page.take("metadata", 0, i)
            return i + 1
        if not _FRONT_KEY.match(line.text):
            break
    return 0
