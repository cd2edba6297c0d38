"""Titles (7.3.1): of the notice, of the plan that it encloses, and of a further plan where an outline begins again."""

from __future__ import annotations

from aiwei_cli.language.chars import COLONS, COMMA, SEMICOLONS, SPACE
from aiwei_cli.language.dates import DATE, iso
from aiwei_cli.language.documents import NUMBER_END
from aiwei_cli.language.patterns import pattern
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.envelope.looks import word_lines
from aiwei_cli.parsing.envelope.names import LONGEST
from aiwei_cli.parsing.envelope.page import HeadLines
from aiwei_cli.parsing.envelope.words import HeaderWords

_DATED = pattern(rf"{SPACE}*[（(]{SPACE}*({DATE})[^（）()]{{0,4}}[）)]$")
_OPEN, _CLOSE = "（(", "）)"
_MASTHEAD = range(6, 43)
"""The length of a red head, 文件 included: from 某县政府文件 on; a longer line that ends in 文件 is prose."""
_STOPS = "。，；：:《》〔"
_LINES = 12
"""A title begins in the first lines: above it are at most the red head, number, rank and urgency, and navigation."""
_CODE = 8
"""The most letters before the year of a document number."""
_FEWEST, _MOST = 6, 160
"""The lengths of a title: 会议通知单 is too short, a joint notice of five ministries has 150 characters."""
_LONG, _SHORT = 60, 40
"""The lengths of the last line of a further plan's title, and of a line above it: longer ones are prose."""


def take_title(page: HeadLines, stop: int, known: HeaderWords) -> None:
    """The title: it may be on several lines, and before or after the document number.

    Of several the last with 关于 is the title: what a web page put before it is not.
    """
    ends = ((i, title_from(page, i, stop, known)) for i in range(min(stop, _LINES)))
    found = [(i, last) for i, last in ends if last is not None]
    if not found:
        return
    about = [choice for choice in found if any(word in page.join(*choice) for word in known.about)]
    first, last = about[-1] if about else found[0]
    while first > 0 and first - 1 not in page.used and _is_office(page.lines[first - 1].text, known):
        first -= 1
    words = page.join(first, last)
    dated = _DATED.search(words) if words[-1] in _CLOSE else None
    end = page.lines[last].end
    if dated:
        end = page.offset(first, dated.start())
        page.take("date", last, last, iso(dated[1]), start=end)
        words = words[: dated.start()]
    numbered = _number_behind(words, known)
    if numbered is not None:
        behind, number = numbered
        end = page.offset(first, behind)
        page.take("document_number", last, last, number, start=end)
        words = words[:behind]
    page.take("title", first, last, _closed(words.strip(), known), end=end)
    if last + 1 < stop and (below := page.lines[last + 1].text)[0] in _OPEN:
        date = _DATED.match(below)
        if date:
            page.take("date", last + 1, last + 1, iso(date[1]))
    for i in range(first):
        head = page.lines[i].text
        masthead = next((word for word in known.mastheads if head.endswith(word)), "")
        if masthead and len(head) in _MASTHEAD and i not in page.used and "：" not in head.replace(":", "："):
            page.take("issuer", i, i, head[: -len(masthead)].rstrip())


def title_from(page: HeadLines, first: int, stop: int, known: HeaderWords) -> int | None:
    """The last line of a title that begins at a line; None where none does. No title has more than six lines."""
    words = page.lines[first].text
    if first in page.used or words[0] in "（(【[" or (words[0] in known.annex_firsts and _is_annex(words, known)):
        return None
    words = ""
    for last in range(first, min(first + 6, stop)):
        if last in page.used or page.lines[last].text[-1] in COMMA + "。" + SEMICOLONS + COLONS:
            return None
        words = _closed(words + page.lines[last].text, known)
        if len(words) > _MOST:
            return None
        if len(words) < _FEWEST or words.count("《") > words.count("》"):
            continue
        if words[-1] == "》" and _announces(words, known):
            return last
        if words[-1] == NUMBER_END and _number_behind(words, known) is not None:
            return last
        if not known.numbering.ends_title(words):
            continue
        following = page.lines[last + 1].text if last + 1 < stop and last + 1 not in page.used else ""
        if not (following.startswith("的") or _is_draft(following, known) or _passes_on(words, known)):
            return last
    return None


def _announces(words: str, known: HeaderWords) -> bool:
    """The headline of a web page that says what came out: 某办公室印发《某市发展纲要》."""
    before, _, named = words.rstrip("》").rpartition("《")
    verb = next((verb for verb in known.announces if before.endswith(verb)), "")
    who = before.removesuffix(verb)
    return verb != "" and who != "" and _is_office(who, known) and known.numbering.ends_title(named)


def _number_behind(words: str, known: HeaderWords) -> tuple[int, str] | None:
    """The document number that a title ends in without a blank, and where what follows the title begins, perhaps the
    number's label: 关于甲的意见某政发〔2015〕24号, 关于甲的意见文号：某政发〔2015〕24号."""
    found = known.bare_number.search(words) if words[-1:] == NUMBER_END else None
    if found is None:
        return None
    for at in range(found.start() - 2, max(found.start() - _CODE, _FEWEST) - 1, -1):
        if known.numbering.ends_title(words[:at]) and (number := known.number_line.match(words[at:])):
            return at, "".join(known.number_label.sub("", number[1]).split())
    return None


def _closed(words: str, known: HeaderWords) -> str:
    """A title whose noun is set wide, 的 通  知, with the noun in one."""
    wide = known.wide_noun.search(words) if words[-1:] in known.noun_lasts and words[-2:-1].isspace() else None
    return words[: wide.start()] + "".join(wide[0].split()) if wide else words


def before(text: str, start: int, end: int, known: HeaderWords) -> tuple[Span, str] | None:
    """The title of a further plan before its first number: separate lines, after a line that is not one of them."""
    found = word_lines(text, start, end)
    for last in range(len(found) - 1, 0, -1):
        if not _may_head(found[last].text, _LONG, known) or not known.numbering.ends_title(found[last].text):
            continue
        first = last
        while first > 1 and _may_head(found[first - 1].text, _SHORT, known):
            first -= 1
        return (found[first].start, found[last].end), "".join(line.text for line in found[first : last + 1])
    return None


def _may_head(words: str, length: int, known: HeaderWords) -> bool:
    """Whether a line may be a title's: it is short and ends in no mark."""
    if words[0] in known.annex_firsts and known.annex_head.match(words):
        return False
    return len(words) <= length and words[-1] not in "。；：，）)”、"


def _is_office(words: str, known: HeaderWords) -> bool:
    """Whether a line holds nothing but names of offices: the first line of a title in several."""
    return all(
        len(name) <= LONGEST
        and known.organisation.search(name) is not None
        and not (name.endswith(known.mastheads) or any(mark in name for mark in _STOPS))
        for name in words.split()
    )


def _is_annex(words: str, known: HeaderWords) -> bool:
    return known.listed_annexes(words) is not None or known.annex_mark.match(words) is not None


def _is_draft(words: str, known: HeaderWords) -> bool:
    """（征求意见稿） alone on a line goes with the title above."""
    return words[:1] != "" and words[0] in _OPEN and words[-1] in _CLOSE and words[1:-1] in known.drafts


def _passes_on(words: str, known: HeaderWords) -> bool:
    """The title of a notice that passes another document on ends in 通知, not in that document's own noun."""
    if not any(word in words for word in known.passes_on):
        return False
    behind = max(words.rfind(noun + bracket) for noun in known.covers for bracket in _OPEN)
    return behind < 0 and not words.endswith(known.covers)
