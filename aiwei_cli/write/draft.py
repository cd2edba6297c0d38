"""A draft of a user's own offices.yaml: the offices of some notices that no rule knows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from aiwei_cli.query.table import Row

_HEAD = """\
# 这些单位规则里没有，按原文照录。请逐条看一看：
#   是一个单位的，留着；是别名的，在正式名称后面写等号和别名："综合行政执法局 = 综合执法局 执法局"；不是单位的，删去。
# 存为自己的规则文件夹里的 offices.yaml，用 --rules 或 AIWEI_RULES 给出；aiwei rules check 文件夹 可检查。
offices:
"""


def write_draft(rows: Iterable[Row], out: TextIO) -> None:
    """One line an office, with the number of its duties. Names that hold 等号 are written so that none is split."""
    out.write(_HEAD)
    for row in rows:
        name = json.dumps(row.get("office"), ensure_ascii=False)
        entry = f"{{name: {name}}}" if "=" in name or " " in name else name
        out.write(f"  - {entry}  # {row.get('total')} 项\n")
