"""A shard of a corpus: its entries in, one part of each dataset out. It is all that a worker is given."""

from __future__ import annotations

import json
import time
from functools import lru_cache
from typing import Any

from aiwei_cli.corpus.datasets import dataset_rows, error_rows
from aiwei_cli.corpus.parts import Parts
from aiwei_cli.corpus.place import CorpusPlace
from aiwei_cli.corpus.sources import SourceColumns, SourceEntry, read_entry
from aiwei_cli.errors import ReadError
from aiwei_cli.jobs.work import parsed
from aiwei_cli.reading.budget import Limits
from aiwei_cli.records import NamedTuple

_MOST = 10_000_000
"""The most notices of a shard: so many numbers are reserved for it."""


class Task(NamedTuple):
    """What a worker needs to know. It can be sent anywhere."""

    place: str
    number: int
    entries: tuple[SourceEntry, ...]
    columns: SourceColumns
    rules: str | None
    """The folder of one's own rules."""
    limits: Limits


class Done(NamedTuple):
    """What became of a shard."""

    number: int
    notices: int
    errors: int
    seconds: float


def part_name(number: int) -> str:
    """The name of a shard's parts, without its kind: 00012."""
    return f"{number:05}"


def work(task: Task) -> Done:
    """Read the entries, write the parts, and then the mark that the shard is done."""
    begin = time.monotonic()
    rules = _rules(task.rules)
    parts = Parts()
    count = errors = 0
    for entry in task.entries:
        for found in read_entry(entry, task.columns, rules, task.limits):
            notice = found if isinstance(found, str) else parsed(found, rules)
            if isinstance(notice, str | ReadError):
                parts.add(error_rows(entry.file, str(notice)))
                errors += 1
                continue
            parts.add(dataset_rows(notice, task.number * _MOST + count, rules))
            count += 1
    place = CorpusPlace(task.place)
    for name, data in parts.data():
        place.put(f"{name}/part-{part_name(task.number)}.parquet", data)
    done = Done(task.number, count, errors, round(time.monotonic() - begin, 3))
    place.put(f"done/{part_name(task.number)}.json", json.dumps(done._asdict()).encode())
    return done


@lru_cache(maxsize=2)
def _rules(folder: str | None) -> Any:
    from pathlib import Path

    from aiwei_cli.compiled import load

    return load(Path(folder) if folder else None)
