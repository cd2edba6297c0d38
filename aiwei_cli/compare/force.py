"""How strictly a task is said: numbers, modal verbs and how often, 60 个工作日 → 50 个工作日, 鼓励 → 应当."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from aiwei_cli.language.chars import HAN
from aiwei_cli.records import record

_AMOUNT = re.compile(rf"(?<![\d.])(\d+(?:\.\d+)?)(?![\d.年])\s*(%|％|‰|[{HAN}]{{1,4}})")

Direction = Literal["up", "down"]


@record
class ForceChange:
    """A measure that became stricter (``up``) or milder (``down``), with the words of both plans."""

    direction: Direction
    old: str
    new: str


def force_changes(old: str, new: str, rules: Mapping[str, Any]) -> list[ForceChange]:
    """What became stricter or milder between two wordings of one task. ``rules`` is the content of compare.yaml."""
    found = list(_amounts(old, new, rules["less_is_stricter"]))
    for scale in (rules["force"], rules["often"]):
        before, after = _highest(old, scale), _highest(new, scale)
        if before and after and before[0] != after[0]:
            found.append(ForceChange("up" if after[0] > before[0] else "down", before[1], after[1]))
    return found


def _amounts(old: str, new: str, less_is_stricter: Sequence[str]) -> Iterator[ForceChange]:
    """Amounts of one thing that both wordings give once, and differently."""
    before, after = _measured(old, less_is_stricter), _measured(new, less_is_stricter)
    for thing, number in before.items():
        other = after.get(thing)
        if number and other and float(number) != float(other):
            less = thing in less_is_stricter
            direction: Direction = "up" if (float(other) > float(number)) != less else "down"
            yield ForceChange(direction, number + thing, other + thing)


def _measured(text: str, units: Sequence[str]) -> dict[str, str]:
    """What is counted, by the signs after the number, and how much; empty where there are several."""
    found: dict[str, str] = {}
    for match in _AMOUNT.finditer(text):
        thing = next((unit for unit in units if match[2].startswith(unit)), match[2][:3])
        found[thing] = "" if thing in found and found[thing] != match[1] else match[1]
    return found


def _highest(text: str, scale: Sequence[Sequence[str]]) -> tuple[int, str] | None:
    """The strictest level of a scale that the text uses, and the word."""
    for level in range(len(scale) - 1, -1, -1):
        word = next((word for word in scale[level] if word in text), None)
        if word is not None:
            return level, word
    return None
