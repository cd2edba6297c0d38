"""Files that other processes read and parse before they are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from aiwei_cli.errors import ReadError
from aiwei_cli.jobs import work
from aiwei_cli.jobs.pool import Pool
from aiwei_cli.reading.document import Document
from aiwei_cli.reading.files import file_documents

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules
    from aiwei_cli.reading.budget import Limits

_MANY = (".zip", ".json", ".jsonl", ".ndjson", ".yaml", ".yml")
"""Kinds of files that may hold so many notices that they are better read here, one after the other."""
_LARGEST_CHUNK = 16


class Ahead:
    """Gives the documents of each file, in the order of the files."""

    def __init__(
        self,
        files: Sequence[str],
        *,
        jobs: int,
        rules: Rules | None,
        limits: Limits | None = None,
        tell: Callable[[str], None] | None = None,
        method: str | None = None,
    ) -> None:
        self._rules, self._limits = rules, limits
        ours = [path for path in files if not path.lower().endswith(_MANY)]
        self._coming = Counter(ours)
        work.ready(rules)
        size = max(1, min(_LARGEST_CHUNK, len(ours) // (jobs * 4)))
        self._pool = Pool(
            work.files,
            ours,
            jobs=jobs,
            size=size,
            lost=_lost,
            begin=work.begin,
            given=(rules, limits),
            tell=tell,
            method=method,
        )
        self._results = zip(ours, self._pool.results(), strict=True)

    def fetch(self, path: str) -> Iterable[Document | ReadError]:
        """The documents of a file; one that no other process has read is read here."""
        while self._coming[path]:
            found, documents = next(self._results)
            self._coming[found] -= 1
            if found == path:
                return documents
        return file_documents(path, self._rules, self._limits)

    def close(self) -> None:
        """End what is still at work."""
        self._pool.kill()


def _lost(path: str) -> list[Document | ReadError]:
    return [ReadError(f"{path}：读它的进程两次被系统结束（多半是内存不够）；请关掉别的程序，或用 --jobs 1 再试")]
