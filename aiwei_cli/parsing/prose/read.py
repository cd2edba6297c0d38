"""Reading one sentence: who leads, who is responsible, who supports."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from aiwei_cli.language.patterns import pattern
from aiwei_cli.notice.model import Role
from aiwei_cli.parsing.clauses.words import Words
from aiwei_cli.parsing.lists import Name
from aiwei_cli.parsing.prose.names import Gate, Listed, Mode
from aiwei_cli.parsing.prose.sentences import BLANK, Sentence
from aiwei_cli.parsing.prose.words import Kind, ProseWords

_COMMAS = "，,：:；;"
_IS = pattern(r"(?:作为|是|为)[^，,。；;、\0]{0,16}?(?P<noun>牵头|主办)?(?:责任)?(?:单位|部门|主体|机构)$")
_IS_LEAD = pattern(r"(?:作为|是|为)(?P<of>[^，,。；;、\0]{0,20}?)(?:总?牵头|主办)(?:责任)?(?:单位|部门|处室|科室)(?=[，,。；;]|$)")
_ATTRIBUTE = pattern(r"[^，,、。\0]{0,5}的|[^，,。]{0,12}的\0")
_OF_MECHANISM = pattern(r"(?:建立|健全|完善|构建|形成|落实)")
_DATED = pattern(r"\s*(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:[上下]午)?[，,]")
"""A sentence that opens with a date tells what was done."""
_THEN = pattern("[，,]并?$")


class Said(NamedTuple):
    """One office in one role, as a sentence says it. Offsets are of the view."""

    role: Role
    name: str
    start: int
    end: int
    group: int
    entry: str
    """The tier and the word: ``牵头句 牵头``."""
    word: tuple[int, int]

    def moved(self, by: int) -> Said:
        """The same ``by`` characters further on."""
        word = self.word[0] + by, self.word[1] + by
        return Said(self.role, self.name, self.start + by, self.end + by, self.group, self.entry, word)


class Reader:
    """Reads sentences by ``rules/prose.yaml``."""

    def __init__(self, words: ProseWords, gate: Gate, clause_words: Words) -> None:
        self.words = words
        self.gate = gate
        self.adverbs = clause_words.adverbs
        self.read = lru_cache(maxsize=4096)(self._read)

    def _read(self, words: str, masked: str, issuer: str) -> tuple[Said, ...]:
        """What a sentence assigns; offsets are of its words. The same words are read only once."""
        if self.words.past.search(masked) is not None or self.words.penalty.search(masked) is not None:
            return ()
        if _DATED.match(masked) is not None and "由" not in masked:
            return ()
        return tuple(_Reading(self, Sentence(words, 0, masked), issuer).run())


class _Reading:
    """One sentence, from left to right."""

    def __init__(self, reader: Reader, sentence: Sentence, issuer: str) -> None:
        self.words, self.gate, self.adverbs = reader.words, reader.gate, reader.adverbs
        self.sentence, self.issuer = sentence, issuer
        self.text, self.masked = sentence.text, sentence.masked
        self.said: list[Said] = []
        self.seen: set[str] = set()
        self.here = 0
        """Up to here the words are read."""
        self.led = False
        self.groups = 0

    def run(self) -> list[Said]:
        for lead in _IS_LEAD.finditer(self.masked):
            self._is_lead(lead)
        for match in self.words.verb.finditer(self.masked):
            if match.start() >= self.here:
                kind: Kind = match.lastgroup  # type: ignore[assignment]
                getattr(self, f"_{kind}")(match.start(), match.end())
        return self.said

    # -- verbs -----------------------------------------------------------------------------------------------------

    def _is_lead(self, match: re.Match[str]) -> None:
        """A为牵头单位."""
        names = self._subject(match.start())
        if names and (match["of"] == "" or self.gate.words.not_first is not None):
            self._add("lead", names, "牵头句", match.end() - 4, match.end())

    def _lead(self, start: int, end: int) -> None:
        rest = self.masked[end : self._phrase_end(end)]
        of = rest.startswith("的") or _ATTRIBUTE.match(rest) is not None
        mechanism = _mechanism(self, start, end)
        if of and not mechanism:
            return
        names = self._subject(start, mode="leads")
        if not names:
            return
        self._add("lead", names, "牵头句", start, end)
        self.here, self.led = end, True
        gathers = self.words.gathers.match(self.masked, end)
        if gathers is not None:
            self._objects(gathers.end(), "牵头句", gathers.start(), gathers.end())

    def _responsible(self, start: int, end: int) -> None:
        rest = self.masked[end : self._phrase_end(end)]
        low = self._low(start)
        if _of_body(rest) or (not rest.strip() and ("对" in self.masked[low:start] or self.masked[:start].endswith("分工") and not self.masked[:start].endswith(("职责分工", "任务分工", "责任分工")))):
            return
        if "解释" in self.masked[low:start] or "日常工作" in self.masked[low:start]:
            return
        names = self._subject(start)
        if not names:
            names = self._appositive(low, start)
        if names:
            self._add("responsible", names, "负责句", start, end)
            self.here = end

    def _support(self, start: int, end: int) -> None:
        if not self.said:
            return
        names = self._subject(start, mode="leads")
        if names:
            self._add("support", names, self.said[0].entry.split()[0], start, end)
            self.here = end

    def _together(self, start: int, end: int) -> None:
        found = self.gate.behind(self.sentence, end)
        if found is None or "解释" in self.masked[found.end : self._phrase_end(found.end)]:
            return
        names = self._subject(start)
        if not names and self._is_continued(start):
            if not self.said:
                names = self._opening()
                if not names:
                    return
        elif not names:
            return
        if names:
            self._add("lead", names, "会同句", start, end)
        self._take(found, "会同句" if names else self.said[0].entry.split()[0], start, end)

    def _allied(self, start: int, end: int) -> None:
        found = self.gate.behind(self.sentence, end, mode="known")
        names = self._subject(start, mode="known") if found is not None else ()
        if names and found is not None:
            self._add("lead", names, "会同句", start, end)
            self._take(found, "会同句", start, end)

    def _gathering(self, start: int, end: int) -> None:
        """由A牵头，组织各部门开展…."""
        if self.led and start >= 1 and _THEN.search(self.masked, 0, start) and self.here <= start:
            self._objects(end, "牵头句", start, end)

    # -- names -----------------------------------------------------------------------------------------------------

    def _low(self, at: int) -> int:
        """Where the phrase begins that ends at ``at``."""
        return max([self.here, *(self.masked.rfind(mark, self.here, at) + 1 for mark in _COMMAS)])

    def _phrase_end(self, at: int) -> int:
        return min([len(self.masked), *(found for mark in _COMMAS if (found := self.masked.find(mark, at)) >= 0)])

    def _subject(self, at: int, *, mode: Mode = "gated") -> tuple[Name, ...]:
        """The offices right before a verb: after 由, or from the beginning of the phrase."""
        masked = self.masked
        low = self._low(at)
        start = self._by(low, at)
        by = start is not None
        if start is None:
            start = low
            while start < at and masked[start] in " 　\t\n、—和" or masked.startswith("以及", start):
                start += 1
            opening = self.words.openings.match(masked, start, at)
            if opening is not None and self._names_at(opening.end(), at, mode) and not self._names_at(start, at, mode):
                start = opening.end()
        return self._names_at(start, at, mode)

    def _names_at(self, start: int, at: int, mode: Mode) -> tuple[Name, ...]:
        stop = self._without_adverbs(start, at)
        if stop is None or stop <= start:
            return ()
        names = self.gate.all(self.text, start, stop, mode=mode, loose=True)
        if names:
            return names
        of = self.masked.rfind("的", start, stop)  # 与定向生签约的区卫生局
        return self.gate.all(self.text, of + 1, stop, mode="known") if of > 0 else ()

    def _by(self, low: int, at: int) -> int | None:
        """The offset after the last 由 of a phrase."""
        here = self.masked.rfind("由", low, at)
        while here >= 0:
            if not any(m.start() <= here < m.end() for m in self.words.not_by.finditer(self.masked, max(0, here - 1), here + 2)):
                return here + 1
            here = self.masked.rfind("由", low, here)
        return None

    def _without_adverbs(self, start: int, at: int) -> int | None:
        """Where the names end: before 要, 按职责分工, 分别. None where the words exhort: 密切配合."""
        masked = self.masked
        stop = at
        while True:
            while stop > start and masked[stop - 1].isspace():
                stop -= 1
            word = next((word for word in self.words.between if masked.endswith(word, start, stop)), None)
            begin = stop - len(word) if word else self.adverbs.begin(masked, start, stop)
            if begin == stop:
                break
            stop = begin
        return None if any(word in masked[stop:at] for word in self.words.exhorting) and not masked[stop:at].startswith("共同") else stop

    def _appositive(self, low: int, start: int) -> tuple[Name, ...]:
        """A of A是第一责任单位，负责…."""
        if self.masked[low:start].strip() not in ("", "要", "应", "具体", "主要"):
            return ()
        stop = low - 1
        begin = max([self.here, *(self.masked.rfind(mark, self.here, stop) + 1 for mark in _COMMAS)]) if stop > 0 else 0
        match = _IS.search(self.masked, begin, stop) if stop > begin else None
        return self.gate.all(self.text, begin, match.start()) if match is not None else ()

    def _is_continued(self, start: int) -> bool:
        """Whether 会同 goes on with the subject of the sentence: ，会同财政局…."""
        return not self.masked[self._low(start) : start].strip(" 　并要应及时") and self._low(start) > 0

    def _opening(self) -> tuple[Name, ...]:
        """The office that opens the sentence."""
        match = self.words.openings.match(self.masked)
        start = match.end() if match is not None else 0
        while start < len(self.text) and self.text[start].isspace():
            start += 1
        end = self.gate.first(self.text, start, len(self.text))
        if end is None or self.masked[end : end + 1] in "的、和及与等，,（(" + BLANK:
            return ()
        return self.gate.all(self.text, start, end, mode="known") or self.gate.all(self.text, start, end)

    def _objects(self, start: int, tier: str, a: int, b: int) -> None:
        found = self.gate.behind(self.sentence, start)
        if found is not None:
            self._take(found, tier, a, b)

    def _take(self, found: Listed, tier: str, start: int, end: int) -> None:
        self._add("support", found.names, tier, start, end)
        self.here = max(self.here, found.end)

    def _add(self, role: Role, names: tuple[Name, ...], tier: str, start: int, end: int) -> None:
        for name in names:
            if name.text in self.seen or self._is_own(name, start):
                continue
            self.seen.add(name.text)
            entry = f"{tier} {self.text[start:end]}"
            group = self.groups + name.group
            self.said.append(Said(role, name.text, name.start, name.end, group, entry, (start, end)))
        self.groups += 100

    def _is_own(self, name: Name, at: int) -> bool:
        """Whether the issuer says what it will do itself."""
        return bool(self.issuer) and name.text in self.issuer and "将" in self.masked[name.end : at]


def _mechanism(reading: _Reading, start: int, end: int) -> bool:
    """由A牵头，B参加的工作机制."""
    return reading.words.mechanism.search(reading.masked, end) is not None and _OF_MECHANISM.search(reading.masked, 0, start) is not None


def _of_body(rest: str) -> bool:
    """负责城镇老旧小区改造工作的主管部门: 负责 is a part of a name; 负责日常工作 assigns nothing."""
    return _BODY.match(rest) is not None


_BODY = pattern(r"[^，,。；;]{1,30}的(?:[^，,。；;的]{0,6})(?:部门|单位|机构|人员|同志|领导|主管)|[^，,。；;]{0,10}日常(?:工作|事务|管理|运行)|[^，,。；;]{0,8}解释")
