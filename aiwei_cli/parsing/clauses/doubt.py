"""What was meant to assign and was not read: it is reported, with the word that the rules lack and where to add it.

Two things make brackets or a line look like a clause although no rule reads them: a label that nobody knows before
offices, 补位单位：水利局, and offices with a word after them that is no verb of the rules, 水利局包干. Brackets that
explain have neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from aiwei_cli.language.chars import CLOSING, COLONS, LISTED, OPENING, PERIODS
from aiwei_cli.language.names import LOCALITIES, OTHERS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.places import GOVERNMENTS
from aiwei_cli.language.sentences import EVERY, NO_TASKS, NO_VERB, OF
from aiwei_cli.language.signs import all_occurrences, depths, occurrences
from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.clauses.meanings import PERSON
from aiwei_cli.parsing.clauses.misplaced import offices_in
from aiwei_cli.parsing.joined import PLACE
from aiwei_cli.parsing.lists import Name, outside_brackets
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from aiwei_cli.parsing.clauses.vocabulary import Reader, Vocabulary

_LABEL = (2, 12)
"""A label that nobody knows has from two to twelve letters: 技术支撑单位及其责任科室 has twelve."""
_VALUE = pattern(r"(?:[^；;。\n]|(?<=[、，])\n){2,400}")
_VALUE_INSIDE = pattern("[^；;。]{2,400}")
_OTHERS = pattern(OTHERS)
_NO_VERB = pattern(NO_VERB)
_VERB = (2, 6)
"""A verb that nobody knows has from two to six letters: 包干, 统筹调度."""
_BY_VERB = 4
"""After 由 and somebody whom no rule knows it has at most four: 专班盯办."""
_BETWEEN = frozenset("，,、 \t\u3000\n")
_HOTLINE = pattern(r"“\d{2,6}”")
_QUOTED = frozenset("“”《》")
_NAME = 60
_PAUSES = frozenset("、，,")
_LISTED = frozenset(LISTED)
_BLANKS = frozenset(" \t\u3000")
_ADVERBS = 3
"""From this many letters on adverbs make a clause by themselves: 按职责."""
_OPENED = frozenset(["\n", "。", "", *PERIODS, *"、）)"])
"""Before a label that opens a line, a sentence or an item."""


class Doubt(NamedTuple):
    """Words that were meant to assign, their place, and the word in them that no rule knows."""

    start: int
    end: int
    word: str
    kind: str
    """labels or verbs: the list of ``rules/roles.yaml`` that lacks the word; persons: a label of persons before
    offices; half: all was read, but half of the brackets is lost; empty where no word is to blame."""


def cure_of_word(word: str, kind: str) -> str:
    """What to do about an unknown word, in Chinese.

    >>> cure_of_word("包干", "verbs")
    '（不认得动词「包干」，可在 roles.yaml 的 verbs 里加一行）'
    """
    if kind == "persons":
        return f"（「{word}」后面是单位，不是人名，没有读作责任单位）"
    if kind == "half":
        return "（括号缺了一半，又分在几行，请对照原文）"
    what = {"labels": "字段名", "verbs": "动词"}.get(kind)
    return f"（不认得{what}「{word}」，可在 roles.yaml 的 {kind} 里加一行）" if what else ""


def meant(words: str, known: Vocabulary) -> tuple[str, str] | None:
    """The unknown word and its kind, where words were meant to assign: ``补位单位：水利局``, ``水利局包干``."""
    if known.offices.ends.any.isdisjoint(words):
        return None
    if occurrences(words, COLONS):
        label = next((label for _, _, label in labelled(words, known, inside=True)), None)
        if label is not None:
            return label, "labels"
    fields = known.labels.split(words)
    for field in fields:
        if field.meaning.entry.startswith(PERSON) and any(offices_in(words, field.value, field.end, known)):
            return field.meaning.entry.rpartition(" ")[2], "persons"
    words = words[: fields[0].start] if fields else words
    rest = "".join(known.explaining.by(words).split())
    by = _by_somebody(rest, known) if _PAUSES.isdisjoint(rest) else unknown_verb(rest, known)
    if by is not None and not by.startswith(known.explaining.procedure):
        return (by, "verbs") if by else ("", "")
    verb = None if known.explaining.begin(words) else unknown_verb(words, known)
    if verb is None:
        return None
    task = len(verb) > _BY_VERB and known.lexer.words.starts_with_verb(verb)
    return ("", "") if task else (verb, "verbs")  # 负责到底 may be a verb, 负责落实资金 says what is done


def _by_somebody(words: str, known: Vocabulary) -> str | None:
    """The verb after 由 and somebody, 专班盯办, where no rule knows it; empty where one does, but not there."""
    lexer, ends = known.lexer, known.offices.ends.any
    for at in range(len(words) - _VERB[0], max(1, len(words) - _BY_VERB - 1), -1):
        verb = words[at:]
        name = words[: lexer.words.adverbs.begin(words, 1, at)]
        if name[-1] not in ends or not verb.isalpha() or _NO_VERB.search(verb) is not None:
            continue
        if verb.startswith(known.explaining.procedure):
            return None
        return "" if lexer.words.starts_with_verb(verb) else verb
    return None


def labelled(
    text: str, known: Vocabulary, *, inside: bool = False, taken: Sequence[Span] = ()
) -> Iterator[tuple[int, int, str]]:
    """Where labels that no rule knows are before offices, the end of the offices, and the label.

    ``inside`` brackets the offices may go on in the next line. No label is looked for in what is ``taken``, in order.
    """
    values = _VALUE_INSIDE if inside else _VALUE
    spans = iter([*taken, (len(text), len(text))])
    span = next(spans)
    for colon in occurrences(text, COLONS) if inside else all_occurrences(text, COLONS):
        start, label = _label_before(text, colon)
        while span[1] <= start:
            span = next(spans)
        if span[0] <= start or not label or known.labels.known_inside(label) or known.offices.known(label):
            continue
        value = values.match(text, colon + 1)
        if value is None:
            continue
        begin, end = unbracketed(text, *value.span())
        colons = occurrences(text, COLONS, begin, end)
        if colons:  # the next label ends the value
            end = max(begin, *(text.rfind(sign, begin, colons[0]) for sign in _BETWEEN))
        names = known.lexer.splitter.split(text, begin, end)
        if not names or len(names[0].text) > _NAME:
            continue
        tailed = label.endswith(known.labels.tails)
        if not begins_with_office(names[0], known) and not (inside and tailed):
            continue
        looks = sum([begins_with_office(name, known) for name in names])
        if looks == len(names) or (2 * looks >= len(names) and (inside or tailed)):
            yield start, min(end, span[0]), label


def begins_with_office(name: Name, known: Vocabulary) -> bool:
    """Whether a name is an office, a place that means one, or an office and a verb, known or not: 水利局包干."""
    if name.looks or PLACE.match(name.text):
        return True
    cut = known.lexer.strangers.cut(name.text)
    if cut is not None:
        return cut.start < cut.end
    words = known.lexer.words
    verb = words.last_verb(name.text)
    if verb is None:
        return False
    return known.offices.looks_like_office(words.adverbs.cut(name.text.removesuffix(verb.text)))


def _label_before(text: str, colon: int) -> tuple[int, str]:
    """The letters before a colon and where they begin; none where they are too few or too many for a label."""
    end = colon
    while end and text[end - 1].isspace():
        end -= 1
    start = end
    while start and end - start <= _LABEL[1] and text[start - 1].isalnum() and not text[start - 1].isdecimal():
        start -= 1
    return (start, text[start:end]) if _LABEL[0] <= end - start <= _LABEL[1] else (start, "")


def unbracketed(text: str, start: int, end: int) -> Span:
    """The span up to a bracket that closes what was opened before it."""
    places = occurrences(text, OPENING + CLOSING, start, end)
    return start, next((at for at, depth in depths(text, places) if depth < 0), end)


def unknown_verb(words: str, known: Vocabulary) -> str | None:
    """The word after the offices, where words are nothing but offices and such words; None where they are not."""
    words = known.offices.shortened.remark.sub("", words).split("。")[0]
    words = known.lexer.words.together.sub("、", words)
    if known.lexer.names_person(words):
        return None
    found, offices, others = None, 0, 0
    pieces = outside_brackets(words)
    for start, end, _ in pieces:
        piece = "".join(words[start:end].split())
        cut = known.lexer.strangers.verb_like_office(piece) if piece else None
        if cut is None and (not piece or _is_office(piece, known)):
            offices += piece != ""
            continue
        verb = piece[slice(*cut.unknown)] if cut is not None else _behind_office(piece, known)
        if verb is None:
            others += 1
        else:
            offices += 1
            found = found or verb
    if found is None or others > offices:
        return None
    place = "".join(words.split()).removesuffix(found)
    alone = len(pieces) == 1 and PLACE.match(place) is not None and not known.offices.known(place)
    return None if alone else found  # 不区分省市地 begins like a place


def _is_office(words: str, known: Vocabulary) -> bool:
    """Whether words name offices, or a place that means its government."""
    if known.offices.looks_like_office(words) or PLACE.match(words) or words in (*GOVERNMENTS, LOCALITIES):
        return True
    return _all_look(words, known)


def _behind_office(piece: str, known: Vocabulary) -> str | None:
    """The two to six letters after an office, adverbs not counted."""
    if not _QUOTED.isdisjoint(_HOTLINE.sub("", piece)):
        return None
    words, adverbs = known.lexer.words, known.lexer.words.adverbs
    ends = known.offices.ends.any.union("）)>")
    for at in range(len(piece) - _VERB[0], max(_ADVERBS, len(piece) - _VERB[1] - 1), -1):
        if at - adverbs.begin(piece, 1, at) >= _ADVERBS:  # 按职责分工 needs no known office
            prose = words.starts_with_verb(piece[at:]) and not words.like_verb(piece[at:])
            return None if prose else piece[at:]
    for at in range(len(piece) - _VERB[0], 1, -1):
        if piece[at - 1] not in ends or not _is_office(piece[:at], known):
            continue
        others = _OTHERS.match(piece, at)
        at = others.end() if others else at
        verb = piece[adverbs.behind(piece, at) :]
        if _VERB[0] <= len(verb) <= _VERB[1] and verb.isalpha():
            if words.like_verb(verb):
                return verb
            if words.starts_with_verb(verb):  # 民政局负责制定方案 is prose: its verb is known
                return None
    return None


def find_doubts(
    text: str, left: Iterable[tuple[int, int, str]], placed: Callable[[int, int], bool], grammar: Reader
) -> Iterator[Doubt]:
    """The brackets that are not a clause but were meant to; ``placed`` says whether a clause may be there."""
    for start, end, reason in left:
        words = text[start + 1 : end - 1]
        if reason in ("nobody", "label", "prose"):
            here = placed(start, end)
            found = grammar.meant(words) if here or any(colon in words for colon in COLONS) else None
            if found is None and here:
                found = ("", "") if grammar.hints(words, reason == "nobody") else None
            tail = words.rpartition("。")[2] if found is None else ""
            if found is not None and (here or found[1] == "labels"):
                yield Doubt(start, end, *found)
            elif grammar.bracketed(tail).complete:  # a stray bracket is before it all
                yield Doubt(end - 1 - len(tail), end, "", "")
        elif (reason == "place" and grammar.bracketed(words).complete) or (reason == "unsure" and placed(start, end)):
            yield Doubt(start, end, "", "")


def hints(words: str, known: Vocabulary, *, listed: bool) -> bool:
    """Whether words are the task of an office, state a duty, or ``listed`` are names of which half are offices."""
    return (listed and _is_list(words, known)) or _is_task(words, known) or _states(words, known)


def _states(words: str, known: Vocabulary) -> bool:
    """Whether a phrase among others is an office and a verb that always assigns: …；团县委协助."""
    verbs = known.lexer.words
    if verbs.first_sure(words, _LABEL[0], len(words)) is None:
        return False
    for start, end, _ in outside_brackets(words):
        piece = words[start:end].strip()
        verb = verbs.last_verb(piece)
        if verb is None or not verb.sure:
            continue
        if _all_look(verbs.adverbs.cut(piece.removesuffix(verb.text)), known):
            return True
    return False


def _is_list(words: str, known: Vocabulary) -> bool:
    """Whether words are a list that begins with an office and half of them are: 教育局、财政局、各中心校."""
    if _LISTED.isdisjoint(words):
        return False
    if known.explaining.begin(words) or known.explaining.explain(words):
        return False
    names = known.lexer.splitter.split(words)
    if not names or not names[0].looks:
        return False
    looks = sum([name.looks for name in names])
    short = all(name.text.isalpha() and len(name.text) <= _LABEL[1] and EVERY not in name.text for name in names)
    return len(names) <= 2 * looks and short


def _is_task(words: str, known: Vocabulary) -> bool:
    """Whether words begin with an office, a verb and what it does: 市财政局负责落实资金."""
    pieces = outside_brackets(words) if len(words) <= _NAME else []
    piece = words[slice(*pieces[0][:2])].strip() if pieces else ""
    if known.explaining.begin(piece) or OF in piece:
        return False
    for at in range(_LABEL[0], len(piece) - _VERB[0]):
        verb = known.lexer.words.verb_at(piece, at, len(piece))
        end = at + len(verb.text) if verb is not None else at
        if (
            verb is None
            or piece.startswith((*known.explaining.procedure, *NO_TASKS), end)
            or len(piece) - end < _VERB[0]
        ):
            continue
        if _all_look(known.lexer.words.adverbs.cut(piece[:at]), known):
            return True
    return False


def _all_look(words: str, known: Vocabulary) -> bool:
    """Whether words are names that look like offices, perhaps 等部门 after them."""
    names = known.lexer.splitter.split(words)
    return bool(names) and all(name.looks for name in names)


def in_lines(text: str, taken: Sequence[Span], grammar: Vocabulary) -> Iterator[Doubt]:
    """The labels outside clauses and brackets that no rule knows, before offices; ``taken`` is in order."""
    for start, end, label in labelled(text, grammar, taken=taken):
        if label.endswith(grammar.labels.tails) or _opens(text, start, label, grammar):
            yield Doubt(start, end, label, "labels")


def _opens(text: str, start: int, label: str, grammar: Vocabulary) -> bool:
    """Whether a label opens a line or a sentence, where one that has no tail may be: 攻坚单元：水利局."""
    while text[start - 1 : start] in _BLANKS:
        start -= 1
    return text[start - 1 : start] in _OPENED and not label.endswith(grammar.explaining.labels)
