"""The parts before the body that GB/T 9704-2012, 7.3 names: title, issuer, document number, addressees, date.

They are looked for where the standard puts them, before the first number; what is not there is None. :mod:`closing`
has the parts behind the body. Offsets are of the view.
"""

from __future__ import annotations

import re

from aiwei_cli.parsing.dates import DATE, iso
from aiwei_cli.parsing.fields import (
    ANNEX,
    DATE_LINE,
    DOCUMENT_NUMBER,
    MARK,
    ORDER_NUMBER,
    ORGANISATION,
    Header,
    Line,
    annex_names,
    lines,
    shared,
    signed,
)
from aiwei_cli.parsing.layout import SPACE, View
from aiwei_cli.parsing.numbering import Mark, Numbering
from aiwei_cli.patterns import pattern

_NUMBER_LINE = pattern(rf"^(?:发文字号|字号|文号)?[:：]?{SPACE}*({DOCUMENT_NUMBER})$")
_NUMBER_LABEL = pattern(r"^(?:发文字号|字号|文号)[:：]?")
_ORDER = pattern(rf"^(?P<who>[^\W\d_]{{2,40}}?)?(?P<kind>令|公告|通告)?{SPACE}*[（(]?(?P<number>{ORDER_NUMBER})[）)]?$")
_ORDER_HEAD = pattern(r"^[^\W\d_]{2,40}(?:令|公告|通告)$")
_DATED_TITLE = pattern(rf"{SPACE}*[（(]{SPACE}*({DATE})[^（）()]{{0,4}}[）)]$")
_ADDRESSEES = pattern(
    r"^各|人民政府|委员会|单位|部门|部委|办公室|公司|[局厅]|企业|中心|学校|医院|街道|机构|园区|管委会|同志|处室|支队|兵团"
)
_PROSE = pattern(r"如下|以下|现将|现就|意见：|通知：|为了|为贯彻|[。！？；]")
_NOTE = pattern(
    r"^[（(](?:此件|本件|本文|联系人|[^（）()]{0,8}公开)[^（）()]{0,30}[）)]$"
    r"|^(?:公开方式|公开属性|信息公开属性|信息公开选项|主动公开|依申请公开)[:：]?[^。]{0,12}$"
)
_ISSUER = pattern(r"^(.{2,60}?)(?:关于|印发|转发|批转|公布|发布)")
# The title says 市政府, the signature which.
_NAMELESS = pattern(r"^[省市县区州旗镇乡](?:人民)?政府(?:办公?[室厅]?)?$")
_METADATA = pattern(
    r"(?:索\s*引\s*号|发文机关|发布机构|发文机构|制发机关|标\s*题|名\s*称|文\s*号|成文日期|发文日期|发布日期|发布时间|公开日期|主\s*题\s*词"
    r"|主题分类|信息分类|分\s*类|有\s*效\s*性|生效日期|废止日期|体\s*裁|关键词|信息来源|来\s*源|字\s*号)\s*[:：]"
)
_CRUMBS = pattern(r"^(?:[您你]?(?:的?当前|现在)的?位置\s*[:：]|[^。，>＞»›]{0,12}首页\s*[>＞»›])[^。]*$")
_FRONT_KEY = pattern(r"^(?:[\w-]+\s*:|-\s)")
_ANNEX_MARK = pattern(r"附\s*件\s*\d{0,2}$")
_DRAFT = pattern(r"[（(](?:征求意见稿|公开征求意见稿|试行|草案|送审稿|修订版?|暂行|讨论稿|审议稿)[）)]$")
_MASTHEAD = pattern(r"^(.{4,40}?)文件$")
_STOP = pattern(r"[\s。，；：:《》〔]|文件$")


def read(view: View, marks: list[Mark], numbering: Numbering) -> Header:
    """The header: what stands before the first of ``marks``."""
    stop = marks[0].start if marks else len(view.text)
    header = Header()
    if view.flat:
        from aiwei_cli.parsing import flat

        flat.header(view.text, stop, numbering, header)
    else:
        collection = numbering.collection(view, marks)
        if collection[1]:
            header.spans.append(("collection", collection))
        _Reader(lines(view.text, collection[1], stop), numbering, header).read()
    if header.title and header.issuer is None:
        match = _ISSUER.match(header.title)
        if match and ORGANISATION.search(match[1].rstrip("，、 \u3000")):
            header.issuer = match[1].strip()
    names = [name for name in header.signature if name[0] not in "（("]
    signature = "、".join(names) if all(map(ORGANISATION.search, names)) else names[0]
    if signature and (header.issuer is None or _NAMELESS.match(header.issuer)):
        header.issuer = signature
    return header


class _Reader:
    """Takes the lines one field after the other; what is left is the preamble."""

    def __init__(self, found: list[Line], numbering: Numbering, header: Header) -> None:
        self.lines = found
        self.numbering = numbering
        self.header = header
        self.used: set[int] = set()

    def read(self) -> None:
        if not self.lines:
            return
        self._metadata()
        prose = next((i for i, line in enumerate(self.lines) if "。" in line.text), len(self.lines))
        self._number(prose)
        first, last = self._addressee_lines(prose)
        self._title(min(first, prose))
        self._addressees(first, last)
        self._annexes(max(self.used, default=-1) + 1)
        self._signature(last + 1 if last >= 0 else 0)
        self._plan()

    def _metadata(self) -> None:
        """What a web page puts before the notice: 索引号：…, 发布日期：…."""
        first = self._front_matter()
        for i, line in enumerate(self.lines[first:40], first):
            if _METADATA.match(line.text) or _CRUMBS.match(line.text):
                self._take("metadata", i, i)

    def _front_matter(self) -> int:
        """What stands between --- and --- before a page in Markdown: the number of its lines."""
        if self.lines[0].text != "---":
            return 0
        for i, line in enumerate(self.lines[1:30], 1):
            if line.text == "---":
                self._take("metadata", 0, i)
                return i + 1
            if not _FRONT_KEY.match(line.text):
                break
        return 0

    def _take(self, name: str, first: int, last: int, start: int | None = None, end: int | None = None) -> None:
        self.used.update(range(first, last + 1))
        begin = self.lines[first].start if start is None else start
        self.header.spans.append((name, (begin, self.lines[last].end if end is None else end)))

    def _number(self, stop: int) -> None:
        for i, line in enumerate(self.lines[: min(stop, 30)]):
            match = _NUMBER_LINE.match(line.text)
            number = "".join(_NUMBER_LABEL.sub("", match[1]).split()) if match else None
            # A web page has the number too; what it says is the number's, not the preamble's.
            if number and self.header.document_number in (None, number):
                self.header.document_number = number
                self._take("document_number", i, i)
        if self.header.document_number is None:
            self._order(stop)

    def _order(self, stop: int) -> None:
        """The number of an order: 某省人民政府令第203号, on one line or two."""
        for i, line in enumerate(self.lines[: min(stop, 12)]):
            match = _ORDER.match(line.text)
            if match is None or i in self.used:
                continue
            first = i if match["kind"] else i - 1
            head = "" if match["kind"] else self.lines[first].text if first >= 0 else ""
            if match["who"] if match["kind"] else _ORDER_HEAD.match(head) and first not in self.used:
                words = head + line.text
                self.header.document_number = "".join(words.split())
                self._take("document_number", first, i)
                return

    def _addressee_lines(self, stop: int) -> tuple[int, int]:
        """The first and last line of the addressees (7.3.2): they end in a colon."""
        for j, line in enumerate(self.lines[: min(stop + 1, 40)]):
            if line.text[-1] not in "：:" or _PROSE.search(line.text) or j in self.used:
                continue
            first = j
            while first > 0 and first - 1 not in self.used and j - first < 6:
                before = self.lines[first - 1].text
                if _NUMBER_LINE.match(before):
                    break
                if (
                    before[-1] in "。：:；）)》"
                    or self.numbering.title_end.search(before)
                    or (before[-1] not in "，,、" and len(before) < 12)
                ):
                    break
                first -= 1
            words = "".join(line.text for line in self.lines[first : j + 1])
            if _ADDRESSEES.search(words) and len(words) < 600:
                return first, j
        return len(self.lines), -1

    def _addressees(self, first: int, last: int) -> None:
        if last < 0:
            return
        from aiwei_cli.parsing.lists import outside_brackets, rejoin

        words = "".join(line.text for line in self.lines[first : last + 1]).rstrip("：:")
        pieces = rejoin(words, outside_brackets(words))
        self.header.addressees = shared("".join(words[a:b].split()) for a, b, _ in pieces)
        self._take("addressees", first, last)

    def _title(self, stop: int) -> None:
        """The title (7.3.1): it may stand on several lines, and before or behind the document number.

        Of several the last with 关于 is the title: what a web page put before it is not.
        """
        found = [(i, last) for i in range(min(stop, 12)) if (last := self._title_from(i, stop)) is not None]
        about = [choice for choice in found if "关于" in self._join(*choice)]
        if not found:
            return
        first, last = about[-1] if about else found[0]
        while first > 0 and first - 1 not in self.used and self._is_office(self.lines[first - 1].text):
            first -= 1
        words = self._join(first, last)
        dated = _DATED_TITLE.search(words)
        end = self.lines[last].end
        if dated:
            tail = _DATED_TITLE.search(self.lines[last].text)
            words = words[: dated.start()]
            self.header.date = iso(dated[1])
            if tail:
                end = self.lines[last].start + tail.start()
                self.header.spans.append(("date", (end, self.lines[last].end)))
        self.header.title = words.strip()
        self._take("title", first, last, end=end)
        below = _DATED_TITLE.match(self.lines[last + 1].text) if last + 1 < stop else None
        if below:
            self.header.date = iso(below[1])
            self._take("date", last + 1, last + 1)
        for i in range(first):
            masthead = _MASTHEAD.match(self.lines[i].text)
            if masthead and i not in self.used:
                self.header.issuer = masthead[1]
                self._take("issuer", i, i)

    def _is_office(self, words: str) -> bool:
        """Whether a line holds nothing but names of offices: the first line of a title in several."""
        return all(
            len(name) <= 40 and not _STOP.search(name) and ORGANISATION.search(name) is not None
            for name in words.split()
        )

    def _title_from(self, first: int, stop: int) -> int | None:
        """The last line of a title that begins at a line."""
        words = self.lines[first].text
        if first in self.used or words[0] in "（(【[" or ANNEX.match(words) or _ANNEX_MARK.match(words):
            return None
        for last in range(first, min(first + 6, stop)):
            if last in self.used or self.lines[last].text[-1] in "，。；：:;,":
                return None
            words = self._join(first, last)
            if len(words) > 160:
                return None
            if words[-1] not in self.numbering.title_last or len(words) < 6 or words.count("《") > words.count("》"):
                continue
            if not self.numbering.title_end.search(words):
                continue
            following = self.lines[last + 1].text if last + 1 < stop and last + 1 not in self.used else ""
            goes_on = (
                following.startswith("的")
                or _DRAFT.match(following)
                or (re.search("关于(?:印发|转发|批转)", words) and not re.search("(?:通知|函)(?:[（(].*)?$", words))
            )
            if not goes_on:
                return last
        return None

    def _join(self, first: int, last: int) -> str:
        return "".join(line.text for line in self.lines[first : last + 1])

    def _signature(self, first: int) -> None:
        """The signature and the date (7.3.5) of the covering notice, and the note under them (此件公开发布)."""
        for i in range(first, len(self.lines)):
            line = self.lines[i]
            match = None if i in self.used or len(line.text) > 60 else DATE_LINE.match(line.text)
            if not match or (match["who"] and not ORGANISATION.search(match["who"].strip())):
                if i not in self.used and _NOTE.match(line.text):
                    self._take("note", i, i)
                continue
            if self.header.signature:
                break
            above, self.header.signature, end = signed(self.lines, i, match, lambda j: j >= first and self._signs(j))
            if self.header.signature:
                self._take("signature", above, i, end=end)
            self.header.date = iso(match["date"])
            self._take("date", i, i, start=line.start + match.start("date"))

    def _signs(self, i: int) -> bool:
        """Whether a line over the date may sign: a name, or what stands with it in brackets, （盖章）."""
        words = self.lines[i].text
        if i in self.used or len(words) > 40 or MARK.search(words):
            return False
        return words[-1] in "章）)" or words[0] in "（(" or ORGANISATION.search(words) is not None

    def _annexes(self, first: int) -> None:
        """The list of annexes (7.3.4) of the covering notice: 附件：… on one or several lines."""
        for i in range(first, len(self.lines)):
            if not ANNEX.match(self.lines[i].text):
                continue
            last = i
            while last + 1 < len(self.lines) and re.match(r"\d{1,2}[.．、]", self.lines[last + 1].text):
                last += 1
            words = [line.text for line in self.lines[i : last + 1]]
            words[0] = ANNEX.sub("", words[0]).strip()
            self.header.annexes = annex_names(words)
            self._take("annexes", i, last)
            return

    def _plan(self) -> None:
        """The enclosed plan's own title: lines of their own without a full stop, behind the covering notice."""
        first = max(self.used, default=-1) + 1
        known = {name for name, _ in self.header.spans}
        if not known & {"title", "addressees", "document_number", "date"}:
            return
        start = 0 if "date" in known and "signature" in known else first
        for i in range(start, len(self.lines)):
            if i in self.used:
                continue
            last = self._title_from(i, len(self.lines))
            if last is not None and not any(j in self.used for j in range(i, last + 1)):
                line = self.lines[i]
                self.header.plans.append((self._join(i, last).strip(), (line.start, self.lines[last].end)))
                self._take("plan", i, last)
                return
