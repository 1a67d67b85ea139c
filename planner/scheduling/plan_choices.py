"""A plan turned back into choices, exactly as it stands, whatever it breaks."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from planner.domain.plan import Plan, Remodel
from planner.scheduling.choice import Choice
from planner.scheduling.options import Block, ShopOptions
from planner.scheduling.problem import Problem


def choices_of_plan(problem: Problem, plan: Plan) -> dict[str, Choice]:
    """The choice that each remodel of a plan is, by shop.

    Raises ValueError where a remodel has days that none of its shop's options has.
    """
    class_of = {crew.id: number for number, item in enumerate(problem.classes) for crew in item.crews}
    remodels = {remodel.shop: remodel for remodel in plan.remodels}
    return {
        options.shop.id: _choice(problem, options, remodels[options.shop.id], class_of)
        for options in problem.options
        if options.shop.id in remodels
    }


def _choice(problem: Problem, options: ShopOptions, remodel: Remodel, class_of: Mapping[str, int]) -> Choice:
    days = [(problem.axis.number(phase.first), problem.axis.number(phase.last)) for phase in remodel.phases]
    positions = []
    for block in options.blocks:
        found = _position(block, days)
        if found is None:
            raise ValueError(f"the plan has {options.shop.id} on days that its format and calendar do not allow")
        positions.append(found)
    return Choice(tuple(positions), tuple(_crews(problem, options, remodel, class_of)))


def _position(block: Block, days: list[tuple[int, int]]) -> int | None:
    """The position of a block at which its phases have these first and last days."""
    here = np.ones(block.size, bool)
    for row, phase in enumerate(block.phases):
        here &= (block.first[row] == days[phase][0]) & (block.last[row] == days[phase][1])
    found = np.flatnonzero(here)
    return int(found[0]) if len(found) else None


def _crews(
    problem: Problem, options: ShopOptions, remodel: Remodel, class_of: Mapping[str, int]
) -> list[dict[int, int]]:
    """The units of each class that each visit has."""
    result = []
    for need in options.shop_format.visits:
        units: dict[int, int] = defaultdict(int)
        for crew, sent in remodel.phases[need.first].crews.items():
            if problem.classes[class_of[crew]].example.trade == need.trade:
                units[class_of[crew]] += sent
        result.append(dict(units))
    return result
