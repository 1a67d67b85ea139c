"""What only makes a plan nicer ends soon once somebody waits for it."""

import threading
from types import SimpleNamespace

import pytest

from planner.scheduling import clock as clock_module
from planner.scheduling.clock import POLISH_RESERVE, POLISH_SECONDS, Clock
from planner.scheduling.limits import Limits


class Watch:
    """A time that only moves when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(clock_module, "time", SimpleNamespace(monotonic=lambda: self.now))


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


def clock_of(watch: Watch, **limits: object) -> Clock:
    return Clock(Limits(seconds=100.0, **limits), threading.Event(), reserve=5.0, _began=watch.now)  # type: ignore[arg-type]


def test_polishing_goes_on_as_long_as_there_is_time(watch: Watch) -> None:
    is_over = clock_of(watch).polish()
    watch.now += 90
    assert not is_over()


def test_it_ends_soon_after_a_stop(watch: Watch) -> None:
    clock = clock_of(watch)
    is_over = clock.polish()
    assert not is_over()
    clock.stop.set()
    assert not is_over()
    watch.now += 1.01 * POLISH_SECONDS
    assert is_over()


def test_past_the_limit_it_takes_part_of_the_reserve_and_a_stop_then_ends_it_sooner(watch: Watch) -> None:
    clock = clock_of(watch)
    is_over, other = clock.polish(), clock.polish()
    watch.now += 95
    assert not is_over()
    assert not other()
    watch.now += 0.5 * POLISH_RESERVE * 5.0
    assert not is_over()
    clock.stop.set()
    assert not is_over()
    watch.now += 1.01 * POLISH_SECONDS
    assert is_over()
    assert clock.is_over
    watch.now += 0.5 * POLISH_RESERVE * 5.0
    assert other()


def test_work_that_a_deterministic_limit_ended_is_polished_to_the_end(watch: Watch) -> None:
    clock = clock_of(watch, deterministic=True)
    is_over = clock.polish()
    clock.spend(100)
    assert clock.is_over
    watch.now += 1000
    assert not is_over()
    clock.stop.set()
    assert not is_over()
    watch.now += 1.01 * POLISH_SECONDS
    assert is_over()
