"""What people call the roles, and where a duty is stated, whatever the words of a notice are."""

from __future__ import annotations

CALLED = {
    "lead": "lead 牵头 牵头单位 牵头部门 牵头负责 负责牵头 主办 主办单位 主责 主责单位",
    "responsible": "responsible 负责 责任 责任单位 责任部门 承办 承办单位 落实 落实单位 分工负责",
    "support": "support 配合 配合单位 配合部门 参与 参加单位 协助 协同 协办 协办单位",
}
"""The words by which people ask for a role."""
CALLED_STATED = {"clause": "clause 分工条款 条款 括号", "table": "table 任务表 表格 表", "prose": "prose 正文 句子"}
"""The words by which people ask for the place where a duty is stated."""
TITLES = {"lead": "牵头单位", "responsible": "责任单位", "support": "配合单位"}
"""What names the offices of a role above a column, or before a colon."""
