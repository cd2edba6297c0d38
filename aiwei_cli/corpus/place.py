"""Where a corpus is: a folder of this machine, or an address that fsspec knows (s3://…)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast
from uuid import uuid4

from aiwei_cli.errors import AiweiError
from aiwei_cli.reading.kinds import is_aside

T = TypeVar("T")


class CorpusPlace:
    """A folder in which files appear whole or not at all. Where it is an address, all methods raise AiweiError."""

    def __init__(self, address: str) -> None:
        """Raises AiweiError where fsspec is needed and not installed."""
        self.address = address
        self._remote: Any = filesystem(address) if "://" in address else None
        self._top = self._remote._strip_protocol(address) if self._remote else address

    def put(self, name: str, data: bytes) -> None:
        """Write a file under another name and rename it. Object stores need no such care."""
        if self._remote:
            self._ask("写不进去", self._remote.makedirs, f"{self._top}/{name}".rpartition("/")[0], exist_ok=True)
            self._ask("写不进去", self._remote.pipe_file, f"{self._top}/{name}", data)
            return
        target = Path(self._top, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.{uuid4().hex}.tmp")
        try:
            aside.write_bytes(data)
            os.replace(aside, target)  # noqa: PTH105
        finally:
            aside.unlink(missing_ok=True)

    def get(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        try:
            if self._remote:
                return cast("bytes", self._ask("读不出来", self._remote.cat_file, f"{self._top}/{name}"))
            return Path(self._top, name).read_bytes()
        except FileNotFoundError:
            return None
        except AiweiError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return None
            raise

    def names(self, folder: str) -> list[str]:
        """The names of the files of a folder below, sorted."""
        if self._remote:
            return self._listed(f"{self._top}/{folder}")
        place = Path(self._top, folder)
        return sorted(path.name for path in place.iterdir() if not path.name.startswith(".")) if place.is_dir() else []

    def holds_other_things(self) -> bool:
        """Whether there is something that is no corpus."""
        if self._remote:
            return bool(self._listed(self._top))
        place = Path(self._top)
        return place.exists() and (not place.is_dir() or any(place.iterdir()))

    def _listed(self, folder: str) -> list[str]:
        """The names in a folder at the address."""
        if not self._ask("读不出来", self._remote.exists, folder):
            return []
        found = self._ask("读不出来", self._remote.ls, folder, detail=False)
        return sorted(path.rstrip("/").rpartition("/")[2] for path in found if path.strip("/") != folder.strip("/"))

    def _ask(self, fails: str, work: Callable[..., T], *args: Any, **more: Any) -> T:
        return _asked(self.address, fails, work, *args, **more)


def _asked(address: str, fails: str, work: Callable[..., T], *args: Any, **more: Any) -> T:
    """What a file system of fsspec gives. Raises AiweiError."""
    try:
        return work(*args, **more)
    except Exception as error:
        raise unreachable(address, error, fails) from error


def filesystem(address: str) -> Any:
    """The file system of an address. Raises AiweiError where fsspec, or what it needs for it, is not installed."""
    try:
        import fsspec

        return fsspec.filesystem(address.partition("://")[0])
    except ImportError as error:
        raise AiweiError(f"{address}：读写这种地址要用 fsspec（{error}）；请先运行 pip install fsspec s3fs") from error
    except ValueError as error:
        raise AiweiError(f"{address}：不认识这种地址；可用文件夹，或 s3:// 一类 fsspec 认得的地址") from error


def remote_files(address: str) -> Iterator[tuple[str, int]]:
    """The files under an address, with their sizes, sorted, without hidden and temporary ones. Raises AiweiError."""
    remote = filesystem(address)
    kind, top = address.partition("://")[0], remote._strip_protocol(address)
    found = _asked(address, "读不出来", remote.find, top, detail=True)
    for path, about in sorted(found.items()):
        if not any(map(is_aside, path.removeprefix(top).split("/"))):  # what is named is meant
            yield f"{kind}://{path}", int(about.get("size") or 0)


@contextmanager
def reaching(path: str) -> Iterator[None]:
    """Wraps what is done with a file: an address's own kinds of errors become AiweiErrors, OSErrors stay."""
    try:
        yield
    except (OSError, AiweiError):
        raise
    except Exception as error:
        if "://" not in path:
            raise
        raise unreachable(path, error) from error


def open_file(path: str) -> BinaryIO:
    """A file here or at an address, to read some of it. Raises OSError for what is wrong with this file, AiweiError for
    what would be wrong with the next one too."""
    if "://" not in path:
        return Path(path).open("rb")
    with reaching(path):
        return cast("BinaryIO", filesystem(path).open(path, "rb"))


def file_bytes(path: str) -> bytes:
    """All bytes of a file. Raises as :func:`open_file` does."""
    with reaching(path), open_file(path) as file:
        return file.read()


def unreachable(address: str, error: Exception, fails: str = "读不出来") -> AiweiError:
    """What to say where a file system of fsspec raises one of its own kinds of errors."""
    return AiweiError(f"{address}：{fails}（{error}）；请检查地址、网络和权限")
