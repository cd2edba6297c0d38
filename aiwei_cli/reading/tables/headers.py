"""The headers of tables: which column names offices, which a time, a person, the task.

The words that name offices, times and persons are those of ``rules/roles.yaml``, a user's own among them: a label that
is read in running text is read above a column too. What only headers say stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_ROLES = ("lead", "responsible", "support")
_ROLES_TOO = ("主管", "分管", "完成", "监管", "组织", "督办")
"""Above a column, 主管单位 names offices; in running text it may be anything."""
_TAILS_TOO = ("乡镇", "市县", "县区")
_NEVER_ALONE = ("落实",)
"""A column 落实 says whether it was done."""
_TIMES = ("时限", "时间", "期限", "节点", "进度", "日期")
_PERSONS = ("领导", "责任人", "负责人", "联系人", "牵头人")
_NUMBER = re.compile(r"(?:任务|事项|条目|项目)?(?:序号|编号|项次|序)")
_TASK = re.compile(
    r".{0,8}(?:任务|事项|内容|举措|措施|要点|项目|目标|要求|工作|指标|政策|条款|问题|做法|安排)(?:名称|内容|分解|要求|描述|清单|分工|说明)?"
)
_GROUP = re.compile(r".{0,6}(?:类别|类型|分类|领域|板块|方面|环节|大类|专项|部分|章节|层级)")


class Headers:
    """What the title of a column says, by ``labels`` and ``fields`` of ``rules/roles.yaml``. Titles hold no blanks."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        labels, fields = data["labels"], data["fields"]
        stems = _either([*(stem for role in _ROLES for stem in labels[role]), *_ROLES_TOO])
        tails = _either([*labels["tails"], *_TAILS_TOO])
        self._alone = frozenset(labels["alone"]).difference(_NEVER_ALONE)
        self._role = re.compile(rf".{{0,6}}(?:{stems}).{{0,6}}(?:{tails})(?:[（(].{{0,20}}[）)])?")
        self._time = re.compile(rf".{{0,6}}(?:{_either(_TIMES)}).{{0,6}}|{_either(fields['deadline'])}")
        self._person = re.compile(rf".{{0,6}}(?:{_either(_PERSONS)})|{_either(fields['person'])}")

    def role(self, title: str) -> bool:
        return title in self._alone or self._role.fullmatch(title) is not None

    def label(self, title: str) -> str:
        """What stands before the colon when a cell of the column becomes a line: 牵头 alone is a word of prose too."""
        return f"{title}单位" if title in self._alone else title

    def time(self, title: str) -> bool:
        return self._time.fullmatch(title) is not None

    def task(self, title: str) -> bool:
        return not self.role(title) and not self.time(title) and _TASK.fullmatch(title) is not None

    def labelled(self, title: str) -> bool:
        """Whether the title is a label of the task rather than a part of it: who, and until when."""
        return self.role(title) or self.time(title) or self._person.fullmatch(title) is not None

    @staticmethod
    def number(title: str) -> bool:
        return _NUMBER.fullmatch(title) is not None

    @staticmethod
    def group(title: str) -> bool:
        return _GROUP.fullmatch(title) is not None


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))
