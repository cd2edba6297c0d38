"""The page and the text: a view of the source without what belongs to the page.

Recognition runs on the view, results point into the source. The view drops page marks, Markdown and
HTML marks and headings that were printed twice, and joins the lines of a paragraph that a page had cut; where nothing
has to be dropped or folded it is the source itself. The source is never edited: :meth:`View.at` leads back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from aiwei_cli.language.chars import (
    CLOSING,
    COLONS,
    COMMAS,
    FIGURE,
    FIGURES,
    OPENING,
    SEMICOLONS,
    SENTENCE_ENDS,
    SPACE,
    one_of,
)
from aiwei_cli.language.numerals import DIGITS, LEADING, NUMERALS, ONES, UNITS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.radicals import without_radicals
from aiwei_cli.language.signs import is_left_open, occurrences
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.pipes import unpiped
from aiwei_cli.records import record

_INVISIBLE = pattern("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_PAUSES = COMMAS + "（(〔［[《“—"
_CLOSED = f"{SENTENCE_ENDS}{SEMICOLONS}{COLONS}…{CLOSING}》>”’\"'|"
# What begins a line is looked for after a line feed: ``^`` would be tried at every character.
_PAGE = (
    rf"{SPACE}*(?:\#+{SPACE}*[Pp]age{SPACE}*\d{{1,5}}{SPACE}*[:：]?"
    rf"|[—－–·•-]{{1,2}}{SPACE}*\d{{1,4}}{SPACE}*[—－–·•-]{{1,2}}"
    rf"|第{SPACE}*\d{{1,4}}{SPACE}*页(?:{SPACE}*[，,/／]?{SPACE}*共{SPACE}*\d{{1,4}}{SPACE}*页)?){SPACE}*$"
)
_BULLET = rf"{SPACE}*(?:\#{{1,6}}[ \t]+(?=[^\s])|(?:[>+*•●-]{SPACE}+)+(?=[{FIGURE}（(第{DIGITS}#]))"
_STARTS = (
    ("#页—－–·•-", pattern(_PAGE, re.M), pattern(rf"\n{_PAGE}", re.M)),
    ("#>+*•●-", pattern(_BULLET), pattern(rf"\n{_BULLET}")),  # Markdown
)
_MARKS = (
    ("<", pattern(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:[ \t][^<>\n]{0,300})?/?>|<!--[^\n]{0,300}?-->")),
    ("&", pattern(r"&(?:nbsp|ensp|emsp|thinsp|#160|#xa0|#12288);")),
    ("**", pattern(r"\*\*(?:(?<!\*\*\*)(?=[^\s*])|(?<=[^\s*]\*\*)(?!\*))")),
)
# A line that a page may have cut: it is long and ends in the middle of a sentence. A label's value ends without a mark.
_CUT = pattern(
    rf"^{SPACE}*(?!{one_of(OPENING)}?[^\W\d_]{{2,8}}[{COLONS}】])\S[^\n]{{14,}}[^\s{re.escape(_CLOSED)}\d]{SPACE}*$",
    re.M,
)
_NUMBER = pattern(LEADING)
_OF_NUMBERS = frozenset("（(〔第" + NUMERALS + FIGURES + "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
"""What a number at the start of a line may begin with."""
_IN_LINE = pattern(
    rf"[。！？：:）)〕】］\]\s]{SPACE}*+([（(]?[{DIGITS}]{{1,3}}[）)、]|[{FIGURE}]{{1,2}}[.．、])(?![{FIGURE}])"
)
"""A number in mid-line after the end of a sentence."""
_HEADING_CUT = pattern(rf"[。！？：:）)]\s?[{DIGITS}]{{1,3}}、[^。！？：:）)、，\s]{{1,20}}+$")
"""The line ends in the heading after such a number."""
_PAIRS = (
    *[(f"{a}{ONES[0]}{b}", f"{a}{ONES[1]}{b}") for a, b in (("", "、"), ("（", "）"), ("(", ")"))],
    *[(f"1{point}", f"2{point}") for point in ".．、"],
)
_HEADS = ONES[0] + "（(第"
"""What the first heading begins with."""
_SECONDS = tuple([second for _, second in _PAIRS])
_DENSE = 60
"""Shorter lines hold no two paragraphs."""
_FEW = 4
"""Fewer lines show no width."""
_NARROW = 8, 18
"""The lines of a narrow page have so many letters."""
_NARROW_LINES = 12
_ROW_TABS = 2
"""Two lines with so many tabs each are rows of a table: neither goes on with the other."""
_MARK_INSIDE = pattern(r"[，。；、](?=[^\s，。；、])")
_LABEL = pattern(rf"[（(〔\[［]?[^\W\d_]{{2,8}}[{COLONS}]")
_CUT_NUMBER = pattern(r"[〔［\[（(，,、。；;]|\d{1,4}[ \u3000]?号")


@record
class View:
    """The text to read, and the way back to the source."""

    text: str
    starts: tuple[int, ...] = ()
    """Offsets in the view at which a piece of the source begins; empty where nothing was dropped."""
    sources: tuple[int, ...] = ()
    layout: tuple[Span, ...] = ()
    """Spans of the source that are no text."""
    wrapped: bool = False
    """Lines end where the page does: the start of a line is weak evidence for the start of a paragraph."""
    flat: bool = False
    """The line breaks are lost: numbers are in mid-line."""
    dense: bool = False
    """Some line breaks are lost: a line holds several numbered paragraphs, and hardly any line begins with a number."""

    def joints(self, start: int, end: int) -> frozenset[int]:
        """The offsets between ``start`` and ``end`` at which pieces of the source were joined."""
        return frozenset(self.starts[bisect_right(self.starts, start) : bisect_right(self.starts, end)])

    def at(self, offset: int) -> int:
        """The offset in the source of a character of the view."""
        if not self.starts:
            return offset
        piece = bisect_right(self.starts, offset) - 1
        return self.sources[piece] + offset - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The span in the source of a span of the view."""
        if not self.starts:
            return start, end
        starts, sources, last = self.starts, self.sources, end - 1
        piece = bisect_right(starts, start) - 1
        first = sources[piece] + start - starts[piece]
        if last < start:
            return first, first
        if piece + 1 < len(starts) and starts[piece + 1] <= last:  # most spans lie in one piece
            piece = bisect_right(starts, last) - 1
        return first, sources[piece] + last - starts[piece] + 1


def view_of(text: str) -> View:
    """The view of a source text. Never raises; linear in the length of the text."""
    if "\r" in text:  # one character for one, so that offsets stay
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    text = without_radicals(text)
    flat = is_flat(text)
    wrapped = not flat and is_wrapped(text)
    dense = not flat and is_dense(text, wrapped)
    dropped: list[Span] = []
    for marks, first, others in _STARTS:
        if any(mark in text for mark in marks):
            match = first.match(text)
            if match:
                dropped.append(match.span())
            dropped += [(match.start() + 1, match.end()) for match in others.finditer(text)]
    for mark, sign in _MARKS:
        if mark in text:
            dropped += [match.span() for match in sign.finditer(text)]
    if not text.isascii() and any(mark in text for mark in _INVISIBLE.pattern[1:-1]):
        dropped += [match.span() for match in _INVISIBLE.finditer(text)]
    if wrapped:
        dropped += _printed_twice(text)
    layout = tuple(_merge(dropped))
    breaks = _soft_breaks(text, layout, wrapped, dense) if wrapped or is_left_open(text) else []
    gone = _merge([*layout, *breaks]) if breaks else list(layout)
    text, pipes = unpiped(text)
    drawn = tuple(_merge([*layout, *pipes])) if pipes else layout
    if not gone:
        return View(text, layout=drawn, wrapped=wrapped, flat=flat, dense=dense)
    pieces, starts, sources = [], [], []
    length = here = 0
    for start, end in [*gone, (len(text), len(text))]:
        if start > here:
            pieces.append(text[here:start])
            starts.append(length)
            sources.append(here)
            length += start - here
        here = end
    if not starts:
        starts, sources = [0], [0]
    return View("".join(pieces), tuple(starts), tuple(sources), drawn, wrapped, flat, dense)


def is_flat(text: str) -> bool:
    """Whether the line breaks are lost: the paragraphs are far longer than anyone writes them."""
    lines = text.strip().count("\n") + 1
    if lines == 1:
        return len(text) > 120 or (len(text) > _DENSE and any(second in text for second in _SECONDS))
    if len(text) < max(400, 60 * lines):
        return False
    full = [len(line) for line in text.split("\n") if len(line) > 3]
    return bool(full) and max(full) > 400 and max(full) > 0.8 * sum(full)


def is_wrapped(text: str) -> bool:
    """Whether the lines are cut at the width of a page: much of the text is in lines that end in mid-sentence."""
    if len(text) > 60 * (text.count("\n") + 1):
        return False
    lines = sum(map(bool, map(str.strip, text.split("\n"))))
    if lines < _FEW or len(text) > 60 * lines or text.count("。\n") * 2 > lines:
        return False
    if _is_narrow(text):
        return True
    cut = [match.end() - match.start() for match in _CUT.finditer(text)]
    if lines < 8 and not _same_width(text):
        return False
    return len(cut) > (3 if lines >= 8 else 1) and sum(cut) > 0.3 * len(text)


def _is_narrow(text: str) -> bool:
    """Whether the page is narrow: no line is longer, half of them take its width, and sentences go through them."""
    lengths = [len(line.strip()) for line in text.split("\n") if line and not line.isspace()]
    width = max(lengths)
    if not _NARROW[0] <= width <= _NARROW[1] or len(lengths) < _NARROW_LINES:
        return False
    full = sum([length >= 0.8 * width for length in lengths])
    return 2 * full >= len(lengths) and 3 * len(_MARK_INSIDE.findall(text)) >= len(lengths)


def _same_width(text: str) -> bool:
    """Whether three lines and half of all take the width of the page: without it few lines are no evidence."""
    lengths = [len(line.strip()) for line in text.split("\n") if line and not line.isspace()]
    width = max(lengths)
    full = sum([length >= 0.85 * width for length in lengths])
    return width >= 20 and full >= 3 and 2 * full >= len(lengths)


def is_dense(text: str, wrapped: bool) -> bool:
    """Whether a line holds the first and the second paragraph of a list, and fewer numbers begin lines than are inside.

    The densest line decides and not its share of the text: a short notice may be one such line among those of a page.
    """
    starts = 0
    for line in text.split("\n")[1:]:
        starts += _begins_with_number(line.lstrip())
        if starts > 2:
            return False
    for line in [text] if wrapped else text.split("\n"):
        if len(line) < _DENSE or not any(second in line for second in _SECONDS):
            continue
        found = {match[1]: match.start(1) for match in _IN_LINE.finditer(line)}
        if len(found) > 2 * starts and any(_before(line, first, found.get(second, 0)) for first, second in _PAIRS):
            return True
    return False


def _begins_with_number(line: str) -> bool:
    """Whether a line begins as a numbered one does: 一、, （二）, 3., 第四条, ⑤. Its first signs tell."""
    sign = line[:1]
    if sign not in _OF_NUMBERS or not sign:
        return False
    if sign in "（(〔":
        return line[1:2] in _OF_NUMBERS and any(mark in line[2:6] for mark in "）)〕")
    if sign == "第":
        return any(mark in line[2:7] for mark in UNITS)
    return (sign >= "①" and sign <= "⑳") or any(mark in line[1:5] for mark in "、．.")


def _before(line: str, first: str, stop: int) -> bool:
    """Whether the first number of a list comes before the second: it may be right after a heading."""
    at = line.find(first, 0, stop)
    return at >= 0 and (at == 0 or not line[at - 1].isdigit())


def _printed_twice(text: str) -> list[Span]:
    """Headings that are repeated on two lines in a row, letter for letter: a PDF prints bold text twice."""
    if not any(line == following and len(line) > 4 for line, following in pairwise(text.split("\n"))):
        return []
    return [
        m.span(2) for m in re.finditer(rf"^([^\n]{{4,60}}[^\n{re.escape(_CLOSED)}{COMMAS}])((?:\n\1)+)$", text, re.M)
    ]


def _merge(spans: list[Span]) -> list[Span]:
    if len(spans) < 2:
        return spans
    spans.sort()
    merged = [spans[0]]
    for start, end in spans[1:]:
        if start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _soft_breaks(text: str, layout: tuple[Span, ...], wrapped: bool, dense: bool) -> list[Span]:
    """The breaks inside paragraphs: from the end of one line's words to the start of the next line's."""
    lines = list(_lines(text, layout))
    if not lines:
        return []
    lengths = sorted(end - start for start, end in lines)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    body = _first_number(text, lines, dense) if wrapped else 0
    breaks = []
    depth = opened = printed = at = 0
    rows = "\t" in text
    brackets = [*occurrences(text, OPENING + CLOSING), len(text)]
    numbers = [_NUMBER.match(text, start) if text[start] in _OF_NUMBERS else None for start, _ in lines]
    for i, ((start, end), (after, after_end)) in enumerate(pairwise(lines)):
        here = text[start:end]
        if numbers[i]:
            depth = 0
        while brackets[at] < start:
            at += 1
        if brackets[at] < end:
            before, change, last = depth, 0, 0
            while brackets[at] < end:
                last = 1 if text[brackets[at]] in OPENING else -1
                change += last
                at += 1
            # A bracket that the line leaves open goes on, whatever was closed too often before it.
            depth = max(0, depth + change) or int(last > 0)
            if depth and not before:
                opened = start
        if depth and after - opened > 600:
            depth = 0
        printed += end - start
        if rows and text.count("\t", start, end) >= _ROW_TABS <= text.count("\t", after, after_end):
            depth = printed = 0
            continue
        if numbers[i + 1] is None and (i >= body or depth):
            number = numbers[i]
            bare = number is not None and number.end() >= end
            same = printed + after_end - after <= 1.1 * width and after_end - after < 0.8 * width
            following = text[after : min(after_end, after + 40)]
            cut = dense and _HEADING_CUT.search(here) is not None
            if depth and not wrapped and here[-1] not in _PAUSES and text.count("\n", end, after) > 1:
                depth = 0  # an empty line: the bracket was never closed
            if depth or (wrapped and (bare or cut or _joins(here, following, printed / width, same))):
                breaks.append((end, after))
                printed = 0 if printed > 0.8 * width and here[-1] not in _PAUSES else printed
                continue
        if here[-1] not in "。；" or printed > 0.8 * width:
            printed = 0
    return breaks


def _joins(here: str, following: str, filled: float, same: bool) -> bool:
    """Whether the next line, which begins with no number, goes on with this line's paragraph.

    Some texts are cut after every mark too, so that a printed line is several lines: ``filled`` is how much of the
    width the pieces so far take, ``same`` says that the next piece fits after them.
    """
    last = here[-1]
    if any(colon in following for colon in COLONS) and _LABEL.match(following):
        return False
    if last in COLONS and _LABEL.fullmatch(here):
        return True  # a label's value may begin on the next line: 责任单位： / 各区县人民政府
    if last in SENTENCE_ENDS + SEMICOLONS + COLONS:
        return same and following[-1] not in _CLOSED + _PAUSES and following[0] not in OPENING
    if last in _PAUSES:
        return True
    if last in CLOSING:
        # The end of a clause, as a rule; but a citation's number may be cut after its bracket.
        return _CUT_NUMBER.match(following) is not None
    # A line that ends in mid-sentence well before the margin is the last of its paragraph.
    return filled > 0.7 or following[:1] in COMMAS + "。；;》”）)"


def _lines(text: str, layout: tuple[Span, ...]) -> list[Span]:
    """The lines that have words: spans without the blanks around them and without marks of the page."""
    found = []
    marks = iter([*layout, (len(text), len(text))])
    mark = next(marks)
    for match in re.finditer(r"\S[^\n]*", text):
        start, end = match.span()
        while mark[1] <= start and mark[0] < len(text):
            mark = next(marks)
        if mark[0] <= start and mark[1] >= end:
            continue
        if mark[0] <= start < mark[1]:
            start = mark[1]
        if mark[0] < end <= mark[1] and mark[0] > start:
            end = mark[0]
        words = text[start:end].rstrip()
        if words:
            found.append((start, start + len(words)))
    return found


def _first_number(text: str, lines: list[Span], dense: bool) -> int:
    """The line at which the body begins: before it each line may be a field (title, number, addressees)."""
    for i, (start, end) in enumerate(lines):
        if text[start] in _HEADS and _NUMBER.match(text, start):
            return i
        if dense and _IN_LINE.search(text, start, end):
            return i
    for i, (start, _) in enumerate(lines):
        if i and _NUMBER.match(text, start):
            return i
    return len(lines)
