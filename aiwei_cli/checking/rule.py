"""What a rule is: a function that looks at a notice, and beside it what ``aiwei explain`` says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

from aiwei_cli.notice.model import Span
from aiwei_cli.records import NamedTuple, record

if TYPE_CHECKING:
    from aiwei_cli.checking.case import Case

Level = Literal["error", "warning", "hint"]
LEVELS: tuple[Level, ...] = ("error", "warning", "hint")
"""From grave to slight."""


class Breach(NamedTuple):
    """One place where a rule is broken."""

    span: Span
    message: str
    """What is wrong here, and what would be right."""
    fix: str | None = None
    """What should be there instead of the span, where that is certain."""


class Rule(NamedTuple):
    """One rule. ``bad`` breaks it and ``good`` does not: both are tests."""

    code: str
    name: str
    level: Level
    says: str
    why: str
    source: str
    """The clause of the standard that asks it, or 实践 where none does."""
    bad: str
    good: str
    find: Callable[[Case], Iterator[Breach]]
    fixes: bool = False
    """Whether ``--fix`` mends it."""
    folds: bool = False
    """Whether all its findings in one notice are one line with a count."""


@record
class Finding:
    """What a rule found, with its place in the source."""

    code: str
    name: str
    level: Level
    message: str
    span: Span
    line: int
    column: int
    lines: tuple[int, ...] = ()
    """The lines of all findings that are folded into this one."""
    fix: str | None = None


class ReaderCode(NamedTuple):
    """How grave it is where the reader says a code, and the code's name."""

    name: str
    level: Level


READING = {
    "C001": ReaderCode("clause-unread", "warning"),
    "C002": ReaderCode("clause-part-unread", "warning"),
    "N001": ReaderCode("mark-missing", "warning"),
    "O001": ReaderCode("office-unknown", "hint"),
    "P001": ReaderCode("page-picture", "warning"),
    "P002": ReaderCode("page-order", "warning"),
    "P003": ReaderCode("sign-unsure", "warning"),
}
"""The codes of :mod:`aiwei_cli.notice.codes` that ``check`` reports too. A number out of order (N002) has rules of its
own here; having no numbers or no duties is not a fault."""


class About(NamedTuple):
    """What is known of a code, whether a rule or the reader says it."""

    name: str
    level: Level
    says: str
    why: str
    source: str


def about(code: str) -> About:
    """What is known of a code. Raises KeyError for one that neither a rule nor the reader says."""
    rule = RULES.get(code)
    if rule is not None:
        return About(rule.name, rule.level, rule.says, rule.why, rule.source)
    from aiwei_cli.notice.codes import ADVICE, CODES

    return About(*READING[code], CODES[code], ADVICE[code].why, "aiwei 读公文")


LABELS: dict[Level, str] = {"error": "错误", "warning": "警告", "hint": "提示"}


def explained(one: Rule) -> str:
    """What ``aiwei explain`` says of a rule."""
    shown = (f"{word}：\n{_indented(text)}" for word, text in (("错", one.bad), ("对", one.good)))
    cure = "aiwei check --fix 可以改" if one.fixes else "请在原文里改"
    return "\n".join(
        (
            f"{one.code}　{one.says}（{one.name}，{LABELS[one.level]}）",
            f"为什么：{one.why}",
            f"依据：{one.source}",
            *shown,
            f"怎么办：{cure}",
        )
    )


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.rstrip("\n").split("\n"))


RULES: dict[str, Rule] = {}
"""The rules by their codes, in the order of the codes."""


def rule(
    code: str,
    name: str,
    level: Level,
    says: str,
    *,
    why: str,
    source: str,
    bad: str,
    good: str,
    fixes: bool = False,
    folds: bool = False,
) -> Callable[[Callable[[Case], Iterator[Breach]]], Callable[[Case], Iterator[Breach]]]:
    """Make a function a rule."""

    def make(find: Callable[[Case], Iterator[Breach]]) -> Callable[[Case], Iterator[Breach]]:
        assert code not in RULES, code
        RULES[code] = Rule(code, name, level, says, why, source, bad, good, find, fixes, folds)
        return find

    return make
