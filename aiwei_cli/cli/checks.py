"""The command that looks for faults in a notice: check."""

import codecs
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO, cast

import typer

from aiwei_cli.cli import options
from aiwei_cli.cli.session import Session
from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import ReadError, UsageError

if TYPE_CHECKING:
    from aiwei_cli.checking.report import FileFinding
    from aiwei_cli.checking.rule import Finding
    from aiwei_cli.notice.model import Notice
    from aiwei_cli.reading.document import Document

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
Fix = Annotated[bool, typer.Option("--fix", help="把有把握的直接改好（文本、Markdown 和 Word 文件）")]
Track = Annotated[bool, typer.Option("--track", help="--fix 改 Word 文件时写成修订")]
Diff = Annotated[bool, typer.Option("--diff", help="只显示 --fix 会改什么，不动文件")]


Keys = frozenset[tuple[str, str, str]]


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
    track: Track = False,
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
        raise typer.Exit(_mend(session, asked, show=diff, track=track))
    if chosen == "docx":
        some = _comment(session, asked, known, output)
        raise typer.Exit(2 if session.failed else int(some))
    founds = (found for found in _found(session, asked) if _key(found) not in known)
    some = _write(founds, chosen, output, statistics)
    raise typer.Exit(2 if session.failed and not session.read else 1 if some or session.failed else 0)


def _found(session: Session, asked: tuple[tuple[str, ...], tuple[str, ...], str]) -> "Iterator[FileFinding]":
    from aiwei_cli.checking.report import FileFinding

    for document in session.documents():
        notice = session.parsed(document)
        if notice is None:
            continue
        if not notice.text:
            complain(f"{document.source.path or '标准输入'}: 这是 aiwei 写的结果，没有原文可查；请给出原来的公文")
        for finding in _check(session, document, notice, asked):
            place = document.place(finding.span[0])
            words = notice.text[slice(*finding.span)]
            yield FileFinding(document.source.path or "标准输入", finding, str(place) if place else None, words)


def _check(
    session: Session, document: "Document", notice: "Notice", asked: tuple[tuple[str, ...], tuple[str, ...], str]
) -> "list[Finding]":
    """What is found within the budget of the file: a pattern of one's own may be slow."""
    from aiwei_cli.checking.run import check as run

    select, ignore, level = asked

    def found() -> "list[Finding]":
        return run(notice, session.rules, select=select, ignore=ignore, level=cast("Any", level))

    return session.within(document, found) or []


def _named_right(names: tuple[str, ...]) -> None:
    """Raises UsageError for a code or name that no rule has."""
    from aiwei_cli.checking import run  # noqa: F401 - the rules are those that were imported
    from aiwei_cli.checking.rule import READING, RULES

    known = {**{code: one.name for code, one in RULES.items()}, **{code: one.name for code, one in READING.items()}}
    for name in names:
        if not any(own == name.lower() or code.startswith(name.upper()) for code, own in known.items()):
            raise UsageError(f"没有“{name}”这条规则；aiwei explain 列出全部代码")


def _format(asked: str | None, output: str | None) -> str:
    from aiwei_cli.checking.report import FORMATS

    if asked:
        if asked not in FORMATS:
            raise UsageError(f"这里没有“{asked}”这种格式；可用：{'、'.join(FORMATS)}")
        return asked
    suffix = Path(output).suffix.lower().lstrip(".") if output and output != "-" else ""
    return suffix if suffix in FORMATS else "text"


def _known(baseline: Path | None) -> Keys:
    """What an earlier run found. Raises UsageError where check did not write the file."""
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


def _key(found: "FileFinding") -> tuple[str, str, str]:
    return found.file, found.finding.code, found.finding.message


def _write(founds: "Iterator[FileFinding]", format: str, output: str | None, statistics: bool) -> bool:
    """Write the findings, one by one where the format allows it, and say whether there were any."""
    from aiwei_cli import __version__
    from aiwei_cli.checking import report
    from aiwei_cli.cli.output import Out

    if statistics:
        lines = report.statistics(founds)
        with _target(output, "text") as out:
            out.writelines(line + "\n" for line in lines)
        return bool(lines)
    if format in ("text", "github"):
        line_of = report.text_line if format == "text" else report.github_line
        some = False
        with _target(output, format) as out:
            for found in founds:
                some = True
                out.write(line_of(found) + "\n")
        return some
    rows = list(founds)
    if format in ("json", "sarif", "rdjson"):
        from aiwei_cli.write import format_named, write_data

        data: object = [report.as_data(found) for found in rows]
        if format != "json":
            data = report.sarif(rows, __version__) if format == "sarif" else report.rdjson(rows)
        with _target(output, format) as out:
            write_data(data, out, format_named("json"))  # type: ignore[arg-type]
        return bool(rows)
    return Out(format=format, output=output, labels="zh").table(report.findings_table(rows))


@contextmanager
def _target(output: str | None, format: str) -> "Iterator[TextIO]":
    from aiwei_cli.cli.output import tell
    from aiwei_cli.write.target import target

    with target(output) as out:
        yield out
    if output is not None and not Path(output).suffix:  # .txt and .sarif are no formats of tables
        tell(output, format)


def _mend(session: Session, asked: tuple[tuple[str, ...], tuple[str, ...], str], *, show: bool, track: bool) -> int:
    """Mend what is certain, or show it; the exit code is 1 where ``show`` has something to show."""
    from aiwei_cli.checking.fix import fixed

    changed = 0
    for document in session.documents():
        path, kind = document.source.path, document.source.kind
        if path is None or kind not in ("txt", "md", "docx") or not Path(path).is_file():
            complain(f"{path or '标准输入'}: --fix 只改文本、Markdown 和 .docx 文件；请先另存为其中一种")
            session.failed += 1
            continue
        notice = session.parsed(document)
        if notice is None:
            continue
        findings = _check(session, document, notice, (asked[0], asked[1], "hint"))
        text = fixed(notice.text, findings)
        if text == notice.text:
            continue
        changed += 1
        if show:
            _show(path, notice.text, text)
        elif kind == "docx":
            _mend_word(Path(path), notice.text, findings, track=track)
        else:
            _replace(Path(path), notice.text, text, document.source.encoding)
            complain(f"{path}: 已改好")
    return 2 if session.failed and not session.read else 1 if (show and changed) or session.failed else 0


def _show(path: str, old: str, new: str) -> None:
    from difflib import unified_diff

    from aiwei_cli.write.cells import printable

    for line in unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), path, path):
        sys.stdout.write(printable(line.rstrip("\r\n")) + "\n")


def _mend_word(path: Path, text: str, findings: "list[Finding]", *, track: bool) -> None:
    """Mend a Word file in its place; what no run holds, as an automatic number, is reported."""
    from datetime import UTC, datetime

    from aiwei_cli.checking.word.mend import mended
    from aiwei_cli.write.target import target

    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if track else None
    done = mended(path.read_bytes(), text, findings, track=moment)
    if done.made:
        with target(str(path)) as out:
            out.buffer.write(done.data)
    left = f"；{done.left} 处在自动编号、域或跨格式的字里，请在 Word 里改" if done.left else ""
    complain(f"{path}: 已改 {done.made} 处{left}")


def _comment(
    session: Session, asked: tuple[tuple[str, ...], tuple[str, ...], str], known: Keys, output: str | None
) -> bool:
    """Write the notice as a Word file with the findings as comments. Raises UsageError for several notices."""
    from aiwei_cli.checking.report import FileFinding
    from aiwei_cli.checking.rule import LABELS, about
    from aiwei_cli.checking.word.comments import Comment, commented
    from aiwei_cli.checking.word.parts import of_text
    from aiwei_cli.cli.output import Out

    documents = list(session.documents())
    if len(documents) > 1:
        raise UsageError(f"批注写在一篇公文上，这里有 {len(documents)} 篇；请一篇一篇地查")
    if not documents or (notice := session.parsed(documents[0])) is None:
        return False
    path = documents[0].source.path or "标准输入"
    is_word = documents[0].source.kind == "docx" and Path(path).is_file()
    data = Path(path).read_bytes() if is_word else of_text(notice.text)
    comments = [
        Comment(one.span, f"{LABELS[one.level]} {one.code} {one.message}（依据：{about(one.code).source}）")
        for one in _check(session, documents[0], notice, asked)
        if _key(FileFinding(path, one, None, "")) not in known
    ]
    if comments:
        content = commented(data, notice.text, comments)
        Out(format="docx", output=output).write(lambda stream: _put(stream, content))
    return bool(comments)


def _put(stream: TextIO, content: bytes) -> None:
    stream.buffer.write(content)


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
