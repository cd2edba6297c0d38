"""What a diagnostic can say. A code never changes its meaning."""

from __future__ import annotations

CODES: dict[str, str] = {
    "C001": "责任分工没有读懂，原样留在正文里",
    "C002": "责任分工里有一部分没有读懂",
    "N001": "编号后面缺标点，按前后顺序读作编号",
    "N002": "编号不连续",
    "O001": "规则里没有这个单位，按原文照录",
    "P001": "PDF 的一页是图片，没有读到文字",
    "T001": "没有找到编号，正文为空",
    "T002": "没有找到责任分工",
}
"""Code → what it means, in Chinese."""
