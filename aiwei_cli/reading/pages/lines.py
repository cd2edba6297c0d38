"""Characters with places to printed lines, from top to bottom and left to right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from aiwei_cli.reading.pages.model import Glyph, Line

_COLUMN = 6
"""So many lines side by side are two columns of text; fewer may be names above dates."""
_GAP = 0.4
"""The gap between two cells, in heights of a sign; between two signs of a text there is less."""


def lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of some characters. Where the text is in two columns, the left one is read before the right one."""
    return [_line(row) for row in _columns(rows(glyphs))]


def rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters of each printed line, from left to right; the lines from top to bottom."""
    found: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        if found and abs(glyph.middle - middle) < 0.45 * max(glyph.height, size):
            found[-1].append(glyph)
            # A line is where most of its characters are: a raised note number must not pull it up.
            middle += (glyph.middle - middle) / len(found[-1])
            size = max(size, glyph.height)
        else:
            found.append([glyph])
            middle, size = glyph.middle, glyph.height
    return [row for row in map(_sorted_once, found) if any(glyph.sign.strip() for glyph in row)]


def _sorted_once(row: list[Glyph]) -> list[Glyph]:
    """A line from left to right, without the characters that were printed over themselves."""
    row.sort(key=lambda glyph: glyph.left)
    kept: list[Glyph] = []
    same: dict[str, Glyph] = {}
    for glyph in row:
        other = same.get(glyph.sign)
        if other is None or glyph.left - other.left >= 0.3 * max(glyph.right - glyph.left, 1):
            kept.append(glyph)
            same[glyph.sign] = glyph
    return kept


def _line(row: Sequence[Glyph]) -> Line:
    """The words of a line: a wide gap is a tab, a smaller one between Latin letters a space."""
    size = _size(row)
    pieces = []
    for is_ascii, run in groupby(row, key=lambda glyph: glyph.sign.isascii()):
        members = list(run)
        # Digits set as wide as Chinese signs have a gap after each: it is no space between words.
        gaps = [after.left - before.right for before, after in pairwise(members)]
        spread = len(gaps) > 1 and min(gaps) > 0.25 * size
        pieces.append(members[0].sign)
        for gap, (before, glyph) in zip(gaps, pairwise(members), strict=True):
            space = is_ascii and not spread and 0.25 * size < gap <= 2 * size and not before.sign.isspace()
            pieces.append((" " if space else "") + glyph.sign)
    for i, (before, glyph) in enumerate(pairwise(row), 1):
        if glyph.left - before.right > 2 * size:
            pieces[i] = "\t" + pieces[i]
    words = "".join(pieces)
    if any("\ud800" <= sign <= "\udfff" for sign in words):
        words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    inked = [glyph for glyph in row if glyph.sign.strip()]
    sure = min(glyph.sure for glyph in row)
    cells = _parted(row, size)
    parts = [_line(cell) for cell in cells] if len(cells) > 1 else []
    return Line(words.rstrip(), row[0].left, inked[-1].right, inked[0].middle, size, sure, parts)


def _parted(row: Sequence[Glyph], size: float) -> list[list[Glyph]]:
    """The characters of a line, apart where there is a gap that running text does not have; a lone blank does not
    count."""
    found: list[list[Glyph]] = []
    blanks: list[Glyph] = []
    for glyph in row:
        if not glyph.sign.strip():
            blanks.append(glyph)
            continue
        before = found[-1][-1].right if found else glyph.left
        room = blanks[0].right - blanks[0].left if len(blanks) == 1 else 0.0
        if not found or glyph.left - before - room > _GAP * size:
            found.append([])
        else:
            found[-1] += blanks
        found[-1].append(glyph)
        blanks = []
    return found


def _size(row: Sequence[Glyph]) -> float:
    sizes = sorted(glyph.height for glyph in row)
    return max(sizes[len(sizes) // 2], 1.0)


# -- two columns -------------------------------------------------------------------------------------------------------


def _columns(found: list[list[Glyph]]) -> Iterator[list[Glyph]]:
    """The lines, where they are in two columns those of the left one first."""
    gutter = _gutter(found)
    if gutter is None:
        yield from found
        return
    for across, run in groupby(found, key=lambda row: any(one.left < gutter < one.right for one in row)):
        members = list(run)
        left = [[one for one in row if one.left < gutter] for row in members]
        right = [[one for one in row if one.left >= gutter] for row in members]
        if across or not _is_prose(left, right):
            yield from members
            continue
        yield from filter(None, left)
        by = min(row[0].left for row in right if row) - min(row[0].left for row in left if row)
        # At the place of the left one, so that the indents of both say the same.
        yield from ([replace(one, left=one.left - by, right=one.right - by) for one in row] for row in right if row)


def _gutter(found: Sequence[Sequence[Glyph]]) -> float | None:
    """The middle of the widest gap near the middle of the page, where many lines have one at the same place."""
    ends = [(row[0].left, row[-1].right) for row in found]
    if len(found) < _COLUMN:
        return None
    first, last = min(left for left, _ in ends), max(right for _, right in ends)
    gaps: list[tuple[float, float]] = []
    for row in found:
        size = _size(row)
        near = [
            (a.right, b.left)
            for a, b in pairwise(row)
            if b.left - a.right > 1.2 * size and 0.35 < ((a.right + b.left) / 2 - first) / (last - first) < 0.65
        ]
        if len(near) == 1:
            gaps += near
    if len(gaps) < _COLUMN:
        return None
    starts, stops = sorted(start for start, _ in gaps), sorted(stop for _, stop in gaps)
    at = (starts[(len(starts) * 3) // 4] + stops[len(stops) // 4]) / 2
    return at if sum(start < at < stop for start, stop in gaps) >= max(_COLUMN, 0.8 * len(gaps)) else None


def _is_prose(left: Sequence[Sequence[Glyph]], right: Sequence[Sequence[Glyph]]) -> bool:
    """Whether two halves are columns of text, whose lines are full, not of a table, whose lines are of any length."""
    if sum(bool(a and b) for a, b in zip(left, right, strict=True)) < _COLUMN:
        return False
    for half in (left, right):
        rows_ = [row for row in half if row]
        edge = max(row[-1].right for row in rows_)
        full = sum(edge - row[-1].right < 1.6 * _size(row) and len(row) > 5 for row in rows_)
        if full < 0.5 * len(rows_):
            return False
    return True
