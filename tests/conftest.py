"""What holds for all tests: how much they try, on how many cores, and which signals they hear.

Plain ``pytest`` leaves out what is marked ``long``, and Hypothesis tries a fifth of its examples; with ``CI=true`` it
tries all. ``CI=true pytest -m "long or hypothesis"`` runs what plain ``pytest`` did not. A run of all tests uses every
core, a run of some files stays in one process.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from browser import CHROMIUM, Browser
from effort import PROFILE
from hypothesis import settings

settings.register_profile("quick", max_examples=20, deadline=None)
# The same examples in every run: what fails for one fails for all.
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, print_blob=True)
settings.load_profile(PROFILE)


def pytest_configure() -> None:
    """Programs that the tests start hear signals, also where the tests run in the background or behind nohup.

    A signal that is ignored stays so in what is started; one with a handler does not.
    """
    for name in ("SIGHUP", "SIGINT"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """What ``-n auto`` means. Where there is one core, or little to do, other processes only cost their start."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS and not config.getoption("usepdb")
    return cores if whole and cores > 1 else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever marks a test as long says why it cannot be short."""
    for item in items:
        for mark in item.iter_markers("long"):
            if not mark.kwargs.get("reason"):
                raise pytest.UsageError(f"{item.nodeid}: pytest.mark.long wants a reason=…")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("没有安装 Chromium（apt-get install chromium），网页没有在真的浏览器里试过")
    running = Browser(tmp_path_factory.mktemp("chromium"))
    yield running
    running.close()
