"""Containers: time and peak memory of reading a thousand notices as .txt, .docx, .html and .pdf.

    python benchmarks/containers.py [--notices N] [--keep DIR]

The notices are the bundled one, each with another year, put into containers by the helpers of the tests. Every
figure is of one whole process, ``aiwei parse --format jsonl --quiet FOLDER``. Peak memory needs ``os.wait4``, which
Windows has not; PDF needs the extra ``aiwei[pdf]``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from time import perf_counter

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))

from read_samples import NOTICE, docx, p, pdf, printed  # noqa: E402 - from the tests

Container = Callable[[list[str]], bytes]
CONTAINERS: dict[str, Container] = {
    "txt": lambda paragraphs: "\n\n".join(paragraphs).encode(),
    "docx": lambda paragraphs: docx(*map(p, paragraphs)),
    "html": lambda paragraphs: page(paragraphs),
    "pdf": lambda paragraphs: pdf(printed(paragraphs)),
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--notices", type=int, default=1000)
    options.add_argument("--keep", type=Path, help="make the files in this folder and leave them there")
    given = options.parse_args()
    print(f"Python {sys.version.split()[0]}, {given.notices} notices in each container\n")
    print(f"{'container':10} {'MB':>7} {'seconds':>8} {'ms each':>8} {'/ txt':>6} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        first = 0.0
        for name, container in {"(none)": None, **CONTAINERS}.items():
            place = (given.keep or Path(folder)) / name.strip("()")
            place.mkdir(parents=True, exist_ok=True)
            size = sum(put(place, name, container, given.notices)) if container else 0
            seconds, peak = run(place)
            if container is None:  # an empty folder: what starting up takes
                print(f"{'start-up':10} {'':7} {seconds:8.2f} {'':8} {'':6} {peak}")
                continue
            first = first or seconds
            each = seconds * 1000 / given.notices
            print(f"{name:10} {size / 1e6:7.1f} {seconds:8.2f} {each:8.2f} {seconds / first:6.1f} {peak}", flush=True)


def put(place: Path, name: str, container: Container, count: int) -> Iterator[int]:
    """Make the files and give the size of each."""
    paragraphs = [line for line in NOTICE.splitlines() if line.strip()]
    for number in range(count):
        own = [line.replace("2023", str(2000 + number % 30)) for line in paragraphs]
        data = container(own)
        (place / f"{number:05}.{name}").write_bytes(data)
        yield len(data)


def page(paragraphs: list[str]) -> bytes:
    """A web page with the notice in it and the usual things around it."""
    links = "".join(f'<li><a href="/{n}.html">政务公开栏目{n}</a></li>' for n in range(40))
    article = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知</title></head><body><nav><ul>{links}</ul></nav>'
        f'<div class="article">{article}</div><footer><ul>{links}</ul></footer></body></html>'
    ).encode()


def run(folder: Path) -> tuple[float, str]:
    """The seconds of one process, and its peak memory in MB as text."""
    command = [sys.executable, "-m", "aiwei_cli", "parse", "--format", "jsonl", "--quiet", str(folder)]
    null = subprocess.DEVNULL
    start = perf_counter()
    process = subprocess.Popen(command, stdin=null, stdout=null, stderr=null)
    if not hasattr(os, "wait4"):
        process.wait()
        return perf_counter() - start, f"{'-':>8}"
    _, _, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - start
    process.returncode = 0  # waited for already
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes on macOS, kilobytes elsewhere
    return seconds, f"{usage.ru_maxrss * unit / 1e6:8.1f}"


if __name__ == "__main__":
    main()
