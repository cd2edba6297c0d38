"""Limits that hold whatever the code at work does: by signals and limits of the system, elsewhere by a thread.

On Linux a timer's signal ends what takes too long, and memory beyond the limit is refused, which Python calls a
MemoryError. Elsewhere a thread looks at the clock and at the memory, and interrupts the main thread as Ctrl+C would.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any, Literal

from aiwei_cli.errors import Over

_EVERY = 0.1
"""Seconds between two looks at the clock and the memory."""


class Watch:
    """Interrupts the main thread when its time or memory is over, until :meth:`end`.

    In another thread it does nothing: the system's means only work in the main one.
    """

    def __init__(self, seconds: float, memory: int) -> None:
        self.expired: Literal["", "time", "memory"] = ""
        """What ran out, where a thread had to interrupt."""
        self._parts: list[_Timer | _Handler | _Thread | _Memory] = []
        if threading.current_thread() is not threading.main_thread():
            return
        if sys.platform == "linux":
            self._parts += [_Memory(memory), _Timer(seconds, _raise_over)]
        elif sys.platform == "win32":
            self._parts += [_Handler(self), _Thread(seconds, memory, self._interrupt)]
        else:
            self._parts += [_Timer(seconds, _raise_over), _Handler(self), _Thread(None, memory, self._interrupt)]

    def _interrupt(self, why: Literal["time", "memory"]) -> None:
        import _thread

        self.expired = why
        _thread.interrupt_main()  # as if Ctrl+C had been pressed

    def end(self) -> None:
        """Take everything back; a second time does no harm."""
        for each in self._parts:
            each.end()


class Killer:
    """Ends the process when its time or memory is over, until :meth:`end`, also in the middle of native code."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._parts: list[_Timer | _Thread | _Memory] = []
        if sys.platform == "linux":
            self._parts += [_Timer(seconds, None), _Memory(memory)]
        else:
            # Native code lets other threads run meanwhile.
            self._parts.append(_Thread(seconds, memory, lambda why: os._exit(1)))

    def end(self) -> None:
        """Take everything back."""
        for each in self._parts:
            each.end()


def _raise_over(*_: object) -> None:
    raise Over


def _unheard() -> None:
    pass


_SOONEST = 0.05
"""Seconds: a timer that rang while the watch is still being made would leave its parts behind."""


class _Timer:
    """A signal after so many seconds, unless the process has set a timer itself. Without ``ring`` it kills."""

    def __init__(self, seconds: float, ring: Callable[..., None] | None) -> None:
        self._on = False
        self._act = ring or _unheard
        if sys.platform != "win32":
            import signal

            if signal.getitimer(signal.ITIMER_REAL)[0]:
                return
            self._on = True
            self._before = signal.signal(signal.SIGALRM, self._ring if ring else signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, max(seconds, _SOONEST))

    def _ring(self, *_: object) -> None:
        if self._on:
            self._act()

    def end(self) -> None:
        if self._on and sys.platform != "win32":
            import signal

            self._on = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)


class _Handler:
    """Tells the thread's interrupt from Ctrl+C, which stays what it was, also where it is ignored."""

    def __init__(self, watch: Watch) -> None:
        import signal

        def interrupted(number: int, frame: Any) -> None:
            if watch.expired:
                raise Over
            if callable(self._before):
                self._before(number, frame)

        self._before = signal.signal(signal.SIGINT, interrupted)

    def end(self) -> None:
        import signal

        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)


class _Memory:
    """The system gives no more than so many bytes beyond what the process has."""

    def __init__(self, memory: int) -> None:
        self._before: tuple[int, int] | None = None
        if sys.platform == "linux":
            import resource

            soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
            wanted = data_size() + memory
            if all(limit == resource.RLIM_INFINITY or limit > wanted for limit in (soft, hard)):
                resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
                self._before = soft, hard

    def end(self) -> None:
        if self._before is not None and sys.platform == "linux":
            import resource

            resource.setrlimit(resource.RLIMIT_DATA, self._before)
            self._before = None


def data_size() -> int:
    """The bytes that the limit of the system counts (Linux)."""
    if sys.platform == "linux":
        import resource

        try:
            with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - for every file that is read
                return int(file.read().split()[5]) * resource.getpagesize()
        except (OSError, ValueError, IndexError):
            pass
    return 0


class _Thread:
    """Looks at the clock and the memory until it is ended, and tells what is over."""

    def __init__(self, seconds: float | None, memory: int, over: Callable[[Literal["time", "memory"]], None]) -> None:
        self._most, self._over = used() + memory, over
        self._until = None if seconds is None else monotonic() + seconds
        self._done = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while not self._done.wait(_EVERY):
            if self._until is not None and monotonic() > self._until:
                self._over("time")
                return
            if used() > self._most:
                self._over("memory")
                return

    def end(self) -> None:
        self._done.set()


def used() -> int:
    """The most bytes of memory that the process has had so far; 0 where the system does not tell."""
    if sys.platform == "win32":
        return _used_on_windows()
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _used_on_windows() -> int:
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        names = ("peak", "now", "peak_paged", "paged", "peak_rest", "rest", "pages", "peak_pages")

        class Counters(ctypes.Structure):
            _fields_ = [
                ("size", wintypes.DWORD),
                ("faults", wintypes.DWORD),
                *((name, ctypes.c_size_t) for name in names),
            ]

        counters: Any = Counters()
        counters.size = ctypes.sizeof(counters)
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        ask = kernel.K32GetProcessMemoryInfo
        ask.argtypes = [wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD]
        if ask(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.size):
            return int(counters.pages)
    return 0
