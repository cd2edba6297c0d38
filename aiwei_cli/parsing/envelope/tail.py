"""The tail of a notice: annexes (7.3.4), signature and date (7.3.5), copies (7.4.2) and what a web page added.

It begins at the first line behind the last number that is one of them; a covering notice that has numbers of its own
has its tail before the plan that it encloses. Offsets are of the view.
"""

from __future__ import annotations

from typing import NamedTuple

from aiwei_cli.language.chars import SPACE
from aiwei_cli.language.dates import iso
from aiwei_cli.language.patterns import pattern
from aiwei_cli.parsing.envelope import flat, footer
from aiwei_cli.parsing.envelope.claims import Claim
from aiwei_cli.parsing.envelope.looks import Line, annex_list, dated, lines, next_annex, signed
from aiwei_cli.parsing.envelope.names import ORGANISATION, annex_names, is_name
from aiwei_cli.parsing.view import View

_COPIES = pattern(rf"^(?:抄{SPACE}*[送报]|主{SPACE}*送){SPACE}*[:：]")
_NOTE = pattern(
    r"^[（(](?:此件|本件|联系人)[^（）()]{2,30}[）)]$|^(?:来源|信息来源|责任编辑|公开方式|信息公开属性)[:：][^。]{0,30}$"
)
_LONGEST_SIGNED = 60
"""A line with the date: who signs, blanks to the right margin, and the date; a longer one is a sentence."""


class Tail(NamedTuple):
    """What was found behind a body, and where it begins: the end of what was looked through if there is none."""

    start: int
    claims: list[Claim]


def read(view: View, last: int, stop: int | None = None) -> Tail:
    """The tail behind ``last``, the end of the last number, up to ``stop`` or the end of the text."""
    text = view.text
    if view.flat:
        return Tail(*flat.tail(text, last))
    found = lines(text, last, len(text) if stop is None else stop)
    foot = max(1, footer.first_line([line.text for line in found]))
    kinds = [_kind(line.text) if i < foot else _kind(line.text) or "note" for i, line in enumerate(found)]
    claims: list[Claim] = []
    start = len(text)
    for i, kind in enumerate(kinds):
        if i == 0 or not kind:
            continue
        own = _dated(found, kinds, i) if kind == "date" else [_listed(found, i, kind)]
        claims += own
        start = min([start, *(claim.span[0] for claim in own)])
    return Tail(start, claims)


def _dated(found: list[Line], kinds: list[str], i: int) -> list[Claim]:
    """The date in a line, and who signs there and above."""
    line = found[i]
    match = dated(line.text)
    assert match is not None  # its kind says so
    if match["who"] and not ORGANISATION.search(match["who"].strip()):
        return []
    date = Claim((line.start + match.start("date"), line.end), "date", iso(match["date"]))
    first, names, end = signed(found, i, match, lambda j: j > 0 and not kinds[j] and is_name(found[j].text))
    return [Claim((found[first].start, end), "signature", names), date] if names else [date]


def _listed(found: list[Line], i: int, kind: str) -> Claim:
    """A field that begins with its name: annexes go on over the lines that are numbered."""
    end = i + 1
    value: tuple[str, ...] | None = None
    if kind == "annexes":
        while end < len(found) and next_annex(found[end].text):
            end += 1
        value = annex_names([annex_list(found[i].text) or "", *(line.text for line in found[i + 1 : end])])
    elif kind == "copies":
        words = found[i].text.replace(":", "：").partition("：")[2].strip()
        value = (words,) if words else None
    return Claim((found[i].start, found[end - 1].end), kind, value)


def _kind(words: str) -> str:
    """annexes, copies, date or note; empty where a line is none of them."""
    if annex_list(words) is not None:
        return "annexes"
    first = words[0]
    if first in "抄主" and _COPIES.match(words):
        return "copies"
    if len(words) <= _LONGEST_SIGNED and dated(words):
        return "date"
    return "note" if first in "（(来信责公" and _NOTE.match(words) else ""
