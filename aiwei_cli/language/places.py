"""Places of government: the words that end their names, by level, and what goes with them. 某省, 某市某县, 图克镇."""

from __future__ import annotations

from aiwei_cli.language.patterns import pattern

LEVELS = {
    "自治区": "province", "兵团": "province", "省": "province",
    "自治州": "city", "地区": "city", "市": "city", "州": "city", "盟": "city",
    "自治县": "county", "自治旗": "county", "县": "county", "区": "county", "旗": "county",
    "街道": "town", "苏木": "town", "镇": "town", "乡": "town",
    "社区": "village", "嘎查": "village", "村": "village",
}  # fmt: skip
"""What ends the name of a place; the long words before the characters that end them."""
SIGNS = "省市县区州盟旗镇乡村"
"""The levels of one character, the villages last."""
TOWNS, COUNTIES = SIGNS[:-1], SIGNS[:-3]
"""The same down to towns, and down to counties."""
TOWNSHIPS = ("街道", "苏木", "社区", "嘎查")
"""The levels of two characters that share a department with a bare level: 区、街道民政部门."""
PREFIXES = {
    "province": ("省", "自治区", "市"),
    "city": ("市", "州", "盟"),
    "county": ("县", "区", "旗", "市"),
    "town": ("镇", "乡"),
}
"""What the offices of a level begin with, by the level of the issuer."""
RANKS = {
    **{place: rank for rank, level in enumerate(("town", "county", "city", "province"), 1)
       for place, own in LEVELS.items() if own == level},
    "乡镇": 1, "直辖市": 4, "计划单列市": 4, "副省级城市": 4, "新疆生产建设兵团": 4,
}  # fmt: skip
"""Kinds of places from towns up. 各省、自治区、直辖市民政厅 and 各市、州教育局 are one addressee, 各县、市教育局 may be
two."""
KINDS = f"(?:{'|'.join([place for place in (*LEVELS, '直辖市', '园区') if len(place) > 1])}|[{SIGNS}街道办地])"
"""A kind of places in a list, in a pattern: 各乡、镇."""
KINDS_BEGIN = frozenset([*(place[0] for place in LEVELS), *SIGNS, *"直园街道办地"])
"""What they begin with."""
MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
SHORT = ("县", "镇", "乡", "村")
"""The only ones whose names may have one character before them: 沙县, 唐镇."""
GOES_ON = ("市", "县", "区", "旗", "镇", "域")
"""What before it ends no name: 新乡市 and 杭州市 go on, and 区域 is no place."""
MARKET = "市场"
NO_LEVEL = (
    *(MARKET, "市容", "市政管理", "市政工程", "市政设施", "市政公用", "市政园林", "市政局", "市政处", "市政所"),
    *("市民中心", "县域", "区域", "区划", "区块", "镇长", "镇村", "乡村", "乡镇"),
)
"""Words that only begin like a level: 市场监管局 is not the 场监管局 of a city."""
OF_LEVELS = ("两级", "各级", "三级", "四级")
CENTRE = ("中", "中央")
NATIONAL = ("国务院", "中共中央", *CENTRE[1:], "国家", "全国", "中华全国", "中华人民共和国")
"""What a body of the whole country begins with."""

GOVERNMENTS = ("人民政府", "政府")
PARTIES = ("党委", "党工委")
DEPARTMENTS_OF_PARTIES = ("组织部", "宣传部", "统战部", "政法委", "社会工作部", "社工部", "机要", "党校")
"""党工委政法委员会 is one office: a party committee has departments of its own."""
OFFICES_OF_PARTIES = ("办事处", "管委会")
"""党工委、办事处 are one."""
COMMITTEES = ("管委会", "管理委员会")
FOLLOW = (*GOVERNMENTS, *PARTIES, "委", "办事处", "人大", *COMMITTEES, "村民委员会", "居民委员会")
"""What comes after the name of a town or village."""
ORGANS = (*((organ, "") for organ in GOVERNMENTS), *((organ, organ) for organ in (PARTIES[0], "委", "直", "级")))
"""Organs between a place and a department, and what is kept of them: 市政府外办 is 市外办, while 市委金融办 and
市金融办 are two offices."""
JOINT_OFFICES = frozenset(
    [organ + office for organ in (*COMMITTEES, *GOVERNMENTS) for office in ("办公室", "办", "党政办")]
)
"""党工委、管委会办公室 is the one office of both."""
STRETCH = r"[^\W\d_]{2,8}[至到](?!县)[^\W\d_]{2,8}"
"""From one place to another, in a pattern: 东门至西站. 某省乐至县 is a place."""
NAMELESS = pattern(rf"^[{TOWNS}](?:人民)?政府(?:办公?[室厅]?)?$")
"""A title may say 市政府 and leave it to the signature which one is meant."""
