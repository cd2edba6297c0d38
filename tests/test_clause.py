"""Clauses: the table of states is complete, and each threshold has a text on both its sides."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from aiwei_cli.compiled import load
from aiwei_cli.notice.parts import verify
from aiwei_cli.parsing import parse
from aiwei_cli.parsing.clauses.table import TABLE, Phrases
from aiwei_cli.parsing.clauses.tokens import Kind, Token

STATES = {state for state, _ in TABLE}
NEVER = {("verb first", kind) for kind in ("person", "task", "time")}
"""Where verbs come first every phrase is a verb and offices, or the clause is not read so."""


def duties(text: str) -> list[tuple[str, str]]:
    return [(duty.role, duty.written) for node in parse(text).walk() for duty in node.own_duties]


@pytest.mark.parametrize(("state", "kind"), sorted(set(product(STATES, get_args(Kind))) - NEVER))
def test_every_state_has_a_row_for_every_kind(state: str, kind: str) -> None:
    after, _ = TABLE[state, kind]
    assert after in STATES or (after, kind) == ("done", "end")


def test_the_tokens_of_a_clause() -> None:
    words = "6月底前完成，水利局会同住建局按职责负责，分管领导配合"
    tokens = load().grammar.lexer.tokens(words, 0, len(words), tasks=True)
    assert [(token.kind, words[token.start : token.end]) for token in tokens] == [
        ("time", "6月底前完成"),
        ("names", "水利局"),
        ("together", "会同"),
        ("names", "住建局"),
        ("verb", "负责"),
        ("person", "分管领导"),
        ("verb", "配合"),
        ("end", ""),
    ]


def test_a_token_of_an_unknown_kind_is_no_silent_loss() -> None:
    grammar = load().grammar
    reader = Phrases.__new__(Phrases)
    reader.state, reader.lexer = "open", grammar.lexer
    with pytest.raises(KeyError):
        reader.run([Token("rank", 0, 1)], 0, 1)  # type: ignore[arg-type]


NAME = "某某技术开发区投资"
SIDES = {
    "a task after a verb: 30 letters": (
        f"1.甲（水利局牵头{'清' * 30}，住建局配合）。",
        [("lead", "水利局"), ("support", "住建局")],
        f"1.甲（水利局牵头{'清' * 31}，住建局配合）。",
        [],
    ),
    "an unknown name before a verb: 8 letters": (
        "1.甲（十五运三亚赛事专员牵头）。"[:4] + "十五运三亚赛事牵头）。",
        [("lead", "十五运三亚赛事")],
        "1.甲（十五运三亚赛事专项牵头）。",
        [],
    ),
    "an unknown name after a label: 24 letters": (
        f"1.甲（责任单位：{NAME}{'联' * 15}）。",
        [("responsible", f"{NAME}{'联' * 15}")],
        f"1.甲（责任单位：{NAME}{'联' * 16}）。",
        [],
    ),
    "words before the first label: 6 characters": (
        "1.甲（各项工作分别责任单位：远帆物流）。",
        [("responsible", "远帆物流")],
        "1.甲（各项工作分别之责任单位：远帆物流）。",
        [],
    ),
    "letters before the stem of a label: 4": (
        "1.甲。\n指标任务责任单位：远帆物流",
        [("responsible", "远帆物流")],
        "1.甲。\n指标任务的责任单位：远帆物流",
        [],
    ),
    "the rule for a document before its 下同: 80 characters": (
        f"列第一位者为牵头单位，{'甲' * 69}下同。\n1.乙（水利局、住建局负责）。",
        [("lead", "水利局"), ("responsible", "住建局")],
        f"列第一位者为牵头单位，{'甲' * 70}下同。\n1.乙（水利局、住建局负责）。",
        [("responsible", "水利局"), ("responsible", "住建局")],
    ),
    "a clause that is never closed: 200 characters": (
        f"1.甲（{'、'.join(f'市{n}局' for n in '水林农商教科文体' * 5)}负责",
        [("responsible", f"市{n}局") for n in "水林农商教科文体" * 5],
        f"1.甲（{'、'.join(f'市{n}局' for n in '水林农商教科文体' * 7)}负责",
        [],
    ),
}


@pytest.mark.parametrize("name", SIDES)
def test_both_sides_of_a_threshold(name: str) -> None:
    inside, read, outside, otherwise = SIDES[name]
    assert (duties(inside), duties(outside)) == (read, otherwise)


def test_a_doubt_names_the_unknown_word_and_the_cure() -> None:
    found = [d.message for d in parse("1.清淤。（水利局包干）\n2.绿化。（补位单位：林业局）\n").diagnostics]
    assert "不认得动词「包干」，可在 roles.yaml 的 verbs 里加一行" in found[1]
    assert "不认得字段名「补位单位」，可在 roles.yaml 的 labels 里加一行" in found[2]


def test_a_label_in_a_rule_is_of_its_clause() -> None:
    notice = parse("1.修路（列第一为牵头（保障处室：一处））。\n2.清淤（水利局负责）。")
    assert [len(node.clauses) for node in notice.body] == [1, 1] and verify(notice).ok
