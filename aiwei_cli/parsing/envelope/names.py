"""Names in the fields: who issues, who is addressed, who signs, and what the annexes are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from aiwei_cli.language.chars import SPACE
from aiwei_cli.language.names import EACH, GOVERNMENT, OWN_ORGANS, OWN_ORGANS_ON, PARTY, SHARING_ENDS, SIGNED_PARTY
from aiwei_cli.language.patterns import either, pattern
from aiwei_cli.language.places import COUNTIES, RANKS

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

MARKS = "。，；："
"""What may be in a sentence but not in a name."""
LONGEST = 40
"""The longest line of a signature: the name of one organisation, or of two or three with blanks between them."""
_ANNEX_NUMBER = pattern(rf"(?<![\d.．])(\d{{1,2}}){SPACE}*[.．、](?!\d{{1,3}}(?!\d))")
_PARTY = pattern(SIGNED_PARTY)

_PLACE = f"(?:{either(RANKS)})"
_PLACE_STARTS = frozenset(place[0] for place in RANKS)
_EACH_PLACE = pattern(rf"{EACH}(?:有关)?{_PLACE}(?:[、和及]{_PLACE})*$")
_PLACES_ON = pattern(rf"({_PLACE})(?:[和及]{_PLACE})*{SHARING_ENDS}")

# 县政府有关委、办、局 is one addressee.
_OWN_PLACE = pattern(rf"[^\W\d_]{{1,8}}?[{COUNTIES}]")
_ORGANS = pattern(OWN_ORGANS)
_ORGANS_ON = pattern(OWN_ORGANS_ON)


def annex_names(found: Sequence[str]) -> tuple[str, ...]:
    """The annexes on the lines of their list, numbers included; several may be on one line.

    >>> annex_names(["1.名单2.2024年度表", "3.流程图"]), annex_names(["1.5万亩高标准农田名单"])
    (('1.名单', '2.2024年度表', '3.流程图'), ('1.5万亩高标准农田名单',))
    """
    names = []
    number = 1
    for words in found:
        here = 0
        for match in _ANNEX_NUMBER.finditer(words):
            if match[1] == str(number):
                names.append(words[here : match.start()])
                here = match.start()
                number += 1
        names.append(words[here:])
    return tuple(name.strip(" \t\u3000；;") for name in names if name.strip(" \t\u3000；;"))


def shared(names: Iterable[str], organisation: re.Pattern[str]) -> tuple[str, ...]:
    """Put together the kinds of places that share the department after the last of them.

    >>> shared(["各市", "州教育局", "各县", "市教育局"], pattern("局$"))
    ('各市、州教育局', '各县', '市教育局')
    """
    joined: list[str] = []
    for name in names:
        follows = bool(joined) and joined[-1][:1] == EACH and name[:1] in _PLACE_STARTS
        match = _PLACES_ON.match(name) if follows else None
        if match and _EACH_PLACE.match(joined[-1]):
            last = re.findall(_PLACE, joined[-1])
            ends = match.end() == len(name) or organisation.search(name)
            if ends and match[1] not in last and RANKS[match[1]] <= RANKS[last[-1]]:
                joined[-1] += f"、{name}"
                continue
        short = len(name) < 3 or name[1] == "、"
        if short and joined and _ORGANS_ON.match(name) and _ORGANS.search(joined[-1]):
            joined[-1] += f"、{name}"
            continue
        joined.append(name)
    return tuple(joined)


def joint(issuer: str, signature: Sequence[str], offices: Offices) -> str:
    """Issuers that a title has run together or parted by blanks, with 、 between them."""
    if "、" in issuer:  # each line of a signature by itself: 江城市财政局、中国人民银行江城市分行
        return "、".join([joint(each, signature, offices) for each in issuer.split("、")])
    organisation = offices.ends.organisation
    bare = "".join(issuer.split())
    for names in (issuer.split(), [name for line in signature for name in line.split()]):
        if len(names) > 1 and "".join(names) == bare and all(map(organisation.search, names)):
            return issuer if offices.known(bare) else "、".join(names)
    party = _PARTY.match(bare) if PARTY in bare and GOVERNMENT in bare else None
    if party:
        return f"{party[0]}、{bare[party.end() :]}"
    run = offices.split_run(issuer)
    return "、".join(run or ([issuer] if offices.known(bare) else _repeated(bare, organisation)) or [issuer])


def _repeated(words: str, organisation: re.Pattern[str]) -> list[str]:
    """Names that each begin with the same place: 甲区水务局甲区园林局; empty where they do not."""
    place = _OWN_PLACE.match(words)
    if place is None or words.count(place[0]) < 2:
        return []
    names = [place[0] + rest for rest in words.split(place[0])[1:]]
    return names if all(map(organisation.search, names)) else []
