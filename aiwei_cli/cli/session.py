"""One call of a command: which files, which rules, what could not be read, and the exit code that follows."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from aiwei_cli.cli import complain
from aiwei_cli.errors import ReadError

if TYPE_CHECKING:
    from aiwei_cli.model import Notice
    from aiwei_cli.rules import Rules


class Session:
    """Reads and parses the notices that a command is about, one after the other.

    A file that cannot be read is reported and passed over; the exit code remembers it.
    """

    def __init__(self, files: Iterable[str] | None, *, rules: str | None = None, quiet: bool = False) -> None:
        self.files = list(files or ())
        self._bundled = False
        if not self.files:
            self._default()
        self._rules_folder = rules or os.environ.get("AIWEI_RULES") or None
        self._quiet = quiet
        self.read = 0
        self.failed = 0

    @property
    def single(self) -> bool:
        """Whether one file was asked for, which mostly holds one notice."""
        return len(self.files) == 1 and not Path(self.files[0]).is_dir()

    @cached_property
    def rules(self) -> "Rules":
        from aiwei_cli.rules import load

        return load(Path(self._rules_folder) if self._rules_folder else None)

    def notices(self) -> "Iterator[Notice]":
        """The notices of all files, in order. Raises RulesError, nothing else."""
        from aiwei_cli.read import sources

        for document in sources(self.files):
            if isinstance(document, ReadError):
                self.failed += 1
                if not self._quiet:
                    complain(f"错误：{document}")
                continue
            self.read += 1
            if document.notice is not None:
                yield document.notice
            else:
                from aiwei_cli.parsing import parse

                source = document.source
                if self._bundled:  # its place on this machine says nothing to anybody
                    source = replace(source, path=Path(self.files[0]).name)
                yield parse(document.text, source=source, rules=self.rules)

    def _default(self) -> None:
        """Without a file: what is piped, else the file of ``$AIWEI_NOTICE``, else the notice of the package."""
        path = "-" if _something_is_piped() else os.environ.get("AIWEI_NOTICE")
        if not path:
            from aiwei_cli.resources import bundled_notice

            path = str(bundled_notice())
            self._bundled = True
            complain(f"没有给出文件，用随附的示例公文 {Path(path).name}")
        self.files = [path]

    def code(self, *, found: bool = True) -> int:
        """The exit code: 2 where nothing could be read, 1 where something could not or nothing was found, else 0."""
        if self.failed and not self.read:
            return 2
        return 1 if self.failed or not found else 0


def _something_is_piped() -> bool:
    """Whether standard input is a pipe, a socket or a file: not a terminal, and not the null device of a cron job."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):  # no standard input at all
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)
