"""Conditions of SQL, put together with their values."""

from __future__ import annotations

from collections.abc import Iterable

from aiwei_cli.records import NamedTuple


class Where(NamedTuple):
    """A condition on ``nodes`` joined with ``notices``, and its values."""

    sql: str
    values: tuple[object, ...] = ()

    @classmethod
    def all_of(cls, parts: Iterable[Where]) -> Where:
        """The parts, each of which has to hold."""
        return cls._joined(" AND ", list(parts)) or cls("1")

    @classmethod
    def any_of(cls, parts: Iterable[Where]) -> Where:
        """The parts, one of which has to hold."""
        one = cls._joined(" OR ", list(parts)) or cls("0")
        return cls(f"({one.sql})", one.values)

    @classmethod
    def _joined(cls, word: str, parts: list[Where]) -> Where | None:
        values = tuple(value for part in parts for value in part.values)
        return cls(word.join(part.sql for part in parts), values) if parts else None
