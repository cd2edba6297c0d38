"""Text as the full-text index takes it: one token a character, and words by jieba.

Any phrase of characters is found, wherever jieba would have cut; words say how well it fits. Both sides, text and
question, go through the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable

from aiwei_cli.query.asked import squeezed
from aiwei_cli.query.words import Cutter

# SQLite ends a question at NUL, and takes U+180E for a blank, which Python does not.
_ODD = {0: "\ufffd", 0x180E: "\ufffd"}
_MEMORY = 20_000


def characters(text: str) -> str:
    """A text as its characters with blanks between them; white space is dropped, capitals are small."""
    return " ".join(squeezed(text).translate(_ODD))


def phrase(words: str) -> str:
    """The question for these very characters in a row."""
    return quoted(characters(words))


def quoted(text: str) -> str:
    """A string of the query language of FTS5."""
    return '"' + text.replace('"', '""') + '"'


class IndexWords:
    """Texts as the words in them, short ones inside long ones too. jieba is loaded at the first text."""

    def __init__(self, names: Iterable[str]) -> None:
        self.cutter = Cutter(names)
        self._seen: dict[str, str] = {}

    def indexed(self, text: str) -> str:
        """The words with blanks between them. One heading has many items, so what was cut is kept for a while."""
        if not text:
            return ""
        cut = self._seen.get(text)
        if cut is None:
            if len(self._seen) >= _MEMORY:
                self._seen.clear()
            cut = self._seen[text] = " ".join(self.cutter.pieces(text))
        return cut
