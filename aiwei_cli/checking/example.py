"""The notice around the examples of the rules: an example has only the lines that its rule is about."""

from __future__ import annotations

TITLE = "甲县人民政府办公室关于做好防汛工作的通知\n"
ADDRESSED = "各乡镇人民政府：\n现将有关事项通知如下：\n"
HEAD = TITLE + ADDRESSED
SIGNED = "甲县人民政府办公室\n2024年3月5日\n"


def in_notice(body: str) -> str:
    """The lines as the body of the notice."""
    return HEAD + body + SIGNED
