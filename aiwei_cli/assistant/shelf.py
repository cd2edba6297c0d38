"""The folders that an assistant may read, and the notices in their files."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from pathlib import Path

from aiwei_cli.compiled import Rules
from aiwei_cli.errors import ReadError, UsageError
from aiwei_cli.jobs.work import parsed
from aiwei_cli.notice.model import Notice
from aiwei_cli.reading import sources
from aiwei_cli.reading.budget import Limits
from aiwei_cli.reading.files import ODD, is_odd
from aiwei_cli.reading.kinds import SUFFIXES
from aiwei_cli.store import is_sqlite

_KEPT = 50
"""Files whose notices are kept, so that the next question about them need not read them again."""
_MOST_FILES = 2000
"""Of a folder: a question about all of it has to end."""


class Shelf:
    """Notices by the names of their files, as seen from the folders. What is outside is never read, links included."""

    def __init__(self, folders: Iterable[str | os.PathLike[str]], rules: Rules, limits: Limits | None = None) -> None:
        """Raises UsageError where one is no folder or file."""
        self.rules = rules
        self._limits = limits or Limits()
        self._roots: list[Path] = []
        for each in folders:
            root = Path(each)
            if not root.exists():
                raise UsageError(f"{root}：没有这个文件夹；请写上放公文的文件夹，如 aiwei mcp 公文")
            self._roots.append(root.resolve())
        self._kept: OrderedDict[tuple[str, int, int], list[Notice]] = OrderedDict()

    def files(self, path: str = "") -> list[str]:
        """The files of kinds that are read, under a path or all, by the names that :meth:`notices` takes."""
        starts = [self._inside(path)] if path else self._roots
        found: list[str] = []
        for start in starts:
            inner = sorted(start.rglob("*")) if start.is_dir() else [start]
            for each in inner:
                taken = each.suffix.lower() in SUFFIXES or (each.is_file() and is_sqlite(str(each)))
                if taken and each.is_file() and self._is_inside(each.resolve()):
                    found.append(self._name(each))
                if len(found) >= _MOST_FILES:
                    return found
        return found

    def notices(self, path: str) -> list[Notice]:
        """The notices of a file. Raises ReadError where it is not in the folders or cannot be read."""
        file = self._inside(path)
        if file.is_dir():
            raise ReadError(f"{path}：这是文件夹；请给出其中的一个文件")
        if is_odd(str(file)):
            raise ReadError(f"{path}：{ODD}")
        status = file.stat()
        key = (str(file), status.st_mtime_ns, status.st_size)
        if key not in self._kept:
            self._kept[key] = list(self._read(file, path))
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def one(self, path: str) -> Notice:
        """The notice of a file, the first where it holds several. Raises ReadError."""
        found = self.notices(path)
        if not found:
            raise ReadError(f"{path}：里面没有公文")
        return found[0]

    def _read(self, file: Path, name: str) -> Iterator[Notice]:
        for document in sources([str(file)], rules=self.rules, limits=self._limits):
            notice = document if isinstance(document, ReadError) else parsed(document, self.rules)
            if isinstance(notice, ReadError):
                raise ReadError(str(notice).replace(str(file), name)) from None
            yield notice

    def _inside(self, path: str) -> Path:
        """The file of this name, which is in one of the folders."""
        outside = ReadError(f"{path}：不在允许读的文件夹里，或没有这个文件；用 list_files 看有哪些文件")
        if "\0" in path:
            raise outside
        for root in self._roots:
            base = root if root.is_dir() else root.parent
            for candidate in (base / path, Path(path)):
                try:
                    real = candidate.resolve(strict=True)
                except (OSError, RuntimeError, ValueError):
                    continue
                if candidate.is_absolute() and self._is_inside(real):
                    return real
        raise outside

    def _is_inside(self, real: Path) -> bool:
        return any(real == root or root in real.parents for root in self._roots)

    def _name(self, file: Path) -> str:
        """The file's name as seen from its folder; the whole path where two folders have one of this name."""
        for root in self._roots:
            base = root if root.is_dir() else root.parent
            if base in file.parents:
                short = file.relative_to(base).as_posix()
                others = (other / short for other in self._roots if other != root)
                return short if not any(other.exists() for other in others) else str(file)
        return str(file)
