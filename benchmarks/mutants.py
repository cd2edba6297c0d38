"""Do the tests bite? Small faults put into the reader one at a time, and how many the tests notice.

``python benchmarks/mutants.py [ROOM …] [--seed 0] [--count 20] [--lines FILE] [--quick] [--jobs N]
[--only PATH:LINE …]``

Draws places in the rooms (folders of ``aiwei_cli``) by seed: a comparison, a constant (a number, or a string with the
word of a role) or a boolean operator. Each is changed by itself, and the tests that execute its line in their own
process run, the quickest first, until one fails; no other test can notice. What survives is printed as
``file:line: before -> after``: it wants a case, or code without that place.

The tests run in forked children of one session of pytest (so it wants Linux or macOS). Which test executes a line is
asked first: one run of all tests under coverage, five minutes or more. ``--lines FILE`` keeps that from run to run; a
line is known there by its words, so that the file outlives edits; new tests are tried with every line. ``--quick``
gives a mutant six seconds of tests. ``--only parsing/people.py:31`` tries all changes of a line, of a file, or of a
folder. ``--jobs N`` is for N cores.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from children import (
    Changed,
    Child,
    Session,
    answer,
    change_functions,
    collected,
    first_case,
    first_of_files,
    import_others,
    record,
    said_by,
)
from faults import Mutant, mutants

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = "aiwei_cli"
ROOMS = ("parsing", "offices", "reading", "query", "lexicon", "language", "notice")
# The cases alone, without pytest, first of all where a text is parsed.
PARSE = ("parsing", "offices", "language", "lexicon", "notice")
LIMIT = 900
"""Seconds for a child whose tests were not yet seen to pass."""
QUICK = 6
"""Seconds of tests for a mutant, as they were recorded."""
IMPORT, LOAD = -1, -2
"""What :func:`children.record` gives instead of a test where a line is executed before the tests, and once for all."""


class Recorded:
    """Which tests execute a line."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.seconds: dict[str, float] = told["seconds"]
        self._names = list(self.seconds)
        self._lines: dict[str, dict[str, list[int]]] = told["lines"]

    def _found(self, mutant: Mutant) -> set[int]:
        of_file = self._lines.get(mutant.path.as_posix(), {})
        words = (REPOSITORY / mutant.path).read_text("utf-8").splitlines()
        return {number for line in mutant.statement for number in of_file.get(words[line - 1].strip(), ())}

    def before(self, mutant: Mutant) -> bool:
        """Whether a mutant is executed as a module is imported, or once for all tests."""
        return not mutant.statement or not self._found(mutant).isdisjoint((IMPORT, LOAD))

    def tests(self, mutant: Mutant, there: Iterable[str]) -> list[str]:
        """The tests that execute the statement of a mutant, the quick ones first, after those not recorded.

        None of them where it is outside functions: it is executed before the tests.
        """
        if not mutant.statement:
            return []
        there = set(there)
        new = sorted(there - self.seconds.keys())
        known = [self._names[number] for number in self._found(mutant) if number >= 0]
        return new + sorted(there.intersection(known), key=self.seconds.__getitem__)

    def files(self, path: Path, *, quick: bool) -> list[str]:
        """The files of tests that execute anything of a module or of those that import it, the quickest first."""
        lines = (self._lines.get(place.as_posix(), {}) for place in (path, *importers(path)))
        numbers = {number for of_file in lines for found in of_file.values() for number in found if number >= 0}
        seconds: dict[str, float] = {}
        for number in numbers:
            file = self._names[number].partition("::")[0]
            seconds[file] = seconds.get(file, 0) + self.seconds[self._names[number]]
        found = [file for file in sorted(seconds, key=seconds.__getitem__) if (REPOSITORY / "tests" / file).exists()]
        return cut(found, seconds) if quick else found


def cut(tests: list[str], seconds: Mapping[str, float]) -> list[str]:
    """As many of the tests as :data:`QUICK` seconds hold."""
    left = float(QUICK)
    for number, name in enumerate(tests):
        left -= seconds.get(name, 0)
        if left < 0:
            return tests[:number]
    return tests


def importers(path: Path) -> list[Path]:
    """The modules that import something of a module of the package, or of its folder."""
    name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    wanted = re.compile(rf"^\s*(?:from|import) {re.escape(name)}\b", re.M)
    every = sorted((REPOSITORY / PACKAGE).rglob("*.py"))
    return [each.relative_to(REPOSITORY) for each in every if wanted.search(each.read_text("utf-8"))]


def recorded(kept: Path | None) -> Recorded:
    """What is kept in a file, or is found now."""
    if kept and kept.exists():
        return Recorded(json.loads(kept.read_text("utf-8")))
    print("(records who executes which line)", flush=True)
    folders = [place for room in ROOMS if (place := REPOSITORY / PACKAGE / room).is_dir()]
    said = answer(lambda: record(REPOSITORY, folders), 10 * LIMIT)
    if not said.startswith("{"):
        sys.exit(f"the tests could not be recorded: {said}")
    if kept:
        kept.write_text(said, "utf-8")
    return Recorded(json.loads(said))


class Trial:
    """Mutants tried one after the other, in children of a process that has imported nothing of the package."""

    def __init__(self, tried: dict[int, Mutant], known: Recorded, *, quick: bool) -> None:
        self.tried, self.known, self.quick = tried, known, quick
        self.sound: dict[str, bool] = {}
        """Whether a test passes without any change."""

    def run(self, say: Callable[[str], None]) -> None:
        """Try all; ``say`` gets a line of JSON for each: its number, what caught it, seconds."""
        later = []
        for line in Child(
            lambda inner: collected(REPOSITORY, lambda session: self._in_session(session, inner))
        ).lines():
            if line.startswith("later"):
                later.append(int(line.split()[1]))
            else:
                say(line)
        for number in later:
            begun = time.monotonic()
            say(told(number, self._imported_anew(self.tried[number]), begun))

    def _in_session(self, session: Session, say: Callable[[str], None]) -> None:
        for number, mutant in self.tried.items():
            begun = time.monotonic()
            caught = self._changed(mutant, self.known.tests(mutant, session.items), session)
            # What was made before the tests is as it was: only a process that makes it anew can tell.
            later = not caught and self.known.before(mutant)
            say(f"later {number}" if later else told(number, caught, begun))

    def _changed(self, mutant: Mutant, tests: list[str], session: Session) -> str:
        """What catches a mutant of a function, in a child of the session."""
        place = REPOSITORY / mutant.path
        source = place.read_bytes()
        tests = cut(tests, self.known.seconds) if self.quick else tests

        def change() -> None:
            sys.meta_path.insert(0, Changed(place, mutant.applied(source)))  # it may not be imported yet
            change_functions(place, source, mutant.applied(source))

        while tests:
            failed = session.first_failure(tests, self.known.seconds, change)
            if failed not in tests or self._is_sound(failed, lambda name: session.first_failure([name], {})):
                return failed
            tests.remove(failed)
        return ""

    def _imported_anew(self, mutant: Mutant) -> str:
        """What catches a mutant of what is executed as a module is imported."""
        place = REPOSITORY / mutant.path
        changed = Changed(place, mutant.applied(place.read_bytes()))

        def with_change(run: Callable[[], str]) -> str:
            def work() -> str:
                sys.meta_path.insert(0, changed)
                return run()

            return answer(work, LIMIT)

        if mutant.path.parts[1] in PARSE and (said := with_change(lambda: first_case(REPOSITORY))):
            return said
        files = self.known.files(mutant.path, quick=self.quick)
        while files:
            failed = with_change(lambda: first_of_files(REPOSITORY, files, self._unsound()))
            if "::" not in failed or self._is_sound(failed, self._first_alone):
                return failed
        return ""

    def _first_alone(self, test: str) -> str:
        return answer(lambda: first_of_files(REPOSITORY, [test], ()), LIMIT)

    def _unsound(self) -> list[str]:
        return [name for name, sound in self.sound.items() if not sound]

    def _is_sound(self, test: str, run: Callable[[str], str]) -> bool:
        if test not in self.sound:
            self.sound[test] = not run(test)
        return self.sound[test]


def told(number: int, caught: str, begun: float) -> str:
    """A line for a mutant that was tried."""
    return json.dumps([number, caught, time.monotonic() - begun], ensure_ascii=False)


def at(place: str) -> list[Mutant]:
    """The mutants of a folder or file of the package, or of one line: ``parsing/people.py:31``."""
    name, _, line = place.removeprefix(f"{PACKAGE}/").partition(":")
    whole = REPOSITORY / PACKAGE / name
    paths = sorted(whole.rglob("*.py")) if whole.is_dir() else [whole]
    every = [mutant for path in paths for mutant in mutants(REPOSITORY, path.relative_to(REPOSITORY))]
    return [mutant for mutant in every if line in ("", str(mutant.line))]


def drawn(asked: argparse.Namespace) -> list[Mutant]:
    """The mutants of a seed, or all of what ``--only`` names."""
    if asked.only:
        return [mutant for place in asked.only for mutant in at(place)]
    every = [mutant for room in asked.rooms for mutant in at(room)]
    print(f"{len(every)} places; seed {asked.seed}", flush=True)
    return random.Random(asked.seed).sample(every, min(asked.count, len(every)))


def tries(tried: list[Mutant], asked: argparse.Namespace) -> Iterator[tuple[Mutant, str, float]]:
    """Each mutant with what caught it and the seconds, as they end."""
    known = recorded(asked.lines)
    numbered = dict(enumerate(tried))
    parts = [{number: numbered[number] for number in range(job, len(tried), asked.jobs)} for job in range(asked.jobs)]
    children = [Child(Trial(part, known, quick=asked.quick).run) for part in parts if part]
    for line in said_by(children):
        if not line.startswith("["):
            sys.exit(line)
        number, caught, seconds = json.loads(line)
        yield numbered[number], caught, seconds


def main() -> int:
    """Draw, try, print; exit 1 if more than one of twenty survives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", default=list(ROOMS), help="folders of aiwei_cli")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--lines", type=Path, help="who executes which line: written if it is not there")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} seconds of tests for each")
    parser.add_argument("--only", nargs="+", help="all changes of PATH or PATH:LINE (in aiwei_cli) instead of a draw")
    parser.add_argument("--jobs", type=int, default=1, help="how many at once")
    asked = parser.parse_args()
    tried = drawn(asked)
    if not tried:
        parser.error("no such folders, files or lines")
    import_others()
    survivors, number = [], 0
    for number, (mutant, caught, took) in enumerate(tries(tried, asked), 1):
        print(f"{number:4} {mutant}\n     {f'caught: {caught}' if caught else 'SURVIVED'} ({took:.1f} s)", flush=True)
        if not caught:
            survivors.append(mutant)
    if number < len(tried):
        sys.exit(f"{len(tried) - number} were not tried: the session of pytest ended before")
    print(f"caught {len(tried) - len(survivors)} of {len(tried)}", *map(str, survivors), sep="\n")
    return int(20 * len(survivors) > len(tried))


if __name__ == "__main__":
    sys.exit(main())
