"""Which part of a page is the article: the smallest element that has nearly all of the page's sentences.

Sentences are what menus, lists of links and footers do not have. No list of class names could keep up with the sites.
"""

from __future__ import annotations

import re

from aiwei_cli.reading.web.markup import Element

_DROPPED_NAMES = (
    "script style noscript template svg iframe object select option textarea button nav aside header footer head title "
    "meta link canvas audio video map dialog rt rp datalist frameset xmp noembed noframes"
)
_DROPPED = frozenset(_DROPPED_NAMES.split())
_NEVER_INTO = {"p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "b", "strong", "font", "pre"}
_SENTENCE = re.compile(r"[，。；！？]")
"""What a menu, a field of the page and a footer hardly have; 版权所有： and 首页、 do not count."""
_ANNEX = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|zip|rar)(?:[?#]|$)", re.I)
"""Links to files are the annexes of a notice, and no menu."""
_ENOUGH = 0.9
SPACE = re.compile(r"[ \t\r\n\f]+")


class Weights:
    """For each element: how much text is in it, how much of that in sentences, and how much in links."""

    def __init__(self) -> None:
        self.of: dict[int, tuple[int, int, int]] = {}

    def measure(self, element: Element, link: bool = False) -> tuple[int, int, int]:
        if is_dropped(element):
            self.of[id(element)] = (0, 0, 0)
            return 0, 0, 0
        link = link or (element.name == "a" and not _ANNEX.search(element.attributes.get("href", "")))
        total = sentences = links = 0
        for one in element.children:
            if isinstance(one, str):
                length = len(one) - len(SPACE.findall(one)) if one.strip() else 0
                total += length
                links += length if link else 0
                sentences += length if not link and _SENTENCE.search(one) else 0
            else:
                more = self.measure(one, link)
                total, sentences, links = total + more[0], sentences + more[1], links + more[2]
        self.of[id(element)] = total, sentences, links
        return total, sentences, links

    def is_menu(self, element: Element) -> bool:
        """Whether a block is mostly links and has no sentences."""
        total, sentences, links = self.of[id(element)]
        return links > 0.6 * total and sentences < 0.1 * total and count_of(element, "a") > 1


def count_of(element: Element, name: str) -> int:
    """How many elements of that name an element contains."""
    return sum((one.name == name) + count_of(one, name) for one in element.children if isinstance(one, Element))


def is_dropped(element: Element) -> bool:
    """Whether an element is never text of an article: code, fields, what is hidden or for navigation."""
    attributes = element.attributes
    return (
        element.name in _DROPPED
        or attributes.get("role", "").lower() in ("navigation", "banner", "contentinfo", "search")
        or "hidden" in attributes
        or re.search(r"display\s*:\s*none", attributes.get("style", ""), re.I) is not None
    )


def article_of(root: Element, weights: Weights) -> Element:
    """The smallest element that has nearly all of the page's sentences."""
    found = root
    while True:
        enough = _ENOUGH * weights.of[id(found)][1]
        inner = [one for one in found.children if isinstance(one, Element) and weights.of[id(one)][1] >= enough]
        if not enough or len(inner) != 1 or inner[0].name in _NEVER_INTO:
            return found
        if inner[0].name == "table" and not _is_layout(inner[0]):
            return found
        found = inner[0]


def _is_layout(table: Element) -> bool:
    """Whether a table only arranges the page: some cell of it has paragraphs, which a table of tasks has few of."""
    for one in table.children:
        if isinstance(one, Element):
            if one.name in ("td", "th") and sum(count_of(one, name) for name in ("p", "div", "br", "table")) >= 4:
                return True
            if one.name in ("tbody", "tr") and _is_layout(one):
                return True
    return False
