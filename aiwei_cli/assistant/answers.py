"""The questions an assistant asks, each answered with plain data that fits into its memory.

An answer that would be too long ends early and says ``next``; asked again with it, the next part comes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aiwei_cli.api.asking import filters_of
from aiwei_cli.assistant.shelf import Shelf
from aiwei_cli.errors import ReadError, UsageError
from aiwei_cli.notice.model import Hit, Node, Notice, Place
from aiwei_cli.query import Filters, above, places
from aiwei_cli.query.absent import Witness
from aiwei_cli.query.by_id import with_id
from aiwei_cli.query.called import called
from aiwei_cli.query.filters import selector
from aiwei_cli.query.table import hits_table
from aiwei_cli.query.tally import offices_table

ROOM = 12_000
"""Characters of one answer, about four thousand tokens."""
_LEFT_OUT = ("item", "marker")
"""Columns that repeat others."""

Data = dict[str, Any]


class Answers:
    """What is on a shelf, by questions. Each raises ReadError or UsageError, in Chinese and with the cure."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def list_files(self, path: str = "", next: int = 0) -> Data:
        """列出可以读的文件。path 是文件夹，不写就是全部。"""
        return _page("files", self._shelf.files(path), next)

    def read_notice(self, path: str, next: int = 0) -> Data:
        """一篇公文的标题、机关、文号、日期、章节、事项数；next 大于 0 时给原文的下一段。"""
        notice = self._shelf.one(path)
        if next:
            text = notice.text[next - 1 : next - 1 + ROOM]
            end = next - 1 + len(text)
            return {"path": path, "text": text, "span": [next - 1, end]} | _more(end + 1, end < len(notice.text))
        hits = self._hits(notice, Filters())
        outline = [{"id": node.id, "title": _short(node)} for node in _headings(notice.body)]
        about: Data = {
            "path": path,
            "title": called(notice),
            "issuer": notice.issuer,
            "document_number": notice.document_number,
            "date": notice.date,
            "year": notice.year,
            "addressees": list(notice.addressees),
            "items": len(hits),
            "doubts": len(notice.diagnostics),
            "characters": len(notice.text),
        }
        page = _page("outline", outline, 0)
        page.pop("next", None)
        return about | page | {"next": 1}

    def list_tasks(
        self,
        path: str,
        office: str = "",
        role: str = "",
        section: str = "",
        keyword: str = "",
        no_owner: bool = False,
        next: int = 0,
    ) -> Data:
        """公文里的事项：谁牵头、谁负责、谁配合、什么时候完成。可按单位、分工（牵头、负责、配合）、章节、字词筛选。"""
        filters = filters_of(
            office=_given(office),
            role=_given(role),
            section=_given(section),
            keyword=_given(keyword),
            no_owner=no_owner,
        )
        witness = Witness(filters, self._shelf.rules.offices)
        page = _page("tasks", self._rows(path, filters, witness), next)
        return page if page["tasks"] else page | {"nothing": list(witness.nothing())}

    def get_item(self, path: str, id: str) -> Data:
        """一个事项的原文、位置，和每一处读作什么、依据哪条规则。id 如 一/（二）/3。"""
        from aiwei_cli.why import why_data

        notice = self._shelf.one(path)
        found = with_id(id, places(notice))
        if len(found) != 1:
            raise UsageError(_no_item(id, found))
        place = found[0]
        start, end = place.node.span
        words = notice.text[start:end]
        more = {"cut": True} if len(words) > ROOM else {}
        return {
            "path": path,
            "notice": called(notice),
            "headings": [title for _, title in above(place)],
            "words": words[:ROOM],
            "span": [start, end],
            **more,
            **{key: value for key, value in why_data(notice, place.node, self._shelf.rules).items() if key != "path"},
        }

    def search(self, words: str, path: str = "", next: int = 0) -> Data:
        """哪些事项里有这些字（空格隔开的几个都要有）。path 是文件或文件夹，不写就在全部文件里找。"""
        if not words.strip():
            raise UsageError("要找的字是空的；请写上要找的字")
        return self._everywhere(path, filters_of(keyword=words), next)

    def due(self, before: str, path: str = "", next: int = 0) -> Data:
        """这一天之前到期的事项，早的在前。before 如 2024-07-01。"""
        answer = self._everywhere(path, filters_of(due_before=before), None)
        rows = sorted(
            answer["tasks"], key=lambda row: min(filter(None, str(row.get("due", "")).split("、")), default="")
        )
        return {**answer, **_page("tasks", rows, next)}

    def offices(self, path: str, next: int = 0) -> Data:
        """公文里的单位：各牵头、负责、配合几项，规则里有没有。"""
        hits = (hit for notice in self._shelf.notices(path) for hit in self._hits(notice, Filters()))
        table = offices_table(hits, self._shelf.rules.offices)
        return _page("offices", map(_row, table.rows), next)

    def doubts(self, path: str, next: int = 0) -> Data:
        """读公文时拿不准、要人看一眼的地方，和怎么办。"""
        from aiwei_cli.notice.codes import ADVICE

        rows = (
            {
                "code": each.code,
                "message": each.message,
                "line": each.line,
                "column": each.column,
                "span": list(each.span),
                "words": notice.text[each.span[0] : each.span[1]][:200],
                "cure": ADVICE[each.code].cure if each.code in ADVICE else "",
            }
            for notice in self._shelf.notices(path)
            for each in notice.diagnostics
        )
        return _page("doubts", rows, next)

    def check(self, path: str, level: str = "warning", next: int = 0) -> Data:
        """按公文格式和标点、数字用法等规则检查。level 是 error、warning 或 hint。"""
        from aiwei_cli.checking.report import FileFinding, as_data
        from aiwei_cli.checking.rule import LEVELS
        from aiwei_cli.checking.run import check

        wanted = _among(level, LEVELS, "level")
        rows = (
            as_data(FileFinding(path, finding, None, ""))
            for notice in self._shelf.notices(path)
            for finding in check(notice, self._shelf.rules, level=wanted)
        )
        return _page("findings", rows, next)

    def diff(self, old: str, new: str, next: int = 0) -> Data:
        """两份方案之间哪些事项调整、移动、合并、拆分、取消、新增；没有变化的不列。"""
        from aiwei_cli.compare.changes import compare
        from aiwei_cli.compare.table import as_data

        rules = self._shelf.rules
        changes = compare(self._shelf.one(old), self._shelf.one(new), rules.data["compare"], rules.offices.subjects)
        return _page("changes", (as_data(change) for change in changes if not change.stays), next)

    def _everywhere(self, path: str, filters: Filters, next: int | None) -> Data:
        """The items of all files under a path; files that cannot be read are named."""
        rows: list[Data] = []
        unread: list[str] = []
        for name in self._shelf.files(path):
            try:
                rows.extend(self._rows(name, filters))
            except ReadError as error:
                unread.append(str(error))
        page = {"tasks": rows} if next is None else _page("tasks", rows, next)
        return page | ({"unread": unread} if unread else {})

    def _rows(self, path: str, filters: Filters, witness: Witness | None = None) -> Iterator[Data]:
        notices = self._shelf.notices(path)
        for notice in witness.watch(notices) if witness else notices:
            for row in hits_table(self._hits(notice, filters), "item").for_program().rows:
                yield _row(row) | {"path": path}

    def _hits(self, notice: Notice, filters: Filters) -> list[Hit]:
        return list(selector(filters, self._shelf.rules.offices)(notice))


def _among(given: str, known: tuple[Any, ...], name: str) -> Any:
    """One of the values there are. Raises UsageError."""
    if given not in known:
        raise UsageError(f"{name} 只能是 {'、'.join(known)}，不能是“{given}”")
    return given


def _given(written: str) -> str | None:
    """What is asked; None where the assistant left it blank."""
    return written if written.strip() else None


def _row(row: Any) -> Data:
    """The cells of a row that are not empty."""
    cells = row if isinstance(row, Mapping) else dict(zip(row.keys, row, strict=True))
    return {key: cell for key, cell in cells.items() if cell not in (None, "") and key not in _LEFT_OUT}


def _page(name: str, rows: Iterable[Any], start: int) -> Data:
    """As many rows as fit, from one on, with ``next`` where more are left."""
    if start < 0:
        raise UsageError(f"next 是上一次回答里给出的数，不能是 {start}")
    taken: list[Any] = []
    room, more = ROOM, False
    for number, row in enumerate(rows):
        if number < start:
            continue
        size = len(json.dumps(row, ensure_ascii=False))
        if taken and size > room:
            more = True
            break
        room -= size
        taken.append(row)
    return {name: taken} | _more(start + len(taken), more)


def _more(next: int, more: bool) -> Data:
    return {"next": next} if more else {}


def _headings(nodes: Iterable[Node], depth: int = 0) -> Iterator[Node]:
    for node in nodes:
        if depth == 0 or node.children:
            yield node
            yield from _headings(node.children, depth + 1)


def _short(node: Node) -> str:
    return node.title or node.text[:30]


def _no_item(asked: str, found: list[Place]) -> str:
    if found:
        return f"编号“{asked}”有几处：{'、'.join(place.node.id for place in found[:10])}；请写完整"
    return f"没有编号“{asked}”；用 list_tasks 看有哪些编号"
