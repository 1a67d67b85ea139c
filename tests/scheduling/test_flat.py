"""Pricing all shops at once does what pricing each by itself does."""

import threading

import numpy as np
import pytest

from planner.domain.rollout import Rollout
from planner.scheduling.choice import add_uses, slot_uses
from planner.scheduling.clock import Clock
from planner.scheduling.flat import FlatOptions
from planner.scheduling.given_crews import crew_given, take_out_settled
from planner.scheduling.given_dates import take_out_given_uses
from planner.scheduling.limits import Limits
from planner.scheduling.pricing import Pricer
from planner.scheduling.problem import Problem, build_problem
from planner.scheduling.timelines import FloatArray, IntArray
from tests.tiny_rollouts import LARGER, seeded_rollout

TINY_SEEDS = range(60)
LARGER_SEEDS = range(12)
ROLLOUTS = [
    *(pytest.param(seeded_rollout(seed), seed, id=f"tiny-{seed}") for seed in TINY_SEEDS),
    *(pytest.param(seeded_rollout(seed, LARGER), seed, id=f"larger-{seed}") for seed in LARGER_SEEDS),
]


def problem_of(rollout: Rollout) -> Problem:
    """The problem as a search finds it: given remodels have their crews."""
    problem = build_problem(rollout)
    problem.capacity = take_out_given_uses(problem)
    crews = crew_given(problem, Clock(Limits(), threading.Event()))
    if crews.choices:
        take_out_settled(problem, crews.choices)
    return problem


def one_by_one(
    problem: Problem, prefix: FloatArray, money: float, point: float, rewards: list[tuple[int, float]]
) -> tuple[float, IntArray, list[int], int]:
    """The total, the usage, the finishes and the points left out, from a loop over the shops."""
    total, left_out = 0.0, 0
    usage = np.zeros(len(problem.capacity), np.int64)
    finishes: list[int] = []
    for options in problem.options:
        pricer = Pricer(options)
        best, positions = pricer.best(pricer.block_values(prefix, money, rewards))
        none = money * options.unplanned_cents + point * options.shop.priority
        if not options.mandatory and none < best:
            total += none
            left_out += options.shop.priority
            continue
        total += best
        add_uses(usage, slot_uses(options, pricer.crews_at(prefix, money, positions)))
        finishes.append(int(options.finish[positions[-1]]))
    return total, usage, finishes, left_out


@pytest.mark.parametrize(("rollout", "seed"), ROLLOUTS)
def test_all_shops_at_once_take_what_each_takes_alone(rollout: Rollout, seed: int) -> None:
    problem = problem_of(rollout)
    flat = FlatOptions(problem)
    rng = np.random.default_rng(seed)
    # No two options cost the same at random prices unless they use the same, so that the cheapest is settled. Dear
    # slots leave shops without a date, dear points give them one.
    for money, most, point in ((1.0, 50.0, 20.0), (1.0, 5_000.0, 900.0), (0.0, 1.0, 3.0)):
        prefix = np.concatenate([[0.0], np.cumsum(rng.uniform(0.0, most, len(problem.capacity)))])
        rewards = [(item.day, float(rng.uniform(0.0, most))) for item in problem.deadlines]
        taken = flat.take(prefix, money, point, rewards)
        assert taken is not None
        total, usage, finishes, left_out = one_by_one(problem, prefix, money, point, rewards)
        assert taken.total == pytest.approx(total)
        assert taken.left_out == left_out
        np.testing.assert_array_equal(taken.usage, usage)
        expected = [sum(finish <= item.day for finish in finishes) for item in problem.deadlines]
        assert taken.finished.tolist() == expected
