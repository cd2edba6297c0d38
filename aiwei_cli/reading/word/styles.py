"""The styles of a Word file, as far as numbers depend on them.

They are most of a small file: a hundred looks of tables that nobody uses. So no tree is made of them, and the parser
itself passes over what says nothing of numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aiwei_cli.reading.word.names import LOCAL, integer, value_of
from aiwei_cli.records import record

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

_SAID = frozenset(["name", "basedOn", "numId", "ilvl"])
"""The elements of a style that are wanted. Each is in one place only, and what comes first counts."""
_ONCE = frozenset(["pPr", "numPr"])
"""What is around some of them. A second one does not count."""
_AFTER = frozenset(["pPrChange", "rPr", "tblPr", "trPr", "tcPr", "tblStylePr"])
"""What comes after all of these in a style (ECMA-376, part 1, 17.7.4.17)."""
_ASIDE = frozenset(["docDefaults", "latentStyles"])


@record
class ParagraphStyle:
    """What a paragraph style says about numbering."""

    name: str = ""
    based_on: str | None = None
    list_id: str | None = None
    level: int | None = None


class Styles:
    """The styles by their ids, and the id of the paragraphs' default style; filled while a parser runs."""

    def __init__(self) -> None:
        self.by_id: dict[str, ParagraphStyle] = {}
        self.default: str | None = None
        self._id: str | None = None
        self._found: dict[str, str | None] = {}
        self._tag = ""
        """How the document calls its styles."""

    def heed(self, parser: XMLParserType) -> None:
        """Set the handlers of the parser."""

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            name = LOCAL[tag]
            if name in _SAID:
                self._found.setdefault(name, value_of(attributes, "val"))
            elif name == "style":
                self._begin(tag, attributes)
            elif name in _AFTER or (name in _ONCE and name in self._found):
                pass_over(self._tag)
            elif name in _ONCE:
                self._found[name] = None
            elif name in _ASIDE:
                pass_over(tag)

        def pass_over(until: str) -> None:
            def end(tag: str) -> None:
                if tag == until:
                    parser.StartElementHandler, parser.EndElementHandler = start, None

            parser.StartElementHandler, parser.EndElementHandler = None, end

        parser.StartElementHandler = start

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.finish()
        self._tag, self._id, self._found = tag, value_of(attributes, "styleId") or "", {}
        default = value_of(attributes, "default") or "0"
        if value_of(attributes, "type") == "paragraph" and default not in ("0", "false"):
            self.default = self._id

    def finish(self) -> None:
        """The style that was begun is over."""
        if self._id is not None:
            said = self._found.get
            level = integer(said("ilvl"))
            self.by_id[self._id] = ParagraphStyle(said("name") or "", said("basedOn"), said("numId"), level)
