"""Small words of sentences that assign, and what sentences look like that do not, as patterns.

The open lists (verbs, what may be between, what no name has) are in ``rules/prose.yaml``.
"""

from __future__ import annotations

from aiwei_cli.language.names import UNITS
from aiwei_cli.language.places import TOWNS

_UNIT = "|".join(UNITS)
BY, OF, TOWARDS, WILL, ACCORDING = "由", "的", "对", "将", "按"
TOGETHER = "共同"
IN_CLAUSES = (ACCORDING, "照", "据", "自")
"""Before 职责分工 in a clause: 按职责分工负责."""
BEFORE_VERB = (
    r"(?:要|应当|应|须|具体|主要|会|则|按照?[^，,。；;]{0,12}(?:职责|分工)|根据[^，,。；;]{0,12}职责"
    r"|依据[^，,。；;]{0,8}职责|[，,：:。\s])*+"
)
MUST = ("", "要", "应", "具体", "主要")
"""Words that may be all there is between the beginning of a sentence and its verb."""
LEADS = ("牵头", "负责牵头", "总牵头")
SUPPORTS = ("配合", "参与", "协助", "协同", "组织人员参加", "负责配合", "负责协助", "积极配合", "密切配合")
"""What the entry of a division opens with."""
URGES = "[：:，, ]*(?:要|应)?(?:进一步|充分|高度|切实|认真|提高|统一|加强组织|加强领导|站在|把)"
"""各部门要高度重视: what every notice asks of everyone is no task."""
NAME_GOES_ON = "的、和及与等，,（("

NO_LEVEL = "(?!场|民|容|政[管工设公园]|域|划|块|长|外)"
"""市场, 市政管理, 区域 begin with no level."""
PLACED = (
    rf"(?:(?:市县|市区|县乡|省市)两级|[{TOWNS}][级直]|自治区|区市县|县市区|[{TOWNS}]){NO_LEVEL}"
    r"|[^\W\d_]{1,7}?(?:省|市|县|区|州|盟|旗|镇|乡|街道)(?!场)"
)
"""A level or a place at the beginning: 市优化营商环境工作专班, 甲市河长制领导小组办公室."""
LEVEL_BEFORE = (
    r"(?P<place>(?:[^\W\d_]{0,6}?(?:[省市县区州盟旗镇乡级]|两级|自治区|政府|国务院|中央|[委局厅院]|集团|公司|本部))?)"
)
WIDE_FIRST = "各有相其"
"""What collectives begin with: the rules' own are too wide for sentences."""
OTHER = "其他"
SECTORS = (*UNITS[::-1], "机关", "机构", "企业")
"""Where the last name of a list ends so, the others may be sectors: 财政、编制部门."""
MORE = f"(?:[、和及与]{{1,2}}(?:{_UNIT}|地区))?"
ROLE_BEFORE = "(?:各|有关|相关|其他|业务|场景|项目|具体|本级|市级|区级|县级)?"
ROLE_AFTER = f"(?:{_UNIT}|机构)"
BY_SECTOR = r"[^\W\d_]{2,14}(?:部门|机关)"

IS_LEAD = r"(?:作为|是|为)[^，,。；;、\0]{0,20}?(?P<word>总?牵头|主办)(?:责任)?(?:单位|部门|处室|科室)(?=[，,。；]|$)"
IS_SUPPORT = r"(?:作为|是|为)(?P<word>配合|协助|参与)(?:责任)?(?:单位|部门|处室|科室)(?=[，,。；]|$)"
"""A是牵头单位，B是配合单位."""
IS = r"(?:作为|是|为)[^，,。；;、\0]{0,16}?(?:责任|主管|负责|牵头)?(?:单位|部门|主体|机构)$"
ATTRIBUTE = r"[^，,、。\0]{0,5}的|[^，,。]{0,12}的\0"
"""What is between 牵头 and a noun of which the sentence speaks: 由A牵头建设的项目."""
FOUNDS = "建立|健全|完善|构建|形成|落实"
DATED = r"\s*(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:[上下]午)?[，,]"
"""A sentence that opens with a date tells what was done."""
EXPLAINS, DAILY = "解释", "日常工作"
OF_A_NAME = (
    r"[^，,。；;]{1,30}的[^，,。；;的]{0,6}(?:部门|单位|机构|人员|同志|领导|主管)"
    r"|[^，,。；;]{0,10}日常(?:工作|事务|管理|运行)|[^，,。；;]{0,8}解释"
)
"""What 负责 is followed by where it is part of a name, 负责改造工作的主管部门, or assigns nothing."""
SHARE = "分工"
SHARED = ("职责分工", "任务分工", "责任分工")
ETC = (
    r"等(?:[^、，,。；;：:等\0]{0,14}?(?:部门|单位|机构|企业|部委|委办局|地区|各方|方面|组织|机关)"
    r"(?:[（(][^（）()]{1,6}[）)])?(?:[和及、](?:单位|部门|地区))?)?"
)
"""等部门, 等市政公用服务单位, 等."""
ETC_OF = r"等[^、，,。；;：:等\0]{0,14}?(?:部门|单位|机构|企业|机关)"
DONE = "(?<!为)了(?!解)"
THEN_BY = "的[，,](?:应|将|再)?由"
