"""What a reader of files knows of the lines that it writes, handed on beside the text."""

from __future__ import annotations

from typing import Literal, NamedTuple

LineKind = Literal["text", "cell", "head", "unread", "bold"]
"""``cell``: a cell of a task table below a title of offices or times, whose row is the item before. ``head``: a heading
between the rows of such a table. ``unread``: of a table that looks like one of tasks and was not understood.
``bold``: words in bold or 黑体 whose paragraph is not."""


class Hint(NamedTuple):
    """Characters of the text, and what the reader of the file knows of them."""

    start: int
    end: int
    kind: LineKind
