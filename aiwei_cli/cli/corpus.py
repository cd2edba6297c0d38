"""The command for a million notices: corpus."""

import os
import time
from typing import TYPE_CHECKING, Annotated

import typer

from aiwei_cli.cli import options
from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import AiweiError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aiwei_cli.corpus.plan import CorpusPlan
    from aiwei_cli.corpus.shard import Done, Task

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE...",
        help="公文、文件夹、压缩包、有一列是公文的 JSONL 或 Parquet、s3:// 一类地址",
        show_default=False,
    ),
]
Folder = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="文件夹", help="写到这个文件夹，或 s3:// 一类地址", show_default=False),
]
Shard = Annotated[
    int, typer.Option("--shard", metavar="篇数", help="一片多少个文件或行（不写时 1000）", show_default=False)
]
Scheduler = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="地址", help="交给 Dask 的调度器，如 tcp://10.0.0.1:8786", show_default=False),
]
TextColumn = Annotated[
    str, typer.Option("--text-column", metavar="列", help="JSONL、Parquet 里公文所在的列", show_default=False)
]
IdColumn = Annotated[
    str, typer.Option("--id-column", metavar="列", help="JSONL、Parquet 里作为编号的列", show_default=False)
]
Status = Annotated[bool, typer.Option("--status", help="只看做到哪里、多快、有什么读不了")]


def corpus(
    sources: Sources = None,
    output: Folder = None,
    shard: Shard = 1000,
    scheduler: Scheduler = None,
    text_column: TextColumn = "",
    id_column: IdColumn = "",
    status: Status = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="不报告进度")] = False,
    rules: options.RulesDir = None,
) -> None:
    """把许多公文做成 Parquet 数据集：notices、items、duties、pairs、deadlines、citations、diagnostics、errors。

    先写好计划（plan.jsonl），再一片一片地做；中途停了，再运行一次就接着做，做两次也是同样的字节。
    读不了的文件在 errors 里占一行。要装 pyarrow：pip install 'aiwei[corpus]'；用集群还要 'aiwei[dask]'。

    例子：
      aiwei corpus 公文 -o 语料 --jobs 8
      aiwei corpus 爬取.jsonl -o 语料 --text-column content --id-column url
      aiwei corpus s3://桶/公文 -o s3://桶/语料 --scheduler tcp://10.0.0.1:8786
      aiwei corpus -o 语料 --status
    """
    if not output:
        raise UsageError("没有说明写到哪里；请用 -o 给出文件夹，如 -o 语料")
    from aiwei_cli.corpus.place import CorpusPlace
    from aiwei_cli.corpus.status import status_lines

    place = CorpusPlace(output)
    if status:
        for line in status_lines(place):
            print(line)
        return
    if not sources:
        raise UsageError("没有给出公文；请写上文件夹或文件，如 aiwei corpus 公文 -o 语料")
    if shard < 1:
        raise UsageError(f"--shard 是一片的篇数，不能是 {shard}；请写 1000 左右")
    if "://" not in output:
        place = CorpusPlace(os.path.abspath(output))  # noqa: PTH100 - workers may be elsewhere
    plan, tasks = _planned(place, sources, (text_column, id_column), shard, rules)
    raise typer.Exit(_done(plan, tasks, scheduler, quiet))


def _planned(
    place: "object", sources: list[str], columns: tuple[str, str], shard: int, rules: str | None
) -> "tuple[CorpusPlan, list[Task]]":
    from importlib.util import find_spec
    from pathlib import Path
    from typing import Any, cast

    from aiwei_cli.cli.limits import chosen
    from aiwei_cli.compiled import load

    if find_spec("pyarrow") is None:
        raise AiweiError("语料要用 pyarrow；请先运行 pip install 'aiwei[corpus]'")
    from aiwei_cli.corpus.plan import plan_of
    from aiwei_cli.corpus.run import todo
    from aiwei_cli.corpus.sources import SourceColumns

    folder = rules or os.environ.get("AIWEI_RULES") or None
    data = load(Path(folder) if folder else None).data
    found = [each if "://" in each else os.path.abspath(each) for each in sources]  # noqa: PTH100
    where = cast("Any", place)
    plan = plan_of(where, found, SourceColumns(*columns), shard, data)
    return plan, todo(where, plan, folder, chosen())


def _done(plan: "CorpusPlan", tasks: "list[Task]", scheduler: str | None, quiet: bool) -> int:
    """Do what is left and say how it goes; the exit code is 1 where something could not be read."""
    from aiwei_cli.cli.limits import jobs
    from aiwei_cli.corpus.run import here, on_cluster
    from aiwei_cli.jobs import cores

    total = len(plan.shards)
    if not tasks:
        complain(f"共 {total} 片，早已做完")
        return 0
    if len(tasks) < total and not quiet:
        complain(f"共 {total} 片，已有 {total - len(tasks)} 片，接着做")
    if scheduler:
        results: Iterable[Done | Task] = on_cluster(tasks, scheduler)
    else:
        results = here(tasks, min(jobs() or cores(), len(tasks)), complain)
    return _followed(results, total, total - len(tasks), quiet)


def _followed(results: "Iterable[Done | Task]", total: int, before: int, quiet: bool) -> int:
    from aiwei_cli.corpus.shard import Done

    begin = time.monotonic()
    notices = errors = lost = done = 0
    try:
        for one in results:
            if not isinstance(one, Done):
                lost += 1
                complain(f"第 {one.number} 片没有做成：做它的进程被系统结束了；再运行一次会重做这一片")
                continue
            done, notices, errors = done + 1, notices + one.notices, errors + one.errors
            if not quiet:
                speed = notices / max(time.monotonic() - begin, 0.001) * 3600
                complain(f"{before + done}/{total} 片，{notices} 篇，每小时约 {round(speed):,} 篇")
    except KeyboardInterrupt as stop:
        stop.add_note(f"{before + done} 片已经写好，再运行一次就接着做")
        raise
    complain(f"读了 {notices} 篇公文，{errors} 篇读不了" + ("（见 errors）" if errors else ""))
    return 1 if errors or lost else 0
