"""Do the tests bite? Small faults put into the reader one at a time, and how many the tests notice.

``python benchmarks/mutants.py [ROOM …] [--seed 0] [--count 20]`` draws places in the rooms (folders of ``aiwei_cli``)
by seed: a comparison, a constant (a number, or a string with the word of a role) or a boolean operator. Each is changed
in a copy of the repository, the quick tests run there until the first that fails, then the others. What survives is
printed as ``file:line: before -> after``: it wants a case. The repository itself is not touched.
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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = "aiwei_cli"
# Rooms by the names they have or had: one that is not there is left out.
ROOMS = ("parsing", "offices", "reading", "query", "lexicon", "language", "notice")
COPIED = ("aiwei_cli", "rules", "data", "tests", "pyproject.toml", "README.md", "README.zh-CN.md")
# The tests that notice most, in seconds; then all. What only looks at the house (docstrings, packages, examples that
# need the installed command) says nothing of a mutant.
FIRST = ("test_cases.py", "test_query.py", "test_offices.py", "test_rows.py", "test_rules.py", "test_read_grid.py")
LEFT_OUT = ("test_package.py", "test_readme.py", "test_linear.py")
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
    """The nodes that do nothing when the program runs: docstrings, types, the inside of f-strings."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()) | ast.JoinedStr():
                found.update(ast.walk(node))
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


def files_of_tests() -> tuple[list[str], list[str]]:
    """The quick tests that there are, and the others."""
    there = sorted(path.name for path in (REPOSITORY / "tests").glob("test_*.py"))
    first = [name for name in FIRST if name in there]
    return first, [name for name in there if name not in (*first, *LEFT_OUT)]


def tests(copy: Path, names: list[str], limit: float, *options: str) -> tuple[int, list[str]]:
    """pytest's exit code and the tests that failed. Raises TimeoutExpired."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header", "--tb=no", *options]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AIWEI_")}
    done = subprocess.run(
        [*command, *(f"tests/{name}" for name in names)],
        cwd=copy,
        env={**kept, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "400"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=limit,
        check=False,
    )
    return done.returncode, re.findall(
        r"^(?:FAILED|ERROR) (.*?)(?: - .*)?$", done.stdout.decode("utf-8", "replace"), re.M
    )


@dataclass(frozen=True)
class Stage:
    """Some files of tests, what fails in them without any change, and how long a mutant may take."""

    names: list[str]
    skipped: tuple[str, ...]
    limit: float

    @classmethod
    def of(cls, copy: Path, names: list[str]) -> Stage:
        """Run the tests without a change."""
        begun = time.monotonic()
        code, failed = tests(copy, names, 900)
        if code and not failed:
            sys.exit(f"the tests do not run (pytest ends with {code}): {' '.join(names)}")
        # All of a test that fails for one of its parameters.
        skipped = tuple(dict.fromkeys(name.partition("[")[0] for name in failed))
        return cls(names, skipped, 30 + 3 * (time.monotonic() - begun))

    def catches(self, copy: Path) -> str | None:
        """The first test that fails, or None. Taking too long is caught too."""
        try:
            code, failed = tests(copy, self.names, self.limit, "-x", *(f"--deselect={name}" for name in self.skipped))
        except subprocess.TimeoutExpired:
            return "too slow"
        return ", ".join(failed) or (f"pytest ends with {code}" if code else None)


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
    parser.add_argument("--quick", action="store_true", help="only the quick tests")
    asked = parser.parse_args()
    folders = [REPOSITORY / PACKAGE / room for room in asked.rooms]
    paths = sorted(path.relative_to(REPOSITORY) for room in folders for path in room.rglob("*.py"))
    every = [mutant for path in paths for mutant in mutants(path)]
    if not every:
        parser.error("no such folders")
    drawn = random.Random(asked.seed).sample(every, min(asked.count, len(every)))
    first, others = files_of_tests()
    survivors = []
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        stages = [Stage.of(copy, names) for names in ([first] if asked.quick else [first, others]) if names]
        for name in (name for stage in stages for name in stage.skipped):
            print(f"left out, fails without any change: {name}")
        print(f"{len(every)} places in {len(paths)} files; seed {asked.seed}", flush=True)
        for number, mutant in enumerate(drawn, 1):
            place = copy / mutant.path
            source = place.read_bytes()
            place.write_bytes(mutant.applied(source))
            caught = next(filter(None, (stage.catches(copy) for stage in stages)), None)
            place.write_bytes(source)
            print(f"{number:3} {mutant}\n    {f'caught: {caught}' if caught else 'SURVIVED'}", flush=True)
            if not caught:
                survivors.append(mutant)
    print(f"caught {len(drawn) - len(survivors)} of {len(drawn)}", *map(str, survivors), sep="\n")
    return int(20 * len(survivors) > len(drawn))


if __name__ == "__main__":
    sys.exit(main())
