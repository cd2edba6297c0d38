"""Word's automatic numbering: which number is before a paragraph (ECMA-376, 17.9).

A paragraph names a list (numId) and a level in it, itself or through its style. Lists with the same abstract list count
on together; a list with startOverride begins anew where it is first used. A level begins anew after a higher one,
unless lvlRestart says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aiwei_cli.language.styles import formatted
from aiwei_cli.reading.word.names import attribute, child, children, integer, val_of
from aiwei_cli.reading.word.styles import ParagraphStyle, Styles

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LEVELS = 9
_LONGEST_WORDS = 255
"""Signs of lvlText; Word takes no more."""
_LONGEST_CHAIN = 100
"""Styles that are based on one another. Word allows eleven; so a circle of them ends too."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list looks and counts."""

    start: int = 1
    style: str = "decimal"
    """numFmt."""
    words: str = ""
    """lvlText: ``（%1）``, where %1 is the number of the first level."""
    gap: str = "tab"
    """suff: tab, space or nothing."""
    restart: int | None = None
    """lvlRestart: begin anew after this level (the first is 1), 0 for never, None for after any higher one."""
    legal: bool = False
    """isLgl: every number in plain digits."""
    paragraph_style: str | None = None


@dataclass(slots=True)
class NumberedList:
    """A w:num: its abstract list, its levels, and where they begin anew."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    overrides: dict[int, int] = field(default_factory=dict)
    """Levels that have still to begin anew, with the number they begin at."""


class WordNumbering:
    """The counters of a document, to be asked for each paragraph in order."""

    def __init__(self, numbering: Element | None, styles: Styles) -> None:
        self.styles, self.default_style = styles.by_id, styles.default
        self.lists = _lists(numbering, self.styles) if numbering is not None else {}
        self._counts: dict[str, list[int | None]] = {}
        self._styled: dict[str, tuple[str | None, int | None]] = {}

    def style_name(self, style_id: str | None) -> str:
        """The name of a paragraph style, in lower case; empty where there is none."""
        return self.styles[style_id].name.lower() if style_id in self.styles else ""

    def number(self, list_id: str | None, level: int | None, style_id: str | None) -> str:
        """The next number for a paragraph with these direct properties and this style, with the gap after it; or ''."""
        if list_id is None or level is None:
            styled_list, styled_level = self._from_style(style_id)
            list_id = styled_list if list_id is None else list_id
            level = styled_level if level is None else level
        found, at = self.lists.get(list_id or ""), level or 0
        return "" if found is None or not 0 <= at < _LEVELS else self._count(found, at)

    def _from_style(self, style_id: str | None) -> tuple[str | None, int | None]:
        """The list and level that a style or one that it is based on names."""
        chain: list[str] = []
        name = style_id if style_id is not None else self.default_style
        found: tuple[str | None, int | None] = None, None
        while name in self.styles and len(chain) < _LONGEST_CHAIN:
            if name in self._styled:
                found = self._styled[name]
                break
            chain.append(name)
            style = self.styles[name]
            if style.list_id is not None:
                found = self._linked(name, style.list_id, style.level)
                break
            name = style.based_on or ""
        if len(chain) < _LONGEST_CHAIN:
            # All of a chain give the same; a document asks for each of its paragraphs.
            self._styled.update(dict.fromkeys(chain, found))
        return found

    def _linked(self, name: str, list_id: str, level: int | None) -> tuple[str, int | None]:
        """The level of a style's list: one that names the style wins over the one that the style names."""
        linked = self.lists.get(list_id)
        for number, each in linked.levels.items() if linked else ():
            if each.paragraph_style == name:
                return list_id, number
        return list_id, level

    def _count(self, found: NumberedList, at: int) -> str:
        counts = self._counts.setdefault(found.abstract, [None] * _LEVELS)
        level = found.levels.get(at, Level())
        before = counts[at]
        if at in found.overrides:
            counts[at] = found.overrides.pop(at)
        else:
            counts[at] = level.start if before is None else before + 1
        for deeper in range(at + 1, _LEVELS):
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or at < restart:
                counts[deeper] = None
        return _shown(found, level, counts)


def _shown(found: NumberedList, level: Level, counts: list[int | None]) -> str:
    """The words of a level with its numbers filled in, and the gap after them."""
    if level.style == "bullet":
        # Most bullets are signs of a private font; 一 and the like that people use as bullets are words.
        return "" if any("\ue000" <= sign <= "\uf8ff" for sign in level.words) else level.words

    def fill(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        style = found.levels.get(at, Level()).style
        # A level that was not used yet counts as zero, as Word shows it.
        return formatted(counts[at] or 0, "decimal" if level.legal and style != "none" else style)

    words = re.sub(r"%([1-9])", fill, level.words)
    if not words:
        return ""
    # The tab after a number is layout; it stays as a space where number and words would run together.
    return words if level.gap == "nothing" or not (words[-1].isalnum() or level.gap == "space") else words + " "


def _lists(root: Element, styles: dict[str, ParagraphStyle]) -> dict[str, NumberedList]:
    """The lists by their numId, with the levels that they take from an abstract list and those of their own."""
    abstracts = {attribute(node, "abstractNumId") or "": node for node in children(root, "abstractNum")}
    targets = {
        attribute(node, "numId") or "": val_of(child(node, "abstractNumId")) or "" for node in children(root, "num")
    }
    lists: dict[str, NumberedList] = {}
    known: dict[str, dict[int, Level]] = {}
    for node in children(root, "num"):
        abstract = _resolved(targets[attribute(node, "numId") or ""], abstracts, targets, styles)
        if abstract not in known:
            known[abstract] = _levels(abstracts[abstract]) if abstract in abstracts else {}
        levels = dict(known[abstract])
        found = NumberedList(abstract, levels)
        for override in children(node, "lvlOverride"):
            at = integer(attribute(override, "ilvl")) or 0
            own = child(override, "lvl")
            if own is not None:
                levels[at] = _level(own)
            start = integer(val_of(child(override, "startOverride")))
            if start is not None:
                found.overrides[at] = start
                levels[at] = replace(levels.get(at, Level()), start=start)
        lists[attribute(node, "numId") or ""] = found
    # numId 0 takes a paragraph out of every list, whatever the file says about it.
    lists.pop("0", None)
    return lists


def _resolved(
    abstract: str, abstracts: dict[str, Element], targets: dict[str, str], styles: dict[str, ParagraphStyle]
) -> str:
    """The abstract list that holds the levels: one may only name a numbering style (numStyleLink)."""
    for _ in abstracts:  # so a circle of them ends too
        style = styles.get(val_of(child(abstracts.get(abstract), "numStyleLink")) or "")
        if style is None or style.list_id is None:
            break
        abstract = targets.get(style.list_id, abstract)
    return abstract


def _levels(abstract: Element) -> dict[int, Level]:
    levels = ((integer(attribute(node, "ilvl")) or 0, node) for node in children(abstract, "lvl"))
    return {at: _level(node) for at, node in levels if 0 <= at < _LEVELS}


def _level(node: Element) -> Level:
    start, restart = integer(val_of(child(node, "start"))), integer(val_of(child(node, "lvlRestart")))
    legal = child(node, "isLgl")
    return Level(
        # Without w:start a level begins at 0 (17.9.25), but no program writes that and means it.
        start=1 if start is None else start,
        style=val_of(child(node, "numFmt")) or "decimal",
        words=(val_of(child(node, "lvlText")) or "")[:_LONGEST_WORDS],
        gap=val_of(child(node, "suff")) or "tab",
        restart=restart,
        legal=legal is not None and (val_of(legal) or "1") not in ("0", "false", "off"),
        paragraph_style=val_of(child(node, "pStyle")),
    )
