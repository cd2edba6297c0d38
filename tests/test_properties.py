"""Any text at all: it parses, nothing of it is lost, and what is said of it points into it."""

from __future__ import annotations

import io
import json

import pytest
import yaml
from effort import tries
from fuzzing import faults, texts, vocabulary
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from aiwei_cli.notice.model import Notice
from aiwei_cli.notice.schema import schema
from aiwei_cli.parsing import parse
from aiwei_cli.write import FORMATS, write_notices

VALIDATOR = Draft202012Validator(schema())
PIECES = st.one_of(*(st.sampled_from(group) for group in vocabulary()))
MADE = st.lists(PIECES, max_size=30).map("".join)
ANY = st.text(max_size=120)


@tries(300)
@given(ANY)
def test_any_text(text: str) -> None:
    assert faults(text) == []


@tries(500)
@given(MADE)
def test_texts_made_of_the_words_of_the_rules(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "1.修路。责任单位：水利局；配合单位：一、做好落实。",  # the tokens of a verb and a stranger are not in order
        "1.修路。（水利局负责）财政局配合）",  # half a bracket after a clause
        "：国发〔2020〕15号",  # the label of a number is lost, its colon is not
        "关于印发工作要点的通知：国发〔2020〕15号\n一、修路。",  # the same after a title
        "（配合部门：〔负责（市管理局落实单位部门：局辦）)",  # and those after a half
        "（牵头：负责(负责科室：（三））)",  # brackets in the brackets of a phrase
        "4、 水利局<r>牵头）参与单位：财政局",  # a clause begins in the blanks after a number
    ],
)
def test_the_smallest_of_texts_that_were_at_fault(text: str) -> None:
    assert faults(text) == []


@tries(100)
@given(st.lists(st.one_of(MADE, ANY), min_size=8, max_size=14), st.integers(15, 45))
def test_texts_cut_at_the_width_of_a_page(paragraphs: list[str], width: int) -> None:
    lines = [p[at : at + width] for p in paragraphs for at in range(0, len(p), width)]
    assert faults("\n".join(lines)) == []


@tries(100)
@given(MADE, st.integers(5, 40))
def test_texts_without_line_breaks(text: str, times: int) -> None:
    assert faults("".join(text.split("\n")) * times) == []


@pytest.mark.parametrize(
    "count", [200, pytest.param(1000, marks=pytest.mark.long(reason="a thousand texts, each parsed twice"))]
)
def test_seeded_texts(count: int) -> None:
    """The first of those that ``benchmarks/fuzz.py`` tries."""
    wrong = {text: found for text in texts(seed=0, count=count) if (found := faults(text))}
    assert wrong == {}


@tries(100)
@given(st.one_of(MADE, ANY))
def test_the_tree_is_as_the_schema_says_and_survives_json_and_yaml(text: str) -> None:
    notice = parse(text)
    tree = notice.to_dict()
    assert [error.message for error in VALIDATOR.iter_errors(tree)] == []
    assert json.loads(json.dumps(tree)) == tree
    out = io.StringIO()
    write_notices([notice], out, FORMATS["yaml"], single=True)
    assert yaml.safe_load(out.getvalue()) == tree
    assert Notice.from_dict(tree).to_dict() == tree
