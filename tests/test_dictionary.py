"""Words looked up in jieba's dictionary where it lies, and what they do for the order of a search."""

from __future__ import annotations

import pytest

from aiwei_cli.query import dictionary
from aiwei_cli.query.dictionary import Dictionary

WORDS = Dictionary(["综合执法局", "龘爨局"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("参与会议组织工作", "参与 会议 组织 工作"),
        ("综合执法局整治户厕", "综合执法局 整治 户厕"),
        ("一体会", "一 体会"),
        ("一起来访", "一起 来访"),
        ("水利工程", "水利工程"),
        ("龘爨局整治", "龘爨局 整治"),
        ("综合执", "综合 执"),
        ("龘水利", "龘 水利"),
        ("整治  厕所，ABC-12", "整治 厕所 ABC 12"),
        ("", ""),
        ("，", ""),
    ],
)
def test_a_text_is_cut_into_its_most_probable_words(text: str, words: str) -> None:
    assert WORDS.cut(text) == words.split()


@pytest.mark.parametrize(
    ("text", "word", "stands"),
    [
        ("请与会代表", "与会", True),
        ("参与会议", "与会", False),
        ("公厕所在地", "厕所", False),
        ("旅游厕所", "厕所", True),
        ("兴修水利设施", "水", False),
        ("打一桶水", "水", True),
        ("市场监管理念", "管理", False),
        ("综合执法局负责", "执法", True),
        ("户厕", "户厕", True),
        ("综合执法局负责", "综合", True),
        ("综合执法局负责", "执法局", True),
        # how a longer one begins, or what is between two
        ("综合执法局负责", "综合执", False),
        ("一体会", "一体", False),
    ],
)
def test_characters_stand_as_a_word_or_in_two(text: str, word: str, stands: bool) -> None:
    at = text.index(word)
    assert WORDS.stands(text, at, at + len(word)) is stands


@pytest.mark.parametrize(("name", "whole"), [("综合执法局综合执法局水利", True), ("综合执法局综合执法局水利局", False)])
def test_a_word_has_at_most_twelve_letters(name: str, whole: bool) -> None:
    assert (Dictionary([name]).cut(name) == [name]) is whole


@pytest.mark.parametrize(("name", "stands"), [("龘爨龘爨龘水", False), ("爨龘爨龘爨龘水", True)])
def test_five_letters_beside_a_place_are_read_with_it(name: str, stands: bool) -> None:
    """What begins before them is not seen."""
    assert Dictionary([name]).stands(name, len(name) - 1, len(name)) is stands


def test_without_the_file_nothing_is_a_word_but_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "_file", lambda: (b"", 0))
    dictionary._looked_up.cache_clear()
    try:
        assert WORDS.cut("综合执法局整治") == ["综合执法局", "整治"] and WORDS.stands("参与会议", 1, 3)
    finally:
        dictionary._looked_up.cache_clear()
