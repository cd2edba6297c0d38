"""Labels: the words before a colon that say what the names after it do, 责任单位：…, 完成时限：….

A label is a stem with a tail, 牵头 and 单位; some stems need no tail. Any other short words before a colon are a label
too, one that names no role: they end the value before them. What a label means is asked of its words alone
(:mod:`meanings`); here is where labels and their values begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from aiwei_cli.language.chars import BLANKS, CLOSING, COLONS, COMMAS, OPENING, ROUND, SEMICOLONS, SPACE, one_of
from aiwei_cli.language.names import AND_OTHERS, AND_SIGNS, ROOMS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.sentences import ANNEX, BEFORE_IS, DASH, IS, IS_NOT, NO_VALUE
from aiwei_cli.language.signs import all_occurrences, by_last, each_place, occurrences, word_places
from aiwei_cli.notice.model import Role, Span
from aiwei_cli.offices.ends import Ends
from aiwei_cli.parsing.clauses.edges import (
    BOUNDARY,
    EXTRA,
    WORDS,
    at_boundary,
    before_label,
    is_break,
    is_inside,
    is_letter,
    other_label,
)
from aiwei_cli.parsing.clauses.events import Events
from aiwei_cli.parsing.clauses.meanings import OTHER, Field, Meaning, Meanings
from aiwei_cli.parsing.lists import end_of

_BULLETS = frozenset("●■◆★-·")
_ROUND = frozenset("".join(ROUND))
_SIGNS = frozenset(COLONS + IS + DASH)
"""Words without one of these signs hold no label, unless it has lost its colon."""
_LONGEST = 24
"""The longest label: 责任单位及责任人（牵头单位及负责人） has 17 letters."""

Box = tuple[int, int, str]
"""Where a bracket begins and ends, and the word in it."""


class Labels:
    """The ``labels`` and ``fields`` of ``rules/roles.yaml``."""

    def __init__(
        self,
        data: Mapping[str, Any],
        ends: Ends,
        lists: Callable[[str], bool],
    ) -> None:
        """``lists`` says whether words are nothing but offices, and verbs after them: they tell a label that has lost
        its colon."""
        self.lists = lists
        meanings = Meanings(data)
        self.meaning, self.tailed, self._firsts = meanings.meaning, meanings.tailed, meanings.firsts
        self._blank_meaning, self.role_of_mark = meanings.before_blank, meanings.of_mark
        self.tails, self.events = tuple(data["labels"]["tails"]), Events(data["labels"])
        self.tail_lasts = frozenset([tail[-1] for tail in self.tails])
        self._named = ends.any
        self._marked = ends.any.union(ROUND[1])
        """What may come before a mark of its role at the end of a line."""
        self._inner = meanings.inner | _ROUND
        """What may come before a bracket that is a part of a label."""
        self._lasts = meanings.lasts.union(CLOSING)

    # -- in a clause -----------------------------------------------------------------------------------------------

    def split(self, words: str, start: int = 0, end: int | None = None) -> list[Field]:
        """The fields of ``words[start:end]``, in order; empty where no label is known."""
        end = len(words) if end is None else end
        found = [] if _SIGNS.isdisjoint(words[start:end]) else list(self._find(words, start, end))
        if not found or all(meaning is None for _, _, meaning in found):
            return self._all_unmarked(words, start, end) if words[start : start + 1] in self._firsts else []
        if _UNMARKED.search(words, start, end) is not None:
            found = sorted([*found, *self._unmarked(words, found[0][1], end)], key=lambda label: label[1])
        if words[start] in self._firsts:  # 责任单位水利局，完成时限：6月
            first = self._all_unmarked(words, start, found[0][0])
            found = [*((field.start, field.value, field.meaning) for field in first), *found]
        fields = []
        for i, (begin, value, meaning) in enumerate(found):
            stop = found[i + 1][0] if i + 1 < len(found) else end
            if i + 1 < len(found) and not at_boundary(words, stop, value):
                cut = before_label(words, value, stop)
                stop = stop if self.lists(words[cut:stop]) else cut  # 住建局完成时限：, but not 指标牵头单位：
            fields.append(Field(meaning or OTHER, begin, value, max(value, stop)))
        return fields

    def _find(self, words: str, start: int, end: int) -> Iterator[tuple[int, int, Meaning | None]]:
        """Where labels and their values begin, and what each means."""
        here = start
        for place, after in self._ends(words, start, end):
            begin = meaning = None
            low = max(here, place - _LONGEST)
            known = next((at for at in range(low, place) if words[at] != " " and self.meaning(words[at:place])), None)
            other = other_label(words, here, place) if words[after - 1] in COLONS else None
            if known is not None:
                meaning = self.meaning(words[known:place])
                begin = known if other is None or self._ends_list(words, other, known) else min(other, known)
                if self.events.is_host(words[begin:place]):
                    begin, meaning = other, None
            else:
                begin = other
            if begin is not None and not is_inside(words, here, begin, meaning):
                yield begin, after, meaning
                here = after

    def _ends_list(self, words: str, start: int, end: int) -> bool:
        """Whether a name is between the last sign of a list and a label: 责任单位：水利局、住建局完成时限：6月."""
        return words[start - 1 : start] in _APART and self.lists(words[start:end])

    def _all_unmarked(self, words: str, start: int, end: int) -> list[Field]:
        """The fields of words whose labels have all lost their colons: 责任单位水利局，配合单位住建局."""
        first = _UNMARKED_FIRST.match(words, start, end)
        if first is None:
            return []
        found = list(self._unmarked("，" + words[start:end], 0, end - start + 1))
        if not found or found[0][0] != 1:
            return []
        by = start - 1
        ends = [begin + by for begin, _, _ in found[1:]]
        return [
            Field(meaning, begin + by, value + by, stop)
            for (begin, value, meaning), stop in zip(found, [*ends, end], strict=True)
        ]

    def _unmarked(self, words: str, start: int, end: int) -> Iterator[tuple[int, int, Meaning]]:
        """Labels after a separator that have lost their colon, before an office: 责任单位：水利局，配合单位住建局."""
        for match in _UNMARKED.finditer(words, start, end):
            piece = "".join(match["words"].split())
            for at in range(len(piece) - 2, 3, -1):
                tried = ((extra, self.tailed(piece[extra:at])) for extra in range(EXTRA + 1))
                extra, meaning = next((found for found in tried if found[1] is not None), (0, None))
                if meaning is not None and not _NO_VALUE.match(piece, at) and self.lists(piece[at:]):
                    begin = match.start("words")
                    value = begin + end_of(match["words"], at)
                    if extra and self.lists(piece[:extra]):  # 县民政局配合单位县妇联, but not 指标牵头单位
                        begin += end_of(match["words"], extra)
                    yield begin, value, meaning
                    break

    def _ends(self, words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where the words of a label may end, and where its value begins: before a colon, and before 为 after 单位."""
        colons = occurrences(words, COLONS, start, end)
        for at in occurrences(words, IS + DASH, start, end):  # 牵头单位——水利局
            if words[at - 1] in BEFORE_IS and not words.startswith(IS_NOT, at + 1):
                colons.append(at)
        for at in sorted(colons):
            stop = start + len(words[start:at].rstrip())
            if stop == at and words[at] in COLONS and words[stop - 1] in CLOSING:
                inner = start + len(words[start : stop - 1].rstrip())
                if self._ends_known(words, start, inner):
                    stop = inner
            yield stop, at + 1

    def known_inside(self, words: str) -> bool:
        """Whether words are a label of the rules, with a few letters before it or none, or name who holds an event."""
        starts = range(max(0, len(words) - _LONGEST), len(words))
        return self.events.is_host(words) or any(self.meaning(words[at:]) is not None for at in starts)

    def _ends_known(self, words: str, start: int, end: int) -> bool:
        return any(self.meaning(words[at:end]) is not None for at in range(max(start, end - _LONGEST), end))

    def split_at_blanks(self, words: str, *, first: bool = True) -> list[Field]:
        """The fields where blanks are for colons, 责任单位　水利局; ``first``: a label begins them."""
        if not any(words[at - 1 : at].isalpha() for at in occurrences(words, BLANKS)):
            return []
        found = [each for each in _BLANK.finditer(words) if self._blank_meaning(each["label"]) is not None]
        if not found or (first and words[: found[0].start("label")].strip()):
            return []
        ends = [*(match.start("label") for match in found[1:]), len(words)]
        return [
            Field(meaning._replace(alone=True), match.start("label"), match.end(), end)
            for match, end in zip(found, ends, strict=True)
            if (meaning := self._blank_meaning(match["label"])) is not None
        ]

    # -- in a text -------------------------------------------------------------------------------------------------

    @staticmethod
    def boxes(text: str, opened: Iterable[Span]) -> list[Box]:
        """The brackets that hold one short word, （一）, （牵头）, 【责任单位】; ``opened``: see signs.pairs."""
        return [
            (at, close + 1, word)
            for at, close in opened
            if close > at + 2
            and 2 <= len(word := text[at + 1 : close].strip()) <= 17
            and word.isalnum()
            and not any(map(str.isdecimal, word))
        ]

    def in_text(
        self, text: str, boxes: Iterable[Box], joints: Iterable[int] = ()
    ) -> list[tuple[int, int, Meaning | None]]:
        """Where labels are and their values begin, in order; the meaning of a label without a colon, else None.

        ``joints`` are where lines were joined that a page had cut.
        """
        found: dict[int, tuple[int, int, Meaning | None]] = {}
        for colon in all_occurrences(text, COLONS):
            begin = self._before_colon(text, colon)
            if begin is not None:
                found[colon + 1] = begin, colon + 1, None
            elif (after := self._after_words(text, colon)) is not None:
                found[colon + 1] = after
        for begin, value, meaning in self._without_colon(text, boxes):
            found.setdefault(value, (begin, value, meaning))
        for begin, value, meaning in self._before_is(text):
            found.setdefault(value, (begin, value, meaning))
        for begin, value, meaning in self._colon_lost(text, joints):
            found.setdefault(value, (begin, value, meaning))
        return sorted(found.values())

    def _before_is(self, text: str) -> Iterator[tuple[int, int, Meaning]]:
        """牵头部门为水利局, 牵头部门——水利局 at the start of a phrase."""
        for joint in _JOINTS:
            for at in each_place(text, joint):
                label = _BEFORE_IS.search(text, max(0, at - _LONGEST), at + 1)
                meaning = self.tailed(label["label"]) if label is not None else None
                if label is not None and meaning is not None and not text.startswith(IS_NOT, at + 2):
                    yield label.start("label"), at + 2, meaning

    def _before_colon(self, text: str, colon: int) -> int | None:
        """Where the label before a colon begins; None where the rules have no such label."""
        end = colon
        while end > 0 and text[end - 1].isspace() and text[end - 1] != "\n":
            end -= 1
        if text[end - 1 : end] == "\n":  # a line may end before the colon
            end = len(text[max(0, end - _LONGEST) : end].rstrip()) + max(0, end - _LONGEST)
        if text[end - 1 : end] not in self._lasts:
            return None
        low = max(0, end - _LONGEST)
        at = end
        while at > low and is_letter(text[at - 1]):
            at -= 1
        if at > 0 and text[at - 1] in _ROUND and text[at - 2 : at - 1] in self._inner:
            # 牵头（责任）单位: the bracket may be a part of it.
            return next((at for at in range(low, end) if self._is_label(text, at, end)), None)
        return at if at < end and self._is_label(text, at, end) else None

    def _after_words(self, text: str, colon: int) -> tuple[int, int, Meaning] | None:
        """A label of the rules right after other words, which offices must follow: 清淤3公里责任单位：水利局."""
        end = len(text[max(0, colon - _LONGEST) : colon].rstrip(" \t\u3000")) + max(0, colon - _LONGEST)
        if text[end - 1 : end] not in self.tail_lasts:
            return None
        for at in range(max(0, end - _LONGEST), end):
            meaning = self.tailed(text[at:end]) if text[at] in self._firsts else None
            if meaning is not None:
                return (at, colon + 1, meaning) if text[at - 1 : at] not in _NOT_AFTER else None
        return None

    def _is_label(self, text: str, at: int, end: int) -> bool:
        """Whether a label begins at a boundary, a few letters before its stem or none, and ends at ``end``."""
        if text[end - 1] in _ROUND and self._marks_name(text, at - 1, end):
            return False
        if at and text[at - 1] not in BOUNDARY and text[at - 1] not in _BULLETS and not is_break(text[at - 1]):
            return False
        for extra in range(min(EXTRA, end - at) + 1):
            if extra and not is_letter(text[at + extra - 1]):
                return False
            if self.meaning(text[at + extra : end]) is not None:
                return True
        return False

    def _marks_name(self, text: str, start: int, end: int) -> bool:
        """Whether a bracket marks the role of the name before it: 水利局（牵头单位）：清淤. No offices follow."""
        if text[start : start + 1] not in _ROUND or text[max(0, start - 1) : start] not in self._named:
            return False
        value = _VALUE_BEHIND.match(text, end)
        return value is None or not self.lists(value["words"])

    def _without_colon(self, text: str, boxes: Iterable[Box]) -> Iterator[tuple[int, int, Meaning]]:
        """责任单位　市水利局 at the start of a line, 【责任单位】市水利局."""
        for at in all_occurrences(text, BLANKS):
            if text[at - 1 : at] not in self._lasts:
                continue
            label = _AT_LINE.search(text, max(0, at - _LONGEST), at)
            meaning = self.tailed(label["label"]) if label is not None else None
            value = _VALUE.match(text, at)
            if label is not None and meaning is not None and value is not None:
                yield label.start("label"), value.end(), meaning
        for start, end, word in boxes:
            meaning = self.meaning(word)
            if meaning is not None and not (
                text[start] in _ROUND and (meaning.alone or self._marks_name(text, start, end))
            ):
                colon = _AFTER.match(text, end)
                yield start, colon.end() if colon else end, meaning

    def _colon_lost(self, text: str, joints: Iterable[int]) -> Iterator[tuple[int, int, Meaning]]:
        """牵头部门省司法厅、省财政厅 at the start of a line, a sentence or a bracket, or where a line was joined."""
        tails = sorted(word_places(text, _TAILS))
        found = list(_lost(text, tails))
        for at in joints:
            if text[at : at + 1] in self._firsts and text[at - 1] not in _RUNS_ON:
                match = _AT_JOINT.match(text, at)
                found += [match] if match is not None else []
        for match in found:
            start, words, label = match.start("words"), match["words"], match["label"]
            if all(self.meaning(label[extra:]) is None for extra in range(len(label) - 3)):
                continue
            if text.startswith(tuple(COLONS), match.end()):  # of the label after it
                words = words[: max(map(words.rfind, _APART)) + 1]
            for field in self._all_unmarked(words, 0, len(words)) or self._vaguely(words):
                if words[field.value] != IS:
                    yield start + field.start, start + field.value, field.meaning
        ends_line = any(not text[at + 2 : text.find("\n", at)].strip() for at in tails)
        for match in _ALONE.finditer(text) if ends_line else ():
            meaning = self.tailed(match["label"])
            if meaning is not None and self.lists(match["value"].rstrip()):
                yield match.start("label"), match.start("value"), meaning

    def _vaguely(self, words: str) -> Iterator[Field]:
        """The label that words begin with, before what ends like a name but is no office: 牵头部门厅法规处."""
        match = _UNMARKED_NAME.match(words)
        if match is None or match["name"][-1] not in self._named:
            return
        meaning = self.tailed(words[: match.end("tail")])
        if meaning is not None:
            yield Field(meaning, 0, match.end("tail"), len(words))

    def marked(self, text: str, boxes: Iterable[Box]) -> dict[int, tuple[int, Role]]:
        """The marks of roles after single names, 市住建局（牵头）、市财政局.

        Where each begins → where it ends, and the role.
        """
        found: dict[int, tuple[int, Role]] = {}
        for start, end, word in boxes:
            role = self.role_of_mark(word)
            if role is None or text[start] == "【":
                continue
            follows = _FOLLOWS.match(text, end)
            if follows is None:
                continue
            before = text[start - 1] if start else "\n"
            if before in self._marked if follows["last"] is not None else before.isalpha() or before in "）)":
                found[start] = start + len((text[start:end] + follows[0]).rstrip()), role
        return found

    def begins(self, words: str) -> bool:
        """Whether words begin with any label, known or not: 备注：."""
        return _ANY.match(words) is not None


_TAIL = f"(?:{'|'.join(ROOMS)}|股室)"
_TAILS = by_last([*ROOMS, "股室"])
_UNMARKED = pattern(
    rf"[{COMMAS}{SEMICOLONS}\s]\s*(?P<words>[^{COMMAS}{SEMICOLONS}{COLONS}\s各]{{2,8}}?{_TAIL}[^{COMMAS}{SEMICOLONS}{COLONS}。]{{2,30}})(?=[{COMMAS}{SEMICOLONS}。]|$)"
)
_ANY = pattern(rf"(?:[^\W\d_]{{{WORDS[0]},{WORDS[1]}}}|{ANNEX})\s*[{COLONS}]")
_BLANK = pattern(rf"(?:^\s*|[；;，,。\s])(?P<label>[^\W\d_]{{2,17}}){SPACE}+(?=\S)")
_AT_LINE = pattern(rf"(?:(?<![\s\S])|[\n。；;.．、]|{SPACE}){SPACE}*(?P<label>[^\W\d_]{{3,17}})$")
_JOINTS = [last + sign for last in BEFORE_IS for sign in (IS, DASH)]
"""What joins a label to its value where there is no colon: 部门为, 单位—."""
_BEFORE_IS = pattern(rf"[\n。；;，,]{SPACE}*(?P<label>[^\W\d_]{{3,17}})$")
_UNMARKED_FIRST = pattern(rf"[^\W\d_]{{2,8}}?{_TAIL}[^\W\d_]{{2}}")
_LOST = rf"(?P<words>(?P<label>[^\W\d_]{{2,4}}{_TAIL})[^{SEMICOLONS}{COLONS}。\n]{{2,200}})"
_AT_START, _AT_JOINT = pattern(rf"[\n。；;.．{re.escape(OPENING)}]{SPACE}*{_LOST}"), pattern(_LOST)
"""A line or a sentence that is a label without colon and its value: 牵头部门省司法厅、省财政厅."""
_BEFORE = frozenset(f"\n。；;.．{OPENING}{BLANKS}")
_NOT_AFTER = frozenset("各关个称")
"""各责任单位： is said to them, 所称责任单位： tells what it means."""
_VALUE_BEHIND = pattern(rf"{SPACE}*[{COLONS}]?{SPACE}*(?P<words>[^{COMMAS}{SEMICOLONS}{COLONS}。\n]{{1,200}})")
_NO_VALUE = pattern(NO_VALUE)
_ALONE = pattern(
    rf"\n{SPACE}*(?P<label>[^\W\d_]{{2,4}}{_TAIL}){SPACE}*\n\s*(?P<value>[^{SEMICOLONS}{COLONS}。\n]{{2,200}})"
)
"""The same where the value is on the next line."""
_RUNS_ON = frozenset("各有相由向对把将让和与及的、，,")
"""Before a line that a page has cut: its sentence goes on, 由各 / 责任单位水利局."""
_APART = frozenset(COMMAS + BLANKS)
_NAME = rf"(?!{NO_VALUE})(?P<name>[^\W\d_]{{2,12}})"
_UNMARKED_NAME = pattern(rf"[^\W\d_]{{2,4}}?(?P<tail>{_TAIL}){_NAME}(?:[{COMMAS}\s]|$)")
_VALUE, _AFTER = pattern(rf"{SPACE}+(?=\S)"), pattern(rf"{SPACE}*[{COLONS}]")
_MARKS = one_of(f"{COMMAS}{SEMICOLONS}。{CLOSING}{AND_SIGNS}{AND_OTHERS}")
_FOLLOWS = pattern(rf"{SPACE}*(?:(?={_MARKS}|负责|牵头|配合)|(?P<last>\n|$))")


def _lost(text: str, tails: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of ``_AT_START``, which is tried only before the tails of labels, for the signs that may be before a
    label are everywhere."""
    behind = 0
    for at in tails:
        if _BEFORE.isdisjoint(text[max(0, at - 5) : at - 2]):
            continue
        start = at
        while start > at - 4 and text[start - 1 : start].isalnum():
            start -= 1
        while start and text[start - 1].isspace() and text[start - 1] != "\n":
            start -= 1
        match = _AT_START.match(text, start - 1) if start > behind and text[start - 1] in _BEFORE else None
        if match is not None:
            yield match
            behind = match.end()
