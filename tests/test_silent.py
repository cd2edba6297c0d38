"""Words that were meant to assign are read, or told: whatever verb or label they have, whichever bracket is lost."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from effort import tries
from hypothesis import given
from hypothesis import strategies as st

from aiwei_cli.notice.model import Notice, Span
from aiwei_cli.parsing import parse

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "data" / "notice_2023.txt").read_text("utf-8")
RULES = yaml.safe_load((ROOT / "rules" / "roles.yaml").read_text("utf-8"))
VERBS = sorted({verb for verbs in RULES["verbs"].values() for verb in verbs}, key=len, reverse=True)
VERB = re.compile(f"(?:{'|'.join(VERBS)})(?=[，、；）])")
UNKNOWN = st.text("挑扛盯兜揽顶接补", min_size=2, max_size=4)
"""No rule knows a word of these letters."""


def spans(notice: Notice) -> list[Span]:
    return sorted(span for node in notice.walk() for span in node.clauses)


def written(notice: Notice, start: int, end: int) -> list[str]:
    duties = [duty for node in notice.walk() for duty in node.own_duties]
    return sorted(duty.written for duty in duties if start <= duty.span[0] < end)


NOTICE = parse(TEXT)
CLAUSES = [span for span in spans(NOTICE) if VERB.search(TEXT[slice(*span)])]
assert len(CLAUSES) > 20


def changed(first: int, change: dict[str, str]) -> tuple[str, list[tuple[Span, Span]]]:
    """The text with every third clause changed, and where these were and are."""
    pieces, places, here, length = [], [], 0, 0
    for start, end in CLAUSES[first::3]:
        clause = change["before"] + VERB.sub(change["verb"], TEXT[start + 1 : end - 1]) + "）"
        pieces += [TEXT[here:start], clause]
        length += start - here
        places.append(((start, end), (length, length + len(clause))))
        length += len(clause)
        here = end
    return "".join([*pieces, TEXT[here:]]), places


def silent(text: str, places: list[tuple[Span, Span]]) -> list[str]:
    """The clauses of which an office is lost without a word."""
    notice = parse(text)
    told = [each.span for each in notice.diagnostics if each.code in ("C001", "C002")]
    found = []
    for before, now in places:
        lost = written(notice, *now) != written(NOTICE, *before)
        if lost and not any(start < now[1] and end > now[0] for start, end in told):
            found.append(text[slice(*now)])
    return found


@tries(30)
@given(UNKNOWN, st.integers(0, 2))
def test_clauses_with_a_verb_that_nobody_knows(verb: str, first: int) -> None:
    assert silent(*changed(first, {"before": "（", "verb": verb})) == []


@tries(30)
@given(UNKNOWN, st.sampled_from(["", "单位", "科室"]), st.integers(0, 2))
def test_clauses_with_a_label_that_nobody_knows(label: str, tail: str, first: int) -> None:
    assert silent(*changed(first, {"before": f"（{label}{tail}：", "verb": ""})) == []


VERBS_MORE = ("跟办", "查处", "负责到底", "牵头抓", "参与共建")
"""The first end like an office, the others begin with a verb that is known."""


def test_verbs_like_other_words() -> None:
    found = [silent(*changed(first, {"before": "（", "verb": verb})) for verb in VERBS_MORE for first in range(3)]
    assert found == [[]] * 3 * len(VERBS_MORE)


def test_a_lost_bracket() -> None:
    """Without either bracket each clause is read as before, or told."""
    found = []
    for start, end in CLAUSES:
        for at in (start, end - 1):
            now = (start, end - 1)
            found += silent(TEXT[:at] + TEXT[at + 1 :], [((start, end), now)])
    assert found == []
