"""What a web page puts before a notice: 索引号：…, 发布日期：…, 首页 > 政务公开, and the front matter of Markdown."""

from __future__ import annotations

from aiwei_cli.language.patterns import pattern
from aiwei_cli.parsing.envelope.page import Page

_KEYS = frozenset(
    [
        *["索引号", "发文机关", "发布机构", "发文机构", "制发机关", "标题", "名称", "文号", "成文日期"],
        *["发文日期", "发布日期", "发布时间", "公开日期", "主题词", "主题分类", "信息分类", "分类", "有效性"],
        *["生效日期", "废止日期", "体裁", "关键词", "信息来源", "来源", "字号", "栏目", "所属栏目"],
    ]
)
_LONGEST_KEY = 16
"""A key is four characters; a page that sets them apart puts a few blanks between."""
_CRUMBS = pattern(r"^(?:[您你]?(?:的?当前|现在)的?位置\s*[:：]|[^。，>＞»›]{0,12}首页\s*[>＞»›])[^。]*$")
_FRONT_KEY = pattern(r"^(?:[\w-]+\s*:|-\s)")
_LINES = 40
"""Metadata stands at the top: a table of some twenty lines, each with its value in the line below at most."""
_FRONT_LINES = 30


def metadata(page: Page) -> None:
    """Take the lines of metadata."""
    first = _front_matter(page)
    for i, line in enumerate(page.lines[first:_LINES], first):
        if line.text[0] == ">" or is_metadata(line.text):  # a quotation of Markdown before the notice
            page.take("metadata", i, i)


def is_metadata(words: str) -> bool:
    """Whether a line is a key and its value, or says where in a website a page is.

    >>> [is_metadata(words) for words in ("索 引 号：0001", "您当前的位置：首页", "各镇人民政府：")]
    [True, True, False]
    """
    key = words[:_LONGEST_KEY].replace(":", "：").partition("：")
    if key[1] and "".join(key[0].split()) in _KEYS:
        return True
    return ("位置" in words or "首页" in words) and _CRUMBS.match(words) is not None


def _front_matter(page: Page) -> int:
    """What stands between --- and --- before a page in Markdown: the number of its lines."""
    if page.lines[0].text != "---":
        return 0
    for i, line in enumerate(page.lines[1:_FRONT_LINES], 1):
        if line.text == "---":
            page.take("metadata", 0, i)
            return i + 1
        if not _FRONT_KEY.match(line.text):
            break
    return 0
