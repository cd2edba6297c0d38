"""The fields of a notice, and what a line must look like to be one of them: GB/T 9704-2012, 7.3.

:mod:`header` looks for them before the body, :mod:`closing` behind it, :mod:`flat` where the line breaks are lost.
Offsets are of the view.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from aiwei_cli.model import Span
from aiwei_cli.parsing.dates import BRACKETED_YEAR, DATE, DOTTED
from aiwei_cli.parsing.layout import SPACE
from aiwei_cli.patterns import pattern

_CODE = r"[^\W\d_]{1,12}(?:[（(][^\W\d_]{1,4}[）)])?[^\W\d_]{0,3}"
DOCUMENT_NUMBER = rf"{_CODE}{SPACE}*{BRACKETED_YEAR}{SPACE}*(?:第|的)?{SPACE}*[0-9]{{1,5}}{SPACE}*号"
"""发文字号 (7.2.5): the office's code, the year in brackets, the running number."""
DATE_LINE = pattern(rf"^(?P<who>.{{0,40}}?){SPACE}*(?P<date>{DATE}|{DOTTED}){SPACE}*(?:印发|发布)?$")
"""A line that ends in the date, with who signs before it or nobody."""
ANNEX = pattern(r"附\s*件\s*[:：]")
ORGANISATION = pattern(
    r"(?:政府|委员会|[局委部厅办署院会行处所站社室]|中心|公司|指挥部|小组|党组|法院|检察院)(?:[（(].{2,40}[）)])?$"
)
MARK = pattern("[。，；：]")
"""What stands in a sentence and in no name."""
_YEAR_OF = pattern(r"(?<![—－\-~～至到])((?:19|20)\d\d)\s*年(?!\s*[—－\-~～至到])")
_SPAN_OF_YEARS = pattern(r"(?:19|20)\d\d\s*年?\s*[—－–\-~～至到]+\s*(?:19|20)\d\d\s*年?")
_FOUR_DIGITS = pattern(r"((?:19|20)\d\d)")


@dataclass(slots=True)
class Header:
    """The fields before the body; ``spans`` says where they stand, by the name of the field."""

    title: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    date: str | None = None
    addressees: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    plans: list[tuple[str, Span]] = field(default_factory=list)
    spans: list[tuple[str, Span]] = field(default_factory=list)

    def year(self) -> int | None:
        """The year the notice is about: in its title, its plan's, its document number, or its date."""
        titles = [self.title or "", *(title for title, _ in self.plans)]
        numbers = [self.document_number or "", self.date or ""]
        found = [_YEAR_OF.search(_SPAN_OF_YEARS.sub("", title)) for title in titles]
        found += [_FOUR_DIGITS.search(words) for words in numbers]
        return next((int(match[1]) for match in found if match), None)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words, without the blanks around them."""

    text: str
    start: int
    end: int


def lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of ``text[start:end]`` that have words."""
    found = []
    for match in re.finditer(r"\S[^\n]*", text[start:end]):
        words, at = match[0].rstrip(), start + match.start()
        found.append(Line(words, at, at + len(words)))
    return found


def signed(
    found: Sequence[Line], at: int, date: re.Match[str], signs: Callable[[int], bool]
) -> tuple[int, tuple[str, ...], int]:
    """Who signs above line ``at``, which ends in a date, and in that line: the first line, the names, and the offset
    behind them.

    ``date`` is what :data:`DATE_LINE` matched there; ``signs`` says of a line above whether it may be one of the names.
    """
    first = at
    while at - first < 6 and signs(first - 1):
        first -= 1
    names = [line.text for line in found[first:at]]
    if date["who"]:
        return first, (*names, date["who"]), found[at].start + len(date["who"])
    return first, tuple(names), found[at - 1].end


def is_name(words: str) -> bool:
    """Whether a line may be a signature's: it is short, has no mark and ends as the name of an organisation does."""
    return len(words) <= 40 and MARK.search(words) is None and ORGANISATION.search(words) is not None
