"""The units of a comparison: an item, or a heading with duties of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from aiwei_cli.language.chars import PART_ENDS
from aiwei_cli.notice.model import Node, Notice
from aiwei_cli.query import places
from aiwei_cli.records import record

_SENTENCE = re.compile(rf"[^{PART_ENDS}\n]+")
_LETTER = re.compile(r"[^\W_]")
_SHORTEST = 6
"""A sentence of fewer letters (定期通报) says too little to be known again."""


@record
class Unit:
    """One item of a plan."""

    node: Node
    headings: str
    """The titles above it, from the root."""
    parents: tuple[str, ...]
    """The ids of the nodes above it, from the root."""
    function: int | None
    """Which part of a plan it is, where its title says so: 指导思想, 工作目标."""

    @property
    def words(self) -> str:
        """Its own words: title and text."""
        return "\n".join(part for part in (self.node.title, self.node.text) if part)

    def sentences(self) -> list[str]:
        """The sentences of its text that are long enough to be known again."""
        return [one for one in _SENTENCE.findall(self.words) if len(_LETTER.findall(one)) >= _SHORTEST]


def units(notice: Notice, rules: Mapping[str, Any]) -> list[Unit]:
    """The units of a notice in the order of the text. ``rules`` is the content of compare.yaml."""
    return [unit(place.node, place.headings, rules) for place in places(notice) if place.node.is_item]


def unit(node: Node, headings: Sequence[Node], rules: Mapping[str, Any]) -> Unit:
    """A node under its headings."""
    parents = tuple(node.id for node in headings)
    return Unit(node, " ".join(node.title for node in headings), parents, _function(node.title, rules["functions"]))


def _function(title: str, functions: Sequence[Sequence[str]]) -> int | None:
    names = (at for at, titles in enumerate(functions) if title.startswith(tuple(titles)))
    return next(names, None)
