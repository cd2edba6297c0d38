"""What is wrong with a rule file, in Chinese: looked for when a user's own file is laid over the shipped one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aiwei_cli.parsing.numbering import expand, number_value, signs

_VALUES = ("chinese", "digit", "circled", "decimal")


def numbering(data: Mapping[str, Any]) -> list[str]:
    """The problems of a ``numbering.yaml``; empty where it can be used."""
    problems = [*_words("titles", data["titles"]), *_words("annexes", data["annexes"])]
    seen: set[str] = set()
    for entry in data["kinds"]:
        if not isinstance(entry, Mapping) or not {"kind", "level", "value", "pattern", "examples"} <= entry.keys():
            shown = entry.get("kind", entry) if isinstance(entry, Mapping) else entry
            problems.append(f"kinds 里的「{shown}」要写全 kind、level、value、pattern、examples")
            continue
        name = entry["kind"]
        if not isinstance(name, str) or not name or name in seen:
            problems.append(f"kinds 里「{name}」的名称要是没有用过的文字")
            continue
        seen.add(name)
        problems += [f"kinds 里「{name}」{problem}" for problem in _kind(entry)]
    return problems


def _kind(entry: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(entry["level"], int) or not 0 <= entry["level"] <= 9:
        yield "的 level 要是 0 到 9 的数字"
    if entry["value"] not in _VALUES:
        yield f"的 value 要是 {'、'.join(_VALUES)} 之一"
        return
    source = expand(str(entry["pattern"]))
    yield from _pattern(source, entry["examples"], whole=True)
    begins = entry.get("begins", "")
    if not isinstance(begins, str):
        yield "的 begins 要是文字（加引号）"
    elif begins and isinstance(entry["examples"], list):
        known = signs(begins) or ()
        if not all(str(example)[:1] in known for example in entry["examples"]):
            yield "的例子不以 begins 里的字开头"
    try:
        if re.compile(source).groups:
            yield "的 pattern 里不能有捕获的括号，请写成 (?:…)"
        if isinstance(entry["examples"], list) and not all(
            number_value(str(e), entry["value"]) for e in entry["examples"]
        ):
            yield "的例子按 value 数不出数来"
    except (re.error, ValueError, TypeError):
        yield "的例子按 value 数不出数来"


def roles(data: Mapping[str, Any]) -> list[str]:
    """The problems of a ``roles.yaml``; empty where it can be used."""
    problems: list[str] = []
    for part in ("verbs", "labels", "fields"):
        for name, words in data[part].items():
            problems += _words(f"{part} 的 {name}", words)
    for name in ("sure", "together", "organised"):
        problems += _words(name, data[name])
    problems += _words("persons 的 titles", data["persons"]["titles"])
    for name in ("surnames", "never_last"):
        problems += [] if data["persons"][name].isalpha() else [f"persons 的 {name} 只能是汉字，一个接一个"]
    problems += _words("document 的 henceforth", data["document"]["henceforth"])
    document = data["document"]
    groups = [data["adverbs"], data["standing"], data["others"], document["first_leads"], document["comma_leads"]]
    for entry in [entry for group in groups for entry in group]:
        problems += [f"「{_shown(entry)}」{problem}" for problem in _entry(entry, "")]
    for entry in document["all_below"]:
        problems += [f"「{_shown(entry)}」{problem}" for problem in _entry(entry, "offices")]
    return problems


def _entry(entry: Any, group: str) -> Iterator[str]:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("pattern"), str) or not entry.get("examples"):
        yield "要写全 pattern 和 examples"
        return
    yield from _pattern(entry["pattern"], entry["examples"], whole=False, group=group)


def _pattern(source: str, examples: Any, *, whole: bool, group: str = "") -> Iterator[str]:
    """The problems of a pattern: it must compile, match its examples, and not the empty text."""
    if not isinstance(examples, list) or not examples:
        yield "的 examples 要是一个列表"
        return
    try:
        compiled = re.compile(source)
    except re.error as error:
        yield f"的 pattern 不是正确的正则表达式：{error}"
        return
    if compiled.fullmatch(""):
        yield "的 pattern 连空文字也认"
    if group and group not in compiled.groupindex:
        yield f"的 pattern 里要有 (?P<{group}>…)"
    for example in examples:
        match = compiled.match(f"{example}一") if whole else compiled.search(str(example))
        if match is None:
            yield f"的 pattern 认不出它自己的例子「{example}」"


def _words(where: str, words: Any) -> Iterator[str]:
    if not isinstance(words, Sequence) or isinstance(words, str):
        yield f"{where} 要是一个列表"
        return
    for word in words:
        if not isinstance(word, str) or not word:
            yield f"{where} 里的「{word}」要是文字（加引号）"


def _shown(entry: Any) -> str:
    return str(entry.get("pattern", entry)) if isinstance(entry, Mapping) else str(entry)
