"""SQLite: whole notices in the tables of the ledger, for Datasette, for SQL and for aiwei itself."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TextIO

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.model import Notice

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices


def write_database(notices: Iterable[Notice], out: TextIO, offices: Offices) -> None:
    """A database of the notices, each separately, to the bytes below the stream.

    SQLite has to have a file to write to; it is in a temporary folder until it is whole.
    Raises AiweiError where that folder cannot be written.
    """
    from aiwei_cli.store.add import Store

    with TemporaryDirectory(prefix="aiwei-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "export.db"
        try:
            store = Store(str(file), offices)
        except ReadError as error:
            raise _unwritten(error, folder) from error
        try:
            # Nobody else knows the file, and nothing is lost with it.
            store.connection.execute("PRAGMA journal_mode = OFF")
            store.connection.execute("PRAGMA synchronous = OFF")
            store.add_apart(map(store.entry, notices))
        except ReadError as error:
            if not str(error).startswith(str(file)):  # about a notice
                raise
            raise _unwritten(error, folder) from error
        finally:
            store.close()
        with file.open("rb") as made:
            shutil.copyfileobj(made, out.buffer, 1 << 20)


def _unwritten(error: ReadError, folder: str) -> OSError:
    """What is wrong with the database is wrong with the folder it is made in, which nobody named."""
    said = str(error).partition("：")[2].partition("；")[0]
    return OSError(errno.EIO, said, folder)
