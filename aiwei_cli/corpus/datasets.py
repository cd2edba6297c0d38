"""The datasets of a corpus and their columns: a row a notice, an item, a duty, a pair, …; ``notice_id`` joins them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from aiwei_cli.language.patterns import pattern
from aiwei_cli.notice.fields import Cell
from aiwei_cli.notice.model import Duty, Hit, Notice
from aiwei_cli.query import Filters, places
from aiwei_cli.query.filters import selector
from aiwei_cli.query.pairs import PAIR_COLUMNS, office_place, pairs_of
from aiwei_cli.query.table import DUTY_COLUMNS, ITEM_COLUMNS, duty_item, item_row
from aiwei_cli.records import NamedTuple
from aiwei_cli.write.parquet_ import cell_kind

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules

CorpusRow = tuple[Any, ...]
_WIDE = pattern("[\uff01-\uff5e]")
_NARROWER = 0xFEE0
"""How far the narrow form of a letter is before its wide one."""
_OF_NODES = ("notice_id int", "id text")
_SPAN = ("start int", "end int")
_OWN = {
    "notices": (
        *("notice_id int", "path text", "sha256 text", "text_sha256 text", "kind text", "characters int"),
        *("title text", "issuer text", "office_place text", "document_number text", "date text", "year int"),
        *("items int", "duties int", "diagnostics int"),
    ),
    "deadlines": (*_OF_NODES, "written text", "date text", "recurs text", "inherited truth", *_SPAN),
    "citations": (*_OF_NODES, "title text", "document_number text", *_SPAN),
    "diagnostics": ("notice_id int", "code text", "message text", "line int", "column int", *_SPAN),
    "errors": ("file text", "message text"),
}
_TABLES = {"items": ITEM_COLUMNS, "duties": DUTY_COLUMNS, "pairs": PAIR_COLUMNS}
LINKED = {
    "duties": ("role", "office", "written", "inherited", "stated"),
    "pairs": ("source", "source_role", "target", "target_role", "directed", "stated"),
}
"""What a row says of its own, in the order of its cells. The rest is the item's: :func:`item_cells`."""
_of_duty: Callable[[Duty], CorpusRow] = attrgetter(*LINKED["duties"])


class ItemRows(NamedTuple):
    """The row of an item, and what its duties and pairs say of their own."""

    cells: CorpusRow
    duties: list[CorpusRow]
    pairs: list[CorpusRow]


class NoticeRows(NamedTuple):
    """The rows of a notice."""

    items: list[ItemRows]
    others: Mapping[str, list[CorpusRow]]
    """Those of the other datasets, by their names."""


@cache
def columns() -> dict[str, list[tuple[str, str]]]:
    """Of each dataset the columns, each with its kind: text, int, number, truth."""
    found = {name: [_split(each) for each in own] for name, own in _OWN.items()}
    for name, shown in _TABLES.items():
        found[name] = [("notice_id", "int"), *((column.key, cell_kind(column)) for column in shown if column.program)]
    return found


def _split(said: str) -> tuple[str, str]:
    name, _, kind = said.partition(" ")
    return name, kind


@cache
def item_cells() -> dict[str, str]:
    """What a row says of an item, in the order of its cells, with their kinds: the columns of ``items``, then what else
    the rows of its duties and pairs show."""
    told = dict(columns()["items"])
    for name, own in LINKED.items():
        told |= {column: kind for column, kind in columns()[name] if column not in (*own, *told)}
    return told


def dataset_rows(notice: Notice, number: int, rules: Rules) -> NoticeRows:
    """The rows of a notice in each dataset."""
    place = office_place(notice, rules.offices)
    items = [_item_rows(hit, number, place) for hit in selector(Filters(), rules.offices)(notice)]
    nodes = [each.node for each in places(notice)]
    deadlines: list[CorpusRow] = [
        (number, node.id, each.written, each.date, each.recurs, each.inherited, *each.span)
        for node in nodes
        for each in node.deadlines
    ]
    citations: list[CorpusRow] = [
        (number, node.id, each.title, each.document_number, *each.span) for node in nodes for each in node.citations
    ]
    diagnostics: list[CorpusRow] = [
        (number, each.code, each.message, each.line, each.column, *each.span) for each in notice.diagnostics
    ]
    source = notice.source
    about: CorpusRow = (
        *(number, source.path, source.sha256, folded_sum(notice.text), source.kind, source.characters),
        *(notice.title, notice.issuer, place, notice.document_number, notice.date, notice.year),
        *(len(items), sum([len(item.duties) for item in items]), len(diagnostics)),
    )
    others = {"notices": [about], "deadlines": deadlines, "citations": citations, "diagnostics": diagnostics}
    return NoticeRows(items, others)


def _item_rows(hit: Hit, number: int, place: str) -> ItemRows:
    told = item_row(hit)
    told.update(notice_id=number, item=duty_item(hit), weight=1, office_place=place)
    return ItemRows(
        _cells()(told),
        list(map(_of_duty, hit.duties)),
        [
            (source.office, source.role, target.office, target.role, directed, source.stated)
            for source, target, directed in pairs_of(hit.duties)
        ],
    )


@cache
def _cells() -> Callable[[Mapping[str, Cell]], CorpusRow]:
    return itemgetter(*item_cells())


def error_rows(file: str, message: str) -> NoticeRows:
    """The row of a file that cannot be read."""
    return NoticeRows([], {"errors": [(file, message)]})


def folded_sum(text: str) -> str:
    """The same for texts that say the same: without white space, in one width and case.

    >>> folded_sum("修路（Ａ）。\\n") == folded_sum("修路(a)。"), folded_sum("修路") == folded_sum("清淤")
    (True, False)
    """
    at = 0
    while found := _WIDE.search(text, at):
        text, at = text.replace(found[0], chr(ord(found[0]) - _NARROWER)), found.start()
    return sha256("".join(text.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()
