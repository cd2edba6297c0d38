"""Words in a workbook: the names of sheets, what a cell can hold, and how wide columns and how high rows have to be.

Widths are half-width characters; a character of Chinese takes two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from aiwei_cli.language.chars import clipped
from aiwei_cli.query.table import Column
from aiwei_cli.write.xml import clean

LONGEST_CELL = 32_767
"""UTF-16 units that a cell of Excel can hold."""
_LONGEST_NAME = 31
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FULL_WIDTH = str.maketrans("[]:*?/\\", "［］：＊？／＼")

# The widest that a column gets; a cell with more is wrapped.
_WIDEST = {
    **{"number": 10, "id": 16, "role": 10, "place": 16, "doubts": 10, "stated": 10, "code": 8, "due": 11},
    **{"quote": 44, "cure": 52, "message": 30, "where": 28, "item": 60, "text": 60, "notice": 24, "deadline": 16},
    **{"office": 24, "written": 24, "section": 20, "kind": 12, "old": 14, "new": 14, "owner": 20, "level": 18},
    **{"tasks": 60},
}
_WIDEST_OTHER = 24
_LONG = frozenset(["quote", "cure", "item", "text", "tasks"])
"""The columns that share what the others leave of the page."""
_WHOLE = frozenset(["number", "due", "code", "doubts"])
"""The columns whose words are one: a date that has no room is shown as ###."""
_PADDING = 2
_LEAST = 6
PAGE = 128
"""So many half-width characters of 10.5 points are in a line of A4 across, beside the edges of the cells, and still 9
points high where a font is missing and the one in its place is wider."""
_LINE, HIGHEST = 15.0, 409.0
"""Points: of a line of text, and the highest row of Excel."""


def sheet_name(wanted: str, taken: dict[str, int]) -> str:
    """A name that Excel accepts and that is not yet ``taken``, to which it is added, with how often it was wanted.

    >>> taken = {}
    >>> [sheet_name(name, taken) for name in ("一/（一）：甲?", "一/（一）：甲*", "'", "History", "1" * 30 + "'s")]
    ['一／（一）：甲？', '一／（一）：甲＊', '_', 'History_', '111111111111111111111111111111']
    """
    name = clean(wanted).translate(_FULL_WIDTH)
    name = _FORBIDDEN_IN_NAMES.sub("_", name).strip().strip("'") or "_"
    name = "History_" if name.casefold() == "history" else name
    first = _numbered(name, 1)
    number = taken.get(first.casefold(), 0) + 1  # the lower ones are taken too
    while (cut := _numbered(name, number)).casefold() in taken:
        number += 1
    taken[first.casefold()] = number
    taken.setdefault(cut.casefold(), 1)
    return cut


def _numbered(name: str, number: int) -> str:
    """A name of so many as Excel has room for."""
    suffix = f"（{number}）" if number > 1 else ""
    # Excel takes no apostrophe at either end, and a cut may leave one there.
    return (cut_units(name, _LONGEST_NAME - len(suffix)).rstrip(" '") or "_") + suffix


def fitted(text: str, note: Callable[[str], None]) -> str:
    """A text that a cell can hold: what is cut is told in the cell and to the user."""
    if len(text) * 2 <= LONGEST_CELL or utf16_units(text := clean(text)) <= LONGEST_CELL:
        return text
    kept = cut_units(text, LONGEST_CELL - 40)
    lost = len(text) - len(kept)
    note(f"有一格超过 Excel 的 {LONGEST_CELL} 字，后面 {lost} 字没有写入：{clipped(text, 20)}")
    return f"{kept}……【单元格放不下，后面还有 {lost} 字】"


def utf16_units(text: str) -> int:
    """The UTF-16 units of a text."""
    return len(text.encode("utf-16-le")) // 2


def cut_units(text: str, most: int) -> str:
    """The beginning of a text, of so many UTF-16 units at most."""
    return text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")


def width_of(text: str) -> int:
    """The width of the longest line: GBK takes two bytes where a font takes two columns."""
    return max((len(line.encode("gbk", "replace")) for line in text.split("\n")), default=0)


class Longest:
    """How wide the longest line of each column is. What is wider than a column may get is not measured any more."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.widths = [0] * len(columns)
        self._most = [_widest(column) for column in columns]

    def see(self, words: Sequence[str]) -> None:
        """The words of a row."""
        for place, text in enumerate(words):
            longest = self.widths[place]
            if len(text) * 2 > longest < self._most[place]:
                self.widths[place] = max(longest, width_of(text))


def _widest(column: Column) -> int:
    return _WIDEST.get(column.key, _WIDEST_OTHER)


def widths(columns: Sequence[Column], heads: Sequence[str], longest: Sequence[int], page: int) -> list[int]:
    """The widths of some columns: as wide as their longest line, if that is not too much; where that is more than the
    page the long ones share what the others leave, so that nothing has to be printed smaller."""
    needed = [
        # The button of the filter is beside the words of the header.
        min(max(width_of(title) + 2, width), _widest(column)) + _PADDING
        for column, title, width in zip(columns, heads, longest, strict=True)
    ]
    long = [place for place, column in enumerate(columns) if column.key in _LONG]
    if sum(needed) <= page or not needed:
        return needed
    rest = page - sum(width for place, width in enumerate(needed) if place not in long)
    if long and rest >= 30 * len(long):
        return [rest // len(long) if place in long else width for place, width in enumerate(needed)]
    # Too many others: all give in proportion to what they have above the least, but those that cannot be wrapped.
    kept = {place for place, column in enumerate(columns) if column.key in _WHOLE}
    least = sum(needed[place] if place in kept else _LEAST for place in range(len(needed)))
    more = sum(needed) - least
    share = max(page - least, 0) / more if more > 0 else 0
    return [width if place in kept else _LEAST + int((width - _LEAST) * share) for place, width in enumerate(needed)]


def excel_width(width: int) -> float:
    """The width in the unit of Excel, a digit of the workbook's own font (宋体, 11 points: 8 pixels)."""
    return width * 7 / 8


def height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """The height of a row in points, so that all wrapped lines can be seen: Excel would work it out itself, but not
    every program that shows the file does."""
    most = max((line_count(text, width) for text, width in zip(texts, widths, strict=True)), default=1)
    return min(most * _LINE + 4, HIGHEST)


def line_count(text: str, width: int) -> int:
    """How many lines a text takes. A stop or a bracket may not begin one, so now and then a line is a character
    short."""
    room = max(width - _PADDING, 2) // 2 * 2
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    return sum(max(-(-len(line.encode("gbk", "replace")) // room), 1) for line in text.split("\n"))
