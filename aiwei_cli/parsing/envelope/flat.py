"""Head and tail of a text that has lost its line breaks: the fields run into one another.

Only what can be told from its own form is taken: a document number, a title with 关于 and its noun, addressees that
end in a colon, a signature that ends in a date. Offsets are of the view.
"""

from __future__ import annotations

import re

from aiwei_cli.language.dates import DATE, iso
from aiwei_cli.language.patterns import pattern
from aiwei_cli.parsing.envelope.claims import Claim, first
from aiwei_cli.parsing.envelope.names import LONGEST, MARKS, annex_names, shared
from aiwei_cli.parsing.envelope.words import HeaderWords

_MOST_WORDS = 12
_COLON = pattern(r"\s*([^。：:；]{4,300}|各[^。：:；]{1,2})[：:]")
_HEAD, _TITLE, _SHORT, _COLON_BY, _PAGE = 260, 300, 60, 320, 600
"""The most characters of a field: the red head of a joint notice with its number, the title, a number without
either, the addressees with the blanks before them, and a title after the words of a page."""
_PARTS = " \u3000\xa0\t\n>＞»›|｜】]"
"""What separates the parts of a page's first line."""
_BEHIND_TITLE = frozenset(" \u3000\xa0\t\n【[各")
"""What may follow the title there; before any other sign it may go on."""


def flat_head(text: str, stop: int, words: HeaderWords) -> list[Claim]:
    """The fields of the head, ``text[:stop]``."""
    found: list[Claim] = []
    crawled = any(word in text[:_TITLE] for word in words.metadata.flat)
    here = _title(text, stop, words, found, crawled)
    if crawled:
        here = _page_words(text, here, stop, words, found)
        late = (
            None if first(found, "document_number") else words.flat.number.match(text[: min(stop, here + _SHORT)], here)
        )
        here = _number(late, 1, found) if late else here
    here = _addressees(text, here, stop, words, found)
    signed = words.flat.signed.search(text, here, stop)
    if signed:
        found.append(Claim(signed.span(1), "signature", (signed[1].strip(),)))
        found.append(Claim(signed.span(2), "date", iso(signed[2])))
        plan = words.flat.plan.match(text, signed.end(), stop)
        if plan:
            found.append(Claim(plan.span(1), "plan", plan[1].strip()))
    return found


def _title(text: str, stop: int, words: HeaderWords, found: list[Claim], crawled: bool) -> int:
    """Red head, document number and title; the offset after them."""
    masthead = words.flat.masthead.match(text[: min(stop, _HEAD)])
    here = 0
    if masthead:
        if masthead["issuer"]:
            found.append(Claim((masthead.start("issuer"), masthead.end("end")), "issuer", masthead["issuer"]))
        here = _number(masthead, "number", found)
        if masthead["signer"]:
            found.append(Claim(masthead.span("signer"), "metadata"))
    number = None if masthead else words.flat.number.match(text[: min(stop, _SHORT)])
    if crawled and not masthead and not number:
        number = _behind_web(text, stop, words, found)
    if number:
        here = _number(number, 1, found)
    match = words.flat.title.match(text[: min(stop, here + _TITLE)], here)
    if crawled and not here:
        match = _title_behind_web(text[: min(stop, _PAGE)], words, found)
    if match is None:
        return here
    found.append(Claim(match.span("title"), "title", "".join(map(str.strip, match["title"].split("\n")))))
    told = match["number"] and first(found, "document_number") in (None, match["number"])
    return _number(match, "number", found) if told else match.end("title")


def _behind_web(text: str, stop: int, words: HeaderWords, found: list[Claim]) -> re.Match[str] | None:
    """The document number after what a web page puts first: 首页 政务公开 打印 …"""
    number = words.flat.inner_number.search(text[: min(stop, _TITLE)])
    if not number or not number.start(1):
        return None
    found.append(Claim((0, number.start(1)), "metadata"))
    return number


def _title_behind_web(text: str, words: HeaderWords, found: list[Claim]) -> re.Match[str] | None:
    """The title after what a web page puts first; it begins after a blank or the mark of a path: 首页 > 某局关于…"""
    for about in words.flat.about.finditer(text):
        start = max([text.rfind(mark, 0, about.start()) for mark in _PARTS]) + 1
        match = words.flat.title.match(text, start)
        if match is not None and (match["number"] or text[match.end() : match.end() + 1] in _BEHIND_TITLE):
            start = match.start("title")
            # The page may say the title too; what the notice says is followed by its number.
            start = max(start, text.rfind(match["title"].strip(), match.end()))
            start = _first_office(text, 0, start, words)
            found.append(Claim((0, start), "metadata"))
            return words.flat.title.match(text, start)
    return None


def _first_office(text: str, low: int, start: int, words: HeaderWords) -> int:
    """Where the first office of a joint notice begins, of those that blanks part up to ``start``."""
    while before := words.flat.office_before.search(text, max(low, start - LONGEST), start):
        start = before.start(1)
    return start


def _page_words(text: str, here: int, stop: int, words: HeaderWords, found: list[Claim]) -> int:
    """The offset after what a web page puts between the title and the addressees."""
    start = here
    for _ in range(_MOST_WORDS):
        match = words.metadata.flat_word.match(text, here, stop)
        if match is None:
            break
        here = match.end()
    found.append(Claim((start, here), "metadata"))
    return here


def _number(match: re.Match[str], group: int | str, found: list[Claim]) -> int:
    found.append(Claim(match.span(group), "document_number", match[group]))
    return match.end()


def _addressees(text: str, here: int, stop: int, words: HeaderWords, found: list[Claim]) -> int:
    from aiwei_cli.parsing.lists import outside_brackets, rejoin

    colon = _COLON.match(text, here, min(stop, here + _COLON_BY))
    if colon is None or "为" in colon[1][:8]:
        return here
    if not words.addressed_flat.match(colon[1]) and not (here and words.is_name(colon[1], LONGEST, MARKS)):
        return here
    pieces = rejoin(colon[1], outside_brackets(colon[1]), words.ends.organs)
    names = shared([colon[1][a:b].strip() for a, b, _ in pieces], words.organisation)
    found.append(Claim((colon.start(1), colon.end()), "addressees", names))
    return colon.end()


def tail(text: str, start: int, words: HeaderWords) -> tuple[int, list[Claim]]:
    """Where the tail after ``start`` begins, the end of the text if there is none, and its fields."""
    found: list[Claim] = []
    begin = words.footer.first_character(text, start)
    if begin < len(text):
        found.append(Claim((begin, len(text.rstrip())), "note"))
        text = text[:begin]
    behind = len(text)
    signed = words.flat.at_end.search(text, start)
    if signed:
        behind = signed.end()
        begin = _first_office(text, start, signed.start(1), words)
        date = re.search(DATE, signed[0])
        assert date is not None  # it is part of the pattern
        at = signed.start() + date.start()
        found.append(Claim((begin, at), "signature", tuple(text[begin:at].split())))
        found.append(Claim((at, signed.start() + date.end()), "date", iso(date[0])))
    annexes = words.flat.annexes.search(text, behind) or words.flat.annexes.search(text[:begin], start)
    if annexes:
        end = annexes.start() + len(annexes[0].rstrip())
        found.append(Claim((annexes.start(), end), "annexes", annex_names([annexes[1].strip()])))
        begin = min(begin, annexes.start())
    return begin, found
