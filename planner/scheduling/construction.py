"""A first plan, led by the prices: shop after shop takes the option that is cheapest at them and still fits."""

import numpy as np

from planner.scheduling.choice import Choice, slot_uses
from planner.scheduling.guide import Guide
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Lagrangian, Prices
from planner.scheduling.pricing import REACHABLE, Room

NEARBY = 10


def construct(
    lagrangian: Lagrangian,
    prices: Prices,
    given: dict[int, Choice],
    rng: np.random.Generator,
) -> Incumbent:
    """A plan that breaks no rule, from `prices`; shops that fit nowhere have no date, `given` ones theirs.

    Shops with little choice near their best go first: an option's price says what it costs, the spread of prices how
    much is lost if it is taken.
    """
    problem = lagrangian.problem
    guide = Guide(lagrangian, prices)
    room = Room(problem.timelines, problem.capacity)
    choices: list[Choice | None] = [None] * len(problem.options)
    for number, choice in given.items():
        choices[number] = choice
        room.take(slot_uses(problem.options[number], choice))
    for number in _order(lagrangian, guide, rng):
        if number in given:
            continue
        pricer = lagrangian.pricers[number]
        best, positions = pricer.best(guide.values(pricer, room))
        if best < REACHABLE:
            choice = guide.choice(pricer, positions, room)
            choices[number] = choice
            room.take(slot_uses(pricer.options, choice))
    return Incumbent(problem, choices)


def _order(lagrangian: Lagrangian, guide: Guide, rng: np.random.Generator) -> list[int]:
    """Mandatory shops first, then by regret, each after the shops it comes after."""
    options = lagrangian.problem.options
    regret = guide.regrets(NEARBY)
    noise = rng.uniform(0.9, 1.1, len(options))
    first = sorted(
        range(len(options)), key=lambda number: (not options[number].mandatory, -regret[number] * noise[number])
    )
    numbers = {item.shop.id: number for number, item in enumerate(options)}
    ordered: list[int] = []
    placed: set[int] = set()

    def place(number: int) -> None:
        stack = [number]
        while stack:
            top = stack[-1]
            waiting = [
                numbers[name] for name in options[top].shop.after if numbers.get(name, top) not in {*placed, top}
            ]
            if waiting and len(stack) <= len(options):
                stack.extend(waiting)
                continue
            stack.pop()
            if top not in placed:
                placed.add(top)
                ordered.append(top)

    for number in first:
        place(number)
    return ordered
