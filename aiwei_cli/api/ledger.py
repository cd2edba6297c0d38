"""A ledger for programs: the same questions as to one notice, asked of all that it holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from aiwei_cli.api.asking import filters_of, frame_of, plain_rows, read_per, several, table_of
from aiwei_cli.api.reading import rules_of
from aiwei_cli.compiled import Rules, load
from aiwei_cli.errors import ReadError
from aiwei_cli.query.filters import selector
from aiwei_cli.query.which import Which
from aiwei_cli.store import is_sqlite
from aiwei_cli.store.query import Ledger

if TYPE_CHECKING:
    from types import TracebackType

    from aiwei_cli.notice.asked import Asked, Some
    from aiwei_cli.notice.fields import Cell
    from aiwei_cli.notice.model import Hit, Notice
    from aiwei_cli.query import Filters
    from aiwei_cli.query.table import Table


class OpenLedger:
    """A ledger that is open for reading; :func:`aiwei_cli.open_ledger` gives it. It can be used with ``with``.

    All filters are those of :meth:`aiwei_cli.Notice.items`; a ReadError is raised for contents that aiwei does not
    write.
    """

    def __init__(self, ledger: Ledger, rules: Rules) -> None:
        self._ledger, self._rules = ledger, rules

    def notices(self) -> Iterator[Notice]:
        """The notices, in the order in which they were first added."""
        return self._ledger.notices()

    def items(self, **asked: Unpack[Asked]) -> Iterator[Hit]:
        """The items that match, of all notices."""
        filters = filters_of(**asked)
        find = selector(filters, self._rules.offices)
        return (hit for notice in self._ledger.notices(filters, self._rules.offices) for hit in find(notice))

    def rows(self, per: str = "item", **asked: Unpack[Asked]) -> list[dict[str, Cell]]:
        """The rows of what matches, as :meth:`aiwei_cli.Notice.rows` gives them."""
        return plain_rows(self._table(per, filters_of(**asked)))

    def to_frame(self, per: str = "item", kind: str | None = None, **asked: Unpack[Asked]) -> Any:
        """The same as a data frame, as :meth:`aiwei_cli.Notice.to_frame` gives it."""
        return frame_of(self._table(per, filters_of(**asked)), kind)

    def search(self, text: str, *, limit: int | None = None, **asked: Unpack[Asked]) -> list[dict[str, Cell]]:
        """The items that fit a text best, the best first, with the columns of ``aiwei search``.

        Raises UsageError where there is nothing to look for.
        """
        from aiwei_cli.store.search import table

        wanted, answer = self._ledger.search(text, filters_of(**asked), self._rules.offices, limit)
        return plain_rows(table(answer, wanted, marked=False))

    def offices(self, **asked: Unpack[Asked]) -> list[dict[str, Cell]]:
        """Each office with its duties by role, the busiest first, with the columns of ``aiwei offices``."""
        return plain_rows(self._ledger.offices_table(filters_of(**asked), self._rules.offices))

    def _table(self, per: str, filters: Filters) -> Table:
        unit = read_per(per, filters)
        if unit == "pair":
            find, offices = selector(filters, self._rules.offices), self._rules.offices
            hits = (hit for notice in self._ledger.notices(filters, offices) for hit in find(notice))
            return table_of(hits, unit, self._rules)
        return self._ledger.hits_table(filters, unit, self._rules.offices)

    def close(self) -> None:
        """Close the file."""
        self._ledger.connection.close()

    def __enter__(self) -> OpenLedger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<OpenLedger {os.path.basename(self._ledger.name)} {self._ledger.count()} 篇公文>"  # noqa: PTH119

    def _repr_html_(self) -> str:
        from aiwei_cli.api.shown import html

        return html(self._table("item", filters_of()), self._ledger.name)


def open_ledger(
    path: str | os.PathLike[str],
    *,
    notice: Some = None,
    year: int | tuple[int, ...] | None = None,
    all_versions: bool = False,
    rules: Rules | str | Path | None = None,
) -> OpenLedger:
    """The ledger in a file that ``aiwei add`` or ``aiwei export -o x.db`` wrote, open for reading.

    ``notice``: only notices with these words in title, issuer, number or file name; ``year``: only those of a year;
    ``all_versions``: also the versions that were replaced. Raises ReadError where the file is no ledger.

    >>> import aiwei_cli as aiwei
    >>> try:
    ...     aiwei.open_ledger("没有这个台账.db")
    ... except aiwei.ReadError as error:
    ...     print(error)
    没有这个台账.db：没有这个台账，或者不是台账；请给出 aiwei add 写的文件
    """
    name = os.fspath(path)
    if not is_sqlite(name):
        raise ReadError(f"{name}：没有这个台账，或者不是台账；请给出 aiwei add 写的文件")
    years = (year,) if isinstance(year, int) else tuple(year or ())
    which = Which(several(notice), years, all_versions)
    return OpenLedger(Ledger(name, which), rules_of(rules) or load())
