"""PDFium in a separate process.

It is native code, which can crash on a damaged file, and a page of a few kilobytes can make it take all memory there is
for minutes, where no exception reaches it. So one child process reads all PDF files of a run; a file that kills it is
one error, and the next file gets a new child. What comes back is plain JSON: nothing a file does in the child can do
more here than give wrong words.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.budget import Budget, Limits

if TYPE_CHECKING:
    from aiwei_cli.reading.pdf_pages import Page

_HEAD = struct.Struct("<QQQd")
"""The size of a file, the bytes of memory, the characters and the seconds that it may take."""
_SIZE = struct.Struct("<Q")
_START = "import sys; sys.path.append(sys.argv[1]); from aiwei_cli.reading.pdf_child import serve; serve()"
_LARGEST_ANSWER = 1 << 30


class _Child:
    """The process, started when the first PDF comes, and again after one that killed it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, data: bytes, budget: Budget) -> Any:
        """What the child answers. Raises ReadError where it dies, and ends it where it is not let finish."""
        process = self._running()
        try:
            answer = _exchange(process, data, budget)
            self._process = process
        finally:
            if self._process is None:
                self._end(process)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            return process
        home = Path(__file__).resolve().parent.parent.parent
        # -P: what lies in the current folder, perhaps among the notices, is not to be imported.
        command = [sys.executable, "-P", "-X", "utf8", "-c", _START, str(home)]
        try:
            return subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise ReadError(f"读 PDF 要另开一个进程，没有开成（{why}）；请重试，或另存为 .docx") from None

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()


_CHILD = _Child()


def pages(data: bytes, budget: Budget) -> list[Page]:
    """The pages of a PDF with their lines. Raises ReadError."""
    from aiwei_cli.reading.pdf_pages import Line, Page

    answer = _CHILD.ask(data, budget)
    if isinstance(answer, str):
        raise ReadError(answer)
    return [Page([Line(*line) for line in lines], height) for height, lines in answer]


def _exchange(process: subprocess.Popen[bytes], data: bytes, budget: Budget) -> Any:
    assert process.stdin is not None
    assert process.stdout is not None
    left = max(budget.left(), 0.01)
    try:
        _write(process.stdin, _HEAD.pack(len(data), budget.limits.memory, budget.letters, left))
        _write(process.stdin, data)
        (size,) = _SIZE.unpack(_read(process.stdout, _SIZE.size))
        if size > _LARGEST_ANSWER:
            raise ReadError(budget.too_much())
        return json.loads(_read(process.stdout, size))
    except (OSError, EOFError, ValueError):
        if budget.left() < 0.2:
            raise ReadError(budget.too_long()) from None
        raise ReadError(
            f"读这个 PDF 的进程中途停了：要么超过 {budget.limits.shown_memory()} 内存，要么文件有损坏；"
            "请用 PDF 阅读器打开后另存再试，确认可信的可用 --max-memory 放宽"
        ) from None


def _write(stream: IO[bytes], data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[stream.write(view) :]


def _read(stream: IO[bytes], size: int) -> bytes:
    found = bytearray()
    while len(found) < size:
        piece = stream.read(min(size - len(found), 1 << 20))
        if not piece:
            raise EOFError
        found += piece
    return bytes(found)


# --- in the child


def serve() -> None:
    """Read one PDF after the other until the parent is gone."""
    import signal

    from aiwei_cli.reading.watch import Killer

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which then closes the pipe
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := requests.read(_HEAD.size):
        size, memory, letters, seconds = _HEAD.unpack(head)
        data = requests.read(size)
        if len(data) < size:
            return
        killer = Killer(seconds, memory)  # PDFium hears no exception
        answer = json.dumps(_answer(data, letters, Limits(memory, seconds))).encode()
        killer.end()
        del data
        answers.write(_SIZE.pack(len(answer)) + answer)
        answers.flush()


def _answer(data: bytes, letters: int, limits: Limits) -> Any:
    from aiwei_cli.reading.pdf_pages import read_pages

    try:
        found = read_pages(data, letters)
    except ReadError as error:
        return str(error)
    except MemoryError:
        return Budget(limits).too_much()
    return [
        (page.height, [(line.words, line.left, line.right, line.middle, line.size) for line in page.lines])
        for page in found
    ]
