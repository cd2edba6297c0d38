"""The command line: a thin shell over the library. Each group of commands has its module.

``run`` is the whole of it. What goes wrong outside the program is one Chinese sentence on standard error and exit code
2; a reader that went away (``| head``) is no error.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from aiwei_cli.errors import AiweiError


def run(args: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 nothing matched or findings, 2 wrong usage or input."""
    prepare_streams()
    try:
        from aiwei_cli.cli.app import call

        code = call(args)
    except AiweiError as error:
        complain(f"错误：{error}")
        code = 2
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        if not is_broken_pipe(error):
            raise
        hush()
        code = 0
    return code


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
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
