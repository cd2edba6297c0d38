"""The outline of the HTML page: the headings that the items are under, as a tree with numbers for the script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiwei_cli.notice.model import Hit, Notice, Plan
from aiwei_cli.query import above, section_title
from aiwei_cli.query.matrix import chain, numbered
from aiwei_cli.records import NamedTuple
from aiwei_cli.write.xml import escaped


class OutlineSection(NamedTuple):
    """A place of the outline."""

    label: str
    depth: int
    parent: int
    """The section it is in, or -1."""


class Outline:
    """The headings of all items as one tree: notices, if there are several, the plans in them, and what is below.

    The numbers of the sections are in the order in which the items first need them.
    """

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.sections: list[OutlineSection] = []
        self.of_hits: list[int] = []
        """For each hit the section it is in."""
        self.known: dict[tuple[int, str], int] = {}
        """The sections by the number of the notice and the id of the heading; a whole notice has no id."""
        several = len({number for number, _ in numbered(hits)}) > 1
        for number, hit in numbered(hits):
            at = -1
            for thing, words in above(hit.place, several=several):
                if isinstance(thing, Notice | Plan):
                    key = "" if isinstance(thing, Notice) else f"plan {thing.line}"
                    at = self._enter((number, key), words, at)
            for node in chain(hit.place):
                at = self._enter((number, node.id), f"{node.number}{section_title(node)}", at)
            self.of_hits.append(at)
        self.counts = [0] * len(self.sections)
        for at in self.of_hits:
            while at >= 0:
                self.counts[at] += 1
                at = self.sections[at].parent

    def _enter(self, key: tuple[int, str], label: str, parent: int) -> int:
        if key not in self.known:
            self.known[key] = len(self.sections)
            depth = self.sections[parent].depth + 1 if parent >= 0 else 0
            self.sections.append(OutlineSection(" ".join(label.split()), depth, parent))
        return self.known[key]

    def nav(self) -> Iterator[str]:
        """The outline as nested lists of links."""
        below: dict[int, list[int]] = {}
        for number, section in enumerate(self.sections):
            below.setdefault(section.parent, []).append(number)
        yield '<nav aria-label="目录"><details open><summary>目录</summary>\n<ul>\n'
        # What is still to be written, the next thing last: a section, or the end of its list.
        coming: list[int | str] = list(reversed(below.get(-1, [])))
        while coming:
            at = coming.pop()
            if isinstance(at, str):
                yield at
                continue
            link = f'<a href="#s{at}">{escaped(self.sections[at].label)}<span class="n">{self.counts[at]}</span></a>'
            if at in below:
                yield f"<li>{link}<ul>\n"
                coming += ["</ul></li>\n", *reversed(below[at])]
            else:
                yield f"<li>{link}</li>\n"
        yield "</ul></details></nav>\n"
