"""What is certain is mended: the fixes of findings, put into a text."""

from __future__ import annotations

from collections.abc import Iterable

from aiwei_cli.checking.rule import Finding


def fixed(text: str, findings: Iterable[Finding]) -> str:
    """The text with the fixes of the findings; where two would change the same characters the first one is made."""
    parts, at = [], 0
    for finding in sorted((one for one in findings if one.fix is not None), key=lambda one: one.span):
        start, end = finding.span
        if start < at:
            continue
        assert finding.fix is not None
        parts += [text[at:start], finding.fix]
        at = end
    return "".join([*parts, text[at:]])
