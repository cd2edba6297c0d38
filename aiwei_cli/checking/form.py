"""The parts of a notice: number, title, addressees, signature and date (GB/T 9704-2012, 7.2 and 7.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aiwei_cli.checking.case import Case, Paragraph
from aiwei_cli.checking.example import ADDRESSED, SIGNED, TITLE
from aiwei_cli.checking.rule import Breach, rule
from aiwei_cli.language import wording
from aiwei_cli.language.chars import HAN, SENTENCE_ENDS, SEPARATORS
from aiwei_cli.language.signs import occurrences

_BODY = ADDRESSED + "一、修路\n铺好路面。\n二、清淤\n清好沟渠。\n"

_NUMBER = re.compile(wording.NUMBER)
_DATE = re.compile(wording.DATE)
_HANZI_DATE = re.compile(wording.DATE_IN_WORDS)
_PADDED = re.compile(wording.PADDED)
_KINDS = wording.KINDS
_STOPS = SEPARATORS + SENTENCE_ENDS + "."
_OFFICE_LINE = re.compile(rf"[{HAN}（）()、\s]{{3,40}}")


def _numbers(case: Case) -> list[re.Match[str]]:
    """The document numbers of the text, its own and those it cites."""
    return case.once("document numbers", lambda: list(_find_numbers(case.text)))


def _find_numbers(text: str) -> Iterator[re.Match[str]]:
    for at in occurrences(text, wording.NUMBER_OPENS):
        if text[at + 1 : at + 2].isdecimal() or text[at + 1 : at + 2].isspace():
            match = _NUMBER.match(text, at - len(text[max(0, at - 3) : at]) + len(text[max(0, at - 3) : at].rstrip()))
            if match is not None:
                yield match


@rule(
    "F001",
    "docno-bracket",
    "error",
    "发文字号的年份没有用六角括号",
    why="发文字号的年份用六角括号〔〕，不用方括号、圆括号。",
    source="GB/T 9704-2012 7.2.5",
    bad="甲政办发[2024]5号\n" + TITLE + _BODY + SIGNED,
    good="甲政办发〔2024〕5号\n" + TITLE + _BODY + SIGNED,
    fixes=True,
)
def docno_bracket(case: Case) -> Iterator[Breach]:
    for match in _numbers(case):
        if match["open"] != "〔" or match["close"] != "〕":
            span = match.start("open"), match.end("close")
            yield Breach(span, f"“{case.text[slice(*span)]}”应为“〔{match['year']}〕”", f"〔{match['year']}〕")


@rule(
    "F002",
    "docno-di",
    "error",
    "发文顺序号前多了“第”",
    why="发文顺序号不加“第”字。",
    source="GB/T 9704-2012 7.2.5",
    bad="甲政办发〔2024〕第5号\n" + TITLE + _BODY + SIGNED,
    good="甲政办发〔2024〕5号\n" + TITLE + _BODY + SIGNED,
    fixes=True,
)
def docno_di(case: Case) -> Iterator[Breach]:
    for match in _numbers(case):
        if match["order"]:
            yield Breach(match.span("order"), "发文顺序号不加“第”字", "")


@rule(
    "F003",
    "docno-zero",
    "error",
    "发文顺序号编了虚位",
    why="发文顺序号不编虚位，1 不编为 01。",
    source="GB/T 9704-2012 7.2.5",
    bad="甲政办发〔2024〕05号\n" + TITLE + _BODY + SIGNED,
    good="甲政办发〔2024〕50号\n" + TITLE + _BODY + SIGNED,
    fixes=True,
)
def docno_zero(case: Case) -> Iterator[Breach]:
    for match in _numbers(case):
        if match["serial"].startswith("0"):
            right = match["serial"].lstrip("0") or "0"
            yield Breach(match.span("serial"), f"顺序号不编虚位，“{match['serial']}”应为“{right}”", right)


@rule(
    "F004",
    "docno-year",
    "error",
    "发文字号的年份没有写全",
    why="发文字号的年份用四位数字。",
    source="GB/T 9704-2012 7.2.5",
    bad="甲政办发〔24〕5号\n" + TITLE + _BODY + SIGNED,
    good="甲政办发〔2024〕5号\n" + TITLE + _BODY + SIGNED,
)
def docno_year(case: Case) -> Iterator[Breach]:
    for match in _numbers(case):
        if len(match["year"]) == 2:
            yield Breach(match.span("year"), f"年份应写四位，如“20{match['year']}”")


# -- title, addressees -----------------------------------------------------------------------------------------------


def title_span(case: Case) -> tuple[int, int] | None:
    """Where the title is: what the reader found, or a line of the head that ends as titles do."""
    for name, span in case.notice.fields:
        if name == "title":
            return span
    for one in _lines_of_title(case):
        start = one.start + len(one.text) - len(one.text.lstrip())
        return start, start + len(one.bare)
    return None


def _lines_of_title(case: Case) -> Iterator[Paragraph]:
    """Lines of the head that look like a title: 关于 in them, no colon, and not a sentence."""
    for one in case.head[:6]:
        if "关于" in one.bare[:40] and len(one.bare) < 80 and "：" not in one.bare and "，" not in one.bare[:-1]:
            yield one


@rule(
    "F005",
    "title-form",
    "warning",
    "标题不是“机关＋关于＋事由＋的＋文种”",
    why="公文标题由发文机关名称、事由和文种组成，用“关于……的”连接。",
    source="GB/T 9704-2012 7.3.1；党政机关公文处理工作条例 第九条",
    bad="甲县人民政府办公室关于做好防汛工作通知\n" + _BODY + SIGNED,
    good=TITLE + _BODY + SIGNED,
)
def title_form(case: Case) -> Iterator[Breach]:
    span = title_span(case)
    if span is None or addressees(case) is None:
        return
    words = re.sub(r"\s", "", case.text[slice(*span)]).rstrip(_STOPS)
    words = re.sub("[（(][^（()）]*[）)]$", "", words)
    if "关于" not in words and not re.search("(?:转发|印发|公布)", words):
        yield Breach(span, "标题缺“关于”")
    elif not re.search(f"(?:{_KINDS})$", words):
        yield Breach(span, "标题末尾缺文种，如“的通知”")
    elif not re.search(f"的[{HAN}]{{0,4}}(?:{_KINDS})$", words):
        yield Breach(span, "标题的事由和文种之间缺“的”")


@rule(
    "F006",
    "title-stop",
    "warning",
    "标题末尾有标点",
    why="标题末尾不加标点。",
    source="GB/T 15834-2011 附录A",
    bad="甲县人民政府办公室关于做好防汛工作的通知。\n" + _BODY + SIGNED,
    good=TITLE + _BODY + SIGNED,
)
def title_stop(case: Case) -> Iterator[Breach]:
    for one in case.head[:8]:
        if re.search(f"关于.{{2,60}}的(?:{_KINDS})[{_STOPS}]$", one.bare) and "《" not in one.bare.split("关于")[0]:
            end = one.start + len(one.text.rstrip())
            yield Breach((end - 1, end), f"标题末尾的“{one.bare[-1]}”应去掉")
            return


_ADDRESSEE = re.compile(r"(?:各|县|市|区|镇|省|局|驻)[^。；]{2,90}[：:，。；,]?")


def addressees(case: Case) -> Paragraph | None:
    """The line of the addressees: a list of offices right after the title, before the first sentence."""
    return case.once("addressees", lambda: _find_addressees(case))


def _find_addressees(case: Case) -> Paragraph | None:
    span = title_span(case)
    if span is None:
        return None
    after = [one for one in case.head if one.start >= span[1] and not _NUMBER.search(one.text)]
    if not after:
        return None
    first = after[0]
    pieces = re.split("[，、；]", first.bare.rstrip(_STOPS))
    if not _ADDRESSEE.fullmatch(first.bare) or any(len(piece) > 24 for piece in pieces):
        return None
    return first if any(piece.startswith("各") for piece in pieces) else None


@rule(
    "F007",
    "addressee-colon",
    "warning",
    "主送机关后面不是全角冒号",
    why="主送机关名称后面标全角冒号。",
    source="GB/T 9704-2012 7.3.2",
    bad=TITLE + _BODY.replace("政府：", "政府，") + SIGNED,
    good=TITLE + _BODY + SIGNED,
)
def addressee_colon(case: Case) -> Iterator[Breach]:
    line = addressees(case)
    if line is None or line.bare.endswith("："):
        return
    end = line.start + len(line.text.rstrip())
    if line.bare[-1] in _STOPS:  # else the line goes on
        yield Breach((end - 1, end), f"主送机关后面应为全角冒号“：”，这里是“{line.bare[-1]}”")


# -- signature and date ----------------------------------------------------------------------------------------------


def _date_lines(case: Case) -> list[Paragraph]:
    """The lines that hold nothing but the date of signature, or end in 印发."""
    return case.once("lines of dates", lambda: [one for one in case.paragraphs if _is_date_line(one)])


def _is_date_line(one: Paragraph) -> bool:
    if "年" not in one.text or len(one.bare) > 80:
        return False
    words = re.sub(r"[\s（()）]", "", one.text)
    return words.endswith("印发") or bool(_DATE.fullmatch(words) or _HANZI_DATE.fullmatch(words))


@rule(
    "F008",
    "date-zero",
    "error",
    "成文日期、印发日期编了虚位",
    why="日期的月、日不编虚位，1 不编为 01。",
    source="GB/T 9704-2012 7.3.5.4",
    bad=TITLE + _BODY + "甲县人民政府办公室\n2024年03月05日\n",
    good=TITLE + _BODY + SIGNED,
    fixes=True,
)
def date_zero(case: Case) -> Iterator[Breach]:
    for one in _date_lines(case):
        for match in _PADDED.finditer(one.text):
            span = one.start + match.start(), one.start + match.end()
            yield Breach(span, f"“{match[0]}”不编虚位，应为“{match[0][1]}”", match[0][1])


@rule(
    "F009",
    "date-hanzi",
    "error",
    "成文日期、印发日期用了汉字",
    why="2012年7月起，成文日期和印发日期用阿拉伯数字。",
    source="GB/T 9704-2012 7.3.5.4",
    bad=TITLE + _BODY + "甲县人民政府办公室\n二〇二四年三月五日\n",
    good=TITLE + _BODY + "甲县人民政府办公室\n二〇一〇年三月五日\n",
)
def date_hanzi(case: Case) -> Iterator[Breach]:
    from aiwei_cli.language.dates import iso

    for one in _date_lines(case):
        match = _HANZI_DATE.search(one.text)
        day = iso(match[0]) if match else None
        if match and day and day >= "2012-07-01":
            span = one.start + match.start(), one.start + match.end()
            year, month, date = map(int, day.split("-"))
            yield Breach(span, f"日期应为“{year}年{month}月{date}日”")


@rule(
    "F010",
    "date-part",
    "warning",
    "成文日期不全",
    why="成文日期要写全年、月、日。",
    source="GB/T 9704-2012 7.3.5.4",
    bad=TITLE + _BODY + "甲县人民政府办公室\n2024年3月\n",
    good=TITLE + _BODY + SIGNED,
)
def date_part(case: Case) -> Iterator[Breach]:
    before: Paragraph | None = None
    for one in case.paragraphs:
        match = _DATE.fullmatch(one.bare)
        if match and not match["day"] and before is not None and _signs(case, before):
            yield Breach((one.start, one.end), "成文日期要写全年、月、日")
        if one.bare:
            before = one


def _signs(case: Case, line: Paragraph) -> bool:
    """Whether a line is nothing but the name of who signs."""
    return bool(_OFFICE_LINE.fullmatch(line.bare)) and case.offices.looks_like_office(re.sub(r"\s", "", line.bare))


def signature(case: Case) -> Paragraph | None:
    """The line of who signs: an office alone, with the date on the next line."""
    before: Paragraph | None = None
    for one in case.paragraphs:
        if not one.bare:
            continue
        date = _DATE.fullmatch(one.bare) or _HANZI_DATE.fullmatch(one.bare)
        if date and before is not None and _signs(case, before):
            return before
        before = one
    return None


@rule(
    "F011",
    "issuer-differs",
    "warning",
    "署名机关与标题里的机关不一致",
    why="发文机关署名应当与标题里的发文机关一致。",
    source="GB/T 9704-2012 7.3.5",
    bad=TITLE + _BODY + "甲县水利局\n2024年3月5日\n",
    good=TITLE + _BODY + SIGNED,
)
def issuer_differs(case: Case) -> Iterator[Breach]:
    span, line = title_span(case), signature(case)
    if span is None or line is None:
        return
    named = re.sub(r"\s", "", case.text[slice(*span)]).partition("关于")
    signed = re.sub(r"\s", "", line.bare)
    if not named[1] or not case.offices.looks_like_office(named[0]):
        return
    ours, theirs = case.offices.canonical(named[0]), case.offices.canonical(signed)
    if not theirs.endswith(ours) and signed not in named[0]:
        yield Breach((line.start, line.end), f"署名“{signed}”与标题里的“{named[0]}”不一致")
