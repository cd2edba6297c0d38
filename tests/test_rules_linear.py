"""Time: what repeats something that can match in two ways is refused, and no word of the rules makes a text slow.

No time is measured: the texts are of 200 characters, of which a second is a hundred times what each may take. What
would be exponential never comes back, and is stopped. ``benchmarks/words.py`` has the ratios.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from aiwei_cli.compiled import load
from aiwei_cli.errors import RulesError
from aiwei_cli.language.linear import problem
from aiwei_cli.language.numerals import filled_in
from aiwei_cli.parsing import parse

SEED = 7
PAIRS = 150
TIMES = 60
LENGTH = 200
GUARD = 1
"""Seconds for one text. The slowest needs a few milliseconds."""
WHOLE = 300
"""Seconds for all texts of a test. They need about ten."""

REFUSED = {
    "a repeat of a repeat": "(?:认+)+",
    "a repeat of what may be nothing": "(?:认*)*",
    "a repeat of what begins like another": "(?:认真|认真地)+",
    "a repeat of the same twice": "(?:认真|认真)+",
    "a repeat of what is put together of others": "(?:认|真|认真)*地",
    "a repeat that ends in what it begins with": r"(?:\d+年?)+",
    "groups change nothing": r"([^\W\d_]+)*$",
    "inside what must follow": "(?=(?:认+)+真)认",
    "inside an atomic group, before more": "(?>(?:认+)+真)",
    "inside what may be left out": "认(?:(?:认+)+真)?",
    "an atomic group beside what begins like it": "(?:(?>认|认真)地|认真地)+",
    "a bounded repeat of a repeat": "(?:认{1,5}){1,50}",
    "bounded repeats in one another": "(?:(?:认|认认){0,4}){0,4}真",
    "a repeat beside one that takes the same": ".*.*真",
    "blanks on both sides of nothing": r"按\s*(?:照)?\s*\s*办",
    "groups beside one another": "(.*)(.*)真",
    "many that may be left out": "认?" * 12 + "真",
    "what was read before": r"(认真|切实)\1",
}
ACCEPTED = {
    "words": "认真|切实|认真地",
    "a repeat of one word": "(?:认真)+",
    "a repeat of words that begin alike": "(?:职责|职能)+地",
    "a repeat of a list": "(?:、[^、]+)+",
    "a repeat with an end that may be left out": "(?:各自?)+地",
    "a repeat that is possessive": "(?:认+)++",
    "a repeat in an atomic group": "(?>(?:认+)+)真",
    "a repeat of a possessive one": "(?:认++)+真",
    "a repeat of an atomic group": "(?:(?>认|认真))+地",
    "repeats that take other words": r"\d+[年月]*[^\d年月]*日",
    "a repeat with words between": "列.*前.*牵头",
    "short repeats": "列[^，]{0,8}(?:单位)?为",
    "a bounded number": "[0-9]{4}年(?:[0-9]{2}月)*",
    "letters of either case": "(?i:asap)+",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_pattern_that_can_match_in_two_ways_is_refused(tmp_path: Path, name: str) -> None:
    pattern = REFUSED[name]
    re.compile(pattern)
    assert "请" in problem(pattern)
    own = f"others:\n- pattern: '{pattern}'\n  examples: [认]\n"
    (tmp_path / "roles.yaml").write_text(own, "utf-8")
    with pytest.raises(RulesError) as told:
        load(tmp_path)
    assert problem(pattern) in str(told.value)
    assert str(tmp_path / "roles.yaml") in str(told.value)


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_pattern_that_matches_in_one_way_is_accepted(name: str) -> None:
    assert problem(ACCEPTED[name]) == ""


def test_a_number_that_can_match_in_two_ways_is_refused(tmp_path: Path) -> None:
    kind = "{kind: task, level: 1, value: digit, pattern: '任务(?:{d})+：', examples: ['任务1：']}"
    (tmp_path / "numbering.yaml").write_text(f"kinds:\n- {kind}\n", "utf-8")
    with pytest.raises(RulesError, match="请把反复写成占有式"):
        load(tmp_path)


def patterns(value: Any) -> Iterator[str]:
    """The patterns of a rule file, wherever they are."""
    if isinstance(value, dict):
        yield from [filled_in(value["pattern"])] if "pattern" in value else []
        for each in value.values():
            yield from patterns(each)
    elif isinstance(value, list):
        for each in value:
            yield from patterns(each)


@pytest.mark.parametrize("source", [each for name in ("roles", "numbering") for each in patterns(load().data[name])])
def test_the_patterns_that_are_shipped_match_in_one_way(source: str) -> None:
    assert problem(source) == ""


# -- texts -------------------------------------------------------------------------------------------------------------


def words(value: Any) -> Iterator[str]:
    """Each word and example of a rule file."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key != "pattern":
                yield from words(each)
    elif isinstance(value, list):
        for each in value:
            yield from words(each)
    elif isinstance(value, str):
        yield value


def texts() -> Iterator[str]:
    """Each word, and pairs drawn by seed, sixty times after each way to open a clause, and what fits nothing last."""
    data = load().data["roles"]
    known = list(dict.fromkeys(words({key: value for key, value in data.items() if key != "persons"})))
    known += data["persons"]["titles"]
    draw = random.Random(SEED)
    pairs = ["".join(draw.sample(known, 2)) for _ in range(PAIRS)]
    stems = [stem for role in data["verbs"] for stem in data["labels"][role]]
    opened = ["（", "(", "【", "（水利局", "1.（水利局", "责任单位：", "1.（", *(f"（{stem}" for stem in stems)]
    for at, word in enumerate([*known, *pairs]):
        # Every word after the plain bracket and label, and after some of the stems in turn.
        for open_ in [
            "1.治水（",
            "1.治水（水利局",
            "责任单位：",
            *(opened[(at + step) % len(opened)] for step in (0, 9, 17)),
        ]:
            yield open_ + (word * TIMES)[: LENGTH - len(open_) - 8] + "做水利局甲乙）。"
    for stem in stems:
        for tail in ("单位", "责任单位", "负责单位"):
            yield f"1.治水（{stem}" + (tail * TIMES)[:180] + "水利局）。"


def read_all(step: int) -> None:
    """Parse one of ``step`` texts. Where one takes longer than the guard, the process is killed after it said which."""
    parse("1.清淤（水利局负责）。")
    print(f"guard {GUARD}", flush=True)
    for text in islice(texts(), 0, None, step):
        print(text, file=sys.stderr, flush=True)
        # Python's own handler would wait until the pattern comes back: the system's ends the process.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, GUARD)
        parse(text)
        signal.setitimer(signal.ITIMER_REAL, 0)
    print("done")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no alarm")
@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.long(reason="some five thousand texts"))])
def test_no_word_of_the_rules_makes_a_text_slow(step: int) -> None:
    path = os.pathsep.join([str(Path(__file__).resolve().parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    ran = subprocess.run(
        [sys.executable, "-c", f"import test_rules_linear; test_rules_linear.read_all({step})"],
        capture_output=True,
        timeout=WHOLE,
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
    )
    slow = ran.stderr.splitlines()[-1:]
    assert "done" in ran.stdout, f"not read within {GUARD} s: {slow}"
