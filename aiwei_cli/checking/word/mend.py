"""Fixes put into a Word file: the words of the runs change, and nothing else; or they change as tracked changes."""

from __future__ import annotations

from collections.abc import Sequence

from aiwei_cli.checking.rule import Finding
from aiwei_cli.checking.word.parts import WordParts
from aiwei_cli.checking.word.runs import Run, Runs, Sign
from aiwei_cli.records import NamedTuple
from aiwei_cli.write.xml import escaped

_FIRST_CHANGE = 90000
"""Ids of changes must be new to the document; a number this high is hardly in use."""
Edit = tuple[int, int, bytes]
"""The bytes from, to, and what is there instead."""


class Fix(NamedTuple):
    """The characters that go, and the words that come."""

    signs: Sequence[Sign]
    words: bytes


class Mended(NamedTuple):
    """The file, how many fixes are in it, and how many could not be put in."""

    data: bytes
    made: int
    left: int


def mended(data: bytes, text: str, findings: Sequence[Finding], *, track: str | None = None) -> Mended:
    """The Word file with the fixes of the findings; ``text`` is what was read from it.

    ``track``: the moment (``2024-03-05T08:00:00Z``) that tracked changes name; None to change the words at once.
    """
    parts = WordParts(data)
    content = parts[parts.main]
    runs = Runs(content, text)
    fixes: list[Fix] = []
    left = end = 0
    for finding in sorted((one for one in findings if one.fix is not None), key=lambda one: one.span):
        if finding.span[0] < end:
            continue
        signs = runs.signs(*finding.span)
        if signs is None or (track is not None and not _in_one(runs, signs)):
            left += 1
            continue
        fixes.append(Fix(signs, escaped(finding.fix or "").encode()))
        end = finding.span[1]
    edits = _plain(fixes) if track is None else _tracked(content, runs, fixes, track)
    parts[parts.main] = _changed(content, edits)
    return Mended(parts.packed(), len(fixes), left)


def _in_one(runs: Runs, signs: Sequence[Sign]) -> bool:
    """Whether the characters are in one run that holds nothing but text: only such a run can be taken apart."""
    return all(sign.run == signs[0].run for sign in signs) and runs.runs[signs[0].run].simple


def _plain(fixes: Sequence[Fix]) -> list[Edit]:
    """The new words take the place of the first character, the others go: the runs stay."""
    return [(sign.start, sign.end, fix.words if at == 0 else b"") for fix in fixes for at, sign in enumerate(fix.signs)]


def _tracked(content: bytes, runs: Runs, fixes: Sequence[Fix], track: str) -> list[Edit]:
    """Each run that changes, taken apart: what stays, what goes, what comes, and so on."""
    by_run: dict[int, list[Fix]] = {}
    for fix in fixes:
        by_run.setdefault(fix.signs[0].run, []).append(fix)
    edits: list[Edit] = []
    number = _FIRST_CHANGE
    for at, own in by_run.items():
        run = runs.runs[at]
        opened = content.index(b">", content.index(b"<w:t", run.start + len(run.properties))) + 1
        closed = content.rindex(b"</w:t>", run.start, run.end)
        pieces = []
        for fix in own:
            pieces.append(_run(run, b"w:t", content[opened : fix.signs[0].start]))
            opened = fix.signs[-1].end
            gone = _run(run, b"w:delText", content[fix.signs[0].start : opened])
            pieces.append(_change(b"del", gone, number, track))
            pieces.append(_change(b"ins", _run(run, b"w:t", fix.words), number + 1, track))
            number += 2
        pieces.append(_run(run, b"w:t", content[opened:closed]))
        edits.append((run.start, run.end, b"".join(pieces)))
    return edits


def _change(kind: bytes, run: bytes, number: int, track: str) -> bytes:
    if not run:
        return b""
    return b'<w:%s w:id="%d" w:author="aiwei" w:date="%s">%s</w:%s>' % (kind, number, track.encode(), run, kind)


def _run(run: Run, tag: bytes, words: bytes) -> bytes:
    if not words:
        return b""
    return b'<w:r>%s<%s xml:space="preserve">%s</%s></w:r>' % (run.properties, tag, words, tag)


def _changed(content: bytes, edits: Sequence[Edit]) -> bytes:
    pieces, at = [], 0
    for start, end, words in sorted(edits):
        pieces += [content[at:start], words]
        at = end
    return b"".join([*pieces, content[at:]])
