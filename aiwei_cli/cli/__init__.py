"""The command line: a thin shell over the library. Each group of commands has its module.

``run`` is the whole of it. What goes wrong outside the program is one Chinese sentence on standard error and exit code
2; a reader that went away (``| head``) is no error.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress

from aiwei_cli.errors import AiweiError

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
"""A full disk, and a user's full share of one."""


def run(args: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 nothing matched or findings, 2 wrong usage or input."""
    prepare_streams()
    try:
        from aiwei_cli.cli.app import call

        code = call(args)
    except AiweiError as error:
        complain(f"错误：{error}")
        code = 2
    except OSError as error:
        code = _unwritten(error)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        code = _unwritten(error)
    return code


def _unwritten(error: OSError) -> int:
    """Say why the output could not be written, and return the exit code. What waits to be written is given up."""
    hush()
    if is_broken_pipe(error):
        return 0
    where = error.filename or "标准输出"
    if error.errno in _FULL:
        complain(f"错误：{where}：写不进去，磁盘已满；请腾出空间，或写到别的磁盘")
    else:
        complain(f"错误：{where}：写不进去（{error.strerror or error}）；请检查磁盘，或换一个位置")
    return 2


def complain(message: str) -> None:
    """One line for the user on standard error."""
    with suppress(OSError):  # nobody listens
        print(message, file=sys.stderr, flush=True)


def prepare_streams() -> None:
    """Output is UTF-8 with line feeds, except on a console, which knows its own encoding; nothing cannot be printed.

    A Windows console takes any character; one that was told to be GBK gets a question mark for what GBK lacks.
    """
    for stream in (sys.stdout, sys.stderr):
        if not hasattr(stream, "reconfigure"):  # replaced by a test, or absent under pythonw
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def is_broken_pipe(error: OSError) -> bool:
    """Whether the reader of the output is gone. Windows calls that an invalid argument."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == 22 and error.filename is None)


def hush() -> None:
    """Point standard output at nothing, so that Python does not complain when it closes it."""
    with suppress(OSError, ValueError, AttributeError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
