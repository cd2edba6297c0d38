"""Do the tests bite? Small faults put into the reader one at a time, and how many the tests notice.

``python benchmarks/mutants.py [ROOM …] [--seed 0] [--count 20]`` draws places in the rooms (folders of ``aiwei_cli``)
by seed: a comparison, a constant (a number, or a string with the word of a role) or a boolean operator. Each is changed
in a copy of the repository, where the tests of its room run until the first that fails, then the others. The test that
fails must pass without the change. What survives is printed as ``file:line: before -> after``: it
wants a case. The repository itself is not touched.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = "aiwei_cli"
# Rooms by the names they have or had: one that is not there is left out.
ROOMS = ("parsing", "offices", "reading", "query", "lexicon", "language", "notice")
COPIED = ("aiwei_cli", "rules", "data", "tests", "pyproject.toml", "README.md", "README.zh-CN.md")
# The tests that notice most of a room, by how its path begins; then the quick ones of the others, then all. What only
# looks at the house (docstrings, packages, examples that need the installed command) says nothing of a mutant.
FIRST = {
    "parsing": ("test_cases", "test_clause", "test_envelope", "test_outline", "test_prose", "test_persons", "test_why"),
    "offices": ("test_offices", "test_cases"),
    "reading/word": ("test_read_docx", "test_read_grid", "test_read_shapes"),
    "reading/web": ("test_read_html", "test_read_grid"),
    "reading/tables": ("test_read_grid", "test_read_shapes", "test_read_sheets"),
    "reading/pdf": ("test_read_pdf",),
    "reading/ofd": ("test_read_ofd",),
    "reading/pages": ("test_read_pdf",),
    "reading/sheets": ("test_read_sheets",),
    "reading": ("test_read_files", "test_read_zip", "test_read_decode", "test_read_earlier", "test_read_docx"),
    "query": ("test_query", "test_rows", "test_cli_list", "test_cli_matrix"),
    "lexicon": ("test_rules",),
    "language": ("test_cases", "test_offices", "test_lines"),
    "notice": ("test_schema", "test_records", "test_round_trip"),
}
QUICK = ("test_cases", "test_query", "test_offices", "test_rows", "test_rules", "test_read_grid")
LEFT_OUT = ("test_package", "test_readme", "test_docs", "test_reference", "test_linear")
# The cases alone, without pytest, which takes longer to begin than they take: first of all where a text is parsed.
PARSE = ("parsing", "offices", "language", "lexicon", "notice")
CASES = """
import sys
sys.path.insert(0, "tests")
from test_cases import NAMES, compare, notice, wanted
for name in NAMES:
    if "xfail" not in wanted(name) and compare(notice(name), wanted(name)):
        sys.exit(f"case {name}")
"""
LIMIT = 900
"""Seconds for tests that were not yet seen to pass."""
OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
ROLES = {
    "牵头": "负责",
    "负责": "配合",
    "配合": "牵头",
    "lead": "responsible",
    "responsible": "support",
    "support": "lead",
}
ROLE = re.compile("|".join(ROLES))


@dataclass(frozen=True)
class Mutant:
    """One change: the bytes of one expression of a file, and what replaces them."""

    path: Path
    line: int
    start: int
    end: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.path.as_posix()}:{self.line}: {self.before} -> {self.after}"

    def applied(self, source: bytes) -> bytes:
        """The source with the change."""
        return source[: self.start] + self.after.encode() + source[self.end :]


def changed(node: ast.AST) -> Iterator[ast.expr]:
    """What may replace a node, if anything."""
    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            for at, op in enumerate(ops):
                yield ast.Compare(left, [*ops[:at], OPPOSITE[type(op)](), *ops[at + 1 :]], others)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str(value)) if ROLE.search(value):
            yield ast.Constant(ROLE.sub(lambda found: ROLES[found[0]], value, count=1))


def silent(tree: ast.AST) -> set[ast.AST]:
    """The nodes whose change is none: docstrings, types, the inside of f-strings, how much a cache holds, slots."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()) | ast.JoinedStr():
                found.update(ast.walk(node))
            case ast.Call(func=ast.Name(id="lru_cache" | "dataclass")):
                found.update(ast.walk(node))
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.endswith("MEMO"):
                found.update(ast.walk(value))
            case ast.AnnAssign(annotation=hint):
                found.update(ast.walk(hint))
            case ast.FunctionDef(args=args, returns=returns):
                every = (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg)
                hints = [arg.annotation for arg in every if arg and arg.annotation]
                for hint in (*hints, *((returns,) if returns else ())):
                    found.update(ast.walk(hint))
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                found.update(ast.walk(node))
    return found


def mutants(path: Path) -> list[Mutant]:
    """Every change of one file, in its order."""
    source = (REPOSITORY / path).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(source)
    without = silent(tree)
    found = []
    for node in ast.walk(tree):
        if node in without or not isinstance(node, ast.expr):
            continue
        assert node.end_lineno is not None and node.end_col_offset is not None
        start, end = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
        before = source[start:end].decode()
        for other in changed(node):
            # A change of a pattern's text may not compile: then the tests fail at once, which is nothing to count.
            after = ast.unparse(ast.fix_missing_locations(ast.copy_location(other, node)))
            found.append(Mutant(path, node.lineno, start, end, " ".join(before.split()), f"({after})"))
    return sorted(found, key=lambda mutant: (mutant.start, mutant.end, mutant.after))


def files_of_tests(place: str, *, quick: bool) -> list[list[str]]:
    """The stages of a place in the package: files of tests, those that notice most first."""
    there = [path for path in sorted((REPOSITORY / "tests").glob("test_*.py")) if path.stem not in LEFT_OUT]
    own = (patterns for beginning, patterns in FIRST.items() if place.startswith(beginning))
    wanted = (*own, QUICK, *(() if quick else (("test_*",),)))
    stages: list[list[str]] = []
    for patterns in wanted:
        taken = {name for stage in stages for name in stage}
        found = [path.name for pattern in patterns for path in there if path.match(f"{pattern}.py")]
        stages.append([name for name in dict.fromkeys(found) if name not in taken])
    return [stage for stage in stages if stage]


def tests(copy: Path, names: Iterable[str], limit: float, *options: str) -> tuple[int, list[str]]:
    """pytest's exit code and the tests that failed. Raises TimeoutExpired."""
    options = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header", "--tb=no", *options)
    code, told = python(copy, limit, *options, *(f"tests/{name}" for name in names))
    return code, re.findall(r"^(?:FAILED|ERROR) tests/(.*?)(?: - .*)?$", told, re.M)


def python(copy: Path, limit: float, *args: str) -> tuple[int, str]:
    """Python's exit code in the copy, and what it says. Raises TimeoutExpired."""
    # The compiled tests are kept: rewriting their asserts would take longer than most of them.
    other = ("AIWEI_", "CI", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(other)}
    done = subprocess.run(
        [sys.executable, *args],
        cwd=copy,
        env={**kept, "PYTHONPATH": str(copy), "COLUMNS": "400"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=limit,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace")


class Trial:
    """A copy of the repository in which mutants are tried."""

    def __init__(self, copy: Path) -> None:
        self.copy = copy
        self.unsound: list[str] = []  # fails without any change
        self.sound: set[str] = set()
        self.longest: dict[str, float] = {}  # by the first file of a stage

    def caught(self, mutant: Mutant, stages: list[list[str]]) -> str | None:
        """None, or what caught it: the first test that fails, or that it takes too long."""
        place = self.copy / mutant.path
        source = place.read_bytes()
        changed = mutant.applied(source)
        try:
            place.write_bytes(changed)
            if mutant.path.parts[1] in PARSE and (said := self.case()):
                return said
            for last, names in ((names is stages[-1], names) for names in stages):
                passed_over: list[str] = []
                while failed := self._first_failure(names, passed_over):
                    if "::" not in failed or self._is_its_fault(failed, place, source, changed, again=last):
                        return failed
                    passed_over.append(failed)
        except subprocess.TimeoutExpired:
            return "too slow"
        finally:
            place.write_bytes(source)
        return None

    def case(self) -> str:
        """The first case that is read otherwise, or the error; nothing where all are read as wanted."""
        code, said = python(self.copy, LIMIT, "-c", CASES)
        return said.strip().rpartition("\n")[2] if code else ""

    def _first_failure(self, names: list[str], passed_over: list[str]) -> str | None:
        without = (f"--deselect=tests/{name}" for name in (*self.unsound, *passed_over))
        longest = self.longest.get(names[0])
        begun = time.monotonic()
        code, failed = tests(self.copy, names, LIMIT if longest is None else 60 + 5 * longest, "-x", *without)
        if code in (0, 5):  # all pass; there were none
            self.longest[names[0]] = max(time.monotonic() - begun, longest or 0)
            return None
        return failed[0] if failed else f"pytest ends with {code}"

    def _is_its_fault(self, test: str, place: Path, source: bytes, changed: bytes, *, again: bool) -> bool:
        """Whether a test alone passes without the change; where processes are started, also whether it fails again."""
        if again and tests(self.copy, [test], LIMIT)[0] == 0:
            return False
        if test not in self.sound:
            place.write_bytes(source)
            passes = tests(self.copy, [test], LIMIT)[0] == 0
            place.write_bytes(changed)
            if not passes:
                self.unsound.append(test)
                return False
            self.sound.add(test)
        return True


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


def main() -> int:
    """Draw, try, print; exit 1 if more than one of twenty survives."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rooms", nargs="*", default=list(ROOMS), help="folders of aiwei_cli")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--quick", action="store_true", help="only the tests of the room and the quick ones")
    asked = parser.parse_args()
    folders = [REPOSITORY / PACKAGE / room for room in asked.rooms]
    paths = sorted(path.relative_to(REPOSITORY) for room in folders for path in room.rglob("*.py"))
    every = [mutant for path in paths for mutant in mutants(path)]
    if not every:
        parser.error("no such folders")
    drawn = random.Random(asked.seed).sample(every, min(asked.count, len(every)))
    survivors = []
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(copied(Path(folder)))
        if wrong := trial.case():
            sys.exit(f"without any change: {wrong}")
        print(f"{len(every)} places in {len(paths)} files; seed {asked.seed}", flush=True)
        for number, mutant in enumerate(drawn, 1):
            caught = trial.caught(
                mutant, files_of_tests(mutant.path.relative_to(PACKAGE).as_posix(), quick=asked.quick)
            )
            print(f"{number:3} {mutant}\n    {f'caught: {caught}' if caught else 'SURVIVED'}", flush=True)
            if not caught:
                survivors.append(mutant)
        for name in trial.unsound:
            print(f"left out, fails without any change: {name}")
    print(f"caught {len(drawn) - len(survivors)} of {len(drawn)}", *map(str, survivors), sep="\n")
    return int(20 * len(survivors) > len(drawn))


if __name__ == "__main__":
    sys.exit(main())
