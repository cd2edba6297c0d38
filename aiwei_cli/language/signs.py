"""Where single characters and short words are in a text, how deep in brackets, and which brackets hold plain words."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, count
from operator import add

from aiwei_cli.language.chars import ANGLES, CLOSING, OPENING, QUOTES

_OPENS, _CLOSES = frozenset(OPENING + ANGLES[0] + QUOTES[0]), frozenset(CLOSING + ANGLES[1] + QUOTES[1])


def occurrences(text: str, characters: str, start: int = 0, end: int | None = None) -> list[int]:
    """Where some characters are, in order. Splitting the text and adding up the lengths costs a fifth of a pattern that
    looks for any of them.

    >>> occurrences("一（二）三【四】", "（【")
    [1, 5]
    """
    if start or end is not None:
        text = text[start:end]
    found: list[int] = []
    for character in characters:
        if character in text:
            found += map(add, accumulate(map(len, text.split(character))), count(start))
            found.pop()  # the end of the text
    found.sort()
    return found


def depths(text: str, marks: Iterable[int]) -> Iterator[tuple[int, int]]:
    """How many brackets are open before each of some marks, which are in order; -1 where one closes that nothing has
    opened. The brackets that count are those among the marks.

    >>> list(depths("县（区）、乡）", [1, 3, 4, 6]))
    [(1, 0), (3, 1), (4, 0), (6, -1)]
    """
    depth = 0
    for at in marks:
        sign = text[at]
        if sign in _OPENS:
            yield at, depth
            depth += 1
        elif sign in _CLOSES:
            yield at, depth or -1
            depth -= depth > 0
        else:
            yield at, depth


def by_last(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by their last letters, for :func:`word_places`."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[-1:], []).append(word)
    return found


def each_place(text: str, word: str) -> Iterator[int]:
    """Where a word begins, in order; the next one may begin inside it."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def by_first(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by their first two letters, where these are rarer than the last one: 各项 of 各项任务 and 各项举措."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[:2], []).append(word)
    return found


def beginnings(text: str, words: Mapping[str, Sequence[str]]) -> Iterator[int]:
    """Where words begin that are looked for by their first letters.

    >>> list(beginnings("各项任务由各单位负责", by_first(["各项任务", "各项举措"])))
    [0]
    """
    for first, alike in words.items():
        yield from (at for at in each_place(text, first) if text.startswith(tuple(alike), at))


def word_places(text: str, words: Mapping[str, Sequence[str]]) -> Iterator[int]:
    """Where words begin. They are looked for by their last letters: one letter is found several times as fast as two.

    >>> sorted(word_places("负责单位，配合部门、单位", by_last(["单位", "部门"])))
    [2, 7, 10]
    """
    for last, alike in words.items():
        at = text.find(last)
        while at >= 0:
            for word in alike:
                if text.endswith(word, 0, at + 1):
                    yield at + 1 - len(word)
            at = text.find(last, at + 1)


@lru_cache(maxsize=16)
def all_occurrences(text: str, characters: str) -> tuple[int, ...]:
    """The same for a whole text; several rooms ask it of the same one."""
    return tuple(occurrences(text, characters))


@lru_cache(maxsize=4)
def pairs(text: str) -> tuple[tuple[tuple[int, int], ...], int]:
    """Where brackets open, each with the place where it closes if there are neither brackets nor line ends between,
    else -1; and how many close.

    >>> pairs("（甲（乙）丙）")
    (((0, -1), (2, 4)), 2)
    """
    end = len(text)
    openings, closings = all_occurrences(text, OPENING), [*all_occurrences(text, CLOSING), end]
    found = []
    for at, following in zip(openings, [*openings[1:], end], strict=False):
        close = closings[bisect(closings, at)]
        found.append((at, close if close < following and text.find("\n", at, close) < 0 else -1))
    return tuple(found), len(closings) - 1


def around(text: str, opened: Sequence[tuple[int, int]], i: int) -> int:
    """Where bracket ``i`` of :func:`pairs` closes, if it holds brackets that hold no others; -1 where it does not
    close.

    >>> text = "各县（市（区）、园区）"
    >>> around(text, pairs(text)[0], 0)
    10
    """
    closings, at = all_occurrences(text, CLOSING), opened[i][0]
    following = bisect(closings, at)
    for inner in range(i + 1, len(opened)):
        begin, close = opened[inner]
        if following == len(closings) or closings[following] < begin:
            break
        if close < 0:
            return -1
        following += 1
    if following == len(closings) or text.find("\n", at, closings[following]) >= 0:
        return -1
    return closings[following]


def is_left_open(text: str) -> bool:
    """Whether a line leaves a bracket open. Closed brackets in it may not hold others.

    >>> is_left_open("各县（市（区）\\n政府）"), is_left_open("各县（市（区））政府）")
    (True, False)
    """
    openings, closings = all_occurrences(text, OPENING), all_occurrences(text, CLOSING)
    outer = [at for at, close in pairs(text)[0] if close < 0]
    for at, following in zip(outer, [*outer[1:], None], strict=False):
        line = text.find("\n", at, following)
        if line < 0 and following is not None:
            continue  # the next one is open in the same line
        end = line if line >= 0 else len(text)
        if bisect(openings, end) - bisect(openings, at) == bisect(closings, end) - bisect(closings, at):
            return True
    return False
