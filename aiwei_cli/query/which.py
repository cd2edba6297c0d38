"""Which notices a question is about, where there are many: by words and by year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from aiwei_cli.errors import UsageError
from aiwei_cli.query.asked import squeezed
from aiwei_cli.query.where import Where
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    import sqlite3

    from aiwei_cli.notice.model import Notice

SHOWN = "notices.document NOT IN (SELECT document FROM hidden)"
"""Of the notices of a ledger those that were not removed."""


class Which(NamedTuple):
    """What is asked of a notice. An empty filter asks for nothing; several values mean any of them."""

    notices: tuple[str, ...] = ()
    """Each one word or several with blanks between them, which all have to be in :func:`name_of` the notice."""
    years: tuple[int, ...] = ()
    all_versions: bool = False
    """Whether a ledger also gives the versions that were replaced."""

    @property
    def everything(self) -> bool:
        """Whether all notices match; versions are another question."""
        return not (self.notices or self.years)

    def fits(self, notice: Notice) -> bool:
        """Whether a notice matches."""
        return self.everything or (
            self.named(name_of(notice.title, notice.issuer, notice.document_number, notice.source.path))
            and self.dated(notice.year, notice.date)
        )

    def sql(self, connection: sqlite3.Connection) -> Where:
        """The same as a condition on ``notices``."""
        parts = [] if self.all_versions else [Where("notices.latest")]
        parts.append(Where(SHOWN))
        if not self.everything:

            def fits(title: str, issuer: str, number: str, path: str, year: int, date: str) -> bool:
                return self.named(name_of(title, issuer, number, path)) and self.dated(year, date)

            connection.create_function("aiwei_fits", 6, fits)
            asked = "SELECT notice FROM notices WHERE aiwei_fits(title, issuer, document_number, path, year, date)"
            parts.append(Where(f"notices.notice IN ({asked})"))
        return Where.all_of(parts)

    def named(self, name: str) -> bool:
        """Whether the words are in the name of a notice, as :func:`name_of` gives it."""
        return not self.notices or any(
            all(squeezed(piece) in name for piece in asked.split()) for asked in self.notices
        )

    def dated(self, year: int | None, date: str | None) -> bool:
        """Whether a notice is about one of the years; was issued then, where it does not say what it is about."""
        return not self.years or notice_year(year, date) in self.years


def name_of(title: str | None, issuer: str | None, document_number: str | None, path: str | None) -> str:
    """What a notice is known by, for words to be looked for: its title, issuer and number, and the name of its file."""
    file = re.split(r"[/\\]", path or "")[-1]
    return "\n".join(squeezed(part or "") for part in (title, issuer, document_number, file))


def notice_year(year: int | None, date: str | None) -> int | None:
    """The year a notice is about, else the one of its date."""
    if year is None and date and date[:4].isdecimal():
        return int(date[:4])
    return year


def absent(which: Which, known: Iterable[tuple[str | None, int | None, str | None]]) -> Iterator[str]:
    """Why no notice matches, a sentence each, from the (title, year, date) of those there are."""
    from aiwei_cli.query.absent import like

    notices = list(known)
    titles = [title for title, _, _ in notices if title]
    for asked in which.notices:
        if not any(Which((asked,)).named(squeezed(title)) for title in titles):
            yield f"没有公文“{asked}”{like(asked, titles)}"
    years = sorted({year for year in (notice_year(year, date) for _, year, date in notices) if year is not None})
    for asked_year in which.years:
        if asked_year not in years:
            there = f"；有的是 {'、'.join(map(str, years))}" if years else ""
            yield f"没有 {asked_year} 年的公文{there}"


def read_year(written: str) -> int:
    """A year: 2023, 2023年. Raises UsageError for anything else."""
    found = re.fullmatch(r"(\d{4})年?度?", "".join(written.split()))
    if not found:
        raise UsageError(f"“{written}”不是年份；请写成 2023")
    return int(found[1])
