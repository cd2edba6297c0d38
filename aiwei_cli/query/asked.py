"""What is asked, as people write it: a role by any of its names, a day, a place in the outline, words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aiwei_cli.errors import UsageError
from aiwei_cli.language.chars import CIRCLED, half_width, rounded
from aiwei_cli.language.numerals import LARGE, UNITS
from aiwei_cli.language.roles import CALLED, CALLED_STATED
from aiwei_cli.notice.model import ROLES, STATED, Role, Stated

ROLE_OF: dict[str, Role] = {word: role for role in ROLES for word in CALLED[role].split()}
"""What people call a role, and its name."""

STATED_OF: dict[str, Stated] = {word: stated for stated in STATED for word in CALLED_STATED[stated].split()}
"""What people call the place where a duty is stated, and its name."""

_NUMBER = rf"第[{LARGE}\d]{{1,6}}[{UNITS}]|（(?:[{LARGE}]{{1,6}}|\d{{1,4}})）|[{LARGE}]{{1,6}}|\d{{1,4}}）?|[{CIRCLED}]"


def number_path(written: str) -> tuple[str, ...] | None:
    """The numbers of a place as in ids, or None where the words are no numbers.

    >>> number_path("一、/(二)/3.")
    ('一', '（二）', '3')
    >>> number_path("组织开展的活动") is None
    True
    """
    path = tuple(_bare(number) for number in _folded(written.split("#")[0]).split("/"))
    return path if all(re.fullmatch(_NUMBER, number) for number in path) else None


def _folded(words: str) -> str:
    return half_width(rounded(words))


def _bare(number: str) -> str:
    return "".join(number.split()).rstrip("、.．，,")


def id_path(node_id: str) -> tuple[str, ...]:
    """An id as :func:`number_path` gives numbers; without the mark of a repeat."""
    return tuple(_bare(part.partition("#")[0]) for part in _folded(node_id).split("/"))


def holds_path(node_id: str, path: tuple[str, ...]) -> bool:
    """Whether the numbers of a path follow each other in an id."""
    full = id_path(node_id)
    return any(full[start : start + len(path)] == path for start in range(len(full)))


def typed_path(written: str) -> tuple[str, ...] | None:
    """The numbers of a place, also where they are typed without what divides them; None where the words are none.

    >>> typed_path("一（一）6"), typed_path("1/1/6")
    (('一', '（一）', '6'), ('1', '1', '6'))
    """
    path: list[str] = []
    for part in _folded(written.split("#")[0]).split("/"):
        rest = "".join(part.split())
        if not re.fullmatch(rf"(?:(?:{_NUMBER})[、.．，,]?){{1,9}}", rest):
            return None
        path += [match[0] for match in re.finditer(_NUMBER, rest)]
    return tuple(path)


def counted_path(path: Iterable[str]) -> tuple[int, ...]:
    """What each number of a place counts: 一 and （一） and 1 are 1."""
    from aiwei_cli.language.numerals import counted as count

    return tuple(count(number, "circled" if re.match(f"[{CIRCLED}]", number) else "digit") for number in path if number)


def squeezed(text: str) -> str:
    """A text without white space and in one case: how it is set does not matter to a search."""
    return "".join(text.split()).casefold()


def read_role(written: str) -> Role:
    """A role by any of its names. Raises UsageError for any other word."""
    role = ROLE_OF.get(written.strip().lower())
    if role is None:
        raise UsageError(
            f"没有“{written}”这种责任；可用：牵头（lead）、负责（responsible）、配合（support），也可写主办、责任单位、协办等"
        )
    return role


def read_stated(written: str) -> Stated:
    """Where a duty is stated, by any of its names. Raises UsageError for any other word."""
    stated = STATED_OF.get(written.strip().lower())
    if stated is None:
        raise UsageError(f"--stated 不能是“{written}”；可用：分工条款（clause）、任务表（table）、正文（prose）")
    return stated


_DATE = r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?"


def read_date(written: str) -> str:
    """A day as ISO date: 2023-07-01, 2023年7月1日, 2023-07 (its first day). Raises UsageError for anything else."""
    found = re.fullmatch(_DATE, _folded("".join(written.split())))
    if found:
        from datetime import date

        year, month, day = (int(part) if part else 1 for part in found.groups())
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            pass
    raise UsageError(f"“{written}”不是日期；请写成 2023-07-01 或 2023年7月1日")
