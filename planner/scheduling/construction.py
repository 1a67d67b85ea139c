"""A first plan, led by the prices: shop after shop takes the option that is cheapest at them and still fits.

Which shop is next makes the difference. Either those that lose most if they wait, or, once prices have been sought for
a while, those that begin first at them on average: list scheduling in the order of a relaxation's mean starts is near
the best where shops queue for crews (Phillips, Stein and Wein, Minimizing average completion time in the presence of
release dates, 1998).
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from planner.scheduling.choice import Choice, slot_uses
from planner.scheduling.flat import NEVER
from planner.scheduling.guide import Guide
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Lagrangian, Prices
from planner.scheduling.pricing import INFINITE, REACHABLE, Room
from planner.scheduling.problem import Deadline
from planner.scheduling.timelines import FloatArray

NEARBY = 10
SOFTENED = 0.5
"""In turn, shops pay this part of the prices: those later in turn are to find room, but not to push others away."""


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
    construction = _Construction(lagrangian, prices, given, is_over)
    construction.place_by_regret(rng)
    return construction.plan()


def construct_in_turn(
    lagrangian: Lagrangian,
    prices: Prices,
    begun: FloatArray,
    given: dict[int, Choice],
    is_over: Callable[[], bool] = lambda: False,
) -> Incumbent:
    """A plan like that of `construct`, in which shops take their turn by the days of `begun`, shape (shops,).

    As long as a milestone is short of shops, the next one is to finish by it if it can.
    """
    softened = replace(prices, slots=SOFTENED * prices.slots)
    construction = _Construction(lagrangian, softened, given, is_over)
    construction.place_in_turn(begun)
    return construction.plan()


class _Construction:
    def __init__(
        self, lagrangian: Lagrangian, prices: Prices, given: dict[int, Choice], is_over: Callable[[], bool]
    ) -> None:
        self._lagrangian = lagrangian
        self._is_over = is_over
        self._problem = lagrangian.problem
        self._deadlines = sorted(self._problem.deadlines, key=lambda item: item.day)
        self._guide = Guide(lagrangian, prices)
        self._room = Room(self._problem.timelines, self._problem.capacity)
        self._mandatory = np.array([options.mandatory for options in self._problem.options], bool)
        self._choices: list[Choice | None] = [None] * len(self._problem.options)
        for number, choice in given.items():
            self._take(number, choice)

    def plan(self) -> Incumbent:
        return Incumbent(self._problem, self._choices)

    def place_by_regret(self, rng: np.random.Generator) -> None:
        regret = self._guide.regrets(NEARBY) * rng.uniform(0.9, 1.1, len(self._choices))
        order = np.lexsort((-regret, ~self._mandatory)).tolist()
        for deadline in self._deadlines:
            self._fill(deadline, order)
        for number in _after_predecessors(self._lagrangian, order):
            self._place(number, NEVER)

    def place_in_turn(self, begun: FloatArray) -> None:
        everyone = range(len(self._choices))
        done = {item: sum(self._is_in_time(number, item) for number in everyone) for item in self._deadlines}
        order = np.lexsort((begun, ~self._mandatory)).tolist()
        for number in _after_predecessors(self._lagrangian, order):
            if self._choices[number] is None:
                short = [item.day for item in self._deadlines if done[item] < item.need]
                self._place(number, *short, NEVER)
                for item in self._deadlines:
                    done[item] += self._is_in_time(number, item)

    def _take(self, number: int, choice: Choice) -> None:
        self._choices[number] = choice
        self._room.take(slot_uses(self._problem.options[number], choice))

    def _place(self, number: int, *deadlines: int) -> None:
        """Give a shop its cheapest option that fits and ends by the first of `deadlines` by which it can, if any."""
        if self._choices[number] is not None or self._is_over():
            return
        pricer = self._lagrangian.pricers[number]
        *before, last = self._guide.values(pricer, self._room)
        for deadline in deadlines:
            in_time = np.where(pricer.options.finish <= deadline, last, INFINITE)
            best, positions = pricer.best([*before, in_time])
            if best < REACHABLE:
                self._take(number, self._guide.choice(pricer, positions, self._room))
                return

    def _fill(self, deadline: Deadline, order: list[int]) -> None:
        """Have as many shops finish by a deadline as it needs, those first that lose least by it."""
        dearer = self._guide.in_time(deadline.day)
        able = [number for number in np.argsort(dearer, kind="stable").tolist() if dearer[number] < REACHABLE]
        cheapest = set(able[: max(0, deadline.need)])
        done = sum(self._is_in_time(number, deadline) for number in able)
        for number in [*(number for number in order if number in cheapest), *able]:
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
