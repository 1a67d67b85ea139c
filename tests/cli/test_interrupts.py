import signal
from threading import Event

import pytest

from planner.cli.interrupts import Interrupts


def test_without_anything_to_keep_a_signal_interrupts() -> None:
    with Interrupts() as interrupts, pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)
    assert not interrupts.stop.is_set()


def test_with_a_plan_to_keep_only_the_second_signal_interrupts() -> None:
    with Interrupts() as interrupts:
        interrupts.keep_the_plan()
        signal.raise_signal(signal.SIGINT)
        assert interrupts.stop.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


class InterruptedEvent(Event):
    def set(self) -> None:
        with self._cond:  # as the event itself has it when it is set
            signal.raise_signal(signal.SIGTERM)


def test_a_second_signal_within_the_first_does_not_wait_for_it() -> None:
    with Interrupts() as interrupts:
        interrupts.stop = InterruptedEvent()
        interrupts.keep_the_plan()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with Interrupts():
        assert signal.getsignal(signal.SIGTERM) != before[1]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
