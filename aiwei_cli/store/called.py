"""What a notice is called, in SQL: the same as :func:`aiwei_cli.query.called.called`."""

from __future__ import annotations

import sqlite3

from aiwei_cli.query.called import file_name

CALLED = (
    "CASE WHEN ifnull(notices.title, '') <> '' THEN notices.title ELSE coalesce((SELECT title FROM plans"
    " WHERE plans.notice = notices.notice AND title <> '' ORDER BY plan LIMIT 1), aiwei_file(ifnull(notices.path, '')))"
    " END"
)
"""For a query that has ``notices``, on a connection prepared by :func:`teach`."""


def teach(connection: sqlite3.Connection) -> None:
    """Let the queries of a connection ask for the name of a file."""
    connection.create_function("aiwei_file", 1, file_name, deterministic=True)
