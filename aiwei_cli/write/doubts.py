"""Doubts for people: a table that says what to look at and what to do about it, and the reasons beside the cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from aiwei_cli.language.chars import clipped
from aiwei_cli.language.patterns import pattern
from aiwei_cli.notice.codes import ADVICE, CODES
from aiwei_cli.notice.model import ROLES, Diagnostic, Duty, Hit, Node, Notice
from aiwei_cli.query.called import called
from aiwei_cli.query.doubts import UNKNOWN, CountedDoubt, counted_doubts
from aiwei_cli.query.table import DOUBT_COLUMNS, Row, Table
from aiwei_cli.write.spool import Spool

NAME = "疑点"
_WHY = pattern("（(?:不认得|「|括号缺)[^（）]*）$")
_QUOTED = 60
"""How many characters of the source are shown."""
_PLACES = 5
"""How many places of one finding are listed."""


class Doubts:
    """Collects the doubts of notices as they pass, for the table of doubts."""

    def __init__(self, notices: Iterable[Notice] = ()) -> None:
        self.count = 0
        self._rows: Spool[Row] = Spool()
        self._notices: set[str] = set()
        for notice in notices:
            self.add(notice)

    def add(self, notice: Notice) -> None:
        """The doubts of one more notice."""
        if notice.diagnostics:
            self.count += len(notice.diagnostics)
            self._notices.add(called(notice))
            for row in _rows(notice):
                self._rows.append(row)

    def table(self) -> Table | None:
        """A row for each finding; None where there is nothing to look at."""
        if not self.count:
            return None
        several = len(self._notices) > 1
        return Table(NAME, tuple(column for column in DOUBT_COLUMNS if several or column.key != "notice"), self._rows)


def _rows(notice: Notice) -> Iterator[Row]:
    for each in counted_doubts(notice.diagnostics):
        count = len(each.places)
        yield {
            "notice": called(notice),
            "code": each.code,
            "message": CODES.get(each.code, each.message) + _why(each) + (f"（共 {count} 处）" if count > 1 else ""),
            "quote": _quote(notice, each),
            "where": _places(notice, each.places),
            "cure": cure(each.code),
        }


def _why(found: CountedDoubt) -> str:
    """What the message says after the words of the source, in brackets: the word that no rule knows."""
    match = _WHY.search(found.detail) if found.code.startswith("C") else None
    return match[0] if match is not None else ""


def cure(code: str) -> str:
    """What to do about a code."""
    advice = ADVICE.get(code)
    return advice.cure if advice is not None else ""


def _quote(notice: Notice, found: CountedDoubt) -> str:
    start, end = found.places[0].span
    if found.code.startswith("N"):  # a number says nothing without the words after it
        return found.detail
    words = " ".join(notice.text[start:end].split()) or found.detail
    return clipped(words, _QUOTED)


def _places(notice: Notice, found: Sequence[Diagnostic]) -> str:
    """Where a finding is, as a person finds it: 第12段（编号 一/3）; of many places the first."""
    told = list(dict.fromkeys(filter(None, (_place(notice, each) for each in found))))
    return "、".join(told[:_PLACES]) + (" 等" if len(told) > _PLACES else "")


def _place(notice: Notice, found: Diagnostic) -> str:
    if found.span[0] >= found.span[1] and found.code.startswith("T"):
        return "全篇"
    node = _deepest(notice.body, found.span[0])
    where = node.place if node is not None and node.place else f"第{found.line}行"
    return f"{where}（编号 {node.id}）" if node is not None else where


def _deepest(nodes: Sequence[Node], offset: int) -> Node | None:
    found = None
    while True:
        inside = next((node for node in nodes if node.span[0] <= offset < node.span[1]), None)
        if inside is None:
            return found
        found, nodes = inside, inside.children


# --- the reasons beside the cells


def notes(hit: Hit) -> Mapping[str, str]:
    """By the key of a column of items why the cell is doubtful."""
    found: dict[str, list[Diagnostic]] = {}
    for each in hit.doubts:
        for key in _cells(hit, each):
            found.setdefault(key, []).append(each)
        found.setdefault("doubts", []).append(each)
    return {key: reason(each) for key, each in found.items()}


def duty_notes(hit: Hit, duty: Duty) -> Mapping[str, str]:
    """The same for the row of a duty."""
    unknown = [each for each in hit.doubts if _is_about(each, duty)]
    told = {"office": reason(unknown)} if unknown else {}
    return {**told, "doubts": reason(hit.doubts)} if hit.doubts else told


def reason(found: Iterable[Diagnostic]) -> str:
    """What is doubtful, and what to do about it, for a note beside a cell."""
    return "\n".join(f"{each.code} {each.message}\n怎么办：{cure(each.code)}" for each in found)


def _is_about(found: Diagnostic, duty: Duty) -> bool:
    return found.code == UNKNOWN and found.message.endswith(f"：{duty.written}")


def _cells(hit: Hit, found: Diagnostic) -> Iterator[str]:
    """The cells that a diagnostic makes doubtful."""
    roles = [role for role in ROLES if any(duty.role == role for duty in hit.all_duties)]
    if found.code == UNKNOWN:
        yield from (r for r in roles if any(d.role == r and _is_about(found, d) for d in hit.all_duties))
    elif found.code.startswith("N"):
        yield "id"
    elif found.code.startswith("C"):
        # What was not read may name offices of any role; its words are in the text.
        yield from roles or ("responsible",)
        yield "item"
