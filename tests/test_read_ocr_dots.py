"""Pictures of pages: dots to rules, boxes to signs, and both sides of what decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from read_samples import pdf

from aiwei_cli.errors import ReadError
from aiwei_cli.reading import ocr, ocr_child
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.pages.model import DrawnLine, Grid, Line, Page, unflat

numpy: Any = pytest.importorskip("numpy", reason="recognition needs the extra aiwei[ocr]")
pictures: Any = pytest.importorskip("PIL.Image", reason="recognition needs the extra aiwei[ocr]")

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def white(height: int = 842, width: int = 595) -> Any:
    """A page of A4 whose dots are points."""
    return numpy.full((height, width, 3), 255, numpy.uint8)


def corners(box: Box) -> list[tuple[float, float]]:
    left, top, right, bottom = box
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def page(
    boxes: Sequence[tuple[Box, str]],
    rules: tuple[Sequence[DrawnLine], Sequence[DrawnLine]] = ((), ()),
    image: Any = None,
    words: Callable[[Any], tuple[str, float]] = lambda part: ("新", 0.8),
    *,
    monkeypatch: pytest.MonkeyPatch,
) -> Page:
    monkeypatch.setattr(ocr_child, "_rules", lambda image, scale, tall: rules)
    image = white() if image is None else image
    return ocr_child.page(image, [(corners(box), said, 0.9) for box, said in boxes], words)


# -- signs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "width", "places"),
    [
        # the box is wider than its signs by 0.3 of one
        ("甲乙丙丁", 43.0, [(1.5, 11.5), (11.5, 21.5), (21.5, 31.5), (31.5, 41.5)]),
        ("甲1", 18.5, [(1.5, 11.5), (11.5, 17.0)]),
        # and no sign is wider than its box
        ("1", 10.0, [(1.5, 7.0)]),
    ],
)
def test_signs_lie_in_their_box(words: str, width: float, places: list[tuple[float, float]]) -> None:
    glyphs = list(ocr_child._glyphs(corners((0.0, 20.0, width, 40.0)), words, 0.9, 1.0))
    assert [(round(one.left, 6), round(one.right, 6)) for one in glyphs] == places
    assert {(one.middle, round(one.height, 6), one.sure) for one in glyphs} == {(30.0, 10.0, 0.9)}


def test_a_sign_is_no_higher_than_its_box() -> None:
    (glyph,) = ocr_child._glyphs(corners((0.0, 20.0, 13.0, 24.0)), "甲", 0.9, 0.5)
    assert (glyph.height, glyph.middle) == (2.0, 11.0)
    # a box that leans
    (glyph,) = ocr_child._glyphs([(10, 20), (23, 24), (23, 36), (10, 32)], "甲", 0.9, 1.0)
    assert (round(glyph.left, 6), glyph.middle) == (11.5, 28.0)


def test_the_longer_side_of_a_page_is_that_of_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    high = page([((100, 100, 200, 140), "甲")], image=white(1684, 1190), monkeypatch=monkeypatch)
    wide = page([((100, 100, 200, 140), "甲")], image=white(1190, 1684), monkeypatch=monkeypatch)
    assert (high.height, wide.height) == (842.0, 595.0)
    assert [round(one.lines[0].middle, 3) for one in (high, wide)] == [60.0, 60.0]


def test_nine_of_ten_signs_are_no_higher_than_what_rules_are_measured_by(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[float] = []

    def rules(image: Any, scale: float, tall: float) -> tuple[list[DrawnLine], list[DrawnLine]]:
        seen.append(tall)
        return [], []

    monkeypatch.setattr(ocr_child, "_rules", rules)
    for count in (0, 1, 11, 21):
        boxes = [(corners((0.0, 40.0 * k, 100.0, 40.0 * k + k + 1)), "甲", 1.0) for k in range(count)]
        ocr_child.page(white(), boxes, lambda part: ("", 0.0))
    assert seen == [0, 1, 10, 19]


# -- boxes over several cells ------------------------------------------------------------------------------------------

_RULES = (
    [DrawnLine(y, 50.0, 350.0) for y in (100.0, 130.0, 160.0)],
    [DrawnLine(x, 100.0, 160.0) for x in (50.0, 150.0, 350.0)],
)


def cells(box: Box, rules: Any = _RULES, *, monkeypatch: pytest.MonkeyPatch, **more: Any) -> list[list[str]]:
    monkeypatch.setattr(ocr_child, "_inked", lambda image, left, right, top, bottom: (left, right, (left, right)))
    made = page([(box, "原文")], rules, monkeypatch=monkeypatch, **more)
    found = [[line.words for line in cell] for grid in made.blocks if isinstance(grid, Grid) for cell in grid.cells]
    return found if any(found) else [[line.words for line in made.lines]]


@pytest.mark.parametrize(
    ("box", "parted"),
    [
        ((100.0, 105.0, 200.0, 125.0), True),
        # less than half of its height on one side
        ((140.1, 105.0, 240.0, 125.0), False),
        ((139.9, 105.0, 240.0, 125.0), True),
        ((100.0, 105.0, 159.9, 125.0), False),
        ((100.0, 105.0, 160.1, 125.0), True),
        ((140.0, 105.0, 240.0, 125.0), False),
        ((100.0, 105.0, 160.0, 125.0), False),
        # above or below the table
        ((100.0, 90.0, 200.0, 110.0), False),
        ((100.0, 90.2, 200.0, 110.0), True),
        ((100.0, 150.0, 200.0, 170.0), False),
        ((100.0, 150.0, 200.0, 169.8), True),
    ],
)
def test_a_box_is_parted_where_it_reaches_over_the_side_of_a_cell(
    box: Box, parted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = cells(box, monkeypatch=monkeypatch)
    assert any("新" in one for words in found for one in words) is parted


def test_no_rule_parts_what_is_merged(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = _RULES[0], [_RULES[1][0], DrawnLine(150.0, 130.0, 160.0), _RULES[1][2]]
    assert cells((100.0, 105.0, 200.0, 125.0), rules, monkeypatch=monkeypatch)[0] == ["原文"]
    assert cells((100.0, 135.0, 200.0, 155.0), rules, monkeypatch=monkeypatch)[1:] == [["新"], ["新"]]


def test_each_part_is_read_between_the_rules_and_kept_off_them(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def inked(image: Any, *sides: int) -> Any:
        seen.append(sides)
        return (float(sides[0]), float(sides[1]), sides)

    monkeypatch.setattr(ocr_child, "_inked", inked)
    page([((100.0, 105.0, 200.0, 125.5), "原文")], _RULES, monkeypatch=monkeypatch)
    assert seen == [(105, 145, 105, 126), (155, 195, 105, 126)]


def test_where_nothing_is_read_anew_the_box_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    box = (100.0, 105.0, 200.0, 125.0)
    monkeypatch.setattr(ocr_child, "_inked", lambda image, left, right, *rest: (left, right, None))
    made = page([(box, "原文")], _RULES, monkeypatch=monkeypatch, words=lambda part: (" ", 0.0))
    (grid,) = made.blocks
    assert isinstance(grid, Grid)
    assert "".join(line.words for cell in grid.cells for line in cell) == "原文"
    monkeypatch.setattr(ocr_child, "_inked", lambda *sides: None)
    (grid,) = page([(box, "原文")], _RULES, monkeypatch=monkeypatch).blocks
    assert isinstance(grid, Grid)
    assert "".join(line.words for cell in grid.cells for line in cell) == "原文"


def test_rules_without_words_in_their_cells_are_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    assert page([], _RULES, monkeypatch=monkeypatch).blocks == []
    (line,) = page([((100.0, 205.0, 200.0, 225.0), "下文")], _RULES, monkeypatch=monkeypatch).blocks
    assert isinstance(line, Line)


# -- dots --------------------------------------------------------------------------------------------------------------


def test_the_ink_between_two_sides() -> None:
    image = white()
    image[100:110, 60:80] = 139
    image[100:110, 90:95] = 140  # too bright
    first, last, part = ocr_child._inked(image, 40, 120, 95, 115)
    assert (first, last) == (60, 80)
    assert part.shape == (20, 30, 3)  # five dots more on each side
    assert ocr_child._inked(image, 58, 82, 95, 115)[2].shape == (20, 24, 3)
    assert ocr_child._inked(image, 85, 120, 95, 115) is None
    assert ocr_child._inked(image, 80, 60, 95, 115) is None
    assert ocr_child._inked(image, -10, 120, -10, 115)[:2] == (60, 80)
    assert ocr_child._inked(image, -10, -5, 95, 115) is None


def test_a_sign_in_colour_is_ink_where_all_its_colours_are_dark() -> None:
    image = white()
    image[100:110, 60:80] = (0, 0, 200)
    assert ocr_child._inked(image, 40, 120, 95, 115) is None


def strokes(*boxes: tuple[int, int, int, int], tall: float = 19, size: tuple[int, int] = (1000, 800)) -> Any:
    """The rules that are found where these boxes are black, as their two ends in dots."""
    pytest.importorskip("cv2", reason="recognition needs the extra aiwei[ocr]")
    image = white(*size)
    for left, top, right, bottom in boxes:
        image[top:bottom, left:right] = 0
    across, down = ocr_child._rules(image, 1.0, tall)
    return [(one.start, one.end) for one in across], [(one.start, one.end) for one in down]


@pytest.mark.parametrize(("long", "found"), [(39, False), (40, True)])
def test_a_straight_line_is_long(long: int, found: bool) -> None:
    """A twenty-fifth of the longer side, and twice as long as signs are high."""
    assert strokes((100, 500, 100 + long, 502)) == ([(100, 100 + long)] if found else [], [])
    assert strokes((500, 100, 502, 100 + long)) == ([], [(100, 100 + long)] if found else [])
    assert strokes((100, 500, 140, 502), tall=21) == ([], [])
    assert len(strokes((100, 500, 142, 502), tall=21)[0]) == 1


def test_on_a_small_picture_ten_dots_are_long() -> None:
    assert len(strokes((50, 100, 60, 102), tall=0, size=(200, 160))[0]) == 1
    assert strokes((50, 100, 59, 102), tall=0, size=(200, 160))[0] == []


@pytest.mark.parametrize(("thick", "found"), [(12, True), (13, False)])
def test_a_black_bar_is_no_line(thick: int, found: bool) -> None:
    assert bool(strokes((100, 500, 300, 500 + thick))[0]) is found
    assert bool(strokes((500, 100, 500 + thick, 300))[1]) is found


def test_the_middle_of_a_line_is_its_place() -> None:
    pytest.importorskip("cv2", reason="recognition needs the extra aiwei[ocr]")
    image = white(1000, 800)
    image[500:504, 100:300] = 0
    image[600:900, 400:406] = 0
    across, down = ocr_child._rules(image, 0.5, 19)
    assert (across, down) == ([DrawnLine(251.0, 50.0, 150.0)], [DrawnLine(201.5, 300.0, 450.0)])


@pytest.mark.parametrize(
    ("short", "found"),
    [
        ((102, 500, 130, 502), True),
        # two dots from the middle of each, or three
        ((103, 500, 129, 502), True),
        ((104, 500, 129, 502), False),
        ((103, 500, 128, 502), False),
        # beside their ends
        ((103, 397, 129, 399), True),
        ((103, 396, 129, 398), False),
        ((103, 601, 129, 603), True),
        ((103, 602, 129, 604), False),
    ],
)
def test_a_short_line_reaches_from_one_to_another(short: tuple[int, int, int, int], found: bool) -> None:
    """Strokes of signs are as long: what is less than twice as long as these counts between two lines only."""
    down = ((100, 400, 102, 600), (130, 400, 132, 600))
    assert bool(strokes(*down, short)[0]) is found
    turned = [(top, left, bottom, right) for left, top, right, bottom in (*down, short)]
    assert bool(strokes(*turned)[1]) is found


def test_a_line_shorter_than_signs_are_high_is_not_looked_for() -> None:
    """0.8 of their height."""
    down = ((100, 400, 102, 600), (120, 400, 122, 600))
    assert strokes(*down, (102, 500, 120, 502), tall=28)[0] != []
    assert strokes(*down, (102, 500, 120, 502), tall=29)[0] == []


# -- files -------------------------------------------------------------------------------------------------------------


def drawn(*colours: tuple[int, int, int], size: tuple[int, int] = (60, 30), kind: str = "PNG", **more: Any) -> bytes:
    """A file of pictures, each of one colour."""
    made = [pictures.new("RGB", size, colour) for colour in colours]
    out = BytesIO()
    made[0].save(out, kind, **({"save_all": True, "append_images": made[1:]} if len(made) > 1 else {}), **more)
    return out.getvalue()


def test_a_picture_is_as_the_recogniser_takes_it() -> None:
    count, image = ocr_child._image(drawn((255, 128, 0)), 0)
    assert (count, image.shape, image[0, 0].tolist()) == (1, (30, 60, 3), [0, 128, 255])


def test_a_large_picture_is_made_smaller() -> None:
    assert ocr_child._image(drawn((0, 0, 0), size=(4000, 40)), 0)[1].shape == (20, 2000, 3)
    assert ocr_child._image(drawn((0, 0, 0), size=(2000, 40)), 0)[1].shape == (40, 2000, 3)


def test_each_page_of_a_picture_can_be_asked_for() -> None:
    data = drawn((255, 0, 0), (0, 0, 255), kind="TIFF")
    assert [ocr_child._image(data, number)[1][0, 0].tolist() for number in (0, 1)] == [[0, 0, 255], [255, 0, 0]]
    assert ocr_child._image(data, 1)[0] == 2


def test_a_picture_that_is_turned_by_its_camera_is_turned_back() -> None:
    turned = pictures.Exif()
    turned[0x0112] = 6
    assert ocr_child._image(drawn((0, 0, 0), kind="JPEG", exif=turned), 0)[1].shape == (60, 30, 3)


def test_pictures_that_are_too_large_or_none_are_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_child, "_MOST_DOTS", 1800)
    assert ocr_child._image(drawn((0, 0, 0)), 0)[0] == 1
    with pytest.raises(ReadError, match="61×30 点，太大"):
        ocr_child._image(drawn((0, 0, 0), size=(61, 30)), 0)
    for data in (b"", b"\x89PNG\r\n\x1a\n" + bytes(40), drawn((0, 0, 0), size=(60, 30), kind="GIF")):
        with pytest.raises(ReadError, match="打不开"):
            ocr_child._image(data, 0)
    with pytest.raises(ReadError, match="打不开"):
        ocr_child._image(drawn((0, 0, 0)), 1)


def test_a_page_of_a_pdf_is_drawn() -> None:
    pytest.importorskip("pypdfium2", reason="PDF needs the extra aiwei[pdf]")
    data = pdf([[], ["1 0 0 rg 0 0 595 842 re f"]])
    count, image = ocr_child._image(b"\n" * 1019 + data, 1)
    assert (count, max(image.shape), image[5, 5].tolist()) == (2, 2000, [0, 0, 255])
    assert ocr_child._image(data, 0)[1][5, 5].tolist() == [255, 255, 255]
    with pytest.raises(ReadError, match="打不开"):  # its mark is within the first kilobyte
        ocr_child._image(b"\n" * 1020 + data, 1)


# -- the recogniser ----------------------------------------------------------------------------------------------------


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What a fake recogniser finds, and how it was asked."""
    answer = SimpleNamespace(boxes=None, txts=None, scores=None, asked=[])

    def recognise(image: Any, **how: bool) -> Any:
        answer.asked.append(how)
        return answer

    monkeypatch.setattr(ocr_child, "_recogniser", lambda: recognise)
    return answer


def test_what_the_recogniser_finds(found: SimpleNamespace) -> None:
    assert ocr_child._boxes(white()) == []
    found.boxes = numpy.array([corners((0, 0, 10, 10))])
    assert ocr_child._boxes(white()) == []
    found.txts, found.scores = ("甲",), (0.5,)
    assert ocr_child._boxes(white()) == [([[0, 0], [10, 0], [10, 10], [0, 10]], "甲", 0.5)]
    found.boxes = None
    assert ocr_child._boxes(white()) == []


def test_one_line_is_read_without_looking_for_lines(found: SimpleNamespace) -> None:
    assert ocr_child._words(white()) == ("", 0.0)
    found.txts, found.scores = ("甲", "乙"), (0.9, 0.8)
    assert ocr_child._words(white()) == ("甲乙", 0.8)
    assert found.asked[-1] == {"use_det": False, "use_cls": False, "use_rec": True}


def test_the_child_tells_how_many_pages_there_are(found: SimpleNamespace) -> None:
    pytest.importorskip("cv2", reason="recognition needs the extra aiwei[ocr]")
    found.boxes, found.txts, found.scores = numpy.array([corners((5, 5, 48, 15))]), ("甲乙丙丁",), (0.5,)
    count, flat = ocr_child.in_child(ocr.PAGE.pack(1) + drawn((255, 255, 255), (250, 250, 250), kind="TIFF"), Budget())
    assert count == 2
    assert [line.words for line in unflat(flat).lines] == ["甲乙丙丁"]
