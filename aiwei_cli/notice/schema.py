"""The JSON Schema of the output contract ``aiwei.notice.v1``, as published with the package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("notice.schema.json")


def text() -> str:
    """The schema as it is published: JSON, draft 2020-12."""
    return _FILE.read_text("utf-8")


def load() -> dict[str, Any]:
    """The schema as plain data."""
    import json

    schema: dict[str, Any] = json.loads(text())
    return schema
