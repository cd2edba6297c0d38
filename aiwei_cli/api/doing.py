"""What the other commands do, for programs: check a draft, compare two plans, write a file, add to a ledger."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from aiwei_cli.api.asking import filters_of, read_per, table_of
from aiwei_cli.api.reading import rules_of
from aiwei_cli.compiled import Rules, load
from aiwei_cli.errors import UsageError
from aiwei_cli.notice.model import Notice
from aiwei_cli.query.filters import selector

if TYPE_CHECKING:
    from aiwei_cli.checking.rule import Finding, Level
    from aiwei_cli.compare.changes import Change
    from aiwei_cli.notice.asked import Asked
    from aiwei_cli.store.add import Outcome

_Given = Rules | str | Path | None


def check(
    notice: Notice,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    level: Level = "warning",
    rules: _Given = None,
) -> list[Finding]:
    """The faults of form, numbers, duties and dates in a notice, in the order of the text: those of ``aiwei check``.

    ``select`` and ``ignore`` are codes, their beginnings (``S``) or names; ``level`` the slightest that is wanted:
    error, warning or hint. A finding has a code, a message, a span and a line.

    >>> import aiwei_cli as aiwei
    >>> [found.code for found in aiwei.check(aiwei.parse("一、修路。\\n三、清淤。"), select=["S001"])]
    ['S001']
    """
    from aiwei_cli.checking.run import check as run

    return run(notice, rules_of(rules) or load(), select=select, ignore=ignore, level=level)


def diff(old: Notice, new: Notice, *, rules: _Given = None) -> list[Change]:
    """What became of each item of a plan in the next one, as ``aiwei diff`` tells it: ``kind`` is same, reworded,
    merged, split, dropped or new; ``old`` and ``new`` are the items, ``owner`` and ``deadline`` what changed in them.

    >>> import aiwei_cli as aiwei
    >>> old, new = aiwei.parse("一、修路（住建局负责）。"), aiwei.parse("一、修路（水利局负责）。")
    >>> [change.stays for change in aiwei.diff(old, new)]
    [False]
    """
    from aiwei_cli.compare.changes import compare

    chosen = rules_of(rules) or load()
    return compare(old, new, chosen.data["compare"], chosen.offices.subjects)


def export(
    notices: Notice | Iterable[Notice],
    path: str | os.PathLike[str],
    *,
    per: str = "item",
    rules: _Given = None,
    **asked: Unpack[Asked],
) -> bool:
    """Write the table of what matches to a file, whole or not at all, in the format of its suffix: .xlsx, .docx, .html,
    .csv, .parquet, …, as ``aiwei export -o`` does; and say whether there was anything to write.

    Raises UsageError for a suffix that is no table's, and AiweiError where the file cannot be written.

    >>> import aiwei_cli as aiwei
    >>> aiwei.export(aiwei.parse("一、修路（住建局负责）。"), "没有人.xlsx", office="水利局")
    False
    """
    from aiwei_cli.tracking.clock import today
    from aiwei_cli.tracking.lights import Lamps
    from aiwei_cli.write import Style, by_suffix, write_report, write_table
    from aiwei_cli.write.doubts import Doubts
    from aiwei_cli.write.report import Report
    from aiwei_cli.write.target import target

    name, filters, chosen = os.fspath(path), filters_of(**asked), rules_of(rules) or load()
    unit, format = read_per(per, filters), by_suffix(name)
    if format is None or not format.tables:
        raise UsageError(f"{name}：export() 写表，文件名请用 .xlsx、.docx、.html、.csv、.json、.parquet 等结尾")
    every = [notices] if isinstance(notices, Notice) else list(notices)
    find = selector(filters, chosen.offices)
    hits = [hit for notice in every for hit in find(notice)]
    if not hits:
        return False
    style = Style(labels=format.labels, for_excel=True)
    with target(name) as out:
        if format.reports and unit != "pair":
            lights = Lamps(today(), chosen.data["lights"])
            write_report(Report(hits, unit, doubtful=Doubts(every), lights=lights), out, format, style)
        else:
            write_table(table_of(hits, unit, chosen), out, format, style)
    return True


def add(notices: Notice | Iterable[Notice], ledger: str | os.PathLike[str], *, rules: _Given = None) -> list[Outcome]:
    """Put notices into a ledger, all or none of them, as ``aiwei add`` does; it is made where there is none.

    Each outcome says what became of a notice: ``change`` is added, updated (a new version), known or older, ``version``
    counts from 1. Raises ReadError where the file is no ledger or cannot be written.
    """
    from aiwei_cli.store.add import Store

    chosen = rules_of(rules) or load()
    more: dict[str, Any] = {"compare": chosen.data["compare"]}
    store = Store(os.fspath(ledger), chosen.offices, **more)
    try:
        every = [notices] if isinstance(notices, Notice) else notices
        return store.add([store.entry(notice) for notice in every])
    finally:
        store.close()
