"""Small faults: which changes of a source the tests ought to notice, for ``mutants.py``.

A comparison, a number, a truth value, a string with the word of a role, or a boolean operator.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
    statement: range = range(0)
    """The lines of its statement, without those of statements in it; none outside functions."""

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
    """Nodes that may change freely: docstrings, types, the inside of f-strings, how much a cache holds, slots."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()) | ast.JoinedStr():
                found.update(ast.walk(node))
            case ast.Call(func=ast.Name(id="lru_cache" | "dataclass")):
                found.update(ast.walk(node))
            case ast.keyword(arg="strict"):  # of zip: that both are as long is known, and only said
                found.update(ast.walk(node))
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.endswith("MEMO"):
                found.update(ast.walk(value))
            case ast.Subscript(value=ast.Name(id="Literal")):
                found.update(ast.walk(node))
            case ast.Compare(comparators=[ast.Name(id=name)]) if name.endswith("MEMO"):
                found.add(node)
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


def statements_of(tree: ast.AST) -> dict[ast.AST, range]:
    """The lines of the innermost statement of each expression within a function; of its header where it has a body."""
    found: dict[ast.AST, range] = {}

    def visit(node: ast.AST, lines: range, *, inside: bool) -> None:
        if isinstance(node, ast.stmt):
            inner = [child.lineno for child in ast.walk(node) if isinstance(child, ast.stmt) and child is not node]
            assert node.end_lineno is not None
            lines = range(node.lineno, min((*inner, node.end_lineno + 1))) or range(node.lineno, node.lineno + 1)
        if inside and isinstance(node, ast.expr):
            found[node] = lines
        function = isinstance(node, ast.FunctionDef)
        body = {*node.body} if function else ()
        for child in ast.iter_child_nodes(node):
            visit(child, lines, inside=child in body if function else inside)

    visit(tree, range(0), inside=False)
    return found


def mutants(repository: Path, path: Path) -> list[Mutant]:
    """Every change of one file, in its order."""
    source = (repository / path).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(source)
    without = silent(tree)
    statements = statements_of(tree)
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
            found.append(
                Mutant(
                    path,
                    node.lineno,
                    start,
                    end,
                    " ".join(before.split()),
                    f"({after})",
                    statements.get(node, range(0)),
                )
            )
    return sorted(found, key=lambda mutant: (mutant.start, mutant.end, mutant.after))
