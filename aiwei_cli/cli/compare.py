"""The command that compares two plans: diff."""

from typing import TYPE_CHECKING, Annotated

import typer

from aiwei_cli.cli import options
from aiwei_cli.cli.session import Session, which
from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import UsageError

if TYPE_CHECKING:
    from aiwei_cli.cli.output import Out
    from aiwei_cli.compare.changes import Change
    from aiwei_cli.notice.model import Notice

Plans = Annotated[
    list[str] | None,
    typer.Argument(metavar="旧 新", help="两份方案，先旧后新；或一个台账，用 --notice 说明哪一篇", show_default=False),
]
Reuse = Annotated[bool, typer.Option("--reuse", help="看新方案有多少字句照抄旧方案，有没有漏改的地名")]
All = Annotated[bool, typer.Option("--all", help="没有变化的事项也列出来")]


def diff(
    files: Plans = None,
    notice: options.NoticeWords = None,
    everything: All = False,
    reuse: Reuse = False,
    format: options.Format = None,
    output: options.Output = None,
    header: options.Header = None,
    rules: options.RulesDir = None,
) -> None:
    """比较两份方案：哪些事项不变、调整、移动、合并、拆分、取消、新增。

    按内容配对，不按序号；单位按同一职能比较，上下级、改名不算变化。有变化时退出码是 1。

    例子：
      aiwei diff 2025方案.docx 2026方案.docx
      aiwei diff 省方案.txt 市方案.txt -o 对照表.xlsx
      aiwei diff 台账.db --notice 政务公开
    """
    from aiwei_cli.cli.output import Out

    out = Out(format=format, output=output, header=header, labels="zh", piped="md")
    asked = which(notice, None, all_versions=True)
    # What the ledger corrected is no change of the notice.
    session = Session(files, rules=rules, which=asked, sums_up=False, as_written=True)
    if not files:
        raise UsageError("请写上两份方案，先旧后新：aiwei diff 旧.docx 新.docx")
    notices = list(session.notices())
    if session.failed:
        raise typer.Exit(2)
    old, new = _two(notices, len(files), bool(notice))
    if reuse:
        found = _reuse(old, new)
    else:
        from aiwei_cli.compare.changes import compare
        from aiwei_cli.compare.table import title_of

        data = session.rules.data["compare"]
        changes = compare(old, new, data, session.rules.offices.subjects)
        found = any(not change.stays for change in changes)
        _write(out, [change for change in changes if everything or not change.stays], changes, title_of(old, new))
    raise typer.Exit(1 if found else 0)


def _two(notices: "list[Notice]", files: int, asked: bool) -> "tuple[Notice, Notice]":
    """The two notices to compare: of several versions in a ledger the last two."""
    if files == 1 and asked and len(notices) >= 2:
        return notices[-2], notices[-1]
    if len(notices) != 2 or files > 2:
        cure = "用 --notice 写上标题里的字，比较它最后两个版本" if files == 1 else "请只写两份，先旧后新"
        raise UsageError(f"要比较的应当是两篇公文，这里有 {len(notices)} 篇；{cure}")
    return notices[0], notices[1]


def _write(out: "Out", shown: "list[Change]", changes: "list[Change]", title: str) -> None:
    from aiwei_cli.compare.table import as_data, changes_table

    if out.format.trees:
        rows = [as_data(change) for change in changes]
        from aiwei_cli.write import write_data

        out.write(lambda stream: write_data(rows, stream, out.format))
        return
    counts = "；".join(f"{label} {count} 项" for label, count in _counts(changes).items() if count)
    if not out.table(changes_table(shown, title, (counts, "【删：】是去掉的字，【增：】是加上的字"))):
        complain("两份方案的事项没有变化")
    complain(counts)


def _counts(changes: "list[Change]") -> dict[str, int]:
    from aiwei_cli.compare.table import LABELS

    counted = dict.fromkeys(LABELS.values(), 0)
    counted["移动"] = 0
    for change in changes:
        adjusted = change.kind == "same" and (change.owner or change.deadline or change.level)
        counted[LABELS["reworded" if adjusted else change.kind]] += 1
        counted["移动"] += change.moved
    return counted


def _reuse(old: "Notice", new: "Notice") -> bool:
    from aiwei_cli.compare.reuse import reuse
    from aiwei_cli.notice.lines import Lines
    from aiwei_cli.write.cells import printable

    found = reuse(old, new)
    print(f"新方案的字句有 {found.share:.0%} 与旧方案逐字相同")
    lines = Lines(new.text)
    for name, (start, end) in found.left:
        line, column = lines.place(start)
        near = " ".join(new.text[max(0, start - 8) : end + 8].split())
        print(printable(f"漏改的地名：{name}（第 {line} 行第 {column} 列：……{near}……）"))
    return bool(found.left)
