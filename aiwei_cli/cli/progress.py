"""How far a command is with the files of a folder: a bar on standard error, on a terminal only."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from aiwei_cli.cli.streams import in_json

_WIDE = 20


def pages(done: int, count: int) -> None:
    """How many pages that are pictures are recognised: a line on the terminal, which goes when all are."""
    if not _watched():
        return
    filled = _WIDE * done // max(count, 1)
    line = f"识别文字 [{'#' * filled}{'.' * (_WIDE - filled)}] {done}/{count} 页"
    sys.stderr.write(f"\r{line}" if done < count else f"\r{' ' * 2 * len(line)}\r")
    sys.stderr.flush()


def _watched() -> bool:
    return sys.stderr.isatty() and not in_json()


@contextmanager
def progress(paths: Sequence[str], *, quiet: bool = False) -> Iterator[Callable[[], None]]:
    """A function to call after every document. It does nothing in a pipe, and where no folder was asked for."""
    folders = [path for path in paths if path != "-" and os.path.isdir(path)]  # noqa: PTH112
    if quiet or not folders or not _watched():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from aiwei_cli.reading.files import listed

    total = sum(len(listed(folder)[0]) for folder in folders) + len(paths) - len(folders)
    columns = TextColumn("读公文"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    # What the command prints goes through the bar only where both are on the terminal: into a file it goes by itself.
    through = sys.stdout.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=through) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
