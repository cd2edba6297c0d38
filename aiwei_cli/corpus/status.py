"""How far a corpus is, how fast it went, and what failed."""

from __future__ import annotations

import json
from collections.abc import Iterator

from aiwei_cli.corpus.place import CorpusPlace
from aiwei_cli.corpus.plan import CorpusPlan, read_plan
from aiwei_cli.corpus.shard import Done
from aiwei_cli.errors import ReadError


def status(place: CorpusPlace) -> tuple[CorpusPlan, list[Done]]:
    """The plan and the shards that are done. Raises ReadError where there is no plan."""
    plan = read_plan(place)
    if plan is None:
        raise ReadError(f"{place.address}：这里没有语料；请给出 aiwei corpus -o 写的文件夹")
    marks = (place.get(f"done/{name}") for name in place.names("done"))
    return plan, [Done(**json.loads(mark)) for mark in marks if mark]


def status_lines(place: CorpusPlace) -> Iterator[str]:
    """The same in words."""
    plan, done = status(place)
    notices, errors = sum(each.notices for each in done), sum(each.errors for each in done)
    seconds = sum(each.seconds for each in done)
    yield f"共 {len(plan.shards)} 片，做完 {len(done)} 片，还有 {len(plan.shards) - len(done)} 片"
    yield f"读了 {notices} 篇公文，{errors} 篇读不了" + ("（见 errors）" if errors else "")
    if seconds:
        yield f"每个进程每小时约 {round(notices / seconds * 3600):,} 篇"
    yield f"aiwei {plan.head.get('aiwei')}，规则 {str(plan.head.get('rules'))[:12]}"
