"""``export --split-by``: a file for each office, section or notice in a folder, or a sheet for each in one workbook."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from aiwei_cli.cli.output import Out
from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import UsageError
from aiwei_cli.write import by_suffix, write_report, write_table

if TYPE_CHECKING:
    from aiwei_cli.notice.model import Hit
    from aiwei_cli.query.shares import By, Share
    from aiwei_cli.query.table import Per
    from aiwei_cli.tracking.lights import Lamps
    from aiwei_cli.write.doubts import Doubts
    from aiwei_cli.write.report import Report

_WORDS = {"office": "单位", "section": "章节", "notice": "公文"}


class SplitOutput:
    """Where the parts go, by the options of the command. Raises UsageError for options that do not go together."""

    def __init__(
        self,
        by: str,
        *,
        format: str | None,
        output: str | None,
        header: bool | None,
        labels: str | None,
        force: bool,
        title: str = "",
    ) -> None:
        if by not in _WORDS:
            raise UsageError(
                f"--split-by 只能是 office（每个单位一个）、section（章节）或 notice（公文），不能是“{by}”"
            )
        if output is None or output == "-":
            raise UsageError("--split-by 要写成几个文件；请用 -o 给出文件夹，如 -o 各单位")
        self.by = cast("By", by)
        self.path, self.force, self.title = output, force, title
        self.lights: Lamps | None = None
        suffixed = None if os.path.isdir(output) else by_suffix(output)  # noqa: PTH112 - no pathlib for one look
        self.one_file = suffixed is not None and format in (None, suffixed.name)
        if self.one_file and suffixed is not None and not suffixed.parts:
            raise UsageError(
                f"{output}：{suffixed.name} 不能把各{_WORDS[by]}分开写在一个文件里（xlsx 可以）；"
                f"请在 -o 后面给出文件夹名，并加 --format {suffixed.name}"
            )
        name = suffixed.name if self.one_file and suffixed is not None else format or "csv"
        self.out = Out(format=name, output=output, header=header, labels=labels)
        if title:
            self.out.titled()

    def write(self, hits: "Iterable[Hit]", per: "Per", doubtful: "Doubts | None" = None) -> bool:
        """Write the parts and say whether there were any. Without any no file and no folder is made."""
        from aiwei_cli.query.shares import shares
        from aiwei_cli.tracking.forms import is_tracked
        from aiwei_cli.write.report import Report

        every = list(hits)
        parts = shares(every, self.by)
        if not parts:
            return False
        if self.by == "office" and per == "item" and self.out.format.forms and is_tracked(every):
            self._write_forms(parts)
            return True
        if self.one_file:
            report = Report(every, per, parts=self._reports(parts, per), doubtful=doubtful, heading=self.title)
            return self.out.report(report)
        self._write_folder(parts, per)
        return True

    def _reports(self, parts: "list[Share]", per: "Per") -> "tuple[Report, ...]":
        from aiwei_cli.write.report import of_part

        return tuple([of_part(part, per, self.title, self.lights) for part in parts])

    def _write_forms(self, parts: "list[Share]") -> None:
        """Sheets of a ledger's tasks that each office fills in, for ``aiwei collect``."""
        from aiwei_cli.query.shares import NO_OWNER
        from aiwei_cli.tracking.forms import form
        from aiwei_cli.write import write_forms

        made = [(part.name, form("" if part.name == NO_OWNER else part.name, part.hits)) for part in parts]
        format, style = self.out.format, self.out.style._replace(labels="zh")
        if self.one_file:
            self.out.write(lambda stream: write_forms(made, stream, format, style))
            return
        from aiwei_cli.write.folder import folder_target, safe_name
        from aiwei_cli.write.target import target

        taken: set[str] = set()
        with folder_target(self.path, force=self.force) as folder:
            for name, table in made:
                with target(str(folder / safe_name(name, format.suffixes[0], taken))) as out:
                    write_forms([(name, table)], out, format, style)
        complain(f"{self.path}：写了 {len(made)} 个文件，每个单位一个；填好后用 aiwei collect 收回")

    def _write_folder(self, parts: "list[Share]", per: "Per") -> None:
        from aiwei_cli.query.table import hits_table
        from aiwei_cli.write.folder import folder_target, safe_name
        from aiwei_cli.write.report import of_part
        from aiwei_cli.write.target import target

        format, style = self.out.format, self.out.style
        suffix = format.suffixes[0] if format.suffixes else ".txt"
        taken: set[str] = set()
        # Sections and notices keep their order in a list of files.
        digits = len(str(len(parts))) if self.by != "office" else 0
        with folder_target(self.path, force=self.force) as folder:
            for number, part in enumerate(parts, 1):
                name = f"{number:0{digits}} {part.name}" if digits else part.name
                with target(str(folder / safe_name(name, suffix, taken))) as out:
                    if format.reports:
                        write_report(of_part(part, per, self.title, self.lights), out, format, style)
                    else:
                        write_table(hits_table(part.hits, per), out, format, style)
        complain(f"{self.path}：写了 {len(parts)} 个文件，每个{_WORDS[self.by]}一个")
