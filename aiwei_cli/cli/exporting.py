"""What export writes: each kind of format has its own way from the notices to the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, NoReturn

import typer

from aiwei_cli.cli.question import Question, answer, ask, finish, lights_of
from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import UsageError
from aiwei_cli.query import Filters

if TYPE_CHECKING:
    from aiwei_cli.cli.output import Out
    from aiwei_cli.cli.session import Session
    from aiwei_cli.cli.split import SplitOutput
    from aiwei_cli.notice.model import Hit
    from aiwei_cli.query.table import Per
    from aiwei_cli.tracking.lights import Lamps


class Export:
    """One export: the question, the notices that are asked, and what the options say of the file."""

    def __init__(self, question: Question, session: Session, *, title: str, weight: str, remind: int) -> None:
        self.question, self.session = question, session
        self.title, self.weight, self.remind = title, weight, remind

    def split(self, parts: SplitOutput) -> NoReturn:
        """A file, or a sheet, for each office or section."""
        from aiwei_cli.write.doubts import Doubts

        per = self.question.per
        doubtful = self.session.doubtful = Doubts()
        filters = self.question.narrowed(self.session)
        if per == "pair":
            raise UsageError("--split-by 分的是事项，不能和 --per pair 一起用；请去掉其中一个")
        hits, witness = ask(self.session, filters)
        parts.lights = self._lamps()
        finish(self.session, witness, found=parts.write(self.question.shape.hits(hits), per, doubtful))

    def whole(self, out: Out) -> NoReturn:
        """One file, or the standard output."""
        session, shape, kind = self.session, self.question.shape, out.format
        filters = self.question.narrowed(session)
        everything = filters == Filters()
        if kind.network or self.question.per == "pair":
            hits, witness = ask(session, filters)
            finish(session, witness, found=self._pairs(out, hits))
        if kind.calendar:
            hits, witness = ask(session, filters)
            finish(session, witness, found=_calendar(out, shape.hits(hits), self.remind))
        if kind.database:
            raise typer.Exit(_database(session, out, whole=everything))
        if kind.notices and everything and shape.plain:
            raise typer.Exit(_notices(session, out, self.question.per))
        if kind.reports and shape.columns is None:
            self._report(out, filters)
        table, witness = answer(session, filters, self.question.per)
        finish(session, witness, found=out.table(shape.table(table, lights_of(session, shape.columns))))

    def _pairs(self, out: Out, hits: Iterator[Hit]) -> bool:
        """Who works with whom: as rows, or as a network of the offices."""
        from aiwei_cli.api.asking import read_weight, table_of

        rules, shared = self.session.rules, read_weight(self.weight)
        if not out.format.network:
            return out.table(table_of(hits, self.question.per, rules, shared))
        if self.question.per != "pair":
            raise UsageError(f"{out.format.name} 是单位之间的网络；请加上 --per pair")
        from aiwei_cli.write.network import network, write_network

        found = network(hits, rules.offices, shared)
        if found.nodes:
            out.write(lambda stream: write_network(found, stream, out.format))
        return bool(found.nodes)

    def _report(self, out: Out, filters: Filters) -> NoReturn:
        """The tasks for people to read: what they are, who does what, and what is doubtful."""
        from aiwei_cli.write.doubts import Doubts
        from aiwei_cli.write.report import Report

        doubtful = self.session.doubtful = Doubts()
        hits, witness = ask(self.session, filters)
        found = self.question.shape.hits(hits)
        report = Report(found, self.question.per, doubtful=doubtful, heading=self.title, lights=self._lamps())
        finish(self.session, witness, found=out.report(report))

    def _lamps(self) -> Lamps:
        from aiwei_cli.tracking.lights import Lamps

        rules = self.session.rules.data["lights"]
        return Lamps(self.question.shape.day, rules, fixed=self.question.as_of is not None)


def _calendar(out: Out, hits: Iterable[Hit], days: int) -> bool:
    """The days on which something is due, as a calendar."""
    from aiwei_cli.tracking.clock import now
    from aiwei_cli.write.ics import write_calendar

    if not 0 <= days <= 366:
        raise UsageError(f"--remind 是提前几天，从 0 到 366，不能是 {days}")
    every = [hit for hit in hits if hit.place.node.deadlines or hit.place.node.moved]
    counts: list[int] = []
    if every:
        out.write(lambda stream: counts.append(write_calendar(every, stream, days=days, stamp=now())))
        complain(f"日历里有 {counts[0]} 个日子，提前 {days} 天提醒")
    return bool(every)


def _notices(session: Session, out: Out, per: Per) -> int:
    """Whole notices in Markdown, each with the table of its tasks."""
    from aiwei_cli.write.markdown import write_reports

    notices = session.notices()
    first = next(notices, None)
    if first is None:
        return session.code()
    out.write(lambda stream: write_reports(chain((first,), notices), stream, out.style, per))
    session.tell_doubts()
    return session.code()


def _database(session: Session, out: Out, *, whole: bool) -> int:
    """Whole notices in a database that can be asked again."""
    from aiwei_cli.write.sqlite import write_database

    if not whole:
        raise UsageError("SQLite 数据库里是整篇公文，不能只要其中几项；可以用 --notice、--year 选公文，其余条件请去掉")
    notices = session.notices()
    first = next(notices, None)
    if first is None:
        for sentence in session.unfitting():
            complain(sentence)
        return session.code(found=False)
    out.write(lambda stream: write_database(chain((first,), notices), stream, session.rules.offices))
    session.tell_doubts()
    return session.code()
