"""What clauses and sentences say, a line each: ``said/*.txt``, words → what is read of them.

The words come after ``1.修路。``, or stand by themselves after ``@``; ⏎ is a line break, ␣ a wide blank, and {某*9} the
same nine times. What is read is what a person would say of it: 牵头 水利局；配合 财政局. 时限 is followed by its day or
its rule, ·文 is said of a duty that prose states, ·承 of one that is inherited; 疑 is what is reported. Nothing after →
is nothing read and nothing reported. Lines in a row that differ in one place show both sides of a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import pytest

from aiwei_cli.notice.model import Deadline, Duty, Node, Person
from aiwei_cli.parsing import parse

ROLES = {"lead": "牵头", "responsible": "负责", "support": "配合"}
NOTED = ("T001", "T002", "O001")
"""That nothing is numbered, nobody assigned or an office unknown is not told here."""


def sections() -> dict[str, dict[str, str]]:
    """By file and heading: what is to be read of which words."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((Path(__file__).parent / "said").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("# "):
                lines = found.setdefault(f"{path.stem}: {line[2:]}", {})
            elif line:
                words, _, wanted = line.partition(" →")
                assert words not in lines, words
                lines[words] = wanted.strip()
    return found


SECTIONS = sections()


def text(words: str) -> str:
    words = re.sub(r"\{(.+?)\*(\d+)\}", lambda found: found[1] * int(found[2]), words)
    words = words.replace("⏎", "\n").replace("␣", "　")
    return words.removeprefix("@") if words.startswith("@") else f"1.修路。{words}\n"


def _kind(duty: Duty) -> str:
    return ROLES[duty.role] + "·文" * (duty.stated == "prose") + "·承" * duty.inherited


def _of(duties: Iterable[Duty], deadlines: Iterable[Deadline], persons: Iterable[Person] = ()) -> str:
    told = [f"{kind} {'、'.join(duty.written for duty in those)}" for kind, those in groupby(duties, _kind)]
    own = [each for each in deadlines if not each.inherited]
    told += ["=".join(filter(None, (f"时限 {each.written}", each.date, each.recurs))) for each in own]
    told += [f"{each.role or '人'} {each.name}" for each in persons if not each.inherited]
    return "；".join(told)


def said(words: str) -> str:
    """What is read of a line's words."""
    read = parse(text(words))
    nodes = list(read.walk())

    def named(node: Node) -> str:
        own = _of(node.duties, node.deadlines, node.persons)
        return f"{node.id} {own}" if own and len(nodes) > 1 else own

    doubts = "、".join(each.code for each in read.diagnostics if each.code not in NOTED)
    return "｜".join(filter(None, (_of(read.duties, read.deadlines), *map(named, nodes), doubts and f"疑 {doubts}")))


def misread(section: str) -> dict[str, tuple[str, str]]:
    """Words → what is read of them, and what is wanted."""
    found = {words: (said(words), wanted) for words, wanted in SECTIONS[section].items()}
    return {words: pair for words, pair in found.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("section", SECTIONS)
def test_what_is_said(section: str) -> None:
    assert misread(section) == {}
