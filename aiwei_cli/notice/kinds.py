"""The fields of a class of the model, with what its annotation and its line say of each.

Annotations are strings, and only these are meant: ``str``, ``int``, ``bool``, ``Span``, a class of the model, a pair,
and ``| None`` or ``tuple[…, ...]`` around one of them.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import MISSING
from functools import lru_cache
from typing import Any

SCALARS: dict[str, type] = {"str": str, "int": int, "bool": bool}


class Member:
    """A field of a class, or a part of a pair. What its line says has the names of :class:`fields.Said`."""

    def __init__(self, name: str, annotation: str, default: Any, said: Mapping[str, Any], cls: type) -> None:
        self.name, self.default = name, default
        self.meaning: str = said.get("meaning", "")
        self.many, self.nullable = annotation.endswith(", ...]"), annotation.endswith(" | None")
        self.sparse: bool = said.get("sparse", False)
        self.promised: bool = said.get("promised", not self.sparse)
        self.column: bool = said.get("column", True)
        self.among: tuple[str, ...] = said.get("among", ())
        self.schema: Mapping[str, Any] = said.get("schema", {})
        self.absent = said.get("absent", None if self.nullable else () if self.many else default)
        """What a tree without it is taken to say; MISSING where it must be there."""
        self.record: type = object
        """The class of the model that it holds."""
        self.about = ""
        """What a pair means."""
        self.parts: tuple[Member, ...] = ()
        """The two parts of a pair."""
        self.base = self._base(annotation, said, cls)
        """``str``, ``int``, ``bool``, ``Span``, ``pair``, or ``record`` for a class of the model."""

    def _base(self, annotation: str, said: Mapping[str, Any], cls: type) -> str:
        base = annotation.removeprefix("tuple[")[:-6] if self.many else annotation.removesuffix(" | None")
        if self.among:
            return "str"
        if "pair" in said:
            self.about, both = said["pair"]
            kinds = base.removeprefix("tuple[").removesuffix("]").split(", ")
            pairs = zip(both.items(), kinds, strict=True)
            self.parts = tuple([Member(key, kind, MISSING, {"schema": schema}, cls) for (key, schema), kind in pairs])
            return "pair"
        if base in SCALARS or base == "Span":
            return base
        self.record = getattr(sys.modules[cls.__module__], base)
        return "record"

    @property
    def is_scalar(self) -> bool:
        """Whether it is one text, one number or one truth value."""
        return self.base in SCALARS and not self.many


@lru_cache
def members(cls: Any) -> tuple[Member, ...]:
    """The fields of a class that are part of the tree, in their order; the sparse ones come last."""
    found = [
        Member(part.name, part.type, part.default, part.metadata, cls)
        for part in cls.__dataclass_fields__.values()
        if part.metadata["meaning"] is not None
    ]
    return (*[each for each in found if not each.sparse], *[each for each in found if each.sparse])
