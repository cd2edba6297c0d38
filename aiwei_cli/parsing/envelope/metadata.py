"""The words of web pages around a notice: what a line of metadata is, 索引号：…, 首页 > 政务公开."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiwei_cli.language.chars import SPACE
from aiwei_cli.language.patterns import either, pattern

_LONGEST_KEY = 16
"""A key is four characters; a page that sets them apart puts a few blanks between."""


class Metadata:
    """The ``metadata`` of ``rules/header.yaml``."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._keys = frozenset(data["keys"])
        self._says = {key: field for field, keys in data["says"].items() for key in keys}
        self._where = (*data["here"], *data["home"])
        here, home = (either(data[name]) for name in ("here", "home"))
        self._crumbs = pattern(rf"^(?:[您你]?的?(?:{here})\s*[:：]|[^。，>＞»›]{{0,12}}(?:{home})\s*[>＞»›])[^。]*$")
        self.flat = tuple(data["flat"])
        """What tells a page where line breaks are lost."""
        keys = either([*data["keys"], *data["flat_keys"]])
        sizes, buttons = (either(data[name]) for name in ("sizes", "buttons"))
        # 来源：某局 发布时间：2023-03-08 10:09 字号：大 中 小 【打印】
        self.flat_word = pattern(
            rf"\s*(?:(?:{keys}){SPACE}*[:：]{SPACE}*(?:(?:{sizes})(?=\s){SPACE}*)*"
            rf"[^\s：:。；，]{{0,40}}(?:{SPACE}\d\d?:\d\d(?::\d\d)?)?|[【\[][^【】\[\]]{{1,20}}[】\]]|{buttons})(?=[\s【\[])"
        )
        """What a page puts between title and addressees where line breaks are lost."""

    def says(self, words: str) -> tuple[str, int] | None:
        """The field that a line of metadata has the value of, and where the value begins."""
        key, colon, value = words.replace(":", "：").partition("：")
        field = self._says.get("".join(key.split())) if colon else None
        return (field, len(words) - len(value.lstrip())) if field is not None else None

    def holds(self, words: str) -> bool:
        """Whether a line is a key and its value, or says where in a website a page is.

        >>> metadata = dict.fromkeys(("flat", "flat_keys", "sizes", "buttons"), ())
        >>> metadata = Metadata({"keys": ["索引号"], "says": {}, "here": ["当前位置"], "home": ["首页"], **metadata})
        >>> [metadata.holds(words) for words in ("索 引 号：0001", "您当前位置：首页", "各镇人民政府：")]
        [True, True, False]
        """
        begin = words[:_LONGEST_KEY]
        if "：" in begin or ":" in begin:
            key = begin.replace(":", "：").partition("：")[0]
            if "".join(key.split()) in self._keys:
                return True
        return any(where in words for where in self._where) and self._crumbs.match(words) is not None
