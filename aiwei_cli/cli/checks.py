"""The command that looks for faults in a notice: check."""

import codecs
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aiwei_cli.cli import complain, options
from aiwei_cli.cli.session import Session
from aiwei_cli.errors import ReadError, UsageError

if TYPE_CHECKING:
    from aiwei_cli.checking.report import Found
    from aiwei_cli.checking.rule import Finding

Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="代码", help="只查这几条：代码（S001）、代码的开头（S）或名称（gap）；可重复"),
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="代码", help="不查这几条；可重复")]
Level = Annotated[
    str,
    typer.Option(
        "--level",
        metavar="级别",
        help="报到哪一级：error（错误）、warning（警告，默认）、hint（提示）",
        show_default=False,
    ),
]
Format = Annotated[
    str | None,
    typer.Option("--format", metavar="格式", help="格式：text、json、github、sarif、rdjson、xlsx、csv、md、html、docx"),
]
Statistics = Annotated[bool, typer.Option("--statistics", help="只列每条规则查出几处")]
Baseline = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="文件", help="只报这个文件（以前的 --format json）里没有的", show_default=False),
]
Fix = Annotated[bool, typer.Option("--fix", help="把有把握的直接改好（文本和 Markdown 文件）")]
Diff = Annotated[bool, typer.Option("--diff", help="只显示 --fix 会改什么，不动文件")]


def check(
    files: options.Files = None,
    select: Select = None,
    ignore: Ignore = None,
    level: Level = "warning",
    format: Format = None,
    output: options.Output = None,
    statistics: Statistics = False,
    baseline: Baseline = None,
    fix: Fix = False,
    diff: Diff = False,
    rules: options.RulesDir = None,
) -> None:
    """检查公文：编号、字号、日期、附件、标点、分工、时限有没有毛病。

    一行一处：文件:行:列: 代码 说明；查出来的，退出码是 1。代码的意思用 aiwei explain 代码 查。

    例子：
      aiwei check 通知.txt
      aiwei check 通知.docx -o 问题.xlsx
      aiwei check 通知.txt --fix --diff
      aiwei check 文件夹 --select S --statistics
    """
    from aiwei_cli.checking.rule import LEVELS

    if level not in LEVELS:
        raise UsageError(f"--level 只能是 {'、'.join(LEVELS)}，不能是“{level}”")
    chosen = _format(format, output)
    known = _known(baseline)
    session = Session(files, rules=rules)
    asked = (tuple(select or ()), tuple(ignore or ()), level)
    _named_right(asked[0] + asked[1])
    if fix or diff:
        raise typer.Exit(_mend(session, asked, show=diff))
    founds = (found for found in _found(session, asked) if _key(found) not in known)
    some = _write(founds, chosen, output, statistics)
    raise typer.Exit(2 if session.failed and not session.read else 1 if some or session.failed else 0)


def _found(session: Session, asked: tuple[tuple[str, ...], tuple[str, ...], str]) -> "Iterator[Found]":
    from aiwei_cli.checking.report import Found

    for document in session.documents():
        notice = session.parsed(document)
        if notice is None:
            continue
        if not notice.text:
            complain(f"{document.source.path or '标准输入'}: 这是 aiwei 写的结果，没有原文可查；请给出原来的公文")
        for finding in _check(session, notice, asked):
            place = document.place(finding.span[0])
            words = notice.text[slice(*finding.span)]
            yield Found(document.source.path or "标准输入", finding, str(place) if place else None, words)


def _check(session: Session, notice: object, asked: tuple[tuple[str, ...], tuple[str, ...], str]) -> "list[Finding]":
    from typing import Any, cast

    from aiwei_cli.checking.run import check as run

    select, ignore, level = asked
    return run(cast("Any", notice), session.rules, select=select, ignore=ignore, level=cast("Any", level))


def _named_right(names: tuple[str, ...]) -> None:
    """Raises UsageError for a code or name that no rule has."""
    from aiwei_cli.checking import run  # noqa: F401 - the rules are those that were imported
    from aiwei_cli.checking.rule import RULES

    for name in names:
        if not any(one.name == name.lower() or one.code.startswith(name.upper()) for one in RULES.values()):
            raise UsageError(f"没有“{name}”这条规则；aiwei explain 列出全部代码")


def _format(asked: str | None, output: str | None) -> str:
    from aiwei_cli.checking.report import FORMATS

    if asked:
        if asked not in FORMATS:
            raise UsageError(f"这里没有“{asked}”这种格式；可用：{'、'.join(FORMATS)}")
        return asked
    suffix = Path(output).suffix.lower().lstrip(".") if output and output != "-" else ""
    return suffix if suffix in FORMATS else "text"


def _known(baseline: Path | None) -> frozenset[tuple[str, str, str]]:
    """What an earlier run found. Raises UsageError where the file is none that check wrote."""
    import json

    if baseline is None:
        return frozenset()
    try:
        rows = json.loads(baseline.read_text(encoding="utf-8"))
        return frozenset((row["file"], row["code"], row["message"]) for row in rows)
    except OSError as error:
        raise UsageError(f"{baseline}：读不了 --baseline 的文件；请检查文件名") from error
    except (ValueError, TypeError, KeyError) as error:
        raise UsageError(f"{baseline}：不是 aiwei check --format json 写的文件；请先用它写一份") from error


def _key(found: "Found") -> tuple[str, str, str]:
    return found.file, found.finding.code, found.finding.message


def _write(founds: "Iterator[Found]", format: str, output: str | None, statistics: bool) -> bool:
    """Write the findings, one by one where the format allows it, and say whether there were any."""
    from aiwei_cli import __version__
    from aiwei_cli.checking import report
    from aiwei_cli.cli.output import Out
    from aiwei_cli.write.target import target

    if statistics:
        lines = report.statistics(founds)
        with target(output) as out:
            out.writelines(line + "\n" for line in lines)
        return bool(lines)
    if format in ("text", "github"):
        line_of = report.text_line if format == "text" else report.github_line
        some = False
        with target(output) as out:
            for found in founds:
                some = True
                out.write(line_of(found) + "\n")
        return some
    rows = list(founds)
    if format in ("json", "sarif", "rdjson"):
        from aiwei_cli.write import named, write_data

        data: object = [report.as_data(found) for found in rows]
        if format != "json":
            data = report.sarif(rows, __version__) if format == "sarif" else report.rdjson(rows)
        with target(output) as out:
            write_data(data, out, named("json"))  # type: ignore[arg-type]
        return bool(rows)
    return Out(format=format, output=output, labels="zh").table(report.findings_table(rows))


def _mend(session: Session, asked: tuple[tuple[str, ...], tuple[str, ...], str], *, show: bool) -> int:
    """Mend what is certain, or show it; the exit code is 1 where ``show`` has something to show."""
    from difflib import unified_diff

    from aiwei_cli.checking.fix import fixed
    from aiwei_cli.write.cells import printable

    changed = 0
    for document in session.documents():
        path = document.source.path
        if path is None or document.source.kind not in ("txt", "md"):
            complain(f"{path or '标准输入'}: --fix 只改文本和 Markdown 文件；请先另存为 .txt")
            session.failed += 1
            continue
        notice = session.parsed(document)
        if notice is None:
            continue
        text = fixed(notice.text, _check(session, notice, (asked[0], asked[1], "hint")))
        if text == notice.text:
            continue
        changed += 1
        if show:
            before, after = notice.text.splitlines(keepends=True), text.splitlines(keepends=True)
            for line in unified_diff(before, after, path, path):
                sys.stdout.write(printable(line.rstrip("\r\n")) + "\n")
        else:
            _replace(Path(path), notice.text, text, document.source.encoding)
            complain(f"{path}: 已改好")
    return 2 if session.failed and not session.read else 1 if (show and changed) or session.failed else 0


def _replace(path: Path, old: str, new: str, encoding: str) -> None:
    """Write a file whole or not at all, in the encoding it has. Raises ReadError where the old text would not come out
    as the bytes that are there."""
    from aiwei_cli.write.target import target

    content = path.read_bytes()
    mark = next((mark for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) if content.startswith(mark)), b"")
    if mark + old.encode(encoding) != content:
        raise ReadError(f"{path}：改好的文字存不回原来的编码 {encoding}；请先另存为 UTF-8")
    with target(str(path)) as out:
        out.buffer.write(mark + new.encode(encoding))
