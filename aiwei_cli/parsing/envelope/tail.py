"""The tail of a notice: annexes (7.3.4), signature and date (7.3.5), copies (7.4.2) and what a web page added.

It begins at the first line after the last number that is one of them; a covering notice that has numbers of its own
has its tail before the plan that it encloses. Offsets are of the view.
"""

from __future__ import annotations

from aiwei_cli.language.dates import iso
from aiwei_cli.parsing.envelope import flat
from aiwei_cli.parsing.envelope.claims import Claim
from aiwei_cli.parsing.envelope.looks import WordLine, next_annex, signed, word_lines
from aiwei_cli.parsing.envelope.names import LONGEST, MARKS, annex_names
from aiwei_cli.parsing.envelope.words import HeaderWords
from aiwei_cli.parsing.view import View
from aiwei_cli.records import NamedTuple

_LONGEST_SIGNED = 60
"""A line with the date: who signs, blanks to the right margin, and the date; a longer one is a sentence."""


class Tail(NamedTuple):
    """What was found after a body, and where it begins: the end of what was looked through if there is none."""

    start: int
    claims: list[Claim]


def read_tail(view: View, words: HeaderWords, last: int, stop: int | None = None) -> Tail:
    """The tail after ``last``, the end of the last number, up to ``stop`` or the end of the text."""
    text = view.text
    if view.flat:
        return Tail(*flat.tail(text, last, words))
    found = word_lines(text, last, len(text) if stop is None else stop)
    foot = max(1, words.footer.first_line([line.text for line in found]))
    kinds = [_kind(line.text, words) or ("" if i < foot else "note") for i, line in enumerate(found)]
    claims: list[Claim] = []
    start = len(text)
    for i, kind in enumerate(kinds):
        if i == 0 or not kind:
            continue
        own = _dated(found, kinds, i, words) if kind == "date" else [_listed(found, i, kind, words)]
        claims += own
        start = min([start, *(claim.span[0] for claim in own)])
    return Tail(start, claims)


def _dated(found: list[WordLine], kinds: list[str], i: int, words: HeaderWords) -> list[Claim]:
    """The date in a line, and who signs there and above."""
    line = found[i]
    match = words.dated(line.text)
    assert match is not None  # its kind says so
    if match["who"] and not words.organisation.search(match["who"].strip()):
        return []
    date = Claim((line.start + match.start("date"), line.end), "date", iso(match["date"]))

    def signs(j: int) -> bool:
        return j > 0 and not kinds[j] and words.is_name(found[j].text, LONGEST, MARKS)

    first, names, end = signed(found, i, match, signs)
    return [Claim((found[first].start, end), "signature", names), date] if names else [date]


def _listed(found: list[WordLine], i: int, kind: str, known: HeaderWords) -> Claim:
    """A field that begins with its name: annexes go on over the lines that are numbered."""
    end = i + 1
    value: tuple[str, ...] | None = None
    if kind == "annexes":
        while end < len(found) and next_annex(found[end].text):
            end += 1
        value = annex_names([known.listed_annexes(found[i].text) or "", *(line.text for line in found[i + 1 : end])])
    elif kind == "copies":
        words = found[i].text.replace(":", "：").partition("：")[2].strip()
        value = (words,) if words else None
    return Claim((found[i].start, found[end - 1].end), kind, value)


def _kind(words: str, known: HeaderWords) -> str:
    """annexes, copies, date or note; empty where a line is nothing of the kind."""
    if known.listed_annexes(words) is not None:
        return "annexes"
    first = words[0]
    if first in known.copy_firsts and known.copies.match(words):
        return "copies"
    if len(words) <= _LONGEST_SIGNED and known.dated(words):
        return "date"
    return "note" if first in known.note_firsts and known.note_behind.match(words) else ""
