"""What a diagnostic can say. A code never changes its meaning."""

from __future__ import annotations

from typing import NamedTuple

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


class Advice(NamedTuple):
    """What ``aiwei explain`` says of a code besides its meaning."""

    why: str
    example: str
    cure: str


ADVICE: dict[str, Advice] = {
    "C001": Advice(
        "括号或字段名里有分工的字样（牵头、负责、责任单位……），可是认不出是哪个单位，或者不在能认的位置。",
        "（以上事项由专班统筹负责）",
        "看一看原文：是单位的，写进自己的 offices.yaml；是没有见过的动词或字段名，写进 roles.yaml 的 verbs、labels。",
    ),
    "C002": Advice(
        "一处责任分工读出了一部分，其余的字没有读懂；或者谁牵头要看黑体、下划线，文字里看不见。",
        "（县水利局、县林业局，以黑体字标注的为牵头部门）",
        "看一看指出的那几个字：漏了单位的，在导出的表里补上；常见的说法写进自己的 roles.yaml。",
    ),
    "N001": Advice(
        "数字后面没有点或顿号，但前后的编号连得上，所以读作编号。",
        "5健全安全监管机制。",
        "看一看它是不是编号。是的话不用改；不是的话，在原文里和前一个字连在一行。",
    ),
    "N002": Advice(
        "同一层的编号跳了号、重了号，或不从一开始。",
        "一、……　三、……",
        "看一看原文是不是少了一项，或编错了号；原文如此的不用改。",
    ),
    "O001": Advice(
        "规则里没有这个名称，也不能拆成地名加部门，所以照原文写，几种写法不会合在一起。",
        "（党群服务站负责）",
        "把它写进自己的 offices.yaml，如 offices: [党群服务中心 = 党群服务站]；aiwei rules init 文件夹 可建一份。",
    ),
    "P001": Advice(
        "PDF 的这一页只有图片，或是扫描件，里面没有文字。",
        "通知.pdf 第 3 页",
        "用带文字识别（OCR）的软件转换，或请发文单位给一份 Word、网页版。",
    ),
    "T001": Advice(
        "整篇没有一、（一）1. 这样的编号，所以没有事项。",
        "只有一段话的通知",
        "看一看文件是不是公文正文；编号是自动生成的图形或文本框的，请另存为文本再试。",
    ),
    "T002": Advice(
        "有编号的事项，但没有一项写明谁牵头、谁负责。",
        "一、加强宣传。二、做好总结。",
        "原文确实没有分工的不用改；写在正文叙述里、没有读出来的要自己补；字段名特别的，写进自己的 roles.yaml。",
    ),
}
"""Code → what to make of it, in Chinese."""
