"""One shop taken out of a plan, all others standing: its places, and how good each would be for the whole plan."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from planner.domain.plan import MilestoneResult
from planner.domain.rollout import Objective
from planner.scheduling.choice import Choice, choice_cents
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.options import ShopOptions
from planner.scheduling.places import BROKEN_CENTS, NOTHING, Places
from planner.scheduling.pricing import INFINITE, REACHABLE
from planner.scheduling.problem import Deadline
from planner.scheduling.things import Thing
from planner.scheduling.timelines import FloatArray, IntArray
from planner.scheduling.windows import ANY_DAY, Window, answer_days

SHORT_CENTS = BROKEN_CENTS / 2
DAY_CENTS = BROKEN_CENTS / 1e4
"""What a shop short of a milestone, and a day until the last finish, count against each other and against money."""


@dataclass(frozen=True, slots=True)
class Option:
    """Days and crews a shop could have: `weight` ranks it, the least first; `lifted` had to give way for it."""

    choice: Choice
    weight: float
    lifted: frozenset[Thing] = NOTHING


class Seat:
    """A shop of `plan` by its `number`, with `places` worked out while all others stand."""

    def __init__(self, plan: Incumbent, number: int, places: Places) -> None:
        self.plan = plan
        self.number = number
        self.places = places
        self.options: ShopOptions = places.options
        self.present: Choice | None = plan.choices[number]
        problem = plan.problem
        self._deadlines = list(zip(problem.deadlines, plan.short_of(without=[number]), strict=True))
        self.is_money = problem.rollout.objective is Objective.COST
        self._last_of_others = plan.last_finish(without=[number])

    @property
    def needed_by(self) -> list[Deadline]:
        """The milestones that are missed by one more shop unless this one finishes in time."""
        return [deadline for deadline, short in self._deadlines if short]

    def shortfall_at(self, finish: int | None) -> int:
        """How many shops are short of the milestones when this one finishes on day `finish` (None: never)."""
        return sum(
            short - (short > 0 and finish is not None and finish <= deadline.day) for deadline, short in self._deadlines
        )

    def last_finish_at(self, finish: int | None) -> int:
        """The last finish of all remodels when this one finishes on day `finish`."""
        return self._last_of_others if finish is None else max(self._last_of_others, finish)

    def weighed(self, values: list[FloatArray], without: Collection[Deadline] = ()) -> list[FloatArray]:
        """Values in cents, with what finishing early or late means to the levels; milestones `without` left out."""
        finish = self.options.finish
        last = values[-1].copy()
        for deadline, short in self._deadlines:
            if short and deadline not in without:
                last += np.where(finish <= deadline.day, 0.0, SHORT_CENTS)
        if not self.is_money:
            last += DAY_CENTS * np.maximum(finish, self._last_of_others)
        return [*values[:-1], last]

    def best(
        self, lifted: Collection[Thing] = NOTHING, window: Window = ANY_DAY, without: Collection[Deadline] = ()
    ) -> Option | None:
        """The best option of `window`, of equal ones that nearest to the present; None where nothing is free."""
        return self._option(self._values(lifted, window, without), lifted)

    def least_weight(self, lifted: Collection[Thing]) -> float:
        """How the best option ranks once `lifted` has given way; INFINITE where there is none."""
        return self.places.pricer.best(self._values(lifted, ANY_DAY))[0]

    def least_broken(self, window: Window) -> Option | None:
        """An option of `window` for which as few things as can be have to give way; None: it has no option at all.

        It is the best one there is once they have: those it names as lifted.
        """
        option = self._option(self._within(self.weighed(self.places.values_breaking()), window))
        while option is not None:
            things = self.places.in_the_way(option.choice.positions)
            lifted = self.best(things, window)
            if lifted is None or self.places.in_the_way(lifted.choice.positions) == things:
                return lifted
            option = lifted
        return None

    def is_free(self, lifted: Collection[Thing], window: Window) -> bool:
        """Whether any option of `window` is free once `lifted` has given way."""
        positions = self.places.open_positions(lifted)
        for place, outside in window.outside(self.options):
            positions[place] &= ~outside
        return self.places.pricer.is_any(positions)

    def answers(self, lifted: Collection[Thing], window: Window) -> IntArray:
        """The free first closed days (start days, where the format closes nothing), those of the best options first.

        Of equal ones, the nearest to the present comes first.
        """
        place, days = answer_days(self.options)
        totals = self.places.pricer.through(self._values(lifted, window))[place]
        open_ = totals < REACHABLE
        away = days if self.present is None else np.abs(days - days[self.present.positions[place]])
        ranked = days[open_][np.lexsort((days[open_], away[open_], np.round(totals[open_])))]
        first_of_day = np.unique(ranked, return_index=True)[1]
        best_first: IntArray = ranked[np.sort(first_of_day)]
        return best_first

    def able_days(self) -> IntArray:
        """The first closed days (or start days) there are, all rules and other shops aside, in order."""
        return self._able(*answer_days(self.options))

    def able_starts(self) -> IntArray:
        """The start days there are, all rules and other shops aside, in order."""
        return self._able(0, self.options.start)

    def _able(self, place: int, days: IntArray) -> IntArray:
        able = self.places.pricer.through(self.places.values_on_any_day())[place] < REACHABLE
        return np.unique(days[able])

    def _values(
        self, lifted: Collection[Thing], window: Window, without: Collection[Deadline] = ()
    ) -> list[FloatArray]:
        return self._within(self.weighed(self.places.values(lifted), without), window)

    def _within(self, values: list[FloatArray], window: Window) -> list[FloatArray]:
        for place, outside in window.outside(self.options):
            values[place][outside] = INFINITE
        return values

    def _option(self, values: list[FloatArray], lifted: Collection[Thing] = NOTHING) -> Option | None:
        near = None if self.present is None else self.present.positions
        weight, positions = self.places.pricer.best(values, near)
        if weight >= REACHABLE:
            return None
        return Option(Choice(positions, self._crews(positions, lifted)), weight, frozenset(lifted))

    def _crews(self, positions: tuple[int, ...], lifted: Collection[Thing]) -> tuple[dict[int, int], ...]:
        """The cheapest crews that are free; where too few are, or a trade is lifted, the nearest of all."""
        prefix = np.zeros(self.places.room.slots + 1)
        free = self.places.pricer.crews_at(prefix, 1.0, positions, self.places.room).crews
        crews = [dict(sent) for sent in free]
        for block in self.options.blocks:
            for visit in block.visits:
                need = visit.need
                if sum(crews[visit.number].values()) < need.units or Thing("crew", need.trade) in lifted:
                    nearest = min(visit.choices, key=lambda choice: choice.week_cents)
                    crews[visit.number] = {nearest.crew_class: need.units}
        return tuple(crews)

    def finish_of(self, choice: Choice | None) -> int | None:
        """The last day of a choice."""
        return None if choice is None else int(self.options.finish[choice.positions[-1]])

    def cents_of(self, choice: Choice | None) -> int:
        """What a choice costs."""
        return self.options.unplanned_cents if choice is None else choice_cents(self.options, choice)

    def milestones_at(self, results: tuple[MilestoneResult, ...], finish: int | None) -> list[tuple[str, int, int]]:
        """The milestones that more or fewer shops meet when this one finishes on `finish`: name, before, after."""
        present = self.finish_of(self.present)
        axis = self.plan.problem.axis
        changed = []
        for item in results:
            by = axis.number(item.by)
            after = item.planned + (finish is not None and finish <= by) - (present is not None and present <= by)
            if after != item.planned:
                changed.append((item.name, item.planned, after))
        return changed
