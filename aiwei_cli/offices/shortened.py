"""How a notice shortens names itself, 综合执法局（以下简称执法局）: ``shortened`` of ``rules/offices.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiwei_cli.language.patterns import either, pattern


class Shortened:
    """What such brackets look like."""

    def __init__(self, data: Mapping[str, Sequence[str]]) -> None:
        words = either(data["words"])
        self.words = pattern(words)
        self.lasts = frozenset([word[-1] for word in data["words"]])
        """Words without which a text shortens no name."""
        self.brackets = pattern(
            rf"([^\s，。；：、（）()《》“”]{{3,}})[（(](?:{words})[:：]?"
            r"[“\"「]?([^，。；、（）()”\"」\s]{2,})[”\"」]?[）)]"
        )
        """The full name and the short one, where they are looked for: they may be as long as that."""
        self.remark = pattern(rf"[（(][^（(）)]{{0,20}}(?:{words})[^（(）)]{{0,20}}[）)]")
        """Brackets with such a word in them."""
        self.before = frozenset(data["before"])
        """What may come before a name and is not a part of it."""
