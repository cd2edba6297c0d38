"""Ruled tables: straight lines that cross are a grid, and where a line is missing between two places, these are one
cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from aiwei_cli.reading.pages.lines import lines
from aiwei_cli.reading.pages.model import DrawnLine, Glyph, Grid, Line, Point

_NEAR = 3.0
"""Rules so near to each other are one, which was drawn twice or in pieces."""
_THIN = 4.0
"""A filled box that is no thicker than this is a line."""
_STRAIGHT = 1.0
"""The ends of a level line differ by less than this."""
_SHORT = 5.0
"""A rule shorter than this bounds no cell."""
_LONG = 100.0
"""A rule across that is shorter than this parts no rows of a table."""
_OPEN = 8.0
"""Rules that reach so far beyond the last one that crosses them have cells there, which are open."""
_ROW = 45.0
"""The greatest height of a row that only its two rules show."""
_OVER = 0.5
"""How far below the last rule a sign of the table may have its middle, in heights of the sign: the rule goes through
it."""
_COVERED = 0.6
"""So much of the side of a cell must be drawn."""
MOST_RULES = 1500
"""Of one page across, and as many down: a map or a drawing has more."""
_MOST_PLACES = 20_000


def figure(points: Sequence[Point], stroke: bool, across: list[DrawnLine], down: list[DrawnLine]) -> None:
    """Add the lines of one figure: the sides of what is stroked, the length of what is filled and thin."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if min(right - left, bottom - top) <= _THIN:
        if right - left > bottom - top:
            across.append(DrawnLine((top + bottom) / 2, left, right))
        else:
            down.append(DrawnLine((left + right) / 2, top, bottom))
        return
    if not stroke:
        return
    for (x, y), (other_x, other_y) in pairwise(points):
        if abs(y - other_y) < _STRAIGHT < abs(x - other_x):
            across.append(DrawnLine((y + other_y) / 2, min(x, other_x), max(x, other_x)))
        elif abs(x - other_x) < _STRAIGHT < abs(y - other_y):
            down.append(DrawnLine((x + other_x) / 2, min(y, other_y), max(y, other_y)))


def ruled_tables(across: Iterable[DrawnLine], down: Iterable[DrawnLine]) -> list[Grid]:
    """The tables that these rules make, without words. Raises ValueError where there are too many rules."""
    across, down = _joined(across), _joined(down)
    if max(len(across), len(down)) > MOST_RULES:
        raise ValueError("too many rules")
    found = [grid for parts in _connected(across, down) if (grid := _grid(*parts)) is not None]
    outer = [grid for grid in found if not any(_is_inside(grid, other) for other in found if other is not grid)]
    whole: list[Grid] = []
    for grid in sorted(outer, key=lambda grid: grid.ys[0]):
        if not whole or not _go_on(whole[-1], grid):
            whole.append(grid)
    return whole


def fill_cells(grids: Sequence[Grid], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Give the characters to the cells that they are in; what is left is outside the tables."""
    rest: list[Glyph] = []
    inside: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        x = (glyph.left + glyph.right) / 2
        for k, grid in enumerate(grids):
            if grid.xs[0] < x < grid.xs[-1] and grid.ys[0] < glyph.middle < grid.ys[-1] + _OVER * glyph.height:
                row = min(bisect_right(grid.ys, glyph.middle), len(grid.rows)) - 1
                column = bisect_right(grid.xs, x) - 1
                inside.setdefault((k, grid.rows[row][column]), []).append(glyph)
                break
        else:
            rest.append(glyph)
    for k, grid in enumerate(grids):
        count = 1 + max(map(max, grid.rows))
        grid.cells = [lines(inside[k, cell]) if (k, cell) in inside else [] for cell in range(count)]
    return rest


def level(across: Iterable[DrawnLine], grids: Sequence[Grid]) -> list[float]:
    """The places of the long rules across that are in no table, from top to bottom."""
    rules = [rule for rule in _joined(across) if rule.end - rule.start > _LONG]
    outside = [
        rule.at for rule in rules if not any(grid.ys[0] - _NEAR < rule.at < grid.ys[-1] + _NEAR for grid in grids)
    ]
    return outside[:MOST_RULES]


def ordered(found: Sequence[Line], grids: Iterable[Grid]) -> list[Line | Grid]:
    """Lines in their order, with the tables among them: each before the first line that is below its top."""
    blocks: list[Line | Grid] = list(found)
    for grid in sorted(grids, key=lambda grid: grid.ys[0]):
        at = next((i for i, one in enumerate(blocks) if _top(one) > grid.ys[0]), len(blocks))
        blocks.insert(at, grid)
    return blocks


def _top(block: Line | Grid) -> float:
    return block.middle if isinstance(block, Line) else block.ys[0]


# -- rules -------------------------------------------------------------------------------------------------------------


def _joined(rules: Iterable[DrawnLine]) -> list[DrawnLine]:
    """The rules, those that lie on or after one another as one."""
    found: list[DrawnLine] = []
    group: list[DrawnLine] = []
    for rule in [*sorted(rules), None]:
        if rule is not None and (not group or rule.at - group[-1].at < _NEAR / 2):
            group.append(rule)
            continue
        found += _along(group)
        group = [rule] if rule is not None else []
    return found


def _along(group: Sequence[DrawnLine]) -> list[DrawnLine]:
    """Rules at about one place, joined where they touch."""
    found: list[DrawnLine] = []
    for rule in sorted(group, key=lambda rule: rule.start):
        if found and rule.start <= found[-1].end + _NEAR:
            last = found[-1]
            found[-1] = DrawnLine(last.at, last.start, max(last.end, rule.end))
        else:
            found.append(rule)
    return [rule for rule in found if rule.end - rule.start > _SHORT]


def _connected(across: Sequence[DrawnLine], down: Sequence[DrawnLine]) -> list[tuple[list[DrawnLine], list[DrawnLine]]]:
    """The rules of each drawing: those that touch one another, over however many others."""
    owner = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for i, one in enumerate(across):
        for k, other in enumerate(down, len(across)):
            if one.start - _NEAR <= other.at <= one.end + _NEAR and other.start - _NEAR <= one.at <= other.end + _NEAR:
                owner[root(i)] = root(k)
    groups: dict[int, tuple[list[DrawnLine], list[DrawnLine]]] = {}
    for i, rule in enumerate([*across, *down]):
        groups.setdefault(root(i), ([], []))[0 if i < len(across) else 1].append(rule)
    return list(groups.values())


# -- cells -------------------------------------------------------------------------------------------------------------


def _grid(across: Sequence[DrawnLine], down: Sequence[DrawnLine]) -> Grid | None:
    """The table of rules that touch one another; None where they make none, but a frame or a drawing."""
    if not across or not down:
        return None
    # The outer sides are often left out, and those where a row goes on over a page.
    across, down = _closed(across, down), _closed(down, across)
    xs, ys = _places([rule.at for rule in down]), _places([rule.at for rule in across])
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_PLACES:
        return None
    walls, floors = _drawn(down, xs, ys), _drawn(across, ys, xs)
    rows = _cells(len(ys) - 1, len(xs) - 1, lambda row, x: (x, row) in walls, lambda y, x: (y, x) in floors)
    return Grid(xs, ys, rows) if max(map(max, rows)) > 0 else None


def _closed(rules: Sequence[DrawnLine], others: Sequence[DrawnLine]) -> list[DrawnLine]:
    """The rules, with one more on each side where the others reach well beyond the outermost."""
    first, last = min(rule.at for rule in rules), max(rule.at for rule in rules)
    start, end = min(rule.start for rule in others), max(rule.end for rule in others)
    low, high = min(rule.at for rule in others), max(rule.at for rule in others)
    beyond = [at for at in (start, end) if at < first - _OPEN or at > last + _OPEN]
    return [*rules, *(DrawnLine(at, low, high) for at in beyond)]


def _places(values: Iterable[float]) -> list[float]:
    """The values, those near to each other as one in their middle."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] < _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _drawn(rules: Iterable[DrawnLine], places: Sequence[float], steps: Sequence[float]) -> set[tuple[int, int]]:
    """Which stretches are drawn: (which place, which step along it)."""
    covered: dict[tuple[int, int], float] = {}
    for rule in rules:
        at = min(range(len(places)), key=lambda i: abs(places[i] - rule.at))
        for k in range(len(steps) - 1):
            start, end = max(rule.start, steps[k]), min(rule.end, steps[k + 1])
            if start < end:
                covered[at, k] = covered.get((at, k), 0.0) + end - start
    return {(at, k) for (at, k), length in covered.items() if length > _COVERED * (steps[k + 1] - steps[k])}


def _cells(
    height: int, width: int, is_wall: Callable[[int, int], bool], is_floor: Callable[[int, int], bool]
) -> list[list[int]]:
    """The number of the cell at each place: places without a rule between them are one cell."""
    places = [(row, column) for row in range(height) for column in range(width)]
    without = set(places)
    number: dict[tuple[int, int], int] = {}
    count = 0
    for place in places:
        if place not in without:
            continue
        waiting = [place]
        without.discard(place)
        while waiting:
            y, x = waiting.pop()
            number[y, x] = count
            for other, shut in (
                ((y, x + 1), is_wall(y, x + 1)),
                ((y, x - 1), is_wall(y, x)),
                ((y + 1, x), is_floor(y + 1, x)),
                ((y - 1, x), is_floor(y, x)),
            ):
                if not shut and other in without:
                    without.discard(other)
                    waiting.append(other)
        count += 1
    return [[number[row, column] for column in range(width)] for row in range(height)]


def _go_on(grid: Grid, below: Grid) -> bool:
    """Add a grid to the one above it, where nothing but a row across without sides parts the two."""
    if len(grid.xs) != len(below.xs) or not -_NEAR < below.ys[0] - grid.ys[-1] < _ROW:
        return False
    if any(abs(x - other) > _NEAR for x, other in zip(grid.xs, below.xs, strict=True)):
        return False
    first = max(map(max, grid.rows)) + 1
    if below.ys[0] - grid.ys[-1] > _NEAR:
        grid.rows.append([first] * (len(grid.xs) - 1))
        grid.ys.append(below.ys[0])
        first += 1
    grid.rows += [[first + number for number in row] for row in below.rows]
    grid.ys += below.ys[1:]
    return True


def _is_inside(grid: Grid, other: Grid) -> bool:
    return (
        other.xs[0] - _NEAR < grid.xs[0]
        and grid.xs[-1] < other.xs[-1] + _NEAR
        and other.ys[0] - _NEAR < grid.ys[0]
        and grid.ys[-1] < other.ys[-1] + _NEAR
    )
