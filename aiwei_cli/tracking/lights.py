"""Lights: what is due soon, what is late; by ``rules/lights.yaml``. A light always comes with its word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from aiwei_cli.errors import UsageError
from aiwei_cli.records import NamedTuple
from aiwei_cli.tracking import CANCELLED, DONE, STATUSES, UNREPORTED

LIGHTS = ("红", "黄", "绿", "灰")
RED, YELLOW, GREEN, GREY = LIGHTS


def light(status: str, due: str | None, day: str, rules: Mapping[str, Any]) -> str:
    """The light of a task on a day. ``rules`` is the content of lights.yaml.

    >>> rules = {"yellow_days": 3, "done": "绿", "cancelled": "灰", "undated": "灰"}
    >>> [light("推进中", due, "2024-06-10", rules) for due in ("2024-06-09", "2024-06-13", "2024-06-14", None)]
    ['红', '黄', '绿', '灰']
    """
    if status == DONE:
        return str(rules["done"])
    if status == CANCELLED:
        return str(rules["cancelled"])
    if not due:
        return str(rules["undated"])
    if due < day:
        return RED
    return YELLOW if due <= later(day, rules["yellow_days"]) else GREEN


def later(day: str, days: int) -> str:
    """The day so many days later, or the last day that there is."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return "9999-12-31"


def days_late(due: str, day: str) -> int:
    """How many days after its date a day is; negative before it."""
    return (date.fromisoformat(day) - date.fromisoformat(due)).days


def light_words(status: str, due: str | None, day: str, rules: Mapping[str, Any]) -> str:
    """The light with what it means: 红（逾期3天）, 黄（还有2天）, 绿."""
    colour = light(status, due, day, rules)
    if colour == RED and due and status not in (DONE, CANCELLED):
        return f"{colour}（逾期{days_late(due, day)}天）"
    if colour == YELLOW and due:
        left = -days_late(due, day)
        return f"{colour}（{f'还有{left}天' if left else '今天到期'}）"
    return colour


class Lamps(NamedTuple):
    """The lights of all tasks on one day."""

    day: str
    rules: Mapping[str, Any]
    """The content of lights.yaml."""
    fixed: bool = False
    """Whether this day was asked for; otherwise a page that is opened later uses its reader's day."""

    def words(self, status: str, due: str | None) -> str:
        """The light of a task with what it means."""
        return light_words(status, due, self.day, self.rules)

    def for_page(self) -> dict[str, Any]:
        """What the script of a page needs to say the same."""
        of = {DONE: self.rules["done"], CANCELLED: self.rules["cancelled"]}
        rest = {key: self.rules[key] for key in ("undated", "yellow_days")}
        return {"day": self.day, "fixed": self.fixed, "of": of, **rest}


def read_light(written: str) -> str:
    """A light by its word. Raises UsageError for anything else."""
    names = {
        name: colour
        for colour, also in zip(LIGHTS, ("red", "yellow", "green", "grey"), strict=True)
        for name in (colour, f"{colour}灯", f"{colour}色", also)
    }
    found = names.get(written.strip().lower())
    if found is None:
        raise UsageError(f"没有“{written}”这种灯；可用：红、黄、绿、灰")
    return found


def status_of(written: str, rules: Mapping[str, Any]) -> str | None:
    """The status that a word means; None where it means none."""
    word = "".join(written.split())
    if word in STATUSES:
        return word
    return next((status for status, others in rules["statuses"].items() if word in others), None)


def read_status(written: str, rules: Mapping[str, Any], *, asked: bool = False) -> str:
    """The same where it has to be one; what is ``asked`` for may also be 未反馈. UsageError for anything else."""
    if asked and "".join(written.split()) == UNREPORTED:
        return UNREPORTED
    found = status_of(written, rules)
    if found is None:
        known = "、".join((UNREPORTED, *STATUSES) if asked else STATUSES)
        raise UsageError(f"没有“{written}”这种状态；可用：{known}")
    return found
