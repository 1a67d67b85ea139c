"""An earlier plan as a beginning: what of it still holds for the rollout as it is now."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from planner.domain.plan import Plan, Remodel
from planner.scheduling.choice import Choice, slot_uses
from planner.scheduling.plan_choices import ClassOf, classes_of_crews, crews_of, day_numbers, position_of
from planner.scheduling.pricing import REACHABLE, Pricer, Pricers, Room
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import FloatArray


def kept_choices(
    problem: Problem, pricers: Pricers, plan: Plan, given: Mapping[int, Choice], among: Collection[int] | None = None
) -> dict[int, Choice]:
    """`given`, and for each other shop its days and crews in `plan` as far as all of them still fit together.

    Shops (only those of `among`, if it is given) are taken over by their start. Where the crews of a visit cannot come
    any more, others that are free do.
    """
    room = Room(problem.timelines, problem.capacity)
    nothing = np.zeros(room.slots + 1)
    kept = dict(given)
    for number, choice in given.items():
        room.take(slot_uses(problem.options[number], choice))
    class_of = classes_of_crews(problem)
    numbers = {options.shop.id: number for number, options in enumerate(problem.options)}
    for remodel in _in_order(plan, problem):
        number = numbers[remodel.shop]
        if number not in kept and (among is None or number in among):
            found = _choice(pricers[number], remodel, day_numbers(problem, remodel), class_of, room, nothing)
            if found is not None:
                kept[number] = found
                room.take(slot_uses(problem.options[number], found))
    return kept


def stand_otherwise(problem: Problem, choices: Sequence[Choice | None], plan: Plan) -> set[int]:
    """The shops, by number, that `choices` put on other days than `plan`, or send other crews."""
    class_of = classes_of_crews(problem)
    numbers = {options.shop.id: number for number, options in enumerate(problem.options)}
    found = set()
    for remodel in _in_order(plan, problem):
        number = numbers[remodel.shop]
        choice, options, days = choices[number], problem.options[number], day_numbers(problem, remodel)
        if choice is None or len(days) != len(options.shop_format.phases):
            continue
        positions = tuple(position_of(block, days) for block in options.blocks)
        if positions != choice.positions or crews_of(options, remodel, class_of) != choice.crews:
            found.add(number)
    return found


def _in_order(plan: Plan, problem: Problem) -> list[Remodel]:
    """The remodels of shops that are to be planned, each after those it comes after."""
    planned = {options.shop.id for options in problem.options}
    return sorted((item for item in plan.remodels if item.shop in planned), key=lambda item: (item.start, item.shop))


def _choice(
    pricer: Pricer,
    remodel: Remodel,
    days: Sequence[tuple[int, int]],
    class_of: ClassOf,
    room: Room,
    nothing: FloatArray,
) -> Choice | None:
    """The option of a shop that `remodel` is, where it still is one and fits into `room`.

    `nothing` are prefix sums of prices that are all 0, shape (slots + 1,).
    """
    options = pricer.options
    if len(days) != len(options.shop_format.phases):
        return None
    positions = [position_of(block, days) for block in options.blocks]
    if any(position is None for position in positions):
        return None
    at = tuple(position for position in positions if position is not None)
    values = pricer.block_values(nothing, 0.0, [], room)
    if any(block[position] >= REACHABLE for block, position in zip(values, at, strict=True)):
        return None
    choice = Choice(at, crews_of(options, remodel, class_of))
    return choice if _can_come(pricer, choice, room) else pricer.crews_at(nothing, 1.0, at, room)


def _can_come(pricer: Pricer, choice: Choice, room: Room) -> bool:
    """Whether the crews of `choice` are those each visit needs, and `room` has them."""
    free = pricer.free_units(room, [np.array([position]) for position in choice.positions])
    for block in pricer.options.blocks:
        for visit in block.visits:
            units = {item.crew_class: int(free[visit.number][row, 0]) for row, item in enumerate(visit.choices)}
            sent = choice.crews[visit.number]
            if sum(sent.values()) != visit.need.units or any(units.get(who, 0) < many for who, many in sent.items()):
                return False
    return True
