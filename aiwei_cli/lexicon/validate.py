"""What is wrong with a rule file, in Chinese: looked for when a user's own file is laid over the shipped one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aiwei_cli.language import linear
from aiwei_cli.language.numerals import counted, filled_in, signs_in

_VALUES = ("chinese", "digit", "circled", "decimal")
_TOO_LARGE = (OverflowError, RecursionError)
"""What ``re.compile`` raises for a count or a nesting beyond all measure."""


def numbering(data: Mapping[str, Any]) -> list[str]:
    """The problems of a ``numbering.yaml``; empty where it can be used."""
    problems = [*words("titles", data["titles"]), *words("annexes", data["annexes"])]
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
    source = filled_in(str(entry["pattern"]))
    yield from _pattern(source, entry["examples"], whole=True)
    begins = entry.get("begins", "")
    if not isinstance(begins, str):
        yield "的 begins 要是文字（加引号）"
    elif begins and isinstance(entry["examples"], list):
        known = signs_in(begins) or ()
        if not all(str(example)[:1] in known for example in entry["examples"]):
            yield "的例子不以 begins 里的字开头"
    try:
        if re.compile(source).groups:
            yield "的 pattern 里不能有捕获的括号，请写成 (?:…)"
        if isinstance(entry["examples"], list) and not all(counted(str(e), entry["value"]) for e in entry["examples"]):
            yield "的例子按 value 数不出数来"
    except (re.error, ValueError, TypeError, *_TOO_LARGE):
        yield "的例子按 value 数不出数来"


_GROUPS = {"all_below": "offices", "marked_leads": "mark"}
"""The named group that the patterns of a list must have, because the reader asks for it."""


def roles(data: Mapping[str, Any]) -> list[str]:
    """The problems of a ``roles.yaml``; empty where it can be used."""
    problems = list(_part("", data))
    return problems or list(_related(data))


def prose(data: Mapping[str, Any]) -> list[str]:
    """The problems of a ``prose.yaml``; empty where it can be used."""
    return list(_part("", data))


def compare(data: Mapping[str, Any]) -> list[str]:
    """The problems of a ``compare.yaml``; empty where it can be used."""
    scales = [(name, row) for name in ("functions", "force", "often") for row in data[name]]
    lists = [("less_is_stricter", data["less_is_stricter"]), ("collectives", data["collectives"])]
    return [problem for name, listed in (*scales, *lists) for problem in words(name, listed)]


def lights(data: Mapping[str, Any]) -> list[str]:
    """The problems of a ``lights.yaml``; empty where it can be used."""
    scales = data["statuses"].items()
    problems = [problem for status, listed in scales for problem in words(f"statuses {status}", listed)]
    if not 0 <= data["yellow_days"] <= 366:
        problems.append(f"yellow_days 是天数，从 0 到 366，不能是 {data['yellow_days']}")
    keys = [key for key in ("done", "cancelled", "undated") if data[key] not in ("红", "黄", "绿", "灰")]
    return [*problems, *(f"{key} 只能是 红、黄、绿、灰，不能是“{data[key]}”" for key in keys)]


def header(data: Mapping[str, Any]) -> list[str]:
    """The problems of a ``header.yaml``; empty where it can be used."""
    return list(_part("", data))


def checks(data: Mapping[str, Any]) -> list[str]:
    """The problems of a ``checks.yaml``; empty where it can be used."""
    problems = [
        problem
        for name in ("ignore", "ignore_text", "required", "sections", "names", "no_role", "vague")
        for problem in words(name, data[name])
    ]
    problems += [
        f"required 里的「{wanted}」不认识；可写 deadline（完成时限）、owner（责任单位）"
        for wanted in data["required"]
        if wanted not in ("deadline", "owner")
    ]
    for entry in data["words"]:
        if isinstance(entry, Mapping) and "pattern" in entry:
            problems += [f"words 里的「{_shown(entry)}」{problem}" for problem in _entry(entry, "")]
            continue
        word = entry.get("word") if isinstance(entry, Mapping) else entry
        better = entry.get("better", "") if isinstance(entry, Mapping) else ""
        # Written as the names of offices.yaml are, it would be a word that occurs nowhere.
        paired = isinstance(entry, str) and "=" in entry
        if not isinstance(word, str) or not word or not isinstance(better, str) or paired:
            problems.append(f"words 里的「{entry}」要写成 {{word: 不用的词, better: 该用的词}}")
    return problems


def _part(where: str, value: Any) -> Iterator[str]:
    """The problems of a part of the file, by its shape: no list of words or patterns is left out, whatever its name.

    A user's own entries come first and the shipped ones last: so the last one tells what the list holds.
    """
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _part(f"{where} 的 {name}" if where else name, part)
    elif isinstance(value, str):
        if not value.isalpha():
            yield f"{where} 只能是汉字，一个接一个"
    elif isinstance(value, Sequence) and value and isinstance(value[-1], Mapping):
        group = _GROUPS.get(where.rpartition(" ")[2], "")
        for entry in value:
            yield from (f"「{_shown(entry)}」{problem}" for problem in _entry(entry, group))
        if not group:
            yield from _joined(where, value)
    else:
        yield from words(where, value)


def _joined(where: str, entries: Sequence[Any]) -> Iterator[str]:
    """Patterns of one list are tried as one: what is right alone may not be so beside the others."""
    try:
        re.compile("|".join(f"(?:{entry['pattern']})" for entry in entries if "pattern" in entry))
    except (re.error, TypeError, KeyError) as error:
        yield f"{where} 的各条 pattern 合不到一起：{error}；整条的标志（如 (?i)）请写成 (?i:…)，括号的名称不要重复"
    except _TOO_LARGE:
        yield f"{where} 的各条 pattern 合起来太长；请写短些"


def _related(data: Mapping[str, Any]) -> Iterator[str]:
    """Problems of words that only mean something where another list has them too."""
    verbs = {verb for words in data["verbs"].values() for verb in words}
    stems = {stem for role in data["verbs"] for stem in data["labels"][role]}
    for word in data["sure"]:
        if word not in verbs:
            yield f"sure 里的「{word}」还要写进 verbs 的 lead、responsible 或 support，才知道是什么角色"
    for word in data["labels"]["alone"]:
        if word not in stems:
            yield f"labels 的 alone 里的「{word}」还要写进 labels 的 lead、responsible 或 support，才知道是什么角色"


def _entry(entry: Any, group: str) -> Iterator[str]:
    if isinstance(entry, Mapping) and ("words" in entry or "first" in entry):
        for key in ("words",) if "words" in entry else ("first", "inside", "last", "more"):
            yield from words(f"的 {key}", entry.get(key))
        return
    if not isinstance(entry, Mapping) or not isinstance(entry.get("pattern"), str) or not entry.get("examples"):
        yield "要写全 pattern 和 examples"
        return
    if "needs" in entry:
        yield from words("的 needs", entry["needs"])
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
    except _TOO_LARGE:
        yield "的 pattern 太长，或者重复的次数太大；请写短些"
        return
    slow = linear.problem(source)
    if slow:
        yield f"的 pattern {slow}"
        return
    if compiled.fullmatch(""):
        yield "的 pattern 连空文字也认"
    if group and group not in compiled.groupindex:
        yield f"的 pattern 里要有 (?P<{group}>…)"
    for example in examples:
        match = compiled.match(f"{example}一") if whole else compiled.search(str(example))
        if match is None:
            yield f"的 pattern 认不出它自己的例子「{example}」"


def words(where: str, found: Any) -> Iterator[str]:
    """The problems of a list of words."""
    if not isinstance(found, Sequence) or isinstance(found, str):
        yield f"{where} 要是一个列表"
        return
    for word in found:
        if not isinstance(word, str) or not word:
            yield f"{where} 里的「{word}」要是文字（加引号）"


def _shown(entry: Any) -> str:
    return str(entry.get("pattern", entry)) if isinstance(entry, Mapping) else str(entry)
