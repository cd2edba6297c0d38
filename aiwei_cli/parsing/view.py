"""The page and the text: a view of the source without what belongs to the page.

Recognition runs on the view, results point into the source. The view drops page marks, Markdown and
HTML marks and headings that were printed twice, and joins the lines of a paragraph that a page had cut; where nothing
has to be dropped or folded it is the source itself. The source is never edited: :meth:`View.at` leads back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import compress, pairwise
from operator import eq

from aiwei_cli.language.chars import CLOSING, COLONS, COMMAS, FIGURE, OPENING, ROUND, SEMICOLONS, SENTENCE_ENDS, SPACE
from aiwei_cli.language.numerals import DIGITS, LEADING, ONES
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.radicals import without_radicals
from aiwei_cli.language.signs import is_left_open, occurrences
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.breaks import CLOSED, IN_LINE, OF_NUMBERS, is_dense, is_flat, is_wrapped
from aiwei_cli.parsing.pipes import unpiped
from aiwei_cli.records import record

_INVISIBLE = pattern("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_PAUSES = frozenset(COMMAS + "（(〔［[《“—")
_STOPS = frozenset(SENTENCE_ENDS + SEMICOLONS + COLONS)
_GOES_ON = frozenset(COMMAS + "。" + SEMICOLONS + "》”" + ROUND[1])
"""What a line may begin with that goes on with the sentence before."""
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
    ("*", pattern(r"\*\*(?:(?<!\*\*\*)(?=[^\s*])|(?<=[^\s*]\*\*)(?!\*))")),
)
_NUMBER = pattern(LEADING)
_HEADING_CUT = pattern(rf"[。！？：:）)]\s?[{DIGITS}]{{1,3}}、[^。！？：:）)、，\s]{{1,20}}+$")
"""The line ends in the heading after such a number."""
_HEADS = ONES[0] + "（(第"
"""What the first heading begins with."""
_ROW_TABS = 2
"""Two lines with so many tabs each are rows of a table: neither goes on with the other."""
_TWICE = pattern(rf"^([^\n]{{4,60}}[^\n{re.escape(''.join(sorted(CLOSED)))}{COMMAS}])((?:\n\1)+)$", re.M)
"""A line that does not end a sentence, and the same once more."""
_LABEL = pattern(rf"[（(〔\[［]?[^\W\d_]{{2,8}}[{COLONS}]")
_CUT_NUMBER = pattern(r"[〔［\[（(，,、。；;]|\d{1,4}[ \u3000]?号")


@record
class View:
    """The text to read, and the way back to the source."""

    text: str
    wrapped: bool
    """Lines end where the page does: the start of a line is weak evidence for the start of a paragraph."""
    flat: bool
    """The line breaks are lost: numbers are in mid-line."""
    dense: bool
    """Some line breaks are lost: a line holds several numbered paragraphs, and hardly any line begins with a number."""
    starts: tuple[int, ...] = ()
    """Offsets in the view at which a piece of the source begins; empty where nothing was dropped."""
    sources: tuple[int, ...] = ()
    layout: tuple[Span, ...] = ()
    """Spans of the source that are no text."""

    def joints(self, start: int, end: int) -> frozenset[int]:
        """The offsets between ``start`` and ``end`` at which pieces of the source were joined."""
        return frozenset(self.starts[bisect_right(self.starts, start) : bisect_right(self.starts, end)])

    def at(self, offset: int) -> int:
        """The offset in the source of a character of the view."""
        if not self.starts:
            return offset
        piece = bisect_right(self.starts, offset) - 1
        return self.sources[piece] + offset - self.starts[piece]

    def end(self, offset: int) -> int:
        """The offset in the source after the character of the view that ends at ``offset``."""
        return self.at(offset - 1) + 1

    def shift(self, start: int, end: int) -> int | None:
        """What leads from a span of the view to the source by adding, if it lies in one piece of it; most do."""
        if not self.starts:
            return 0
        piece = bisect_right(self.starts, start) - 1
        if piece + 1 < len(self.starts) and self.starts[piece + 1] < end:
            return None
        return self.sources[piece] - self.starts[piece]

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
    lines = text.split("\n")
    flat = is_flat(text, lines)
    wrapped = not flat and is_wrapped(text, lines)
    dense = not flat and is_dense(text, lines, wrapped)
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
        dropped += _printed_twice(text, lines)
    layout = tuple(_merge(dropped))
    breaks = _soft_breaks(text, _lines(text, lines, layout), wrapped, dense) if wrapped or is_left_open(text) else []
    gone = _merge([*layout, *breaks]) if breaks else list(layout)
    text, pipes = unpiped(text)
    drawn = tuple(_merge([*layout, *pipes])) if pipes else layout
    if not gone:
        return View(text, wrapped, flat, dense, layout=drawn)
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
    return View("".join(pieces), wrapped, flat, dense, tuple(starts), tuple(sources), drawn)


def _printed_twice(text: str, lines: Sequence[str]) -> list[Span]:
    """Headings that are repeated on two lines in a row, letter for letter: a PDF prints bold text twice."""
    if not any(compress(lines, map(eq, lines, lines[1:]))):
        return []
    return [match.span(2) for match in _TWICE.finditer(text)]


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


def _soft_breaks(text: str, lines: Sequence[Span], wrapped: bool, dense: bool) -> list[Span]:
    """The breaks inside paragraphs: from the end of one line's words to the start of the next line's."""
    if not lines:
        return []
    lengths = sorted([end - start for start, end in lines])
    width = lengths[int(0.9 * (len(lengths) - 1))]
    numbers = [_NUMBER.match(text, start) if text[start] in OF_NUMBERS else None for start, _ in lines]
    body = _first_number(text, lines, numbers, dense) if wrapped else 0
    breaks = []
    depth = opened = printed = at = 0
    rows = "\t" in text
    brackets = [*occurrences(text, OPENING + CLOSING), len(text)]
    for i, ((start, end), (after, after_end)) in enumerate(pairwise(lines)):
        number = numbers[i]
        if number:
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
        sign = text[end - 1]
        if numbers[i + 1] is None and (i >= body or depth):
            if depth and not wrapped and sign not in _PAUSES and text.count("\n", end, after) > 1:
                depth = 0  # an empty line: the bracket was never closed
            goes_on = depth > 0
            if wrapped and not depth:
                here, length = text[start:end], after_end - after
                bare = number is not None and number.end() >= end
                same = printed + length <= 1.1 * width and length < 0.8 * width
                goes_on = (
                    bare
                    or (dense and _HEADING_CUT.search(here) is not None)
                    or _joins(here, text[after : min(after_end, after + 40)], printed / width, same)
                )
            if goes_on:
                breaks.append((end, after))
                printed = 0 if printed > 0.8 * width and sign not in _PAUSES else printed
                continue
        if sign not in "。；" or printed > 0.8 * width:
            printed = 0
    return breaks


def _joins(here: str, following: str, filled: float, same: bool) -> bool:
    """Whether the next line, which begins with no number, goes on with this line's paragraph.

    Some texts are cut after every mark too, so that a printed line is several lines: ``filled`` is how much of the
    width the pieces so far take, ``same`` says that the next piece fits after them.
    """
    last = here[-1]
    if _LABEL.match(following):
        return False
    if last in COLONS and _LABEL.fullmatch(here):
        return True  # a label's value may begin on the next line: 责任单位： / 各区县人民政府
    if last in _STOPS:
        return same and not (following[-1] in CLOSED or following[-1] in _PAUSES or following[0] in OPENING)
    if last in _PAUSES:
        return True
    if last in CLOSING:
        # The end of a clause, as a rule; but a citation's number may be cut after its bracket.
        return _CUT_NUMBER.match(following) is not None
    # A line that ends in mid-sentence well before the margin is the last of its paragraph.
    return filled > 0.7 or following[0] in _GOES_ON


def _lines(text: str, lines: Sequence[str], layout: Sequence[Span]) -> list[Span]:
    """The lines that have words: spans without the blanks around them and without marks of the page."""
    found = []
    marks = iter([*layout, (len(text), len(text))])
    mark = next(marks)
    here = 0
    for line in lines:
        words = line.lstrip()
        end = here + len(line)
        start, here = end - len(words), end + 1
        if mark[0] < end:  # most lines have none
            while mark[1] <= start and mark[0] < len(text):
                mark = next(marks)
            if mark[0] <= start and mark[1] >= end:
                continue
            if mark[0] <= start < mark[1]:
                start = mark[1]
            if start < mark[0] < end <= mark[1]:
                end = mark[0]
            words = text[start:end]
        words = words.rstrip()
        if words:
            found.append((start, start + len(words)))
    return found


def _first_number(text: str, lines: Sequence[Span], numbers: Sequence[object], dense: bool) -> int:
    """The line at which the body begins: before it each line may be a field (title, number, addressees)."""
    for i, (start, end) in enumerate(lines):
        if numbers[i] and text[start] in _HEADS:
            return i
        if dense and IN_LINE.search(text, start, end):
            return i
    return next((i for i, number in enumerate(numbers) if i and number), len(lines))
