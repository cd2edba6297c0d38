"""How many Han characters of facts are in the code: in string literals that are no message to users.

    python benchmarks/facts.py [--at COMMIT] [--list] [FILE...]

A fact of the language belongs to ``rules/*.yaml``, where a user may change it, or to one of the ``PLACES``. What is
left elsewhere is counted here: each Han character of each string literal, also written as an escape, also in a class
of a pattern. A number that grows says that a fact was written down a second time.

These are messages and no facts:

- docstrings, of attributes too;
- what is raised, and what is handed to a function or class whose name says that it speaks (``SPEAKING``);
- a literal that asks for something, ``…；请…``: every error ends in its cure;
- the literals of the rooms that write for people (``SPOKEN``): the command, the writers, the tables of columns and
  codes. But there too a literal is a fact where it is compared, looked for or compiled: as an operand of ``==`` or
  ``in``, as an argument of ``startswith``, ``find``, ``split``, ``re.compile`` and their like (``ASKING``).

``--at`` counts the files of a commit, whatever its tree. The old names of the rooms are listed beside today's.
"""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

PACKAGE = "aiwei_cli"
PLACES = ("language/*",)
"""Where facts belong that no user changes."""
SPOKEN = (
    *("cli/*", "write/*", "store/*", "ledger/*", "lexicon/*", "rules.py", "parsing/validate.py", "offices/names.py"),
    *("why.py", "records.py", "notice/codes.py", "diagnostics.py", "notice/parts.py", "parts.py", "notice/model.py"),
    *(
        "notice/tree.py",
        "notice/schema.py",
        "plain.py",
        "shape.py",
        "query/absent.py",
        "query/matrix.py",
        "query/table.py",
    ),
    *(
        "notice/model.py",
        "notice/source.py",
        "corpus/place.py",
        "reading/budget.py",
        "reading/passed.py",
        "reading/pages/*",
        "reading/pdf.py",
        "reading/pdf_pages.py",
        "reading/ocr.py",
        "reading/ofd.py",
        "assistant/*",
        "tracking/*",
        "notice/schema.py",
        "checking/*",
        "compare/table.py",
        "query/doubts.py",
        "query/tally.py",
        "query/which.py",
        "query/shares.py",
        "query/__init__.py",
        "parsing/clauses/reading.py",
    ),
    *("reading/files.py", "reading/kinds.py", "reading/containers.py", "reading/archive.py", "reading/earlier.py"),
    *(
        "reading/document.py",
        "reading/libreoffice.py",
        "reading/word/package.py",
        "reading/native.py",
        "reading/ofd.py",
    ),
    *("reading/pdf_pages.py", "reading/pages/layout.py", "assistant/*", "tracking/*", "api/*", "jobs/*"),
    "parsing/clauses/doubt.py",
    *("read/files.py", "read/kinds.py", "read/containers.py", "read/archive.py", "read/earlier.py"),
    *("read/document.py", "read/office.py", "read/ooxml.py"),
)
"""The rooms that write for people."""
SPEAKING = re.compile("error|problem|echo|print|warn|note|say|message|exit|help|option|argument", re.IGNORECASE)
"""The names of what speaks to people."""
ASKING = frozenset(
    [
        *("startswith", "endswith", "find", "rfind", "index", "count", "strip", "lstrip", "rstrip", "split", "rsplit"),
        *("partition", "rpartition", "removeprefix", "removesuffix", "replace", "maketrans", "fromkeys", "zip"),
        *("frozenset", "pattern", "compile", "match", "fullmatch", "search", "findall", "finditer", "sub"),
    ]
)
"""The functions that look for something."""
HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_CURE = re.compile("(?:^|[；，。：])请")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--at", metavar="COMMIT", help="count the files of a commit")
    options.add_argument("--list", action="store_true", help="show each literal that counts")
    options.add_argument("files", nargs="*", metavar="FILE", help=f"only these, below {PACKAGE}/")
    given = options.parse_args()
    total = 0
    for name, source in sorted(sources(given.at)):
        if any(fnmatch(name, place) for place in PLACES) or (given.files and name not in given.files):
            continue
        found = list(facts(source, spoken=any(fnmatch(name, room) for room in SPOKEN)))
        count = sum(count for _, count, _ in found)
        total += count
        if count:
            print(f"{count:6}  {name}")
        for line, _, text in found if given.list else ():
            print(f"        {line:5} {text}")
    print(f"{total:6}  Han characters of facts in the code")


def sources(commit: str | None) -> Iterator[tuple[str, str]]:
    """The modules of the package, by their path in it: of the working tree, or of a commit."""
    root = Path(__file__).resolve().parent.parent
    if commit is None:
        for path in (root / PACKAGE).rglob("*.py"):
            yield path.relative_to(root / PACKAGE).as_posix(), path.read_text("utf-8")
        return
    listed = _git(root, "ls-tree", "-r", "--name-only", commit, f"{PACKAGE}/")
    for name in listed.splitlines():
        if name.endswith(".py"):
            yield name.removeprefix(f"{PACKAGE}/"), _git(root, "show", f"{commit}:{name}")


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, encoding="utf-8")
    if done.returncode:
        sys.exit(done.stderr.strip())
    return done.stdout


def facts(source: str, *, spoken: bool) -> Iterator[tuple[int, int, str]]:
    """The literals that are facts: line, number of Han characters, words. ``spoken`` says that the room writes for
    people."""
    tree = ast.parse(source)
    said = {id(node) for each in ast.walk(tree) if _speaks(each) for node in ast.walk(each)}
    asked = (
        {id(node) for each in ast.walk(tree) for child in _asks(each) for node in ast.walk(child)} if spoken else set()
    )
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        words = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), node.value)
        count = len(HAN.findall(words))
        if count and (id(node) in asked if spoken else id(node) not in said):
            yield node.lineno, count, words


def _speaks(node: ast.AST) -> bool:
    """Whether all below is a message: a docstring, what is raised, an argument of what speaks, a cure."""
    if isinstance(node, ast.Raise | ast.Assert):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Call):
        return SPEAKING.search(_name(node.func)) is not None
    if isinstance(node, ast.JoinedStr):
        return (
            _CURE.search("".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))) is not None
        )
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and _CURE.search(node.value) is not None


def _asks(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of an expression that are compared, looked for or compiled."""
    if isinstance(node, ast.Compare):
        yield from (node.left, *node.comparators)
    elif isinstance(node, ast.Call) and _name(node.func) in ASKING:
        yield from node.args


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


if __name__ == "__main__":
    main()
