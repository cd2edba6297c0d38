"""Places that a command is about: ids before files on the command line, or tasks of a ledger."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from aiwei_cli.cli.session import Session, something_is_piped
from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import UsageError
from aiwei_cli.query.asked import typed_path
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from aiwei_cli.notice.model import Place
    from aiwei_cli.store.query import Ledger


class AskedPlaces(NamedTuple):
    """The arguments, taken apart."""

    ids: tuple[str, ...]
    tasks: tuple[int, ...]
    files: tuple[str, ...]


def asked(words: Sequence[str] | None, task: Sequence[str] | None, command: str) -> AskedPlaces:
    """The ids come first, then the files. Raises UsageError where there is no id, or where it comes last."""
    given = list(words or ())
    tasks: tuple[int, ...] = ()
    if task:
        from aiwei_cli.tracking.find import read_tasks

        tasks = tuple(read_tasks(task))
    if not given and not tasks:
        raise UsageError(f"缺少参数 ID；请写上编号，或用 --task 写上任务号；用法见 aiwei {command} -h")
    ids = [given.pop(0)] if given and not (tasks and _is_file(given[0])) else []
    if ids and _is_file(ids[0]) and given and typed_path(ids[0]) is None:
        late = next((word for word in given if typed_path(word) is not None and not _is_file(word)), None)
        if late is not None:
            raise UsageError(f"参数写反了，编号要写在文件前面：aiwei {command} {late} {ids[0]}")
    while given and typed_path(given[0]) is not None and not _is_file(given[0]):
        ids.append(given.pop(0))
    if tasks and not given and not something_is_piped() and os.environ.get("AIWEI_LEDGER"):
        given = [os.environ["AIWEI_LEDGER"]]
    return AskedPlaces(tuple(ids), tasks, tuple(given))


def _is_file(word: str) -> bool:
    return word == "-" or os.path.lexists(word)


def places(wanted: AskedPlaces, session: Session) -> Iterator[Place]:
    """The one place that each id and each task means. Leaves with 1 where there is none or several."""
    for node_id in wanted.ids:
        yield _by_id(node_id, session)
    if wanted.tasks:
        from aiwei_cli.query import places
        from aiwei_cli.store.load import notices
        from aiwei_cli.tracking.find import existing_task

        ledger = ledger_of(session)
        for task in wanted.tasks:
            with ledger.complaints():
                found = existing_task(ledger.connection, task, ledger.name)
                (notice,) = notices(ledger.connection, [found.notice])
            if found.task != task:
                complain(f"任务 {task} 已并入任务 {found.task}")
            elif not found.latest:
                complain(f"任务 {task} 在最新一版里没有了，这是第 {notice.version} 版的")
            yield next(place for place in places(notice) if place.node.id == found.id)


def resolved(task: Sequence[str] | None, session: Session) -> tuple[int, ...]:
    """The tasks that were asked for, by the numbers under which they go on. Raises UsageError for unknown numbers."""
    if not task:
        return ()
    from aiwei_cli.tracking.find import existing_task, read_tasks

    numbers = read_tasks(task)
    ledger = ledger_of(session)
    with ledger.complaints():
        return tuple(existing_task(ledger.connection, number, ledger.name).task for number in numbers)


def ledger_of(session: Session) -> Ledger:
    """The ledger of the session. Raises UsageError where there is none."""
    if session.ledger is None:
        raise UsageError(
            "--task 是台账里的任务号，请给出台账，如 aiwei list --task 12 台账.db，或用环境变量 AIWEI_LEDGER 指定"
        )
    return session.ledger


def _by_id(node_id: str, session: Session) -> Place:
    """The one place that an id means. Exits with 1 where there is none or several, and names those that come near."""
    found, count, ids = _places(node_id, session)
    if session.failed and not session.read:
        raise typer.Exit(2)
    if count == 1:
        return found[0]
    if found:
        from aiwei_cli.language.chars import clipped

        complain(f"编号“{node_id}”指的可能是以下 {count} 处，请写完整些{_or_narrow(found)}：")
        several = len({(place.notice.source.path, place.notice.title) for place in found}) > 1
        for place in found:
            origin = f"  （{place.notice.source.path or place.notice.title}）" if several else ""
            complain(f"  {place.node.id}  {clipped(place.node.title or place.node.text, 30)}{origin}")
        if count > len(found):
            complain(f"  …… 还有 {count - len(found)} 处")
    else:
        from aiwei_cli.query.absent import like

        for sentence in list(session.unfitting()) or [f"没有编号“{node_id}”{like(node_id, ids)}"]:
            complain(sentence)
    raise typer.Exit(1)


def _or_narrow(found: list[Place]) -> str:
    return "，或用 --notice 说明是哪篇公文" if len({id(place.notice) for place in found}) > 1 else ""


def _places(node_id: str, session: Session) -> tuple[list[Place], int, list[str]]:
    """The places that an id may mean, not more than can be looked through, how many there are, and all ids."""
    if session.ledger is not None:
        from aiwei_cli.store.names import places_with_id

        return places_with_id(session.ledger, node_id)
    from aiwei_cli.query import places
    from aiwei_cli.query.by_id import with_id

    known = [place for notice in session.notices() for place in places(notice)]
    found = with_id(node_id, known)
    return found[:20], len(found), [place.node.id for place in known]
