"""The entry point ``aiwei``, also ``python -m aiwei_cli``."""

from __future__ import annotations

import gc
import os
import signal
import sys
import warnings
from contextlib import suppress


class Stopped(BaseException):
    """Somebody asked the program to end. Half-written files are removed on the way out."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    # Starting up makes many objects and no garbage: looking for it all the time costs 5 of 100 ms.
    gc.set_threshold(50_000, 10, 10)
    args = sys.argv[1:]
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # of a pattern in somebody's rules, in English and on two lines
    if sys.getfilesystemencoding() == "ascii":
        _start_again()
    try:
        if args == ["--version"]:
            from aiwei_cli.cli import version

            code = version()
        else:
            _heed_signals()
            from aiwei_cli.cli import run

            code = run(args)
    except KeyboardInterrupt:
        code = 130
    except Stopped as error:
        number = int(str(error))
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)  # so that the sender of the signal sees that it worked
        code = 128 + number
    # Output is flushed and files are closed. Taking every module apart again would cost another 10 ms.
    os._exit(code)


def _heed_signals() -> None:
    """End in order where the system or the terminal asks for it; what was told to be ignored (nohup) stays so."""
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _stop)
    sys.unraisablehook = _lost


def _lost(event: sys.UnraisableHookArgs) -> None:
    """Python passes over exceptions in destructors and fork hooks: a signal that came there is sent again later."""
    if not isinstance(event.exc_value, Stopped | KeyboardInterrupt):
        sys.__unraisablehook__(event)
        return
    from threading import Timer, main_thread

    number, main = int(str(event.exc_value) or signal.SIGINT), main_thread().ident
    if sys.platform != "win32" and main is not None:
        Timer(0.01, signal.pthread_kill, [main, number]).start()
    else:
        Timer(0.01, signal.raise_signal, [number]).start()


def _stop(number: int, _: object) -> None:
    raise Stopped(number)


def _start_again() -> None:
    """In the C locale without UTF-8 mode Chinese arguments are bytes to Python: restart in that mode. The bytes of
    arguments and of names of files stay what they are.
    """
    if os.name == "posix" and not sys.flags.utf8_mode and sys.executable:
        with suppress(OSError):
            os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


if __name__ == "__main__":
    main()
