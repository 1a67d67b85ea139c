"""Plans that are sure enough: that they are, what they cost, and that their buffers are of the right size."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.rules import Blackout, Milestone, Scope
from planner.review.check import check
from planner.review.risk.build import build_model
from planner.review.risk.figures import done_by
from planner.review.risk.simulate import Outcomes, simulate
from planner.scheduling.limits import Limits, NoPlanError
from planner.scheduling.solve import solve
from planner.studies.buffers import Buffers, with_buffers
from planner.studies.confidence import ConfidenceSearch, Ending
from planner.studies.sizing import Kind, deadline, enlarged, reduced, shops_that_matter
from tests.review.risk.made import day, made_plan, made_rollout, one_phase, shop
from tests.studies.deadline_rollout import ROLLOUT


def solved(rollout: Rollout, seconds: float, start: Plan | None) -> Plan:
    return solve(rollout, Limits(seconds=seconds, workers=1), start=start)


def search_of(rollout: Rollout, solve_it: Callable[..., Plan] = solved, seconds: float = 6.0) -> ConfidenceSearch:
    return ConfidenceSearch(rollout, solve_it, seconds=seconds, gap=0.001, seed=1)


def test_a_sure_plan_is_as_sure_in_samples_nobody_has_seen_and_passes_the_check() -> None:
    search = search_of(ROLLOUT)
    assert search.points[0].met < 0.5
    assert search.reach(0.8) is Ending.REACHED
    point = search.cheapest(0.8)
    assert point is not None
    assert point.confirmed is not None
    assert point.confirmed.probability >= 0.8
    assert check(ROLLOUT, point.plan) == ()
    assert search.extra(point) >= 0
    model = build_model(ROLLOUT, point.plan)
    (outcomes,) = simulate(model, 4_000, seed=987_654)
    met = float((done_by(model, outcomes, ROLLOUT.milestones[0].by) >= 12).mean())
    assert met > 0.77


def test_the_frontier_is_dearer_the_surer_and_every_plan_on_it_stands() -> None:
    search = search_of(ROLLOUT)
    search.reach(0.8)
    frontier = search.frontier()
    shares = [point.confirmed.probability for point in frontier if point.confirmed]
    assert len(shares) == len(frontier)
    assert shares == sorted(set(shares))
    assert [point.value for point in frontier] == sorted(point.value for point in frontier)
    assert all(check(ROLLOUT, point.plan) == () for point in frontier)
    assert search.surest().met == max(point.met for point in search.points)


def test_a_plan_that_is_sure_already_gets_no_buffer() -> None:
    easy = replace(ROLLOUT, milestones=(Milestone(name="April", by=date(2021, 6, 30), target=2),))
    search = search_of(easy, seconds=2.0)
    assert search.reach(0.9) is Ending.REACHED
    assert [point.buffers for point in search.points] == [Buffers()]


def test_a_milestone_out_of_reach_is_not_buffered() -> None:
    hard = replace(ROLLOUT, milestones=(Milestone(name="April", by=date(2021, 3, 5), target=9),))
    search = search_of(hard, seconds=2.0)
    assert search.reach(0.5) is Ending.NOT_REACHED
    assert search.cheapest(0.5) is None
    assert [point.buffers for point in search.points] == [Buffers()]


def test_rounds_without_a_plan_leave_the_plans_there_are() -> None:
    def only_once(rollout: Rollout, seconds: float, start: Plan | None) -> Plan:
        if start is not None:
            raise NoPlanError("too short")
        return solved(rollout, seconds, None)

    search = search_of(ROLLOUT, only_once, seconds=3.0)
    assert search.reach(0.9) is Ending.NOT_REACHED
    assert len(search.points) == 1


def test_stopping_ends_with_the_plans_so_far() -> None:
    search = ConfidenceSearch(ROLLOUT, solved, seconds=3.0, gap=0.001, seed=1, stop=lambda: True)
    assert search.reach(0.9) is Ending.NOT_REACHED
    assert len(search.points) == 1


def test_buffers_are_stricter_milestones_and_blackouts() -> None:
    window = (date(2021, 4, 26), date(2021, 4, 30))
    stricter = with_buffers(ROLLOUT, Buffers(spare=2, earlier=3, clear={"S01": window, "S02": window}))
    assert stricter.milestones == (Milestone(name="April", by=date(2021, 4, 27), target=14),)
    assert stricter.blackouts == (
        Blackout(name="Buffer", first=window[0], last=window[1], scope=Scope({"shop": ("S01", "S02")})),
    )
    assert with_buffers(ROLLOUT, Buffers()) == ROLLOUT
    long_ago = with_buffers(ROLLOUT, Buffers(earlier=400))
    assert long_ago.milestones[0].by == ROLLOUT.today


def test_buffers_out_of_reach_give_way_to_smaller_ones_and_are_not_told() -> None:
    most = ROLLOUT.milestones[0].target + 1

    def limited(rollout: Rollout, seconds: float, start: Plan | None) -> Plan:
        """Plans for one shop more than the milestone asks for at most, and for no earlier date."""
        capped = replace(ROLLOUT.milestones[0], target=min(most, rollout.milestones[0].target))
        is_out_of_reach = (capped.by, capped.target) != (rollout.milestones[0].by, rollout.milestones[0].target)
        plan = solved(replace(rollout, milestones=(capped,)), seconds, start)
        return replace(plan, shortfall=1) if is_out_of_reach else plan

    search = search_of(ROLLOUT, limited)
    search.reach(0.999)
    spare = [point.buffers.spare for point in search.points]
    out_of_reach = [point.buffers.spare for point in search.points if not point.in_reach and point.buffers.spare]
    assert min(out_of_reach) > 1
    assert any(0 < number < min(out_of_reach[:1]) for number in spare)
    for point in search.points:
        planned = sum(remodel.finish <= ROLLOUT.milestones[0].by for remodel in point.plan.remodels)
        assert point.kept.spare == min(point.buffers.spare, planned - ROLLOUT.milestones[0].target)


def made(finishes: list[list[int]], target: int, **more) -> tuple:
    """Three shops planned to finish on days 4, 9 and 14, and when they do in four samples."""
    milestone = Milestone(name="M", by=day(14), target=target)
    rollout = made_rollout([shop("A"), shop("B"), shop("C")], one_phase(5), milestones=(milestone,), **more)
    plan = made_plan(rollout, {name: [(5 * place, 5 * place + 4, {"K": 1})] for place, name in enumerate("ABC")})
    days = np.array(finishes, dtype=np.int16)
    return build_model(rollout, plan), Outcomes(days - 4, days, {}, 0.0)


FINISHES = [[4, 4, 4, 20], [9, 9, 9, 22], [14, 17, 19, 14]]


def test_the_fewest_shops_that_explain_the_misses_are_found() -> None:
    model, outcomes = made(FINISHES, 3)
    assert shops_that_matter(model, outcomes, 0.25) == []
    assert shops_that_matter(model, outcomes, 0.75) == [2]
    assert sorted(shops_that_matter(model, outcomes, 1.0)) == [0, 1, 2]


def test_buffers_are_as_large_as_the_samples_lack() -> None:
    model, outcomes = made(FINISHES, 3)
    spare = [enlarged(model, outcomes, Buffers(), Kind.SPARE, aim) for aim in (0.7, 1.0)]
    earlier = [enlarged(model, outcomes, Buffers(), Kind.EARLIER, aim) for aim in (0.5, 0.75, 1.0)]
    assert spare == [Buffers(spare=1), Buffers(spare=2)]
    assert earlier == [Buffers(earlier=3), Buffers(earlier=5), Buffers(earlier=8)]
    clear = enlarged(model, outcomes, Buffers(), Kind.CLEAR, 0.75)
    assert clear == Buffers(clear={"C": (day(8), day(14))})


def test_a_blackout_before_the_milestone_is_the_deadline_of_its_shops() -> None:
    blackout = Blackout(name="Sale", first=day(11), last=day(13), scope=Scope({"shop": ("B",)}))
    model, _ = made(FINISHES, 3, blackouts=(blackout,))
    assert deadline(model.rollout, "B", day(9)) == day(10)
    assert deadline(model.rollout, "A", day(9)) == day(14)
    assert deadline(model.rollout, "A", day(15)) is None


@pytest.mark.parametrize(
    ("enough", "too_small", "expected"),
    [(8, [0], 4), (8, [0, 5], 6), (8, [7], None), (1, [0], None), (8, [], None), (8, [9], None)],
)
def test_a_buffer_that_is_enough_is_halved_towards_one_that_is_not(
    enough: int, too_small: list[int], expected: int | None
) -> None:
    less = reduced(Buffers(earlier=enough), Kind.EARLIER, [Buffers(earlier=number) for number in too_small])
    assert less == (None if expected is None else Buffers(earlier=expected))
