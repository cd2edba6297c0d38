"""What the line breaks of a text are: those of its paragraphs, of a page that cuts them, or lost."""

from __future__ import annotations

from collections.abc import Sequence

from aiwei_cli.language.chars import (
    CLOSING,
    COLONS,
    FIGURE,
    FIGURES,
    OPENING,
    SEMICOLONS,
    SENTENCE_ENDS,
    SPACE,
    one_of,
)
from aiwei_cli.language.numerals import DIGITS, NUMERALS, ONES, UNITS
from aiwei_cli.language.patterns import pattern

CLOSED = frozenset(f"{SENTENCE_ENDS}{SEMICOLONS}{COLONS}…{CLOSING}》>”’\"'|")
"""A line that ends in one of these is whole."""
OF_NUMBERS = frozenset("（(〔第" + NUMERALS + FIGURES + "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
"""What a number at the start of a line may begin with."""
_BRACKETED, _UNITS, _POINTS = frozenset("）)〕"), frozenset(UNITS), frozenset("、．.")
IN_LINE = pattern(
    rf"[。！？：:）)〕】］\]\s]{SPACE}*+([（(]?[{DIGITS}]{{1,3}}[）)、]|[{FIGURE}]{{1,2}}[.．、])(?![{FIGURE}])"
)
"""A number in mid-line after the end of a sentence."""
_CUT = 16
"""The fewest letters of a line that a page has cut."""
_HEADED = pattern(rf"{one_of(OPENING)}?[^\W\d_]{{2,8}}[{COLONS}】]")
"""A line that begins with a label: its value ends without a mark."""
_PAIRS = (
    *[(f"{a}{ONES[0]}{b}", f"{a}{ONES[1]}{b}") for a, b in (("", "、"), ("（", "）"), ("(", ")"))],
    *[(f"1{point}", f"2{point}") for point in ".．、"],
)
_SECONDS = tuple([second for _, second in _PAIRS])
_DENSE = 60
"""A shorter line does not hold two paragraphs."""
_AROUND = 4
"""The lines of a crawled page that is one line of text: what is above it, it, and what is below."""
_FEW = 4
"""Fewer lines do not show a width."""
_NARROW = 8, 18
"""The letters of a line of a narrow page, least and most."""
_NARROW_LINES = 12
_MARK_INSIDE = pattern(r"[，。；、](?=[^\s，。；、])")


def is_flat(text: str, lines: Sequence[str]) -> bool:
    """Whether the line breaks are lost: the paragraphs are far longer than anyone writes them."""
    count = text.strip().count("\n") + 1
    if count == 1:
        return len(text) > 120 or (len(text) > _DENSE and any(second in text for second in _SECONDS))
    if len(text) < 60 * count:
        return False
    longest = max(map(len, lines))
    if longest <= 400:
        return False
    full = [len(line) for line in lines if len(line) > 3]
    # Where a page puts its own words before and after the notice, a line each, they have no sentences.
    around = len(full) <= _AROUND and longest > 0.6 * sum(full) and sum(["。" in line for line in lines]) == 1
    return longest > 0.8 * sum(full) or around


def is_wrapped(text: str, lines: Sequence[str]) -> bool:
    """Whether the lines are cut at the width of a page: much of the text is in lines that end in mid-sentence."""
    if len(text) > 60 * len(lines):
        return False
    lines = [line for line in lines if line and not line.isspace()]
    few = len(lines) < 8
    if len(lines) < _FEW or len(text) > 60 * len(lines) or text.count("。\n") * 2 > len(lines):
        return False
    words = [line.strip() for line in lines]
    lengths = list(map(len, words))
    if _is_narrow(text, lengths):
        return True
    if few and not _same_width(lengths):
        return False
    cut = [len(line) for line, own in zip(lines, words, strict=True) if _is_cut(own)]
    return len(cut) > (1 if few else 3) and sum(cut) > 0.3 * len(text)


def _is_cut(words: str) -> bool:
    """Whether a page may have cut a line: it is long and ends in the middle of a sentence."""
    if len(words) < _CUT or words[-1] in CLOSED or words[-1].isdecimal():
        return False
    return _HEADED.match(words) is None


def _is_narrow(text: str, lengths: Sequence[int]) -> bool:
    """Whether the page is narrow: half of the lines take the width of the longest, and sentences go through them."""
    width = max(lengths)
    if not _NARROW[0] <= width <= _NARROW[1] or len(lengths) < _NARROW_LINES:
        return False
    full = sum([length >= 0.8 * width for length in lengths])
    return 2 * full >= len(lengths) and 3 * len(_MARK_INSIDE.findall(text)) >= len(lengths)


def _same_width(lengths: Sequence[int]) -> bool:
    """Whether three lines and half of all take the width of the page: without it few lines are no evidence."""
    width = max(lengths)
    full = sum([length >= 0.85 * width for length in lengths])
    return width >= 20 and full >= 3 and 2 * full >= len(lengths)


def is_dense(text: str, lines: Sequence[str], wrapped: bool) -> bool:
    """Whether a line holds the first and the second paragraph of a list, and fewer numbers begin lines than are inside.

    The densest line decides and not its share of the text: a short notice may be one such line among those of a page.
    """
    starts = 0
    for line in lines[1:]:
        words = line.lstrip()
        if words[:1] in OF_NUMBERS and _begins_with_number(words):
            starts += 1
            if starts > 2:
                return False
    for line in [text] if wrapped else lines:
        if len(line) < _DENSE or not any(second in line for second in _SECONDS):
            continue
        found = {match[1]: match.start(1) for match in IN_LINE.finditer(line)}
        if len(found) > 2 * starts and any(
            second in found and _before(line, first, found[second]) for first, second in _PAIRS
        ):
            return True
    return False


def _begins_with_number(line: str) -> bool:
    """Whether a line that begins with such a sign is numbered: 一、, （二）, 3., 第四条, ⑤. The next signs tell."""
    sign = line[0]
    if sign in "（(〔":
        return line[1:2] in OF_NUMBERS and not _BRACKETED.isdisjoint(line[2:6])
    if sign == "第":
        return not _UNITS.isdisjoint(line[2:7])
    return "①" <= sign <= "⑳" or not _POINTS.isdisjoint(line[1:5])


def _before(line: str, first: str, stop: int) -> bool:
    """Whether the first number of a list comes before the second: it may be right after a heading."""
    at = line.find(first, 0, stop)
    return at >= 0 and (at == 0 or not line[at - 1].isdigit())
