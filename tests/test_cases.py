"""Each style of a notice, as small as shows the point: ``cases/NAME.txt``, and what is to be read of it: ``NAME.yaml``.

To add a case is to add two files. ``why``, ``nodes`` and ``duties`` must be there; what else the YAML names (the keys
of ``LOOK``) is checked too, and what it does not name of ``NOTHING_ELSE`` is not to be read: no deadline, no person, no
doubt. ``unsaid: [keys]`` names those of which a case says nothing. ``xfail: reason`` marks a case that is known to
fail, ``lossy: reason`` one whose parts are known not to give the source back; once it passes, the mark must go.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from places import astray

from aiwei_cli.notice.model import Deadline, Duty, Notice
from aiwei_cli.notice.parts import parts, verify
from aiwei_cli.parsing import parse
from aiwei_cli.write import FORMATS, write_notices

CASES = Path(__file__).parent / "cases"
# In C where there is one: four hundred cases are read before the first test.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NAMES = sorted(path.stem for path in CASES.glob("*.txt"))


@cache
def notice(name: str) -> Notice:
    # No newline is translated: the line ends of a case are part of it.
    return parse((CASES / f"{name}.txt").read_bytes().decode("utf-8"))


@cache
def wanted(name: str) -> dict[str, Any]:
    data = yaml.load((CASES / f"{name}.yaml").read_text("utf-8"), LOADER)
    assert isinstance(data, dict)
    return data


def _duties(read: Notice) -> Iterable[tuple[str, Duty]]:
    yield from (("-", duty) for duty in read.duties)
    for node in read.walk():
        yield from ((node.id, duty) for duty in node.duties)


def _deadlines(read: Notice) -> Iterable[tuple[str, Deadline]]:
    yield from (("-", deadline) for deadline in read.deadlines)
    for node in read.walk():
        yield from ((node.id, deadline) for deadline in node.deadlines)


def _offices(read: Notice, want: dict[str, list[str]]) -> dict[str, list[str]]:
    own = [(i, duty.office) for i, duty in _duties(read) if not duty.inherited and duty.stated != "prose"]
    return {node_id: [office for owner, office in own if owner == node_id] for node_id in want}


def _titles(read: Notice, want: list[Any]) -> list[Any]:
    """The ids; with its title where the case names one."""
    named = {node_id for entry in want if isinstance(entry, dict) for node_id in entry}
    return [{node.id: node.title} if node.id in named else node.id for node in read.walk()]


def _citations(read: Notice, want: Any) -> list[Any]:
    nodes = [("-", read.citations), *((node.id, node.citations) for node in read.walk())]
    return [[node_id, each.title, each.document_number] for node_id, found in nodes for each in found]


def _inherited(read: Notice, want: list[list[str]]) -> list[list[str]]:
    """The rule as far as the case quotes it."""
    found = [[node_id, d.role, d.written, d.rule or ""] for node_id, d in _duties(read) if d.inherited]
    for given, row in zip(want, found, strict=False):
        fragment = given[3] if len(given) > 3 else ""
        row[3:] = [fragment][: len(given) - 3] if fragment in row[3] else [row[3]]
    return found


def _diagnostics(read: Notice, want: list[list[Any]]) -> list[list[Any]]:
    """Unknown offices, and that there is no number or no duty at all, only where the case speaks of it."""
    asked = {code for code, _ in want}
    return [[each.code, each.line] for each in read.diagnostics if each.code in asked or each.code not in _OF_THE_WHOLE]


_OF_THE_WHOLE = ("O001", "T001", "T002")
LOOK: dict[str, Callable[[Notice, Any], Any]] = {
    "nodes": _titles,
    "duties": lambda read, _: [
        [i, d.role, d.written] for i, d in _duties(read) if not d.inherited and d.stated != "prose"
    ],
    "rules": lambda read, _: [[i, d.written, d.rule] for i, d in _duties(read) if d.rule and not d.inherited],
    "prose": lambda read, _: [[i, d.role, d.written] for i, d in _duties(read) if d.stated == "prose"],
    "title": lambda read, _: read.title,
    "issuer": lambda read, _: read.issuer,
    "document_number": lambda read, _: read.document_number,
    "date": lambda read, _: read.date,
    "year": lambda read, _: read.year,
    "addressees": lambda read, _: list(read.addressees),
    "preamble": lambda read, _: read.preamble,
    "closing": lambda read, _: read.closing,
    "plans": lambda read, _: [plan.title for plan in read.plans],
    "signature": lambda read, _: list(read.signature),
    "annexes": lambda read, _: list(read.annexes),
    "copies": lambda read, _: list(read.copies),
    "offices": _offices,
    "recurs": lambda read, _: [[i, d.written, d.recurs] for i, d in _deadlines(read) if d.recurs],
    "deadlines": lambda read, _: [[i, d.written, d.date] for i, d in _deadlines(read) if not d.inherited],
    "inherited": _inherited,
    "citations": _citations,
    "diagnostics": _diagnostics,
    "numbers": lambda read, want: {node.id: node.number for node in read.walk() if node.id in want},
    "levels": lambda read, want: {node.id: node.level for node in read.walk() if node.id in want},
    "lines": lambda read, want: {node.id: node.line for node in read.walk() if node.id in want},
    "texts": lambda read, want: {node.id: node.text for node in read.walk() if node.id in want},
    "layout": lambda read, _: [read.text[start:end] for start, end in read.layout],
    "astray": lambda read, _: astray(read),
    "persons": lambda read, _: [
        [node.id, each.role, each.name] for node in read.walk() for each in node.persons if not each.inherited
    ],
}
NOTHING_ELSE: dict[str, Any] = {
    **dict.fromkeys(("title", "issuer", "document_number", "date")),
    **dict.fromkeys(("preamble", "closing"), ""),
    **{key: [] for key in ("prose", "deadlines", "recurs", "citations", "persons", "diagnostics", "inherited")},
    **{key: [] for key in ("addressees", "plans", "signature", "annexes", "copies", "astray")},
}
"""What a case that does not name it wants."""


def compare(read: Notice, want: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What was read otherwise than wanted: key → (read, wanted)."""
    nothing = {key: value for key, value in NOTHING_ELSE.items() if key not in want.get("unsaid", ())}
    found = {key: (LOOK[key](read, value), value) for key, value in {**nothing, **want}.items() if key in LOOK}
    return {key: pair for key, pair in found.items() if pair[0] != pair[1]}


def _marked(key: str) -> list[Any]:
    """The names, those of cases known to fail with their strict xfail."""
    known = {name: wanted(name)[key] for name in NAMES if key in wanted(name)}
    return [
        pytest.param(name, marks=pytest.mark.xfail(reason=known[name], strict=True)) if name in known else name
        for name in NAMES
    ]


def test_every_case_has_both_files_and_says_why() -> None:
    assert sorted(path.stem for path in CASES.glob("*.yaml")) == NAMES
    assert len(NAMES) >= 90
    for name in NAMES:
        want = wanted(name)
        assert want.keys() >= {"why", "nodes", "duties"}, name
        assert want.keys() <= {"why", "xfail", "lossy", "unsaid", *LOOK}, name


@pytest.mark.parametrize("name", _marked("xfail"))
def test_case(name: str) -> None:
    assert compare(notice(name), wanted(name)) == {}


@pytest.mark.parametrize("name", _marked("lossy"))
def test_nothing_is_lost(name: str) -> None:
    """Also where the reading is known to be wrong."""
    read = notice(name)
    covered = verify(read)
    assert (covered.ok, covered.coverage, covered.problems) == (True, 1.0, ())
    assert "".join(read.text[start:end] for start, end in (part.span for part in parts(read))) == read.text


@pytest.mark.parametrize("name", NAMES)
def test_ids_survive_yaml(name: str) -> None:
    read = notice(name)
    out = io.StringIO()
    write_notices([read], out, FORMATS["yaml"], single=True)
    again = Notice.from_dict(yaml.load(out.getvalue(), LOADER))
    assert [node.id for node in again.walk()] == [node.id for node in read.walk()]
    assert again.to_dict() == read.to_dict()
