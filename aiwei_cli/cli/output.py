"""What a command prints: which format, which style, and where to."""

import os
import sys
from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING, TextIO

from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import UsageError
from aiwei_cli.write import FORMATS, TABLES, Format, Style, by_suffix, format_named, write_matrix, write_table
from aiwei_cli.write.target import target

if TYPE_CHECKING:
    from aiwei_cli.query.matrix import Matrix
    from aiwei_cli.query.table import Table
    from aiwei_cli.write.report import Report


class Out:
    """The output options of a command, with their defaults worked out."""

    def __init__(
        self,
        *,
        format: str | None,
        output: str | None,
        header: bool | None = None,
        labels: str | None = None,
        piped: str = "tsv",
        terminal: str = "table",
        bare: bool = False,
        brief: bool = False,
        among: "tuple[str, ...]" = TABLES,
    ) -> None:
        """``piped`` and ``terminal`` are the formats where none is asked for; ``bare``: no header in a pipe;
        ``brief``: a table whose rows are one line each."""
        self.path = None if output == "-" else output
        seen = self.path is None and sys.stdout.isatty()
        if brief and format not in (None, "table"):
            raise UsageError("--brief 是一行一个事项的屏幕显示，不和 --format 一起用")
        self.format = _format("table" if brief else format, self.path, terminal if seen else piped, among)
        if seen and self.format.binary:
            raise UsageError(f"{self.format.name} 不能显示在屏幕上；请用 -o 给出文件名，如 -o 表.{self.format.name}")
        if labels not in (None, "zh", "en"):
            raise UsageError(f"--labels 只能是 zh（中文）或 en（英文），不能是“{labels}”")
        if header is None:
            header = not (bare and self.format.pipe and self.path is None)
        self.style = Style(
            labels="zh" if (labels or self.format.labels) == "zh" else "en",
            header=header,
            for_excel=self.path is not None,
            brief=brief,
            note=complain,
        )

    def titled(self) -> None:
        """Raises UsageError where the format has no place for a title."""
        if not self.format.reports:
            able = "、".join(each.name for each in FORMATS.values() if each.reports)
            raise UsageError(f"--title 是写在表上面的标题，{self.format.name} 没有；可用的格式：{able}")

    def table(self, table: "Table") -> bool:
        """Write a table and say whether it had rows. An empty one makes no file."""
        rows = iter(table.rows)
        first = next(rows, None)
        if first is None:
            if self.path is None and self.format.reader == "program":
                self.write(lambda out: write_table(table._replace(rows=()), out, self.format, self.style))
            return False
        full = table._replace(rows=chain((first,), rows))
        self.write(lambda out: write_table(full, out, self.format, self.style))
        return True

    def report(self, report: "Report") -> bool:
        """Write a report and say whether it had hits. An empty one makes no file."""
        hits = iter(report.hits)
        first = next(hits, None)
        if first is None:
            return False
        from aiwei_cli.write import write_report

        found = chain((first,), hits)

        def write(out: TextIO) -> None:
            full = report._replace(hits=found if self.format.once else list(found))
            write_report(full, out, self.format, self.style)

        self.write(write)
        return True

    def matrix(self, counted: "Matrix") -> bool:
        """Write a matrix and say whether it counted anything: wide where people read, a row a cell for programs."""
        from aiwei_cli.query.matrix import cells_table, wide_table

        if self.format.reader == "program" or not counted.cells:
            return self.table(cells_table(counted))
        if not self.format.matrix:
            return self.table(wide_table(counted))
        self.write(lambda out: write_matrix(counted, out, self.format, self.style))
        return True

    def write(self, write: Callable[[TextIO], None]) -> None:
        """Let a function write to the target, and say what was written where the name of a file does not."""
        try:
            with target(self.path) as out:
                write(out)
        except KeyboardInterrupt as stop:
            stop.add_note("写出来的不完整" if self.path is None else f"{self.path} 没有写，原来有的话没有动")
            raise
        except OSError as error:  # a device or a named pipe
            if self.path is not None and error.filename is None:
                error.filename = self.path
            raise
        tell(self.path, self.format.name, *self.format.suffixes[:1])


def tell(path: str | None, name: str, suffix: str = "") -> None:
    """Say in which format a file was written, where its name has no suffix that says it."""
    if path is not None and by_suffix(path) is None and os.path.isfile(path):  # noqa: PTH113
        named = f"；文件名以 {suffix} 结尾才好打开" if suffix else ""
        complain(f"{path} 写成了 {name}{named}")


def _format(asked: str | None, path: str | None, default: str, among: "tuple[str, ...]") -> Format:
    if asked:
        return format_named(asked, among)
    if path is None:
        return format_named(default, among)
    by_name = by_suffix(path)
    suffix = os.path.splitext(path)[1]  # noqa: PTH122 - importing pathlib is no use here
    if by_name is None and suffix:
        known = "、".join(each.suffixes[0] for each in FORMATS.values() if each.suffixes and each.name in among)
        raise UsageError(f"{path}：看不出 {suffix} 是哪种格式；扩展名可用 {known}，或用 --format 写明")
    return format_named(by_name.name if by_name is not None else default, among)
