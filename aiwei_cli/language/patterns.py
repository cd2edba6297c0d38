"""Regular expressions that are compiled when they are first used.

Compiling all of them would take longer than reading a notice, and a notice needs only some: a text without
wrapped lines never asks what a page mark looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class pattern:
        """``re.compile(source, flags)``, put off until a method is asked for."""

        def __init__(self, source: str, flags: int = 0) -> None:
            self.pattern = source
            self.flags = flags

        def __getattr__(self, name: str) -> Any:
            compiled = re.compile(self.pattern, self.flags)
            for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "split"):
                setattr(self, method, getattr(compiled, method))
            self.groups = compiled.groups
            return getattr(compiled, name)


def either(words: Iterable[str]) -> str:
    """One of some words, the longest first, in a pattern.

    >>> either(["负责", "负责牵头"])
    '负责牵头|负责'
    """
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


__all__ = ["either", "pattern"]
