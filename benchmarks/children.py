"""Runs of the tests in forked children, for ``mutants.py``: what fails first, what there is, who executes which line.

A child begins where its parent is: what the tests need of others has been imported, the package and the tests have not.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

import coverage
import pytest

# What the tests import of others, once for all children.
OTHERS = """
hypothesis xdist yaml rich.console rich.table typer.testing jieba jsonschema docx openpyxl icalendar
pyarrow.parquet networkx pypdfium2 ofdkit python_calamine fontTools.ttLib unittest.mock concurrent.futures
multiprocessing xml.dom.minidom sqlite3 asyncio http.server difflib statistics
"""
MEMORY = 4 << 30
"""Bytes that a child may use: a mutant may loop."""
OPTIONS = ("-q", "-n0", "-pno:cacheprovider", "--no-header", "--tb=no")


def import_others() -> None:
    """What children would import each for itself."""
    for name in OTHERS.split():
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def in_child(work: Callable[[], str], copy: Path, limit: float) -> str:
    """What ``work`` says, in a forked child whose current folder and first path is the copy; or how the child ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.setsid()
        said = "the child ends"
        try:
            _settle(copy)
            said = work()
        except BaseException:
            said = traceback.format_exc().strip().rpartition("\n")[2] or "error"
        finally:
            with contextlib.suppress(OSError), os.fdopen(writing, "w", encoding="utf-8", errors="replace") as out:
                out.write(said)
            os._exit(0)
    os.close(writing)
    os.set_blocking(reading, False)
    said, ends = b"", time.monotonic() + limit
    try:
        while time.monotonic() < ends:
            try:
                piece = os.read(reading, 1 << 20)
            except BlockingIOError:
                time.sleep(0.02)
                continue
            if not piece:
                return said.decode()
            said += piece
        return "too slow"
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _settle(copy: Path) -> None:
    """Make the child what ``python -m pytest`` in the copy would be, and quiet."""
    for name in [name for name in os.environ if name.startswith(("AIWEI_", "CI", "PYTHON"))]:
        del os.environ[name]
    os.environ.update(PYTHONPATH=str(copy), COLUMNS="400")
    os.chdir(copy)
    sys.path[:0] = [str(copy), str(copy / "tests")]
    sys.argv = ["pytest"]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)


def first_case() -> str:
    """The first case, or line of ``said``, that is read otherwise than wanted; nothing where all are right."""
    cases = importlib.import_module("test_cases")
    for name in cases.NAMES:
        if "xfail" not in cases.wanted(name) and cases.compare(cases.notice(name), cases.wanted(name)):
            return f"case {name}"
    said = importlib.import_module("test_said")
    wrong = (next(iter(said.misread(section)), "") for section in said.SECTIONS)
    return next((f"said {words}" for words in wrong if words), "")


def first_failure(tests: list[str], without: Iterable[str]) -> str:
    """The first of the tests (files or single ones) that fails; nothing where all pass."""
    watch = Watch()
    left_out = [f"--deselect=tests/{name}" for name in without]
    code = pytest.main([*OPTIONS, "-x", *left_out, *(f"tests/{name}" for name in tests)], plugins=[watch])
    if code in (0, 5):  # all pass; there were none
        return ""
    return watch.failed[0].removeprefix("tests/") if watch.failed else f"pytest ends with {int(code)}"


class Watch:
    """A plugin of pytest that keeps which tests fail."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


class Recorder:
    """A plugin of pytest that keeps which tests execute a line, and how long each takes."""

    def __init__(self, copy: Path, folders: Iterable[Path]) -> None:
        self.copy = copy
        self.measured = coverage.Coverage(data_file=None, source=[*map(str, folders)], config_file=False)
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, bool, bool]:
        begun = time.monotonic()
        self.measured.switch_context(item.nodeid.removeprefix("tests/"))
        try:
            return (yield)
        finally:
            self.measured.switch_context("")
            self.seconds[item.nodeid.removeprefix("tests/")] = time.monotonic() - begun

    def told(self) -> dict[str, Any]:
        """Seconds by test; tests by file and line, the tests as numbers."""
        data = self.measured.get_data()
        numbers = {name: number for number, name in enumerate(self.seconds)}
        lines: dict[str, dict[str, list[int]]] = {}
        for name in data.measured_files():
            words = Path(name).read_text("utf-8").splitlines()
            of_file = lines.setdefault(Path(name).relative_to(self.copy).as_posix(), {})
            for line, contexts in data.contexts_by_lineno(name).items():
                found = [numbers[each] for each in contexts if each]
                of_file.setdefault(words[line - 1].strip(), []).extend(found)
        return {"seconds": self.seconds, "lines": lines}


def record(copy: Path, folders: Iterable[Path], left_out: Iterable[str]) -> str:
    """All tests once, and what they execute of the folders."""
    recorder = Recorder(copy, folders)
    without = [f"--ignore=tests/{name}.py" for name in left_out]
    recorder.measured.start()
    pytest.main([*OPTIONS, *without, "tests"], plugins=[recorder])
    recorder.measured.stop()
    return json.dumps(recorder.told(), ensure_ascii=False)


def collect(left_out: Iterable[str]) -> str:
    """The names of all tests."""

    class Names:
        def pytest_collection_finish(self, session: pytest.Session) -> None:
            self.names = [item.nodeid.removeprefix("tests/") for item in session.items]

    names = Names()
    without = [f"--ignore=tests/{name}.py" for name in left_out]
    pytest.main([*OPTIONS, "--collect-only", *without, "tests"], plugins=[names])
    return json.dumps(names.names, ensure_ascii=False)
