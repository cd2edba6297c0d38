"""Speed in one process: parsing beside jieba and beside a bare ``re`` scan, and how the time grows.

    python benchmarks/speed.py [--corpus DIR] [--rounds N]

All figures are ratios of medians taken in one run, the contestants in turns, so that a slow moment of the machine
slows them all. ``parse`` remembers the clauses and names it has seen; the rows called *new* are of a parser that has
seen no text of this kind.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter

from aiwei_cli.compiled import Rules, load
from aiwei_cli.errors import ReadError
from aiwei_cli.parsing import parse
from aiwei_cli.resources import bundled_notice

REPOSITORY = Path(__file__).resolve().parent.parent
SCAN = re.compile(r"[（）()〔〕［］\[\]]|^", re.M)
MEGABYTE = 1_000_000
OTHER = "一、开展清洁（镇政府办牵头，各村配合；完成时限：2023年6月底前）。\n1.清运垃圾（责任单位：环卫站）。\n"
"""A text that makes the parser compile what it compiles once, and holds no clause of the notice."""

Task = Callable[[], object]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpus", type=Path, default=REPOSITORY.parent / "shared" / "corpus" / "notices")
    options.add_argument("--rounds", type=int, default=40, help="timings of each contestant")
    given = options.parse_args()
    text = bundled_notice().read_text("utf-8")
    print(f"Python {sys.version.split()[0]}, the bundled notice: {len(text)} characters\n")
    print(f"{'what':44} {'time':>12}  {'ratio':>8}  wanted")
    known, new = beside_others(text, given.rounds)
    growth(text, known)
    hostile(text, known)
    corpus(given.corpus, known / len(text), new / len(text))


def beside_others(text: str, rounds: int) -> tuple[float, float]:
    """Parsing against jieba and against a scan. Returns the seconds for the notice, its clauses known and new."""
    lcut = jieba_lcut()
    times = turns(
        {
            "parse": lambda: parse(text),
            "jieba": lambda: lcut(text),
            "scan": lambda: list(SCAN.finditer(text)),
            "findall": lambda: SCAN.findall(text),
        },
        rounds,
    )
    new = statistics.median(once(fresh(), text) for _ in range(rounds))
    empty = statistics.median(from_files(text) for _ in range(max(3, rounds // 8)))
    known = times["parse"]
    row("parse", known)
    row("parse, new: rules read, no clause seen", new)
    row("parse, and read the rules from their files", empty)
    row("jieba.lcut, its dictionary loaded", times["jieba"], times["jieba"] / known, "at least 15 × parse")
    row("  against a new parser", times["jieba"], times["jieba"] / new, "")
    row("one re scan, with places (finditer)", times["scan"], known / times["scan"], "parse at most 20 ×")
    row("  against a new parser", times["scan"], new / times["scan"], "")
    row("one re scan, words only (findall)", times["findall"], known / times["findall"], "")
    return known, new


def growth(text: str, known: float) -> None:
    """A thousand copies against one; then copies that differ in every number and office."""
    copies = "\n".join([text] * 1000)
    spent = timed(lambda: parse(copies))
    row("1,000 copies joined, against one", spent, spent / known, "at most 1,100")
    unlike = [text.replace("办", f"办{han(n)}").replace("所", f"所{han(n)}") for n in range(1000)]
    joined, rules = "\n".join(unlike), fresh()
    one = statistics.median(once(fresh(), each) for each in unlike[:1000:50])
    spent = once(rules, joined)
    row("1,000 unlike copies, new, against one, new", spent, spent / one, "at most 1,100")


def hostile(text: str, known: float) -> None:
    """A megabyte of one thing, per character against the notice."""
    for piece in ("（", "1.", "一、", "（一）", "①", "（牵头，", "负责、", "《", "：", "单位：、", "第一条", "8"):
        long = piece * (MEGABYTE // len(piece.encode()))
        spent = timed(lambda long=long: parse(long))  # type: ignore[misc]
        ratio = (spent / len(long)) / (known / len(text))
        row(f"a megabyte of {piece}, per character", spent, ratio, "at most 3" if piece in ("（", "1.") else "")


def corpus(folder: Path, known: float, new: float) -> None:
    """All notices of a folder, one after the other, against the notice's seconds per character: new and known."""
    if not folder.is_dir():
        print(f"\nno corpus at {folder}")
        return
    from aiwei_cli.reading import sources

    texts = [document.text for document in sources([str(folder)]) if not isinstance(document, ReadError)]
    characters = sum(map(len, texts))
    rules = fresh()
    for name, notice in (("new", new), ("known", known)):
        spent = sum(once(rules, text) for text in texts)
        row(f"{len(texts)} notices, {name}: {characters / spent / 1e6:.2f} M characters/s", spent)
        row(f"  a character, against the notice, {name}", spent / characters, spent / characters / notice, "at most 2")


def jieba_lcut() -> Callable[[str], list[str]]:
    """``jieba.lcut`` with its dictionary loaded, its cache in a folder of our own."""
    sys.modules["pkg_resources"] = None  # type: ignore[assignment] # slow, and broken beside some setuptools
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel("CRITICAL")
    with tempfile.TemporaryDirectory() as folder:
        jieba.dt.tmp_dir = folder
        jieba.initialize()
    cut: Callable[[str], list[str]] = jieba.lcut
    return cut


def fresh() -> Rules:
    """Rules that have seen nothing but :data:`OTHER`."""
    rules = Rules(load().data)
    parse(OTHER, rules=rules)
    return rules


def once(rules: Rules, text: str) -> float:
    return timed(lambda: parse(text, rules=rules))


def from_files(text: str) -> float:
    load.cache_clear()
    return timed(lambda: parse(text))


def turns(tasks: dict[str, Task], rounds: int) -> dict[str, float]:
    """The median seconds of each task, taken in turns after one that does not count."""
    found: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(rounds + 1):
        for name, task in tasks.items():
            spent = timed(task)
            if number:
                found[name].append(spent)
    return {name: statistics.median(times) for name, times in found.items()}


def timed(task: Task) -> float:
    start = perf_counter()
    task()
    return perf_counter() - start


def han(number: int) -> str:
    """A different Chinese word for each number below 1,000."""
    digits: Iterable[str] = str(number)
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in digits)


def row(what: str, seconds: float, ratio: float | None = None, wanted: str = "") -> None:
    unit, scale = next((u, s) for u, s in (("s", 1.0), ("ms", 1e3), ("us", 1e6), ("ns", 1e9)) if seconds * s >= 1)
    shown = "" if ratio is None else f"{ratio:,.1f}"
    print(f"{what:44} {seconds * scale:9.2f} {unit:2}  {shown:>8}  {wanted}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
