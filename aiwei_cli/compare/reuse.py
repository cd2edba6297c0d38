"""What a plan took over word for word from another, and which names of the other's place were left in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aiwei_cli.language.chars import HAN
from aiwei_cli.language.places import TOWNS
from aiwei_cli.notice.model import Notice, Span
from aiwei_cli.records import record

_RUN = 13
"""This many equal characters in a row are not chance: the common phrases of notices are shorter."""
_BLANK = re.compile(r"\s+")
_PLACE = re.compile(rf"[{HAN}]{{2,6}}?(?:自治[区州县]|[{TOWNS}])")


@record
class Reuse:
    """``share`` of the new text that is word for word in the old one, 0 to 1, and what was left in by mistake."""

    share: float
    left: tuple[tuple[str, Span], ...]
    """Names of the old notice's place and offices in the new text, with where they are."""


def reuse(old: Notice, new: Notice) -> Reuse:
    """Compare the texts of two notices. The time is linear in their lengths."""
    before, after = _BLANK.sub("", old.text), _BLANK.sub("", new.text)
    known = {before[at : at + _RUN] for at in range(len(before) - _RUN + 1)}
    taken, end = 0, 0
    for at in range(len(after) - _RUN + 1):
        if after[at : at + _RUN] in known:
            taken += at + _RUN - max(at, end)
            end = at + _RUN
    return Reuse(round(taken / len(after), 3) if after else 0.0, tuple(_left(old, new)))


def _left(old: Notice, new: Notice) -> Iterator[tuple[str, Span]]:
    own = _names(new)
    foreign = [name for name in _names(old) if not any(name in other or other in name for other in own)]
    for name in foreign:
        for match in re.finditer(re.escape(name), new.text):
            if not _cited(new, match.span()):
                yield name, match.span()


def _names(notice: Notice) -> list[str]:
    """The places in the issuer's name: 甲市乙区人民政府 gives 甲市 and 乙区."""
    return list(dict.fromkeys(_PLACE.findall(notice.issuer or "")))


def _cited(notice: Notice, span: Span) -> bool:
    """Whether the place is in the title of a document that is cited: that names another place rightly."""
    everywhere = [notice.citations, *(node.citations for node in notice.walk())]
    return any(one.span[0] <= span[0] < one.span[1] for cited in everywhere for one in cited)
