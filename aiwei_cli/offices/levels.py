"""Levels of government, read from the places in a name: 上海市黄浦区人民政府 is a county."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiwei_cli.language.places import FOLLOW, GOES_ON, LEVELS, MARKET, MUNICIPALITIES, NO_LEVEL, SHORT
from aiwei_cli.offices.ends import Ends

_STOP = "会院处"
"""After these, as after the organs, a name of a place has ended; but 站 and 社 may be in one."""
_LONGEST = 16


def own_level(name: str, levels: Sequence[str]) -> str | None:
    """Which of ``levels`` a name begins with: the 市 of 市水利局, none of 市场监管局."""
    if name.startswith(NO_LEVEL):
        return None
    return next((level for level in levels if name.startswith(level)), None)


def last_place(name: str, is_department: Callable[[str], bool], ends: Ends) -> str | None:
    """The level of the innermost place that ``name`` begins with, or None.

    ``is_department`` tells whether the rest is a department: 返乡 and 农村 end like a place, but only 图克镇 is
    before 人民政府 or 财政所.
    """
    return innermost(name, is_department, ends)[1]


def innermost(name: str, is_department: Callable[[str], bool], ends: Ends) -> tuple[int, str | None]:
    """``name`` begins with places: where the innermost ends, and its level; 0 and None without any."""
    level, at = None, 0
    while True:
        end, found = _place(name, at, is_department, ends.organs + _STOP)
        if found is None:
            return at, level
        level, at = found, end


def _place(name: str, start: int, is_department: Callable[[str], bool], stop: str) -> tuple[int, str | None]:
    for end in range(start + 2, min(len(name), start + _LONGEST) + 1):
        last = name[end - 1]
        if last in stop:
            break
        words = name[start:end]
        suffix = next((suffix for suffix in LEVELS if words.endswith(suffix)), None)
        # 新乡市 and 杭州市 go on, 广安市市场监管局 does not, and 区域 is no place.
        if suffix is None or (name.startswith(GOES_ON, end) and not name.startswith(MARKET, end)):
            continue
        if len(words) - len(suffix) < (1 if suffix in SHORT else 2):
            continue
        level = "province" if words in MUNICIPALITIES else LEVELS[suffix]
        rest = name[end:]
        if level in ("town", "village") and rest and not rest.startswith(FOLLOW) and not is_department(rest):
            continue
        return end, level
    return start, None
