"""Elements and attributes by their names without the namespace, so that the strict and the transitional variant of
OOXML read alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class _Local(dict[str, str]):
    """Tag to name without its namespace, remembered: a document has few tags and many elements."""

    def __missing__(self, tag: str) -> str:
        name = self[tag] = tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""
        return name


LOCAL = _Local()


def children(node: Element | None, name: str) -> Iterator[Element]:
    """The children of that name."""
    if node is not None:
        for one in node:
            if LOCAL[one.tag] == name:
                yield one


def child(node: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    return next(children(node, name), None)


def attribute(node: Element | None, name: str) -> str | None:
    """The attribute of that name in whatever namespace."""
    return None if node is None else value_of(node.attrib, name)


def value_of(attributes: Mapping[str, str], name: str) -> str | None:
    """The attribute of that name among some."""
    for key, words in attributes.items():
        if LOCAL[key] == name:
            return words
    return None


def val_of(node: Element | None) -> str | None:
    """The ``w:val`` of an element."""
    return attribute(node, "val")


def is_on(node: Element | None) -> bool:
    """Whether an on/off property is there and not switched off."""
    return node is not None and (val_of(node) or "1") not in ("0", "false", "off")


def integer(words: str | None) -> int | None:
    """The number, or None where there is none; numbers no list reaches are cut to what a format can show."""
    if words is None or not re.fullmatch(r"[+-]?[0-9]{1,9}", words.strip()):
        return None
    return int(words)
