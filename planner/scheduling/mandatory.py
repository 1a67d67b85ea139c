"""Shops that must have a date: given ones whose crews are open, and frozen ones whose waits are."""

import numpy as np

from planner.domain.plan import Plan
from planner.domain.rollout import Objective
from planner.scheduling.choice import Choice, slot_uses
from planner.scheduling.clock import Clock
from planner.scheduling.limits import NoPlanError
from planner.scheduling.options import ShopOptions
from planner.scheduling.pricing import REACHABLE, Pricer, Pricers, Room
from planner.scheduling.problem import Problem, is_given
from planner.scheduling.subproblem import Goal, Outcome, Subproblem
from planner.scheduling.warm_start import kept_choices
from planner.wording.translation import gettext

SOLVE_SECONDS = 20.0
MOST_TIME = 0.5
"""The part of the time left that one attempt may take where that is more."""


class FrozenClashError(Exception):
    """The near published starts of `shops` cannot be kept together, whatever their waits."""

    def __init__(self, shops: tuple[str, ...]) -> None:
        super().__init__(f"the published starts of {', '.join(shops)} clash")
        self.shops = shops


def place_mandatory(problem: Problem, clock: Clock, earlier: Plan | None = None) -> dict[int, Choice]:
    """A choice for each mandatory shop, by its number: as in the plan `earlier`, where that still holds.

    Raises FrozenClashError where frozen starts rule one another or other given dates out, and NoPlanError where the
    clock runs out first.
    """
    members = [options for options in problem.options if options.mandatory]
    choices = None if earlier is None else _place_as_before(problem, members, earlier)
    if choices is None:
        choices = _place_one_by_one(problem, members, {})
    if choices is not None:
        return choices
    outcome = _place(problem, members, clock, Goal(value=1 if problem.rollout.objective is Objective.COST else 0))
    if outcome.choices is not None:
        return {number: choice for number, choice in outcome.choices.items() if choice is not None}
    if not outcome.is_infeasible:
        raise NoPlanError(gettext("the time limit was over before the given dates could be crewed"))
    smallest = _smallest(problem, members, clock)
    frozen = tuple(options.shop.id for options in smallest if not is_given(options))
    if not frozen:
        names = ", ".join(options.shop.id for options in smallest)
        raise RuntimeError(f"the given dates of {names} can be crewed one by one, but not in one model")
    raise FrozenClashError(frozen)


def can_place(problem: Problem, clock: Clock) -> bool:
    """Whether there is a choice for all mandatory shops together.

    Raises NoPlanError where the clock runs out before that is clear.
    """
    members = [options for options in problem.options if options.mandatory]
    if _place_one_by_one(problem, members, {}) is not None:
        return True
    outcome = _place(problem, members, clock, Goal())
    if outcome.choices is None and not outcome.is_infeasible:
        raise NoPlanError(gettext("the time limit was over before it was clear whether given dates clash"))
    return outcome.choices is not None


def _place_as_before(problem: Problem, members: list[ShopOptions], earlier: Plan) -> dict[int, Choice] | None:
    """As in the plan `earlier`, standing remodels first: frozen ones make way for what is new of them."""
    numbers = {id(options): number for number, options in enumerate(problem.options)}
    pricers = Pricers(problem.options)
    choices: dict[int, Choice] = {}
    for group in ([options for options in members if options.shop.is_standing], members):
        among = {numbers[id(options)] for options in group}
        found = _place_one_by_one(problem, group, kept_choices(problem, pricers, earlier, choices, among))
        if found is None:
            return None
        choices = found
    return choices


def _place_one_by_one(
    problem: Problem, members: list[ShopOptions], kept: dict[int, Choice]
) -> dict[int, Choice] | None:
    """`kept`, and each other shop's cheapest option that those before it leave, by number; None where one has none.

    Mostly this is all it takes, and thousands of given dates are placed in seconds.
    """
    numbers = {id(options): number for number, options in enumerate(problem.options)}
    room = Room(problem.timelines, problem.capacity)
    nothing = np.zeros(room.slots + 1)
    choices = dict(kept)
    for number, choice in kept.items():
        room.take(slot_uses(problem.options[number], choice))
    left = [options for options in members if numbers[id(options)] not in kept]
    for options in sorted(left, key=lambda item: (sum(block.size for block in item.blocks), int(item.start[0]))):
        pricer = Pricer(options)
        least, positions = pricer.best(pricer.block_values(nothing, 1.0, [], room))
        if least >= REACHABLE:
            return None
        choice = pricer.crews_at(nothing, 1.0, positions, room)
        room.take(slot_uses(options, choice))
        choices[numbers[id(options)]] = choice
    return choices if room.is_kept() else None


def _place(problem: Problem, members: list[ShopOptions], clock: Clock, goal: Goal) -> Outcome:
    if not members:
        return Outcome({}, is_optimal=True, is_infeasible=False, bound=0.0, work=0.0)
    room = Room(problem.timelines, problem.capacity)
    numbers = {id(options): number for number, options in enumerate(problem.options)}
    positions, free = {}, {}
    for options in members:
        pricer = Pricer(options)
        number = numbers[id(options)]
        positions[number] = pricer.fitting(room)
        free[number] = pricer.free_units(room, positions[number])
    short = [0] * len(problem.deadlines)
    subproblem = Subproblem(problem, room, positions, free, goal, short=short, last_finish=0)
    solver = clock.solver(max(SOLVE_SECONDS, MOST_TIME * clock.left))
    return clock.solve_all([(subproblem, solver)])[0]


def _smallest(problem: Problem, members: list[ShopOptions], clock: Clock) -> list[ShopOptions]:
    """A set that cannot stand together, while it can without any one of its members."""
    kept = list(members)
    for options in members:
        rest = [other for other in kept if other is not options]
        if _place(problem, rest, clock, Goal()).is_infeasible:
            kept = rest
    return kept
