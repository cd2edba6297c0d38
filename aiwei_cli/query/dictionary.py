"""Whether characters are a word by themselves, by jieba's dictionary, which is looked up in its file.

jieba loads all its 350,000 words, which takes half a second; a question and the few places around what it found need
some dozens. The file is sorted, so a word is found by halves. As with jieba, a text is read as the most probable row of
words; unknown words are not guessed.
"""

from __future__ import annotations

import mmap
import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from math import log
from pathlib import Path

_ALL = log(60_000_000)
"""About how many words were counted to make jieba's dictionary."""
_NAME = 1_000_000
"""How often a name counts as seen: as often as the commonest words, so that it stays one word."""
_LONGEST = 12
"""Letters of a word."""
_AROUND = 5
"""Letters beside a place that are read with it."""
_A_LINE = 200
"""The most bytes of a line."""
_RUN = re.compile(r"[\u4e00-\u9fff]+|[^\W_\u4e00-\u9fff]+")


class Dictionary:
    """jieba's words, and names that are words too."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = sorted(names)

    def cut(self, text: str) -> list[str]:
        """The words of a text, without blanks and punctuation. Letters that are in no word are one word together."""
        return [word for run in _RUN.findall(text) for word in _joined(self._read(run))]

    def stands(self, text: str, start: int, end: int) -> bool:
        """Whether the characters from ``start`` to ``end`` begin and end where words do, or are a word in a longer
        one."""
        first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
        inside = end - start > 1 and self._seen(text[start:end]) > 0
        at = first
        for word in self._read(text[first:last]):
            ends = at + len(word)
            if at < start < ends:
                return inside and end <= ends
            if at < end < ends:
                return inside and at == start
            at = ends
        return True

    def _read(self, text: str) -> list[str]:
        """The most probable row of words."""
        best = {len(text): (_ALL, len(text))}
        for start in range(len(text) - 1, -1, -1):
            ways = []
            for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
                seen = self._seen(text[start:end])
                if seen > 0 or end == start + 1:
                    ways.append((log(max(seen, 1)) - _ALL + best[end][0], end))
                elif seen < 0:
                    break
            best[start] = max(ways)
        words, at = [], 0
        while at < len(text):
            words.append(text[at : best[at][1]])
            at = best[at][1]
        return words

    def _seen(self, word: str) -> int:
        """How often a word was seen; -1 where not even a longer word begins with it."""
        at = bisect_left(self._names, word)
        name = self._names[at] if at < len(self._names) else ""
        return _NAME if name == word else max(_looked_up(word), 0 if name.startswith(word) else -1)


def _joined(words: Iterable[str]) -> list[str]:
    """Letters that stand alone beside each other, as one word."""
    found: list[str] = []
    alone = False
    for word in words:
        if alone and len(word) == 1:
            found[-1] += word
        else:
            found.append(word)
        alone = len(word) == 1
    return found


@lru_cache(maxsize=1)
def _file() -> tuple[mmap.mmap | bytes, int]:
    """The dictionary, a line a word with how often it was seen, and where its Chinese words begin, which are sorted."""
    data: mmap.mmap | bytes = b""
    spec = find_spec("jieba")  # which is not imported
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "dict.txt"
        if path.is_file():
            with path.open("rb") as file:
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return data, data.find("\n一 ".encode()) + 1


@lru_cache(maxsize=50_000)
def _looked_up(word: str) -> int:
    """How often the file says a word was seen; 0 where only longer words begin with it, -1 where none does."""
    (data, low), wanted = _file(), word.encode("utf-8", "replace")
    high = len(data)
    while low < high:
        middle = (low + high) // 2
        start = data.rfind(b"\n", low, middle) + 1 or low
        end = data.find(b"\n", middle) + 1 or len(data)
        if data[start:end].partition(b" ")[0] < wanted:
            low = end
        else:
            high = start
    found, _, rest = data[low : low + _A_LINE].partition(b" ")
    if found == wanted:
        return int(rest.split()[0])
    return 0 if found.startswith(wanted) else -1
