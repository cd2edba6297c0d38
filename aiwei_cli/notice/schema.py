"""The JSON Schema of the output contract ``aiwei.notice.v1``, made from the fields of the model."""

from __future__ import annotations

import json
from typing import Any

from aiwei_cli.notice.kinds import Member, members
from aiwei_cli.notice.model import SCHEMA, Notice

_TYPES = {"str": "string", "int": "integer", "bool": "boolean"}
_SPAN = {
    "type": "array",
    "description": "[起, 止)：解码后原文的字符位置，从 0 数起，不含止处",
    "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 0}],
    "items": False,
    "minItems": 2,
}


def schema_text() -> str:
    """The schema as it is published: JSON, draft 2020-12."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The schema as plain data."""
    defs: dict[str, Any] = {"span": _SPAN}
    whole = _object(members(Notice), defs)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:aiwei:notice:v1",
        "title": SCHEMA,
        "description": Notice.about,
        "type": "object",
        "properties": {"schema": {"const": SCHEMA}, **whole["properties"]},
        "required": ["schema", *whole["required"]],
        "$defs": defs,
    }


def _object(parts: tuple[Member, ...], defs: dict[str, Any], about: str = "") -> dict[str, Any]:
    """What a mapping of these parts looks like; classes that it names are added to ``defs``."""
    return {
        "type": "object",
        **({"description": about} if about else {}),
        "properties": {part.name: _property(part, defs) for part in parts},
        "required": [part.name for part in parts if part.promised],
    }


def _property(member: Member, defs: dict[str, Any]) -> dict[str, Any]:
    meaning = {"description": member.meaning} if member.meaning else {}
    if member.many:
        return {"type": "array", "items": _one(member, defs), **meaning}
    default = {"default": member.default} if member.sparse and member.default else {}
    return {**_one(member, defs), **default, **meaning, **member.schema}


def _one(member: Member, defs: dict[str, Any]) -> dict[str, Any]:
    if member.base == "pair":
        return _object(member.parts, defs, member.about)
    if member.base == "Span":
        return {"anyOf": [_to("span"), {"type": "null"}]} if member.nullable else _to("span")
    if member.base == "record":
        name = member.record.__name__.lower()
        if name not in defs:
            defs[name] = {}  # a node holds nodes
            defs[name] = _object(members(member.record), defs, getattr(member.record, "about"))  # noqa: B009
        return _to(name)
    if member.among:
        return {"enum": list(member.among)}
    kind = _TYPES[member.base]
    if member.nullable and not member.sparse:
        return {"type": [kind, "null"]}
    return {"type": kind, "minimum": 0} if member.base == "int" and not member.many else {"type": kind}


def _to(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}
