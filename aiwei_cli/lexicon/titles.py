"""The words and the shape of a title in ``tables.yaml``, as a pattern."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from aiwei_cli.language.patterns import either


def title_pattern(kind: Mapping[str, Any], whole: Sequence[str] = ()) -> re.Pattern[str]:
    """The titles of one kind of column, by its words and shape; ``whole`` are titles by themselves."""
    first = f"(?:{either(kind['first'])})?" if kind["first"] else ""
    last = f"(?:{either(kind['last'])})?" if kind["last"] else ""
    pattern = rf".{{0,{kind['before']}}}{first}(?:{either(kind['words'])}){last}.{{0,{kind['after']}}}"
    return re.compile("|".join([pattern, *map(re.escape, whole)]))
