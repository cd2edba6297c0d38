"""Clauses that a label tells: 责任单位：水利局, on as many lines as the value needs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from aiwei_cli.language.chars import (
    BLANKS,
    CLOSING,
    COLONS,
    COMMA,
    COMMAS,
    OPENING,
    ROUND,
    SEMICOLONS,
    SEPARATORS,
    one_of,
)
from aiwei_cli.language.names import BODIES
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.places import SIGNS
from aiwei_cli.language.sentences import IS, LIST_GOES_ON, REST_OF_DATE, SENTENCE_SIGNS
from aiwei_cli.language.signs import depths, occurrences
from aiwei_cli.language.spans import line_start
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.clauses import likely
from aiwei_cli.parsing.clauses.doubt import Doubt, unknown_verb
from aiwei_cli.parsing.clauses.grammar import Grammar
from aiwei_cli.parsing.clauses.labels import Box
from aiwei_cli.parsing.clauses.reading import Clause, Reading
from aiwei_cli.parsing.lists import one_in_two
from aiwei_cli.parsing.view import View

_NAME_END, _NAME_START = (
    pattern(rf"[{COMMAS}{SEMICOLONS}{COLONS}\s]"),
    pattern(rf"{one_of(COMMAS + SEMICOLONS + '。' + CLOSING)}|\s"),
)
"""What is before the last name of a line, and after the first of the next."""
PIECE = pattern(rf"[{COMMAS}{COLONS}\s]")
_SENTENCE = pattern(SENTENCE_SIGNS)
_LAST_NAME = pattern(f"[{COMMAS}{SEMICOLONS}{COLONS}]")
_SIGN = pattern(r"[、，；。\n]")
_EACH_PLACE = 20
"""The longest 各县（市、区） with the line ends in it."""
_VALUE_LENGTH = 1500
_BOX = pattern(r"【[^\W\d_]{2,8}】")
"""A label in a box, whatever it says, ends the value of the box before it."""
_REST_OF_DATE = pattern(REST_OF_DATE)
_BEFORE_LEVEL = frozenset(SEPARATORS + OPENING + " \t\u3000\n")
_OTHER_LEVELS = pattern(rf"[〔（(\[][{SIGNS}、，特]{{1,8}}[〕）)\]]")
"""各县（市、区）: a line may end before the bracket."""
_OPENING = frozenset(OPENING)
_BETWEEN = BLANKS + "\n" + SEMICOLONS + COMMA + "。"
"""What may come between two labels of one clause."""


def find_labelled(
    view: View, taken: list[Span], starts: Sequence[int], grammar: Grammar, boxed: Sequence[Box]
) -> tuple[list[Clause], list[Doubt]]:
    """Clauses without brackets, or with one that is never closed: ``责任单位：…`` to the end of its paragraph.

    Labels that follow one another are one clause. The doubts are labels before words that name nobody.
    """
    text = view.text
    labels = grammar.labels.in_text(text, boxed, view.starts if view.wrapped else ())
    if not labels:
        return [], []
    unread: list[Doubt] = []
    boxes = [match.start() for match in _BOX.finditer(text)] if any(meaning for _, _, meaning in labels) else []
    boxes += [start for start, _, meaning in labels if meaning]
    limits = iter(sorted([*starts, *boxes, *(start for start, _ in taken), len(text)]))
    limit = next(limits)
    inside = iter([*taken, (len(text), len(text))])
    bracket = next(inside)
    found: list[list[Clause]] = []
    halves: set[int] = set()
    end = 0
    for start, value, meaning in labels:
        while bracket[1] <= start:
            bracket = next(inside)
        if bracket[0] <= start or start < end:
            continue
        while limit <= start:
            limit = next(limits)
        stop, closed = _value_end(view, value, limit, grammar)
        if meaning is None:
            base, reading = start, grammar.fields(text[start : stop - closed])
        else:
            base, reading = value, grammar.valued(text[value : stop - closed], meaning)
            signed = text[value - 1] == IS or not text[value - 1].isalpha()
            if not signed and (_runs_on(text[value:stop], reading, grammar) or _is_prose(text[value:stop], grammar)):
                continue
        if reading is None:
            named = grammar.names_office(text[value : stop - closed]) if meaning is not None else False
            if named or (meaning is None and grammar.leaves_unread(text[start : stop - closed])):
                unread.append(Doubt(start, stop, "", ""))
            continue
        opened = text[start - 1 : start] in _OPENING
        clause = Clause(start - opened, stop, base, reading, _opens_line(text, start))
        end = stop
        if closed and not opened:
            halves.add(stop)
        if found and _goes_on(text, found[-1][-1], clause, starts):
            found[-1].append(clause)
        else:
            found.append([clause])
    # Where half of the brackets is lost, it is no paragraph of its own.
    whole = [_joined(run, grammar) for run in found]
    return [replace(each, alone=False) if each.end in halves else each for each in whole], unread


def _is_prose(value: str, grammar: Grammar) -> bool:
    """Whether a label with no sign after it is in a sentence: 主管部门水利局、财政局要加强巡查."""
    return likely.reads_on(value) and not grammar.lists(value)


def _runs_on(value: str, reading: Reading | None, grammar: Grammar) -> bool:
    """Whether a label with no sign after it begins a sentence: 牵头单位市水利局每季度召开会议, not …市水利局包抓."""
    if reading is None:
        return False
    left = reading.leftover
    if left is None or sum([left[0] <= each.start and each.end <= left[1] for each in reading.assignments]) > 1:
        return False  # two names with a blank between are reported, and read
    return unknown_verb(value[slice(*left)], grammar) is None


def _opens_line(text: str, start: int) -> bool:
    return not text[line_start(text, start) : start].strip()


def _goes_on(text: str, first: Clause, second: Clause, starts: Sequence[int]) -> bool:
    """Whether nothing is between two clauses, not even a number."""
    if text[first.end : second.start].strip(_BETWEEN):
        return False
    at = bisect_left(starts, first.end)
    return at == len(starts) or starts[at] > second.start


def _value_end(view: View, start: int, limit: int, grammar: Grammar) -> tuple[int, bool]:
    """The end of a label's value, and whether a closing bracket ends it: the end of its paragraph or sentence, or where
    the next node or clause begins.

    The value may begin on the next line, and goes on there where a separator ends this one. Where a page has cut the
    lines, a joint may be the end of the value after all: it has no separator, the words before it end a name and
    those after it begin a sentence.
    """
    text = view.text
    limit = min(limit, start + _VALUE_LENGTH)
    joints = view.joints(start, limit - 1) if view.wrapped else frozenset()
    places = occurrences(text, OPENING + CLOSING + "。\n", start, limit)
    for i, depth in depths(text, sorted(joints.union(places)) if joints else places):
        char = text[i]
        if i in joints and depth <= 0 and _breaks_off(text, i, limit):
            return i, False
        if depth < 0:
            return i + 1, True
        if char == "。" and not depth:
            rule = grammar.statements.directly(text, i + 1, limit)
            if not rule:
                return i, False
        elif char == "\n":
            following = text[i + 1 : limit].lstrip().partition("\n")[0]
            if not following or not _goes_on_in(text[start:i].rstrip(), following, grammar):
                return i, False
    return start + len(text[start:limit].rstrip()), False


def _goes_on_in(before: str, following: str, grammar: Grammar) -> bool:
    """Whether the words of a value that end a line, or begin on the next one, go on in that."""
    if grammar.labels.begins(following):
        return False
    if not before or before[-1] in COMMAS + COLONS or following[0] in COMMAS:
        return True
    cut = before[-1] in "年月" and before[-2:-1].isdigit() and _REST_OF_DATE.match(following)
    return bool(cut) or _goes_through(before, following, grammar)


def _goes_through(before: str, following: str, grammar: Grammar) -> bool:
    """Whether a line ends inside a name: 市 / 水利局, 各市 / 〔州〕, 市市场 / 监督管理局, 开发（度假） / 区管委会."""
    offices, last, first = grammar.offices, _NAME_END.split(before)[-1], _NAME_START.split(following)[0]
    if not offices.looks_like_office(last) and offices.known(last + first):
        return True
    if before[-1] in CLOSING and first[:1] in SIGNS and first.endswith(BODIES):
        return True
    if before[-1] in CLOSING and first:
        each = _LAST_NAME.split("".join(before[-_EACH_PLACE:].split()))[-1]
        if one_in_two(each, first):
            return offices.looks_like_office(first)
    if before[-1] not in SIGNS:
        return False
    if len(before) == 1 or before[-2] in _BEFORE_LEVEL:
        name, looks = PIECE.split(following)[0].rstrip("。" + SEMICOLONS + ROUND[1]), grammar.offices.looks_like_office
        return looks(before[-1] + name) or looks(name)
    return _OTHER_LEVELS.match(following) is not None


def _breaks_off(text: str, at: int, limit: int) -> bool:
    """Whether a sentence begins at a joint: a full stop comes before the next 、 and the words before end a name."""
    words = _SIGN.split(text[at:limit])[0]
    return (
        text[at - 1] not in COMMAS + SEMICOLONS + COLONS + LIST_GOES_ON
        and _SENTENCE.search(words) is not None
        and len(words) > 6
    )


def _joined(run: list[Clause], grammar: Grammar) -> Clause:
    """Labels that follow one another as one clause."""
    first = run[0]
    if len(run) == 1:
        return first
    whole = grammar.one_reading(tuple([(clause.reading, clause.base - first.base) for clause in run]))
    return Clause(first.start, run[-1].end, first.base, whole, first.alone)
