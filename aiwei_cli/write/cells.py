"""Cells as text: what the writers of tables have in common."""

from __future__ import annotations

from aiwei_cli.notice.fields import Cell
from aiwei_cli.plain_text import safe as printable
from aiwei_cli.query.table import ROLE_LABELS, STATED_LABELS, Column
from aiwei_cli.write import Labels

__all__ = ["cell_text", "head", "printable"]


def head(column: Column, labels: Labels) -> str:
    """The name of a column."""
    return printable(column.label if labels == "zh" else column.key)  # a column may be a stranger's


def cell_text(column: Column, cell: Cell, labels: Labels) -> str:
    """A cell as text; roles and truth values in the language of the labels."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return ("是" if cell else "否") if labels == "zh" else ("true" if cell else "false")
    if labels == "zh" and column.key in ("role", "source_role", "target_role"):
        return next((label for role, label in ROLE_LABELS.items() if role == cell), str(cell))
    if labels == "zh" and column.key == "stated":
        return "、".join(label for stated, label in STATED_LABELS.items() if stated in str(cell).split("、"))
    return cell if isinstance(cell, str) else str(cell)  # a cell may be marked
