"""A plan turned back into choices, exactly as it stands, whatever it breaks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from planner.domain.plan import Plan, Remodel
from planner.scheduling.choice import Choice
from planner.scheduling.options import Block, ShopOptions
from planner.scheduling.problem import Problem

ClassOf = Mapping[tuple[str, str], int]


def choices_of_plan(problem: Problem, plan: Plan) -> dict[str, Choice]:
    """The choice that each remodel of a plan is, by shop.

    Raises ValueError where a remodel has days that none of its shop's options has.
    """
    class_of = classes_of_crews(problem)
    remodels = {remodel.shop: remodel for remodel in plan.remodels}
    return {
        options.shop.id: _choice(problem, options, remodels[options.shop.id], class_of)
        for options in problem.options
        if options.shop.id in remodels
    }


def _choice(problem: Problem, options: ShopOptions, remodel: Remodel, class_of: ClassOf) -> Choice:
    days = day_numbers(problem, remodel)
    positions = []
    for block in options.blocks:
        found = position_of(block, days)
        if found is None:
            raise ValueError(f"the plan has {options.shop.id} on days that its format and calendar do not allow")
        positions.append(found)
    return Choice(tuple(positions), crews_of(options, remodel, class_of))


def classes_of_crews(problem: Problem) -> ClassOf:
    """The number of each crew's class, by trade and crew."""
    return {(crew.trade, crew.id): number for number, item in enumerate(problem.classes) for crew in item.crews}


def day_numbers(problem: Problem, remodel: Remodel) -> list[tuple[int, int]]:
    """The first and last day of each phase, in days after today."""
    return [(problem.axis.number(phase.first), problem.axis.number(phase.last)) for phase in remodel.phases]


def position_of(block: Block, days: Sequence[tuple[int, int]]) -> int | None:
    """The position of a block, open or not, at which its phases have these first and last days."""
    here = np.ones(block.size, bool)
    for row, phase in enumerate(block.phases):
        here &= (block.first[row] == days[phase][0]) & (block.last[row] == days[phase][1])
    found = np.flatnonzero(here)
    return int(found[0]) if len(found) else None


def crews_of(options: ShopOptions, remodel: Remodel, class_of: ClassOf) -> tuple[dict[int, int], ...]:
    """The units of each class that the remodel names for each visit; crews that are gone are left out."""
    result = []
    for need in options.shop_format.visits:
        units: dict[int, int] = defaultdict(int)
        for crew, sent in remodel.phases[need.first].crews.items():
            if (need.trade, crew) in class_of:
                units[class_of[need.trade, crew]] += sent
        result.append(dict(units))
    return tuple(result)
