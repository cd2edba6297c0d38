"""The JSON Schema of rows, made from their columns: what ``list``, ``export`` and ``Notice.rows`` give to programs."""

from __future__ import annotations

import json
from typing import Any

from aiwei_cli.query.pairs import PAIR_COLUMNS
from aiwei_cli.query.table import DUTY_COLUMNS, ITEM_COLUMNS, ROLE_LABELS, Column

ROWS = "aiwei.rows.v1"
_DAY = r"^\d{4}-\d{2}-\d{2}$"
_TRUTHS = ("inherited", "directed")
_ROLES = ("role", "source_role", "target_role")
_MAYBE = ("issuer", "document_number")
"""Texts that are null where the notice has none."""


def schema_text() -> str:
    """The schema as it is published: JSON, draft 2020-12."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The schema as plain data: any row, whatever ``--per`` says."""
    kinds = {
        "item": ("一个事项", ITEM_COLUMNS),
        "duty": ("一个单位对一个事项的一种责任", DUTY_COLUMNS),
        "pair": ("一个事项里一起做事的两个单位", PAIR_COLUMNS),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:aiwei:rows:v1",
        "title": ROWS,
        "description": "aiwei list、export 和 Notice.rows() 的一行。以后可能在末尾增加新的列，这里的列不会变。",
        "anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds],
        "$defs": {kind: _row(about, columns) for kind, (about, columns) in kinds.items()},
    }


def _row(about: str, columns: tuple[Column, ...]) -> dict[str, Any]:
    shown = [column for column in columns if column.program]
    return {
        "type": "object",
        "description": about,
        "properties": {column.key: {**_cell(column), "description": column.label} for column in shown},
        "required": [column.key for column in shown],
    }


def _cell(column: Column) -> dict[str, Any]:
    if column.kind == "count":
        return {"type": ["integer", "null"]}
    if column.kind == "number":
        return {"type": "number"}
    if column.kind == "date":
        return {"type": ["string", "null"], "pattern": _DAY}
    if column.key in _TRUTHS:
        return {"type": "boolean"}
    if column.key in _MAYBE:
        return {"type": ["string", "null"]}
    return {"enum": list(ROLE_LABELS)} if column.key in _ROLES else {"type": "string"}
