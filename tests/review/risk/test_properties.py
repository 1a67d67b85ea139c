"""What holds for every plan: without chance it is played as it stands, and more of a crew makes nothing later."""

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.rules import Risk
from planner.review.risk.build import build_model
from planner.review.risk.model import Model
from planner.review.risk.play import Variant
from planner.review.risk.simulate import simulate
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve
from tests.tiny_rollouts import Size, seeded_rollout

SMALL = Size(active=(3, 8), crews=5, days=(20, 45), crew_units=2, shops_a_limit=3)
RISKS = Risk(
    duration_sigma=0.4,
    duration_shared=0.3,
    permit_slip_probability=0.3,
    permit_slip_days=4,
    illness_per_year=10.0,
    illness_days=2,
    late_kits_probability=0.3,
    late_kits_days=3,
)


def models(first: int, risk: Risk | None) -> list[Model]:
    """Ten random rollouts with plans, as far as they have one without conflicts."""
    found = []
    for seed in range(first, first + 10):
        rollout = replace(seeded_rollout(seed, SMALL), risk=risk)
        plan = solve(rollout, Limits(seconds=2.0, workers=1, deterministic=True))
        if plan.remodels and not plan.conflicts:
            found.append(build_model(rollout, plan))
    return found


@pytest.mark.parametrize("first", range(0, 30, 10))
def test_without_chance_a_plan_is_played_exactly_as_it_stands(first: int) -> None:
    for model in models(first, None):
        (outcomes,) = simulate(model, 2, seed=1)
        for place, remodel in enumerate(model.remodels):
            assert set(outcomes.starts[place]) == {remodel.start}
            assert set(outcomes.finishes[place]) == {remodel.finish}


@pytest.mark.parametrize("first", [100, 110])
def test_more_of_a_crew_makes_nothing_later(first: int) -> None:
    for model in models(first, RISKS):
        # A weekly limit goes by the plan's order and may so turn a gain into a loss elsewhere.
        if model.weekly:
            continue
        variants = [Variant(more_units={place: 1}) for place in model.pool_of_crew.values()]
        before, *after = simulate(model, 200, 1, [Variant(), *variants])
        for outcomes in after:
            assert (outcomes.finishes <= before.finishes).all()


def test_more_crews_never_lower_the_probability_beyond_noise() -> None:
    for model in models(200, RISKS):
        variants = [Variant(more_units={place: 1}) for place in model.pool_of_crew.values()]
        by = max(remodel.finish for remodel in model.remodels)
        before, *after = simulate(model, 1_000, 1, [Variant(), *variants])
        for outcomes in after:
            assert _all_done(outcomes.finishes, by) >= _all_done(before.finishes, by) - 0.05


def _all_done(finishes: np.ndarray, by: int) -> float:
    return float((finishes <= by).all(axis=0).mean())


def test_switching_everything_off_leaves_the_plan() -> None:
    for model in models(300, RISKS):
        calm = Variant(
            steady_items=np.ones(len(model.item_days), dtype=np.bool_),
            steady_permits=np.ones(len(model.remodels), dtype=np.bool_),
            without_late_kits=True,
        )
        (outcomes,) = simulate(model, 50, 1, [calm])
        planned = np.array([remodel.finish for remodel in model.remodels])
        assert (outcomes.finishes == planned[:, None]).all()
