"""Start-up: whole processes as multiples of ``python -c pass``.

    python benchmarks/startup.py [--rounds N] [--python PATH]

Installs this repository, not editable and byte-compiled, into a separate environment in a temporary folder (pip
needs the network or its cache for the dependencies); ``--python`` names an environment where that has been done. The
contestants run in turns; a ratio is that of their medians. Standard input is the null device, standard output a pipe.
The cache of the rules lies in a folder of this run's own, so that no other installation can put its own there; the row
*nothing cached* is what the very first command takes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from time import perf_counter

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = "Scripts" if os.name == "nt" else "bin"
LIST = ("list", "--office", "综合执法局")
NOTHING_CACHED = ", nothing cached"
CONTESTANTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("--version",), "at most 6"),
    (LIST, "at most 9"),
    ((*LIST, NOTHING_CACHED), ""),
    (("list",), ""),
    (("list", "--format", "table"), ""),
    (("list", "--keyword", "环境", "--words"), ""),
    (("offices",), ""),
    (("sections",), ""),
    (("show", "6"), ""),
    (("why", "6"), ""),
    (("export",), ""),
    (("parse",), ""),
    (("parse", "--format", "json"), ""),
    (("schema",), ""),
    (("--help",), ""),
    (("list", "--help"), ""),
    (("lsit",), ""),
)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=30)
    options.add_argument("--python", type=Path, help="the interpreter of an environment where aiwei is installed")
    given = options.parse_args()
    if given.python is not None:
        measure(given.python.absolute(), given.rounds)
        return
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / FOLDER / ("python.exe" if os.name == "nt" else "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", REPOSITORY], check=True)
        measure(python, given.rounds)


def measure(python: Path, rounds: int) -> None:
    """Time the contestants and print the table."""
    script = python.with_name("aiwei.exe" if os.name == "nt" else "aiwei")
    commands: dict[str, list[str]] = {"python -c pass": [str(python), "-c", "pass"]}
    for args, _ in CONTESTANTS:
        commands["aiwei " + " ".join(args).replace(" ,", ",")] = [str(script), *args]
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as cache:
        for number in range(rounds + 2):
            for name, command in commands.items():
                spent = run([part for part in command if part != NOTHING_CACHED], cache, cold=NOTHING_CACHED in command)
                if number >= 2:  # the first fill the caches
                    times[name].append(spent)
    bare = statistics.median(times["python -c pass"])
    limits = dict(zip(list(commands)[1:], (limit for _, limit in CONTESTANTS), strict=True))
    print(f"Python {sys.version.split()[0]}, {rounds} rounds, medians\n")
    print(f"{'process':46} {'ms':>7}  {'ratio':>6}  wanted")
    for name, found in times.items():
        middle = statistics.median(found)
        columns = 46 - sum(not char.isascii() for char in name)
        print(f"{name:{columns}} {middle * 1000:7.1f}  {middle / bare:6.2f}  {limits.get(name, '')}".rstrip())


def run(command: list[str], cache: str, *, cold: bool) -> float:
    """Seconds of one process, from its start to the end of its output."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("AIWEI_", "PYTHON"))}
    environment |= {"XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache}
    if cold:
        environment |= {"XDG_CACHE_HOME": f"{cache}/cold", "LOCALAPPDATA": f"{cache}/cold"}
        shutil.rmtree(f"{cache}/cold", ignore_errors=True)
    start = perf_counter()
    subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=tempfile.gettempdir(),
        check=False,
    )
    return perf_counter() - start


if __name__ == "__main__":
    main()
