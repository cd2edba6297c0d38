"""One self-contained HTML page: the outline, the matrix as a heat map, and the items, which can be filtered.

The whole table is in the HTML, under its headings, so the page can be read and printed without its script. The script
and the style are in ``data/page/``. Nothing is loaded from elsewhere, which the page itself forbids
(Content-Security-Policy, with the hashes of its script and style); every word of a notice is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from aiwei_cli.language.chars import clipped
from aiwei_cli.notice.model import ROLES
from aiwei_cli.query.matrix import Count, Matrix, labels, matrix
from aiwei_cli.query.table import ROLE_LABELS, Table, due_of, marked_pieces
from aiwei_cli.tracking import STATUSES, UNREPORTED
from aiwei_cli.tracking.lights import LIGHTS
from aiwei_cli.write import Format, Style
from aiwei_cli.write.cells import cell_text, head
from aiwei_cli.write.html_items import head_cell, items, with_breaks
from aiwei_cli.write.html_outline import Outline
from aiwei_cli.write.report import MATRIX, Report
from aiwei_cli.write.xml import escaped

_SCRIPTS = ("lights.js", "rows.js", "page.js")
_ELEMENTS = {"gone": "del", "come": "ins"}
_SHADES = 5
_FOLDED = 15
"""How many offices of a long matrix are shown unfolded."""
_GRID = 100_000
"""Cells of a matrix that may all be drawn: 8,000 offices by 8,000 sections would be 64 million, nearly all empty."""
_WIDEST = 1000
"""What HTML allows as ``colspan``."""
_ALL = "#items .late,#matrix .late{display:revert}"
"""Without the script all rows are there."""


def write_table(table: Table, out: TextIO, format: Format, style: Style, doubts: Table | None = None) -> None:
    """A page with a table and nothing else, but for doubts."""
    title = table.title or table.name
    out.writelines(opening(title, script=""))
    facts = "".join(f"<span>{escaped(fact)}</span>" for fact in table.facts)
    out.write(f"<header><h1>{escaped(title)}</h1>" + (f'<p class="facts">{facts}</p>' if facts else ""))
    out.write('</header>\n<main><section id="items">')
    out.writelines(bare_table(table, style))
    out.write("</section>")
    out.writelines(_doubts(doubts, style))
    out.write("</main>\n<footer>由 aiwei 生成。</footer>\n</body></html>\n")


def _doubts(table: Table | None, style: Style) -> Iterator[str]:
    """The section of doubts at the end of a page."""
    if table is not None:
        yield f'<section id="doubts" aria-labelledby="d"><h2 id="d">{table.name}</h2>\n'
        yield from bare_table(table, style, row="<tr>")
        yield "</section>\n"


def bare_table(table: Table, style: Style, row: str = '<tr class="item">') -> Iterator[str]:
    """A table as it is."""
    yield "<table>\n"
    if style.header:
        yield ("<thead><tr>" + "".join(head_cell(column, style) for column in table.columns) + "</tr></thead>\n")
    yield "<tbody>\n"
    names = [escaped(head(column, style.labels)) for column in table.columns]
    looks = [' class="num"' if column.numeric else "" for column in table.columns]
    for each in table.rows:
        texts = [cell_text(column, each.get(column.key), style.labels) for column in table.columns]
        # On a phone an empty cell is left out, and the name of its column.
        cells = (
            f'<td{look} data-label="{name}">{_marked(text)}</td>' if text else "<td></td>"
            for name, look, text in zip(names, looks, texts, strict=True)
        )
        yield f"{row}{''.join(cells)}</tr>\n"
    yield "</tbody></table>"


def _marked(text: str) -> str:
    """Words as HTML, those that went and came as such."""
    made = ""
    for words, kind in marked_pieces(text):
        element = _ELEMENTS.get(kind, "")
        made += f"<{element}>{with_breaks(words)}</{element}>" if element else with_breaks(words)
    return made


def write_report(report: Report, out: TextIO, style: Style) -> None:
    """The page of a report; with a row a duty only the table of the duties."""
    if report.per == "duty":
        table = report.duties("number")
        write_table(table._replace(name=report.title(table.name)), out, _format(), style, report.doubts())
        return
    outline = Outline(report.every)
    script = "".join(map(_file, _SCRIPTS))
    out.writelines(opening(report.title(), script))
    facts = "".join(f"<span>{escaped(fact)}</span>" for fact in report.facts())
    if report.lamps:
        facts = f'<span id="day">截至 {report.lamps.day}</span>{facts}'
    out.write(
        f'<header><h1>{escaped(report.title())}</h1><p class="facts">{facts}</p></header>\n<div class="layout">\n'
    )
    out.writelines(outline.nav())
    out.write("<main>\n")
    counted = matrix(report.every)
    out.writelines(_filters(counted, outline, tracked=report.lamps is not None))
    out.writelines(_matrix(counted, outline))
    out.writelines(items(report, counted, outline, style))
    out.writelines(_doubts(report.doubts(), style))
    out.write("</main></div>\n<footer>由 aiwei 生成。带点线的单位承自上级标题。</footer>\n")
    out.write(f'<script type="application/json" id="data">{_json(_data(report, counted, outline))}</script>\n')
    out.write(f"<script>{script}</script>\n</body></html>\n")


def _format() -> Format:
    from aiwei_cli.write import FORMATS

    return FORMATS["html"]


def _file(name: str) -> str:
    from aiwei_cli.resources import folder

    return (folder("data") / "page" / name).read_text("utf-8")


def opening(title: str, script: str) -> Iterator[str]:
    """The head of the page, and all that comes before what is seen."""
    style = _file("page.css")
    allowed = f"script-src {_hash(script)}; " if script else ""
    styles = f"{_hash(style)} {_hash(_ALL)}" if script else _hash(style)
    policy = f"default-src 'none'; {allowed}style-src {styles}; base-uri 'none'; form-action 'none'"
    yield '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    every = f"<noscript><style>{_ALL}</style></noscript>\n" if script else ""
    yield f"<title>{escaped(title)}</title>\n<style>{style}</style>\n{every}</head>\n<body>\n"
    yield '<a class="skip" href="#items">跳到事项</a>\n'


def _hash(text: str) -> str:
    from base64 import b64encode
    from hashlib import sha256

    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _json(value: Any) -> str:
    """JSON that can be put into a script element: nothing in it ends the element or a line."""
    import json

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _filters(counted: Matrix, outline: Outline, *, tracked: bool) -> Iterator[str]:
    """The form. It is hidden until the script runs that it works with."""
    offices = "".join(
        f'<option value="{number}">{escaped(name)}</option>' for number, name in enumerate(counted.offices)
    )
    roles = "".join(f'<option value="{number}">{ROLE_LABELS[role]}</option>' for number, role in enumerate(ROLES))
    sections = "".join(
        f'<option value="{number}">{"　" * section.depth}{escaped(clipped(section.label, 30))}</option>'
        for number, section in enumerate(outline.sections)
    )
    every = '<option value="">全部</option>'
    yield '<form id="filters" hidden aria-label="筛选">\n'
    yield _select("office", "单位", f'{every}{offices}<option value="-">（没有责任单位）</option>')
    yield _select("role", "分工", every + roles)
    yield _select("section", "章节", every + sections)
    yield _field("关键词", '<input type="search" name="keyword" data-label="关键词" autocomplete="off">')
    times = (("date", "有截止日期"), ("words", "写了时限，没有日期"), ("none", "没写时限"))
    yield _select(
        "time", "时限", every + "".join(f'<option value="{value}">{words}</option>' for value, words in times)
    )
    yield _field("此日之前到期", '<input type="date" name="before" data-label="此日之前到期">')
    if tracked:
        for name, label, known in (("status", "状态", (UNREPORTED, *STATUSES)), ("light", "灯", LIGHTS)):
            yield _select(name, label, every + "".join(f'<option value="{word}">{word}</option>' for word in known))
    yield _select("sort", "排序", '<option value="">原文顺序</option>')
    yield '<button type="button" id="copy">复制列出的行</button>\n'
    yield '<button type="button" id="clear">清除条件</button>\n</form>\n'
    yield "<noscript><p>浏览器没有运行脚本，不能筛选；下面是全部事项。</p></noscript>\n"


def _select(name: str, label: str, options: str) -> str:
    return _field(label, f'<select name="{name}" data-label="{label}">{options}</select>')


def _field(label: str, control: str) -> str:
    return f"<label>{label}{control}</label>\n"


def _matrix(counted: Matrix, outline: Outline) -> Iterator[str]:
    """The matrix. The script makes buttons of the cells that know their office (data-o) or their section (data-s)."""
    if not counted.cells:
        yield '<section id="matrix" hidden></section>\n'
        return
    places = [outline.known[section.notice_number, section.id] for section in counted.sections]
    names = labels(counted)
    most = max(count.total for count in counted.cells.values())
    large = len(counted.offices) * len(places) > _GRID
    rows: list[list[tuple[int, Count]]] = [[] for _ in counted.offices]
    for (office_number, section), count in sorted(counted.cells.items()):
        rows[office_number].append((section, count))
    yield f'<section id="matrix" aria-labelledby="m"><h2 id="m">{MATRIX}</h2>\n'
    yield '<div class="scroll" tabindex="0" role="region" aria-labelledby="m"><table>\n'
    yield '<thead><tr><th scope="col">单位</th>'
    for place, name in zip(places, names, strict=True):
        yield f'<th scope="col" data-s="{place}" title="{escaped(name)}">{escaped(clipped(name, 30))}</th>'
    yield '<th scope="col">合计</th></tr></thead>\n<tbody>\n'
    for number, (office, total) in enumerate(zip(counted.offices, counted.by_office(), strict=True)):
        folded = ' class="late"' if len(counted.offices) > _FOLDED + 2 and number >= _FOLDED else ""
        yield f'<tr{folded}><th scope="row" data-o="{number}">{escaped(office)}</th>'
        done = 0
        for section, count in rows[number]:
            place, name = places[section], names[section]
            yield _blank(section - done, large)
            done = section + 1
            shade = (count.total * _SHADES - 1) // most + 1
            title = escaped(f"{office}，{name}：{count}")
            yield f'<td class="h{shade}" data-o="{number}" data-s="{place}" title="{title}">{count.total}</td>'
        yield f'{_blank(len(places) - done, large)}<td class="sum" title="{total}">{total.total}</td></tr>\n'
    yield '</tbody>\n<tfoot><tr><th scope="row">合计</th>'
    sums = counted.by_section()
    yield "".join(f'<td class="sum" title="{count}">{count.total}</td>' for count in sums)
    yield f'<td class="sum">{sum(count.total for count in sums)}</td></tr></tfoot>\n</table></div></section>\n'


def _blank(count: int, large: bool) -> str:
    """So many cells that count nothing; in a large matrix one that is as wide."""
    if not large:
        return "<td></td>" * count
    widths = [_WIDEST] * (count // _WIDEST) + [count % _WIDEST] * (count % _WIDEST > 0)
    return "".join(f'<td colspan="{width}"></td>' for width in widths)


def _data(report: Report, counted: Matrix, outline: Outline) -> dict[str, Any]:
    """What the script has to know of each item: its section, duties, the day it is due, whether it has a deadline, and
    in a ledger how it stands; and the rules of lights."""
    numbers = {office: number for number, office in enumerate(counted.offices)}
    lamps = report.lamps  # all hits are looked at to find that there are none
    items: list[list[Any]] = []
    for hit, section in zip(report.every, outline.of_hits, strict=True):
        node = hit.place.node
        duties = [[numbers[duty.office], ROLES.index(duty.role)] for duty in hit.duties]
        items.append([section, duties, due_of(node), bool(node.deadlines)])
        if lamps:
            items[-1].append(node.status)
    data: dict[str, Any] = {"sections": [section.parent for section in outline.sections], "items": items}
    return {**data, "lights": lamps.for_page()} if lamps else data
