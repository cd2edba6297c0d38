"""Lists of names in ``rules/offices.yaml``: how they are read, what they must look like, and the table made of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from aiwei_cli.language.chars import rounded
from aiwei_cli.records import NamedTuple


class Entry(NamedTuple):
    """One entry of a list of names; ``names[0]`` is the canonical one."""

    names: tuple[str, ...]
    successor: str | None = None
    until: int | None = None


def fold(name: str) -> str:
    """The name without white space and with full-width brackets: the form that all tables use.

    Brackets are written in every style, and a line or page may break inside a name.
    """
    return rounded("".join(name.split()))


def entries(items: Iterable[Any]) -> Iterator[Entry]:
    """The entries of a list in ``offices.yaml``, written 正式名称 = 简称 简称 or as a mapping."""
    for item in items:
        if isinstance(item, str):
            name, _, rest = rounded(item).partition("=")
            yield Entry((name.strip(), *rest.split()))
            continue
        name = fold(item["name"])
        successor, until = item.get("successor"), item.get("until")
        yield Entry((name, *map(fold, item.get("aliases", ()))), fold(successor) if successor else None, until)
        for former in item.get("formerly", ()):
            yield Entry((fold(former["name"]),), name, former.get("until"))


class NameTable:
    """Names to canonical names. Entries that share a name are one; the first entry's name is the canonical one."""

    def __init__(self, items: Iterable[Any]) -> None:
        self.canonical: dict[str, str] = {}
        self.successor: dict[str, str] = {}
        self.until: dict[str, int] = {}
        known = self.canonical
        for names, successor, until in entries(items):
            target = next((known[name] for name in names if name in known), names[0])
            for name in names:
                known.setdefault(name, target)
            if successor is not None and successor not in names:
                self.successor.setdefault(target, successor)
                if until is not None:
                    self.until.setdefault(target, until)

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for name, target in self.canonical.items():
            groups.setdefault(target, []).append(name)
        return groups

    def neighbours(self, name: str) -> list[str]:
        """The office that succeeded this one, and those that it succeeded."""
        found = [old for old, new in self.successor.items() if self.canonical.get(new, new) == name]
        if name in self.successor:
            found.append(self.canonical.get(self.successor[name], self.successor[name]))
        return found


_NAMES = ("offices", "central", "subjects", "departments", "kinds", "branches", "branch_tails", "endings")
_WORDS = ("central_prefixes", "levels", "subordinate")
_SIGNS = ("organs", "bodies", "others", "places", "last")
"""The groups of ``ends`` that are single characters."""
_GROUPS = {
    "collectives": ("heads", "tails"),
    "never": ("whole", "starts", "has"),
    "ends": (*_SIGNS, "words"),
    "ranks": ("low", "high"),
    "shortened": ("words", "before"),
}
_FIELDS = {"name": str, "aliases": list, "until": int, "successor": str, "formerly": list}


def validate(data: Mapping[str, Any]) -> list[str]:
    """What is wrong with the content of an offices.yaml, in Chinese, naming the entry; empty where nothing is."""
    problems = [f"缺少 {key}" for key in (*_NAMES, *_WORDS, *_GROUPS, "looks") if key not in data]
    if problems:
        return problems
    for key in _NAMES:
        if not isinstance(data[key], list):
            problems.append(f"{key} 应当是一个列表")
            continue
        for number, entry in enumerate(data[key], 1):
            problems += [f"{key} 第 {number} 条{_shown(entry)}：{problem}" for problem in _faults(entry)]
    for key in _WORDS:
        problems += _unlike_words(key, data[key])
    for key, parts in _GROUPS.items():
        for part in parts:
            words = data[key].get(part) if isinstance(data[key], Mapping) else None
            problems += _unlike_words(f"{key} 的 {part}", words)
            if part in _SIGNS and isinstance(words, list):
                long = [word for word in words if isinstance(word, str) and len(word) > 1]
                problems += [f"{key} 的 {part} 里的「{word}」要是一个字；几个字的写在 words 里" for word in long]
    for number, group in enumerate(data["looks"] if isinstance(data["looks"], list) else [None], 1):
        for part in ("ends", "but"):
            words = group.get(part) if isinstance(group, Mapping) else None
            problems += _unlike_words(f"looks 第 {number} 组的 {part}", words)
    return problems


def _shown(entry: Any) -> str:
    name = entry.get("name") if isinstance(entry, Mapping) else entry
    return f"（{name}）" if isinstance(name, str) else ""


def _faults(entry: Any) -> list[str]:
    if isinstance(entry, str):
        return [] if fold(entry.partition("=")[0]) else ["等号前面应当有正式名称，如：城市管理办公室 = 城管办"]
    if not isinstance(entry, Mapping):
        return ["应当写成「正式名称 = 简称」或 {name: 正式名称, aliases: [简称]}；是数字的名称请加引号"]
    faults = [f"不认识的项目 {key}；可用：{'、'.join(_FIELDS)}" for key in entry if key not in _FIELDS]
    if not (isinstance(entry.get("name"), str) and fold(entry["name"])):
        faults.append("缺少 name（正式名称）")
    for key, kind in _FIELDS.items():
        if key in entry and key != "name" and not isinstance(entry[key], kind):
            faults.append(f"{key} 应当是{ {list: '一个列表', int: '年份', str: '一个名称'}[kind] }")
    aliases = entry.get("aliases")
    if isinstance(aliases, list):
        faults += [
            f"aliases 里的 {alias!r} 不是名称" for alias in aliases if not (isinstance(alias, str) and fold(alias))
        ]
    formerly = entry.get("formerly")
    for former in formerly if isinstance(formerly, list) else ():
        if not (isinstance(former, Mapping) and isinstance(former.get("name"), str)):
            faults.append("formerly 里的每一项应当写成 {name: 原名称, until: 年份}")
    return faults


def _unlike_words(place: str, words: Any) -> list[str]:
    if not isinstance(words, list):
        return [f"{place} 应当是一个列表"]
    return [f"{place} 里的 {word!r} 应当是文字" for word in words if not (isinstance(word, str) and word)]
