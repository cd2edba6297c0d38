"""Head and tail of a text that has lost its line breaks: the fields run into one another.

Only what can be told from its own form is taken: a document number, a title with 关于 and its noun, addressees that
end in a colon, a signature that ends in a date. Offsets are of the view.
"""

from __future__ import annotations

import re

from aiwei_cli.language.chars import SPACE
from aiwei_cli.language.dates import DATE, iso
from aiwei_cli.language.numerals import DIGITS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.parsing.envelope import footer
from aiwei_cli.parsing.envelope.claims import Claim
from aiwei_cli.parsing.envelope.looks import DOCUMENT_NUMBER
from aiwei_cli.parsing.envelope.names import annex_names, is_name, shared
from aiwei_cli.parsing.outline.numbers import Numbering

# The red head of GB/T 9704-2012, 7.2, run together: 某某厅文件某环〔2021〕12号某某厅关于…
_MASTHEAD = pattern(
    r"\s*(?:(?P<issuer>[^\s。：:；]{2,160}?)文件|[^。：:；]{2,160}?(?:厅|局|委员会|办公室|政府)(?!文件))"
    r"(?P<number>[^\W\d_]{1,7}[〔［\[（(﹝](?:19|20)\d\d[〕］\]）)﹞](?:第|的)?\d{1,5}号)(?=[^。：:；，]{0,60}关于)"
)
_NUMBER = pattern(rf"\s*({DOCUMENT_NUMBER})")
_INNER_NUMBER = pattern(rf"(?<!\S)({DOCUMENT_NUMBER})(?=[^。：:；，]{{0,60}}关于)")
_WEB = ("首页", "当前位置", "所在的位置", "字体", "打印", "索引号", "发布日期", "发布时间")
_KEYS = (
    "(?:文章|信息)?来源|作者|(?:责任)?编辑|发布(?:人|单位|部门|机构|日期|时间)|时间|日期|浏览(?:次数|量)|点击(?:数|量|次数)?"
    "|阅读(?:次数|量)?|访问量|字[号体](?:大小)?|分享到?|索引号|发文(?:机关|机构|字号|日期)|成文日期|文号|标题|名称"
    "|主题(?:词|分类)|信息分类|有效性|栏目"
)
# What a page puts between title and addressees: 来源：某局 发布时间：2023-03-08 10:09 字号：大 中 小 【打印】
_PAGE_WORD = pattern(
    rf"\s*(?:(?:{_KEYS}){SPACE}*[:：]{SPACE}*(?:(?:特大|大|中|小|默认)(?=\s){SPACE}*)*"
    rf"[^\s：:。；，]{{0,40}}(?:{SPACE}\d\d?:\d\d(?::\d\d)?)?|[【\[][^【】\[\]]{{1,20}}[】\]]|打印|分享|收藏|关闭)(?=[\s【\[])"
)
_MOST_WORDS = 12
_COLON = pattern(r"\s*([^。：:；]{4,300}|各[^。：:；]{1,2})[：:]")
_ADDRESSED = pattern("各|省|市|县|区|国务院|有关|海南|北京|[^，]{2,12}[、，]")
_SHORT_ENDS = "[部局厅委办院署会联协所站校村镇乡]"
"""What a name of three characters that signs ends in."""
_SIGNED = pattern(
    rf"(?<=[。）)！!])\s*([^\s\d。，；：:！!]{{4,40}}?|[^\W\d_]{{2}}{_SHORT_ENDS})\s*({DATE})(?![\s]*[，、。至前后起以（(])"
)
_AT_END = pattern(
    rf"(?<=[。）)〕\]！!])\s*([^\W\d_]{{4,40}}?|[^\W\d_]{{2}}{_SHORT_ENDS})\s*({DATE})\s*(?=$|附件|抄送|（此件|\(此件)"
)
# Behind the body, and to the end: what has a full stop is no list of names.
_ANNEXES = pattern(rf"(?<=[。）)〕\]\s日])附{SPACE}*件{SPACE}*[:：]\s*(1[.．、][^。]{{2,600}}|[^。\d]{{2,60}})$")
_HEAD, _TITLE, _SHORT, _COLON_BY, _PAGE = 260, 300, 60, 320, 600
"""Within how many characters a field ends: the red head of a joint notice with its number, the title, a number without
either, the addressees with the blanks before them, and a title behind the words of a page."""
_PARTS = " \u3000\xa0\t>＞»›|｜】]"
"""What is between the parts of a page's first line."""
_BEHIND_TITLE = frozenset(" \u3000\xa0\t\n【[各")
"""What the title is followed by there; another sign may go on with it."""


def read(text: str, stop: int, numbering: Numbering) -> list[Claim]:
    """The fields of the head, ``text[:stop]``."""
    found: list[Claim] = []
    crawled = any(word in text[:_TITLE] for word in _WEB)
    here = _title(text, stop, numbering, found, crawled)
    if crawled:
        here = _page_words(text, here, stop, found)
    here = _addressees(text, here, stop, found)
    signed = _SIGNED.search(text, here, stop)
    if signed:
        found.append(Claim(signed.span(1), "signature", (signed[1].strip(),)))
        found.append(Claim(signed.span(2), "date", iso(signed[2])))
        plan = pattern(
            rf"\s*(?:[（(]此件公开发布[）)])?\s*([^。，；：]{{6,60}}?{numbering.nouns})(?=为|根据|按照|[0-9{DIGITS}（第])"
        ).match(text, signed.end(), stop)
        if plan:
            found.append(Claim(plan.span(1), "plan", plan[1].strip()))
    return found


def _title(text: str, stop: int, numbering: Numbering, found: list[Claim], crawled: bool) -> int:
    """Red head, document number and title; the offset behind them."""
    title = pattern(
        rf"\s*(?P<title>[^。：:；，]{{0,60}}?关于[^。：:；，]{{2,80}}?{numbering.nouns}(?![）)]|(?:[（(][^（）()]{{1,20}}[）)])?[^\W\d_]{{0,3}}(?:的|》)))"
        rf"(?:{SPACE}*(?P<number>[^\W\d_]{{2,10}}[〔［\[（(](?:19|20)\d\d[〕］\]）)](?:的|第)?\d{{1,5}}号))?"
    )
    masthead = _MASTHEAD.match(text[: min(stop, _HEAD)])
    here = 0
    if masthead:
        if masthead["issuer"]:
            start, end = masthead.span("issuer")
            found.append(Claim((start, end + len("文件")), "issuer", masthead["issuer"]))
        here = _number(masthead, "number", found)
    number = None if masthead else _NUMBER.match(text[: min(stop, _SHORT)])
    if crawled and not masthead and not number:
        number = _behind_web(text, stop, found)
    if number:
        here = _number(number, 1, found)
    match = title.match(text[: min(stop, here + _TITLE)], here)
    if crawled and not here:
        match = _title_behind_web(text[: min(stop, _PAGE)], title, found)
    if match is None:
        return here
    found.append(Claim(match.span("title"), "title", match["title"].strip()))
    return _number(match, "number", found) if match["number"] and not number else match.end("title")


def _behind_web(text: str, stop: int, found: list[Claim]) -> re.Match[str] | None:
    """The document number behind what a web page puts first: 首页 政务公开 打印 …"""
    number = _INNER_NUMBER.search(text[: min(stop, _TITLE)])
    if number is None or number.start(1) == 0 or not any(word in text[: number.start(1)] for word in _WEB):
        return None
    found.append(Claim((0, number.start(1)), "metadata"))
    return number


def _title_behind_web(text: str, title: re.Pattern[str], found: list[Claim]) -> re.Match[str] | None:
    """The title behind what a web page puts first; it begins behind a blank or the mark of a path: 首页 > 某局关于…"""
    about = text.find("关于")
    while about >= 0:
        start = max([text.rfind(mark, 0, about) for mark in _PARTS]) + 1
        match = title.match(text, start)
        if match is not None and (match["number"] or text[match.end() : match.end() + 1] in _BEHIND_TITLE):
            found.append(Claim((0, match.start("title")), "metadata"))
            return match
        about = text.find("关于", about + 1)
    return None


def _page_words(text: str, here: int, stop: int, found: list[Claim]) -> int:
    """The offset behind what a web page puts between the title and the addressees."""
    start = here
    for _ in range(_MOST_WORDS):
        match = _PAGE_WORD.match(text, here, stop)
        if match is None:
            break
        here = match.end()
    if here > start:
        found.append(Claim((start, here), "metadata"))
    return here


def _number(match: re.Match[str], group: int | str, found: list[Claim]) -> int:
    found.append(Claim(match.span(group), "document_number", match[group]))
    return match.end()


def _addressees(text: str, here: int, stop: int, found: list[Claim]) -> int:
    from aiwei_cli.parsing.lists import outside_brackets, rejoin

    colon = _COLON.match(text, here, min(stop, here + _COLON_BY))
    if colon is None or "为" in colon[1][:8]:
        return here
    if not _ADDRESSED.match(colon[1]) and not (here and is_name(colon[1])):
        return here
    names = shared(colon[1][a:b].strip() for a, b, _ in rejoin(colon[1], outside_brackets(colon[1])))
    found.append(Claim((colon.start(1), colon.end()), "addressees", names))
    return colon.end()


def tail(text: str, start: int) -> tuple[int, list[Claim]]:
    """Where the tail behind ``start`` begins, the end of the text if there is none, and its fields."""
    found: list[Claim] = []
    begin = footer.first_character(text, start)
    if begin < len(text):
        found.append(Claim((begin, len(text.rstrip())), "note"))
        text = text[:begin]
    signed = _AT_END.search(text, start)
    if signed:
        begin = signed.start()
        date = re.search(DATE, signed[0])
        assert date is not None  # it is part of the pattern
        at = begin + date.start()
        found.append(Claim((begin, at), "signature", (signed[0][: date.start()].strip(),)))
        found.append(Claim((at, begin + date.end()), "date", iso(date[0])))
        start = signed.end()
    annexes = _ANNEXES.search(text, start)
    if annexes:
        found.append(Claim((annexes.start(), len(text.rstrip())), "annexes", annex_names([annexes[1].strip()])))
        begin = min(begin, annexes.start())
    return begin, found
