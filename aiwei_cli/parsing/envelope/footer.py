"""What a web page puts behind a notice: 主办单位：…, 版权所有, 网站标识码, ICP备…. It assigns nothing.

主办单位：县档案馆 may be a label of a task as well. So a footer is only what stands at the very end, in a run of lines
that are all of a footer, one of which no notice has: 版权所有, 网站标识码. Reading labels never asks for it: what the
tail of a notice has is no clause.
"""

from __future__ import annotations

from collections.abc import Sequence

from aiwei_cli.language.patterns import pattern

_SURE = pattern(
    r"版权所有|网站标识码|ICP备|公网安备|公安备案?|网站地图|站点地图|网站声明|当前页|本页二维码|[Cc]opyright|©"
    r"|打印(?:本页|此页|文章)|关闭(?:窗口|本页)|[【\[](?:打印|关闭|打印本页|关闭窗口)[】\]]"
)
"""What only a page has."""
_WEAK = pattern(
    r"^[\s·|｜/]*(?:(?:网站)?(?:主\s*办|承\s*办|协\s*办|管理|运维|维护|制作|开发|运营)(?:单位|部门|方)?[:：]|技术(?:支持|保障)[:：]"
    r"|[【\[]?(?:打印|关闭|分享|收藏|返回顶部|上一[篇条]|下一[篇条]|联系我们|关于我们|隐私|无障碍|扫一扫|浏览次数|访问量|备案)"
    r"|(?:地址|邮编|邮政编码|网址|网站邮箱|备案序?号)[:：])"
)
"""What a page has too."""
_LINES = 40
"""A footer has no more lines."""
_BEHIND = 400
"""Where line breaks are lost it stands in the last so many characters, behind the last full stop or bracket."""


def first_line(words: Sequence[str]) -> int:
    """Which of some lines the footer at their end begins with; their number where there is none.

    >>> first_line(["按月报送。", "打印　关闭", "主办单位：甲县人民政府", "网站标识码：0000000000"])
    1
    """
    start, sure = len(words), len(words)
    for i in range(len(words) - 1, max(0, len(words) - _LINES) - 1, -1):
        if "。" in words[i]:
            break
        if _SURE.search(words[i]) is not None:
            sure = start = i
        elif _WEAK.match(words[i]) is not None:
            start = i
        elif sure < len(words) or len(words[i]) > 40:
            break
    return start if sure < len(words) else len(words)


def first_character(text: str, start: int) -> int:
    """Where the footer at the end of a text without line breaks begins; the end of the text where there is none.

    >>> text = "三、做好总结。主办单位：石桥县人民政府　网站标识码：0000000000"
    >>> text[: first_character(text, 2)], first_character(text[:18], 2)
    ('三、做好总结。', 18)
    """
    low = max(start, len(text) - _BEHIND, *(text.rfind(mark, start) + 1 for mark in "。）)"))
    if _SURE.search(text, low) is None:
        return len(text)
    found = _IN_LINE.search(text, low)
    return found.start() if found else len(text)


_IN_LINE = pattern(
    rf"{_SURE.pattern}|(?:网站)?(?:主办|承办|管理|维护)(?:单位)?[:：]|技术支持[:：]|打印|扫一扫|[【\[]?分享|联系我们"
)
