"""All rules over one notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiwei_cli.checking import annexes, citations, duties, form, marks, own, structure, times  # noqa: F401
from aiwei_cli.checking import names as names_of_offices  # noqa: F401 - each module registers its rules
from aiwei_cli.checking.case import Case
from aiwei_cli.checking.rule import LEVELS, READING, RULES, Breach, Finding, Level, Rule
from aiwei_cli.compiled import Rules
from aiwei_cli.notice.lines import Lines
from aiwei_cli.notice.model import Notice


def check(
    notice: Notice, rules: Rules, *, select: Sequence[str] = (), ignore: Sequence[str] = (), level: Level = "hint"
) -> list[Finding]:
    """The findings in a notice, in the order of the text.

    ``select`` and ``ignore`` are codes, beginnings of codes (``S``) or names; without ``select`` all rules are asked.
    ``level`` is the slightest level that is reported. Nothing is found in a notice that was read back from its tree: it
    has no text.
    """
    left_out = (*ignore, *rules.data["checks"]["ignore"])
    asked = [
        one
        for one in RULES.values()
        if LEVELS.index(one.level) <= LEVELS.index(level)
        and (not select or _named(one, select))
        and not _named(one, left_out)
    ]
    case = Case(notice, rules)
    lines = Lines(notice.text)
    found: list[Finding] = []
    for one in asked:
        hits = [hit for hit in one.find(case) if not _passed_over(case, hit)]
        found.extend(_findings(one, hits, lines))
    found.extend(_of_reading(notice, select, left_out, level))
    return sorted(found, key=lambda finding: (finding.span, finding.code))


def _of_reading(notice: Notice, select: Sequence[str], left_out: Sequence[str], level: Level) -> Iterator[Finding]:
    """What the reader could not read, without what a rule reports too (a number out of order) and what nobody can
    mend."""
    for one in notice.diagnostics:
        known = READING.get(one.code)
        if known is None or LEVELS.index(known.level) > LEVELS.index(level):
            continue
        if (select and not _matches(one.code, known.name, select)) or _matches(one.code, known.name, left_out):
            continue
        yield Finding(one.code, known.name, known.level, one.message, one.span, one.line, one.column)


def _named(one: Rule, names: Sequence[str]) -> bool:
    return _matches(one.code, one.name, names)


def _matches(code: str, called: str, names: Sequence[str]) -> bool:
    return any(called == name.lower() or code.startswith(name.upper()) for name in names)


def _passed_over(case: Case, hit: Breach) -> bool:
    words = case.checks["ignore_text"]
    return bool(words) and any(word in case.paragraph(hit.span[0]).text for word in words)


def _findings(one: Rule, hits: Sequence[Breach], lines: Lines) -> Iterator[Finding]:
    places = [lines.place(hit.span[0]) for hit in hits]
    if one.folds and len(hits) > 1:
        line, column = places[0]
        message = f"{hits[0].message}（全文共 {len(hits)} 处）"
        numbers = tuple(dict.fromkeys(place[0] for place in places))
        yield Finding(one.code, one.name, one.level, message, hits[0].span, line, column, numbers)
        return
    for hit, (line, column) in zip(hits, places, strict=True):
        yield Finding(one.code, one.name, one.level, hit.message, hit.span, line, column, (), hit.fix)
