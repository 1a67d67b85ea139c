"""The best plan so far, as choices: what it uses, what it costs, how it ranks."""

from dataclasses import dataclass

import numpy as np

from planner.domain.rollout import Objective
from planner.scheduling.choice import Choice, add_uses, choice_cents, slot_uses
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import IntArray


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """How good a plan is, level by level; less is better. `value` is cents, or the last finish day."""

    missing: int
    shortfall: int
    unplanned_priority: int
    value: int
    tie: int = 0


class Incumbent:
    """Choices for all shops of a problem (None: no date), with the usage they add up to."""

    def __init__(self, problem: Problem, choices: list[Choice | None]) -> None:
        self.problem = problem
        self.choices = choices
        self.usage = np.zeros(len(problem.capacity), np.int64)
        for options, choice in zip(problem.options, choices, strict=True):
            if choice is not None:
                add_uses(self.usage, slot_uses(options, choice))
        self.rank = self._rank()

    def with_changes(self, changes: dict[int, Choice | None]) -> "Incumbent":
        """The plan with some shops' choices replaced."""
        choices = list(self.choices)
        for number, choice in changes.items():
            choices[number] = choice
        return Incumbent(self.problem, choices)

    def is_feasible(self) -> bool:
        """Whether every slot's use is within its capacity."""
        return bool((self.usage <= self.problem.capacity).all())

    def room_without(self, free: list[int]) -> IntArray:
        """The capacity that the shops not in `free` leave."""
        left = self.problem.capacity - self.usage
        for number in free:
            choice = self.choices[number]
            if choice is not None:
                add_uses(left, slot_uses(self.problem.options[number], choice))
        return left

    def short_of(self) -> list[int]:
        """By how many shops each deadline is missed."""
        short = []
        for deadline in self.problem.deadlines:
            done = sum(
                choice is not None and bool(options.finish[choice.positions[-1]] <= deadline.day)
                for options, choice in zip(self.problem.options, self.choices, strict=True)
            )
            short.append(max(0, deadline.need - done))
        return short

    def last_finish(self) -> int:
        """The last finish of all remodels, in days after today."""
        settled = self.problem.settled
        last = max([int(options.finish[choice.positions[-1]]) for options, choice in settled], default=0)
        for options, choice in zip(self.problem.options, self.choices, strict=True):
            if choice is not None:
                last = max(last, int(options.finish[choice.positions[-1]]))
        return last

    def _rank(self) -> Rank:
        missing = unplanned = money = finishes = 0
        for options, choice in zip(self.problem.options, self.choices, strict=True):
            if choice is None:
                missing += options.mandatory
                unplanned += options.shop.priority
                money += options.unplanned_cents
            else:
                money += choice_cents(options, choice)
                finishes += int(options.finish[choice.positions[-1]])
        shortfall = sum(self.short_of())
        if self.problem.rollout.objective is Objective.EARLIEST_FINISH:
            return Rank(missing, shortfall, unplanned, self.last_finish(), finishes)
        return Rank(missing, shortfall, unplanned, money)
