"""Forked children that run tests, for ``mutants.py``: a session of pytest that forks once for each mutant.

The session has imported the package and collected the tests; its child changes the code of the functions that live in
it, runs the tests that it is told and says which fails first. What is executed as a module is imported is changed in
another way: a child that has imported nothing of the package yet reads the module with the change.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import pkgutil
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import coverage
import pytest

# What the tests import of others, once for all children.
OTHERS = """
hypothesis xdist yaml rich.console rich.table typer.testing jieba jsonschema docx openpyxl icalendar
pyarrow.parquet networkx pypdfium2 ofdkit python_calamine fontTools.ttLib unittest.mock concurrent.futures
multiprocessing xml.dom.minidom sqlite3 asyncio http.server difflib statistics
"""
MEMORY = 6 << 30
"""Bytes that a child may use: a mutant may loop."""
OPTIONS = ("-q", "-n0", "-pno:cacheprovider", "--no-header", "--tb=no")
# What only looks at the house, or starts another process, says nothing of a mutant.
LEFT_OUT = ("test_package", "test_readme", "test_docs", "test_reference", "test_linear")


def import_others() -> None:
    """What children would import each for itself."""
    for name in OTHERS.split():
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


class Child:
    """A forked process that runs ``work``, and the lines that it says."""

    def __init__(self, work: Callable[[Callable[[str], None]], None]) -> None:
        reading, writing = os.pipe()
        self.number = os.fork()
        if not self.number:
            os.close(reading)
            self._run(work, writing)
        os.close(writing)
        self.reading, self._said = reading, b""

    def _run(self, work: Callable[[Callable[[str], None]], None], writing: int) -> None:
        os.setsid()
        with contextlib.suppress(OSError), os.fdopen(writing, "w", encoding="utf-8", errors="replace") as out:

            def say(line: str) -> None:
                out.write(line.replace("\n", " ") + "\n")
                out.flush()

            try:
                work(say)
            except BaseException:
                say(traceback.format_exc().strip().rpartition("\n")[2] or "error")
        os._exit(0)

    def lines(self, limit: float = 10**6) -> Iterator[str]:
        """What it says, until it ends; the last line is ``too slow`` where ``limit`` seconds are over before."""
        ends = time.monotonic() + limit
        try:
            while (left := ends - time.monotonic()) > 0:
                if select.select([self.reading], [], [], left)[0]:
                    said = self.heard()
                    if said is None:
                        return
                    yield from said
            yield "too slow"
        finally:
            self.end()

    def last_word(self, allowed: Callable[[str], float]) -> str:
        """The last line that it says; it is ended where none follows a line in the seconds ``allowed`` for that."""
        last = ""
        try:
            while select.select([self.reading], [], [], allowed(last))[0] and (said := self.heard()) is not None:
                last = [last, *said][-1]
        finally:
            self.end()
        return last

    def heard(self) -> list[str] | None:
        """The lines that it has said since; None once it has ended."""
        piece = os.read(self.reading, 1 << 20)
        *whole, self._said = (self._said + piece).split(b"\n")
        return [line.decode() for line in whole] if piece else None

    def end(self) -> None:
        os.close(self.reading)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.number, signal.SIGKILL)
        os.waitpid(self.number, 0)


def said_by(children: Iterable[Child]) -> Iterator[str]:
    """What several children say, as they say it."""
    by_pipe = {child.reading: child for child in children}
    while by_pipe:
        for pipe in select.select([*by_pipe], [], [])[0]:
            said = by_pipe[pipe].heard()
            if said is None:
                by_pipe.pop(pipe).end()
            yield from said or ()


def answer(work: Callable[[], str], limit: float) -> str:
    """What ``work`` returns in a forked child; ``too slow`` where the child is at work still, or was ended."""
    return next(iter(Child(lambda say: say(work())).lines(limit)), "too slow")


def settle(repository: Path) -> None:
    """Make this process what ``python -m pytest`` in the repository would be, and quiet."""
    for name in [name for name in os.environ if name.startswith(("AIWEI_", "CI", "PYTHON"))]:
        del os.environ[name]
    os.environ.update(PYTHONPATH=str(repository), COLUMNS="400")
    os.chdir(repository)
    sys.path[:0] = [str(repository), str(repository / "tests")]
    sys.argv = ["pytest"]
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)


class Watch:
    """A plugin of pytest that keeps which tests fail."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid.removeprefix("tests/"))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid.removeprefix("tests/"))


class Session(Watch):
    """A plugin of pytest that gives its collected tests to ``work`` instead of running them."""

    def __init__(self, work: Callable[[Session], None]) -> None:
        super().__init__()
        self.work = work
        self.items: dict[str, pytest.Item] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid.removeprefix("tests/"): item for item in session.items}
        self.work(self)
        return True

    def first_failure(
        self, names: Iterable[str], seconds: Mapping[str, float], prepare: Callable[[], None] = lambda: None
    ) -> str:
        """The first of the tests that fails in a child, ends it, or takes much longer than is known; nothing where all
        pass. The child sets no timer, which would keep those from ringing that the tests are about."""

        def work(say: Callable[[str], None]) -> None:
            prepare()
            items = [self.items[name] for name in names]
            for item, following in zip(items, [*items[1:], None], strict=True):
                say(item.nodeid.removeprefix("tests/"))
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if self.failed:
                    return
            say("")

        return Child(work).last_word(lambda name: 20 + 5 * seconds.get(name, 0))


def collected(repository: Path, work: Callable[[Session], None]) -> None:
    """Collect all tests and give them to ``work``; for a child."""
    settle(repository)
    without = [f"--ignore=tests/{name}.py" for name in LEFT_OUT]
    pytest.main([*OPTIONS, *without, "tests"], plugins=[Session(work)])


def first_of_files(repository: Path, files: Iterable[str], without: Iterable[str]) -> str:
    """The first test of some files that fails; for a child that has imported nothing of the package."""
    settle(repository)
    watch = Watch()
    left_out = [f"--deselect=tests/{name}" for name in without]
    code = pytest.main([*OPTIONS, "-x", *left_out, *(f"tests/{name}" for name in files)], plugins=[watch])
    if code in (0, 5):  # all pass; there were none
        return ""
    return watch.failed[0] if watch.failed else f"pytest ends with {int(code)}"


def first_case(repository: Path) -> str:
    """The first case, or line of ``said``, that is read otherwise than wanted. Pytest would cost its start."""
    settle(repository)
    cases = importlib.import_module("test_cases")
    for name in cases.NAMES:
        if "xfail" not in cases.wanted(name) and cases.compare(cases.notice(name), cases.wanted(name)):
            return f"case {name}"
    said = importlib.import_module("test_said")
    wrong = (next(iter(said.misread(section)), "") for section in said.SECTIONS)
    return next((f"said {words}" for words in wrong if words), "")


def change_functions(place: Path, before: bytes, after: bytes) -> None:
    """Give the functions of a module that live in this process the code that they have in another source."""

    def codes(source: bytes) -> Iterator[CodeType]:
        left = [compile(source, str(place), "exec")]
        while left:
            code = left.pop()
            yield code
            left.extend(each for each in code.co_consts if isinstance(each, CodeType))

    pairs = zip(codes(before), codes(after), strict=True)
    news = {(old.co_qualname, old.co_firstlineno, old.co_name): new for old, new in pairs}
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename == str(place):
            code = each.__code__
            each.__code__ = news[(code.co_qualname, code.co_firstlineno, code.co_name)]


class Changed(importlib.abc.MetaPathFinder):
    """A finder that gives one module another source."""

    def __init__(self, place: Path, source: bytes) -> None:
        self.place, self.source = place, source

    def find_spec(self, name: str, path: Any, target: ModuleType | None = None) -> Any:
        parts = name.split(".")
        if self.place.parts[-len(parts) :] != (*parts[:-1], f"{parts[-1]}.py"):
            return None
        source = self.source

        class Loader(importlib.machinery.SourceFileLoader):
            def get_code(self, fullname: str) -> CodeType:
                return compile(source, self.path, "exec")

        return importlib.util.spec_from_file_location(name, self.place, loader=Loader(name, str(self.place)))


class Recorder:
    """A plugin of pytest that keeps which tests execute a line, and how long each takes."""

    def __init__(self, repository: Path, folders: Iterable[Path]) -> None:
        self.repository = repository
        self.measured = coverage.Coverage(data_file=None, source=[*map(str, folders)], config_file=False)
        self.seconds: dict[str, float] = {}

    def begin(self) -> None:
        """Import all, and read a notice twice: what is made of the rules is made by the first reading only."""
        self.measured.start()
        for module in pkgutil.walk_packages([str(self.repository / "aiwei_cli")], "aiwei_cli."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        parse, cases = importlib.import_module("aiwei_cli.parsing").parse, importlib.import_module("test_cases")
        texts = [(cases.CASES / f"{name}.txt").read_text("utf-8") for name in cases.NAMES]
        for context in ("load", "again"):
            self.measured.switch_context(context)
            for text in texts:
                parse(text)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, bool, bool]:
        begun = time.monotonic()
        name = item.nodeid.removeprefix("tests/")
        self.measured.switch_context(name)
        try:
            return (yield)
        finally:
            self.measured.switch_context("again")
            self.seconds[name] = time.monotonic() - begun

    def told(self) -> dict[str, Any]:
        """Seconds by test; tests by file and line, the tests as numbers; -1 is import, -2 what is done once.

        What is done again outside of tests, as they are collected, is left out.
        """
        data = self.measured.get_data()
        numbers = {name: number for number, name in enumerate(self.seconds)} | {"": -1, "load": -2}
        lines: dict[str, dict[str, list[int]]] = {}
        for name in data.measured_files():
            words = Path(name).read_text("utf-8").splitlines()
            of_file = lines.setdefault(Path(name).relative_to(self.repository).as_posix(), {})
            for line, contexts in data.contexts_by_lineno(name).items():
                once = {"again", "load"} if "again" in contexts else ()
                known = of_file.setdefault(words[line - 1].strip(), [])
                known.extend({numbers[each] for each in set(contexts).difference(once)}.difference(known))
        return {"seconds": self.seconds, "lines": lines}


def record(repository: Path, folders: Iterable[Path]) -> str:
    """All tests once, and what they execute of the folders; for a child."""
    settle(repository)
    recorder = Recorder(repository, folders)
    without = [f"--ignore=tests/{name}.py" for name in LEFT_OUT]
    recorder.begin()
    pytest.main([*OPTIONS, *without, "tests"], plugins=[recorder])
    recorder.measured.stop()
    return json.dumps(recorder.told(), ensure_ascii=False)
