"""Lists of offices in a sentence: those before a verb, and those after one, where only the words tell their end."""

from __future__ import annotations

from collections.abc import Sequence

from aiwei_cli.language.chars import COLONS, COMMA, PAUSE, SEMICOLONS
from aiwei_cli.language.names import AND, AND_OTHERS, JOINTS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.prose import ETC, ETC_OF, SECTORS
from aiwei_cli.language.spans import trim, until
from aiwei_cli.parsing.lists import Name, Splitter
from aiwei_cli.parsing.prose.gate import Gate, Mode
from aiwei_cli.parsing.prose.sentences import Sentence
from aiwei_cli.records import NamedTuple

_MARKS = COMMA + COLONS + SEMICOLONS + "。"
_ETC, _ETC_OF, _AND = pattern(ETC), pattern(ETC_OF), pattern(AND)
_JOINTS = " 　\n\t、，," + JOINTS
_NAME = 26
"""The longest name after a verb."""


class Listed(NamedTuple):
    """Offices in one list, and where their words end."""

    names: tuple[Name, ...]
    end: int


class Lists:
    """Cuts lists and lets them through the gate, all names or none."""

    def __init__(self, gate: Gate, splitter: Splitter) -> None:
        self.gate, self.splitter = gate, splitter

    def before(
        self, words: str, start: int, end: int, mode: Mode = "gated", *, loose: bool = False
    ) -> tuple[Name, ...]:
        """The names in a span that is nothing but offices; none where it is anything else.

        ``loose``: a verb ends the span, so that 等 alone tells of a list of sectors too: 发改、财政等负责.
        """
        start, end = trim(words, start, end)
        if "或" in words[start:end]:  # 城管局或住建局: it separates as 、 does
            words = words[:start] + words[start:end].replace("或者", "、、").replace("或", "、") + words[end:]
        names = [each for name in self.splitter.split(words, start, end) for each in self._parted(name)]
        if not names or names[0].start != start or not _is_all(words, start, end, names):
            return ()
        last = names[-1]
        rest = words[last.end : end].strip()
        listed = last.text.endswith(SECTORS) or (loose and rest == AND_OTHERS)
        sectors = len(names) > 1 and (listed or _ETC_OF.search(words, start, end) is not None)
        office, sector = self.gate.office, self.gate.sector
        passed = [office(name.text, mode) for name in names]
        places = any(passed)  # 山东省、河北省人民政府
        for name, one in zip(names, passed, strict=True):
            if not (one or (sectors and sector(name.text)) or (places and self.gate.place(name.text))):
                return ()
        return tuple(names)

    def _parted(self, name: Name) -> list[Name]:
        """Two names that 和 joins, where the first is a collective: 相关部门和供水、供电等单位."""
        match = _AND.search(name.text, 2)
        if match is None or len(name.text) != name.end - name.start:
            return [name]
        left, right = name.text[: match.start()], name.text[match.end() :]
        office = self.gate.office
        two = office(left) and (office(right) or self.gate.sector(right))
        if not two or (office(name.text) and not (left.endswith("政府") and self.gate.is_known(right))):
            return [name]
        first = name._replace(text=left, end=name.start + match.start())
        return [first, name._replace(text=right, start=name.start + match.end())]

    # -- after a verb ---------------------------------------------------------------------------------------------

    def behind(self, sentence: Sentence, start: int, mode: Mode = "gated") -> Listed | None:
        """The offices that begin at ``start``; only the words tell where they end."""
        text, masked = sentence.text, sentence.masked
        limit = min(until(mark, masked, start, len(masked)) for mark in _MARKS)
        start, limit = trim(text, start, limit)  # 会同 财政局
        end = self._end(text, masked, start, limit)
        if end is None:
            return None
        names = self.before(text, start, end, mode)
        return Listed(names, end) if names else None

    def _end(self, text: str, masked: str, start: int, limit: int) -> int | None:
        """Where a list of offices ends: piece by piece, the last one where its name ends."""
        here = start
        done: int | None = None
        while True:
            piece = until(PAUSE, masked, here, limit)
            is_last = piece == limit
            etc = _ETC.search(text, here, piece)
            if etc is not None and etc.start() > here:  # 县财政局、等部门
                return self._joined(text, etc.end(), limit)
            name = "".join(text[here:piece].split())
            office = not is_last and self.gate.office(name)
            if not office and (is_last or not self.gate.sector(name)):
                last = self.first(text, here, piece)
                return self._joined(text, last, limit) if last is not None else done
            done = piece if office else done
            here = piece + len(PAUSE)

    def _joined(self, text: str, end: int, limit: int) -> int:
        """The end of the list where 和 and another office follow: 有关部门和各乡镇."""
        match = _AND.match(text, end, limit)
        further = self.first(text, match.end(), limit) if match is not None else None
        return further if further is not None else end

    def first(self, text: str, start: int, limit: int) -> int | None:
        """Where the name ends that begins at ``start``: the longest that is known, else the first that may be one."""
        collective = self.gate.words.collective.match(text, start, limit)
        if collective is not None and self.gate.office("".join(collective[0].split())):
            return collective.end()
        found = maybe = None
        for end in range(start + 2, min(limit, start + _NAME) + 1):
            name = text[start:end]
            if self.gate.is_known(name) and self.gate.office(name):
                found = end
            elif maybe is None and end - start > 3 and self.gate.may_be(name):
                maybe = end
        return found if found is not None else maybe


def _is_all(words: str, start: int, end: int, names: Sequence[Name]) -> bool:
    """Whether nothing but separators and 等 is beside the names: a person is dropped by the splitter."""
    here = start
    for name in names:
        between = words[here : name.start].strip(_JOINTS)
        if between and _ETC.fullmatch(between) is None:
            return False
        here = name.end
    rest = words[here:end].strip()
    return not rest or _ETC.fullmatch(rest) is not None
