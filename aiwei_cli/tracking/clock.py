"""The day and the moment; those of ``$SOURCE_DATE_EPOCH`` where it is set, so that output can be reproduced."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def today() -> str:
    """The day, as an ISO date."""
    fixed = _fixed()
    return date.today().isoformat() if fixed is None else fixed.date().isoformat()


def now() -> str:
    """The moment in UTC."""
    return (_fixed() or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _fixed() -> datetime | None:
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(fixed), UTC) if fixed.isdecimal() and len(fixed) < 12 else None
