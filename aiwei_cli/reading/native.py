"""Readers that are native code, in a separate process: PDFium for PDF files, calamine for workbooks; and young ones.

Native code can crash on a damaged file, and a file of a few kilobytes can make it take all memory there is for minutes,
where no exception reaches it. So one child process reads all such files of a run; a file that kills it is one error,
and the next file gets a new child. What comes back is plain JSON: nothing a file does in the child can do more here
than give wrong words.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Literal

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.budget import Budget, Limits
from aiwei_cli.records import NamedTuple


class _Native(NamedTuple):
    module: str
    """Its function ``in_child(data, budget)`` gives what can be written as JSON, or raises ReadError."""
    file: str
    cure: str


_READERS = {
    "pdf": _Native("aiwei_cli.reading.pdf_pages", " PDF", "请用 PDF 阅读器打开后另存再试"),
    "ofd": _Native("aiwei_cli.reading.ofd", " OFD ", "请用 OFD 阅读器或 WPS 打开，另存为 .docx 或 PDF"),
    "ocr": _Native("aiwei_cli.reading.ocr_child", "图片", "请换一份扫描件，或转成 .docx 再试"),
    "book": _Native("aiwei_cli.reading.sheets", "工作簿", "请用 Excel 或 WPS 表格打开，另存为 .xlsx 后再试"),
}

_HEAD = struct.Struct("<8sQQd")
"""The reader, the size of a file, and the bytes of memory and the seconds that it may take."""
_SIZE = struct.Struct("<Q")
_START = "import sys; sys.path.append(sys.argv[1]); from aiwei_cli.reading.native import serve; serve()"
_LARGEST_ANSWER = 1 << 30


class _Child:
    """The process, started when the first file comes, and again after one that killed it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, reader: str, data: bytes, budget: Budget) -> Any:
        """What the child answers. Raises ReadError where it dies; it is ended where it may not finish."""
        process = self._running(_READERS[reader])
        try:
            answer = _exchange(process, reader, data, budget)
            self._process = process
        finally:
            if self._process is None:
                self._end(process)
        return answer

    def _running(self, reader: _Native) -> subprocess.Popen[bytes]:
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
            raise ReadError(f"读{reader.file}要另开一个进程，没有开成（{why}）；请重试，或另存为 .docx") from None

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()


_CHILD = _Child()


def ask(reader: Literal["pdf", "ofd", "ocr", "book"], data: bytes, budget: Budget) -> Any:
    """What the reader makes of the file: lists, texts and numbers. Raises ReadError."""
    answer = _CHILD.ask(reader, data, budget)
    if isinstance(answer, str):
        raise ReadError(answer)
    return answer


def _exchange(process: subprocess.Popen[bytes], reader: str, data: bytes, budget: Budget) -> Any:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        _write(process.stdin, _HEAD.pack(reader.encode(), len(data), budget.limits.memory, budget.left()))
        _write(process.stdin, data)
        (size,) = _SIZE.unpack(_read(process.stdout, _SIZE.size))
        if size > _LARGEST_ANSWER:
            raise ReadError(budget.too_much())
        return json.loads(_read(process.stdout, size))
    except (OSError, EOFError, ValueError):
        if budget.left() < 0.2:
            raise ReadError(budget.too_long()) from None
        about = _READERS[reader]
        raise ReadError(
            f"读这个{about.file}的进程中途停了：要么超过 {budget.limits.shown_memory()} 内存，要么文件有损坏；"
            f"{about.cure}，确认可信的可用 --max-memory 放宽"
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
    """Read one file after the other until the parent is gone."""
    import signal

    from aiwei_cli.reading.watch import Killer

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which then closes the pipe
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := requests.read(_HEAD.size):
        reader, size, memory, seconds = _HEAD.unpack(head)
        data = requests.read(size)
        if len(data) < size:
            return
        killer = Killer(seconds, memory)  # native code hears no exception
        answer = json.dumps(_answer(reader.rstrip(b"\0").decode(), data, Limits(memory, seconds))).encode()
        killer.end()
        del data
        answers.write(_SIZE.pack(len(answer)) + answer)
        answers.flush()


def _answer(reader: str, data: bytes, limits: Limits) -> Any:
    budget = Budget(limits, len(data))
    try:
        return import_module(_READERS[reader].module).in_child(data, budget)
    except ReadError as error:
        return str(error)
    except MemoryError:
        return budget.too_much()
