"""The parts behind the body: annexes (7.3.4), signature and date (7.3.5), copies (7.4.2) and what a web page added.

They begin at the first line behind the last number that is one of them; a covering notice that has numbers of its own
has them before the plan that it encloses. Offsets are of the view.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from aiwei_cli.model import Span
from aiwei_cli.parsing.dates import DATE, iso
from aiwei_cli.parsing.fields import ANNEX, DATE_LINE, ORGANISATION, annex_names, is_name, lines, signed
from aiwei_cli.parsing.layout import SPACE, View
from aiwei_cli.patterns import pattern

_COPIES = pattern(rf"^(?:抄{SPACE}*[送报]|主{SPACE}*送){SPACE}*[:：]")
_NOTE = pattern(
    r"^[（(](?:此件|本件|联系人)[^（）()]{2,30}[）)]$|^(?:来源|信息来源|责任编辑|公开方式|信息公开属性)[:：][^。]{0,30}$"
)
_RUN = pattern(rf"(?<=[。）)〕\]])\s*(?:[^\W\d_]{{4,40}}?)\s*(?:{DATE})\s*(?=$|附件|抄送|（此件|\(此件)")
# Behind the body, and to the end: what has a full stop is no list of names.
_FLAT_ANNEXES = pattern(rf"(?<=[。）)〕\]\s日])附{SPACE}*件{SPACE}*[:：]\s*(1[.．、][^。]{{2,600}}|[^。\d]{{2,60}})$")


@dataclass(slots=True)
class Closing:
    """What was found behind the body; ``start`` is where it begins, the end of the text if there is none."""

    start: int
    signature: tuple[str, ...] = ()
    date: str | None = None
    annexes: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    spans: list[tuple[str, Span]] = field(default_factory=list)


def read(view: View, last: int, stop: int | None = None) -> Closing:
    """The closing parts behind ``last``, the end of the last number, up to ``stop`` or the end of the text."""
    text = view.text
    closing = Closing(len(text))
    if view.flat:
        run = _RUN.search(text, last)
        if run:
            closing.start = run.start()
            date = re.search(DATE, run[0])
            assert date is not None  # it is part of the pattern
            closing.date = iso(date[0])
            closing.signature = (run[0][: date.start()].strip(),)
            closing.spans.append(("signature", (run.start(), run.start() + date.start())))
            closing.spans.append(("date", (run.start() + date.start(), run.start() + date.end())))
        _flat_annexes(text, run.end() if run else last, closing)
        return closing
    found = lines(text, last, len(text) if stop is None else stop)
    kinds = [_kind(line.text) for line in found]
    for i, line in enumerate(found):
        kind = kinds[i]
        if i == 0 or not kind:
            continue
        if kind == "date":
            match = DATE_LINE.match(line.text)
            assert match is not None  # its kind says so
            if match["who"] and not ORGANISATION.search(match["who"].strip()):
                continue
            first, names, stop = signed(found, i, match, lambda j: j > 0 and not kinds[j] and is_name(found[j].text))
            start = found[first].start
            closing.signature = closing.signature or names
            closing.date = closing.date or iso(match["date"])
            if names:
                closing.spans.append(("signature", (start, stop)))
            closing.spans.append(("date", (line.start + match.start("date"), line.end)))
            closing.start = min(closing.start, start)
        else:
            end = i + 1
            if kind == "annexes":
                while end < len(found) and re.match(r"^[0-9]{1,2}[.．、]", found[end].text):
                    end += 1
            words = [line.text for line in found[i:end]]
            words[0] = re.sub(r"^[^：:]*[：:]\s*", "", words[0])
            if kind == "annexes":
                closing.annexes += annex_names(words)
            elif kind == "copies" and words[0]:
                closing.copies += (words[0].strip(),)
            closing.spans.append((kind, (line.start, found[end - 1].end)))
            closing.start = min(closing.start, line.start)
    closing.spans.sort(key=lambda item: item[1])
    return closing


def _flat_annexes(text: str, start: int, closing: Closing) -> None:
    """The list of annexes at the end of a text without line breaks."""
    match = _FLAT_ANNEXES.search(text, start)
    if match:
        closing.annexes = annex_names([match[1].strip()])
        closing.spans.append(("annexes", (match.start(), match.start() + len(match[0].rstrip()))))
        closing.start = min(closing.start, match.start())


def _kind(words: str) -> str:
    if ANNEX.match(words):
        return "annexes"
    if _COPIES.match(words):
        return "copies"
    if len(words) <= 60 and DATE_LINE.match(words):
        return "date"
    return "note" if _NOTE.match(words) else ""
