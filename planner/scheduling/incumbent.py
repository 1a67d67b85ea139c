"""The best plan so far, as choices: what it uses, what it costs, how it ranks."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass

import numpy as np

from planner.domain.rollout import Objective
from planner.scheduling.choice import Choice, add_uses, choice_cents, slot_uses
from planner.scheduling.pricing import Room
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import BoolArray, IntArray


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """How good a plan is, level by level; less is better. `value` is cents, or the last finish day."""

    missing: int
    shortfall: int
    unplanned_priority: int
    value: int
    tie: int = 0


class Incumbent:
    """Choices for all shops of a problem (None: no date), with the usage they add up to.

    `finish` is each shop's last day, shape (shops,), -1 without a date.
    """

    def __init__(self, problem: Problem, choices: list[Choice | None]) -> None:
        self.problem = problem
        self.choices: list[Choice | None] = [None] * len(problem.options)
        self.usage = np.zeros(len(problem.capacity), np.int64)
        self.finish = np.full(len(problem.options), -1, np.int64)
        self._cents = np.array([options.unplanned_cents for options in problem.options], np.int64)
        self._priority = np.array([options.shop.priority for options in problem.options], np.int64)
        self._mandatory = np.array([options.mandatory for options in problem.options], bool)
        self._settled_last = max(
            [int(options.finish[choice.positions[-1]]) for options, choice in problem.settled], default=0
        )
        for number, choice in enumerate(choices):
            self._set(number, choice)
        self.rank = self._rank()

    def _set(self, number: int, choice: Choice | None) -> None:
        options, before = self.problem.options[number], self.choices[number]
        if before is not None:
            add_uses(self.usage, slot_uses(options, before), sign=-1)
        self.choices[number] = choice
        if choice is None:
            self.finish[number], self._cents[number] = -1, options.unplanned_cents
        else:
            add_uses(self.usage, slot_uses(options, choice))
            self.finish[number] = options.finish[choice.positions[-1]]
            self._cents[number] = choice_cents(options, choice)

    def with_changes(self, changes: Mapping[int, Choice | None]) -> "Incumbent":
        """The plan with some shops' choices replaced."""
        plan = copy(self)
        plan.choices, plan.usage = list(self.choices), self.usage.copy()
        plan.finish, plan._cents = self.finish.copy(), self._cents.copy()  # noqa: SLF001 - its own kind
        for number, choice in changes.items():
            plan._set(number, choice)  # noqa: SLF001 - as above
        plan.rank = plan._rank()  # noqa: SLF001 - as above
        return plan

    def is_feasible(self) -> bool:
        """Whether every slot's use is within its capacity."""
        return bool((self.usage <= self.problem.capacity).all())

    def room_without(self, free: Iterable[int]) -> Room:
        """The capacity that the shops not in `free` leave."""
        room = Room(self.problem.timelines, self.problem.capacity, self.usage)
        for number in free:
            choice = self.choices[number]
            if choice is not None:
                room.take(slot_uses(self.problem.options[number], choice), sign=-1)
        return room

    def short_of(self, without: Iterable[int] = ()) -> list[int]:
        """By how many shops each deadline is missed, those of `without` left out."""
        finish = self.finish.copy()
        finish[list(without)] = -1
        dated = finish >= 0
        return [
            max(0, deadline.need - int(np.count_nonzero(dated & (finish <= deadline.day))))
            for deadline in self.problem.deadlines
        ]

    def last_finish(self, without: Iterable[int] = ()) -> int:
        """The last finish of all remodels but those of `without`, in days after today."""
        finish = self.finish.copy()
        finish[list(without)] = -1
        return max(self._settled_last, int(finish.max(initial=0)))

    def left_out(self) -> IntArray:
        """The shops without a date."""
        return np.flatnonzero(self._left_out)

    @property
    def _left_out(self) -> BoolArray:
        return np.array([choice is None for choice in self.choices], bool)

    def _rank(self) -> Rank:
        undated = self._left_out
        missing = int(np.count_nonzero(undated & self._mandatory))
        unplanned = int(self._priority[undated].sum())
        shortfall = sum(self.short_of())
        if self.problem.rollout.objective is Objective.EARLIEST_FINISH:
            return Rank(missing, shortfall, unplanned, self.last_finish(), int(self.finish[~undated].sum()))
        return Rank(missing, shortfall, unplanned, int(self._cents.sum()))
