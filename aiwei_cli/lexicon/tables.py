"""What is wrong with a ``tables.yaml``, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aiwei_cli.lexicon.titles import title_pattern
from aiwei_cli.lexicon.validate import words

_MOST = 20
"""The most signs around the word of a title."""


def problems(data: Mapping[str, Any]) -> list[str]:
    """The problems of a ``tables.yaml``; empty where it can be used."""
    found = list(words("contact", data["contact"]))
    found += [problem for name, part in data.items() if name != "contact" for problem in _part(name, part)]
    return found or [problem for name, part in data.items() if "last" in part for problem in _examples(name, part)]


def _part(name: str, part: Mapping[str, Any]) -> Iterator[str]:
    for key, value in part.items():
        if isinstance(value, int):
            if not 0 <= value <= _MOST:
                yield f"{name} 的 {key} 要是 0 到 {_MOST} 的数字"
        else:
            yield from words(f"{name} 的 {key}", value)
            if isinstance(value, list) and any(isinstance(word, str) and len(word.split()) != 1 for word in value):
                yield f"{name} 的 {key} 里的字样不能有空格：表头是去掉空格再认的"


def _examples(name: str, part: Mapping[str, Any]) -> Iterator[str]:
    known = title_pattern(part)
    for example in part["examples"]:
        if known.fullmatch(example) is None:
            yield f"{name} 认不出它自己的例子「{example}」"
