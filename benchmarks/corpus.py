"""How fast notices become Parquet, and how much memory it takes: ``python benchmarks/corpus.py [COUNT]``.

So many made-up notices (20,000), no two alike, of about 7,000 characters, go through reading, parsing, rows and Parquet
one after the other; then the whole command over a twentieth of them and all of them. Linear means that the second takes
twenty times as long as the first; the memory of a worker should not grow at all.
"""

from __future__ import annotations

import argparse
import gc
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from aiwei_cli import parse
from aiwei_cli.compiled import load
from aiwei_cli.corpus.datasets import dataset_rows
from aiwei_cli.corpus.parts import Parts
from aiwei_cli.notice.model import Notice

SYLLABLES = "云林河山江湖海岭川原安宁平泰和兴昌隆盛阳清石桥柳东西南北新长青白金玉龙凤"
WORK = (
    "推进",
    "开展",
    "完善",
    "加强",
    "落实",
    "健全",
    "优化",
    "提升",
    "深化",
    "巩固",
    "整治",
    "建设",
    "排查",
    "宣传",
    "监督",
)
THINGS = (
    "道路",
    "水利",
    "教育",
    "医疗",
    "养老",
    "就业",
    "环境",
    "安全",
    "消防",
    "农业",
    "林业",
    "旅游",
    "文化",
    "体育",
)
OFFICES = (
    "水利局",
    "财政局",
    "教育局",
    "民政局",
    "公安局",
    "司法局",
    "审计局",
    "农业农村局",
    "交通运输局",
    "应急管理局",
)


def made(seed: int) -> str:
    """A notice that no other seed gives."""
    random_ = random.Random(seed)
    pick = random_.choice
    place = "".join(random_.sample(SYLLABLES, 2)) + pick("县市区")
    lines = [f"{place}人民政府办公室关于{pick(WORK)}{pick(THINGS)}工作的通知", "各乡镇人民政府，区直各单位："]
    number = 0
    for section in "一二三四五六":
        lines.append(f"{section}、{pick(WORK)}{pick(THINGS)}和{pick(THINGS)}工作")
        for _ in range(6):
            number += 1
            words = "，".join(
                f"{pick(WORK)}{''.join(random_.sample(SYLLABLES, 3))}{pick(THINGS)}{pick(THINGS)}" for _ in range(15)
            )
            some = random_.sample(OFFICES, 4)
            due = f"{random_.randint(1, 12)}月底前完成。" if random_.random() < 0.5 else ""
            lines.append(f"{number}.{words}。{due}（{some[0]}牵头，{some[1]}、{some[2]}、{place}{some[3]}配合）")
    lines += [f"{place}人民政府办公室", f"20{random_.randint(10, 25)}年{random_.randint(1, 12)}月1日"]
    return "\n".join(lines) + "\n"


def stages(count: int) -> Iterator[tuple[str, float]]:
    """Seconds a notice for each stage, in this process."""
    gc.set_threshold(50_000, 10, 10)  # as the command does
    texts = [made(seed) for seed in range(count)]
    rules = load()
    parse(texts[0], rules=rules)
    begin = time.process_time()
    notices: list[Notice] = [parse(text, rules=rules) for text in texts]
    yield "parse", (time.process_time() - begin) / count
    begin = time.process_time()
    every = [dataset_rows(notice, number, rules) for number, notice in enumerate(notices)]
    yield "rows", (time.process_time() - begin) / count
    dict(Parts().data())  # pyarrow, and pandas where it is installed, are loaded once, not for each notice
    parts = Parts()
    begin = time.process_time()
    for rows in every:
        parts.add(rows)
    files = dict(parts.data())
    yield "parquet", (time.process_time() - begin) / count
    assert files["pairs"]


def whole(count: int, jobs: int, top: Path) -> tuple[float, int]:
    """Seconds of the command over so many notices, and the largest peak of its processes in MB."""
    folder = top / f"n{count}"
    for seed in range(count):
        place = folder / f"{seed // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{seed}.txt").write_text(made(seed), "utf-8")
    command = [sys.executable, "-m", "aiwei_cli", "corpus", str(folder), "-o", str(top / f"o{count}"), "-q"]
    watch = (
        "import resource, subprocess, sys; code = subprocess.run(sys.argv[1:]).returncode;"
        " print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024); sys.exit(code)"
    )
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", watch, *command, "--jobs", str(jobs)], capture_output=True, text=True, check=True
    )
    return time.perf_counter() - begin, int(done.stdout.split()[-1])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    sample = [made(seed) for seed in range(20)]
    print(f"characters a notice\t{sum(map(len, sample)) / len(sample):.0f}")
    for name, seconds in stages(min(options.count, 200)):
        print(f"{name}\t{seconds * 1000:.2f} ms a notice and core")
    with tempfile.TemporaryDirectory() as folder:
        few, many = max(options.count // 20, 1), options.count
        found = {count: whole(count, options.jobs, Path(folder)) for count in (few, many)}
    for count, (seconds, memory) in found.items():
        print(f"{count} notices, --jobs {options.jobs}\t{count / seconds * 3600:,.0f} an hour\tpeak {memory} MB")
    growth = found[many][0] / found[few][0] / (many / few)
    print(f"growth\t{growth:.2f} of linear\ta million takes {1e6 * found[many][0] / many / 3600:.2f} h")


if __name__ == "__main__":
    main()
