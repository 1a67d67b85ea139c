"""The walk along a plan's jobs against a simulation that goes from day to day, on random rollouts."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.review.risk.build import build_model
from planner.review.risk.draws import Draws
from planner.review.risk.model import Model
from planner.review.risk.play import Variant, play
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve
from tests.review.risk.event_play import NEVER, EventPlay, Sample
from tests.tiny_rollouts import Size, seeded_rollout

SMALL = Size(active=(3, 8), crews=5, days=(20, 45), crew_units=2, shops_a_limit=3)
SAMPLES = 6
SLIP_DAYS, LATE_DAYS = 4, 3
DAYS_PLAYED = 250


def small_rollout(seed: int) -> Rollout:
    """Without weekly limits and windows of limits, which look ahead and have tests of their own."""
    rollout = seeded_rollout(seed, SMALL)
    limits = [replace(item, first=None, last=None, max_starts_per_week=None) for item in rollout.limits]
    return replace(rollout, limits=tuple(item for item in limits if item.max_closed is not None))


def items_of(rollout: Rollout) -> list[tuple[str, int]]:
    return [
        (shop.id, number)
        for shop in rollout.shops
        if shop.is_in_plan
        for number in range(len(rollout.format_of(shop).phases))
    ]


def some_draws(model: Model, random: Random) -> Draws:
    days = [
        [max(1, planned + random.choice((-1, 0, 0, 1, 2, 4))) for _ in range(SAMPLES)] for planned in model.item_days
    ]
    slipped = [[random.random() < 0.4 for _ in range(SAMPLES)] for _ in model.remodels]
    late = [[[random.random() < 0.3 for _ in range(SAMPLES)] for _ in stock.days] for stock in model.stocks]
    return Draws(
        days=np.array(days, dtype=np.intp),
        illness=np.zeros((len(days), 1), dtype=np.intp),
        slipped=np.array(slipped, dtype=np.bool_).reshape(len(slipped), SAMPLES),
        late=tuple(np.array(item, dtype=np.bool_) for item in late),
    )


def sample_of(model: Model, draws: Draws, number: int) -> Sample:
    days = {key: int(draws.days[item, number]) for item, key in enumerate(items_of(model.rollout))}
    late = {
        (place, model.axis.day(int(day)))
        for place, stock in enumerate(model.stocks)
        for delivery, day in enumerate(stock.days)
        if delivery and draws.late[place][delivery, number]
    }
    permits = {item.shop for place, item in enumerate(model.remodels) if draws.slipped[place, number]}
    return Sample(days, permits, {item for item in late if item[1]}, SLIP_DAYS, LATE_DAYS)


def played(model: Model, draws: Draws) -> list[dict[str, tuple[int, int]]]:
    result = play(model, draws, SAMPLES, (SLIP_DAYS, LATE_DAYS), Variant())
    return [
        {
            item.shop: (int(result.starts[place, number]), int(result.finishes[place, number]))
            for place, item in enumerate(model.remodels)
        }
        for number in range(SAMPLES)
    ]


def events(model: Model, plan: Plan, sample: Sample) -> dict[str, tuple[int, int]]:
    event_play = EventPlay(model.rollout, plan, sample)
    event_play.play(DAYS_PLAYED)
    numbers = {}
    for shop, days in event_play.result().items():
        start, finish = (model.axis.never if day == NEVER else model.axis.number(day) for day in days)
        numbers[shop] = (start, finish)
    return numbers


def compared(seed: int) -> int:
    """How many samples of a random plan were played both ways, alike; none where there is no plan without conflicts."""
    rollout = small_rollout(seed)
    plan = solve(rollout, Limits(seconds=2.0, workers=1, deterministic=True))
    if not plan.remodels or plan.conflicts:
        return 0
    model = build_model(rollout, plan)
    draws = some_draws(model, Random(seed))
    found = played(model, draws)
    count = 0
    for number in range(SAMPLES):
        expected = events(model, plan, sample_of(model, draws, number))
        # What becomes of crews and places when a remodel can never start has tests of its own.
        if all(finish < model.axis.never for _, finish in expected.values()):
            assert found[number] == expected, f"seed {seed}, sample {number}"
            count += 1
    return count


@pytest.mark.parametrize("first", range(0, 60, 15))
def test_both_ways_to_play_agree(first: int) -> None:
    assert sum(compared(seed) for seed in range(first, first + 15)) >= 2 * SAMPLES
