"""Where output goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, TextIO

from aiwei_cli.errors import AiweiError
from aiwei_cli.plain_text import Screen

_COUNT = count()


@contextmanager
def target(path: str | None) -> Iterator[TextIO]:
    """A stream for text in UTF-8: standard output for None and ``-``, else the file, which appears when all is written.

    Raises AiweiError where the file cannot be written; what was there before is then still there.
    """
    if path is None or path == "-":
        yield sys.stdout
        return
    # A link is followed: the file it leads to is replaced, not the link.
    place = Path(os.path.realpath(path))
    if place.exists() and not place.is_file():
        if place.is_dir():
            raise AiweiError(f"{path}：这是文件夹；请在 -o 后面给出文件名")
        with place.open("w", encoding="utf-8", errors="replace", newline="") as device:  # /dev/null, a named pipe
            shown: Any = Screen(device)
            yield shown if device.isatty() else device
        return
    with ExitStack() as undo, write_complaints(path):
        with _undisturbed():
            draft, stream = _new_file(place)
            undo.callback(_discard, draft, stream)
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
        stream.close()
        if place.exists():
            with suppress(OSError):
                draft.chmod(place.stat().st_mode & 0o7777)
        draft.replace(place)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals wait until a file that is being made can also be removed (where the system can make them wait)."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _discard(draft: Path, stream: TextIO) -> None:
    with suppress(OSError, ValueError):
        stream.close()
    with suppress(OSError):
        draft.unlink(missing_ok=True)


def _new_file(place: Path) -> tuple[Path, TextIO]:
    """A new file beside it under a name not yet taken: a killed program may have left its own."""
    while True:
        draft = place.with_name(f".aiwei-{os.getpid()}-{next(_COUNT)}.tmp")
        with suppress(FileExistsError):
            return draft, draft.open("x", encoding="utf-8", errors="replace", newline="")


@contextmanager
def write_complaints(path: str) -> Iterator[None]:
    """Turns what goes wrong with the file or folder of this path into an AiweiError with its cure."""
    try:
        yield
    except OSError as error:
        raise AiweiError(f"{path}：{_sentence(error, path)}") from error


_CURES = {
    errno.ENOSPC: "写不进去，磁盘已满；请腾出空间，或写到别的磁盘",
    errno.EFBIG: "写不进去，文件大得超过了这里许可的大小；请用 --office、--section 分开导出，或写到别的磁盘",
    errno.EROFS: "写不进去，磁盘是只读的；请换一个位置",
    errno.ENAMETOOLONG: "文件名太长；请换一个短的",
}
_CURES[getattr(errno, "EDQUOT", errno.ENOSPC)] = "写不进去，你的磁盘配额已用完；请腾出空间，或写到别的磁盘"


def _sentence(error: OSError, path: str) -> str:
    """What is wrong and what to do, about the file that the user named or the folder for passing files."""
    from tempfile import gettempdir

    name = str(error.filename or "")
    passing = _temporary(gettempdir) if name else ""
    if passing and name.startswith(passing) and not os.path.realpath(path).startswith(passing):
        return f"要用的临时文件夹 {passing} 写不进去（{error.strerror or error}）；请腾出空间，或用 TMPDIR 换一个"
    if error.errno in _CURES:
        return _CURES[error.errno]
    if isinstance(error, PermissionError):
        return "没有写入权限，或正被 Excel、WPS 打开；请关闭它，或换一个位置"
    if isinstance(error, FileNotFoundError):
        if os.path.isdir(os.path.dirname(os.path.realpath(path))):  # noqa: PTH112, PTH120
            return f"写的时候有文件不见了（{name or error}）；请检查临时文件夹和磁盘后再试"
        return "要写到的文件夹不存在；请先建好文件夹，或换一个位置"
    return f"写不进去（{error.strerror or error}）；请检查文件名和磁盘空间"


def _temporary(find: Callable[[], str]) -> str:
    try:
        return find()
    except OSError:  # nothing can be written there
        return ""
