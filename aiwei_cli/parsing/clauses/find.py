"""Finding clauses: the words that say who leads, who is responsible and who supports.

A clause is in brackets at the end of a sentence, （城市管理办、财政所负责）, or after a label, 责任单位：….
What is elsewhere is text: nothing is guessed from running prose. Offsets are of the view.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from aiwei_cli.language.chars import BLANKS, BOXES, COLONS, OPENING, PART_ENDS, ROUND, SEMICOLONS
from aiwei_cli.language.names import EACH
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.signs import pairs
from aiwei_cli.notice.model import Role, Span
from aiwei_cli.parsing.clauses import doubt, under
from aiwei_cli.parsing.clauses.brackets import Halves, brackets, outermost
from aiwei_cli.parsing.clauses.colons import with_colons
from aiwei_cli.parsing.clauses.doubt import Doubt
from aiwei_cli.parsing.clauses.grammar import Grammar
from aiwei_cli.parsing.clauses.halves import HalfReader
from aiwei_cli.parsing.clauses.labelled import PIECE, find_labelled
from aiwei_cli.parsing.clauses.labels import Box
from aiwei_cli.parsing.clauses.reading import Clause, Left, Reading
from aiwei_cli.parsing.clauses.statements import UNSEEN
from aiwei_cli.parsing.view import View
from aiwei_cli.records import NamedTuple

_ENDS = PART_ENDS + "…\n"
_BEFORE_RULE = frozenset("。" + SEMICOLONS + "”" + ROUND[1] + BLANKS + "\n") | {""}
_BEGINS = frozenset(PART_ENDS + "\n”）") | {""}
"""Before brackets that are a sentence by themselves."""
_GOES_ON = frozenset("，,、的和与在")
"""After brackets with these the sentence goes on."""
_SENTENCE_END = pattern(f"[{PART_ENDS}\n]")


class FoundClauses(NamedTuple):
    """The clauses of a view, the brackets that are not clauses, and what was meant to assign but was not read."""

    clauses: list[Clause]
    left: list[Left]
    doubts: list[Doubt]


def find_clauses(view: View, numbers: Sequence[Span], grammar: Grammar) -> FoundClauses:
    """All clauses of a view, in order; ``numbers`` are where the numbers are at which nodes begin.

    Brackets that were meant to assign, but in which no office can be made out, are among them: ``reading.unread``.
    """
    view = with_colons(view, grammar)
    opened, closing = pairs(view.text)
    spans, lost = outermost(view.text, opened, closing)
    boxes = grammar.labels.boxes(view.text, opened)
    marks = grammar.labels.marked(view.text, boxes)
    if not marks:
        return _find(view, numbers, grammar, spans, boxes, lost)
    # Once noted, a mark becomes blanks: what is around it is read as if it were not there.
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
        behind, role = marks.get(end, (end, each.role))
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
    nodes = frozenset([*starts, *lost.closing])  # a bracket too many ends a sentence as a number does
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
    rules = {(each.start, each.end) for each in found if each.reading.rules and _behind_names(text, each)}
    labelled, unread = find_labelled(view, [span for span in taken if span not in rules], starts, grammar, boxes)
    if rules:
        found, labelled = _apart(found, rules, labelled)
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
    known = [(clause.start, clause.end) for clause in found]
    known += [(each.start, each.end) for each in left]
    known += [(each.start, each.end) for each in doubts]
    return FoundClauses(found, left, sorted([*doubts, *doubt.in_lines(text, sorted(known), grammar)]))


def _behind_names(text: str, clause: Clause) -> bool:
    """Whether brackets with nothing but a rule are right after names, 责任单位：水利局、住建局（列首位的为牵头单位）:
    they belong to the clause of these names."""
    return not clause.reading.assignments and text[clause.start - 1 : clause.start] not in _BEFORE_RULE


def _apart(found: Sequence[Clause], rules: Set[Span], labelled: Sequence[Clause]) -> tuple[list[Clause], list[Clause]]:
    """The clauses without those of ``rules`` that a labelled one holds; the labelled ones without those that the rest
    cut."""
    places = {at for each in labelled for at in range(each.start, each.end)}
    held = {span for span in rules if places.issuperset(range(*span))}
    others = {at for span in rules - held for at in range(*span)}
    return (
        [each for each in found if (each.start, each.end) not in held],
        [each for each in labelled if others.isdisjoint(range(each.start, each.end))],
    )


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
        if not bisect_right(starts, start):
            return "outside"  # a rule alone in the preamble: see _stated
    elif reading.bare and (told := _bare_placed(text, start, end, reading, grammar)):
        return told
    if _holds(starts, start, end):
        return "number"
    loose = view.flat or view.wrapped or view.dense
    if reading.labelled or (loose and reading.complete) or _placed(text, start, end, nodes):
        return ""
    return "place"


def _stated(text: str, clauses: Sequence[Clause], grammar: Grammar) -> list[Clause]:
    """The rules for the whole document outside clauses: in the preamble, in a heading, on a line by themselves; and
    in a note in brackets."""
    found = []
    begins = [clause.start for clause in clauses]
    for rule in grammar.statements.anywhere(text):
        at = bisect_right(begins, rule.start) - 1
        around = clauses[at] if at >= 0 and rule.start < clauses[at].end else None
        if around is None or (rule.throughout and not around.reading.assignments and rule.kind not in UNSEEN):
            found.append(Clause(rule.start, rule.end, 0, Reading(rules=(rule,)), stated=True))
    return found


def _bare_placed(text: str, start: int, end: int, reading: Reading, grammar: Grammar) -> str:
    """Why offices alone in brackets are no clause: those after an office, 市发展改革委（审改办）, after a person or a
    count, 李四（县税务局）, 3个单位（…）, or in a question. Empty where they may be one."""
    if text.startswith(("？", "?"), end):
        return "explains"
    if grammar.explaining.explain(text[start + 1 : end - 1]):
        return "explains"
    names = [each.name for each in reading.assignments]
    told = grammar.counted.tells(text, start, names)
    if told:
        return told
    if names and all(name.endswith(grammar.explaining.scopes) and name[0] != EACH for name in names):
        return "unsure"  # 全市网格, but 各网格 are who does it
    before = _SENTENCE_END.split(text[max(0, start - 200) : start])[-1]
    label = before[: max(map(before.rfind, COLONS)) + 1].rstrip(COLONS + BLANKS)
    if len(reading.assignments) == 1 and grammar.labels.known_inside(label):
        return "explains"  # 责任单位：某开发区（自贸办）
    name = PIECE.split(before.rstrip(" \u3000"))[-1]
    if name.endswith(tuple(grammar.offices.ends.signs)) and (
        len(reading.assignments) == 1 or grammar.offices.looks_like_office(name)
    ):
        return "explains"
    return "explains" if "）、" in before or "），" in before else ""


def _holds(starts: Sequence[int], start: int, end: int) -> bool:
    """Whether a numbered node begins inside a span: then it is no clause."""
    at = bisect_right(starts, start)
    return at < len(starts) and starts[at] < end


def _placed(text: str, start: int, end: int, nodes: frozenset[int]) -> bool:
    """Whether the brackets are where clauses are: at the end of a sentence, a paragraph or a numbered node."""
    if text.startswith("。", end) or text[start - 1 : start] in _BEGINS:
        return True
    for i in range(end, min(end + 40, len(text))):
        char = text[i]
        if char in _ENDS or i in nodes:
            return True
        if not char.isspace():
            return char in OPENING
    return True
