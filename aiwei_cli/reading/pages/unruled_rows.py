"""Which lines of a table without rules are one row.

Rules across part rows. Else each row has one number, and the largest gap between two numbers is where a row ends. Else
gaps of two sizes tell lines of a cell from rows; in a table with gaps of one size each line is a row, if each line is
whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from aiwei_cli.language.numerals import COUNT
from aiwei_cli.language.patterns import pattern
from aiwei_cli.reading.pages.model import Line

_COUNT = pattern(rf"{COUNT}[.．、]?")
CLEAR = 1.15
"""A gap counts as larger than another if it is so many times as large."""

Parts = list[tuple[int, Line]]


def rows_of(
    lines: Sequence[Parts], width: int, level: Sequence[float], *, counts: bool, goes_on: bool
) -> list[list[list[Line]]] | None:
    """The rows, each as the lines of its cells, for so many columns; None where it cannot be told. ``counts``: the
    first column numbers the rows; ``level`` are the places of rules across. What ``goes_on`` from the page before may
    begin with the rest of a row."""
    if not lines:
        return None
    starts = _by_rules(lines, level) or (_by_numbers(lines, goes_on) if counts else _by_gaps(lines))
    if starts is None:
        return None
    groups = [lines[a:b] for a, b in pairwise([*starts, len(lines)])]
    rows = [[[part for line in group for place, part in line if place == i] for i in range(width)] for group in groups]
    return rows if _is_sound(rows[1:] if goes_on and not rows[0][0] else rows, counts) else None


def _by_rules(lines: Sequence[Parts], level: Sequence[float]) -> list[int] | None:
    """Where rows begin that rules part; None where rules are only around the table and its header."""
    ys = [line[0][1].middle for line in lines]
    inner = [y for y in level if ys[0] < y < ys[-1]]
    starts = [0, *sorted({next(i for i, y in enumerate(ys) if y > rule) for rule in inner})]
    return starts if len(starts) > 1 else None


def _by_numbers(lines: Sequence[Parts], goes_on: bool) -> list[int] | None:
    """Where rows begin that are numbered in their first column."""
    anchors = [i for i, line in enumerate(lines) if line[0][0] == 0]
    if not anchors:
        return None
    gaps = [0.0, *_gaps(lines)]
    starts = [0]
    for a, b in pairwise(anchors):
        between = sorted(range(a + 1, b + 1), key=lambda i: -gaps[i])
        clear = len(between) == 1 or gaps[between[0]] > CLEAR * gaps[between[1]]
        if not clear and anchors[0] and not goes_on:
            return None  # the numbers are in the middle of their rows
        starts.append(between[0] if clear else b)
    if goes_on and anchors[0] and len(starts) > 1 and starts[1:] == anchors[1:]:
        starts.insert(1, anchors[0])
    return starts


def _by_gaps(lines: Sequence[Parts]) -> list[int] | None:
    gaps = _gaps(lines)
    if not gaps or max(gaps) < CLEAR * min(gaps):
        whole = len(lines) == 1 or all(len(line) > 1 and line[0][0] == 0 for line in lines)
        return list(range(len(lines))) if whole else None
    sizes = sorted(gaps)
    limit = max(pairwise(sizes), key=lambda pair: pair[1] / max(pair[0], 1.0))[1]
    return [0, *(i for i, gap in enumerate(gaps, 1) if gap >= limit)]


def _gaps(lines: Sequence[Parts]) -> list[float]:
    return [below[0][1].middle - line[0][1].middle for line, below in pairwise(lines)]


def _is_sound(rows: Sequence[list[list[Line]]], counts: bool) -> bool:
    """Whether the rows look like rows: each has more than one cell, and a number where rows are numbered, which goes on
    from the last."""
    if any(sum(map(bool, row)) < 2 for row in rows):
        return False
    if not counts:
        return all(row[0] for row in rows)
    numbers = ["".join(line.words for line in row[0]).strip() for row in rows]
    if not all(_COUNT.fullmatch(number) for number in numbers):
        return False
    values = [int(number.rstrip(".．、")) for number in numbers]
    return all(b == a + 1 for a, b in pairwise(values))
