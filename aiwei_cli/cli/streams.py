"""Standard output and standard error: in UTF-8, safe on a terminal, and a sentence where they cannot be written."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from typing import Any, NoReturn

from aiwei_cli.plain_text import Screen, nothing, one_line

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
"""A full disk, and a user's full share of one."""


class Closed(io.TextIOBase):
    """Takes the place of a closed standard output: only writing to it is an error."""

    encoding = "utf-8"

    def write(self, text: str) -> NoReturn:
        raise OSError(errno.EBADF, "closed")

    @property
    def buffer(self) -> Closed:
        return self

    def fileno(self) -> NoReturn:
        raise OSError(errno.EBADF, "closed")


def prepare() -> None:
    """Output is UTF-8 with line feeds, except on a console, which knows its own encoding; everything can be printed.

    A Windows console takes any character; one that was told to be GBK gets a question mark for what GBK lacks.
    """
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _fill()
    for stream in (sys.stdout, sys.stderr):
        if not hasattr(stream, "reconfigure"):  # replaced by a test, or absent under pythonw
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    out: Any = sys.stdout
    closed: Any = Closed()
    screen: Any = Screen(out)
    if out is None:
        sys.stdout = closed
    elif out.isatty() and not isinstance(out, Screen):
        sys.stdout = screen


def _fill() -> None:
    """Open the null device in the place of closed streams, or the next file that is opened would be one of them."""
    with suppress(OSError):
        while (opened := os.open(os.devnull, os.O_RDWR)) <= 2:
            pass
        os.close(opened)


_json = False


def speak(args: list[str]) -> None:
    """Whether this call wants JSON on standard error (``--errors json``): known before anything can be said."""
    global _json
    ours = args[: args.index("--")] if "--" in args else args
    _json = "--errors=json" in ours or ("--errors", "json") in pairwise(ours)


def in_json() -> bool:
    """Whether what is said is JSON."""
    return _json


def complain(message: str, **place: Any) -> None:
    """One line for the user on standard error, whatever the names in it; for a program ``place`` says what it is of."""
    line = _object(message, place) if _json else one_line(message)
    _before_complaint()
    if sys.stderr is not None:
        with suppress(OSError):  # nobody listens
            print(line, file=sys.stderr, flush=True)


_before_complaint: Callable[[], None] = nothing


@contextmanager
def making_room(complaint: Callable[[], None], data: Callable[[], None]) -> Iterator[None]:
    """Call ``complaint`` before each complaint, and ``data`` before data go to the terminal and at the end."""
    global _before_complaint
    screen = sys.stdout if isinstance(sys.stdout, Screen) else Screen(sys.stdout)
    _before_complaint, screen.before = complaint, data
    try:
        yield
    finally:
        _before_complaint, screen.before = nothing, nothing
        data()


def _object(message: str, place: dict[str, Any]) -> str:
    """A line of JSON with the keys of a finding of ``check``, for an error or a note."""
    import json

    words = message.removeprefix(_ERROR)
    level = "note" if words == message else "error"
    data = {**dict.fromkeys(("file", "line", "column", "code")), "level": level, "message": words, "span": None}
    return one_line(json.dumps({**data, **place}, ensure_ascii=False))


_ERROR = "错误："


def unwritten(error: OSError) -> int:
    """Say why the output could not be written, and return the exit code. What waits to be written is given up."""
    hush()
    if is_broken_pipe(error):
        return 0
    where = error.filename or "标准输出"
    if error.errno in _FULL:
        complain(f"错误：{where}：写不进去，磁盘已满；请腾出空间，或写到别的磁盘")
    elif error.errno == errno.EBADF:
        complain(f"错误：{where}：没有打开，结果写不出来；请不要关掉它，或用 -o 写到文件")
    else:
        complain(f"错误：{where}：写不进去（{error.strerror or error}）；请检查磁盘，或换一个位置")
    return 2


def is_broken_pipe(error: OSError) -> bool:
    """Whether the reader of the output is gone. Windows calls that an invalid argument."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == 22 and error.filename is None)


def hush() -> None:
    """Point standard output at nothing, so that Python does not complain when it closes it."""
    with suppress(OSError, ValueError, AttributeError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
