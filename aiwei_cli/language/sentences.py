"""What sentences have and clauses that assign have not, and what verbs and labels do not go on with, as patterns."""

from __future__ import annotations

from aiwei_cli.language.numerals import DIGITS, ONES
from aiwei_cli.language.places import SIGNS

NO_VERB = rf"^[{DIGITS}两多]|[以之][外内上下]$|[\d级员章的等年月日为是在和与及]"
"""What no verb begins with or has in it."""
NO_TASKS = ("人", "单位", "部门", "制")
"""What makes a noun of a verb before it: 负责人, 牵头单位."""
NO_TASK = r"(?<=[头办责合])(?:单位|部门)|[的（(〔［\[【）)〕］\]】]"
"""What is never in the task after a verb."""
CONSULTS = "商"
CONSULT = "商(?![务业贸会联局品户标事城协场丘]|洛(?!阳)|[水河都]县|南(?![京宁昌通阳平充]))"
"""财政局商水利局. Not the 商 of 商务局, nor of places: 商丘, 商洛, 商南."""
CONSULT_PLACES = frozenset("水河都南城州")
OF = "的"
EVERY = "每"
SENTENCE = "[要应须请将被的了谁]|抓|到位|负总责"
WHEN = r"[于在每\d]"
_NOT_ORDERS = tuple(zip("要请须应将", ("", "", "江", "急城县用山", "军乐"), strict=True))
ORDERS = {sign: frozenset(but) for sign, but in _NOT_ORDERS}
"""How a sentence begins that says what is to be done, 要落实责任, and what makes a name of it: 应急局."""
STARTS = ("以下", "下同", "加强", "强化")
SENTENCE_SIGNS = "[要应须将为的按以]"
REST_OF_DATE = r"\d{1,2}\s*[月日]"
LIST_GOES_ON = "和与及"
_GOES_ON = (
    "要求|督促|通知|配合|协助|反馈|移交|提请|自行|主动|积极|认真|分别|共同|邀请|函告|听从|服从|接受"
    "|会[商签]|商请|报[请送经]|[上呈提][报交]"
)
NO_VALUE = (
    rf"{OF}|[与及也又需按]|和(?![平县田顺林静硕政龙布])|向(?!阳)|经(?![开济信管])|{CONSULT}|{_GOES_ON}"
    rf"|(?:组织|协调|指导|联系|主管|报告)(?=[{SIGNS}])"
    rf"|{'|'.join([sign + (f'(?![{but}])' if but else '') for sign, but in _NOT_ORDERS])}"
)
"""What goes on with a sentence after a label that has no colon: 责任单位和市水利局, but 和平区水利局 is an office."""
COUNTED = (
    rf"(?P<count>\d+\s*|(?<!第)[{ONES[1:]}两](?=[家处支]))(?P<by>[个家所户处名类支])(?P<noun>[^\W\d_]{{0,4}})$"
    rf"|(?:\d\s*|(?<!第)[{ONES[1:]}两])[期场批间栋套座项]$"
)
"""After a count, brackets tell which ones: 两家单位意见, 办班3期. What is not bodies, and what is done with it, may be
anybody's: 建5栋厂房（住建局）, 分三批实施（住建局）."""
COUNTS_PERSONS = "名户"
"""The brackets after a count of persons may say whose they are: 表彰3名干部（财政局）."""
MEMBERS = "村民|党员|职工"
"""Before a surname in brackets: 村民张三."""
STAFF = "干部|网格员|教师|医生|医师|护士|民警|选手|学员|队员|同学|校友|工匠|专家|教授|代表|委员|劳模|先生|女士"
"""Before a name of three letters: 帮扶干部赵志强."""
ASKS = "由含如即"
BY = "由"
REMARKS = ("注", "备注", "说明", "附")
"""How a line below a table begins that is no row of it."""
ANNEX = r"附[件表]?\s*\d{0,2}"
FEAST = "节(?:的|活动|系列|暨|$)"
IS, IS_NOT = "为", ("主", "期")
"""责任单位为水利局, but not 为主, 为期."""
DASH = "—"
BEFORE_IS = "位门"
JOINS_TAILS = ("及", "和")
BEFORE_PERSONS = "及和、（("

REFERENCE = r"[至到、，,。；;）)和款]|[项条](?:[规至到、，,和或的款内中所以]|$)|类[、，]"
"""What follows a number that only refers to a place: （三）项规定."""
CUT_WORDS, NOT_CUT = ("统", "唯", "逐"), ("系统", "传统", "总统", "血统")
CITES = r"(?:根据|依据|按照?|依照|遵照|对照|参照|违反|符合|见)[^。；;\n]*$"
"""A title's words after one of these are cited: 根据…管理规定第一条."""
IN_NUMBER = "第、~～至-—两%"
"""Before a numeral these make it a part of a word, a range or a quantity."""
IN_HEADING_WORD = "统唯单之任其专合同归惟万逐如无"
"""统一、合一、唯一、"""
REFERS = "第、，,的至到和款项规或（("
INSERTED = "之"
_TASKS = (
    "做好|提出|提供|负责|承担|起草|拟定|汇总|开展|建立|健全|确保|严格|收到|"
    "编制|编报|收集|受理|制定|完善|加强|督促|审核|及时|按时|定期|认真|积极"
)
TASK = rf"(?:^|[、，,；;。\s])(?:对(?!外|口|台)|{_TASKS})"
"""How a task begins: 对其真实性负责 is a sentence, although 负责 ends it like a clause."""
ORDER = rf"{_TASKS}|{'|'.join(STARTS)}|[抓办搞]好|精心|周密|优化|规范|统筹"
"""How a heading begins that says what is to be done: 强化培训组织."""
INVITES = ("的通知", "的公告", "的函", "方案", "活动方案", "实施方案", "工作方案", "规程", "章程", "邀请函", "启事")
"""What the title of a notice that invites to an event goes on with."""
