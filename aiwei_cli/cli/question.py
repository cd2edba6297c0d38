"""One question to the notices of a command: from its options to what matches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from aiwei_cli.cli import stands
from aiwei_cli.cli.session import Care, Session
from aiwei_cli.cli.streams import complain
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from aiwei_cli.notice.model import Hit
    from aiwei_cli.query import Filters
    from aiwei_cli.query.absent import Witness
    from aiwei_cli.query.table import Per, Table
    from aiwei_cli.query.which import Which


class Question(NamedTuple):
    """What is asked of which notices, as the options say it, and in which form the answer is wanted."""

    filters: Filters
    per: Per
    shape: stands.RowShape
    how: stands.How
    tasks: Sequence[str] | None
    which: Which | None
    as_of: str | None
    """The day that counts as today, where one is given."""

    def session(self, files: Sequence[str] | None, *, rules: str | None, care: Care, as_written: bool) -> Session:
        """The notices that are asked."""
        return Session(files, rules=rules, which=self.which, care=care, as_of=self.as_of, as_written=as_written)

    def narrowed(self, session: Session) -> Filters:
        """The filters with what only the notices of the session tell: the tasks of a ledger, and how they stand."""
        filters = self.filters
        if self.tasks:
            from aiwei_cli.cli.places import resolved

            filters = filters._replace(tasks=resolved(list(self.tasks), session))
        return stands.narrowed(filters, session, self.shape.day, self.how)


def lights_of(session: Session, columns: str | None) -> Mapping[str, Any] | None:
    """The rules of lights, where a column of lights may be asked for."""
    return None if columns is None else session.rules.data["lights"]


def answer(session: Session, filters: Filters, per: Per) -> tuple[Table, Witness]:
    """The table of what matches: of a ledger straight from its rows."""
    care = session.care
    plain = per != "pair" and not (care.no_doubts or care.no_persons)
    if session.ledger is not None and plain and not session.ledger.has_own_columns():
        return session.ledger.hits_table(filters, per, session.rules.offices), witness_of(session, filters)
    from aiwei_cli.api.asking import table_of

    hits, witness = ask(session, filters)
    return table_of(hits, per, session.rules, tell=complain), witness


def ask(session: Session, filters: Filters) -> tuple[Iterator[Hit], Witness]:
    """What matches in all notices of the session, and the witness of the names that were there."""
    from aiwei_cli.query.filters import selector

    witness, find = witness_of(session, filters), selector(filters, session.rules.offices)
    return (hit for notice in witness.watch(session.notices(filters)) for hit in find(notice)), witness


def witness_of(session: Session, filters: Filters) -> Witness:
    """What knows which of the names that are asked for are in the notices of the session."""
    if session.ledger is not None:
        from aiwei_cli.store.names import LedgerWitness

        return LedgerWitness(filters, session.rules.offices, session.ledger)
    from aiwei_cli.query.absent import Witness

    return Witness(filters, session.rules.offices)


def finish(session: Session, witness: Witness, *, found: bool) -> NoReturn:
    """Say what was asked for in vain and that there are doubts, and leave with the exit code."""
    if session.read:
        unfitting = [] if found else [f"没有符合条件的事项：{sentence}" for sentence in session.unfitting()]
        for sentence in unfitting or (witness.unknown() if found else witness.nothing()):
            complain(sentence)
    session.tell_doubts()
    raise typer.Exit(session.code(found=found))
