"""The header of a text that has lost its line breaks: the fields run into one another.

Only what can be told from its own form is taken: a document number, a title with 关于 and its noun, addressees that
end in a colon, a signature that ends in a date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aiwei_cli.parsing.dates import DATE, iso
from aiwei_cli.parsing.fields import DOCUMENT_NUMBER, Header, shared
from aiwei_cli.patterns import pattern

if TYPE_CHECKING:
    from aiwei_cli.parsing.numbering import Numbering

# The red head of GB/T 9704-2012, 7.2, run together: 某某厅文件某环〔2021〕12号某某厅关于…
_MASTHEAD = pattern(
    r"\s*(?:(?P<issuer>[^\s。：:；]{2,160}?)文件|[^。：:；]{2,160}?(?:厅|局|委员会|办公室|政府)(?!文件))"
    r"(?P<number>[^\W\d_]{1,7}[〔［\[（(﹝](?:19|20)\d\d[〕］\]）)﹞](?:第|的)?\d{1,5}号)(?=[^。：:；，]{0,60}关于)"
)
_SIGNED = pattern(rf"(?<=[。）)])\s*([^\s\d。，；：:]{{4,40}}?)\s*({DATE})(?![\s]*[，、。至前后起以（(])")


def header(text: str, stop: int, numbering: Numbering, found: Header) -> None:
    """Fill the header from ``text[:stop]``."""
    from aiwei_cli.parsing.lists import outside_brackets, rejoin

    nouns = "|".join(sorted(map(re.escape, numbering.titles), key=len, reverse=True))
    title = pattern(
        rf"\s*(?P<title>[^。：:；，]{{0,60}}?关于[^。：:；，]{{2,80}}?(?:{nouns})(?![^\W\d_]{{0,3}}(?:的|》)))"
        rf"(?P<number>[^\W\d_]{{2,10}}[〔［\[（(](?:19|20)\d\d[〕］\]）)](?:的|第)?\d{{1,5}}号)?"
    )
    masthead = _MASTHEAD.match(text[: min(stop, 260)])
    here = 0
    if masthead:
        found.document_number = masthead["number"]
        found.spans.append(("document_number", masthead.span("number")))
        if masthead["issuer"]:
            found.issuer = masthead["issuer"]
            found.spans.append(("issuer", (masthead.start("issuer"), masthead.end("issuer") + len("文件"))))
        here = masthead.end()
    match = title.match(text[: min(stop, here + 300)], here)
    if match:
        found.title = match["title"].strip()
        found.spans.append(("title", match.span("title")))
        if match["number"]:
            found.document_number = match["number"]
            found.spans.append(("document_number", match.span("number")))
        here = match.end()
    elif not masthead:
        number = pattern(rf"\s*({DOCUMENT_NUMBER})").match(text[: min(stop, 60)])
        if number:
            found.document_number = number[1]
            found.spans.append(("document_number", number.span(1)))
            here = number.end()
    colon = pattern(r"\s*([^。：:；]{4,300})[：:]").match(text, here, min(stop, here + 320))
    if (
        colon
        and re.match("各|省|市|县|区|国务院|有关|海南|北京|[^，]{2,12}[、，]", colon[1])
        and "为" not in colon[1][:8]
    ):
        found.addressees = shared(colon[1][a:b].strip() for a, b, _ in rejoin(colon[1], outside_brackets(colon[1])))
        found.spans.append(("addressees", (colon.start(1), colon.end())))
        here = colon.end()
    signed = _SIGNED.search(text, here, stop)
    if signed:
        found.signature = (signed[1].strip(),)
        found.date = iso(signed[2])
        found.spans += [("signature", signed.span(1)), ("date", signed.span(2))]
        here = signed.end()
        plan = pattern(
            rf"\s*(?:[（(]此件公开发布[）)])?\s*([^。，；：]{{6,60}}?(?:{nouns}))(?=为|根据|按照|[0-9一二三四五六七八九十（第])"
        ).match(text, here, stop)
        if plan:
            found.plans.append((plan[1].strip(), plan.span(1)))
            found.spans.append(("plan", plan.span(1)))
