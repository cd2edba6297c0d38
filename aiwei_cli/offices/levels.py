"""Levels of government, read from the places in a name: 上海市黄浦区人民政府 is a county."""

from __future__ import annotations

from collections.abc import Callable, Sequence

LEVELS = {
    "自治区": "province", "兵团": "province", "省": "province",
    "自治州": "city", "地区": "city", "市": "city", "州": "city", "盟": "city",
    "自治县": "county", "自治旗": "county", "县": "county", "区": "county", "旗": "county",
    "街道": "town", "苏木": "town", "镇": "town", "乡": "town",
    "社区": "village", "嘎查": "village", "村": "village",
}  # fmt: skip
"""What ends the name of a place; the long words before the characters that end them."""
_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
_SHORT = ("县", "镇", "乡", "村")  # the only ones whose names may have one character before them: 沙县, 唐镇
_FOLLOW = (
    "人民政府",
    "政府",
    "党委",
    "党工委",
    "委",
    "办事处",
    "人大",
    "管委会",
    "管理委员会",
    "村民委员会",
    "居民委员会",
)
_ON = ("市", "县", "区", "旗", "镇", "域")
_NO_LEVEL = (
    *("市场", "市容", "市政管理", "市政工程", "市政设施", "市政公用", "市政园林", "市政局", "市政处", "市政所"),
    *("市民中心", "县域", "区域", "区划", "区块", "镇长", "镇村", "乡村", "乡镇"),
)
"""Words that begin like a level and are none: 市场监管局 is no 场监管局 of a city."""
_STOP = frozenset("局厅委部会院处办")
_LONGEST = 16


def own_level(name: str, levels: Sequence[str]) -> str | None:
    """Which of ``levels`` a name begins with: the 市 of 市水利局, none of 市场监管局."""
    if name.startswith(_NO_LEVEL):
        return None
    return next((level for level in levels if name.startswith(level)), None)


def last_place(name: str, is_department: Callable[[str], bool]) -> str | None:
    """The level of the innermost place that ``name`` begins with, or None.

    ``is_department`` tells whether the rest is a department: 返乡 and 农村 end like a place, but only 图克镇 stands
    before 人民政府 or 财政所.
    """
    level, at = None, 0
    while True:
        end, found = _place(name, at, is_department)
        if found is None:
            return level
        level, at = found, end


def _place(name: str, start: int, is_department: Callable[[str], bool]) -> tuple[int, str | None]:
    for end in range(start + 2, min(len(name), start + _LONGEST) + 1):
        last = name[end - 1]
        if last in _STOP:
            break
        words = name[start:end]
        suffix = next((suffix for suffix in LEVELS if words.endswith(suffix)), None)
        # 新乡市 and 杭州市 go on, 广安市市场监管局 does not, and 区域 is no place.
        if suffix is None or (name.startswith(_ON, end) and not name.startswith("市场", end)):
            continue
        if len(words) - len(suffix) < (1 if suffix in _SHORT else 2):
            continue
        level = "province" if words in _MUNICIPALITIES else LEVELS[suffix]
        rest = name[end:]
        if level in ("town", "village") and rest and not rest.startswith(_FOLLOW) and not is_department(rest):
            continue
        return end, level
    return start, None
