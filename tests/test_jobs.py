"""Several processes: the same bytes in the same order, whatever dies, and an end within a second."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from shell import aiwei, environment

from aiwei_cli.errors import ReadError
from aiwei_cli.jobs import FEW, jobs_for
from aiwei_cli.jobs.ahead import Ahead
from aiwei_cli.jobs.pool import Pool
from aiwei_cli.notice.model import Notice
from aiwei_cli.reading.document import Document

TEXT = "{}桥镇人民政府关于清淤的通知\n一、修路（住建局牵头，各村配合）。6月底前完成。\n二、清淤(水里局负责）。\n"
METHODS = ("fork", "spawn") if sys.platform == "linux" else ("spawn",)
needs_kill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="这里没有 SIGKILL")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty notices, two files that cannot be read, and one that aiwei wrote."""
    place = tmp_path / "公文"
    place.mkdir()
    for number in range(30):
        (place / f"{number:02}.txt").write_text(TEXT.format(f"第{number}"), "utf-8")
    (place / "07.docx").write_bytes(b"PK\3\4 broken")
    (place / "21.pdf").write_bytes(b"%PDF-1.4 broken")
    aiwei("export", place / "03.txt", "-o", place / "03.xlsx")
    return place


@pytest.mark.parametrize(
    "args",
    [
        ("export", "--format", "jsonl"),
        ("list", "--per", "duty", "--role", "牵头"),
        ("parse", "--format", "json"),
        ("offices", "--unknown"),
        ("check", "--level", "hint"),
    ],
    ids=lambda args: args[0],
)
def test_several_processes_write_and_say_what_one_does(folder: Path, args: tuple[str, ...]) -> None:
    one, two = (aiwei(*args, folder, "--jobs", number) for number in "12")
    assert one.out and one.err and (one.out, one.err, one.code) == (two.out, two.err, two.code)


def test_a_ledger_takes_in_the_same(folder: Path, tmp_path: Path) -> None:
    for number in "12":
        aiwei("add", folder, "--ledger", tmp_path / f"{number}.db", "--jobs", number)
    one, two = (aiwei("export", tmp_path / f"{number}.db", "--format", "jsonl").out for number in "12")
    assert one == two and len(one.splitlines()) == 60


@pytest.mark.parametrize("method", METHODS)
def test_files_are_parsed_by_others_however_these_are_started(folder: Path, method: str) -> None:
    paths = sorted(map(str, folder.glob("*.txt")))[:4]
    ahead = Ahead([*paths, paths[0]], jobs=2, rules=None, method=method)
    found = [one for path in (*paths, str(folder / "07.docx"), paths[0]) for one in ahead.fetch(path)]
    ahead.close()
    assert [type(one.parsed) for one in found if isinstance(one, Document)] == [Notice] * 5
    assert [type(one) for one in found].index(ReadError) == 4


def test_how_many_processes() -> None:
    assert jobs_for(FEW - 1, None) == 1 and jobs_for(FEW, None) >= 1
    assert jobs_for(1000, 3) == 3 and jobs_for(0, 3) == 1
    for wrong in ("0", "-1", "两个", "1.5"):
        assert aiwei("list", "x", "--jobs", wrong).code == 2


def doubled(pieces: Sequence[str]) -> list[str]:
    """Pieces twice; ``once PATH`` kills its process the first time, ``always`` each time."""
    for piece in pieces:
        word, _, path = piece.partition(" ")
        if word == "always" or (word == "once" and not Path(path).exists()):
            if path:
                Path(path).touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return [piece * 2 for piece in pieces]


@needs_kill
@pytest.mark.parametrize("size", [1, 3])
def test_a_killed_worker_is_told_and_its_work_done_again(tmp_path: Path, size: int) -> None:
    once = f"once {tmp_path / 'mark'}"
    pieces = [*"甲乙丙", once, *"丁戊", "always", *"己庚"]
    told: list[str] = []
    pool = Pool(doubled, pieces, jobs=2, size=size, lost=lambda piece: f"lost {piece}", tell=told.append)
    assert list(pool.results()) == [piece * 2 if piece != "always" else "lost always" for piece in pieces]
    assert told and all("进程" in each for each in told)


@needs_kill
def test_a_pool_that_nobody_reads_to_the_end_leaves_no_process() -> None:
    import multiprocessing

    pool = Pool(doubled, map(str, range(1000)), jobs=2, size=1, lost=str)
    results = pool.results()
    next(results)
    results.close()
    until = time.monotonic() + 5
    while multiprocessing.active_children() and time.monotonic() < until:
        time.sleep(0.02)
    assert not multiprocessing.active_children()


@pytest.mark.skipif(os.name == "nt", reason="a console's Ctrl+C cannot be sent to a process of its own")
@pytest.mark.parametrize("output", ["x.jsonl", "-"])
def test_ctrl_c_ends_all_within_a_second_and_says_what_was_written(tmp_path: Path, output: str) -> None:
    place = tmp_path / "公文"
    place.mkdir()
    for number in range(3000):
        (place / f"{number}.txt").write_text(TEXT.format(f"第{number}") * 20, "utf-8")
    command = f"-m aiwei_cli export 公文 --format jsonl -o {output} --jobs 2".split()
    out = tmp_path / "out"
    child = subprocess.Popen(
        [sys.executable, *command],
        cwd=tmp_path,
        env=environment(),
        stdout=out.open("wb"),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    until = time.monotonic() + 30
    while not (out.stat().st_size or list(tmp_path.glob(".aiwei*"))) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.1)
    begin = time.monotonic()
    os.killpg(child.pid, signal.SIGINT)
    _, said = child.communicate(timeout=20)
    took = time.monotonic() - begin
    assert child.returncode == 130 and "已停止" in said.decode() and "Traceback" not in said.decode()
    assert took < 5  # a second, on a machine that does nothing else
    assert not list(tmp_path.glob("*.jsonl")) and not list(tmp_path.glob(".aiwei*"))
    listed = subprocess.run(["ps", "-o", "stat=", "-g", str(child.pid)], capture_output=True, text=True, check=False)
    assert not [state for state in listed.stdout.split() if not state.startswith("Z")]
