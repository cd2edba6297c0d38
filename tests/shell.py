"""What the tests of the shell share: running the command, and notices made by hand."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from aiwei_cli.cli import run
from aiwei_cli.compiled import load as read_rules
from aiwei_cli.notice.kinds import Member, members
from aiwei_cli.notice.model import Citation, Deadline, Duty, Hit, Node, Notice, Plan
from aiwei_cli.notice.source import Source
from aiwei_cli.query import Filters
from aiwei_cli.query.filters import selector

HERE = (0, 0)


@dataclass(frozen=True)
class Ran:
    out: str
    err: str
    code: int

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def plain(self) -> Ran:
        """The same without the line about doubts, which names the files."""
        kept = [line for line in self.err.splitlines(keepends=True) if not line.startswith("另有 ")]
        return replace(self, err="".join(kept))


def environment(**extra: str) -> dict[str, str]:
    """The environment without what would change the command's answers."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("AIWEI_", "PYTHONIOENCODING"))}
    return {**kept, "PYTHONUTF8": "0", **extra}


def unmeasured() -> dict[str, str]:
    """The same for a process whose imports or start are what is tested: no coverage in it."""
    return {key: value for key, value in environment().items() if not key.startswith("COVERAGE_")}


def aiwei(*args: str | Path, stdin: bytes | None = None, cwd: Path | None = None, **env: str) -> Ran:
    """Run ``aiwei`` in this process; without ``stdin`` its standard input is the null device, as in a cron job.

    Starting Python anew for each question took half of the time of all tests. Where the process itself is what is
    tested (signals, terminals, encodings that Python takes from the environment), use :func:`aiwei_process`.
    """
    assert not any(name.startswith("PYTHON") for name in env), "only a process of its own sees this: aiwei_process"
    if "--rules" in args or "AIWEI_RULES" in env:
        read_rules.cache_clear()  # a test may have changed the files of a folder that was read before
    out, err = _stream(), _stream()
    here = Path.cwd()
    # Without a terminal a process takes 80 columns; this one must not ask the terminal that the tests run on.
    within = {"COLUMNS": "80", **environment(**env)}
    with patch.dict(os.environ, within, clear=True), _input(stdin) as given:
        os.chdir(cwd or here)
        try:
            with patch.multiple(sys, stdin=given, stdout=out, stderr=err):
                code = run([*map(str, args)])
        finally:
            os.chdir(here)
    return Ran(_written(out), _written(err), code)


def aiwei_process(*args: str | Path, stdin: bytes | None = None, cwd: Path | None = None, **env: str) -> Ran:
    """The same in a separate process."""
    done = subprocess.run(
        [sys.executable, "-m", "aiwei_cli", *map(str, args)],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        env=environment(**env),
        cwd=cwd,
        timeout=60,
    )
    return Ran(done.stdout.decode("utf-8"), done.stderr.decode("utf-8"), done.returncode)


def _stream() -> io.TextIOWrapper:
    """A stream as a pipe's: not UTF-8 unless the command makes it so."""
    return io.TextIOWrapper(io.BytesIO(), encoding="ascii")


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8")


@contextmanager
def _input(data: bytes | None) -> Iterator[io.TextIOWrapper]:
    """Standard input: a file with the data, or the null device. Both have descriptors, which the command looks at."""
    if data is None:
        with Path(os.devnull).open("rb") as nothing:
            yield io.TextIOWrapper(nothing)
        return
    with tempfile.TemporaryFile() as held:
        held.write(data)
        held.seek(0)
        yield io.TextIOWrapper(held)


def filled(cls: Any, *, deep: bool = True, **parts: Any) -> Any:
    """A record of the model in which every field holds something, but for those that the ledger tells from others."""
    for member in members(cls):
        if member.name not in parts and member.column:
            one = _one(member, deep=deep)
            parts[member.name] = () if one is None else (one, one) if member.many else one
    return cls(**parts)


def _one(member: Member, *, deep: bool) -> Any:
    """A value of a field, as the schema wants it; None for a node below a node below a node."""
    if member.base == "record":
        return filled(member.record, deep=False) if deep or member.record is not Node else None
    if member.base == "pair":
        return tuple(_one(part, deep=deep) for part in member.parts)
    if member.among:
        return member.among[-1]
    text = {"date": "2023-02-01", "sha256": "0" * 64}.get(member.name, f"某{member.name}")
    return {"str": text, "int": 7, "bool": True, "Span": (3, 5)}[member.base]


_TRACKED = ("version", "task", "status")


def without_tasks(text: str) -> str:
    """What a command printed of a ledger, without the cells and keys that only a ledger has."""
    text = re.sub(rf'(?m),?\s*"(?:{"|".join(_TRACKED)})": (?:\d+|null|"[^"]*")', "", text)
    text = re.sub(rf"(?m)^\s*(?:{'|'.join(_TRACKED)}): .*\n", "", text)
    return re.sub(r"(?m)([\t,])(?:\d*\1\d*\1(?:未反馈)?)$", r"\1\1\1", text)


def untracked(notice: Notice) -> Notice:
    """A notice that a ledger gave, without the tasks that the ledger made of its items."""

    def bare(node: Node) -> Node:
        return replace(node, task=None, status="", children=tuple(map(bare, node.children)))

    return replace(notice, version=None, task=None, status="", body=tuple(map(bare, notice.body)))


def select(notice: Notice, filters: Filters, offices: Any = None) -> Iterator[Hit]:
    """The items of one notice that answer."""
    return selector(filters, offices)(notice)


def duty(role: Any, office: str, *, written: str = "", inherited: bool = False) -> Duty:
    return Duty(role, office, written or office, HERE, inherited)


def due(written: str, date: str | None, *, inherited: bool = False) -> Deadline:
    return Deadline(written, date, HERE, inherited)


def node(node_id: str, number: str, level: int, **parts: Any) -> Node:
    return Node(**{"title": "", "text": "", "span": HERE, "line": 1, **parts}, id=node_id, number=number, level=level)


def sample() -> Notice:
    """A small notice with a bit of everything."""
    first = node(
        "一/（一）/1",
        "1.",
        3,
        text="整治农贸市场和旅游厕所。\n加强监督检查。",
        line=5,
        duties=(duty("responsible", "城市管理办"), duty("responsible", "综合执法局")),
        deadlines=(due("12月底前", "2023-12-31"), due("6月底前", "2023-06-30")),
        citations=(Citation("国务院意见", "国发〔2020〕15号", HERE), Citation("通用规范", None, HERE)),
    )
    second = node(
        "一/（一）/2",
        "2.",
        3,
        text="开展健康科普。",
        line=7,
        duties=(
            duty("lead", "社会事务办"),
            duty("support", "各嘎查村（社区）", written="各嘎查村社区"),
        ),
        deadlines=(due("长期坚持", None),),
    )
    group = node("一/（一）", "（一）", 2, title="打造健康环境", line=4, children=(first, second))
    inheriting = node(
        "一/（二）/3",
        "3.",
        3,
        text="普及健康知识。",
        line=10,
        duties=(duty("lead", "妇联", inherited=True),),
        deadlines=(due("2023年5月底前", "2023-05-31", inherited=True),),
    )
    ownerless = node("一/（三）", "（三）", 2, text="其他工作另行安排。", line=11)
    other = node(
        "一/（二）", "（二）", 2, title="倡导文明", line=9, duties=(duty("lead", "妇联"),), children=(inheriting,)
    )
    works = node("一", "一、", 1, title="重点工作", line=3, children=(group, other, ownerless))
    again = node(
        "二/（一）", "（一）", 2, text="开展第35个爱国卫生月活动", line=13, duties=(duty("lead", "社会事务办"),)
    )
    events = node("二", "二、", 1, title="组织活动", line=12, children=(again,))
    return Notice(
        text="",
        source=Source(path="样例.txt", sha256="0" * 64, characters=400),
        title="关于印发《工作要点》的通知",
        issuer="某镇人民政府",
        year=2023,
        addressees=("各村",),
        preamble="现印发给你们。",
        body=(works, events),
    )


def two_plans() -> Notice:
    """A notice that encloses two plans, whose numbers begin anew."""
    one = node("一", "一、", 1, text="甲方案的工作", span=(20, 30), duties=(duty("lead", "财政局"),))
    two = node("一#2", "一、", 1, text="乙方案的工作", span=(60, 70), duties=(duty("lead", "民政局"),))
    plans = (Plan("甲实施方案", (10, 15), 2), Plan("乙实施方案", (50, 55), 6))
    return Notice(
        text="", source=Source(path="两个方案.txt"), title="关于印发两个方案的通知", plans=plans, body=(one, two)
    )
