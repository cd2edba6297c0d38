"""Where output goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TextIO

from aiwei_cli.errors import AiweiError

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
            yield device
        return
    with complaints(path):
        draft = place.with_name(f".aiwei-{os.getpid()}-{next(_COUNT)}.tmp")
        stream = draft.open("x", encoding="utf-8", errors="replace", newline="")
    try:
        with complaints(path):
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            if place.exists():
                with suppress(OSError):
                    draft.chmod(place.stat().st_mode & 0o7777)
            draft.replace(place)
    finally:
        with suppress(OSError, ValueError):
            stream.close()
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@contextmanager
def complaints(path: str) -> Iterator[None]:
    """What goes wrong inside with the file or folder of this path is an AiweiError with its cure."""
    try:
        yield
    except FileNotFoundError as error:
        raise AiweiError(f"{path}：要写到的文件夹不存在；请先建好文件夹，或换一个位置") from error
    except FileExistsError as error:
        raise AiweiError(f"{path}：旁边有一个没有写完的临时文件；请删除 {error.filename} 后再试") from error
    except PermissionError as error:
        raise AiweiError(f"{path}：没有写入权限，或正被 Excel、WPS 打开；请关闭它，或换一个位置") from error
    except OSError as error:
        raise AiweiError(f"{path}：写不进去（{error.strerror or error}）；请检查文件名和磁盘空间") from error
