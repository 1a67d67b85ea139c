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

    `finish` is each shop's last day, `begun` the day its last block begins on, shape (shops,), -1 without a
    date; `cents` is what it costs.
    """

    def __init__(self, problem: Problem, choices: list[Choice | None]) -> None:
        self.problem = problem
        self.choices: list[Choice | None] = [None] * len(problem.options)
        self.usage = np.zeros(len(problem.capacity), np.int64)
        self.finish = np.full(len(problem.options), -1, np.int64)
        self.begun = self.finish.copy()
        self.cents = np.array([options.unplanned_cents for options in problem.options], np.int64)
        self._priority = np.array([options.shop.priority for options in problem.options], np.int64)
        self._mandatory = np.array([options.mandatory for options in problem.options], bool)
        self._settled_last = max(
            [int(options.finish[choice.positions[-1]]) for options, choice in problem.settled], default=0
        )
        for number, choice in enumerate(choices):
            self.change(number, choice)
        self.rank = self.rank_now()

    def change(self, number: int, choice: Choice | None) -> None:
        """Replace a shop's choice; the rank stays what it was."""
        options, before = self.problem.options[number], self.choices[number]
        if before is not None:
            add_uses(self.usage, slot_uses(options, before), sign=-1)
        if choice is not None:
            add_uses(self.usage, slot_uses(options, choice))
        self.note(number, choice)

    def note(self, number: int, choice: Choice | None) -> None:
        """Note a shop's choice and its figures, its usage apart."""
        options = self.problem.options[number]
        self.choices[number] = choice
        if choice is None:
            self.finish[number] = self.begun[number] = -1
            self.cents[number] = options.unplanned_cents
        else:
            self.finish[number] = options.finish[choice.positions[-1]]
            self.begun[number] = options.blocks[-1].first[0, choice.positions[-1]]
            self.cents[number] = choice_cents(options, choice)

    def __copy__(self) -> "Incumbent":
        plan = object.__new__(Incumbent)
        plan.__dict__.update(self.__dict__)
        for name in ("choices", "finish", "begun", "cents"):
            setattr(plan, name, getattr(self, name).copy())
        return plan

    def with_changes(self, changes: Mapping[int, Choice | None]) -> "Incumbent":
        """The plan with some shops' choices replaced."""
        plan = copy(self)
        plan.usage = self.usage.copy()
        for number, choice in changes.items():
            plan.change(number, choice)
        plan.rank = plan.rank_now()
        return plan

    def rank_with(self, changes: Mapping[int, Choice | None]) -> Rank:
        """How the plan would rank with some shops' choices replaced."""
        plan = copy(self)
        for number, choice in changes.items():
            plan.note(number, choice)
        return plan.rank_now()

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
        undated: BoolArray = self.finish < 0
        return undated

    def rank_now(self) -> Rank:
        """The rank that the figures of all shops add up to."""
        undated = self._left_out
        missing = int(np.count_nonzero(undated & self._mandatory))
        unplanned = int(self._priority[undated].sum())
        shortfall = sum(self.short_of())
        if self.problem.rollout.objective is Objective.EARLIEST_FINISH:
            return Rank(missing, shortfall, unplanned, self.last_finish(), int(self.finish[~undated].sum()))
        return Rank(missing, shortfall, unplanned, int(self.cents.sum()))
