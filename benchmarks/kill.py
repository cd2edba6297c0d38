"""``add``, ``collect`` and ``mark`` killed at random moments: nothing taken in is lost, and the next run goes on.

    python benchmarks/kill.py [--kills N] [--notices N] [--tasks N] [--seed S]

After each kill SQLite checks the file and its index, the counts of each table are compared with those of the notices
in it, and every notice is read back. At the end ``add`` runs through and all notices are there, once. Of what a command
reports of tasks all events are there after a kill, or none, with the states that follow from them; and all that were
there before. The exit code is 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter, sleep

from aiwei_cli.query.which import Which
from aiwei_cli.resources import bundled_notice
from aiwei_cli.store.query import Ledger

COUNTED = ("nodes", "sources", "nodes_characters")


def notices(folder: Path, count: int) -> None:
    """The bundled notice with other places and numbers, each a different notice."""
    text = bundled_notice().read_text(encoding="utf-8")
    for number in range(count):
        changed = text.replace("图克", f"第{number}镇").replace("健康", f"健康{number}", 3)
        (folder / f"{number:05}.txt").write_text(changed, "utf-8")


def problems(path: Path, least: int) -> tuple[int, list[str]]:
    """How many notices the ledger has, and what is wrong with it."""
    if not path.exists():
        return 0, [] if least == 0 else ["the ledger is gone"]
    found = []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        one = lambda query: connection.execute(query).fetchone()[0]  # noqa: E731
        if one("SELECT count(*) FROM sqlite_master") == 0:
            return 0, [] if least == 0 else ["the ledger is empty"]
        if one("PRAGMA integrity_check") != "ok":
            found.append("integrity_check")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            found.append("foreign_key_check")
        try:
            connection.execute("INSERT INTO nodes_characters (nodes_characters, rank) VALUES ('integrity-check', 1)")
        except sqlite3.Error as error:
            found.append(f"nodes_characters: {error}")
        count: int = one("SELECT count(*) FROM notices")
        if one("SELECT count(DISTINCT digest) FROM notices") != count:
            found.append("a notice is there twice")
        if one("SELECT count(*) FROM sources") != count:
            found.append("a text is missing")
        orphans = "SELECT count(*) FROM notices WHERE notice NOT IN (SELECT notice FROM nodes)"
        if one(orphans):
            found.append("a notice without nodes")
    if count < least:
        found.append(f"{least - count} notices are lost")
    read = sum(1 for _ in Ledger(str(path), Which()).notices())
    if read != count:
        found.append(f"{read} of {count} can be read")
    return count, found


def moment(process: subprocess.Popen[bytes], ledger: Path, dice: random.Random, longest: float = 0.3) -> bool:
    """Wait for the moment to kill it: any, one in the middle of a transaction, or one after something was written.

    False where it ended before.
    """
    journal = Path(f"{ledger}-journal")
    kind = dice.choice(("any", "writing", "writing", "written"))
    size = ledger.stat().st_size if ledger.exists() else 0
    until = perf_counter() + (dice.uniform(0.1, 6.0) if kind == "any" else 120.0)
    while perf_counter() < until and process.poll() is None:
        if kind == "writing" and journal.exists():
            until = min(until, perf_counter() + dice.uniform(0.0, longest))
            kind = "any"
        if kind == "written" and ledger.exists() and ledger.stat().st_size > size:
            until = min(until, perf_counter() + dice.uniform(0.0, 2.0))
            kind = "any"
        sleep(0.001)
    return process.poll() is None


def told(ledger: Path) -> tuple[int, int]:
    """How many events and how many reported tasks the ledger has."""
    with closing(sqlite3.connect(ledger)) as connection:
        events: int = connection.execute("SELECT count(*) FROM events").fetchone()[0]
        tasks: int = connection.execute("SELECT count(*) FROM states WHERE status <> '未反馈'").fetchone()[0]
    return events, tasks


def events(folder: Path, tasks: int, kills: int, dice: random.Random) -> list[str]:
    """What is wrong after kills of ``collect``, whose sheet reports on all tasks, and of ``mark``, which does too."""
    ledger, sheet = folder / "events.db", folder / "反馈.csv"
    items = "".join(f"{number}.第{number}项工作（财政局牵头）。\n" for number in range(1, tasks + 1))
    (folder / "任务.txt").write_text(f"甲镇人民政府关于整治的通知\n一、任务\n{items}", "utf-8")
    program = [sys.executable, "-m", "aiwei_cli"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*program, "add", str(folder / "任务.txt"), "--ledger", str(ledger)], **quiet, check=True)
    wrong, count, killed, written = [], 0, 0, 0
    numbers = list(map(str, range(1, tasks + 1)))
    for kill in range(kills):
        rows = "".join(f"{number},财政局,推进中,第{kill}次\n" for number in numbers)
        sheet.write_text(f"任务号,填报单位,状态,进展\n{rows}", "utf-8")
        words = ["collect", str(sheet)] if kill % 2 else ["mark", *numbers, "推进中", "--note", f"第{kill}次"]
        process = subprocess.Popen([*program, *words, "--ledger", str(ledger)], **quiet)
        if moment(process, ledger, dice, 0.02):
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        if problems(ledger, 1)[1]:
            wrong.append(f"{words[0]} {kill}: {problems(ledger, 1)[1]}")
        after, reported = told(ledger)
        if after - count not in (0, tasks) or reported not in (0, tasks) or bool(reported) != bool(after):
            wrong.append(f"{words[0]} {kill}: {after - count} of {tasks} events, {reported} tasks reported")
        written += after > count
        count = after
    print(f"collect and mark: {killed} kills, {written} times all {tasks} events were there, else none")
    return wrong


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=60)
    options.add_argument("--notices", type=int, default=3000)
    options.add_argument("--tasks", type=int, default=300)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    dice = random.Random(given.seed)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder, ledger = Path(name) / "notices", Path(name) / "tasks.db"
        folder.mkdir()
        notices(folder, given.notices)
        command = [sys.executable, "-m", "aiwei_cli", "add", str(folder), "--ledger", str(ledger)]
        count = killed = again = 0
        began = perf_counter()
        for number in range(given.kills):
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if moment(process, ledger, dice):
                process.send_signal(dice.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM)))
                process.wait()
                killed += 1
            after, found = problems(ledger, count)
            again += after > count
            count = after
            wrong += [f"kill {number}: {words}" for words in found]
            if count == given.notices:  # all are in: begin anew
                ledger.unlink()
                count = 0
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        count, found = problems(ledger, given.notices)
        wrong += found
        wrong += [f"left behind: {path.name}" for path in Path(name).iterdir() if path not in (folder, ledger)]
        spent = perf_counter() - began
        print(f"seed {given.seed}: {killed} kills, after {again} of them there was more than before, {spent:.0f} s")
        said = done.stderr.strip().splitlines()[-1]
        print(f"at the end {count} of {given.notices} notices; {said}")
        wrong += events(Path(name), given.tasks, given.kills, dice)
    for words in wrong:
        print(words)
    print(f"wrong: {len(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
