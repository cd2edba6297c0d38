"""Tables drawn with pipes, as Markdown writes them: their signs are folded to tabs and blanks, one for one.

A table is lines that begin and end with a pipe, or those around a line of nothing but dashes and pipes. A pipe in any
other line (首页 | 政务公开) is a sign of it, and one after a backslash a sign of its cell.
"""

from __future__ import annotations

from aiwei_cli.language.patterns import pattern
from aiwei_cli.notice.model import Span

PIPE = "|"
_RULE = pattern(r"[ \t]*+(?:\|[ \t]*+)?:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?")
"""The line between a header and its rows: |:--|---|."""


def unpiped(text: str) -> tuple[str, list[Span]]:
    """The text with tabs for the pipes of tables, and blanks for those around them and for the lines of dashes; and
    where these signs are in it."""
    if PIPE not in text:
        return text, []
    lines = text.split("\n")
    folded = list(lines)
    rules = {i for i, line in enumerate(lines) if PIPE in line and _RULE.fullmatch(line)}
    below = framed = False  # a line of dashes, and no line after it that is no row
    for i, line in enumerate(lines):
        if i in rules:
            below, framed = True, _has_frame(line)
        else:  # below a table with a frame, a line without one is no row
            below = below and PIPE in line and (not framed or _has_frame(line))
        if i in rules:
            folded[i] = " " * len(line)
        elif below or i + 1 in rules or _is_framed(line):
            folded[i] = _tabbed(line)
    signs = []
    here = 0
    for old, new in zip(lines, folded, strict=True):
        if old is not new:
            signs += [(here + i, here + i + 1) for i in range(len(old)) if old[i] != new[i]]
        here += len(old) + 1
    return "\n".join(folded), signs


def _has_frame(line: str) -> bool:
    return PIPE in (line.strip()[0], line.strip()[-1])


def _is_framed(line: str) -> bool:
    words = line.strip()
    return words[:1] == words[-1:] == PIPE and words.count(PIPE) > 2


def _tabbed(line: str) -> str:
    """A row: the pipes between its cells as tabs, those around it as blanks."""
    last = len(line.rstrip()) - 1
    first = len(line) - len(line.lstrip())
    return "".join(
        sign if sign != PIPE or line[i - 1 : i] == "\\" else " " if i in (first, last) else "\t"
        for i, sign in enumerate(line)
    )
