"""What may come before a department: a level (省, 市委), a place (图克镇), or several levels (县（市、区）)."""

from __future__ import annotations

import re
from typing import Any

from aiwei_cli.language.chars import loose
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.places import LEVELS, ORGANS
from aiwei_cli.offices.ends import Ends

_MEMO = 50_000
_UNREAD: Any = object()


class Places:
    """The places and levels before departments. What it remembers can be recomputed, so threads may share it."""

    def __init__(self, levels: frozenset[str], ends: Ends) -> None:
        """``levels`` are the words of offices.yaml for a level without a place: 省, 自治区."""
        self.body = pattern(rf"[^\W\d_请][^{re.escape(ends.bodies)}各和与及等的、（）\d请]*")
        """A place name has no organisation's word in it, except as its first character (站前区), and no figure."""
        self._levels = levels
        self._letters = frozenset("".join(levels))
        self._memo: dict[str, str | None] = {}

    def full(self, words: str) -> str | None:
        """The full form of what comes before a department, or None."""
        found: str | None = self._memo.get(words, _UNREAD)
        if found is _UNREAD:
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            found = self._memo[words] = self._read(words)
        return found

    def known(self, words: str) -> bool:
        return self.full(words) is not None

    def _read(self, words: str) -> str | None:
        if words in self._levels:
            return words
        for organ, kept in ORGANS:
            if words.endswith(organ):
                base = self.full(words[: -len(organ)])
                return None if base is None else base + kept
        letters = loose(words)
        if letters != words and set(letters) <= self._letters:  # 县（市、区）
            return words
        ends = words[-1:] in LEVELS or words[-2:] in LEVELS
        return words if ends and 2 <= len(words) <= 20 and self.body.fullmatch(words) else None
