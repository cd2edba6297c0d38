"""Files to notices: one, or many in several processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aiwei_cli.errors import ReadError
from aiwei_cli.jobs import jobs_for
from aiwei_cli.jobs.work import parsed
from aiwei_cli.reading import files, sources
from aiwei_cli.reading.containers import documents
from aiwei_cli.reading.document import Document

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules
    from aiwei_cli.notice.model import Notice
    from aiwei_cli.reading.budget import Limits

_BYTES = "这些字节"
_CURE = "read() 只读一篇；请存成文件，用 read_many() 读"


def read(path_or_bytes: str | os.PathLike[str] | bytes, *, rules: Rules | str | Path | None = None) -> Notice:
    """The notice in a file of any kind that aiwei reads (text, Word, PDF, web page, workbook, what aiwei wrote), given
    by its path or as its bytes.

    ``rules`` are those of :func:`load_rules` or the folder of one's own. A file takes 60 seconds and 2 GB at most.
    Raises ReadError, a sentence that names the file, the place and the cure, where it cannot be read or holds several
    notices: those :func:`read_many` gives.

    >>> import aiwei_cli as aiwei
    >>> aiwei.read("一、修路（住建局牵头，各村配合）。".encode()).body[0].duties[1].office
    '各村'
    """
    chosen = rules_of(rules)
    if isinstance(path_or_bytes, bytes):
        document = files.only(documents(path_or_bytes, name=_BYTES, path=_BYTES, rules=chosen), f"{_BYTES}里有", _CURE)
        document = replace(document, source=replace(document.source, path=None))
    else:
        if "\n" in os.fspath(path_or_bytes):
            raise ReadError("read() 要的是文件的路径或字节；公文的文字请用 parse()")
        document = files.read(path_or_bytes, rules=chosen)
    notice = parsed(document, chosen)
    if isinstance(notice, ReadError):
        raise notice
    return notice


def read_many(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    jobs: int | None = None,
    rules: Rules | str | Path | None = None,
) -> Iterator[Notice | ReadError]:
    """The notices of files, folders, archives and ledgers, in order; in the place of each that cannot be read its
    ReadError, which is not raised.

    ``jobs`` processes read files: where it is None as many as there are cores, but one below 300 files. A script that
    uses them on Windows or macOS needs ``if __name__ == "__main__":`` around what it does, as with all processes there.

    >>> import aiwei_cli as aiwei
    >>> for found in aiwei.read_many(["没有这个文件.txt"]):
    ...     print(type(found).__name__)
    ReadError
    """
    chosen = rules_of(rules)
    some = [paths] if isinstance(paths, str | os.PathLike) else paths
    for document in documents_of([os.fspath(path) for path in some], jobs=jobs, rules=chosen):
        yield document if isinstance(document, ReadError) else parsed(document, chosen)


def documents_of(
    paths: list[str],
    *,
    jobs: int | None,
    rules: Rules | None,
    limits: Limits | None = None,
    all_versions: bool = False,
    note: Callable[[str], None] | None = None,
    tell: Callable[[str], None] | None = None,
) -> Iterator[Document | ReadError]:
    """The documents of files and folders as :func:`aiwei_cli.reading.sources` gives them; read by several processes,
    they are parsed already. ``tell`` gets a sentence about a process that died.

    The processes have started when this returns, before anything else makes threads.
    """
    several = jobs != 1 and (jobs is not None or len(paths) >= 300 or any(map(os.path.isdir, paths)))
    listed = files.files_of(paths) if several else []
    number = jobs_for(len(listed), jobs) if several else 1
    if number == 1:
        return sources(paths, all_versions=all_versions, rules=rules, limits=limits, note=note)
    from aiwei_cli.jobs.ahead import Ahead

    ahead = Ahead(listed, jobs=number, rules=rules, limits=limits, tell=tell)

    def found() -> Iterator[Document | ReadError]:
        with closing(ahead):
            yield from sources(
                paths, all_versions=all_versions, rules=rules, limits=limits, note=note, fetch=ahead.fetch
            )

    return found()


def rules_of(rules: Rules | str | Path | None) -> Rules | None:
    """The rules that are given, loaded where their folder is."""
    if isinstance(rules, str | Path):
        from aiwei_cli.compiled import load

        return load(Path(rules))
    return rules
