"""The matrix on a terminal, by rich: the more an office has to do in a section, the darker the cell.

The counts are in words (牵2 负5 配1), so nothing is lost where there are no colours. A matrix that is wider than the
terminal is shown in several tables, one below the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from aiwei_cli.query.matrix import Matrix, labels
from aiwei_cli.write.cells import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

_SHADES = ("#fff1dc", "#fdd9a8", "#f8b878", "#ee9450")
_NARROWEST, _WIDEST = 11, 24
"""Columns of the terminal that a section takes: 牵2 负5 配1 needs eleven."""
_WIDEST_OFFICE = 22
_SUM = 6
_GAP = 1


def write_shaded(counted: Matrix, out: TextIO) -> None:
    """Write the matrix as wide as the terminal."""
    from rich.cells import cell_len
    from rich.console import Console

    console = Console(file=getattr(out, "unfiltered", out), markup=False, emoji=False, highlight=False, soft_wrap=False)
    office = min(max(map(cell_len, ("单位", *counted.offices))), _WIDEST_OFFICE, console.width // 3)
    room = console.width - office - _SUM - 3 * _GAP  # one more gap before each section
    across = max(room // (_NARROWEST + _GAP), 1)
    names = labels(counted)
    for first in range(0, len(names), across):
        shown = range(first, min(first + across, len(names)))
        width = max(min(room // len(shown) - _GAP, _WIDEST), 1)
        if first:
            console.print()
        console.print(_grid(counted, names, shown, office, width))


def _grid(counted: Matrix, names: list[str], shown: range, office: int, width: int) -> RenderableType:
    """One table: some of the sections, the sums of all."""
    from rich import box
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    # HORIZONTALS is made of ─ alone, which GBK has.
    grid = Table(box=box.HORIZONTALS, padding=0, pad_edge=False, show_footer=True)
    grid.add_column("单位", "合计", overflow="fold", width=office)
    sums = counted.by_section()
    for section in shown:
        name = Text(printable(names[section]), overflow="fold")
        grid.add_column(name, str(sums[section].total), overflow="fold", justify="center", width=width)
    grid.add_column("合计", str(sum(count.total for count in sums)), justify="right", width=_SUM)
    most = max((count.total for count in counted.cells.values()), default=1)
    for place, count in enumerate(counted.by_office()):
        cells: list[RenderableType] = []
        for section in shown:
            cell = counted.at(place, section)
            text = Text(str(cell), justify="center")
            shade = f"black on {_SHADES[(cell.total * len(_SHADES) - 1) // most]}"
            cells.append(Padding(text, 0, style=shade) if cell.total else text)
        grid.add_row(Text(printable(counted.offices[place])), *cells, str(count.total))
    return grid
