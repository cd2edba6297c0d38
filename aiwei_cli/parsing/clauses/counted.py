"""Offices in brackets after a count or a person: 3个部门（教育局、公安局、民政局）, 李四（县税务局）.

They tell which bodies are counted, or whose the person is; where something else is counted, they do the task:
整治20处隐患（住建局）.
"""

from __future__ import annotations

from collections.abc import Sequence

from aiwei_cli.language.names import AND_OTHERS, UNITS
from aiwei_cli.language.numerals import DIGITS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.sentences import COUNTED, COUNTS_PERSONS, MEMBERS, STAFF
from aiwei_cli.offices.ends import Ends

_BEFORE = 8
"""How many characters before brackets may tell of a count."""


class Counted:
    """The words before brackets that are a count or a person, whose name begins with one of ``surnames``."""

    def __init__(self, surnames: str, bodies: Sequence[str], ends: Ends) -> None:
        """``bodies`` are the words for bodies: where they are counted, the names are which ones."""
        self._organs, self._bodies = ends.organs, tuple(bodies)
        self._pattern = pattern(
            rf"{COUNTED}|(?P<person>(?:^|[：:、，,。；\s]|{MEMBERS})[{surnames}][^\W\d_]{{1,2}}$"
            rf"|(?:{STAFF})[{surnames}][^\W\d_]{{2}}$)"
        )

    def tells(self, text: str, start: int, names: Sequence[str]) -> str:
        """What names in brackets that open at ``start`` are by the words before: ``explains`` them, or who knows,
        ``unsure``; empty where there is no count, or what is counted is no body and the names are not as many."""
        match = self._pattern.search(text, start - _BEFORE, start)
        if match is None:
            return ""
        noun = match["noun"]
        if noun is None:
            storeys = match["person"] is None and all(name[-1] in self._organs for name in names)
            return "unsure" if storeys else "explains"  # 建厂房5栋（住建局）: a bureau is no storey
        count = match["count"].strip()
        many = int(count) if count.isdecimal() else DIGITS.find(count) + 1 or 2
        if noun.endswith(UNITS) or (noun and any(name[-1] == noun[-1] for name in names)):
            return "explains"
        if not noun or noun.endswith(self._bodies):
            return "unsure" if many > 1 and self._is_other(names, text, start + 1) else "explains"
        return "unsure" if len(names) == many or match["by"] in COUNTS_PERSONS else ""

    def _is_other(self, names: Sequence[str], text: str, start: int) -> bool:
        """Whether the one name at ``start`` is a bureau, which cannot be all that is counted: 3所学校（教育局）."""
        alone = len(names) == 1 and names[0][-1] in self._organs
        return alone and not text.startswith(AND_OTHERS, start + len(names[0]))
