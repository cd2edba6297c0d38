"""Words around names of offices: what joins two, what means all others, what is too general to be a name."""

from __future__ import annotations

from aiwei_cli.language.chars import CLOSING, OPENING
from aiwei_cli.language.places import COMMITTEES, GOVERNMENTS, PARTIES
from aiwei_cli.language.signs import depths, occurrences

FACILITIES = ("实验室", "教室", "校园", "校区")
"""What is no office before 与: 实验室与设备管理处."""
UNITS = ("单位", "部门")
BRANCHES = "站所院队"
"""What bodies of several levels end in: 县、镇林业站."""
OF_EACH_LEVEL = ("妇联", "残联", "工商联", "文联", "社科联", "科协", "总工会", "团委", "法院", "检察院")
"""Bodies that each level has: 市、县妇联."""
ROOMS = (*UNITS, "科室", "处室")
"""General nouns for offices, and for parts of one."""
_UNIT = "|".join(UNITS)
GENERIC = f"(?:{_UNIT}|地区|企业|机构|个人|处室|区县|街道|地方)$"
"""What is not a name by itself, in a pattern."""
EACH = "各"
COLLECTIVE = (EACH, "有关", "相关", "其他")
"""What a collective begins with: 各镇, 有关单位."""
LOCALITIES = "各地方"
WIDE = frozenset("各关直级驻")
"""What makes a collective of a name, whatever comes after it: 各镇跟办, 有关单位跟办."""
AND = "以及|和|与|及"
"""What joins two names, in a pattern; it is inside the name of one too: 发展和改革局."""
AND_SIGNS = "和与及"
JOINTS = AND_SIGNS + "以"
AND_OTHERS = "等"
OTHERS = f"等(?:[^、，；。等]{{0,12}}?(?:{_UNIT}|机构|企业|地区))?(?:[和及]单位)?"
"""等部门, 等有关单位."""
NOT_OTHERS = "(?<![高中初平同])"
"""Before 等: 高等, 平等, 同等 are words."""
_HAVE = "具有|具备|承担|负有|拥有|履行|行使|负责|享有"
HAVING = f"等(?:依法)?(?:{_HAVE})[^，；;。（）()]{{2,40}}?(?:职能|职责|权限|权|任务|资格)的"
HAVING_END = f"(?:[^、，；;。]{{0,8}}?(?:{_UNIT}|机构|企业|组织)(?:[和及](?:{_UNIT}))?)"
"""具有登记、查询职能的部门: what is after 等 says which others are meant."""
UNIT_AND = rf"(?P<unit>{_UNIT})(?:以及|及|和|与)(?P<rest>[^、，；;。\s])"
"""部门和单位及各镇: 和 is inside the first name, 及 between the two."""
ORGANS_OF_EACH = "(?:各(?:有关|相关|级)?|有关|相关)(?:部委|部|委)$"
"""各部委、办、局 go on with organs alone."""
OWN_ORGANS = "(?:有关|相关|各|直)(?:[部处]|部门|(?:部门|部)?[委办局科处股站])(?:、[委办局科处股])*$"
OWN_ORGANS_ON = "[委办局科股室所处](?:、[办局室])*$|单位$"
"""县政府有关委、办、局 is one addressee."""
EACH_OF = "各(?:有关|相关)?"
AFTER_PLACES = "级|人民|政府|党委|管委会|办事处|法院|检察院|委员会|各?有关部门|部门|$"
"""What the last of several kinds of places goes on with: 各县、区人民政府."""
OF_A_PLACE = f"(?:{'|'.join([*GOVERNMENTS, PARTIES[0]])}|有关|驻)"
OF_A_LEVEL = "(?:直|级|属|有关|相关)"
"""市直有关部门."""
BODIES = (*GOVERNMENTS, "办事处", "办公厅", "办公室", "成员单位", COMMITTEES[0], *PARTIES)
"""What is the second half of a name where a blank is before it: 各县（市、区） 人民政府."""
IN_NAMES = frozenset([*ROOMS, "政府", "人民", "办公", "委员", "公司", "集团", "街道"])
"""A blank inside one of these is inside a name: 市政府办 公室."""
WHOLE = ("政府", *UNITS[::-1], COMMITTEES[0])
"""What ends a whole list more often than one name: 市政府和某协会."""
NOBODY = ("无", "暂无")
NO_SUCH_BEGINS = "不", "未"
NO_SUCH = "(?:{}[另单再]?|{})设(?!区)".format(*NO_SUCH_BEGINS)
"""不设配合单位 names nobody; 不设区的市人民政府 is an office."""
BEFORE_NAME = "由：:—"
VICE = "副正"
"""Before a title: 副局长."""
SIGNED_PARTY = r"(?:中共)?(.{2,12})委(?:员会)?(?:办公[室厅])?(?=\1(?:人民)?政府(?:办公[室厅])?$)"
"""A party committee and the government of the same place, run together."""
SHARING_ENDS = "(?![直级属]|市?场|政府|有关|相关)"
"""After kinds of places that share a department: 各市、州教育局, and not 市直."""
PARTY, GOVERNMENT = "委", GOVERNMENTS[1]

OF_A_VERB = ("办公室", "中心", "专班", "小组")
"""What makes an office of a verb before it: 抓落实办公室, 协作配合中心."""
KIND_OF_OFFICE = frozenset("办处行队")
"""What a verb of two letters may end in, and an office too."""
OFFICES_OF_AN_OFFICE = frozenset("党政农防安综网路法信体计爱双文创扶民改国经编外台侨港")
"""With 办 these are offices of an office: 水利局防办."""
TEAM, TEAM_VERBS = "队", frozenset("带领组率跟归")
"""后勤处车队 is a part of an office, but 带队 and 领队 are verbs."""
PARTS_OF_AN_OFFICE = ("事处", "支行", "分行", "商行", "银行", "支队", "大队", "中队", "总队", "分队")
"""These are not verbs either: 街道办事处, 中心支行."""


def listed(words: str, apart: str = "、") -> list[str]:
    """The names in a cell, between any of these signs; what is in brackets is inside a name.

    >>> listed("省税务局、各县（市、区）人民政府")
    ['省税务局', '各县（市、区）人民政府']
    """
    found, here = [], 0
    for at, depth in depths(words, occurrences(words, apart + OPENING + CLOSING)):
        if not depth and words[at] in apart:
            found.append(words[here:at])
            here = at + 1
    return [name for name in (*found, words[here:]) if name]
