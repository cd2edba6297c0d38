"""What a reader of files knows of the lines that it writes, handed on beside the text."""

from __future__ import annotations

from typing import Literal, NamedTuple

LineKind = Literal["text", "row", "head", "unread"]
"""``row``: of a row of a task table. ``head``: a heading between such rows. ``unread``: of a table that looks like one
of tasks and was not understood."""


class Hint(NamedTuple):
    """Characters of the text that a table is the source of, and what they are."""

    start: int
    end: int
    kind: LineKind
