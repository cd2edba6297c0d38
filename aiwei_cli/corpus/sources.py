"""What there is to read: files of any kind, and rows of JSONL or Parquet files that have a column of texts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from aiwei_cli.corpus.place import file_bytes, open_file, reaching, remote_files
from aiwei_cli.errors import ReadError, UsageError
from aiwei_cli.notice.source import Source, digest
from aiwei_cli.reading.budget import Budget
from aiwei_cli.reading.containers import documents
from aiwei_cli.reading.document import Document
from aiwei_cli.reading.files import ODD, file_documents, files_of, is_odd
from aiwei_cli.reading.kinds import SUFFIXES
from aiwei_cli.records import NamedTuple

ROWS = (".jsonl", ".ndjson", ".parquet")
_BLOCK = 1 << 16
_DAMAGED = "不是完整的 Parquet 文件，可能没有写完或已损坏；请重新生成"


class SourceEntry(NamedTuple):
    """Something to read: a file, or some rows of one."""

    file: str
    size: int
    sha256: str
    first: int = 0
    """The first row, of a file with a column of texts."""
    rows: int = 0
    """How many rows; 0 for a file as a whole."""
    offset: int = 0
    """The byte in which the first row begins (JSONL)."""


class SourceColumns(NamedTuple):
    """The columns of files with texts in rows."""

    text: str = ""
    id: str = ""


def source_entries(sources: Sequence[str], columns: SourceColumns, shard: int) -> Iterator[SourceEntry]:
    """The entries of the sources, sorted folder by folder. Raises UsageError for a file without the column."""
    for path, size in _files(sources):
        with reaching(path):
            found = _entries_of(path, size, columns, shard)
        yield from found


def _entries_of(path: str, size: int, columns: SourceColumns, shard: int) -> list[SourceEntry]:
    if _has_rows(path, columns):
        try:
            return list(_row_entries(path, size, columns, shard))
        except (OSError, ReadError):  # its row in the errors says why
            pass
    return [SourceEntry(path, size, _sum(path))]


def _has_rows(path: str, columns: SourceColumns) -> bool:
    return bool(columns.text) and path.lower().endswith(ROWS) and not is_odd(path)


def _files(sources: Sequence[str]) -> Iterator[tuple[str, int]]:
    for source in sources:
        if "://" in source:
            yield from (
                (path, size)
                for path, size in remote_files(source)
                if os.path.splitext(path)[1].lower() in SUFFIXES or path.lower().endswith(ROWS)  # noqa: PTH122
            )
            continue
        if os.path.isdir(source):  # noqa: PTH112
            found = files_of([source], odd=True)
            found += sorted(
                os.path.join(folder, name)  # noqa: PTH118
                for folder, _, names in os.walk(source)
                for name in names
                if name.lower().endswith(ROWS)
            )
        else:
            found = [source]
        for path in dict.fromkeys(found):
            yield path, os.path.getsize(path) if os.path.isfile(path) else 0  # noqa: PTH113, PTH202


def _sum(path: str) -> str:
    if is_odd(path):  # its row in the errors says so
        return ""
    try:
        made = sha256()  # hashlib.file_digest takes longer to begin than a notice to be hashed
        with open_file(path) as file:
            while block := file.read(_BLOCK):
                made.update(block)
        return made.hexdigest()
    except OSError:  # its row in the errors says why
        return ""


def _row_entries(path: str, size: int, columns: SourceColumns, shard: int) -> Iterator[SourceEntry]:
    total = _sum(path)
    if path.lower().endswith(".parquet"):
        file = _parquet(path)
        missing = [name for name in columns if name and name not in file.schema_arrow.names]
        if missing:
            raise UsageError(f"{path}：没有“{missing[0]}”这一列；有的是 {'、'.join(file.schema_arrow.names[:20])}")
        count = file.metadata.num_rows
        for first in range(0, count, shard):
            yield SourceEntry(path, size, total, first, min(shard, count - first))
        return
    first = offset = start = rows = 0
    with open_file(path) as file:
        for line in file:
            rows += bool(line.strip())
            offset += len(line)
            if rows == shard:
                yield SourceEntry(path, size, total, first, rows, start)
                first, start, rows = first + rows, offset, 0
    if rows:
        yield SourceEntry(path, size, total, first, rows, start)


def _parquet(path: str) -> Any:
    """The opened file. Raises ReadError where it is damaged, and OSError."""
    from pyarrow import ArrowException, parquet

    try:
        return parquet.ParquetFile(open_file(path) if "://" in path else path)
    except ArrowException as error:
        raise ReadError(_DAMAGED) from error


def read_entry(entry: SourceEntry, columns: SourceColumns, rules: Any, limits: Any) -> Iterator[Document | str]:
    """The documents of an entry; a sentence in the place of each that cannot be read."""
    if _has_rows(entry.file, columns):
        try:
            with reaching(entry.file):
                yield from _rows(entry, columns, limits)
            if not entry.rows:  # it could not be read when the plan was made
                yield f"{entry.file}：做计划时读不出来，里面的没有读；请换一个文件夹重新做"
        except ReadError as error:
            yield f"{entry.file}：{error}"
        except OSError as error:
            yield f"{entry.file}：打不开（{error.strerror or error}）；请检查文件名和所在的磁盘"
    elif "://" in entry.file:
        try:
            data = file_bytes(entry.file)
        except OSError as error:
            yield f"{entry.file}：读不出来（{error}）；请检查地址和权限"
            return
        suffix = os.path.splitext(entry.file)[1]  # noqa: PTH122
        found = documents(data, name=entry.file, path=entry.file, suffix=suffix, rules=rules, limits=limits)
        yield from (one if isinstance(one, Document) else str(one) for one in found)
    elif is_odd(entry.file):
        yield f"{entry.file}：{ODD}"
    else:
        for one in file_documents(entry.file, rules, limits):
            yield one if isinstance(one, Document) else str(one)


def _rows(entry: SourceEntry, columns: SourceColumns, limits: Any) -> Iterator[Document | str]:
    found = _parquet_rows(entry, columns) if entry.file.lower().endswith(".parquet") else _json_rows(entry)
    for number, row in enumerate(found, entry.first + 1):
        if isinstance(row, ReadError):
            yield f"{entry.file}：第 {number} 行读不出来，{row}"
            continue
        text = row.get(columns.text) if isinstance(row, dict) else None
        name = str(row.get(columns.id)) if isinstance(row, dict) and columns.id else f"{entry.file}#{number}"
        if not isinstance(text, str) or not text.strip():
            yield f"{entry.file}：第 {number} 行没有“{columns.text}”这一列的文字；请检查这一行"
        else:
            source = Source(name, digest(text), "utf-8", len(text), "txt")
            yield Document(text, source, budget=Budget(limits, len(text)))


def _json_rows(entry: SourceEntry) -> Iterator[Any]:
    with open_file(entry.file) as file:  # of a file with a million rows a shard reads its own
        file.seek(entry.offset)
        filled = (line for line in file if line.strip())
        for _, line in zip(range(entry.rows), filled, strict=False):
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield None


def _parquet_rows(entry: SourceEntry, columns: SourceColumns) -> Iterator[Any]:
    from pyarrow import ArrowException

    file = _parquet(entry.file)
    wanted, at = [name for name in columns if name], 0
    for group in range(file.metadata.num_row_groups):
        size = file.metadata.row_group(group).num_rows
        if at < entry.first + entry.rows and at + size > entry.first:
            begin = max(entry.first - at, 0)
            end = min(entry.first + entry.rows - at, size)
            try:
                yield from file.read_row_group(group, wanted).slice(begin, end - begin).to_pylist()
            except (ArrowException, OSError):
                yield from [ReadError(_DAMAGED)] * (end - begin)
        at += size
