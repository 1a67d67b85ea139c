"""An earlier plan mended: what of it no longer holds is placed anew, among the few shops that it touches."""

import numpy as np

from planner.domain.plan import Plan
from planner.scheduling.choice import Choice, slot_uses
from planner.scheduling.clock import Clock
from planner.scheduling.guide import Guide
from planner.scheduling.improvement import build_subproblem, level_goal
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Lagrangian
from planner.scheduling.neighbourhood import CandidateSearch, standing_choice
from planner.scheduling.options import ShopOptions
from planner.scheduling.pricing import REACHABLE
from planner.scheduling.problem import Problem
from planner.scheduling.published import published_choices, published_starts
from planner.scheduling.warm_start import kept_choices

MOST_MENDED = 60
NEAR_BEFORE, NEAR_NOW = 10, 4
MOST_POSITIONS = 16
SOLVE_SECONDS = 0.5
LEAST_LEVELS = (0, 0)


def mended(lagrangian: Lagrangian, clock: Clock, earlier: Plan | None, given: dict[int, Choice]) -> Incumbent | None:
    """The plan `earlier` as far as it still holds, with new dates for the shops whose own do not.

    None for `earlier` stands for the published starts. `given` are the choices that must stand. Returns None where so
    many shops lack a date that prices had better lead them.
    """
    problem = lagrangian.problem
    if earlier is None:
        kept, days = published_choices(lagrangian, given), published_starts(lagrangian)
    else:
        kept, days = kept_choices(problem, lagrangian.pricers, earlier, given), _finishes(problem, earlier)
    if len(problem.options) - len(kept) > MOST_MENDED:
        return None
    lost = {number: day for number, day in days.items() if number not in kept}
    plan = Incumbent(problem, [kept.get(number) for number in range(len(problem.options))])
    plan = _inserted(lagrangian, plan, list(lost))
    for number, day in lost.items():
        if clock.is_over:
            break
        plan = _solved_around(lagrangian, clock, plan, number, day)
    return plan


def _finishes(problem: Problem, earlier: Plan) -> dict[int, int]:
    """The day on which each shop finished, in the order of their starts."""
    numbers = {options.shop.id: number for number, options in enumerate(problem.options)}
    dated = sorted(earlier.remodels, key=lambda remodel: (remodel.start, remodel.shop))
    return {numbers[remodel.shop]: problem.axis.number(remodel.finish) for remodel in dated if remodel.shop in numbers}


def _inserted(lagrangian: Lagrangian, plan: Incumbent, shops: list[int]) -> Incumbent:
    """The plan with the cheapest date that is left for each of `shops`, one after the other."""
    guide = Guide(lagrangian, lagrangian.zero_prices())
    room = plan.room_without([])
    changes: dict[int, Choice | None] = {}
    for number in shops:
        pricer = lagrangian.pricers[number]
        least, positions = pricer.best(guide.values(pricer, room))
        if least < REACHABLE:
            choice = guide.choice(pricer, positions, room)
            changes[number] = choice
            room.take(slot_uses(pricer.options, choice))
    inserted = plan.with_changes(changes)
    return inserted if inserted.is_feasible() else plan


def _solved_around(lagrangian: Lagrangian, clock: Clock, plan: Incumbent, number: int, day: int) -> Incumbent:
    """The plan after a shop, and others near its earlier and its present date, were set free and solved together."""
    problem = lagrangian.problem
    near = _near(plan, number, day, NEAR_BEFORE)
    if plan.finish[number] >= 0:
        near += _near(plan, number, int(plan.finish[number]), NEAR_NOW)
    free = list(dict.fromkeys([number, *near]))
    search = CandidateSearch(lagrangian, lagrangian.zero_prices())
    candidates = search.among(free, plan.room_without(free), plan, most=MOST_POSITIONS)
    subproblem = build_subproblem(problem, plan, free, candidates, level_goal(plan, free, LEAST_LEVELS))
    subproblem.hint(standing_choice(plan, free))
    outcome = subproblem.solve(clock.solver(SOLVE_SECONDS))
    clock.spend(outcome.work)
    if outcome.choices is None:
        return plan
    better = plan.with_changes({who: choice for who, choice in outcome.choices.items() if choice != plan.choices[who]})
    return better if better.rank < plan.rank and better.is_feasible() else plan


def _near(plan: Incumbent, number: int, day: int, most: int) -> list[int]:
    """The shops that finish nearest to `day`, of those with a date that could have some of the same crews."""
    options = plan.problem.options
    classes = _classes(options[number])
    near: list[int] = []
    for other in np.argsort(np.abs(plan.finish - day), kind="stable").tolist():
        if other != number and plan.finish[other] >= 0 and classes & _classes(options[other]):
            near.append(other)
            if len(near) == most:
                break
    return near


def _classes(options: ShopOptions) -> set[int]:
    """The classes of crews that could come to a shop."""
    return {choice.crew_class for block in options.blocks for visit in block.visits for choice in visit.choices}
