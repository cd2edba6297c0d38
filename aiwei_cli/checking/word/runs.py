"""Which bytes of a document's XML hold which character of the text that was read from it.

The text of a Word file has automatic numbers and tabs in it that no run holds, and the XML has words that are not in
the text. So paragraphs are looked for in the text, one after the other; what is not found has no bytes, and nothing is
changed there.
"""

from __future__ import annotations

from typing import Any
from xml.parsers.expat import ParserCreate

from aiwei_cli.records import NamedTuple

_FAR = 4000
"""How far ahead in the text a paragraph of the XML is looked for."""


class Run(NamedTuple):
    """A run: where its element is, its properties as written, and whether it holds one piece of text and no more."""

    start: int
    end: int
    properties: bytes
    simple: bool


class Sign(NamedTuple):
    """A character: the bytes that write it, and the run that it is in (its place in :attr:`Runs.runs`)."""

    start: int
    end: int
    run: int


class Runs:
    """The characters of ``text`` in the XML ``content`` (UTF-8) of a document's main part."""

    def __init__(self, content: bytes, text: str) -> None:
        walker = _Walker(content)
        self.runs = walker.runs
        self._signs: dict[int, Sign] = {}
        cursor = 0
        for words, signs in walker.paragraphs:
            bare = words.strip()
            at = text.find(bare, cursor, cursor + _FAR + len(bare)) if bare else -1
            if at < 0:
                continue
            first = words.index(bare)
            for number, sign in enumerate(signs[first : first + len(bare)]):
                self._signs[at + number] = sign
            cursor = at + len(bare)

    def signs(self, start: int, end: int) -> list[Sign] | None:
        """The characters of a span of the text; None where one of them is in no run."""
        found = [self._signs.get(offset) for offset in range(start, max(end, start + 1))]
        return None if None in found else [sign for sign in found if sign is not None]


class _Walker:
    """Walks the XML once and notes where its runs, texts and paragraphs are."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.runs: list[Run] = []
        self.paragraphs: list[tuple[str, list[Sign]]] = []
        self._open: list[tuple[list[str], list[Sign]]] = []
        self._run: dict[str, Any] | None = None
        self._text = False
        parser = self._parser = ParserCreate()
        parser.buffer_text = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(content, True)

    def _start(self, tag: str, _: object) -> None:
        name, at = tag.rpartition(":")[2], self._parser.CurrentByteIndex
        if self._run is not None:
            self._run["depth"] += 1
            if self._run["depth"] == 1:
                self._run["children"].append(name)
                self._run["child"] = at
            self._text = name == "t" and self._run["depth"] == 1
        if name == "p" and tag.startswith("w:"):
            self._open.append(([], []))
        elif name == "r" and tag == "w:r" and self._run is None:
            self._run = {
                "start": at,
                "depth": 0,
                "children": [],
                "properties": -1,
                "rpr": b"",
                "number": len(self.runs),
            }
            self.runs.append(Run(at, at, b"", False))

    def _end(self, tag: str) -> None:
        name, at = tag.rpartition(":")[2], self._parser.CurrentByteIndex
        self._text = False
        if self._run is not None:
            if self._run["depth"] == 0:
                children = [child for child in self._run["children"] if child != "rPr"]
                end = self._after(at)
                run = Run(self._run["start"], end, self._run["rpr"], children == ["t"])
                self.runs[self._run["number"]] = run
                self._run = None
            else:
                if name == "rPr" and self._run["depth"] == 1:
                    self._run["rpr"] = self.content[self._run["child"] : self._after(at)]
                self._run["depth"] -= 1
        if name == "p" and tag.startswith("w:") and self._open:
            words, signs = self._open.pop()
            self.paragraphs.append(("".join(words), signs))

    def _after(self, at: int) -> int:
        """Where the element ends that the parser closes at ``at``; an empty one has no end tag."""
        return self.content.index(b">", at) + 1

    def _data(self, data: str) -> None:
        if not self._text or not self._open or self._run is None:
            return
        at = self._parser.CurrentByteIndex
        words, signs = self._open[-1]
        for sign in data:
            size = len(sign.encode("utf-8"))
            if (self.content[at : at + 1] == b"&" and sign != "&") or self.content[at : at + 5] == b"&amp;":
                size = self.content.index(b";", at) + 1 - at
            words.append(sign)
            signs.append(Sign(at, at + size, self._run["number"]))
            at += size
