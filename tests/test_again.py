"""What is remembered of words that were read before gives the same answers as reading them anew."""

from __future__ import annotations

import random

import pytest

from aiwei_cli.compiled import Rules
from aiwei_cli.language.chars import CLOSING, OPENING
from aiwei_cli.language.signs import all_occurrences, occurrences, pairs
from aiwei_cli.lexicon import read_rules
from aiwei_cli.parsing import parse
from aiwei_cli.parsing.clauses.brackets import outermost

CLAUSES = (
    "（水利局（张三）、住建局 李四负责）",
    "（县水利局牵头，王五、住建局按职责配合）",
    "（甲县水利局（局长赵六）包干）",
    "责任单位：水利局、住建局（钱七）",
    "（承办单位：县水利局）",
    "（社区）",
)


@pytest.mark.parametrize("seed", range(5))
def test_a_text_says_the_same_when_its_words_were_read_elsewhere(seed: int) -> None:
    drawn = random.Random(seed)
    texts = []
    for _ in range(8):
        items = [f"{n}.清淤{drawn.choice(CLAUSES)}{drawn.choice(('。', '', ' '))}" for n in range(1, 6)]
        texts.append(drawn.choice(("\n", "\n\n")).join(items))
    used = Rules(read_rules(None))
    drawn.shuffle(texts)
    for text in texts + texts[::-1]:
        assert parse(text, rules=used).to_dict() == parse(text, rules=Rules(used.data)).to_dict()


@pytest.mark.parametrize("seed", range(20))
def test_places_and_brackets_are_those_of_a_slow_search(seed: int) -> None:
    drawn = random.Random(seed)
    text = "".join(drawn.choices(OPENING[:3] + CLOSING[:3] + "甲乙丙丁戊\n", k=60))
    for signs in (OPENING, CLOSING):
        slow = [at for at, sign in enumerate(text) if sign in signs]
        assert occurrences(text, signs) == list(all_occurrences(text, signs)) == slow
        assert occurrences(text, signs, 7, 40) == [at for at in slow if 7 <= at < 40]
    opened, closing = pairs(text)
    slow_pairs = [(at, -1) for at, _ in opened]  # each is looked at by the pattern
    assert outermost(text, opened, closing) == outermost(text, slow_pairs, closing)
