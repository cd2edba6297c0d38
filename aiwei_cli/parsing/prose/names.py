"""The gate: which words of a sentence are the name of an office.

In a clause what is before the verb is a name, as a rule; in a sentence it may be anything. So a name must be known to
the rules, or be a collective, a department by its sector, a noun of a role, or begin with a place and end as
organisations do; and no word may be in it that names do not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from aiwei_cli.language.patterns import pattern
from aiwei_cli.parsing.lists import Name, Splitter
from aiwei_cli.parsing.prose.sentences import BLANK, Sentence
from aiwei_cli.parsing.prose.words import ProseWords

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_COMMAS = "，,：:；;。、" + BLANK
_MARKS = "，,：:；;。"
_HEAD = "(?:各级各|各级|各有关|各相关|各|有关|相关|其他有关|其他相关|其他各|其他|所属|当地|属地|所在地|所辖)"
_TAIL = "(?:部门|单位|方面|机关|机构|地区|区县|县区|县市区|乡镇街道|乡镇|镇街|街镇|街道|园区|开发区|管委会|办事处|人民政府|政府|党委|局|委|县|区|市|镇|乡|村|社区|旗|盟|州|苏木|嘎查|学校|专班|处室|科室|站所)"
_BRACKET = "(?:[（(][^（）()，。；]{1,12}[）)])?"
_COLLECTIVE = pattern(
    rf"(?P<place>(?:[^\W\d_]{{0,6}}?(?:[省市县区州盟旗镇乡级]|两级|自治区|政府|国务院|中央|[委局厅院]|集团|公司|本部))?){_HEAD}(?P<inside>[^\W\d_]{{0,8}}?){_BRACKET}(?P<tail>{_TAIL}){_BRACKET}(?:{_TAIL}{_BRACKET})*(?:[、和及与]{{1,2}}(?:单位|部门|地区))?"
)
"""各区县政府, 市政府各部门, 有关部门和单位: a place or none, a head, a kind or none, a tail."""
_LEVELS = pattern(
    r"(?:(?:市县两级|市区两级|县乡两级|省市两级|[省市县区州盟旗镇乡]级|[省市县区州盟旗镇乡]直|自治区|区市县|县市区|[省市县区州盟旗镇乡])(?!场|民|容|政[管工设公园]|域|划|块|长|外)"
    r"|[^\W\d_]{1,7}?(?:省|市|县|区|州|盟|旗|镇|乡|街道)(?!场))"
)
"""A level or a place at the beginning: 市优化营商环境工作专班, 佛山市…领导小组办公室."""
_SECTOR = pattern(r"[^\W\d_]{2,14}(?:部门|机关)")
_BODY = pattern(r"[^\W\d_]{0,12}(?:领导小组办公室|指挥部办公室|委员会办公室|联席会议办公室|联席会议|指挥部|领导小组|工作专班|专班|督查室|办公室|妇幼保健机构|疾控机构|监督机构|经办机构|执法机构|国有企业)")
_SURE = ("学院", "大学", "海关", "税务局", "供电公司", "供电局", "人民法院", "人民检察院", "管理局", "管委会")
"""No other words end like these."""
_ETC = pattern(r"等(?:[^、，,。；;：:等\0]{0,14}?(?:部门|单位|机构|企业|部委|委办局|地区|各方|方面|组织|机关)(?:[（(][^（）()]{1,6}[）)])?(?:[和及、](?:单位|部门|地区))?)?")
_SECTOR_LIST = ("部门", "单位", "机关", "机构", "企业")
_LONGEST = 40
_LEVEL = frozenset("省市县区州盟旗镇乡")
_SIGN = pattern(r"^[^\w]|[^\w（）()、·〔〕\[\]]|[（(][^（）()]*\d|\d+$")
"""What no name has in it."""
_SHORT = 10
"""Before 牵头 a name of at most so many characters may be one nobody knows, if it looks like an office: 安保部."""
Mode = Literal["gated", "known", "leads"]
"""How wide the gate is: known names only, or before 牵头 also what only looks like an office."""
_AND = pattern("以及|[和及与]")


class Listed(NamedTuple):
    """Offices that stand together, and where their words end."""

    names: tuple[Name, ...]
    end: int


class Gate:
    """What may be an office, by ``rules/prose.yaml`` and the offices."""

    def __init__(self, words: ProseWords, splitter: Splitter, offices: Offices) -> None:
        self.words = words
        self.splitter = splitter
        self._known = offices.known
        self._looks = offices.looks_like_office

    def office(self, name: str, *, mode: Mode = "gated") -> bool:
        """Whether a name, without blanks, is an office."""
        words = self.words
        if not 2 <= len(name) <= _LONGEST or name in words.classes or self.splitter.is_person(name):
            return False
        if _SIGN.search(name) is not None or self._opens_otherwise(name):
            return False
        if name.endswith(words.public):
            return True
        if name.endswith(words.private) and name[0] != "各":
            return False
        collective = _COLLECTIVE.fullmatch(name)
        if collective is not None:
            return words.not_inside.search(collective["place"] + collective["inside"]) is None
        if self._is_whole(name):
            return True
        if mode == "known" or words.not_inside.search(name) is not None:
            return False
        if words.role_noun.fullmatch(name) or _SECTOR.fullmatch(name) or _BODY.fullmatch(name):
            return True
        if len(name) >= 6 and name.endswith(_SURE):
            return True
        if mode == "leads" and len(name) <= _SHORT and self._looks(name):
            return True
        return _LEVELS.match(name) is not None and self._looks(name)

    def _opens_otherwise(self, name: str) -> bool:
        """Whether a name begins as none does: 指导市农牧局, 为市水利局, but not 如东县水利局."""
        start = next((start for start in self.words.not_first if name.startswith(start)), "")
        if len(start) != 1:
            return start != "" and not name.startswith("其他")
        if name.startswith("其他"):
            return False
        return not self._is_whole(name) or (name[1] in _LEVEL and self._known(name[1:]))

    def _is_whole(self, name: str) -> bool:
        """Whether a rule knows the name; the rules' own collectives are too wide for sentences."""
        return name[0] not in "各有相其" and self._known(name)

    def all(
        self, words: str, start: int, end: int, *, mode: Mode = "gated", loose: bool = False
    ) -> tuple[Name, ...]:
        """The names in a span that is nothing but offices; none where it is anything else.

        ``loose``: a verb ends the span, so that 等 alone tells of a list of sectors too: 发改、财政等负责.
        """
        while start < end and words[start].isspace():
            start += 1
        names = [each for name in self.splitter.split(words, start, end) for each in self._parted(name)]
        if not names or names[0].start != start or not self._whole(words, start, end, names):
            return ()
        last = names[-1]
        rest = words[last.end : end].strip()
        listed = last.text.endswith(_SECTOR_LIST) or (rest.startswith("等") and (loose or len(rest) > 1))
        if any(not self._member(name, listed and len(names) > 1, mode) for name in names):
            return ()
        return tuple(names)

    def _parted(self, name: Name) -> list[Name]:
        """Two names that 和 joins, where the first is a collective: 相关部门和供水、供电等单位."""
        match = _AND.search(name.text, 2)
        if match is None or len(name.text) != name.end - name.start or self.office(name.text):
            return [name]
        left, right = name.text[: match.start()], name.text[match.end() :]
        if not self.office(left) or not (self.office(right) or self._sector(right)):
            return [name]
        at = name.start
        return [
            name._replace(text=left, end=at + match.start()),
            name._replace(text=right, start=at + match.end()),
        ]

    def _member(self, name: Name, listed: bool, mode: Mode) -> bool:
        return self.office(name.text, mode=mode) or (listed and self._sector(name.text))

    def _sector(self, name: str) -> bool:
        """Whether a word may be a sector in a list that ends with 部门: 发改、财政等部门."""
        words = self.words
        bare = 2 <= len(name) <= 8 and name.isalpha() and name not in words.classes
        return bare and not name.startswith(words.not_first) and words.not_inside.search(name) is None

    @staticmethod
    def _whole(words: str, start: int, end: int, names: Sequence[Name]) -> bool:
        """Whether nothing but separators and 等 stands beside the names: a person is dropped by the splitter."""
        here = start
        for name in names:
            if words[here : name.start].strip(" 　\n\t、，,和及与以"):
                return False
            here = name.end
        rest = words[here:end].strip()
        return not rest or _ETC.fullmatch(rest) is not None

    # -- names behind a verb ---------------------------------------------------------------------------------------

    def behind(self, sentence: Sentence, start: int, *, mode: Mode = "gated") -> Listed | None:
        """The offices that begin at ``start``; where they end nothing but the words tells."""
        text, masked = sentence.text, sentence.masked
        limit = min([len(masked), *(at for mark in _MARKS if (at := masked.find(mark, start)) >= 0)])
        end = self._end(text, masked, start, limit)
        if end is None:
            return None
        names = self.all(text, start, end, mode=mode)
        return Listed(names, end) if names else None

    def behind_start(self, text: str, masked: str) -> Listed | None:
        """The offices that open a paragraph."""
        return self.behind(Sentence(text, 0, masked), 0)

    def _end(self, text: str, masked: str, start: int, limit: int) -> int | None:
        """Where a list of offices ends that begins at ``start``: piece by piece, the last one where its name ends."""
        here = start
        done: int | None = None
        while here < limit:
            stop = masked.find("、", here, limit)
            piece = stop if stop >= 0 else limit
            etc = _ETC.search(text, here, piece)
            if etc is not None and etc.start() > here:
                tail = etc.end()
                return self._joined(text, tail, limit)
            name = "".join(text[here:piece].split())
            if stop >= 0 and (self.office(name) or self._sector(name)):
                done = piece if self.office(name) else done
                here = piece + 1
                continue
            last = self.first(text, here, piece)
            return self._joined(text, last, limit) if last is not None else done
        return done

    def _joined(self, text: str, end: int, limit: int) -> int:
        """The end of the list where 和 and another office follow: 有关部门和各乡镇."""
        match = _AND.match(text, end, limit)
        if match is None:
            return end
        further = self.first(text, match.end(), limit)
        return further if further is not None else end

    def first(self, text: str, start: int, limit: int) -> int | None:
        """Where the name ends that begins at ``start``; the longest that is known, else the first that may be one."""
        collective = _COLLECTIVE.match(text, start, limit)
        if collective is not None and self.office("".join(collective[0].split())):
            return collective.end()
        found = maybe = None
        for end in range(start + 2, min(limit, start + 26) + 1):
            name = text[start:end]
            if name[-1].isspace():
                continue
            if self._is_whole(name) and self.office(name):
                found = end
            elif maybe is None and end - start > 3 and (self._looks(name) or name.endswith("部门")) and self.office(name):
                maybe = end
        return found if found is not None else maybe
