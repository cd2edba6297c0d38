"""Finding clauses: the words that say who leads, who is responsible and who supports.

A clause is in brackets at the end of a sentence, （城市管理办、财政所负责）, or after a label, 责任单位：….
What is elsewhere is text: nothing is guessed from running prose. Offsets are of the view.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from aiwei_cli.language.chars import BOXES, CLOSING, COLONS, OPENING, SEPARATORS
from aiwei_cli.language.names import BODIES
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.places import SIGNS
from aiwei_cli.language.sentences import LIST_GOES_ON, REST_OF_DATE, SENTENCE_SIGNS
from aiwei_cli.language.signs import pairs
from aiwei_cli.notice.model import Role, Span
from aiwei_cli.parsing.clauses import doubt, under
from aiwei_cli.parsing.clauses.brackets import Halves, brackets, outermost
from aiwei_cli.parsing.clauses.doubt import Doubt
from aiwei_cli.parsing.clauses.grammar import MAIN, Grammar
from aiwei_cli.parsing.clauses.halves import HalfReader
from aiwei_cli.parsing.clauses.labels import Box
from aiwei_cli.parsing.clauses.reading import Assignment, Clause, DocumentRule, Left, Reading
from aiwei_cli.parsing.view import View
from aiwei_cli.records import NamedTuple

_ENDS = "。；;！!？?…\n"
_GOES_ON = frozenset("，,、的和与在")
"""After brackets with these the sentence goes on."""
_NAME_END, _NAME_START = pattern(r"[、，,；;：:\s]"), pattern(r"[、，,；;。）)〕\]\s]")
"""What is before the last name of a line, and behind the first of the next."""
_PIECE = pattern(r"[、，,：:\s]")
_SENTENCE_START = pattern("[。；;！!？?\n](?!.*[。；;！!？?\n])")
_SENTENCE = pattern(SENTENCE_SIGNS)
_LABEL_LENGTH = 24
_VALUE_LENGTH = 1500
_BOX = pattern(r"【[^\W\d_]{2,8}】")
"""A label in a box, whatever it says, ends the value of the box before it."""
_REST_OF_DATE = pattern(REST_OF_DATE)
_BEFORE_LEVEL = frozenset(SEPARATORS + OPENING + " \t\u3000\n")
_OTHER_LEVELS = pattern(rf"[〔（(\[][{SIGNS}、，特]{{1,8}}[〕）)\]]")
"""各县（市、区）: a line may end before the bracket."""
_BETWEEN = " \t\u3000\r\n；;，,。"
"""What may come between two labels of one clause."""


class FoundClauses(NamedTuple):
    """The clauses of a view, the brackets that are not clauses, and what was meant to assign but was not read."""

    clauses: list[Clause]
    left: list[Left]
    doubts: list[Doubt]


def find_clauses(view: View, numbers: Sequence[Span], grammar: Grammar) -> FoundClauses:
    """All clauses of a view, in order; ``numbers`` are where the numbers are at which nodes begin.

    Brackets that were meant to assign, but in which no office can be made out, are among them: ``reading.unread``.
    """
    opened, closing = pairs(view.text)
    spans, lost = outermost(view.text, opened, closing)
    boxes = grammar.labels.boxes(view.text, opened)
    marks = grammar.labels.marked(view.text, boxes)
    if not marks:
        return _find(view, numbers, grammar, spans, boxes, lost)
    # Once noted, a mark becomes blanks: what is around it is read as if it was not there.
    pieces, here = [], 0
    for start, (end, _) in marks.items():
        pieces += [view.text[here:start], " " * (end - start)]
        here = end
    boxes = [box for box in boxes if box[0] not in marks]
    unmarked = replace(view, text="".join([*pieces, view.text[here:]]))
    spans = brackets(unmarked.text)
    found = _find(unmarked, numbers, grammar, spans, boxes, lost)
    begins = list(marks)
    clauses = []
    for clause in found.clauses:
        at = bisect_left(begins, clause.start)
        marked = at < len(begins) and begins[at] <= clause.end
        clauses.append(_with_marks(view.text, clause, marks) if marked else clause)
    return FoundClauses(clauses, found.left, found.doubts)


def _with_marks(text: str, clause: Clause, marks: Mapping[int, tuple[int, Role]]) -> Clause:
    """The clause with the roles written after single names, 市住建局（牵头）、市财政局."""
    given = []
    last = clause.end
    for each in clause.reading.assignments:
        start, end = clause.base + each.start, clause.base + each.end
        # A mark in the middle of a name is a part of it after all.
        name = "".join(text[start:end].split())
        behind, role = marks.get(end, (0, each.role))
        last = max(last, behind)
        given.append(each._replace(role=role, name=name))
    return replace(clause, end=last, reading=clause.reading.with_(tuple(given)))


def _find(
    view: View,
    numbers: Sequence[Span],
    grammar: Grammar,
    spans: Sequence[Span],
    boxes: Sequence[Box],
    lost: Halves,
) -> FoundClauses:
    text = view.text
    starts = [start for start, _ in numbers]
    nodes = frozenset(starts)
    read = grammar.bracketed
    found: list[Clause] = []
    left: list[Left] = []
    taken: list[Span] = []
    labels = {start for start, _, word in boxes if text[start] in BOXES and grammar.labels.meaning(word) is not None}
    for start, end in spans:
        if end - start <= 3 or start in labels:
            continue
        reading = read(text[start + 1 : end - 1])
        reason = _refused(view, start, end, reading, starts, nodes, grammar)
        if reason:
            left.append(Left(start, end, reason))
        else:
            found.append(Clause(start, end, start + 1, reading))
            taken.append((start, end))
    alike = under.like_siblings(text, found, left, grammar)
    if alike:
        found = sorted([*found, *alike], key=lambda clause: clause.start)
        taken = sorted([*taken, *((each.start, each.end) for each in alike)])
        begins = {each.start for each in alike}
        left = [each for each in left if each.start not in begins]
    halves = HalfReader(text, lost, numbers, found, grammar) if lost.opening or lost.closing else None
    mended = halves.clauses() if halves is not None else []
    if mended:
        taken = sorted([*taken, *((clause.start, clause.end) for clause in mended)])
    labelled, unread = _labelled(view, taken, starts, grammar, boxes)
    more = [*mended, *labelled]
    if not (view.flat or view.wrapped):
        taken = sorted([*taken, *((clause.start, clause.end) for clause in labelled)])
        more += under.find_under(text, starts, taken, grammar)
    if more:
        found = sorted([*found, *more], key=lambda clause: clause.start)
    more = _stated(text, found, grammar)
    found = sorted([*found, *more], key=lambda clause: clause.start) if more else found
    loose = view.flat or view.wrapped

    def placed(start: int, end: int) -> bool:
        return _placed(text, start, end, nodes) or (loose and text[end : end + 1] not in _GOES_ON)

    doubts = [*unread, *doubt.find_doubts(text, left, placed, grammar)]
    if halves is not None:
        doubts += halves.doubts([(each.start, each.end) for each in found if each.reading.assignments])
    known = [(clause.start, clause.end) for clause in found] + [(each.start, each.end) for each in left]
    return FoundClauses(found, left, sorted([*doubts, *doubt.in_lines(text, sorted(known), grammar)]))


def _refused(
    view: View,
    start: int,
    end: int,
    reading: Reading,
    starts: Sequence[int],
    nodes: frozenset[int],
    grammar: Grammar,
) -> str:
    """Why brackets are no clause: a key of ``REASONS``; empty where they are one."""
    if reading.refused and not reading.unread:
        return reading.refused
    text = view.text
    if not reading.assignments and reading.rules and not reading.rules[0].offices:
        if not starts or start < starts[0]:
            return "outside"  # a rule alone in the preamble: see _stated
    elif reading.bare and not _bare_placed(text, start, end, reading, grammar):
        return "explains"
    if _holds(starts, start, end):
        return "number"
    loose = view.flat or view.wrapped or view.dense
    if reading.labelled or (loose and reading.complete) or _placed(text, start, end, nodes):
        return ""
    return "place"


def _stated(text: str, clauses: Sequence[Clause], grammar: Grammar) -> list[Clause]:
    """The rules for the whole document outside clauses: in the preamble, in a heading, on a line by themselves."""
    found = []
    begins = [clause.start for clause in clauses]
    for rule in grammar.statements.anywhere(text):
        at = bisect_right(begins, rule.start) - 1
        if at < 0 or clauses[at].end <= rule.start:
            found.append(Clause(rule.start, rule.end, 0, Reading(rules=(rule,)), stated=True))
    return found


def _bare_placed(text: str, start: int, end: int, reading: Reading, grammar: Grammar) -> bool:
    """Whether offices alone in brackets may be a clause: not one after an office, 市发展改革委（审改办）, nor after a
    person or a count, 李四（县税务局）, 3个单位（…）, nor in a question."""
    if text[end : end + 1] in "？?" and end < len(text):
        return False
    if grammar.explaining.explain(text[start + 1 : end - 1]):
        return False
    if grammar.counted.search(text, max(0, start - 8), start):
        return False
    sentence = _SENTENCE_START.search(text, max(0, start - 200), start)
    before = text[sentence.end() if sentence else max(0, start - 200) : start]
    colon = max(map(before.rfind, COLONS)) if len(reading.assignments) == 1 else -1
    if colon >= 0 and grammar.labels.known_inside(before[:colon].rstrip()):
        return False  # 责任单位：某开发区（自贸办）
    name = _PIECE.split(before)[-1]
    if (
        name
        and name[-1] in grammar.offices.ends.signs
        and (len(reading.assignments) == 1 or grammar.offices.looks_like_office(name))
    ):
        return False
    return "）、" not in before and "），" not in before


def _holds(starts: Sequence[int], start: int, end: int) -> bool:
    """Whether a numbered node begins inside a span: then it is no clause."""
    at = bisect_right(starts, start)
    return at < len(starts) and starts[at] < end


def _placed(text: str, start: int, end: int, nodes: frozenset[int]) -> bool:
    """Whether the brackets are where clauses are: at the end of a sentence, a paragraph or a numbered node."""
    if text[end : end + 1] == "。" or not start or text[start - 1] in "。；;！!？?\n”）":
        return True
    for i in range(end, min(end + 40, len(text))):
        char = text[i]
        if char in _ENDS or i in nodes:
            return True
        if not char.isspace():
            return char in OPENING
    return True


def _labelled(
    view: View, taken: list[Span], starts: Sequence[int], grammar: Grammar, boxed: Sequence[Box]
) -> tuple[list[Clause], list[Doubt]]:
    """Clauses without brackets, or with one that is never closed: ``责任单位：…`` to the end of its paragraph.

    Labels that follow one another are one clause. The doubts are labels before words that name nobody.
    """
    text = view.text
    labels = grammar.labels.in_text(text, boxed)
    if not labels:
        return [], []
    unread: list[Doubt] = []
    boxes = [match.start() for match in _BOX.finditer(text)] if any(meaning for _, _, meaning in labels) else []
    boxes += [start for start, _, meaning in labels if meaning]
    limits = iter(sorted([*starts, *boxes, *(start for start, _ in taken), len(text)]))
    limit = next(limits)
    inside = iter([*taken, (len(text) + 1, len(text) + 1)])
    bracket = next(inside)
    found: list[list[Clause]] = []
    end = 0
    for start, value, meaning in labels:
        while bracket[1] <= start:
            bracket = next(inside)
        if bracket[0] <= start or start < end:
            continue
        while limit <= start and limit < len(text):
            limit = next(limits)
        stop, closed = _value_end(view, value, limit, grammar)
        if meaning is None:
            base, reading = start, grammar.fields(text[start : stop - closed])
        else:
            base, reading = value, grammar.valued(text[value : stop - closed], meaning)
        if reading is None:
            if meaning is None and grammar.leaves_unread(text[start : stop - closed]):
                unread.append(Doubt(start, stop, "", ""))
            continue
        opened = text[start - 1] in OPENING if start else False
        clause = Clause(start - opened, stop, base, reading, not opened and _opens_line(text, start))
        end = stop
        if found and _goes_on(text, found[-1][-1], clause, starts):
            found[-1].append(clause)
        else:
            found.append([clause])
    return [_joined(run) for run in found], unread


def _opens_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()


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
    depth = 0
    limit = min(limit, start + _VALUE_LENGTH)
    joints = view.joints(start, limit) if view.wrapped else ()
    for i in range(start, limit):
        char = text[i]
        if i in joints and not depth and i > start and _breaks_off(text, i, limit):
            return i, False
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            if not depth:
                return i + 1, True
            depth -= 1
        elif char == "。" and not depth:
            rule = grammar.statements.directly(text, i + 1, limit)
            if not rule:
                return i, False
        elif char == "\n":
            before = text[start:i].rstrip()
            following = text[i + 1 : limit].lstrip()[: 2 * _LABEL_LENGTH].split("\n")[0]
            cut = before[-1:] in "年月" and before[-2:-1].isdigit() and _REST_OF_DATE.match(following)
            on = (
                before[-1:] in ("、", "，", ",", *COLONS)
                or following[:1] in ("、", "，", ",")
                or _goes_through(before, following, grammar)
            )
            if (before and not on and not cut) or not following:
                return i, False
            if grammar.labels.begins(following):
                return i, False
    return start + len(text[start:limit].rstrip()), False


def _goes_through(before: str, following: str, grammar: Grammar) -> bool:
    """Whether a line ends inside a name: 市 / 水利局, 各市 / 〔州〕, 市市场 / 监督管理局, 开发（度假） / 区管委会."""
    if not before or not following:
        return False
    offices, last, first = grammar.offices, _NAME_END.split(before)[-1], _NAME_START.split(following)[0]
    if not offices.looks_like_office(last) and offices.known(last + first):
        return True
    if before[-1] in CLOSING and first[:1] in SIGNS and first.endswith(BODIES):
        return True
    if before[-1] not in SIGNS:
        return False
    if len(before) == 1 or before[-2] in _BEFORE_LEVEL:
        name, looks = _PIECE.split(following)[0].rstrip("。；;）)"), grammar.offices.looks_like_office
        return looks(before[-1] + name) or looks(name)
    return _OTHER_LEVELS.match(following) is not None


def _breaks_off(text: str, at: int, limit: int) -> bool:
    """Whether a sentence begins at a joint: a full stop comes before the next 、 and the words before end a name."""
    following = re.search(r"[、，；。\n]", text[at:limit])
    words = text[at : at + following.start()] if following else text[at : at + 40]
    return text[at - 1] not in "、，,；;：:" + LIST_GOES_ON and _SENTENCE.search(words) is not None and len(words) > 6


def _joined(run: list[Clause]) -> Clause:
    """Labels that follow one another as one clause."""
    first = run[0]
    if len(run) == 1:
        return first
    assignments: list[Assignment] = []
    unknown: list[Assignment] = []
    deadlines: list[Span] = []
    rules: list[DocumentRule] = []
    leftover = None
    groups = 0
    fields = sum([bool(clause.reading.assignments) for clause in run])
    for clause in run:
        by, reading = clause.base - first.base, clause.reading
        moved = [a.moved(by, groups) for a in reading.assignments]
        if fields > 1:
            moved = [a._replace(role="lead") if a.by is not None and a.by.entry == MAIN else a for a in moved]
        assignments += moved
        unknown += [a.moved(by, groups) for a in reading.unknown]
        deadlines += [(start + by, end + by) for start, end in reading.deadlines]
        rules += [
            r._replace(start=r.start + by, end=r.end + by, offices=tuple([a.moved(by, 0) for a in r.offices]))
            for r in reading.rules
        ]
        if reading.leftover and leftover is None:
            leftover = reading.leftover[0] + by, reading.leftover[1] + by
        groups = 1 + max((a.group for a in moved), default=groups - 1)
    whole = Reading(
        tuple(assignments),
        deadlines=tuple(deadlines),
        rules=tuple(rules),
        unknown=tuple(unknown),
        leftover=leftover,
        labelled=True,
    )
    return Clause(first.start, run[-1].end, first.base, whole, first.alone)
