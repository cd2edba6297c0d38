"""What a query found, dealt out by office, section or notice: one share for each, and nothing falls between."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from aiwei_cli.notice.model import Hit
from aiwei_cli.query import section_title
from aiwei_cli.query.called import called
from aiwei_cli.query.matrix import DEPTH, numbered, section_node
from aiwei_cli.records import NamedTuple

By = Literal["office", "section", "notice"]

NO_OWNER = "没有责任单位"
"""The share of items that nobody has to do."""


class Share(NamedTuple):
    """The hits of one office, one section or one notice."""

    name: str
    """The office, or the notice; or the id and the title of the section, with the notice before them where there are
    several."""
    by: By
    hits: list[Hit]


def shares(hits: Iterable[Hit], by: By) -> list[Share]:
    """The shares, in the order in which the text first names them; items without an owner come last."""
    if by == "notice":
        return by_notice(hits)
    return by_office(hits) if by == "office" else by_section(hits)


def by_office(hits: Iterable[Hit]) -> list[Share]:
    """A share for each office that made a hit match. An item of several offices is in the share of each, with only the
    duties of that office."""
    found: dict[str, list[Hit]] = {}
    ownerless: list[Hit] = []
    for hit in hits:
        if not hit.duties:
            ownerless.append(hit)
        for office in dict.fromkeys(duty.office for duty in hit.duties):
            mine = tuple(duty for duty in hit.duties if duty.office == office)
            found.setdefault(office, []).append(hit._replace(duties=mine))
    made = [Share(office, "office", theirs) for office, theirs in found.items()]
    return [*made, Share(NO_OWNER, "office", ownerless)] if ownerless else made


def by_notice(hits: Iterable[Hit]) -> list[Share]:
    """A share for each notice, in their order."""
    found: dict[int, list[Hit]] = {}
    for number, hit in numbered(hits):
        found.setdefault(number, []).append(hit)
    names = ((called(theirs[0].place.notice) or f"公文{number}", theirs) for number, theirs in found.items())
    return [Share(name, "notice", theirs) for name, theirs in names]


def by_section(hits: Iterable[Hit], depth: int = DEPTH) -> list[Share]:
    """A share for each section, in the order of the text."""
    found: dict[tuple[int, str], list[Hit]] = {}
    names: dict[tuple[int, str], str] = {}
    for number, hit in numbered(hits):
        node = section_node(hit.place, depth)
        key = (number, node.id)
        names.setdefault(key, f"{node.id} {section_title(node)}".strip())
        found.setdefault(key, []).append(hit)
    several = len({number for number, _ in found}) > 1
    made = []
    for (number, node_id), theirs in found.items():
        notice = f"{called(theirs[0].place.notice) or f'公文{number}'} " if several else ""
        made.append(Share(notice + names[number, node_id], "section", theirs))
    return made
