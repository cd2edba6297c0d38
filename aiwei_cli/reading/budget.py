"""What one file may cost: time, memory, and what they are spent on.

A file of a few kilobytes can unfold into an endless one: cells that span a thousand rows, a number that is written five
thousand times, archives in archives. So each file gets a budget, and every reader asks it before it makes much of
little: :meth:`Budget.cells`, :meth:`Budget.text`, :meth:`Budget.elements`. What nobody has thought of meets
:meth:`Budget.run`, which also lets the system watch, where the limits ask for that.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from aiwei_cli.errors import Over, ReadError
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from aiwei_cli.reading.watch import Watch

T = TypeVar("T")
_SHORT, _REPEATED = 200_000, 20
"""Characters that any file may hold, and how many more for each of its bytes."""
_TRUSTED = "确认文件可信的，可用 --max-{} 放宽"
_AGAIN = "请用 Word、WPS 打开，另存一份或拆成几个再试"


def _unheard(done: int, count: int) -> None:
    pass


class Limits(NamedTuple):
    """How much time and memory a file may take."""

    memory: int = 2 * 1024 * 1024 * 1024
    """Bytes."""
    seconds: float = 60.0
    watched: bool = False
    """Whether the system, or a thread, interrupts what goes beyond them: for a process that does nothing else, since
    the signal and the limit are those of the whole process."""

    ocr: bool = True
    """Whether the signs of pages that are pictures are recognised."""
    pages: Callable[[int, int], None] = _unheard
    """Is told how many of how many pages are recognised."""

    def shown_memory(self) -> str:
        """The memory as a person writes it.

        >>> Limits().shown_memory()
        '2 GB'
        """
        megabytes = self.memory // 1024 // 1024
        return f"{megabytes} MB" if megabytes % 1024 else f"{megabytes // 1024} GB"


class Budget:
    """What a file, with all that is packed in it, may still use."""

    def __init__(self, limits: Limits | None = None, source: int = 0) -> None:
        """``source``: the bytes of the file, which tell how much text can be in it."""
        self.limits = limits or Limits()
        self.size = 500 * 1024 * 1024
        """Bytes that archives may still unpack to."""
        self.members = 10_000
        self.depth = 3
        self.packed = False
        """Whether the file is an archive, of which more may be left to read."""
        self.told = False
        """Whether it was reported that the time is over."""
        self._more = 0.0
        self._watch: Watch | None = None
        self._spent = 0.0
        self._since: float | None = None
        self.begin(source)

    def begin(self, source: int) -> None:
        """A document of this many bytes begins: memory is counted anew, time is not."""
        memory = self.limits.memory
        # What one of them takes at most in Python, with what is made of it later.
        self._elements, self._cells = memory // 400, memory // 500
        # Merged cells and their words are repeated in each row, so text may be longer than what it was made from.
        self._text = min(_SHORT + _REPEATED * source, memory // 20)

    def unpacked(self, size: int) -> None:
        """This many bytes of XML were packed in a document, which can hold that much more text."""
        self._text = min(self._text + 2 * size, self.limits.memory // 20)

    def elements(self, count: int) -> None:
        """Before this many elements of a tree are made. Raises ReadError where they are too many."""
        self._elements -= count
        if self._elements < 0:
            raise ReadError(f"里面的标记太多，读它要超过 {self._memory()}")
        self.check()

    def cells(self, count: int) -> None:
        """Before this many cells of a table are made, spanned ones counted in each place. Raises ReadError."""
        self._cells -= count
        if self._cells < 0:
            raise ReadError(f"表格展开后的格子太多，读它要超过 {self._memory()}")
        self.check()

    def text(self, count: int) -> None:
        """This many characters are made. Raises ReadError where a file of its size cannot hold them."""
        self._text -= count
        if self._text < 0:
            raise ReadError(f"读出来的文字比文件本身多得多，像是有意重复的，为安全起见不读；{_AGAIN}")
        self.check()

    @property
    def letters(self) -> int:
        """How many characters may still be made."""
        return self._text

    def left(self) -> float:
        """Seconds that are left."""
        now = 0.0 if self._since is None else monotonic() - self._since
        return self.limits.seconds + self._more - self._spent - now

    def more(self) -> None:
        """A page is to be recognised, which takes as long as any other file may."""
        self._more += self.limits.seconds
        if self._watch is not None:
            self._unwatch()
            self._watch = self._watching()

    def check(self) -> None:
        """Raises ReadError where the time is over."""
        if self.left() < 0:
            raise ReadError(self.too_long())

    def too_long(self) -> str:
        """The sentence about the time."""
        self.told = True
        return f"读了 {self.limits.seconds + self._more:g} 秒还没有读完，不再读；{_AGAIN}，{_TRUSTED.format('seconds')}"

    def too_much(self) -> str:
        """The sentence about the memory."""
        return f"内容太大或太复杂，读它要超过 {self._memory()}"

    def _memory(self) -> str:
        return f"{self.limits.shown_memory()} 内存，不再读；{_AGAIN}，{_TRUSTED.format('memory')}"

    def run(self, work: Callable[[], T]) -> T:
        """What the function gives. Raises ReadError where that takes more than there is left, and what it raises."""
        if self._since is not None:
            return work()
        self._since = monotonic()
        try:
            self.check()
            if self.limits.watched:
                self._watch = self._watching()
            try:
                return work()
            finally:
                self._unwatch()
        except Over:
            memory = self._watch is not None and self._watch.expired == "memory"
            raise ReadError(self.too_much() if memory else self.too_long()) from None
        except MemoryError:
            raise ReadError(self.too_much()) from None
        except RecursionError:
            raise ReadError("内部结构嵌套得太深，不像公文；请用 Word 或 WPS 打开后另存一份再试") from None
        finally:
            self._unwatch()
            self._watch = None
            self._spent += monotonic() - self._since
            self._since = None

    def _watching(self) -> Watch:
        from aiwei_cli.reading.watch import Watch

        return Watch(self.left(), self.limits.memory)

    def _unwatch(self) -> None:
        if self._watch is not None:
            self._watch.end()
