"""What the reader of a file knows of its lines, handed on beside the text."""

from __future__ import annotations

from typing import Literal

from aiwei_cli.records import NamedTuple

LineKind = Literal["text", "number", "cell", "head", "note", "unread", "bold"]
"""``number``: the number of a row of a task table, at the start of its line. ``cell``: a cell of such a table below a
title of offices or times, whose row is the item before. ``head``: a heading between the rows. ``note``: a remark or a
sum below them, which is no task, or the first paragraph after them. ``unread``: of a table that looks like one of tasks
and was not understood. ``bold``: words in bold or 黑体 whose paragraph is not."""


class Hint(NamedTuple):
    """Characters of the text, and what the reader of the file knows of them."""

    start: int
    end: int
    kind: LineKind
