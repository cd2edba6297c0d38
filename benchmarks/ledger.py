"""The ledger at scale: 10,000 notices, and what a question costs beside the same SQL in the sqlite3 shell.

    python benchmarks/ledger.py [--notices 10000] [--keep FOLDER]

The notices are the bundled one with other places, years and numbers. All figures are ratios within one run: to a bare
Python start, and for ``list`` to the sqlite3 shell, which answers the same SQL with the same columns.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from aiwei_cli.compiled import load
from aiwei_cli.notice.source import Source
from aiwei_cli.parsing import parse
from aiwei_cli.query import Filters
from aiwei_cli.resources import bundled_notice
from aiwei_cli.store.add import Store
from aiwei_cli.store.query import Ledger

OFFICE = "综合执法局"


def varied(text: str, number: int, *, all_of_it: bool = False) -> str:
    """The notice of another town and year; with ``all_of_it`` every line differs, so that nothing is cut twice."""
    text = text.replace("图克镇", f"第{number}镇").replace("2023", str(2000 + number % 25))
    return text.replace("。", f"（{number}号）。") if all_of_it else text


def build(folder: Path, notices: int) -> str:
    """A ledger of so many notices."""
    path = str(folder / "ledger.db")
    text, store = bundled_notice().read_text("utf-8"), Store(path, load().offices)
    for start in range(0, notices, 200):
        texts = ((number, varied(text, number)) for number in range(start, min(start + 200, notices)))
        store.add([store.entry(parse(t, source=Source(f"{n}.txt", characters=len(t)))) for n, t in texts])
    store.close()
    return path


def took(*commands: list[str], times: int = 9) -> list[float]:
    """Median seconds of whole processes, their output thrown away; they take turns, for what else the machine does."""
    seconds: list[list[float]] = [[] for _ in commands]
    for _ in range(times):
        for command, mine in zip(commands, seconds, strict=True):
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
            mine.append(time.perf_counter() - start)
    return [median(mine) for mine in seconds]


def sql_of_list(path: str) -> str:
    """The statement by which ``list --office`` gets its rows, with the values in it."""
    ledger, seen = Ledger(path), list[str]()
    ledger.connection.set_trace_callback(seen.append)
    next(iter(ledger.hits_table(Filters(offices=(OFFICE,)), "item", load().offices).rows))
    return seen[-1]


def adding(folder: Path) -> None:
    """What it costs to add a notice, beside parsing it."""
    rules, text = load(), bundled_notice().read_text("utf-8")
    store = Store(str(folder / "adding.db"), rules.offices)
    texts = [varied(text, number, all_of_it=True) for number in range(100)]
    start = time.perf_counter()
    notices = [parse(each) for each in texts]
    parsed = time.perf_counter()
    entries = [store.entry(notice) for notice in notices]
    cut = time.perf_counter()
    store.add(entries)
    written = time.perf_counter()
    unit = (parsed - start) / len(texts)
    print(f"add, per notice: parse 1.0, cut for search {(cut - parsed) / len(texts) / unit:.1f},", end=" ")
    print(f"write {(written - cut) / len(texts) / unit:.1f}   (parse: {unit * 1000:.2f} ms)")


def asking(path: str) -> None:
    """What questions cost."""
    aiwei = [sys.executable, "-m", "aiwei_cli"]
    shell = shutil.which("sqlite3") or sys.exit("这里没有 sqlite3 命令，无法比较")
    bare, start_up, ours, theirs = took(
        [sys.executable, "-c", "pass"],
        [*aiwei, "list", str(bundled_notice()), "--office", OFFICE],
        [*aiwei, "list", path, "--office", OFFICE],
        [shell, "-readonly", "-tabs", path, sql_of_list(path)],
    )
    print(f"start-up of list on one notice: {start_up / bare:.1f} times python -c pass ({bare * 1000:.0f} ms)")
    print(f"list --office: {ours / bare:.1f}; the sqlite3 shell, same SQL: {theirs / bare:.1f};", end=" ")
    print(f"above start-up {(ours - start_up) / theirs:.2f} times the shell (wanted: below 3)")
    for args in (
        ["list", path, "--office", OFFICE, "--year", "2020"],
        ["list", path, "--keyword", "旅游厕所"],
        ["list", path, "--section", "组织开展的活动"],
        ["offices", path],
        ["show", "一/（一）/6", path, "--notice", "第77镇"],
        ["search", "厕所", path, "--limit", "20"],
        ["search", "厕所 消毒", path, "--limit", "20"],
        ["matrix", path, "--year", "2020"],
    ):
        print(f"{' '.join(args).replace(path, 'ledger.db')}: {took([*aiwei, *args], times=3)[0] / bare:.1f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--notices", type=int, default=10_000)
    options.add_argument("--keep", help="a folder for the ledger; one that is there is used again")
    asked = options.parse_args()
    os.environ.pop("AIWEI_RULES", None)
    with TemporaryDirectory() as scratch:
        adding(Path(scratch))
        folder = Path(asked.keep or scratch)
        path, start = str(folder / "ledger.db"), time.perf_counter()
        if not Path(path).exists():
            build(folder, asked.notices)
            print(f"{asked.notices} notices built in {time.perf_counter() - start:.0f} s", end=", ")
        print(f"{Path(path).stat().st_size / 1e6:.0f} MB")
        asking(path)


if __name__ == "__main__":
    main()
