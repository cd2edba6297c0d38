"""YAML, by PyYAML's C classes.

The pure Python dumper writes some characters (U+0085) so that they read back wrong, so it is never used in their place.
Whatever a reader of another version of YAML might take for a number, a date or a truth value is quoted, ids and numbers
always. The small mappings of a tree (a duty, a deadline) are on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TextIO

from aiwei_cli.errors import AiweiError
from aiwei_cli.notice.model import Notice
from aiwei_cli.query.table import Table
from aiwei_cli.write import Format, Style
from aiwei_cli.write.json_ import table_rows

_QUOTED_KEYS = {"id", "number", "document_number", "date", "due", "编号", "序号", "截止日期"}
# 1.10, 0o17, 1e3, 12:30, .5, -1, and the words that are truth values or nothing in some version.
_TAKEN_FOR_OTHER = re.compile(r"[\d.+-].*|y|n|yes|no|on|off|true|false|null|~|[<=]", re.I)
_STR, _MAP, _SEQ = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq"))


def write_table(table: Table, out: TextIO, format: Format, style: Style) -> None:
    """A list of rows. It is written row by row, so that a long table needs little memory."""
    empty = True
    for row in table_rows(table, style):
        out.write(_dump([row], rows=True))
        empty = False
    if empty:
        out.write("[]\n")


def write_notices(notices: Iterable[Notice], out: TextIO, format: Format, *, single: bool) -> None:
    """Each notice as a document; a line of three hyphens before each but the first."""
    for number, notice in enumerate(notices):
        if number:
            out.write("---\n")
        out.write(_dump(notice.to_dict(), rows=False))


def write_value(value: Any, out: TextIO, format: Format) -> None:
    """Any plain data as one document."""
    out.write(_dump(value, rows=False))


def _dump(data: Any, *, rows: bool) -> str:
    import yaml

    dumper = _dumper(rows)
    try:
        text: str = yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False, width=1 << 30)
    except UnicodeEncodeError:  # half of a surrogate pair, from a file name: no encoding can write it
        text = yaml.dump(_whole(data), Dumper=dumper, allow_unicode=True, sort_keys=False, width=1 << 30)
    return text


def _whole(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _whole(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_whole(value) for value in data]
    return data.encode("utf-8", "replace").decode() if isinstance(data, str) else data


@lru_cache(maxsize=2)
def _dumper(rows: bool) -> Any:
    """The dumper class for trees or for rows: rows are long, so none of them is on one line."""
    import yaml

    base: Any = getattr(yaml, "CSafeDumper", None)
    if base is None:
        raise AiweiError("PyYAML 没有带 C 扩展，写不出可靠的 YAML；请重装 pyyaml，或改用 --format json")

    class Dumper(base):  # type: ignore[misc]
        def ignore_aliases(self, data: Any) -> bool:
            return True

    def string(dumper: Any, value: str) -> Any:
        if "\n" in value:
            return dumper.represent_scalar(_STR, value, style="|")
        return dumper.represent_scalar(_STR, value, style="'" if _TAKEN_FOR_OTHER.fullmatch(value) else None)

    def mapping(dumper: Any, value: dict[str, Any]) -> Any:
        pairs = []
        for key, item in value.items():
            if key in _QUOTED_KEYS and isinstance(item, str):
                node = dumper.represent_scalar(_STR, item, style="'")
            else:
                node = dumper.represent_data(item)
            pairs.append((dumper.represent_data(key), node))
        flow = not rows and "children" not in value and "schema" not in value
        return yaml.MappingNode(_MAP, pairs, flow_style=flow)

    def sequence(dumper: Any, value: list[Any]) -> Any:
        flow = not any(isinstance(item, dict) for item in value)
        return yaml.SequenceNode(_SEQ, [dumper.represent_data(item) for item in value], flow_style=flow)

    Dumper.add_representer(str, string)
    Dumper.add_representer(dict, mapping)
    Dumper.add_representer(list, sequence)
    return Dumper
