"""What a field of the model says besides its name and its kind.

A line of a class in :mod:`aiwei_cli.notice.model` is all that a field needs. The tree, the JSON Schema, the columns of
the ledger and the checks of what is read back are made from it (:mod:`aiwei_cli.notice.kinds` reads the line). Only the
ledger's tables are SQL that never changes: a new field wants a step in ``store/upgrades/`` as well.
"""

from __future__ import annotations

from dataclasses import MISSING
from dataclasses import field as plain_field
from typing import TYPE_CHECKING, Any

Cell = str | int | float | bool | None
"""What a cell of a table of items can hold."""

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypedDict, Unpack

    class Said(TypedDict, total=False):
        """What else a line may say."""

        absent: Any
        """What a tree without the field is taken to say, where that is not the default."""
        promised: bool
        """False where a tree may lack the field. A sparse one is never promised."""
        sparse: bool
        """True where the field is written only if it is not the default, and then after all others."""
        column: bool
        """False for what the ledger can tell from other columns."""
        among: tuple[str, ...]
        """The values that a text may have."""
        pair: tuple[str, Mapping[str, Mapping[str, Any]]]
        """What a pair means, and its two parts by name, with their words of JSON Schema."""
        schema: Mapping[str, Any]
        """Further words of JSON Schema."""


def field(meaning: str | None, *, default: Any = MISSING, repr: bool = True, **said: Unpack[Said]) -> Any:
    """A field of the model.

    ``meaning`` is what the schema says of it, in Chinese: empty where the name says it all, None for what is not part
    of the tree.
    """
    return plain_field(default=default, repr=repr, metadata={"meaning": meaning, **said})
