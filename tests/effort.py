"""How many examples Hypothesis tries: all of them where ``CI=true``, else a fifth."""

from __future__ import annotations

import os

from hypothesis import settings

PROFILE = "ci" if os.environ.get("CI") == "true" else "quick"


def tries(count: int) -> settings:
    """The setting of a test that wants another number of examples than the profile gives."""
    return settings(max_examples=count if PROFILE == "ci" else max(count // 5, 10), deadline=None)
