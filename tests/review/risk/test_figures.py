import numpy as np
import pytest

from planner.domain.rules import Milestone
from planner.domain.shop import Status
from planner.review.risk.build import build_model
from planner.review.risk.drivers import find_drivers
from planner.review.risk.figures import (
    Counts,
    Dates,
    fixed_dates_missed,
    forecast_band,
    milestone_outlook,
    shop_outlooks,
    wilson,
)
from planner.review.risk.model import Model
from planner.review.risk.report import assess, varies
from planner.review.risk.simulate import Outcomes, simulate
from tests.review.risk.made import day, in_turn, made_plan, made_rollout, one_phase, shop, with_risk


def model_of_three(**more) -> Model:
    """Three shops by one crew on days 0 to 14, and one that was done before."""
    shops = [shop("A"), shop("B", due_by=day(12)), shop("C"), shop("D", status=Status.DONE, finish=day(-5))]
    rollout = made_rollout(shops, one_phase(5), **more)
    return build_model(rollout, made_plan(rollout, in_turn("ABC", 5)))


def outcomes_of(starts: list[list[int]], finishes: list[list[int]]) -> Outcomes:
    return Outcomes(np.array(starts, dtype=np.int16), np.array(finishes, dtype=np.int16), {}, 0.0)


@pytest.mark.parametrize(
    ("hits", "samples", "low", "high"),
    [(10, 100, 0.0552, 0.1744), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)],
)
def test_wilsons_interval(hits: int, samples: int, low: float, high: float) -> None:
    share = wilson(hits, samples)
    assert share.probability == hits / samples
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


def test_a_milestone_is_counted_with_what_was_done_before() -> None:
    model = model_of_three()
    never = model.axis.never
    outcomes = outcomes_of([[0] * 4, [5] * 4, [10] * 4], [[4, 4, 4, 6], [9, 9, 11, 12], [14, 16, never, 14]])
    outlook = milestone_outlook(model, outcomes, Milestone(name="M", by=day(14), target=4))
    assert (outlook.planned, outlook.met.probability) == (4, 0.5)
    assert outlook.done == Counts(3, 3, 4)
    assert outlook.reached == Dates(day(14), day(14), None)
    reached = milestone_outlook(model, outcomes, Milestone(name="M", by=day(14), target=1))
    assert (reached.met.probability, reached.reached) == (1.0, None)
    too_many = milestone_outlook(model, outcomes, Milestone(name="M", by=day(14), target=5))
    assert (too_many.met.probability, too_many.reached) == (0.0, Dates(None, None, None))


def test_a_shops_chances_are_of_its_own_dates() -> None:
    model = model_of_three()
    outcomes = outcomes_of([[0, 0], [5, 7], [10, 10]], [[4, 4], [9, 13], [14, model.axis.never]])
    a, b, c = shop_outlooks(model, outcomes)
    assert (a.on_time, a.due) == (1.0, None)
    assert (b.on_time, b.starts_on_time, b.due, b.mean_days_late) == (0.5, 0.5, 0.5, 2.0)
    assert (c.never, c.finishes.late, c.mean_days_late) == (0.5, None, 0.0)


def test_the_band_goes_from_what_is_done_to_all_that_ever_is() -> None:
    model = model_of_three()
    outcomes = outcomes_of([[0, 0], [5, 5], [10, 10]], [[4, 8], [9, 13], [14, 20]])
    band = forecast_band(model, outcomes)
    assert [(item.day, item.planned) for item in band] == [(day(0), 1), (day(7), 2), (day(14), 4), (day(20), 4)]
    assert band[1].done == Counts(1, 1, 2)
    assert band[-1].done == Counts(4, 4, 4)


def test_fixed_dates_that_start_late_are_counted() -> None:
    rollout = made_rollout([shop("A"), shop("B", status=Status.FIXED, start=day(5))], one_phase(5))
    model = build_model(rollout, made_plan(rollout, in_turn("AB", 5)))
    assert fixed_dates_missed(model, outcomes_of([[3, 3], [5, 6]], [[4, 4], [9, 9]])) == 0.5


def test_drivers_name_what_varies_and_what_helps() -> None:
    milestone = Milestone(name="M", by=day(14), target=4)
    model = model_of_three(milestones=(milestone,))
    rollout = with_risk(model.rollout, duration_sigma=0.3)
    model = build_model(rollout, model.plan)
    (outcomes,) = simulate(model, 4_000, 1)
    drivers = find_drivers(model, outcomes, milestone, 1)
    builder = next(effect for effect in drivers.sources if effect.kind == "trade")
    # Builders are all that varies, so without their surprises the plan is certain.
    assert (builder.name, builder.probability) == ("builder", 1.0)
    assert {effect.kind for effect in drivers.sources} == {"trade", "region"}
    assert drivers.crews[0].name == "K"
    assert drivers.crews[0].probability > drivers.probability + 0.1
    assert [days for days, _ in drivers.earlier] == [7, 14, 21, 28]
    assert dict(drivers.spare)[1] > drivers.probability
    assert drivers.shops[0].shop == "C"


def test_a_rollout_that_says_nothing_of_risk_is_played_as_planned() -> None:
    milestone = Milestone(name="M", by=day(14), target=4)
    model = model_of_three(milestones=(milestone,), risk=None)
    report = assess(model.rollout, model.plan, samples=200, seed=1)
    assert not varies(model.rollout)
    assert not report.varies
    assert report.milestones[0].met.probability == 1.0
    assert report.drivers is not None
    assert report.drivers.sources == ()


def test_a_plan_without_remodels_and_a_rollout_without_milestones_can_be_assessed() -> None:
    rollout = made_rollout([shop("A")], one_phase(5), milestones=(Milestone(name="M", by=day(14), target=1),))
    report = assess(rollout, made_plan(rollout, {}), samples=200, seed=1)
    assert report.milestones[0].met.probability == 0.0
    assert report.shops == ()
    bare = made_rollout([shop("A")], one_phase(5))
    assert assess(bare, made_plan(bare, in_turn("A", 5)), samples=200, seed=1).drivers is None
