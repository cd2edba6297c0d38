"""Each word of the rules sixty times after the labels and brackets: how the time grows with the count.

    python benchmarks/words.py [--slowest N]

The texts are those of ``tests/test_rules_linear.py``. Each is read whole and cut to half its length; the ratio of the
two times is 2 where reading is linear, 4 where it is quadratic, and beyond all measure where it is exponential. The
bundled notice, read by a parser that has seen none of its clauses, says how long a character takes elsewhere.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path
from time import process_time

from aiwei_cli.compiled import Rules, load
from aiwei_cli.parsing import parse
from aiwei_cli.resources import bundled_notice

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

ROUNDS = 3


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--slowest", type=int, default=10, help="how many texts to show")
    given = options.parse_args()
    from test_rules_linear import texts

    notice = bundled_notice().read_text("utf-8")
    a_character = statistics.median(seconds(notice) for _ in range(ROUNDS)) / len(notice)
    found = sorted(((seconds(text), text) for text in texts()), reverse=True)
    median = found[len(found) // 2][0] / 200 / a_character
    print(f"{len(found)} texts; per character, against the notice: median {median:.1f}")
    print(f"{'ms':>8} {'ratio':>8} {'growth':>8}  text")
    for took, text in found[: given.slowest]:
        half = seconds(text[: len(text) // 2] + text[-8:])
        print(f"{1000 * took:8.2f} {took / len(text) / a_character:8.1f} {took / half:8.1f}  {text[:40]}…{text[-8:]}")


def seconds(text: str) -> float:
    """The least processor time of reading a text by a parser that has read its rules and seen no clause."""
    times = []
    for _ in range(ROUNDS):
        rules = Rules(load().data)
        parse("1.清淤（市水利局牵头，各村配合；完成时限：6月底前）。责任单位：市水利局", rules=rules)
        start = process_time()
        parse(text, rules=rules)
        times.append(process_time() - start)
    return min(times)


if __name__ == "__main__":
    main()
