"""Why a query found nothing: which of the names asked for do not exist, and which that do are most like them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from aiwei_cli.language.chars import clipped
from aiwei_cli.notice.model import Notice
from aiwei_cli.query import Filters, places
from aiwei_cli.query.asked import holds_path, number_path, squeezed
from aiwei_cli.query.filters import expanded

if TYPE_CHECKING:
    from aiwei_cli.query import OfficeNames

_FIRST = 5
"""How many names are listed where none comes near the one asked for."""
_LONGEST = 20
"""Characters of each."""


class Witness:
    """Sees the notices go by and remembers the names in them, as far as the filters ask for names."""

    def __init__(self, filters: Filters, offices: OfficeNames) -> None:
        self._filters, self._rules = filters, offices
        self._offices: dict[str, None] = {}
        self._sections: dict[str, None] = {}
        self._items = 0

    def watch(self, notices: Iterable[Notice]) -> Iterator[Notice]:
        """The same notices."""
        for notice in notices:
            if self._filters.offices:
                self._offices.update(dict.fromkeys(office_names(notice)))
            if self._filters.sections:
                self._sections.update(dict.fromkeys(section_names(notice)))
            self._items += bool(notice.body or notice.duties)
            yield notice

    def unknown(self) -> Iterator[str]:
        """A sentence for each office and section that was asked for and is in none of the notices."""
        return self._unknown(self._filters)

    def nothing(self) -> Iterator[str]:
        """The sentences for a query that found nothing at all."""
        return self._nothing(list(self.unknown()))

    def _unknown(self, filters: Filters) -> Iterator[str]:
        for asked in filters.offices:
            if expanded(asked, self._rules).isdisjoint(self._offices):
                known = like(asked, self._offices) or _some(self._offices, "，全部见 aiwei offices")
                yield f"没有单位“{asked}”{known}"
        for asked in filters.sections:
            if not any(_is_section(asked, name) for name in self._sections):
                known = like(asked, self._sections) or _some(_tops(self._sections), "，全部见 aiwei sections")
                yield f"没有章节“{asked}”{known}"

    def _nothing(self, sentences: list[str]) -> Iterator[str]:
        if sentences:
            yield from (f"没有符合条件的事项：{sentence}" for sentence in sentences)
        elif not self._items:
            yield "没有符合条件的事项：没有读到编号的事项，也没有责任分工"
        else:
            yield "没有符合条件的事项"


def like(asked: str, names: Iterable[str]) -> str:
    """The end of a sentence about a name that is not there: the names that come near."""
    near = nearest(asked, names)
    return f"；相近的有：{'、'.join(near)}" if near else ""


def _some(names: Iterable[str], rest: str) -> str:
    """The end of a sentence about a name with no similar ones: the first of those there are."""
    known = list(dict.fromkeys(names))
    if not known:
        return ""
    first = "、".join(clipped(name, _LONGEST) for name in known[:_FIRST])
    return f"；现有：{first}" + (f" 等{rest}" if len(known) > _FIRST else "")


def _tops(names: Iterable[str]) -> Iterator[str]:
    """Those of the uppermost level among names of :func:`section_names`."""
    return (name for name in names if "/" not in name.partition(" ")[0])


def _is_section(asked: str, name: str) -> bool:
    """Whether a name of :func:`section_names` is what was asked for."""
    path = number_path(asked)
    if path is None:
        return squeezed(asked) in squeezed(name)
    return holds_path(name.partition(" ")[0], path)


def nearest(asked: str, names: Iterable[str], most: int = 5) -> list[str]:
    """The existing names most like the one asked for: first those that contain it or are contained in it."""
    from difflib import get_close_matches

    known = list(dict.fromkeys(names))
    wanted = squeezed(asked)
    near = [name for name in known if wanted and (wanted in squeezed(name) or squeezed(name) in wanted)]
    near += get_close_matches(asked, known, n=most, cutoff=0.34)
    return list(dict.fromkeys(near))[:most]


def office_names(notice: Notice) -> Iterator[str]:
    """The names of the offices that have duties in a notice, canonical and as written, with repeats."""
    for place in places(notice):
        for duty in place.node.duties:
            yield duty.office
            yield duty.written


def section_names(notice: Notice) -> Iterator[str]:
    """The places of a notice, each as ``id title``, and the titles of several plans."""
    for plan in notice.plans if len(notice.plans) > 1 else ():
        yield plan.title
    for node in notice.walk():
        yield f"{node.id} {node.title}".rstrip()
