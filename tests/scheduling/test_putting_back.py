"""Published starts that moved for nothing go back; those that move for money or a rule stay."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from planner.domain.crew import Crew
from planner.domain.rollout import Objective, Rollout
from planner.domain.rules import Blackout, Costs
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Lagrangian
from planner.scheduling.pricing import Room
from planner.scheduling.problem import build_problem
from planner.scheduling.putting_back import moved_starts, put_as_before, put_back

MONDAY = date(2021, 7, 12)


def rollout(*published: int | None, change: float = 300.0, **values: object) -> Rollout:
    """Shops of two days' work each for one builder, published so many days after Monday; waiting costs 1 EUR a day."""
    days = [None if after is None else MONDAY + timedelta(days=after) for after in published]
    shops = tuple(
        Shop(id=f"S{number}", format="M", weekly_revenue=6.0, published_start=day) for number, day in enumerate(days)
    )
    setting = Rollout(
        name="Back",
        today=MONDAY,
        last=MONDAY + timedelta(days=25),
        country="",
        formats=(ShopFormat(name="M", phases=(Phase(name="Build", days=2, crews={"builder": 1}),)),),
        shops=shops,
        crews=(Crew(id="B1", trade="builder"),),
        costs=Costs(uplift=1.0, recapture=1.0, change=change),
    )
    return replace(setting, **values)


def standing(made: Rollout, *starts: int) -> tuple[Lagrangian, Incumbent]:
    """A plan in which the shops start so many days after Monday."""
    lagrangian = Lagrangian(build_problem(made))
    choices = []
    for number, start in enumerate(starts):
        pricer = lagrangian.pricers[number]
        (position,) = np.flatnonzero(pricer.options.start == start)
        room = Room(lagrangian.problem.timelines, lagrangian.problem.capacity)
        choices.append(pricer.crews_at(np.zeros(room.slots + 1), 1.0, (int(position),), room))
    plan = Incumbent(lagrangian.problem, list(choices))
    assert plan.is_feasible()
    return lagrangian, plan


def starts_of(plan: Incumbent) -> list[int]:
    found = []
    for options, choice in zip(plan.problem.options, plan.choices, strict=True):
        assert choice is not None
        found.append(int(options.start[choice.positions[0]]))
    return found


def test_a_start_that_moved_for_less_than_it_saves_goes_back() -> None:
    lagrangian, plan = standing(rollout(7), 0)
    assert moved_starts(plan) == {0: 7}
    back = put_back(lagrangian, plan)
    assert starts_of(back) == [7]
    assert back.is_feasible()
    assert back.rank < plan.rank


def test_a_start_that_moved_for_more_stays() -> None:
    lagrangian, plan = standing(rollout(7, change=2.0), 0)
    assert starts_of(put_back(lagrangian, plan)) == [0]


def test_a_start_whose_day_is_taken_stays() -> None:
    lagrangian, plan = standing(rollout(7, None), 0, 7)
    assert starts_of(put_back(lagrangian, plan)) == [0, 7]


def test_one_that_goes_back_makes_room_for_another() -> None:
    lagrangian, plan = standing(rollout(7, 14), 0, 7)
    assert starts_of(put_back(lagrangian, plan)) == [7, 14]


def test_a_start_that_a_rule_forbids_now_stays() -> None:
    shut = Blackout(name="July", first=MONDAY + timedelta(days=7), last=MONDAY + timedelta(days=11))
    lagrangian, plan = standing(rollout(7, blackouts=(shut,)), 0)
    assert starts_of(put_back(lagrangian, plan)) == [0]


def test_under_earliest_finish_a_start_goes_back_where_the_rollout_ends_no_later() -> None:
    made = rollout(7, None, objective=Objective.EARLIEST_FINISH)
    lagrangian, plan = standing(made, 0, 14)
    assert starts_of(put_back(lagrangian, plan)) == [7, 14]
    lagrangian, plan = standing(made, 0, 2)
    assert starts_of(put_back(lagrangian, plan)) == [0, 2]


def as_before(made: Rollout, now: tuple[int, ...], before: tuple[int, ...]) -> list[int]:
    lagrangian, plan = standing(made, *now)
    earlier = Incumbent(lagrangian.problem, list(standing(made, *before)[1].choices))
    kept = {number: choice for number, choice in enumerate(earlier.choices) if choice is not None}
    return starts_of(put_as_before(plan, kept))


def test_what_stood_elsewhere_before_goes_back_where_that_costs_no_more() -> None:
    free = Costs(uplift=0.0, recapture=1.0)
    assert as_before(rollout(None, None, costs=free), (0, 7), (2, 9)) == [2, 9]
    assert as_before(rollout(None, None), (2, 9), (0, 7)) == [0, 7]


def test_what_stood_elsewhere_before_stays_where_that_would_cost_more_or_is_taken() -> None:
    assert as_before(rollout(None, None), (0, 2), (7, 9)) == [0, 2]
    free = Costs(uplift=0.0, recapture=1.0)
    assert as_before(rollout(None, None, costs=free), (0, 7), (7, 0)) == [0, 7]


def test_once_time_is_over_starts_stay_where_they_are() -> None:
    lagrangian, plan = standing(rollout(7, 14), 0, 2)
    assert put_back(lagrangian, plan, lambda: True) is plan
    asked = iter([False, True])
    assert starts_of(put_back(lagrangian, plan, lambda: next(asked))) == [7, 2]
    earlier = put_back(lagrangian, plan)
    before = {number: choice for number, choice in enumerate(earlier.choices) if choice is not None}
    assert put_as_before(plan, before, lambda: True) is plan
