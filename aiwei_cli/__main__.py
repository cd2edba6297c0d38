"""The entry point ``aiwei``, also ``python -m aiwei_cli``."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    # Starting up makes many objects and no garbage: looking for it all the time costs 5 of 100 ms.
    gc.set_threshold(50_000, 10, 10)
    args = sys.argv[1:]
    try:
        if args == ["--version"]:
            # Without the command line: a script that asks for the version should not wait for it.
            from aiwei_cli import __version__

            print(f"aiwei {__version__}")
            sys.exit(0)
        from aiwei_cli.cli import run

        code = run(args)
    except KeyboardInterrupt:
        code = 130
    # Output is flushed and files are closed. Taking every module apart again would cost another 10 ms.
    os._exit(code)


if __name__ == "__main__":
    main()
