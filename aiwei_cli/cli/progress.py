"""How far a command is with the files of a folder: a bar on standard error, on a terminal only."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from aiwei_cli.cli.help import columns
from aiwei_cli.cli.streams import in_json, making_room

_WIDE = 20
_PAUSE = 0.1
"""Seconds between two drawings of the bar."""


def pages(done: int, count: int) -> None:
    """Shows how many of the pages that are pictures have been recognised, on a line that goes when all are done."""
    if not _watched():
        return
    filled = _WIDE * done // max(count, 1)
    line = f"识别文字 [{'#' * filled}{'.' * (_WIDE - filled)}] {done}/{count} 页"
    sys.stderr.write(f"\r{line}" if done < count else f"\r{' ' * columns(line)}\r")
    sys.stderr.flush()


def _watched() -> bool:
    return sys.stderr.isatty() and not in_json()


class _Bar:
    """One line that is written over; what else comes to the terminal takes its place.

    A library's bar sends all output through itself, which breaks long lines and lets control characters through.
    """

    def __init__(self, total: int) -> None:
        self._total, self._done, self._width = total, 0, 0
        self._began = self._drawn = monotonic()
        self._over = False

    def step(self) -> None:
        """A document is read."""
        self._done += 1
        now = monotonic()
        if not self._over and (self._done == 1 or now - self._drawn >= _PAUSE):
            self._drawn = now
            self._draw(now - self._began)

    def _draw(self, spent: float) -> None:
        done, total = self._done, max(self._total, self._done)
        filled = _WIDE * done // total
        minutes, seconds = divmod(round(spent * (total - done) / done), 60)
        left = f"，还要 {minutes}:{seconds:02}" if spent >= 1 else ""
        line = f"读公文 [{'#' * filled}{'.' * (_WIDE - filled)}] {done}/{total}{left}"
        width = columns(line)
        sys.stderr.write(f"\r{line}{' ' * (self._width - width)}")
        sys.stderr.flush()
        self._width = width

    def clear(self) -> None:
        """Something is about to be written where the line is."""
        if self._width:
            sys.stderr.write(f"\r{' ' * self._width}\r")
            sys.stderr.flush()
            self._width = 0

    def end(self) -> None:
        """Data come to the same terminal: they show how far it is."""
        self.clear()
        self._over = True


@contextmanager
def progress(paths: Sequence[str], *, quiet: bool = False) -> Iterator[Callable[[], None]]:
    """A function to call after every document. It does nothing in a pipe, and where no folder was asked for."""
    folders = [path for path in paths if path != "-" and os.path.isdir(path)]  # noqa: PTH112
    if quiet or not folders or not _watched():
        yield lambda: None
        return
    from aiwei_cli.reading.files import list_folder

    bar = _Bar(sum(len(list_folder(folder)[0]) for folder in folders) + len(paths) - len(folders))
    with making_room(bar.clear, bar.end):
        yield bar.step
