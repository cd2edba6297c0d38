"""What is asked of a notice, as types: the keywords of :meth:`aiwei_cli.notice.model.Notice.items`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypedDict

Some = str | Sequence[str] | None
"""One value, or several of which any will do."""


class Asked(TypedDict, total=False):
    """The filters of ``items``, ``rows`` and ``to_frame``: the same as the options of ``aiwei list``."""

    office: Some
    role: Some
    stated: Some
    section: Some
    keyword: Some
    words: bool
    due_before: str | date | None
    no_owner: bool
    own: bool


class RuleData(Protocol):
    """Rules as a notice hands them on: :class:`aiwei_cli.compiled.Rules`."""

    data: Mapping[str, Mapping[str, Any]]
