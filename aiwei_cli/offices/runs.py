"""Names that a notice ran together: 城市管理办财政所 is two offices, 国家发展改革委能源局 is one.

A name is cut only where every piece is known and no piece can be a part of the one before it. A part comes after
its whole and is of a lower rank (公安局 + 派出所), or is one of the bureaus that belong to others (能源局). So the
pieces of a run must not fall in rank; whole national names, bare departments and departments with a place do not mix.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from aiwei_cli.language.places import DEPARTMENTS_OF_PARTIES, PARTIES
from aiwei_cli.records import NamedTuple

_LONGEST = 24
"""The longest name of an office in a run."""


class Ranks(NamedTuple):
    """What names of the lowest and of the highest rank end in."""

    low: tuple[str, ...]
    high: tuple[str, ...]


class _RunPiece(NamedTuple):
    words: str
    kind: str
    """whole, own (of the notice itself), or the prefix of a department; empty for a bare department."""
    rank: int
    own: bool
    """True where the notice also has the name by itself."""


def split(
    name: str,
    kind_of: Callable[[str], str | None],
    lasts: Collection[str],
    subordinate: Collection[str],
    own: Collection[str],
    ranks: Ranks,
) -> list[str] | None:
    """The pieces of ``name``, at least two; None where no cut is certain.

    ``kind_of`` says what a known name is (see ``Offices._piece``), ``lasts`` what one may end in, ``ranks`` what tells
    its rank. Of two ways to cut, neither is certain unless one has fewer pieces. The work is bounded by the length of
    the name times the longest piece.
    """
    ways: dict[int, list[list[_RunPiece]]] = {0: [[]]}
    """Where a piece may end → the ways to cut the name up to there."""
    whole = len(name)
    for end in range(2, whole + 1):
        if name[end - 1] not in lasts and not own:
            continue
        found: list[list[_RunPiece]] = []
        for start, before in ways.items():
            if not end - _LONGEST <= start < end - 1 or (start == 0 and end == whole):
                continue
            piece = _piece(name[start:end], kind_of, own, ranks)
            if piece is not None:
                found += [[*way, piece] for way in before if not way or _parted(way[-1], piece, subordinate)]
        if found:
            fewest = min(map(len, found))
            # Two of each length are enough to see that a cut is not certain.
            ways[end] = [way for way in found if len(way) == fewest][:2]
    last = ways.get(whole, ())
    return [piece.words for piece in last[0]] if len(last) == 1 else None


def _piece(words: str, kind_of: Callable[[str], str | None], own: Collection[str], ranks: Ranks) -> _RunPiece | None:
    kind = kind_of(words)
    if kind is None and words in own and len(words) > 2:
        kind = "own"
    if kind is None:
        return None
    rank = words.endswith(ranks.high) - words.endswith(ranks.low)
    return _RunPiece(words, kind, rank, words in own)


def _parted(left: _RunPiece, right: _RunPiece, subordinate: Collection[str]) -> bool:
    """True where ``right`` cannot be a part of ``left``."""
    if right.words in subordinate or right.words == left.words:
        return False
    if left.words.endswith(PARTIES) and right.words.startswith(DEPARTMENTS_OF_PARTIES):
        return False
    both = left.own and right.own
    if right.kind == "whole":
        return left.kind in ("whole", "")
    if right.rank < left.rank:
        # 综合执法局城市管理办 in a town whose notice has both by themselves
        return both and not right.rank and right.kind in ("", "own")
    if left.kind == "whole":
        return False
    if right.kind == "own" or left.kind == "own":
        return True
    if right.kind:
        return right.kind == left.kind or not left.kind
    return both or (not left.kind and not (left.words.endswith(("委", "委员会")) and right.words.endswith("局")))
