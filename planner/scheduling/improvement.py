"""Large neighbourhoods: a few shops set free at a time, each solved by CP-SAT with all others standing.

Some neighbourhoods always wait for a solver, so that none stands idle while the next is made up. Kinds that have paid
lately are drawn more often, and their size grows while they are solved to the end (adaptive large neighbourhood search:
Ropke and Pisinger, 2006).
"""

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from planner.domain.rollout import Objective
from planner.scheduling.clock import Clock
from planner.scheduling.guide import Guide
from planner.scheduling.incumbent import Incumbent, Rank
from planner.scheduling.lagrangian import Lagrangian, Prices
from planner.scheduling.neighbourhood import Candidates, CandidateSearch, Kind, Neighbourhoods, standing_choice
from planner.scheduling.pricing import REACHABLE, Room
from planner.scheduling.problem import Problem
from planner.scheduling.reinsertion import Reinsertion
from planner.scheduling.solver_line import SolverLine
from planner.scheduling.subproblem import FINE, Goal, Outcome, Subproblem

MOST_POSITIONS = 12
MOST_POSITIONS_FOR_DAYS = 40
SOLVE_SECONDS = 1.0
QUICK_WORK = 0.08
FIRST_SIZE = 14.0
LEAST_SIZE, MOST_SIZE = 4.0, 150.0
LARGE_SIZE, MOST_OF_SHOPS = 48.0, 0.3
"""A size beyond which a neighbourhood has at most such a part of all shops: with more, it is the whole problem."""
MOST_AT_ONCE = 4000
FINISH_SECONDS = 20.0
ROUND_WORK = 0.02
AHEAD = 2
MEND_EVERY = 2
EASIER, HARDER = 0.93, 1.03
MOST_EFFORT = 8.0
"""The more attempts fail, the longer and the more closely each neighbourhood is looked at."""
MEMORY = 0.8
MANY_SHOPS = 600
LEAST_SHARE = 0.05
MOST_INSERTED = 200
REINSERTIONS = 6
REINSERTION_WORK = 0.005


@dataclass(slots=True)
class _Record:
    """How a kind of neighbourhood has done lately: its size, and what it has gained for its work."""

    size: float = FIRST_SIZE
    gain: float = 0.0


@dataclass(slots=True)
class _Attempt:
    kind: Kind
    free: list[int]


@dataclass(slots=True)
class Improver:
    """Improves the best plan, a neighbourhood at a time; some wait in `line` to be solved."""

    lagrangian: Lagrangian
    clock: Clock
    plan: Incumbent
    rng: np.random.Generator
    line: SolverLine
    records: dict[Kind, _Record] = field(default_factory=lambda: {kind: _Record() for kind in Kind})
    _attempts: deque[_Attempt] = field(default_factory=deque)
    _made: int = 0
    _effort: float = 1.0
    _neighbourhoods: Neighbourhoods | None = None

    def step(self, prices: Prices, proved: tuple[int, int]) -> None:
        """Hand in neighbourhoods until enough are waiting, and keep what came of the first of them if it is better.

        `proved` are the least shortfall and the least priority without a date that are possible. Those that are
        handed in while others are solved are made up of other shops where there are enough, so they seldom clash.
        """
        self._mend_levels(prices, proved)
        while len(self.line) < AHEAD * self.clock.limits.workers and not self.clock.is_over:
            self._hand_in(prices, proved)
        if not self._attempts:
            return  # The time was over before anything could be handed in.
        outcome, attempt = self.line.get(), self._attempts.popleft()
        self.clock.spend((outcome.work + ROUND_WORK) / self.clock.limits.workers)
        before = self.plan.rank
        self._adopt(outcome)
        self._learn(attempt, outcome, before)

    def _mend_levels(self, prices: Prices, proved: tuple[int, int]) -> None:
        """Now and then, quick attempts to date shops without a date and to meet milestones that are missed."""
        problem = self.lagrangian.problem
        if self._made % MEND_EVERY:
            return
        self._insert_left_out(prices)
        neighbourhoods = self._neighbourhoods or Neighbourhoods(problem, self.rng)
        self._neighbourhoods = neighbourhoods
        if self.levels != proved and problem.rollout.objective is Objective.COST:
            self._reinsert(neighbourhoods, prices)

    def _hand_in(self, prices: Prices, proved: tuple[int, int]) -> None:
        problem = self.lagrangian.problem
        neighbourhoods = self._neighbourhoods or Neighbourhoods(problem, self.rng)
        self._neighbourhoods = neighbourhoods
        most = MOST_POSITIONS if problem.rollout.objective is Objective.COST else MOST_POSITIONS_FOR_DAYS
        most = int(most * self._effort**0.5)
        kind = self._draw(neighbourhoods)
        taken = {number for attempt in self._attempts for number in attempt.free}
        size = int(self.records[kind].size)
        free = neighbourhoods.pick(
            kind, size, self.plan, taken if len(taken) + size < len(self.plan.choices) else set()
        )
        search = CandidateSearch(self.lagrangian, prices)
        candidates = search.among(free, self.plan.room_without(free), self.plan, most=most)
        subproblem = build_subproblem(problem, self.plan, free, candidates, level_goal(self.plan, free, proved))
        subproblem.hint(standing_choice(self.plan, free))
        self.line.put(subproblem, SOLVE_SECONDS * self._effort, self._made)
        self._attempts.append(_Attempt(kind, free))
        self._made += 1

    def _insert_left_out(self, prices: Prices) -> None:
        """Give a date to shops without one that fit as the plan stands."""
        left_out = self.rng.permutation(self.plan.left_out())
        if not len(left_out):
            return
        guide, room = Guide(self.lagrangian, prices), self.plan.room_without([])
        for number in left_out[:MOST_INSERTED].tolist():
            if self.clock.is_over:
                return
            pricer = self.lagrangian.pricers[number]
            least, positions = pricer.best(guide.values(pricer, room))
            if least < REACHABLE:
                plan = self.plan.with_changes({number: guide.choice(pricer, positions, room)})
                if plan.rank < self.plan.rank and plan.is_feasible():
                    self.plan = plan
                    room = plan.room_without([])

    def _reinsert(self, neighbourhoods: Neighbourhoods, prices: Prices) -> None:
        """Quick attempts to mend what the levels count, before the thorough ones."""
        reinsertion = Reinsertion(self.lagrangian, neighbourhoods, self.rng)
        self.plan = reinsertion.improve(self.plan, prices, REINSERTIONS, lambda: self.clock.is_over)
        self.clock.spend(REINSERTIONS * REINSERTION_WORK)

    def finish(self, prices: Prices, slack: float, workers: int) -> float | None:
        """Solve for all shops at once over every option that could still be better; the bound that gives on level 3.

        `slack` is how far the plan is above the bound of `prices`: no plan that is better has an option dearer than
        its shop's best by more (reduced cost fixing). None where there are too many such options.
        """
        problem = self.lagrangian.problem
        everything = list(range(len(problem.options)))
        room = Room(problem.timelines, problem.capacity)
        is_money = problem.rollout.objective is Objective.COST
        search = CandidateSearch(self.lagrangian, prices)

        def ends(count: int) -> bool:
            return count > MOST_AT_ONCE or self.clock.is_over

        candidates = search.among(everything, room, self.plan, most=None, slack=slack, ends=ends)
        if ends(candidates.count):
            return None
        short, priority = self.levels
        goal = Goal(value=FINE if is_money else 1, most_short=short, most_priority=priority)
        subproblem = build_subproblem(problem, self.plan, everything, candidates, goal)
        subproblem.hint(standing_choice(self.plan, everything))
        outcome = self.clock.solve_all([(subproblem, self.clock.solver(FINISH_SECONDS, workers))])[0]
        self.clock.spend(outcome.work + ROUND_WORK)
        self._adopt(outcome)
        if is_money:
            return outcome.bound / FINE
        return float(self.plan.rank.value) if outcome.is_optimal else None

    @property
    def levels(self) -> tuple[int, int]:
        """The shortfall and the priority without a date of the plan."""
        return self.plan.rank.shortfall, self.plan.rank.unplanned_priority

    def _draw(self, neighbourhoods: Neighbourhoods) -> Kind:
        """A kind of neighbourhood, those that have paid lately more often."""
        kinds = [kind for kind in Kind if neighbourhoods.is_useful(kind, self.plan)]
        gains = np.array([self.records[kind].gain for kind in kinds])
        weights = gains / gains.sum() + LEAST_SHARE if gains.sum() else np.ones(len(kinds))
        if self.plan.rank.shortfall and Kind.DEADLINE in kinds:
            weights[kinds.index(Kind.DEADLINE)] += weights.sum()
        return kinds[int(self.rng.choice(len(kinds), p=weights / weights.sum()))]

    def _adopt(self, outcome: Outcome) -> None:
        """Take an outcome over if it makes the plan better, together with what was taken over before it."""
        if outcome.choices is None:
            return
        changed = {number: choice for number, choice in outcome.choices.items() if choice != self.plan.choices[number]}
        if not changed:
            return
        plan = self.plan.with_changes(changed)
        if plan.rank < self.plan.rank and plan.is_feasible():
            self.plan = plan

    def _learn(self, attempt: _Attempt, outcome: Outcome, before: Rank) -> None:
        """Note what an attempt gained for the work it took, and how large the next of its kind may be."""
        record, after = self.records[attempt.kind], self.plan.rank
        gained = float(max(0, before.value - after.value))
        if (after.shortfall, after.unplanned_priority) < (before.shortfall, before.unplanned_priority):
            gained = max(item.gain for item in self.records.values()) * outcome.work + 1.0
        record.gain = MEMORY * record.gain + (1 - MEMORY) * gained / (outcome.work + ROUND_WORK)
        quick = outcome.is_optimal and outcome.work < QUICK_WORK * self._effort
        change = EASIER if after < before else HARDER
        self._effort = min(MOST_EFFORT, max(1.0, self._effort * change))
        factor = 1.4 if quick else 1.0 if outcome.is_optimal else 0.85
        most = min(MOST_SIZE, max(LARGE_SIZE, MOST_OF_SHOPS * len(self.plan.choices)))
        record.size = min(most, max(LEAST_SIZE, record.size * factor))


def level_goal(plan: Incumbent, free: list[int], proved: tuple[int, int]) -> Goal:
    """Better levels first, where better ones may exist; else money, with the levels kept."""
    problem = plan.problem
    left_out = sum(problem.options[number].shop.priority for number in free if plan.choices[number] is None)
    if (plan.rank.shortfall, plan.rank.unplanned_priority) == proved:
        return Goal(value=1, most_short=plan.rank.shortfall, most_priority=left_out)
    if problem.rollout.objective is Objective.COST:
        value = 1 + sum(_dearest(problem, number) for number in free)
    else:
        value = problem.axis.count * (len(free) + 2) * problem.axis.count
    points = 1 + sum(problem.options[number].shop.priority for number in free)
    return Goal(value=1, priority=value, short=value * points)


def _dearest(problem: Problem, number: int) -> int:
    """More cents than any option of a shop costs."""
    options = problem.options[number]
    total = options.unplanned_cents
    for block in options.blocks:
        total += int(block.cost.max())
        for visit in block.visits:
            total += visit.need.units * round(
                max(choice.week_cents for choice in visit.choices) * int(visit.weeks.max()) + 1
            )
    return total


def build_subproblem(
    problem: Problem, plan: Incumbent, free: list[int], candidates: Candidates, goal: Goal
) -> Subproblem:
    """The model of the `free` shops with all others standing as in `plan`."""
    last = plan.last_finish(free) if problem.rollout.objective is Objective.EARLIEST_FINISH else 0
    return Subproblem(
        problem,
        plan.room_without(free),
        candidates.positions,
        candidates.free_units,
        goal,
        short=plan.short_of(free),
        last_finish=last,
    )
