"""The straight lines that a page of a PDF draws, and the pictures on it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from aiwei_cli.reading.pages.model import Rule
from aiwei_cli.reading.pages.ruled import MOST_RULES

_THIN = 4.0
"""A filled box that is not thicker is a line."""
_STRAIGHT = 1.0
_DEEP = 6
"""Forms in forms."""
MOST_OBJECTS = 60_000
"""Of one page. A page of text has a few thousand."""

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_PATH, _IMAGE, _FORM = 2, 3, 5
_CURVE, _MOVE = 1, 2


class Drawn(NamedTuple):
    """What is drawn on a page besides its text."""

    across: list[Rule]
    down: list[Rule]
    pictures: float
    """The part of the page that pictures cover."""
    curves: int
    """Bent outlines: a page of many has its signs drawn."""
    forms: bool
    """Whether any of it is drawn by way of a form."""
    whole: bool
    """Whether all was looked at."""


def drawn(page: Any, raw: Any, place: Callable[[float, float], Point]) -> Drawn:
    """Look at the objects of a page; ``place`` turns a point of the file into one of the page as it is seen."""
    across: list[Rule] = []
    down: list[Rule] = []
    width, height = page.get_size()
    area, curves, forms = 0.0, 0, False
    for seen, (kind, handle, matrix) in enumerate(_objects(page, raw)):
        forms = forms or matrix is not _PLAIN
        if seen > MOST_OBJECTS or max(len(across), len(down)) > 20 * MOST_RULES:
            return Drawn([], [], area, curves, forms, whole=False)
        if kind == _IMAGE:
            own = _times(_matrix(handle, raw), matrix)
            area += abs(own[0] * own[3] - own[1] * own[2])
        elif kind == _PATH:
            curves += _add(handle, raw, matrix, place, across, down)
    return Drawn(across, down, area / max(width * height, 1.0), curves, forms, whole=True)


def _objects(page: Any, raw: Any) -> Iterator[tuple[int, Any, Matrix]]:
    """The objects of a page and of its forms, with the matrix of the form."""
    waiting: list[tuple[Any, Matrix, int]] = []
    for i in range(raw.FPDFPage_CountObjects(page.raw)):
        waiting.append((raw.FPDFPage_GetObject(page.raw, i), _PLAIN, 0))
        while waiting:
            handle, matrix, depth = waiting.pop()
            kind = raw.FPDFPageObj_GetType(handle)
            yield kind, handle, matrix
            if kind == _FORM and depth < _DEEP:
                inner = _times(_matrix(handle, raw), matrix)
                count = raw.FPDFFormObj_CountObjects(handle)
                if 0 < count <= MOST_OBJECTS:
                    waiting += [(raw.FPDFFormObj_GetObject(handle, k), inner, depth + 1) for k in range(count)]


def _matrix(handle: Any, raw: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return _PLAIN
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """What does the inner one first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _add(
    handle: Any,
    raw: Any,
    matrix: Matrix,
    place: Callable[[float, float], Point],
    across: list[Rule],
    down: list[Rule],
) -> bool:
    """Add the lines of a path, and say whether it has bent ones."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    count = raw.FPDFPath_CountSegments(handle)
    if count < 2 or not raw.FPDFPath_GetDrawMode(handle, fill, stroke) or not (fill.value or stroke.value):
        return False
    a, b, c, d, e, f = _times(_matrix(handle, raw), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    bent = False
    figure: list[Point] = []
    for i in range(min(count, 40 * MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(handle, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        bent = bent or kind == _CURVE
        if kind == _MOVE and figure:
            _figure(figure, bool(stroke.value), across, down)
            figure = []
        figure.append(place(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment):
            figure.append(figure[0])
    _figure(figure, bool(stroke.value), across, down)
    return bent


def _figure(points: Sequence[Point], stroke: bool, across: list[Rule], down: list[Rule]) -> None:
    """Add the lines of one figure: the sides of what is stroked, the length of what is filled and thin."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if min(right - left, bottom - top) <= _THIN:
        if right - left > bottom - top:
            across.append(Rule((top + bottom) / 2, left, right))
        else:
            down.append(Rule((left + right) / 2, top, bottom))
        return
    if not stroke:
        return
    for (x, y), (other_x, other_y) in pairwise(points):
        if abs(y - other_y) < _STRAIGHT < abs(x - other_x):
            across.append(Rule((y + other_y) / 2, min(x, other_x), max(x, other_x)))
        elif abs(x - other_x) < _STRAIGHT < abs(y - other_y):
            down.append(Rule((x + other_x) / 2, min(y, other_y), max(y, other_y)))
