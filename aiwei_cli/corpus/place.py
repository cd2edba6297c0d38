"""Where a corpus is: a folder of this machine, or an address that fsspec knows (s3://…)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiwei_cli.errors import AiweiError


class CorpusPlace:
    """A folder in which files appear whole or not at all."""

    def __init__(self, address: str) -> None:
        """Raises AiweiError where fsspec is needed and not installed."""
        self.address = address
        self._remote: Any = filesystem(address) if "://" in address else None
        self._top = self._remote._strip_protocol(address) if self._remote else address

    def put(self, name: str, data: bytes) -> None:
        """Write a file: aside, then under its name. Object stores do that by themselves."""
        if self._remote:
            self._remote.makedirs(f"{self._top}/{name}".rpartition("/")[0], exist_ok=True)
            self._remote.pipe_file(f"{self._top}/{name}", data)
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
                found: bytes = self._remote.cat_file(f"{self._top}/{name}")
                return found
            return Path(self._top, name).read_bytes()
        except FileNotFoundError:
            return None

    def names(self, folder: str) -> list[str]:
        """The names of the files of a folder below, sorted."""
        if self._remote:
            if not self._remote.exists(f"{self._top}/{folder}"):
                return []
            return sorted(path.rpartition("/")[2] for path in self._remote.ls(f"{self._top}/{folder}", detail=False))
        place = Path(self._top, folder)
        return sorted(path.name for path in place.iterdir() if not path.name.startswith(".")) if place.is_dir() else []

    def holds_other_things(self) -> bool:
        """Whether there is something that is no corpus."""
        if self._remote:
            return False
        place = Path(self._top)
        return place.exists() and (not place.is_dir() or any(place.iterdir()))


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
    """The files under an address, with their sizes, sorted."""
    remote = filesystem(address)
    kind = address.partition("://")[0]
    for path, about in sorted(remote.find(remote._strip_protocol(address), detail=True).items()):
        yield f"{kind}://{path}", int(about.get("size") or 0)


def content(path: str) -> bytes:
    """The bytes of a file here or at an address. Raises OSError."""
    if "://" in path:
        found: bytes = filesystem(path).cat_file(path)
        return found
    return Path(path).read_bytes()
