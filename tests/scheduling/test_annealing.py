"""Annealing works on flat arrays of its own: they and what comes of them are held against the plan and the pricers."""

import threading
from dataclasses import dataclass

import numpy as np
import pytest

from planner.review.check import check
from planner.scheduling.annealing.annealer import Annealer, Course, wishes_at_best
from planner.scheduling.annealing.layout import lay_out
from planner.scheduling.annealing.state import MONEY, SHORT, UNPLANNED, changed_choices, state_of
from planner.scheduling.annealing.walk import Wishes, walk
from planner.scheduling.annealing_phase import FIRST_SHARE, annealed, compile_ahead, may_anneal
from planner.scheduling.bounding import Bounds
from planner.scheduling.clock import Clock
from planner.scheduling.construction import construct
from planner.scheduling.given_first import given_first
from planner.scheduling.guide import Guide
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Lagrangian
from planner.scheduling.limits import Limits
from planner.scheduling.pricing import REACHABLE
from planner.scheduling.solve import solve
from tests.benchmarks.rollouts import make_rollout
from tests.scheduling.first_plans import first_plan

SHOPS = 60
ROUNDS, CHANGES = 4, 400
A_LITTLE = 0.02


@dataclass(frozen=True)
class Case:
    """A first plan, with prices that know a little."""

    lagrangian: Lagrangian
    bounds: Bounds
    plan: Incumbent
    wishes: Wishes


@pytest.fixture(scope="module", params=[1, 2, 3])
def case(request: pytest.FixtureRequest) -> Case:
    first = first_plan(SHOPS, request.param, steps=20)
    wishes = wishes_at_best(first.bounds.money)
    assert wishes is not None
    return Case(first.lagrangian, first.bounds, first.plan, wishes)


def run(case: Case, seed: int = 1, parts: int = 1) -> Annealer:
    annealer = Annealer(case.plan, seed)
    for number in range(ROUNDS):
        course = Course(ROUNDS * CHANGES / SHOPS, number / ROUNDS)
        for go in annealer.begin(case.bounds.prices, case.wishes, course, CHANGES, parts):
            go()
        annealer.end()
    annealer.read()
    return annealer


def test_a_state_says_what_the_plan_does(case: Case) -> None:
    layout = lay_out(case.plan.problem)
    state = state_of(case.plan, layout)
    assert changed_choices(case.plan, layout, state) == {}
    assert state.totals[SHORT] == case.plan.rank.shortfall
    assert state.totals[UNPLANNED] == case.plan.rank.unplanned_priority
    assert state.totals[MONEY] == case.plan.rank.value


@pytest.mark.parametrize("parts", [1, 3])
def test_a_plan_gets_better_and_breaks_nothing(case: Case, parts: int) -> None:
    plan = run(case, parts=parts).plan
    assert plan.rank < case.plan.rank
    assert plan.is_feasible()
    anew = Incumbent(plan.problem, plan.choices)
    assert anew.rank == plan.rank
    assert (anew.usage == plan.usage).all()
    better = plan.rank.shortfall, plan.rank.unplanned_priority
    assert better <= (case.plan.rank.shortfall, case.plan.rank.unplanned_priority)


@pytest.mark.parametrize("parts", [1, 3])
def test_what_the_arrays_add_up_to_is_what_the_choices_do(case: Case, parts: int) -> None:
    annealer = run(case, parts=parts)
    present = case.plan.with_changes(changed_choices(case.plan, annealer._layout, annealer._now))
    state = annealer._now
    assert (state.left == present.problem.capacity - present.usage).all()
    assert (state.shops["finish"] == present.finish).all()
    assert (state.shops["starts"] == present.begun).all()
    assert (state.shops["cents"] == present.cents).all()
    assert state.totals[SHORT] == present.rank.shortfall
    assert state.totals[UNPLANNED] == present.rank.unplanned_priority
    assert abs(state.totals[MONEY] - present.rank.value) < 1
    in_time = [np.count_nonzero(present.finish[present.finish >= 0] <= item.day) for item in present.problem.deadlines]
    assert state.done.tolist() == in_time


def test_the_same_seed_makes_the_same_plan(case: Case) -> None:
    first = run(case, 1, parts=2).plan
    assert run(case, 1, parts=2).plan.choices == first.choices
    assert run(case, 2, parts=2).plan.choices != first.choices


def test_shops_with_one_option_stay(case: Case) -> None:
    plan = run(case).plan
    for number, options in enumerate(plan.problem.options):
        if all(block.positions == 1 for block in options.blocks):
            assert plan.choices[number] == case.plan.choices[number]
        if options.mandatory:
            assert plan.choices[number] is not None


def test_one_shop_alone_finds_its_cheapest_option(case: Case) -> None:
    """Where no price leads and only one shop may move, what it takes is what the pricer finds over all options."""
    free = case.lagrangian.zero_prices()
    guide = Guide(case.lagrangian, free)
    compared = 0
    for number in range(0, len(case.plan.choices), 5):
        annealer = Annealer(case.plan, 1)
        movable = annealer._layout.shops["is_movable"]
        if not movable[number]:
            continue
        movable[:] = 0
        movable[number] = 1
        pricer = case.lagrangian.pricers[number]
        least, _ = pricer.best(guide.values(pricer, case.plan.room_without([number])))
        for go in annealer.begin(free, case.wishes, Course(0.0, 1.0), 50 * len(movable)):
            go()
        annealer.end()
        rank = annealer.read().rank
        moved = int(annealer.plan.cents[number])
        assert rank <= case.plan.rank
        if least < REACHABLE and (rank.shortfall, rank.unplanned_priority) == (0, 0) and case.plan.rank.shortfall == 0:
            assert moved <= round(least) + 1 or _is_needed_in_time(case.plan, number)
            assert moved >= int(least) - 1
            compared += 1
    assert compared or case.plan.rank.shortfall or case.plan.rank.unplanned_priority


def _is_needed_in_time(plan: Incumbent, number: int) -> bool:
    """Whether a milestone would be missed if the shop finished after it."""
    return sum(plan.short_of([number])) > sum(plan.short_of())


def test_the_phase_ends_with_the_stop() -> None:
    stop = threading.Event()
    clock = Clock(Limits(seconds=1000.0, workers=2), stop)
    problem = given_first(make_rollout(SHOPS, 4), clock, None).problem
    lagrangian = Lagrangian(problem)
    bounds = Bounds(lagrangian, clock)
    for _ in range(5):
        bounds.step(None)
    start = construct(lagrangian, bounds.prices, {}, np.random.default_rng(1))
    plans = annealed(start, bounds, clock, 1, FIRST_SHARE)
    better = next(plans)
    stop.set()
    assert better.rank < start.rank
    assert len(list(plans)) <= 1


def test_a_plan_of_many_shops_is_the_same_twice_and_passes_the_checker() -> None:
    rollout = make_rollout(SHOPS, 5)
    limits = Limits(seconds=6.0, deterministic=True)
    first, second = solve(rollout, limits), solve(rollout, limits)
    assert not check(rollout, first)
    assert first.remodels == second.remodels


def test_what_is_compiled_ahead_is_what_anneals(case: Case) -> None:
    known = len(walk.signatures)
    clock = Clock(Limits(seconds=1000.0), threading.Event())
    assert compile_ahead(case.plan.problem, clock).result() == 0.0
    run(case)
    assert len(walk.signatures) == max(known, 1)


def test_nothing_is_compiled_when_time_is_short(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = (Clock(Limits(seconds=seconds), threading.Event()) for seconds in (8.0, 60.0))
    for is_there, expected in ((True, True), (False, False)):
        monkeypatch.setattr("planner.scheduling.annealing_phase.is_compiled", lambda there=is_there: there)
        assert may_anneal(case.plan.problem, short) is expected
        assert may_anneal(case.plan.problem, long)
        assert not list(annealed(case.plan, case.bounds, short, 1, A_LITTLE)) or is_there
