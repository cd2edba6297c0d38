"""A copy of a ledger beside it, before the tables are changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from aiwei_cli.errors import ReadError


def copy_beside(source: sqlite3.Connection, path: str, version: int) -> str:
    """Copy the ledger as ``tasks.db.v1-备份``, and return the name; no file that is there is ever written over.

    The caller holds the lock of the ledger, so nobody writes meanwhile, and only one makes a copy. SQLite does the
    copying, so what is still in a write-ahead log comes too. Raises ReadError where the copy cannot be written.
    """
    unfinished = f"{path}.v{version}-备份.未写完"
    try:
        try:
            _discard(unfinished)  # left by a program that was killed
            os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(sqlite3.connect(unfinished, isolation_level=None)) as made:
                source.backup(made)
            shutil.copymode(path, unfinished)
            name = _free(f"{path}.v{version}-备份")
            os.replace(unfinished, name)  # noqa: PTH105 - pathlib would not keep the name as it was given
        except BaseException:
            with suppress(OSError):
                _discard(unfinished)
            raise
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise ReadError(
            f"{path}：要把台账升级到新的结构，先在旁边留一份副本，但没有写成（{why}）；"
            "台账没有动；请腾出空间，或把它放到能写的文件夹再试"
        ) from error
    return name


def _discard(name: str) -> None:
    for file in (name, f"{name}-journal"):
        Path(file).unlink(missing_ok=True)


def _free(name: str) -> str:
    """The first name of this kind that is free; an empty file takes it at once."""
    for number in count(1):
        free = name if number == 1 else f"{name}{number}"
        with suppress(FileExistsError):
            os.close(os.open(free, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            return free
    raise AssertionError
