"""The plan of a corpus: which entries are of which shard, by which version and which rules.

It is written once, before anything is read; a run that goes on reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from itertools import chain
from typing import Any

from aiwei_cli import __version__
from aiwei_cli.corpus.place import CorpusPlace
from aiwei_cli.corpus.sources import SourceColumns, SourceEntry, source_entries
from aiwei_cli.errors import AiweiError, ReadError
from aiwei_cli.records import NamedTuple

FILE = "plan.jsonl"


class CorpusPlan(NamedTuple):
    """What is to be done."""

    head: Mapping[str, Any]
    shards: tuple[tuple[SourceEntry, ...], ...]


def plan_of(
    place: CorpusPlace, sources: Sequence[str], columns: SourceColumns, shard: int, rules: Mapping[str, Any]
) -> CorpusPlan:
    """The plan that is there, or a new one.

    Raises AiweiError where the one that is there is of another version, other rules, other sources or other columns,
    and where the folder holds something else.
    """
    head = {
        "aiwei": __version__,
        "rules": rules_sum(rules),
        "sources": list(sources),
        "text_column": columns.text,
        "id_column": columns.id,
        "shard": shard,
    }
    there = read_plan(place)
    if there is not None:
        _refuse_to_mix(place.address, there.head, head)
        return there
    if place.holds_other_things():
        raise AiweiError(f"{place.address}：里面已有别的东西，不是 aiwei corpus 写的；请换一个空的文件夹")
    shards = tuple(_shards(source_entries(sources, columns, shard), shard))
    if not shards:
        raise ReadError(f"{'、'.join(sources)}：没有可读的公文；请检查路径")
    written = BytesIO()
    for said in chain([head], ({"shard": at, **each._asdict()} for at, some in enumerate(shards) for each in some)):
        written.write(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    place.put(FILE, written.getvalue())
    return CorpusPlan(head, shards)


def read_plan(place: CorpusPlace) -> CorpusPlan | None:
    """The plan that is there. Raises ReadError where it is not aiwei's."""
    data = place.get(FILE)
    if data is None:
        return None
    try:
        lines = map(json.loads, BytesIO(data))  # one after the other: there may be a million
        head = next(lines)
        shards: dict[int, list[SourceEntry]] = {}
        for line in lines:
            shards.setdefault(line.pop("shard"), []).append(SourceEntry(**line))
        return CorpusPlan({**head}, tuple(tuple(shards[number]) for number in range(len(shards))))
    except (ValueError, TypeError, KeyError, AttributeError, StopIteration) as error:
        raise ReadError(f"{place.address}：{FILE} 不是 aiwei corpus 写的样子；请换一个文件夹重新做") from error


_SAID = {
    "aiwei": "aiwei 的版本",
    "rules": "规则",
    "sources": "来源",
    "text_column": "--text-column",
    "id_column": "--id-column",
    "shard": "--shard",
}


def _refuse_to_mix(address: str, there: Mapping[str, Any], here: Mapping[str, Any]) -> None:
    other = [word for key, word in _SAID.items() if there.get(key) != here[key]]
    if other:
        raise AiweiError(
            f"{address}：里面的语料是用别的{'、'.join(other)}做的，不能混在一起；请换一个文件夹，或照原样接着做"
        )


def rules_sum(rules: Mapping[str, Any]) -> str:
    """The SHA-256 of the rules, shipped and own together."""
    return sha256(json.dumps(rules, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def _shards(found: Iterator[SourceEntry], size: int) -> Iterator[tuple[SourceEntry, ...]]:
    """Entries by shards: so many files or rows in each."""
    waiting: list[SourceEntry] = []
    weight = 0
    for entry in found:
        waiting.append(entry)
        weight += entry.rows or 1
        if weight >= size:
            yield tuple(waiting)
            waiting, weight = [], 0
    if waiting:
        yield tuple(waiting)
