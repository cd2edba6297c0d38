"""OFD files (GB/T 33190) by ofdkit (the extra ``aiwei[ofd]``): pages of lines and ruled tables, as those of a PDF.

The library is young and reads what strangers send, so it works in the child process of
:mod:`~aiwei_cli.reading.native`, and all that is asked of it is in :func:`in_child`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.kinds import MOST_MEMBERS
from aiwei_cli.reading.native import ask
from aiwei_cli.reading.pages.layout import page_content
from aiwei_cli.reading.pages.lines import lines
from aiwei_cli.reading.pages.model import DrawnLine, Glyph, Page, flat, unflat
from aiwei_cli.reading.pages.ruled import figure, fill_cells, level, ordered, ruled_tables
from aiwei_cli.reading.zipped import BROKEN, open_archive

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules
    from aiwei_cli.reading.budget import Budget
    from aiwei_cli.reading.document import Content

INSTALL = "pip install 'aiwei[ofd]'"
_CURE = "请用 OFD 阅读器或 WPS 打开，另存为 .docx 或 PDF"
_LARGEST = 200 * 1024 * 1024
_MOST_PAGES = 3000
_POINTS = 72 / 25.4
"""In a millimetre, in which an OFD measures."""
_NUMBER = re.compile(r"[MLSQBAC]|-?[0-9.]{1,20}")


def text(data: bytes, budget: Budget, rules: Rules | None = None) -> Content:
    """The text of an OFD without page numbers and repeated headers. Raises ReadError."""
    if find_spec("ofdkit") is None:
        raise ReadError(f"读 OFD 要先装上 ofdkit，请运行 {INSTALL}；也可以{_CURE.removeprefix('请')}")
    _check_size(data)
    pages = [unflat(page) for page in ask("ofd", data, budget)]
    if not any(page.blocks for page in pages):
        raise ReadError(f"OFD 里没有文字，可能是扫描的图片；{_CURE}（带文字识别）")
    return page_content(pages, rules, budget)


def _check_size(data: bytes) -> None:
    """Raises ReadError where the parts are too large together: the library unpacks each of them whole."""
    try:
        with open_archive(data, MOST_MEMBERS) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise ReadError(f"OFD 解压后超过 {_LARGEST >> 20} MB，不像公文，为安全起见不读；{_CURE}")
    except BROKEN:
        raise ReadError(f"OFD 打不开，可能没有下载完整；请重新下载，或{_CURE.removeprefix('请')}") from None


def in_child(data: bytes, budget: Budget) -> Any:
    """The pages as lists, texts and numbers. Raises ReadError."""
    ofdkit: Any = import_module("ofdkit")
    try:
        with ofdkit.open(data) as document:
            if len(document.pages) > _MOST_PAGES:
                raise ReadError(f"OFD 有 {len(document.pages)} 页，不像公文；请拆成几个文件再试")
            return [flat(_page(document, page, budget)) for page in document.pages]
    except (ofdkit.OFDError, RecursionError, *BROKEN) as error:
        raise ReadError(f"OFD 打不开，可能加了密码或已损坏（{str(error)[:80]}）；{_CURE}") from None


def _page(document: Any, page: Any, budget: Budget) -> Page:
    left, top, width, height = page.box
    glyphs: list[Glyph] = []
    for run in page.runs:
        budget.text(len(run.text))
        if left - 1 <= run.x <= left + width and top - 1 <= run.y <= top + height:
            glyphs += _glyphs(run)
    drawn = list(_objects(document, page))
    across: list[DrawnLine] = []
    down: list[DrawnLine] = []
    for kind, element in drawn:
        if kind == "PathObject":
            for points in _figures(element):
                figure(points, element.get("Stroke", "true").lower() != "false", across, down)
    picture = not glyphs and any(kind == "ImageObject" for kind, _ in drawn)
    doubt = ""
    try:
        grids = ruled_tables(across, down)
    except ValueError:
        grids, doubt = [], "画的线太多，没有找表格"
    rest = fill_cells(grids, glyphs)
    return Page(ordered(lines(rest), grids), height * _POINTS, picture, doubt, level(across, grids))


def _glyphs(run: Any) -> Iterator[Glyph]:
    """The characters of a run, each as wide as it is in a Chinese font."""
    widths = [0.5 if sign.isascii() else 1.0 for sign in run.text]
    step = run.width / max(sum(widths), 0.5)
    at = run.x
    for sign, width in zip(run.text, widths, strict=True):
        end = at + width * step
        right = min(end, at + width * run.size) if run.size else end
        middle = (run.y - 0.36 * run.size) * _POINTS
        yield Glyph(sign, at * _POINTS, right * _POINTS, middle, max(run.size * _POINTS, 0.1))
        at = end


def _objects(document: Any, page: Any) -> Iterator[tuple[str, Any]]:
    """The objects on a page. The library has no name for those that are no text."""
    try:
        root = document._package.read_xml(page.location) if page.location else None
    except AttributeError:
        return
    for element in root.iter() if root is not None else ():
        yield str(element.tag).rpartition("}")[2], element


def _figures(element: Any) -> Iterator[list[tuple[float, float]]]:
    """The figures of a path, in points of the page; curves as their ends."""
    left, top, *_ = _numbers(element.get("Boundary"), 4) or [0.0, 0.0]
    a, b, c, d, e, f = _numbers(element.get("CTM"), 6) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    data = next((one.text or "" for one in element if str(one.tag).endswith("AbbreviatedData")), "")
    points: list[tuple[float, float]] = []
    waiting: list[float] = []
    for token in _NUMBER.findall(data[:1_000_000]):
        if token.isalpha():
            waiting = []
            if token in "SM" and points:
                yield points
                points = []
            if token == "C" and points:
                points.append(points[0])
            continue
        waiting.append(_number(token))
        if len(waiting) == 2:
            x, y = waiting
            waiting = []
            points.append(((a * x + c * y + e + left) * _POINTS, (b * x + d * y + f + top) * _POINTS))
    if points:
        yield points


def _numbers(words: str | None, count: int) -> list[float]:
    found = [_number(one) for one in (words or "").replace(",", " ").split()]
    return found if len(found) == count else []


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        return 0.0
