"""Words of a text by jieba, which knows each office as one word.

jieba is the slowest thing this package can ask for (half a second to load its dictionary), so nothing imports this
module before somebody asks for words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any

from aiwei_cli.resources import cache_folder


class Cutter:
    """Cuts texts into words. The dictionary is loaded at the first cut."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = tuple(names)

    @cached_property
    def _tokenizer(self) -> Any:
        return _loaded(self._names)

    def cut(self, text: str) -> list[str]:
        """The words of a text, without blanks and punctuation."""
        return [word for word in self._tokenizer.cut(text) if any(char.isalnum() for char in word)]

    def holds(self, text: str, pieces: Sequence[str]) -> bool:
        """Whether all pieces are in the text as words: each begins and ends where words do, also where these are parts
        of longer words.

        A piece of several words may also be there in parts: 环境整治 in 环境卫生整治.
        """
        starts: set[int] = set()
        ends: set[int] = set()
        for _, start, end in self._tokenizer.tokenize(text, mode="search"):
            starts.add(start)
            ends.add(end)
        return all(self._holds(text, piece, starts, ends) for piece in pieces)

    def _holds(self, text: str, piece: str, starts: set[int], ends: set[int]) -> bool:
        if _stands(text, piece, starts, ends):
            return True
        words = self.cut(piece)
        return len(words) > 1 and all(_stands(text, word, starts, ends) for word in words)


def _stands(text: str, word: str, starts: set[int], ends: set[int]) -> bool:
    return any(text.startswith(word, at) and at + len(word) in ends for at in starts)


@lru_cache(maxsize=2)
def _loaded(names: tuple[str, ...]) -> Any:
    """jieba with its dictionary and these names. Loading takes half a second, so it stays."""
    # jieba asks pkg_resources for its dictionary: slow, and broken beside some versions of setuptools.
    held = {name: sys.modules.pop(name) for name in ("pkg_resources",) if name in sys.modules}
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its invalid escapes
            import jieba
    finally:
        del sys.modules["pkg_resources"]
        sys.modules.update(held)
    import logging

    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    folder = cache_folder()
    tokenizer.tmp_dir = str(folder) if folder else None
    for name in names:
        tokenizer.add_word(name)
    return tokenizer
