"""The straight lines that a page of a PDF draws, and the pictures on it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

from aiwei_cli.reading.pages.model import DrawnLine, Point
from aiwei_cli.reading.pages.ruled import MOST_RULES, figure
from aiwei_cli.records import NamedTuple

_DEEP = 6
"""How deep forms may be nested."""
MOST_OBJECTS = 60_000
"""Of one page. A page of text has a few thousand."""

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_PATH, _IMAGE, _FORM = 2, 3, 5
_CURVE, _MOVE = 1, 2


class Drawn(NamedTuple):
    """What is drawn on a page besides its text."""

    across: list[DrawnLine]
    down: list[DrawnLine]
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
    across: list[DrawnLine] = []
    down: list[DrawnLine] = []
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
    return Drawn(across, down, area / (width * height), curves, forms, whole=True)


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
                if count <= MOST_OBJECTS:
                    waiting += [(raw.FPDFFormObj_GetObject(handle, k), inner, depth + 1) for k in range(count)]


def _matrix(handle: Any, raw: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return _PLAIN
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does the inner one first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _add(
    handle: Any,
    raw: Any,
    matrix: Matrix,
    place: Callable[[float, float], Point],
    across: list[DrawnLine],
    down: list[DrawnLine],
) -> bool:
    """Add the lines of a path, and say whether it has bent ones."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    count = raw.FPDFPath_CountSegments(handle)
    raw.FPDFPath_GetDrawMode(handle, fill, stroke)  # PDFium keeps no path that is neither filled nor stroked
    a, b, c, d, e, f = _times(_matrix(handle, raw), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    bent = False
    points: list[Point] = []
    for i in range(min(count, 40 * MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(handle, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        bent = bent or kind == _CURVE
        if kind == _MOVE and points:
            figure(points, bool(stroke.value), across, down)
            points = []
        points.append(place(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    figure(points, bool(stroke.value), across, down)
    return bent
