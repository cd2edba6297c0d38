"""HTML into a tree, in time linear in its length whatever it holds.

This is not a browser's parser, but does what notices need: unclosed paragraphs, list items and cells are closed, what
is never closed does not hide the rest, and elements nest no deeper than a reader can follow. The standard library's
parser takes quadratic time on some broken pages, and the fast ones are a dependency of 8 MB.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

DEEPEST = 150
_SOME = 1000
"""How many elements are counted at a time."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul"
)
BLOCK = frozenset(_BLOCK_NAMES.split())
"""Elements that begin and end a line."""
_RAW = {"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"}
"""Elements in which < begins no tag."""
_NAME = re.compile(r"/?[A-Za-z][^\s/>]{0,60}")
_ATTRIBUTE = re.compile(
    r"([^\s=/\"'<>]{1,60})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))|(?<=\s)(hidden)(?=[\s/>]|$)", re.I
)
_QUOTE_OR_END = re.compile(r"[\"'>]")
_AUTO_CLOSED = {
    "li": ({"li"}, {"ul", "ol", "menu", "dir"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr", "td", "th", "caption"}, {"table"}),
    "td": ({"td", "th"}, {"table", "tr"}),
    "th": ({"td", "th"}, {"table", "tr"}),
    "tbody": ({"tbody", "thead", "tfoot", "tr", "td", "th", "caption"}, {"table"}),
    "thead": ({"tbody", "thead", "tfoot", "tr", "td", "th", "caption"}, {"table"}),
    "tfoot": ({"tbody", "thead", "tfoot", "tr", "td", "th", "caption"}, {"table"}),
    "option": ({"option"}, {"select"}),
}
"""The elements that the start of one closes, up to the container that holds them."""


class Element:
    """An element: its name, its attributes, and its children, which are elements and strings."""

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element | str] = []


def tree_of(text: str, count: Callable[[int], None] = lambda made: None) -> Element:
    """The tree of a page. Raises nothing but what ``count`` does, which is told of the elements as they are made."""
    builder = _TreeBuilder()
    made = 0
    at = 0
    patient = True
    """Whether > inside quotes still counts as part of a tag: no longer, once a quote was never closed."""
    while True:
        start = text.find("<", at)
        if start == -1:
            builder.text(text[at:])
            return builder.root
        builder.text(text[at:start])
        name = _NAME.match(text, start + 1)
        if name is None:
            at = _markup_end(text, start)
            if at == start:
                builder.text("<")
                at = start + 1
            continue
        end = _tag_end(text, name.end()) if patient else text.find(">", name.end())
        if end == -1 and patient:
            patient = False
            end = text.find(">", name.end())
        if end == -1:
            return builder.root
        at = end + 1
        tag = name[0].lower()
        if tag.startswith("/"):
            builder.end(tag[1:])
            continue
        builder.start(tag, _attributes(text[name.end() : end]))
        made += 1
        if made % _SOME == 0:
            count(_SOME)
        if tag in _RAW:
            close = re.compile(rf"</{tag}(?=[\s/>])", re.I).search(text, at)
            stop = close.start() if close else len(text)
            builder.text(text[at:stop])
            builder.end(tag)
            at = stop


def _markup_end(text: str, start: int) -> int:
    """Where a comment, a doctype or a processing instruction ends; ``start`` where < is just a sign."""
    if text.startswith("<!--", start):
        end = text.find("-->", start + 4)
        return end + 3 if end != -1 else len(text)
    if text.startswith(("<!", "<?", "</"), start):
        end = text.find(">", start)
        return end + 1 if end != -1 else len(text)
    return start


def _tag_end(text: str, at: int) -> int:
    """The > that ends a tag, not one inside quotes; -1 where there is none."""
    while True:
        match = _QUOTE_OR_END.search(text, at)
        if match is None:
            return -1
        if match[0] == ">":
            return match.start()
        at = text.find(match[0], match.end()) + 1
        if not at:
            return -1


def _attributes(words: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if len(words) > 20_000:
        return found  # A picture in the page itself.
    for match in _ATTRIBUTE.finditer(words):
        key = (match[1] or match[5]).lower()
        found.setdefault(key, unescape(next((part for part in match.group(2, 3, 4) if part is not None), "")))
    return found


class _TreeBuilder:
    """The open elements, and which names are among them."""

    def __init__(self) -> None:
        self.root = Element("html", {})
        self._open = [self.root]
        self._counts: dict[str, int] = {}

    def text(self, words: str) -> None:
        if words:
            self._open[-1].children.append(unescape(words) if "&" in words else words)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        closed, within = _AUTO_CLOSED.get(name, (set(), set()))
        if closed:
            self._close_until(closed, within)
        elif name in BLOCK and self._counts.get("p"):
            self._close_until({"p"}, {"table", "td", "th", "li", "div", "form", "section", "article", "button"})
        element = Element(name, attributes)
        self._open[-1].children.append(element)
        if name not in VOID and len(self._open) < DEEPEST:
            self._open.append(element)
            self._counts[name] = self._counts.get(name, 0) + 1

    def end(self, name: str) -> None:
        if name == "br":
            self._open[-1].children.append(Element("br", {}))
        while self._counts.get(name):
            if self._pop() == name:
                return

    def _close_until(self, closed: set[str], within: set[str]) -> None:
        """Close the outermost open element of these names inside the nearest container."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].name in within:
                break
            if self._open[depth].name in closed:
                while len(self._open) > depth:
                    self._pop()

    def _pop(self) -> str:
        name = self._open.pop().name
        self._counts[name] -= 1
        return name


def all_words(element: Element) -> str:
    """The words of an element and of all below it."""
    return "".join(one if isinstance(one, str) else all_words(one) for one in element.children)
