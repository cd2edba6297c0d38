"""The head of a notice: what GB/T 9704-2012, 7.2 and 7.3, puts before the body, each on its own lines.

The fields are looked for one after the other, each among the lines that are left. :mod:`flat` reads a head whose line
breaks are lost. Offsets are of the view.
"""

from __future__ import annotations

from collections.abc import Sequence

from aiwei_cli.language.chars import BLANKS, COMMAS
from aiwei_cli.language.dates import iso
from aiwei_cli.language.documents import NUMBER_END
from aiwei_cli.language.places import NAMELESS
from aiwei_cli.parsing.envelope import web
from aiwei_cli.parsing.envelope.claims import Claim
from aiwei_cli.parsing.envelope.looks import WordLine, next_annex, signed
from aiwei_cli.parsing.envelope.names import LONGEST, MARKS, annex_names, shared
from aiwei_cli.parsing.envelope.page import HeadLines
from aiwei_cli.parsing.envelope.title import take_title, title_from
from aiwei_cli.parsing.envelope.words import HeaderWords

_STOPS = "。！？；"
"""What may be in a sentence but not in a line of addressees."""
_OPENING = "（("
_ENDS_ORDER = NUMBER_END + "）)"
_LONGEST_ISSUER = 60
"""The issuers of a joint title; later words belong to what it is about."""
_NUMBER_LINES, _ORDER_LINES, _ADDRESSEE_LINES = 30, 12, 40
"""How far down a field is looked for: a web page may put its metadata before a number and the addressees."""
_LONGEST_SIGNED = 60
"""A line with the date: who signs, blanks to the right margin, and the date; a longer one is a sentence."""
_MOST_ADDRESSED = 600
"""All addressees: 各市、州…人民政府 and fifty ministries; a longer run of lines is prose."""


def read_head(lines: list[WordLine], words: HeaderWords) -> list[Claim]:
    """The fields of a head, and of the plan it encloses."""
    if not lines:
        return []
    page = HeadLines(lines)
    web.take(page, words.metadata)
    prose = next((i for i, line in enumerate(lines) if "。" in line.text and i not in page.used), len(lines))
    _number(page, prose, words)
    first, last = _addressee_lines(page, prose, words)
    take_title(page, min(first, prose), words)
    _addressees(page, first, last, words)
    _annexes(page, words)
    _signature(page, last + 1 if last >= 0 else 0, words)
    _plan(page, words)
    web.fill(page, words)
    return page.claims


def issuer(title: str | None, named: str | None, signature: Sequence[str], words: HeaderWords) -> str | None:
    """Who issues: whom the red head names, or the title before 关于, or who signs."""
    if title and named is None and "\n" not in title[:_LONGEST_ISSUER]:
        ends = [at for word in words.issues if (at := title.find(word, 2, _LONGEST_ISSUER + len(word))) > 0]
        before = title[: min(ends)] if ends else ""
        if ends and words.organisation.search(before.rstrip(COMMAS + BLANKS)):
            named = before.strip()
    names = [name for name in signature if name[0] not in _OPENING]
    signed_by = "、".join(names) if all(map(words.organisation.search, names)) else names[0]
    return signed_by if signed_by and (named is None or NAMELESS.match(named)) else named


def _number(page: HeadLines, stop: int, words: HeaderWords) -> None:
    number = None
    for i, line in enumerate(page.lines[: min(stop, _NUMBER_LINES)]):
        ends = line.text[-1] == NUMBER_END or any(word in line.text for word in words.signers)
        match = words.number_line.match(line.text) if ends else None
        if match is None or words.holds_title(match[1]):
            continue  # 关于甲的意见某政发〔2015〕24号: see title.py
        here = "".join(words.number_label.sub("", match[1]).split())
        # A web page has the number too; what it says is the number's, not the preamble's.
        if number in (None, here):
            number = here
            page.take("document_number", i, i, number)
    if number is None:
        _order(page, stop, words)


def _order(page: HeadLines, stop: int, words: HeaderWords) -> None:
    """The number of an order: 某省人民政府令第203号, on one line or two."""
    for i, line in enumerate(page.lines[: min(stop, _ORDER_LINES)]):
        match = words.order.match(line.text) if line.text[-1] in _ENDS_ORDER and "第" in line.text else None
        if match is None or i in page.used:
            continue
        first = i if match["kind"] else i - 1
        if first < 0 or not (
            match["who"] if match["kind"] else first not in page.used and _heads_order(page, first, words)
        ):
            continue
        page.take("document_number", first, i, "".join(page.join(first, i).split()))
        return


def _heads_order(page: HeadLines, i: int, known: HeaderWords) -> bool:
    """Whether a line says who gives an order, whose number is on the next: 某省人民政府令."""
    words = page.lines[i].text
    who = next((words[: -len(kind)] for kind in known.orders if words.endswith(kind)), "")
    return 2 <= len(who) <= LONGEST and who.isalpha()


def _addressee_lines(page: HeadLines, stop: int, words: HeaderWords) -> tuple[int, int]:
    """The first and last line of the addressees (7.3.2): they end in a colon."""
    for last, line in enumerate(page.lines[: min(stop + 1, _ADDRESSEE_LINES)]):
        if (
            line.text[-1] not in "：:"
            or last in page.used
            or any(word in line.text for word in (*words.prose, *_STOPS))
        ):
            continue
        first = last
        while first > 0 and first - 1 not in page.used and last - first < 6:
            before = page.lines[first - 1].text
            if before[-1] in "。：:；）)》" or (before[-1] not in COMMAS and len(before) < 12):
                break
            if words.numbering.ends_title(before) or words.bare_number.search(before):
                break
            first -= 1
        joined = page.join(first, last)
        named = joined.startswith(words.addressed_first) or any(word in joined for word in words.addressed)
        if named and len(joined) < _MOST_ADDRESSED:
            return first, last
    return len(page.lines), -1


def _addressees(page: HeadLines, first: int, last: int, words: HeaderWords) -> None:
    if last < 0:
        return
    from aiwei_cli.parsing.lists import outside_brackets, rejoin

    joined = page.join(first, last).rstrip("：:")
    pieces = rejoin(joined, outside_brackets(joined), words.ends.organs)
    names = ("".join(joined[a:b].split()) for a, b, _ in pieces)
    page.take("addressees", first, last, shared(names, words.organisation))


def _annexes(page: HeadLines, words: HeaderWords) -> None:
    """The list of annexes (7.3.4) of the covering notice: 附件：… on one or several lines."""
    for i in range(page.behind(), len(page.lines)):
        listed = words.listed_annexes(page.lines[i].text)
        if listed is None:
            continue
        last = i
        while last + 1 < len(page.lines) and next_annex(page.lines[last + 1].text):
            last += 1
        page.take("annexes", i, last, annex_names([listed, *(line.text for line in page.lines[i + 1 : last + 1])]))
        return


def _signature(page: HeadLines, first: int, words: HeaderWords) -> None:
    """The signature and the date (7.3.5) of the covering notice, and the note under them (此件公开发布)."""
    names: tuple[str, ...] = ()
    for i in range(first, len(page.lines)):
        if i in page.used:
            continue
        line = page.lines[i]
        date = words.dated(line.text) if len(line.text) <= _LONGEST_SIGNED else None
        if not date or (date["who"] and not words.organisation.search(date["who"].strip())):
            if line.text[0] in words.note_firsts and words.note.match(line.text):
                page.take("note", i, i)
            continue
        if names:
            break
        above, names, end = signed(page.lines, i, date, lambda j: j >= first and _signs(page, j, words))
        if names:
            page.take("signature", above, i, names, end=end)
        page.take("date", i, i, iso(date["date"]), start=line.start + date.start("date"))


def _signs(page: HeadLines, i: int, known: HeaderWords) -> bool:
    """Whether a line over the date may sign: a name, or what is beside it in brackets, （盖章）."""
    words = page.lines[i].text
    if i in page.used or len(words) > LONGEST or any(mark in words for mark in MARKS):
        return False
    return words.endswith(known.seals) or known.organisation.search(words) is not None


def _plan(page: HeadLines, words: HeaderWords) -> None:
    """The enclosed plan's own title: separate lines without a full stop, after the covering notice."""
    known = {claim.name for claim in page.claims}
    if not known & {"title", "addressees", "document_number", "date"}:
        return
    for i in range(0 if {"date", "signature"} <= known else page.behind(), len(page.lines)):
        last = title_from(page, i, len(page.lines), words)
        if last is not None:
            page.take("plan", i, last, page.join(i, last).strip())
            return
