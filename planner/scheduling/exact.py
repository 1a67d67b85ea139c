"""Small rollouts, solved whole: level after level by CP-SAT over every option of every shop."""

import math

from planner.domain.rollout import Objective
from planner.scheduling.clock import Clock
from planner.scheduling.improvement import build_subproblem
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Lagrangian
from planner.scheduling.neighbourhood import CandidateSearch, standing_choice
from planner.scheduling.pricing import Room
from planner.scheduling.subproblem import FINE, Goal

MOST_POSITIONS = 3000
MANY_TIMES = 20
MOST_SHARE = 0.6


class Exact:
    """Proves levels 1 to 3 in turn, as far as the clock allows."""

    def __init__(self, lagrangian: Lagrangian, plan: Incumbent, clock: Clock) -> None:
        self.plan = plan
        self.proved_short: int | None = None
        self.proved_priority: int | None = None
        self.bound: int | None = None
        self._clock = clock
        self._lagrangian = lagrangian
        self._problem = lagrangian.problem
        self._model_bound = 0.0
        self._days_bound = 0
        self._everything = list(range(len(self._problem.options)))
        search = CandidateSearch(lagrangian, lagrangian.zero_prices())
        room = Room(self._problem.timelines, self._problem.capacity)
        # What stands takes some positions away, never nearly all: those of a large rollout need not be looked at.
        positions = sum(block.positions for options in self._problem.options for block in options.blocks)
        few = self._everything if positions <= MANY_TIMES * MOST_POSITIONS else []
        self._candidates = search.among(few, room, plan, most=None)
        self._is_all = few is self._everything

    @property
    def is_small(self) -> bool:
        """Whether the whole is small enough to be worth a try."""
        return self._is_all and self._candidates.count <= MOST_POSITIONS

    def run(self) -> None:
        """Settle one level after the other; stops at the first that cannot be proved."""
        if not self._solve(Goal(short=1)):
            return
        short = self.proved_short = self.plan.rank.shortfall
        if not self._solve(Goal(priority=1, most_short=short)):
            return
        priority = self.proved_priority = self.plan.rank.unplanned_priority
        if self._problem.rollout.objective is Objective.EARLIEST_FINISH:
            is_best = self._solve(Goal(value=1, most_short=short, most_priority=priority))
            self.bound = self.plan.rank.value if is_best else self._days_bound
            return
        self._solve(Goal(value=FINE, most_short=short, most_priority=priority))
        self.bound = self._lagrangian.money_bound(self._model_bound / FINE)

    def _solve(self, goal: Goal) -> bool:
        subproblem = build_subproblem(self._problem, self.plan, self._everything, self._candidates, goal)
        subproblem.hint(standing_choice(self.plan, self._everything))
        solver = self._clock.solver(self._clock.left * MOST_SHARE, self._clock.limits.workers)
        outcome = self._clock.solve_all([(subproblem, solver)])[0]
        self._clock.spend(outcome.work)
        self._model_bound = outcome.bound
        ties = subproblem.last_finish_weight
        self._days_bound = math.ceil((outcome.bound - ties + 1) / ties)
        if outcome.choices is not None:
            plan = self.plan.with_changes(outcome.choices)
            if plan.rank < self.plan.rank:
                self.plan = plan
        return outcome.is_optimal
