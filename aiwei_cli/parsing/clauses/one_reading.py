"""What labels that follow one another say together: 牵头单位：水利局 / 配合单位：住建局."""

from __future__ import annotations

from aiwei_cli.notice.model import Span
from aiwei_cli.parsing.clauses.reading import Assignment, DocumentRule, Reading

MAIN = "labels.lead 主要责任"
"""主要责任单位 leads beside another field of offices; by itself it is responsible."""


def one_reading(readings: tuple[tuple[Reading, int], ...]) -> Reading:
    """What several readings say together, each so many characters after the first."""
    assignments: list[Assignment] = []
    unknown: list[Assignment] = []
    deadlines: list[Span] = []
    rules: list[DocumentRule] = []
    leftover = None
    fields = sum([bool(reading.assignments) for reading, _ in readings])
    for reading, by in readings:
        moved = [a.moved(by) for a in reading.assignments]
        if fields > 1:
            moved = [a._replace(role="lead") if a.by is not None and a.by.entry == MAIN else a for a in moved]
        assignments += moved
        unknown += [a.moved(by) for a in reading.unknown]
        deadlines += [(start + by, end + by) for start, end in reading.deadlines]
        rules += [
            r._replace(start=r.start + by, end=r.end + by, offices=tuple([a.moved(by) for a in r.offices]))
            for r in reading.rules
        ]
        if reading.leftover and leftover is None:
            leftover = reading.leftover[0] + by, reading.leftover[1] + by
    return Reading(
        tuple(assignments),
        deadlines=tuple(deadlines),
        rules=tuple(rules),
        unknown=tuple(unknown),
        leftover=leftover,
        labelled=True,
    )
