"""The system's own limits: they are set, they hold, and they are taken back."""

from __future__ import annotations

import signal
import sys
import threading
import time

import pytest

from aiwei_cli.errors import Over
from aiwei_cli.reading import watch
from aiwei_cli.reading.watch import Watch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of the system as Linux has them")
GB = 1 << 30


def limits() -> tuple[int, int]:
    import resource

    return resource.getrlimit(resource.RLIMIT_DATA)


def test_a_watch_sets_a_timer_and_a_limit_and_takes_them_back() -> None:
    before, handler = limits(), signal.getsignal(signal.SIGALRM)
    watched = Watch(50.0, GB)
    assert 49 < signal.getitimer(signal.ITIMER_REAL)[0] <= 50
    assert signal.getsignal(signal.SIGALRM) != handler
    assert limits()[1] == before[1]
    assert watch.data_size() < limits()[0] <= watch.data_size() + GB + GB // 4
    for _ in range(2):  # a second time does no harm
        watched.end()
        assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
        assert (limits(), signal.getsignal(signal.SIGALRM)) == (before, handler)


def test_time_that_is_over_already_rings_at_once() -> None:
    watched = Watch(-3.0, GB)
    try:
        with pytest.raises(Over):
            time.sleep(0.9)
    finally:
        watched.end()


def test_a_timer_that_the_process_has_set_stays() -> None:
    signal.setitimer(signal.ITIMER_REAL, 40)
    try:
        watched = Watch(5.0, GB)
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 30
        watched.end()
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 30
        # nor does one that it sets later go with a watch that is over
        signal.setitimer(signal.ITIMER_REAL, 0)
        watched = Watch(5.0, GB)
        watched.end()
        signal.setitimer(signal.ITIMER_REAL, 40)
        watched.end()
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 30
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def test_a_limit_of_the_system_that_is_lower_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    before = limits()
    size = watch.data_size() + GB
    resource.setrlimit(resource.RLIMIT_DATA, (size, before[1]))
    try:
        monkeypatch.setattr(watch, "data_size", lambda: size - GB)
        for more in (GB, GB + 1):
            watch._Memory(more).end()
            assert limits()[0] == size
        held = watch._Memory(GB - 1)
        assert limits()[0] == size - 1
        held.end()
        assert limits()[0] == size
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def test_in_another_thread_nothing_is_watched() -> None:
    before = limits()
    thread = threading.Thread(target=Watch, args=(50.0, GB))
    thread.start()
    thread.join()
    assert (signal.getitimer(signal.ITIMER_REAL)[0], limits()) == (0, before)


def test_a_killer_ends_the_process_unless_it_is_taken_back() -> None:
    killer = watch.Killer(50.0, GB)
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    assert 49 < signal.getitimer(signal.ITIMER_REAL)[0] <= 50
    killer.end()
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_how_much_memory_the_process_has() -> None:
    assert 1 << 20 < watch.data_size() < 64 * GB
    assert 1 << 20 < watch.used() < 64 * GB


def test_a_thread_tells_what_is_over_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_EVERY", 0.001)
    memory = [100]
    monkeypatch.setattr(watch, "used", lambda: memory[0])

    def told(seconds: float | None, more: int, after: int) -> list[str]:
        memory[0] = 100
        said: list[str] = []
        looking = watch._Thread(seconds, more, said.append)
        memory[0] = after
        time.sleep(0.05)
        looking.end()
        return said

    assert told(50.0, 10, 110) == []
    assert told(50.0, 10, 111) == ["memory"]
    assert told(None, 10, 111) == ["memory"]
    assert told(0.0, 10, 100) == ["time"]
    assert told(None, 10, 100) == []


def test_an_interrupt_is_the_users_unless_the_watch_expired() -> None:
    before = signal.getsignal(signal.SIGINT)
    watched = Watch(50.0, GB)
    handler = watch._Handler(watched)
    try:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        watched.expired = "time"
        with pytest.raises(Over):
            signal.raise_signal(signal.SIGINT)
    finally:
        handler.end()
        watched.end()
    assert signal.getsignal(signal.SIGINT) == before
