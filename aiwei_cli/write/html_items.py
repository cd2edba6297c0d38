"""The table of the HTML page: the items under their headings, to be read with and without the script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from aiwei_cli.notice.model import ROLES, Duty, Hit
from aiwei_cli.query.matrix import Matrix, numbered
from aiwei_cli.query.table import ITEM_COLUMNS, REPORT, ROLE_LABELS, Column, due_of, item_row, own_columns
from aiwei_cli.tracking.lights import LIGHTS, Lamps
from aiwei_cli.write import Style
from aiwei_cli.write.cells import cell_text, head
from aiwei_cli.write.doubts import notes
from aiwei_cli.write.html_outline import Outline
from aiwei_cli.write.report import Report
from aiwei_cli.write.xml import clean, escaped

_COLUMNS = (
    *("id", "role", "item", "lead", "responsible", "support", "persons", "deadline", "task", "status", "light"),
    *("stated", "doubts", "place"),
)
_TRACKED = (*(column for column in ITEM_COLUMNS if column.key in ("task", "status")), Column("light", "灯"))
"""What a ledger knows of each item."""

_FIRST = 200
"""How many items are drawn at once; the script draws the others as they are scrolled to."""
_TAKEN = frozenset(["items", "matrix", "filters", "doubts", "data", "count", "clear", "more", "d", "m", "t"])
"""Names that other places of the page have."""


def items(report: Report, counted: Matrix, outline: Outline, style: Style) -> Iterator[str]:
    """The table of the items, each under its headings."""
    table, lamps = report.items(), report.lamps
    rows = list(table.rows)
    columns = [
        column
        for key in _COLUMNS
        for column in (*table.columns, *(_TRACKED if lamps else ()))
        if column.key == key and (not column.optional or any(row.get(key) for row in rows))
    ]
    columns += own_columns(report.every)
    numbers = {office: number for number, office in enumerate(counted.offices)}
    look = ' class="tracked"' if lamps else ""
    yield f'<section id="items" aria-labelledby="t"><div class="head"><h2 id="t">{REPORT}</h2>'
    yield f'<p id="count" role="status">{len(rows)} 个事项</p></div>\n<table{look}>\n<thead><tr>'
    yield "".join(head_cell(column, style) for column in columns) + "</tr></thead>\n"
    at, shown = -1, -1
    anchors = _anchors(report.every)
    for count, (hit, section) in enumerate(zip(report.every, outline.of_hits, strict=True)):
        # An item under no heading is a section by itself: no heading has to repeat its words.
        own = not hit.place.headings and not hit.place.node.children
        if section != at:
            yield ("</tbody>\n" if at >= 0 else "") + "<tbody>\n"
            begun = range(shown + 1, section + (not own))
            yield from (_section_row(outline, number, len(columns)) for number in begun)
            if section < shown:  # back to a section that others have interrupted
                yield _section_row(outline, section, len(columns), again=True)
            at, shown = section, max(shown, section)
        look = "item" if count < _FIRST else "item late"
        opening = f'<tr class="{look}"' + (f' id="s{section}">' if own else ">")
        yield _item_row(hit, columns, numbers, style, opening, anchors[count], lamps)
    yield ("</tbody>" if rows else "") + "</table></section>\n"


def _section_row(outline: Outline, number: int, columns: int, *, again: bool = False) -> str:
    section = outline.sections[number]
    anchor = "" if again else f' id="s{number}"'
    words = escaped(section.label) + ("（续）" if again else "")
    cell = f'<th colspan="{columns}" scope="rowgroup">{words}</th>'
    return f'<tr class="section d{min(section.depth, 3)}" data-s="{number}"{anchor}>{cell}</tr>\n'


def head_cell(column: Column, style: Style) -> str:
    """The heading of a column, as HTML."""
    look = f"c-{escaped(column.key)}" + (" num" if column.numeric and column.key != "task" else "")
    return f'<th scope="col" class="{look}">{escaped(head(column, style.labels))}</th>'


def _anchors(hits: Sequence[Hit]) -> list[str]:
    """A name for each item that a link can point at: its id, with the number of its notice where there are several."""
    several = len({id(hit.place.notice) for hit in hits}) > 1
    found, taken = [], set()
    for number, hit in numbered(hits):
        # Without blanks and special signs an id is a name in HTML and the end of an address.
        name = "".join(hit.place.node.id.split()).replace("=", "＝")
        name = f"{number}:{name}" if several else f"i{name}" if name[:1] == "s" else name
        while name in taken or name in _TAKEN:
            name += "'"
        taken.add(name)
        found.append(name)
    return found


def _item_row(
    hit: Hit,
    columns: Sequence[Column],
    numbers: dict[str, int],
    style: Style,
    opening: str,
    anchor: str,
    lamps: Lamps | None,
) -> str:
    node, why = hit.place.node, notes(hit)
    cells = []
    for column in columns:
        doubt = f' class="doubt" title="{escaped(why[column.key])}"' if column.key in why else ""
        if column.key == "id":
            link = f'<a href="#{quote(anchor)}">{escaped(node.id)}</a>'
            cells.append(f'<th scope="row" id="{escaped(anchor)}"{doubt}>{link}</th>')
        elif column.key == "item":
            title = f"<b>{with_breaks(node.title)}</b>" if node.title and node.text else with_breaks(node.title)
            look = doubt.replace('"doubt"', '"task doubt"') or ' class="task"'
            cells.append(f"<td{look}>{title}{with_breaks(node.text)}</td>")
        elif column.key == "light" and lamps:
            words = lamps.words(node.status, due_of(node))
            light = f'<span class="light l{LIGHTS.index(words[0])}">{escaped(words)}</span>'
            cells.append(f'<td data-label="{escaped(column.label)}">{light}</td>')
        else:
            # On a phone, where there is no header, a cell that is not empty shows the name of its column.
            inside = _inside(column, hit, numbers)
            label = f' data-label="{escaped(head(column, style.labels))}"' if inside else ""
            cells.append(f"<td{doubt}{label}>{inside}</td>")
    return f"{opening}{''.join(cells)}</tr>\n"


def _inside(column: Column, hit: Hit, numbers: dict[str, int]) -> str:
    """What is in the cell of a role, of a deadline, or of what the office asked for has to do."""
    if column.key == "role":
        return "、".join(ROLE_LABELS[role] for role in ROLES if any(duty.role == role for duty in hit.duties))
    if column.key == "deadline":
        times = dict.fromkeys(_time(time.written, time.date) for time in hit.place.node.deadlines)
        moved = hit.place.node.moved
        return "、".join(times) + (f'<span class="moved">延至 {_time(moved, moved)}</span>' if moved else "")
    if column.key in ROLES:
        return _offices((duty for duty in hit.all_duties if duty.role == column.key), numbers)
    return escaped(cell_text(column, item_row(hit).get(column.key), "zh"))


def _offices(duties: Iterable[Duty], numbers: dict[str, int]) -> str:
    """The names of the offices, each once; what the notice calls them is shown where the mouse rests."""
    names: dict[str, str] = {}
    for duty in duties:
        above = " above" if duty.inherited else ""
        written = f' title="{escaped(f"文中作“{duty.written}”")}"' if duty.written != duty.office else ""
        number = f' data-o="{numbers[duty.office]}"' if duty.office in numbers else ""
        names.setdefault(duty.office, f'<span class="o{above}"{number}{written}>{escaped(duty.office)}</span>')
    return "、".join(names.values())


def _time(written: str, day: str | None) -> str:
    if not day:
        return escaped(written)
    return f'<time datetime="{escaped(day)}" title="{escaped(day)}">{escaped(written)}</time>'


def with_breaks(text: str) -> str:
    """Words as HTML, with a break for every line feed."""
    return "<br>".join(escaped(line) for line in clean(text).split("\n"))
