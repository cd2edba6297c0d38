"""What PDFium finds on a page: pictures, drawn lines, signs; both sides of what decides."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from math import cos, pi, sin
from typing import Any

import pytest
from read_samples import Piece, pdf

from aiwei_cli.errors import ReadError
from aiwei_cli.reading import pdf_pages, pdf_rules
from aiwei_cli.reading.pages.model import Grid, Line, Page
from aiwei_cli.reading.pdf import _is_garbled

pytestmark = pytest.mark.skipif(find_spec("pypdfium2") is None, reason="PDF needs the extra aiwei[pdf]")


def page(*pieces: Piece | str, form: str = "", rotate: int = 0, letters: int = 1000) -> Page:
    (found,) = pdf_pages.read_pages(pdf([list(pieces)], form=form, rotate=rotate), letters)
    return found


def words(text: str, y: float = 700.0) -> Piece:
    return 80.0, y, 16.0, text


def picture(width: float, height: float) -> str:
    return f"q {width} 0 0 {height} 50 70 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"


# -- pictures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pieces", "is_picture"),
    [
        # 0.3 of the page, and no more than fifteen signs
        ((picture(501, 300), words("甲" * 15)), True),
        ((picture(501, 300), words("甲" * 16)), False),
        ((picture(500, 300), words("甲" * 15)), False),
        ((picture(3, 50_099), words("甲")), False),  # 0.3 of 595 by 842
        ((picture(250, 300), picture(251, 300), words("甲")), True),
        ((picture(501, 300), words("甲　" * 15)), True),
        (("q 0 501 -300 0 400 70 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q", words("甲")), True),
        # without signs a hundredth is enough, or a hundred bent lines
        ((picture(100, 51),), True),
        ((picture(100, 50),), False),
        (("100 100 m 110 110 120 110 130 100 c S " * 101,), True),
        (("100 100 m 110 110 120 110 130 100 c S " * 100,), False),
        (("100 100 m 130 100 l S " * 101,), False),
        (("100 100 m 110 110 120 110 130 100 c n " * 101,), False),
        (("100 100 m 110 110 120 110 130 100 c S " * 101, words("甲")), False),
    ],
)
def test_a_page_that_is_a_picture(pieces: Sequence[Piece | str], is_picture: bool) -> None:
    assert page(*pieces).picture is is_picture


def test_a_picture_in_a_form_is_as_large_as_the_form_shows_it() -> None:
    for scale, is_picture in ((1, True), (0.5, False)):
        drawn = f"q {scale} 0 0 {scale} 0 0 cm /Form Do Q"
        assert page(drawn, words("甲"), form=picture(501, 301)).picture is is_picture


def test_how_many_forms_in_forms_are_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    for most, is_picture in ((0, False), (1, True)):
        monkeypatch.setattr(pdf_rules, "_DEEP", most)
        assert page("/Form Do", words("甲"), form=picture(501, 301)).picture is is_picture


# -- drawn lines -------------------------------------------------------------------------------------------------------


def ruled(xs: Sequence[float], ys: Sequence[float]) -> str:
    across = " ".join(f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in ys)
    return f"{across} " + " ".join(f"{x} {ys[0]} m {x} {ys[-1]} l S" for x in xs)


def grid(*pieces: Piece | str, form: str = "") -> tuple[list[float], list[float]] | None:
    found = next((block for block in page(*pieces, form=form).blocks if isinstance(block, Grid)), None)
    return None if found is None else ([round(x, 2) for x in found.xs], [round(842 - y, 2) for y in reversed(found.ys)])


_XS, _YS = [60.0, 160.0, 260.0], [680.0, 720.0]
_INSIDE = words("甲")


@pytest.mark.parametrize(
    "drawn",
    [
        ruled(_XS, _YS),
        f"q 2 0 0 2 0 0 cm {ruled([x / 2 for x in _XS], [y / 2 for y in _YS])} Q",
        f"q 1 0 0 1 10 20 cm {ruled([x - 10 for x in _XS], [y - 20 for y in _YS])} Q",
        f"q 0 1 1 0 0 0 cm {ruled(_YS, _XS)} Q",
        # boxes: filled and thin, or stroked; the side that closes a figure
        "60 680 200 1 re f 60 719.5 200 1 re f 59.5 680 1 40 re f 159.5 680 1 40 re f 259.5 680 1 40 re f",
        "60 680 100 40 re S 160 680 100 40 re S",
        "60 680 m 160 680 l 160 720 l 60 720 l h 160 680 m 260 680 l 260 720 l 160 720 l h S",
        "160 680 m 60 680 l 60 720 l 160 720 l S 160 720 m 260 720 l 260 680 l 160 680 l h S",
        "60 680 100 40 re B 160 680 100 40 re B",
    ],
)
def test_lines_lie_where_the_page_shows_them(drawn: str) -> None:
    found = grid(drawn, _INSIDE)
    assert found is not None
    assert [abs(a - b) <= 0.6 for a, b in zip([*found[0], *found[1]], [*_XS, *_YS], strict=True)] == [True] * 5


def drawn_by(*pieces: str, form: str = "") -> pdf_rules.Drawn:
    """What is drawn on a page, with y growing upwards."""
    pypdfium2: Any = import_module("pypdfium2")
    document = pypdfium2.PdfDocument(pdf([list(pieces)], form=form))
    return pdf_rules.drawn(document[0], import_module("pypdfium2.raw"), lambda x, y: (x, y))


def test_a_closed_figure_has_the_side_to_its_first_point() -> None:
    for closed, sides in (("h", 2), ("", 1)):
        found = drawn_by(f"60 680 m 160 680 l 160 720 l 60 720 l {closed} S")
        assert (len(found.across), len(found.down)) == (2, sides)


def test_how_many_lines_of_a_page_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty for each that a table may have, and the object that brings more; of one path forty points."""
    monkeypatch.setattr(pdf_rules, "MOST_RULES", 1)
    one, dot = "60 {0} m 160 {0} l S ", "0 0 m 0 9 l S "
    assert drawn_by("".join(one.format(30 * k) for k in range(20)) + dot).whole
    assert not drawn_by("".join(one.format(30 * k) for k in range(21)) + dot).whole
    path = "".join(f"60 {30 * k} m 160 {30 * k} l " for k in range(19))
    assert len(drawn_by(f"{path} 60 700 m 160 700 l 160 760 l S").down) == 0
    assert len(drawn_by(f"{path} 160 700 m 160 760 l S").down) == 1


def test_a_form_of_very_many_objects_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    form = "60 600 m 160 600 l S 60 700 m 160 700 l S"
    for most, lines in ((2, 2), (1, 0)):
        monkeypatch.setattr(pdf_rules, "MOST_OBJECTS", most)
        assert len(drawn_by("/Form Do", form=form).across) == lines


@pytest.mark.parametrize("drawn", ["60 680 100 40 re f 160 680 100 40 re f", "60 680 100 40 re n 160 680 100 40 re n"])
def test_what_shows_no_lines_has_none(drawn: str) -> None:
    assert grid(drawn, _INSIDE) is None


def test_lines_in_a_form_lie_where_the_form_is_shown() -> None:
    shown = "q .5 0 0 .5 10 20 cm /Form Do Q"
    form = ruled([(x - 10) * 2 for x in _XS], [(y - 20) * 2 for y in _YS])
    assert grid(shown, _INSIDE, form=form) == (_XS, _YS)
    moved = "q 2 0 0 2 0 0 cm " + ruled([x - 10 for x in _XS], [y - 20 for y in _YS]) + " Q"
    assert grid(shown, _INSIDE, form=moved) == (_XS, _YS)


def test_a_page_without_words_has_no_tables() -> None:
    assert page(ruled(_XS, _YS)).blocks == []


def test_a_page_of_very_many_objects_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_rules, "MOST_OBJECTS", 5)
    # two lines across, three down and the words: the sixth object is the last
    assert grid(ruled(_XS, _YS), _INSIDE) is not None
    found = page(ruled(_XS, _YS), "0 0 m 9 9 l S", _INSIDE)
    assert "没有找表格" in found.doubt and [line.words for line in found.lines] == ["甲"]
    # without words it may be signs that are drawn
    assert page(ruled(_XS, _YS), "0 0 m 9 9 l S 0 0 m 9 9 l S").picture


# -- signs -------------------------------------------------------------------------------------------------------------


def leaning(angle: float, text: str = "甲乙") -> str:
    a, b = cos(angle), sin(angle)
    return f"\nBT /F1 16 Tf {a:.4f} {b:.4f} {-b:.4f} {a:.4f} 200 300 Tm <{text.encode('utf-16-be').hex()}> Tj ET"


@pytest.mark.parametrize(
    ("angle", "shown"),
    [
        (0.0, True),
        (0.095, True),
        (0.105, False),
        (0.8, False),
        (pi / 2 - 0.105, False),
        (pi / 2 - 0.095, True),
        (pi / 2, True),
    ],
)
def test_slanted_words_are_a_watermark(angle: float, shown: bool) -> None:
    found = "".join(line.words for line in page(words("正文"), leaning(angle)).lines)
    assert ("甲" in found and "乙" in found) is shown


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    assert [line.words for line in page(words("AB-"), words("CD", 672.0)).lines] == ["AB-", "CD"]


def places(*pieces: Piece | str, form: str = "", rotate: int = 0) -> list[tuple[str, float, float, float, float]]:
    """The words, left, right, middle and size of each line."""
    found = page(*pieces, form=form, rotate=rotate).lines
    return [(one.words, *(round(x, 2) for x in (one.left, one.right, one.middle, one.size))) for one in found]


def test_signs_lie_where_their_font_has_them() -> None:
    assert places((80, 700, 16, "甲乙")) == [("甲乙", 80, 112, 135.92, 16)]
    # signs without any height are in one line where they have the same
    assert [
        line.words for line in page(*((x, y, 0.02, "甲") for x, y in ((80, 700), (90, 700), (80, 699.7)))).lines
    ] == [
        "甲\t甲",
        "甲",
    ]


@pytest.mark.parametrize(
    ("rotate", "turned", "lines"),
    [
        (0, "1 0 0 1 80 700", [("甲乙", 80, 112, 135.92, 16)]),
        (90, "0 1 -1 0 300 100", [("甲乙", 100, 132, 293.92, 16)]),
        (180, "-1 0 0 -1 500 100", [("甲乙", 95, 127, 93.92, 16)]),
        (270, "0 -1 1 0 300 700", [("甲乙", 142, 174, 288.92, 16)]),
    ],
)
def test_signs_of_a_turned_page_lie_where_a_reader_sees_them(
    rotate: int, turned: str, lines: list[tuple[str, float, float, float, float]]
) -> None:
    drawn = f"BT /F1 16 Tf {turned} Tm <{'甲乙'.encode('utf-16-be').hex()}> Tj ET"
    assert places(drawn, rotate=rotate) == lines


@pytest.mark.parametrize(
    ("moved", "sign", "size", "named", "found"),
    [
        # a sign that the form names by /ActualText has the box of its font, a little higher than what PDFium tells
        (".4 0 0 .4 0 0", "甲", 40, False, (80, 96, 235.92, 16)),
        (".4 0 0 .4 0 0", "甲", 40, True, (80, 96, 237.2, 16.64)),
        (".4 0 0 .4 0 0", "\u2e80", 40, True, (80, 96, 237.2, 16.64)),
        (".4 0 0 .4 0 0", "A", 40, True, (80, 88, 237.2, 16.64)),
        (".4 0 0 .4 0 0", "\u2e7f", 40, True, (80, 88, 237.2, 16.64)),
        # so has a tiny one
        (".4 0 0 .4 0 0", "甲", 1, True, (80, 80.4, 241.88, 1)),
        # where the form moves nothing, PDFium tells it
        ("1 0 0 1 0 0", "甲", 16, True, (200.8, 215.2, -663.94, 13.46)),
        ("1 0 0 1 .5 0", "甲", 16, True, (200.5, 216.5, -662.8, 16.64)),
        ("1 0 0 1 .5 0", "甲", 16, False, (200.5, 216.5, -664.08, 16)),
        ("1 0 0 1 0 -.5", "甲", 16, True, (200, 216, -662.3, 16.64)),
    ],
)
def test_where_signs_of_a_form_lie(
    moved: str, sign: str, size: float, named: bool, found: tuple[float, float, float, float]
) -> None:
    code = sign.encode("utf-16-be").hex()
    drawn = f"BT /F1 {size} Tf 1 0 0 1 200 1500 Tm <{code}> Tj ET"
    form = f"/Span<</ActualText<FEFF{code}>>>BDC {drawn} EMC" if named else drawn
    assert places(f"q {moved} cm /Form Do Q", form=form) == [(sign, *found)]


def test_signs_that_are_no_characters_are_left_out() -> None:
    assert [line.words for line in page(words("甲\x01\x1f\ufffe乙")).lines] == ["甲乙"]
    assert [line.words for line in page(words("甲\uffff乙")).lines] == ["甲乙"]
    assert [line.words for line in page(words("甲 乙")).lines] == ["甲 乙"]


@pytest.mark.parametrize(
    ("sign", "plain"),
    [("\u2e80", "\u2e80"), ("⼀", "一"), ("⿕", "龠"), ("\u2e9f", "母"), ("⿖", "⿖"), ("甲", "甲"), ("①", "①")],
)
def test_radicals_are_the_characters_that_they_look_like(sign: str, plain: str) -> None:
    assert pdf_pages._plain(sign) == plain


def test_a_page_outside_of_its_crop_box_is_read_whole() -> None:
    wrong, right = (b"/MediaBox[0 0 595 842]" + box for box in (b"/CropBox[900 900 990 990]", b""))
    data = pdf([[words("甲乙")], [words("丙丁")]]).replace(right, wrong, 1)
    shown, plain = pdf_pages.read_pages(data, 1000)
    assert [line.words for line in (*shown.lines, *plain.lines)] == ["甲乙", "丙丁"]
    assert (shown.height, shown.lines[0].middle) == (plain.height, plain.lines[0].middle)


def test_a_page_may_have_as_many_characters_as_are_left() -> None:
    data = pdf([[words("甲乙丙")], [words("丁戊")]])
    assert len(pdf_pages.read_pages(data, 5)) == 2
    with pytest.raises(ReadError, match="有意重复"):
        pdf_pages.read_pages(data, 4)


def test_three_thousand_pages_are_no_notice() -> None:
    assert pdf_pages.MOST_PAGES == 3000


@pytest.mark.parametrize(("private", "garbled"), [(3, False), (4, True)])
@pytest.mark.parametrize("sign", ["\ue000", "\uf8ff", "\ufffd"])
def test_signs_without_characters_are_no_text(private: int, garbled: bool, sign: str) -> None:
    """More than 0.3 of them."""
    found = page(words(sign * private + "甲" * (10 - private)))
    assert _is_garbled([found]) is garbled
    assert not _is_garbled([page(words("\ud7ff\uf900" * 5))])
    far = Line("\U000f0000" * private + "甲" * (10 - private), 80, 240, 100, 16)
    assert _is_garbled([Page([far], 842)]) is garbled
