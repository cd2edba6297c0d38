"""Fuzz: a hundred thousand texts made from the markers, brackets, role words, labels and names of ``rules/``.

    python benchmarks/fuzz.py [--texts N] [--seed S] [--longest PIECES]

Prints how many texts raised an exception, lost something, or said what is not in them, and the shortest text
of each kind. The texts are the same for the same seed; the exit code is 1 where any text is at fault.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fuzzing import faults, texts


def kind(fault: str) -> str:
    """A fault without the words and the places that are one text's own."""
    name, _, rest = fault.partition(": ")
    if name == "verify":
        return f"verify: {rest.rpartition('）的')[2] if '）的' in rest else rest.rpartition('(')[2]}"
    if " is not what is at " in fault:
        return "written is not what is at its span"
    if " is not inside " in fault:
        return "a child is not inside its parent"
    return name if name.endswith("Error") else fault


def tried(text: str) -> list[str]:
    try:
        return faults(text)
    except Exception as error:  # what is looked for
        return [f"{type(error).__name__}: {error}"]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--longest", type=int, default=40, help="pieces in a text")
    given = options.parse_args()
    wrong: Counter[str] = Counter()
    shortest: dict[str, tuple[str, str]] = {}
    characters = at_fault = 0
    began = perf_counter()
    for text in texts(given.seed, given.texts, given.longest):
        characters += len(text)
        found = tried(text)
        at_fault += bool(found)
        for fault in found:
            name = kind(fault)
            wrong[name] += 1
            if name not in shortest or len(text) < len(shortest[name][0]):
                shortest[name] = text, fault
    print(f"seed {given.seed}: {given.texts} texts, {characters} characters, {perf_counter() - began:.0f} s")
    print(f"at fault: {at_fault}")
    for name, count in wrong.most_common():
        text, fault = shortest[name]
        print(f"{count:7}  {fault}\n         {text!r}")
    return 1 if at_fault else 0


if __name__ == "__main__":
    raise SystemExit(main())
