"""Where most shops have been told a start, planning begins from what they were told."""

import threading
from dataclasses import replace
from datetime import timedelta

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.scheduling.clock import Clock
from planner.scheduling.lagrangian import Lagrangian
from planner.scheduling.limits import Limits
from planner.scheduling.mending import mended
from planner.scheduling.problem import build_problem
from planner.scheduling.published import is_published
from planner.scheduling.solve import solve
from tests.studies.week_rollout import planned, published, week_rollout

QUICK = Limits(seconds=2, workers=1, deterministic=True)


def test_few_published_starts_are_no_beginning() -> None:
    rollout = week_rollout()
    assert not is_published(rollout)
    told = published(rollout, planned(rollout))
    assert is_published(told)
    one = replace(rollout, shops=(*told.shops[:1], *rollout.shops[1:]))
    assert not is_published(one)
    later = replace(told, today=told.last - timedelta(days=10))
    assert not is_published(later)


def test_the_published_starts_are_kept_as_far_as_they_fit() -> None:
    rollout = week_rollout()
    told = published(rollout, planned(rollout))
    clash = told.shops[0].published_start
    shops = (told.shops[0], *(replace(shop, published_start=clash) for shop in told.shops[1:3]), *told.shops[3:])
    lagrangian = Lagrangian(build_problem(replace(told, shops=shops)))
    plan = mended(lagrangian, Clock(QUICK, threading.Event()), None, {})
    assert plan is not None
    assert plan.is_feasible()
    assert not len(plan.left_out())


def test_an_earlier_plans_crews_come_again() -> None:
    rollout = _with_equal_crews(week_rollout())
    before = solve(rollout, QUICK)
    again = solve(rollout, QUICK, start=_with_crews_exchanged(before))
    crews = {item.shop: item.phases[0].crews for item in again.remodels}
    wanted = {item.shop: item.phases[0].crews for item in _with_crews_exchanged(before).remodels}
    assert crews == wanted


def _with_equal_crews(rollout: Rollout) -> Rollout:
    first, second = rollout.crews
    assert all(shop.status is Status.BACKLOG for shop in rollout.shops)
    return replace(rollout, crews=(first, replace(second, lat=first.lat, lon=first.lon)))


def _with_crews_exchanged(plan: Plan) -> Plan:
    other = {"B1": "B2", "B2": "B1"}
    remodels = (
        replace(
            item,
            phases=tuple(
                replace(phase, crews={other[crew]: units for crew, units in phase.crews.items()})
                for phase in item.phases
            ),
        )
        for item in plan.remodels
    )
    return replace(plan, remodels=tuple(remodels))
