"""The recogniser, in the child process of native readers: one page of a PDF or of a picture to lines and tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.ocr import INSTALL, PAGE
from aiwei_cli.reading.pages.lines import lines
from aiwei_cli.reading.pages.model import DrawnLine, Glyph, Grid, Page, flat
from aiwei_cli.reading.pages.ruled import fill_cells, ordered, ruled_tables
from aiwei_cli.reading.pdf_pages import whole_page

if TYPE_CHECKING:
    from aiwei_cli.reading.budget import Budget

_LONG = 2000
"""Dots of the longer side, for which the recogniser is made."""
_PAPER = 842.0
"""Points of the longer side of A4."""
_MOST_DOTS = 100_000_000
_LEAST_RULE = 25
"""A straight line has at least one dot in so many of the page's longer side; strokes of signs are shorter."""
_SHORT = 0.8
"""A shorter line than this part of the signs' height is not looked for."""
_TOUCH = 3.0
_THICK = 12
_SIDE = 5
"""Dots beside the middle of a cell's side that are drawn."""
_DARK = 140
_PART = 0.5
"""A box that reaches less than this part of its height over the side of a cell is of one cell."""
Found = tuple[Any, str, float]
"""The corners of a box of words, the words, and how sure it is of them."""
_FULL = str.maketrans("():;,!?", "（）：；，！？")
_HALF = re.compile(r"(?<=[\u3400-\u9fff）》”])[(),:;!?]|[(),:;!?](?=[\u3400-\u9fff（《“])")


def in_child(data: bytes, budget: Budget) -> Any:
    """How many pages there are, and the one that is asked for. Raises ReadError."""
    (number,) = PAGE.unpack(data[: PAGE.size])
    count, image = _image(data[PAGE.size :], number)
    return count, flat(page(image, _boxes(image), _words))


def page(image: Any, boxes: Sequence[Found], words_in: Callable[[Any], tuple[str, float]]) -> Page:
    """The lines and tables of a picture, where the recogniser found these words; ``words_in`` reads a part of it that
    holds one line."""
    height, width = image.shape[:2]
    scale = _PAPER / max(height, width)
    tall = sorted(max(y for _, y in corners) - min(y for _, y in corners) for corners, _, _ in boxes)
    across, down = _rules(image, scale, tall[9 * len(tall) // 10] if tall else 0)
    try:
        grids = ruled_tables(across, down)
    except ValueError:
        grids = []
    boxes = [part for box in boxes for part in _parted(box, grids, image, scale, words_in)]
    glyphs = [glyph for corners, words, sure in boxes for glyph in _glyphs(corners, _full(words), sure, scale)]
    rest = fill_cells(grids, glyphs)
    return Page(ordered(lines(rest), [grid for grid in grids if any(grid.cells)]), height * scale)


def _parted(
    found: Found, grids: Sequence[Grid], image: Any, scale: float, words_in: Callable[[Any], tuple[str, float]]
) -> list[Found]:
    """The words of a box; where it reaches over the sides of cells, those of each cell, read anew."""
    xs, ys = [x for x, _ in found[0]], [y for _, y in found[0]]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    tall = bottom - top
    middle = (top + bottom) / 2 * scale
    walls = [
        x / scale
        for grid in grids
        if grid.ys[0] < middle < grid.ys[-1]
        for row in [grid.rows[bisect_right(grid.ys, middle) - 1]]
        for x, before, after in zip(grid.xs[1:-1], row, row[1:], strict=False)
        if before != after and left + _PART * tall < x / scale < right - _PART * tall
    ]
    if not walls:
        return [found]
    parts: list[Found] = []
    for start, end in pairwise([left, *walls, right]):
        inside = _inked(image, int(start) + _SIDE, int(end) - _SIDE, int(top), int(bottom) + 1)
        if inside is not None:
            first, last, part = inside
            words, sure = words_in(part)
            if words.strip():
                parts.append(([(first, top), (last, top), (last, bottom), (first, bottom)], words, sure))
    return parts or [found]


def _full(words: str) -> str:
    """Marks beside Chinese signs as Chinese writes them; the recogniser mixes both widths."""
    return _HALF.sub(lambda match: match[0].translate(_FULL), words)


def _glyphs(corners: Any, words: str, sure: float, scale: float) -> Iterator[Glyph]:
    """The characters of some words, each as wide as it is in a Chinese font."""
    xs, ys = [float(x) * scale for x, _ in corners], [float(y) * scale for _, y in corners]
    widths = [0.55 if sign.isascii() else 1.0 for sign in words]
    # The box is somewhat larger than the signs in it.
    step = (max(xs) - min(xs)) / max(sum(widths) + 0.3, 1.0)
    at = min(xs) + 0.15 * step
    for sign, width in zip(words, widths, strict=True):
        yield Glyph(sign, at, at + width * step, sum(ys) / len(ys), min(step, max(ys) - min(ys)), sure)
        at += width * step


# -- the libraries -----------------------------------------------------------------------------------------------------


def _boxes(image: Any) -> list[Found]:
    found = _recogniser()(image)
    if found.boxes is None or found.txts is None:
        return []
    three = zip(found.boxes, found.txts, found.scores, strict=True)
    return [(box.tolist(), words, float(sure)) for box, words, sure in three]


@cache
def _recogniser() -> Any:
    try:
        library: Any = import_module("rapidocr")
        # The classifier of directions turns single lines upside down.
        return library.RapidOCR(params={"Global.use_cls": False, "Global.log_level": "critical"})
    except ImportError as error:
        raise ReadError(f"文字识别（OCR）打不开（{error}）；请运行 {INSTALL}") from None


def _words(part: Any) -> tuple[str, float]:
    """What the recogniser reads in a part of a picture that holds one line."""
    found = _recogniser()(part, use_det=False, use_cls=False, use_rec=True)
    return ("".join(found.txts), float(min(found.scores))) if found.txts else ("", 0.0)


def _inked(image: Any, left: int, right: int, top: int, bottom: int) -> tuple[float, float, Any] | None:
    """The part of a picture between these sides, as wide as the ink in it; None where there is none."""
    left = max(left, 0)
    part = image[max(top, 0) : bottom, left : max(right, 0)]
    if not part.size:
        return None
    dark = (part.max(axis=2) < _DARK).any(axis=0).nonzero()[0]
    if not len(dark):
        return None
    first, last = int(dark[0]), int(dark[-1]) + 1
    return left + first, left + last, part[:, max(first - _SIDE, 0) : last + _SIDE]


def _image(data: bytes, number: int) -> tuple[int, Any]:
    """How many pages a file has, and one of them as an array of dots."""
    numpy: Any = import_module("numpy")
    if b"%PDF-" in data[:1024]:
        pypdfium2: Any = import_module("pypdfium2")
        document = pypdfium2.PdfDocument(data)
        sheet = whole_page(document, number)
        shown = sheet.render(scale=_LONG / max(sheet.get_size()), grayscale=False).to_pil()
        return len(document), numpy.ascontiguousarray(numpy.asarray(shown.convert("RGB"))[:, :, ::-1])
    pictures: Any = import_module("PIL.Image")
    operations: Any = import_module("PIL.ImageOps")
    try:
        picture = pictures.open(BytesIO(data), formats=["PNG", "JPEG", "TIFF", "BMP"])
        if picture.width * picture.height > _MOST_DOTS:
            raise ReadError(f"图片有 {picture.width}×{picture.height} 点，太大，为安全起见不读；请缩小后再试")
        count = getattr(picture, "n_frames", 1)
        picture.seek(number)
        shown = operations.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, EOFError, SyntaxError, pictures.DecompressionBombError):
        raise ReadError("图片打不开，可能没有下载完整；请重新取得原文件") from None
    shown.thumbnail((_LONG, _LONG))
    return count, numpy.ascontiguousarray(numpy.asarray(shown)[:, :, ::-1])


def _rules(image: Any, scale: float, tall: float) -> tuple[list[DrawnLine], list[DrawnLine]]:
    """The straight lines of a picture. ``tall``: of its signs, whose strokes are no lines: what is not much longer must
    reach from one line to another."""
    cv2: Any = import_module("cv2")
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    long = max(max(grey.shape) // _LEAST_RULE, 2 * tall, 10)
    short = max(int(_SHORT * tall), 10)
    across, down = (_straight(dots, short, scale) for dots in (ink, ink.T.copy()))
    long_across, long_down = (
        [rule for rule in rules if rule.end - rule.start >= long * scale] for rules in (across, down)
    )
    return (
        [rule for rule in across if rule in long_across or _between(rule, long_down)],
        [rule for rule in down if rule in long_down or _between(rule, long_across)],
    )


def _straight(ink: Any, short: int, scale: float) -> list[DrawnLine]:
    """The lines across of a picture in black and white: what is left where all that is less wide is rubbed out."""
    cv2: Any = import_module("cv2")
    numpy: Any = import_module("numpy")
    kept = cv2.morphologyEx(ink, cv2.MORPH_OPEN, numpy.ones((1, short), numpy.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(kept)
    return [
        DrawnLine((y + height / 2) * scale, x * scale, (x + width) * scale)
        for x, y, width, height, _ in stats[1:].tolist()
        if height <= _THICK
    ]


def _between(rule: DrawnLine, others: Sequence[DrawnLine]) -> bool:
    """Whether both ends of a line are on other ones."""
    return all(
        any(abs(other.at - end) < _TOUCH and other.start - _TOUCH < rule.at < other.end + _TOUCH for other in others)
        for end in (rule.start, rule.end)
    )
