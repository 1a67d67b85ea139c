"""The same rollout, seed, workers and limit in units of work: the same plan, byte for byte."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from planner.domain.rollout import Rollout
from planner.exchange.plan_json import plan_to_json
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve
from tests.tiny_rollouts import LARGER, TINY, Size, seeded_rollout

ROLLOUTS = [*((seed, TINY) for seed in (2, 8, 13)), *((seed, LARGER) for seed in (1, 5))]


@contextmanager
def load() -> Iterator[None]:
    """Keep a processor busy meanwhile, so that threads are interrupted elsewhere than in a quiet run."""
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            sum(range(10_000))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def planned(rollout: Rollout, workers: int, seed: int = 1) -> bytes:
    limits = Limits(seconds=0.5, gap=0.0, workers=workers, seed=seed, deterministic=True, allow_conflicts=True)
    return plan_to_json(solve(rollout, limits))


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(("seed", "size"), ROLLOUTS)
def test_the_same_plan_twice(seed: int, size: Size, workers: int) -> None:
    rollout = seeded_rollout(seed, size)
    assert planned(rollout, workers) == planned(rollout, workers)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_plan_on_a_busy_machine(workers: int) -> None:
    rollout = seeded_rollout(5, LARGER)
    quiet = planned(rollout, workers, seed=7)
    with load():
        assert planned(rollout, workers, seed=7) == quiet
