"""The ledger (台账): notices in a SQLite file, for questions over thousands of them.

``aiwei add`` puts notices in, and ``aiwei export --format sqlite`` writes the same tables. What comes
out again is the same: a notice as it was parsed, and for most questions the rows of the answer straight from SQL.

A ledger is a single file with a rollback journal, not a write-ahead log, which needs shared memory and so no network
share. A version, once written, never changes; only the mark of the latest one moves on.

- ``connect``: opening, for reading or for writing, and what can go wrong
- ``versions``, ``upgrades/``: the tables, of this version and of those before; ``beside``: the copy before an upgrade
- ``store``, ``record``: notices in
- ``load``: notices out
- ``where``, ``query``, ``names``: questions
- ``tokens``, ``search``: the full-text index
"""

from __future__ import annotations

import os

SQLITE_MARK = b"SQLite format 3\0"
"""The first bytes of any SQLite file."""
APPLICATION_ID = 0x61697765
"""``aiwe``: the mark of a ledger in the header of the file."""
SUFFIXES = (".db", ".sqlite", ".sqlite3")
"""What the name of a database ends in."""


def is_sqlite(path: str) -> bool:
    """Whether a file is a SQLite database, aiwei's or not. What cannot be read is not; a pipe is not looked into."""
    if not os.path.isfile(path):  # noqa: PTH113
        return False
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib need not be imported for this
            return file.read(len(SQLITE_MARK)) == SQLITE_MARK
    except (OSError, ValueError):
        return False
