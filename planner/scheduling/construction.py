"""A first plan, led by the prices: shop after shop takes the option that is cheapest at them and still fits."""

from collections.abc import Callable

import numpy as np

from planner.scheduling.choice import Choice, slot_uses
from planner.scheduling.guide import Guide
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Lagrangian, Prices
from planner.scheduling.pricing import INFINITE, REACHABLE, Room
from planner.scheduling.problem import Deadline

NEARBY = 10


def construct(
    lagrangian: Lagrangian,
    prices: Prices,
    given: dict[int, Choice],
    rng: np.random.Generator,
    is_over: Callable[[], bool] = lambda: False,
) -> Incumbent:
    """A plan that breaks no rule, from `prices`; shops that fit nowhere have no date, `given` ones theirs.

    First each milestone is filled with the shops that lose least by finishing in time. The rest go by how little choice
    they have near their best: an option's price says what it costs, the spread of prices how much is lost if it is
    taken. Once `is_over`, the rest has no date.
    """
    return _Construction(lagrangian, prices, given, rng, is_over).plan()


class _Construction:
    def __init__(
        self,
        lagrangian: Lagrangian,
        prices: Prices,
        given: dict[int, Choice],
        rng: np.random.Generator,
        is_over: Callable[[], bool],
    ) -> None:
        self._lagrangian = lagrangian
        self._is_over = is_over
        self._problem = lagrangian.problem
        self._guide = Guide(lagrangian, prices)
        self._room = Room(self._problem.timelines, self._problem.capacity)
        self._choices: list[Choice | None] = [None] * len(self._problem.options)
        for number, choice in given.items():
            self._take(number, choice)
        regret = self._guide.regrets(NEARBY) * rng.uniform(0.9, 1.1, len(self._choices))
        mandatory = np.array([options.mandatory for options in self._problem.options], bool)
        self._order = np.lexsort((-regret, ~mandatory)).tolist()

    def plan(self) -> Incumbent:
        for deadline in sorted(self._problem.deadlines, key=lambda item: item.day):
            self._fill(deadline)
        for number in _after_predecessors(self._lagrangian, self._order):
            self._place(number)
        return Incumbent(self._problem, self._choices)

    def _take(self, number: int, choice: Choice) -> None:
        self._choices[number] = choice
        self._room.take(slot_uses(self._problem.options[number], choice))

    def _place(self, number: int, deadline: int | None = None) -> None:
        """Give a shop its cheapest option that fits, and ends by `deadline` where there is one."""
        if self._choices[number] is not None or self._is_over():
            return
        pricer = self._lagrangian.pricers[number]
        values = self._guide.values(pricer, self._room)
        if deadline is not None:
            values[-1] = np.where(pricer.options.finish <= deadline, values[-1], INFINITE)
        best, positions = pricer.best(values)
        if best < REACHABLE:
            self._take(number, self._guide.choice(pricer, positions, self._room))

    def _fill(self, deadline: Deadline) -> None:
        """Have as many shops finish by a deadline as it needs, those first that lose least by it."""
        dearer = self._guide.in_time(deadline.day)
        able = [number for number in np.argsort(dearer, kind="stable").tolist() if dearer[number] < REACHABLE]
        cheapest = set(able[: max(0, deadline.need)])
        done = sum(self._is_in_time(number, deadline) for number in able)
        for number in [*(number for number in self._order if number in cheapest), *able]:
            if done >= deadline.need:
                return
            if self._choices[number] is None:
                self._place(number, deadline.day)
                done += self._is_in_time(number, deadline)

    def _is_in_time(self, number: int, deadline: Deadline) -> bool:
        choice = self._choices[number]
        finish = self._problem.options[number].finish
        return choice is not None and bool(finish[choice.positions[-1]] <= deadline.day)


def _after_predecessors(lagrangian: Lagrangian, order: list[int]) -> list[int]:
    """The shops in `order`, each after the shops it comes after."""
    options = lagrangian.problem.options
    numbers = {item.shop.id: number for number, item in enumerate(options)}
    ordered: list[int] = []
    placed: set[int] = set()
    for number in order:
        stack = [number]
        while stack:
            top = stack[-1]
            before = [numbers[name] for name in options[top].shop.after if name in numbers]
            waiting = [other for other in before if other != top and other not in placed]
            if waiting and len(stack) <= len(options):
                stack.extend(waiting)
                continue
            stack.pop()
            if top not in placed:
                placed.add(top)
                ordered.append(top)
    return ordered
