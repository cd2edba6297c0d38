"""Whether names are offices, and not a piece of prose: what has the form of a clause may still be a sentence.

责任部门：要加强领导 and 落实：措施要到位 have it. Only the words tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.sentences import OF, SENTENCE, STARTS, TASK, WHEN
from aiwei_cli.parsing.joined import PLACE
from aiwei_cli.parsing.lists import Name

_SENTENCE = pattern(SENTENCE)
_TASK = pattern(TASK)
_WHEN = pattern(WHEN)
_PROSE_MARKS = frozenset("！？!?")
_PROSE_STARTS = STARTS
_SHORT = 8
"""Before a verb that always assigns, a name nobody knows has at most eight letters: 十五运会三亚办 has seven."""
_LONGEST = 24
"""After a label, a name nobody knows has at most 24 letters: 某省某市某某技术开发区投资集团有限公司 has 19."""


def all_offices(names: Sequence[Name]) -> bool:
    """Whether all names are offices. Places count among offices: 省商务厅、贵阳市、遵义市."""
    looks = sum([name.looks for name in names])
    if looks == len(names):
        return True
    return 2 * looks >= len(names) and all(name.looks or PLACE.match(name.text) for name in names)


def before_verb(names: Sequence[Name], *, sure: bool) -> bool:
    """Whether names before a verb are offices; ``sure`` says that the verb always assigns."""
    looks = sum([name.looks for name in names])
    if not sure:
        return looks == len(names)
    for name in names:
        if name.text.startswith(_PROSE_STARTS) or not _PROSE_MARKS.isdisjoint(name.text):
            return False
    return looks * 2 >= len(names) or all(len(name.text) <= _SHORT and OF not in name.text for name in names)


def behind_label(names: Sequence[Name], words: str, has_verb: Callable[[str], bool], *, alone: bool) -> bool:
    """Whether ``words`` after a label, with ``names`` in them, are offices; ``alone``: the label has no tail."""
    looks = sum([name.looks for name in names])
    if looks:
        return not alone or 2 * looks >= len(names)
    if alone or reads_on(words) or has_verb(words):
        return False
    return all(len(name.text) <= _LONGEST for name in names)


def reads_on(words: str) -> bool:
    """Whether words are a sentence or the beginning of one: 水利局要加强巡查."""
    return _SENTENCE.search(words) is not None or _TASK.search(words) is not None


def is_sentence(names: Sequence[Name]) -> bool:
    """Whether names, as they were cut, are a sentence: none is an office, and one is long or says when."""
    if any(name.looks for name in names):
        return False
    return any(len(name.text) > _SHORT and (_SENTENCE.search(name.text) or _WHEN.search(name.text)) for name in names)
