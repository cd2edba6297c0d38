"""What a web page puts after a notice: 主办单位：…, 版权所有, 网站标识码, ICP备…. It assigns nothing.

主办单位：县档案馆 may be a label of a task as well. So a footer is only at the very end: a run of lines that footers
have, at least one of which no notice has, 版权所有 or 网站标识码. Reading labels never asks for it: what is in the tail
of a notice is no clause.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from aiwei_cli.language.patterns import pattern

_LINES = 40
"""A footer has no more lines."""
_LONGEST = 40
"""A longer line without words of a footer ends the run."""
_BEHIND = 400
"""How far from the end it may be where line breaks are lost, after the last full stop or bracket."""


class Footer:
    """The ``footer`` of ``rules/header.yaml``.

    >>> nothing = dict.fromkeys(("boxed", "labels", "flat_labels", "flat_words"), ())
    >>> keepers = {"keepers": ["主办"], "flat_keepers": ["主办"], "tails": ["单位"]}
    >>> footer = Footer({"sure": ["网站标识码"], "words": ["打印"], **keepers, **nothing})
    >>> footer.first_line(["按月报送。", "打印　关闭", "主办单位：甲县人民政府", "网站标识码：0000000000"])
    1
    >>> text = "三、做好总结。主办单位：石桥县人民政府　网站标识码：0000000000"
    >>> text[: footer.first_character(text, 2)], footer.first_character(text[:18], 2)
    ('三、做好总结。', 18)
    """

    def __init__(self, data: Mapping[str, Sequence[str]]) -> None:
        sure = "|".join([*map(re.escape, data["sure"]), rf"[【\[](?:{_letters(data['boxed'])})[】\]]"])
        weak, weak_in_line = (_weak(data, at) for at in ("", "flat_"))
        self._sure = pattern(sure)
        """Words that only a page has."""
        self._weak = pattern(rf"^[\s·|｜/]*(?:{weak})")
        """Words that a page and a notice may have."""
        self._in_line = pattern(rf"{sure}|{weak_in_line}")

    def first_line(self, words: Sequence[str]) -> int:
        """Which of some lines the footer at their end begins with; their number where there is none."""
        start, sure = len(words), len(words)
        for i in reversed(range(max(0, len(words) - _LINES), len(words))):
            if "。" in words[i]:
                break
            if self._sure.search(words[i]) is not None:
                sure = start = i
            elif self._weak.match(words[i]) is not None:
                start = i
            elif sure < len(words) or len(words[i]) > _LONGEST:
                break
        return start if sure < len(words) else len(words)

    def first_character(self, text: str, start: int) -> int:
        """Where the footer at the end of a text without line breaks begins; the end of the text where there is none."""
        low = max(start, len(text) - _BEHIND, *(text.rfind(mark, start) + 1 for mark in "。）)"))
        if self._sure.search(text, low) is None:
            return len(text)
        found = self._in_line.search(text, low)
        return found.start() if found else len(text)


def _weak(data: Mapping[str, Sequence[str]], at: str) -> str:
    keepers, tails = _letters(data[f"{at}keepers"], r"\s*"), _letters(data["tails"])
    labels, words = _letters(data[f"{at}labels"]), _letters(data[f"{at}words"])
    return rf"(?:网站)?(?:{keepers})(?:{tails})?[:：]|(?:{labels})[:：]|[【\[]?(?:{words})"


def _letters(words: Sequence[str], between: str = "") -> str:
    """One of some words, with what may be between their letters; where there are none, what is never found."""
    return "|".join([between.join(map(re.escape, word)) for word in words]) or r"(?!)"
