"""What the checks of a notice look for in its words: times, numbers of documents, kinds of notices, who leads."""

from __future__ import annotations

from aiwei_cli.language.chars import HAN, one_of
from aiwei_cli.language.numerals import DIGITS, NUMERALS, ONES, WEEKDAYS, ZEROS

WEEK = WEEKDAYS[:-1]
DAY = r"(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?<![\d.])(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"
DAY_OF_WEEK = DAY + rf"\s*[（(]?\s*(?:星期|周|礼拜)(?P<weekday>[{WEEKDAYS}])"
BEFORE = (
    r"(?P<year>(?:19|20)\d\d)\s*年(?:\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?)?\s*[底末]?\s*[之以]?前"
    rf"(?!(?:建成|竣工|供应|出生|成立|发生|完工|已|登记|入学|毕业|参加|签订|取得|颁布|实施的)|[{HAN}]{{1,4}}的)"
)
"""A time by which something is to be done; before 建成 and the like it says which ones."""
LABELLED = (
    r"(?:完成|办结|整改)?(?:时限|时间|期限)\s*[:：]\s*(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月"
    r"(?:\s*(?P<day>\d{1,2})\s*日)?"
)
ANY_TIME = (
    r"\d\s*[月日年]\s*[底末初中]?(?:旬)?\s*(?:[（(][^（()）]{2,4}[）)])?[之以]?前|时限\s*[:：]|[年月季]底前|前完成"
)
NAMES_DAYS = f"星期|礼拜|周[{WEEKDAYS}]"
DATE = r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})日)?"
DATE_IN_WORDS = rf"[二一][{ZEROS}{ONES}]{{3}}年[{DIGITS}]{{1,2}}月[{DIGITS}]{{1,3}}日"
PADDED = r"(?<=年)0\d(?=月)|(?<=月)0\d(?=日)"
NUMBER_OPENS = "〔[［（(【﹝"
NUMBER = (
    rf"(?<=[{HAN}])\s{{0,3}}(?P<open>{one_of(NUMBER_OPENS)})\s*(?P<year>\d{{4}}|\d\d)\s*(?P<close>[〕\]］）)】﹞])"
    r"\s*(?P<order>第?)\s*(?P<serial>\d{1,4})\s*号"
)
KINDS = "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
"""党政机关公文处理工作条例, 第八条."""
DITTO = rf"(?:(?P<role>[{HAN}]{{0,4}}?)(?:单位|部门)\s*[:：]?\s*同上)|[（(]\s*(?P<alone>同上)\s*[）)]"
ONE_LEAD = (
    r"(?:只|均|各|都)?(?:明确|确定|设)(?:1|一)[个家](?:牵头|主办)(?:单位|部门)"
    r"|(?:列|排)(?:在|于)?(?:第一位|首位|第一)[^，。；（）()]{0,6}为?牵头|第一个(?:单位|部门)为牵头"
)
"""A notice that says of itself that one office leads each item."""
SIGNS_OF_ONE_LEAD = (
    *(kind + leads for kind in "个家" for leads in ("牵头", "主办")),
    *(put + place for put in ("列", "列在", "列于", "排", "排在", "排于") for place in ("第一", "首位")),
    *("第一个单位", "第一个部门"),
)
"""One of these is in it."""
ANNEX = rf"^\s*附\s*件\s*[0-9{DIGITS}]*\s*[:：]?\s*$"
ANNEX_LIST = r"^[^\S\n]*附[^\S\n]*件[^\S\n]*[:：].*(?:\n[^\S\n]*\d{1,2}[^\S\n]*[.．、].*)*"
ANNEX_LINE = r"^\s*附\s*件\s*[:：]\s*(?P<rest>.*)$"
ANNEX_OWN = rf"^\s*附\s*件\s*(?P<number>[0-9]{{1,2}}|[{DIGITS}]{{1,3}})?\s*[:：]?\s*$"
ANNEX_NAMED = rf"附件\s*([0-9]{{1,2}}|[{DIGITS}])(?![0-9.．、:：]|\s*[:：])"
COUNTING = f"[{NUMERALS}]+"
