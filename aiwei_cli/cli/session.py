"""One call of a command: which files, which rules, what could not be read, and the exit code that follows."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from aiwei_cli.cli.named import EMPTY
from aiwei_cli.cli.streams import complain, in_json
from aiwei_cli.errors import ReadError, UsageError, whereof
from aiwei_cli.records import NamedTuple

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules
    from aiwei_cli.notice.model import Notice
    from aiwei_cli.query import Filters
    from aiwei_cli.query.which import Which
    from aiwei_cli.reading import Document
    from aiwei_cli.store.query import Ledger
    from aiwei_cli.write.doubts import Doubts

T = TypeVar("T")


_NAMED = 3
"""How many files the line about doubts names."""


class Care(NamedTuple):
    """What becomes of the doubts and the persons of the notices that a command reads."""

    quiet: bool = False
    """Whether nobody is told that there are doubts."""
    strict: bool = False
    """Whether any doubt makes the exit code 1."""
    no_doubts: bool = False
    """Whether the output is without doubts."""
    no_persons: bool = False
    """Whether the output is without persons."""


class Session:
    """Reads and parses the notices that a command is about, one after the other.

    A file that cannot be read is reported and passed over; the exit code remembers it.
    """

    def __init__(
        self,
        files: Iterable[str] | None,
        *,
        rules: str | None = None,
        quiet: bool = False,
        which: Which | None = None,
        sums_up: bool = True,
        care: Care | None = None,
        as_of: str | None = None,
        as_written: bool = False,
    ) -> None:
        """``sums_up``: after several files of which some could not be read, say how many."""
        self.files = list(files or ())
        if "" in self.files:
            raise UsageError(EMPTY)
        self._bundled = False
        self._variable: str | None = None
        if not self.files:
            self._default()
        self._rules_folder = rules or os.environ.get("AIWEI_RULES") or None
        self._quiet = quiet
        self._which = which
        self._sums_up = sums_up
        self._as_of, self._as_written = as_of, as_written
        self._seen: list[tuple[str | None, int | None, str | None]] = []
        self.care = care or Care()
        self.doubts = 0
        """How many there are in the notices that were read so far."""
        self.doubtful: Doubts | None = None
        """Collects the doubts that the output may tell, where it has a place for them."""
        self.read = 0
        self.failed = 0

    @property
    def single(self) -> bool:
        """Whether one file was asked for, which mostly holds one notice."""
        return len(self.files) == 1 and not Path(self.files[0]).is_dir()

    @cached_property
    def rules(self) -> Rules:
        from aiwei_cli.compiled import load

        return load(Path(self._rules_folder) if self._rules_folder else None)

    @cached_property
    def ledger(self) -> Ledger | None:
        """The ledger that the command is about, if it is about one and nothing else.

        Raises ReadError where the file is a database, but no ledger.
        """
        from aiwei_cli.store import is_sqlite

        if len(self.files) != 1 or self.files[0] == "-" or not is_sqlite(self.files[0]):
            return None
        from aiwei_cli.store.query import Ledger

        try:
            ledger = Ledger(self.files[0], self._which, as_of=self._as_of, as_written=self._as_written)
        except ReadError as error:
            raise ReadError(self._told(error)) from error
        self.read = 1
        return ledger

    def notices(self, filters: Filters | None = None) -> Iterator[Notice]:
        """The notices of all files, in order; of a ledger, only those with items that match the filters.

        Raises RulesError, and ReadError for what is wrong with a ledger; nothing else.
        """
        for notice in self._fitting(filters):
            self.heed(notice)
            told = self._discreet(notice)
            if self.doubtful is not None:
                self.doubtful.add(told)
            yield told

    def heed(self, notice: Notice) -> None:
        """Count the doubts of a notice. A program is told each at once."""
        self.doubts += len(notice.diagnostics)
        if in_json() and notice.diagnostics and not (self._quiet or self.care.quiet):
            from aiwei_cli.cli.told import tell_program

            tell_program(notice)

    def _discreet(self, notice: Notice) -> Notice:
        if not (self.care.no_doubts or self.care.no_persons):
            return notice
        from aiwei_cli.query.discreet import without_doubts, without_persons

        notice = without_doubts(notice) if self.care.no_doubts else notice
        return without_persons(notice) if self.care.no_persons else notice

    def tell_doubts(self) -> None:
        """One line about the doubts of the notices, and how to see them."""
        if self.ledger is not None:
            self.doubts = self.ledger.doubts()
        if self.doubts and not self.care.quiet and (self.ledger is not None or not in_json()):
            complain(f"另有 {self.doubts} 处疑点：{self._parse_command()} 可看全部")

    def _parse_command(self) -> str:
        if self.files == ["-"]:
            return "对同样的内容运行 aiwei parse -"
        rules = f" --rules {_quoted(self._rules_folder)}" if self._rules_folder else ""
        if self._bundled or self._variable:
            return f"aiwei parse{rules}"
        if len(self.files) > _NAMED:
            return f"对这 {len(self.files)} 个文件运行 aiwei parse{rules}"
        return f"aiwei parse {' '.join(map(_quoted, self.files))}{rules}"

    def _fitting(self, filters: Filters | None) -> Iterator[Notice]:
        if self.ledger is not None:
            yield from self.ledger.notices(filters, self.rules.offices if filters else None)
            return
        for notice in self._parsed():
            if self._which is not None and not self._which.everything:
                self._seen.append((notice.title, notice.year, notice.date))
                if not self._which.fits(notice):
                    continue
            yield notice

    def unfitting(self) -> Iterator[str]:
        """A sentence for each notice and year that was asked for, where what was asked for is not there."""
        if self._which is None or self._which.everything:
            return
        from aiwei_cli.query.which import absent

        known = self._seen
        if self.ledger is not None:
            from aiwei_cli.store.names import titles

            known = titles(self.ledger)
        yield from absent(self._which, known)

    def _parsed(self) -> Iterator[Notice]:
        for document in self.documents():
            notice = self.parsed(document)
            if notice is not None:
                yield notice

    def documents(self) -> Iterator[Document]:
        """What can be read of the files, in order; the rest is reported."""
        from aiwei_cli.api.reading import documents_of
        from aiwei_cli.cli.limits import chosen, jobs
        from aiwei_cli.cli.progress import progress

        every_version = self._which is not None and self._which.all_versions
        note = None if self._quiet else complain
        found = documents_of(
            self.files,
            jobs=jobs(),
            rules=self.rules,
            limits=chosen(),
            all_versions=every_version,
            note=note,
            tell=note,
        )
        try:
            with progress(self.files, quiet=self._quiet) as step:
                for document in found:
                    step()
                    if isinstance(document, ReadError):
                        self._fail(document)
                        continue
                    self.read += 1
                    self._missing(document)
                    self._recognised(document)
                    yield document
        except KeyboardInterrupt as stop:
            if self.read:
                stop.add_note(f"读了 {self.read} 篇公文")
            raise
        if self._sums_up:
            self.sum_up()

    def _missing(self, document: Document) -> None:
        """Say what is missing in a table that aiwei wrote and a person changed."""
        silent = self._quiet or in_json()  # a program is told with the other doubts
        for found in document.notice.diagnostics if document.notice is not None and not silent else ():
            if found.code == "T004":
                complain(f"{document.source.path or '-'}：{found.message}")

    def _recognised(self, document: Document) -> None:
        """Say which pages were pictures whose signs were recognised."""
        pages = document.recognised
        if pages and not self._quiet and not self.care.quiet:
            shown = "、".join(map(str, pages[:_NAMED])) + ("等" if len(pages) > _NAMED else "")
            which = f"第{shown}页（共 {len(pages)} 页）" if len(pages) > 1 else f"第{shown}页"
            name = document.source.path or "-"
            complain(f"{name}：{which}是图片，文字是识别（OCR）出来的，可能有错字，请对照原文", file=name)

    def sum_up(self) -> None:
        """Say how many of several files could not be read, which is easily lost among all the sentences."""
        if self.failed and self.read + self.failed > 1 and not self._quiet:
            complain(f"共 {self.read + self.failed} 个文件，{self.failed} 个读不了")

    def _fail(self, error: ReadError) -> None:
        self.failed += 1
        if not self._quiet:
            complain(f"错误：{self._told(error)}", **whereof(error))

    def lost(self, error: ReadError) -> None:
        """A document turned out to be unreadable after all: it is reported, and the others go on."""
        self.read -= 1
        self._fail(error)

    def parsed(self, document: Document) -> Notice | None:
        """The notice of a document; None where it cannot be parsed within its budget, which is reported."""
        from aiwei_cli.jobs.work import parsed

        if self._bundled:  # its path says nothing to the user
            document = replace(document, source=replace(document.source, path=Path(self.files[0]).name))
        return self._kept(parsed(document, self.rules))

    def within(self, document: Document, work: Callable[[], T]) -> T | None:
        """What the function makes of a document; None where that takes more than its budget, which is reported."""
        from aiwei_cli.jobs.work import within

        return self._kept(within(document, work))

    def _kept(self, made: T | ReadError) -> T | None:
        if isinstance(made, ReadError):
            self.lost(made)
            return None
        return made

    def _default(self) -> None:
        """Without a file: what is piped, else ``$AIWEI_NOTICE``, else ``$AIWEI_LEDGER``, else the package's notice."""
        path: str | None = "-"
        if not something_is_piped():
            self._variable = next(filter(os.environ.get, ("AIWEI_NOTICE", "AIWEI_LEDGER")), None)
            path = os.environ[self._variable] if self._variable else None
            if self._variable == "AIWEI_LEDGER":
                _refuse_no_ledger(str(path))
        if not path:
            from aiwei_cli.cli.limits import sample_allowed

            if not sample_allowed():
                raise UsageError("没有给出文件，也没有从管道传入内容；请写上文件名")
            from aiwei_cli.resources import bundled_notice

            path = str(bundled_notice())
            self._bundled = True
            complain(f"没有给出文件，用随附的示例公文 {Path(path).name}")
        self.files = [path]

    def _told(self, error: ReadError) -> str:
        """The sentence about a file; it also says where the file was named, if not in the command."""
        if not self._variable:
            return str(error)
        path = Path(self.files[0])
        if os.path.lexists(path):
            return f"{error}（文件名来自环境变量 {self._variable}）"
        from difflib import get_close_matches

        near: list[str] = []
        with suppress(OSError):
            near = get_close_matches(path.name, [other.name for other in path.parent.iterdir()])
        known = f"；相近的有：{'、'.join(near)}" if near else ""
        return f"{path}：找不到环境变量 {self._variable} 指定的文件{known}；请改正 {self._variable}，或在命令里写上文件"

    def code(self, *, found: bool = True) -> int:
        """The exit code: 2 where nothing could be read, 1 where something could not or nothing was found, else 0."""
        if self.failed and not self.read:
            return 2
        return 1 if self.failed or not found or (self.care.strict and self.doubts) else 0


def _quoted(name: str) -> str:
    return f'"{name}"' if any(char.isspace() for char in name) else name


def _refuse_no_ledger(path: str) -> None:
    from aiwei_cli.store import is_sqlite

    if os.path.exists(path) and not is_sqlite(path):  # noqa: PTH110
        raise UsageError(
            f"{path}：不是台账；环境变量 AIWEI_LEDGER 要指定 aiwei add 写的文件，一篇公文请用 AIWEI_NOTICE 指定"
        )


def which(notice: list[str] | None, year: list[str] | None, all_versions: bool) -> Which | None:
    """The options about whole notices; None where none is given. Raises UsageError for values that cannot be used."""
    if not (notice or year or all_versions):
        return None
    from aiwei_cli.query.which import Which, read_year

    if any(not words.strip() for words in notice or ()):
        raise UsageError("--notice 后面是空的；请写上标题里的字，或去掉这个选项")
    return Which(tuple(notice or ()), tuple(read_year(written) for written in year or ()), all_versions)


def something_is_piped() -> bool:
    """Whether standard input is a pipe, a socket or a file: not a terminal, and not the null device of a cron job."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):  # no standard input at all
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)
