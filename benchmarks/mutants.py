"""Do the tests bite? Small faults put into the reader one at a time, and how many the tests notice.

``python benchmarks/mutants.py [ROOM …] [--seed 0] [--count 20] [--lines FILE] [--quick] [--only PATH:LINE]``

Draws places in the rooms (folders of ``aiwei_cli``) by seed: a comparison, a constant (a number, or a string with the
word of a role) or a boolean operator. Each is changed in a copy of the repository, where tests run until the first that
fails: the cases and what is said; the tests of the room; then every other test that executes the line in its own
process. No other test can notice. What survives is printed as ``file:line: before -> after``: it wants a case, or code
without that place.

The tests run in forked children of this process, which has imported what the tests need (so it wants Linux or macOS). A
survivor of the quick stages wants to know who executes its line: one run of all tests under coverage, five minutes.
``--lines FILE`` keeps that from run to run; a line is known there by its words, so that the file outlives edits; new
tests are tried with every line. ``--quick`` does without. ``--only parsing/people.py:31`` tries all changes of a line,
or of a file. With several cores, run several seeds at once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from children import collect, first_case, first_failure, import_others, in_child, record
from faults import Mutant, mutants

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = "aiwei_cli"
# Rooms by the names they have or had: one that is not there is left out.
ROOMS = ("parsing", "offices", "reading", "query", "lexicon", "language", "notice")
COPIED = ("aiwei_cli", "rules", "data", "tests", "pyproject.toml", "README.md", "README.zh-CN.md")
# The tests that notice most of a room, by how its path begins; then the quick ones of the others, then all. What only
# looks at the house (docstrings, packages, examples that need the installed command) says nothing of a mutant.
FIRST = {
    "parsing": ("test_cases", "test_clause", "test_envelope", "test_outline", "test_prose", "test_persons", "test_why"),
    "offices": ("test_offices", "test_cases", "test_said"),
    "reading/word": ("test_read_word", "test_read_docx", "test_read_grid", "test_read_shapes"),
    "reading/web": ("test_read_web", "test_read_html", "test_read_grid"),
    "reading/tables": (
        *("test_read_columns", "test_read_exported", "test_read_tasks"),
        *("test_read_grid", "test_read_shapes", "test_read_sheets"),
    ),
    "reading/pdf": ("test_read_pdf_pages", "test_read_pdf"),
    "reading/ofd": ("test_read_ofd",),
    "reading/ocr": ("test_read_ocr_dots", "test_read_ocr"),
    "reading/pages": (
        *("test_read_pages", "test_read_rules", "test_read_paragraphs", "test_read_spans", "test_read_unruled"),
        *("test_read_layout", "test_read_pdf"),
    ),
    "reading/sheets": ("test_read_sheets",),
    "reading": (
        *("test_read_kinds", "test_read_limits", "test_read_rows_again", "test_read_watch", "test_read_files"),
        *("test_read_zip", "test_read_decode", "test_read_earlier", "test_read_docx"),
    ),
    "query": ("test_query", "test_rows", "test_dictionary", "test_pairs", "test_cli_list", "test_cli_matrix"),
    "lexicon": ("test_rules",),
    "language": ("test_cases", "test_offices", "test_lines"),
    "notice": ("test_schema", "test_records", "test_round_trip"),
}
QUICK = ("test_cases", "test_query", "test_offices", "test_rows", "test_read_grid")
LEFT_OUT = ("test_package", "test_readme", "test_docs", "test_reference", "test_linear")
# The cases alone, without pytest, first of all where a text is parsed.
PARSE = ("parsing", "offices", "language", "lexicon", "notice")
LIMIT = 900
"""Seconds for tests that were not yet seen to pass."""


def files_of_tests(place: str) -> list[str]:
    """The files that notice most of a place in the package, those first; then those that notice something of all."""
    there = [path for path in sorted((REPOSITORY / "tests").glob("test_*.py")) if path.stem not in LEFT_OUT]
    own = (pattern for beginning, patterns in FIRST.items() if place.startswith(beginning) for pattern in patterns)
    found = [path.name for pattern in (*own, *QUICK) for path in there if path.match(f"{pattern}.py")]
    return list(dict.fromkeys(found))


class Recorded:
    """Which tests execute a line."""

    def __init__(self, copy: Path, kept: Path | None) -> None:
        self.copy, self.kept = copy, kept
        self._told: dict[str, Any] = {}

    def tests(self, mutant: Mutant) -> list[str]:
        """The tests that execute the statement of a mutant, the quick ones first, after those not recorded.

        What is executed as a module is imported is executed for all tests of the module and of those that import it.
        """
        if not self._told:
            self._told = self._read()
        seconds: dict[str, float] = self._told["seconds"]
        names = list(seconds)
        words = (REPOSITORY / mutant.path).read_text("utf-8").splitlines()
        of_file = self._told["lines"].get(mutant.path.as_posix(), {})
        found: set[int] = set()
        for line in mutant.statement:
            found.update(of_file.get(words[line - 1].strip(), ()))
        if not mutant.statement or not any(words[line - 1].strip() in of_file for line in mutant.statement):
            for place in (mutant.path, *importers(mutant.path)):
                for numbers in self._told["lines"].get(place.as_posix(), {}).values():
                    found.update(numbers)
        there = self._told["there"]
        new = [name for name in there if name not in seconds]
        return new + sorted({names[number] for number in found} & {*there}, key=lambda name: seconds[name])

    def _read(self) -> dict[str, Any]:
        if self.kept and self.kept.exists():
            told = json.loads(self.kept.read_text("utf-8"))
        else:
            folders = [place for room in ROOMS if (place := self.copy / PACKAGE / room).is_dir()]
            print("    (records who executes which line)", flush=True)
            said = in_child(lambda: record(self.copy, folders, LEFT_OUT), self.copy, 10 * LIMIT)
            told = json.loads(said)
            if self.kept:
                self.kept.write_text(said, "utf-8")
        told["there"] = json.loads(in_child(lambda: collect(LEFT_OUT), self.copy, LIMIT))
        return dict(told)


def importers(path: Path) -> list[Path]:
    """The modules that import something of a module of the package, or of its folder."""
    name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    wanted = re.compile(rf"^\s*(?:from|import) {re.escape(name)}\b", re.M)
    every = sorted((REPOSITORY / PACKAGE).rglob("*.py"))
    return [each.relative_to(REPOSITORY) for each in every if wanted.search(each.read_text("utf-8"))]


class Trial:
    """A copy of the repository in which mutants are tried."""

    def __init__(self, copy: Path, kept: Path | None) -> None:
        self.copy = copy
        self.recorded = Recorded(copy, kept)
        self.unsound: set[str] = set()  # fails without any change
        self.sound: set[str] = set()
        self.longest: dict[str, float] = {}  # by the first test of a stage

    def caught(self, mutant: Mutant, *, quick: bool) -> str | None:
        """None, or what caught it: the first test that fails, or that it takes too long."""
        place = self.copy / mutant.path
        source = place.read_bytes()
        times = place.stat()
        files = files_of_tests(mutant.path.relative_to(PACKAGE).as_posix())
        try:
            place.write_bytes(mutant.applied(source))
            if mutant.path.parts[1] in PARSE and (said := in_child(first_case, self.copy, LIMIT)):
                return said
            if said := self._first(files):
                return said
            if not quick:
                others = [name for name in self.recorded.tests(mutant) if name.partition("::")[0] not in files]
                return self._first(others) or None
        finally:
            # With its time, so that the compiled file counts again.
            place.write_bytes(source)
            os.utime(place, ns=(times.st_atime_ns, times.st_mtime_ns))
        return None

    def _first(self, tests: list[str]) -> str:
        while tests:
            limit = 60 + 5 * self.longest[tests[0]] if tests[0] in self.longest else LIMIT
            begun = time.monotonic()
            failed = in_child(lambda: first_failure(tests, self.unsound), self.copy, limit)
            if not failed:
                self.longest[tests[0]] = max(time.monotonic() - begun, self.longest.get(tests[0], 0))
            if "::" not in failed or failed in self.sound or self._is_sound(failed):
                return failed
        return ""

    def _is_sound(self, test: str) -> bool:
        """Whether a test passes in the repository itself."""
        said = in_child(lambda: first_failure([test], ()), REPOSITORY, LIMIT)
        (self.unsound if said else self.sound).add(test)
        return not said


def copied(folder: Path) -> Path:
    """A copy of what the tests need."""
    ignore = shutil.ignore_patterns("__pycache__", ".*cache")
    for name in COPIED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignore)
        elif source.exists():
            shutil.copy2(source, folder / name)
    return folder


def drawn(asked: argparse.Namespace) -> list[Mutant]:
    """The mutants of a seed, or all of what ``--only`` names."""
    folders = [REPOSITORY / PACKAGE / room for room in asked.rooms]
    paths = sorted(path.relative_to(REPOSITORY) for room in folders for path in room.rglob("*.py"))
    if asked.only:
        name, _, line = asked.only.removeprefix(f"{PACKAGE}/").partition(":")
        return [each for each in mutants(REPOSITORY, Path(PACKAGE, name)) if line in ("", str(each.line))]
    every = [mutant for path in paths for mutant in mutants(REPOSITORY, path)]
    print(f"{len(every)} places in {len(paths)} files; seed {asked.seed}", flush=True)
    return random.Random(asked.seed).sample(every, min(asked.count, len(every)))


def main() -> int:
    """Draw, try, print; exit 1 if more than one of twenty survives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", default=list(ROOMS), help="folders of aiwei_cli")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--lines", type=Path, help="who executes which line: written if it is not there")
    parser.add_argument("--quick", action="store_true", help="only the tests of the room")
    parser.add_argument("--only", help="all changes of PATH or PATH:LINE (in aiwei_cli) instead of a draw")
    asked = parser.parse_args()
    tried = drawn(asked)
    if not tried:
        parser.error("no such folders, files or lines")
    import_others()
    survivors = []
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(copied(Path(folder)), asked.lines)
        if wrong := in_child(first_case, trial.copy, LIMIT):
            sys.exit(f"without any change: {wrong}")
        # Compiles the tests and the package; the children of mutants write nothing.
        in_child(lambda: collect(LEFT_OUT), trial.copy, LIMIT)
        sys.dont_write_bytecode = True
        for number, mutant in enumerate(tried, 1):
            begun = time.monotonic()
            caught = trial.caught(mutant, quick=asked.quick)
            took = time.monotonic() - begun
            print(
                f"{number:3} {mutant}\n    {f'caught: {caught}' if caught else 'SURVIVED'} ({took:.0f} s)", flush=True
            )
            if not caught:
                survivors.append(mutant)
        for name in sorted(trial.unsound):
            print(f"left out, fails without any change: {name}")
    print(f"caught {len(tried) - len(survivors)} of {len(tried)}", *map(str, survivors), sep="\n")
    return int(20 * len(survivors) > len(tried))


if __name__ == "__main__":
    sys.exit(main())
