"""One place of a notice by its id, written in full or by its end: ``1/（一）/6``, ``1/(一)/6``, ``6``;
or as it is easily typed: ``1/1/6``, ``一/一/6``, ``一（一）6``."""

from __future__ import annotations

from collections.abc import Iterable

from aiwei_cli.notice.model import Place
from aiwei_cli.query.asked import counted_path, id_path, typed_path


def with_id(asked: str, places: Iterable[Place]) -> list[Place]:
    """The places that an id may mean: those with just this id, else those whose id ends with it.

    >>> with_id("6", [])
    []
    """
    known = list(places)
    wanted, typed = id_path(asked), typed_path(asked) or ()
    for fits in (
        lambda node_id: node_id == asked,
        lambda node_id: "#" in asked and node_id.endswith("/" + asked),
        lambda node_id: id_path(node_id) == wanted,
        lambda node_id: id_path(node_id)[-len(wanted) :] == wanted,
        lambda node_id: id_path(node_id) == typed,
        lambda node_id: id_path(node_id)[-len(typed) :] == typed,
        lambda node_id: len(typed) > 1 and counted_path(id_path(node_id)) == counted_path(typed),
        lambda node_id: len(typed) > 1 and counted_path(id_path(node_id))[-len(typed) :] == counted_path(typed),
    ):
        found = [place for place in known if fits(place.node.id)]
        if found:
            return found
    return []
