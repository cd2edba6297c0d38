"""Shards to workers: processes of this machine, or those of a Dask scheduler."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

from aiwei_cli.corpus.place import CorpusPlace
from aiwei_cli.corpus.plan import CorpusPlan
from aiwei_cli.corpus.shard import Done, Task, part_name, work
from aiwei_cli.corpus.sources import SourceColumns
from aiwei_cli.errors import AiweiError
from aiwei_cli.jobs.pool import Pool
from aiwei_cli.reading.budget import Limits


def todo(place: CorpusPlace, plan: CorpusPlan, rules: str | None, limits: Limits) -> list[Task]:
    """What is left to do."""
    done = set(place.names("done"))
    columns = SourceColumns(plan.head["text_column"], plan.head["id_column"])
    return [
        Task(place.address, number, entries, columns, rules, limits)
        for number, entries in enumerate(plan.shards)
        if f"{part_name(number)}.json" not in done
    ]


def some(tasks: Sequence[Task]) -> list[Done | Task]:
    """What a process does with the tasks it gets."""
    return [work(task) for task in tasks]


def here(
    tasks: Sequence[Task],
    jobs: int,
    tell: Callable[[str], None],
    some: Callable[[Sequence[Task]], list[Done | Task]] = some,
) -> Iterator[Done | Task]:
    """Do the tasks with so many processes; a task that kills its process comes back as it is."""
    if jobs == 1:
        yield from map(work, tasks)
        return
    pool: Pool[Task, Done | Task] = Pool(some, tasks, jobs=jobs, size=1, lost=_lost, tell=tell)
    yield from pool.results()


def _lost(task: Task) -> Done | Task:
    return task


def on_cluster(tasks: Sequence[Task], address: str) -> Iterator[Done | Task]:
    """Do the tasks on the workers of a Dask scheduler, as they come; each is one shard, never one text.

    Dask does a task again where its worker is gone; it is for us to make the part the same then. Raises AiweiError
    where Dask is not installed or the scheduler does not answer.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise AiweiError("用集群要装 Dask；请先运行 pip install 'aiwei[dask]'") from error
    try:
        client = distributed.Client(address, timeout="10s")
    except (OSError, ValueError, TimeoutError) as error:
        raise AiweiError(f"{address}：调度器没有回应（{error}）；请检查地址，或先运行 dask scheduler") from error
    with client:
        futures = {client.submit(work, task, key=f"aiwei-{task.number}", pure=False): task for task in tasks}
        for future in distributed.as_completed(futures):
            yield future.result() if future.status == "finished" else futures[future]
