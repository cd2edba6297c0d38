"""The command line: a thin shell over the library. Each group of commands has its module.

``run`` is the whole of it. What goes wrong outside the program is one Chinese sentence on standard error and exit code
2; a reader that went away (``| head``) is no error.
"""

from __future__ import annotations

import sys

from aiwei_cli.cli.streams import complain, prepare, speak, unwritten
from aiwei_cli.errors import AiweiError, whereof

__all__ = ["run", "version"]


def run(args: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 nothing matched or findings, 2 wrong usage or input."""
    prepare()
    speak(args)
    try:
        from aiwei_cli.cli.app import call

        code = call(args)
    except AiweiError as error:
        complain(f"错误：{error}", **whereof(error))
        code = 2
    except OSError as error:
        code = unwritten(error)
    return _flushed(code)


def version() -> int:
    """Print the version, without the command line: a script that asks for it should not wait."""
    from aiwei_cli import __version__

    prepare()
    try:
        print(f"aiwei {__version__}")
    except OSError as error:
        return unwritten(error)
    return _flushed(0)


def _flushed(code: int) -> int:
    """The exit code when all has been written, which may go wrong only at the end."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        return unwritten(error)
    return code
