"""What ``aiwei parse``, ``aiwei export`` and ``aiwei add`` wrote before.

Notices come as trees (YAML, JSON, JSONL), as rows of an export (the same, and CSV and TSV) and as a ledger (SQLite).
The loaders are safe ones, and what is still dangerous about YAML is refused: aliases, by which a small file can grow
endless. Dates stay the strings they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.model import Notice
from aiwei_cli.notice.tree import DEEPEST, sound
from aiwei_cli.reading.budget import Budget

OTHER = (
    "不是 aiwei parse 写的公文（没有 schema: aiwei.notice.v1），也不是 aiwei export 写的表；"
    "请给出公文的原文件，或用 aiwei parse --format yaml、json、jsonl 写的文件"
)


def notices(text: str, budget: Budget | None = None) -> Iterator[tuple[str, Notice]]:
    """(kind, notice) for each notice in the text; the kind is yaml, json, jsonl, csv or tsv.

    Raises ReadError where the text is no notice, naming the document or the line that is at fault.
    """
    budget = budget or Budget(source=len(text))
    start = text.lstrip()
    if start.startswith(("{", "[")):
        budget.elements(sum(map(text.count, ",[{")) // 4)
        kind, trees = _json(text)
    elif start.startswith(("notice,", "notice\t")):
        budget.elements(sum(map(text.count, ",\t\n")) // 4)
        kind, trees = _separated(start)
    else:
        budget.elements(sum(map(text.count, ",[{\n")))
        kind, trees = "yaml", _yaml(text)
    if not trees:
        raise ReadError(f"里面没有公文：{OTHER}")
    if isinstance(trees[0][1], dict) and "schema" not in trees[0][1]:
        yield from ((kind, notice) for notice in _from_rows(trees))
        return
    for place, tree in trees:
        try:
            yield kind, Notice.from_dict(tree)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            if not isinstance(tree, dict) or "schema" not in tree:
                raise ReadError(f"{place}{OTHER}") from None
            raise ReadError(f"{place}内容不合 aiwei.notice.v1 的格式：{error}；请用 aiwei parse 重新生成") from None
        except RecursionError:
            raise ReadError(f"{place}层次太深，不是 aiwei 写的公文；请用 aiwei parse 重新生成") from None


def ledger_notices(origin: str | bytes, name: str, *, all_versions: bool = False) -> Iterator[Notice]:
    """The notices of a ledger: the path of a file, or its bytes. Raises ReadError, with the name before it."""
    from aiwei_cli.query.which import Which
    from aiwei_cli.store.query import Ledger

    yield from Ledger(origin, Which(all_versions=all_versions), name=name).notices()


def _from_rows(trees: list[tuple[str, Any]]) -> Iterator[Notice]:
    """The notices that were exported as rows. A row that lacks what it should say is not one of them."""
    from aiwei_cli.query.rows import is_row, notices_from_rows
    from aiwei_cli.reading.tables.exported import translated

    trees = [(place, translated(row) if isinstance(row, dict) else row) for place, row in trees]
    for place, row in trees:
        # Rows of a search have the same places and no text.
        if not is_row(row) or not row.keys() & {"text", "item"}:
            raise ReadError(f"{place}{OTHER}")
        if str(row["id"]).count("/") >= DEEPEST:
            raise ReadError(f"{place}编号的层次太深，不是 aiwei 写的；请用 aiwei export 重新导出")
        if not all(sound(value) for value in row.values() if isinstance(value, str | int)):
            raise ReadError(f"{place}里面有半个字符或过大的数，不是 aiwei 写的；请用 aiwei export 重新导出")
    try:
        yield from notices_from_rows(row for _, row in trees)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReadError(f"表里的内容不是 aiwei export 写的样子：{error}；请用 aiwei export 重新导出") from None


def _separated(text: str) -> tuple[str, list[tuple[str, Any]]]:
    """The rows of a CSV or TSV file."""
    import csv

    from aiwei_cli.query.rows import rows_from_separated

    try:
        rows = rows_from_separated(text)
    except csv.Error as error:
        raise ReadError(f"不是完整的 CSV（{error}）；文件可能被改坏，请用 aiwei export 重新导出") from None
    kind = "tsv" if text.startswith("notice\t") else "csv"
    return kind, [(f"第 {number} 行：", row) for number, row in enumerate(rows, 2)]


def _json(text: str) -> tuple[str, list[tuple[str, Any]]]:
    """The trees of a JSON file, or of a file with one JSON value a line."""
    import json

    try:
        value = json.loads(text)
        return "json", [("", value)] if not isinstance(value, list) else _numbered(value, "个")
    except RecursionError:
        raise ReadError("JSON 层次太深，不是 aiwei 写的公文；请用 aiwei parse 重新生成") from None
    except ValueError as error:
        whole = error
    trees = []
    for number, line in enumerate(text.split("\n"), 1):  # U+2028 and its like are inside strings
        if not line.strip():
            continue
        try:
            trees.append((f"第 {number} 行：", json.loads(line)))
        except (ValueError, RecursionError):
            if trees:
                raise ReadError(f"第 {number} 行不是完整的 JSON；文件可能没有写完，请用 aiwei parse 重新生成") from None
            place = f"第 {getattr(whole, 'lineno', 1)} 行第 {getattr(whole, 'colno', 1)} 列"
            raise ReadError(f"{place}不是合法的 JSON；文件可能没有写完或被改坏，请用 aiwei parse 重新生成") from None
    return "jsonl", trees


def _yaml(text: str) -> list[tuple[str, Any]]:
    """The trees of a YAML file."""
    import yaml

    from aiwei_cli.plain_yaml import is_endless, is_too_deep, loader

    if is_too_deep(text):
        raise ReadError("YAML 层次太深，不是 aiwei 写的公文；请用 aiwei parse 重新生成")
    try:
        if is_endless(text):
            raise ReadError("YAML 里用了别名（*名称），aiwei 不会这样写，为安全起见不读；请用 aiwei parse 重新生成")
        trees = [tree for tree in yaml.load_all(text, loader()) if tree is not None]
        if len(trees) == 1 and isinstance(trees[0], list):
            return _numbered(trees[0], "个")
        return _numbered(trees, "份")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else "文件里"
        raise ReadError(f"{place}不是合法的 YAML；文件可能没有写完或被改坏，请用 aiwei parse 重新生成") from None
    except (yaml.YAMLError, ValueError, RecursionError, TypeError):
        raise ReadError("不是合法的 YAML；文件可能没有写完或被改坏，请用 aiwei parse 重新生成") from None


def _numbered(trees: list[Any], unit: str) -> list[tuple[str, Any]]:
    """The trees with their places, where there are several."""
    if len(trees) == 1:
        return [("", trees[0])]
    return [(f"第 {number} {unit}：", tree) for number, tree in enumerate(trees, 1)]
