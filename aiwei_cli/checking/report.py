"""Findings as other programs take them: text, JSON, GitHub annotations, SARIF 2.1.0, rdjson, and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from aiwei_cli.checking.rule import LABELS, Finding, Level, about
from aiwei_cli.notice.fields import Cell
from aiwei_cli.plain_text import one_line
from aiwei_cli.query.table import Column, Table
from aiwei_cli.records import NamedTuple
from aiwei_cli.write.cells import printable

FORMATS = ("text", "json", "github", "sarif", "rdjson", "xlsx", "csv", "md", "html", "docx")
_GITHUB: dict[Level, str] = {"error": "error", "warning": "warning", "hint": "notice"}
_SARIF: dict[Level, str] = {"error": "error", "warning": "warning", "hint": "note"}
_RDJSON: dict[Level, str] = {"error": "ERROR", "warning": "WARNING", "hint": "INFO"}


class FileFinding(NamedTuple):
    """A finding and the file that it is in."""

    file: str
    finding: Finding
    place: str | None
    """Where a person finds it in a file whose lines nobody sees: 第12段; None for plain text."""
    words: str
    """The words of the source."""


def text_line(found: FileFinding) -> str:
    """``file:line:col: CODE message``, as compilers write it; in Word and PDF the place instead of line and column."""
    one = found.finding
    where = found.place or f"{one.line}:{one.column}"
    return printable(one_line(f"{found.file}:{where}: {one.code} {one.message}"))


def as_data(found: FileFinding) -> dict[str, Any]:
    """A finding as plain data; ``lines`` where several are folded into one, ``place`` where lines say nothing."""
    one = found.finding
    data: dict[str, Any] = {
        "file": found.file,
        "line": one.line,
        "column": one.column,
        "code": one.code,
        "name": one.name,
        "level": one.level,
        "message": one.message,
        "span": list(one.span),
    }
    if one.lines:
        data["lines"] = list(one.lines)
    if found.place:
        data["place"] = found.place
    if one.fix is not None:
        data["fix"] = one.fix
    return data


def github_line(found: FileFinding) -> str:
    """An annotation of GitHub's workflow commands, whose data escape ``%`` and line ends."""
    one = found.finding
    message, file = _escaped(one.message), _escaped(found.file).replace(":", "%3A").replace(",", "%2C")
    place = f"file={file},line={one.line},col={one.column},title={one.code} {one.name}"
    return f"::{_GITHUB[one.level]} {place}::{message}"


def _escaped(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def sarif(founds: Iterable[FileFinding], version: str) -> dict[str, Any]:
    """SARIF 2.1.0 (OASIS), with the rules that found something."""
    results = list(founds)
    codes = sorted({found.finding.code for found in results})
    rules = [
        {
            "id": code,
            "name": about(code).name,
            "shortDescription": {"text": about(code).says},
            "fullDescription": {"text": about(code).why},
            "defaultConfiguration": {"level": _SARIF[about(code).level]},
        }
        for code in codes
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "aiwei", "version": version, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_sarif_result(found, codes) for found in results],
            }
        ],
    }


def _sarif_result(found: FileFinding, codes: Sequence[str]) -> dict[str, Any]:
    one = found.finding
    return {
        "ruleId": one.code,
        "ruleIndex": codes.index(one.code),
        "level": _SARIF[one.level],
        "message": {"text": one.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": found.file.replace("\\", "/")},
                    "region": {"startLine": one.line, "startColumn": one.column},
                }
            }
        ],
    }


def rdjson(founds: Iterable[FileFinding]) -> dict[str, Any]:
    """The Reviewdog Diagnostic Format."""
    return {
        "source": {"name": "aiwei"},
        "diagnostics": [
            {
                "message": found.finding.message,
                "location": {
                    "path": found.file,
                    "range": {"start": {"line": found.finding.line, "column": found.finding.column}},
                },
                "severity": _RDJSON[found.finding.level],
                "code": {"value": found.finding.code},
            }
            for found in founds
        ],
    }


def statistics(founds: Iterable[FileFinding]) -> list[str]:
    """A line for each rule that found something: how often, the code, what it says; the most frequent first."""
    counted = Counter(found.finding.code for found in founds for _ in range(max(len(found.finding.lines), 1)))
    return [f"{count}\t{code}\t{about(code).says}" for code, count in counted.most_common()]


COLUMNS = (
    Column("file", "文件"),
    Column("where", "位置"),
    Column("level", "级别"),
    Column("code", "代码"),
    Column("message", "说明"),
    Column("words", "原文"),
    Column("source", "依据"),
)


def findings_table(founds: Iterable[FileFinding]) -> Table:
    """A row a finding, for people."""
    return Table("问题", COLUMNS, (_row(found) for found in founds))


def _row(found: FileFinding) -> dict[str, Cell]:
    one = found.finding
    return {
        "file": found.file,
        "where": found.place or f"第{one.line}行",
        "level": LABELS[one.level],
        "code": one.code,
        "message": one.message,
        "words": found.words,
        "source": about(one.code).source,
    }


def key(found: FileFinding) -> str:
    """What makes a finding the same in another run, though lines moved: the file, the code and the words."""
    return "\t".join((found.file, found.finding.code, "".join(found.words.split())))
