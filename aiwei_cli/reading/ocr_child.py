"""The recogniser, in the child process of native readers: one page of a PDF or of a picture to lines and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.ocr import INSTALL, PAGE
from aiwei_cli.reading.pages.lines import lines
from aiwei_cli.reading.pages.model import Glyph, Page, Rule, flat
from aiwei_cli.reading.pages.ruled import filled, ordered, tables

if TYPE_CHECKING:
    from aiwei_cli.reading.budget import Budget

_LONG = 2000
"""Dots of the longer side, for which the recogniser is made."""
_PAPER = 842.0
"""Points of the longer side of A4."""
_MOST_DOTS = 100_000_000
_LEAST_RULE = 25
"""A straight line has at least one dot in so many of the page's longer side; strokes of signs are shorter."""
_THICK = 12
_FULL = str.maketrans("():;,!?", "（）：；，！？")
_HALF = re.compile(r"(?<=[\u3400-\u9fff）》”])[(),:;!?]|[(),:;!?](?=[\u3400-\u9fff（《“])")


def in_child(data: bytes, budget: Budget) -> Any:
    """How many pages there are, and the one that is asked for. Raises ReadError."""
    (number,) = PAGE.unpack(data[: PAGE.size])
    count, image = _image(data[PAGE.size :], number)
    return count, flat(page(image, _boxes(image)))


def page(image: Any, boxes: Sequence[tuple[Any, str, float]]) -> Page:
    """The lines and tables of a picture, where the recogniser found these words: (corners, words, how sure it is)."""
    height, width = image.shape[:2]
    scale = _PAPER / max(height, width)
    glyphs = [glyph for corners, words, sure in boxes for glyph in _glyphs(corners, _full(words), sure, scale)]
    tall = sorted(max(y for _, y in corners) - min(y for _, y in corners) for corners, _, _ in boxes)
    across, down = _rules(image, scale, tall[9 * len(tall) // 10] if tall else 0)
    try:
        grids = tables(across, down)
    except ValueError:
        grids = []
    rest = filled(grids, glyphs)
    return Page(ordered(lines(rest), [grid for grid in grids if any(grid.cells)]), height * scale)


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


def _boxes(image: Any) -> list[tuple[Any, str, float]]:
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


def _image(data: bytes, number: int) -> tuple[int, Any]:
    """How many pages a file has, and one of them as an array of dots."""
    numpy: Any = import_module("numpy")
    if b"%PDF-" in data[:1024]:
        pypdfium2: Any = import_module("pypdfium2")
        document = pypdfium2.PdfDocument(data)
        sheet = document[number]
        shown = sheet.render(scale=_LONG / max(*sheet.get_size(), 1.0), grayscale=False).to_pil()
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


def _rules(image: Any, scale: float, tall: float) -> tuple[list[Rule], list[Rule]]:
    """The straight lines of a picture: what is left where all that is short is rubbed out. ``tall``: of its signs,
    whose strokes are no lines."""
    cv2: Any = import_module("cv2")
    numpy: Any = import_module("numpy")
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    long = max(max(image.shape[:2]) // _LEAST_RULE, int(2 * tall), 10)
    found: list[list[Rule]] = []
    for size in ((long, 1), (1, long)):
        kept = cv2.morphologyEx(ink, cv2.MORPH_OPEN, numpy.ones((size[1], size[0]), numpy.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(kept)
        rules = []
        for x, y, width, height, _ in stats[1:].tolist():
            if size[0] > 1 and height <= _THICK:
                rules.append(Rule((y + height / 2) * scale, x * scale, (x + width) * scale))
            elif size[1] > 1 and width <= _THICK:
                rules.append(Rule((x + width / 2) * scale, y * scale, (y + height) * scale))
        found.append(rules)
    return found[0], found[1]
