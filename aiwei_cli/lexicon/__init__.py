"""Rules: what a user may want to change, read from YAML.

The shipped files are in ``rules/``. A user's own folder (``--rules DIR``, ``$AIWEI_RULES``) is laid over them: a file
of the same name adds to it, lists before the shipped ones, so that what the user says wins. What is made of the
data is in :mod:`aiwei_cli.compiled`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from aiwei_cli.errors import RulesError
from aiwei_cli.resources import cache_folder, folder

NAMES = ("numbering", "roles", "prose", "offices", "header", "tables", "compare", "checks", "lights")


def read_rules(extra: Path | None = None) -> Mapping[str, Mapping[str, Any]]:
    """The data of the shipped rules, with those of the folder ``extra`` laid over them.

    Raises RulesError where the folder does not exist, or a file is no YAML or has not the shape of the shipped one.
    """
    data = _shipped()
    if extra is not None:
        if not extra.is_dir():
            raise RulesError(f"{extra}: 没有这个规则文件夹；请用 --rules 或 AIWEI_RULES 给出一个存在的文件夹")
        own = [path for path in sorted(extra.iterdir()) if path.suffix in (".yaml", ".yml")]
        for path in own:
            if path.stem not in NAMES:
                raise RulesError(f"{path}: 不认识的规则文件；可用的文件名：{'、'.join(f'{n}.yaml' for n in NAMES)}")
            data[path.stem] = _lay(_read(path), data[path.stem], str(path))
            _check(path.stem, data[path.stem], path)
    return data


def _shipped() -> dict[str, Mapping[str, Any]]:
    """The data of the shipped files: from the cache where it is of the same files, since reading YAML takes longer than
    all the rest.

    The cache is marshalled, as Python's own .pyc files are. ``marshal`` runs nothing that it reads, but trusts it: so
    only what was written whole (by the checksum before it) in a folder of the user's own is read.
    """
    import marshal
    from zlib import crc32

    paths = [folder("rules") / f"{name}.yaml" for name in NAMES]
    stamp = [(str(path), status.st_mtime_ns, status.st_size) for path in paths for status in (path.stat(),)]
    home = cache_folder()
    # Each installation has its own, or two would write over one another's at every run.
    which = f"{sys.version_info[0]}.{sys.version_info[1]}-{crc32(str(paths[0]).encode('utf-8', 'surrogatepass')):08x}"
    cache = home / f"rules-{which}" if home else None
    if cache is not None:
        try:
            content = cache.read_bytes()
            if crc32(content[4:]).to_bytes(4, "big") == content[:4]:
                saved_stamp, data = marshal.loads(content[4:])
                if saved_stamp == stamp:
                    return cast("dict[str, Mapping[str, Any]]", data)
        except (OSError, ValueError, EOFError, TypeError):
            pass
    data = {name: _read(path) for name, path in zip(NAMES, paths, strict=True)}
    if cache is not None:
        content = marshal.dumps([stamp, data])
        _save(cache, crc32(content).to_bytes(4, "big") + content)
    return data


def _save(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; a cache that cannot be written is no error."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)


def _read(path: Path) -> Mapping[str, Any]:
    import yaml

    from aiwei_cli.plain_yaml import is_endless, is_too_deep, loader

    if not path.is_file():
        raise RulesError(f"{path}: 是文件夹、管道或设备，不是文件；请把规则存为 UTF-8 编码的 YAML 文件")
    try:
        text = path.read_text(encoding="utf-8-sig")
        if is_too_deep(text) or is_endless(text):
            raise RulesError(f"{path}: 层次太深，或用了别名（*名称）；规则里不用这些，请改成直接写出内容")
        content = yaml.load(text, Loader=loader())
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{path}: 读不了这个规则文件（{error}）；请存为 UTF-8 编码的 YAML 文件") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else "某处"
        raise RulesError(f"{path}: {place}不是正确的 YAML；请检查缩进、冒号后的空格和引号") from error
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise RulesError(f"{path}: 规则文件的最外层应当是「名称: 内容」；请参照随附的 {path.name}")
    return content


def _lay(own: Any, shipped: Any, place: str) -> Any:
    """``own`` over ``shipped``: mappings key by key, lists one before the other, anything else replaced."""
    if isinstance(shipped, Mapping):
        if not isinstance(own, Mapping):
            raise RulesError(f"{place}: 这里应当是「名称: 内容」")
        unknown = own.keys() - shipped.keys()
        if unknown:
            raise RulesError(
                f"{place}: 不认识的项目 {'、'.join(sorted(map(str, unknown)))}；可用：{'、'.join(shipped)}"
            )
        return {key: _lay(own[key], value, f"{place} {key}") if key in own else value for key, value in shipped.items()}
    if isinstance(shipped, list):
        if not isinstance(own, list):
            raise RulesError(f"{place}: 这里应当是一个列表")
        return [*own, *shipped]
    if type(own) is not type(shipped):
        raise RulesError(f"{place}: 这里应当是{'文字' if isinstance(shipped, str) else '数字'}")
    return own


def _check(name: str, data: Mapping[str, Any], path: Path) -> None:
    from aiwei_cli.lexicon.tables import problems as tables
    from aiwei_cli.lexicon.validate import checks, compare, header, lights, numbering, prose, roles
    from aiwei_cli.offices import validate as offices

    validators: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
        "numbering": numbering,
        "roles": roles,
        "prose": prose,
        "offices": offices,
        "header": header,
        "tables": tables,
        "compare": compare,
        "checks": checks,
        "lights": lights,
    }
    problems = validators[name](data)
    if problems:
        raise RulesError(f"{path}: {problems[0]}")
