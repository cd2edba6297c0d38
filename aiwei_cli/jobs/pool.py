"""Chunks of work for several processes, and their results in order.

A worker that is killed (out of memory, as a rule) breaks a ``ProcessPoolExecutor`` as a whole. Then all unfinished work
is done again, a chunk at a time in one new worker, which shows the piece that kills: only a piece that does so twice on
its own is given up.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import islice
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
_TICK = 0.25
"""How many seconds to wait before looking for Ctrl+C, which Windows does not do by itself."""
_AHEAD = 3
"""Chunks for each worker that are handed out before they are needed."""


class Pool(Generic[T, R]):
    """Workers, and the work that was handed out."""

    def __init__(
        self,
        work: Callable[[Sequence[T]], list[R]],
        pieces: Iterable[T],
        *,
        jobs: int,
        size: int,
        lost: Callable[[T], R],
        begin: Callable[..., None] | None = None,
        given: tuple[Any, ...] = (),
        tell: Callable[[str], None] | None = None,
        method: str | None = None,
    ) -> None:
        """``work`` is done on chunks of ``size`` pieces in ``jobs`` processes, each of which calls ``begin(*given)``
        first. ``lost`` is the result of a piece that kills its worker, ``tell`` gets a sentence about it.

        ``method`` is how processes are started: fork where that is safe, else spawn. The first chunks are handed out
        at once.
        """
        self._work, self._jobs, self._size, self._lost, self._tell = work, jobs, size, lost, tell
        self._begin, self._given, self._method = begin, given, method
        self._pieces = iter(pieces)
        self._waiting: deque[_Chunk[T, R]] = deque()
        self._others = {child.pid for child in multiprocessing.active_children()}
        self._executor = self._new(jobs)
        self._hand_out()

    def results(self) -> Iterator[R]:
        """The result of each piece, in order. The workers end with it, whatever ends it."""
        try:
            while self._waiting:
                yield from self._first()
                self._waiting.popleft()
                self._hand_out()
        except BaseException:
            self.kill()
            raise
        self._executor.shutdown()

    def kill(self) -> None:
        """End the workers at once."""
        with suppress(Exception):
            self._executor.shutdown(wait=False, cancel_futures=True)
        ours = [child for child in multiprocessing.active_children() if child.pid not in self._others]
        for child in ours:
            child.kill()
        for child in ours:
            child.join(1)

    def _new(self, jobs: int) -> ProcessPoolExecutor:
        method = self._method or start_method()
        context = multiprocessing.get_context(method)
        return ProcessPoolExecutor(jobs, context, _begin, (self._begin, self._given))

    def _hand_out(self) -> None:
        while len(self._waiting) < self._jobs * _AHEAD and (pieces := list(islice(self._pieces, self._size))):
            chunk = _Chunk[T, R](pieces)
            with suppress(BrokenProcessPool):  # it is noticed when its turn comes
                chunk.future = self._executor.submit(self._work, pieces)
            self._waiting.append(chunk)

    def _first(self) -> list[R]:
        """What the first chunk gave."""
        chunk = self._waiting[0]
        if chunk.done is None:
            try:
                chunk.done = _result(chunk.future)
            except BrokenProcessPool:
                self._mend()
        assert chunk.done is not None
        return chunk.done

    def _mend(self) -> None:
        """A worker is dead, and with it the pool. Do what it had to do, and start another pool."""
        self.kill()
        if self._tell:
            self._tell("有一个进程被系统结束了（多半是内存不够），它手上的文件重新读")
        for chunk in self._waiting:
            if chunk.done is None:
                with suppress(BrokenProcessPool):
                    chunk.done = _result(chunk.future) if chunk.future is not None and chunk.future.done() else None
        self._executor = self._new(1)
        for chunk in self._waiting:
            if chunk.done is None:
                chunk.done = self._alone(chunk.pieces)
        self._executor.shutdown()
        self._executor = self._new(self._jobs)

    def _alone(self, pieces: Sequence[T]) -> list[R]:
        """The results of pieces while nothing else is done: a worker that dies was killed by them."""
        for _ in range(2 if len(pieces) == 1 else 1):
            try:
                return _result(self._executor.submit(self._work, pieces))
            except BrokenProcessPool:
                self.kill()
                self._executor = self._new(1)
        if len(pieces) == 1:
            return [self._lost(pieces[0])]
        return [result for piece in pieces for result in self._alone([piece])]


class _Chunk(Generic[T, R]):
    """Pieces, who is at work on them, and what they gave."""

    def __init__(self, pieces: list[T]) -> None:
        self.pieces = pieces
        self.future: Future[list[R]] | None = None
        self.done: list[R] | None = None


def start_method() -> str:
    """fork is quick and shares what is loaded, but with other threads at work it may copy a lock that nobody opens."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _result(future: Future[list[R]] | None) -> list[R]:
    if future is None:
        raise BrokenProcessPool
    while True:
        try:
            return future.result(_TICK)
        except TimeoutError:
            if future.done():  # it is the worker's own
                return future.result()


def _begin(begin: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
    """Begin a new worker: Ctrl+C is for the process that started it, and it ends when that one does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(50_000, 10, 10)
    if begin is not None:
        begin(*given)
    gc.freeze()  # what is loaded is no garbage


def _end_with_parent() -> None:
    import os
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
