"""Which candidates are nodes: a table of what each group of kinds wants in each place.

An entry has what refuses a number, and rows: the first row whose evidence is all there accepts it, with the code of a
diagnostic where the number is odd. Where no row holds the number is text. A new style is a new row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from aiwei_cli.parsing.outline.evidence import CUT, CUT_MIDDLE, LINE, MIDDLE
from aiwei_cli.parsing.outline.evidence import Evidence as E

Ask: TypeAlias = Callable[[E], bool]
Row: TypeAlias = "tuple[str, tuple[Ask, ...]]"
Entry: TypeAlias = "tuple[tuple[Ask, ...], tuple[Row, ...]]"


def _not(ask: Ask) -> Ask:
    return lambda evidence: not ask(evidence)


def _yes(*wanted: Ask) -> Row:
    return "", wanted


def _unmarked(*wanted: Ask) -> Row:
    return "N001", wanted


def _odd(*wanted: Ask) -> Row:
    return "N002", wanted


_NEVER: Entry = ((), ())
_GOES_ON, _BEGINS, _BEGINS_LIST = _yes(E.next), _yes(E.first), _yes(E.first, E.follows)
_BEGINS_LATE = _odd(E.opens, E.unseen, E.follows)  # 1、2、3、四、五、: a list that begins at another number than one
_HOLDS = _odd(E.opens, E.unseen, E.holds)  # 二、 without 一、 and 三、 that heads a list: the text is a part of another
_RUNS = _odd(E.unseen, E.runs)  # 95、 96、 97、: a part of a list
_GAP, _SURE_GAP = _odd(E.near, E.opens), _odd(E.near, E.opens, E.follows)

# At the start of a paragraph every number is read, and reported where it is out of sequence.
_ALWAYS: Entry = (), (_GOES_ON, _BEGINS, _odd())
# It may have come to the start of a cut line by chance: the inner kinds look like quantities, and want more.
_OUTER_CUT: Entry = (), (_GOES_ON, _BEGINS, _GAP)
_HEADING_CUT: Entry = (), (_GOES_ON, _BEGINS, _BEGINS_LATE, _HOLDS, _GAP)
_INNER_CUT: Entry = (), (_GOES_ON, _yes(E.first, E.opens), _BEGINS_LIST, _SURE_GAP, _RUNS)
# In mid-line it is a node only as the next, or as a first with a second.
_WORDS = (E.in_word, E.referred)
_SEQUENCE = (_GOES_ON, _BEGINS_LIST)
_HEADING_ROWS = (*_SEQUENCE, _BEGINS_LATE, _GAP)
# A first without a second: its list has no more, or the second was forgotten.
_LONE = (_yes(E.first, E.opens, E.unseen, E.holds), _yes(E.first, E.opens, E.unseen, E.follows_late))


def _middle(refused: tuple[Ask, ...], rows: tuple[Row, ...]) -> dict[int, Entry]:
    """The same in both kinds of mid-line; in a line that a page has cut a number may not be in mid-sentence."""
    return {MIDDLE: (refused, rows), CUT_MIDDLE: ((*refused, E.astray), rows)}


# 3.6月底前完成: the third item and no quantity, where it is the next.
_DIGITS_ROWS = (_yes(E.next), _yes(E.one_missing, E.follows))
# 1.70周岁以上的 is the first item where 2. is the next item of all; else it is a quantity.
_BEGINS_ITEMS = _yes(E.first, E.item_follows)
# A number without its mark is read where one came before it and none but the next comes after.
_QUANTITY = (E.quantity,)
_ALONE = _unmarked(E.next, _not(E.overtaken))
_BARE_MIDDLE = (_unmarked(E.next, E.item_follows), _unmarked(E.next, E.behind_bracket, _not(E.overtaken)))
_BARE_LINE = (
    _unmarked(E.divided),
    _unmarked(E.first, E.spaced, E.item_follows),
    _unmarked(E.first, E.listed, E.item_follows),
    _ALONE,
)
# 1.10 lies in 1 after 1.9, 1.1.1 in 1.1; a list of them may do without the 1.
_DECIMAL: Entry = (
    (),
    (
        _yes(E.next_part),
        _yes(E.first, E.inside),
        _yes(E.first, E.of_the_first, E.follows),
        _yes(E.first, E.behind_parts),
    ),
)

TABLE: dict[str, dict[int, Entry]] = {
    "article": {
        LINE: ((), (_yes(E.inserted), *_ALWAYS[1])),
        CUT: ((), (_yes(E.inserted), *_OUTER_CUT[1])),
        **_middle((*_WORDS, E.in_sentence), (_yes(E.inserted), *_SEQUENCE)),
    },
    "heading": {
        LINE: ((E.cut_word,), _ALWAYS[1]),
        CUT: ((E.cut_word,), _HEADING_CUT[1]),
        **_middle((*_WORDS, E.in_heading_word), (*_HEADING_ROWS, *_LONE)),
    },
    "bracketed": {
        LINE: ((E.half,), _ALWAYS[1]),
        CUT: ((E.half,), _HEADING_CUT[1]),
        **_middle((*_WORDS, E.half), _HEADING_ROWS),
    },
    "outer": {LINE: _ALWAYS, CUT: _OUTER_CUT, **_middle(_WORDS, _SEQUENCE)},
    "item": {LINE: _ALWAYS, CUT: _INNER_CUT, **_middle(_WORDS, (*_SEQUENCE, _SURE_GAP))},
    "inner": {LINE: ((E.afar,), _ALWAYS[1]), CUT: _INNER_CUT, **_middle(_WORDS, _SEQUENCE)},
    "item before digits": {
        LINE: ((), (*_DIGITS_ROWS, _BEGINS_ITEMS)),
        CUT: ((E.astray,), (_yes(E.opens, E.next), _yes(E.opens, E.one_missing, E.follows), _BEGINS_ITEMS)),
        MIDDLE: ((E.in_word, _not(E.opens)), (_GOES_ON, _yes(E.behind_stop, E.first, E.item_follows))),
        CUT_MIDDLE: ((E.in_word, _not(E.opens)), (_GOES_ON,)),
    },
    "bare": {
        LINE: (_QUANTITY, _BARE_LINE),
        CUT: ((*_QUANTITY, E.divided), (_unmarked(E.next, E.item_follows),)),
        MIDDLE: ((*_QUANTITY, E.divided, _not(E.opens)), _BARE_MIDDLE),
        CUT_MIDDLE: ((*_QUANTITY, E.divided, _not(E.opens)), _BARE_MIDDLE),
    },
    # 2024. is a year but after 2023.: a number of four digits is read where it is the next of its list.
    "thousands": {LINE: ((), (_GOES_ON,)), CUT: ((), (_yes(E.opens, E.next),)), MIDDLE: _NEVER, CUT_MIDDLE: _NEVER},
    "decimal": {LINE: _DECIMAL, CUT: _DECIMAL, MIDDLE: _NEVER, CUT_MIDDLE: _NEVER},
}
_GROUPS = {
    **dict.fromkeys(("part", "chapter", "section", "article"), TABLE["article"]),
    **{name: TABLE[name] for name in ("heading", "bracketed", "item", "bare", "decimal")},
}
_BEFORE_DIGITS = TABLE["item before digits"]
_THOUSANDS = TABLE["thousands"]
_INNER = 3
"""From this level on a number looks like a quantity: 1. is 1, 一、 is hardly ever anything but a number."""


def doubt(evidence: E, wrapped: bool) -> str | None:
    """None where a candidate is no node, else the code of what is odd about it, or ''."""
    mark = evidence.mark
    kind = mark.kind
    group = _GROUPS.get(kind.name)
    if group is None:  # the other kinds, a user's among them, by their level
        group = TABLE["outer" if kind.level < _INNER else "inner"]
    elif kind.name == "item" and mark.value >= 1000:
        group = _THOUSANDS
    elif kind.name == "item" and evidence.text[mark.end : mark.end + 1].isdigit():
        group = _BEFORE_DIGITS
    refused, rows = group[(LINE if mark.at_start else MIDDLE) + wrapped]
    for ask in refused:
        if ask(evidence):
            return None
    for code, wanted in rows:
        for ask in wanted:
            if not ask(evidence):
                break
        else:
            return code
    return None
